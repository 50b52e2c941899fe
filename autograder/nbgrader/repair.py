"""Bring back what students do to the cells of a notebook."""

import copy
from collections.abc import Callable
from typing import Any, NamedTuple, Self

from autograder.submission import definitions


def repair(submitted: list[Any], released: list[Any]) -> list[Any]:
    """Return the submitted cells with each named cell of the handout among them exactly once.

    A cell is recognised by the grade_id it claims, by its text, or as the one that defines the
    item; of several, the last one counts. What nbgrader knows of a cell, points included, is the
    handout's. A locked cell that a student changed stays, as the student's own, and the handout's
    comes back before it. A cell that is missing comes back unanswered.
    """
    named = {name: cell for cell in released if (name := _name(cell))}
    seen = [_Seen.of(cell) for cell in submitted]
    owners = _owners(seen, named)
    cells = [
        _adopted(cell, named[owners[i]]) if i in owners else _own(cell)
        for i, cell in enumerate(submitted)
    ]
    _restore_missing(cells, named, frozenset().union(*(one.defines for one in seen)))
    for number, cell in enumerate(cells, start=1):
        cell.id = f"cell-{number}"
    return cells


class _Seen(NamedTuple):
    """What a cell is recognised by, looked at once: there may be thousands of them."""

    claims: str | None
    code: bool
    text: str
    defines: frozenset[str]

    @classmethod
    def of(cls, cell: Any) -> Self:
        text = "\n".join(map(str.rstrip, cell.source.strip().split("\n")))
        claims = cell.metadata.get("grade_id")
        return cls(claims, cell.cell_type == "code", text, definitions(cell.source))


def _owners(submitted: list[_Seen], named: dict[str, Any]) -> dict[int, str]:
    """Return which submitted cell is which named cell of the handout."""
    owners: dict[int, str] = {}
    wanted = {name: (cell, _Seen.of(cell)) for name, cell in named.items()}
    recognise: Callable[[_Seen, str, Any, _Seen], bool]
    for recognise in (_claims_and_answers, _has_text_of, _answers, _claims):
        for name, released in wanted.items():
            free = (i for i in reversed(range(len(submitted))) if i not in owners)
            found = next((i for i in free if recognise(submitted[i], name, *released)), None)
            if name not in owners.values() and found is not None:
                owners[found] = name
    return owners


def _claims(cell: _Seen, name: str, released: Any, seen: _Seen) -> bool:
    return cell.claims == name and (not _locked(released) or cell.text == seen.text)


def _has_text_of(cell: _Seen, _name: str, released: Any, seen: _Seen) -> bool:
    return _locked(released) and cell.code and cell.text == seen.text


def _claims_and_answers(cell: _Seen, name: str, released: Any, seen: _Seen) -> bool:
    claims = _claims(cell, name, released, seen)
    return claims and (not _solves(released) or name in cell.defines)


def _answers(cell: _Seen, name: str, released: Any, _seen: _Seen) -> bool:
    return cell.code and _solves(released) and name in cell.defines


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


def _restore_missing(cells: list[Any], named: dict[str, Any], defined: frozenset[str]) -> None:
    """Insert each missing cell after the one that precedes it in the handout."""
    place = -1
    for name, released in named.items():
        found = next((i for i, cell in enumerate(cells) if _name(cell) == name), None)
        if found is None:
            place += 1
            cells.insert(place, _unanswered(released, defined))
        else:
            place = found


def _unanswered(released: Any, defined: frozenset[str]) -> Any:
    cell = copy.deepcopy(released)
    if _solves(released) and _name(released) in defined:
        cell.source = f"# {_name(released)} is defined in another cell."
    return cell


def _solves(cell: Any) -> bool:
    return cell.cell_type == "code" and bool(cell.metadata.nbgrader["solution"])


def _locked(cell: Any) -> bool:
    return bool(cell.metadata.nbgrader["locked"])


def _name(cell: Any) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))
