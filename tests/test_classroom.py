"""A class, graded again and again."""

import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

import autograder
from autograder.classroom import CannotGradeError, Graded, grade_class
from autograder.classroom.ledger import RESULTS
from autograder.collect import collect
from autograder.course import Course, CourseError
from autograder.result import Result
from tests.classroom_fakes import ASSIGNMENT, FakeGrader, gradings, is_kept, make_course

ROOT = Path(__file__).parents[1]
Grade = Callable[..., Graded]

RUN = """
import sys
from functools import partial
from pathlib import Path
from autograder.classroom import grade_class
from autograder.collect import collect
from autograder.course import Course
from tests.classroom_fakes import FakeGrader
root = Path(sys.argv[1])
handins = collect([root / "class"], "toy").handins
grader = partial(FakeGrader, root / "log")
grade_class(Course.find(root), "toy", handins, root / "out", open_grader=grader)
"""


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """Make a course with the toy assignment, and two students' work in ``class``."""
    (tmp_path / "class").mkdir()
    for student in ("a", "b"):
        (tmp_path / "class" / f"{student}.py").write_text("# toy")
    return make_course(tmp_path)


@pytest.fixture
def grade(course: Course, tmp_path: Path) -> Grade:
    """Grade ``class`` (or other paths) into ``out``; gradings are noted in ``log``."""

    def grade(*paths: Path, **options: object) -> Graded:
        handins = collect(paths or [tmp_path / "class"], ASSIGNMENT).handins
        values = {"open_grader": partial(FakeGrader, tmp_path / "log")} | options
        return grade_class(course, ASSIGNMENT, handins, tmp_path / "out", **values)

    return grade


def test_second_run_grades_nothing(grade: Grade, tmp_path: Path) -> None:
    """What has not changed is not graded again, and its results stay."""
    first = grade()
    second = grade()

    assert (first.new, second.new) == (2, 0)
    assert first.results == second.results
    assert gradings(tmp_path / "log") == ["a", "b"]


def test_changed_submission(grade: Grade, tmp_path: Path) -> None:
    """Of submissions only the changed ones are graded again."""
    grade()
    (tmp_path / "class" / "b.py").write_text("wrong")
    graded = grade()

    assert gradings(tmp_path / "log") == ["a", "b", "b"]
    assert [result.score for result in graded.results] == [5.0, 0.0]


@pytest.mark.parametrize("name", ["toy.py", "test_toy.py"])
def test_changed_tests_or_reference(grade: Grade, course: Course, name: str) -> None:
    """When the tests or the reference change, everybody is graded again."""
    grade()
    with (course.solutions / "toy" / name).open("a") as file:
        file.write("# changed\n")

    assert grade().new == 2


def test_changed_package(grade: Grade, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the kit itself changes, everybody is graded again."""
    grade()
    (tmp_path / "package").mkdir()
    monkeypatch.setattr(autograder, "__file__", str(tmp_path / "package" / "__init__.py"))

    assert grade().new == 2


def test_caches_change_nothing(grade: Grade, course: Course) -> None:
    """Caches that running the tests leaves beside them are no reason to grade again."""
    grade()
    for folder in ("__pycache__", ".pytest_cache"):
        (course.solutions / "toy" / folder).mkdir()
        (course.solutions / "toy" / folder / "x").touch()

    assert grade().new == 0


def test_changed_settings(grade: Grade, course: Course, tmp_path: Path) -> None:
    """When the settings change, everybody is graded again."""
    grade()
    handins = collect([tmp_path / "class"], ASSIGNMENT).handins
    changed = Course(course.root, course.limits, seed=2)
    grader = partial(FakeGrader, tmp_path / "log")
    graded = grade_class(changed, ASSIGNMENT, handins, tmp_path / "out", open_grader=grader)

    assert graded.new == 2


def test_results_made_without_isolation_do_not_stand(grade: Grade) -> None:
    """A result made unconfined is made anew by a confined run."""
    grade(isolation="none")

    assert grade(isolation="full").new == 2


def test_force(grade: Grade) -> None:
    """``force`` grades everything."""
    grade()

    assert grade(force=True).new == 2


def test_fault_is_graded_again(grade: Grade, tmp_path: Path) -> None:
    """A grader-fault is graded again in the next run, though nothing has changed."""
    (tmp_path / "class" / "b.py").write_text("fault")

    assert grade().results[1].status == "grader-fault"
    assert grade().new == 1


def test_others_are_kept(grade: Grade, tmp_path: Path) -> None:
    """Results of students who are not among the paths stay in the folder."""
    grade()
    (tmp_path / "c.py").write_text("wrong")
    graded = grade(tmp_path / "c.py")

    assert [result.student for result in graded.results] == ["a", "b", "c"]
    assert [result.student for result in graded.handed_in] == ["c"]


def test_a_notebook_counts_when_nothing_is_written(grade: Grade, tmp_path: Path) -> None:
    """Of a notebook and a script with as many items written the notebook is graded."""
    (tmp_path / "class" / "b.py").write_text("raise NotImplementedError")
    (tmp_path / "class" / "b.ipynb").write_text(
        '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
    )

    assert [result.submission for result in grade().results] == ["a.py", "b.ipynb"]


def test_an_emptied_script_does_not_count(grade: Grade, tmp_path: Path) -> None:
    """A file with nothing in it has no stubs, and no items either."""
    cell = '{"cell_type": "code", "source": "step = abs", "metadata": {}}'
    (tmp_path / "class" / "b.py").write_text("")
    (tmp_path / "class" / "b.ipynb").write_text(
        f'{{"cells": [{cell}], "metadata": {{}}, "nbformat": 4, "nbformat_minor": 4}}'
    )

    assert [result.submission for result in grade().results] == ["a.py", "b.ipynb"]
    (tmp_path / "class" / "b.py").write_text("step = abs")
    (tmp_path / "class" / "b.ipynb").write_text(
        '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}'
    )
    assert [result.submission for result in grade().results] == ["a.py", "b.py"]


def test_killed_run(grade: Grade, course: Course, tmp_path: Path) -> None:
    """A run that is killed loses nothing of what it had graded."""
    (tmp_path / "class" / "b.py").write_text("hang once")
    command = [sys.executable, "-c", RUN, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT) as process:
        while not ("b" in gradings(tmp_path / "log") and is_kept(tmp_path / "out", "a")):
            time.sleep(0.02)
        process.kill()
    graded = grade()

    assert (graded.new, gradings(tmp_path / "log")) == (1, ["a", "b", "b"])
    assert [result.student for result in graded.results] == ["a", "b"]


def test_no_grader(grade: Grade, tmp_path: Path) -> None:
    """When no grader can be opened, earlier results stay."""
    before = grade().results
    grader = partial(FakeGrader, tmp_path / "log", refuses="no walls")

    with pytest.raises(CannotGradeError, match="no walls"):
        grade(force=True, open_grader=grader)
    lines = (tmp_path / "out" / RESULTS).read_text().splitlines()
    assert before == [Result.from_json(line) for line in lines]


def test_unknown_assignment(course: Course, tmp_path: Path) -> None:
    """An assignment that does not exist is an error before anything is written."""
    with pytest.raises(CourseError, match="Assignment 'xor' has no"):
        grade_class(course, "xor", [], tmp_path / "out")

    assert not (tmp_path / "out").exists()


def test_progress(grade: Grade, tmp_path: Path) -> None:
    """Progress counts the submissions that have marks, of those to be graded in this run."""
    (tmp_path / "class" / "b.py").write_text("speak")
    seen: list[tuple[int, int]] = []
    grade(on_progress=lambda done, total: seen.append((done, total)))

    assert seen == [(0, 2), (1, 2), (2, 2), (2, 2)]


def test_interrupted_before_the_words(grade: Grade, tmp_path: Path) -> None:
    """Marks are kept before words are looked for; a later run, not told to, finds the words."""
    (tmp_path / "class" / "a.py").write_text("speak")

    def interrupt(done: int, total: int) -> None:
        if done == total:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        grade(on_progress=interrupt)
    hints = [
        Result.from_json(line).items[0].tests[0].hint
        for line in (tmp_path / "out" / RESULTS).read_text().splitlines()
    ]
    again = grade()

    assert hints == ["", ""]
    assert (again.new, again.results[0].items[0].tests[0].hint) == (1, "mind the sign")
    assert grade().new == 0
