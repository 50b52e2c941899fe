"""Blackboard: the grade center that an instructor downloaded, with one column filled in.

Its full download is tab-delimited UTF-16, named .xls. Rows are known by username, columns by the
number that ends their title; a column without one would become a new column of text.
"""

import re

from autograder.exports import Export, ExportError, Marks, Options
from autograder.exports.sheet import Sheet, choose_column, differing, fill

WHO = ("Username", "Student ID")
TITLE = re.compile(r"(.*?) *\[Total Pts: *(?:up to *)?(.*?)(?: \w+)?\] *\|(\S+)")


def write(marks: Marks, options: Options) -> Export:
    """Return the file with the assignment's points."""
    sheet = Sheet(options.into)
    header = sheet.header
    if "Username" not in header:
        raise ExportError(
            "--into is to name a grade center that was downloaded from Blackboard (Work Offline): "
            "its first line has the column Username."
        )
    titles = {c: found for c, text in enumerate(header) if (found := TITLE.fullmatch(text))}
    column = choose_column(titles, options.column, marks.assignment)
    _, notes = fill(sheet, marks, column, [header.index(name) for name in WHO if name in header])
    return Export(bytes(sheet), (*notes, *differing(titles[column][2], marks)))
