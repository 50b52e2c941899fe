"""A submission: a notebook or a percent script, read into cells and never run here."""

import ast
import itertools
import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.intake import LINE, UnopenedError, UnreadableError, in_time, parse

MAX_CELL_CHARS = 100_000  # a longer cell is neither parsed nor translated here
MAX_MAGICS = 50  # translating takes the time of their number times that of the lines
SUFFIXES = (".ipynb", ".py")
CHECK_CALL = re.compile(r"check\(.*\)")
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

    @property
    def unwritten(self) -> int:
        """How many cells still hold a stub (``raise NotImplementedError``)."""
        return sum(_is_stub(cell.source) for cell in self.cells)


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


def choose(candidates: Iterable[Path]) -> Path:
    """Return which of the files counts when a student has both a notebook and a script.

    The one with fewer unwritten stubs; a tie goes to the notebook. A file that cannot be read
    counts only when there is no other. Raises UnopenedError when one cannot be opened.
    """

    def rank(path: Path) -> tuple[bool, int, bool, str]:
        try:
            unwritten = read(path).unwritten
        except UnopenedError:
            raise
        except UnreadableError:
            return True, 0, path.suffix.lower() != ".ipynb", path.name
        return False, unwritten, path.suffix.lower() != ".ipynb", path.name

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


def plain_python(source: str) -> str:
    """Return the cell as plain Python: magics and shell lines become calls IPython would make."""
    if len(source) > MAX_CELL_CHARS or _compiles(source):
        return source
    magics = [line for line in source.splitlines() if any(sign in line for sign in "%!?")]
    if not 0 < len(magics) <= MAX_MAGICS:
        return source
    from IPython.core.inputtransformer2 import TransformerManager  # noqa: PLC0415 - slow import

    try:
        return str(TransformerManager().transform_cell(source))
    except Exception:  # what cannot be translated is left for the cell's own SyntaxError
        return source


def _compiles(source: str) -> bool:
    return _tree(source) is not None


def _tree(source: str) -> ast.Module | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _is_stub(source: str) -> bool:
    if "NotImplementedError" not in source or len(source) > MAX_CELL_CHARS:
        return False
    tree = _tree(source)
    if tree is None:
        return True
    bodies = [getattr(node, "body", None) for node in ast.walk(tree)]
    reached = [node for body in bodies if isinstance(body, list) for node in _until_return(body)]
    raised = [node.exc for node in reached if isinstance(node, ast.Raise)]
    calls = [exc.func if isinstance(exc, ast.Call) else exc for exc in raised]
    return any(isinstance(exc, ast.Name) and exc.id == "NotImplementedError" for exc in calls)


def _until_return(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the statements before a `return`: a stub's `raise` left under one is not reached."""
    return itertools.takewhile(lambda statement: not isinstance(statement, ast.Return), body)
