"""Find who handed in what. Nothing is read here: a hostile file can only cost its own worker."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from autograder.submission import SUFFIXES, in_folder

IGNORED_FOLDERS = frozenset({"__pycache__"})


class CollectError(Exception):
    """The paths given do not say who handed in what; one sentence."""


@dataclass(frozen=True)
class Handin:
    """What one student handed in.

    Parameters
    ----------
    student : the name, made of printable characters
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
    path: Path
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
        if not path.exists():
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


def plain(text: str) -> str:
    """Return the text with everything that does not print replaced (file names hold anything)."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)


def _search(path: Path, assignment: str, others: list[Path]) -> Iterator[_Found]:
    if not path.is_dir():
        file = path.parent.resolve() / path.name
        yield _Found(_student_of_file(file, assignment), file, file.resolve().parent)
        return
    folder = path.resolve()
    if folder.name == assignment and in_folder(folder, assignment):
        yield from _student_folder(folder.parent, folder, assignment)
    elif (folder / assignment).is_dir():
        yield from _student_folder(folder, folder / assignment, assignment)
    else:
        yield from _class_folder(folder, assignment, others)


def _class_folder(folder: Path, assignment: str, others: list[Path]) -> Iterator[_Found]:
    for child in _visible(folder):
        if child.is_dir():
            if (child / assignment).is_dir():
                yield from _student_folder(child, child / assignment, assignment)
        elif child.suffix.lower() in SUFFIXES:
            yield _Found(child.stem, child, folder)
        else:
            others.append(child)


def _student_folder(student: Path, folder: Path, assignment: str) -> Iterator[_Found]:
    paths = [path for path in _visible(folder) if path.stem == assignment]
    paths = [path for path in paths if path.suffix.lower() in SUFFIXES and not path.is_dir()]
    for path in paths or [folder]:
        yield _Found(student.name, path, student)


def _visible(folder: Path) -> list[Path]:
    try:
        children = sorted(folder.iterdir())
    except OSError as error:
        raise CollectError(f"The folder '{folder}' cannot be read: {error.strerror}.") from None
    return [c for c in children if not c.name.startswith(".") and c.name not in IGNORED_FOLDERS]


def _student_of_file(path: Path, assignment: str) -> str:
    in_tree = path.stem == assignment and path.parent.name == assignment
    return path.parent.parent.name if in_tree else path.stem


def _by_student(found: list[_Found], assignment: str) -> Iterator[Handin]:
    folders: dict[tuple[str, Path], list[_Found]] = {}
    for one in found:
        place = one.path if one.path.is_dir() else one.path.parent
        folders.setdefault((plain(one.student), place), []).append(one)
    for (student, folder), files in folders.items():
        faults = {one.path: _fault(one, assignment) for one in files}
        readable = tuple(path for path, fault in faults.items() if not fault)
        refusal = "" if readable else next(iter(faults.values()))
        yield Handin(student, folder, readable or tuple(faults), refusal)


def _fault(found: _Found, assignment: str) -> str:
    name = plain(found.path.name)
    if found.path.is_dir():
        return f"There is no {assignment}.ipynb or {assignment}.py in what was handed in."
    if not found.path.resolve().is_relative_to(found.boundary):
        return f"{name} is a link that leads out of its folder."
    if not found.path.is_file():
        return f"{name} is not a file that can be read."
    return ""


def _add(handins: dict[str, Handin], handin: Handin) -> None:
    """Add a hand-in; two files of one folder, given one by one, are one hand-in."""
    known = handins.setdefault(handin.student, handin)
    if known.folder != handin.folder:
        raise CollectError(
            f"Two submissions for student '{handin.student}': in '{known.folder}' and in "
            f"'{handin.folder}'; give only one of them."
        )
    both = {*known.candidates, *handin.candidates}
    if bool(known.refusal) != bool(handin.refusal):
        handins[handin.student] = handin if known.refusal else known
    else:
        handins[handin.student] = Handin(
            handin.student, handin.folder, tuple(sorted(both)), known.refusal
        )
