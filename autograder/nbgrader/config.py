"""The settings that make nbgrader grade the kit's assignments with this package."""

import functools
import os
import shutil
import sys
import warnings
from collections.abc import Callable
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from nbgrader.apps.zipcollectapp import ZipCollectApp
from nbgrader.converters import Autograde, GenerateAssignment, GenerateFeedback
from nbgrader.converters.base import BaseConverter, NbGraderException
from nbgrader.exchange.default import collect
from nbgrader.exchange.default.collect import ExchangeCollect
from nbgrader.exchange.default.exchange import Exchange
from nbgrader.exchange.default.release_assignment import ExchangeReleaseAssignment
from nbgrader.exchange.default.release_feedback import ExchangeReleaseFeedback
from nbgrader.preprocessors import (
    CheckCellMetadata,
    ClearSolutions,
    Execute,
    GetGrades,
    IncludeHeaderFooter,
    LockCells,
)
from sqlalchemy.exc import SAWarning
from traitlets.config import Config
from traitlets.utils.importstring import import_item

from autograder.course import Course
from autograder.language import speak
from autograder.nbgrader.beside import copy_within_limits, guard_timestamps
from autograder.nbgrader.exchange import exchange_one_by_one
from autograder.nbgrader.exporter import SubmissionExporter
from autograder.nbgrader.grade import Grade, grade_ahead
from autograder.nbgrader.own import for_now, is_own
from autograder.nbgrader.pages import FILTERS, TEMPLATES, Marks, limit_pages
from autograder.nbgrader.scripts import grade_every_folder
from autograder.nbgrader.unfinished import take_up_unfinished
from autograder.nbgrader.unpacking import collect_downloads
from autograder.stubs import for_solutions

CHANGED = (
    BaseConverter,
    Autograde,
    GenerateFeedback,
    Exchange,
    ExchangeCollect,
    ExchangeReleaseAssignment,
    ExchangeReleaseFeedback,
    collect,
    ZipCollectApp,
)
"""Classes and modules of nbgrader's that do the kit's assignments otherwise."""


def configure(config: Any, root: Path, course_id: str = "", release: str = "") -> None:
    """Set nbgrader up for the course in a folder; called by its nbgrader_config.py.

    Only assignments that are authored in its ``solutions/`` are done the kit's way; whatever else
    the course has is done as nbgrader always does. `release` names the folder of the handouts;
    without it, it is the course's own, and so is the id.

    `zip_collect` takes what Moodle, Canvas and Blackboard export, and files that are named
    ``<student>_<assignment>`` or lie in a folder or archive so named; see `autograder.collect`.
    A name with markup in it is nobody's, and so is one that begins with a dot.
    """
    config.CourseDirectory.setdefault("root", str(root.resolve()))
    if course_id:
        config.CourseDirectory.course_id = course_id
    if release:
        config.CourseDirectory.release_directory = release
    warnings.filterwarnings("ignore", "Object of type <Submitted", SAWarning)  # 3 a student
    _find_alembic()
    _take_over()


@functools.cache
def _take_over() -> None:
    """Have nbgrader do the kit's assignments otherwise, whichever way it is asked to."""
    _start_by(BaseConverter, _prepare)
    _start_by(Exchange, lambda _: None)
    _start_by(ZipCollectApp, lambda _: None, collect_downloads)
    guard_timestamps()
    limit_pages()


def _start_by(
    owner: Any, prepare: Callable[[Any], None], instead: Callable[[Any], Any] | None = None
) -> None:
    start = owner.start

    @functools.wraps(start)
    def start_own(self: Any) -> Any:
        root, assignment = self.coursedir.root, self.coursedir.assignment_id
        if not is_own(root, assignment):
            if isinstance(self, BaseConverter):
                _require_one_way(self, root, assignment)
            return start(self)
        prepare(self)
        with for_now(_change, CHANGED):
            return (instead or start)(self)

    owner.start = start_own


def _require_one_way(converter: Any, root: str, pattern: str) -> None:
    """Stop a converter that is given a pattern of names that takes in both kinds of assignments."""
    own = [name for name in Course(Path(root)).names() if fnmatchcase(name, pattern)]
    if own:
        message = f"'{pattern}' takes in {own[0]}, which is graded apart: name one assignment."
        converter.log.error(message)
        raise NbGraderException(message)


def _change() -> None:
    exchange_one_by_one()
    grade_every_folder()
    grade_ahead()
    copy_within_limits()
    take_up_unfinished()


def _prepare(converter: Any) -> None:
    speak(Course.find(Path(converter.coursedir.root)).language)
    match converter:
        case Autograde():
            name = converter.coursedir.assignment_id
            kept = converter.exclude_overwriting.get(name, [])
            kept_files = {**converter.exclude_overwriting, name: [f"{name}.py", *kept]}
            converter.exclude_overwriting = kept_files
            converter.exporter_class = SubmissionExporter
            converter.sanitize_preprocessors = _steps(converter.sanitize_preprocessors)
            converter.autograde_preprocessors = _steps(converter.autograde_preprocessors)
        case GenerateAssignment():  # as `autograder build` does, whatever the course's handouts get
            config = Config(converter.config)
            for step in (IncludeHeaderFooter, ClearSolutions, LockCells):
                config.pop(step.__name__, None)
            config.ClearSolutions.update(for_solutions())
            converter.config = config
            converter.force = True  # the handout is there already: it was built
        case GenerateFeedback():
            places = [str(TEMPLATES), *converter.config.HTMLExporter.extra_template_paths]
            ours = {"template_file": "feedback.html.j2", "extra_template_paths": places}
            if converter.config.HTMLExporter.template_name != "feedback":
                ours = {}  # the course has a page of its own
            converter.update_config(Config(HTMLExporter={"filters": FILTERS, **ours}))
            steps = converter.preprocessors
            converter.preprocessors = [Marks if step is GetGrades else step for step in steps]


def _steps(given: list[Any]) -> list[Any]:
    """Return nbgrader's steps with the grader's for its own.

    What nbgrader knows of a cell is the handout's, which the exporter checks once.
    """
    steps = [import_item(step) if isinstance(step, str) else step for step in given]
    return [
        Grade if isinstance(step, type) and issubclass(step, Execute) else step
        for step in steps
        if step is not CheckCellMetadata
    ]


def _find_alembic() -> None:
    """Let nbgrader find the alembic program beside this Python, in a venv that is not active."""
    if shutil.which("alembic") is None:
        programs = str(Path(sys.executable).parent)
        os.environ["PATH"] = os.pathsep.join([programs, os.environ.get("PATH", "")])
