"""Stop code that runs in this process, after a time or at Ctrl-C."""

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType

AGAIN_SECONDS = 1.0  # code that swallows an exception meets the next


class TimeUp(BaseException):
    """Code has run for longer than it may."""


class Interrupted(KeyboardInterrupt):
    """Ctrl-C, not to be taken for a KeyboardInterrupt that code itself raised."""


@contextlib.contextmanager
def interruptible(seconds: float) -> Iterator[None]:
    """Raise TimeUp in the body after `seconds`, where the platform has timers to do it with.

    Ctrl-C raises Interrupted in it. Outside the main thread, nothing interrupts the body.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    with _handler(signal.SIGINT, Interrupted), time_limit(seconds):
        yield


@contextlib.contextmanager
def time_limit(seconds: float, *, cpu: bool = False) -> Iterator[None]:
    """Raise TimeUp in the body after `seconds`, in the main thread, where there are timers.

    By the clock, or of this process's CPU time. A limit that is being counted already stands.
    """
    main = threading.current_thread() is threading.main_thread()
    if not (main and hasattr(signal, "setitimer")):
        yield
        return
    timer = signal.ITIMER_PROF if cpu else signal.ITIMER_REAL
    if any(signal.getitimer(timer)):
        yield
        return
    with _handler(signal.SIGPROF if cpu else signal.SIGALRM, TimeUp):
        signal.setitimer(timer, seconds, AGAIN_SECONDS)
        try:
            yield
        finally:
            signal.setitimer(timer, 0)


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
