"""What a class's points say of the tests: how hard each is, and whether it tells students apart."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from autograder.result import Result, TestResult

FEWEST = 20  # below, no coefficient is worth reading
ENOUGH = 100  # below, intervals are wide
SOME = 5  # below, that all or none pass says nothing
Z95 = 1.959964


class Measures(NamedTuple):
    """What the points of one item or one of its tests say.

    Attributes
    ----------
    title, visibility : of the test; no title for the item as a whole
    most : points that can be earned
    n : how many submissions
    share : of the points, on average, from 0 to 1
    deviation : standard deviation of the points
    passed : how many have all of it
    discrimination : correlation of its points with all others of the submission; None when
        there are too few submissions or no differences
    interval : of that, by Fisher's z, at 95 %
    best, others : how many of the best quarter by all other points pass, and of the rest, as
        shares; None when there are too few submissions
    """

    item: str
    title: str
    visibility: str
    most: float
    n: int
    share: float
    deviation: float
    passed: int
    discrimination: float | None = None
    interval: tuple[float, float] | None = None
    best: float | None = None
    others: float | None = None


def measure(results: Sequence[Result]) -> list[list[Measures]]:
    """Return for each item, in the assignment's order, the item's measures and then its tests'.

    `results` are those that were graded. They may be of tests that have since been changed: each
    test is measured on those that have it.
    """
    found: dict[str, dict[str, list[tuple[TestResult, float]]]] = {}
    for result in results:
        for item in result.items:
            passed = all(test.passed for test in item.tests)
            whole = TestResult("", "public", item.score, item.max_score, passed)
            tests = found.setdefault(item.item, {})
            for test in (whole, *item.tests):
                tests.setdefault(test.name, []).append((test, result.score or 0.0))
    return [[_measures(item, rows) for rows in tests.values()] for item, tests in found.items()]


def _measures(item: str, rows: Sequence[tuple[TestResult, float]]) -> Measures:
    """Return the measures of what a test gave in each submission, beside its total."""
    test, _ = rows[-1]
    score = np.array([test.score for test, _ in rows])
    passed = np.array([test.passed for test, _ in rows])
    measures = Measures(
        item=item,
        title=test.name,
        visibility=test.visibility,
        most=test.max_score,
        n=len(rows),
        share=float(score.mean() / test.max_score) if test.max_score else 1.0,
        deviation=float(score.std(ddof=1)) if len(rows) > 1 else 0.0,
        passed=int(passed.sum()),
    )
    if len(rows) < FEWEST:
        return measures
    rest = np.round(np.array([total for _, total in rows]) - score, 6)
    best = rest >= np.quantile(rest, 0.75)
    if not best.all():
        shares = float(passed[best].mean()), float(passed[~best].mean())
        measures = measures._replace(best=shares[0], others=shares[1])
    if np.ptp(score) == 0 or np.ptp(rest) == 0:
        return measures
    r = float(np.corrcoef(score, rest)[0, 1])
    return measures._replace(discrimination=r, interval=fisher_interval(r, len(rows)))


def fisher_interval(r: float, n: int) -> tuple[float, float]:
    """Return the 95 % interval of a correlation of n pairs, by Fisher's z; n must exceed 3."""
    z = math.atanh(max(-1 + 1e-12, min(r, 1 - 1e-12)))
    half = Z95 / math.sqrt(n - 3)
    return math.tanh(z - half), math.tanh(z + half)


def cronbach_alpha(results: Sequence[Result]) -> float | None:
    """Return Cronbach's alpha of the items; None when there are too few submissions or items."""
    rows = [[item.score for item in result.items] for result in results]
    if len(rows) < FEWEST or len({len(row) for row in rows}) > 1 or len(rows[0]) < 2:
        return None
    scores = np.array(rows, np.float64)
    of_total = scores.sum(axis=1).var(ddof=1)
    if not of_total:
        return None
    k = scores.shape[1]
    return float(k / (k - 1) * (1 - scores.var(axis=0, ddof=1).sum() / of_total))


def suspicions(measures: Sequence[Sequence[Measures]]) -> dict[str, list[Measures]]:
    """Return the tests that are worth a look: nobody, everybody, best, negative -> tests."""
    tests = [one for item in measures for one in item[1:] if one.most and one.n >= SOME]
    mixed = [one for one in tests if 0 < one.passed < one.n]
    return {
        "nobody": [one for one in tests if not one.passed],
        "everybody": [one for one in tests if one.passed == one.n],
        "best": [
            one
            for one in mixed
            if one.best is not None and one.others is not None and one.best <= min(0.5, one.others)
        ],
        "negative": [one for one in mixed if one.interval and one.interval[1] < 0],
    }
