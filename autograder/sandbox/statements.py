"""A submission's cells as statements, and which of them its items need.

For the marks, what no item needs is not run: a cell of one's own may be slow, hang or crash,
and costs nothing. What is needed follows from the names that statements bind and use.
"""

import __future__

import ast
import warnings
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from types import CodeType

from autograder.sandbox.notebook_shims import body_of_magic

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


class Need(IntEnum):
    """Whether the items need a statement: it defines what they use, may change it, or neither."""

    NONE = 0
    PERHAPS = 1
    CERTAIN = 2


@dataclass(frozen=True)
class Statement:
    """A top-level statement of a cell, compiled.

    Attributes
    ----------
    cell, line : where it stands: the cell's number, and the line in it, from 1
    binds : the names it defines, or whose parts it assigns to; ``*`` for all
    rebinds : the names that functions in it bind by ``global``
    uses : the names it mentions, also in functions it defines; attributes are among them
    fixed : whether what it binds (numbers, text, functions, modules) changes by binding anew only
    """

    cell: int
    line: int
    code: CodeType
    binds: frozenset[str]
    rebinds: frozenset[str]
    uses: frozenset[str]
    fixed: bool


class Unread(Exception):  # noqa: N818 - a part of the submission, no error of ours
    """A cell, or one of its statements, is not Python; the error says why."""

    def __init__(self, error: Exception) -> None:
        super().__init__(str(error))
        self.error = error


def read(source: str, filename: str, cell: int, flags: int) -> Iterator[Statement | Unread]:
    """Yield a cell's statements; in place of one that cannot be compiled, the error.

    Statements under ``%%time`` and the like count as the cell's own. `flags` are the ``__future__``
    features in effect.
    """
    try:
        nodes = list(_unfolded(_parse(source, filename, flags).body, filename, flags))
    except Exception as error:  # a parser gives up in many ways
        yield Unread(error)
        return
    for node in nodes:
        try:
            statement = _statement(node, filename, cell, flags, rebinding="global" in source)
        except Exception as error:
            yield Unread(error)
        else:
            flags |= statement.code.co_flags & FUTURE_FLAGS
            yield statement


def needs(statements: Sequence[Statement], names: Collection[str]) -> list[Need]:
    """Return how much each statement is needed for these names to be what they are."""
    binders: dict[str, list[int]] = defaultdict(list)
    for number, statement in enumerate(statements):
        for name in statement.binds | statement.rebinds:
            binders[name].append(number)
    certain = set(_binding(statements, binders, {*names, EVERYTHING}))
    found = set(certain)
    while True:
        mutable = {
            name
            for one in (statements[number] for number in found)
            for name in (one.rebinds if one.fixed else one.binds | one.rebinds)
        }
        new = {
            number
            for number, statement in enumerate(statements)
            if number not in found and _may_change(statement, statements, binders, mutable)
        }
        if not new:
            break
        uses = {name for number in new for name in statements[number].uses}
        found |= new | set(_binding(statements, binders, uses))
    return [
        Need.CERTAIN if i in certain else Need.PERHAPS if i in found else Need.NONE
        for i in range(len(statements))
    ]


def _binding(
    statements: Sequence[Statement], binders: dict[str, list[int]], names: Iterable[str]
) -> Iterator[int]:
    """Yield the statements that bind these names, and those that they in turn use."""
    waiting = list(names)
    seen = set(waiting)
    found: set[int] = set()
    while waiting:
        for number in binders.get(waiting.pop(), ()):
            if number not in found:
                found.add(number)
                yield number
                new = statements[number].uses - seen
                seen |= new
                waiting += new


def _may_change(
    statement: Statement,
    statements: Sequence[Statement],
    binders: dict[str, list[int]],
    mutable: set[str],
) -> bool:
    """Return whether a statement mentions, through functions too, what may be changed by that."""
    reached = [statement, *(statements[n] for n in _binding(statements, binders, statement.uses))]
    return any(one.uses & ANYTHING or one.uses & mutable for one in reached)


def _parse(source: str, filename: str, flags: int) -> ast.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = compile(source, filename, "exec", flags | ast.PyCF_ONLY_AST, dont_inherit=True)
    assert isinstance(tree, ast.Module)  # noqa: S101 - that is what the flag asks for
    return tree


def _unfolded(nodes: list[ast.stmt], filename: str, flags: int) -> Iterator[ast.stmt]:
    """Yield the statements, in place of a magic that runs a body the statements of that."""
    for node in nodes:
        body = body_of_magic(node)
        if body is None:
            yield node
            continue
        inner = _parse(body, filename, flags)
        ast.increment_lineno(inner, node.lineno - 1)
        yield from inner.body


def _statement(
    node: ast.stmt, filename: str, cell: int, flags: int, *, rebinding: bool
) -> Statement:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        code = compile(
            ast.Module([node], []),
            filename,
            "exec",
            flags | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT,
            dont_inherit=True,
        )
    return Statement(
        cell,
        node.lineno,
        code,
        binds=frozenset(_bound(node)),
        rebinds=frozenset(_rebound(node)) if rebinding else frozenset(),
        uses=frozenset() if _only_deletes(node) else frozenset(_mentioned(code)),
        fixed=_is_fixed(node),
    )


def _rebound(node: ast.stmt) -> Iterator[str]:
    for one in ast.walk(node):
        if isinstance(one, ast.Global):
            yield from one.names


def _only_deletes(node: ast.stmt) -> bool:
    return isinstance(node, ast.Delete) and all(isinstance(t, ast.Name) for t in node.targets)


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
        case (
            ast.Attribute(ctx=ast.Store() | ast.Del()) | ast.Subscript(ctx=ast.Store() | ast.Del())
        ):
            yield from _root(node)
            if isinstance(node, ast.Attribute):  # __main__.relu = ...
                yield node.attr
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
