"""Have nbgrader take up again what it was killed in, and leave what another run is at."""

import fcntl
import os
from pathlib import Path
from typing import Any

from nbgrader.converters import Autograde, GenerateFeedback
from nbgrader.converters.base import BaseConverter
from nbgrader.utils import rmtree

_held: dict[Path, int] = {}
"""The notes of this process, open and locked: the kernel unlocks those of one that is killed."""


def take_up_unfinished() -> None:
    """Make autograding and feedback keep a note of what they have begun, until it is finished.

    They skip every student whose folder is there, also when a killed run left it half-made.
    """
    for converter in (Autograde, GenerateFeedback):
        converter.init_destination = _init_destination
        converter.set_permissions = _set_permissions


def is_due(converter: Any, assignment: str, student: str) -> bool:
    """Return whether a student will be done, as far as can be told without beginning it."""
    course = converter.coursedir
    if student in course.student_id_exclude.split(","):
        return False
    folder, note = _places(converter, assignment, student)
    if converter.force or note.exists() or not folder.exists():
        return True
    source = converter._format_source(assignment, student)
    new, old = (course.get_existing_timestamp(str(place)) for place in (source, folder))
    return new is not None and old is not None and new > old


def _init_destination(converter: Any, assignment: str, student: str) -> bool:
    folder, note = _places(converter, assignment, student)
    _release(note)  # of a failure earlier in this process
    unfinished = note.exists()
    if not _hold(note):
        converter.log.warning("Another run is at it, so left to that: %s", folder)
        return False
    if unfinished and folder.exists():
        converter.log.warning("Done again, as new work came or it was not finished: %s", folder)
        rmtree(str(folder))
    wanted: bool = BaseConverter.init_destination(converter, assignment, student)
    if not wanted:
        _finish(note)
    return wanted


def _set_permissions(converter: Any, assignment: str, student: str) -> None:
    """Do what nbgrader does last."""
    BaseConverter.set_permissions(converter, assignment, student)
    _finish(_places(converter, assignment, student)[1])


def _places(converter: Any, assignment: str, student: str) -> tuple[Path, Path]:
    folder = Path(converter._format_dest(assignment, student))
    return folder, folder.with_name(f".{assignment}.unfinished")


def _hold(note: Path) -> bool:
    """Make a note and lock it; return whether that was possible."""
    note.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(note, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        same = note.exists() and os.path.samestat(os.fstat(descriptor), note.stat())
    except BlockingIOError:
        same = False
    if same:
        _held[note] = descriptor
    else:  # held by another run, or finished by it just now
        os.close(descriptor)
    return same


def _finish(note: Path) -> None:
    note.unlink(missing_ok=True)
    _release(note)


def _release(note: Path) -> None:
    if note in _held:
        os.close(_held.pop(note))
