"""One submission in confined processes: what kills one costs itself, and the rest goes on."""

import itertools
import time
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any, NamedTuple, Self

from autograder.sandbox import wire
from autograder.sandbox.answers import (
    Answer,
    Argument,
    CellOutcome,
    CellSource,
    Limits,
    SandboxFault,
)
from autograder.sandbox.host import Process, ProcessLost, WarmParent
from autograder.sandbox.plain import Budget, given, place
from autograder.sandbox.statements import Need

STRIKES = 2  # a function that crashed its process this often is not called again
KEPT_BYTES = 64 * 2**20  # of what all cells printed and drew; the rest is left out
SLOW_SECONDS = 0.1  # a statement that takes longer, and is perhaps not needed, is not run again
TOO_MUCH = Answer("unsupported", error=f"more than {KEPT_BYTES // 2**20} MiB of values in all")


class Question(NamedTuple):
    """A call of a function, or a value to be given, ready to be sent any number of times."""

    name: str
    args: tuple[Argument, ...] | None  # None where the value of this name is asked for
    seconds: float  # how long it may take
    item: str  # on whose time it is
    request: wire.Encoded

    @classmethod
    def of(
        cls, name: str, args: tuple[Argument, ...] | None, seconds: float, item: str
    ) -> "Question":
        """Make a question; copies the arguments."""
        if args is None:
            return cls(name, None, seconds, item, wire.encoded({"do": "get", "name": name}))
        budget = Budget()
        own = tuple(given(value, budget) for value in args)
        request = wire.encoded({"do": "call", "name": name, "args": own}, probes=True)
        return cls(name, own, seconds, item, request)


class _OutOfTimeError(Exception):
    """The time for all cells is used up."""


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
        self._lent: dict[str, Any] = {}
        self._outcomes: list[CellOutcome] = []
        self._kept = 0
        self._losses: dict[int, tuple[str, str]] = {}  # cell -> how and where it lost a process
        self._skip: set[tuple[int, int]] = set()  # statements not to run again
        self._skipped: frozenset[tuple[int, int]] = frozenset()  # in the process that runs now
        self._running: wire.Progress | None = None
        self._perhaps_left = self._limits.cell_seconds
        self._loading = 0.0  # the time that cells have taken
        self._calling: dict[str, float] = defaultdict(float)  # the time of the calls for each item
        self._strikes: dict[str, tuple[int, Answer]] = {}  # how often and how a function was lost
        self._unread = KEPT_BYTES

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

    def lend(
        self, cells: Sequence[CellSource], names: Collection[str], *, differences: bool = False
    ) -> None:
        """Before any cell is run: have these names be what other cells define, and stay so.

        What is lent refuses to have differences taken of it, unless they are what it is lent for.
        """
        sources = [cell.source for cell in cells]
        self._lent = {"do": "lend", "sources": sources, "names": sorted(names)}
        self._lent["differences"] = differences

    def call(
        self, name: str, args: tuple[Argument, ...], *, seconds: float, item: str = ""
    ) -> Answer:
        """Call a function of the submission, for at most `seconds`, on the item's time."""
        (answer,) = self.ask_all([Question.of(name, args, seconds, item)])
        return answer

    def get(self, name: str) -> Answer:
        """Give a value the submission defines."""
        (answer,) = self.ask_all([Question.of(name, None, self._limits.call_seconds, "")])
        return answer

    def ask_all(self, questions: Sequence[Question]) -> list[Answer]:
        """Ask one question after the other; each has an answer, and costs no later one its own.

        They are sent at once, and after a loss again from the one behind the culprit on.
        """
        answers: list[Answer] = []
        self._unread = KEPT_BYTES
        while len(answers) < len(questions):
            rest = questions[len(answers) :]
            known = self._known(rest[0])
            if known:
                answers.append(known)
                continue
            batch = list(itertools.takewhile(lambda question: not self._known(question), rest))
            try:
                self._ready()
                answers += self._asked(batch)
            except _OutOfTimeError as error:
                answers.append(Answer("budget", error=str(error)))
            except ProcessLost as lost:
                name = questions[len(answers)].name
                strikes = STRIKES if lost.kind == "timeout" else 1
                strikes += self._strikes.get(name, (0,))[0]
                answers.append(Answer(lost.kind, error=str(lost)))
                self._strikes[name] = strikes, answers[-1]
        return answers

    def close(self) -> None:
        """End the submission's process."""
        process, self._process = self._process, None
        if process is not None:
            with suppress(SandboxFault):  # it has ended with its parent
                process.close()

    def _known(self, question: Question) -> Answer | None:
        """Return the answer to a question that is not asked any more."""
        strikes, last = self._strikes.get(question.name, (0, None))
        if strikes >= STRIKES:
            return last
        if self._left(question) <= 0:
            seconds = self._limits.item_seconds
            return Answer("budget", error=f"the {seconds:g} s for all its calls are used up")
        return None

    def _left(self, question: Question) -> float:
        return self._limits.item_seconds - self._calling[question.item]

    def _asked(self, batch: Sequence[Question]) -> Iterator[Answer]:
        """Yield the answers to a batch, as long as the process and the time last."""
        process = self._process
        assert process is not None  # noqa: S101 - it is ready

        def allowed(n: int) -> float:
            return min(batch[n].seconds, self._left(batch[n]))

        process.lap()
        replies = process.ask([q.request for q in batch], wire.read_answer, seconds=allowed)
        for question in batch:
            if self._left(question) <= 0:
                self.close()
                return
            size = process.received
            try:
                answer = next(replies)
            except ProcessLost as lost:
                self._process = None
                self._calling[question.item] += process.lap()
                if lost.kind == "timeout" and self._left(question) <= 0:
                    return  # it was the item's time that was up
                raise
            self._calling[question.item] += process.lap()
            if answer.kind == "undefined" and self._is_left_out(question.name):
                self.close()
                return
            self._unread -= process.received - size
            yield answer if self._unread > 0 else TOO_MUCH

    def _is_left_out(self, name: str) -> bool:
        """Return whether a name may stand in what was not run; from now on it is run."""
        if self._names is None or name in self._names:
            return False
        self._names.add(name)
        return True

    # --- cells --------------------------------------------------------------------------

    def _ready(self) -> None:
        """See that there is a process in which all cells have run."""
        while self._process is None or self._told < len(self._cells):
            if self._process is None:
                self._parent.await_ready()  # its start is on nobody's time
                start = time.monotonic()
                self._process, self._told = Process(self._parent, self._limits), 0
                if self._lent:
                    self._process.tell(self._lent)
                self._loading += time.monotonic() - start
            try:
                self._run_cells(self._process)
            except ProcessLost as lost:
                self._process = None
                self._blame(lost)

    def _run_cells(self, process: Process) -> None:
        """Run the cells that a process has not been given yet."""
        self._time_left()
        position = self._told
        process.lap()
        self._skipped = frozenset(self._skip)
        self._tell(process)
        if position == len(self._cells):
            return

        def parse(reply: Any) -> bool | None:
            nonlocal position
            self._count(process.lap())
            at = wire.read_progress(reply)
            if at is None:
                self._keep(position, wire.read_outcome(reply))
                position += 1
            elif self._running and _order(at) <= _order(self._running):
                raise wire.WireError("Statements do not run twice.")
            self._running = at or self._running
            return position == len(self._cells) or None

        request = {
            "do": "run",
            "names": None if self._names is None else sorted(self._names),
            "figures": self._figures,
            "known": len(self._outcomes),
            "skip": sorted(self._skipped),
            "perhaps": self._perhaps_left > 0,
        }
        try:
            caps = wire.outcome_caps(self._limits, figures=self._figures)
            asked = [wire.encoded(request, probes=True)]
            next(process.ask(asked, parse, seconds=lambda _: self._seconds_left(), caps=caps))
        except ProcessLost as lost:
            self._count(process.lap())
            if lost.kind == "timeout":
                self._time_left()  # is it up for all cells?
            raise

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

    def _count(self, seconds: float) -> None:
        """Count time that the statement has taken which was running."""
        self._loading += seconds
        if self._running and self._running[3] is Need.PERHAPS:
            self._perhaps_left -= seconds
            if seconds > SLOW_SECONDS:
                self._skip.add(self._running[:2])

    def _time_left(self) -> float:
        left = self._limits.submission_seconds - self._loading
        if left <= 0:
            seconds = self._limits.submission_seconds
            raise _OutOfTimeError(f"the {seconds:g} s for the whole submission are used up")
        return left

    def _seconds_left(self) -> float:
        """Return how long the statement that is running may take."""
        seconds = self._limits.cell_seconds
        if self._running:
            cell, _, _, need = self._running
            own = self._cells[cell].seconds if cell < len(self._cells) else 0.0
            seconds = seconds if own is None else own
            if need is Need.PERHAPS:
                seconds = max(self._perhaps_left, SLOW_SECONDS)
        return min(seconds, self._time_left())

    def _keep(self, cell: int, outcome: CellOutcome) -> None:
        """Keep what came of a cell when it first ran to its end."""
        if cell < len(self._outcomes):
            return
        if cell in self._losses:
            error, where = self._losses[cell]
            outcome = replace(outcome, error=error, where=where)
        size = len(outcome.stdout) + sum(figure.nbytes for figure in outcome.figures)
        if self._kept + size > KEPT_BYTES:
            outcome, size = replace(outcome, stdout="", figures=()), 0
        self._kept += size
        self._outcomes.append(outcome)

    def _blame(self, lost: ProcessLost) -> None:
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


def _order(progress: wire.Progress) -> tuple[bool, int, int]:
    """Return what grows from one statement to the next: all cells are read before any is run."""
    cell, number, *_ = progress
    return number >= 0, cell, number


def _unsendable(source: CellSource) -> str:
    if len(source.source) > wire.SOURCE_CHARS:
        return f"a cell of more than {wire.SOURCE_CHARS} characters is not run"
    try:
        source.source.encode()
    except UnicodeEncodeError:
        return "a cell that is not Unicode text is not run"
    return ""
