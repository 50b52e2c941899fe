"""Prove what is built: grade the reference as students' work is graded, and run all its cells."""

from collections.abc import Callable

from autograder.authoring.authored import Authored
from autograder.authoring.script import BuildError
from autograder.course import Course
from autograder.grading import Grader
from autograder.result import GraderFault
from autograder.sandbox.answers import IsolationError, SandboxFault
from autograder.submission import read


def prove(course: Course, authored: Authored, tell: Callable[[str], None]) -> None:
    """Run every test, hidden ones too, and every cell that is not graded, on the reference.

    In confinement and within the course's limits; where this machine has none, without, which
    `tell` is told. Raises BuildError at a test that is broken or that the reference fails, and at
    a cell that raises.
    """
    try:
        try:
            _prove(course, authored, "full")
        except IsolationError as error:
            tell(f"{authored.name} is tried out unconfined: nothing confines here. {error}")
            _prove(course, authored, "none")
    except (GraderFault, SandboxFault) as error:
        raise BuildError(f"solutions/{authored.name}: {error}") from None


def _prove(course: Course, authored: Authored, isolation: str) -> None:
    name = authored.name
    submission = read(course.solution(name))
    with Grader(course, name, isolation) as grader:
        result = grader.marks("reference", submission).result
        if result.status == "grader-fault":
            raise GraderFault(str(result.error))
        for item in result.items:
            for test in item.tests:
                if not test.passed:
                    said = f" ({test.message.splitlines()[0]})" if test.message else ""
                    raise BuildError(
                        f"solutions/{name}/test_{name}.py: the reference itself fails the test "
                        f"'{test.name}' of {item.item}{said}; mend one of the two "
                        f"('pytest solutions/{name}' shows more)."
                    )
        for position, outcome in grader.perform(submission).items():
            if outcome.error:
                raise BuildError(
                    f"solutions/{name}/{name}.py, cell at line {authored.cells[position].line}: "
                    f"it raises {outcome.error} ({outcome.where}); correct it."
                )
