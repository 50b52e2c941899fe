"""Bring back what students do to the cells of a notebook."""

import copy
import functools
import re
from collections.abc import Callable
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.grading import GraderFault
from autograder.nbgrader.exporter import NOTE

DEFINITION = re.compile(
    r"^[ \t]*(?:(?:(?:async[ \t]+)?def|class)[ \t]+(\w+)|(\w+)[ \t]*[=:])", re.MULTILINE
)
MANY_TIMES = 10


class Repair(NbGraderPreprocessor):  # type: ignore[misc]
    """Runs before nbgrader's own sanitizing steps, so that none of them finds a broken cell."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Put every cell of the handout that matters to nbgrader into the notebook, once."""
        handout = resources[NOTE]["handout"].cells
        _require_known(handout, **resources["nbgrader"])
        nb.cells = repair(nb.cells, handout)
        return nb, resources


def repair(submitted: list[Any], released: list[Any]) -> list[Any]:
    """Return the submitted cells with each named cell of the handout among them exactly once.

    A cell is recognised by the grade_id it claims, by its text, or as the one that defines the
    item; of several, the last one counts. What nbgrader knows of a cell, points included, is the
    handout's. A locked cell that a student changed stays, as the student's own, and the handout's
    comes back before it. A cell that is missing comes back unanswered.
    """
    _defined.cache_clear()
    named = {name: cell for cell in released if (name := _name(cell))}
    owners = _owners(submitted, named)
    cells = [
        _adopted(cell, named[owners[i]]) if i in owners else _own(cell)
        for i, cell in enumerate(submitted)
    ]
    _restore_missing(cells, named)
    for number, cell in enumerate(cells, start=1):
        cell.id = f"cell-{number}"
    return cells


def _require_known(
    handout: list[Any], *, assignment: str, notebook: str, db_url: str, **_: str
) -> None:
    with Gradebook(db_url) as gradebook:
        known = {cell.name for cell in gradebook.find_notebook(notebook, assignment).source_cells}
    if known != {name for cell in handout if (name := _name(cell))}:
        raise GraderFault(
            f"The gradebook knows another version of {assignment}: "
            f"run 'nbgrader generate_assignment {assignment}'."
        )


def _owners(submitted: list[Any], named: dict[str, Any]) -> dict[int, str]:
    """Return which submitted cell is which named cell of the handout."""
    owners: dict[int, str] = {}
    recognise: Callable[[Any, Any], bool]
    for recognise in (_claims_and_answers, _has_text_of, _answers, _claims):
        for name, cell in named.items():
            free = (i for i in reversed(range(len(submitted))) if i not in owners)
            found = next((i for i in free if recognise(submitted[i], cell)), None)
            if name not in owners.values() and found is not None:
                owners[found] = name
    return owners


def _claims(cell: Any, released: Any) -> bool:
    if cell.metadata.get("grade_id") != _name(released):
        return False
    return not _locked(released) or _same_text(cell, released)


def _has_text_of(cell: Any, released: Any) -> bool:
    return _locked(released) and cell.cell_type == "code" and _same_text(cell, released)


def _claims_and_answers(cell: Any, released: Any) -> bool:
    return _claims(cell, released) and (not _solves(released) or _defines(cell, _name(released)))


def _answers(cell: Any, released: Any) -> bool:
    return cell.cell_type == "code" and _solves(released) and _defines(cell, _name(released))


def _defines(cell: Any, item: str) -> bool:
    return item in _defined(cell.source)


@functools.cache
def _defined(source: str) -> frozenset[str]:
    """Return the names that lines of a cell define: found once, for a cell may be very long."""
    return frozenset(name for found in DEFINITION.findall(source) for name in found)


def _adopted(cell: Any, released: Any) -> Any:
    """Return the handout's cell with what the student wrote in it."""
    adopted = copy.deepcopy(released)
    if not _locked(released):
        adopted.source = cell.source
        if released.cell_type == "markdown" and "attachments" in cell:
            adopted.attachments = cell.attachments
    return adopted


def _own(cell: Any) -> Any:
    cell = copy.deepcopy(cell)
    cell.metadata.pop("grade_id", None)
    return cell


def _restore_missing(cells: list[Any], named: dict[str, Any]) -> None:
    """Insert each missing cell after the one that precedes it in the handout."""
    place = -1
    for name, released in named.items():
        found = next((i for i, cell in enumerate(cells) if _name(cell) == name), None)
        if found is None:
            place += 1
            cells.insert(place, _unanswered(released, cells))
        else:
            place = found


def _unanswered(released: Any, cells: list[Any]) -> Any:
    cell = copy.deepcopy(released)
    if _solves(released) and any(_defines(other, _name(released)) for other in cells):
        cell.source = f"# {_name(released)} is defined in another cell."
    return cell


def _same_text(one: Any, other: Any) -> bool:
    if len(one.source) > MANY_TIMES * (len(other.source) + 100):
        return False  # not worth the time: no more than blanks could be the same
    first, second = ([line.rstrip() for line in c.source.strip().split("\n")] for c in (one, other))
    return first == second


def _solves(cell: Any) -> bool:
    return cell.cell_type == "code" and bool(cell.metadata.nbgrader["solution"])


def _locked(cell: Any) -> bool:
    return bool(cell.metadata.nbgrader["locked"])


def _name(cell: Any) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))
