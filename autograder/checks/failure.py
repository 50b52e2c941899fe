"""What a check raises when a student's work is not right."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Self

import numpy as np

from autograder.checks.effort import EffortSpent, searching
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
    of_values : whether numbers came of which nothing is wrong but their values
    """

    def __init__(
        self,
        message: str,
        hint: str = "",
        sketch: Sketch | None = None,
        *,
        of_values: bool = False,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.sketch = sketch
        self.of_values = of_values

    def with_hint(self, hint: str) -> Self:
        """Return this failure, with another hint."""
        self.hint = hint
        return self

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


_EXPLAINING: ContextVar[bool] = ContextVar("_EXPLAINING", default=True)


_KNOWN: ContextVar[Callable[[], str] | None] = ContextVar("_KNOWN", default=None)


@contextmanager
def knowing(hint: Callable[[], str]) -> Iterator[None]:
    """In the body, look for a hint only where this gives none."""
    token = _KNOWN.set(hint)
    try:
        yield
    finally:
        _KNOWN.reset(token)


@contextmanager
def explaining(wanted: bool) -> Iterator[None]:
    """Look for hints in the body, or do not: a mark must not wait for them, nor depend on them."""
    token = _EXPLAINING.set(wanted)
    try:
        yield
    finally:
        _EXPLAINING.reset(token)


def is_explaining() -> bool:
    """Tell whether hints are wanted: only then may a submission be asked what no test asks."""
    return _EXPLAINING.get()


def safely(look: Callable[..., str], *args: Any) -> str:
    """Return the hint that is found, and none where the search fails or none is wanted.

    It meets whatever a submission returns, and a mark must not depend on it.
    """
    if not is_explaining():
        return ""
    known = _KNOWN.get()
    hint = known() if known else ""
    if hint:
        return hint
    with np.errstate(all="ignore"), searching():
        try:
            return look(*args)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, EffortSpent):
            return ""
