"""What a check raises when a student's work is not right."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from autograder.checks.picture import Picture

Sketch = Callable[[], Picture | None]
"""Makes the picture of a failure, if there is one to make; calls the student's functions again."""


class CheckFailure(AssertionError):  # noqa: N818 - a verdict on the work, not an error
    """A submission failed a check.

    Parameters
    ----------
    message : names the function, the input, what came, and what was expected
    hint : what the mistake may be, without giving the answer; empty when not known
    sketch : makes a picture of it, for who wants to see one
    """

    def __init__(self, message: str, hint: str = "", sketch: Sketch | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.sketch = sketch

    def __str__(self) -> str:
        return f"{self.message}\nHint: {self.hint}" if self.hint else self.message


@contextmanager
def sketched(sketch: Sketch) -> Iterator[None]:
    """Give a failure in the body this sketch."""
    try:
        yield
    except CheckFailure as failure:
        failure.sketch = sketch
        raise
