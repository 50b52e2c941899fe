"""Words come after marks: whatever becomes of them, no mark depends on it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from autograder.grading import Grader
from autograder.result import Result
from autograder.submission import Submission, from_notebook
from tests.bank import entries
from tests.bank.verdict import marks_of
from tests.samples import COURSE, notebook

ASSIGNMENTS = ("activations", "xor")
HANGS_WITHOUT_EPOCHS = """
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    losses, n = [], 0
    while True:
        a1, p = forward(params, X, activation)[1::2]
        losses.append(binary_cross_entropy(y, p))
        grads = backward(params, X, y, activation, activation_grad)
        params = gradient_step(params, grads, 0.9 * lr)
        n += 1
        if n == epochs:
            return params, losses
"""


@pytest.fixture(scope="module")
def graders() -> Iterator[dict[str, Grader]]:
    """Give a grader for each assignment."""
    with Grader(COURSE, "activations") as activations, Grader(COURSE, "xor") as xor:
        yield {"activations": activations, "xor": xor}


def wrong(assignment: str) -> Submission:
    """Return a submission with a wrong answer to each item, the first of the bank."""
    answers: dict[str, str] = {}
    for entry in entries(assignment):
        if entry.label == "wrong":
            answers.setdefault(entry.item, entry.source)
    return from_notebook(notebook(assignment, answers), Path(f"{assignment}.ipynb"))


def crash(*_: Any) -> Any:
    """Fail as a bug in an explanation would."""
    raise RuntimeError("a bug in a hint")


def lie(_: Submission, failed: Any, __: Any) -> Any:
    """Say of each failed test that it was passed."""
    full = (replace(t.unearned, score=t.points, passed=True, hint="All is right.") for t in failed)
    return dict(zip((test.key for test in failed), full, strict=True)), ()


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
@pytest.mark.parametrize("explain", [crash, lie])
def test_marks_stay_when_words_crash_or_lie(
    graders: dict[str, Grader], assignment: str, explain: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is said of a test can neither give nor take its points."""
    grader, submission = graders[assignment], wrong(assignment)
    marks = grader.marks("s01", submission)
    monkeypatch.setattr(grader, "_explain", explain)

    assert marks_of(grader.words(submission, marks)) == marks_of(marks.result)
    assert 0 < marks.result.score < 100


def test_marks_do_not_depend_on_what_was_explained_before(graders: dict[str, Grader]) -> None:
    """Marked again after its words were found, a submission has the same marks."""
    for assignment, grader in graders.items():
        submission = wrong(assignment)
        first = grader.marks("s01", submission)
        grader.words(submission, first)

        assert marks_of(grader.marks("s01", submission).result) == marks_of(first.result)


def test_a_question_only_hints_ask_costs_nothing(graders: dict[str, Grader]) -> None:
    """A train that never ends for no epochs, which no test asks for, loses what is wrong in it."""

    def graded(source: str) -> Result:
        submission = from_notebook(notebook("xor", {"train": source}), Path("xor.ipynb"))
        return graders["xor"].grade_submission("s01", submission)

    hanging, ending = (
        graded(HANGS_WITHOUT_EPOCHS),
        graded(
            HANGS_WITHOUT_EPOCHS.replace("while True:", "while n < epochs:").replace(
                "        if n == epochs:\n            return", "    return"
            )
        ),
    )

    assert marks_of(hanging) == marks_of(ending)
    assert not any("loop" in test.hint for item in hanging.items for test in item.tests)
