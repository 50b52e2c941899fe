"""What is wrong with an elementwise function: by asking it more, and by looking at its numbers.

Each question is a function of a `Case` and returns a hint, or nothing; the first hint is given.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.checks.calls import numeric
from autograder.checks.compare import COARSE, Floats, Tolerance, close
from autograder.checks.differences import five_point_slope
from autograder.checks.failure import StudentFunction
from autograder.checks.sentences import say
from autograder.explain import patterns
from autograder.explain.arguments import without_effect

FLOATS_ONLY = (
    "It is right for floats, but not for an integer z: an integer array cannot hold fractions."
)
NEAR = 1.5
FEW = 2
MOSTLY = 0.4
"""Share of a side's points that must be wrong before the formula followed there is named."""


@dataclass(frozen=True)
class Case:
    """A call whose result is wrong: what was asked, what came, and what should have come.

    Parameters
    ----------
    function : the student's
    args : ``z`` and what follows it
    expected : the right values, of z's shape
    tolerance : how close they have to be
    part : which part of a tuple that it returns is in question; None for the whole
    of : for a derivative, the student's function it belongs to
    """

    function: StudentFunction
    args: Mapping[str, Any]
    expected: Floats
    tolerance: Tolerance
    part: int | None = None
    of: StudentFunction | None = None

    @property
    def z(self) -> Floats:
        """The points, in float64."""
        return np.asarray(self.args["z"], dtype=np.float64)

    def at(self, z: Any, **changed: Any) -> Floats | None:
        """Return what the function gives there, of z's shape; None when it gives no such."""
        return values_of(self.function, {**self.args, "z": z, **changed}, np.shape(z), self.part)

    def is_right(self, z: Any, expected: Any) -> bool:
        """Return whether the function is right there."""
        got = self.at(z)
        return got is not None and close(got, expected, self.tolerance)

    def own_values(self, z: Floats, **changed: Any) -> Floats | None:
        """Return what the student's own function of a derivative gives there; None if nothing."""
        if self.of is None:
            return None
        return values_of(self.of, {**self.args, "z": z, **changed}, np.shape(z))

    def own_slopes(self, z: Floats) -> Floats:
        """Return the slope of that function by finite differences; NaN where it gives nothing."""

        def values(points: Floats) -> Floats:
            found = self.own_values(points)
            return np.full(points.shape, np.nan) if found is None else found

        return five_point_slope(values, z.ravel()).reshape(z.shape)


def values_of(
    function: StudentFunction,
    args: Mapping[str, Any],
    shape: tuple[int, ...],
    part: int | None = None,
) -> Floats | None:
    """Return what a function gives, of this shape; None when it fails or gives another."""
    answer = function.answer(*args.values())
    value: Any = answer.value
    try:
        array = numeric(value if part is None else value[part]) if answer.kind == "value" else None
    except (TypeError, KeyError, IndexError):
        return None
    if array is None or array.shape != shape:
        return None
    return np.asarray(array, dtype=np.float64)


def elementwise_hint(case: Case, got: Floats) -> str:
    """Return the hint for wrong values; empty when nothing is seen in them."""
    return (
        by_form(case)
        or _by_parameter(case)
        or _by_numbers(case, got)
        or _by_neighbours(case, got)
        or _by_own_function(case, got)
        or _by_formula(case, got)
        or _by_corner(case, got)
        or patterns.clipped(got, case.expected)
        or patterns.rounded_off(got, case.expected)
        or _by_distance(case, got)
        or patterns.nearly(got, case.expected)
    )


# --- forms of z ---------------------------------------------------------------------------


def by_form(case: Case) -> str:
    """Return a hint when the function is right for the same numbers in another form.

    Also for a function that fails, or gives another shape.
    """
    z = case.args["z"]
    if np.ndim(z) == 0:
        return _by_single_number(case)
    if np.asarray(z).dtype.kind in "iu" and case.is_right(case.z, case.expected):
        return FLOATS_ONLY
    if np.ndim(z) > 1 and case.is_right(case.z.ravel(), case.expected.ravel()):
        return "It is right for one axis, but not for more: z may have any shape."
    if np.ndim(z) == 1 and case.is_right(*(np.stack([a, a]) for a in (case.z, case.expected))):
        return "It is right for a matrix, but not for one axis: z may have any shape."
    return ""


def _by_single_number(case: Case) -> str:
    if isinstance(case.args["z"], int) and case.is_right(float(case.z), case.expected):
        return FLOATS_ONLY
    if not case.is_right(*(np.stack([a, a]) for a in (case.z, case.expected))):
        return ""
    both = float(case.z), 1.37 - float(case.z)
    here, there = map(case.at, both)
    together = case.at(np.array([*both, 0.0]))  # a shape that it was not asked for yet
    differ = together is not None and together[0] != together[1]
    if differ and here is not None and there is not None and here == there:
        return "A single number gets the same answer as another: is an earlier one remembered?"
    return "It is right for an array, but not for a single number: z may be either."


def _by_neighbours(case: Case, got: Floats) -> str:
    among_others = case.at(np.concatenate([[1.37], case.z.ravel()]))
    if got.size == 1 or among_others is None:
        return ""
    if np.allclose(among_others[1:], got.ravel(), rtol=1e-12, atol=0.0, equal_nan=True):
        return ""
    return (
        "What one number gives depends on the others in the array: every element decides for "
        "itself."
    )


# --- parameters ---------------------------------------------------------------------------


def _by_parameter(case: Case) -> str:
    functions = [name for name, value in case.args.items() if callable(value)]
    if functions and (hint := without_effect(case.function, case.args, functions)):
        return hint
    for name, value in case.args.items():
        if name == "z" or not isinstance(value, int | float):
            continue
        if _changes_nothing(case, name, value, value + 0.375):
            if _changes_nothing(case, name, 0.21, 2.43):
                return say("{} has no effect.", name)
            return say(
                "{} has no effect where it is like here: is it limited, or kept as a whole number?",
                name,
            )
    return ""


def _changes_nothing(case: Case, name: str, first: float, second: float) -> bool:
    z = np.r_[patterns.LEFT, 0.0, patterns.RIGHT, (first + second) / 2]  # a threshold's side
    answers = [
        case.function.answer(*{**case.args, "z": z, name: value}.values())
        for value in (first, second)
    ]
    before, after = (numeric(a.value) if a.kind == "value" else None for a in answers)
    if before is None or after is None:
        return False
    return bool(np.isfinite(before).all()) and np.array_equal(before, after)


# --- numbers ------------------------------------------------------------------------------


def _by_numbers(case: Case, got: Floats) -> str:
    lost = ~np.isfinite(got) & np.isfinite(case.expected)
    if lost.any() and np.all(case.z[lost] == 0):
        return "At z = 0 something is divided by 0."
    if hint := patterns.not_finite(got, case.expected) or _by_whole_numbers(case, got):
        return hint
    # Far out, where a curve is level or a line, another one is the same but for a factor.
    return patterns.scaled(got, case.expected) if _in_reach(case.z).sum() >= FEW else ""


def _by_whole_numbers(case: Case, got: Floats) -> str:
    """Return a hint when fractions are cut off, at other points as well: 0 is often right."""
    elsewhere = case.at(np.r_[patterns.LEFT, patterns.RIGHT])
    if elsewhere is None or np.any(elsewhere != np.round(elsewhere)):
        return ""
    return patterns.cut_off(got, case.expected)


def _by_own_function(case: Case, got: Floats) -> str:
    values = case.own_values(case.z)
    if case.of is None or values is None:
        return ""
    name = case.of.name
    if close(got, values, COARSE):
        return say("These are the values of {} itself, not of its slope.", name)
    if close(got, case.own_slopes(values), COARSE):
        return say("This is the slope at {}(z), not at z: the function is applied twice.", name)
    elsewhere = case.at(values)
    wrong = case.tolerance.excess(got, case.expected) > 1
    told_apart = np.unique(values).size == np.unique(case.z).size and wrong[values != case.z].all()
    if told_apart and elsewhere is not None and close(elsewhere, case.expected, COARSE):
        return say("It would be right if z were already the output, {}(z).", name)
    return ""


# --- formulas -----------------------------------------------------------------------------


def _by_formula(case: Case, got: Floats) -> str:
    """Name the formula that wrong values follow: everywhere, or on one side of 0."""
    if any(map(callable, case.args.values())):
        return ""
    wrong = case.tolerance.excess(got, case.expected) > 1
    seen = _in_reach(case.z)
    condition, changed = _like_alpha(case.args)
    sides = [
        ("negative", case.z < 0, patterns.LEFT),
        ("positive", case.z > 0, patterns.RIGHT),
    ]
    off = {name for name, side, _ in sides if _mostly(wrong, seen & side)}
    fine = {name for name, side, _ in sides if side.any() and not wrong[side].any()}
    if not off:
        return ""
    parts = {
        name: text
        for name, side, points in sides
        if name in off and (text := _followed(case, points, changed))
        if _gives(case, text, got, wrong & seen & side)
    }
    whole = "" if fine else _followed(case, np.r_[patterns.LEFT, patterns.RIGHT], changed)
    whole = whole if whole and _gives(case, whole, got, wrong & seen) else ""
    if whole and (len(parts) < len(off) or len(whole) <= sum(map(len, parts.values()))):
        return say("{}your values match {}.", condition, whole).capitalised()
    if not parts:
        return ""
    said = [
        say("right where z is {}", name)
        for name, side, points in sides
        # whole numbers may be right by chance: by what is it right between them?
        if name in fine and (text := _followed(case, points, changed))
        if _gives(case, text, got, side)
    ]
    said += [say("where z is {}, your values match {}", name, t) for name, t in parts.items()]
    return say("{}{}; {}." if len(said) > 1 else "{}{}.", condition, *said).capitalised()


def _in_reach(z: Floats) -> Any:
    """Return where z has a size at which a formula is known to be followed."""
    return (patterns.REACH[0] <= np.abs(z)) & (np.abs(z) <= patterns.REACH[1])


def _mostly(wrong: Any, among: Any) -> bool:
    return bool(among.any() and wrong[among].mean() > MOSTLY)


def _like_alpha(args: Mapping[str, Any]) -> tuple[str, dict[str, float]]:
    """Return an alpha of the same kind as the one given, and when to say so."""
    alpha = args.get("alpha")
    if alpha is None:
        return "", {}
    if alpha < 0:
        return "with alpha below 0: ", {"alpha": -0.628318}
    if alpha > 1:
        return "with alpha above 1: ", {"alpha": 1.718281}
    return "", {"alpha": 0.371937}


def _followed(case: Case, points: Floats, changed: Mapping[str, float]) -> str:
    """Return the formula that the function follows at these points; empty when none is found."""
    got = case.at(points, **changed)
    if got is None:
        return ""
    leaves = {"z": points}
    leaves |= {name: np.full(points.shape, value) for name, value in changed.items()}
    own = case.own_values(points, **changed)
    if case.of is not None and own is not None:
        leaves[f"{case.of.name}(z)"] = own
    return patterns.formula(got, leaves)


def _gives(case: Case, text: str, got: Floats, among: Any) -> bool:
    """Return whether a formula gives the wrong values as well, not only those at our own points."""
    names = {**case.args, "z": case.z[among]}
    if case.of is not None and case.own_values(names["z"]) is not None:
        names[case.of.name] = case.own_values
    values = patterns.evaluated(text, names)
    return close(got[among], np.broadcast_to(values, got[among].shape), case.tolerance)


def _goes_on(case: Case, text: str, among: Any, changed: Mapping[str, float]) -> bool:
    """Return whether a formula gives what the function does there with other parameters, too."""
    z = case.z[among]
    got = case.at(z, **changed)
    return got is not None and close(got, patterns.evaluated(text, {"z": z, **changed}), COARSE)


# --- places -------------------------------------------------------------------------------


def _by_corner(case: Case, got: Floats) -> str:
    """Return a hint when two pieces do not meet at 0: close to it, one has the other's values."""
    wrong = case.tolerance.excess(got, case.expected) > 1
    if not wrong.any() or "theta" in case.args or any(map(callable, case.args.values())):
        return ""
    _, changed = _like_alpha(case.args)
    for side, beyond in ((case.z > 0, patterns.LEFT), (case.z < 0, patterns.RIGHT)):
        size = np.abs(case.z)
        apart = bool(np.any(side & (size > size[wrong].max()))) and not np.any(wrong & ~side)
        text = _followed(case, beyond, changed) if apart else ""
        if text and _gives(case, text, got, wrong) and _goes_on(case, text, wrong, changed):
            return "The two pieces meet at 0: is z compared with another number, or shifted?"
    return ""


def _by_distance(case: Case, got: Floats) -> str:
    wrong = case.tolerance.excess(got, case.expected) > 1
    if case.args.get("theta") or wrong.all():
        return ""
    size = np.abs(case.z)
    nearest = size[wrong].min()
    # Far out, where a curve is level, a wrong function may well be right.
    told_apart = ~wrong & (size < nearest) & _in_reach(case.z)
    if nearest > NEAR and told_apart.sum() >= FEW:
        return "At these points it is right near 0 and wrong far from it."
    return ""
