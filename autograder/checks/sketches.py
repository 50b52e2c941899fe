"""How the pictures of failures come about: later, and only when somebody wants to see one.

A sketch holds what a check saw, and calls the student's functions again when it is drawn.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np

from autograder.checks import text
from autograder.checks.compare import COARSE, Floats, Tolerance, close
from autograder.checks.elementwise import Case, Own
from autograder.checks.failure import Sketch
from autograder.checks.picture import Picture, Series

Elementwise = Callable[[Floats], Floats | None]
"""Gives the values at z, of z's shape; None where there are none."""

FEWEST_POINTS = 3
MOST_POINTS = 200
LARGEST = 1e100
GRID_POINTS = 241
GRID_BEYOND = 1 / 12  # of the distance between the outermost points, on either side


class _Points(NamedTuple):
    """What a check saw of an elementwise function; one entry for each point, sorted by z."""

    z: Floats
    got: Floats
    due: Floats
    wrong: Any
    total: int  # how many there were, not all of them kept


def of_values(
    name: str,
    args: Mapping[str, Any],
    got: Floats,
    due: Floats,
    tolerance: Tolerance,
    again: Elementwise | None,
) -> Sketch:
    """Sketch elementwise values over those expected; nothing for anything else."""

    def sketch() -> Picture | None:
        points = _points(args, got, due, tolerance)
        if points is None:
            return None
        return _elementwise(f"{name} and the values expected", args, points, again)

    return sketch


def of_gradient(
    case: Case,
    got: Floats,
) -> Sketch:
    """Sketch a derivative over the slope of the student's own function, when that is the true one.

    Otherwise over the slopes expected.
    """

    def sketch() -> Picture | None:
        points = _points(case.args, got, case.expected, case.tolerance)
        if points is None:
            return None
        truth = _true_slope(Own(case.of, case.args), points) if case.of else None
        beside = truth.label if truth else "slopes expected"
        title = f"{case.function.name} and the {beside}"
        return _elementwise(title, case.args, points, case.at, truth)

    return sketch


def _true_slope(own: Own, points: _Points) -> Series | None:
    """Return the slope of the student's own function, if that is what was due at the points."""
    there = own.slopes(points.z)
    if there is None or not close(there, points.due, COARSE):
        return None
    return _line(f"slope of your own {own.name}", _grid(points.z), own.slopes)


def _points(
    args: Mapping[str, Any], got: Floats, due: Floats, tolerance: Tolerance
) -> _Points | None:
    """Return what there is to draw, at most 200 points; None when that is no curve over z."""
    z = np.asarray(args.get("z", np.nan), dtype=np.float64)
    sane = np.isfinite(z).all() and np.all(np.abs(due) < LARGEST)
    if z.shape != got.shape or np.unique(z).size < FEWEST_POINTS or not sane:
        return None
    z, got, due = z.ravel(), got.ravel(), due.ravel()
    excess = tolerance.excess(got, due)
    kept = np.argsort(-excess, kind="stable")[:MOST_POINTS]
    kept = kept[np.argsort(z[kept], kind="stable")]
    return _Points(z[kept], got[kept], due[kept], excess[kept] > 1, z.size)


def _elementwise(
    title: str,
    args: Mapping[str, Any],
    points: _Points,
    again: Elementwise | None,
    truth: Series | None = None,
) -> Picture:
    title += _given(args)
    z = np.asarray(args["z"])
    if z.ndim != 1 or z.dtype != np.float64:
        again = None  # what it does with a row of fractions says nothing about matrices or integers
    z, got, due = points.z[points.wrong], points.got[points.wrong], points.due[points.wrong]
    return Picture(
        title=title,
        x_label="z",
        wrong=series("wrong here", z, got),
        due=tuple(due.tolist()),
        alt=f"{title}. {gist('z', z, got, due, points.total)}",
        yours=_line("yours", _grid(points.z), again) if again else None,
        truth=truth,
        expected=None if truth else series("expected", points.z, points.due),
    )


def _given(args: Mapping[str, Any]) -> str:
    """Return what z the picture is for, and which other arguments, where that matters."""
    kind = np.asarray(args["z"]).dtype
    rest = {key: value for key, value in args.items() if key != "z"}
    given = [f"z of dtype {kind}"] if kind != np.float64 else []
    given += [text.arguments(rest)] if rest else []
    return f", for {', '.join(given)}" if given else ""


def gist(x_name: str, x: Floats, got: Floats, due: Floats, total: int) -> str:
    """Return in words how much is wrong, and where most."""
    with np.errstate(all="ignore"):
        off = np.abs(got - due)
    most = int(np.argmax(np.where(np.isfinite(off), off, np.inf)))
    return (
        f"Wrong at {x.size} of {total} points, most at {x_name} = {text.number(x[most])}: "
        f"{text.number(got[most])}, where {text.number(due[most])} was due."
    )


def _grid(z: Floats) -> Floats:
    low, high = float(z.min()), float(z.max())
    beyond = GRID_BEYOND * (high - low)
    return np.linspace(low - beyond, high + beyond, GRID_POINTS)


def _line(label: str, x: Floats, function: Elementwise) -> Series | None:
    y = function(x)
    return None if y is None else series(label, x, y)


def series(label: str, x: Any, y: Floats) -> Series:
    """Return points as a picture holds them."""
    return Series(label, tuple(map(float, x)), tuple(map(float, y)))
