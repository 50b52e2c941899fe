"""One submission in confined processes: what kills one costs itself, and the rest goes on."""

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, Self, TypeVar

from autograder.sandbox.answers import (
    Answer,
    Argument,
    CellOutcome,
    CellSource,
    Limits,
    SandboxFault,
)
from autograder.sandbox.child import outcome_caps
from autograder.sandbox.host import CLOCK_FACTOR, Lost, Process, WarmParent
from autograder.sandbox.replies import read_answer, read_outcome, read_progress
from autograder.sandbox.wire import CAPS, SOURCE_CHARS, Caps, Purse, given

T = TypeVar("T")

STRIKES = 2  # a function that crashed its process this often is not called again
KEPT_BYTES = 64 * 2**20  # of what all cells printed and drew; the rest is left out
LOSSES = 3  # a cell that killed its process this often is not run again


@dataclass
class _Cell:
    """A cell, and what is known of it."""

    source: CellSource
    skip: set[int] = field(default_factory=set)  # its statements that killed a process
    losses: int = 0
    at: int | None = None  # the statement that is running
    where: str = ""

    @property
    def given_up(self) -> bool:
        return self.losses >= LOSSES

    def blame(self) -> None:
        """Leave out what was running when the process was lost."""
        self.losses += 1
        if self.at is None or self.at in self.skip:
            self.losses = LOSSES
        else:
            self.skip.add(self.at)


class _OutOfTimeError(Exception):
    """The time for the whole submission is used up."""


class Session:
    """One submission, run in confined processes forked from a warm parent.

    After a hang or a crash it starts another process, loads the cells again, but for the
    statement that was running, and goes on. A function that ran out of time once, or crashed
    twice, is not called again. Raises SandboxFault for faults of the grader's own.
    """

    def __init__(self, parent: WarmParent, limits: Limits | None = None) -> None:
        self._parent = parent
        self._limits = limits or Limits()
        self._process: Process | None = None
        self._cells: list[_Cell] = []
        self._strikes: Counter[str] = Counter()
        self._last: dict[str, Answer] = {}
        self._spent = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def load(self, cells: Sequence[CellSource], *, figures: bool = False) -> list[CellOutcome]:
        """Run the cells in order, each statement for itself: one that fails costs only itself."""
        outcomes: list[CellOutcome] = []
        kept = 0
        for source in cells:
            outcome = self._load(source, figures=figures and kept < KEPT_BYTES)
            kept += len(outcome.stdout) + sum(figure.nbytes for figure in outcome.figures)
            outcomes.append(outcome if kept < KEPT_BYTES else replace(outcome, stdout=""))
        return outcomes

    def call(
        self,
        name: str,
        args: tuple[Argument, ...],
        kwargs: Mapping[str, Argument],
        *,
        seconds: float,
    ) -> Answer:
        """Call a function of the submission, for at most `seconds`."""
        purse = Purse()
        request = {
            "do": "call",
            "name": name,
            "args": tuple(given(value, purse) for value in args),
            "kwargs": {key: given(value, purse) for key, value in kwargs.items()},
        }
        return self._answer(name, request, seconds)

    def get(self, name: str) -> Answer:
        """Give a value the submission defines."""
        return self._answer(name, {"do": "get", "name": name}, self._limits.call_seconds)

    def restart(self) -> None:
        """Have the next call run in a new process, which has seen none of the calls so far."""
        self.close()

    def close(self) -> None:
        """End the submission's process."""
        process, self._process = self._process, None
        if process is not None:
            with suppress(SandboxFault):  # it has ended with its parent
                process.close()

    def _answer(self, name: str, request: dict[str, Any], seconds: float) -> Answer:
        if self._strikes[name] >= STRIKES:
            return self._last[name]
        try:
            self._ready(len(self._cells))
            return self._ask(request, read_answer, seconds)
        except _OutOfTimeError as error:
            return Answer("budget", error=str(error))
        except Lost as lost:
            self._strikes[name] += STRIKES if lost.kind == "timeout" else 1
            self._last[name] = Answer(lost.kind, error=str(lost))
            return self._last[name]

    # --- cells --------------------------------------------------------------------------

    def _load(self, source: CellSource, *, figures: bool) -> CellOutcome:
        fault = _unsendable(source)
        if fault:
            return CellOutcome(error=fault, where=source.label)
        cell = _Cell(source)
        self._cells.append(cell)
        first: CellOutcome | None = None
        while not cell.given_up:
            try:
                self._ready(len(self._cells) - 1)
                outcome = self._run(cell, figures=figures)
            except _OutOfTimeError as error:
                return first or CellOutcome(error=str(error))
            except Lost as lost:
                first = first or CellOutcome(error=str(lost), where=cell.where)
            else:
                return replace(outcome, error=first.error, where=first.where) if first else outcome
        return first or CellOutcome()

    def _run(self, cell: _Cell, *, figures: bool) -> CellOutcome:
        cell.at, cell.where = None, cell.source.label

        def parse(reply: Any) -> CellOutcome | None:
            progress = read_progress(reply)
            if progress is None:
                return read_outcome(reply)
            cell.at, cell.where = progress
            return None

        request = {
            "do": "load",
            "label": cell.source.label,
            "source": cell.source.source,
            "figures": figures,
            "skip": sorted(cell.skip),
        }
        seconds = cell.source.seconds or self._limits.cell_seconds
        try:
            return self._ask(request, parse, seconds, outcome_caps(self._limits, figures=figures))
        except Lost:
            cell.blame()
            raise

    def _ready(self, count: int) -> None:
        """See that there is a process in which the first `count` cells have run."""
        while self._process is None:
            start = time.monotonic()
            self._process = Process(self._parent, self._limits)
            self._spent += (time.monotonic() - start) / CLOCK_FACTOR
            try:
                for cell in self._cells[:count]:
                    if not cell.given_up:
                        self._run(cell, figures=False)
            except Lost:
                continue

    def _ask(
        self,
        request: dict[str, Any],
        parse: Callable[[Any], T | None],
        seconds: float,
        caps: Caps = CAPS,
    ) -> T:
        left = self._limits.submission_seconds - self._spent
        process = self._process
        if left <= 0 or process is None:
            raise self._out_of_time()
        before = process.spent
        try:
            return process.ask(request, parse, seconds=min(seconds, left), caps=caps)
        except Lost as lost:
            self._process = None
            if lost.kind == "timeout" and left < seconds:
                raise self._out_of_time() from None
            raise
        finally:
            self._spent += process.spent - before

    def _out_of_time(self) -> _OutOfTimeError:
        seconds = self._limits.submission_seconds
        return _OutOfTimeError(f"the {seconds:g} s for the whole submission are used up")


def _unsendable(source: CellSource) -> str:
    if len(source.source) > SOURCE_CHARS:
        return f"a cell of more than {SOURCE_CHARS} characters is not run"
    try:
        source.source.encode()
    except UnicodeEncodeError:
        return "a cell that is not Unicode text is not run"
    return ""
