"""A grader that does what a submission's text says, and results made by hand."""

import os
import signal
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from autograder.classroom.ledger import DATABASE
from autograder.course import Course
from autograder.grading import Marks
from autograder.result import ItemResult, Result, TestResult, without_points
from autograder.submission import Submission

ASSIGNMENT = "toy"


def result(
    student: str = "s01", *, passed: bool = True, said: bool = False, **changes: object
) -> Result:
    """Return a result with one item of two tests, the second hidden."""
    tests = (
        TestResult(
            "at zero",
            "public",
            2.0 * passed,
            2.0,
            passed,
            "" if passed else "got 1",
            "mind the sign" * said,
        ),
        TestResult(
            "far out", "hidden", 3.0 * passed, 3.0, passed, hint="" if passed else "overflow"
        ),
    )
    values = {"submission": f"{student}.py", "items": (ItemResult("step", tests),)} | changes
    return Result(assignment=ASSIGNMENT, student=student, **values)


@dataclass(frozen=True)
class FakeGrader:
    """Grades by the words in a submission, and notes each grading in a log.

    ``wrong`` fails the tests; ``die``, ``hang``, ``raise`` and ``fault`` do that; with ``once``
    only the first time. After ``speak`` they are done when the words are looked for.
    """

    log: Path
    refuses: str = ""
    assignment = ASSIGNMENT
    catalogue = without_points(result().items)
    speechless: list[Exception] = field(default_factory=list)

    def __enter__(self) -> Self:
        if self.refuses:
            raise RuntimeError(self.refuses)
        return self

    def __exit__(self, *_: object) -> None:
        self._note("closed")

    def marks(self, student: str, submission: Submission) -> Marks:
        """Do what the file says."""
        words = _words(submission)
        speaks = "speak" in words
        fault = self._do(student, [] if speaks else words)
        changes = {"status": "grader-fault", "error": "the sandbox is gone"} if fault else {}
        passed = not {"wrong", "speak"} & set(words)
        marks = result(student, submission=submission.path.name, passed=passed, **changes)
        return Marks(marks, {} if passed else {("step", "at zero"): b""})

    def words(self, submission: Submission, marks: Marks) -> Result:
        """Do what the file says, and say something."""
        words = _words(submission)
        if "speak" in words and self._do(f"{marks.result.student}'s", words):
            self.speechless.append(ValueError("the sandbox is gone"))
            return marks.result
        return result(
            marks.result.student, submission=submission.path.name, passed=False, said=True
        )

    def _do(self, name: str, words: list[str]) -> bool:
        again = name in gradings(self.log)
        self._note(name)
        if "once" in words and again:
            return False
        if "die" in words:
            os.kill(os.getpid(), signal.SIGKILL)
        if "hang" in words:
            time.sleep(60)
        if "raise" in words:
            raise ValueError("the grader has a bug")
        return "fault" in words

    def _note(self, text: str) -> None:
        with self.log.open("a") as file:
            file.write(f"{text} {os.getpid()}\n")


def gradings(log: Path) -> list[str]:
    """Return the students graded so far, in order, each as often as it was."""
    lines = log.read_text().splitlines() if log.exists() else []
    return [name for name, _ in (line.split() for line in lines) if name != "closed"]


def processes(log: Path) -> set[int]:
    """Return the processes that graded."""
    return {int(line.split()[1]) for line in log.read_text().splitlines()}


def is_kept(out: Path, student: str) -> bool:
    """Return whether a run that still holds its database has a student's result on disk."""
    path = out / DATABASE
    written = path.exists() and f'"student": "{student}"'.encode() in path.read_bytes()
    journal = path.with_name(f"{DATABASE}-journal")
    # SQLite commits by clearing the head of the journal, when it keeps its lock.
    return written and not (journal.exists() and any(journal.read_bytes()[:8]))


def _words(submission: Submission) -> list[str]:
    return " ".join(cell.source for cell in submission.cells).split()


def make_course(folder: Path) -> Course:
    """Make a course with one assignment, the toy one."""
    authored = folder / "solutions" / ASSIGNMENT
    authored.mkdir(parents=True)
    (authored / f"{ASSIGNMENT}.py").write_text("def step(z):\n    return z >= 0\n")
    (authored / f"test_{ASSIGNMENT}.py").write_text("def test_step(student):\n    pass\n")
    (folder / "pyproject.toml").write_text("[tool.autograder]\nseed = 1\n")
    return Course.find(folder)
