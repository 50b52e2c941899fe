"""A class's points as a spreadsheet."""

import csv
import io
from collections.abc import Sequence

from autograder.naming import spreadsheet_cell
from autograder.result import Result

COLUMNS = ("student", "submission", "status", "score", "max_score")


def grades_csv(results: Sequence[Result]) -> str:
    """Return a line for each result: student, status, points, then the points of each item.

    A submission the grader failed on has empty points. Text that a spreadsheet would take for
    a formula is prefixed with an apostrophe.
    """
    items = list(dict.fromkeys(item.item for result in results for item in result.items))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(map(_cell, (*COLUMNS, *items)))
    for result in results:
        writer.writerow(map(_cell, _row(result, items)))
    return text.getvalue()


def _row(result: Result, items: Sequence[str]) -> list[str | float | None]:
    points: dict[str, float] = {}
    if result.score is not None:
        points = {item.item: item.score for item in result.items}
    return [
        result.student,
        result.submission,
        result.status,
        result.score,
        result.max_score,
        *(points.get(item) for item in items),
    ]


def _cell(value: str | float | None) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return spreadsheet_cell(value)
    return f"{value:.10g}"
