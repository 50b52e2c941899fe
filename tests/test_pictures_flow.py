"""Pictures on the pages that students get, with the real commands."""

import base64
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
import pytest

from autograder.build import build
from autograder.classroom.ledger import Ledger
from autograder.course import Course
from tests.nbgrader_course import (
    RIGHT,
    SCRIPT,
    TESTS,
    answered,
    cell_of,
    hand_in,
    nbgrader,
    write_course,
)

pytestmark = [pytest.mark.xdist_group("semester"), pytest.mark.long]

DRAWN_TESTS = (
    TESTS.replace("import numpy as np\n", "import numpy as np\nfrom autograder.checks import *\n")
    .replace(
        '    value = float(student.square(2.0))\n    assert value == 4.0, f"square(2.0) is {value}',
        '    z = np.array([-1.0, 0.0, 0.5, 2.0])\n    check_values(student.square, {"z": z}, z * z',
    )
    .replace(', not 4.0."', ")")
    .replace(
        "    assert np.array_equal(student.double(z), reference.double(z))",
        '    check_values(student.double, {"z": z}, reference.double(z))',
    )
    .replace(', "secret of double"', "")
)
SQUARE = "def square(z):\n    return np.abs(z)"
DOUBLE = "def double(z):\n    return np.asarray(z) * (2 if np.size(z) < 2 else 3)"


class Graded(NamedTuple):
    """A course of three students that was graded both ways."""

    root: Path

    def grade(self, *options: str) -> None:
        """Grade what was handed in with the command line."""
        words = ["grade", "submitted", "--assignment", "mini", "--out", "out", "--jobs", "1"]
        command = [sys.executable, "-m", "autograder", *words, *options]
        subprocess.run(command, cwd=self.root, check=True, capture_output=True)

    def results(self) -> list[dict[str, Any]]:
        """Return the lines of results.jsonl."""
        text = (self.root / "out" / "results.jsonl").read_text()
        return [json.loads(line) for line in text.splitlines()]

    def page(self, student: str) -> str:
        """Return a student's page, as the command line wrote it."""
        return (self.root / "out" / "feedback" / f"{student}.html").read_text()

    def nbgraders_page(self, student: str) -> str:
        """Return a student's page, as nbgrader wrote it."""
        return (self.root / "feedback" / student / "mini" / "mini.html").read_text()


def images(page: str) -> list[str]:
    """Return the PNGs in a page, in base64."""
    return [re.sub(r"\s", "", png) for png in re.findall(r"data:image/png;base64,([^\"']*)", page)]


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Graded:
    """Grade a right notebook, one that is wrong in public, and one that is wrong in hiding."""
    root = write_course(tmp_path_factory.mktemp("course"), tests=DRAWN_TESTS)
    build(Course.find(root))
    config = Path(__file__).parents[1] / "nbgrader_config.py"
    (root / "nbgrader_config.py").write_text(config.read_text())
    handout = json.loads((root / "assignments" / "mini" / "mini.ipynb").read_text())
    answers = {"right": {}, "public": {"square": SQUARE}, "hidden": {"double": DOUBLE}}
    for student, answer in answers.items():
        hand_in(root, student, {"mini.ipynb": answered(handout, **RIGHT | answer)})
    commands = ("generate_assignment mini", "autograde mini", "generate_feedback mini")
    nbgrader(*commands, cwd=root)
    course = Graded(root)
    course.grade()
    return course


def test_both_pages_show_the_same_picture(graded: Graded) -> None:
    """A failed public test is drawn on nbgrader's page and on the command line's, alike."""
    (theirs,), (ours,) = images(graded.nbgraders_page("public")), images(graded.page("public"))

    assert ours == theirs
    assert base64.b64decode(ours).startswith(b"\x89PNG")
    for page in (graded.nbgraders_page("public"), graded.page("public")):
        assert 'alt="square and the values expected. Wrong at 2 of 4 points, most at z = 2' in page


def test_hidden_and_passed_tests_have_no_picture(graded: Graded) -> None:
    """A failed hidden test is not drawn on any page, nor is what passes."""
    for student in ("right", "hidden"):
        assert images(graded.nbgraders_page(student)) == images(graded.page(student)) == []
    scores = {line["student"]: line["score"] for line in graded.results()}
    assert scores == {"hidden": 80.0, "public": 40.0, "right": 100.0}


def test_points_are_the_last_output(graded: Graded) -> None:
    """With a picture, too, nbgrader reads the points from the last output of the check cell."""
    path = graded.root / "autograded" / "public" / "mini" / "mini.ipynb"
    outputs = cell_of(nbformat.read(path, 4), "check-square").outputs

    kinds = [output.output_type for output in outputs]
    assert kinds == ["stream", "display_data", "execute_result"]
    assert outputs[-1].data == {"text/plain": "0.0"}


def test_a_line_of_the_results_has_the_fields_of_the_contract(graded: Graded) -> None:
    """Pictures add nothing to results.jsonl."""
    for line in graded.results():
        names = "schema assignment student submission status error score max_score items"
        assert list(line) == names.split()
        for item in line["items"]:
            assert list(item) == ["item", "score", "max_score", "tests"]
            for test in item["tests"]:
                fields = "name visibility score max_score passed message hint"
                assert list(test) == fields.split()


def test_the_browser_shows_the_picture(graded: Graded, loaded: Callable[[Path], list[int]]) -> None:
    """The page's policy lets the picture through."""
    assert loaded(graded.root / "out" / "feedback" / "public.html") == [960]


def test_pictures_stay_until_the_student_is_graded_again(graded: Graded) -> None:
    """Pages of a later run keep the pictures of who did not change, and drop those of who did."""
    before = images(graded.page("public"))
    graded.grade()
    assert images(graded.page("public")) == before

    path = graded.root / "submitted" / "public" / "mini" / "mini.ipynb"
    work = json.loads(path.read_text())
    path.write_text(json.dumps(answered(work, **RIGHT)))
    graded.grade()

    assert images(graded.page("public")) == []
    with Ledger(graded.root / "out", "mini") as ledger:
        assert [result.drawings for result in ledger.results] == [()] * 3


def test_sample_has_what_the_flow_needs() -> None:
    """The tests of the sample make failures that can be drawn, in public and in hiding."""
    assert DRAWN_TESTS.count("check_values(") == 2
    assert 'check("square")' in SCRIPT
