"""A class's results in the terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from autograder.reports.points import points
from autograder.result import Result

STYLES = {"graded": "", "unreadable": "yellow", "grader-fault": "bold red"}


def show(results: Sequence[Result], console: Console) -> None:
    """Print a line for each result: student, points, the first thing wrong.

    Aligned plain text, never shortened, when the console is not a terminal.
    """
    rows = [_row(result) for result in results]
    if not console.is_terminal:
        for line in _plain(rows):
            console.print(line, markup=False, highlight=False, soft_wrap=True)
        return
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column("Student", no_wrap=True)
    table.add_column("Points", no_wrap=True, justify="right")
    table.add_column("First thing wrong", no_wrap=True, overflow="ellipsis")
    for result, row in zip(results, rows, strict=True):
        table.add_row(*map(Text, row), style=STYLES[result.status])
    console.print(table)


def _row(result: Result) -> tuple[str, str, str]:
    fault = result.first_fault
    if result.status != "graded":
        fault = f"{result.status}: {fault}"
    return result.student, f"{points(result.score)} / {points(result.max_score)}", fault


def _plain(rows: Sequence[tuple[str, str, str]]) -> list[str]:
    student_width = max((len(student) for student, _, _ in rows), default=0)
    points_width = max((len(earned) for _, earned, _ in rows), default=0)
    return [
        f"{student:<{student_width}}  {earned:>{points_width}}  {fault}".rstrip()
        for student, earned, fault in rows
    ]
