"""The reference's answer to an item, and edits of it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

import nbformat

from tests.samples import COURSE

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"

BARE = (ast.Name, ast.Constant, ast.Call, ast.Attribute, ast.Subscript, ast.Starred, ast.stmt)
"""What no operator can take apart."""

Node = TypeVar("Node", bound=ast.AST)
Place = tuple[int, int]
"""A line, from 1, and a column, from 0."""


@dataclass(frozen=True)
class Edit:
    """What stands from `start` to `end` gives way to `text`."""

    start: Place
    end: Place
    text: str


class Code:
    """The source of a solution cell, of which only what stands between the marks is edited."""

    def __init__(self, item: str, cell: str) -> None:
        if not cell.isascii():
            raise ValueError(f"{item}: columns are counted in ASCII only.")
        lines = cell.splitlines()
        marks = [i for i, line in enumerate(lines) if line.strip() in (BEGIN, END)]
        self.item = item
        self.lines = [line for i, line in enumerate(lines) if i not in marks]
        self.first, self.last = marks[0] + 1, marks[1] - 1
        self.source = "\n".join(self.lines)
        self.tree = ast.parse(self.source)

    def holds(self, start: Place, end: Place) -> bool:
        """Return whether a place is between the marks."""
        return self.first <= start[0] and end[0] <= self.last

    def nodes(self, kind: type[Node]) -> Iterator[Node]:
        """Yield the nodes of a kind between the marks."""
        for node in ast.walk(self.tree):
            if isinstance(node, kind) and hasattr(node, "lineno") and self.holds(*span(node)):
                yield node

    def text(self, node: ast.AST) -> str:
        """Return the source of a node, in parentheses where another operator may bind it."""
        text = ast.get_source_segment(self.source, node) or ""
        bare = (
            ast.Name
            | ast.Constant
            | ast.Call
            | ast.Attribute
            | ast.Subscript
            | ast.Starred
            | ast.stmt
        )
        return text if isinstance(node, bare) else f"({text})"

    def between(self, left: ast.AST, right: ast.AST) -> str:
        """Return what stands between two nodes, without parentheses that belong to them."""
        start, end = self._at(span(left)[1]), self._at(span(right)[0])
        return self.source[start:end].lstrip(")").rstrip("(")

    def apply(self, edit: Edit) -> str:
        """Return the source with one edit in it."""
        return self.source[: self._at(edit.start)] + edit.text + self.source[self._at(edit.end) :]

    def _at(self, place: Place) -> int:
        line, column = place
        return sum(len(above) + 1 for above in self.lines[: line - 1]) + column


def span(node: ast.AST) -> tuple[Place, Place]:
    """Return where a node begins and ends."""
    return (node.lineno, node.col_offset), (node.end_lineno, node.end_col_offset)  # type: ignore[attr-defined]


def instead(node: ast.AST, text: str) -> Edit:
    """Return the edit that puts a text in a node's place."""
    return Edit(*span(node), text)


def reference_codes(assignment: str) -> dict[str, Code]:
    """Return the reference's answer to every item: item -> code."""
    path = COURSE.source / assignment / f"{assignment}.ipynb"
    cells = nbformat.read(path, as_version=4).cells
    marked = [
        (cell.metadata.nbgrader.grade_id, cell.source)
        for cell in cells
        if cell.cell_type == "code" and BEGIN in cell.source
    ]
    return {item: Code(item, source) for item, source in marked}
