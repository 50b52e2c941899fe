"""Who a file is from, by the name that an LMS or a student gave it, and which student that is."""

import csv
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, Self

from autograder.submission import SUFFIXES


class Who(NamedTuple):
    """Who somebody is: two of one name are two by the LMS's number."""

    lms: str
    name: str
    id: str


class Sender(NamedTuple):
    """What a name says of where a file, folder or archive is from.

    Parameters
    ----------
    student : a name or login, as it stands there; "" when the name says none
    lms : "Moodle", "Canvas", "Blackboard", or "" for a plain name
    lms_id : the LMS's number of the student
    file : what the student called it; "" for a folder
    serial : the LMS's number of the file: of two, the higher came later
    late : whether the name says so
    time : when it was handed in, by the LMS's clock on the wall
    none : why it is no work, if it is not
    """

    student: str
    lms: str = ""
    lms_id: str = ""
    file: str = ""
    serial: int = 0
    late: bool = False
    time: datetime | None = None
    none: str = ""

    @property
    def who(self) -> Who:
        """Who it is, whatever they sent."""
        return Who(self.lms, self.student, self.lms_id)


MOODLE = re.compile(
    r"(?P<student>.+?)(?:_(?P<id>\d+))?_assignsubmission_(?P<plugin>[a-z]+)(?:_(?P<file>.*))?",
    re.DOTALL,
)
"""``Firstname Lastname_12345_assignsubmission_file_xor.ipynb``, or a folder that ends after
``file`` or ``file_``; 12345 is the student's number in this assignment. Those who are anonymous
are ``Participant_331_...``, groups have their own name and number.
Source: Moodle, mod/assign/classes/downloader.php and, before 4.0, locallib.php.
"""

CANVAS = re.compile(
    r"(?:(?P<student>.+?)_)??(?:(?P<late>LATE)_)?(?:(?P<id>\d+)|(?P<anon>anon_[0-9A-Za-z]+))_"
    r"(?:(?P<serial>\d{3,})_(?P<file>.+)|(?P<text>text|link)\.html)",
    re.DOTALL,
)
"""``lovelaceada_LATE_4711_99812_xor-1.ipynb``: the sortable name in small letters ("Lovelace, Ada",
or a group's, or nothing for ``anon_Ab1Cd``), whether late, the user's number, the file's, and its
name, where ``-1`` is Canvas's own, for a name used before.
Source: Canvas, lib/content_zipper.rb.
"""

BLACKBOARD = re.compile(
    r"(?P<before>.+?)_attempt_(?P<time>\d{4}(?:-\d\d){5})(?:_(?P<file>.+)|(?P<about>\.txt))?",
    re.DOTALL,
)
"""``Homework 1_ada_attempt_2026-11-02-23-59-10_xor.ipynb``: the column, the login, the time of the
attempt, the name; without a name, in a .txt, what Blackboard has to say of the attempt.
Source: what "Assignment File Download" gives, and nbgrader's documentation of zip_collect.
"""

EXPORT = re.compile(r"gradebook_.*|.*submissions|.*-\d+", re.DOTALL | re.IGNORECASE)
"""How Blackboard, Canvas and Moodle name the whole archive (they put "_" in it, too)."""

COPY = r"(?:[ _-]*+(?:\(?\d++\)?|copy))*+"  # "xor (2)", "xor-1", "xor - Copy"


def lms_sender(name: str, assignment: str) -> Sender | None:
    """Return what an LMS says in a name; None when the name is none of its."""
    if found := MOODLE.fullmatch(name):
        student, number = found["student"], found["id"] or ""
        if student == "Participant" and number:
            student = f"Participant {number}"
        none = "" if found["plugin"] == "file" else "it is text typed into Moodle, not a file."
        return Sender(student, "Moodle", number, found["file"] or "", none=none)
    if found := BLACKBOARD.fullmatch(name):
        before = found["before"]
        is_column = before.lower().startswith(f"{assignment.lower()}_")
        login = before[len(assignment) + 1 :] if is_column else before.rpartition("_")[2]
        try:
            time = datetime.strptime(found["time"], "%Y-%m-%d-%H-%M-%S")
        except ValueError:
            return None
        none = "it is what Blackboard says of the attempt." if found["about"] else ""
        return Sender(
            login or before, "Blackboard", before, found["file"] or "", time=time, none=none
        )
    if found := CANVAS.fullmatch(name):
        number = found["id"] or found["anon"]
        none = "it is text typed into Canvas, not a file." if found["text"] else ""
        serial = int(found["serial"] or 0) if len(found["serial"] or "") < 20 else 0
        student, late = found["student"] or number, bool(found["late"])
        return Sender(student, "Canvas", number, found["file"] or name, serial, late, none=none)
    return None


def plain_sender(stem: str, assignment: str, *, numbers: bool) -> Sender:
    """Return who stands before ``_<assignment>``: ada in ``ada_late_17_xor-2``.

    What is called ``late`` is, and ``numbers`` before it are the LMS's, if there are any.
    """
    before = rf"(?P<student>.+?)(?P<late>_late)?{'(?:_[0-9]+)*' if numbers else ''}"
    pattern = rf"{before}(?:_{re.escape(assignment)}{COPY})?"
    found = re.fullmatch(pattern, stem, re.DOTALL | re.IGNORECASE)
    return Sender(found["student"], late=bool(found["late"])) if found else Sender(stem)


def says_whose(stem: str, assignment: str) -> bool:
    """Return whether a file's name has a student before the assignment: ``s01_xor (1)``."""
    pattern = rf".+?_{re.escape(assignment)}{COPY}"
    return re.fullmatch(pattern, stem, re.DOTALL | re.IGNORECASE) is not None


def is_just(stem: str, assignment: str) -> bool:
    """Return whether a file is named for the assignment, and for nothing else: ``xor (2)``."""
    pattern = rf"(?:copy of )*{re.escape(assignment)}{COPY}"
    return re.fullmatch(pattern, stem, re.IGNORECASE) is not None


def mentions(name: str, assignment: str) -> bool:
    """Return whether the assignment is a word of a name: ``my_xor-final.ipynb``."""
    word = rf"(?<![^\W_]){re.escape(assignment)}(?![^\W\d_])"
    return re.search(word, name, re.IGNORECASE) is not None


def original(name: str, assignment: str, names: Collection[str]) -> str:
    """Return the name that copies of one file share; `names` are all, in small letters.

    ``HW-2`` is a copy where there is a ``HW``, and else a name of its own.
    """
    stem, _, suffix = name.lower().rpartition(".")
    if is_just(stem, assignment):
        return f"{assignment}.{suffix}"
    base = re.sub(r"(?:-\d+| ?\(\d+\)|[ -]*copy)$", "", stem.removeprefix("copy of "))
    return f"{base}.{suffix}" if f"{base}.{suffix}" in names else f"{stem}.{suffix}"


def no_work(name: str) -> str:
    """Return why a file can be no submission, by its name; "" where it can."""
    if not name.lower().endswith(SUFFIXES):
        return "it is neither a notebook nor a script."
    return "it is a file of tests." if name.lower().startswith("test_") else ""


def numbered(text: str) -> list[tuple[int, str]]:
    """Return what sorts names by the numbers in them: 2 before 10, none before any."""
    parts = re.split(r"(\d+)", text)
    return [(int(part) if part.isdecimal() and len(part) < 20 else -1, part) for part in parts]


# --- the course's students ----------------------------------------------------------------

IDS = (
    *("sisloginid", "sisuserid", "id", "studentid", "username", "login", "loginid", "idnumber"),
    *("matriculationnumber", "studentnumber"),
)
LMS_IDS = (
    *("lmsid", "lmsuserid", "canvasid", "canvasuserid", "moodleid", "blackboardid"),
    *("identifier", "participant", "id"),
)
NAMES = ("name", "fullname", "studentname", "student", "sortablename")
FIRST, LAST = ("firstname", "givenname"), ("lastname", "surname", "familyname")
EMAILS = ("email", "emailaddress", "mail")
"""What columns may be called, small letters only; of several the first that is there.

They are those of nbgrader, of Canvas's gradebook (whose ``ID`` is its own, and whose ``Student`` is
the name), of Moodle's grading worksheet and of Blackboard's Grade Center.
"""

NO_STUDENT = ("points possible",)  # the second line of a gradebook from Canvas


class CollectError(Exception):
    """What was given, the roster included, does not say who handed in what; one sentence."""


class Student(NamedTuple):
    """A student of the course; `id` is nbgrader's."""

    id: str
    lms_id: str = ""
    name: str = ""
    email: str = ""


class Roster:
    """Who is who; matches by the LMS's id, then by id or login, then by a name only one has."""

    def __init__(self, students: Sequence[Student] = ()) -> None:
        self.students = tuple(students)
        self._lms = {s.lms_id: s for s in students if s.lms_id}
        self._ids = {s.email.casefold(): s for s in students if s.email}
        self._ids |= {s.id.casefold(): s for s in students}
        self._names: dict[str, list[Student]] = {}
        for student in students:
            for name in _spellings(student.name):
                self._names.setdefault(name, []).append(student)

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a .csv file with columns for id, LMS id, name and email, however they are called.

        Raises CollectError when it cannot be read, or does not say who is who.
        """
        try:
            text = path.read_text(encoding="utf-8-sig")
        except OSError as error:
            raise CollectError(f"'{path}' cannot be read: {error.strerror}.") from None
        except UnicodeError:
            raise CollectError(f"'{path}' is not text in UTF-8: save it as such.") from None
        lines = text.splitlines()
        head = lines[0] if lines else ""
        delimiter = max(",;\t", key=head.count)
        rows = csv.DictReader(lines, delimiter=delimiter, restval="")
        students = list(_students(path, rows))
        if not students:
            raise CollectError(f"'{path}' has no students in it.")
        for what, values in (
            ("id", [s.id for s in students]),
            ("LMS id", [s.lms_id for s in students if s.lms_id]),
        ):
            if twice := sorted({v for v in values if values.count(v) > 1}):
                raise CollectError(f"'{path}' has two students with the {what} '{twice[0]}'.")
        return cls(students)

    def knows(self, student: str) -> bool:
        """Return whether somebody has this id."""
        return student.casefold() in self._ids

    def match(self, senders: Iterable[Sender]) -> dict[Who, Student]:
        """Return who is who, as far as that is sure.

        Of two in the LMS who have one name neither is found by it; and nobody is found by the
        name of somebody who is there by the LMS's id.
        """
        left = {sender.who: sender for sender in senders}
        sure = {who: self._lms[who.id] for who in left if who.id in self._lms}
        sure |= {who: s for who in left.keys() - sure if (s := self._by_login(left[who]))}
        named = {who: s for who in left.keys() - sure if (s := self._by_name(left[who]))}
        found = [*sure.values(), *named.values()]
        return sure | {who: s for who, s in named.items() if not who.id or found.count(s) == 1}

    def _by_login(self, sender: Sender) -> Student | None:
        if sender.lms == "Blackboard":  # the column's name stands before the login, both with "_"
            parts = sender.lms_id.casefold().split("_")
            logins = ["_".join(parts[at:]) for at in range(len(parts))]
            return next((self._ids[login] for login in logins if login in self._ids), None)
        return self._ids.get(sender.student.casefold())

    def _by_name(self, sender: Sender) -> Student | None:
        found = self._names.get(_squeezed(sender.student), [])
        return found[0] if len(found) == 1 else None


def _students(path: Path, rows: "csv.DictReader[str]") -> Iterator[Student]:
    titles = {_squeezed(title): title for title in rows.fieldnames or () if title}

    def column(names: Sequence[str], *taken: str) -> str:
        return next((titles[n] for n in names if n in titles and titles[n] not in taken), "")

    of_id = column(IDS)
    of_lms = column(LMS_IDS, of_id)
    if not of_id:
        raise CollectError(
            f"'{path}' has no column for the students' ids: call it 'id', and others 'LMS id', "
            f"'name' and 'email' (it has: {', '.join(titles.values()) or 'nothing'})."
        )
    for row in rows:
        cells = {title: value.strip() for title, value in row.items() if title}
        if not any(cells.values()):
            continue
        name = cells.get(column(NAMES), "")
        if not name:
            name = f"{cells.get(column(FIRST), '')} {cells.get(column(LAST), '')}".strip()
        if name.casefold() in NO_STUDENT:
            continue
        if not cells.get(of_id):
            raise CollectError(f"'{path}' has no '{of_id}' in line {rows.line_num}.")
        lms_id = re.sub(r"^\D* (?=\d+$)", "", cells.get(of_lms, ""))  # Moodle's "Participant 331"
        yield Student(cells[of_id], lms_id, name, cells.get(column(EMAILS), ""))


def _spellings(name: str) -> set[str]:
    """Return a name's spellings: ``Ada King``, ``King, Ada``, and Canvas's ``kingada``."""
    words = name.split()
    if "," in name:
        last, _, first = name.partition(",")
        return {_squeezed(last + first), _squeezed(first + last)} - {""}
    turned = {_squeezed("".join(words[at:] + words[:at])) for at in range(len(words))}
    return turned - {""}


def _squeezed(text: str) -> str:
    """Return a text's letters, marks and digits, small: spellings of one name compare equal."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in text if unicodedata.category(sign)[0] in "LMN")
