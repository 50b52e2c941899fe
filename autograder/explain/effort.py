"""How much work the words about one submission may cost: values can be made to slow a search.

It is counted, not timed, so that the same submission is told the same on every machine, whatever
was graded before. Marks never depend on it.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import numpy as np

MOST = 100_000
"""Units of work for one submission: about three seconds where each takes longest."""

ANSWER = 20
BYTES = 4000  # of an answer, that cost as much as one unit
ENTRY = 100  # bytes that a container's entry counts as


class EffortSpent(Exception):  # noqa: N818 - says what became of the search
    """There has been enough work on hints for this submission: there is no hint."""


@dataclass
class _Effort:
    left: int
    searching: bool = False


_EFFORT: ContextVar[_Effort | None] = ContextVar("_EFFORT", default=None)


@contextmanager
def limited(most: int = MOST) -> Iterator[None]:
    """Let the searches of the body cost so much together; elsewhere there is no limit."""
    token = _EFFORT.set(_Effort(most))
    try:
        yield
    finally:
        _EFFORT.reset(token)


@contextmanager
def searching() -> Iterator[None]:
    """Count the work of the body, which may end it with EffortSpent."""
    effort = _EFFORT.get() or _Effort(0)
    before, effort.searching = effort.searching, True
    try:
        yield
    finally:
        effort.searching = before


def spend(units: int) -> None:
    """Count work; raises EffortSpent when a search has none left."""
    effort = _counted()
    if effort:
        effort.left -= units
        if effort.left < 0:
            raise EffortSpent


def spend_on_answer(*values: Any) -> None:
    """Count what reading and comparing a returned value costs."""
    if _counted():
        spend(ANSWER + sum(map(_size, values)) // BYTES)


def _counted() -> _Effort | None:
    effort = _EFFORT.get()
    return effort if effort and effort.searching else None


def _size(value: Any) -> int:
    if isinstance(value, Mapping):
        return sum(ENTRY + _size(part) for part in value.values())
    if isinstance(value, list | tuple):
        return sum(ENTRY + _size(part) for part in value)
    return value.nbytes if isinstance(value, np.ndarray) else 0
