"""What the class's page says of results: marks, the commonest mistakes, who needs a person."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from autograder.checks.calls import EXPLANATIONS
from autograder.language import _, in_every_language
from autograder.result import ItemResult, Result, in_company

BINS = 10
LIMIT = re.compile(
    "|".join(
        ".*".join(map(re.escape, re.split(r"\{\w+\}", text)))
        for kind in ("timeout", "memory", "crashed", "budget")
        for text in in_every_language(EXPLANATIONS[kind][0])
    )
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


def share(score: float | None, max_score: float) -> float:
    """Return points as a number from 0 to 1; an item without points counts as earned."""
    if score is None:
        return 0.0
    return score / max_score if max_score else 1.0


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
        return [_("Not written.")]
    hints = [test.hint for test in failed if test.hint]
    lines = [test.message.partition("\n")[0] or test.name for test in failed]
    return list(dict.fromkeys(hints or lines[:1]))


def needs(results: Sequence[Result], changed: Sequence[tuple[str, str]] = ()) -> list[Need]:
    """Return what no test decides well enough; `changed` are marks that a person changed."""
    found = (
        Need(
            _("Not graded, because the grader failed"),
            _("They have no points yet. Run the same command again; if it fails again, read why."),
            [(r.student, r.error or "") for r in results if r.status == "grader-fault"],
        ),
        Need(
            _("Unreadable"),
            _("They have no points. Ask for the file again if it may have been damaged."),
            [(r.student, r.error or "") for r in results if r.status == "unreadable"],
        ),
        Need(
            _("A limit was hit"),
            _(
                "The code was slow, or took too much memory, or ended its process: is it wrong, or "
                "is the limit in pyproject.toml too tight?"
            ),
            [(r.student, " ".join(names)) for r in results if (names := _ended(r))],
        ),
        Need(
            _("Passed only in company"),
            _(
                "These items have their points because others, which are wrong, were replaced by "
                "the reference's when they were asked again."
            ),
            [(r.student, ", ".join(names)) for r in results if (names := _in_company(r))],
        ),
        Need(
            _("Changed by hand"),
            _("These marks stand otherwise in nbgrader's gradebook; this page has the grader's."),
            list(changed),
        ),
    )
    return [need for need in found if need.cases]


def _ended(result: Result) -> list[str]:
    """Return the items whose calls were ended; of hidden tests nothing is known."""
    if result.status != "graded":
        return []
    return [i.item for i in result.items if any(LIMIT.search(test.message) for test in i.tests)]


def _in_company(result: Result) -> list[str]:
    passed = [(i.item, t.message or t.hint) for i in result.items for t in i.tests if t.passed]
    return list(dict.fromkeys(item for item, note in passed if in_company(note)))
