"""The line of results.jsonl."""

import json

import pytest

from autograder.result import ItemResult, Result, TestResult, without_points

TESTS = (
    TestResult("title", "public", 0.0, 2.0, False, "got 1, expected 2", "a hint"),
    TestResult("other", "hidden", 4.0, 4.0, True),
)
ITEMS = (ItemResult("sigmoid_grad", TESTS),)


def test_a_line_has_the_fields_of_the_contract():
    """The JSON has the names, the order and the types that others build on."""
    line = json.loads(Result("activations", "s01", "s01.py", ITEMS).to_json())

    assert line == {
        "schema": 1,
        "assignment": "activations",
        "student": "s01",
        "submission": "s01.py",
        "status": "graded",
        "error": None,
        "score": 4.0,
        "max_score": 6.0,
        "items": [
            {
                "item": "sigmoid_grad",
                "score": 4.0,
                "max_score": 6.0,
                "tests": [
                    {
                        "name": "title",
                        "visibility": "public",
                        "score": 0.0,
                        "max_score": 2.0,
                        "passed": False,
                        "message": "got 1, expected 2",
                        "hint": "a hint",
                    },
                    {
                        "name": "other",
                        "visibility": "hidden",
                        "score": 4.0,
                        "max_score": 4.0,
                        "passed": True,
                        "message": "",
                        "hint": "",
                    },
                ],
            }
        ],
    }


def test_a_line_reads_back_as_it_was():
    """Reading a written line gives the same result."""
    result = Result("activations", "zoë", "zoë.py", ITEMS, "unreadable", "No notebook.")

    assert Result.from_json(result.to_json()) == result


def test_a_grader_fault_has_no_score():
    """When the grader failed the score is null, never 0."""
    result = Result("xor", "s01", "s01.py", ITEMS, "grader-fault", "The disk is full.")

    assert json.loads(result.to_json())["score"] is None


@pytest.mark.parametrize("line", ["", "{", "3", "{}", '{"schema": 2}', '{"schema": 1}'])
def test_what_is_no_line_is_refused(line):
    """Anything but a whole line of this schema raises ValueError."""
    with pytest.raises(ValueError):  # noqa: PT011 - the causes are many, the class is the contract
        Result.from_json(line)


def test_without_points_keeps_every_test():
    """An unreadable submission lists every test with nothing earned."""
    (item,) = without_points(ITEMS)

    assert (item.score, item.max_score, len(item.tests)) == (0.0, 6.0, 2)


def test_the_first_fault_is_one_line():
    """The first failed test is told with its item."""
    assert Result("a", "s", "f", ITEMS).first_fault == "sigmoid_grad: got 1, expected 2"
