"""What there is to say of a failed check: no mark needs any of it.

The submission is asked more for it, so this comes when all that a mark needs is known.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.checks.compare import COARSE, Floats, close, worst
from autograder.checks.failure import CheckFailure, Comparison, Seen, TrainingRun, WrongValues
from autograder.checks.sentences import said
from autograder.checks.values import SLOPE_OF
from autograder.explain import patterns, pictures, training
from autograder.explain.arguments import same_numbers, without_effect
from autograder.explain.effort import searching
from autograder.explain.elementwise import Case, by_form, elementwise_hint
from autograder.explain.pictures import Picture
from autograder.language import _
from autograder.sandbox.answers import SandboxFault

ANOTHER_RESULT = "A second call with the same arguments gives another result."


def explain(failure: CheckFailure, known: str = "") -> None:
    """Put the hint that is found into a failure; where one is `known` already, that.

    A derivative's message says whether the slope is that of the student's own function.
    """
    if known or failure.wrong or not failure.hint:
        failure.hint = said(_hint(failure.seen, failure.wrong, known)) or failure.hint
    if isinstance(failure.seen, Comparison) and failure.seen.of and failure.wrong:
        failure.message = _with_own_slope(failure.message, failure.seen, failure.wrong.got[None])


def picture(seen: Seen, wrong: WrongValues | None) -> Picture | None:
    """Return the picture of a failure, if there is one to make; asks the submission again."""
    match seen:
        case TrainingRun(recorded=np.ndarray() as recorded):
            return training.picture(seen, recorded)
        case Comparison() if wrong:
            got, due = wrong.got[wrong.part], _due(seen, wrong.part)
            return pictures.elementwise(wrong.label, got, due, _cases(seen).get(wrong.part), seen)
    return None


def _hint(seen: Seen | None, wrong: WrongValues | None, known: str) -> str:
    """Return the hint that is found; the known one where the search fails on what is returned."""
    with np.errstate(all="ignore"), searching():
        try:
            if isinstance(seen, Comparison) and wrong and _are_choices(seen, wrong):
                return "True and False came, numbers are wanted: is a comparison left in?"
            if known:
                return known
            if isinstance(seen, TrainingRun):
                return training.hint(seen, wrong)
            if isinstance(seen, Comparison):
                return _of_values(seen, wrong) if wrong else _of_failure(seen)
        except SandboxFault:
            raise
        except Exception:  # a search meets whatever values there are
            return known
    return known


def _of_failure(seen: Comparison) -> str:
    """Return the hint for a call that failed, or gave no numbers of the right shape."""
    cases = _cases(seen)
    if not cases:
        return without_effect(seen.function, seen.args)
    return next((hint for case in cases.values() if (hint := by_form(case))), "")


def _of_values(seen: Comparison, wrong: WrongValues) -> str:
    """Return the hint for a part's wrong numbers."""
    got, due = wrong.got[wrong.part], _due(seen, wrong.part)
    if not seen.of:
        first, second = (seen.function.answer(*seen.args.values()) for _ in range(2))
        values = first.kind == second.kind == "value"
        if values and not same_numbers(first.value, second.value):
            return ANOTHER_RESULT
    cases = _cases(seen)
    if wrong.part in cases:
        return elementwise_hint(cases[wrong.part], got)
    return (
        patterns.nearly(got, due)
        or without_effect(seen.function, seen.args)
        or patterns.pattern(got, due)
        or patterns.clipped(got, due)
        or patterns.undecided(got, due)
    )


def _are_choices(seen: Comparison, wrong: WrongValues) -> bool:
    """Return whether bools came where there is more than 0 and 1; asks only where it may be so."""
    got, due = wrong.got[wrong.part], _due(seen, wrong.part)
    if np.isin(due, (0, 1)).all() or not np.isin(got, (0, 1)).all():
        return False
    value: Any = seen.function.answer(*seen.args.values()).value
    return np.asarray(value if wrong.part is None else value[wrong.part]).dtype == np.bool_


def _with_own_slope(message: str, seen: Comparison, got: Floats) -> str:
    """Call the slope that of the student's own function, where that one's is the true one."""
    case = _cases(seen).get(None)
    if case is None or case.of is None:
        return message
    index = worst(got, case.expected, seen.tolerance)
    own = case.own_slopes(case.z[index].reshape(1))
    if not close(own, case.expected[index].reshape(1), COARSE):
        return message
    name = case.of.name
    own_name = _("your own {}").format(name)
    return message.replace(_(SLOPE_OF).format(name), _(SLOPE_OF).format(own_name))


def _cases(seen: Comparison) -> dict[Any, Case]:
    """Return a case for each part of an elementwise result; none for any other."""
    if "z" not in seen.args or isinstance(seen.expected, Mapping):
        return {}
    parts = range(len(seen.expected)) if isinstance(seen.expected, tuple) else [None]
    cases = {
        part: Case(seen.function, seen.args, _due(seen, part), seen.tolerance, part, seen.of)
        for part in parts
    }
    alike = all(case.expected.shape == np.shape(seen.args["z"]) for case in cases.values())
    return cases if alike else {}


def _due(seen: Comparison, part: Any) -> Floats:
    due = seen.expected if part is None else seen.expected[part]
    return np.asarray(due, dtype=np.float64)
