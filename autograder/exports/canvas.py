"""Canvas: the gradebook that an instructor exported, with one column filled in.

Canvas takes whoever it knows by ID, SIS ID, login or name, and makes a new assignment for a title
that it does not know: so this fills in its own export, and adds nothing.
"""

import re

from autograder.exports import Export, ExportError, Marks, Options
from autograder.exports.sheet import Sheet, choose_column, differing, fill

WHO = ("ID", "SIS User ID", "SIS Login ID", "Student")
TITLE = re.compile(r"(.*) \((\d+)\)")
POINTS_POSSIBLE = "Points Possible"
READ_ONLY = "read only"


def write(marks: Marks, options: Options) -> Export:
    """Return the file with the assignment's points."""
    sheet = Sheet(options.into)
    header = sheet.header
    if "ID" not in header or not {"Student", "LastName"}.intersection(header):
        raise ExportError(
            "--into is to name a gradebook that was exported from Canvas: its first line has the "
            "columns Student and ID."
        )
    titles = {c: found for c, text in enumerate(header) if (found := TITLE.fullmatch(text))}
    column = choose_column(titles, options.column, marks.assignment)
    keys = [header.index(name) for name in WHO if name in header]
    rows = (row for row in range(1, len(sheet)) if POINTS_POSSIBLE in sheet.value(row, 0))
    possible = next((sheet.value(row, column) for row in rows), "")
    if READ_ONLY in possible:
        raise ExportError(f"Canvas computes the column '{header[column]}' itself: name another.")
    _, notes = fill(sheet, marks, column, keys)
    return Export(bytes(sheet), (*notes, *differing(possible, marks)))
