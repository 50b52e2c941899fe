"""Run a submission's cells and call what they define, in this process."""

import contextlib
import inspect
import linecache
import random
import types
from collections import defaultdict
from collections.abc import Callable, Collection, Coroutine, Sequence
from contextvars import ContextVar
from types import TracebackType
from typing import Any, TypeAlias

import numpy as np

from autograder.sandbox import bounds, statements
from autograder.sandbox.answers import (
    Answer,
    Argument,
    Array,
    CellOutcome,
    CellSource,
    Limits,
    Plain,
)
from autograder.sandbox.loan import Loan
from autograder.sandbox.plain import (
    Budget,
    Unsupported,
    describe,
    exactly,
    given,
    one_line,
    place,
    plain,
    type_name,
)
from autograder.sandbox.statements import Need, NotebookShim, Statement, display, nothing

LOADING: ContextVar[bool] = ContextVar("LOADING", default=False)
"""True while a submission's cells run: a ``check`` in them is to do nothing."""

SEED = 0
Starting: TypeAlias = Callable[[int, int, int, Need], None]


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
        self._lines: dict[str, list[str]] = {}  # of the cells' sources, by file name
        self._flags = 0
        self.cells: list[CellSource] = []  # those added since the last run are run by the next
        self._ran = 0
        self._signatures: dict[tuple[int, int], Any] = {}  # functions found to take so many
        self._quiet: contextlib.ExitStack | None = None
        self._lent: dict[str, Any] = {}
        self._loan = Loan()
        self._wanted: frozenset[str] = frozenset()  # the names that the cells are run for
        self.module = types.ModuleType("__main__")
        self.namespace = self.module.__dict__ if namespace is None else namespace
        if not self._live:
            shim = NotebookShim()
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
        bounds.draw_nowhere()
        outcomes: list[CellOutcome] = []
        self.cells += cells
        self.run(names, figures=figures, finished=outcomes.append)
        return outcomes

    def run(
        self,
        names: Collection[str] | None = None,
        *,
        figures: bool = False,
        known: int = 0,
        skip: Collection[tuple[int, int]] = (),
        perhaps: bool = True,
        starting: Starting = nothing,
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
        cells = range(self._ran, len(self.cells))
        self._ran = len(self.cells)
        found = [part for n in cells if (n, -1) not in skip for part in self._read(n, starting)]
        due = defaultdict(list)
        for part, need in zip(found, statements.needs(found, names), strict=True):
            wanted = perhaps or need is Need.CERTAIN
            if need and wanted and (part.cell, part.number) not in skip:
                due[part.cell].append((part, need))
        for cell in cells:
            shown = names is None and cell >= known
            finished(self._run_cell(cell, due[cell], starting, shown, figures and shown))

    def lend(self, sources: Sequence[str], names: Collection[str], *, differences: bool) -> None:
        """Have these names be what other sources define, whatever the cells make of them.

        The sources run in a namespace of their own. See `loan` for the differences.
        """
        self._loan = Loan(differences=differences)
        module = types.ModuleType("lent")
        for source in sources:
            exec(compile(source, "<lent>", "exec", dont_inherit=True), module.__dict__)  # noqa: S102
        self._lent = {name: self._loan.of(module.__dict__[name]) for name in names}
        self.namespace.update(self._lent)

    def call(self, name: str, args: tuple[Argument, ...], *, seconds: float) -> Answer:
        """Call a function with copies of the arguments, for at most `seconds`."""
        return self._answer(name, lambda function: self._call(function, args), seconds)

    def get(self, name: str) -> Answer:
        """Give a copy of a value the submission defines; of ``train.lr`` the declared default."""
        name, _, parameter = name.partition(".")

        def value_of(value: Any) -> Answer:
            if parameter:
                value = inspect.signature(value).parameters[parameter].default
            return Answer("value", plain(value))

        return self._answer(name, value_of, self._limits.call_seconds)

    def close(self) -> None:
        """Forget the cells' sources."""
        for filename in self._lines:
            linecache.cache.pop(filename, None)

    # --- cells --------------------------------------------------------------------------

    def _read(self, number: int, starting: Starting) -> list[Statement]:
        starting(number, -1, 0, Need.CERTAIN)
        label, source, _ = self.cells[number]
        filename = f"<{label}>"
        self._lines[filename] = lines = source.splitlines(keepends=True)
        linecache.cache[filename] = (len(source), None, lines, filename)
        parts = statements.read(source, filename, number, self._flags)
        for part in parts:
            self._flags |= part.code.co_flags & statements.FUTURE_FLAGS
        return parts

    def _run_cell(
        self,
        cell: int,
        due: Sequence[tuple[Statement, Need]],
        starting: Starting,
        shown: bool,
        figures: bool,
    ) -> CellOutcome:
        """Run what is due of a cell, and return what came of it."""
        output = bounds.Output(self._limits.output_kb * 1024 if shown else 0)
        self._seed()
        token = LOADING.set(True)
        images: tuple[Array, ...] = ()
        try:
            with bounds.quiet(output):
                failures = []
                for part, need in due:
                    starting(cell, part.number, part.line, need)
                    failures.append(self._run_part(part, self.cells[cell].label))
                error, where = next(filter(any, failures), ("", ""))
                try:
                    images = bounds.take_figures(keep=figures)
                except BaseException as failure:  # drawing runs student code
                    error = error or describe(failure)
        finally:
            LOADING.reset(token)
        return CellOutcome(output.text() if shown else "", error, where, images)

    def _run_part(self, part: Statement, label: str) -> tuple[str, str]:
        """Run a statement. Returns its error, and where that was raised."""
        if part.error:
            return _compile_error(part.error, label)
        names = self._wanted & (self._wanted if part.uses & statements.ANYTHING else part.binds)
        before = {name: self.namespace.get(name) for name in names}
        failure = self._run_statement(part, f"<{label}>")
        for name, value in before.items():  # a result or a counter takes no item's name
            now = self.namespace.get(name)
            if (callable(value) and not callable(now)) or (
                isinstance(value, dict) and not isinstance(now, dict)
            ):
                self.namespace[name] = value
        self.namespace.update(self._lent)  # aliases that follow are to be of what is lent
        return failure

    def _run_statement(self, statement: Statement, filename: str) -> tuple[str, str]:
        seconds = self._limits.cell_seconds
        try:
            with self._interruptible(seconds):
                if statement.code.co_flags & inspect.CO_COROUTINE:
                    _drive(types.FunctionType(statement.code, self.namespace)())
                else:
                    exec(statement.code, self.namespace)  # noqa: S102 - to run it is the purpose
        except bounds.Interrupted:
            raise
        except bounds.TimeUp:
            return still_running(seconds), self._place(filename, statement.line)
        except BaseException as error:  # costs this statement only
            return describe(error), self._where(error.__traceback__)
        return "", ""

    def _seed(self) -> None:
        """Make global random numbers the same for each cell and call, in whatever order."""
        if not self._live:
            random.seed(SEED)
            np.random.seed(SEED)  # it is the global state that code may use

    # --- calls --------------------------------------------------------------------------

    def _answer(self, name: str, ask: Callable[[Any], Answer], seconds: float) -> Answer:
        """Return what a value answers to being asked, or why it does not."""
        if name not in self.namespace:
            return Answer("undefined", error=f"{one_line(name)} is not defined")
        with self._calm():
            try:
                with self._interruptible(seconds):
                    return ask(self.namespace[name])
            except bounds.Interrupted:
                raise
            except bounds.TimeUp:
                return Answer("timeout", error=still_running(seconds))
            except _SignatureFault as fault:
                return Answer("signature", error=str(fault))
            except Unsupported as fault:
                return Answer("unsupported", error=one_line(str(fault)))
            except BaseException as error:  # that is an answer too
                where = self._where(error.__traceback__)
                if isinstance(error, TypeError) and not where:
                    return Answer("signature", error=one_line(str(error)))
                return Answer("raised", error=describe(error), where=where)

    def _call(self, function: Any, args: tuple[Argument, ...]) -> Answer:
        if not callable(function):
            return Answer("not-callable", error=type_name(function))
        self._check_signature(function, len(args))
        if self._lent:
            self._loan.begin(args)
        budget = Budget()
        own = tuple([given(value, budget) for value in args])
        value = function(*own)
        if inspect.iscoroutine(value):
            value.close()
        budget = Budget()
        result = plain(value, budget)
        if exactly(args) == exactly(own):
            return Answer("value", result)
        return Answer("value", result, tuple([_left(argument, budget) for argument in own]))

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

    def _calm(self) -> contextlib.AbstractContextManager[None]:
        """Keep a call quiet; in a process of its own that is set up once, for all calls."""
        if self._timed:
            self._seed()
            return bounds.quiet(bounds.Output(0))
        if self._quiet is None:
            self._seed()
            self._quiet = contextlib.ExitStack()
            self._quiet.enter_context(bounds.quiet(bounds.Output(0)))
        else:
            bounds.make_calm()
        return contextlib.nullcontext()

    def _interruptible(self, seconds: float) -> contextlib.AbstractContextManager[None]:
        return bounds.interruptible(seconds) if self._timed else contextlib.nullcontext()

    # --- places in the source -----------------------------------------------------------

    def _where(self, traceback: TracebackType | None) -> str:
        """Name the innermost line of student code that a traceback passes through."""
        innermost = ""
        while traceback is not None:
            frame = traceback.tb_frame
            if frame.f_globals is self.namespace:
                where = self._place(frame.f_code.co_filename, traceback.tb_lineno)
                innermost = where or innermost
            traceback = traceback.tb_next
        return innermost

    def _place(self, filename: str, number: int) -> str:
        if self._live:
            return place("", number, linecache.getline(filename, number))
        if filename not in self._lines:
            return ""
        lines = self._lines[filename]
        return place(filename[1:-1], number, lines[number - 1] if 0 < number <= len(lines) else "")


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
