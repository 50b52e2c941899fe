"""How nbgrader reads what students hand in."""

import copy
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat.v4 import new_notebook

from autograder.grading import GraderFault
from autograder.intake import UnopenedError, UnreadableError
from autograder.nbgrader.reading import plain_cells, submitted_notebook

NOTE = "autograder"
"""The notebook metadata that tells the grading step which file was read, or why none could be."""


class SubmissionExporter(NotebookExporter):
    """Reads a submission in whatever state it is; what cannot be read becomes the handout.

    `resources` gets ``autograder``: the course folder and the handout's notebook.
    """

    def from_filename(
        self, filename: str, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Convert a submission, or a notebook that nbgrader made of one before."""
        resources = copy.deepcopy(resources or {})
        path = Path(filename)
        converter: Any = self.parent
        course = converter.coursedir
        folder = course.format_path(
            course.release_directory, ".", resources["nbgrader"]["assignment"]
        )
        handout = nbformat.read(Path(folder, path.name), as_version=4)
        resources[NOTE] = {"root": course.root, "handout": handout}
        if converter._sanitizing:
            notebook = self._submitted(path, handout)
        else:
            notebook = nbformat.read(path, as_version=4)
        convert: Any = self.from_notebook_node
        exported: tuple[Any, dict[str, Any]] = convert(notebook, resources, **kw)
        return exported

    def _submitted(self, path: Path, handout: Any) -> Any:
        try:
            notebook, read_from = submitted_notebook(path.parent, path.stem, _items(handout))
            note = {"file": read_from.name}
        except UnopenedError as error:
            raise GraderFault(str(error)) from None
        except UnreadableError as error:
            self.log.warning("Not readable, so without points: %s: %s", path, error)
            notebook, note = copy.deepcopy(handout), {"unreadable": str(error)}
        metadata = {**handout.metadata, NOTE: note}
        return new_notebook(cells=plain_cells(notebook), metadata=metadata)


def _items(handout: Any) -> list[str]:
    known = (cell.metadata.get("nbgrader", {}) for cell in handout.cells)
    return [nbgrader["grade_id"] for nbgrader in known if nbgrader.get("solution")]
