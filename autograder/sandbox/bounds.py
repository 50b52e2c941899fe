"""Bounds around code that runs in this process: on its time, its output and what it draws."""

import contextlib
import io
import signal
import sys
import threading
import warnings
from collections.abc import Iterator
from types import FrameType
from typing import Any, BinaryIO, cast

import numpy as np

from autograder.sandbox.answers import Array
from autograder.sandbox.plain import printable
from autograder.sandbox.wire import FIGURES, HEIGHT, WIDTH

AGAIN_SECONDS = 1.0  # code that swallows an exception meets the next
FLOATING_POINT: dict[str, Any] = {
    "divide": "warn", "over": "warn", "under": "ignore", "invalid": "warn",
}  # fmt: skip


class TimeUp(BaseException):
    """Code has run for longer than it may."""


class Interrupted(KeyboardInterrupt):
    """Ctrl-C, not to be taken for a KeyboardInterrupt that code itself raised."""


@contextlib.contextmanager
def interruptible(seconds: float) -> Iterator[None]:
    """Raise TimeUp in the body after `seconds`, and Interrupted at Ctrl-C, in the main thread."""
    if not _in_the_main_thread():
        yield
        return
    with _handler(signal.SIGINT, Interrupted), time_limit(seconds):
        yield


@contextlib.contextmanager
def time_limit(seconds: float, *, cpu: bool = False) -> Iterator[None]:
    """Raise TimeUp in the body after `seconds`, in the main thread, where there are timers.

    By the clock, or of this process's CPU time. A limit that is being counted already stands.
    """
    timer = None
    if _in_the_main_thread() and hasattr(signal, "setitimer"):
        timer = signal.ITIMER_PROF if cpu else signal.ITIMER_REAL
    if timer is None or any(signal.getitimer(timer)):
        yield
        return
    with _handler(signal.SIGPROF if cpu else signal.SIGALRM, TimeUp):
        signal.setitimer(timer, seconds, AGAIN_SECONDS)
        try:
            yield
        finally:
            signal.setitimer(timer, 0)


def _in_the_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()


@contextlib.contextmanager
def _handler(number: signal.Signals, error: type[BaseException]) -> Iterator[None]:
    over = False

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        if not over:
            raise error

    previous = signal.signal(number, interrupt)
    try:
        yield
    finally:
        over = True
        signal.signal(number, signal.SIG_DFL if previous is None else previous)


# --- output -----------------------------------------------------------------------------


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
        """Give what was kept; its last line says so if more was written.

        Of a line that was written over, as progress bars are, the last state is left.
        """
        lines = self._kept.decode("utf-8", "replace").replace("\r\n", "\n").split("\n")
        text = printable("\n".join(line.rpartition("\r")[2] for line in lines))
        if not self._cut:
            return text
        return f"{text}\n[cut: more than {self._limit / 1024:g} kB of output]\n"


@contextlib.contextmanager
def quiet(output: Output) -> Iterator[None]:
    """Send stdout and stderr to `output`, give no input, and let no warning be an error."""
    stream = io.TextIOWrapper(cast(BinaryIO, output), "utf-8", "replace", write_through=True)
    stdin, sys.stdin = sys.stdin, io.StringIO()
    try:
        with (
            contextlib.redirect_stdout(stream),
            contextlib.redirect_stderr(stream),
            warnings.catch_warnings(action="ignore"),
            np.errstate(**FLOATING_POINT),
        ):
            yield
    finally:
        sys.stdin = stdin


def make_calm() -> None:
    """Within `quiet`, undo what code may have done to warnings and to floating-point errors."""
    np.seterr(**FLOATING_POINT)
    if not warnings.filters or warnings.filters[0][:3] != ("ignore", None, Warning):
        warnings.simplefilter("ignore")


# --- figures ----------------------------------------------------------------------------


def take_figures(*, keep: bool) -> tuple[Array, ...]:
    """Close all open figures; return images of the first few if they are to be kept.

    Each is RGBA, uint8 of shape (height, width, 4), drawn coarser if it would be too large.
    """
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is None:
        return ()
    try:
        numbers = pyplot.get_fignums()[:FIGURES] if keep else []
        return tuple(_image_of(pyplot.figure(number)) for number in numbers)
    finally:
        pyplot.close("all")


def _image_of(figure: Any) -> Array:
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - slow import

    width, height = figure.get_size_inches()
    figure.dpi = min(figure.dpi, WIDTH / width, HEIGHT / height)
    canvas: Any = FigureCanvasAgg(figure)
    canvas.draw()
    return np.array(canvas.buffer_rgba(), dtype=np.uint8)[:HEIGHT, :WIDTH]


def draw_nowhere() -> None:
    """Let pyplot draw in memory only: ``plt.show()`` opens no window and waits for nobody."""
    import matplotlib as mpl  # noqa: PLC0415 - slow import

    if mpl.rcParams["backend"] != "agg":
        mpl.use("agg")
