"""The students of a course, from a spreadsheet: who is who in what an LMS sends."""

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, Self

from autograder.collect.senders import Sender, Who

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


class RosterError(Exception):
    """The roster cannot be used; one sentence."""


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

        Raises RosterError when it cannot be read, or does not say who is who.
        """
        try:
            text = path.read_text(encoding="utf-8-sig")
        except OSError as error:
            raise RosterError(f"'{path}' cannot be read: {error.strerror}.") from None
        except UnicodeError:
            raise RosterError(f"'{path}' is not text in UTF-8: save it as such.") from None
        lines = text.splitlines()
        head = lines[0] if lines else ""
        delimiter = max(",;\t", key=head.count)
        rows = csv.DictReader(lines, delimiter=delimiter)
        students = list(_students(path, rows))
        if not students:
            raise RosterError(f"'{path}' has no students in it.")
        for what, values in (
            ("id", [s.id for s in students]),
            ("LMS id", [s.lms_id for s in students if s.lms_id]),
        ):
            if twice := sorted({v for v in values if values.count(v) > 1}):
                raise RosterError(f"'{path}' has two students with the {what} '{twice[0]}'.")
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
        raise RosterError(
            f"'{path}' has no column for the students' ids: call it 'id', and others 'LMS id', "
            f"'name' and 'email' (it has: {', '.join(titles.values()) or 'nothing'})."
        )
    for row in rows:
        cells = {
            title: (value or "").strip()
            for title, value in row.items()
            if title and isinstance(value, str)
        }
        if not any(cells.values()):
            continue
        name = cells.get(column(NAMES), "")
        if not name:
            name = f"{cells.get(column(FIRST), '')} {cells.get(column(LAST), '')}".strip()
        if name.casefold() in NO_STUDENT:
            continue
        if not cells.get(of_id):
            raise RosterError(f"'{path}' has no '{of_id}' in line {rows.line_num}.")
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
