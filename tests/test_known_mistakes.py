"""Known mistakes: where a submission's numbers are those of one, that is the hint."""

from types import SimpleNamespace

import numpy as np

from autograder.explain.mistakes import Known, load_mistakes

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
