"""Worker processes: who dies, hangs or fails costs only what it was doing."""

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from autograder.executor import TRIES, CannotGradeError, Graded, grade_all, local
from autograder.intake import UnreadableError
from autograder.result import Result
from autograder.sandbox.host import WarmParent
from autograder.submission import Submission, read
from tests.classroom_fakes import FakeGrader, gradings, processes
from tests.sandbox.test_lifetime import gone, wait_until

Run = Callable[..., dict[str, Result]]


@dataclass(frozen=True)
class Paper:
    """A file that is handed in."""

    path: Path

    @property
    def student(self) -> str:
        return self.path.stem

    @property
    def name(self) -> str:
        return self.path.name

    def read(self, items: Sequence[str]) -> Submission:
        assert items == ["step"]
        if not self.path.exists():
            raise UnreadableError("There is no such file.")
        return read(self.path)


def grade(
    folder: Path, grader: object = None, tries: int = TRIES, **options: float
) -> list[Graded]:
    """Grade the files of a folder; the log is in ``log`` beside it."""
    works = [Paper(path) for path in sorted(folder.iterdir())]
    grader = grader or partial(FakeGrader, folder.parent / "log")
    pool = local(grader, **{"jobs": 1, "seconds": 30} | options)
    return list(grade_all(works, pool, tries=tries))


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Grade submissions with the given texts; gives the last that was said of each."""

    def run(*, jobs: int = 1, seconds: float = 30, **texts: str) -> dict[str, Result]:
        folder = tmp_path / "class"
        folder.mkdir()
        for student, text in texts.items():
            (folder / f"{student}.py").write_text(text)
        graded = grade(folder, jobs=jobs, seconds=seconds)
        assert {one.work.student for one in graded if one.final} == texts.keys()
        return {one.work.student: one.marks.result for one in graded}

    return run


def test_every_submission_has_a_result(run: Run) -> None:
    """Every hand-in is graded once, by as many processes as asked for."""
    results = run(jobs=2, a="", b="wrong", c="")

    assert {s: result.score for s, result in results.items()} == {"a": 5.0, "b": 0.0, "c": 5.0}


def test_grader_is_reused(run: Run, tmp_path: Path) -> None:
    """One worker opens one grader and grades everything with it."""
    run(a="", b="")

    assert len(processes(tmp_path / "log")) == 1


class _Warm(FakeGrader):
    """Starts a warm parent, as the real grader does, and notes it in the log."""

    def __enter__(self):
        parent = WarmParent("none").__enter__()
        parent.await_ready()
        self._note(f"parent-{parent._program.pid}")
        object.__setattr__(self, "_parent", parent)  # it lives as long as this process
        return super().__enter__()


def test_nothing_a_worker_started_outlives_the_run(tmp_path: Path) -> None:
    """Workers are killed at the end, and what their graders have started ends with them."""
    folder = tmp_path / "class"
    folder.mkdir()
    (folder / "a.py").write_text("")

    grade(folder, partial(_Warm, tmp_path / "log"))

    (pid,) = re.findall(r"parent-(\d+)", (tmp_path / "log").read_text())
    assert wait_until(lambda: gone(int(pid)))


def test_death_is_tried_once_more(run: Run, tmp_path: Path) -> None:
    """A submission whose worker died is graded by a new one."""
    results = run(a="die once", b="")

    assert {s: result.score for s, result in results.items()} == {"a": 5.0, "b": 5.0}
    assert sorted(gradings(tmp_path / "log")) == ["a", "a", "b"]


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
    results = run(seconds=5, a="hang", b="")

    assert results["a"].error == "The process that graded this gave no answer in time."
    assert results["b"].score == 5.0


@pytest.mark.parametrize(
    ("word", "error"),
    [("fault", "the sandbox is gone"), ("raise", "ValueError: the grader has a bug")],
)
def test_fault_is_tried_with_a_new_grader(run: Run, tmp_path: Path, word: str, error: str) -> None:
    """A grader that fails is closed, and another process tries what it failed on once more."""
    results = run(a=word, b=f"{word} once", c="")
    log = (tmp_path / "log").read_text().split()

    assert ("grader-fault", error) == (results["a"].status, results["a"].error)
    assert results["b"].score == results["c"].score == 5.0
    assert log[::2] == ["a", "closed", "b", "closed", "c", "a", "closed", "b"]
    assert len(processes(tmp_path / "log")) == 2
    assert log[1] != log[-1]


def test_what_cannot_be_read(tmp_path: Path) -> None:
    """A hand-in that cannot be read has no points for any item, and the reason."""
    work = Paper(tmp_path / "s01.py")
    ((_, marks, final, *_),) = grade_all(
        [work], local(partial(FakeGrader, tmp_path / "log"), jobs=1, seconds=30)
    )
    result = marks.result

    assert (result.status, result.error, final) == ("unreadable", "There is no such file.", True)
    assert (result.score, result.max_score, result.submission) == (0.0, 5.0, "s01.py")
    assert gradings(tmp_path / "log") == []


def test_marks_come_before_words(tmp_path: Path) -> None:
    """All marks are given out before the first words are looked for, which add to them."""
    (tmp_path / "class").mkdir()
    for student, text in {"a": "speak", "b": "speak", "c": ""}.items():
        (tmp_path / "class" / f"{student}.py").write_text(text)
    graded = grade(tmp_path / "class")

    assert [one.final for one in graded if one.work.student == "c"] == [True]
    assert [
        (one.final, one.marks.result.items[0].tests[0].hint)
        for one in graded
        if one.work.student == "a"
    ] == [(False, ""), (True, "mind the sign")]
    assert gradings(tmp_path / "log")[:3] == ["a", "b", "c"]


def test_words_come_soon(tmp_path: Path) -> None:
    """Of works that are given out one at a time, words come before the marks of the next."""
    (tmp_path / "class").mkdir()
    for student in "abc":
        (tmp_path / "class" / f"{student}.py").write_text("speak")
    graded = grade(tmp_path / "class", room=1)

    assert [one.work.student for one in graded] == ["a", "a", "b", "b", "c", "c"]
    assert [one.final for one in graded] == [False, True] * 3


@pytest.mark.parametrize("word", ["die", "fault", "raise"])
@pytest.mark.parametrize("when", ["", "speak"])
def test_what_is_lost_says_so(tmp_path: Path, word: str, when: str) -> None:
    """A result that is not whole is told from one that is; tried once, it is not tried again."""
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "a.py").write_text(f"{when} {word}")
    (tmp_path / "class" / "b.py").write_text("wrong")
    graded = grade(tmp_path / "class", tries=1)

    assert {one.work.student: one.lost for one in graded if one.final} == {"a": True, "b": False}
    assert gradings(tmp_path / "log").count("a") == 1


@pytest.mark.parametrize("word", ["die", "fault", "raise", "hang"])
@pytest.mark.parametrize("once", ["once", ""])
def test_lost_over_words(run: Run, tmp_path: Path, word: str, once: str) -> None:
    """Words over which a worker is lost are looked for once more; the marks stand in any case."""
    result = run(seconds=5, a=f"speak {word} {once}")["a"]

    assert (result.status, result.score, result.error) == ("graded", 0.0, None)
    assert result.items[0].tests[0].hint == ("mind the sign" if once else "")
    assert gradings(tmp_path / "log") == ["a", "a's", "a's"]


def test_nothing_can_be_graded(tmp_path: Path) -> None:
    """When a grader cannot be opened the run ends with what it says."""
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "s01.py").touch()
    grader = partial(FakeGrader, tmp_path / "log", refuses="no walls here")

    with pytest.raises(CannotGradeError, match=re.escape("RuntimeError: no walls here")):
        grade(tmp_path / "class", grader, jobs=2)


def test_worker_that_cannot_live(tmp_path: Path) -> None:
    """When no worker lives long enough to open a grader the run ends in a sentence."""
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "s01.py").touch()

    with pytest.raises(CannotGradeError, match=r"^A grading process died before it could grade"):
        grade(tmp_path / "class", partial(os._exit, 1))
