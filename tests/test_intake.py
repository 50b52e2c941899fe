"""Files that are slow to read: each is read, or refused, in little time."""

import json
import time
from pathlib import Path

import pytest

from autograder import intake
from autograder.intake import UnreadableError, parse
from autograder.submission import read

FOLDED = "".join(f"# a{i + 1}: &a{i + 1} [{', '.join([f'*a{i}'] * 9)}]\n" for i in range(12))
YAML = f"# ---\n# jupyter:\n#   a0: &a0 [x, x]\n{FOLDED.replace('# a', '#   a')}# ---\nx = 1\n"


def notebook(cells: str, version: int = 4) -> str:
    """Return the JSON of a notebook with these cells."""
    return f'{{"nbformat": {version}, "nbformat_minor": 4, "metadata": {{}}, "cells": [{cells}]}}'


def test_a_header_of_references_is_not_unfolded(tmp_path: Path) -> None:
    """YAML that would unfold to more than memory is left out."""
    path = tmp_path / "a.py"
    path.write_text(YAML)
    start = time.monotonic()

    (cell,) = read(path).cells

    assert cell.source == "x = 1"
    assert time.monotonic() - start < intake.READ_SECONDS


@pytest.mark.parametrize("kind", ["markdown", "code", "raw"])
def test_too_many_cells_of_any_kind_are_not_read(tmp_path: Path, kind: str) -> None:
    """A notebook of more cells than anyone writes is unreadable."""
    path = tmp_path / "a.ipynb"
    cell = f'{{"cell_type": "{kind}", "metadata": {{}}, "source": ""}}'
    path.write_text(notebook(",".join([cell] * 100_000)))

    with pytest.raises(UnreadableError, match=r"^a.ipynb has more than 2000 cells"):
        read(path)


def test_too_many_cells_of_an_old_notebook_are_not_read(tmp_path: Path) -> None:
    """So is one of format 3, whatever its worksheets are."""
    path = tmp_path / "a.ipynb"
    sheet = '{"cells": [' + ",".join(["{}"] * 1500) + "]}"
    path.write_text(f'{{"nbformat": 3, "metadata": {{}}, "worksheets": [{sheet}, 3, {sheet}]}}')

    with pytest.raises(UnreadableError, match=r"^a.ipynb has more than 2000 cells"):
        read(path)


def test_a_large_script_is_not_read(tmp_path: Path) -> None:
    """A script of more than a mebibyte is unreadable."""
    path = tmp_path / "a.py"
    path.write_text("#" * (2**20 + 1))

    with pytest.raises(UnreadableError, match=r"^a.py is larger than 1 MiB"):
        read(path)


def test_outputs_and_metadata_are_left_out(tmp_path: Path) -> None:
    """Of a notebook only what says which cell is which is kept."""
    path = tmp_path / "a.ipynb"
    metadata = {"tags": ["yours", 3, *["x"] * 500], "grade_id": "f", "widgets": {"x": 1}}
    output = {"output_type": "display_data", "data": {"text/html": "x"}, "metadata": {}}
    cell = {"cell_type": "code", "source": "x", "metadata": metadata, "outputs": [output] * 9}
    path.write_text(notebook(json.dumps(cell | {"execution_count": None})))

    (kept,) = parse(path).cells

    assert kept.outputs == []
    assert kept.metadata.keys() == {"tags", "grade_id"}
    assert len(kept.metadata.tags) < 100


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.py", "# %% t " + "a" * 100_000 + '={"'),
        (
            "a.ipynb",
            notebook(
                json.dumps(
                    {
                        "cell_type": "code",
                        "metadata": {},
                        "outputs": [],
                        "execution_count": None,
                        "source": ("a = %x\n" + "b(\n" * 20 + "1" + ")\n" * 20) * 50
                        + "c\n" * 20_000,
                    }
                )
            ),
        ),
    ],
    ids=["a title of one long word", "magics in brackets"],
)
def test_what_takes_long_to_read_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str
) -> None:
    """Reading is stopped when its time is up, and the sentence says so."""
    monkeypatch.setattr(intake, "READ_SECONDS", 0.5)
    path = tmp_path / name
    path.write_text(text)

    with pytest.raises(UnreadableError, match=rf"^{name} takes more than 0.5 s to read"):
        read(path)
