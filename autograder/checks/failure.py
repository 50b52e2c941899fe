"""What a check raises when a student's work is not right."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol, TypeAlias

from autograder.checks.compare import VALUES, Floats, Tolerance
from autograder.checks.sentences import said
from autograder.language import _
from autograder.sandbox.answers import Answer


class StudentFunction(Protocol):
    """A function of the submission, wherever it runs."""

    name: str

    def answer(self, *args: Any, training: bool = False) -> Answer:
        """Call it; failures are in the answer, nothing is raised."""


@dataclass(frozen=True)
class Comparison:
    """A call whose result is compared with what is expected."""

    function: StudentFunction
    args: Mapping[str, Any]  # name -> value; passed by position, in this order
    expected: Any  # array, number, tuple of these, or dict of these
    tolerance: Tolerance = VALUES
    of: StudentFunction | None = None  # for a derivative, the student's function it belongs to


@dataclass(frozen=True)
class TrainingRun:
    """A training run, what it should give, and what it gave."""

    train: StudentFunction
    args: Mapping[str, Any]  # what it is called with, in order
    params: Mapping[str, Any]  # what it should return as parameters, and as losses
    losses: Floats
    tolerance: Tolerance  # for the losses
    count: str  # the argument that says how many losses there are to be
    defaults: Mapping[str, Any]  # the arguments that are left to their defaults, and these
    own: Any = None  # recomputes the loss of parameters with the student's own functions
    trained: Any = None  # the parameters and the losses that it gave
    recorded: Floats | None = None
    recorded_count: int | None = None  # how many losses, where not as many as there should be


Seen: TypeAlias = Comparison | TrainingRun
"""What a check was about."""


class WrongValues(NamedTuple):
    """Numbers of the right shapes, not all of them right."""

    part: Any  # the key of the first array that is wrong; None where there is one alone
    label: str  # what a message calls it
    got: Mapping[Any, Floats]  # every array that came, by its key


class CheckFailure(AssertionError):  # noqa: N818 - a verdict on the work, not an error
    """A submission failed a check."""

    def __init__(
        self,
        message: str,
        hint: str = "",
        seen: Seen | None = None,
        wrong: WrongValues | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message  # names the function, the input, what came, and what was expected
        self.hint = said(hint)  # what the mistake may be, without the answer; empty when not known
        self.seen = seen  # what the check was about, for who explains the failure
        self.wrong = wrong  # the values, where nothing but these is wrong

    def __str__(self) -> str:
        return f"{self.message}\n{_('Hint:')} {self.hint}" if self.hint else self.message


@contextmanager
def about(seen: Seen) -> Iterator[None]:
    """Tell with a failure in the body what it is about."""
    try:
        yield
    except CheckFailure as failure:
        failure.seen = seen
        raise
