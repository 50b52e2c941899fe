"""The list of who was collected from which file, who was not, why, and what to do."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from autograder.collect import Collection, Handin
from autograder.naming import from_cell, plain, spreadsheet_cell

LISTING = "collected.csv"
NOT_LISTED = "not on the roster"
TIME = "%Y-%m-%d %H:%M:%S UTC"
"""As nbgrader writes it into its timestamp.txt."""


class Row(NamedTuple):
    """A student's file, or none.

    `status` is collected, again (with other work), unchanged, earlier (and not now), refused,
    skipped or missing; times are in UTC.
    """

    student: str
    status: str
    file: str = ""
    why: str = ""
    late: str = ""
    time: str = ""
    lms_id: str = ""
    digest: str = ""


def rows_of(collection: Collection, earlier: Iterable[Row] = ()) -> list[Row]:
    """Return the list: each student's files, then what was left, then who is missing.

    Who was collected `earlier` and has sent nothing now stays on it.
    """
    rows = [row for handin in collection.handins for row in _rows(handin)]
    there = {row.student for row in rows}
    rows += [
        row._replace(status="earlier")
        for row in earlier
        if row.student not in there
        and (row.digest or row.status not in ("skipped", "missing", "refused"))
    ]
    there |= {row.student for row in rows}
    rows += [Row(left.student, "skipped", left.file, left.reason) for left in collection.left]
    for path in collection.others:
        rows.append(Row("", "skipped", plain(path.name), "it is neither a notebook nor a script."))
    for student in collection.missing:
        if student.id not in there:
            why = "is on the roster, and handed in nothing."
            rows.append(Row(student.id, "missing", "", why, lms_id=student.lms_id))
    return rows


def _rows(handin: Handin) -> Iterable[Row]:
    several = "" if len(handin.candidates) == 1 else "the one with more items written counts"
    unknown = f"{NOT_LISTED}: give the LMS id or name there" if handin.unknown else ""
    ask = f"{handin.refusal} Ask for the notebook or script itself." if handin.refusal else ""
    why = "; ".join(filter(None, (unknown, ask or several)))
    late = "late" if handin.late else ""
    time = f"{handin.time:{TIME}}" if handin.time else ""
    for source in handin.sources:
        status = "refused" if handin.refusal else "collected"
        yield Row(handin.student, status, source, why, late, time, handin.lms_id)


def read_rows(path: Path) -> list[Row]:
    """Return a list written before; none where there is no such file."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return [
                Row(**{name: from_cell(line.get(name) or "") for name in Row._fields})
                for line in csv.DictReader(file)
            ]
    except (OSError, ValueError, csv.Error):
        return []


def known_ids(rows: Iterable[Row]) -> Mapping[str, str]:
    """Return what students are called in a list, by the LMS's number."""
    return {row.lms_id: row.student for row in rows if row.lms_id and row.student}


def csv_of(rows: Iterable[Row]) -> str:
    """Return the list as a spreadsheet."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(Row._fields)
    writer.writerows(map(spreadsheet_cell, row) for row in rows)
    return text.getvalue()


def summary(rows: Iterable[Row], path: Path) -> str:
    """Return what the list comes to in a sentence; "" where it has nothing to tell."""
    rows = list(rows)
    students = Counter(status for _, status in {(row.student, row.status) for row in rows})
    taken = sum(students[status] for status in ("collected", "again", "unchanged"))
    files = sum(row.status == "skipped" for row in rows)
    late = len({row.student for row in rows if row.late and row.status != "earlier"})
    parts = [f"Collected {taken} student{'s' * (taken != 1)}"]
    for count, what in (
        (students["again"], "again, with other work"),
        (students["unchanged"], "unchanged"),
        (late, "late"),
        (students["refused"], "with nothing that can be graded"),
        (files, "skipped files" if files > 1 else "skipped file"),
        (students["missing"], "on the roster with nothing handed in"),
        (len({row.student for row in rows if NOT_LISTED in row.why}), NOT_LISTED),
    ):
        if count:
            parts.append(f"{count} {what}")
    return f"{', '.join(parts)}: see {path}."
