"""The submission as a test sees it: its functions by name, wherever they run."""

from collections.abc import Sequence
from typing import Any

from autograder.checks.failure import CheckFailure
from autograder.checks.ladder import defined, obtain, unchanged
from autograder.sandbox.answers import Answer, CellSource, Limits, Transport
from autograder.sandbox.runner import Runner
from autograder.submission import EXPERIMENT, Cell, Submission


class Function:
    """A function of the submission.

    Calling it returns plain numbers, or raises CheckFailure; `answer` never raises.
    """

    def __init__(self, name: str, transport: Transport, limits: Limits) -> None:
        self.name = name
        self._transport = transport
        self._limits = limits

    def answer(self, *args: Any, training: bool = False) -> Answer:
        """Call it and return what came of it; a training run is given more time."""
        limits = self._limits
        seconds = limits.training_seconds if training else limits.call_seconds
        return self._transport.call(self.name, args, {}, seconds=seconds)

    def __call__(self, *args: Any, training: bool = False) -> Any:
        """Call it and return its value: arrays, numbers, tuples, lists or dicts of them."""
        __tracebackhide__ = True
        names = {f"argument {i}": value for i, value in enumerate(args, 1)}
        answer = obtain(self, names, training=training)
        unchanged(self.name, names, answer)
        value = answer.value
        if value is None or isinstance(value, str):
            raise CheckFailure(f"{self.name} returned {value!r}, not numbers.")
        return value

    def __repr__(self) -> str:
        return f"<the student's {self.name}>"


class Student:
    """The functions of a submission: ``student.sigmoid(z)``."""

    def __init__(self, transport: Transport, limits: Limits | None = None) -> None:
        self._transport = transport
        self._limits = limits or Limits()
        self._values: dict[str, Answer] = {}

    def __getattr__(self, name: str) -> Function:
        if name.startswith("_"):
            raise AttributeError(name)
        return Function(name, self._transport, self._limits)

    def value(self, name: str) -> Any:
        """Return a value the submission defines, such as a dict; CheckFailure when undefined.

        It is asked for once, so that what a submission sees later cannot change it.
        """
        __tracebackhide__ = True
        if name not in self._values:
            self._values[name] = self._transport.get(name)
        return defined(name, self._values[name])


def in_this_process(submission: Submission) -> Student:
    """Run a submission's cells in this process and return it: for self-checks only."""
    runner = Runner()
    runner.load(graded_sources(submission.cells))
    return Student(runner)


def graded_sources(cells: Sequence[Cell]) -> list[CellSource]:
    """Return what is run of a submission for the marks."""
    return [CellSource(cell.label, cell.source) for cell in cells if cell.is_graded]


def shown_sources(cells: Sequence[Cell], experiment_seconds: float) -> list[CellSource]:
    """Return what is run of a submission for the feedback page: all cells but the checks."""
    return [
        CellSource(cell.label, cell.source, experiment_seconds if EXPERIMENT in cell.tags else None)
        for cell in cells
        if not cell.is_check
    ]
