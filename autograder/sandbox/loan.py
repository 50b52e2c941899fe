"""Functions of the reference, lent to a submission that is asked in their company.

They serve whoever builds on them, not whoever would find a derivative by differences of them.
"""

import functools
import inspect
from collections import Counter, deque
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

NEAR = 0.05
"""How far apart, as a share of the size, the two points of a difference may be."""


WATCHED = 64
"""Calls that are looked at, for one question: a difference is taken from the first on."""
REMEMBERED = 3
REFUSED = "{} is lent to be built on, not to take differences of."


class Loan:
    """Lends functions, and refuses what takes differences of them.

    That is a call that differs from one just before by a little in every number of its first
    argument, or in a single number of all. And where a question is about numbers z, what asks at
    more points besides z and -z than z has: a difference needs two for each.
    """

    def __init__(self) -> None:
        self._calls: Counter[str] = Counter()
        self._seen: dict[str, deque[tuple[list[Any], bool]]] = {}
        self._own: set[float] = set()
        self._others: dict[str, set[float]] = {}
        self._most_others: float = np.inf

    def begin(self, question: tuple[Any, ...]) -> None:
        """Forget the calls so far: another question begins, with these arguments."""
        self._calls.clear()
        self._seen.clear()
        self._others.clear()
        z = np.asarray(question[0] if question else None)
        is_numbers = z.dtype.kind in "biuf"
        points = z.ravel().astype(np.float64).tolist() if is_numbers else []
        self._own = {*points, *(-point for point in points)}
        self._most_others = len(points) if is_numbers else np.inf

    def of(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function as it is lent."""

        @functools.wraps(function)
        def lent(*args: Any, **kwargs: Any) -> Any:
            point = (*args, *kwargs.values())[:1]
            self._calls[function.__name__] += 1
            self._refuse_many(function.__name__, point)
            if self._calls[function.__name__] <= WATCHED:
                self._refuse_differences(function.__name__, point)
            return function(*args, **kwargs)

        lent.__signature__ = inspect.signature(function)  # type: ignore[attr-defined]
        del lent.__wrapped__  # no attribute leads past the guard
        return lent

    def _refuse_many(self, name: str, point: tuple[Any, ...]) -> None:
        arrays = list(_arrays(point))
        if any(array.dtype.kind == "c" for array in arrays):
            raise ValueError(f"{name} takes no complex numbers here.")
        if self._most_others < np.inf:
            others = self._others.setdefault(name, set())
            for array in arrays:
                others.update(np.ravel(array).astype(np.float64).tolist())
            others -= self._own
            if len(others) > self._most_others:
                raise ValueError(REFUSED.format(name))

    def _refuse_differences(self, name: str, point: tuple[Any, ...]) -> None:
        arrays = list(_arrays(point))
        own = self._own.issuperset(x for array in arrays for x in np.ravel(array).tolist())
        seen = self._seen.setdefault(name, deque(maxlen=REMEMBERED))
        for before, was_own in seen:
            if not (own and was_own) and _is_difference(before, arrays):
                raise ValueError(REFUSED.format(name))
        seen.append(([array.copy() for array in arrays], own))


def _arrays(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        value = tuple(value.values())
    if isinstance(value, tuple):
        for part in value:
            yield from _arrays(part)
        return
    array = np.asarray(value)
    if array.dtype.kind in "biufc":
        yield array


def _is_difference(before: list[Any], now: list[Any]) -> bool:
    if [array.shape for array in before] != [array.shape for array in now] or not now:
        return False
    old, new = (
        np.concatenate([np.ravel(array).astype(np.float64) for array in arrays])
        for arrays in (before, now)
    )
    apart = np.abs(new - old)
    moved = apart > 0
    near = np.all(apart <= NEAR * np.maximum(1.0, np.abs(old)))
    if len(now) == 1:
        return bool(near and moved.all() and moved.size)
    return bool(near and moved.sum() == 1)
