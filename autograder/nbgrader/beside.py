"""What lies beside a notebook: copied within limits, and without following links."""

import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from fnmatch import fnmatch
from itertools import islice
from pathlib import Path
from typing import Any

from nbgrader.converters import Autograde, GenerateFeedback
from nbgrader.converters.base import BaseConverter
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import parse_utc

from autograder.nbgrader.own import is_own

MOST_FILES = 1000
MOST_LEVELS = 10  # of folders; deep trees exhaust the stack of what walks and removes them
MOST_TIMESTAMP_BYTES = 1000

_init_assignment = BaseConverter.init_assignment
_get_existing_timestamp = CourseDirectory.get_existing_timestamp


def copy_within_limits() -> None:
    """Have autograding and feedback copy only plain files, and few, from beside a notebook.

    nbgrader would follow links, to tests and reference even, copy a file of a terabyte, and fail
    at a pipe.
    """
    BaseConverter.init_assignment = _copied_within_limits


def guard_timestamps() -> None:
    """Let no timestamp.txt end a command or a page: a pipe, say, or what says no time."""
    CourseDirectory.get_existing_timestamp = _timestamp


def copy_files(source: Path, target: Path, course: Any, log: Any, *ignored: str) -> None:
    """Copy plain files, those nearest first, up to nbgrader's limit for one file in all.

    Raises OSError when a file cannot be read or written.
    """
    left = 1000 * course.max_file_size
    for entry in islice(_files(source, (*course.ignore, *ignored)), MOST_FILES):
        size = entry.stat(follow_symlinks=False).st_size
        if size > left:
            log.warning("Not copied, because it is too large: %s", entry.path)
            continue
        left -= size
        copy = target / Path(entry.path).relative_to(source)
        log.info("Copying %s -> %s", entry.path, copy)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.unlink(missing_ok=True)
        shutil.copyfile(entry.path, copy, follow_symlinks=False)


def _files(folder: Path, ignored: tuple[str, ...]) -> "Iterator[os.DirEntry[str]]":
    level = [os.fspath(folder)]
    for _ in range(MOST_LEVELS):
        below: list[str] = []
        for place in level:
            for entry in _entries(place):
                if any(fnmatch(entry.name, pattern) for pattern in ignored):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    below.append(entry.path)
                elif entry.is_file(follow_symlinks=False):
                    yield entry
        level = below[:MOST_FILES]


def _entries(folder: str) -> "list[os.DirEntry[str]]":
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return []


def _copied_within_limits(converter: Any, assignment: str, student: str) -> None:
    if not isinstance(converter, Autograde | GenerateFeedback):  # the author's files are trusted
        _init_assignment(converter, assignment, student)
        return
    source = Path(converter._format_source(assignment, student))
    target = Path(converter._format_dest(assignment, student))
    try:
        copy_files(source, target, converter.coursedir, converter.log, "*.ipynb")
    except PermissionError as error:
        converter.log.warning("Not copied with what comes after it: %s", error)


def _timestamp(course: Any, folder: str) -> datetime | None:
    """Return the time in a folder's timestamp.txt; None when it is not there or says none."""
    path = Path(folder, "timestamp.txt")
    if not is_own(course.root, *path.parts):
        return _get_existing_timestamp(course, folder)  # type: ignore[no-any-return]
    try:
        if not path.is_file() or path.is_symlink() or path.stat().st_size > MOST_TIMESTAMP_BYTES:
            return None
        stamp: datetime | None = parse_utc(path.read_text().strip() or None)
    except Exception:  # the parser of dates declares no common base for what it raises
        course.log.warning("Not a time, so ignored: %s", path)
        return None
    return stamp
