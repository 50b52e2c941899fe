"""What a student reads of a self-check: what is wrong, what is not written, what to mend first."""

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from autograder.checks.sentences import listed
from autograder.language import _
from autograder.result import ItemResult, TestOutcome, TestResult
from autograder.stubs import NOT_WRITTEN

WIDTH = 88
"""Letters in a line: a notebook breaks longer ones anywhere, in the middle of names."""


def items_of(outcomes: Sequence[TestOutcome]) -> list[ItemResult]:
    """Return the items that outcomes belong to, in the order of their first tests."""
    tests: dict[str, list[TestResult]] = {}
    for outcome in outcomes:
        tests.setdefault(outcome.item, []).append(outcome.result)
    return [ItemResult(name, tuple(results)) for name, results in tests.items()]


def report(outcomes: Sequence[TestOutcome]) -> list[str]:
    """Return a line for each outcome, more where one failed; unwritten items in one, at the end."""
    unwritten = [item.item for item in items_of(outcomes) if item.is_unwritten]
    lines = []
    for outcome in outcomes:
        result = outcome.result
        if outcome.item in unwritten:
            continue
        lines.append(f"{'✓' if result.passed else '✗'} {result.name}")
        lines += [f"  {line}" for line in result.message.splitlines()]
        if result.hint:
            lines.append(f"  {_('Hint:')} {result.hint}")
    return [*lines, *not_written(unwritten)]


def not_written(names: Sequence[str]) -> list[str]:
    """Return the lines that say which items are not written yet; none when all are."""
    if not names:
        return []
    sentence = NOT_WRITTEN if len(names) == 1 else "{} are not written yet."
    line = f"✗ {_(sentence).format(listed(names))}"
    return textwrap.wrap(line, WIDTH, subsequent_indent="  ", break_on_hyphens=False)


def mend_first(outcomes: Sequence[TestOutcome]) -> list[str]:
    """Return a line for each wrong item that others build on which fail, too.

    Whether these others are wrong themselves shows when that one is mended.
    """
    failed = {outcome.item for outcome in outcomes if not outcome.result.passed}
    unwritten = {item.item for item in items_of(outcomes) if item.is_unwritten}
    uses: dict[str, set[str]] = {}
    for outcome in outcomes:
        if outcome.item in failed - unwritten:
            uses.setdefault(outcome.item, set()).update(failed.intersection(outcome.uses))
    lines = []
    for culprit in [item for item in dict.fromkeys(o.item for o in outcomes) if item in failed]:
        others = [item for item, used in uses.items() if culprit in used]
        if others and not uses.get(culprit):
            one = len(others) == 1
            sentence = (
                "Mend {} first: {} builds on it." if one else "Mend {} first: {} build on it."
            )
            lines.append(_(sentence).format(culprit, listed(others)))
    return lines


def points_table(outcomes: Sequence[TestOutcome]) -> list[str]:
    """Return a line for each item: its name, points earned, points these tests decide."""
    items = items_of(outcomes)
    rows = [(item.item, item.score, item.max_score) for item in items]
    rows.append((_("together"), sum(i.score for i in items), sum(i.max_score for i in items)))
    width = max(len(name) for name, *_points in rows)
    lines = [f"{name:<{width}}  {score:5g} {_('of')} {most:g}" for name, score, most in rows]
    if all(outcome.result.visibility == "public" for outcome in outcomes):
        lines.append(_("Hidden tests decide the remaining points when the work is graded."))
    return lines


def to_come(tests: Mapping[str, Any]) -> list[str]:
    """Return lines of what no self-check sees: what a person marks, and what is due when.

    `tests` holds the names of a handout's tests, among them ``BY_HAND`` and ``DUE``, where a build
    wrote them.
    """
    sentence, due = _("{}: {} points, marked by hand."), tests.get("DUE")
    lines = [sentence.format(name, f"{n:g}") for name, n in tests.get("BY_HAND", {}).items()]
    return [*lines, _("Due: {}.").format(due)] if due else lines
