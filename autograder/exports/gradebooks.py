"""Gradebooks of Canvas, Moodle and Blackboard that an instructor downloaded, filled in.

Canvas takes whoever it knows by ID, SIS ID, login or name, and makes a new assignment for a title
that it does not know: so its own export is filled in, and nothing added. Moodle's worksheet is
read back by its Identifier; what has no grade is left out of it, because a row with feedback and
no grade would take the grade away that Moodle has. Blackboard's full download is tab-delimited
UTF-16, named .xls; it knows rows by username, columns by the number that ends their title, and
would make a column without one a new column of text.
"""

import csv
import html
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from autograder.exports import Export, ExportError, Marks, Options, number
from autograder.naming import plain, spreadsheet_cell
from autograder.result import ItemResult, Result

CANVAS_TITLE = re.compile(r"(.*) \((\d+)\)")
BLACKBOARD_TITLE = re.compile(r"(.*?) *\[Total Pts: *(?:up to *)?(.*?)(?: \w+)?\] *\|(\S+)")
MOODLE_BY = {"email": "Email address", "idnumber": "ID number"}
MOODLE_WHO = ("Identifier", "ID number", "Email address", "Full name")
NUMBERED = re.compile(r"(?:.* \()?(\d+)\)?")
"""A student who is called by Moodle's number, or by a name that another has, with the number."""
FEEDBACK = "Feedback comments"

BOM = "\ufeff"
LOST = "Not in the file"
UNCLEAR = "Not certain who this is, so left out"
EXCUSED = "Excused there, so left as it is"
FAILED = "The grader failed, so left as it is: grade again"
UNMARKED = "In the file, but without a mark"


def canvas(marks: Marks, options: Options) -> Export:
    """Return Canvas's gradebook with the assignment's points."""
    sheet = Sheet(options.into)
    if "ID" not in sheet.header or not {"Student", "LastName"}.intersection(sheet.header):
        raise ExportError(
            "--into is to name a gradebook that was exported from Canvas: its first line has the "
            "columns Student and ID."
        )
    column = sheet.titled(CANVAS_TITLE, options.column, marks.assignment)
    rows = (row for row in range(1, len(sheet)) if "Points Possible" in sheet.value(row, 0))
    possible = next((sheet.value(row, column) for row in rows), "")
    if "read only" in possible:
        name = sheet.header[column]
        raise ExportError(f"Canvas computes the column '{name}' itself: name another.")
    who = ("ID", "SIS User ID", "SIS Login ID", "Student")
    _, notes = fill(sheet, marks, column, who, possible)
    return Export(bytes(sheet), notes)


def blackboard(marks: Marks, options: Options) -> Export:
    """Return Blackboard's grade center with the assignment's points."""
    sheet = Sheet(options.into)
    if "Username" not in sheet.header:
        raise ExportError(
            "--into is to name a grade center that was downloaded from Blackboard (Work Offline): "
            "its first line has the column Username."
        )
    column = sheet.titled(BLACKBOARD_TITLE, options.column, marks.assignment)
    title = BLACKBOARD_TITLE.fullmatch(sheet.header[column])
    most = title[2] if title else ""
    _, notes = fill(sheet, marks, column, ("Username", "Student ID"), most)
    return Export(bytes(sheet), notes)


def moodle(marks: Marks, options: Options) -> Export:
    """Return Moodle's grading worksheet with grades, or a file for its "Import grades"."""
    if not options.into:
        return _users(marks, MOODLE_BY[options.by or "email"])
    sheet = Sheet(options.into)
    header = sheet.header
    wanted = options.column or "Grade"
    who = [n for n in MOODLE_WHO if n in header and MOODLE_BY.get(options.by, n) == n]
    if not who or wanted not in header:
        raise ExportError(
            "--into is to name a grading worksheet of Moodle: its first line has the columns "
            f"{MOODLE_BY.get(options.by, MOODLE_WHO[0])} and {wanted} (there: {', '.join(header)})."
        )
    column = header.index(wanted)
    if "Identifier" in who:
        marks = _participants(marks, sheet.first("Identifier"))
    filled, notes = fill(sheet, marks, column, who, sheet.first("Maximum Grade"))
    if FEEDBACK in header:
        feedback = header.index(FEEDBACK)
        for row, result in filled.items():
            if not sheet.value(row, feedback):
                sheet.write(row, feedback, _feedback(result))
    sheet.drop({row for row in range(1, len(sheet)) if not sheet.value(row, column)})
    return Export(bytes(sheet), notes)


def _participants(marks: Marks, example: str) -> Marks:
    """Return the marks of students who may be named by Moodle's number of them: 331, or A (331)."""
    word = re.sub(r"\d+$", "", example)
    found = {result.student: NUMBERED.fullmatch(result.student) for result in marks.results}
    numbered = {s: (f"{word}{n[1]}", *marks.names.get(s, ())) for s, n in found.items() if n}
    return replace(marks, names={**marks.names, **numbered})


def _feedback(result: Result) -> str:
    """Return the points of each item, or why there are none, in the HTML of Moodle's comments."""
    lines = [result.error] if result.error else map(_points, result.items)
    return "<br>".join(map(html.escape, lines))


def _points(item: ItemResult) -> str:
    """Return an item's points as a line; a penalty, of no points at all, is only taken off."""
    most = f" of {number(item.max_score)}" if item.max_score else ""
    return f"{item.item}: {number(item.score)}{most}"


def _users(marks: Marks, heading: str) -> Export:
    """Return a line for each student who has points, by what Moodle is to map users by."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow([heading, spreadsheet_cell(marks.assignment)])
    left = []
    for result in marks.results:
        names = (result.student, *marks.names.get(result.student, ()))
        name = next((n for n in names if heading == MOODLE_BY["idnumber"] or "@" in n), "")
        if not name or result.score is None or spreadsheet_cell(name) != name:
            left.append(result.student)
        else:
            table.writerow([name, number(result.score)])
    if len(left) == len(marks.results):
        raise ExportError(
            f"Nobody has a grade and an {heading.lower()}: collect with a roster whose ids are "
            "these, or name the worksheet to fill in with --into."
        )
    notes = [f"Without a grade, or without {heading.lower()}: {', '.join(left)}."] if left else []
    return Export(text.getvalue().encode(errors="replace"), tuple(notes))


# --- the file ---------------------------------------------------------------------------


class Sheet:
    """A table in a file. Single cells change; all else stays byte for byte.

    The encoding is UTF-16 or UTF-8, with or without a mark at the start; what is neither is read as
    Latin-1, which keeps every byte. Cells are parted by what parts the first line's: a tab, a
    semicolon or a comma. Rows and columns count from 0, the header's row too.
    """

    def __init__(self, raw: bytes) -> None:
        self._encoding = _encoding(raw)
        text = raw.decode(self._encoding)
        self._bom = BOM if text.startswith(BOM) else ""
        self._delimiter = max("\t;,", key=text.partition("\n")[0].count)
        self._rows = list(_rows(text.removeprefix(BOM), self._delimiter))
        self.header = [self.value(0, column) for column in range(len(self._rows[0]))]

    def __len__(self) -> int:
        return len(self._rows)

    def __bytes__(self) -> bytes:
        text = "".join(part for row in self._rows for cell in row for part in cell)
        return (self._bom + text).encode(self._encoding)

    def value(self, row: int, column: int) -> str:
        """Return a cell's text, without quotes and the blanks around it; empty where none is."""
        cells = self._rows[row]
        text = cells[column][0] if column < len(cells) else ""
        quoted = len(text) > 1 and text.startswith('"') and text.endswith('"')
        return (text[1:-1].replace('""', '"') if quoted else text).strip()

    def first(self, name: str) -> str:
        """Return what stands first in the column of this name; empty where nothing does."""
        there = name in self.header and len(self) > 1
        return self.value(1, self.header.index(name)) if there else ""

    def titled(self, pattern: re.Pattern[str], wanted: str, assignment: str) -> int:
        """Return the column that is wanted, or else the only one with the assignment's name.

        The pattern is that of the platform's headings: the title within it is its first group, its
        number the last. Raises ExportError, listing the columns, when none is it, or several are.
        """
        titles = {c: m for c, text in enumerate(self.header) if (m := pattern.fullmatch(text))}
        sought = _folded(wanted or assignment)
        columns = [
            c for c, m in titles.items() if sought in map(_folded, (m[0], m[1], m[pattern.groups]))
        ]
        if not columns and not wanted:
            word = re.compile(rf"\b{re.escape(sought)}\b")
            columns = [c for c, match in titles.items() if word.search(_folded(match[1]))]
        if len(columns) != 1:
            known = "; ".join(match[0] for match in titles.values()) or "none that takes marks"
            raise ExportError(
                f"{'More than one' if columns else 'No'} column of the file is called "
                f"'{wanted or assignment}': name the right one with --column (there: {known})."
            )
        return columns[0]

    def write(self, row: int, column: int, text: str) -> None:
        """Write a cell, in quotes when it was, or needs to be."""
        cells = self._rows[row]
        while len(cells) <= column:  # a row that ends early
            cells.append(("", cells[-1][1]))
            cells[-2] = (cells[-2][0], self._delimiter)
        old, end = cells[column]
        if old.startswith('"') or re.search(rf'["\r\n{self._delimiter}]', text):
            text = '"' + text.replace('"', '""') + '"'
        cells[column] = (text, end)

    def drop(self, rows: set[int]) -> None:
        """Take rows out."""
        self._rows = [cells for row, cells in enumerate(self._rows) if row not in rows]


def _encoding(raw: bytes) -> str:
    for encoding, mark in (("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")):
        if raw.startswith(mark):
            return encoding
    if raw[1:2] == b"\0":
        return "utf-16-le"
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8"


def _rows(text: str, delimiter: str) -> Iterator[list[tuple[str, str]]]:
    """Yield rows of cells as they stand, each with what ends it."""
    ends = rf"{delimiter}|\r\n|\r|\n|\Z"
    cell = re.compile(rf'("(?:[^"]|"")*+"(?={ends})|[^{delimiter}\r\n]*)({ends})')
    row: list[tuple[str, str]] = []
    for match in cell.finditer(text):
        row.append((match[1], match[2]))
        if match[2] != delimiter:
            yield row
            row = []


# --- who is who -------------------------------------------------------------------------


def fill(
    sheet: Sheet, marks: Marks, column: int, who: Sequence[str], maximum: str
) -> tuple[dict[int, Result], tuple[str, ...]]:
    """Write each student's points into a column, and return the rows filled, with notes.

    Parameters
    ----------
    who : the columns that say who a row is; the first has something for every student
    maximum : what the platform takes for full marks; empty where it does not say

    Left out, and named, are a student who may be in two rows, two who are found in one, who has no
    points because the grader failed, and who is excused (EX).
    """
    keys = [sheet.header.index(name) for name in who if name in sheet.header]
    people = [row for row in range(1, len(sheet)) if sheet.value(row, keys[0])]
    known = {row: set().union(*(readings(sheet.value(row, key)) for key in keys)) for row in people}
    rows = {result.student: _rows_of(result.student, marks, known) for result in marks.results}
    times = Counter(found[0] for found in rows.values() if len(found) == 1)
    left: dict[str, list[str]] = {why: [] for why in (LOST, UNCLEAR, EXCUSED, FAILED, UNMARKED)}
    filled: dict[int, Result] = {}
    for result in marks.results:
        row, *more = rows[result.student] or [-1]
        if row < 0:
            left[LOST].append(result.student)
        elif more or times[row] > 1:
            left[UNCLEAR].append(result.student)
        elif _folded(sheet.value(row, column)) == "ex":
            left[EXCUSED].append(result.student)
        elif result.score is None:
            left[FAILED].append(result.student)
        else:
            sheet.write(row, column, number(result.score))
            filled[row] = result
    others = set(people).difference(*rows.values())
    left[UNMARKED] = [sheet.value(row, keys[-1]) or sheet.value(row, keys[0]) for row in others]
    notes = [f"{why}: {', '.join(map(plain, sorted(who)))}." for why, who in left.items() if who]
    most = max(result.max_score for result in marks.results)
    if _differs(maximum, most):
        notes.append(f"The file's maximum is {maximum}, but the points here go up to {most:.10g}.")
    return filled, (f"Filled in {len(filled)} of {len(people)} rows.", *notes)


def _differs(maximum: str, most: float) -> bool:
    try:
        return float(maximum.replace(",", ".")) != most
    except ValueError:  # no number: nothing is known
        return False


def _rows_of(student: str, marks: Marks, known: Mapping[int, set[str]]) -> list[int]:
    """Return where a student may be: by the name of the hand-in, or else by another one."""
    for name in (student, *marks.names.get(student, ())):
        rows = [row for row, names in known.items() if names & readings(name)]
        if rows:
            return rows
    return []


def readings(text: str) -> set[str]:
    """Return how a name may be read: "Last, First" is "first last", too."""
    folded = _folded(text)
    last, comma, first = folded.partition(",")
    return {folded, f"{first.strip()} {last.strip()}" if comma else folded} - {""}


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
