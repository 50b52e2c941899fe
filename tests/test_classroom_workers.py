"""Worker processes: who dies, hangs or fails costs only what it was doing."""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from autograder.classroom.collect import collect
from autograder.classroom.workers import CannotGradeError, grade_all
from autograder.result import Result
from tests.classroom_fakes import ASSIGNMENT, FakeGrader, gradings, processes

Run = Callable[..., dict[str, Result]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Grade submissions with the given texts; the log is in ``log``."""

    def run(*, jobs: int = 1, seconds: float = 30, **texts: str) -> dict[str, Result]:
        folder = tmp_path / "class"
        folder.mkdir()
        for student, text in texts.items():
            (folder / f"{student}.py").write_text(text)
        outcomes = grade_all(
            collect([folder], ASSIGNMENT).handins,
            partial(FakeGrader, tmp_path / "log"),
            assignment=ASSIGNMENT,
            jobs=jobs,
            seconds=seconds,
        )
        return {handin.student: result for handin, result in outcomes}

    return run


def test_every_submission_has_a_result(run: Run) -> None:
    """Every hand-in is graded once, by as many processes as asked for."""
    results = run(jobs=2, a="", b="wrong", c="")

    assert {s: result.score for s, result in results.items()} == {"a": 5.0, "b": 0.0, "c": 5.0}


def test_grader_is_reused_and_closed(run: Run, tmp_path: Path) -> None:
    """One worker opens one grader, grades everything with it, and closes it."""
    run(a="", b="")

    assert len(processes(tmp_path / "log")) == 1
    assert (tmp_path / "log").read_text().split()[-2] == "closed"


def test_death_is_tried_once_more(run: Run, tmp_path: Path) -> None:
    """A submission whose worker died is graded by a new one."""
    results = run(a="die once", b="")

    assert {s: result.score for s, result in results.items()} == {"a": 5.0, "b": 5.0}
    assert gradings(tmp_path / "log") == ["a", "a", "b"]


def test_second_death_is_a_fault_of_the_grader(run: Run) -> None:
    """A submission that two workers died of is a grader-fault with every item; the run goes on."""
    results = run(jobs=2, a="", b="die", c="", d="")

    assert {s: result.status for s, result in results.items()} == {
        "a": "graded",
        "b": "grader-fault",
        "c": "graded",
        "d": "graded",
    }
    assert results["b"].error == "The process that graded this died."
    assert (
        results["b"].score,
        results["b"].max_score,
        [item.item for item in results["b"].items],
    ) == (None, 5.0, ["step"])


def test_hang_is_ended(run: Run) -> None:
    """A worker that gives no answer in time is ended, and the run goes on."""
    results = run(seconds=0.3, a="hang", b="")

    assert results["a"].error == "The process that graded this gave no answer in time."
    assert results["b"].score == 5.0


@pytest.mark.parametrize(
    ("word", "error"),
    [("fault", "the sandbox is gone"), ("raise", "ValueError: the grader has a bug")],
)
def test_fault_is_tried_with_a_new_grader(run: Run, tmp_path: Path, word: str, error: str) -> None:
    """A grader that fails is replaced; a submission it fails on twice is reported."""
    results = run(a=word, b=f"{word} once")

    assert ("grader-fault", error) == (results["a"].status, results["a"].error)
    assert results["b"].score == 5.0
    assert gradings(tmp_path / "log") == ["a", "a", "b", "b"]
    assert len(processes(tmp_path / "log")) == 4


def test_refused_file_is_not_read(run: Run, tmp_path: Path) -> None:
    """A hand-in that is refused is unreadable, with no points for any item."""
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "s01.py").symlink_to("/dev/null")
    handins = collect([tmp_path / "class"], ASSIGNMENT).handins
    (outcome,) = grade_all(
        handins, partial(FakeGrader, tmp_path / "log"), assignment=ASSIGNMENT, jobs=1, seconds=30
    )

    assert (
        outcome.result.status,
        outcome.result.score,
        outcome.result.max_score,
        outcome.result.submission,
    ) == ("unreadable", 0.0, 5.0, "s01.py")
    assert gradings(tmp_path / "log") == []


def test_nothing_can_be_graded(tmp_path: Path) -> None:
    """When a grader cannot be opened the run ends with what it says."""
    (tmp_path / "s01.py").touch()
    handins = collect([tmp_path], ASSIGNMENT).handins
    grader = partial(FakeGrader, tmp_path / "log", refuses="no walls here")

    with pytest.raises(CannotGradeError, match=re.escape("RuntimeError: no walls here")):
        list(grade_all(handins, grader, assignment=ASSIGNMENT, jobs=2, seconds=30))
