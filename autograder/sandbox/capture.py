"""Run student code quietly: its output kept, its warnings dropped, its input empty."""

import contextlib
import io
import sys
import warnings
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

import numpy as np

from autograder.sandbox.text import printable


class Output(io.BufferedIOBase):
    """Keeps the first `limit` bytes written to it."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._kept = bytearray()
        self._cut = False

    def writable(self) -> bool:
        """Take part as a stream that can be written to."""
        return True

    def write(self, data: object, /) -> int:
        """Keep what there is room for, and take the rest as written."""
        view = memoryview(data)  # type: ignore[arg-type]
        room = self._limit - len(self._kept)
        self._kept += view[:room]
        self._cut = self._cut or view.nbytes > room
        return view.nbytes

    def text(self) -> str:
        """Give what was kept; its last line says so if more was written."""
        text = printable(self._kept.decode("utf-8", "replace"))
        if not self._cut:
            return text
        return f"{text}\n[cut: more than {self._limit / 1024:g} kB of output]\n"


FLOATING_POINT: dict[str, Any] = {
    "divide": "warn", "over": "warn", "under": "ignore", "invalid": "warn",
}  # fmt: skip


@contextlib.contextmanager
def quiet(output: Output) -> Iterator[None]:
    """Send stdout and stderr to `output`, give no input, and let no warning be an error."""
    stream = io.TextIOWrapper(cast(BinaryIO, output), "utf-8", "replace", write_through=True)
    with (
        contextlib.redirect_stdout(stream),
        contextlib.redirect_stderr(stream),
        _empty_stdin(),
        warnings.catch_warnings(),
        np.errstate(**FLOATING_POINT),
    ):
        warnings.simplefilter("ignore")
        yield


def make_calm() -> None:
    """Within `quiet`, undo what code may have done to warnings and to floating-point errors."""
    np.seterr(**FLOATING_POINT)
    if not warnings.filters or warnings.filters[0][:3] != ("ignore", None, Warning):
        warnings.simplefilter("ignore")


@contextlib.contextmanager
def _empty_stdin() -> Iterator[None]:
    stdin, sys.stdin = sys.stdin, io.StringIO()
    try:
        yield
    finally:
        sys.stdin = stdin
