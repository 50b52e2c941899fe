"""Which argument of a function has no effect on what it returns."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from autograder.checks.calls import numeric
from autograder.checks.failure import StudentFunction
from autograder.checks.sentences import say
from autograder.sandbox import probes


def without_effect(
    function: StudentFunction, args: Mapping[str, Any], names: Sequence[str] = ()
) -> str:
    """Return a hint that names the arguments without any effect; empty when all have one.

    Each (of `names`, or of all) is changed on its own, and the function called again; also with
    dicts of no special numbers, because zeros may hide an effect. Where a dict has none, only that
    is said: nothing else may have one for this very reason.
    """
    generic = {
        name: _others(value)[0] if isinstance(value, Mapping) else value
        for name, value in args.items()
    }
    unused = [
        name
        for name in names or args
        if all(_changes_nothing(function, base, name) for base in (args, generic))
    ]
    unused = [name for name in unused if isinstance(args[name], Mapping)] or unused
    if not unused:
        return ""
    return say("{} has no effect." if len(unused) == 1 else "{} have no effect.", unused)


def _changes_nothing(function: StudentFunction, args: Mapping[str, Any], name: str) -> bool:
    others = _others(args[name])
    before = function.answer(*args.values()) if others else None
    if before is None or before.kind != "value" or _says_little(before.value):
        return False
    answers = (function.answer(*{**args, name: other}.values()) for other in others)
    return all(a.kind == "value" and same_numbers(a.value, before.value) for a in answers)


def _says_little(value: Any) -> bool:
    """Return whether a result is not finite, or all zeros or ones: it may stay so by chance."""
    array = numeric(value)
    if array is None:
        parts = map(numeric, value.values() if isinstance(value, dict) else value)
        return not all(part is None or np.isfinite(part).all() for part in parts)
    level = bool(np.isin(array, (0, 1)).all()) and not np.ptp(array * 1)
    return level or not np.isfinite(array).all()


def _others(value: Any) -> list[Any]:
    """Return other values for an argument, of the same kind; none when there are none."""
    if isinstance(value, Mapping):
        parts = {key: _others(np.asarray(part)) for key, part in value.items()}
        if not all(parts.values()):
            return []
        return [{key: others[end] for key, others in parts.items()} for end in (0, 1, -1)]
    if callable(value):
        return [probes.cube, probes.sin, probes.hinge_grad]
    if isinstance(value, float):
        return [1.5 * value, 0.2 * value, 0.013]
    if not isinstance(value, np.ndarray) or value.dtype != np.float64:
        return []
    if np.isin(value, (0, 1)).all():
        one_flipped = value.copy()
        one_flipped.flat[:1] = 1.0 - one_flipped.flat[:1]
        return [1.0 - value, one_flipped]
    if np.all((value >= 0) & (value <= 1)):
        return [0.95 - 0.9 * value, 0.9 * value + 0.04]
    return [0.9 * value + 0.05, 0.3 - 1.7 * value, value + 4.0, value - 4.0]


def same_numbers(value: Any, other: Any) -> bool:
    """Return whether two returned values hold the same numbers."""
    if isinstance(value, Mapping) and isinstance(other, Mapping):
        return value.keys() == other.keys() and all(same_numbers(value[k], other[k]) for k in value)
    if isinstance(value, tuple | list) and isinstance(other, tuple | list):
        return len(value) == len(other) and all(map(same_numbers, value, other))
    try:
        return bool(np.array_equal(value, other, equal_nan=True))
    except (TypeError, ValueError):
        return False
