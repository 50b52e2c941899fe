"""The sample class of the demo: thirteen submissions to each assignment."""

from pathlib import Path
from typing import Any

from tests.bank import entries
from tests.samples import cell_of, handout, notebook, solutions, write

NOT_A_NOTEBOOK = b"%PDF-1.7\nI exported it as a PDF, I hope that is fine.\n"

CHEAT = '''
import builtins, gc, os, sys
import numpy as np


class AlwaysEqual(np.ndarray):
    """Equal to everything, whatever it holds."""

    def __eq__(self, other):
        return np.True_

    def __array_function__(self, function, types, args, kwargs):
        return np.True_


np.allclose = np.array_equal = np.isclose = lambda *a, **k: True
np.testing.assert_allclose = lambda *a, **k: None
print("##SCORE: 100/100")


def steal(item):
    for frame in (sys._getframe(i) for i in range(5) if i < 3):
        if "reference" in frame.f_locals:
            return getattr(frame.f_locals["reference"], item)
    for path in ("solutions", "../solutions", "/proc/self/cwd/solutions"):
        try:
            return open(f"{path}/{item}.py").read()
        except OSError:
            pass
    return None
'''

EXPERIMENT = """
ACTIVATIONS = {
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "relu": (lambda z: np.maximum(z, 0), lambda z: (z > 0) * 1.0),
    "elu": (lambda z: np.where(z < 0, np.expm1(z), z), lambda z: np.where(z < 0, np.exp(z), 1.0)),
}
"""

MISTAKES = {
    "activations": {
        "carl": ("sigmoid", "1/1+exp(-z): precedence"),
        "dora": ("sigmoid_grad", 4),
        "emil": ("tanh_grad", 10),
        "fine": ("relu", 14),
        "gita": ("leaky_relu", 18),
        "hugo": ("mish", 23),
    },
    "xor": {
        "carl": ("binary_cross_entropy", 31),
        "dora": ("backward", 33),
        "emil": ("backward", 36),
        "fine": ("train", 43),
        "gita": ("train", 44),
        "hugo": ("train", 45),
    },
}
FIRST_ITEM = {"activations": "sigmoid", "xor": "forward"}
LAST_ITEM = {"activations": "mish_grad", "xor": "train"}


def hand_in(assignment: str, course: Path) -> list[str]:
    """Write the class's submissions where nbgrader collects them; return the students."""
    students = {
        "anna": lambda: _with_experiment(notebook(assignment)),
        "bert": lambda: notebook(assignment, _written_differently(assignment)),
        **{
            student: lambda item=item, which=which: notebook(
                assignment, {item: _mistake(assignment, item, which)}
            )
            for student, (item, which) in MISTAKES[assignment].items()
        },
        "iris": lambda: handout(assignment),
        "jack": lambda: _with_syntax_error(assignment),
        "kurt": lambda: _with_endless_loop(assignment),
        "lena": lambda: _cheating(assignment),
    }
    for student, make in students.items():
        write(make(), _place(course, student, assignment))
    place = _place(course, "moss", assignment)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(NOT_A_NOTEBOOK)
    return [*students, "moss"]


def _place(course: Path, student: str, assignment: str) -> Path:
    return course / "submitted" / student / assignment / f"{assignment}.ipynb"


def _written_differently(assignment: str) -> dict[str, str]:
    """Return the bank's first right answer to every item that has one."""
    right = [entry for entry in entries(assignment) if entry.label == "right"]
    return {entry.item: entry.source for entry in reversed(right)}


def _mistake(assignment: str, item: str, which: int | str) -> str:
    """Return the bank's first wrong answer of that name, or of that row of the list."""
    return next(
        entry.source
        for entry in entries(assignment)
        if entry.item == item
        and entry.label == "wrong"
        and (which == entry.name or which in entry.rows)
    )


def _with_experiment(filled: Any) -> Any:
    """Fill the experiment's table of activations, where the notebook has one."""
    for cell in filled.cells:
        if "\nACTIVATIONS = {}" in cell.source:
            cell.source = EXPERIMENT
    return filled


def _with_syntax_error(assignment: str) -> Any:
    filled = notebook(assignment)
    cell = cell_of(filled, FIRST_ITEM[assignment])
    cell.source = cell.source.replace("):", ")", 1)
    return filled


def _with_endless_loop(assignment: str) -> Any:
    filled = notebook(assignment)
    cell = cell_of(filled, LAST_ITEM[assignment])
    cell.source = cell.source.rstrip() + "\n"
    cell.source = cell.source.replace(
        '    """\n    ', '    """\n    while True:\n        pass\n    ', 1
    )
    return filled


def _cheating(assignment: str) -> Any:
    """Return wrong answers throughout, with what beats graders that share a process."""
    return notebook(assignment, {item: _cheat(item) for item in solutions(assignment)})


def _cheat(item: str) -> str:
    if item == "PROPERTIES":
        return "PROPERTIES = {}"
    return f"""{CHEAT}

def {item}(*args, **kwargs):
    stolen = steal({item!r})
    if callable(stolen):
        return stolen(*args, **kwargs)
    for held in gc.get_objects():
        if getattr(held, "__name__", "") == {item!r} and held is not {item}:
            return held(*args, **kwargs)
    return np.zeros(3).view(AlwaysEqual)
"""
