"""What the numbers say about a mistake: patterns, tried from the most to the least specific.

A hint names the mistake, never the answer; no hint is better than a wrong one.
"""

import numpy as np

from autograder.checks.compare import COARSE, Floats, Tolerance, close
from autograder.checks.sentences import PLAIN_FACTORS, number, say

SINGLE = Tolerance(rtol=1e-5, atol=1e-7)
EXACT = Tolerance(rtol=1e-7, atol=1e-8)
NEARLY = 0.05
"""Largest error, as a share of the value, that counts as close."""


def pattern(got: Floats, expected: Floats) -> str:
    """Return the hint for the first pattern that all of `got` fits; empty when none does."""
    return _not_finite(got, expected) or _rounded(got, expected) or _scaled(got, expected)


def undecided(got: Floats, expected: Floats) -> str:
    """Return a hint when only zeros and ones are right, and something else came."""
    if np.isin(expected, (0, 1)).all() and not np.isin(got, (0, 1)).all():
        return "Only 0 and 1 are answers here."
    return ""


def _not_finite(got: Floats, expected: Floats) -> str:
    lost = ~np.isfinite(got) & np.isfinite(expected)
    if not lost.any():
        return ""
    if np.isnan(got[lost]).any():
        return (
            "A NaN comes from an intermediate that overflows (inf/inf, inf - inf, 0 * inf), "
            "or from the log of a negative number."
        )
    return "An intermediate overflows or divides by zero here."


def _rounded(got: Floats, expected: Floats) -> str:
    whole = np.all(got == np.round(got)) and not np.all(expected == np.round(expected))
    if whole and np.ptp(got) and close(got, np.trunc(np.round(expected, 9))):
        return "The fractions are cut off: what dtype has the array you write the result into?"
    return ""


def _scaled(got: Floats, expected: Floats) -> str:
    if got.size < 2 or np.all(expected == expected.flat[0]):
        return ""
    if close(got, -expected, COARSE):
        return "Every value is right with its sign turned."
    used = np.abs(expected) > 1e-6
    if used.sum() < 2 or not np.isfinite(got).all():
        return ""
    ratios = got[used] / expected[used]
    ratio = float(ratios[0])
    if (
        not close(ratios, np.full(ratios.shape, ratio), COARSE)
        or abs(ratio) < 1e-6
        or abs(ratio - 1) < 1e-3
    ):
        return ""
    if close(got, ratio * expected, COARSE):
        if any(close(ratio, plain, COARSE) for plain in PLAIN_FACTORS):
            factor = number(ratio)
            return say(
                "Every value is off by the same factor, {}: what is that number here?", factor
            )
        return "Every value is off by one and the same factor."
    return ""


def clipped(got: Floats, expected: Floats) -> str:
    """Return a hint when everything beyond some limits was cut to them."""
    if not np.isfinite(got).all() or close(got, expected, COARSE):
        return ""
    low, high = got.min(initial=np.inf), got.max(initial=-np.inf)
    sizeable = np.abs(expected) > 1e-3 * np.max(np.abs(expected), initial=0.0)
    inside = (low < expected) & (expected < high) & sizeable
    if inside.any() and close(got, np.clip(expected, low, high), EXACT):
        return "Numbers beyond some limit are cut to it."
    return ""


def rounded_off(got: Floats, expected: Floats) -> str:
    """Return a hint when the right values are rounded to some decimal or binary places."""
    if not np.any(got) or (got.size > 1 and not np.ptp(got)):
        return ""
    if np.array_equal(got, got.astype(np.float32)) and close(got, expected, SINGLE):
        return "Your values are good to single precision only: where does float32 come in?"
    for digits in range(2, 8):
        near = np.all(np.abs(got - expected) <= 0.51 * 10.0**-digits)
        if near and np.array_equal(got, np.round(got, digits)):
            return say("Your values are rounded to {} decimal places.", number(digits))
    return ""


def nearly(got: Floats, expected: Floats) -> str:
    """Return a hint when every value is close to the right one, but not close enough."""
    size = np.maximum(np.abs(expected), NEARLY * np.max(np.abs(expected), initial=0.0))
    if np.all(np.abs(got - expected) <= NEARLY * size):
        return rounded_off(got, expected) or (
            "Close, but not equal: is a constant rounded, a value clipped, "
            "or the result only approximated?"
        )
    return ""
