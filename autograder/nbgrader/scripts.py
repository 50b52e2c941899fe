"""Let nbgrader grade every student who has a folder, whatever is in it."""

from pathlib import Path
from typing import Any

from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException

_init_notebooks = Autograde.init_notebooks


def grade_every_folder() -> None:
    """Make ``nbgrader autograde`` find also folders without a notebook: with a script alone, say.

    It would pass over them, and over those that it may not enter, as if nobody had handed in.
    """
    Autograde.init_notebooks = _with_every_folder


def _with_every_folder(autograde: Any) -> None:
    folders = _folders(autograde.coursedir)
    try:
        _init_notebooks(autograde)
    except NbGraderException:
        if not folders:
            raise
    for folder, notebook in folders.items():
        if notebook not in autograde.assignments.get(folder, ()):
            autograde.assignments[folder] = [notebook]


def _folders(course: Any) -> dict[str, str]:
    """Return the students' folders of the assignment, and the notebook that belongs into each."""
    assignment = course.assignment_id
    structure = course.directory_structure.format(
        nbgrader_step=course.submitted_directory,
        student_id=course.student_id,
        assignment_id=assignment,
    )
    outer, _, inner = structure.rpartition("/")
    folders = [student / inner for student in Path(course.root).glob(outer)]
    return {str(f): str(f / f"{assignment}.ipynb") for f in folders if _is_there(f)}


def _is_there(folder: Path) -> bool:
    """Return whether a folder is there, or may be: its own folder cannot be entered."""
    try:
        folder.lstat()
    except PermissionError:
        return True
    except OSError:
        return False
    return True
