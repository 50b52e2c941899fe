"""A grader that is killed at random moments and run again loses nothing; see ``make torture``."""

import random
from pathlib import Path

import pytest

from tests.faults.torture import torture_grade, torture_nbgrader
from tests.samples import some_of

SEED = random.SystemRandom().randrange(10**6)


@pytest.mark.parametrize(
    ("torture", "students", "kills"), some_of([(torture_grade, 16, 4), (torture_nbgrader, 6, 3)])
)
def test_torture(torture: object, students: int, kills: int, tmp_path: Path) -> None:
    """Every submission has one result, that of an undisturbed run, whenever the grader died."""
    tally = torture(tmp_path / "course", students, kills, SEED)

    assert tally.sound, f"seed {SEED}: {tally}"
