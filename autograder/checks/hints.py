"""What the numbers say about a mistake: patterns, tried from the most to the least specific.

A hint names the mistake, never the answer; no hint is better than a wrong one.
"""

from collections.abc import Sequence

import numpy as np

from autograder.checks.compare import COARSE, Floats, close

PLAIN_FACTORS = [*range(-12, 13), *(1 / n for n in range(-12, 13) if n)]
"""The factors a hint names; any other could be made of hidden inputs."""

Suspect = tuple[Floats, str]
"""Values a known mistake gives, and the hint for it."""


def diagnose(got: Floats, expected: Floats, suspects: Sequence[Suspect] = ()) -> str:
    """Return the hint for the first pattern that all of `got` fits; empty when none does."""
    if np.all(expected == expected.flat[0]) and not suspects:
        return ""
    for values, hint in suspects:
        if values.shape == got.shape and close(got, values, COARSE):
            return hint
    return _not_finite(got, expected) or _rounded(got, expected) or _scaled(got, expected)


def _not_finite(got: Floats, expected: Floats) -> str:
    lost = ~np.isfinite(got) & np.isfinite(expected)
    if not lost.any():
        return ""
    if np.isnan(got[lost]).any():
        return "A NaN comes from inf/inf, inf - inf or 0 * inf: which intermediate overflows here?"
    return "An intermediate overflows or divides by zero here."


def _rounded(got: Floats, expected: Floats) -> str:
    whole = np.all(got == np.round(got)) and not np.all(expected == np.round(expected))
    if whole and close(got, np.trunc(expected)):
        return "The fractions are cut off: what dtype has the array you write the result into?"
    return ""


def _scaled(got: Floats, expected: Floats) -> str:
    if close(got, -expected, COARSE):
        return "Every value is right with its sign turned."
    used = np.abs(expected) > 1e-6
    if used.sum() < 2 or not np.isfinite(got).all():
        return ""
    ratios = got[used] / expected[used]
    ratio = float(ratios[0])
    if not close(ratios, np.full(ratios.shape, ratio), COARSE) or ratio in (0.0, 1.0):
        return ""
    if close(got, ratio * expected, COARSE):
        if any(close(ratio, plain, COARSE) for plain in PLAIN_FACTORS):
            return f"Every value is off by the same factor, {ratio:.4g}: what is that number here?"
        return "Every value is off by one and the same factor."
    return ""


def one_sided(got: Floats, expected: Floats, z: Floats) -> str:
    """Return a hint when an elementwise result is right on one side of 0 only."""
    if got.shape != z.shape:
        return ""
    wrong = np.abs(got - expected) > 1e-6 * (1 + np.abs(expected))
    if not wrong.any() or wrong.all():
        return ""
    for side, name in ((z < 0, "negative"), (z > 0, "positive")):
        if side.any() and wrong[side].all() and not wrong[~side].any():
            return f"It is right except where z is {name}."
    return ""
