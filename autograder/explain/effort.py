"""How much work the words about one submission may cost: values can be made to slow a search.

It is counted, not timed, so that the same submission is told the same on every machine, whatever
was graded before. Marks never depend on it.
"""

import math
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
    left: float
    searching: bool = False


_EFFORT: ContextVar[_Effort] = ContextVar("_EFFORT", default=_Effort(math.inf))  # noqa: B039


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
    effort = _EFFORT.get()
    before, effort.searching = effort.searching, True
    try:
        yield
    finally:
        effort.searching = before


def spend(units: int) -> None:
    """Count work; raises EffortSpent when a search has none left."""
    effort = _EFFORT.get()
    if effort.searching:
        effort.left -= units
        if effort.left < 0:
            raise EffortSpent


def spend_on_answer(*values: Any) -> None:
    """Count what reading and comparing a returned value costs."""
    if _EFFORT.get().searching:
        spend(ANSWER + sum(map(_size, values)) // BYTES)


def _size(value: Any) -> int:
    if isinstance(value, Mapping | list | tuple):
        parts = value.values() if isinstance(value, Mapping) else value
        return sum(ENTRY + _size(part) for part in parts)
    return value.nbytes if isinstance(value, np.ndarray) else 0
