"""Stubs of the handout: what they are, and those left in below an answer, which do not undo it."""

import ast
import itertools
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from autograder.language import _

STUB = "NotImplementedError"
CODE_HERE = "YOUR CODE HERE"
NOT_WRITTEN = "{} is not written yet."
MAX_CHARS = 100_000  # a longer cell is not looked through: parsing it takes long


def for_solutions() -> dict[str, Any]:
    """Return what nbgrader's ClearSolutions is to put in the place of solutions, as its options."""
    code = f"# {_(CODE_HERE)}\nraise {STUB}()"
    return {"code_stub": {"python": code}, "text_stub": _("YOUR ANSWER HERE")}


def without_stubs(sources: Sequence[str]) -> list[str]:
    """Return cells with blank lines for each stub whose name is bound somewhere else too.

    Who writes below or above a stub, and runs that cell alone, has a check that passes.
    """
    stubs = [dict(_stubs(source)) for source in sources]
    names = {name for found in stubs for name in found}
    pairs = list(zip(sources, stubs, strict=True))
    written = "\n".join(_without(s, found.values()) for s, found in pairs) if names else ""
    answered = {name for name in names if _binds(written, name)}
    return [_without(s, (found[name] for name in answered & found.keys())) for s, found in pairs]


def _stubs(source: str) -> Iterator[tuple[str, ast.stmt]]:
    """Yield functions that do nothing but raise, and an empty dict right above such a line."""
    if STUB not in source or len(source) > MAX_CHARS:
        return
    tree = parsed(source)
    body = [*(tree.body if tree else ()), ast.Pass()]
    for node, following in itertools.pairwise(body):
        match node:
            case ast.FunctionDef(name=name, decorator_list=[], body=[*docstring, last]):
                if gives_up(last) and all(map(_is_text, docstring)):
                    yield name, node
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Dict(keys=[]), col_offset=0):
                if gives_up(following):
                    yield name, node


def parsed(source: str) -> ast.Module | None:
    """Return the tree of a cell; None when it is not Python."""
    try:
        with warnings.catch_warnings(action="ignore"):
            return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def gives_up(node: ast.stmt) -> bool:
    """Return whether a statement raises what the stubs of a handout raise."""
    match node:
        case ast.Raise(exc=ast.Call(func=ast.Name(id=name)) | ast.Name(id=name)):
            return name == STUB
    return False


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _binds(text: str, name: str) -> bool:
    pattern = rf"^[ \t]*(?:async[ \t]+)?(?:def|class)[ \t]+{name}\b|^{name}[ \t]*[=:]"
    return re.search(pattern, text.replace("\r", "\n"), re.MULTILINE) is not None


def _without(source: str, stubs: Iterable[ast.stmt]) -> str:
    """Blank the lines of statements, so that all others keep their numbers."""
    lines = re.split("(?<=\n)|(?<=\r)(?!\n)", source)  # what Python takes for lines
    for stub in stubs:
        last = stub.end_lineno or stub.lineno
        lines[stub.lineno - 1 : last] = ["\n"] * (last - stub.lineno + 1)
    return "".join(lines)
