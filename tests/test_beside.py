"""The kit in somebody's course: nbgrader's quickstart with and without it, side by side."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbgrader as nbgrader_package
import pytest

from autograder.notebook import UNGRADED
from tests.nbgrader_course import cell_of, nbgrader

REPOSITORY = Path(__file__).parents[1]
GUIDE = Path(nbgrader_package.__file__).parent / "docs" / "source" / "user_guide"
THEIRS = ("bitdiddle", "hacker")


def autograder(*args: str, cwd: Path) -> str:
    """Run a command of the kit's, and return what it said."""
    command = [sys.executable, "-m", "autograder", *args]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=True).stdout


@dataclass(frozen=True)
class Course:
    """A course at its end, and what its commands logged."""

    root: Path
    log: str

    def grades(self) -> dict[tuple[str, str], tuple[float, float]]:
        """Return what everybody has of how much, as exported."""
        with (self.root / "grades.csv").open() as file:
            return {
                (row["assignment"], row["student_id"]): (
                    float(row["score"]),
                    float(row["max_score"]),
                )
                for row in csv.DictReader(file)
            }

    def page(self, student: str, notebook: str) -> str:
        """Return a student's feedback, but for what differs between two runs."""
        page = (self.root / "feedback" / student / "ps1" / f"{notebook}.html").read_text()
        return re.sub(r"ipykernel_\d+/\d+\.py|0x[0-9a-f]{6,}", "", page)


def hand_in(root: Path) -> None:
    """Hand in nbgrader's own examples, and the right answers of the kit's as two students do."""
    for student in THEIRS:
        shutil.copytree(GUIDE / "submitted" / student, root / "submitted" / student)
    right = REPOSITORY / "source" / "activations" / "activations.ipynb"
    script = REPOSITORY / "solutions" / "activations" / "activations.py"
    for student, work in (("ada", right), ("bob", script)):
        folder = root / "submitted" / student / "activations"
        folder.mkdir(parents=True)
        shutil.copy(work, folder)


def live(root: Path) -> Course:
    """Grade both assignments, feed back and export."""
    hand_in(root)
    both = ("ps1", "activations")
    commands = ("generate_assignment", "autograde", "generate_feedback")
    log = nbgrader(*(f"{does} {name}" for does in commands for name in both), "export", cwd=root)
    return Course(root, log)


@pytest.fixture(scope="module")
def quickstart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Have nbgrader make its example course; without the kit it needs alembic on the PATH."""
    folder = tmp_path_factory.mktemp("courses")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
        nbgrader("quickstart course101", cwd=folder)
        yield folder / "course101"


@pytest.fixture(scope="module")
def beside(quickstart: Path) -> Course:
    """Put the kit into the course, build, and live through it."""
    root = shutil.copytree(quickstart, quickstart.parent / "beside")
    assert "nbgrader_config.py" in autograder("install", str(root), cwd=REPOSITORY)
    autograder("build", cwd=root)
    return live(root)


@pytest.fixture(scope="module")
def stock(quickstart: Path) -> Course:
    """Live through the same course without the kit: somebody copied one of its sources."""
    root = shutil.copytree(quickstart, quickstart.parent / "stock")
    shutil.copytree(REPOSITORY / "source" / "activations", root / "source" / "activations")
    return live(root)


def test_other_assignments_are_graded_as_ever(beside: Course, stock: Course) -> None:
    """With the kit beside it, an ordinary assignment has the marks that it has without."""
    grades = stock.grades()

    for student in THEIRS:
        assert beside.grades()["ps1", student] == grades["ps1", student]
    assert {grades["ps1", student][0] for student in THEIRS} != {0.0}


def test_other_assignments_look_as_ever(beside: Course, stock: Course) -> None:
    """The feedback pages of an ordinary assignment are the same, byte for byte."""
    for student in THEIRS:
        for notebook in ("problem1", "problem2"):
            assert beside.page(student, notebook) == stock.page(student, notebook)


def test_handouts_are_where_the_course_keeps_them(beside: Course) -> None:
    """All handouts lie in the course's folder; its header is in its own, and not in the kit's."""
    assert "COLLABORATORS" in (beside.root / "release" / "ps1" / "problem1.ipynb").read_text()
    assert not (beside.root / "assignments").exists()
    assert autograder("build", "--check", cwd=beside.root) == "Up to date.\n"


def test_the_kits_assignment_is_graded_by_the_kit(beside: Course) -> None:
    """Right answers have all points, handed in as a notebook or as a script."""
    assert beside.grades()["activations", "ada"] == (100.0, 100.0)
    assert beside.grades()["activations", "bob"] == (100.0, 100.0)


def test_a_script_alarms_nobody(beside: Course) -> None:
    """That somebody hands in a script, and no notebook, is no reason for a warning."""
    alarming = [
        line
        for line in beside.log.splitlines()
        if re.search("Autograde.*(WARNING|ERROR).*activations", line)
    ]

    assert alarming == []


def test_a_copied_source_gives_no_points_and_says_why(stock: Course) -> None:
    """Without the kit's grader even right answers have none, and a check cell says what to do."""
    path = stock.root / "autograded" / "ada" / "activations" / "activations.ipynb"
    outputs = cell_of(json.loads(path.read_text()), "check-sigmoid")["outputs"]

    assert stock.grades()["activations", "ada"] == (0.0, 100.0)
    assert UNGRADED in json.dumps(outputs)


def test_installing_again_changes_nothing(beside: Course) -> None:
    """A second run finds all there, says so, and leaves every file as it is."""
    config = (beside.root / "nbgrader_config.py").read_bytes()

    assert "Nothing to do" in autograder("install", str(beside.root), cwd=REPOSITORY)
    assert (beside.root / "nbgrader_config.py").read_bytes() == config
