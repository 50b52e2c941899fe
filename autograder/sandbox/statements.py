"""A submission's cells as statements, and which of them its items need.

For the marks, what no item needs is not run: a cell of one's own may be slow, hang or crash,
and costs nothing. What is needed follows from the names that statements bind and use.
"""

import __future__

import ast
import re
import warnings
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from types import CodeType
from typing import Any

FUTURE_FLAGS = sum(
    getattr(__future__, name).compiler_flag
    for name in ("annotations", "barry_as_FLUFL")
    if name in __future__.all_feature_names
)
EVERYTHING = "*"
ANYTHING = {"exec", "eval", "globals", "locals", "vars", "setattr", "delattr", "get_ipython"} | {
    "builtins", "__builtins__", "__import__", "importlib", "sys",
}  # fmt: skip
"""Names by which a statement can change what it does not name."""
TEXT = r"""('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")"""
MAGIC = re.compile(
    r"get_ipython\(\)\.(?:run_line_magic\('(?:time|timeit|prun)', "
    rf"{TEXT}|run_cell_magic\('(time|timeit|prun|capture)', {TEXT}, {TEXT})\)"
)
"""A translated magic that runs what it is given."""
OPTIONS = re.compile(r"\s*(?:-[nrpslTD]\s+\S+\s*|-\S+\s*)*")


class Need(IntEnum):
    """Whether the items need a statement: it defines what they use, may change it, or neither."""

    NONE = 0
    PERHAPS = 1
    CERTAIN = 2


@dataclass(frozen=True)
class Statement:
    """A top-level statement of a cell, compiled."""

    cell: int
    number: int  # in the cell, from 0
    line: int  # in the cell, from 1
    code: CodeType
    binds: frozenset[str]  # the names it defines, or whose parts it assigns to; ``*`` for all
    rebinds: frozenset[str]  # the names that functions in it bind by ``global``
    uses: frozenset[str]  # the names it mentions, also in functions and as attributes
    fixed: bool  # what it binds (numbers, text, functions, modules) changes by binding anew only
    error: Exception | None = None  # where it (or the cell) is not Python; there is no code then

    def changeable(self) -> frozenset[str]:
        """Return the names it binds whose values other statements can change."""
        return self.rebinds if self.fixed else self.binds | self.rebinds


def read(source: str, filename: str, cell: int, flags: int) -> list[Statement]:
    """Return a cell's statements; what cannot be compiled has an error.

    Statements under ``%%time`` and the like count as the cell's own. `flags` are the ``__future__``
    features in effect.
    """
    found: list[Statement] = []
    try:
        text = MAGIC.sub(_body, source)
        tree: ast.Module = _compiled(text, filename, flags | ast.PyCF_ONLY_AST)
    except Exception as error:  # a parser gives up in many ways
        return [_unread(error, filename, cell, 0)]
    for number, node in enumerate(tree.body):
        try:
            one = _statement(node, filename, (cell, number), flags, rebinding="global" in source)
        except Exception as error:
            one = _unread(error, filename, cell, number)
        flags |= one.code.co_flags & FUTURE_FLAGS
        found.append(one)
    return found


def _unread(error: Exception, filename: str, cell: int, number: int) -> Statement:
    nothing_of_it = (frozenset[str](),) * 3
    return Statement(cell, number, 0, _compiled("", filename, 0), *nothing_of_it, True, error)


def needs(statements: Sequence[Statement], names: Collection[str] | None) -> list[Need]:
    """Return how much each statement is needed for these names to be what they are; None: all."""
    if names is None:
        return [Need.CERTAIN] * len(statements)
    binders: dict[str, list[int]] = defaultdict(list)
    for number, statement in enumerate(statements):
        for name in statement.binds | statement.rebinds:
            binders[name].append(number)

    def binding(names: Collection[str]) -> set[int]:
        """Return the statements that bind these names, and those that they in turn use."""
        waiting, seen, found = list(names), set(names), set()
        while waiting:
            for number in binders.get(waiting.pop(), ()):
                if number not in found:
                    found.add(number)
                    new = statements[number].uses - seen
                    seen |= new
                    waiting += new
        return found

    certain = binding({*names, EVERYTHING})
    certain |= {number for number, one in enumerate(statements) if one.error}
    mentioned = {  # by the statement itself, and through functions
        number: one.uses.union(*(statements[n].uses for n in binding(one.uses)))
        for number, one in enumerate(statements)
        if number not in certain
    }
    found = set(certain)
    while True:
        mutable = ANYTHING.union(*(statements[number].changeable() for number in found))
        new = {n for n, uses in mentioned.items() if n not in found and uses & mutable}
        if not new:
            break
        found |= new | binding({name for number in new for name in statements[number].uses})
    return [
        Need.CERTAIN if i in certain else Need.PERHAPS if i in found else Need.NONE
        for i in range(len(statements))
    ]


def _compiled(source: str | ast.Module, filename: str, flags: int) -> Any:
    with warnings.catch_warnings(action="ignore"):
        return compile(source, filename, "exec", flags, dont_inherit=True)


def _body(magic: re.Match[str]) -> str:
    """Return what a magic runs: ``%timeit -n 9 f(x)`` its line, ``%%time`` the lines below it."""
    line, name, setup, cell = magic.groups()
    if line:
        code = _without_options(line)
        return "None" if not code or code.startswith("#") else code
    first = _without_options(setup) if name == "timeit" else ""
    return f"{first}\n{ast.literal_eval(cell)}"


def _without_options(literal: str) -> str:
    line: str = ast.literal_eval(literal)
    return OPTIONS.sub("", line, count=1)


def _statement(
    node: ast.stmt, filename: str, at: tuple[int, int], flags: int, *, rebinding: bool
) -> Statement:
    flags |= ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    code: CodeType = _compiled(ast.Module([node], []), filename, flags)
    within = ast.walk(node) if rebinding else ()
    rebound = (name for one in within if isinstance(one, ast.Global) for name in one.names)
    only_deletes = isinstance(node, ast.Delete) and {*map(type, node.targets)} == {ast.Name}
    return Statement(
        *at,
        node.lineno,
        code,
        binds=frozenset(_bound(node)),
        rebinds=frozenset(rebound),
        uses=frozenset() if only_deletes else frozenset(_mentioned(code)),
        fixed=_is_fixed(node),
    )


def _is_fixed(node: ast.stmt) -> bool:
    match node:
        case ast.FunctionDef() | ast.ClassDef() | ast.Import() | ast.ImportFrom():
            return True
        case ast.Assign(targets=[ast.Name()], value=ast.Lambda()):
            return True
        case ast.Assign(targets=[ast.Name()], value=value):
            plain = ast.Constant | ast.UnaryOp | ast.BinOp | ast.operator | ast.unaryop
            return all(isinstance(one, plain) for one in ast.walk(value))
    return False


def _mentioned(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _mentioned(constant)


def _bound(node: ast.AST) -> Iterator[str]:
    """Yield the names a statement binds in the namespace it runs in."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield node.name
            return
        case ast.Lambda():
            return
        case ast.comprehension():  # its names are its own
            yield from _bound(node.iter)
            return
        case ast.alias():
            yield node.asname or node.name.partition(".")[0]
        case ast.Name(ctx=ast.Store()):  # what deletes a name does nothing for whoever needs it
            yield node.id
        case ast.Attribute(ctx=ast.Store() | ast.Del()):
            yield from _root(node)
            yield node.attr  # __main__.relu = ...
        case ast.Subscript(ctx=ast.Store() | ast.Del()):
            yield from _root(node)
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)):
            yield name
        case ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name)):
            yield name
    for child in ast.iter_child_nodes(node):
        yield from _bound(child)


def _root(node: ast.expr) -> Iterator[str]:
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    if isinstance(node, ast.Name):
        yield node.id


# --- what a notebook's code finds in a kernel, outside one ------------------------------


class NotebookShim:
    """Stands in for IPython's shell, and does nothing."""

    def getoutput(self, *_: Any, **__: Any) -> list[str]:
        """Run no command, and give no lines of output."""
        return []

    def __getattr__(self, name: str) -> Callable[..., None]:
        if name.startswith("__"):
            raise AttributeError(name)
        return nothing


def nothing(*_: Any, **__: Any) -> None:
    """Do nothing."""


def display(*values: Any, **_: Any) -> None:
    """Print the values, as a notebook would show them."""
    for value in values:
        print(value if isinstance(value, str) else repr(value))
