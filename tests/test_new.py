"""A new assignment, from ``autograder new`` to marks, line by line as authors are told."""

import shlex
from itertools import takewhile
from pathlib import Path

import pytest

from autograder.cli import main
from autograder.course import Course
from autograder.result import Result
from tests.readme import blocks, change


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    """Work in a course without assignments."""
    (tmp_path / "pyproject.toml").write_text("[tool.autograder]\nseed = 1\n")
    monkeypatch.chdir(tmp_path)
    return Course.find()


def run(*args: str) -> int | str | None:
    """Run a command of the kit's; return what it exits with."""
    with pytest.raises(SystemExit) as ended:
        main(args)
    return ended.value.code


def test_a_new_assignment_builds_as_it_stands(course: Course) -> None:
    """What is written is whole: it builds, and proves right."""
    assert not run("new", "cube")

    assert not run("build")
    assert (course.assignments / "cube" / "cube.ipynb").exists()


def test_the_readme_can_be_followed(course: Course) -> None:
    """Its commands and changes, in their order, make an assignment that names its own mistake."""
    for block in takewhile(lambda one: one.language != "python", blocks("solutions/README.md")):
        if block.language == "diff":
            change(course.solutions / "swish" / block.file, block.text)
        for line in block.text.splitlines() if block.language == "sh" else ():
            assert not run(*shlex.split(line)[1:])
    wrong = course.root / "ada.py"
    wrong.write_text("import numpy as np\n\ndef swish(z):\n    return 1 / (1 + np.exp(-z))\n")
    run("grade", str(wrong), "--assignment", "swish", "--out", "results")

    lines = (course.root / "results" / "results.jsonl").read_text().splitlines()
    results = {result.student: result for result in map(Result.from_json, lines)}
    assert results["solutions"].score == 100.0
    assert results["ada"].score == 0.0
    assert "The factor z is missing" in results["ada"].items[0].tests[0].hint


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("a-b", "cannot be the name of a function"),
        ("lambda", "cannot be the name of a function"),
        ("../up", "cannot be the name of a function"),
        ("taken", "source/taken is there already"),
    ],
)
def test_a_name_that_cannot_be_is_refused(
    course: Course, capsys: pytest.CaptureFixture[str], name: str, message: str
) -> None:
    """A name that no function can have, or that is taken, is one sentence, and nothing is made."""
    (course.source / "taken").mkdir(parents=True)

    assert run("new", name) == 1

    assert message in capsys.readouterr().err
    assert not course.solutions.exists()
