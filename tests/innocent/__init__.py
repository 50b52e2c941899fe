"""A bank of innocent submissions: right work in unusual forms, and the marks it must keep.

One module per theme, one decorated function per hand-in, whose docstring is its title::

    @innocent("xor")
    def a_lone_magic() -> Handin:
        "A cell of a magic alone changes nothing."
        return added(notebook("xor"), "%%time", after="forward")

It returns a notebook, a script, or several files by name. `marks` is what a fair grader gives:
100, unless the work itself lacks something. A class of all of them is graded by
``tests/test_innocent.py``. Where time is what matters, ``quick=True`` puts the hand-in into the
course whose limits are a twentieth (`LIMITS`), and `spin` keeps the processor busy in it.
"""

import importlib
import json
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import nbformat

Handin: TypeAlias = nbformat.NotebookNode | str | Mapping[str, Any]
"""A notebook, the text of a script, or files by name: text, bytes or a notebook."""

LIMITS = {
    "call_seconds": 0.15,
    "training_seconds": 1.0,
    "cell_seconds": 0.5,
    "experiment_seconds": 4.5,
    "submission_seconds": 6.0,
}
"""A twentieth of the course's own limits."""


@dataclass(frozen=True)
class Innocent:
    """One hand-in, and the marks it must keep."""

    assignment: str
    student: str
    title: str
    marks: float
    quick: bool
    make: Callable[[], Handin]

    @property
    def theme(self) -> str:
        """What kind of form it has: the module it stands in."""
        return self.make.__module__.rpartition(".")[2]

    def files(self) -> dict[str, bytes]:
        """Return what is handed in, by name."""
        made = self.make()
        if isinstance(made, nbformat.NotebookNode):
            made = {f"{self.assignment}.ipynb": made}
        elif isinstance(made, str):
            made = {f"{self.assignment}.py": made}
        return {name: _bytes(content) for name, content in made.items()}

    def __str__(self) -> str:
        """Name the hand-in for a test's id: ``xor-a_lone_magic``."""
        return f"{self.assignment}-{self.student}"


_BANK: list[Innocent] = []


def innocent(
    assignment: str, marks: float = 100.0, *, quick: bool = False, student: str = ""
) -> Callable[[Callable[[], Handin]], Callable[[], Handin]]:
    """Put a hand-in into the bank; the student is named for the function unless given."""

    def put(make: Callable[[], Handin]) -> Callable[[], Handin]:
        title = (make.__doc__ or "").strip()
        _BANK.append(Innocent(assignment, student or make.__name__, title, marks, quick, make))
        return make

    return put


def bank() -> list[Innocent]:
    """Return all hand-ins, in the order of modules and lines; ValueError where two share a name."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    for module in (name for name in names if not name.startswith("_")):
        importlib.import_module(f"{__name__}.{module}")
    names = [str(entry) for entry in _BANK]
    if twice := {name for name in names if names.count(name) > 1}:
        raise ValueError(f"Two innocents of one name: {', '.join(sorted(twice))}.")
    return list(_BANK)


def _bytes(content: Any) -> bytes:
    if isinstance(content, nbformat.NotebookNode):
        content = json.dumps(content)  # nbformat would mend what is meant to be odd
    return content.encode() if isinstance(content, str) else bytes(content)
