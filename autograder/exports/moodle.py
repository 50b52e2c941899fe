"""Moodle: an assignment's grading worksheet, filled in; or, without one, a file to map users by.

The worksheet is read back by its Identifier. What has no grade is left out of it: a row with
feedback and no grade would take the grade away that Moodle has.
"""

import csv
import html
import io
import re
from dataclasses import replace

from autograder.exports import Export, ExportError, Marks, Options, number
from autograder.exports.sheet import Sheet, differing, fill
from autograder.naming import spreadsheet_cell
from autograder.result import Result

WHO = ("Identifier", "ID number", "Email address", "Full name")
BY = {"email": "Email address", "idnumber": "ID number"}
FEEDBACK = "Feedback comments"
MAXIMUM = "Maximum Grade"


def write(marks: Marks, options: Options) -> Export:
    """Return the worksheet with grades, or a file for "Import grades"."""
    if not options.into:
        return _users(marks, BY[options.by or "email"])
    sheet = Sheet(options.into)
    header = sheet.header
    wanted = options.column or "Grade"
    who = [name for name in WHO if name in header and BY.get(options.by, name) == name]
    if not who or wanted not in header:
        raise ExportError(
            "--into is to name a grading worksheet of Moodle: its first line has the columns "
            f"{BY.get(options.by, WHO[0])} and {wanted} (there: {', '.join(header)})."
        )
    column = header.index(wanted)
    if "Identifier" in who and len(sheet) > 1:
        marks = _participants(marks, sheet.value(1, header.index("Identifier")))
    filled, notes = fill(sheet, marks, column, [header.index(name) for name in who])
    if FEEDBACK in header:
        for row, result in filled.items():
            if not sheet.value(row, header.index(FEEDBACK)):
                sheet.write(row, header.index(FEEDBACK), _feedback(result))
    maximum = sheet.value(1, header.index(MAXIMUM)) if MAXIMUM in header and len(sheet) > 1 else ""
    sheet.drop({row for row in range(1, len(sheet)) if not sheet.value(row, column)})
    return Export(bytes(sheet), (*notes, *differing(maximum, marks)))


def _participants(marks: Marks, example: str) -> Marks:
    """Return the marks of students who may be named by Moodle's number of them: 331."""
    word = re.sub(r"\d+$", "", example)
    students = [result.student for result in marks.results if result.student.isdecimal()]
    return replace(
        marks,
        names={**marks.names, **{s: (f"{word}{s}", *marks.names.get(s, ())) for s in students}},
    )


def _feedback(result: Result) -> str:
    """Return the points of each item, in the HTML that Moodle's comments are."""
    lines = (f"{i.item}: {number(i.score)} of {number(i.max_score)}" for i in result.items)
    return "<br>".join(map(html.escape, lines))


def _users(marks: Marks, heading: str) -> Export:
    """Return a line for each student who has points, by what Moodle is to map users by."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow([heading, spreadsheet_cell(marks.assignment)])
    left = []
    for result in marks.results:
        names = (result.student, *marks.names.get(result.student, ()))
        name = next((n for n in names if heading == BY["idnumber"] or "@" in n), "")
        if not name or result.score is None or spreadsheet_cell(name) != name:
            left.append(result.student)
        else:
            table.writerow([name, number(result.score)])
    notes = [f"Without a grade, or without {heading.lower()}: {', '.join(left)}."] if left else []
    return Export(text.getvalue().encode(errors="replace"), tuple(notes))
