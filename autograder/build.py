"""From what the author writes in ``solutions/`` to ``source/`` and ``assignments/``.

Authors keep to four rules. A code cell with a ``### BEGIN SOLUTION`` ... ``### END SOLUTION``
region defines one item, and a cell ``check("item")`` follows it; its points are written in the
tests' markers. A cell ``check()`` sums up what is right. A markdown cell with ``grade_id`` and
``points`` is a question marked by hand, with its model answer between the same markers. In the
tests, everything between ``### BEGIN HIDDEN TESTS`` and ``### END HIDDEN TESTS`` is taken out of
the handout, so imports and helpers that only hidden tests use belong inside such a region. Of
``mistakes.py`` the handout holds the numbers that the public tests are answered with, and the
hints; of ``pictures/`` what the text shows. Lines about points are filled in from the tests (see
`authoring.authored`).

``source/.autograder.json`` says what was built, and from which text: what is not listed there is
somebody else's, and is left alone.
"""

import filecmp
import functools
import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from autograder.authoring.authored import Authored, read
from autograder.authoring.handout import generate_assignment, source_notebook, stub_script
from autograder.authoring.proof import known_numbers
from autograder.authoring.script import BuildError
from autograder.course import CACHES, Course, CourseError
from autograder.language import ENGLISH, speak
from autograder.plugin import NUMBERS
from autograder.result import ItemResult
from autograder.suite import TestsError, catalogue

__all__ = ["BuildError", "build", "drift", "orphans"]

_BUILT = ".autograder.json"


def build(
    course: Course,
    names: Sequence[str] | None = None,
    proof: Callable[[Authored], None] | None = None,
) -> list[Path]:
    """Write ``source/<name>`` and ``assignments/<name>``, and return the files there.

    Parameters
    ----------
    course : the course
    names : the assignments to build; default: all of them
    proof : what new or changed assignments have to pass (see `authoring.proof`)

    Raises BuildError, with nothing changed, when the author made a mistake.
    """
    with tempfile.TemporaryDirectory() as scratch:
        made = replace(course, root=Path(scratch))
        folders = _make(course, names, made, proof)
        _require_own(course, made, folders)
        built = [path for folder in folders for path in _replace(made.root, course.root, folder)]
        shutil.copyfile(made.source / _BUILT, course.source / _BUILT)
        return built


def drift(course: Course, names: Sequence[str] | None = None) -> list[str]:
    """Return the files of ``source/`` and ``assignments/`` that a build would change.

    Each is named from the course folder, with "/"; an empty list means all is up to date.
    """
    with tempfile.TemporaryDirectory() as scratch:
        made = replace(course, root=Path(scratch))
        folders = _make(course, names, made)
        differing = [n for folder in folders for n in _differing(made.root, course.root, folder)]
        same = _equal_files(made.source / _BUILT, course.source / _BUILT)
        return differing if same else [*differing, f"{course.source.name}/{_BUILT}"]


def orphans(course: Course) -> list[str]:
    """Return what was built into ``source/`` and ``assignments/`` for an assignment that is gone.

    One that was renamed or taken out of ``solutions/`` leaves its folders; a build does not
    remove them, because there may be an instructor's own work in them.
    """
    return [
        path.relative_to(course.root).as_posix()
        for path in _folders(course, _built(course).keys() - {*course.names()})
        if _files(path)
    ]


def _folders(course: Course, names: Iterable[str]) -> list[Path]:
    return [top / name for top in (course.source, course.assignments) for name in sorted(names)]


def _make(
    course: Course,
    names: Sequence[str] | None,
    made: Course,
    proof: Callable[[Authored], None] | None = None,
) -> list[str]:
    """Build into another folder; return the folders that were made, named from there."""
    speak(course.language)
    for name in course.due.keys() - {*course.names()}:
        raise BuildError(f"pyproject.toml: 'due' names '{name}', which is no assignment here.")
    names = course.names() if names is None else list(names)
    before = _built(course)
    now = {name: _fingerprint(course, name) for name in names}
    for name in names:
        authored = read(course, name, functools.partial(_items, course, name))
        if proof and before.get(name) != now[name]:
            proof(authored)
        _make_one(authored, known_numbers(course, name), made)
    left = {name: one for name, one in before.items() if any(map(_files, _folders(course, [name])))}
    made.source.mkdir(exist_ok=True)
    _write(made.source / _BUILT, json.dumps(left | now, indent=1, sort_keys=True) + "\n")
    return [path.relative_to(made.root).as_posix() for path in _folders(made, names)]


def _built(course: Course) -> dict[str, str]:
    """Return what was built before, and the fingerprints of what that was built from."""
    try:
        return dict(json.loads((course.source / _BUILT).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def _fingerprint(course: Course, name: str) -> str:
    """Return a fingerprint of all that an author wrote for an assignment, the settings included."""
    digest = hashlib.sha256(repr((course.seed, course.limits, course.language)).encode())
    folder = course.solutions / name
    for path in _files(folder):
        if not set(CACHES).intersection(path.parts):
            digest.update(b"\0%b\0" % path.relative_to(folder).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _require_own(course: Course, made: Course, folders: Sequence[str]) -> None:
    """Refuse to write over what somebody else put there."""
    known = _built(course)
    for folder in folders:
        there = course.root / folder
        if there.name not in known and _files(there) and _differing(made.root, course.root, folder):
            raise BuildError(
                f"{folder} is there already and was not built from solutions/{there.name}: "
                "move it away, or give one of the two another name."
            )


def _items(course: Course, name: str) -> list[ItemResult]:
    try:
        return catalogue(course, name)
    except CourseError as error:
        raise BuildError(str(error)) from None
    except TestsError as error:
        raise BuildError(f"solutions/{name}: {error}") from None


def _make_one(authored: Authored, numbers: str, made: Course) -> None:
    name = authored.name
    source = made.source / name
    source.mkdir(parents=True)
    _write(source / f"{name}.ipynb", source_notebook(authored.cells, made.install))
    _write(source / f"{name}.py", stub_script(authored.cells))
    _write(source / f"test_{name}.py", authored.public_tests + _told_by(authored, made))
    _write(source / "README.md", authored.readme)
    for picture, content in authored.pictures.items():
        (source / picture).parent.mkdir(exist_ok=True)
        (source / picture).write_bytes(content)
    if numbers:
        _write(source / NUMBERS.format(name), numbers)
    generate_assignment(made, name)
    _guard(authored.secrets, [*_files(made.assignments / name), source / f"{name}.py"])


def _told_by(authored: Authored, course: Course) -> str:
    """Return the lines that tell self-checks in which language to speak, and what else to say."""
    told = {
        "LANGUAGE": course.language if course.language != ENGLISH else "",
        "BY_HAND": dict(authored.by_hand),
        "DUE": course.due.get(authored.name, ""),
    }
    lines = [f"{name} = {json.dumps(value)}\n" for name, value in told.items() if value]
    return "\n\n" + "".join(lines) if lines else ""


def _guard(secrets: Mapping[str, str], handout: Sequence[Path]) -> None:
    """Refuse to hand out what the author keeps: markers, solutions and hidden tests."""
    markers = {f"{edge} {what}": "" for edge in ("BEGIN", "END") for what in ("SOLUTION", "HIDDEN")}
    for path in handout:
        content = path.read_bytes()
        for secret, place in (markers | dict(secrets)).items():
            written = json.dumps(secret, ensure_ascii=False)[1:-1]
            if (written if path.suffix == ".ipynb" else secret).encode() in content:
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
        paths = {path for path in paths if not set(CACHES).intersection(path.parts)}
    return [path.as_posix() for path in sorted(paths) if not _equal_files(made / path, root / path)]


def _equal_files(one: Path, other: Path) -> bool:
    return one.is_file() and other.is_file() and filecmp.cmp(one, other, shallow=False)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if not path.is_dir())


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
