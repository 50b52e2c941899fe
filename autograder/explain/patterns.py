"""What wrong numbers say about a mistake: a pattern, or the simple formula that they follow.

What is named is what the student's own numbers say, never what they should be; no hint is better
than a wrong one. Formulas, ``m * f(z) + c`` of a well-known f, are matched at fixed points of this
module's own, so nothing that is found depends on the inputs of a test.
"""

from collections.abc import Iterator, Mapping

import numpy as np

from autograder.checks.compare import COARSE, Floats, Tolerance, close
from autograder.checks.sentences import PLAIN_FACTORS, number, say
from autograder.explain.effort import spend

SINGLE = Tolerance(rtol=1e-5, atol=1e-7)
EXACT = Tolerance(rtol=1e-7, atol=1e-8)
NEARLY = 0.01
"""Largest error, as a share of the value, that counts as close."""
ALMOST = 1e-6
"""Largest error, as a share, that rounding on the way explains."""

LEFT = np.array([-5.3, -4.1, -3.25, -2.7, -2.05, -1.6, -1.15, -0.8, -0.45, -0.2])
RIGHT = np.array([0.15, 0.35, 0.7, 1.05, 1.45, 1.85, 2.35, 3.05, 3.9, 4.7])
REACH = (0.15, 5.3)
"""Between which sizes of z a formula is known to be followed."""
MATCH = 1e-9
"""Largest relative difference, at the points above, from a formula that is named."""
NOTHING = 1e-12  # as a share of the values: a coefficient that is smaller is 0
SHORT = 5
"""Digits of a constant that is named: a longer one is nobody's choice."""

SEARCH = 1000
"""What a search costs, in units of effort."""

CURVES = """
z | z**2 | z**3 | abs(z) | exp(z) | exp(-z) | exp(z/2) | exp(2*z) | exp(-z**2) | tanh(z) | tanh(z/2)
tanh(2*z) | tanh(z)**2 | 1/tanh(z) | z*tanh(z) | 1/cosh(z) | log(1 + exp(z)) | log(1 + exp(-z))
1/(1 + exp(-z)) | 1/(1 + exp(z)) | z/(1 + exp(-z)) | exp(z)/(1 + exp(z))**2 | z*exp(z)
tanh(log(1 + exp(z))) | z*tanh(log(1 + exp(z))) | 1/(1 + z**2) | 1/(1 + abs(z)) | z/(1 + abs(z))
exp(z - 1) | z*exp(z - 1) | z*exp(-z) | (1 + z)*exp(z) | 1/(1 + exp(-z))**2 | z*log(1 + exp(z))
tanh(z)*log(1 + exp(z)) | log(1 + exp(z))*tanh(log(1 + exp(z))) | z*log(1 + exp(tanh(z)))
z*tanh(1/(1 + exp(-z))) | log(1 + abs(z)) | tanh(exp(z)) | z*tanh(exp(z)) | 1/cosh(z)**2
"""
OF_ALPHA = ("exp(alpha*z)", "exp(z/alpha)", "tanh(alpha*z)")
OF_OWN = (
    *("{0}", "{0}**2", "{0}**3", "abs({0})", "1/{0}", "z*{0}", "z*(1 - {0})", "(1 - {0})**2"),
    *("{0}*(1 - {0})", "{0}**2*(1 - {0})", "{0}*(1 - {0})**2", "{0}*(1 - {0}**2)"),
    "z*{0}*(1 - {0})",
)
MEANING = {"exp": np.exp, "log": np.log, "tanh": np.tanh, "cosh": np.cosh, "abs": np.abs}

COEFFICIENTS = ("alpha", "-alpha", "abs(alpha)", "1 + alpha", "1 - alpha", "alpha**2", "1/alpha")


def pattern(got: Floats, expected: Floats) -> str:
    """Return the hint for the first pattern that all of `got` fits; empty when none does."""
    return not_finite(got, expected) or cut_off(got, expected) or scaled(got, expected)


def undecided(got: Floats, expected: Floats) -> str:
    """Return a hint when only zeros and ones are right, and something else came."""
    if np.isin(expected, (0, 1)).all() and not np.isin(got, (0, 1)).all():
        return "Only 0 and 1 are answers here."
    return ""


def not_finite(got: Floats, expected: Floats) -> str:
    """Return a hint when NaN or inf came for what is finite."""
    lost = ~np.isfinite(got) & np.isfinite(expected)
    if not lost.any():
        return ""
    if np.isnan(got[lost]).any():
        return (
            "A NaN comes from an intermediate that overflows (inf/inf, inf - inf, 0 * inf), "
            "or from the log or a root of a negative number."
        )
    return "An intermediate overflows or divides by zero here."


def cut_off(got: Floats, expected: Floats) -> str:
    """Return a hint when only the whole numbers before the point came."""
    whole = np.all(got == np.round(got)) and not np.all(expected == np.round(expected))
    if whole and np.ptp(got) and close(got, np.trunc(np.round(expected, 9))):
        return "The fractions are cut off: what dtype has the array you write the result into?"
    return ""


def scaled(got: Floats, expected: Floats) -> str:
    """Return a hint when every value is off by the same factor."""
    if got.size < 2 or np.all(expected == expected.flat[0]):
        return ""
    if close(got, -expected, COARSE):
        return "Every value is right with its sign turned."
    used = np.abs(expected) > 1e-6
    if used.sum() < 2 or not np.isfinite(got).all():
        return ""
    ratios = got[used] / expected[used]
    ratio = float(ratios[0])
    level = close(ratios, np.full(ratios.shape, ratio), COARSE)
    if not level or abs(ratio) < 1e-6 or abs(ratio - 1) < 1e-3:
        return ""
    if not close(got, ratio * expected, COARSE):
        return ""
    if not any(close(ratio, plain, COARSE) for plain in PLAIN_FACTORS):
        return "Every value is off by one and the same factor."
    return say(
        "Every value is off by the same factor, {}: what is that number here?", number(ratio)
    )


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
    if not np.all(np.abs(got - expected) <= NEARLY * size):
        return ""
    if hint := rounded_off(got, expected):
        return hint
    if np.all(np.abs(got - expected) <= ALMOST * size):
        return (
            "Right to six digits and more, but not to the last: does float32 come in, "
            "or is a value clipped, rounded or only approximated?"
        )
    return (
        "Close, but not equal: is a constant rounded, a value clipped, "
        "or the result only approximated?"
    )


# --- formulas -----------------------------------------------------------------------------


def formula(target: Floats, leaves: Mapping[str, Floats]) -> str:
    """Return the simplest formula in the leaves that gives the target; empty when none does.

    Parameters
    ----------
    target : values of one axis, at LEFT, at RIGHT, or at both
    leaves : what may stand in the formula, each of the target's shape: ``z``, perhaps ``alpha``,
        and the values of a student's function under its call, ``tanh(z)``
    """
    if target.size < LEFT.size or not np.isfinite(target).all():
        return ""
    spend(SEARCH)
    with np.errstate(all="ignore"):
        if np.all(np.abs(target - target[0]) <= MATCH * np.abs(target[0])):
            return _coefficient(float(target[0]), leaves)
        return min(_found(target, leaves), key=_effort, default="")


def _effort(text: str) -> int:
    """Return how much there is to read; a quotient is more than its letters."""
    return len(text) + 8 * text.count("/")


def _found(target: Floats, leaves: Mapping[str, Floats]) -> Iterator[str]:
    for text, values in _curves(leaves):
        low, high = int(np.argmin(values)), int(np.argmax(values))
        slope = (target[high] - target[low]) / (values[high] - values[low])
        offset = target[low] - slope * values[low]
        if abs(offset) <= NOTHING * np.max(np.abs(target)):
            offset = 0.0
        if np.all(np.abs(slope * values + offset - target) <= MATCH * np.abs(target)):
            named = [_coefficient(number, leaves) for number in (slope, offset)]
            if all(named):
                yield _written(text, *named)


def _curves(leaves: Mapping[str, Floats]) -> Iterator[tuple[str, Floats]]:
    own = leaves.keys() - {"z", "alpha"}
    texts = [text for line in CURVES.split("\n") for text in line.split(" | ") if text]
    texts += OF_ALPHA if "alpha" in leaves else ()
    curves = [(text, evaluated(text, leaves)) for text in texts]
    for name in own:
        its = {**leaves, name.partition("(")[0]: lambda _, values=leaves[name]: values}
        curves += [(form.format(name), evaluated(form.format(name), its)) for form in OF_OWN]
    for text, values in curves:
        if np.isfinite(values).all() and np.ptp(values):
            yield text, values


def evaluated(text: str, names: Mapping[str, object]) -> Floats:
    """Return what a formula of this module's gives, for what its names stand for."""
    values = eval(text, {"__builtins__": {}}, {**MEANING, **names})  # noqa: S307 - ours
    return np.asarray(values, dtype=np.float64)


def _coefficient(number: float, leaves: Mapping[str, Floats]) -> str:
    """Return a number as one would write it; empty when nobody would."""
    if "alpha" in leaves and number:
        alpha = leaves["alpha"][0]
        for text in COEFFICIENTS:
            if abs(number - evaluated(text, {"alpha": alpha})) <= MATCH * abs(number):
                return text
    text = f"{number + 0.0:.{SHORT}g}"
    return text if abs(float(text) - number) <= MATCH * abs(number) else ""


def _written(curve: str, slope: str, offset: str) -> str:
    """Return ``slope * curve + offset``, in the form one would write it."""
    scale = f"({slope})" if " " in slope or "/" in slope else slope
    term = f"{scale}*{curve}".replace("*1/", "/")
    if slope in ("1", "-1"):
        term = slope.replace("1", curve)
    if offset == "0":
        return term
    if offset.startswith("-"):
        return f"{term} - {offset[1:]}"
    return f"{offset} - {term[1:]}" if term.startswith("-") else f"{term} + {offset}"
