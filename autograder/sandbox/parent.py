"""The warm parent, which forks on request, and the processes it forks, which run submissions.

The parent is a clean process with NumPy and Matplotlib loaded. It is started with nothing of the
grader's memory or environment, sees neither tests nor submissions, and runs no student code
itself. Messages over its control socket are lines of JSON: ``{"fork": limits}`` with the child's
end of a wire, answered by ``{"pid": n}``, and ``{"reap": n, "within": seconds}``, answered by
``{"status": n, "cpu": seconds, "killed": bool}``: after so long the child is killed.

What goes over a child's wire are frames. A request is a number and a dict with a key ``do``.
``cell`` brings a cell, and ``lend`` functions to be used in place of the submission's own: these
have no reply. ``run`` runs the cells that have come: dicts with ``at`` tell where each statement
is, before it runs, and the fields of a CellOutcome what came of a cell. ``call`` and ``get`` are
answered by the fields of an Answer. Every reply carries the number of its request.
"""

import contextlib
import ctypes
import gc
import importlib
import itertools
import json
import os
import re
import signal
import socket
import sys
import time
import types
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn

import numpy as np

from autograder.sandbox import wire
from autograder.sandbox.answers import Answer, CellOutcome, CellSource, IsolationError, Limits
from autograder.sandbox.confine import Walls, confine, die_with, library_paths, shut_libraries
from autograder.sandbox.plain import describe
from autograder.sandbox.probes import sin
from autograder.sandbox.runner import Runner
from autograder.sandbox.statements import Need, nothing

MESSAGE_BYTES = 4096
POLL_SECONDS = 0.005
READ_BYTES = 2**16
ENVIRONMENT = {"MPLBACKEND": "agg", "LANG": "C.UTF-8"}
FAILED = 70
IMPORT = re.compile(
    r"^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+)?import\b[ \t]*(\([^)]*|[^#\n;]*)", re.MULTILINE
)
IMPORTED = {"numpy", "matplotlib", "scipy", "pandas", "sympy", "tqdm", "IPython"}
IMPORTED |= sys.stdlib_module_names - {"antigravity", "this", "idlelib", "turtledemo", "__main__"}
MOST_IMPORTS = 500

EXERCISE = """
import numpy as np
import matplotlib.pyplot as plt

figure, axes = plt.subplots(figsize=(1, 1))
axes.plot([0, 1], label="loss")
axes.set(title="$x$", xlabel="epoch")
axes.legend()
print(np.linalg.norm(np.random.default_rng(0).normal(size=3)))

def f(z, g):
    return g(z)
"""


def send(control: socket.socket, message: dict[str, Any], *descriptors: int) -> None:
    """Send a line of JSON over the control socket, and open files with it."""
    socket.send_fds(control, [json.dumps(message).encode() + b"\n"], list(descriptors))


def receive(control: socket.socket) -> tuple[Any, list[int]]:
    """Receive a line of JSON and the open files that came with it; EOFError at the end."""
    data = b""
    descriptors: list[int] = []
    while not data.endswith(b"\n"):
        part, files, _, _ = socket.recv_fds(control, MESSAGE_BYTES, 1)
        if not part:
            raise EOFError
        data += part
        descriptors += files
    return json.loads(data), descriptors


def main(control_fd: int, isolation: str, grader: int) -> NoReturn:
    """Serve forks until the grader ends, or closes the control socket.

    `grader` is the process to die with, or 0 to go by the socket alone.
    """
    if grader:
        die_with(grader)
    control = socket.socket(fileno=control_fd)
    try:
        _warm_up()
        walls = Walls.prepare() if isolation == "full" else None
        _forget_the_grader(walls)
        gc.collect()
        gc.freeze()
    except IsolationError as error:
        send(control, {"isolation": str(error)})
        os._exit(1)
    except Exception as error:
        send(control, {"fault": describe(error)})
        os._exit(1)
    send(control, {"ready": True})
    _serve_forks(control, walls)


def _warm_up() -> None:
    """Do once what the first cell, call and figure of a process would have to prepare."""
    runner = Runner(timed=False)
    runner.load([CellSource("warm up", EXERCISE)], figures=True)
    runner.call("f", (np.ones(2), sin), seconds=0)
    runner.close()


def _forget_the_grader(walls: Walls | None) -> None:
    """Leave of the start, the environment and this package only what student code may find.

    That is a package with a ``check`` that does nothing.
    """
    os.environ.clear()
    sys.argv[:] = [""]
    sys.orig_argv[:] = [sys.executable]
    if sys.platform == "linux":  # as the kernel laid the environment down
        fields = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
        start, end = map(int, fields[47:49])  # env_start and env_end: see proc_pid_stat(5)
        ctypes.memset(start, 0, end - start)
    os.environ.update(ENVIRONMENT)
    if walls:
        _forget_unreadable_folders()
    for name in [name for name in sys.modules if name.partition(".")[0] == "autograder"]:
        del sys.modules[name]
    stub = types.ModuleType("autograder")
    stub.check = nothing  # type: ignore[attr-defined]
    sys.modules["autograder"] = stub


def _forget_unreadable_folders() -> None:
    readable = library_paths()

    def is_readable(place: str) -> bool:
        return any(map(Path(place).is_relative_to, readable))

    sys.path[:] = filter(is_readable, sys.path)
    for place in itertools.filterfalse(is_readable, list(sys.path_importer_cache)):
        del sys.path_importer_cache[place]


def _serve_forks(control: socket.socket, walls: Walls | None) -> NoReturn:
    children: set[int] = set()
    while True:
        try:
            message, descriptors = receive(control)
        except (EOFError, OSError):
            break
        if "fork" in message:
            limits, fd = Limits(**message["fork"]), descriptors[0]
            try:
                children.add(_fork(control, limits, fd, walls))
            except OSError as error:
                send(control, {"fault": describe(error)})
            os.close(fd)
        else:
            children.discard(message["reap"])
            send(control, _reaped(message["reap"], message["within"]))
    for pid in children:
        os.kill(pid, signal.SIGKILL)
    os._exit(0)


def _fork(control: socket.socket, limits: Limits, fd: int, walls: Walls | None) -> int:
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        try:
            control.close()
            _run_submission(fd, limits, walls, parent)
        finally:
            os._exit(FAILED)
    send(control, {"pid": pid})
    return pid


def _reaped(pid: int, within: float) -> dict[str, Any]:
    """Wait for a child that is ending, and kill it when it does not. Returns how it ended."""
    end = time.monotonic() + within
    found, status, usage = os.wait4(pid, os.WNOHANG)
    while not found and time.monotonic() < end:
        time.sleep(POLL_SECONDS)
        found, status, usage = os.wait4(pid, os.WNOHANG)
    if not found:
        os.kill(pid, signal.SIGKILL)
        _, status, usage = os.wait4(pid, 0)
    return {"status": status, "cpu": usage.ru_utime + usage.ru_stime, "killed": not found}


# --- the process of one submission ------------------------------------------------------


def _run_submission(fd: int, limits: Limits, walls: Walls | None, parent: int) -> NoReturn:
    """Be the process of one submission, from the fork to the end of its wire."""
    try:
        fd = confine(fd, limits, walls, parent)
    except Exception as error:
        _write(fd, wire.encode({"fault": describe(error)}))
        os._exit(FAILED)
    _write(fd, wire.encode({"ready": True}))
    runner = Runner(limits=limits, timed=False)
    sys.modules["__main__"] = runner.module
    frames = wire.Frames()
    is_open = walls is not None
    while True:
        number, request = _next_request(fd, frames)
        match request.pop("do"):
            case "cell":
                runner.cells.append(CellSource(**request))
            case "lend":
                runner.lend(**request)
            case "run":
                if is_open:
                    is_open, asked = False, not request["figures"]
                    if asked:
                        _import_named([cell.source for cell in runner.cells])
                    shut_libraries(shut=asked)
                _run_cells(fd, runner, limits, number, request)
            case "call":
                _reply(fd, number, runner.call(**request, seconds=0))
            case "get":
                _reply(fd, number, runner.get(**request))
        del request


def _import_named(sources: Sequence[str]) -> None:
    """Import what cells name, of modules known to do no harm: afterwards no file can be opened."""
    names = [name for source in sources for name in _modules_in(source)]
    for name in dict.fromkeys(names[:MOST_IMPORTS]):
        if name.partition(".")[0] in IMPORTED:
            package, all_of_it, _ = name.partition(".*")
            with contextlib.suppress(BaseException):
                importlib.import_module(package)
                if all_of_it:  # some of which a package may import only when it is asked for
                    exec(f"from {package} import *", {})  # noqa: S102 - a library's own code


def _modules_in(source: str) -> Iterator[str]:
    """Yield what may be a module: also of what is imported from one, and NumPy's attributes."""
    for package, names in IMPORT.findall(source):
        yield package
        yield from (f"{package}.{name}".lstrip(".") for name in re.findall(r"[\w.]+|\*", names))
    yield from (f"numpy.{name}" for name in re.findall(r"\b(?:np|numpy)\.([a-z]+)\b", source))


def _next_request(fd: int, frames: wire.Frames) -> tuple[int, dict[str, Any]]:
    while (taken := frames.next(wire.REQUEST_CAPS)) is None:
        part = os.read(fd, READ_BYTES)
        if not part:
            os._exit(0)
        frames.add(part)
    number, request = wire.decode(*taken, wire.REQUEST_CAPS, probes=True)
    return number, request


def _run_cells(
    fd: int, runner: Runner, limits: Limits, number: int, request: dict[str, Any]
) -> None:
    caps = wire.outcome_caps(limits, figures=request["figures"])

    def starting(cell: int, at: int, line: int, need: Need) -> None:
        _write(fd, wire.encode((number, {"at": [cell, at, line, int(need)]})))

    def finished(outcome: CellOutcome) -> None:
        _reply(fd, number, outcome, caps)

    runner.run(**request, starting=starting, finished=finished)


def _reply(fd: int, number: int, reply: Answer | CellOutcome, caps: wire.Caps = wire.CAPS) -> None:
    try:
        data = wire.encode((number, wire.told(reply)), caps)
    except MemoryError as error:
        data = wire.encode((number, wire.told(Answer("raised", error=describe(error)))))
    _write(fd, data)


def _write(fd: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]
