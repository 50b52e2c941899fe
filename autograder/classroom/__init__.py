"""Grade a class: many submissions, some of them graded before."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from autograder import executor
from autograder.classroom import fingerprint
from autograder.classroom.ledger import (
    UNKNOWN,
    CannotKeepError,
    Ledger,
    LedgerError,
    read_folder,
    replace_file,
)
from autograder.collect import Handin
from autograder.course import Course
from autograder.executor import (
    CannotGradeError,
    OpenGrader,
    OpenPool,
    grade_all,
    grader_of,
    local,
)
from autograder.intake import UnreadableError
from autograder.naming import plain
from autograder.result import RESULTS, Result
from autograder.submission import Submission, choose, read

__all__ = [
    "RESULTS",
    "CannotGradeError",
    "CannotKeepError",
    "Files",
    "Graded",
    "LedgerError",
    "grade_class",
    "read_folder",
    "regrade_items",
    "replace_file",
]

Workers = Callable[[Course, str, str, Collection[str]], OpenPool]
"""Opens workers elsewhere, given course, assignment, isolation and the items wanted (all: none)."""


class Graded(NamedTuple):
    """What a run gave."""

    results: list[Result]  # all in the folder, by student
    handed_in: list[Result]  # of this run's hand-ins
    new: int  # how many of them were graded now
    submissions: dict[str, Submission]  # what was graded, as far as it is kept
    left: Sequence[str] = ()  # those whose items could not be graded alone


def grade_class(
    course: Course,
    assignment: str,
    handins: Sequence[Handin],
    folder: Path,
    *,
    jobs: int = 1,
    force: bool = False,
    isolation: str = "full",
    workers: Workers | None = None,
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
    workers : who grades, in place of `jobs` processes here
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
    bare = {handin.student: fingerprint.of_handin(handin) for handin in handins}
    prints = {who: fingerprint.of_both(grading, handed_in) for who, handed_in in bare.items()}
    with Ledger(folder, assignment) as ledger:
        new = [
            handin
            for handin in handins
            if force or not ledger.is_current(handin.student, prints[handin.student])
        ]
        read: set[str] = set()
        pool = _pool(course, assignment, isolation, (), jobs, workers, open_grader)
        for graded, result in _grade(new, pool, on_progress):
            student, handin = result.student, None
            if student not in read:  # words come without what they are about
                handin = bare[student], graded.submission
                read.add(student)
            ledger.record(result, prints[student], final=graded.final, handin=handin)
        results, submissions = ledger.results, ledger.submissions
    handed_in = [result for result in results if result.student in prints]
    return Graded(results, handed_in, len(new), submissions)


def regrade_items(
    course: Course,
    assignment: str,
    handins: Sequence[Handin],
    folder: Path,
    items: Sequence[str],
    *,
    jobs: int = 1,
    isolation: str = "full",
    workers: Workers | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> Graded:
    """Grade items again, and those that build on them; all else of the results stays.

    Only hand-ins are graded that are still those that have marks; the others are `left`. A student
    on whom the grader fails keeps the earlier marks, and is among `handed_in` as a fault.
    Parameters and errors are those of `grade_class`; LedgerError also when the folder knows no
    such item.
    """
    course.tests(assignment)
    course.solution(assignment)
    grading = fingerprint.of_grading(course, assignment, isolation)
    bare = {handin.student: fingerprint.of_handin(handin) for handin in handins}
    with Ledger(folder, assignment) as ledger:
        before = {r.student: r for r in ledger.results if r.status == "graded"}
        _check_items(items, before.values(), folder)
        same = [
            one
            for one in handins
            if one.student in before and ledger.handin(one.student) == bare[one.student]
        ]
        # Other tests may have changed, too: then the next run grades the whole again.
        prints = {o.student: fingerprint.of_both(grading, bare[o.student]) for o in same}
        prints = {who: p if ledger.is_current(who, p) else UNKNOWN for who, p in prints.items()}
        faults: dict[str, Result] = {}
        pool = _pool(course, assignment, isolation, items, jobs, workers)
        for graded, result in _grade(same, pool, on_progress):
            if result.status == "graded":
                merged = before[result.student].with_items_of(result)
                ledger.record(merged, prints[result.student], final=graded.final)
            else:
                faults[result.student] = replace(result, status="grader-fault")
        results, submissions = ledger.results, ledger.submissions
    handed_in = [faults.get(r.student, r) for r in results if r.student in prints]
    others = sorted({one.student for one in handins} - prints.keys())
    return Graded(results, handed_in, len(same), submissions, others)


def _check_items(items: Sequence[str], results: Iterable[Result], folder: Path) -> None:
    known = list(dict.fromkeys(item.item for result in results for item in result.items))
    for item in items:
        if item not in known:
            raise LedgerError(
                f"The results in '{folder}' have no item '{item}' "
                f"(they have: {', '.join(known) or 'none'})."
            )


def _pool(
    course: Course,
    assignment: str,
    isolation: str,
    items: Collection[str],
    jobs: int,
    workers: Workers | None,
    open_grader: OpenGrader | None = None,
) -> OpenPool:
    """Return what opens the workers: those elsewhere, or processes here."""
    if workers:
        return workers(course, assignment, isolation, items)
    opening = open_grader or grader_of(course, assignment, isolation, items)
    return local(opening, jobs=jobs, seconds=course.limits.hang_seconds)


def _grade(
    handins: Sequence[Handin],
    pool: OpenPool,
    on_progress: Callable[[int, int], None] | None,
) -> Iterator[tuple[executor.Graded, Result]]:
    """Yield what is known of the hand-ins, as it comes, and the result as it may be shown."""
    report = on_progress or _ignore
    report(0, len(handins))
    marked: set[str] = set()
    for graded in grade_all(map(Files, handins), pool):
        result = _printable(graded.marks.result)
        yield graded, result
        marked.add(result.student)
        report(len(marked), len(handins))


def _ignore(done: int, total: int) -> None:
    """Report no progress."""


@dataclass(frozen=True)
class Files:
    """A hand-in as the executor takes it: its `Work`."""

    handin: Handin

    @property
    def student(self) -> str:
        """Who handed it in."""
        return self.handin.student

    @property
    def name(self) -> str:
        """What to call it when it cannot be read."""
        return self.handin.candidates[0].name

    def read(self, items: Sequence[str]) -> Submission:
        """Read the file that counts; UnreadableError when there is none."""
        if self.handin.refusal:
            raise UnreadableError(self.handin.refusal)
        return read(choose(self.handin.candidates, items))


def _printable(result: Result) -> Result:
    """Return the result as it may reach a terminal: a file's name is the student's to choose."""
    error = plain(result.error) if result.error else result.error
    return replace(result, submission=plain(result.submission), error=error)
