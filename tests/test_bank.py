"""Every sample answer of the bank, graded in isolation: right ones lose nothing, wrong ones do."""

import re
from collections.abc import Iterator

import pytest

from autograder.grading import Grader
from autograder.result import TestResult
from tests.bank import Entry, entries
from tests.bank.verdict import Verdict, judge
from tests.samples import COURSE, sampled

ENTRIES = entries()
MOST_LINES = 6
LONG_NUMBER = re.compile(r"\d{6}")  # what an input or an expected value would have


@pytest.fixture(scope="module")
def graders() -> Iterator[dict[str, Grader]]:
    """Give a grader for each assignment."""
    with Grader(COURSE, "activations") as activations, Grader(COURSE, "xor") as xor:
        yield {"activations": activations, "xor": xor}


def verdict_on(graders: dict[str, Grader], entry: Entry) -> Verdict:
    """Return what the grader makes of an answer; it has to have a result."""
    verdict = judge(graders[entry.assignment], entry)
    assert verdict.result.status == "graded", verdict.result.error
    return verdict


@pytest.mark.parametrize("entry", sampled([e for e in ENTRIES if e.label == "right"]), ids=str)
def test_a_right_answer_loses_nothing(graders: dict[str, Grader], entry: Entry) -> None:
    """However a right answer is written, it gets all points."""
    assert verdict_on(graders, entry).failed == {}


@pytest.mark.parametrize("entry", sampled([e for e in ENTRIES if e.label == "wrong"]), ids=str)
def test_a_wrong_answer_is_charged_once_and_told_why(
    graders: dict[str, Grader], entry: Entry
) -> None:
    """A mistake costs its item and no other, those that call it included; no hint misleads.

    Of public tests the message names the function and takes six lines at most with its hint; of
    hidden ones there is the hint only.
    """
    verdict = verdict_on(graders, entry)

    assert entry.item in verdict.failed
    assert verdict.charged_elsewhere == set()
    assert verdict.wrong_hints == []
    for test in verdict.failed[entry.item]:
        assert_within_the_contract(test, entry.item)


OFF = {
    "forward": """
def forward(params, X, activation):
    a1 = activation(X @ params["W1"])
    z2 = a1 @ params["W2"]
    return X @ params["W1"], a1, z2, sigmoid(z2)
""",
    "binary_cross_entropy": """
def binary_cross_entropy(y, p):
    return np.mean((y - p) ** 2)
""",
    "backward": """
def backward(params, X, y, activation, activation_grad):
    return {name: 0.5 * value for name, value in params.items()}
""",
    "gradient_step": """
def gradient_step(params, grads, lr):
    return {name: params[name] + lr * grads[name] for name in params}
""",
}
USED = {
    "backward": ["forward"],
    "gradient_errors": ["forward", "binary_cross_entropy"],
    "predict": ["forward"],
    "dead_units": ["forward"],
    "train": [*OFF],
}
CALLERS = [e for e in ENTRIES if e.label == "right" and e.item in USED]


@pytest.mark.parametrize("entry", sampled(CALLERS), ids=str)
def test_a_right_answer_loses_nothing_for_those_it_calls(
    graders: dict[str, Grader], entry: Entry
) -> None:
    """Beside wrong functions that it builds on, a right answer keeps all: only they lose points.

    However it calls them: by name, captured, under another name, wrapped, or not at all.
    """
    off = USED[entry.item]
    verdict = judge(graders[entry.assignment], entry, {item: OFF[item] for item in off})

    assert verdict.failed.keys() == set(off)


def assert_within_the_contract(test: TestResult, item: str) -> None:
    """Check what a failed test says: all that helps when it is public, no input when hidden."""
    if test.visibility == "public":
        assert item in test.message
        assert len(test.message.splitlines()) + bool(test.hint) <= MOST_LINES
    else:
        assert test.message == ""
        assert LONG_NUMBER.search(test.hint) is None


def test_every_known_mistake_is_in_the_bank() -> None:
    """Each row of the list of mistakes has an entry."""
    assert {row for entry in ENTRIES for row in entry.rows} >= set(range(1, 48))
