"""The items of an assignment with their tests and points, as its tests declare them."""

from collections.abc import Sequence

from autograder.course import Course
from autograder.plugin import Outcome
from autograder.result import ItemResult
from autograder.run import collect


def catalogue(course: Course, assignment: str) -> list[ItemResult]:
    """Return every item of an assignment, nothing earned; TestsError when it cannot be had."""
    return by_item(collect(course.tests(assignment)))


def by_item(outcomes: Sequence[Outcome]) -> list[ItemResult]:
    """Group outcomes by item, in the order of the items' first tests."""
    names = dict.fromkeys(outcome.item for outcome in outcomes)
    return [
        ItemResult(name, tuple(o.result for o in outcomes if o.item == name)) for name in names
    ]
