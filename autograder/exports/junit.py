"""JUnit's XML, for CI: a suite for each student, a case for each test, points as properties."""

import re
from xml.etree import ElementTree as Xml

from autograder.exports import Export, Marks, Options, number
from autograder.result import Result

NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(marks: Marks, options: Options) -> Export:  # noqa: ARG001 - as every writer
    """Return a document that has an error, not failures, where the grader failed."""
    root = Xml.Element("testsuites", name=_plain(marks.assignment))
    for result in marks.results:
        root.append(_suite(result))
    Xml.indent(root)
    return Export(Xml.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n")


def _suite(result: Result) -> Xml.Element:
    tests = [(item.item, test) for item in result.items for test in item.tests]
    failed = result.score is None
    counts = {
        "tests": len(tests),
        "failures": 0 if failed else sum(not test.passed for _, test in tests),
        "errors": len(tests) if failed else 0,
        "skipped": 0,
    }
    numbers = {name: str(count) for name, count in counts.items()}
    suite = Xml.Element("testsuite", {"name": _plain(result.student), **numbers})
    _points(suite, result.score, result.max_score)
    for item, test in tests:
        place = _plain(f"{result.assignment}.{item}")
        case = Xml.SubElement(suite, "testcase", classname=place, name=_plain(test.name))
        _points(case, None if failed else test.score, test.max_score)
        if failed:
            _said(case, "error", result.error or "The grader failed.")
        elif not test.passed:
            words = filter(None, (test.message, test.hint))
            _said(case, "failure", "\n".join(words) or result.error or test.name)
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
