"""JUnit's XML, for CI: a suite for each student, a case for each test, points as properties."""

import re
from xml.etree import ElementTree as Xml

from autograder.exports import Export, Marks, Options, number
from autograder.result import ItemResult, Result, TestResult

NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(marks: Marks, options: Options) -> Export:  # noqa: ARG001 - as every writer
    """Return a document that has an error, not failures, where the grader failed."""
    root = Xml.Element("testsuites", name=_plain(marks.assignment))
    for result in marks.results:
        root.append(_suite(result))
    Xml.indent(root)
    return Export(Xml.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n")


def _suite(result: Result) -> Xml.Element:
    failed = result.score is None
    tests = [(item, test) for item in result.items for test in item.tests]
    wrong = 0 if failed else sum(not test.passed for _, test in tests)
    suite = Xml.Element(
        "testsuite",
        name=_plain(result.student),
        tests=str(len(tests)),
        failures=str(wrong),
        errors=str(len(tests) if failed else 0),
        skipped="0",
    )
    _points(suite, result.score, result.max_score)
    for item, test in tests:
        suite.append(_case(result, item, test))
    return suite


def _case(result: Result, item: ItemResult, test: TestResult) -> Xml.Element:
    case = Xml.Element(
        "testcase", classname=_plain(f"{result.assignment}.{item.item}"), name=_plain(test.name)
    )
    failed = result.score is None
    _points(case, None if failed else test.score, test.max_score)
    said = "\n".join(filter(None, (test.message, test.hint))) or result.error or test.name
    if failed:
        said = result.error or "The grader failed."
    if failed or not test.passed:
        kind = Xml.SubElement(case, "error" if failed else "failure", message=_plain(_first(said)))
        kind.text = _plain(said)
    return case


def _first(text: str) -> str:
    return text.partition("\n")[0]


def _points(parent: Xml.Element, score: float | None, most: float) -> None:
    properties = Xml.SubElement(parent, "properties")
    for name, points in (("score", score), ("max_score", most)):
        if points is not None:
            Xml.SubElement(properties, "property", name=name, value=number(points))


def _plain(text: str) -> str:
    """Return the text without characters that XML has no way to hold."""
    return NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)
