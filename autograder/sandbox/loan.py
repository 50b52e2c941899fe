"""Functions of the reference, lent to a submission that is asked in their company.

They serve whoever builds on them, not whoever would find a derivative by differences of them.
"""

import functools
import inspect
from collections import Counter, deque
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

NEAR = 0.05  # how far apart, as a share of the size, the two points of a difference may be
WATCHED = 64  # calls that are looked at, for one question: a difference is taken from the first on
REMEMBERED = 3
REFUSED = "{} is lent to be built on, not to take differences of."


class Loan:
    """Lends functions, and refuses what takes differences of them.

    That is a call that differs from one just before by a little in every number of its first
    argument, or in a single number of all. And where a question is about numbers z, what asks at
    more points besides z and -z than z has: a difference needs two for each. With `differences`
    it lends them for that as well.
    """

    def __init__(self, *, differences: bool = False) -> None:
        self._differences = differences
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
            name, arrays = function.__name__, list(_arrays((*args, *kwargs.values())[:1]))
            self._calls[name] += 1
            if any(array.dtype.kind == "c" for array in arrays):
                raise ValueError(f"{name} takes no complex numbers here.")
            watched = self._calls[name] <= WATCHED
            if not self._differences and (
                self._asks_many(name, arrays) or (watched and self._differs(name, arrays))
            ):
                raise ValueError(REFUSED.format(name))
            return function(*args, **kwargs)

        lent.__signature__ = inspect.signature(function)  # type: ignore[attr-defined]
        del lent.__wrapped__  # no attribute leads past the guard
        return lent

    def _asks_many(self, name: str, arrays: list[Any]) -> bool:
        if self._most_others == np.inf:
            return False
        others = self._others.setdefault(name, set())
        others.update(*(np.ravel(array).astype(np.float64).tolist() for array in arrays))
        others -= self._own
        return len(others) > self._most_others

    def _differs(self, name: str, arrays: list[Any]) -> bool:
        own = self._own.issuperset(x for array in arrays for x in np.ravel(array).tolist())
        seen = self._seen.setdefault(name, deque(maxlen=REMEMBERED))
        found = any(
            not (own and was_own) and _is_difference(before, arrays) for before, was_own in seen
        )
        if not found:
            seen.append(([array.copy() for array in arrays], own))
        return found


def _arrays(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        value = tuple(value.values())
    if isinstance(value, tuple):
        for part in value:
            yield from _arrays(part)
    elif (array := np.asarray(value)).dtype.kind in "biufc":
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
