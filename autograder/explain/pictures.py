"""A failure as a picture: plain numbers, and words of our own, for others to draw.

It is made when somebody wants to see it, and asks the student's functions again.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from autograder.checks import text
from autograder.checks.compare import COARSE, Floats, close
from autograder.checks.failure import Comparison
from autograder.explain.elementwise import Case
from autograder.language import _

Elementwise = Callable[[Floats], Floats | None]
"""Gives the values at z, of z's shape; None where there are none."""

FEWEST_POINTS = 3
MOST_POINTS = 200
LARGEST = 1e100
GRID_POINTS = 241
GRID_BEYOND = 1 / 12  # of the distance between the outermost points, on either side
FAR = 15.0
"""How many times the expected values' spread a value may be off and still be shown to scale."""

MARGIN = 0.08


@dataclass(frozen=True)
class Series:
    """Points, or the line through them; `y` may hold NaN and inf."""

    label: str
    x: tuple[float, ...]
    y: tuple[float, ...]


@dataclass(frozen=True)
class Picture:
    """What a student's work does, and what it should do.

    Attributes
    ----------
    yours, truth : lines: the student's work, and what it should follow
    expected : single points that it should go through
    wrong, due : the points where it is wrong, and the y that was due at each
    alt : the gist in words, for who cannot see it
    """

    title: str
    x_label: str
    wrong: Series
    due: tuple[float, ...]
    alt: str
    yours: Series | None = None
    truth: Series | None = None
    expected: Series | None = None

    def limits(self) -> tuple[float, float]:
        """Return between which y it is drawn: those due, and the others unless far off."""
        due = _finite([*self.due, *(self.expected.y if self.expected else ())])
        low, high = min(due), max(due)
        size = (high - low) or abs(high) or 1.0
        others = [*self.wrong.y, *(y for line in (self.yours, self.truth) if line for y in line.y)]
        near = [y for y in _finite(others) if low - FAR * size <= y <= high + FAR * size]
        low, high = min([low, *near]), max([high, *near])
        margin = MARGIN * (high - low) or size
        return low - margin, high + margin


def _finite(values: Iterable[float]) -> list[float]:
    return [value for value in values if np.isfinite(value)]


Sketch = Callable[[], Picture | None]
"""Makes the picture of a failure, if there is one to make; asks the submission again."""


class _Points(NamedTuple):
    """What a check saw of an elementwise function; one entry for each point, sorted by z."""

    z: Floats
    got: Floats
    due: Floats
    wrong: Any
    total: int  # how many there were, not all of them kept


def elementwise(
    label: str, got: Floats, due: Floats, case: Case | None, seen: Comparison
) -> Picture | None:
    """Draw elementwise values over those expected; None for anything else.

    A derivative is drawn over the slope of the student's own function, when that is the true one.
    """
    points = _points(seen, got, due)
    if points is None:
        return None
    truth = _true_slope(case, points) if case and case.of else None
    beside = truth.label if truth else _("slopes expected" if seen.of else "values expected")
    again = case.at if case else None
    return _drawn(_("{} and the {}").format(label, beside), seen.args, points, again, truth)


def _true_slope(case: Case, points: _Points) -> Series | None:
    """Return the slope of the student's own function, if that is what was due at the points."""
    there = case.own_slopes(points.z)
    if there is None or not close(there, points.due, COARSE):
        return None
    assert case.of is not None  # noqa: S101 - it has slopes
    label = _("slope of your own {}").format(case.of.name)
    return _line(label, _grid(points.z), case.own_slopes)


def _points(seen: Comparison, got: Floats, due: Floats) -> _Points | None:
    """Return what there is to draw, at most 200 points; None when that is no curve over z."""
    z = np.asarray(seen.args.get("z", np.nan), dtype=np.float64)
    sane = np.isfinite(z).all() and np.all(np.abs(due) < LARGEST)
    if z.shape != got.shape or np.unique(z).size < FEWEST_POINTS or not sane:
        return None
    z, got, due = z.ravel(), got.ravel(), due.ravel()
    excess = seen.tolerance.excess(got, due)
    kept = np.argsort(-excess, kind="stable")[:MOST_POINTS]
    kept = kept[np.argsort(z[kept], kind="stable")]
    return _Points(z[kept], got[kept], due[kept], excess[kept] > 1, z.size)


def _drawn(
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
        wrong=series(_("wrong here"), z, got),
        due=tuple(due.tolist()),
        alt=f"{title}. {gist('z', z, got, due, points.total)}",
        yours=_line(_("yours"), _grid(points.z), again) if again else None,
        truth=truth,
        expected=None if truth else series(_("expected"), points.z, points.due),
    )


def _given(args: Mapping[str, Any]) -> str:
    """Return what z the picture is for, and which other arguments, where that matters."""
    kind = np.asarray(args["z"]).dtype
    rest = {key: value for key, value in args.items() if key != "z"}
    given = [text.of_dtype(np.asarray(args["z"]))] if kind != np.float64 else []
    given += [text.arguments(rest)] if rest else []
    return ", " + _("for {}").format(", ".join(given)) if given else ""


def gist(x_name: str, x: Floats, got: Floats, due: Floats, total: int) -> str:
    """Return in words how much is wrong, and where most."""
    with np.errstate(all="ignore"):
        off = np.abs(got - due)
    most = int(np.argmax(np.where(np.isfinite(off), off, np.inf)))
    return _(
        "Wrong at {count} of {total} points, most at {x} = {most}: {got}, where {due} was due."
    ).format(
        count=x.size,
        total=total,
        x=x_name,
        most=text.number(x[most]),
        got=text.number(got[most]),
        due=text.number(due[most]),
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
