"""The author's files: the reference's functions, and the marks of what is hidden."""

import ast
import contextlib
import copy
import functools
import importlib
import io
import sys
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np

from autograder.sandbox import statements
from autograder.sandbox.answers import CellSource
from autograder.sandbox.plain import exactly
from autograder.sandbox.statements import Need
from autograder.submission import FREE, Cell, read

HIDDEN_BEGIN = "BEGIN HIDDEN TESTS"
HIDDEN_END = "END HIDDEN TESTS"


def load_reference(script: Path) -> SimpleNamespace:
    """Run an authored script, but for its checks and its experiment, and return what it defines.

    For the grader's own process: the script is the author's and is trusted.
    """
    namespace: dict[str, Any] = {"__name__": f"reference_{script.stem}"}
    with contextlib.redirect_stdout(io.StringIO()), _deferred("matplotlib", "matplotlib.pyplot"):
        for cell in filter(_defines, read(script).cells):
            exec(compile(cell.source, str(script), "exec"), namespace)  # noqa: S102 - the author's
    return SimpleNamespace(**namespace)


@contextlib.contextmanager
def _deferred(*names: str) -> Iterator[None]:
    """Have modules imported when they are first used: nothing that is graded draws."""
    stand_ins = {name: _Deferred(name) for name in names if name not in sys.modules}
    for name, module in stand_ins.items():
        package, _, own = name.rpartition(".")
        if package in stand_ins:
            setattr(stand_ins[package], own, module)
    sys.modules |= stand_ins
    try:
        yield
    finally:
        _Deferred.put_away()


class _Deferred(ModuleType):
    """Stands in for a module until it is used."""

    def __getattr__(self, name: str) -> Any:
        self.put_away()
        return getattr(importlib.import_module(self.__name__), name)

    @staticmethod
    def put_away() -> None:
        """Have it imported for real from now on."""
        for name, module in list(sys.modules.items()):
            if isinstance(module, _Deferred):
                del sys.modules[name]


def lendable(script: Path, names: Collection[str]) -> list[CellSource]:
    """Return what of an authored script defines these names, and nothing else of it."""
    cells = [cell.source for cell in read(script).cells if _defines(cell)]
    parts = [part for n, source in enumerate(cells) for part in statements.read(source, "", n, 0)]
    needed = zip(parts, statements.needs(parts, names), strict=True)
    kept = [part for part, need in needed if need is Need.CERTAIN]
    return [CellSource("lent", _source_of(cells[part.cell], part.line)) for part in kept]


def _source_of(cell: str, line: int) -> str:
    nodes = [node for node in ast.parse(cell).body if node.lineno == line]
    return "\n".join(map(ast.unparse, nodes))


def _defines(cell: Cell) -> bool:
    return not (cell.source.startswith("check(") or FREE & set(cell.tags))


def remembering(reference: SimpleNamespace) -> SimpleNamespace:
    """Return the reference with functions that compute each result once.

    Hidden inputs are the same for every submission of a run, and so are the right results.
    """
    members = vars(reference).items()
    return SimpleNamespace(**{k: _remembered(v) if callable(v) else v for k, v in members})


def _remembered(function: Callable[..., Any]) -> Callable[..., Any]:
    known: dict[Any, Any] = {}

    @functools.wraps(function)
    def call(*args: Any) -> Any:
        key = exactly(args)
        if key not in known:
            known[key] = function(*args)
        return _copied(known[key])

    return call


def _copied(value: Any) -> Any:
    """Return a copy of arrays and what holds them: `copy.deepcopy` looks at each number."""
    match value:
        case np.ndarray():
            return value.copy()
        case dict():
            return {name: _copied(part) for name, part in value.items()}
        case tuple():
            return tuple(map(_copied, value))
        case list():
            return value[:] if all(type(part) is float for part in value) else copy.deepcopy(value)
    return copy.deepcopy(value)
