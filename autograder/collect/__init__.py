"""What people and learning management systems send, made into hand-ins.

Of all that is found (see `search`), those files count that are kept here, by student.
"""

import os
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from autograder.collect.search import Found, Left, Search, fault_of
from autograder.collect.who import (
    CollectError,
    Roster,
    Student,
    Who,
    is_just,
    mentions,
    numbered,
    original,
)
from autograder.naming import JOINERS, plain, student_name

__all__ = ["CollectError", "Collection", "Handin", "Roster", "alike", "collect"]

DOWNLOAD_SECONDS = 3600.0
"""Moodle from 3.10 on stamps files with the time of the download (zip_writer.php): times that lie
so close together say nothing of when anybody handed in."""


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


class Collection(NamedTuple):
    """The hand-ins, by student; files beside them that are none; what was left; who is missing."""

    handins: tuple[Handin, ...]
    others: tuple[Path, ...]
    left: tuple[Left, ...] = ()
    missing: tuple[Student, ...] = ()


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
    search = Search(assignment, scratch, downloads, roster)
    for path in paths:
        if not os.path.lexists(path):
            raise CollectError(f"There is no file or folder '{path}'.")
        before = len(search.found)
        search.look(path)
        if len(search.found) == before and not downloads:
            raise CollectError(_nothing(path, assignment, search.left))
    whose = roster.match(found.sender for found in search.found)
    names = _names([found.sender.who for found in search.found], whose, known or {})
    dated = _dated(search.found)
    by_student: dict[str, list[Found]] = {}
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


def _names(
    senders: Iterable[Who], whose: Mapping[Who, Student], known: Mapping[str, str]
) -> dict[Who, str]:
    """Return what each is called: by the roster's id, or by name, and the LMS's number if needed.

    It is needed where another has the name, now or before.
    """
    names = {
        who: whose[who].id if who in whose else student_name(who.name)
        for who in dict.fromkeys(senders)
    }
    count = Counter(names.values())
    for who in [who for who in names if who not in whose]:
        name = names[who]
        full = f"{name} ({student_name(who.id)})"
        taken = name in known.values() or count[name] > 1
        if who.id and known.get(who.id) != name and (taken or known.get(who.id) == full):
            while full in count:  # somebody may be called so
                full += f" ({student_name(who.id)})"
            names[who] = full
            count[full] += 1
    return names


def _handin(
    student: str, group: list[Found], search: Search, *, dated: frozenset[str], unknown: bool
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
    faults = {found.path: fault_of(found, search.assignment) for found in chosen}
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


def _latest(student: str, group: list[Found], search: Search) -> Iterator[Found]:
    """Yield the files that may count, the likeliest last; the others are left, with why."""

    def keep(wanted: Callable[[Found], bool], reason: str = "") -> None:
        nonlocal group
        for found in group:
            about = found.sender.lms == "Blackboard" and found.sender.none  # the attempt: no file
            if not wanted(found) and not about:
                search.left.append(Left(found.label, reason or found.none, student))
        group = [found for found in group if wanted(found)]

    attempts = [found for found in group if found.sender.time]
    attempts = [found for found in attempts if not found.none] or attempts
    attempt = max((found.sender.time for found in attempts if found.sender.time), default=None)
    keep(lambda found: found.sender.time == attempt, "another attempt counts.")
    some, first = any(not found.none for found in group), group[0]
    keep(lambda found: not found.none if some else found is first)
    last = max(group, key=lambda found: (found.sender.serial, _changed(found.path)))
    # Another download has what was handed in at its time.
    keep(
        lambda found: not found.sender.lms or found.origin == last.origin,
        "a later download has other files of theirs.",
    )
    if any(mentions(found.name, search.assignment) for found in group):
        keep(
            lambda found: mentions(found.name, search.assignment),
            "another file is named for the assignment.",
        )
    names = {found.name.lower() for found in group}
    newest: dict[str, Found] = {}
    for found in sorted(group, key=lambda found: _order(found, search.assignment)):
        # nbgrader has a place for one notebook and one script; the worker can choose among more.
        suffix = found.path.suffix.lower()
        name = suffix if search.downloads else original(found.name, search.assignment, names)
        if before := newest.pop(name, None):
            reason = f"{plain(found.path.name)} is the later one, and counts."
            search.left.append(Left(before.label, reason, student))
        newest[name] = found
    yield from newest.values()


def _order(found: Found, assignment: str) -> tuple[object, ...]:
    just = is_just(Path(found.name).stem, assignment)
    return just, found.sender.serial, numbered(found.path.stem), _changed(found.path)


def _dated(everything: Iterable[Found]) -> frozenset[str]:
    """Return the downloads from Moodle whose files have times of their own."""
    times: dict[str, list[float]] = {}
    for found in everything:
        if found.sender.lms == "Moodle":
            times.setdefault(found.origin, []).append(_changed(found.path))
    return frozenset(o for o, all_ in times.items() if max(all_) - min(all_) > DOWNLOAD_SECONDS)


def _time(found: Found, dated: frozenset[str]) -> datetime | None:
    """Return when a file was handed in, where the LMS says so or says that it was late."""
    if found.sender.time:
        return found.sender.time.astimezone(UTC)
    if found.sender.late or (found.sender.lms == "Moodle" and found.origin in dated):
        return datetime.fromtimestamp(_changed(found.path), UTC)
    return None


def _changed(path: Path) -> float:
    try:
        return path.lstat().st_mtime
    except OSError:
        return 0.0
