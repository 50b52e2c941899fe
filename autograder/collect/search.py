"""Look for what people handed in: in folders, archives and nbgrader's tree, as in what LMSs export.

Nothing is read here: a hostile file can only cost its own worker.
"""

import os.path
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from autograder.collect import archives
from autograder.collect.who import (
    EXPORT,
    CollectError,
    Roster,
    Sender,
    is_just,
    lms_sender,
    no_work,
    plain_sender,
    says_whose,
)
from autograder.naming import plain
from autograder.submission import SUFFIXES

IGNORED_FOLDERS = frozenset({"__pycache__", "__MACOSX"})

isdir, isfile = os.path.isdir, os.path.isfile  # unlike pathlib's, they never raise

NAMED_AS_A_STUDENTS = (
    "it holds what an LMS exports, but is named as a student's: "
    "give it by itself, or a name without '_'."
)


class Left(NamedTuple):
    """A file that is not taken, and why."""

    file: str
    reason: str
    student: str = ""


class Found(NamedTuple):
    """A file of somebody's; `folder` is where their files lie."""

    sender: Sender
    folder: Path
    path: Path  # the folder itself when there is no file in it
    boundary: Path  # a link may not lead out of this folder
    label: str
    name: str  # what the student called the file
    none: str = ""  # why it is no work
    sent: bool = False  # by an LMS or in an archive: it may have come before, and from elsewhere
    origin: str = ""  # the LMS's archive that it is from


@dataclass
class Search:
    """Looks into folders and archives for what somebody handed in."""

    assignment: str
    scratch: Path | None
    downloads: bool
    roster: Roster
    found: list[Found] = field(default_factory=list)
    others: list[Path] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    damaged: dict[Path, str] = field(default_factory=dict)
    unpacked: int = 0  # archives so far
    depth: int = 0  # of archives in archives
    origin: str = ""  # the archive that is being looked into

    def look(self, path: Path) -> None:
        """Find what is in a path that was given."""
        file = path.parent.resolve() / path.name
        folder = path.resolve() if isdir(path) else None
        sender = self._lms(folder or file)
        if folder and self.downloads:
            self._inside(folder, "", flat=True)
        elif sender:
            self._own(sender, folder or file, file.name)
        elif folder is None and self._is_archive(file):
            self._archive(file, file.name, alone=True)
        elif folder is None:
            in_tree = file.stem == self.assignment == file.parent.name
            self._find(Sender(file.parent.parent.name) if in_tree else self._plain(file.stem), file)
        elif folder.name == self.assignment and _answers(folder, self.assignment):
            self._student_folder(folder.parent, folder)
        elif _may_hold(folder, self.assignment):
            self._student_folder(folder, folder / self.assignment)
        else:
            self._class_folder(folder)

    def _class_folder(self, folder: Path) -> None:
        try:
            children = _visible(folder)
        except OSError as error:
            raise CollectError(f"The folder '{folder}' cannot be read: {error.strerror}.") from None
        for child in children:
            sender = self._lms(child)
            is_folder = isdir(child)
            if is_folder and _may_hold(child, self.assignment):
                self._student_folder(child, child / self.assignment)
            elif sender:
                self._own(sender, child, child.name)
            elif self._is_archive(child):
                self._archive(child, child.name, alone=len(children) == 1)
            elif child.suffix.lower() in SUFFIXES:
                self._find(self._plain(child.stem), child)
            elif not is_folder:
                self.others.append(child)

    def _student_folder(self, student: Path, folder: Path) -> None:
        for path in _answers(folder, self.assignment) or [folder]:
            label = str(path.relative_to(student.parent))
            self._find(Sender(student.name), path, label, folder=folder, boundary=student)

    def _inside(self, folder: Path, label: str, *, flat: bool) -> None:
        """Look into what was downloaded: each name is an LMS's, or says whose it is.

        In a `flat` folder, files may just have the student's name.
        """
        children = self._children(folder, label)
        alone = len(children) == 1
        for child in children:
            where = f"{label}/{child.name}" if label else child.name
            is_folder = isdir(child)
            whole = alone and flat and (not self.downloads or EXPORT.fullmatch(child.name))
            if sender := self._lms(child):
                self._own(sender, child, where)
            elif self._is_archive(child):
                self._archive(child, where, alone=alone and not label)
            elif child.is_symlink() or (is_folder and where.count("/") > archives.MOST_LEVELS):
                self.leave(where, "it is a link, or lies too deep.")
            elif is_folder and (("_" in child.name and not whole) or self._is_students(child)):
                self._own(self._plain(child.name), child, where)
            elif is_folder:
                self._inside(child, where, flat=flat and alone)
            else:
                self._file(child, where, flat=flat)

    def _file(self, file: Path, label: str, *, flat: bool) -> None:
        """Take a file whose name says whose it is."""
        named = flat and (self.roster.knows(file.stem) or not self.downloads)
        fault = self.damaged.get(file, "")
        if none := no_work(file.name):
            self.leave(label, none)
        elif says_whose(file.stem, self.assignment):
            name = f"{self.assignment}{file.suffix}"
            self._find(self._plain(file.stem), file, label, name=name, none=fault, sent=True)
        elif named and not is_just(file.stem, self.assignment):
            self._find(Sender(file.stem), file, label, none=fault, sent=True)
        else:
            name = f"<student>_{self.assignment}{file.suffix}"
            self.leave(label, f"its name does not say whose it is: call it {name}.")

    def _children(self, folder: Path, label: str) -> list[Path]:
        try:
            return _visible(folder)
        except OSError as error:
            self.leave(label or folder.name, f"it cannot be read: {error.strerror}.")
            return []

    def _archive(self, path: Path, label: str, *, alone: bool) -> None:
        """Look into an archive: a student's, where its name says so, and else an LMS's."""
        stem = archives.stem(path.name)
        if "_" in stem and not (alone and EXPORT.fullmatch(stem)):
            self._own(self._plain(stem), path, label)
        elif self.depth == archives.MOST_NESTED:
            self.leave(label, "it is an archive in too many archives.")
        elif folder := self._unpack(path, label, None):
            outer, self.origin = self.origin, label
            self.depth += 1
            if self._is_students(folder):
                self._own(self._plain(stem), folder, label)
            else:
                self._inside(folder, label, flat=True)
            self.depth -= 1
            self.origin = outer

    def _own(
        self,
        sender: Sender,
        path: Path,
        label: str,
        budget: archives.Budget | None = None,
        nested: int = 0,
    ) -> None:
        """Take a file, or all in a folder or an archive, as one student's, whatever its name."""
        name, inside = sender.file or path.name, None
        fault = sender.none or self.damaged.get(path, "")
        budget, before = budget or archives.Budget(), len(self.left)
        if path.is_symlink():
            fault = "it is a link."
        elif isdir(path):
            inside = path
        elif self._is_archive(path) and nested < archives.MOST_NESTED:
            inside = self._unpack(path, label, budget)
        if inside and not sender.lms:
            children = self._children(inside, "")
            if children and all(map(self._lms, children)):
                self.leave(label, NAMED_AS_A_STUDENTS)
                return
        everything = _files(inside, self.assignment) if inside else ()
        files = list(islice(everything, archives.MOST_FILES))
        for file in files:
            within = f"{label}/{file.relative_to(inside or path)}"
            self._own(sender._replace(file=""), file, within, budget, nested + 1)
        if not files:
            faults = [fault, *(left.reason for left in self.left[before:]), no_work(name)]
            del self.left[before:]
            none, origin = next(filter(None, faults), ""), self.origin
            self._find(sender, path, label, name=name, none=none, sent=True, origin=origin)

    def _unpack(self, path: Path, label: str, budget: archives.Budget | None) -> Path | None:
        """Unpack an archive; None when it cannot be. What is wrong with it is left, with why."""
        assert self.scratch is not None  # noqa: S101 - else nothing is an archive
        self.unpacked += 1
        folder = self.scratch / f"{self.unpacked:05}"
        folder.mkdir(parents=True)
        try:
            for name, fault in archives.unpack(path, folder, budget).items():
                reason = f"not (wholly) unpacked: {fault}."
                self.damaged[folder / name] = reason
                if not isfile(folder / name):
                    self.leave(f"{label}/{name}", reason)
        except archives.ArchiveError as error:
            self.leave(label, f"not unpacked: {error}.")
            return None
        return folder

    def _is_students(self, folder: Path) -> bool:
        """Return whether a folder holds the assignment itself: it is called as its student is."""
        inner = folder / self.assignment
        places = [folder, inner] if isdir(inner) else [folder]
        files = (file for place in places for file in self._children(place, folder.name))
        return any(is_just(f.stem, self.assignment) and not no_work(f.name) for f in files)

    def _is_archive(self, path: Path) -> bool:
        is_file = not path.is_symlink() and isfile(path)
        return self.scratch is not None and is_file and archives.is_archive(path.name)

    def _lms(self, path: Path) -> Sender | None:
        """Return what an LMS says in a name; only Moodle makes folders."""
        sender = lms_sender(path.name, self.assignment)
        is_others = sender and sender.lms != "Moodle" and isdir(path)
        return None if is_others else sender

    def _plain(self, stem: str) -> Sender:
        if self.roster.knows(stem) or not (self.downloads or says_whose(stem, self.assignment)):
            return Sender(stem)
        return plain_sender(stem, self.assignment, numbers=self.downloads)

    def _find(self, sender: Sender, path: Path, label: str = "", **more: Any) -> None:
        """Note that a file is somebody's; `more` are fields of `Found`."""
        here = path.parent
        found = Found(sender, here, path, here, plain(label or path.name), path.name)
        self.found.append(found._replace(**more))

    def leave(self, label: str, reason: str) -> None:
        """Note that a file is not taken."""
        self.left.append(Left(plain(label), plain(reason)))


def _files(folder: Path, assignment: str) -> Iterator[Path]:
    """Yield the files below a folder, within a student's limits; links are not followed."""
    level = [folder]
    for _ in range(archives.MOST_LEVELS):
        below: list[Path] = []
        for place in level:
            try:
                children = _visible(place)
            except OSError:  # opening what is in it will fail too, and say why
                children = [place / f"{assignment}{SUFFIXES[0]}"]
            for child in children:
                if isdir(child) and not child.is_symlink():
                    below.append(child)
                else:
                    yield child
        level = below


def _answers(folder: Path, assignment: str) -> list[Path]:
    """Return the files of the assignment; what there may be where looking is not allowed."""
    try:
        paths = [path for path in _visible(folder) if path.stem == assignment]
    except PermissionError:  # opening it will fail too, and say why
        return [folder / f"{assignment}{SUFFIXES[0]}"]
    except OSError:
        return []
    return [path for path in paths if path.suffix.lower() in SUFFIXES and not isdir(path)]


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


def fault_of(found: Found, assignment: str) -> str:
    """Return why a file is not to be read; "" where nothing is known against it."""
    name = plain(found.path.name)
    if found.none:
        return f"{name}: {found.none}"
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
    return "" if isfile(target) else f"{name} is not a file that can be read."
