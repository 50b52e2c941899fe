"""Whatever a submission returns, its tests fail: none breaks, and none passes."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from autograder.drawing import png
from autograder.plugin import Bench
from autograder.reference import load_reference, remembering
from autograder.sandbox.runner import Runner
from autograder.student import Student
from tests.bank import entries
from tests.samples import COURSE
from tests.suites import run

ODD: dict[str, Any] = {
    "None": None,
    "a text": "abc",
    "a large integer": 10**30,
    "NaN": float("nan"),
    "a complex number": 1j,
    "no elements": np.zeros((0, 3)),
    "many axes": np.zeros((1,) * 8),
    "a ragged list": [1, [2, 3]],
    "an object": object(),
    "an array of objects": np.array([1, None], dtype=object),
    "an array of texts": np.array(["a", "b"]),
    "a structured array": np.zeros(2, dtype=[("a", int)]),
    "an empty dict": {},
    "a dict of anything": {"W1": None, "b1": "x", "W2": [], "b2": {}},
    "a pair of nothing": (None, None),
    "ragged losses": ({}, [[1], [1, 2], 3, 4]),
    "odd losses": ({}, [float("nan"), float("inf"), 1e308, -1e308]),
    "a loss for losses": ({}, np.float64(3.0)),
    "losses that are none": ({"W1": 1}, [None] * 4),
    "four texts": ("a", "b", "c", np.zeros((5, 1))),
}
REFERENCES = {name: load_reference(COURSE.solution(name)) for name in COURSE.names()}
REMEMBERING = {name: remembering(reference) for name, reference in REFERENCES.items()}
ITEMS = sorted({(entry.assignment, entry.item) for entry in entries()})


def outcomes(assignment: str, item: str, value: Any):
    """Run the tests of an item whose function returns this value, and draw what failed."""
    namespace = dict(vars(REFERENCES[assignment]))
    namespace[item] = value if item == "PROPERTIES" else lambda *_: value
    bench = Bench(Student(Runner(namespace)), REMEMBERING[assignment], sketches={})
    found = run(COURSE.tests(assignment), bench, only=item)
    for sketch in bench.sketches.values():
        picture = sketch()
        assert picture is None or png(picture)
    return found


@pytest.mark.parametrize(("assignment", "item"), ITEMS)
def test_odd_values_fail_and_break_nothing(assignment: str, item: str) -> None:
    """For every odd value each test of the item fails as the student's, never as the grader's."""
    for name, value in ODD.items():
        for outcome in outcomes(assignment, item, value):
            assert not outcome.fault, name
            assert not outcome.result.passed, name


@pytest.mark.parametrize("entry", [*ODD.values(), np.zeros(3)], ids=[*ODD, "zeros"])
def test_odd_entries_of_the_table_fail_and_break_nothing(entry: Any) -> None:
    """Odd entries in every place of PROPERTIES fail as the student's mistakes."""
    table = REFERENCES["activations"].PROPERTIES
    odd = {row: dict.fromkeys(columns, entry) for row, columns in table.items()}

    for outcome in outcomes("activations", "PROPERTIES", odd):
        assert not outcome.fault
        assert not outcome.result.passed


def test_the_reference_itself_passes() -> None:
    """The same harness lets the right values pass."""
    for name, reference in REFERENCES.items():
        bench = Bench(Student(Runner(vars(SimpleNamespace(**vars(reference))))), REMEMBERING[name])
        assert all(o.result.passed for o in run(COURSE.tests(name), bench))
