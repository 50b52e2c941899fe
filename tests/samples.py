"""Submissions to grade: the handout's notebook with items filled in, right or wrong."""

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import nbformat
import pytest

from autograder.course import Course

EVERY = 12
PART, PARTS = map(int, os.environ.get("BANK_PART", "1/1").split("/"))
ROOT = Path(__file__).resolve().parents[1]
COURSE = Course.find(ROOT)
CONCLUSION = "ELU, on 12 of 12 seeds. Seven of twelve against nine is too close to call."
MARKS = re.compile(r"^ *### (BEGIN|END) SOLUTION\n?", re.MULTILINE)
STUB = "raise NotImplementedError()"


def sampled(cases: Sequence[Any]) -> list[Any]:
    """Return cases as parameters; all but every twelfth are long tests.

    Of these there are only some where BANK_PART is set: with 2/3, the second of three parts.
    """
    return [
        pytest.param(one, marks=[pytest.mark.long] if n % EVERY else [])
        for n, one in enumerate(cases)
        if n % EVERY == 0 or n % PARTS == PART - 1
    ]


def some_of(cases: Sequence[Any]) -> list[Any]:
    """Return the cases of long tests: all, or those of the part that BANK_PART names."""
    return [one for n, one in enumerate(cases) if n % PARTS == PART - 1]


def handout(assignment: str) -> Any:
    """Return the handout's notebook, untouched."""
    path = COURSE.assignments / assignment / f"{assignment}.ipynb"
    return nbformat.read(path, as_version=4)


def solutions(assignment: str) -> dict[str, str]:
    """Return the reference's source of every solution cell: grade_id -> source."""
    path = COURSE.source / assignment / f"{assignment}.ipynb"
    cells = nbformat.read(path, as_version=4).cells
    metadata = [cell.metadata.get("nbgrader", {}) for cell in cells]
    return {
        meta.grade_id: MARKS.sub("", cell.source)
        for cell, meta in zip(cells, metadata, strict=True)
        if meta.get("solution")
    }


def notebook(assignment: str, answers: Mapping[str, str] | None = None) -> Any:
    """Return a notebook that is right but for the answers given: item -> source."""
    filled = handout(assignment)
    sources = {**solutions(assignment), "conclusion": CONCLUSION, **(answers or {})}
    for cell in filled.cells:
        meta = cell.metadata.get("nbgrader", {})
        if meta.get("solution"):
            cell.source = sources[meta.grade_id]
    return filled


def cell_of(filled: Any, item: str) -> Any:
    """Return the solution cell of an item."""
    return next(
        cell for cell in filled.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == item
    )


def write(filled: Any, path: Path) -> Path:
    """Write a notebook, and return where."""
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(filled, path)
    return path


def script(assignment: str, answers: Mapping[str, str] | None = None) -> str:
    """Return the handout's script, right but for the answers given: item -> source."""
    text = (COURSE.assignments / assignment / f"{assignment}.py").read_text(encoding="utf-8")
    sources = solutions(assignment) | {**(answers or {})}
    cells = re.split(r"^(?=# %%)", text, flags=re.MULTILINE)
    return "".join(_answered(cell, sources) for cell in cells)


def _answered(cell: str, sources: Mapping[str, str]) -> str:
    mark, _, source = cell.partition("\n")
    if "markdown" in mark or STUB not in source:
        return cell
    item = next(item for item in sources if re.search(rf"^(def )?{item}\b", source, re.MULTILINE))
    return f"{mark}\n{sources[item].rstrip()}\n\n\n"
