"""How nbgrader reads what students hand in."""

import copy
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat.v4 import new_notebook
from nbgrader.api import Gradebook
from nbgrader.nbgraderformat import MetadataValidator
from traitlets import Bool

from autograder.intake import UnopenedError, UnreadableError
from autograder.nbgrader.reading import plain_cells, read_handout, repaired_cells
from autograder.nbgrader.repair import repair
from autograder.result import GraderFault

NOTE = "autograder"
"""The notebook metadata that tells the grading step which file was read, or why none could be."""


class SubmissionExporter(NotebookExporter):
    """Reads a submission in whatever state it is, and brings back what students do to its cells.

    So none of nbgrader's own steps finds a broken cell. What cannot be read becomes the handout.
    """

    optimistic_validation = Bool(True).tag(config=True)  # once, and not after each of 11 steps
    _checked: Any = None

    def from_filename(
        self, filename: str, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Convert a submission, or a notebook that nbgrader made of one before."""
        resources = copy.deepcopy(resources or {})
        converter: Any = self.parent
        if converter._sanitizing:
            notebook = self._submitted(Path(filename), resources["nbgrader"])
        else:  # not `nbformat.read`: it was valid when it was written just now
            notebook = nbformat.reader.reads(Path(filename).read_text(encoding="utf-8"))
        convert: Any = self.from_notebook_node
        exported: tuple[Any, dict[str, Any]] = convert(notebook, resources, **kw)
        return exported

    def _submitted(self, path: Path, names: dict[str, str]) -> Any:
        converter: Any = self.parent
        place = handout_path(converter.coursedir, names["assignment"], names["notebook"])
        handout = read_handout(place)
        if handout is not self._checked:
            require_known(handout, **names)
            MetadataValidator().validate_nb(handout)
            self._checked = handout
        try:
            cells, read_from = repaired_cells(path.parent, place)
            note = {"file": read_from.name}
        except UnopenedError as error:
            raise GraderFault(str(error)) from None
        except UnreadableError as error:
            self.log.warning("Not readable, so without points: %s: %s", path, error)
            cells, note = repair(plain_cells(handout), handout.cells), {"unreadable": str(error)}
        return new_notebook(cells=cells, metadata={**handout.metadata, NOTE: note})


def handout_path(course: Any, assignment: str, notebook: str) -> Path:
    """Return where a notebook of an assignment is as students got it."""
    folder = course.format_path(course.release_directory, ".", assignment)
    return Path(folder, f"{notebook}.ipynb")


def require_known(handout: Any, *, assignment: str, notebook: str, db_url: str, **_: str) -> None:
    """Raise GraderFault when the gradebook has other cells than the handout."""
    cells = (cell.metadata.get("nbgrader", {}) for cell in handout.cells)
    released = {nbgrader["grade_id"] for nbgrader in cells if nbgrader.get("grade_id")}
    with Gradebook(db_url) as gradebook:
        known = {cell.name for cell in gradebook.find_notebook(notebook, assignment).source_cells}
    if known != released:
        raise GraderFault(
            f"The gradebook knows another version of {assignment}: "
            f"run 'nbgrader generate_assignment {assignment}'."
        )
