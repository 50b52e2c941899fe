"""The submission as a test sees it: its functions by name, wherever they run."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from autograder.checks.calls import defined, obtain, unchanged
from autograder.checks.failure import CheckFailure
from autograder.explain.effort import spend_on_answer
from autograder.sandbox.answers import Answer, Argument, Caller, CellSource, Limits
from autograder.sandbox.runner import Runner
from autograder.stubs import without_stubs
from autograder.submission import EXPERIMENT, Cell, Submission, definitions

if TYPE_CHECKING:
    from autograder.sandbox.session import Session  # for Linux only

Transport: TypeAlias = "Runner | Session"
"""Where a submission runs: in this process, or in confined ones."""


class Failed(NamedTuple):
    """A cell that stopped with an error while the submission was loaded."""

    defines: frozenset[str]
    error: str
    where: str


@dataclass(eq=False, repr=False)
class Function:
    """A function of the submission.

    Calling it returns plain numbers, or raises CheckFailure; `answer` never raises.
    """

    name: str
    _caller: Caller
    _limits: Limits
    _failed: Sequence[Failed] = ()

    def answer(self, *args: Any, training: bool = False) -> Answer:
        """Call it and return what came of it; a training run is given more time."""
        limits = self._limits
        seconds = limits.training_seconds if training else limits.call_seconds
        answer = self._caller.call(self.name, args, seconds=seconds)
        spend_on_answer(answer.value, answer.arguments)
        return with_cause(answer, self.name, self._failed)

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

    def declares(self, **defaults: float) -> bool:
        """Return whether these are its parameters' defaults, as they are declared; runs nothing."""
        declared = {name: self._caller.get(f"{self.name}.{name}").value for name in defaults}
        return all(
            isinstance(declared[name], int | float) and declared[name] == value
            for name, value in defaults.items()
        )

    def __repr__(self) -> str:
        return f"<the student's {self.name}>"


class Student:
    """The functions of a submission: ``student.sigmoid(z)``."""

    def __init__(
        self, caller: Caller, limits: Limits | None = None, failed: Sequence[Failed] = ()
    ) -> None:
        self._caller = caller
        self._limits = limits or Limits()
        self._failed = failed
        self._values: dict[str, Answer] = {}

    def __getattr__(self, name: str) -> Function:
        if name.startswith("_"):
            raise AttributeError(name)
        return Function(name, self._caller, self._limits, self._failed)

    def value(self, name: str) -> Any:
        """Return a value the submission defines, such as a dict; CheckFailure when undefined.

        It is asked for once, so that what a submission sees later cannot change it.
        """
        __tracebackhide__ = True
        if name not in self._values:
            answer = self._caller.get(name)
            self._values[name] = with_cause(answer, name, self._failed)
        return defined(name, self._values[name])


class Heard:
    """Calls what a transport runs, and keeps what each test was answered."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._answers: list[tuple[str, Answer]] = []

    def begin(self, test: tuple[str, str]) -> None:
        """Forget the test before."""
        del test
        self._answers.clear()

    def heard(self, name: str) -> list[Answer]:
        """Return what the function of this name has answered in this test."""
        return [answer for called, answer in self._answers if called == name]

    def call(self, name: str, args: tuple[Argument, ...], *, seconds: float) -> Answer:
        """Call a function of the submission."""
        answer = self._transport.call(name, args, seconds=seconds)
        self._answers.append((name, answer))
        return answer

    def get(self, name: str) -> Answer:
        """Give a value of the submission."""
        return self._transport.get(name)


def in_this_process(
    submission: Submission, items: Collection[str] | None = None
) -> tuple[Heard, list[Failed]]:
    """Run what the items need of a submission in this process, for a self-check.

    Returns what calls it, and the cells that failed.
    """
    runner = Runner()
    return Heard(runner), load(runner, submission, items)


def load(
    transport: Transport, submission: Submission, items: Collection[str] | None = None
) -> list[Failed]:
    """Run what counts for the marks, and return the cells that stopped with an error.

    Given `items`, what these do not need is left out.
    """
    sources = graded_sources(submission.cells)
    outcomes = zip(sources, transport.load(sources, items), strict=True)
    return [Failed(definitions(cell.source), o.error, o.where) for cell, o in outcomes if o.error]


def with_cause(answer: Answer, name: str, failed: Sequence[Failed]) -> Answer:
    """Return an answer that says of an undefined name which failed cell was to define it."""
    if answer.kind != "undefined":
        return answer
    for cell in failed:
        if name in cell.defines:
            return replace(answer, error=cell.error, where=cell.where)
    return answer


def graded_sources(cells: Sequence[Cell]) -> list[CellSource]:
    """Return what is run of a submission for the marks: no stub of what is written elsewhere."""
    graded = [cell for cell in cells if cell.is_graded]
    sources = without_stubs([cell.source for cell in graded])
    return [CellSource(cell.label, source) for cell, source in zip(graded, sources, strict=True)]


def shown_sources(cells: Sequence[Cell], experiment_seconds: float) -> list[CellSource]:
    """Return what is run of a submission for the feedback page: all cells but the checks.

    With no time at all the experiment is left out.
    """
    return [
        CellSource(cell.label, cell.source, experiment_seconds if EXPERIMENT in cell.tags else None)
        for cell in cells
        if not cell.is_check and (experiment_seconds or EXPERIMENT not in cell.tags)
    ]
