"""The process that runs a submission: it is asked for values, and answers with plain ones.

A request is a number and a dict with a key ``do``. ``cell`` brings a cell, and has no reply.
``run`` runs the cells that have come: dicts with ``at`` tell where each statement is, before it
runs, and the fields of a CellOutcome what came of a cell. ``call`` and ``get`` are answered by the
fields of an Answer. ``lend`` brings functions to be used in place of the submission's own, and
has no reply. Every reply carries the number of its request.
"""

import ctypes
import os
import sys
import types
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import Any, NoReturn

from autograder.sandbox.answers import Answer, CellOutcome, CellSource, Limits
from autograder.sandbox.confine import Walls, confine
from autograder.sandbox.figures import FIGURE_BYTES
from autograder.sandbox.landlock import library_paths
from autograder.sandbox.notebook_shims import nothing
from autograder.sandbox.runner import Runner
from autograder.sandbox.statements import Need
from autograder.sandbox.text import describe
from autograder.sandbox.wire import (
    CAPS,
    FRAME_BYTES,
    LENGTHS,
    REQUEST_CAPS,
    Caps,
    decode,
    encode,
    encoded,
    frame,
    lengths,
)

CUT_NOTE_CHARS = 100
READ_BYTES = 2**16
ENVIRONMENT = {"MPLBACKEND": "agg", "LANG": "C.UTF-8"}
FAILED = 70


def outcome_caps(limits: Limits, *, figures: bool) -> Caps:
    """Return how large the answer to ``load`` may be."""
    images = FIGURE_BYTES if figures else 0
    return Caps(FRAME_BYTES + images, limits.output_kb * 1024 + CUT_NOTE_CHARS)


def forget_the_grader(walls: Walls | None) -> None:
    """Leave of the environment and of this package only what student code may find.

    That is a package with a ``check`` that does nothing. For the warm parent, once all is loaded.
    """
    os.environ.clear()
    _forget_the_start()
    os.environ.update(ENVIRONMENT)
    if walls:
        _forget_unreadable_folders()
    for name in [name for name in sys.modules if name.partition(".")[0] == "autograder"]:
        del sys.modules[name]
    stub = types.ModuleType("autograder")
    stub.check = nothing  # type: ignore[attr-defined]
    sys.modules["autograder"] = stub


def _forget_the_start() -> None:
    """Leave nothing of how this program was started, in Python or as the kernel laid it down."""
    sys.argv[:] = [""]
    sys.orig_argv[:] = [sys.executable]
    if sys.platform == "linux":
        fields = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
        start, end = map(int, fields[47:49])  # env_start and env_end: see proc_pid_stat(5)
        ctypes.memset(start, 0, end - start)


def _forget_unreadable_folders() -> None:
    readable = library_paths()

    def others(places: Iterable[str]) -> list[str]:
        return [place for place in places if not any(map(Path(place).is_relative_to, readable))]

    for place in others(sys.path):
        sys.path.remove(place)
    for place in others(sys.path_importer_cache):
        del sys.path_importer_cache[place]


def main(wire: int, limits: Limits, walls: Walls | None, parent: int) -> NoReturn:
    """Be the process of one submission, from the fork to the end of the wire."""
    try:
        wire = confine(wire, limits, walls, parent)
    except Exception as error:
        _write(wire, encode({"fault": describe(error)}))
        os._exit(FAILED)
    _write(wire, encode({"ready": True}))
    _serve(wire, limits)


def _serve(wire: int, limits: Limits) -> NoReturn:
    runner = Runner(limits=limits, timed=False)
    sys.modules["__main__"] = runner.module
    requests = _Requests(wire)
    while True:
        number, request = requests.next()
        match request.pop("do"):
            case "cell":
                runner.add(CellSource(**request))
            case "lend":
                runner.lend(**request)
            case "run":
                _run(wire, runner, limits, number, request)
            case "call":
                _reply(wire, number, runner.call(**request, seconds=0))
            case "get":
                _reply(wire, number, runner.get(**request))
        del request


def _run(wire: int, runner: Runner, limits: Limits, number: int, request: dict[str, Any]) -> None:
    caps = outcome_caps(limits, figures=request["figures"])

    def starting(cell: int, at: int, line: int, need: Need) -> None:
        _write(wire, encode((number, {"at": [cell, at, line, int(need)]})))

    request["skip"] = {(cell, at) for cell, at in request["skip"]}
    runner.run(
        **request,
        starting=starting,
        finished=lambda outcome: _reply(wire, number, outcome, caps),
    )


def _reply(wire: int, number: int, reply: Answer | CellOutcome, caps: Caps = CAPS) -> None:
    try:
        data = frame(number, encoded(_told(reply)), caps)
    except MemoryError as error:
        data = frame(number, encoded(_told(Answer("raised", error=describe(error)))))
    _write(wire, data)


def _told(reply: Answer | CellOutcome) -> dict[str, Any]:
    """Return the fields that are not what they are when nothing is said."""
    pairs = ((field, getattr(reply, field.name)) for field in fields(reply))
    return {field.name: value for field, value in pairs if value is not field.default}


class _Requests:
    """Reads what the grader sends, as much at once as there is."""

    def __init__(self, wire: int) -> None:
        self._wire = wire
        self._data = bytearray()

    def next(self) -> tuple[int, dict[str, Any]]:
        header, body = lengths(self._take(LENGTHS.size), REQUEST_CAPS)
        number, request = decode(self._take(header), self._take(body), REQUEST_CAPS, probes=True)
        return number, request

    def _take(self, size: int) -> bytes:
        while len(self._data) < size:
            part = os.read(self._wire, READ_BYTES)
            if not part:
                os._exit(0)
            self._data += part
        taken = bytes(self._data[:size])
        del self._data[:size]
        return taken


def _write(wire: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(wire, view) :]
