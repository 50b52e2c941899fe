"""Let nbgrader grade a student who handed in a script and no notebook."""

from pathlib import Path
from typing import Any

from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException

from autograder.submission import in_folder

_init_notebooks = Autograde.init_notebooks


def grade_lone_scripts() -> None:
    """Make ``nbgrader autograde`` find folders without a notebook; it has no setting for that."""
    Autograde.init_notebooks = _with_lone_scripts


def _with_lone_scripts(autograde: Any) -> None:
    scripts = _lone_scripts(autograde.coursedir)
    try:
        _init_notebooks(autograde)
    except NbGraderException:
        if not scripts:
            raise
    autograde.assignments = {**autograde.assignments, **scripts}


def _lone_scripts(course: Any) -> dict[str, list[str]]:
    """Return the folders with the script alone, and the notebook that each could have had."""
    assignment = course.assignment_id
    folders = Path(course.root).glob(
        course.directory_structure.format(
            nbgrader_step=course.submitted_directory,
            student_id=course.student_id,
            assignment_id=assignment,
        )
    )
    return {
        str(folder): [str(folder / f"{assignment}.ipynb")]
        for folder in folders
        if [path.suffix for path in in_folder(folder, assignment)] == [".py"]
    }
