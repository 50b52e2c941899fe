"""From what the author writes in ``solutions/`` to ``source/`` and ``assignments/``.

Authors keep to four rules. A code cell with a ``### BEGIN SOLUTION`` ... ``### END SOLUTION``
region defines one item, and a cell ``check("item")`` follows it. The items' points, written in the
tests' markers, add up to 100. A markdown cell with ``grade_id`` and ``points`` is a question marked
by hand, with its model answer between the same markers. In the tests, everything between
``### BEGIN HIDDEN TESTS`` and ``### END HIDDEN TESTS`` is taken out of the handout, so imports and
helpers that only hidden tests use belong inside such a region. Of ``mistakes.py`` the handout holds
the numbers that the public tests are answered with, and the hints.
"""

import filecmp
import functools
import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from autograder.authoring.authored import Authored, read
from autograder.authoring.handout import generate_assignment, source_notebook, stub_script
from autograder.authoring.mistakes import known_numbers
from autograder.authoring.script import BuildError
from autograder.course import Course, CourseError
from autograder.plugin import NUMBERS
from autograder.suite import TestsError, catalogue

__all__ = ["BuildError", "build", "drift", "orphans"]

_FOLDERS = ("source", "assignments")
_CACHES = {"__pycache__", ".pytest_cache", ".ipynb_checkpoints"}


def build(course: Course, names: Sequence[str] | None = None) -> list[Path]:
    """Write ``source/<name>`` and ``assignments/<name>``, and return the files there.

    Parameters
    ----------
    course : the course
    names : the assignments to build; default: all of them

    Raises BuildError, with nothing changed, when the author made a mistake.
    """
    with tempfile.TemporaryDirectory() as scratch:
        made = Path(scratch)
        folders = _make(course, names, made)
        return [path for folder in folders for path in _replace(made, course.root, folder)]


def drift(course: Course, names: Sequence[str] | None = None) -> list[str]:
    """Return the files of ``source/`` and ``assignments/`` that a build would change.

    Each is named from the course folder, with "/"; an empty list means all is up to date.
    """
    with tempfile.TemporaryDirectory() as scratch:
        made = Path(scratch)
        folders = _make(course, names, made)
        return [name for folder in folders for name in _differing(made, course.root, folder)]


def orphans(course: Course) -> list[str]:
    """Return the folders in ``source/`` and ``assignments/`` that no assignment is built into.

    An assignment that was renamed or taken out of ``solutions/`` leaves them; a build does not
    remove them, because they may be an instructor's own.
    """
    names = course.names()
    folders = (path for folder in _FOLDERS for path in sorted((course.root / folder).glob("*/")))
    return [
        path.relative_to(course.root).as_posix()
        for path in folders
        if path.name not in names and not path.name.startswith(".") and _files(path)
    ]


def _make(course: Course, names: Sequence[str] | None, target: Path) -> list[str]:
    """Build into another folder; return the folders that were made, named from there."""
    names = course.names() if names is None else list(names)
    for name in names:
        authored = read(course, name, functools.partial(_points, course, name))
        _make_one(authored, known_numbers(course, name), target)
    return [f"{folder}/{name}" for folder in _FOLDERS for name in names]


def _points(course: Course, name: str) -> dict[str, float]:
    try:
        return {item.item: item.max_score for item in catalogue(course, name)}
    except CourseError as error:
        raise BuildError(str(error)) from None
    except TestsError as error:
        raise BuildError(f"solutions/{name}: {error}") from None


def _make_one(authored: Authored, numbers: str, target: Path) -> None:
    name = authored.name
    source = target / "source" / name
    source.mkdir(parents=True)
    _write(source / f"{name}.ipynb", source_notebook(authored.cells))
    _write(source / f"{name}.py", stub_script(authored.cells))
    _write(source / f"test_{name}.py", authored.public_tests)
    _write(source / "README.md", authored.readme)
    if numbers:
        _write(source / NUMBERS.format(name), numbers)
    generate_assignment(target, name)
    _guard(authored.secrets, [*_files(target / "assignments" / name), source / f"{name}.py"])


def _guard(secrets: Mapping[str, str], handout: Sequence[Path]) -> None:
    """Refuse to hand out what the author keeps: markers, solutions and hidden tests."""
    markers = {f"{edge} {what}": "" for edge in ("BEGIN", "END") for what in ("SOLUTION", "HIDDEN")}
    for path in handout:
        text = path.read_text(encoding="utf-8")
        for secret, place in (markers | dict(secrets)).items():
            written = json.dumps(secret, ensure_ascii=False)[1:-1]
            if (written if path.suffix == ".ipynb" else secret) in text:
                raise BuildError(
                    f"{place or path.name}: '{secret}' would stand in the handout's {path.name}; "
                    "write it differently there or take it out."
                )


def _replace(made: Path, root: Path, folder: str) -> list[Path]:
    """Put a folder in the place of the old one, touching only the files that differ."""
    for name in _differing(made, root, folder, caches=True):
        new, old = made / name, root / name
        if new.exists():
            old.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(new, old)
        else:
            old.unlink()
    for path in sorted((root / folder).rglob("*/"), reverse=True):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    return _files(root / folder)


def _differing(made: Path, root: Path, folder: str, *, caches: bool = False) -> list[str]:
    paths = {p.relative_to(top) for top in (made, root) for p in _files(top / folder)}
    if not caches:
        paths = {path for path in paths if not _CACHES.intersection(path.parts)}
    return [path.as_posix() for path in sorted(paths) if not _equal_files(made / path, root / path)]


def _equal_files(one: Path, other: Path) -> bool:
    return one.is_file() and other.is_file() and filecmp.cmp(one, other, shallow=False)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if not path.is_dir())


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
