"""Functions of the reference, lent to a submission that is asked in their company.

They serve whoever builds on them, not whoever would find a derivative by differences of them.
"""

import functools
from collections import Counter, deque
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

NEAR = 0.05
"""How far apart, as a share of the size, the two points of a difference may be."""


WATCHED = 64
"""Calls that are looked at, for one question: a difference is taken from the first on."""
REMEMBERED = 3


class Loan:
    """Lends functions, and refuses a call that differs from one just before as a difference would.

    That is: by a little in every number of its first argument, or in a single number of all.
    """

    def __init__(self) -> None:
        self._calls: Counter[str] = Counter()
        self._seen: dict[str, deque[list[Any]]] = {}

    def clear(self) -> None:
        """Forget the calls so far: another question begins."""
        self._calls.clear()
        self._seen.clear()

    def of(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function as it is lent."""

        @functools.wraps(function)
        def lent(*args: Any, **kwargs: Any) -> Any:
            self._calls[function.__name__] += 1
            if self._calls[function.__name__] <= WATCHED:
                self._refuse_differences(function.__name__, args[:1])
            return function(*args, **kwargs)

        return lent

    def _refuse_differences(self, name: str, point: tuple[Any, ...]) -> None:
        arrays = list(_arrays(point))
        if any(array.dtype.kind == "c" for array in arrays):
            raise ValueError(f"{name} takes no complex numbers here.")
        seen = self._seen.setdefault(name, deque(maxlen=REMEMBERED))
        if any(_is_difference(before, arrays) for before in seen):
            raise ValueError(f"{name} is lent to be built on, not to take differences of.")
        seen.append([array.copy() for array in arrays])


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
