"""A gradebook that an instructor downloaded, filled in: what is not filled in stays as it is."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from autograder.exports import ExportError, Marks, number
from autograder.naming import plain
from autograder.result import Result

BOM = "\ufeff"
LOST = "Not in the file"
UNCLEAR = "Not certain who this is, so left out"
EXCUSED = "Excused there, so left as it is"
FAILED = "The grader failed, so left as it is: grade again"
UNMARKED = "In the file, but without a mark"


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
        first_line = text.partition("\n")[0]
        self._delimiter = max("\t;,", key=first_line.count)
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


def choose_column(titles: Mapping[int, re.Match[str]], wanted: str, assignment: str) -> int:
    """Return the column that is wanted, or else the only one with the assignment's name.

    `titles` are the columns' headings as the platform writes them: the whole, the title within it,
    and last its number. Raises ExportError, listing the columns, when none is it, or several are.
    """
    sought = _folded(wanted or assignment)
    columns = [c for c, m in titles.items() if sought in map(_folded, (m[0], m[1], m[m.re.groups]))]
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


def fill(
    sheet: Sheet, marks: Marks, column: int, keys: Sequence[int]
) -> tuple[dict[int, Result], list[str]]:
    """Write each student's points into a column, and return the rows filled, with notes.

    Parameters
    ----------
    keys : the columns that say who a row is; the first has something for every student

    Left out, and named, are a student who may be in two rows, two who are found in one, who has no
    points because the grader failed, and who is excused (EX).
    """
    people = [row for row in range(1, len(sheet)) if sheet.value(row, keys[0])]
    known = {row: set().union(*(readings(sheet.value(row, key)) for key in keys)) for row in people}
    rows = {result.student: _rows_of(result.student, marks, known) for result in marks.results}
    times = Counter(row for (row, *more) in filter(None, rows.values()) if not more)
    left: dict[str, list[str]] = {
        reason: [] for reason in (LOST, UNCLEAR, EXCUSED, FAILED, UNMARKED)
    }
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
    found = {row for some in rows.values() for row in some}
    others = [row for row in people if row not in found]
    left[UNMARKED] = [sheet.value(row, keys[-1]) or sheet.value(row, keys[0]) for row in others]
    notes = [f"{why}: {', '.join(map(plain, sorted(who)))}." for why, who in left.items() if who]
    return filled, [f"Filled in {len(filled)} of {len(people)} rows.", *notes]


def differing(maximum: str, marks: Marks) -> list[str]:
    """Return a warning when the platform's maximum is not that of the results."""
    most = max(result.max_score for result in marks.results)
    try:
        same = float(maximum.replace(",", ".")) == most
    except ValueError:  # no number: nothing is known
        same = True
    if same:
        return []
    return [f"The file's maximum is {maximum}, but the points here go up to {number(most)}."]


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
