"""Let nbgrader grade every student who has a folder, whatever is in it."""

import glob
import logging
from pathlib import Path
from typing import Any

from nbgrader.converters import Autograde, GenerateFeedback
from nbgrader.converters.base import BaseConverter

_init_assignment = Autograde.init_assignment


def grade_every_folder() -> None:
    """Make ``nbgrader autograde`` find also folders without a notebook: with a script alone, say.

    It would pass over them, over those that it may not enter, and over students whose names it
    takes for a pattern (``a[1]``; so would generate_feedback), as if nobody had handed in.
    """
    for converter in (Autograde, GenerateFeedback):
        converter.init_notebooks = _with_every_folder
    Autograde.init_assignment = _without_alarm


def _without_alarm(converter: Any, assignment: str, student: str) -> None:
    """Do not warn that there is no notebook: a script may be, and if not, more is said later."""

    def is_wanted(record: logging.LogRecord) -> bool:
        return not str(record.msg).startswith("No submitted file")

    converter.log.addFilter(is_wanted)
    try:
        _init_assignment(converter, assignment, student)
    finally:
        converter.log.removeFilter(is_wanted)


def _with_every_folder(converter: Any) -> None:
    folders = _folders(converter)
    if not folders:
        BaseConverter.init_notebooks(converter)  # which says so, and ends
    converter.assignments, converter.notebooks = {}, []
    name = f"{converter.coursedir.notebook_id}.ipynb"
    for folder, notebook in sorted(folders.items()):
        # Not Path.glob, which raises where it may not enter.
        found = sorted(glob.glob(f"{glob.escape(folder)}/{name}"))  # noqa: PTH207
        converter.assignments[folder] = found if notebook in found else [notebook]


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
