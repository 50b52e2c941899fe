"""A small course with quick limits, and the attacks of the bank written for it."""

from pathlib import Path

from tests.attacks import Attack, attacks
from tests.nbgrader_course import RIGHT, write_course

SETTINGS = """\
[tool.autograder]
seed = 1
call_seconds = 0.2
cell_seconds = 0.2
experiment_seconds = 0.2
submission_seconds = 10
memory_mb = 512
output_kb = 8
"""

TESTS = '''"""Tests of two functions."""

import numpy as np
import pytest

from autograder.checks import check_forms, check_values

AT = np.array([-2.0, -0.5, 0.0, 0.5, 2.0])
WHOLE = np.array([-3.0, -1.0, 1.0, 2.0])


@pytest.mark.item("double", points=10)
def test_double(student):
    """double is right at five points"""
    check_values(student.double, {"z": AT}, 2 * AT)


@pytest.mark.item("double", points=10)
def test_double_forms(student):
    """double takes every form of z"""
    check_forms(student.double, {"z": WHOLE}, 2 * WHOLE)


@pytest.mark.item("square", points=30)
def test_square(student):
    """square is right at five points"""
    check_values(student.square, {"z": AT}, AT**2)


### BEGIN HIDDEN TESTS
@pytest.mark.item("double", points=20)
def test_double_elsewhere(student, reference, rng):
    """double is right elsewhere"""
    hidden_points = rng.normal(size=(6, 5))
    check_values(student.double, {"z": hidden_points}, reference.double(hidden_points))


@pytest.mark.item("square", points=30)
def test_square_elsewhere(student, reference, rng):
    """square is right elsewhere"""
    hidden_points = rng.normal(size=(6, 5))
    check_values(student.square, {"z": hidden_points}, reference.square(hidden_points))


### END HIDDEN TESTS
'''
HIDDEN = ("hidden_points", "rng.normal(size=(6, 5))", "np.asarray(z) + np.asarray(z)")
"""What stands in the hidden tests and the reference of this course only."""

ATTACKS = [attack for attack in attacks() if attack.item == "sigmoid"]
WRONG = "def double(z):\n    return np.tanh(z)"
BASELINE = 60.0
"""What a submission gets whose square is right and whose double is wrong."""


def make_course(root: Path) -> Path:
    """Write the course; it has yet to be built."""
    write_course(root, tests=TESTS)
    (root / "pyproject.toml").write_text(SETTINGS)
    return root


def cell(attack: Attack, folder: Path) -> str:
    """Return an attack on the sigmoid as one on `double`, with the same wrong values."""
    return attack.source(folder).replace("sigmoid", "double")


__all__ = ["ATTACKS", "BASELINE", "HIDDEN", "RIGHT", "WRONG", "cell", "make_course"]
