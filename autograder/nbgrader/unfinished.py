"""Have nbgrader take up again what it was killed in."""

from pathlib import Path
from typing import Any

from nbgrader.converters import Autograde, GenerateFeedback
from nbgrader.converters.base import BaseConverter
from nbgrader.utils import rmtree


def take_up_unfinished() -> None:
    """Make autograding and feedback note what they have begun, until it is finished.

    They skip every student whose folder is there, also when a killed run left it half-made.
    """
    for converter in (Autograde, GenerateFeedback):
        converter.init_destination = _init_destination
        converter.set_permissions = _set_permissions


def _init_destination(converter: Any, assignment: str, student: str) -> bool:
    folder, note = _places(converter, assignment, student)
    if note.exists() and folder.exists():
        converter.log.warning("Was not finished, so done again: %s", folder)
        rmtree(str(folder))
    note.parent.mkdir(parents=True, exist_ok=True)
    note.touch()
    wanted: bool = BaseConverter.init_destination(converter, assignment, student)
    if not wanted:
        note.unlink()
    return wanted


def _set_permissions(converter: Any, assignment: str, student: str) -> None:
    """Do what nbgrader does last."""
    BaseConverter.set_permissions(converter, assignment, student)
    _places(converter, assignment, student)[1].unlink(missing_ok=True)


def _places(converter: Any, assignment: str, student: str) -> tuple[Path, Path]:
    folder = Path(converter._format_dest(assignment, student))
    return folder, folder.with_name(f".{assignment}.unfinished")
