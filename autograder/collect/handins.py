"""Find who handed in what. Nothing is read here: a hostile file can only cost its own worker."""

import os
import stat
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from autograder.collect import archives
from autograder.collect.roster import Roster, Student
from autograder.collect.senders import (
    EXPORT,
    Sender,
    Who,
    is_just,
    lms_sender,
    mentions,
    no_work,
    numbered,
    original,
    plain_sender,
    says_whose,
)
from autograder.naming import JOINERS, plain, student_name
from autograder.submission import SUFFIXES

IGNORED_FOLDERS = frozenset({"__pycache__", "__MACOSX"})
DOWNLOAD_SECONDS = 3600.0
"""Moodle from 3.10 on stamps files with the time of the download (zip_writer.php): times that lie
so close together say nothing of when anybody handed in."""

NAMED_AS_A_STUDENTS = (
    "it holds what an LMS exports, but is named as a student's: "
    "give it by itself, or a name without '_'."
)


class CollectError(Exception):
    """The paths given do not say who handed in what; one sentence."""


@dataclass(frozen=True)
class Handin:
    """What one student handed in.

    Parameters
    ----------
    student : the roster's id, or the name, as `student_name` writes it
    folder : where it was found
    candidates : the files; of several, `submission.choose` says which counts. The last is the one
        named for the assignment, or the latest
    refusal : why none of the files is to be read; empty otherwise
    sources : what the files are called in what was given
    lms_id : the LMS's number of the student
    late : whether the LMS says so
    time : when it was handed in, as far as the LMS says
    unknown : whether there is a roster, and the student is not on it
    """

    student: str
    folder: Path
    candidates: tuple[Path, ...]
    refusal: str = ""
    sources: tuple[str, ...] = field(default=(), compare=False)
    lms_id: str = ""
    late: bool = False
    time: datetime | None = None
    unknown: bool = False


class Left(NamedTuple):
    """A file that is not taken, and why."""

    file: str
    reason: str
    student: str = ""


class Collection(NamedTuple):
    """The hand-ins, by student; files beside them that are none; what was left; who is missing."""

    handins: tuple[Handin, ...]
    others: tuple[Path, ...]
    left: tuple[Left, ...] = ()
    missing: tuple[Student, ...] = ()


class _Found(NamedTuple):
    sender: Sender
    folder: Path
    path: Path  # the folder itself when there is no file in it
    boundary: Path  # a link may not lead out of this folder
    label: str
    name: str = ""  # what the student called the file
    none: str = ""  # why it is no work
    sent: bool = False  # by an LMS or in an archive: it may have come before, and from elsewhere


def collect(
    paths: Iterable[Path],
    assignment: str,
    *,
    scratch: Path | None = None,
    downloads: bool = False,
    roster: Roster | None = None,
    known: Mapping[str, str] | None = None,
) -> Collection:
    """Return the hand-ins under the paths.

    A path is a file, a flat folder of ``<student>.ipynb|.py``, (a part of) nbgrader's tree
    ``<student>/<assignment>/<assignment>.ipynb|.py``, or what an LMS exports: an archive, or the
    folder it was unpacked to. Hidden files are ignored.

    Parameters
    ----------
    scratch : an empty folder for what is in archives; without one they are not unpacked
    downloads : whether the paths are folders with all kinds of downloads in them, where a name
        must say whose a file is, as in ``s01_xor.ipynb``
    roster : who is who
    known : what students were called before, by the LMS's number

    Raises
    ------
    CollectError
        When a path does not exist or holds nothing, or when a student appears twice.
    """
    roster = roster or Roster()
    search = _Search(assignment, scratch, downloads, roster)
    for path in paths:
        if not os.path.lexists(path):
            raise CollectError(f"There is no file or folder '{path}'.")
        before = len(search.found)
        search.look(path)
        if len(search.found) == before and not downloads:
            raise CollectError(_nothing(path, assignment, search.left))
    whose = roster.match(found.sender for found in search.found)
    names = _names([found.sender.who for found in search.found], whose, known or {})
    times = [_changed(found.path) for found in search.found if found.sender.lms == "Moodle"]
    dated = bool(times) and max(times) - min(times) > DOWNLOAD_SECONDS
    by_student: dict[str, list[_Found]] = {}
    for found in search.found:
        by_student.setdefault(names[found.sender.who], []).append(found)
    handins = []
    for student, group in sorted(by_student.items()):
        unknown = bool(roster.students) and group[0].sender.who not in whose
        handins.append(_handin(student, group, search, dated=dated, unknown=unknown))
    there = {student.id for student in whose.values()}
    return Collection(
        tuple(handins),
        tuple(sorted(set(search.others))),
        tuple(search.left),
        tuple(student for student in roster.students if student.id not in there),
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


def _nothing(path: Path, assignment: str, left: list[Left]) -> str:
    if left:
        return f"Nothing to grade in '{path}': {left[-1].file}: {left[-1].reason}"
    return (
        f"Nothing to grade in '{path}': it holds neither <student>.ipynb or .py files "
        f"nor <student>/{assignment}/ folders."
    )


@dataclass
class _Search:
    """Looks into folders and archives for what somebody handed in."""

    assignment: str
    scratch: Path | None
    downloads: bool
    roster: Roster
    found: list[_Found] = field(default_factory=list)
    others: list[Path] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    damaged: dict[Path, str] = field(default_factory=dict)
    unpacked: int = 0

    def look(self, path: Path) -> None:
        """Find what is in a path that was given."""
        file = path.parent.resolve() / path.name
        folder = path.resolve() if _is(stat.S_ISDIR, path) else None
        sender = lms_sender((folder or file).name, self.assignment)
        if folder and self.downloads:
            self._inside(folder, "")
        elif sender:
            self._own(sender, folder or file, file.name)
        elif folder is None and self._is_archive(file):
            self._archive(file, file.name, alone=True)
        elif folder is None:
            in_tree = file.stem == self.assignment == file.parent.name
            student = Sender(file.parent.parent.name) if in_tree else self._plain(file.stem)
            self.found.append(_Found(student, file.parent, file, file.parent, plain(file.name)))
        elif folder.name == self.assignment and _may_answer(folder, self.assignment):
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
            sender = lms_sender(child.name, self.assignment)
            is_folder = _is(stat.S_ISDIR, child)
            if is_folder and _may_hold(child, self.assignment):
                self._student_folder(child, child / self.assignment)
            elif sender:
                self._own(sender, child, child.name)
            elif self._is_archive(child):
                self._archive(child, child.name, alone=len(children) == 1)
            elif child.suffix.lower() in SUFFIXES:
                student = self._plain(child.stem)
                self.found.append(_Found(student, folder, child, folder, plain(child.name)))
            elif not is_folder:
                self.others.append(child)

    def _student_folder(self, student: Path, folder: Path) -> None:
        try:
            paths = _answers(folder, self.assignment) or [folder]
        except PermissionError:  # opening it will fail too, and say why
            paths = [folder / f"{self.assignment}{SUFFIXES[0]}"]
        except OSError:
            paths = [folder]
        for path in paths:
            label = plain(str(path.relative_to(student.parent)))
            self.found.append(_Found(Sender(student.name), folder, path, student, label))

    def _inside(self, folder: Path, label: str, level: int = 0) -> None:
        """Look into what was downloaded: each name is an LMS's, or says whose it is."""
        children = _visible(folder)
        for child in children:
            where = f"{label}/{child.name}" if label else child.name
            is_folder = _is(stat.S_ISDIR, child)
            alone = len(children) == 1 and level == 0
            whole = "_" not in child.name or (alone and EXPORT.fullmatch(child.name))
            if sender := lms_sender(child.name, self.assignment):
                self._own(sender, child, where)
            elif self._is_archive(child):
                self._archive(child, where, alone=alone and not label)
            elif child.is_symlink() or (is_folder and level > archives.MOST_LEVELS):
                self.leave(where, "it is a link, or lies too deep.")
            elif is_folder and (not whole or self._is_students(child)):
                self._own(self._plain(child.name), child, where)
            elif is_folder:
                self._inside(child, where, level + 1)
            else:
                self._file(child, where, level)

    def _file(self, file: Path, label: str, level: int) -> None:
        """Take a file whose name says whose it is."""
        flat = level == 0 and (not self.downloads or self.roster.knows(file.stem))
        if none := no_work(file.name) or self.damaged.get(file, ""):
            self.leave(label, none)
        elif says_whose(file.stem, self.assignment):
            sender, name = self._plain(file.stem), f"{self.assignment}{file.suffix}"
            folder = file.parent
            self.found.append(_Found(sender, folder, file, folder, plain(label), name, sent=True))
        elif flat and not is_just(file.stem, self.assignment):
            sender, folder = Sender(file.stem), file.parent
            self.found.append(_Found(sender, folder, file, folder, plain(label), sent=True))
        else:
            name = f"<student>_{self.assignment}{file.suffix}"
            self.leave(label, f"its name does not say whose it is: call it {name}.")

    def _archive(self, path: Path, label: str, *, alone: bool) -> None:
        """Look into an archive: a student's, where its name says so, and else an LMS's."""
        stem = archives.stem(path.name)
        if "_" in stem and not (alone and EXPORT.fullmatch(stem)):
            self._own(self._plain(stem), path, label)
        elif folder := self._unpack(path, label, None):
            if self._is_students(folder):
                self._own(self._plain(stem), folder, label)
            else:
                self._inside(folder, label)

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
        elif _is(stat.S_ISDIR, path):
            inside = path
        elif self._is_archive(path) and nested < archives.MOST_NESTED:
            inside = self._unpack(path, label, budget)
        if inside and self._is_export(sender, inside):
            self.leave(label, NAMED_AS_A_STUDENTS)
            return
        files = list(_files(inside)) if inside else []
        for file in files:
            within = f"{label}/{file.relative_to(inside or path)}"
            self._own(sender._replace(file=""), file, within, budget, nested + 1)
        if not files:
            faults = [fault, *(left.reason for left in self.left[before:]), no_work(name)]
            del self.left[before:]
            fault, folder = next(filter(None, faults), ""), path.parent
            self.found.append(_Found(sender, folder, path, folder, plain(label), name, fault, True))

    def _is_export(self, sender: Sender, folder: Path) -> bool:
        children = [] if sender.lms else _visible(folder)
        return bool(children) and all(lms_sender(c.name, self.assignment) for c in children)

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
                if not _is(stat.S_ISREG, folder / name):
                    self.leave(f"{label}/{name}", reason)
        except archives.ArchiveError as error:
            self.leave(label, f"not unpacked: {error}.")
            return None
        return folder

    def _is_students(self, folder: Path) -> bool:
        """Return whether a folder holds the assignment itself: it is called as its student is."""
        inner = folder / self.assignment
        places = [folder, inner] if _is(stat.S_ISDIR, inner) else [folder]
        files = (file for place in places for file in _visible(place))
        return any(is_just(f.stem, self.assignment) and not no_work(f.name) for f in files)

    def _is_archive(self, path: Path) -> bool:
        is_file = not path.is_symlink() and _is(stat.S_ISREG, path)
        return self.scratch is not None and is_file and archives.is_archive(path.name)

    def _plain(self, stem: str) -> Sender:
        if self.roster.knows(stem) or not (self.downloads or says_whose(stem, self.assignment)):
            return Sender(stem)
        return plain_sender(stem, self.assignment, numbers=self.downloads)

    def leave(self, label: str, reason: str) -> None:
        """Note that a file is not taken."""
        self.left.append(Left(plain(label), plain(reason)))


def _names(
    senders: Iterable[Who], whose: Mapping[Who, Student], known: Mapping[str, str]
) -> dict[Who, str]:
    """Return what each is called: by the roster's id, or by name, and the LMS's number if needed.

    It is needed where another has the name, now or before.
    """
    everybody = dict.fromkeys(senders)
    names = {who: whose[who].id if who in whose else student_name(who.name) for who in everybody}
    count = Counter(names.values())
    before = {number: name for number, name in known.items() if name}
    for who in everybody.keys() - whose.keys():
        if who.id:
            name = names[who]
            full = f"{name} ({student_name(who.id)})"
            others = any(n != who.id and known_as == name for n, known_as in before.items())
            same = before.get(who.id) == name
            names[who] = full if not same and (others or count[name] > 1) else name
    return names


def _handin(
    student: str, group: list[_Found], search: _Search, *, dated: bool, unknown: bool
) -> Handin:
    """Return what counts of what one student sent, and leave what does not."""
    if not any(found.sent for found in group):
        if len({found.folder for found in group}) > 1:
            first, second = dict.fromkeys(plain(str(found.folder)) for found in group)
            raise CollectError(
                f"Two submissions for student '{student}': in '{first}' and in '{second}'; "
                "give only one of them."
            )
        chosen = sorted({found.path: found for found in group}.values(), key=lambda f: f.path)
    else:
        chosen = list(_latest(student, group, search))
    faults = {found.path: _fault(found, search.assignment) for found in chosen}
    readable = [found for found in chosen if not faults[found.path]]
    kept = readable or chosen
    sender = kept[-1].sender
    times = [time for found in kept if (time := _time(found, dated))]
    return Handin(
        student,
        kept[-1].path.parent if kept[-1].sent else kept[-1].folder,
        tuple(found.path for found in kept),
        "" if readable else next(iter(faults.values())),
        tuple(found.label for found in kept),
        lms_id=sender.lms_id,
        late=any(found.sender.late for found in kept),
        time=max(times, default=None),
        unknown=unknown,
    )


def _latest(student: str, group: list[_Found], search: _Search) -> Iterator[_Found]:
    """Yield the files that may count, the likeliest last; the others are left, with why."""

    def leave(found: _Found, reason: str) -> None:
        search.left.append(Left(found.label, reason, student))

    attempt = max((found.sender.time for found in group if found.sender.time), default=None)
    for found in group:
        if found.sender.time != attempt:
            leave(found, "a later attempt counts.")
    group = [found for found in group if found.sender.time == attempt]
    work = [found for found in group if not found.none] or group[:1]
    for found in group:
        if found not in work and not (found.sender.lms == "Blackboard" and found.sender.none):
            leave(found, found.none)
    named = [found for found in work if mentions(found.name, search.assignment)] or work
    for found in work:
        if found not in named:
            leave(found, "another file is named for the assignment.")
    names = {found.name.lower() for found in named}
    newest: dict[str, _Found] = {}
    for found in sorted(named, key=lambda found: _order(found, search.assignment)):
        # nbgrader has a place for one notebook and one script; the worker can choose among more.
        suffix = found.path.suffix.lower()
        name = suffix if search.downloads else original(found.name, search.assignment, names)
        if name in newest:
            leave(newest.pop(name), f"{plain(found.path.name)} is the later one, and counts.")
        newest[name] = found
    yield from newest.values()


def _order(found: _Found, assignment: str) -> tuple[object, ...]:
    just = is_just(Path(found.name).stem, assignment)
    return just, found.sender.serial, numbered(found.path.stem), _changed(found.path)


def _time(found: _Found, dated: bool) -> datetime | None:
    """Return when a file was handed in, where the LMS says so or says that it was late."""
    if found.sender.time:
        return found.sender.time.astimezone(UTC)
    if found.sender.late or (found.sender.lms == "Moodle" and dated):
        return datetime.fromtimestamp(_changed(found.path), UTC)
    return None


def _changed(path: Path) -> float:
    try:
        return path.lstat().st_mtime
    except OSError:
        return 0.0


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder, within a student's limits; links are not followed."""
    left, level = archives.MOST_FILES, [folder]
    for _ in range(archives.MOST_LEVELS):
        below: list[Path] = []
        for place in level:
            for child in _visible(place):
                if _is(stat.S_ISDIR, child) and not child.is_symlink():
                    below.append(child)
                elif left := left - 1:
                    yield child
                else:
                    return
        level = below


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


def _fault(found: _Found, assignment: str) -> str:
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
    if not _is(stat.S_ISREG, target):
        return f"{name} is not a file that can be read."
    return ""
