"""Stubs that were left in beside an answer."""

import pytest

from autograder.stubs import without_stubs

STUB = 'def f(z):\n    """Text."""\n    # YOUR CODE HERE\n    raise NotImplementedError()\n'
ANSWER = "def f(z):\n    return z\n"
TABLE = "T = {}\n# YOUR CODE HERE\nraise NotImplementedError()\n"


@pytest.mark.parametrize(
    "cells",
    [
        (ANSWER, STUB),
        (STUB, ANSWER),
        (f"{ANSWER}\n{STUB}",),
        ("f = abs", STUB),
        (ANSWER, STUB, STUB),
    ],
)
def test_a_stub_does_not_undo_an_answer(cells):
    """Where the name is bound elsewhere, above or below, the stub is left out."""
    assert not any("raise" in cell for cell in without_stubs(cells))


def test_a_stub_alone_stays():
    """It says that the function is not written."""
    cells = [STUB, "g = 3", "def g(f): return f"]

    assert without_stubs(cells) == cells


def test_an_empty_table_does_not_undo_one():
    """The same holds for a table's stub; one that is filled beneath it stays."""
    filled = [f"{TABLE}T['a'] = 1\n"]

    assert without_stubs(["T = {'a': 1}", TABLE])[1].startswith("\n#")
    assert without_stubs(filled) == filled


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_all_other_lines_keep_their_numbers(end):
    """Only the stub's lines are blank, whatever ends them and whatever else looks like an end."""
    source = f"# \x0c\u2028\n{ANSWER}{STUB}x = 1\n".replace("\n", end)

    (left,) = without_stubs([source])

    assert left.replace(end, "\n").split("\n") == [
        *f"# \x0c\u2028\n{ANSWER}".split("\n")[:-1], *[""] * 4, "x = 1", ""
    ]  # fmt: skip


@pytest.mark.parametrize(
    "other",
    [
        "def f(z):\n    if z is None:\n        raise NotImplementedError\n    return z\n",
        "def f(z):\n    x = z\n    raise NotImplementedError()\n",
        "@wrapped\ndef f(z):\n    raise NotImplementedError()\n",
        "class A:\n    def f(self):\n        raise NotImplementedError()\n",
        "def f(z:\n    raise NotImplementedError()\n",
    ],
)
def test_what_only_resembles_a_stub_stays(other):
    """A function that does anything else is the student's own."""
    assert without_stubs([ANSWER, other]) == [ANSWER, other]


def test_a_cell_that_only_speaks_of_stubs_is_none() -> None:
    """A comment that names NotImplementedError is no stub, and stops nothing."""
    cells = ["# raise NotImplementedError() comes out here", "def f():\n    return 1"]

    assert without_stubs(cells) == cells
