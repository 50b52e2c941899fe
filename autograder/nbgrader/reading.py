"""Submitted files as notebooks, whatever state they are in."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_notebook

from autograder.intake import UnreadableError, in_time, parse
from autograder.nbgrader.repair import repair
from autograder.submission import Submission, choose, from_notebook, in_folder

_IMAGES = ("image/png", "image/jpeg", "image/gif")
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")


@dataclass(frozen=True)
class Folder:
    """What a student handed in, as the executor takes it; it is graded as repaired."""

    student: str
    folder: Path
    handout: Path

    @property
    def name(self) -> str:
        """What it should be called."""
        return self.handout.name

    def read(self, items: Sequence[str]) -> Submission:
        """Read it as nbgrader will; raises what `submission.read` does."""
        del items  # nbgrader goes by the handout's, the question among them
        cells, path = repaired_cells(self.folder, self.handout)
        return from_notebook(new_notebook(cells=cells), Path(path.name))


def repaired_cells(folder: Path, handout: Path) -> tuple[list[Any], Path]:
    """Return the cells that a student handed in, repaired, and the file they were read from.

    Raises what `submission.read` does.
    """
    released = read_handout(handout)
    known = (cell.metadata.get("nbgrader", {}) for cell in released.cells)
    items = [nbgrader["grade_id"] for nbgrader in known if nbgrader.get("solution")]
    notebook, path = submitted_notebook(folder, handout.stem, items)
    return repair(plain_cells(notebook), released.cells), path


def read_handout(path: Path) -> Any:
    """Return a handout's notebook, not to be changed: it is read once for all students."""
    return _read_handout(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=1)
def _read_handout(path: Path, _changed: int) -> Any:
    return nbformat.read(path, as_version=4)


def submitted_notebook(folder: Path, assignment: str, items: Collection[str]) -> tuple[Any, Path]:
    """Return what a student handed in as a notebook, and the file it was read from.

    Where there is both a notebook and a script, the one with more of the items written counts.
    Raises what `submission.read` does.
    """
    candidates = in_folder(folder, assignment)
    if not candidates:
        raise UnreadableError(f"There is neither {assignment}.ipynb nor {assignment}.py.")
    path = choose(candidates, items)
    with in_time(path.name):
        notebook = parse(path)
        from_notebook(notebook, path)  # as the grading step will, without a limit of its own
    return notebook, path


def plain_cells(notebook: Any) -> list[Any]:
    """Return new cells that keep only text, tags, images and the grade_id each one claims.

    Raw cells become Markdown: nbgrader's pages would show them as HTML.
    """
    return [_plain(cell, f"cell-{number}") for number, cell in enumerate(notebook.cells, start=1)]


def _plain(cell: Any, identity: str) -> Any:
    metadata = cell.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    kept: dict[str, Any] = {}
    tags = metadata.get("tags")
    if isinstance(tags, list):
        kept["tags"] = list(dict.fromkeys(_text(tag) for tag in tags if isinstance(tag, str)))
    grade_id = _claimed(metadata)
    if grade_id:
        kept["grade_id"] = grade_id
    source = _text(cell["source"])
    # Not nbformat's `new_code_cell`: it validates each cell, and nbgrader then all of them.
    plain = {"id": identity, "metadata": kept, "source": source}
    if cell.get("cell_type") == "code":
        code: dict[str, Any] = {"execution_count": None, "outputs": []}
        return nbformat.from_dict({**plain, "cell_type": "code", **code})
    images = _images(cell.get("attachments"))
    extra = {"attachments": images} if images else {}
    return nbformat.from_dict({**plain, "cell_type": "markdown", **extra})


def _claimed(metadata: dict[str, Any]) -> str | None:
    """Return the grade_id in nbgrader's metadata, or in that of a script's cell."""
    nbgrader = metadata.get("nbgrader")
    claimed = (nbgrader if isinstance(nbgrader, dict) else metadata).get("grade_id")
    return claimed if isinstance(claimed, str) else None


def _images(attachments: Any) -> dict[str, dict[str, str]]:
    if not isinstance(attachments, dict):
        return {}
    images: dict[str, dict[str, str]] = {}
    for name, bundle in attachments.items():
        data = bundle if isinstance(bundle, dict) else {}
        for kind in _IMAGES:
            if isinstance(data.get(kind), str) and _BASE64.fullmatch(data[kind]):
                images[_text(name)] = {kind: data[kind]}
    return images


def _text(text: str) -> str:
    """Replace what UTF-8 cannot hold (half of a surrogate pair)."""
    return text.encode("utf-8", "replace").decode("utf-8")
