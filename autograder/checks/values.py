"""Checks of returned values: numbers, tuples and dicts of numbers."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from autograder.checks import hints, sketches, text
from autograder.checks.compare import VALUES, Floats, Index, Tolerance, worst
from autograder.checks.failure import CheckFailure
from autograder.checks.ladder import StudentFunction, as_floats, obtain, unchanged
from autograder.sandbox.answers import Answer

Wrong = Mapping[str, Any]
"""Hint -> the value that the mistake it describes would give, in the structure expected."""


def check_values(
    function: StudentFunction,
    args: Mapping[str, Any],
    expected: Any,
    *,
    known: str = "",
    parts: Sequence[str] = (),
    tolerance: Tolerance = VALUES,
    wrong: Wrong | None = None,
) -> Any:
    """Check that a function returns the expected numbers, and return what it returned.

    Parameters
    ----------
    args : name -> value; passed by position, in this order
    expected : array, number, tuple of these (named by `parts`), or dict of these
    known : how the expected value is known, for the message ("by the formula", ...)
    wrong : hint -> the value a known mistake gives, in the structure of `expected`

    Raises
    ------
    CheckFailure
        on the first rung that does not hold: defined, callable, runs, type, shape, arguments
        unchanged, finite, values.
    """
    __tracebackhide__ = True
    answer = obtain(function, args)
    compare_values(
        function.name,
        answer.value,
        expected,
        args,
        answer=answer,
        known=known,
        parts=parts,
        tolerance=tolerance,
        wrong=wrong,
        function=function,
    )
    return answer.value


def compare_values(
    name: str,
    value: Any,
    expected: Any,
    args: Mapping[str, Any],
    *,
    answer: Answer | None = None,
    known: str = "",
    parts: Sequence[str] = (),
    tolerance: Tolerance = VALUES,
    wrong: Wrong | None = None,
    function: StudentFunction | None = None,
) -> None:
    """Check a value that has been returned already; parameters as in `check_values`.

    Given the `answer` that the value came with, its arguments are checked to be unchanged, after
    type and shape and before the numbers. The `function` it came from draws a failure.
    """
    __tracebackhide__ = True
    pieces = _pieces(name, value, expected, parts, wrong or {})
    given = f" for {text.arguments(args)}" if args else ""
    arrays = [as_floats(p.label, p.value, p.expected.shape, given) for p in pieces]
    if answer is not None:
        unchanged(name, args, answer)
    for piece, got in zip(pieces, arrays, strict=True):
        again = sketches.recall(function, args, piece.key) if function else None
        _compare(piece, got, args, known, tolerance, again)


class _Piece(NamedTuple):
    """One array of a returned value, what it should be, and what known mistakes make of it."""

    label: str
    value: Any
    expected: Floats
    wrong: Wrong
    key: Any = None  # where in the returned value it stands


def _pieces(
    name: str, value: Any, expected: Any, parts: Sequence[str], wrong: Wrong
) -> list[_Piece]:
    __tracebackhide__ = True
    if isinstance(expected, Mapping):
        _require_keys(name, value, expected)
        labels = {key: f'{name}["{key}"]' for key in expected}
    elif isinstance(expected, tuple):
        _require_length(name, value, expected, parts)
        labels = {i: f"{part} of {name}" for i, part in enumerate(parts)}
    else:
        return [_Piece(name, value, _floats(expected), wrong)]
    return [
        _Piece(
            label, value[key], _floats(expected[key]), {h: w[key] for h, w in wrong.items()}, key
        )
        for key, label in labels.items()
    ]


def _floats(expected: Any) -> Floats:
    return np.asarray(expected, dtype=np.float64)


def _require_keys(name: str, value: Any, expected: Mapping[str, Any]) -> None:
    __tracebackhide__ = True
    if not isinstance(value, dict) or not expected.keys() <= value.keys():
        keys = ", ".join(map(repr, expected))
        raise CheckFailure(
            f"{name} should return a dict with the keys {keys}: got {text.kind_of(value)}.",
            "Is a `return` missing?" if value is None else "",
        )


def _require_length(name: str, value: Any, expected: tuple[Any, ...], parts: Sequence[str]) -> None:
    __tracebackhide__ = True
    if not isinstance(value, tuple | list) or len(value) != len(expected):
        raise CheckFailure(
            f"{name} should return ({', '.join(parts)}): got {text.kind_of(value)}.",
            "Is a `return` missing?" if value is None else "",
        )


def _compare(
    piece: _Piece,
    got: Floats,
    args: Mapping[str, Any],
    known: str,
    tolerance: Tolerance,
    again: sketches.Elementwise | None,
) -> None:
    __tracebackhide__ = True
    index = worst(got, piece.expected, tolerance)
    if index is None:
        return
    suspects = [(_floats(guess), hint) for hint, guess in piece.wrong.items()]
    z = _elementwise_input(args, got.shape)
    hint = hints.diagnose(got, piece.expected, suspects)
    if not hint and z is not None:
        hint = hints.one_sided(got, piece.expected, z)
    sketch = sketches.of_values(piece.label, args, got, piece.expected, tolerance, again)
    raise CheckFailure(_message(piece, got, index, args, known, z), hint, sketch)


def _elementwise_input(args: Mapping[str, Any], target_shape: tuple[int, ...]) -> Floats | None:
    """Return the first argument when the result is elementwise in it."""
    if "z" not in args:
        return None
    z = np.asarray(args["z"], dtype=np.float64)
    return z if z.shape == target_shape else None


def _message(
    piece: _Piece,
    got: Floats,
    index: Index,
    args: Mapping[str, Any],
    known: str,
    z: Floats | None,
) -> str:
    if z is not None:
        rest = {name: value for name, value in args.items() if name != "z"}
        at = f"{text.element('z', index)} = {text.number(z[index])}"
        kind = np.asarray(args["z"]).dtype
        at += f" (z of dtype {kind})" if kind != np.float64 else ""
        at += f" with {text.arguments(rest)}" if rest else ""
        place = f"{piece.label} is wrong at {at}"
    else:
        given = f" for {text.arguments(args)}" if args else ""
        place = f"{text.element(piece.label, index)} is wrong{given}"
    how = f" {known}" if known else ""
    came, wanted = text.number(got[index]), text.number(piece.expected[index])
    return f"{place}: got {came}, expected {wanted}{how}."


def check_number(function: StudentFunction, args: Mapping[str, Any]) -> float:
    """Check that a function returns a single finite number, and return it."""
    __tracebackhide__ = True
    answer = obtain(function, args)
    given = f" for {text.arguments(args)}"
    number = float(as_floats(function.name, answer.value, (), given))
    unchanged(function.name, args, answer)
    if not np.isfinite(number):
        raise CheckFailure(
            f"{function.name} should be a finite number{given}: got {number}.",
            "An intermediate overflows, is log(0), or divides by zero here.",
        )
    return number


def check_forms(
    function: StudentFunction, args: Mapping[str, Any], expected: Any, *, parts: Sequence[str] = ()
) -> None:
    """Check that an elementwise function takes z in every form, and gives z's shape back.

    Parameters
    ----------
    args : ``z``, an even number of whole numbers, and what follows it
    expected : the values at z; a tuple of them, named by `parts`, for a function that returns one

    Raises
    ------
    CheckFailure
        at the first form that fails: a single number (the first and the last), a matrix, integers.
    """
    __tracebackhide__ = True
    z = np.asarray(args["z"], dtype=np.float64)
    whole = tuple(np.asarray(e) for e in expected) if parts else np.asarray(expected)
    for index in (0, -1):
        _check_form(function, args, float(z[index]), _each(whole, lambda e, i=index: e[i]), parts)
    for form in (z.reshape(2, -1), z.astype(np.int64)):
        shaped = _each(whole, lambda e, to=form.shape: e.reshape(to))
        _check_form(function, args, form, shaped, parts)


def _each(whole: Any, take: Any) -> Any:
    return tuple(map(take, whole)) if isinstance(whole, tuple) else take(whole)


def _check_form(
    function: StudentFunction, args: Mapping[str, Any], z: Any, expected: Any, parts: Sequence[str]
) -> None:
    __tracebackhide__ = True
    check_values(function, {**args, "z": z}, expected, parts=parts)
