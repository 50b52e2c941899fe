"""What the grader and student code say to each other, wherever that code runs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, Protocol, TypeAlias

from numpy.typing import NDArray

Array: TypeAlias = NDArray[Any]
Scalar: TypeAlias = bool | int | float | str | None
Plain: TypeAlias = Scalar | Array | list["Plain"] | tuple["Plain", ...] | dict[str, "Plain"]
Probe: TypeAlias = Callable[[Any], Any]
Argument: TypeAlias = Plain | Probe
OwnKind: TypeAlias = Literal[
    "value", "undefined", "not-callable", "signature", "raised", "unsupported"
]
Kind: TypeAlias = OwnKind | Literal["timeout", "memory", "crashed", "malformed", "budget"]

MANY_ITEMS = 20
HANG = 5  # processes may take four times their limit by the clock


class SandboxFault(Exception):  # noqa: N818 - the word for it everywhere
    """The sandbox itself failed; never the fault of the student whose code was to run."""


class IsolationError(Exception):
    """A wall that should confine student code cannot be raised, or does not hold."""


@dataclass(frozen=True)
class Limits:
    """What one submission may use; time is CPU time, and four times as much by the clock.

    Its cells may take `submission_seconds` in all, and the calls for each item `item_seconds`.
    With `experiment_seconds` 0 the experiment is not run for the feedback page.
    """

    call_seconds: float = 3.0
    training_seconds: float = 20.0
    cell_seconds: float = 10.0
    experiment_seconds: float = 90.0
    item_seconds: float = 30.0
    submission_seconds: float = 120.0
    memory_mb: int = 1024
    output_kb: int = 64

    @property
    def process_seconds(self) -> float:
        """CPU time after which the kernel ends a process, if nobody else has."""
        return self.submission_seconds + MANY_ITEMS * self.item_seconds + 2

    @property
    def hang_seconds(self) -> float:
        """Time by the clock after which who grades a submission must hang."""
        return HANG * self.process_seconds


class CellSource(NamedTuple):
    """A code cell in plain Python, and what to call it in messages (``cell 7``).

    It may run for `seconds`; where None, for the limit's `cell_seconds`.
    """

    label: str
    source: str
    seconds: float | None = None


@dataclass(frozen=True)
class CellOutcome:
    """What running a cell showed."""

    stdout: str = ""  # text printed, to stdout and stderr, in order
    error: str = ""  # the first error, in one line of plain text; empty if there was none
    where: str = ""  # the line that raised it, as ``cell 7, line 3: return 1/1 + z``
    figures: tuple[Array, ...] = ()  # RGBA images, each uint8 of shape (height, width, 4)


@dataclass(frozen=True)
class Answer:
    """What came of asking student code for a value.

    `arguments` are those of the call as it left them, if it changed any; None in place of a
    function, and of what can no longer be sent. `error` and `where` are as of a CellOutcome.
    """

    kind: Kind = "value"  # or why there is none
    value: Plain = None
    arguments: tuple[Plain, ...] = ()
    error: str = ""
    where: str = ""


class Caller(Protocol):
    """What a submission's functions are called by, wherever it runs."""

    def call(self, name: str, args: tuple[Argument, ...], *, seconds: float) -> Answer:
        """Call a function of the submission, for at most `seconds`."""
        ...

    def get(self, name: str) -> Answer:
        """Give a value of the submission, such as ``PROPERTIES``."""
        ...
