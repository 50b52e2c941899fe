"""Which argument of a function has no effect on what it returns."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from autograder.checks.ladder import StudentFunction, numeric
from autograder.sandbox import probes

FEW = 8


def without_effect(
    function: StudentFunction, args: Mapping[str, Any], names: Sequence[str] = ()
) -> str:
    """Return a hint that names the arguments without any effect; empty when all have one.

    Each (of `names`, or of all) is changed on its own, and the function called again.
    """
    usual = function.answer(*args.values())
    if usual.kind != "value" or _says_little(usual.value):
        return ""
    unused = []
    for name, value in args.items():
        others = [] if names and name not in names else _others(name, value)
        answers = [function.answer(*{**args, name: other}.values()) for other in others]
        if answers and all(a.kind == "value" and same(a.value, usual.value) for a in answers):
            unused.append(name)
    if not unused or len(unused) == len(args):
        return ""
    have = "has" if len(unused) == 1 else "have"
    return f"{listed(unused)} {have} no effect."


def listed(names: Sequence[str]) -> str:
    """Return names as one says them: ``W1, b1 and W2``."""
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _says_little(value: Any) -> bool:
    """Return whether a result is a few zeros and ones, which stay the same by chance."""
    array = numeric(value)
    return array is not None and array.size < FEW and bool(np.isin(array, (0, 1)).all())


def _others(name: str, value: Any) -> list[Any]:
    """Return other values for an argument, of the same kind; none when there are none."""
    if isinstance(value, Mapping):
        parts = {key: _others(key, np.asarray(part)) for key, part in value.items()}
        if not all(parts.values()):
            return []
        return [{key: others[end] for key, others in parts.items()} for end in (0, -1)]
    if callable(value):
        return [probes.cube_grad] if name.endswith("_grad") else [probes.cube]
    if name == "lr":
        return [1.5 * value]
    if not isinstance(value, np.ndarray) or value.dtype != np.float64:
        return []
    if np.all((value >= 0) & (value <= 1)):
        return [1.0 - value] if name == "y" else [0.95 - 0.9 * value]
    return [0.9 * value + 0.05, 0.3 - 1.7 * value]


def same(value: Any, other: Any) -> bool:
    """Return whether two returned values hold the same numbers."""
    if isinstance(value, Mapping) and isinstance(other, Mapping):
        return value.keys() == other.keys() and all(same(value[k], other[k]) for k in value)
    if isinstance(value, tuple | list) and isinstance(other, tuple | list):
        return len(value) == len(other) and all(map(same, value, other))
    try:
        return bool(np.array_equal(value, other))
    except (TypeError, ValueError):
        return False
