"""A submission: a notebook or a percent script, read into cells and never run here."""

import ast
import itertools
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any

from autograder.intake import LINE, UnopenedError, UnreadableError, in_time, parse
from autograder.stubs import gives_up, parsed

MAX_CELL_CHARS = 2**18  # a longer cell is neither parsed nor translated here
MAX_TRANSLATED = 2**20  # characters that IPython may read, some of them again after a magic
SUFFIXES = (".ipynb", ".py")
CHECK_CALL = re.compile(r"check\(.*\)")
RUNS_ITS_CELL = re.compile(r"\s*%%(?:time|capture|prun)\b.*\n?")
MAGIC = re.compile(r"%[\w%]|!(?!=)|\?")
HELP = re.compile(r"[^\s#]+\?\s*")  # as in "np.exp?"
END = ""  # what no line can be
DEFINITION = re.compile(
    r"^[ \t]*(?:(?:async[ \t]+)?def|class)[ \t]+(\w+)|^[ \t]*(\w+)[ \t]*[=:]", re.MULTILINE
)
EXPERIMENT = "experiment"
DISPLAY = "display"
YOURS = "yours"
FREE = frozenset({EXPERIMENT, DISPLAY, YOURS})
"""Tags of cells that carry no points and that students may change freely.

An experiment takes long and a display draws: both are run for the feedback page only.
"""


@dataclass(frozen=True)
class Cell:
    """A code cell: plain Python (magics translated), and where it stands in the file."""

    label: str
    source: str
    grade_id: str | None = None
    tags: tuple[str, ...] = ()
    position: int = 0

    @property
    def is_check(self) -> bool:
        """Whether it is the test cell of an item."""
        named = bool(self.grade_id and self.grade_id.startswith("check-"))
        return named and CHECK_CALL.fullmatch(self.source.strip()) is not None

    @property
    def is_graded(self) -> bool:
        """Whether it is run for the marks."""
        return not self.is_check and not {EXPERIMENT, DISPLAY} & set(self.tags)


@dataclass(frozen=True)
class Submission:
    """The code cells of a file, in order."""

    path: Path
    cells: tuple[Cell, ...]

    def written(self, items: Collection[str]) -> int:
        """Return how many of the items it defines, in what is run for the marks, and not as stubs.

        Of several definitions the last one counts.
        """
        last: dict[str, bool] = {}
        for cell in self.cells:
            if cell.is_graded:
                last |= _bound(cell.source)
        return sum(last.get(item, False) for item in items)

    def answers(self, items: Collection[str]) -> dict[str, str]:
        """Return the source of each item it defines: the item's cell, or its part of one."""
        found: dict[str, list[str]] = {}
        for cell in filter(attrgetter("is_graded"), self.cells):
            defined = definitions(cell.source).intersection(items)
            for item in defined.union({cell.grade_id or ""}.intersection(items)):
                whole = item == cell.grade_id or len(defined) == 1
                found.setdefault(item, []).append(
                    cell.source if whole else _binding(cell.source, item)
                )
        joined = {item: "\n\n".join(filter(None, parts)) for item, parts in found.items()}
        return {item: source for item, source in joined.items() if source}


def read(path: Path) -> Submission:
    """Read a .ipynb or .py file.

    Raises UnreadableError when it cannot be read as one, UnopenedError when not opened at all.
    """
    with in_time(path.name):
        return from_notebook(parse(path), path)


def from_notebook(notebook: Any, path: Path) -> Submission:
    """Return the submission a notebook (of nbformat 4) holds; `path` says where it is from."""
    numbered = enumerate(notebook.cells)
    code = [(i, cell) for i, cell in numbered if cell.get("cell_type") == "code"]
    cells = [_cell(number, position, cell) for number, (position, cell) in enumerate(code, 1)]
    return Submission(path, tuple(cells))


def choose(candidates: Iterable[Path], items: Collection[str]) -> Path:
    """Return which of the files counts when a student has both a notebook and a script.

    The one with more of the items written; a tie goes to the notebook. A file that cannot be
    read counts only when there is no other. Raises UnopenedError when one cannot be opened.
    """

    def rank(path: Path) -> tuple[bool, int, bool, str]:
        try:
            with in_time(path.name):
                written = read(path).written(items)
        except UnopenedError:
            raise
        except UnreadableError:
            return True, 0, path.suffix.lower() != ".ipynb", path.name
        return False, -written, path.suffix.lower() != ".ipynb", path.name

    paths = sorted(candidates)
    if len(paths) == 1:
        return paths[0]
    return min(paths, key=rank)


def in_folder(folder: Path, assignment: str) -> list[Path]:
    """Return the files of an assignment in a folder: ``<assignment>.ipynb`` and ``.py``."""
    paths = (folder / f"{assignment}{suffix}" for suffix in SUFFIXES)
    return [path for path in paths if path.is_file()]


def _cell(number: int, position: int, cell: Any) -> Cell:
    metadata = cell.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    nbgrader = metadata.get("nbgrader")
    grade_id = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    tags = metadata.get("tags")
    line = metadata.get(LINE)
    return Cell(
        label=f"the cell at line {line}" if isinstance(line, int) else f"cell {number}",
        source=plain_python(cell.source),
        grade_id=grade_id if isinstance(grade_id, str) else None,
        tags=tuple(str(tag) for tag in tags) if isinstance(tags, list) else (),
        position=position,
    )


def definitions(source: str) -> frozenset[str]:
    """Return the names that a cell's lines define by the look of them, even if it is not Python."""
    return frozenset(name for pair in DEFINITION.findall(source) for name in pair if name)


def plain_python(source: str) -> str:
    """Return the cell as plain Python.

    Magics and shell lines become calls IPython would make; a magic that runs its cell, that cell.
    """
    if len(source) > MAX_CELL_CHARS or parsed(source):
        return source
    body = _without_timing(source)
    if not any(sign in body for sign in "%!?"):
        return body
    try:
        return _translated(body)
    except Exception:  # what cannot be translated is left for the cell's own SyntaxError
        return body


def _without_timing(source: str) -> str:
    """Put a comment in place of ``%%time`` and the like, so that each line keeps its number."""
    at = 0
    while head := RUNS_ITS_CELL.match(source, at):
        at = head.end()
    return "#\n" * source.count("\n", 0, at) + source[at:]


def _translated(source: str) -> str:
    """Translate piece by piece: IPython reads all it is given again after each magic in it."""
    from IPython.core.inputtransformer2 import TransformerManager  # noqa: PLC0415 - slow import

    manager: Any = TransformerManager()
    transform, left = manager.do_one_token_transform, MAX_TRANSLATED

    def bounded(lines: list[str]) -> Any:
        nonlocal left
        left -= sum(map(len, lines))
        if left < 0:
            raise ValueError("too many magics in too long a piece")
        return transform(lines)

    manager.do_one_token_transform = bounded
    lines = (source.removesuffix("\n") + "\n").splitlines(keepends=True)
    for clean in (*manager.cleanup_transforms, *manager.line_transforms):
        lines = clean(lines)
    done, piece = [], lines[:1]
    for before, line in itertools.pairwise([*lines, END]):
        goes_on = before.endswith("\\\n")
        if line == END or (not goes_on and (MAGIC.match(line) or HELP.fullmatch(before))):
            translated = "".join(manager.do_token_transforms(piece))
            if line == END or parsed(translated):  # else the line goes on with what is before it
                done.append(translated)
                piece = []
        piece.append(line)
    return "".join(done)


def _bound(source: str) -> dict[str, bool]:
    """Return the names that running a cell binds, and whether each to more than a stub."""
    tree = parsed(source) if len(source) <= MAX_CELL_CHARS else None
    written: dict[str, bool] = {}
    values: list[str] = []
    for statement in tree.body if tree else ():
        if gives_up(statement):
            written |= dict.fromkeys(values, False)
        bound = dict(_bindings(statement))
        written |= bound
        values = list(bound) if isinstance(statement, ast.Assign | ast.AnnAssign) else []
    return written


def _binding(source: str, name: str) -> str:
    """Return the statements of a cell that bind a name; all of it when it is not Python."""
    tree = parsed(source) if len(source) <= MAX_CELL_CHARS else None
    if tree is None:
        return source
    lines, kept = re.split(r"\r\n|\r|\n", source), []  # what Python takes for lines
    for node in tree.body:
        if name in dict(_bindings(node)):
            first = min(n.lineno for n in (node, *getattr(node, "decorator_list", ())))
            kept += lines[first - 1 : node.end_lineno]
    return "\n".join(kept)


def _bindings(statement: ast.stmt) -> Iterator[tuple[str, bool]]:
    """Yield the names that a statement binds where it stands, and whether to more than a stub."""
    nodes: list[ast.AST] = [statement]
    while nodes:
        match nodes.pop():
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef() as definition:
                yield definition.name, not _is_stub(definition)
            case ast.Name(id=name, ctx=ast.Store()):
                yield name, True
            case ast.alias(name=name, asname=other):
                yield other or name.partition(".")[0], True
            case node:
                nodes += reversed(list(ast.iter_child_nodes(node)))


def _is_stub(definition: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> bool:
    """Tell a body that does nothing or gives up, before any `return`."""
    if all(map(_does_nothing, definition.body)):
        return True
    for statement in definition.body:
        if gives_up(statement):
            return True
        if any(isinstance(node, ast.Return) for node in ast.walk(statement)):
            return False
    return False


def _does_nothing(statement: ast.stmt) -> bool:
    match statement:
        case ast.Pass() | ast.Expr(value=ast.Constant()):
            return True
        case ast.Return(value=None | ast.Constant(value=None)):
            return True
    return False
