"""What a notebook's code finds in a kernel, outside one: ``get_ipython()`` and ``display``."""

import ast
from collections.abc import Callable
from typing import Any

RUNS_ITS_BODY = {"time", "timeit", "capture", "prun"}


class NotebookShim:
    """Stands in for IPython's shell: runs what a magic would run, and does nothing else.

    `execute` runs source in the notebook's namespace.
    """

    def __init__(self, execute: Callable[[str], None]) -> None:
        self._execute = execute

    def run_line_magic(self, name: str, line: str, *_: Any, **__: Any) -> None:
        """Run the statement of ``%time`` and the like; leave all other magics out."""
        if name in RUNS_ITS_BODY - {"capture"}:
            self._execute(without_options(line))

    def run_cell_magic(self, name: str, line: str, cell: str) -> None:
        """Run the cell under ``%%time`` and the like; leave all other magics out."""
        if name in RUNS_ITS_BODY:
            if name == "timeit":  # its line is set-up code
                self._execute(without_options(line))
            self._execute(cell)

    def getoutput(self, *_: Any, **__: Any) -> list[str]:
        """Run no command, and give no lines of output."""
        return []

    def __getattr__(self, name: str) -> Callable[..., None]:
        if name.startswith("__"):
            raise AttributeError(name)
        return nothing


def body_of_magic(node: ast.stmt) -> str | None:
    """Return the source that a translated ``%%time`` or ``%time`` runs; None for anything else.

    Its first line is that of the magic.
    """
    match node:
        case ast.Expr(
            ast.Call(
                func=ast.Attribute(value=ast.Call(func=ast.Name("get_ipython")), attr=how),
                args=[ast.Constant(str(name)), ast.Constant(str(line)), *rest],
            )
        ) if name in RUNS_ITS_BODY:
            match how, rest:
                case "run_line_magic", [] if name != "capture":
                    return without_options(line)
                case "run_cell_magic", [ast.Constant(str(body))]:
                    setup = without_options(line) if name == "timeit" else ""
                    return f"{setup}\n{body}"
    return None


def nothing(*_: Any, **__: Any) -> None:
    """Do nothing."""


def display(*values: Any, **_: Any) -> None:
    """Print the values, as a notebook would show them."""
    for value in values:
        print(value if isinstance(value, str) else repr(value))


def without_options(line: str) -> str:
    """Drop the options of a magic's line: ``-n 10 -r3 f(x)`` becomes ``f(x)``."""
    words = line.strip()
    while words.startswith("-"):
        option, _, words = words.partition(" ")
        words = words.strip()
        if option in {"-n", "-r", "-p", "-s", "-l", "-T", "-D"}:
            words = words.partition(" ")[2].strip()
    return words
