"""Grade a submission: the tests here, the submission's code in confined processes.

Marks first, words after. A mark depends on the answers to the tests' own questions and on nothing
else. Hints and pictures are looked for when all marks are made, in other processes; the one for
public tests never sees a hidden input.
"""

import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Self

from autograder.ahead import VISIBILITIES, Asked, Key, known_mistakes, recorded
from autograder.checks.sentences import listed
from autograder.course import Course
from autograder.drawing import draw_all
from autograder.explain.effort import limited
from autograder.explain.failures import ANOTHER_RESULT
from autograder.explain.mistakes import MISTAKES, load_mistakes
from autograder.language import _, speak
from autograder.plugin import Bench, GradedTest
from autograder.reference import lendable, load_reference, remembering
from autograder.result import (
    IN_COMPANY,
    Drawing,
    GraderFault,
    ItemResult,
    Result,
    TestOutcome,
    TestResult,
    without_points,
)
from autograder.sandbox.answers import CellOutcome, SandboxFault
from autograder.sandbox.host import WarmParent
from autograder.sandbox.proof import prove
from autograder.sandbox.session import Session
from autograder.student import Student, load, shown_sources
from autograder.submission import Submission
from autograder.suite import Suite, TestsError

PATIENCE = 2  # times what a process may take, by the clock; less than where a worker hangs
AS_IT_STANDS = (
    "Right as it stands; your {} is off.",
    "Right as it stands; your {} are off.",
)


@dataclass(frozen=True)
class Marks:
    """The marks of a submission, and what its words are looked for by.

    Attributes
    ----------
    result : with the messages that need no further question, and no pictures
    failed : fingerprints of the answers to every test that failed
    """

    result: Result
    failed: dict[Key, bytes]


class Grader:
    """Grades submissions to one assignment, one after the other; use it in a ``with``.

    Entering starts the warm parent that confined processes are forked from and proves that the
    walls hold. Raises IsolationError when they do not, GraderFault when the tests or the
    reference cannot be loaded. With `pictures`, results come with drawings of what failed. With
    `only`, these items are graded, and those that build on them.

    Attributes
    ----------
    catalogue : every item, nothing earned
    speechless : why words could not be found, where they could not
    """

    def __init__(
        self,
        course: Course,
        assignment: str,
        isolation: str = "full",
        *,
        pictures: bool = False,
        only: Collection[str] = (),
    ) -> None:
        self.course = course
        self.assignment = assignment
        self._isolation = isolation
        self._pictures = pictures
        self._only = only
        self._script, tests = course.solution(assignment), course.tests(assignment)
        self._suite = Suite(tests)
        self._stack = ExitStack()
        self.speechless: list[Exception] = []

    def __enter__(self) -> Self:
        speak(self.course.language)
        with ExitStack() as stack:
            self._parent = stack.enter_context(WarmParent(self._isolation))
            try:
                stack.enter_context(self._suite)
                self.catalogue = self._suite.items(self._only)
                self._reference = remembering(load_reference(self._script))
                self._questions = recorded(self._suite, self._reference, self.course)
                mistakes = load_mistakes(self._script.with_name(MISTAKES), self._reference)
                self._known = known_mistakes(
                    self._suite, mistakes, self._reference, self._questions
                )
            except TestsError as error:
                raise GraderFault(str(error)) from None
            except Exception as error:
                raise GraderFault(
                    f"The reference of {self.assignment} cannot be run: "
                    f"{type(error).__name__}: {error}"
                ) from error
            self._parent.await_ready()
            if self._isolation == "full":
                prove(self._parent, hidden=[self._suite.path, self._script])
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stack.__exit__(kind, error, traceback)

    def grade_submission(self, student: str, submission: Submission) -> Result:
        """Grade a submission: its marks, then its words. A fault has a result, too."""
        return self.words(submission, self.marks(student, submission))

    def marks(self, student: str, submission: Submission) -> Marks:
        """Return the marks of a submission: nothing is explained yet."""
        try:
            until = time.monotonic() + PATIENCE * self.course.limits.process_seconds
            outcomes, digests = self._judge(submission)
            outcomes |= dict(self._judge_in_company(submission, outcomes, until))
            items = self._complete(outcomes)
        except (SandboxFault, TestsError, GraderFault) as error:
            return Marks(self._fault(student, submission.path.name, str(error)), {})
        except Exception as error:  # whatever else fails is no fault of the student's
            reason = f"The grader failed: {type(error).__name__}: {error}"
            return Marks(self._fault(student, submission.path.name, reason), {})
        graded = {item.item for item in items}
        failed = {
            key: digests[key]
            for key, one in outcomes.items()
            if not one.result.passed and key[0] in graded
        }
        return Marks(Result(self.assignment, student, submission.path.name, items), failed)

    def words(self, submission: Submission, marks: Marks) -> Result:
        """Return the result with what there is to say of failed tests, and pictures of them.

        What is missing when the search fails are words: no mark changes.
        """
        result = marks.result
        with limited():
            for failed in self._failed(marks):
                try:
                    said, drawings = self._explain(submission, failed, marks.failed)
                except Exception as error:  # marks without words
                    self.speechless.append(error)
                    continue
                result = _with_words(result, said, drawings)
        return result

    def in_full(self, submission: Submission) -> Result:
        """Grade, and say of hidden tests what is said of public ones: for instructors only."""
        marks = self.marks("", submission)
        result = marks.result
        with limited():
            for failed in self._failed(marks):
                said, drawings = self._explain(submission, failed, marks.failed, in_full=True)
                result = _with_words(result, said, drawings)
        return result

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

    # --- marks --------------------------------------------------------------------------

    def _of(self, visibility: str) -> list[GradedTest]:
        return [test for test in self._suite.tests if test.visibility == visibility]

    def _failed(self, marks: Marks) -> Iterator[list[GradedTest]]:
        """Yield the failed tests there are, public ones first."""
        for visibility in VISIBILITIES:
            failed = [test for test in self._of(visibility) if test.key in marks.failed]
            if failed:
                yield failed

    def _judge(self, submission: Submission) -> tuple[dict[Key, TestOutcome], dict[Key, bytes]]:
        """Return the outcome of every test, and the fingerprint of its answers if it failed."""
        outcomes: dict[Key, TestOutcome] = {}
        digests: dict[Key, bytes] = {}
        with closing(Session(self._parent, self.course.limits)) as session:
            asked, bench = self._bench(session, submission)
            for visibility in VISIBILITIES:
                tests = self._of(visibility)
                asked.ask(tests)
                for test, outcome in zip(tests, self._suite.run(tests, bench), strict=True):
                    outcomes[test.key] = outcome
                    if not outcome.result.passed:
                        digests[test.key] = asked.digest(test)
        return outcomes, digests

    def _judge_in_company(
        self, submission: Submission, outcomes: dict[Key, TestOutcome], until: float
    ) -> Iterator[tuple[Key, TestOutcome]]:
        """Yield the tests that are passed once failed items that theirs uses are the reference's.

        Only pass or fail leaves that company. Of an item that was kept in company, others are told
        what is off in it.
        """
        off = {one.item: [one.item] for one in outcomes.values() if not one.result.passed}
        for item in dict.fromkeys(test.name for test in self._suite.tests):
            if time.monotonic() > until:
                return  # who sleeps through every limit is not asked again: a worker may not hang
            tests = [test for test in self._suite.tests if test.name == item]
            lent = [name for name in self._suite.uses(item) if name in off and name != item]
            culprits = list(dict.fromkeys(culprit for name in lent for culprit in off[name]))
            if not lent:
                continue
            if item not in off:
                note = _(AS_IT_STANDS[len(culprits) > 1]).format(listed(culprits))
                yield tests[0].key, TestOutcome(item, _passed(tests[0], note))
                continue
            note = _(IN_COMPANY[len(culprits) > 1]).format(listed(culprits))
            again = [test for test in tests if not outcomes[test.key].result.passed]
            passed = list(self._passed_in_company(submission, item, again, lent))
            if len(passed) == len(again):
                off[item] = culprits
            for test in passed:
                yield test.key, TestOutcome(item, _passed(test, note))

    def _passed_in_company(
        self, submission: Submission, item: str, tests: Sequence[GradedTest], lent: Collection[str]
    ) -> Iterable[GradedTest]:
        passed: list[GradedTest] = []
        with closing(Session(self._parent, self.course.limits)) as session:
            differences = any(test.differences for test in self._suite.tests if test.name == item)
            session.lend(lendable(self._script, lent), lent, differences=differences)
            asked, bench = self._bench(session, submission)
            for visibility in VISIBILITIES:
                some = [test for test in tests if test.visibility == visibility]
                asked.ask(some)
                outcomes = zip(some, self._suite.run(some, bench), strict=True)
                passed += [test for test, outcome in outcomes if outcome.result.passed]
        return passed

    def _bench(self, session: Session, submission: Submission) -> tuple[Asked, Bench]:
        names = {question.name for some in self._questions.values() for question in some}
        names |= {item.item for item in self.catalogue}
        failed = load(session, submission, names)
        asked = Asked(session, self._questions)
        student = Student(asked, self.course.limits, failed)
        bench = Bench(student, self._reference, self.course.seed, asker=asked, explains=False)
        return asked, bench

    def _complete(self, outcomes: dict[Key, TestOutcome]) -> tuple[ItemResult, ...]:
        """Put outcomes into the catalogue's order; GraderFault when a test did not work."""
        faults = [outcome.fault for outcome in outcomes.values() if outcome.fault]
        if faults:
            raise GraderFault(faults[0])
        return tuple(
            ItemResult(
                item.item, tuple(outcomes[item.item, test.name].result for test in item.tests)
            )
            for item in self.catalogue
        )

    def _fault(self, student: str, name: str, reason: str) -> Result:
        items = without_points(tuple(self.catalogue))
        return Result(self.assignment, student, name, items, "grader-fault", reason)

    # --- words --------------------------------------------------------------------------

    def _explain(
        self,
        submission: Submission,
        failed: Sequence[GradedTest],
        digests: dict[Key, bytes],
        *,
        in_full: bool = False,
    ) -> tuple[dict[Key, TestResult], tuple[Drawing, ...]]:
        """Run failed tests of one visibility again, in a new process, and explain them.

        The process first repeats the questions that were marked, in their order, up to the last
        that failed: no answer can depend on what was asked after it.
        """
        visibility = failed[0].visibility
        said: dict[Key, TestResult] = {}
        with closing(Session(self._parent, self.course.limits)) as session:
            asked, bench = self._bench(session, submission)
            drawn = self._pictures and visibility == "public"
            bench = replace(bench, explains=True, known=self._known, sketches={} if drawn else None)
            for one in VISIBILITIES[: VISIBILITIES.index(visibility)]:
                asked.ask(self._of(one))
            tests = self._of(visibility)
            asked.ask(tests[: tests.index(failed[-1]) + 1])
            shown = [replace(test, visibility="public") for test in failed] if in_full else failed
            for test, outcome in zip(failed, self._suite.run(shown, bench), strict=True):
                if asked.digest(test) != digests[test.key]:
                    said[test.key] = replace(test.unearned, hint=ANOTHER_RESULT)
                elif not outcome.result.passed and not outcome.fault:
                    said[test.key] = outcome.result
            drawings = draw_all(bench.sketches) if bench.sketches else ()
        return said, drawings


def _passed(test: GradedTest, note: str) -> TestResult:
    """Return the result of a test passed in company, with a note."""
    passed = replace(test.unearned, score=test.points, passed=True)
    if test.visibility == "public":
        return replace(passed, message=note)
    return replace(passed, hint=note)


def _with_words(
    result: Result, said: dict[Key, TestResult], drawings: tuple[Drawing, ...]
) -> Result:
    """Return the result with these messages and hints; nothing else of a test is taken over."""

    def worded(item: str, test: TestResult) -> TestResult:
        words = said.get((item, test.name))
        if words is None:
            return test
        return replace(test, message=words.message or test.message, hint=words.hint or test.hint)

    items = tuple(
        ItemResult(item.item, tuple(worded(item.item, test) for test in item.tests))
        for item in result.items
    )
    return replace(result, items=items, drawings=result.drawings + drawings)
