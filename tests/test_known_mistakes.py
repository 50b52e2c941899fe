"""Known mistakes: where a submission's numbers are those of one, that is the hint."""

from types import SimpleNamespace

import numpy as np
import pytest

from autograder.explain.mistakes import Known, load_mistakes
from autograder.grading import Grader
from autograder.reference import load_reference
from tests.samples import COURSE

Z = np.array([-2.0, 0.0, 3.0])
FILE = """
from autograder.explain import mistake


@mistake("doubled")
def f(z):
    return 2 * f(z)


@mistake("nothing")
def f(z):
    return 0 * z


@mistake("b is nothing", part="b")
def g(z):
    return {"a": z, "b": 0 * z}
"""


def known_of(tmp_path, item, calls) -> Known:
    """Return what the mistakes in FILE answer; f(z) should be z + 1, g(z) z and z + 1."""
    path = tmp_path / "mistakes.py"
    path.write_text(FILE)
    right = SimpleNamespace(f=lambda z: z + 1, g=lambda z: {"a": z, "b": z + 1})
    mistakes = [one for one in load_mistakes(path, right) if one.item == item]
    return Known.of(mistakes, getattr(right, item), calls)


def test_a_name_in_the_file_means_the_references_function(tmp_path):
    """A mistake that calls an item calls the reference's, however many mistakes it has."""
    known = known_of(tmp_path, "f", [(Z,)])

    assert known.hint([2 * (Z + 1)]) == "doubled"
    assert known.hint([2 * Z]) == ""


def test_a_mistake_has_to_be_right_where_the_submission_is(tmp_path):
    """A mistake that gives the wrong answer's numbers alone, and not the right one's, is none."""
    known = known_of(tmp_path, "f", [(Z,), (2 * Z,)])

    assert known.hint([0 * Z]) == "nothing"
    assert known.hint([Z + 1, 0 * Z]) == ""


def test_one_plain_number_says_too_little(tmp_path):
    """A single 0, 1 or -1 is what many mistakes give: none is named."""
    known = known_of(tmp_path, "f", [(np.array([5.0]),)])

    assert known.hint([np.array([0.0])]) == ""
    assert known.hint([np.array([12.0])]) == "doubled"


def test_other_parts_may_be_wrong_in_another_way(tmp_path):
    """Where a mistake is about one part, the others do not matter."""
    known = known_of(tmp_path, "g", [(Z,)])

    assert known.hint([{"a": -Z, "b": 0 * Z}]) == "b is nothing"


@pytest.mark.parametrize("assignment", ["activations"])
def test_every_known_mistake_is_named_by_a_test(assignment):
    """Each of the author's mistakes is told from all others at some test's questions."""
    script = COURSE.solution(assignment)
    with Grader(COURSE, assignment) as grader:
        asked, known = grader._questions, grader._known
        every = load_mistakes(script.with_name("mistakes.py"), load_reference(script))
        unnamed = [one.hint for one in every if one.hint not in set(said(one, asked, known))]

    assert every
    assert unnamed == []


def said(one, asked, known):
    """Yield the hint each test of the mistake's item gives to it, question by question."""
    for key, questions in asked.items():
        calls = [question.args for question in questions if question.name == one.item]
        if key[0] != one.item or not calls or key not in known:
            continue
        with np.errstate(all="ignore"):
            try:
                answers = [one.function(*args) for args in calls]
            except ValueError:  # some mistakes fit no other shapes
                continue
        yield from (known[key].hint(answers[:n]) for n in range(1, len(calls) + 1))
