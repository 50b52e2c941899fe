"""What is made of the author's script: nbgrader's source notebook, the stub script, the handout.

nbgrader's own steps run in this process and without its database.
"""

import itertools
import logging
import re
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import jupytext
import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import ClearSolutions
from traitlets.config import Config

from autograder.authoring.script import IMPORT, AuthoredCell, BuildError
from autograder.course import DISTRIBUTION, Course
from autograder.stubs import for_solutions
from autograder.submission import DISPLAY

SCHEMA_VERSION = 3
CHECKS = ("check", "summary")
MAY_FAIL = "raises-exception"
"""Jupyter's tag of cells whose errors do not end "Run all": it is to arrive at the summary."""
INSTALL = """\
try:  # does nothing where the kit is there; installs it where it is not, in Colab say
    from autograder import check
except ImportError:
    %pip install --quiet """
MAY = (*CHECKS, "solution", "free")

_KERNEL = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
_PLAIN_SCRIPT = {
    "jupytext": {
        "notebook_metadata_filter": "-all",
        "cell_metadata_filter": "grade_id,points,tags,-all",
    }
}


def source_notebook(cells: tuple[AuthoredCell, ...], wanted: str) -> str:
    """Return nbgrader's source notebook, solutions included, as JSON.

    Before its first code a cell installs the kit where it is missing: `wanted`, else the wheel
    beside it. The cells' ids come from their names or positions, so that the same script always
    gives the same bytes.
    """
    notebook = new_notebook(metadata=_KERNEL)
    first = next((n for n, cell in enumerate(cells) if not cell.markdown), 0)
    wheel = f"{DISTRIBUTION.replace('-', '_')}-{version(DISTRIBUTION)}-py3-none-any.whl"
    install = AuthoredCell("free", INSTALL + (wanted or wheel), 0, metadata={"tags": [DISPLAY]})
    for number, cell in enumerate([*cells[:first], install, *cells[first:]], start=1):
        metadata = dict(cell.metadata)
        if cell.kind in MAY:
            metadata["tags"] = [*metadata.get("tags", ()), MAY_FAIL]
        if cell.grade_id:
            metadata["nbgrader"] = _nbgrader_metadata(cell)
        node = _node(cell, metadata)
        node.id = cell.grade_id or f"cell-{number}"
        notebook.cells.append(node)
    return str(nbformat.writes(notebook)) + "\n"


def stub_script(cells: tuple[AuthoredCell, ...]) -> str:
    """Return the students' script: no solutions, no check cells, nothing of nbgrader's."""
    notebook = new_notebook(metadata=_KERNEL)
    for cell in cells:
        if cell.kind in CHECKS:
            continue
        metadata = dict(cell.metadata)
        if cell.kind == "question":
            metadata |= {"grade_id": cell.grade_id, "points": _whole(cell.points)}
        node = _node(cell, metadata)
        node.source = _without_import(node.source)
        if node.source:
            notebook.cells.append(node)
    step = ClearSolutions(enforce_metadata=False, **for_solutions())
    notebook, _resources = step.preprocess(notebook, {})
    for above, below in itertools.pairwise(notebook.cells):
        above.metadata["lines_to_next_cell"] = _blank_lines(above.source, below.source)
    notebook.metadata = _PLAIN_SCRIPT
    return str(jupytext.writes(notebook, fmt="py:percent"))


def _node(cell: AuthoredCell, metadata: dict[str, Any]) -> Any:
    new_cell: Callable[..., Any] = new_markdown_cell if cell.markdown else new_code_cell
    return new_cell(cell.source, metadata=metadata)


def _nbgrader_metadata(cell: AuthoredCell) -> dict[str, Any]:
    graded = cell.kind in ("check", "question")
    metadata = {
        "schema_version": SCHEMA_VERSION,
        "grade_id": cell.grade_id,
        "grade": graded,
        "solution": cell.kind in ("solution", "question"),
        "locked": cell.kind in ("given", "check"),
        "task": False,
    }
    return metadata | ({"points": cell.points} if graded else {})


def _whole(points: float) -> float:
    return int(points) if points == int(points) else points


def _blank_lines(above: str, below: str) -> int:
    """Return how many blank lines stand between two cells: two around functions."""
    function_ends = above.rpartition("\n")[2].startswith(" ")
    return 2 if function_ends or below.startswith(("def ", "class ", "@")) else 1


def _without_import(source: str) -> str:
    if IMPORT not in source.split("\n"):
        return source
    lines = [line for line in source.split("\n") if line != IMPORT]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def generate_assignment(course: Course, name: str) -> None:
    """Make the handout of an assignment from its source, as nbgrader does.

    Raises BuildError when nbgrader refuses.
    """
    log = logging.Logger("autograder.build")  # of its own: nbgrader reports through it
    errors = _Errors(log)
    config = Config()
    config.CourseDirectory.root = str(course.root.resolve())
    config.CourseDirectory.source_directory = course.source.name
    config.CourseDirectory.release_directory = course.assignments.name
    config.SaveCells.enabled = False
    config.CourseDirectory.db_url = "sqlite://"
    config.ClearSolutions.update(for_solutions())
    folder = CourseDirectory(config=config, log=log)
    folder.assignment_id = name
    convert = GenerateAssignment(
        coursedir=folder, config=config, log=log, no_database=True, force=True
    )
    try:
        convert.start()
    except NbGraderException:
        raise BuildError(f"nbgrader cannot make a handout of '{name}': {errors.last}.") from None


class _Errors(logging.Handler):
    """Keeps the last thing nbgrader complained of."""

    def __init__(self, log: logging.Logger) -> None:
        super().__init__(logging.ERROR)
        self.last = "no reason given"
        log.addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Remember the last line of a traceback."""
        message = record.getMessage()
        if message.startswith("Traceback"):
            self.last = message.strip().splitlines()[-1].rstrip(".")
