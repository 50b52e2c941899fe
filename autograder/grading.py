"""Grade a submission: the tests here, the submission's code in a confined process."""

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from autograder.catalogue import catalogue
from autograder.checks.effort import limited
from autograder.course import Course
from autograder.drawing import draw_all
from autograder.intake import UnopenedError, UnreadableError
from autograder.plugin import Bench, Outcome
from autograder.reference import load_reference, remembering
from autograder.result import Drawing, ItemResult, Result, without_points
from autograder.run import TestsError, run
from autograder.sandbox.answers import CellOutcome, SandboxFault
from autograder.sandbox.host import WarmParent
from autograder.sandbox.proof import prove
from autograder.sandbox.session import Session
from autograder.student import Student, load, shown_sources
from autograder.submission import Submission, read


class GraderFault(Exception):  # noqa: N818 - the word of the contract
    """The grader itself failed; one sentence. No submission is charged for it."""


class Grader:
    """Grades submissions to one assignment, one after the other; use it in a ``with``.

    Entering starts the warm parent that confined processes are forked from and proves that the
    walls hold. Raises IsolationError when they do not, GraderFault when the tests or the
    reference cannot be loaded. With `pictures`, results come with drawings of what failed.
    """

    def __init__(
        self,
        course: Course,
        assignment: str,
        isolation: str = "full",
        *,
        pictures: bool = False,
    ) -> None:
        self.course = course
        self.assignment = assignment
        self._pictures = pictures
        self._tests = course.tests(assignment)
        try:
            self.catalogue = catalogue(course, assignment)
            self._reference = remembering(load_reference(course.solution(assignment)))
        except TestsError as error:
            raise GraderFault(str(error)) from None
        except Exception as error:
            raise GraderFault(
                f"The reference of {assignment} cannot be run: {type(error).__name__}: {error}"
            ) from error
        self._parent = WarmParent(isolation)
        self._isolated = isolation == "full"

    def __enter__(self) -> Self:
        self._parent.__enter__()
        if self._isolated:
            try:
                prove(self._parent, hidden=[self._tests, self.course.solution(self.assignment)])
            except BaseException:
                self._parent.__exit__(None, None, None)
                raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._parent.__exit__(kind, error, traceback)

    def grade(self, student: str, path: Path) -> Result:
        """Grade the file of a student. A bad submission has a result, and so has a fault."""
        try:
            submission = read(path)
        except UnopenedError as error:
            return self._fault(student, path.name, str(error))
        except UnreadableError as error:
            return self.unreadable(student, path.name, str(error))
        return self.grade_submission(student, submission)

    def grade_submission(self, student: str, submission: Submission) -> Result:
        """Grade what has been read already."""
        session = Session(self._parent, self.course.limits)
        try:
            failed = load(session, submission, [item.item for item in self.catalogue])
            bench = Bench(
                Student(session, self.course.limits, failed),
                self._reference,
                self.course.seed,
                sketches={} if self._pictures else None,
            )
            with limited():
                outcomes = run(self._tests, bench)
                items = self._complete(outcomes)
                drawings = _drawings(session, bench)
        except (SandboxFault, TestsError, GraderFault) as error:
            return self._fault(student, submission.path.name, str(error))
        except Exception as error:  # whatever else fails is no fault of the student's
            reason = f"The grader failed: {type(error).__name__}: {error}"
            return self._fault(student, submission.path.name, reason)
        finally:
            session.close()
        return Result(self.assignment, student, submission.path.name, items, drawings=drawings)

    def perform(self, submission: Submission) -> dict[int, CellOutcome]:
        """Run all cells but the checks, in order, and return what each printed and drew.

        The keys are the cells' positions in the notebook. Nothing hidden is near that run.
        """
        session = Session(self._parent, self.course.limits)
        wanted = shown_sources(submission.cells, self.course.limits.experiment_seconds)
        positions = {cell.label: cell.position for cell in submission.cells}
        try:
            outcomes = session.load(wanted, figures=True)
        except SandboxFault as error:
            raise GraderFault(str(error)) from None
        finally:
            session.close()
        pairs = zip(wanted, outcomes, strict=True)
        return {positions[source.label]: outcome for source, outcome in pairs}

    def unreadable(self, student: str, name: str, reason: str) -> Result:
        """Return the result of a file that is not a submission: no points, and why."""
        items = without_points(tuple(self.catalogue))
        return Result(self.assignment, student, name, items, "unreadable", reason)

    def _fault(self, student: str, name: str, reason: str) -> Result:
        items = without_points(tuple(self.catalogue))
        return Result(self.assignment, student, name, items, "grader-fault", reason)

    def _complete(self, outcomes: Sequence[Outcome]) -> tuple[ItemResult, ...]:
        """Put outcomes into the catalogue's order; GraderFault unless each test has just one."""
        faults = [outcome.fault for outcome in outcomes if outcome.fault]
        if faults:
            raise GraderFault(f"A test failed to work: {faults[0]}")
        found = {(outcome.item, outcome.result.name): outcome.result for outcome in outcomes}
        wanted = [(item.item, test.name) for item in self.catalogue for test in item.tests]
        if len(outcomes) != len(wanted) or found.keys() != set(wanted):
            raise GraderFault(f"{len(outcomes)} of {len(wanted)} tests gave a result.")
        return tuple(
            ItemResult(item.item, tuple(found[item.item, test.name] for test in item.tests))
            for item in self.catalogue
        )


def _drawings(session: Session, bench: Bench) -> tuple[Drawing, ...]:
    """Draw the failures, after the marks: nothing that is called here can change them.

    The process is a new one: what the submission saw in hidden tests must not get into a picture.
    """
    if not bench.sketches:
        return ()
    session.restart()
    return draw_all(bench.sketches)
