"""Files that are slow to read: each is read, or refused, in little time."""

import contextlib
import json
import time
import tracemalloc
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


OUTPUT = {"output_type": "display_data", "metadata": {}}
CODE = {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": [], "source": "x"}


@pytest.mark.parametrize(
    "data",
    [{"image/png": "A" * 40_000_000}, {"x": [{"y": [1.5, float("nan")]}] * 200_000}],
    ids=["a picture", "numbers"],
)
def test_large_outputs_cost_nothing(tmp_path: Path, data: dict[str, object]) -> None:
    """A notebook is read whatever it has printed and drawn."""
    path = tmp_path / "a.ipynb"
    path.write_text(notebook(json.dumps(CODE | {"outputs": [OUTPUT | {"data": data}] * 2})))

    assert [cell.source for cell in read(path).cells] == ["x"]


def test_damaged_outputs_cost_nothing(tmp_path: Path) -> None:
    """What is not looked at need not be right."""
    path = tmp_path / "a.ipynb"
    cell = json.dumps(CODE | {"outputs": ["DAMAGE"]})
    path.write_bytes(notebook(cell).encode().replace(b"DAMAGE", b"\xff\\u12"))

    assert [cell.source for cell in read(path).cells] == ["x"]


LISTS = "[" + "{}," * 500_000 + "{}]"


@pytest.mark.parametrize(
    "text",
    [
        f'{{"nbformat": 4, "nbformat_minor": 4, "metadata": {LISTS}, "cells": []}}',
        notebook(
            json.dumps(CODE).replace('"metadata": {}', f'"metadata": {{"nbgrader": {LISTS}}}')
        ),
        notebook(json.dumps(CODE).replace('"metadata": {}', f'"metadata": {{"tags": {LISTS}}}')),
        notebook(json.dumps(CODE).replace('"x"', LISTS)),
        notebook(json.dumps(CODE).replace('"x"', f'{{"x": {LISTS}}}')),
        notebook(json.dumps(CODE)[:-1] + f', "attachments": {LISTS}}}'),
        notebook(json.dumps(CODE)[:-1] + ', "attachments": {"a": ' + LISTS + "}}"),
        notebook(LISTS),
        '{"worksheets": [' + ('{"cells": [' + "{}," * 2000 + "{}]},") * 2000 + "{}]}",
        notebook('{"source": "x", ' * 100_000 + "}" * 100_000),
    ],
    ids=lambda text: text[:120],
)
def test_reading_takes_little_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    """Very many empty values, wherever they stand, are never built."""
    monkeypatch.setattr(intake, "MAX_KEPT", 2**21)
    path = tmp_path / "a.ipynb"
    path.write_text(text)
    size = path.stat().st_size
    tracemalloc.start()
    try:
        with contextlib.suppress(UnreadableError):
            read(path)
        assert tracemalloc.get_traced_memory()[1] < size + 12 * 2**20
    finally:
        tracemalloc.stop()


def test_attachments_beyond_the_limit_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pictures that are too large cost themselves, not the file."""
    monkeypatch.setattr(intake, "MAX_KEPT", 10_000)
    path = tmp_path / "a.ipynb"
    images = {"a.png": {"image/png": "QUJD"}, "b.png": {"image/png": "A" * 10_000}}
    cell = {"cell_type": "markdown", "metadata": {}, "source": "x", "attachments": images}
    path.write_text(notebook(json.dumps(cell)))

    (kept,) = parse(path).cells

    assert kept.attachments == {"a.png": {"image/png": "QUJD"}, "b.png": {"image/png": None}}


def test_text_beyond_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A notebook with more text than anyone writes is unreadable."""
    monkeypatch.setattr(intake, "MAX_KEPT", 2**20)
    path = tmp_path / "a.ipynb"
    path.write_text(notebook(json.dumps(CODE | {"source": "x" * 2**20})))

    with pytest.raises(
        UnreadableError, match=r"^a.ipynb has more than 2000 cells or 1 MiB of text"
    ):
        read(path)


def spin() -> None:
    """Take all CPU time there is."""
    while True:
        pass


def test_a_loaded_machine_costs_nobody_the_time_to_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is counted is CPU time: waiting for a processor or a disk is no fault of a file's."""
    monkeypatch.setattr(intake, "READ_SECONDS", 0.2)

    with intake.in_time("a.py"):
        time.sleep(0.6)
    with pytest.raises(UnreadableError), intake.in_time("a.py"):
        spin()


def test_what_never_comes_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the clock, reading has twelve times as long."""
    monkeypatch.setattr(intake, "READ_SECONDS", 0.05)

    with pytest.raises(UnreadableError), intake.in_time("a.py"):
        time.sleep(30)


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
                        "source": "a" * 100_000 + " b?",
                    }
                )
            ),
        ),
    ],
    ids=["a title of one long word", "help on one long word"],
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
