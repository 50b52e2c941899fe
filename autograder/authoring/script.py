"""The author's markers and percent script, with what every mistake in them says to the author."""

import ast
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import jupytext

from autograder.submission import FREE

SOLUTION = "SOLUTION"
HIDDEN = "HIDDEN TESTS"
CELL_START = re.compile(r"# %%(\s|$)")
IMPORT = "from autograder import check"

SUMMARY = "check()"

Kind = Literal["text", "given", "solution", "check", "summary", "free", "question"]

_CHECK = re.compile(r"""check\((["'])(\w+)\1\)""")
_GRADE_ID = re.compile(r"[A-Za-z0-9_-]+")


class BuildError(Exception):
    """A mistake in what the author wrote: where it is and what to do, in one sentence."""


@dataclass(frozen=True)
class Region:
    """The lines between a BEGIN and an END marker; both count from 1 and are the markers' own."""

    first: int
    last: int


def regions(place: str, text: str, marker: str) -> Iterator[Region]:
    """Yield the regions between BEGIN and END lines; BuildError when they do not pair up.

    A solution region ends in the cell of the script that it began in.
    """
    begin = None
    for number, line in enumerate(text.splitlines(), start=1):
        if f"BEGIN {marker}" in line:
            if begin is not None:
                raise BuildError(
                    f"{place}, line {number}: BEGIN {marker} inside the region that began at "
                    f"line {begin}; close that one with '### END {marker}' first."
                )
            begin = number
        elif f"END {marker}" in line:
            if begin is None:
                raise BuildError(
                    f"{place}, line {number}: END {marker} without a BEGIN {marker} before it; "
                    f"remove it or write '### BEGIN {marker}' above."
                )
            yield Region(begin, number)
            begin = None
        elif begin is not None and marker == SOLUTION and CELL_START.match(line):
            raise BuildError(
                f"{place}, line {begin}: BEGIN {marker} is not closed before the cell at line "
                f"{number} starts; write '### END {marker}' above it."
            )
    if begin is not None:
        raise BuildError(
            f"{place}, line {begin}: BEGIN {marker} is not closed; "
            f"write '### END {marker}' where it ends."
        )


def without_regions(text: str, removed: Sequence[Region]) -> str:
    """Return the text without the regions, and without the blank lines they leave behind."""
    gone = {number for region in removed for number in range(region.first, region.last + 1)}
    lines = text.splitlines()
    kept = [line for number, line in enumerate(lines, start=1) if number not in gone]
    return re.sub(r"\n{4,}", "\n\n\n", "\n".join(kept)).strip("\n") + "\n"


def line_of(text: str, wanted: str) -> int:
    """Return the number of the first line that has the word; 1 when none has."""
    pattern = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)")
    lines = enumerate(text.splitlines(), start=1)
    return next((number for number, line in lines if pattern.search(line)), 1)


# --- cells ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class AuthoredCell:
    """A cell of the author's script: what it is, its name, and the line it starts at.

    `grade_id` is empty for text and for cells that students may change freely;
    `points` is what the cell is worth to nbgrader (check cells and questions); `effort` is what
    the author says of an item's `minutes` and `difficulty`.
    """

    kind: Kind
    source: str
    line: int
    grade_id: str = ""
    points: float = 0.0
    markdown: bool = False
    metadata: Mapping[str, Any] = field(default_factory=dict)
    effort: Mapping[str, Any] = field(default_factory=dict)


def defined_names(source: str) -> list[str]:
    """Return the names a piece of Python defines at its top level, in order."""
    names: list[str] = []
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.append(node.name)
        elif isinstance(node, ast.Assign):
            names += [target.id for target in node.targets if isinstance(target, ast.Name)]
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.append(node.target.id)
    return names


class Script:
    """The author's percent script, cell by cell."""

    def __init__(self, place: str, text: str, points: Mapping[str, float]) -> None:
        self.place = place
        self.points = points
        if HIDDEN in text:
            raise BuildError(
                f"{place}, line {line_of(text, HIDDEN)}: hidden tests belong in the test file; "
                "move them there."
            )
        self.sources = jupytext.reads(text, fmt="py:percent").cells
        self.lines = _cell_lines(text, len(self.sources))

    def cells(self) -> list[AuthoredCell]:
        """Return the cells, each classified; BuildError at the first mistake."""
        numbers = itertools.count(1)
        cells = []
        for source, line in zip(self.sources, self.lines, strict=True):
            cell = self._cell(source, line)
            given = cell.kind == "given"
            cells.append(replace(cell, grade_id=f"given-{next(numbers)}") if given else cell)
        self._check_names(cells)
        self._check_import(cells)
        return cells

    def _error(self, line: int, text: str) -> BuildError:
        return BuildError(f"{self.place}, cell at line {line}: {text}")

    def _cell(self, cell: Any, line: int) -> AuthoredCell:
        metadata, source = dict(cell.metadata), cell.source
        tags = metadata.get("tags", [])
        solution = "BEGIN SOLUTION" in source
        if cell.cell_type != "code":
            if solution or "grade_id" in metadata:
                return self._question(source, line, metadata, solution=solution)
            return AuthoredCell("text", source, line, markdown=True)
        try:
            tree = ast.parse(source)
        except SyntaxError as error:
            where = f"{error.msg}, line {error.lineno} of the cell"
            raise self._error(line, f"this is not Python ({where}); correct it.") from None
        if FREE.intersection(tags):
            if solution:
                raise self._error(
                    line,
                    f"a cell tagged {tags[0]} holds no solution; "
                    "remove the tag or the solution markers.",
                )
            return AuthoredCell("free", source, line, metadata={"tags": tags})
        if solution:
            return AuthoredCell("solution", source, line, self._item(source, line), effort=metadata)
        if source.strip() == SUMMARY:
            return AuthoredCell("summary", SUMMARY, line)
        if _calls_check(tree):
            item = self._checked(source.strip(), line)
            points = self.points[item]
            return AuthoredCell("check", source.strip(), line, f"check-{item}", points)
        return AuthoredCell("given", source, line, metadata={"tags": tags} if tags else {})

    def _question(
        self, source: str, line: int, metadata: Mapping[str, Any], *, solution: bool
    ) -> AuthoredCell:
        name, points = metadata.get("grade_id"), metadata.get("points")
        if not isinstance(name, str) or not _GRADE_ID.fullmatch(name):
            raise self._error(
                line,
                "a written question needs a name of letters, digits, '-' and '_'; "
                'write # %% [markdown] grade_id="name" points=10.',
            )
        if isinstance(points, bool) or not isinstance(points, int | float) or points < 0:
            raise self._error(
                line,
                f"the written question '{name}' needs its points; "
                f'write # %% [markdown] grade_id="{name}" points=10.',
            )
        if not solution:
            raise self._error(
                line,
                f"the written question '{name}' has no model answer; write one "
                "between '### BEGIN SOLUTION' and '### END SOLUTION'.",
            )
        return AuthoredCell(
            "question", source, line, name, float(points), markdown=True, effort=metadata
        )

    def _item(self, source: str, line: int) -> str:
        """Return the item that a solution cell defines."""
        defined = defined_names(source)
        items = [name for name in dict.fromkeys(defined) if name in self.points]
        if not items:
            names = ", ".join(defined) or "nothing"
            raise self._error(
                line,
                f"a solution cell defines one item, but this one defines {names} and no "
                "test asks for that; write a test with @pytest.mark.item(...) for it.",
            )
        if len(items) > 1:
            raise self._error(
                line,
                "a solution cell defines one item, but this one defines "
                f"{' and '.join(items)}; give each a cell of its own.",
            )
        return items[0]

    def _checked(self, source: str, line: int) -> str:
        """Return the item that a check cell asks for."""
        match = _CHECK.fullmatch(source)
        if match is None:
            raise self._error(
                line, 'a check cell holds nothing but its call; write check("item") alone.'
            )
        item = match[2]
        if item not in self.points:
            raise self._error(
                line,
                f'check("{item}") asks for an item that no test knows; '
                f'write a test with @pytest.mark.item("{item}", points=...) or correct the name.',
            )
        return item

    def _check_names(self, cells: Sequence[AuthoredCell]) -> None:
        lines: dict[str, int] = {}
        for cell in (cell for cell in cells if cell.grade_id):
            first = lines.setdefault(cell.grade_id, cell.line)
            if first != cell.line:
                raise self._error(
                    cell.line,
                    f"'{cell.grade_id}' is there already, in the cell at line {first}; "
                    "keep one of the two.",
                )
        for item, line in lines.items():
            check = lines.get(f"check-{item}", 0)
            if item in self.points and check < line:
                raise self._error(
                    line,
                    f"no check cell follows the item '{item}'; "
                    f'write a cell check("{item}") after it.',
                )

    def _check_import(self, cells: Sequence[AuthoredCell]) -> None:
        code = next((cell for cell in cells if not cell.markdown), None)
        if code is None or IMPORT not in code.source.splitlines():
            where = f"cell at line {code.line}" if code else "end"
            raise BuildError(
                f"{self.place}, {where}: the first code cell must import check; "
                f"write the line '{IMPORT}' in it."
            )


def _calls_check(tree: ast.Module) -> bool:
    return any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "check"
        for node in ast.walk(tree)
    )


def _cell_lines(text: str, count: int) -> list[int]:
    starts = [n for n, line in enumerate(text.splitlines(), 1) if CELL_START.match(line)]
    if len(starts) < count:
        starts.insert(0, 1)
    return (starts + [starts[-1]] * count)[:count]
