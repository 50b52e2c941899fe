"""Right submissions, and ways to change their form."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tests import samples
from tests.samples import cell_of, script, solutions

__all__ = [
    "STUB_LINES",
    "added",
    "answer",
    "cell_of",
    "changed",
    "code",
    "empty_notebook",
    "handout",
    "new_markdown_cell",
    "notebook",
    "one_cell",
    "prefixed",
    "script",
    "solutions",
    "spin",
]

STUB_LINES = "    # YOUR CODE HERE\n    raise NotImplementedError()\n"


def notebook(assignment: str, answers: Mapping[str, str] | None = None) -> Any:
    """Return the right notebook but for the answers given; see `handout`."""
    return _without_pictures(samples.notebook(assignment, answers))


def handout(assignment: str) -> Any:
    """Return the handout's notebook without the cells that draw: they take long, here to no end."""
    return _without_pictures(samples.handout(assignment))


def _without_pictures(filled: Any) -> Any:
    filled.cells = [cell for cell in filled.cells if "display" not in cell.metadata.get("tags", ())]
    return filled


def code(*sources: str) -> list[Any]:
    """Return code cells."""
    return [new_code_cell(source) for source in sources]


def answer(assignment: str, item: str) -> str:
    """Return the right answer to an item, docstring left out."""
    source = solutions(assignment)[item]
    return re.sub(r'^    """.*?"""\n', "", source, count=1, flags=re.DOTALL | re.MULTILINE)


def prefixed(assignment: str, before: str = "", after: str = "", only: str = "") -> Any:
    """Return the right notebook with text around the answers: all of them, or one item's."""
    answers = {
        item: before + source.rstrip() + after
        for item, source in solutions(assignment).items()
        if item in (only or item) and item != "conclusion"
    }
    return notebook(assignment, answers)


def added(filled: Any, *sources: str, before: str = "", after: str = "") -> Any:
    """Add code cells: before or after the cell of an item, or at the end."""
    place = len(filled.cells)
    if before or after:
        place = filled.cells.index(cell_of(filled, before or after)) + bool(after)
    filled.cells[place:place] = code(*sources)
    return filled


def one_cell(assignment: str, *more: str) -> str:
    """Return all code of the right submission that counts, as one text, and `more` at its end."""
    cells = [
        cell.source
        for cell in notebook(assignment).cells
        if cell.cell_type == "code"
        and not cell.source.startswith("check(")
        and not {"experiment", "display"} & set(cell.metadata.get("tags", ()))
    ]
    return "\n\n\n".join([*cells, *more]) + "\n"


def spin(seconds: float) -> str:
    """Return a statement that keeps the processor busy."""
    return f"import time as t; e = t.process_time() + {seconds}\nwhile t.process_time() < e: pass"


def empty_notebook(cells: Sequence[Any] = ()) -> Any:
    """Return a notebook of these cells alone, none of which the handout's metadata names."""
    return new_notebook(cells=list(cells))


def changed(filled: Any, change: Callable[[Any], None]) -> Any:
    """Change every cell."""
    for cell in filled.cells:
        change(cell)
    return filled
