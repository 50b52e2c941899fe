"""Let nbgrader grade every student who has a folder, whatever is in it."""

from pathlib import Path
from typing import Any

from nbgrader.converters import Autograde, GenerateFeedback
from nbgrader.converters.base import BaseConverter, NbGraderException


def grade_every_folder() -> None:
    """Make ``nbgrader autograde`` find also folders without a notebook: with a script alone, say.

    It would pass over them, over those that it may not enter, and over students whose names it
    takes for a pattern (``a[1]``; so would generate_feedback), as if nobody had handed in.
    """
    for converter in (Autograde, GenerateFeedback):
        converter.init_notebooks = _with_every_folder


def _with_every_folder(converter: Any) -> None:
    folders = _folders(converter)
    try:
        BaseConverter.init_notebooks(converter)
    except NbGraderException:
        if not folders:
            raise
    for folder, notebook in folders.items():
        if notebook not in converter.assignments.get(folder, ()):
            converter.assignments[folder] = [notebook]


def _folders(converter: Any) -> dict[str, str]:
    """Return the students' folders of the assignment, and the notebook that belongs into each."""
    course = converter.coursedir
    structure = course.directory_structure.format(
        nbgrader_step=converter._input_directory,
        student_id=course.student_id,
        assignment_id=course.assignment_id,
    )
    outer, _, inner = structure.rpartition("/")
    folders = [student / inner for student in Path(course.root).glob(outer)]
    notebooks = {folder: folder / f"{course.assignment_id}.ipynb" for folder in folders}
    if isinstance(converter, Autograde):
        return {str(f): str(n) for f, n in notebooks.items() if _is_there(f)}
    return {str(f): str(n) for f, n in notebooks.items() if n.is_file()}


def _is_there(folder: Path) -> bool:
    """Return whether a folder is there, or may be: its own folder cannot be entered."""
    try:
        folder.lstat()
    except PermissionError:
        return True
    except OSError:
        return False
    return True
