"""Run a submission's cells and call what they define, in this process."""

import __future__

import ast
import contextlib
import inspect
import linecache
import random
import types
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
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
from autograder.sandbox.capture import Output, quiet
from autograder.sandbox.figures import draw_nowhere, take_figures
from autograder.sandbox.interruption import Interrupted, TimeUp, interruptible
from autograder.sandbox.notebook_shims import NotebookShim, display, nothing
from autograder.sandbox.text import LINE_CHARS, describe, one_line
from autograder.sandbox.wire import Purse, Unsupported, given, plain, type_name

LOADING: ContextVar[bool] = ContextVar("LOADING", default=False)
"""True while a submission's cells run: a ``check`` in them is to do nothing."""

SEED = 0
FUTURE_FLAGS = sum(
    getattr(__future__, name).compiler_flag
    for name in ("annotations", "barry_as_FLUFL")
    if name in __future__.all_feature_names
)


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
        self.module = types.ModuleType("__main__")
        self.namespace = self.module.__dict__ if namespace is None else namespace
        if not self._live:
            shim = NotebookShim(self._execute)
            self.namespace.update(get_ipython=lambda: shim, display=display)

    def load(self, cells: Sequence[CellSource], *, figures: bool = False) -> list[CellOutcome]:
        """Run the cells in order, each statement for itself: one that raises costs only itself."""
        draw_nowhere()
        return [self.run_cell(cell, figures=figures) for cell in cells]

    def run_cell(
        self,
        cell: CellSource,
        *,
        figures: bool = False,
        skip: Collection[int] = (),
        starting: Callable[[int, str], None] = nothing,
    ) -> CellOutcome:
        """Run one cell but for the statements to skip; `starting` is told of each before it runs.

        It is told the statement's position in the cell, and where that is, in words.
        """
        output = Output(self._limits.output_kb * 1024)
        self._seed()
        token = LOADING.set(True)
        images: tuple[Array, ...] = ()
        try:
            with quiet(output):
                error, where = self._run_statements(cell, skip, starting)
                try:
                    images = take_figures(keep=figures)
                except BaseException as failure:  # drawing runs student code
                    error = error or describe(failure)
        finally:
            LOADING.reset(token)
        return CellOutcome(output.text(), error, where, images)

    def call(
        self,
        name: str,
        args: tuple[Argument, ...],
        kwargs: Mapping[str, Argument],
        *,
        seconds: float,
    ) -> Answer:
        """Call a function with copies of the arguments, for at most `seconds`."""
        purse = Purse()
        own_args = tuple(given(value, purse) for value in args)
        own_kwargs = {key: given(value, purse) for key, value in kwargs.items()}
        if name not in self.namespace:
            return Answer("undefined", error=f"{one_line(name)} is not defined")
        function = self.namespace[name]
        if not callable(function):
            return Answer("not-callable", error=type_name(function))
        return self._answer(lambda: _call(function, own_args, own_kwargs), seconds)

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

    def _run_statements(
        self, cell: CellSource, skip: Collection[int], starting: Callable[[int, str], None]
    ) -> tuple[str, str]:
        filename = f"<{cell.label}>"
        self._remember(filename, cell)
        try:
            tree = self._parse(cell.source, filename)
        except Exception as error:  # a parser gives up in many ways
            return _compile_error(error, cell.label)
        first = ("", "")
        for index, statement in enumerate(tree.body):
            if index in skip:
                continue
            starting(index, self._place(filename, statement.lineno))
            failure = self._run_statement(statement, filename)
            first = first if first[0] else failure
        return first

    def _parse(self, source: str, filename: str) -> ast.Module:
        flags = self._flags | ast.PyCF_ONLY_AST
        tree: ast.Module = compile(source, filename, "exec", flags, dont_inherit=True)
        compile(tree, filename, "exec", self._flags, dont_inherit=True)
        return tree

    def _run_statement(self, statement: ast.stmt, filename: str) -> tuple[str, str]:
        code = compile(
            ast.Module([statement], []), filename, "exec", self._flags, dont_inherit=True
        )
        self._flags |= code.co_flags & FUTURE_FLAGS
        seconds = self._limits.cell_seconds
        try:
            with self._interruptible(seconds):
                exec(code, self.namespace)  # noqa: S102 - to run it is the purpose
        except Interrupted:
            raise
        except TimeUp:
            return still_running(seconds), self._place(filename, statement.lineno)
        except BaseException as error:  # costs this statement only
            return describe(error), self._where(error.__traceback__)
        return "", ""

    def _execute(self, source: str) -> None:
        code = compile(source, "<magic>", "exec", self._flags, dont_inherit=True)
        exec(code, self.namespace)  # noqa: S102 - to run it is the purpose

    # --- calls --------------------------------------------------------------------------

    def _answer(self, ask: Callable[[], Answer], seconds: float) -> Answer:
        self._seed()
        with quiet(Output(0)):
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
        place = ""
        for frame in _student_frames(traceback, self.namespace):
            place = self._place(frame.tb_frame.f_code.co_filename, frame.tb_lineno) or place
        return place

    def _place(self, filename: str, number: int) -> str:
        if self._live:
            return _place_in(f"line {number}", linecache.getline(filename, number))
        if filename not in self._lines:
            return ""
        label, lines = self._lines[filename]
        line = lines[number - 1] if 0 < number <= len(lines) else ""
        return _place_in(f"{label}, line {number}", line)


class _SignatureFault(Exception):  # noqa: N818 - a kind of answer
    pass


def still_running(seconds: float) -> str:
    """Say that code was stopped after `seconds`."""
    return f"still running after {seconds:g} s"


def _call(function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Answer:
    _check_signature(function, args, kwargs)
    value = function(*args, **kwargs)
    if inspect.iscoroutine(value):
        value.close()
    purse = Purse()
    result = plain(value, purse)
    return Answer("value", result, tuple(_left(argument, purse) for argument in args))


def _check_signature(function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    try:
        signature = inspect.signature(function)
    except (ValueError, TypeError):  # a builtin or ufunc need not tell its signature
        return
    try:
        signature.bind(*args, **kwargs)
    except TypeError as error:
        raise _SignatureFault(one_line(str(error))) from None


def _left(argument: object, purse: Purse) -> Plain:
    try:
        return plain(argument, purse)
    except Unsupported:
        return None


def _student_frames(
    traceback: TracebackType | None, namespace: dict[str, Any]
) -> Iterator[TracebackType]:
    while traceback is not None:
        if traceback.tb_frame.f_globals is namespace:
            yield traceback
        traceback = traceback.tb_next


def _place_in(place: str, line: str) -> str:
    line = one_line(line, LINE_CHARS)
    return f"{place}: {line}" if line else place


def _compile_error(error: Exception, label: str) -> tuple[str, str]:
    if not isinstance(error, SyntaxError):
        return describe(error), label
    place = f"{label}, line {error.lineno}" if error.lineno else label
    return one_line(f"{type(error).__name__}: {error.msg}"), _place_in(place, error.text or "")
