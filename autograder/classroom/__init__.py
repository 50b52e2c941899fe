"""Grade a class: many submissions, some of them graded before."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from autograder.classroom import fingerprint
from autograder.classroom.ledger import (
    RESULTS,
    CannotKeepError,
    Ledger,
    LedgerError,
    replace_file,
)
from autograder.collect import Handin
from autograder.course import Course
from autograder.executor import HANG, CannotGradeError, OpenGrader, grade_all, grader_of
from autograder.intake import UnreadableError
from autograder.naming import plain
from autograder.result import Result
from autograder.submission import Submission, choose, read

__all__ = [
    "RESULTS",
    "CannotGradeError",
    "CannotKeepError",
    "Graded",
    "LedgerError",
    "grade_class",
    "replace_file",
]


class Graded(NamedTuple):
    """What a run gave."""

    results: list[Result]  # all in the folder, by student
    handed_in: list[Result]  # of this run's hand-ins
    new: int  # how many of them were graded now


def grade_class(
    course: Course,
    assignment: str,
    handins: Sequence[Handin],
    folder: Path,
    *,
    jobs: int = 1,
    force: bool = False,
    isolation: str = "full",
    open_grader: OpenGrader | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> Graded:
    """Grade the hand-ins that are new or changed, and write ``results.jsonl`` in the folder.

    Parameters
    ----------
    course, assignment : what to grade against
    handins : what `collect` gave
    folder : where the results are and go
    jobs : how many worker processes
    force : grade also what has not changed
    isolation : "full" or "none", see `autograder.grading.Grader`
    open_grader : makes a worker's grader; default: the assignment's `Grader`
    on_progress : called with the number of hand-ins done, and of all to do

    Raises
    ------
    CourseError
        When there is no such assignment.
    LedgerError
        When the folder cannot be used for these results.
    CannotKeepError
        When results cannot be written. What was graded before that is kept.
    CannotGradeError
        When no grader can be opened. What was graded before that is kept, as it is when the
        run is interrupted.
    """
    course.tests(assignment)
    course.solution(assignment)
    grading = fingerprint.of_grading(course, assignment, isolation)
    prints = {handin.student: fingerprint.of_handin(handin, grading) for handin in handins}
    with Ledger(folder, assignment) as ledger:
        new = [
            handin
            for handin in handins
            if force or not ledger.is_current(handin.student, prints[handin.student])
        ]
        report = on_progress or _ignore
        report(0, len(new))
        marked: set[str] = set()
        for graded in grade_all(
            map(_Files, new),
            open_grader or grader_of(course, assignment, isolation),
            jobs=jobs,
            seconds=HANG * course.limits.process_seconds,
        ):
            result = _printable(graded.marks.result)
            ledger.record(result, prints[result.student], final=graded.final)
            marked.add(result.student)
            report(len(marked), len(new))
        results = ledger.results
    return Graded(results, [r for r in results if r.student in prints], len(new))


def _ignore(done: int, total: int) -> None:
    """Report no progress."""


@dataclass(frozen=True)
class _Files:
    """A hand-in as the executor takes it."""

    handin: Handin

    @property
    def student(self) -> str:
        return self.handin.student

    @property
    def name(self) -> str:
        return self.handin.candidates[0].name

    def read(self, items: Sequence[str]) -> Submission:
        if self.handin.refusal:
            raise UnreadableError(self.handin.refusal)
        return read(choose(self.handin.candidates, items))


def _printable(result: Result) -> Result:
    """Return the result as it may reach a terminal: a file's name is the student's to choose."""
    error = plain(result.error) if result.error else result.error
    return replace(result, submission=plain(result.submission), error=error)
