"""What a class's points say of the tests: how hard each is, and whether it tells students apart."""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from autograder.result import Result, TestResult

FEWEST = 20  # below, no coefficient is worth reading
ENOUGH = 100  # below, intervals are wide
SOME = 5  # below, that all or none pass says nothing
Z95 = 1.959964
Floats = NDArray[np.float64]


class Measures(NamedTuple):
    """What the points of one item or one of its tests say.

    Attributes
    ----------
    title, visibility : of the test; both empty for the item as a whole
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
    found: dict[str, dict[str, list[tuple[float, bool, float]]]] = {}
    kinds: dict[tuple[str, str], TestResult] = {}
    most: dict[str, float] = {}
    for result in results:
        total = result.score or 0.0
        for item in result.items:
            tests = found.setdefault(item.item, {"": []})
            most[item.item] = item.max_score
            passed = all(test.passed for test in item.tests)
            tests[""].append((item.score, passed, total))
            for test in item.tests:
                kinds[item.item, test.name] = test
                tests.setdefault(test.name, []).append((test.score, test.passed, total))
    return [
        [
            _measures(item, kinds.get((item, name)), most[item], np.array(rows, np.float64))
            for name, rows in tests.items()
        ]
        for item, tests in found.items()
    ]


def _measures(item: str, test: TestResult | None, most: float, rows: Floats) -> Measures:
    """Return the measures of rows of points, whether passed, and the submission's total."""
    score, passed, total = rows.T
    most = test.max_score if test else most
    measures = Measures(
        item=item,
        title=test.name if test else "",
        visibility=test.visibility if test else "",
        most=most,
        n=len(rows),
        share=float(score.mean() / most) if most else 1.0,
        deviation=float(score.std(ddof=1)) if len(rows) > 1 else 0.0,
        passed=int(passed.sum()),
    )
    if len(rows) < FEWEST:
        return measures
    rest = np.round(total - score, 6)
    best = rest >= np.quantile(rest, 0.75)
    if not best.all():
        halves = float(passed[best].mean()), float(passed[~best].mean())
        measures = measures._replace(best=halves[0], others=halves[1])
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
    found: dict[str, list[Measures]] = {"nobody": [], "everybody": [], "best": [], "negative": []}
    for test in (one for item in measures for one in item[1:] if one.most):
        for kind in _doubts(test):
            found[kind].append(test)
    return found


def _doubts(test: Measures) -> Iterator[str]:
    if test.n < SOME:
        return
    if test.passed in (0, test.n):
        yield "everybody" if test.passed else "nobody"
        return
    if test.best is not None and test.others is not None and test.best <= min(0.5, test.others):
        yield "best"
    if test.interval and test.interval[1] < 0:
        yield "negative"
