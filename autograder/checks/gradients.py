"""Checks of the derivatives of elementwise functions."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.checks import sketches, text
from autograder.checks.compare import (
    COARSE,
    SLOPES,
    VALUES,
    Floats,
    Index,
    Tolerance,
    close,
    worst,
)
from autograder.checks.elementwise import Case, Own, by_form, diagnose
from autograder.checks.failure import CheckFailure, is_explaining, safely
from autograder.checks.ladder import StudentFunction, as_floats, obtain, unchanged


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
    case = Case(gradient, args, np.asarray(slopes, dtype=np.float64), tolerance, of=of)
    try:
        answer = obtain(gradient, args)
    except CheckFailure as failure:
        raise failure.with_hint(failure.hint or safely(by_form, case)) from None
    got = _slopes_returned(case, answer.value)
    unchanged(gradient.name, args, answer)
    index = worst(got, case.expected, tolerance)
    if index is not None:
        hint = safely(diagnose, case, got) or otherwise
        raise CheckFailure(_message(case, got, index), hint, sketches.of_gradient(case, got))


def _slopes_returned(case: Case, value: Any) -> Floats:
    __tracebackhide__ = True
    try:
        return as_floats(case.function.name, value, case.expected.shape, case.args)
    except CheckFailure as failure:
        raise failure.with_hint(failure.hint or safely(by_form, case)) from None


def _message(case: Case, got: Floats, index: Index) -> str:
    came, slope = text.told_apart(got[index], case.expected[index])
    return (
        f"{case.function.name} is wrong at {text.point(case.args, index)}: "
        f"got {came}, but the slope of {_whose(case, index)} there is {slope}."
    )


def _whose(case: Case, index: Index) -> str:
    """Return how to call the function: the student's own when its slope is the true one."""
    if case.of is None:
        return "the function"
    if not is_explaining():
        return case.of.name
    own = Own(case.of, case.args).slopes(case.z[index].reshape(1))
    if own is not None and close(own, case.expected[index].reshape(1), COARSE):
        return f"your own {case.of.name}"
    return case.of.name


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
            f"{gradient.name} is wrong at {text.point(args, index)}: "
            f"got {text.number(got[index])}, but the slope is {text.number(left)} on the left and "
            f"{text.number(right)} on the right: any value between them is right.",
            "At z = 0 something is divided by 0, or nothing was chosen."
            if nothing
            else "At the kink itself the value lies outside the two slopes.",
        )
