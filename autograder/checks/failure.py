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
    """A call whose result is compared with what is expected.

    Parameters
    ----------
    function : the student's
    args : name -> value; passed by position, in this order
    expected : array, number, tuple of these, or dict of these
    of : for a derivative, the student's function it belongs to
    """

    function: StudentFunction
    args: Mapping[str, Any]
    expected: Any
    tolerance: Tolerance = VALUES
    of: StudentFunction | None = None


@dataclass(frozen=True)
class TrainingRun:
    """A training run, and what it should give.

    Parameters
    ----------
    train : the student's; it returns parameters (a dict) and losses (a list)
    args : what it is called with, in order
    params, losses : what the run should give
    tolerance : for the losses
    count : the argument that says how many losses there are to be
    defaults : the arguments that are left to their defaults, and these
    own : recomputes the loss of parameters with the student's own functions
    trained, recorded : what it gave
    recorded_count : how many losses there are, where that is not as many as there should be
    """

    train: StudentFunction
    args: Mapping[str, Any]
    params: Mapping[str, Any]
    losses: Floats
    tolerance: Tolerance
    count: str
    defaults: Mapping[str, Any]
    own: Any = None
    trained: Any = None
    recorded: Floats | None = None
    recorded_count: int | None = None


Seen: TypeAlias = Comparison | TrainingRun
"""What a check was about."""


class WrongValues(NamedTuple):
    """Numbers of the right shapes, not all of them right."""

    part: Any  # the key of the first array that is wrong; None where there is one alone
    label: str  # what a message calls it
    got: Mapping[Any, Floats]  # every array that came, by its key


class CheckFailure(AssertionError):  # noqa: N818 - a verdict on the work, not an error
    """A submission failed a check.

    Parameters
    ----------
    message : names the function, the input, what came, and what was expected
    hint : what the mistake may be, without giving the answer; empty when not known
    seen : what the check was about, for who explains the failure
    wrong : the values, where nothing but these is wrong
    """

    def __init__(
        self,
        message: str,
        hint: str = "",
        seen: Seen | None = None,
        wrong: WrongValues | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = said(hint)
        self.seen = seen
        self.wrong = wrong

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
