"""What students do to the cells of a notebook, and what it is repaired to."""

import copy
import json
import time
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell
from nbgrader.nbgraderformat import MetadataValidator

from autograder.build import build
from autograder.course import Course
from autograder.nbgrader.reading import plain_cells, submitted_notebook
from autograder.nbgrader.repair import repair
from autograder.sandbox.bounds import time_limit
from tests.nbgrader_course import RIGHT, answered, cell_of, write_course

NAMED = ["given-1", "given-2", "double", "check-double", "square", "check-square", "conclusion"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a handout."""
    root = write_course(tmp_path_factory.mktemp("repair"), "mended")
    build(Course.find(root))
    return root / "assignments" / "mended"


@pytest.fixture
def handout(folder: Path) -> dict[str, Any]:
    """Return the handout's notebook, as JSON."""
    notebook: dict[str, Any] = json.loads((folder / "mended.ipynb").read_text())
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])
    return notebook


def repaired(handout: dict[str, Any], submitted: dict[str, Any]) -> Any:
    """Return the submitted notebook after repair, which nbgrader finds nothing wrong with."""
    notebook = nbformat.from_dict({**copy.deepcopy(handout), "metadata": {}})
    cells = plain_cells(nbformat.from_dict(submitted))
    notebook.cells = repair(cells, nbformat.from_dict(handout).cells)
    nbformat.validate(notebook)
    MetadataValidator().validate_nb(notebook)
    assert set(NAMED) == set(order(notebook))
    for name in NAMED:
        assert cell_of(handout, name)["metadata"] == cell_of(notebook, name).metadata
    return notebook


def order(notebook: Any) -> list[str]:
    """Return the names of the named cells, in their order."""
    cells = (cell.metadata.get("nbgrader", {}) for cell in notebook.cells)
    return [cell["grade_id"] for cell in cells if cell]


def without(notebook: dict[str, Any], *names: str) -> dict[str, Any]:
    """Return the notebook without the cells of these names."""
    gone = [cell_of(notebook, name) for name in names]
    return {**notebook, "cells": [cell for cell in notebook["cells"] if cell not in gone]}


def test_untouched_notebook_stays(handout: dict[str, Any]) -> None:
    """A handout nobody changed keeps its cells and their order."""
    notebook = repaired(handout, handout)

    assert [c["source"] for c in handout["cells"]] == [c.source for c in notebook.cells]
    assert order(notebook) == NAMED


def test_last_of_duplicates_keeps_the_name(handout: dict[str, Any]) -> None:
    """Of a cell that is there twice the last one is the answer; the other one stays as text."""
    submitted = answered(handout, double="first = 1")
    submitted["cells"].append(copy.deepcopy(cell_of(submitted, "double")) | {"source": "last = 1"})

    notebook = repaired(handout, submitted)

    assert cell_of(notebook, "double").source == "last = 1"
    assert "first = 1" in [cell.source for cell in notebook.cells]


def test_deleted_cells_come_back_in_place(handout: dict[str, Any]) -> None:
    """Deleted cells are put back where they were, as they were handed out."""
    gone = ("given-1", "check-double", "square", "conclusion")
    submitted = without(answered(handout, **RIGHT), *gone)

    notebook = repaired(handout, submitted)

    assert order(notebook) == NAMED
    for name in ("given-1", "square", "conclusion"):
        assert cell_of(handout, name)["source"] == cell_of(notebook, name).source
    assert cell_of(notebook, "double").source == RIGHT["double"]


def test_all_cells_deleted(handout: dict[str, Any]) -> None:
    """An empty notebook becomes the named cells of the handout."""
    assert order(repaired(handout, {**handout, "cells": []})) == NAMED


def test_retyped_cells_get_their_type_back(handout: dict[str, Any]) -> None:
    """Code that was made text, and text that was made code or raw, is what it was again."""
    submitted = answered(handout, **RIGHT, conclusion="The square.")
    cell_of(submitted, "double")["cell_type"] = "markdown"
    cell_of(submitted, "check-double")["cell_type"] = "raw"
    cell_of(submitted, "conclusion")["cell_type"] = "code"

    notebook = repaired(handout, submitted)

    types = [cell_of(notebook, n).cell_type for n in ("double", "check-double", "conclusion")]
    assert types == ["code", "code", "markdown"]
    assert cell_of(notebook, "double").source == RIGHT["double"]
    assert cell_of(notebook, "conclusion").source == "The square."


def test_merged_cells_are_not_undone_by_a_stub(handout: dict[str, Any]) -> None:
    """Where one cell answers two items, no stub of the second comes after it."""
    both = f"{RIGHT['double']}\n\n\n{RIGHT['square']}"
    submitted = without(answered(handout, double=both), "check-double", "square")

    notebook = repaired(handout, submitted)

    assert cell_of(notebook, "double").source == both
    assert cell_of(notebook, "square").source == "# square is defined in another cell."


def test_answer_written_into_a_check_cell_is_found(handout: dict[str, Any]) -> None:
    """A check cell that was written over is the student's own; the check comes back."""
    submitted = without(answered(handout), "square")
    cell_of(submitted, "check-square")["source"] = RIGHT["square"]

    notebook = repaired(handout, submitted)

    assert cell_of(notebook, "square").source == RIGHT["square"]
    assert cell_of(notebook, "check-square").source == 'check("square")'


def test_changed_given_cell_comes_after_the_original(handout: dict[str, Any]) -> None:
    """A locked cell that a student changed still runs, after the one of the handout."""
    mine = "START = np.zeros(3)\nimport math"
    submitted = answered(handout, **{"given-2": mine})

    notebook = repaired(handout, submitted)

    sources = [cell.source for cell in notebook.cells]
    assert sources.index(cell_of(handout, "given-2")["source"]) + 1 == sources.index(mine)


@pytest.mark.parametrize(
    "metadata",
    [
        None,
        [],
        {"nbgrader": 3},
        {"nbgrader": {"grade_id": ["double"]}},
        {"nbgrader": {"grade_id": "no such cell", "grade": True, "points": 1000}},
        {"nbgrader": {"grade_id": "double", "schema_version": 99, "points": "x", "solution": "no"}},
        {"tags": 3, "nbgrader": {}, "deletable": "never"},
    ],
)
def test_metadata_of_any_kind_is_replaced(handout: dict[str, Any], metadata: Any) -> None:
    """Whatever a student's metadata says, nbgrader's is the handout's."""
    submitted = answered(handout, **RIGHT)
    for cell in submitted["cells"]:
        cell["metadata"] = metadata
        cell.pop("id", None)

    notebook = repaired(handout, submitted)

    for name, source in RIGHT.items():
        assert cell_of(notebook, name).source == source


@pytest.mark.parametrize("line", ["\n", "x = 1\n", "double \n", "\t \t", "def double\n"])
def test_very_long_notebook_takes_no_time(handout: dict[str, Any], line: str) -> None:
    """Of 20 MB of cells it is soon found out which are whose."""
    source = (line * 10_000)[:10_000]
    cells = [new_code_cell(f"# {n}\n{source}") for n in range(1900)]

    began = time.process_time()
    repair(cells, nbformat.from_dict(handout).cells)

    assert time.process_time() - began < 15


def test_text_that_is_not_unicode_is_replaced(handout: dict[str, Any]) -> None:
    """Half a surrogate pair, which no file can hold, becomes a question mark."""
    submitted = answered(handout, conclusion="half \ud83d", double="s = '\udc00'")

    notebook = repaired(handout, submitted)

    assert cell_of(notebook, "conclusion").source == "half ?"
    assert cell_of(notebook, "double").source == "s = '?'"


def test_only_pictures_stay_attached(handout: dict[str, Any]) -> None:
    """Of what is attached to an answer, PNG, JPEG and GIF in base64 are kept."""
    submitted = answered(handout, conclusion="![](attachment:a.png)")
    cell_of(submitted, "conclusion")["attachments"] = {
        "a.png": {"image/png": "QUJD"},
        "b.svg": {"image/svg+xml": "PHN2Zz4="},
        "c.png": {"image/png": '" onerror="alert(1)'},
        "d": 3,
    }

    notebook = repaired(handout, submitted)

    assert cell_of(notebook, "conclusion").attachments == {"a.png": {"image/png": "QUJD"}}


def test_script_in_its_own_encoding(tmp_path: Path) -> None:
    """A script that declares its encoding is read in it."""
    script = '# -*- coding: latin-1 -*-\n# %%\nname = "Zoé"\n'
    (tmp_path / "mended.py").write_text(script, encoding="latin-1")

    read, _ = submitted_notebook(tmp_path, "mended", ["double"])

    assert read.cells[-1].source == 'name = "Zoé"'


def test_script_fills_the_notebook(folder: Path, handout: dict[str, Any], tmp_path: Path) -> None:
    """What was written in the script alone lands in the cells it answers, checks included."""
    script = (folder / "mended.py").read_text()
    stub = '"""Return 2 z."""\n    # YOUR CODE HERE\n    raise NotImplementedError()'
    script = script.replace(stub, "return 2 * z").replace("YOUR ANSWER HERE", "The square.")
    (tmp_path / "mended.py").write_text(script)
    (tmp_path / "mended.ipynb").write_text(json.dumps(handout))

    read, path = submitted_notebook(tmp_path, "mended", ["double"])
    notebook = repaired(handout, read)

    assert path.name == "mended.py"
    assert order(notebook) == NAMED
    assert cell_of(notebook, "double").source == "def double(z):\n    return 2 * z"
    assert cell_of(notebook, "conclusion").source.endswith("The square.")


def test_an_emptied_script_does_not_count(tmp_path: Path, handout: dict[str, Any]) -> None:
    """Beside a notebook with an item written and a stub left, an empty script is not read."""
    for cell in handout["cells"]:
        if "def double" in cell["source"]:
            cell["source"] = "def double(z):\n    return 2 * z"
    (tmp_path / "mended.ipynb").write_text(json.dumps(handout))
    (tmp_path / "mended.py").write_text("")

    _, path = submitted_notebook(tmp_path, "mended", ["double", "square"])

    assert path.name == "mended.ipynb"


def test_many_large_cells_are_looked_through_once(handout: dict[str, Any]) -> None:
    """Each cell's text is compared and searched once, however many cells the handout has."""
    source = "\n" * 5000 + "x = 1\n" * 500
    cells = [new_code_cell(source, metadata={"grade_id": "double"}) for _ in range(1000)]
    released = [copy.deepcopy(cell) for cell in nbformat.from_dict(handout).cells * 10]
    for number, cell in enumerate(cell for cell in released if "nbgrader" in cell.metadata):
        cell.metadata.nbgrader.grade_id += str(number)
    with time_limit(20):
        assert len(repair(cells, released)) > len(cells)
