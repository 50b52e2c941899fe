"""A second instructor's changes to the kit's own assignment, made where the author writes."""

import re
import shutil
from pathlib import Path

import nbformat
import pytest

from autograder.authoring.proof import prove
from autograder.build import BuildError, build
from autograder.course import Course
from autograder.grading import Grader
from autograder.submission import from_notebook
from tests.samples import ROOT

LEFT_OUT = "mish|prelu"


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """Return a copy of the course, with `activations` alone."""
    shutil.copytree(ROOT / "solutions" / "activations", tmp_path / "solutions" / "activations")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return Course.find(tmp_path)


def edit(path: Path, pattern: str, new: str = "") -> None:
    """Change every place that a pattern matches; there must be one."""
    text, count = re.subn(pattern, new, path.read_text(), flags=re.MULTILINE | re.DOTALL)
    assert count
    path.write_text(text)


def fault(course: Course) -> str:
    """Return what a build has to say."""
    with pytest.raises(BuildError) as raised:
        build(course, proof=lambda authored: prove(course, authored, print))
    return str(raised.value)


@pytest.mark.long
def test_functions_are_left_out_as_the_build_says(course: Course) -> None:
    """Without Mish and PReLU, each message names the next place, and the rest is graded whole."""
    script, tests = course.solution("activations"), course.tests("activations")
    mistakes = script.with_name("mistakes.py")

    edit(script, r"^# %% \[markdown\]\n# ## (Mish|PReLU)\n.*?(?=^# %% \[markdown\]\n# ## )")
    assert "a test asks for the item 'mish', which no solution cell defines" in fault(course)
    edit(tests, rf'^@pytest.mark.item\("({LEFT_OUT}).*?\n\n\n')
    assert "NameError: name 'mish' is not defined" in fault(course)
    edit(script, r", \(mish, mish_grad\)|, mish(?=\):$)|^print\(f\"prelu[^\n]*\n")
    edit(script, r", elu and mish\.$", " and elu.")
    edit(script, r'^    "mish": [^\n]*\n')
    edit(tests, r', "mish"')
    assert "has mistakes of 'prelu', of which there is no test" in fault(course)
    edit(mistakes, rf"^@mistake\([^\n]*\n(?:[^\n]+\n)*?def ({LEFT_OUT})\w*\(.*?(\n\n\n|\Z)")
    build(course, proof=lambda authored: prove(course, authored, print))

    with Grader(course, "activations") as grader:
        right = nbformat.read(course.source / "activations" / "activations.ipynb", as_version=4)
        result = grader.grade_submission("", from_notebook(right, Path("activations.ipynb")))
    assert result.score == result.max_score == 76
    handout = (course.assignments / "activations" / "activations.py").read_text()
    assert not re.search(rf"\b({LEFT_OUT})(_grad)?\b", handout)


@pytest.mark.long
def test_an_item_is_worth_what_its_marker_says(course: Course) -> None:
    """More points in a marker are more points in the handout and in all, 100 or not."""
    edit(course.tests("activations"), r'item\("sigmoid", points=1', 'item("sigmoid", points=11')

    build(course)

    text = (course.assignments / "activations" / "activations.py").read_text()
    assert re.search(r"`sigmoid` +\| 35 ", text)
    assert re.search(r"\| all +\| 130 ", text)
