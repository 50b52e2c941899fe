"""The settings that make nbgrader grade with this package."""

import os
import shutil
import sys
import warnings
from pathlib import Path
from typing import Any

from nbgrader.converters import Autograde
from nbgrader.preprocessors import CheckCellMetadata, Execute
from sqlalchemy.exc import SAWarning

from autograder.course import Course
from autograder.nbgrader.beside import copy_within_limits
from autograder.nbgrader.exchange import exchange_one_by_one
from autograder.nbgrader.grade import grade_ahead
from autograder.nbgrader.pages import limit_pages
from autograder.nbgrader.scripts import grade_every_folder
from autograder.nbgrader.unfinished import take_up_unfinished
from autograder.nbgrader.unpacking import collect_downloads

PACKAGE = "autograder.nbgrader"


def configure(config: Any, root: Path, course_id: str = "") -> None:
    """Set nbgrader up for the course in a folder; called by its nbgrader_config.py.

    `zip_collect` takes what Moodle, Canvas and Blackboard export, and files that are named
    ``<student>_<assignment>`` or lie in a folder or archive so named; see `autograder.collect`.
    A name with markup in it is nobody's, and so is one that begins with a dot.
    """
    names = Course(root).names()
    config.CourseDirectory.root = str(root.resolve())
    config.CourseDirectory.course_id = course_id
    config.CourseDirectory.source_directory = "source"
    config.CourseDirectory.release_directory = "assignments"
    config.GenerateAssignment.force = True  # the handout is there already: it was built
    config.Autograde.exporter_class = f"{PACKAGE}.exporter.SubmissionExporter"
    # What nbgrader knows of a cell is the handout's, which the exporter checks once.
    config.Autograde.sanitize_preprocessors = [
        step for step in Autograde.sanitize_preprocessors.default() if step is not CheckCellMetadata
    ]
    config.Autograde.autograde_preprocessors = [
        f"{PACKAGE}.grade.Grade" if step is Execute else step
        for step in Autograde.autograde_preprocessors.default()
        if step is not CheckCellMetadata
    ]
    config.Autograde.exclude_overwriting = {name: [f"{name}.py"] for name in names}
    filters = ("highlight_code", "markdown2html")
    config.HTMLExporter.filters = {name: f"{PACKAGE}.pages.{name}" for name in filters}
    collect_downloads()
    exchange_one_by_one()
    grade_every_folder()
    grade_ahead()
    copy_within_limits()
    take_up_unfinished()
    limit_pages()
    warnings.filterwarnings("ignore", "Object of type <Submitted", SAWarning)  # 3 a student
    _find_alembic()


def _find_alembic() -> None:
    """Let nbgrader find the alembic program beside this Python, in a venv that is not active."""
    if shutil.which("alembic") is None:
        programs = str(Path(sys.executable).parent)
        os.environ["PATH"] = os.pathsep.join([programs, os.environ.get("PATH", "")])
