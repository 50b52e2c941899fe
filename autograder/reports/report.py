"""The class's page: marks, what the tests are worth, the commonest mistakes, who needs a person."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from statistics import fmean, median
from typing import NamedTuple

from autograder.reports.environment import render, share
from autograder.reports.statistics import ENOUGH, FEWEST, cronbach_alpha, measure, suspicions
from autograder.result import ItemResult, Result, in_company

BINS = 10
SHOWN = 25  # mistakes; each item's page has all of its own
LIMIT = re.compile(
    "did not finish in time|used more memory than it may|ended the process it ran in"
    "|time for the whole submission was used up"
)
"""What the checks say of an answer that a limit has ended."""


class Mistake(NamedTuple):
    """What students are told of an item that is not right, and who is."""

    item: str
    words: str
    students: list[str]


class Need(NamedTuple):
    """What a person should look at: why, what to do, and each student with the details."""

    title: str
    advice: str
    cases: list[tuple[str, str]]


def report_page(
    results: Sequence[Result], links: Mapping[str, str], item_links: Mapping[str, str]
) -> str:
    """Return the page of the class; the links are those of students' and items' pages."""
    scores = [result.score for result in results if result.score is not None]
    graded = [result for result in results if result.status == "graded"]
    measures = measure(graded)
    told = mistakes(graded)
    return render(
        "report.html.j2",
        assignment=results[0].assignment if results else "",
        results=results,
        links=links,
        item_links=item_links,
        mean=fmean(scores) if scores else None,
        median=median(scores) if scores else None,
        counts=Counter(result.status for result in results),
        bars=histogram(graded),
        n=len(graded),
        fewest=FEWEST,
        enough=ENOUGH,
        alpha=cronbach_alpha(graded),
        measures=measures,
        doubts=suspicions(measures),
        mistakes=told[:SHOWN],
        rarer=len(told[SHOWN:]),
        needs=needs(results),
    )


def histogram(results: Sequence[Result]) -> list[int]:
    """Return how many have below a tenth of the points, below two tenths, ... up to all."""
    bars = [0] * BINS
    for result in results:
        bars[min(int(BINS * share(result.score, result.max_score) + 1e-9), BINS - 1)] += 1
    return bars


def mistakes(results: Sequence[Result]) -> list[Mistake]:
    """Return what students are told of their mistakes, the commonest first."""
    found: dict[tuple[str, str], list[str]] = {}
    for result in results:
        for item in result.items:
            for words in told(item):
                found.setdefault((item.item, words), []).append(result.student)
    listed = [Mistake(item, words, students) for (item, words), students in found.items()]
    return sorted(listed, key=lambda one: -len(one.students))


def told(item: ItemResult) -> list[str]:
    """Return what is said of an item that is not right: its hints; where there is none, a line."""
    failed = [test for test in item.tests if not test.passed]
    if failed and item.is_unwritten:
        return ["Not written."]
    hints = [test.hint for test in failed if test.hint]
    lines = [test.message.partition("\n")[0] or test.name for test in failed]
    return list(dict.fromkeys(hints or lines[:1]))


def needs(results: Sequence[Result]) -> list[Need]:
    """Return what no test decides well enough."""
    cases: tuple[tuple[str, str, Callable[[Result], str]], ...] = (
        (
            "Not graded, because the grader failed",
            "They have no points yet. Run the same command again; if it fails again, read why.",
            lambda r: (r.error or "") if r.status == "grader-fault" else "",
        ),
        (
            "Unreadable",
            "They have no points. Ask for the file again if it may have been damaged on its way.",
            lambda r: (r.error or "no reason given") if r.status == "unreadable" else "",
        ),
        (
            "A limit was hit",
            "The code was slow, or took too much memory, or ended its process: is it wrong, or "
            "is the limit in pyproject.toml too tight?",
            lambda r: " ".join(_ended(r)),
        ),
        (
            "Passed only in company",
            "These items have their points because others, which are wrong, were replaced by the "
            "reference's when they were asked again.",
            lambda r: ", ".join(_in_company(r)),
        ),
    )
    found = [
        Need(title, advice, [(r.student, said) for r in results if (said := detail(r))])
        for title, advice, detail in cases
    ]
    return [need for need in found if need.cases]


def _ended(result: Result) -> list[str]:
    """Return the items whose calls were ended; of hidden tests nothing is known."""
    if result.status != "graded":
        return []
    ended = (item.item for item in result.items for t in item.tests if LIMIT.search(t.message))
    return list(dict.fromkeys(ended))


def _in_company(result: Result) -> Iterator[str]:
    for item in result.items:
        notes = [test.message or test.hint for test in item.tests if test.passed]
        if any(map(in_company, notes)):
            yield item.item
