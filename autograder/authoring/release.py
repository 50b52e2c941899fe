"""nbgrader's own steps, run in this process and without its database."""

import logging
from typing import Any

from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import ClearSolutions
from traitlets.config import Config

from autograder.authoring.markers import BuildError
from autograder.course import Course


def clear_solutions(notebook: Any) -> Any:
    """Return the notebook with nbgrader's stubs in place of the solution regions."""
    cleared, _ = ClearSolutions(enforce_metadata=False).preprocess(notebook, {})
    return cleared


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
