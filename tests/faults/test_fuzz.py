"""Whatever students do to a notebook: it can be read, and what is still right keeps its points."""

import copy
import importlib.util
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from nbformat.v4 import new_notebook

from autograder.build import build
from autograder.course import Course
from autograder.grading import Grader
from autograder.intake import UnreadableError, parse
from autograder.nbgrader.reading import plain_cells
from autograder.nbgrader.repair import repair
from autograder.submission import from_notebook, read
from tests.nbgrader_course import RIGHT, answered, write_course

ITEMS = ("double", "square")
FOREIGN = ("x = 1", "1 / 0", "raise SystemExit", "%matplotlib inline", "!ls", "def f(:", "")
SCALE = int(os.environ.get("FUZZ_SCALE", "1"))  # how many times the usual number of examples
Cells = list[dict[str, Any]]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """Build the small course."""
    root = write_course(tmp_path_factory.mktemp("course"))
    build(Course.find(root))
    return Course.find(root)


@pytest.fixture(scope="module")
def grader(course: Course) -> Iterator[Grader]:
    """Start one grader for all cases."""
    with Grader(course, "mini") as grader:
        yield grader


@pytest.fixture(scope="module")
def handout(course: Course) -> Any:
    """Return the handout's notebook."""
    return nbformat.read(course.assignments / "mini" / "mini.ipynb", as_version=4)


@st.composite
def damages(draw: st.DrawFn) -> list[tuple[str, int, int, str]]:
    """Draw what is done to the cells: a deed, two places, and a text."""
    place = st.integers(0, 30)
    deed = st.sampled_from(
        ["delete", "double", "move", "retype", "merge", "strip", "rename", "insert", "ids", "tag"]
    )
    return draw(st.lists(st.tuples(deed, place, place, st.sampled_from(FOREIGN)), max_size=6))


def damaged(cells: Cells, deeds: list[tuple[str, int, int, str]]) -> Cells:
    """Return the cells after the deeds."""
    cells = copy.deepcopy(cells)
    for deed, first, second, text in deeds:
        if not cells:
            break
        i, j = first % len(cells), second % len(cells)
        metadata = cells[i]["metadata"]
        if deed == "delete":
            del cells[i]
        elif deed == "double":
            cells.insert(j, copy.deepcopy(cells[i]))
        elif deed == "move":
            cells.insert(j, cells.pop(i))
        elif deed == "retype":
            _retype(cells[i], ("markdown", "raw", "code")[second % 3])
        elif deed == "merge" and i and cells[i]["cell_type"] == cells[i - 1]["cell_type"]:
            cells[i - 1]["source"] += "\n\n" + cells.pop(i)["source"]
        elif deed == "strip":
            cells[i]["metadata"] = {}
        elif deed == "rename":
            metadata.get("nbgrader", {})["grade_id"] = ("double", "check-square", "?")[second % 3]
        elif deed == "insert":
            cells.insert(i, _code(text))
        elif deed == "ids":
            cells[i]["id"] = cells[j].get("id", "same")
        elif deed == "tag":
            metadata["tags"] = ["mine", second]
    return cells


def _code(source: str) -> dict[str, Any]:
    cell = {"cell_type": "code", "metadata": {}, "source": source}
    return cell | {"outputs": [], "execution_count": None}


def _retype(cell: dict[str, Any], kind: str) -> None:
    cell["cell_type"] = kind
    for key, value in (("outputs", []), ("execution_count", None)):
        if kind == "code":
            cell[key] = value
        else:
            cell.pop(key, None)


def intact(cells: Cells) -> set[str]:
    """Return the items whose right answer runs, in the notebook as it stands."""
    code = [cell["source"] for cell in cells if cell["cell_type"] == "code"]
    runs = [source for source in code if _compiles(source)]
    if not any("import numpy as np" in source for source in runs):
        return set()
    return {item for item in ITEMS if any(RIGHT[item] in source for source in runs)}


def _compiles(source: str) -> bool:
    """Return whether Python reads a cell; each of its statements then runs for itself."""
    try:
        compile(source, "cell", "exec")
    except SyntaxError:
        return False
    return True


def full(grader: Grader, submission: Any) -> set[str]:
    """Return the items that have all their points."""
    result = grader.grade_submission("s", submission)

    assert result.status == "graded", result.error
    return {item.item for item in result.items if item.score == item.max_score}


@settings(deadline=None, max_examples=30 * SCALE, suppress_health_check=list(HealthCheck))
@given(deeds=damages())
def test_what_is_still_right_keeps_its_points(
    grader: Grader, handout: Any, tmp_path_factory: pytest.TempPathFactory, deeds: Any
) -> None:
    """An item whose answer runs keeps its points, in nbgrader as on the command line."""
    notebook = answered(json.loads(nbformat.writes(handout)), **RIGHT)
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])
    notebook["cells"] = damaged(notebook["cells"], deeds)
    path = tmp_path_factory.mktemp("case") / "mini.ipynb"
    path.write_text(json.dumps(notebook))
    expected = intact(notebook["cells"])
    repaired = new_notebook(cells=repair(plain_cells(parse(path)), handout.cells))

    assert expected <= full(grader, read(path))
    assert expected <= full(grader, from_notebook(repaired, path))


@settings(deadline=None, max_examples=150 * SCALE, suppress_health_check=list(HealthCheck))
@given(
    deeds=damages(),
    minor=st.sampled_from([0, 1, 2, 3, 4, 5, 99]),
    mark=st.booleans(),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252"]),
    end=st.sampled_from(["\n", "\r\n", ""]),
    cut=st.integers(0, 400),
)
def test_any_notebook_is_read_or_refused(
    handout: Any,
    tmp_path_factory: pytest.TempPathFactory,
    deeds: Any,
    minor: int,
    mark: bool,
    encoding: str,
    end: str,
    cut: int,
) -> None:
    """A notebook in any state is read with all its code, or refused with a sentence."""
    notebook = answered(json.loads(nbformat.writes(handout)), **RIGHT)
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])
    notebook["cells"] = damaged(notebook["cells"], deeds)
    notebook["nbformat_minor"] = minor
    text = json.dumps(notebook, ensure_ascii=mark, indent=1).replace("\n", end)
    raw = text.encode(encoding)
    whole = cut < 200 or cut % 2 == 0
    path = tmp_path_factory.mktemp("case") / "mini.ipynb"
    path.write_bytes(raw if whole else raw[: max(0, len(raw) - cut)])
    try:
        submission = read(path)
    except UnreadableError as error:
        refused = str(error)
    else:
        refused = ""
    if refused or not whole or encoding == "utf-16":
        assert re.match(r"mini\.ipynb .*\.$", refused)
        assert not whole or encoding == "utf-16"
        return
    repaired = new_notebook(cells=repair(plain_cells(parse(path)), handout.cells))

    code = [cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert len(submission.cells) == len(code)
    nbformat.validate(repaired)
    names = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in repaired.cells]
    for cell in handout.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        assert not name or names.count(name) == 1


def test_atheris() -> None:
    """A short run of the fuzzer of ``make fuzz`` finds nothing."""
    if importlib.util.find_spec("atheris") is None:
        pytest.skip("Atheris is not installed: it is in the extra 'fuzz'.")
    command = [sys.executable, "-m", "tests.faults.fuzz", "--cases", "3000", "--seed", "1"]
    root = Path(__file__).parents[2]
    ended = subprocess.run(command, cwd=root, check=False, capture_output=True, text=True)

    assert ended.returncode == 0, ended.stdout
    assert [line.split()[0] for line in ended.stdout.splitlines()[-3:]] == [
        "notebook",
        "script",
        "wire",
    ]
