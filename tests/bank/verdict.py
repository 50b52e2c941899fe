"""What the grader makes of an answer in the bank."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.grading import Grader
from autograder.result import Result, TestResult
from autograder.submission import Submission, from_notebook
from tests.bank import Entry
from tests.samples import notebook


@dataclass(frozen=True)
class Verdict:
    """An answer, and its result in an otherwise right submission."""

    entry: Entry
    result: Result

    @property
    def failed(self) -> dict[str, list[TestResult]]:
        """The failed tests of every item that lost points."""
        tests = {i.item: [test for test in i.tests if not test.passed] for i in self.result.items}
        return {item: failed for item, failed in tests.items() if failed}

    @property
    def charged_elsewhere(self) -> set[str]:
        """Items that lost points though they are not the one that is wrong."""
        return self.failed.keys() - {self.entry.item}

    @property
    def hints(self) -> list[str]:
        """The hints given for the item itself."""
        return [test.hint for test in self.failed.get(self.entry.item, []) if test.hint]

    @property
    def is_named(self) -> bool:
        """Whether a hint names the mistake."""
        return any(words in hint for words in self.entry.hint for hint in self.hints)

    @property
    def wrong_hints(self) -> list[str]:
        """Hints that are not true of this mistake."""
        known = (*self.entry.hint, *self.entry.also)
        return [hint for hint in self.hints if not any(words in hint for words in known)]


def judge(grader: Grader, entry: Entry, others: Mapping[str, str] | None = None) -> Verdict:
    """Grade an answer, confined, in a submission that is right but for it and `others`."""
    answers = notebook(entry.assignment, {**(others or {}), entry.item: entry.source})
    submission = from_notebook(answers, Path(f"{entry.assignment}.ipynb"))
    return Verdict(entry, marked_then_worded(grader, submission))


def marked_then_worded(grader: Grader, submission: Submission) -> Result:
    """Grade a submission; the words that were found for it must have changed no mark."""
    marks = grader.marks("s01", submission)
    result = grader.words(submission, marks)
    assert marks_of(result) == marks_of(marks.result)
    return result


def marks_of(result: Result) -> list[tuple[str, str, float, bool]]:
    """Return what of a result counts: the points of every test, and whether it was passed."""
    return [(i.item, t.name, t.score, t.passed) for i in result.items for t in i.tests]
