"""Checks of returned values: numbers, tuples and dicts of numbers."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from autograder.checks import hints, sketches, text
from autograder.checks.arguments import same, without_effect
from autograder.checks.compare import VALUES, Floats, Index, Tolerance, worst
from autograder.checks.elementwise import Case, by_form, diagnose
from autograder.checks.failure import CheckFailure, safely
from autograder.checks.ladder import StudentFunction, as_floats, numeric, obtain, unchanged
from autograder.checks.sentences import say
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
    detective = Detective(function, args, expected, tolerance)
    try:
        answer = obtain(function, args)
    except CheckFailure as failure:
        raise failure.with_hint(failure.hint or safely(detective.of_failure)) from None
    try:
        compare_values(
            function.name,
            answer.value,
            expected,
            args,
            answer=answer,
            known=known,
            parts=parts,
            tolerance=tolerance,
            detective=detective,
        )
    except CheckFailure as failure:
        last = otherwise if failure.of_values else safely(detective.of_failure)
        raise failure.with_hint(failure.hint or last) from None
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
    detective: "Detective | None" = None,
) -> None:
    """Check a value that has been returned already; parameters as in `check_values`.

    Given the `answer` that the value came with, its arguments are checked to be unchanged, after
    type and shape and before the numbers. A `detective` looks for the hint where no known mistake
    gives the numbers, and draws them; without one they are only looked at.
    """
    __tracebackhide__ = True
    pieces = _pieces(name, value, expected, parts)
    arrays = [as_floats(p.label, p.value, p.expected.shape, args) for p in pieces]
    if answer is not None:
        unchanged(name, args, answer)
    for piece, got in zip(pieces, arrays, strict=True):
        index = worst(got, piece.expected, tolerance)
        if index is not None:
            look = detective.of_values if detective else _looked_at
            hint = safely(look, piece.key, got, piece.expected)
            hint = hint or safely(_right_parts, pieces, arrays, tolerance)
            again = detective.again(piece.key) if detective else None
            sketch = sketches.of_values(piece.label, args, got, piece.expected, tolerance, again)
            message = _message(piece, got, index, args, known)
            raise CheckFailure(message, hint, sketch, of_values=True)


def _looked_at(key: Any, got: Floats, expected: Floats) -> str:
    del key
    return hints.diagnose(got, expected) or hints.nearly(got, expected)


def _right_parts(pieces: Sequence["_Piece"], arrays: Sequence[Floats], tolerance: Tolerance) -> str:
    """Return which parts of a dict are right and which are not; empty when none is right."""
    wrong = [
        p.key
        for p, got in zip(pieces, arrays, strict=True)
        if worst(got, p.expected, tolerance) is not None
    ]
    right = [p.key for p in pieces if p.key not in wrong]
    if not right or not all(isinstance(p.key, str) for p in pieces):
        return ""
    is_right, are_not = ("is" if len(names) == 1 else "are" for names in (right, wrong))
    return say("{} {} right, {} {} not.", right, is_right, wrong, are_not)


class Detective:
    """Finds out more about a function that is wrong, by calling it again."""

    def __init__(
        self,
        function: StudentFunction,
        args: Mapping[str, Any],
        expected: Any,
        tolerance: Tolerance,
    ) -> None:
        self._function = function
        self._args = args
        self._expected = expected
        self._tolerance = tolerance

    @cached_property
    def _cases(self) -> dict[Any, Case]:
        """A case for each part of an elementwise result; none for any other."""
        return _cases(self._function, self._args, self._expected, self._tolerance)

    def of_failure(self) -> str:
        """Return the hint for a call that failed, or gave no numbers of the right shape."""
        if not self._cases:
            return without_effect(self._function, self._args)
        return next((hint for case in self._cases.values() if (hint := by_form(case))), "")

    def again(self, key: Any) -> sketches.Elementwise | None:
        """Return an elementwise part as a function of z; None when it is no such."""
        return self._cases[key].at if key in self._cases else None

    def of_values(self, key: Any, got: Floats, expected: Floats) -> str:
        """Return the hint for a part's wrong numbers."""
        if not self._repeats_itself():
            return "A second call with the same arguments gives another result."
        if key in self._cases:
            return diagnose(self._cases[key], got)
        return (
            hints.nearly(got, expected)
            or without_effect(self._function, self._args)
            or hints.diagnose(got, expected)
            or hints.clipped(got, expected)
            or hints.undecided(got, expected)
            or hints.rearranged(got, expected)
        )

    def _repeats_itself(self) -> bool:
        first, second = (self._function.answer(*self._args.values()) for _ in range(2))
        return first.kind != "value" or second.kind != "value" or same(first.value, second.value)


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
        labels = {i: f"{part} of {name}" for i, part in enumerate(parts)}
    else:
        return [_Piece(None, name, value, _floats(expected))]
    return [_Piece(key, label, value[key], _floats(expected[key])) for key, label in labels.items()]


def _cases(
    function: StudentFunction, args: Mapping[str, Any], expected: Any, tolerance: Tolerance
) -> dict[Any, Case]:
    """Return a case for each part of an elementwise result; none for any other."""
    if "z" not in args or isinstance(expected, Mapping):
        return {}
    shape = np.shape(args["z"])
    whole: dict[int | None, Any] = {None: expected}
    if isinstance(expected, tuple):
        whole = dict(enumerate(expected))
    pieces = {key: _floats(part) for key, part in whole.items()}
    if any(part.shape != shape for part in pieces.values()):
        return {}
    return {
        key: Case(function, args, part, tolerance, _picker(key)) for key, part in pieces.items()
    }


def _picker(key: int | None) -> Callable[[Any], Any]:
    return (lambda value: value) if key is None else (lambda value: value[key])


def _floats(expected: Any) -> Floats:
    return np.asarray(expected, dtype=np.float64)


def _require_keys(name: str, value: Any, expected: Mapping[str, Any]) -> None:
    __tracebackhide__ = True
    if not isinstance(value, dict) or not expected.keys() <= value.keys():
        keys = ", ".join(map(repr, expected))
        raise CheckFailure(
            f"{name} should return a dict with the keys {keys}: got {text.kind_of(value)}.",
            _keys_hint(value, expected),
        )


def _require_length(name: str, value: Any, expected: tuple[Any, ...], parts: Sequence[str]) -> None:
    __tracebackhide__ = True
    if not isinstance(value, tuple | list) or len(value) != len(expected):
        raise CheckFailure(
            f"{name} should return ({', '.join(parts)}): got {text.kind_of(value)}.",
            _structure_hint(value, tuple),
        )
    shapes, wanted = ([_shape(part) for part in whole] for whole in (value, expected))
    if shapes != wanted and sorted(map(str, shapes)) == sorted(map(str, wanted)):
        raise CheckFailure(
            f"{name} should return ({', '.join(parts)}), in this order: "
            f"got the shapes {', '.join(map(str, shapes))}.",
            "The right shapes come in another order.",
        )


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


def _message(piece: _Piece, got: Floats, index: Index, args: Mapping[str, Any], known: str) -> str:
    z = np.asarray(args["z"]) if "z" in args else None
    if z is not None and z.shape == got.shape:
        place = f"{piece.label} is wrong at {text.point(args, index)}"
    else:
        place = f"{text.element(piece.label, index)} is wrong{text.given(args)}"
    how = f" {known}" if known else ""
    came, wanted = text.told_apart(got[index], piece.expected[index])
    return f"{place}: got {came}, expected {wanted}{how}."


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
            f"{function.name} should be a finite number{text.given(args)}: got {number}.",
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
    whole = tuple(np.asarray(e) for e in expected) if parts else np.asarray(expected)
    how = {"parts": parts, "known": known}
    _check_form(function, args, z, whole, how)
    for index in (0, -1):
        _check_form(function, args, float(z[index]), _each(whole, lambda e, i=index: e[i]), how)
    for point, value in (far or {}).items():
        _check_form(function, args, point, value, how)
    for form in (z.reshape(2, -1), z.astype(np.int64)):
        shaped = _each(whole, lambda e, to=form.shape: e.reshape(to))
        _check_form(function, args, form, shaped, how)


def _each(whole: Any, take: Any) -> Any:
    return tuple(map(take, whole)) if isinstance(whole, tuple) else take(whole)


def _check_form(
    function: StudentFunction,
    args: Mapping[str, Any],
    z: Any,
    expected: Any,
    how: Mapping[str, Any],
) -> None:
    __tracebackhide__ = True
    check_values(function, {**args, "z": z}, expected, **how)
