"""Run a submission's cells and call what they define, in this process."""

import contextlib
import inspect
import linecache
import random
import types
from collections.abc import Callable, Collection, Coroutine, Iterator, Sequence
from contextvars import ContextVar
from types import TracebackType
from typing import Any

import numpy as np

from autograder.sandbox.answers import (
    Answer,
    Argument,
    Array,
    CellOutcome,
    CellSource,
    Limits,
    Plain,
)
from autograder.sandbox.capture import Output, make_calm, quiet
from autograder.sandbox.figures import draw_nowhere, take_figures
from autograder.sandbox.interruption import Interrupted, TimeUp, interruptible
from autograder.sandbox.loan import Loan
from autograder.sandbox.notebook_shims import NotebookShim, display, nothing
from autograder.sandbox.statements import (
    ANYTHING,
    FUTURE_FLAGS,
    Need,
    Statement,
    Unread,
    needs,
    read,
)
from autograder.sandbox.text import describe, one_line, place
from autograder.sandbox.wire import Budget, Unsupported, given, plain, type_name, unchanged

LOADING: ContextVar[bool] = ContextVar("LOADING", default=False)
"""True while a submission's cells run: a ``check`` in them is to do nothing."""

SEED = 0


class Runner:
    """A submission in this process: for self-checks, and inside the confined process.

    Given the `namespace` of a live notebook, its functions can be called without a load.
    Where `timed`, code that runs for too long is interrupted, as far as the platform can.
    """

    def __init__(
        self,
        namespace: dict[str, Any] | None = None,
        limits: Limits | None = None,
        *,
        timed: bool = True,
    ) -> None:
        self._limits = limits or Limits()
        self._live = namespace is not None
        self._timed = timed
        self._lines: dict[str, tuple[str, list[str]]] = {}
        self._flags = 0
        self._cells: list[CellSource] = []
        self._ran = 0
        self._signatures: dict[tuple[int, int], Any] = {}  # functions found to take so many
        self._quiet: contextlib.ExitStack | None = None
        self._lent: dict[str, Any] = {}
        self._loan = Loan()
        self._wanted: frozenset[str] = frozenset()  # the names that the cells are run for
        self.module = types.ModuleType("__main__")
        self.namespace = self.module.__dict__ if namespace is None else namespace
        if not self._live:
            shim = NotebookShim(self._execute)
            self.namespace.update(get_ipython=lambda: shim, display=display)

    def load(
        self,
        cells: Sequence[CellSource],
        names: Collection[str] | None = None,
        *,
        figures: bool = False,
    ) -> list[CellOutcome]:
        """Run the cells in order, each statement for itself: one that raises costs only itself.

        Given `names`, what these do not need is left out, and what is printed or drawn is not kept.
        """
        draw_nowhere()
        outcomes: list[CellOutcome] = []
        for cell in cells:
            self.add(cell)
        self.run(names, figures=figures, finished=outcomes.append)
        return outcomes

    def add(self, cell: CellSource) -> None:
        """Take in a cell, to be run by the next `run`."""
        self._cells.append(cell)

    def run(
        self,
        names: Collection[str] | None = None,
        *,
        figures: bool = False,
        known: int = 0,
        skip: Collection[tuple[int, int]] = (),
        perhaps: bool = True,
        starting: Callable[[int, int, int, Need], None] = nothing,
        finished: Callable[[CellOutcome], None] = nothing,
    ) -> None:
        """Run the cells that have been added since the last run.

        Parameters
        ----------
        names : leave out what these do not need; None: leave out nothing, and keep what is shown
        figures, known : keep what is drawn, from this cell on
        skip : statements not to run, by cell and number in it; -1 stands for the cell as a whole
        perhaps : run also what the names may need, for all that is known
        starting : told cell, number and line of each statement before it runs, and its need
        finished : given the outcome of each cell
        """
        if self._quiet:
            self._quiet.close()
            self._quiet = None
        self._wanted = frozenset(names or ())
        cells = range(self._ran, len(self._cells))
        self._ran = len(self._cells)
        parts = {cell: self._read(cell, starting) for cell in cells if (cell, -1) not in skip}
        statements = [part for ps in parts.values() for part in ps if isinstance(part, Statement)]
        need = dict.fromkeys(map(id, statements), Need.CERTAIN)
        if names is not None:
            need = dict(zip(need, needs(statements, names), strict=True))
        for cell in cells:

            def wanted(number: int, statement: Statement, cell: int = cell) -> bool:
                degree = need[id(statement)]
                if (cell, number) in skip or degree is Need.NONE:
                    return False
                if degree is Need.PERHAPS and not perhaps:
                    return False
                starting(cell, number, statement.line, degree)
                return True

            shown = names is None and cell >= known
            finished(self._run_cell(parts.get(cell, []), cell, wanted, shown, figures and shown))

    def lend(self, sources: Sequence[str], names: Collection[str]) -> None:
        """Have these names be what other sources define, whatever the cells make of them.

        The sources run in a namespace of their own.
        """
        module = types.ModuleType("lent")
        for source in sources:
            exec(compile(source, "<lent>", "exec", dont_inherit=True), module.__dict__)  # noqa: S102
        self._lent = {name: self._loan.of(module.__dict__[name]) for name in names}
        self.namespace.update(self._lent)

    def _run_cell(
        self,
        parts: Sequence[Statement | Unread],
        cell: int,
        wanted: Callable[[int, Statement], bool],
        shown: bool,
        figures: bool,
    ) -> CellOutcome:
        """Run one cell and return what came of it."""
        output = Output(self._limits.output_kb * 1024 if shown else 0)
        self._seed()
        token = LOADING.set(True)
        images: tuple[Array, ...] = ()
        try:
            with quiet(output):
                error, where = self._run_parts(parts, self._cells[cell].label, wanted)
                try:
                    images = take_figures(keep=figures)
                except BaseException as failure:  # drawing runs student code
                    error = error or describe(failure)
        finally:
            LOADING.reset(token)
        return CellOutcome(output.text() if shown else "", error, where, images)

    def call(self, name: str, args: tuple[Argument, ...], *, seconds: float) -> Answer:
        """Call a function with copies of the arguments, for at most `seconds`."""
        if name not in self.namespace:
            return Answer("undefined", error=f"{one_line(name)} is not defined")
        function = self.namespace[name]
        if not callable(function):
            return Answer("not-callable", error=type_name(function))
        return self._answer(lambda: self._call(function, args), seconds)

    def get(self, name: str) -> Answer:
        """Give a copy of a value the submission defines."""
        if name not in self.namespace:
            return Answer("undefined", error=f"{one_line(name)} is not defined")
        value = self.namespace[name]
        return self._answer(lambda: Answer("value", plain(value)), self._limits.call_seconds)

    def close(self) -> None:
        """Forget the cells' sources."""
        for filename in self._lines:
            linecache.cache.pop(filename, None)

    # --- cells --------------------------------------------------------------------------

    def _read(
        self, number: int, starting: Callable[[int, int, int, Need], None]
    ) -> list[Statement | Unread]:
        starting(number, -1, 0, Need.CERTAIN)
        cell = self._cells[number]
        filename = f"<{cell.label}>"
        self._remember(filename, cell)
        parts = list(read(cell.source, filename, number, self._flags))
        for part in parts:
            if isinstance(part, Statement):
                self._flags |= part.code.co_flags & FUTURE_FLAGS
        return parts

    def _run_parts(
        self,
        parts: Sequence[Statement | Unread],
        label: str,
        wanted: Callable[[int, Statement], bool],
    ) -> tuple[str, str]:
        first = ("", "")
        for number, part in enumerate(parts):
            failure = ("", "")
            if isinstance(part, Unread):
                failure = _compile_error(part.error, label)
            elif wanted(number, part):
                values = self._values(self._wanted if part.uses & ANYTHING else part.binds)
                failure = self._run_statement(part, f"<{label}>")
                self._put_back(values)
                self.namespace.update(self._lent)  # aliases that follow are to be of what is lent
            first = first if first[0] else failure
        return first

    def _values(self, names: frozenset[str]) -> dict[str, Any]:
        found = ((name, self.namespace.get(name)) for name in names & self._wanted)
        return {name: value for name, value in found if callable(value) or isinstance(value, dict)}

    def _put_back(self, values: dict[str, Any]) -> None:
        """Bring back functions and dicts whose names have become something else: a result."""
        for name, value in values.items():
            now = self.namespace.get(name)
            if not (callable(now) if callable(value) else isinstance(now, dict)):
                self.namespace[name] = value

    def _run_statement(self, statement: Statement, filename: str) -> tuple[str, str]:
        seconds = self._limits.cell_seconds
        try:
            with self._interruptible(seconds):
                if statement.code.co_flags & inspect.CO_COROUTINE:
                    _drive(types.FunctionType(statement.code, self.namespace)())
                else:
                    exec(statement.code, self.namespace)  # noqa: S102 - to run it is the purpose
        except Interrupted:
            raise
        except TimeUp:
            return still_running(seconds), self._place(filename, statement.line)
        except BaseException as error:  # costs this statement only
            return describe(error), self._where(error.__traceback__)
        return "", ""

    def _execute(self, source: str) -> None:
        code = compile(source, "<magic>", "exec", self._flags, dont_inherit=True)
        exec(code, self.namespace)  # noqa: S102 - to run it is the purpose

    # --- calls --------------------------------------------------------------------------

    def _call(self, function: Any, args: tuple[Argument, ...]) -> Answer:
        self._check_signature(function, len(args))
        self._loan.begin(args)
        budget = Budget()
        own = tuple(given(value, budget) for value in args)
        value = function(*own)
        if inspect.iscoroutine(value):
            value.close()
        budget = Budget()
        result = plain(value, budget)
        if all(map(unchanged, args, own)):
            return Answer("value", result)
        return Answer("value", result, tuple(_left(argument, budget) for argument in own))

    def _check_signature(self, function: Any, count: int) -> None:
        """Raise _SignatureFault when a function does not take so many arguments."""
        if self._signatures.get((id(function), count)) is function:
            return
        try:
            signature = inspect.signature(function)
        except (ValueError, TypeError):  # a builtin or ufunc need not tell its signature
            return
        try:
            signature.bind(*[None] * count)
        except TypeError as error:
            raise _SignatureFault(one_line(str(error))) from None
        self._signatures[id(function), count] = function

    def _answer(self, ask: Callable[[], Answer], seconds: float) -> Answer:
        with self._calm():
            try:
                with self._interruptible(seconds):
                    return ask()
            except Interrupted:
                raise
            except TimeUp:
                return Answer("timeout", error=still_running(seconds))
            except _SignatureFault as fault:
                return Answer("signature", error=str(fault))
            except Unsupported as fault:
                return Answer("unsupported", error=one_line(str(fault)))
            except BaseException as error:  # that is an answer too
                return self._raised(error)

    def _calm(self) -> contextlib.AbstractContextManager[None]:
        """Keep a call quiet; in a process of its own that is set up once, for all calls."""
        if self._timed:
            self._seed()
            return quiet(Output(0))
        if self._quiet is None:
            self._seed()
            self._quiet = contextlib.ExitStack()
            self._quiet.enter_context(quiet(Output(0)))
        else:
            make_calm()
        return contextlib.nullcontext()

    def _raised(self, error: BaseException) -> Answer:
        where = self._where(error.__traceback__)
        if isinstance(error, TypeError) and not where:
            return Answer("signature", error=one_line(str(error)))
        return Answer("raised", error=describe(error), where=where)

    def _interruptible(self, seconds: float) -> contextlib.AbstractContextManager[None]:
        return interruptible(seconds) if self._timed else contextlib.nullcontext()

    def _seed(self) -> None:
        """Make global random numbers the same for each cell and call, in whatever order."""
        if not self._live:
            random.seed(SEED)
            np.random.seed(SEED)  # it is the global state that code may use

    # --- places in the source -----------------------------------------------------------

    def _remember(self, filename: str, cell: CellSource) -> None:
        lines = cell.source.splitlines(keepends=True)
        self._lines[filename] = (cell.label, lines)
        linecache.cache[filename] = (len(cell.source), None, lines, filename)

    def _where(self, traceback: TracebackType | None) -> str:
        """Name the innermost line of student code that a traceback passes through."""
        innermost = ""
        for frame in _student_frames(traceback, self.namespace):
            where = self._place(frame.tb_frame.f_code.co_filename, frame.tb_lineno)
            innermost = where or innermost
        return innermost

    def _place(self, filename: str, number: int) -> str:
        if self._live:
            return place("", number, linecache.getline(filename, number))
        if filename not in self._lines:
            return ""
        label, lines = self._lines[filename]
        return place(label, number, lines[number - 1] if 0 < number <= len(lines) else "")


class _SignatureFault(Exception):  # noqa: N818 - a kind of answer
    pass


def still_running(seconds: float) -> str:
    """Say that code was stopped after `seconds`."""
    return f"still running after {seconds:g} s"


def _left(argument: object, budget: Budget) -> Plain:
    try:
        return plain(argument, budget)
    except Unsupported:
        return None


def _student_frames(
    traceback: TracebackType | None, namespace: dict[str, Any]
) -> Iterator[TracebackType]:
    while traceback is not None:
        if traceback.tb_frame.f_globals is namespace:
            yield traceback
        traceback = traceback.tb_next


def _drive(coroutine: Coroutine[Any, Any, Any]) -> None:
    """Run a statement that awaits, as far as it needs no event loop."""
    try:
        while coroutine.send(None) is None:
            continue
    except StopIteration:
        return
    coroutine.close()
    raise RuntimeError("there is no event loop here to wait for this")


def _compile_error(error: Exception, label: str) -> tuple[str, str]:
    if not isinstance(error, SyntaxError):
        return describe(error), label
    return (
        one_line(f"{type(error).__name__}: {error.msg}"),
        place(label, error.lineno or 0, error.text or ""),
    )
