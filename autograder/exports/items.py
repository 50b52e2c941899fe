"""A spreadsheet with a row for each student and a column for each item and each test."""

import csv
import io

from autograder.exports import Export, Marks, Options, number
from autograder.naming import spreadsheet_cell
from autograder.result import Result

COLUMNS = ("student", "submission", "status", "score", "max_score")


def write(marks: Marks, options: Options) -> Export:  # noqa: ARG001 - as every writer
    """Return a CSV in UTF-8; who was not graded has empty points."""
    points = [_points(result) for result in marks.results]
    names = list(dict.fromkeys(name for row in points for name in row))
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow([*COLUMNS, *map(spreadsheet_cell, names)])
    for result, row in zip(marks.results, points, strict=True):
        score = result.score
        texts = map(spreadsheet_cell, (result.student, result.submission, result.status))
        totals = ("" if score is None else number(score), number(result.max_score))
        table.writerow([*texts, *totals, *("" if score is None else row.get(n, "") for n in names)])
    return Export(text.getvalue().encode(errors="replace"))


def _points(result: Result) -> dict[str, str]:
    """Return the points of each item, and of each of its tests."""
    points = {}
    for item in result.items:
        points[item.item] = number(item.score)
        points |= {f"{item.item}: {test.name}": number(test.score) for test in item.tests}
    return points
