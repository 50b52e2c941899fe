"""Checks of returned values: numbers, tuples and dicts of numbers; and derivatives."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from autograder.checks import text
from autograder.checks.calls import as_floats, numeric, obtain, unchanged
from autograder.checks.compare import SLOPES, VALUES, Floats, Index, Tolerance, worst
from autograder.checks.failure import (
    CheckFailure,
    Comparison,
    StudentFunction,
    WrongValues,
    about,
)
from autograder.checks.sentences import say
from autograder.language import _
from autograder.sandbox.answers import Answer


def check_values(
    function: StudentFunction,
    args: Mapping[str, Any],
    expected: Any,
    *,
    known: str = "",
    parts: Sequence[str] = (),
    tolerance: Tolerance = VALUES,
    otherwise: str = "",
) -> Any:
    """Check that a function returns the expected numbers, and return what it returned.

    Parameters
    ----------
    args : name -> value; passed by position, in this order
    expected : array, number, tuple of these (named by `parts`), or dict of these
    known : how the expected value is known, for the message ("by the formula", ...)
    otherwise : the hint for wrong numbers in which no pattern is found

    Raises
    ------
    CheckFailure
        on the first rung that does not hold: defined, callable, runs, type, shape, arguments
        unchanged, finite, values.
    """
    __tracebackhide__ = True
    seen = Comparison(function, args, expected, tolerance)
    with about(seen):
        answer = obtain(function, args)
        compare(function.name, answer.value, seen, known, parts, answer, otherwise)
    return answer.value


def check_gradient(
    gradient: StudentFunction,
    args: Mapping[str, Any],
    slopes: Any,
    *,
    of: StudentFunction,
    tolerance: Tolerance = VALUES,
    otherwise: str = "",
) -> None:
    """Check an elementwise derivative against the true slopes.

    Parameters
    ----------
    gradient, of : the student's derivative, and the student's function it belongs to; the
        latter only explains a failure, so a mistake in it costs nothing here
    args : ``z`` and what follows it (alpha)
    slopes : the true derivative at every z
    otherwise : the hint for wrong numbers in which no pattern is found

    Raises
    ------
    CheckFailure
        on the first rung that does not hold.
    """
    __tracebackhide__ = True
    seen = Comparison(gradient, args, slopes, tolerance, of)
    with about(seen):
        answer = obtain(gradient, args)
        compare(gradient.name, answer.value, seen, answer=answer, otherwise=otherwise)


def compare(
    name: str,
    value: Any,
    seen: Comparison,
    known: str = "",
    parts: Sequence[str] = (),
    answer: Answer | None = None,
    otherwise: str = "",
) -> None:
    """Check a value that has been returned already; parameters as in `check_values`.

    Given the `answer` that the value came with, its arguments are checked to be unchanged, after
    type and shape and before the numbers.
    """
    __tracebackhide__ = True
    pieces = _pieces(name, value, seen.expected, parts)
    got = {p.key: as_floats(p.label, p.value, p.expected.shape, seen.args) for p in pieces}
    if answer is not None:
        unchanged(name, seen.args, answer)
    for piece in pieces:
        index = worst(got[piece.key], piece.expected, seen.tolerance)
        if index is not None:
            message = _message(piece, got[piece.key], index, seen, known)
            raise CheckFailure(message, otherwise, wrong=WrongValues(piece.key, piece.label, got))


class _Piece(NamedTuple):
    """One array of a returned value, and what it should be."""

    key: Any
    label: str
    value: Any
    expected: Floats


def _pieces(name: str, value: Any, expected: Any, parts: Sequence[str]) -> list[_Piece]:
    __tracebackhide__ = True
    if isinstance(expected, Mapping):
        _require_keys(name, value, expected)
        labels = {key: f'{name}["{key}"]' for key in expected}
    elif isinstance(expected, tuple):
        _require_length(name, value, expected, parts)
        labels = {i: _("{} of {}").format(part, name) for i, part in enumerate(parts)}
    else:
        return [_Piece(None, name, value, _floats(expected))]
    return [_Piece(key, label, value[key], _floats(expected[key])) for key, label in labels.items()]


def _floats(expected: Any) -> Floats:
    return np.asarray(expected, dtype=np.float64)


def _require_keys(name: str, value: Any, expected: Mapping[str, Any]) -> None:
    __tracebackhide__ = True
    if not isinstance(value, dict) or not expected.keys() <= value.keys():
        keys = ", ".join(map(repr, expected))
        raise CheckFailure(
            _("{} should return a dict with the keys {}: got {}.").format(
                name, keys, text.kind_of(value)
            ),
            _keys_hint(value, expected),
        )


def _require_length(name: str, value: Any, expected: tuple[Any, ...], parts: Sequence[str]) -> None:
    __tracebackhide__ = True
    if not _is_sequence_like(value, expected):
        raise CheckFailure(
            _("{} should return ({}): got {}.").format(name, ", ".join(parts), text.kind_of(value)),
            _structure_hint(value, tuple),
        )
    shapes, wanted = ([_shape(part) for part in whole] for whole in (value, expected))
    if shapes != wanted and sorted(map(str, shapes)) == sorted(map(str, wanted)):
        raise CheckFailure(
            _("{} should return ({}), in this order: got the shapes {}.").format(
                name, ", ".join(parts), ", ".join(map(str, shapes))
            ),
            "The right shapes come in another order.",
        )


def _is_sequence_like(value: Any, expected: tuple[Any, ...]) -> bool:
    """Return whether it unpacks into as many parts: a tuple, a list, or an array of the parts."""
    if isinstance(value, np.ndarray):
        wholes = [np.shape(part) for part in expected]
        return value.ndim > 0 and [part.shape for part in value] == wholes
    return isinstance(value, tuple | list) and len(value) == len(expected)


def _shape(value: Any) -> Any:
    array = numeric(value)
    return None if array is None else array.shape


def _keys_hint(value: Any, expected: Mapping[str, Any]) -> str:
    if not isinstance(value, dict):
        return _structure_hint(value, dict)
    missing = [key for key in expected if key not in value]
    if len(value) == 1:
        return "Only one key is there: does `return` stand inside the loop?"
    others = [key for key in value if key not in expected]
    return say("Missing: {}. Are they named otherwise?" if others else "Missing: {}.", missing)


def _structure_hint(value: Any, wanted: type) -> str:
    if value is None:
        return "Is a `return` missing?"
    if wanted is dict:
        return "A dict is wanted: compare the docstring."
    if isinstance(value, tuple):
        return "The tuple has more or fewer parts than the docstring asks for."
    return "A tuple is wanted: compare the docstring."


def _message(piece: _Piece, got: Floats, index: Index, seen: Comparison, known: str) -> str:
    z = np.asarray(seen.args["z"]) if "z" in seen.args else None
    if z is not None and z.shape == got.shape:
        place = _("{} is wrong at {}").format(piece.label, text.point(seen.args, index))
    else:
        element = text.element(piece.label, index)
        place = _("{} is wrong{}").format(element, text.given(seen.args))
    came, due = text.told_apart(got[index], piece.expected[index])
    if seen.of:
        slope = _(SLOPE_OF).format(seen.of.name)
        return _("{}: got {}, but {} is {}.").format(place, came, slope, due)
    return _("{}: got {}, expected {}{}.").format(place, came, due, f" {_(known)}" if known else "")


SLOPE_OF = "the slope of {} there"


def check_number(
    function: StudentFunction, args: Mapping[str, Any], *, otherwise: str = ""
) -> float:
    """Check that a function returns a single finite number, and return it.

    `otherwise` is the hint for a number that is not finite.
    """
    __tracebackhide__ = True
    answer = obtain(function, args)
    number = float(as_floats(function.name, answer.value, (), args))
    unchanged(function.name, args, answer)
    if not np.isfinite(number):
        raise CheckFailure(
            _("{} should be a finite number{}: got {}.").format(
                function.name, text.given(args), number
            ),
            otherwise or "An intermediate overflows, is log(0), or divides by zero here.",
        )
    return number


def check_forms(
    function: StudentFunction,
    args: Mapping[str, Any],
    expected: Any,
    *,
    far: Mapping[float, Any] | None = None,
    parts: Sequence[str] = (),
    known: str = "by the formula",
) -> None:
    """Check that an elementwise function takes z in every form, and gives z's shape back.

    Parameters
    ----------
    args : ``z``, an even number of whole numbers, and what follows it
    expected : the values at z; a tuple of them, named by `parts`, for a function that returns one
    far : single numbers far from 0, and the values there: Python's own overflow where NumPy's warn

    Raises
    ------
    CheckFailure
        at the first form that fails: an array, a single number (the first, the last, those far
        out), a matrix, integers.
    """
    __tracebackhide__ = True
    z = np.asarray(args["z"], dtype=np.float64)
    wholes = [np.asarray(part) for part in (expected if parts else [expected])]

    def due(take: Callable[[Any], Any]) -> Any:
        return tuple(map(take, wholes)) if parts else take(wholes[0])

    forms = [
        (z, due(lambda whole: whole)),
        (float(z[0]), due(lambda whole: whole[0])),
        (float(z[-1]), due(lambda whole: whole[-1])),
        *(far or {}).items(),
        (z.reshape(2, -1), due(lambda whole: whole.reshape(2, -1))),
        (z.astype(np.int64), due(lambda whole: whole)),
    ]
    for form, value in forms:
        check_values(function, {**args, "z": form}, value, parts=parts, known=known)


def check_subgradient(
    gradient: StudentFunction, args: Mapping[str, Any], left: float, right: float
) -> None:
    """Check the derivative at a kink: anything from the left to the right slope is right."""
    __tracebackhide__ = True
    answer = obtain(gradient, args)
    z = np.asarray(args["z"], dtype=np.float64)
    got = as_floats(gradient.name, answer.value, z.shape, args)
    unchanged(gradient.name, args, answer)
    low, high = sorted((left, right))
    outside = (got < low - SLOPES.atol) | (got > high + SLOPES.atol) | np.isnan(got)
    if outside.any():
        index = tuple(int(i) for i in np.argwhere(outside)[0])
        nothing = np.isnan(got[index])
        raise CheckFailure(
            _(
                "{place}: got {came}, but the slope is {left} on the left and {right} on the "
                "right: any value between them is right."
            ).format(
                place=_("{} is wrong at {}").format(gradient.name, text.point(args, index)),
                came=text.number(got[index]),
                left=text.number(left),
                right=text.number(right),
            ),
            "At z = 0 something is divided by 0, or nothing was chosen."
            if nothing
            else "At the kink itself the value lies outside the two slopes.",
        )
