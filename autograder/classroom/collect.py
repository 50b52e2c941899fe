"""Find who handed in what. Nothing is read here: a hostile file can only cost its own worker."""

import os
import stat
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from autograder.naming import JOINERS, plain, student_name
from autograder.submission import SUFFIXES

IGNORED_FOLDERS = frozenset({"__pycache__"})


class CollectError(Exception):
    """The paths given do not say who handed in what; one sentence."""


@dataclass(frozen=True)
class Handin:
    """What one student handed in.

    Parameters
    ----------
    student : the name, as `student_name` writes it
    folder : where it was found
    candidates : the files; of a notebook and a script, `submission.choose` says which counts
    refusal : why none of the files is to be read; empty otherwise
    """

    student: str
    folder: Path
    candidates: tuple[Path, ...]
    refusal: str = ""


class Collection(NamedTuple):
    """The hand-ins, by student, and files in the same folders that are none."""

    handins: tuple[Handin, ...]
    others: tuple[Path, ...]


class _Found(NamedTuple):
    student: str
    folder: Path
    path: Path  # the folder itself when there is no file in it
    boundary: Path  # a link may not lead out of this folder


def collect(paths: Iterable[Path], assignment: str) -> Collection:
    """Return the hand-ins under the paths.

    A path is a file, a flat folder of ``<student>.ipynb|.py``, or (a part of) nbgrader's tree
    ``<student>/<assignment>/<assignment>.ipynb|.py``. Hidden files are ignored.

    Raises
    ------
    CollectError
        When a path does not exist or holds nothing, or when a student appears twice.
    """
    handins: dict[str, Handin] = {}
    others: list[Path] = []
    for path in paths:
        if not os.path.lexists(path):
            raise CollectError(f"There is no file or folder '{path}'.")
        found = list(_search(path, assignment, others))
        if not found:
            raise CollectError(
                f"Nothing to grade in '{path}': it holds neither <student>.ipynb or .py files "
                f"nor <student>/{assignment}/ folders."
            )
        for handin in _by_student(found, assignment):
            _add(handins, handin)
    return Collection(
        tuple(sorted(handins.values(), key=lambda handin: handin.student)),
        tuple(sorted(set(others))),
    )


def alike(names: Iterable[str]) -> list[list[str]]:
    """Return the groups of names that differ only in what the eye hardly sees.

    That is case, Unicode's ways to write one letter (Zo\u00eb, Zoe\u0308), spaces and joiners.
    """
    groups: dict[str, list[str]] = {}
    for name in names:
        look = unicodedata.normalize("NFKC", name).casefold()
        look = "".join(sign for sign in look if sign not in JOINERS and not sign.isspace())
        groups.setdefault(look, []).append(name)
    return [group for group in groups.values() if len(group) > 1]


def _search(path: Path, assignment: str, others: list[Path]) -> Iterator[_Found]:
    if not _is(stat.S_ISDIR, path):
        file = path.parent.resolve() / path.name
        student = _student_of_file(file, assignment)
        yield _Found(student, file.parent, file, file.parent)
        return
    folder = path.resolve()
    if folder.name == assignment and _may_answer(folder, assignment):
        yield from _student_folder(folder.parent, folder, assignment)
    elif _may_hold(folder, assignment):
        yield from _student_folder(folder, folder / assignment, assignment)
    else:
        yield from _class_folder(folder, assignment, others)


def _class_folder(folder: Path, assignment: str, others: list[Path]) -> Iterator[_Found]:
    try:
        children = _visible(folder)
    except OSError as error:
        raise CollectError(f"The folder '{folder}' cannot be read: {error.strerror}.") from None
    for child in children:
        if _is(stat.S_ISDIR, child) and _may_hold(child, assignment):
            yield from _student_folder(child, child / assignment, assignment)
        elif child.suffix.lower() in SUFFIXES:
            yield _Found(child.stem, folder, child, folder)
        elif not _is(stat.S_ISDIR, child):
            others.append(child)


def _student_folder(student: Path, folder: Path, assignment: str) -> Iterator[_Found]:
    try:
        paths = _answers(folder, assignment) or [folder]
    except PermissionError:  # opening it will fail too, and say why
        paths = [folder / f"{assignment}{SUFFIXES[0]}"]
    except OSError:
        paths = [folder]
    for path in paths:
        yield _Found(student.name, folder, path, student)


def _answers(folder: Path, assignment: str) -> list[Path]:
    paths = [path for path in _visible(folder) if path.stem == assignment]
    return [p for p in paths if p.suffix.lower() in SUFFIXES and not _is(stat.S_ISDIR, p)]


def _may_answer(folder: Path, assignment: str) -> bool:
    """Return whether a folder has files of the assignment, or does not let us look."""
    try:
        return bool(_answers(folder, assignment))
    except OSError:
        return True


def _visible(folder: Path) -> list[Path]:
    children = sorted(folder.iterdir())
    return [c for c in children if not c.name.startswith(".") and c.name not in IGNORED_FOLDERS]


def _may_hold(student: Path, assignment: str) -> bool:
    """Return whether the student's folder has something of this name, or does not let us look."""
    try:
        (student / assignment).lstat()
    except PermissionError:
        return True
    except OSError:
        return False
    return True


def _is(kind: Callable[[int], bool], path: Path) -> bool:
    """Return whether that is what a path leads to; never when it leads nowhere or in a circle."""
    try:
        return kind(path.stat().st_mode)
    except OSError:
        return False


def _student_of_file(path: Path, assignment: str) -> str:
    in_tree = path.stem == assignment and path.parent.name == assignment
    return path.parent.parent.name if in_tree else path.stem


def _by_student(found: list[_Found], assignment: str) -> Iterator[Handin]:
    folders: dict[tuple[str, Path], list[_Found]] = {}
    for one in found:
        folders.setdefault((student_name(one.student), one.folder), []).append(one)
    for (student, folder), files in folders.items():
        faults = {one.path: _fault(one, assignment) for one in files}
        readable = tuple(path for path, fault in faults.items() if not fault)
        refusal = "" if readable else next(iter(faults.values()))
        yield Handin(student, folder, readable or tuple(faults), refusal)


def _fault(found: _Found, assignment: str) -> str:
    name = plain(found.path.name)
    if found.path == found.folder:
        return f"There is no {assignment}.ipynb or {assignment}.py in what was handed in."
    try:
        target = found.path.resolve(strict=True)
    except PermissionError:
        return ""  # nothing is known against the file: opening it will say why it cannot be
    except (OSError, RuntimeError):  # before Python 3.13, a link in a circle is a RuntimeError
        return f"{name} is not a file that can be read."
    if not target.is_relative_to(found.boundary):
        return f"{name} is a link that leads out of its folder."
    if not _is(stat.S_ISREG, target):
        return f"{name} is not a file that can be read."
    return ""


def _add(handins: dict[str, Handin], handin: Handin) -> None:
    """Add a hand-in; two files of one folder, given one by one, are one hand-in."""
    known = handins.setdefault(handin.student, handin)
    if known.folder != handin.folder:
        raise CollectError(
            f"Two submissions for student '{handin.student}': in '{plain(str(known.folder))}' "
            f"and in '{plain(str(handin.folder))}'; give only one of them."
        )
    both = {*known.candidates, *handin.candidates}
    if bool(known.refusal) != bool(handin.refusal):
        handins[handin.student] = handin if known.refusal else known
    else:
        handins[handin.student] = Handin(
            handin.student, handin.folder, tuple(sorted(both)), known.refusal
        )
