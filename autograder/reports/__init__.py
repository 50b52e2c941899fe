"""A class's results in the terminal, and two gradings of it compared."""

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from autograder.result import Result

STYLES = {"graded": "", "unreadable": "yellow", "grader-fault": "bold red"}

Tests = dict[tuple[str, str], float]


def points(value: float | None) -> str:
    """Return points as text, to two decimals at most; a dash when there are none yet."""
    return "\N{EN DASH}" if value is None else f"{round(value, 2):.10g}"


def show(results: Sequence[Result], console: Console) -> None:
    """Print a line for each result: student, points, the first thing wrong.

    Aligned plain text, never shortened, when the console is not a terminal.
    """
    rows = [_row(result) for result in results]
    if not console.is_terminal:
        widths = [max((len(row[column]) for row in rows), default=0) for column in (0, 1)]
        for student, earned, fault in rows:
            line = f"{student:<{widths[0]}}  {earned:>{widths[1]}}  {fault}".rstrip()
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
    kind = "" if result.status == "graded" else f"{result.status}: "
    earned = f"{points(result.score)} / {points(result.max_score)}"
    return result.student, earned, kind + result.first_fault


def changes(old: Sequence[Result], new: Sequence[Result]) -> list[str]:
    """Return lines that say whose marks differ, by how much and at which tests; none: nobody's."""
    before, after = ({result.student: result for result in some} for some in (old, new))
    lines = []
    for student in sorted(before | after):
        if student not in after:
            lines.append(f"{student}  only in the old results")
        elif student not in before:
            lines.append(f"{student}  only in the new results: {points(after[student].score)}")
        else:
            lines += _changed(before[student], after[student])
    return lines


def _changed(old: Result, new: Result) -> Iterator[str]:
    tests, by = [], ""
    if old.score is not None and new.score is not None:
        tests = list(_tests(_earned(old), _earned(new)))
        by = f" ({'+' if new.score > old.score else ''}{points(new.score - old.score)})"
    if tests or (old.status, old.score) != (new.status, new.score):
        status = "" if old.status == new.status else f", {old.status} -> {new.status}"
        yield f"{new.student}  {points(old.score)} -> {points(new.score)}{by}{status}"
        yield from tests


def _tests(old: Tests, new: Tests) -> Iterator[str]:
    for item, test in old | new:
        earned = old.get((item, test)), new.get((item, test))
        if earned[0] != earned[1]:
            yield f"  {item}: {test}  {points(earned[0])} -> {points(earned[1])}"


def _earned(result: Result) -> Tests:
    return {(item.item, test.name): test.score for item in result.items for test in item.tests}
