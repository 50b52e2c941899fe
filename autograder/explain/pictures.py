"""A failure as a picture: plain numbers, and words of our own, for others to draw.

It is made when somebody wants to see it, and asks the student's functions again.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.checks import text
from autograder.checks.compare import COARSE, Floats, Tolerance, close
from autograder.checks.failure import Comparison
from autograder.explain.elementwise import Case
from autograder.language import _

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


def elementwise(
    label: str, got: Floats, due: Floats, case: Case | None, seen: Comparison
) -> Picture | None:
    """Draw elementwise values over those expected; None for anything that is no curve over z.

    A derivative is drawn over the slope of the student's own function, when that is the true one.
    """
    z = np.asarray(seen.args.get("z", np.nan))
    sane = z.shape == got.shape and np.isfinite(z).all() and np.all(np.abs(due) < LARGEST)
    if not sane or np.unique(z).size < FEWEST_POINTS:
        return None
    # What it does with a row of fractions says nothing about matrices or integers.
    again = case.at if case and z.ndim == 1 and z.dtype == np.float64 else None
    z, got, due, wrong = _worst(z.astype(np.float64), got, due, seen.tolerance)
    beyond = GRID_BEYOND * np.ptp(z)
    grid = np.linspace(z[0] - beyond, z[-1] + beyond, GRID_POINTS)
    truth, beside = None, _("slopes expected" if seen.of else "values expected")
    if case and case.of and close(case.own_slopes(z), due, COARSE):
        beside = _("slope of your own {}").format(case.of.name)
        truth = series(beside, grid, case.own_slopes(grid))
    line = again(grid) if again else None
    title = _("{} and the {}").format(label, beside) + _given(seen.args)
    return Picture(
        title=title,
        x_label="z",
        wrong=series(_("wrong here"), z[wrong], got[wrong]),
        due=tuple(due[wrong].tolist()),
        alt=f"{title}. {gist('z', z[wrong], got[wrong], due[wrong], np.size(seen.args['z']))}",
        yours=None if line is None else series(_("yours"), grid, line),
        truth=truth,
        expected=None if truth else series(_("expected"), z, due),
    )


def _worst(z: Floats, got: Floats, due: Floats, tolerance: Tolerance) -> tuple[Any, ...]:
    """Return at most 200 points by z, those furthest off, and which of them are wrong."""
    excess = tolerance.excess(got, due).ravel()
    kept = np.argsort(-excess, kind="stable")[:MOST_POINTS]
    kept = kept[np.argsort(z.ravel()[kept], kind="stable")]
    return *(values.ravel()[kept] for values in (z, got, due)), excess[kept] > 1


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


def series(label: str, x: Any, y: Floats) -> Series:
    """Return points as a picture holds them."""
    return Series(label, tuple(map(float, x)), tuple(map(float, y)))
