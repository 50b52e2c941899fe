"""The items of an assignment with their tests and points, as its tests declare them."""

from collections import Counter
from collections.abc import Sequence

from autograder.course import Course
from autograder.plugin import Outcome
from autograder.result import ItemResult
from autograder.run import TestsError, collect


def catalogue(course: Course, assignment: str) -> list[ItemResult]:
    """Return every item of an assignment, nothing earned; TestsError when it cannot be had."""
    outcomes = collect(course.tests(assignment))
    if not outcomes:
        raise TestsError(f"No test of {assignment} has a marker item(name, points=number).")
    counts = Counter((outcome.item, outcome.result.name) for outcome in outcomes)
    (item, title), count = counts.most_common(1)[0]
    if count > 1:
        raise TestsError(f"Two tests of '{item}' have the same title, '{title}': give them two.")
    return by_item(outcomes)


def by_item(outcomes: Sequence[Outcome]) -> list[ItemResult]:
    """Group outcomes by item, in the order of the items' first tests."""
    names = dict.fromkeys(outcome.item for outcome in outcomes)
    return [ItemResult(name, tuple(o.result for o in outcomes if o.item == name)) for name in names]
