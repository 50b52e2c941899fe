"""What a self-check tells: unwritten items together, what is wrong first, what to mend."""

from autograder.reports.pages import student_page
from autograder.result import ItemResult, Result, TestOutcome, TestResult
from autograder.summary import mend_first, report


def outcome(item, message="", uses=()):
    """Return a public outcome of an item: failed with this message, or passed."""
    result = TestResult(f"{item} is right", "public", 0.0, 2.0, passed=not message, message=message)
    return TestOutcome(item, result, uses=tuple(uses))


UNWRITTEN = [
    outcome("step", "step is not written yet."),
    outcome("relu", "relu is not written yet."),
]
WRONG = outcome("tanh", "tanh is wrong at z = 1.")


def test_unwritten_items_are_one_line_at_the_end():
    """Two items that are stubs are told together, below what is wrong."""
    assert report([*UNWRITTEN, WRONG]) == [
        "✗ tanh is right",
        "  tanh is wrong at z = 1.",
        "✗ step and relu are not written yet.",
    ]


def test_what_is_wrong_is_the_first_fault():
    """The class's table names a mistake before a stub that stands above it."""
    items = tuple(ItemResult(o.item, (o.result,)) for o in (*UNWRITTEN, WRONG))

    assert Result("a", "s", "f", items).first_fault == "tanh: tanh is wrong at z = 1."


def test_a_page_lists_stubs_in_a_line():
    """On the feedback page no stub has a section of its own."""
    items = tuple(ItemResult(o.item, (o.result,)) for o in (*UNWRITTEN, WRONG))

    page = student_page(Result("a", "s", "f", items))

    assert page.count("<h2>") == 1
    assert "Not written yet: <code>step</code>" in page


def test_what_others_build_on_is_mended_first():
    """Of a failing item whose user fails, too, only the first is named; a right one is not."""
    forward = outcome("forward", "z1 of forward is wrong.")
    backward = outcome("backward", "backward is wrong.", ["forward"])
    train = outcome("train", "losses are wrong.", ["forward", "backward", "step"])

    assert mend_first([forward, backward, train]) == [
        "Mend forward first: backward and train build on it."
    ]
    assert mend_first([outcome("forward"), backward]) == []
    assert (
        mend_first([forward, outcome("predict", "predict is not written yet.", ["forward"])]) == []
    )
