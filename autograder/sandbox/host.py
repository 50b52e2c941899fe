"""The grader's side: start the warm parent, and speak with the processes it forks.

Nothing that comes from a process is trusted: answers are read up to fixed sizes, within
fixed times, and checked before they are used.
"""

import contextlib
import os
import select
import signal
import site
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Self, TypeVar

from autograder.sandbox import wire
from autograder.sandbox.answers import IsolationError, Kind, Limits, SandboxFault
from autograder.sandbox.parent import receive, send
from autograder.sandbox.plain import one_line

T = TypeVar("T")

START_SECONDS = 120.0  # Matplotlib's first start on a machine looks through its fonts
READY_SECONDS = 10.0
EXIT_SECONDS = 1.0
NOT_STARTED = "The sandbox has not been started, or has been closed."
CLOCK_FACTOR = 4  # by the clock, code may take this much longer than its CPU time
POLL_SECONDS = 0.01
READ_BYTES = 2**18
MACHINE_KILLED = (
    "The machine killed a submission's process within its limits, as it does when memory runs "
    "out: grade with fewer jobs, or with a smaller memory_mb."
)
"""Behind the walls code cannot kill itself, and past its memory limit it gets a MemoryError."""

PACKAGE = Path(__file__).parents[1]
START = (
    "import sys, types; package = types.ModuleType('autograder'); "
    "folder, fd, isolation, grader = sys.argv[1:]; package.__path__ = [folder]; "
    "sys.modules['autograder'] = package; from autograder.sandbox.parent import main; "
    "main(int(fd), isolation, int(grader))"
)
INHERITED = ["PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "LD_LIBRARY_PATH"]
INHERITED += ["MPLCONFIGDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"]  # where Matplotlib keeps things
ENVIRONMENT = {
    "MPLBACKEND": "agg",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
}


class WarmParent:
    """A clean process with NumPy loaded, that forks confined ones; use it in a ``with``.

    Isolation "none" leaves the walls out.
    """

    def __init__(self, isolation: str = "full") -> None:
        if isolation not in ("full", "none"):
            raise ValueError(f'isolation is "full" or "none", not {isolation!r}')
        self.isolation = isolation
        self._lock = threading.Lock()
        self._control: socket.socket | None = None
        self._program: subprocess.Popen[bytes] | None = None
        self._ready = False

    def __enter__(self) -> Self:
        self._control, theirs = socket.socketpair()
        with theirs:
            self._program = _start(theirs.fileno(), self.isolation)
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def await_ready(self) -> None:
        """Wait until it can fork; until then, its start leaves the caller free for other things.

        Raises IsolationError when this machine cannot confine, and SandboxFault when the process
        does not start.
        """
        if self._ready:
            return
        if self._control is None:
            raise SandboxFault(NOT_STARTED)
        self._control.settimeout(START_SECONDS)
        try:
            message = self._exchange(None)
        except SandboxFault:
            self.close()
            raise
        self._control.settimeout(None)
        if "ready" not in message:
            self.close()
            if "isolation" in message:
                raise IsolationError(message["isolation"])
            raise SandboxFault(f"The sandbox did not start: {message['fault']}.")
        self._ready = True

    def close(self) -> None:
        """End it, and with it every process it forked."""
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._program is not None:
            try:
                self._program.wait(EXIT_SECONDS)
            except subprocess.TimeoutExpired:
                self._program.kill()
                self._program.wait()
            self._program = None

    def fork(self, limits: Limits, end: socket.socket) -> int:
        """Fork a process that speaks on this end of a wire. Returns its id."""
        self.await_ready()
        message = self._exchange({"fork": asdict(limits)}, end.fileno())
        if "pid" not in message:
            raise SandboxFault(f"The sandbox cannot fork: {message.get('fault')}.")
        return int(message["pid"])

    def reap(self, pid: int, within: float = 0.0) -> tuple[int, float, bool]:
        """See a process gone. Returns its wait status, its CPU time and whether it was killed."""
        message = self._exchange({"reap": pid, "within": within})
        return message["status"], message["cpu"], message["killed"]

    def _exchange(self, message: dict[str, Any] | None, *descriptors: int) -> dict[str, Any]:
        if self._control is None:
            raise SandboxFault(NOT_STARTED)
        try:
            with self._lock:
                if message is not None:
                    send(self._control, message, *descriptors)
                return receive(self._control)[0]  # type: ignore[no-any-return]
        except (EOFError, OSError):
            raise SandboxFault("The sandbox has ended.") from None


def _start(control: int, isolation: str) -> "subprocess.Popen[bytes]":
    # As -I would, but for the fixed seed of hashes, which -I takes from nowhere: the
    # environment is all our own, so nothing in it can mislead Python.
    options = ["-P"] if site.ENABLE_USER_SITE else ["-P", "-s"]
    main_thread = threading.current_thread() is threading.main_thread()
    grader = os.getpid() if main_thread else 0  # the kernel takes the thread for the process
    inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
    package = os.open(PACKAGE, os.O_RDONLY)
    # By a name that says nothing: student code finds it in every frame that called it.
    folder = f"/proc/self/fd/{package}" if sys.platform == "linux" else str(PACKAGE)
    try:
        return subprocess.Popen(  # noqa: S603 - Python itself, with our own arguments
            [sys.executable, *options, "-c", START, folder, str(control), isolation, str(grader)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=[control, package],
            cwd="/",
            env=inherited | ENVIRONMENT,
            start_new_session=True,
        )
    finally:
        os.close(package)


class ProcessLost(Exception):  # noqa: N818 - the process, and no error of the grader's
    """A process gave no answer and is gone; `kind` says how, the message in words."""

    def __init__(self, kind: Kind, words: str) -> None:
        super().__init__(words)
        self.kind: Kind = kind


class Process:
    """One process that runs a submission, from its fork to its end."""

    def __init__(self, parent: WarmParent, limits: Limits) -> None:
        self._parent = parent
        self._limits = limits
        self._wire, theirs = socket.socketpair()
        self._wire.setblocking(False)
        self._unsent = bytearray()
        self._frames = wire.Frames()
        self._asked = self._answered = 0
        self._forged = False
        self.received = 0  # bytes of replies that have been read
        self._cpu = 0.0
        self._waited = 0.0
        self._spent = 0.0  # up to the last lap
        try:
            with theirs:
                self.pid = parent.fork(limits, theirs)
        except BaseException:
            self._wire.close()
            raise
        self._open = True
        self._await_ready()

    def lap(self) -> float:
        """Return the CPU time it has spent since the last lap or, if more, a quarter of the wait.

        Up to when it was last heard; what it burns while nobody waits counts as well.
        """
        before, self._spent = self._spent, max(self._cpu, self._waited / CLOCK_FACTOR)
        return self._spent - before

    def tell(self, request: dict[str, Any]) -> None:
        """Send a request that has no reply, together with the next one that has."""
        self._unsent += wire.frame(wire.encoded(request, probes=True), wire.REQUEST_CAPS, 0)

    def ask(
        self,
        requests: Sequence[wire.Encoded],
        parse: Callable[[Any], T | None],
        *,
        seconds: Callable[[int], float],
        caps: wire.Caps = wire.CAPS,
    ) -> Iterator[T]:
        """Send all requests at once, and yield what `parse` makes of the reply to each in turn.

        Replies that it makes None of are passed over. `seconds` tells how long a reply to the n-th
        request may take, counted from the reply before. Raises ProcessLost when there is none by
        then, or the process has ended, or a reply is not of the agreed form (for which `parse`
        raises WireError); the replies still to come are lost with it.
        """
        first = self._asked + 1
        for request in requests:
            self._post(request)
        for n in range(len(requests)):
            result = None
            while result is None:
                result = self._next(first + n, parse, seconds(n), caps)
            self._answered = first + n
            yield result

    def close(self) -> None:
        """Kill it, if it lives, and see it gone."""
        if self._open:
            self._reap()

    def _reap(self, within: float = 0.0) -> tuple[int, bool]:
        """See it gone within a time. Returns its wait status, and whether it had to be killed."""
        self._open = False
        with self._wire:
            status, self._cpu, killed = self._parent.reap(self.pid, within)
        return status, killed

    # --- frames -------------------------------------------------------------------------

    def _await_ready(self) -> None:
        try:
            reply = self._frame(READY_SECONDS, wire.CAPS)
        except (_Expired, wire.WireError, EOFError, ConnectionError):
            reply = None
        if reply != {"ready": True}:
            self.close()
            fault = reply.get("fault") if isinstance(reply, dict) else "it gave no sign"
            raise SandboxFault(f"A process cannot be confined: {one_line(str(fault))}")

    def _post(self, request: wire.Encoded) -> None:
        if self._asked == self._answered:  # an answer that is there already answers no question
            with contextlib.suppress(BlockingIOError, ConnectionError):
                self._forged = bool(self._frames) or bool(self._wire.recv(1, socket.MSG_PEEK))
        self._asked += 1
        self._unsent += wire.frame(request, wire.REQUEST_CAPS, self._asked)

    def _next(self, number: int, parse: Callable[[Any], T], seconds: float, caps: wire.Caps) -> T:
        """Return what `parse` makes of the next reply, which has to carry the number."""
        try:
            if self._forged:
                raise wire.WireError("There is an answer before there is a question.")
            reply = self._frame(seconds, caps)
            if type(reply) is not tuple or len(reply) != 2 or type(reply[0]) is not int:
                raise wire.WireError("The reply has no number.")
            if reply[0] != number:
                raise wire.WireError("The reply is to another request.")
            return parse(reply[1])
        except _Expired:
            raise self._lost("timeout", f"still running after {seconds:g} s") from None
        except wire.WireError:
            raise self._lost("malformed", "sent something that is no answer") from None
        except (EOFError, ConnectionError):
            raise self._ended() from None

    def _frame(self, seconds: float, caps: wire.Caps) -> Any:
        """Return the next frame's value; raises _Expired when it takes longer than it may."""
        left = None
        while (taken := self._frames.next(caps)) is None:
            left = left or self._clock(seconds)
            self._pump(left)
        header, body = taken
        self.received += len(header) + len(body)
        return wire.decode(header, body, caps)

    def _pump(self, left: Callable[[], float]) -> None:
        """Send what there is room for, and take in what has come, or wait until there is either."""
        with contextlib.suppress(BlockingIOError):
            while self._unsent:
                del self._unsent[: self._wire.send(self._unsent[:READ_BYTES])]
        start = time.monotonic()
        try:
            part = self._wire.recv(READ_BYTES)
            if not part:
                raise EOFError
            self._frames.add(part)
        except BlockingIOError:
            poll = select.poll()
            poll.register(self._wire, select.POLLIN | (select.POLLOUT if self._unsent else 0))
            while not poll.poll(1000 * max(left(), POLL_SECONDS)):
                pass
        finally:
            self._waited += time.monotonic() - start
            self._cpu = _cpu_seconds(self.pid) or self._cpu

    def _clock(self, seconds: float) -> Callable[[], float]:
        """Return what tells the least time that may pass before it is up, or raises _Expired."""
        cpu_start, start = _cpu_seconds(self.pid), time.monotonic()

        def left() -> float:
            cpu = max(_cpu_seconds(self.pid) - cpu_start, 0.0)
            left = min(seconds - cpu, CLOCK_FACTOR * seconds - (time.monotonic() - start))
            if left <= 0:
                raise _Expired
            return left

        return left

    # --- ends ---------------------------------------------------------------------------

    def _lost(self, kind: Kind, words: str) -> ProcessLost:
        self.close()
        return ProcessLost(kind, words)

    def _ended(self) -> ProcessLost:
        """Say how a process ended that has closed its wire."""
        status, killed = self._reap(EXIT_SECONDS)
        if killed:
            return ProcessLost("malformed", "closed the connection to the grader")
        if os.WIFEXITED(status):
            return ProcessLost(
                "crashed", f"ended the process, with exit status {os.WEXITSTATUS(status)}"
            )
        number = os.WTERMSIG(status)
        is_killed, is_up = number == signal.SIGKILL, self._cpu >= self._limits.process_seconds
        if number == signal.SIGXCPU or (is_killed and is_up):  # it need not end when told to
            return ProcessLost("timeout", "used up its CPU time")
        if is_killed and self._parent.isolation == "full":
            raise SandboxFault(MACHINE_KILLED)
        if is_killed:
            return ProcessLost("memory", "was killed for the memory it used")
        return ProcessLost("crashed", f"crashed the process ({signal.Signals(number).name})")


class _Expired(Exception):  # noqa: N818 - the clock's word
    pass


def _cpu_seconds(pid: int) -> float:
    """Return a process's CPU time in seconds; 0 when it is gone or the platform cannot tell."""
    if sys.platform != "linux":
        return 0.0
    process_clock = (~pid << 3) | 2  # see clock_getcpuclockid(3)
    try:
        return time.clock_gettime(process_clock)
    except OSError:
        return 0.0
