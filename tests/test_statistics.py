"""What a class's points say of the tests."""

import numpy as np
import pytest

from autograder.reports.statistics import (
    Measures,
    cronbach_alpha,
    fisher_interval,
    measure,
    suspicions,
)
from autograder.result import ItemResult, Result, TestResult
from tests.classroom_fakes import ASSIGNMENT


def marked(*points: tuple[float, ...]) -> list[Result]:
    """Return results of items with one test of one point each: a row a student."""
    return [
        Result(
            ASSIGNMENT,
            f"s{n:03}",
            "a.py",
            tuple(
                ItemResult(f"item{i}", (TestResult("t", "public", score, 1.0, score == 1.0),))
                for i, score in enumerate(row)
            ),
        )
        for n, row in enumerate(points)
    ]


def of_item(results: list[Result], item: int) -> Measures:
    """Return the measures of an item's one test."""
    return measure(results)[item][1]


def doubts(results: list[Result]) -> dict[str, list[str]]:
    """Return the items whose tests are worth a look, by why; what has none is left out."""
    found = suspicions(measure(results))
    return {why: [test.item for test in tests] for why, tests in found.items() if tests}


def random_marks(n: int, k: int = 6) -> np.ndarray:
    """Return marks of n students on k tests, which the able pass more often."""
    rng = np.random.default_rng(5)
    return (rng.normal(size=(n, 1)) + rng.normal(size=(n, k)) > 0).astype(float)


def test_difficulty() -> None:
    """A test's share of points, deviation, and how many pass are those of its points."""
    found = of_item(marked((1.0, 0.0), (0.5, 0.0), (0.0, 1.0)), 0)

    assert (found.n, found.passed, found.share) == (3, 1, pytest.approx(0.5))
    assert found.deviation == pytest.approx(np.std([1, 0.5, 0], ddof=1))


def test_discrimination_is_with_the_rest() -> None:
    """Discrimination is the correlation with all other points, the test's own left out."""
    marks = random_marks(40)
    rest = marks[:, 1:].sum(axis=1)

    found = of_item(marked(*map(tuple, marks)), 0)

    assert found.discrimination == pytest.approx(np.corrcoef(marks[:, 0], rest)[0, 1])


def test_fisher_interval() -> None:
    """The interval is that of Fisher's z: r = 0.5 of 28 pairs gives 0.156 to 0.736."""
    assert fisher_interval(0.5, 28) == pytest.approx((0.156, 0.736), abs=1e-3)
    assert fisher_interval(1.0, 28)[1] == pytest.approx(1)


def test_alpha() -> None:
    """Alpha is 1 when all items agree, and near 0 when none has to do with another."""
    alike = np.repeat(random_marks(30, 1), 5, axis=1)
    apart = np.random.default_rng(1).integers(0, 2, size=(2000, 5)).astype(float)

    assert cronbach_alpha(marked(*map(tuple, alike))) == pytest.approx(1)
    assert cronbach_alpha(marked(*map(tuple, apart))) == pytest.approx(0, abs=0.1)


def test_few_have_no_coefficients() -> None:
    """Below 20 submissions there is neither a correlation nor alpha."""
    few = marked(*map(tuple, random_marks(19)))

    assert of_item(few, 0).discrimination is None
    assert cronbach_alpha(few) is None
    assert cronbach_alpha(marked(*map(tuple, random_marks(20)))) is not None


def test_no_differences_no_coefficients() -> None:
    """Where all have the same points nothing is divided by nothing."""
    same = marked(*[(1.0, 0.0)] * 25)

    assert of_item(same, 0).discrimination is None
    assert cronbach_alpha(same) is None


def test_nobody_and_everybody() -> None:
    """A test that nobody, or everybody, passes is named, but not of a handful."""
    assert doubts(marked(*[(0.0, 1.0)] * 5)) == {"nobody": ["item0"], "everybody": ["item1"]}
    assert doubts(marked(*[(0.0, 1.0)] * 4)) == {}


def test_a_test_that_the_best_fail() -> None:
    """A test that the able fail and others pass is named for both, a sound one for nothing."""
    marks = random_marks(60)
    able = marks.sum(axis=1) > 3

    assert doubts(marked(*map(tuple, marks))) == {}
    backwards = np.column_stack([marks, ~able]).astype(float)
    assert doubts(marked(*map(tuple, backwards))) == {"best": ["item6"], "negative": ["item6"]}


def test_changed_tests_are_measured_apart() -> None:
    """Results of tests that have changed since count where they have the test."""
    old, new = marked((1.0,), (0.0,)), marked((1.0, 1.0))

    assert [tests[1].n for tests in measure([*old, *new])] == [3, 1]
