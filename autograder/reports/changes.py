"""Two gradings of a class compared: whose marks changed, and at which test."""

from collections.abc import Iterator, Sequence

from autograder.reports.points import points
from autograder.result import Result

Tests = dict[tuple[str, str], float]


def changes(old: Sequence[Result], new: Sequence[Result]) -> list[str]:
    """Return lines that say whose marks differ, by how much and at which tests; none: nobody's."""
    before, after = ({result.student: result for result in some} for some in (old, new))
    lines = []
    for student in sorted(before | after):
        if student not in after:
            lines.append(f"{student}  only in the old results")
        elif student not in before:
            lines.append(f"{student}  only in the new results: {points(after[student].score)}")
        else:
            lines += _changed(before[student], after[student])
    return lines


def _changed(old: Result, new: Result) -> Iterator[str]:
    both = old.score is not None and new.score is not None
    tests = list(_tests(_earned(old), _earned(new))) if both else []
    if not tests and (old.status, old.score) == (new.status, new.score):
        return
    by = ""
    if old.score is not None and new.score is not None:
        sign = "+" if new.score > old.score else ""
        by = f" ({sign}{points(new.score - old.score)})"
    status = "" if old.status == new.status else f", {old.status} -> {new.status}"
    yield f"{new.student}  {points(old.score)} -> {points(new.score)}{by}{status}"
    yield from tests


def _tests(old: Tests, new: Tests) -> Iterator[str]:
    for item, test in {**old, **new}:
        earned = old.get((item, test)), new.get((item, test))
        if earned[0] != earned[1]:
            yield f"  {item}: {test}  {points(earned[0])} -> {points(earned[1])}"


def _earned(result: Result) -> Tests:
    return {(item.item, test.name): test.score for item in result.items for test in item.tests}
