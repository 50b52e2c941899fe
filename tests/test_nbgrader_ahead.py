"""A class is graded ahead of nbgrader by workers, and shows the same as one graded one by one."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest

from autograder.build import build
from autograder.course import Course
from tests.nbgrader_course import (
    RIGHT,
    TESTS,
    answered,
    cell_of,
    hand_in,
    nbgrader,
    write_course,
)

pytestmark = pytest.mark.long

REPOSITORY = Path(__file__).parents[1]
WORKER, HERE = "in a worker", "in nbgrader's own process"
SAY_WHERE = f"""place = "{WORKER}" if parent_process() else "{HERE}"
    if value == 13.0 and parent_process():
        os._exit(1)
    assert value == 4.0, f"square(2.0) is {{value}}, {{place}}."
"""
AHEAD_TESTS = TESTS.replace(
    'assert value == 4.0, f"square(2.0) is {value}, not 4.0."\n', SAY_WHERE
).replace("import numpy", "import os\nfrom multiprocessing import parent_process\n\nimport numpy")
EDIT = """
from nbgrader.preprocessors import NbGraderPreprocessor


class Edit(NbGraderPreprocessor):
    def preprocess(self, nb, resources):
        for cell in nb.cells if resources["nbgrader"]["student"] == "edited" else ():
            cell.source = cell.source.replace("z * 2", "z * 3")
        return nb, resources


c.Autograde.sanitize_preprocessors.append(Edit)
"""
WRONG = RIGHT | {"square": "def square(z):\n    return z * 2 - 1"}
LOUD = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nprint('loud')"


@dataclass(frozen=True)
class Class:
    """A class that was graded ahead, and then again one by one."""

    root: Path
    log: str

    def notebook(self, student: str, step: str = "autograded") -> Any:
        """Return a student's graded notebook."""
        return nbformat.read(self.root / step / student / "mini" / "mini.ipynb", 4)

    def report(self, student: str, step: str = "autograded") -> str:
        """Return what is said of the student's `square`."""
        return str(cell_of(self.notebook(student, step), "check-square").outputs[0].text)


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Class:
    """Grade a class ahead; then all of it again, one by one, into another folder."""
    root = write_course(tmp_path_factory.mktemp("ahead"), tests=AHEAD_TESTS)
    (root / "nbgrader_config.py").write_text((REPOSITORY / "nbgrader_config.py").read_text())
    with (root / "nbgrader_config.py").open("a") as config:
        config.write("c = get_config()\n" + EDIT)
    build(Course.find(root))
    handout = json.loads((root / "assignments" / "mini" / "mini.ipynb").read_text())
    loud = answered(handout, **WRONG)
    cell_of(loud, "given-2")["source"] += f"\n{LOUD}"
    works = {
        "binary": b"\x89PNG\xff\xfe\x00",
        "deadly": answered(handout, **RIGHT | {"square": "def square(z):\n    return 13.0"}),
        "edited": answered(handout, **WRONG),
        "loud": loud,
        "right": answered(handout, **RIGHT),
        "wrong": answered(handout, **WRONG),
    }
    for student, work in works.items():
        hand_in(root, student, {"mini.ipynb": work})
    log = nbgrader("generate_assignment mini", "autograde mini --Grade.jobs=2", cwd=root)
    one_by_one = "--Grade.jobs=0 --CourseDirectory.autograded_directory=again"
    nbgrader(f"autograde mini {one_by_one}", cwd=root)
    return Class(root, log)


def test_a_class_is_graded_ahead(graded: Class) -> None:
    """Of several students each is graded by a worker; told not to, nbgrader does all itself."""
    assert WORKER in graded.report("wrong")
    assert WORKER in graded.report("loud")
    assert HERE in graded.report("wrong", "again")


@pytest.mark.parametrize("student", ["binary", "loud", "right", "wrong"])
def test_it_shows_the_same_as_one_by_one(graded: Class, student: str) -> None:
    """Reports, points, texts and figures are those of a grading in nbgrader's own process."""
    ahead, again = (json.dumps(graded.notebook(student, step)) for step in ("autograded", "again"))

    assert ahead.replace(WORKER, HERE) == again
    assert ("image/png" in ahead) == (student == "loud")


def test_what_was_edited_since_is_graded_anew(graded: Class) -> None:
    """A result of other cells than nbgrader holds does not count."""
    assert f"square(2.0) is 5.0, {HERE}." in graded.report("edited")
    assert "z * 3" in cell_of(graded.notebook("edited"), "square").source


def test_a_lost_worker_costs_nothing(graded: Class) -> None:
    """Who is graded when a worker dies is graded again, and everybody else is."""
    assert f"square(2.0) is 13.0, {HERE}." in graded.report("deadly")
    assert "There was an error" not in graded.log


def test_who_alone_is_to_be_graded_is_graded_here(graded: Class, tmp_path: Path) -> None:
    """For one student, the others being done, no workers are started."""
    root = shutil.copytree(graded.root, tmp_path / "course")
    shutil.rmtree(root / "autograded" / "wrong")

    nbgrader("autograde mini", cwd=root)

    assert HERE in Class(root, "").report("wrong")
    assert WORKER in Class(root, "").report("loud")
