"""Take from nbgrader's exchange, and release to it, so that nobody stops the others."""

import glob
import os
import tempfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from nbgrader.exchange.default import collect
from nbgrader.exchange.default.collect import ExchangeCollect
from nbgrader.exchange.default.release_assignment import ExchangeReleaseAssignment
from nbgrader.exchange.default.release_feedback import ExchangeReleaseFeedback
from nbgrader.utils import parse_utc
from traitlets.log import get_logger

from autograder.nbgrader.beside import copy_files
from autograder.nbgrader.unpacking import is_student

NEEDED = ("timestamp.txt", "submission_secret.txt")
"""What the exchange puts beside a submission; a release without the first ends the command."""

_do_copy = ExchangeCollect.do_copy
_ensure_root = ExchangeReleaseAssignment.ensure_root
_release_files = ExchangeReleaseFeedback.copy_files


def exchange_one_by_one() -> None:
    """Make ``nbgrader collect`` and ``release_feedback`` pass over what they cannot handle.

    Students write the folder that is collected from, and may put there what they like. Nor is that
    folder made by a release.
    """
    ExchangeReleaseAssignment.ensure_root = _require_root
    collect.glob = SimpleNamespace(glob=_submissions)
    ExchangeCollect.do_copy = _collect_files
    ExchangeReleaseFeedback.copy_files = _release_exchanged


def _require_root(release: Any) -> None:
    """Stop where nbgrader would make a folder for all to write to, outside of the course."""
    if not Path(release.root).is_dir():
        release.fail(
            f"There is no exchange at {release.root}: make that folder, or set c.Exchange.root to "
            "the one you have."
        )
    _ensure_root(release)


def _submissions(pattern: str) -> list[str]:
    found = glob.glob(pattern)  # noqa: PTH207 - nbgrader wants text
    kept = [path for path in found if _is_submission(Path(path))]
    for path in sorted({*found} - {*kept}):
        get_logger().warning("Not collected, because it is no submission: %r", path)
    return kept


def _is_submission(path: Path) -> bool:
    """Return whether it is a folder, named as nbgrader does: ``student+assignment+time+random``."""
    student, *rest = path.name.rsplit("+", 3)
    try:
        parse_utc(rest[1])
    except Exception:  # the parser of dates declares no common base for what it raises
        return False
    return is_student(student) and path.is_dir() and not path.is_symlink()


def _collect_files(exchange: Any, src: str, dest: str, log: Any = None) -> None:
    """Copy a submission, not what its links lead to: who collects may read more than its author."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch, "submission")
        copy.mkdir()
        try:
            os.scandir(src).close()
            copy_files(Path(src), copy, exchange.coursedir, exchange.log)
        except PermissionError as error:
            exchange.log.warning("Not collected: %s", error)
            return
        _do_copy(exchange, str(copy), dest, log)


def _release_exchanged(release: Any) -> None:
    folders = [Path(folder) for folder in sorted(glob.glob(release.src_path))]  # noqa: PTH207
    others = [folder.parent.name for folder in folders if not _was_exchanged(folder)]
    if others:
        release.log.warning(
            "Not released, because it was not handed in through the exchange, is the feedback "
            "for: %s.",
            ", ".join(others),
        )
    for folder in filter(_was_exchanged, folders):
        release.src_path = glob.escape(str(folder))
        _release_files(release)


def _was_exchanged(folder: Path) -> bool:
    try:
        return all((folder / name).read_text() for name in NEEDED)
    except (OSError, ValueError):
        return False
