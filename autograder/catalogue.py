"""The items of an assignment with their tests and points, as its tests declare them."""

from autograder.course import Course
from autograder.result import ItemResult
from autograder.suite import Suite, TestsError


def catalogue(course: Course, assignment: str) -> list[ItemResult]:
    """Return every item of an assignment, nothing earned; TestsError when it cannot be had."""
    with Suite(course.tests(assignment)) as suite:
        items = suite.items()
    if not items:
        raise TestsError(f"No test of {assignment} has a marker item(name, points=number).")
    return items
