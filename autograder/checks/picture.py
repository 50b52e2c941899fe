"""A failure as a picture: plain numbers, and words of our own, for others to draw."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

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
