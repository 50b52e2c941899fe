"""One submission in confined processes: what kills one costs itself, and the rest goes on."""

import time
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any, Self

from autograder.sandbox.answers import (
    Answer,
    Argument,
    CellOutcome,
    CellSource,
    Limits,
    SandboxFault,
)
from autograder.sandbox.child import outcome_caps
from autograder.sandbox.host import Lost, Process, WarmParent
from autograder.sandbox.replies import Progress, read_answer, read_outcome, read_progress
from autograder.sandbox.statements import Need
from autograder.sandbox.text import place
from autograder.sandbox.wire import SOURCE_CHARS, Purse, WireError, given

STRIKES = 2  # a function that crashed its process this often is not called again
KEPT_BYTES = 64 * 2**20  # of what all cells printed and drew; the rest is left out
SLOW_SECONDS = 0.1  # a statement that takes longer, and is perhaps not needed, is not run again


class _OutOfTimeError(Exception):
    """A time for the whole submission is used up."""


class Session:
    """One submission, run in confined processes forked from a warm parent.

    After a hang or a crash it starts another process, runs the cells again, but for the
    statement that was running, and goes on. A function that ran out of time once, or crashed
    twice, is not called again. Raises SandboxFault for faults of the grader's own.
    """

    def __init__(self, parent: WarmParent, limits: Limits | None = None) -> None:
        self._parent = parent
        self._limits = limits or Limits()
        self._process: Process | None = None
        self._cells: list[CellSource] = []
        self._told = 0  # how many of them the process has been given
        self._names: set[str] | None = None
        self._figures = False
        self._outcomes: list[CellOutcome] = []
        self._kept = 0
        self._losses: dict[int, tuple[str, str]] = {}  # cell -> how and where it lost a process
        self._skip: set[tuple[int, int]] = set()  # statements not to run again
        self._skipped: frozenset[tuple[int, int]] = frozenset()  # in the process that runs now
        self._perhaps_left = self._limits.cell_seconds
        self._running: Progress | None = None
        self._strikes: Counter[str] = Counter()
        self._last: dict[str, Answer] = {}
        self._loading = self._calling = 0.0  # the time taken so far

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def load(
        self,
        cells: Sequence[CellSource],
        names: Collection[str] | None = None,
        *,
        figures: bool = False,
    ) -> list[CellOutcome]:
        """Run the cells in order, each statement for itself: one that fails costs only itself.

        Given `names`, what these do not need is not run, and what they may need only while that
        takes no more than the time of one cell in all.
        """
        before = len(self._cells)
        self._cells += cells
        self._names = None if names is None else set(names)
        self._figures = figures
        try:
            self._ready()
        except _OutOfTimeError as error:
            for cell in range(len(self._outcomes), len(self._cells)):
                self._keep(cell, CellOutcome(error=str(error)))
        return self._outcomes[before:]

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
            self._ready()
            answer = self._ask(request, seconds)
        except _OutOfTimeError as error:
            return Answer("budget", error=str(error))
        except Lost as lost:
            self._strikes[name] += STRIKES if lost.kind == "timeout" else 1
            self._last[name] = Answer(lost.kind, error=str(lost))
            return self._last[name]
        if answer.kind == "undefined" and self._names is not None and name not in self._names:
            self._names.add(name)  # it may stand in what was left out
            self.restart()
            return self._answer(name, request, seconds)
        return answer

    def _ask(self, request: dict[str, Any], seconds: float) -> Answer:
        process = self._process
        assert process is not None  # noqa: S101 - it is ready
        before, used = process.spent, self._calling

        def allowed() -> float:
            return min(seconds, self._left(used + process.spent - before))

        try:
            return process.ask(request, read_answer, seconds=allowed)
        except Lost as lost:
            self._process = None
            raise self._out_of_time(lost, used + process.spent - before) from None
        finally:
            self._calling = used + process.spent - before

    # --- time ---------------------------------------------------------------------------

    def _left(self, used: float) -> float:
        """Return what is left of the time for all cells, or for all calls."""
        left = self._limits.submission_seconds - used
        if left <= 0:
            seconds = self._limits.submission_seconds
            raise _OutOfTimeError(f"the {seconds:g} s for the whole submission are used up")
        return left

    def _out_of_time(self, lost: Lost, used: float) -> Exception:
        """Return what to raise for a loss: if the time for all is up, that is what it was."""
        if lost.kind == "timeout":
            try:
                self._left(used)
            except _OutOfTimeError as error:
                return error
        return lost

    # --- cells --------------------------------------------------------------------------

    def _ready(self) -> None:
        """See that there is a process in which all cells have run."""
        while self._process is None or self._told < len(self._cells):
            if self._process is None:
                start = time.monotonic()
                self._process, self._told = Process(self._parent, self._limits), 0
                self._loading += time.monotonic() - start
            try:
                self._run_cells(self._process)
            except Lost as lost:
                self._process = None
                self._blame(lost)

    def _run_cells(self, process: Process) -> None:
        before, used = process.spent, self._loading
        mark, position = before, self._told

        def allowed() -> float:
            return min(self._statement_seconds(), self._left(used + process.spent - before))

        def parse(reply: Any) -> bool | None:
            nonlocal mark, position
            spent = process.spent
            self._note(spent - mark)
            mark = spent
            at = read_progress(reply)
            if at is None:
                self._keep(position, read_outcome(reply))
                position += 1
            elif self._running and _order(at) <= _order(self._running):
                raise WireError("Statements do not run twice.")
            self._running = at or self._running
            return position == len(self._cells) or None

        self._left(used)
        self._skipped = frozenset(self._skip)
        self._tell(process)
        if position == len(self._cells):
            return
        request = {
            "do": "run",
            "names": None if self._names is None else sorted(self._names),
            "figures": self._figures,
            "known": len(self._outcomes),
            "skip": [list(place) for place in sorted(self._skipped)],
            "perhaps": self._perhaps_left > 0,
        }
        try:
            caps = outcome_caps(self._limits, figures=self._figures)
            process.ask(request, parse, seconds=allowed, caps=caps)
        except Lost as lost:
            self._note(process.spent - mark)
            raise self._out_of_time(lost, used + process.spent - before) from None
        finally:
            self._loading = used + process.spent - before

    def _tell(self, process: Process) -> None:
        """Give the process the cells it has not got."""
        for number in range(self._told, len(self._cells)):
            cell = self._cells[number]
            fault = _unsendable(cell)
            if fault:
                self._losses[number] = fault, cell.label
            source = "" if fault else cell.source
            process.tell({"do": "cell", "label": cell.label, "source": source})
        self._told = len(self._cells)
        self._running = None

    def _statement_seconds(self) -> float:
        if self._running is None:
            return self._limits.cell_seconds
        cell, _, _, need = self._running
        if need is Need.PERHAPS:
            return max(self._perhaps_left, SLOW_SECONDS)
        if not 0 <= cell < len(self._cells):
            return 0.0
        return self._cells[cell].seconds or self._limits.cell_seconds

    def _note(self, seconds: float) -> None:
        """Note how long the statement took that was running."""
        if self._running and self._running[3] is Need.PERHAPS:
            self._perhaps_left -= seconds
            if seconds > SLOW_SECONDS:
                self._skip.add(self._running[:2])

    def _keep(self, cell: int, outcome: CellOutcome) -> None:
        """Keep what came of a cell when it first ran to its end."""
        if cell < len(self._outcomes):
            return
        if cell in self._losses:
            error, where = self._losses[cell]
            outcome = replace(outcome, error=error, where=where)
        size = len(outcome.stdout) + sum(figure.nbytes for figure in outcome.figures)
        if self._kept + size > KEPT_BYTES:
            outcome = replace(outcome, stdout="", figures=())
        else:
            self._kept += size
        self._outcomes.append(outcome)

    def _blame(self, lost: Lost) -> None:
        """Leave out what was running when a process was lost."""
        everything = [(cell, -1) for cell in range(len(self._cells))]
        cell, number, line, _ = self._running or (len(self._cells), -1, 0, Need.CERTAIN)
        if cell >= len(self._cells):  # it never came to run any, or says what cannot be
            self._skip.update(everything)
            cell, number, line = 0, -1, 0
        self._skip.add((cell, -1) if (cell, number) in self._skipped else (cell, number))
        source = self._cells[cell]
        lines = source.source.splitlines()
        text = lines[line - 1] if 0 < line <= len(lines) else ""
        self._losses.setdefault(cell, (str(lost), place(source.label, line, text)))


def _order(progress: Progress) -> tuple[bool, int, int]:
    """Return what grows from one statement to the next: all cells are read before any is run."""
    cell, number, *_ = progress
    return number >= 0, cell, number


def _unsendable(source: CellSource) -> str:
    if len(source.source) > SOURCE_CHARS:
        return f"a cell of more than {SOURCE_CHARS} characters is not run"
    try:
        source.source.encode()
    except UnicodeEncodeError:
        return "a cell that is not Unicode text is not run"
    return ""
