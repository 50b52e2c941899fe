"""Every sample answer of the bank, graded in isolation: right ones lose nothing, wrong ones do."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.grading import Grader
from autograder.submission import from_notebook
from tests.bank import Entry, entries
from tests.samples import COURSE, notebook

ENTRIES = entries()


@pytest.fixture(scope="module")
def graders() -> Iterator[dict[str, Grader]]:
    """Give a grader for each assignment."""
    with Grader(COURSE, "activations") as activations, Grader(COURSE, "xor") as xor:
        yield {"activations": activations, "xor": xor}


def lost(grader: Grader, entry: Entry) -> dict[str, str]:
    """Return what each item that lost points says first."""
    answers = notebook(entry.assignment, {entry.item: entry.source})
    result = grader.grade_submission(
        "s01", from_notebook(answers, Path(f"{entry.assignment}.ipynb"))
    )
    assert result.status == "graded", result.error
    failed = {item.item: [t for t in item.tests if not t.passed] for item in result.items}
    return {item: f"{t[0].name}: {t[0].message} {t[0].hint}" for item, t in failed.items() if t}


@pytest.mark.parametrize("entry", [e for e in ENTRIES if e.label == "right"], ids=str)
def test_a_right_answer_loses_nothing(graders: dict[str, Grader], entry: Entry) -> None:
    """However a right answer is written, it gets all points."""
    assert lost(graders[entry.assignment], entry) == {}


@pytest.mark.parametrize("entry", [e for e in ENTRIES if e.label == "wrong"], ids=str)
def test_a_wrong_answer_loses_points_in_its_own_item(
    graders: dict[str, Grader], entry: Entry
) -> None:
    """A mistake costs the item it is in and, at most, the items that call it."""
    losses = lost(graders[entry.assignment], entry)

    assert entry.item in losses
    assert losses.keys() <= {entry.item, *entry.charges}, losses


def test_every_known_mistake_is_in_the_bank() -> None:
    """Each row of the list of mistakes has an entry."""
    assert {row for entry in ENTRIES for row in entry.rows} >= set(range(1, 48))
