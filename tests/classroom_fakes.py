"""A grader that does what a submission's text says, and results made by hand."""

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from autograder.course import Course
from autograder.result import ItemResult, Result, TestResult, without_points

ASSIGNMENT = "toy"


def result(student: str = "s01", *, passed: bool = True, **changes: object) -> Result:
    """Return a result with one item of two tests, the second hidden."""
    tests = (
        TestResult("at zero", "public", 2.0 * passed, 2.0, passed, "" if passed else "got 1", ""),
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
    only the first time.
    """

    log: Path
    refuses: str = ""
    catalogue = without_points(result().items)

    def __enter__(self) -> Self:
        if self.refuses:
            raise RuntimeError(self.refuses)
        return self

    def __exit__(self, *_: object) -> None:
        self._note("closed")

    def grade(self, student: str, path: Path) -> Result:
        """Do what the file says."""
        again = student in gradings(self.log)
        self._note(student)
        words = path.read_text().split()
        if "once" in words and again:
            words = []
        if "die" in words:
            os.kill(os.getpid(), signal.SIGKILL)
        if "hang" in words:
            time.sleep(60)
        if "raise" in words:
            raise ValueError("the grader has a bug")
        if "fault" in words:
            return result(student, status="grader-fault", error="the sandbox is gone")
        return result(student, submission=path.name, passed="wrong" not in words)

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


def make_course(folder: Path) -> Course:
    """Make a course with one assignment, the toy one."""
    authored = folder / "solutions" / ASSIGNMENT
    authored.mkdir(parents=True)
    (authored / f"{ASSIGNMENT}.py").write_text("def step(z):\n    return z >= 0\n")
    (authored / f"test_{ASSIGNMENT}.py").write_text("def test_step(student):\n    pass\n")
    (folder / "pyproject.toml").write_text("[tool.autograder]\nseed = 1\n")
    return Course.find(folder)
