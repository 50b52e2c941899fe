"""Every item and every test of every student: as a spreadsheet, and as JUnit's XML for CI."""

import csv
import io
import re
from collections.abc import Sequence
from xml.etree import ElementTree as Xml

from autograder.exports import Export, Marks, Options, number
from autograder.naming import spreadsheet_cell
from autograder.result import Result

COLUMNS = ("student", "submission", "status", "score", "max_score")
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def points_csv(results: Sequence[Result], *, tests: bool = False) -> str:
    """Return a line for each result: student, status, points, then the points of each item.

    With `tests` those of each of its tests, too. A submission the grader failed on has empty
    points. Text that a spreadsheet would take for a formula is prefixed with an apostrophe.
    """
    earned = [_earned(result, tests=tests) for result in results]
    names = list(dict.fromkeys(name for points in earned for name in points))
    table: list[list[str | float | None]] = [[*COLUMNS, *names]]
    for one, points in zip(results, earned, strict=True):
        whole = (one.student, one.submission, one.status, one.score, one.max_score)
        table.append([*whole, *map(points.get, names)])
    text = io.StringIO()
    csv.writer(text).writerows(map(_cell, row) for row in table)
    return text.getvalue()


def _earned(result: Result, *, tests: bool) -> dict[str, float | None]:
    points: dict[str, float | None] = {}
    for item in result.items:
        points[item.item] = item.score
        if tests:
            points |= {f"{item.item}: {test.name}": test.score for test in item.tests}
    return dict.fromkeys(points) if result.score is None else points


def _cell(value: str | float | None) -> str:
    if isinstance(value, str):
        return spreadsheet_cell(value)
    return "" if value is None else number(value)


def items(marks: Marks, options: Options) -> Export:  # noqa: ARG001 - as every writer
    """Return a CSV in UTF-8 with a column for each item and each test."""
    return Export(points_csv(marks.results, tests=True).encode(errors="replace"))


def junit(marks: Marks, options: Options) -> Export:  # noqa: ARG001 - as every writer
    """Return a suite for each student, a case for each test, points as properties.

    It has an error, not failures, where the grader failed.
    """
    root = Xml.Element("testsuites", name=_plain(marks.assignment))
    for result in marks.results:
        root.append(_suite(result))
    Xml.indent(root)
    return Export(Xml.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n")


def _suite(result: Result) -> Xml.Element:
    tests = [(item.item, test) for item in result.items for test in item.tests]
    graded = result.score is not None
    wrong = len([test for _, test in tests if not (graded and test.passed)])
    counts = {"tests": len(tests), "failures": wrong * graded, "errors": wrong * (not graded)}
    numbers = {name: str(count) for name, count in (counts | {"skipped": 0}).items()}
    suite = Xml.Element("testsuite", {"name": _plain(result.student), **numbers})
    _points(suite, result.score, result.max_score)
    for item, test in tests:
        place = _plain(f"{result.assignment}.{item}")
        case = Xml.SubElement(suite, "testcase", classname=place, name=_plain(test.name))
        _points(case, test.score if graded else None, test.max_score)
        if not graded:
            _said(case, "error", result.error or "The grader failed.")
        elif not test.passed:
            words = "\n".join(filter(None, (test.message, test.hint)))
            _said(case, "failure", words or result.error or test.name)
    return suite


def _points(parent: Xml.Element, score: float | None, most: float) -> None:
    properties = Xml.SubElement(parent, "properties")
    for name, points in (("score", score), ("max_score", most)):
        if points is not None:
            Xml.SubElement(properties, "property", name=name, value=number(points))


def _said(case: Xml.Element, kind: str, text: str) -> None:
    Xml.SubElement(case, kind, message=_plain(text.partition("\n")[0])).text = _plain(text)


def _plain(text: str) -> str:
    """Return the text without characters that XML has no way to hold."""
    return NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)
