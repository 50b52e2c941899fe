"""Which student a collected file is from, and archives that cost only their own student."""

import re
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbgrader import utils
from nbgrader.apps.zipcollectapp import ZipCollectApp
from nbgrader.plugins import FileNameCollectorPlugin, zipcollect
from traitlets.log import get_logger

from autograder.naming import student_name

STUDENT = r"""(?!\.)[^/_<>&"`\\\x00-\x1f\x7f]+"""
"""No name that leads elsewhere or is hidden, and none with markup in it: nbgrader's pages would
not show that but run it."""

MOST_BYTES = 2**30  # of what one archive of a student's holds, unpacked
MOST_LEVELS = 20  # of folders in one

PATTERN_SIGNS = re.compile(r"[*?\[\]]")
"""nbgrader looks for a student's folder with a pattern, and would not find one so named."""

_unzip = utils.unzip
_collect_files = ZipCollectApp._collect_files
_transfer_files = ZipCollectApp._transfer_files


def collect_one_by_one() -> None:
    """Make ``nbgrader zip_collect`` pass over what it cannot unpack, and go on after a failure."""
    utils.unzip = zipcollect.unzip = _unpack
    ZipCollectApp._collect_files = _collect_one_of_each
    ZipCollectApp._transfer_files = _transfer_each


def is_student(name: str) -> bool:
    """Return whether a name can be a student's; "_" may be in it here."""
    return re.fullmatch(STUDENT, name.replace("_", "-")) is not None


def collected_names(assignments: list[str]) -> str:
    """Return the pattern for the path of a collected file; see `config.configure`."""
    names = "|".join(map(re.escape, assignments)) or "[^/]+"
    return (
        rf".*/extracted/(?:[^/_]+/)*?(?!(?:{names})/|test_)(?P<student_id>{STUDENT})(?:_[^/]*)?"
        rf"(?:/(?:{names}))*[_/](?P<file_id>{names})(?:[ -]*\(?\d+\)?)?\.(?:ipynb|py)$"
    )


class Collector(FileNameCollectorPlugin):  # type: ignore[misc]
    """Names students so that every name can be stored, shown and found again."""

    def collect(self, submitted_file: str) -> dict[str, str] | None:
        """Return whose file it is, and which; None when it is nobody's."""
        found: dict[str, str] | None = super().collect(submitted_file)
        if found:
            name = student_name(found["student_id"])
            found["student_id"] = PATTERN_SIGNS.sub(lambda sign: f"%{ord(sign[0]):02X}", name)
        return found


def _unpack(src: str, dest: str, *args: Any, **options: Any) -> None:
    """Unpack an archive, and what archives are in it; those that cannot be are only named."""
    of_student = "_" in Path(src).name or not options.get("tree")
    try:
        if of_student:
            _require_modest(Path(src))
        _unzip(src, dest, *args, **options)
    except Exception as error:  # what unpacks declares no common base for what it raises
        get_logger().error("Not (wholly) unpacked: %r: %s: %s", src, type(error).__name__, error)


def _require_modest(path: Path) -> None:
    """Raise ValueError when an archive holds more than a student's work can."""
    left = MOST_BYTES
    for name, size in _contents(path):
        left -= size
        if left < 0:
            raise ValueError(f"it holds more than {MOST_BYTES // 2**20} MiB")
        if len(Path(name).parts) > MOST_LEVELS:
            raise ValueError(f"it holds more than {MOST_LEVELS} levels of folders")
    if len(path.parts) > 4 * MOST_LEVELS:
        raise ValueError("archives in archives lie too deep")


def _contents(path: Path) -> Iterator[tuple[str, int]]:
    """Yield the names and sizes of what is in an archive, without unpacking it."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            yield from ((info.filename, info.file_size) for info in archive.infolist())
    else:
        with tarfile.open(path) as tar:
            yield from ((member.name, member.size) for member in tar)


def _collect_one_of_each(app: Any, paths: list[str]) -> Any:
    """Of a student's copies of one file, take that with the highest number; nbgrader would end."""
    chosen: dict[tuple[str, ...], str] = {}
    for path in sorted(paths, key=_in_order):
        match = re.match(app.collector_plugin_inst.named_regexp, path)
        key = (match["student_id"], match["file_id"], Path(path).suffix) if match else (path,)
        if key in chosen:
            app.log.warning("Handed in twice, so only the later counts: %r", chosen[key])
        chosen[key] = path
    return _collect_files(app, sorted(chosen.values()))


def _in_order(path: str) -> list[tuple[int, str]]:
    """Return what sorts names by the numbers in them: 2 before 10, none before any."""
    parts = re.split(r"(\d+)", str(Path(path).with_suffix("")))
    return [(int(part) if part.isdigit() and len(part) < 20 else -1, part) for part in parts]


def _transfer_each(app: Any, collected: dict[str, Any]) -> None:
    failed = []
    for student, files in collected.items():
        try:
            _transfer_files(app, {student: files})
        except (OSError, SystemExit) as error:
            app.log.warning("Not collected: %r: %s", student, error)
            failed.append(student)
    if failed:
        app.fail(f"Not collected (see above): {', '.join(failed)}")
