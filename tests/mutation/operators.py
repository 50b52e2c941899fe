"""Edits of the project's own: the slips that array code invites, and general tools do not make."""

import ast
import itertools
from collections.abc import Callable, Iterator

from tests.mutation.code import Code, Edit, instead

Operator = Callable[[Code], Iterator[Edit]]

NUDGES = (1e-2, -1e-2, 1e-6, -1e-6)
TABLE_NUDGES = (2e-3, -2e-3)  # a table's numbers count to within 1e-3

SWAPS = {
    "abs": ("square", "negative", "positive"),
    "all": ("any",),
    "clip": ("maximum", "minimum"),
    "exp": ("expm1", "exp2"),
    "expm1": ("exp",),
    "float64": ("float32", "int64"),
    "inf": ("nan", "pi"),
    "log": ("log2", "log1p"),
    "logaddexp": ("logaddexp2", "maximum", "add"),
    "maximum": ("minimum", "add"),
    "mean": ("sum", "median", "max"),
    "minimum": ("maximum", "add"),
    "prod": ("sum", "cumprod", "mean"),
    "sum": ("mean", "max", "prod"),
    "tanh": ("sinh", "arctan", "tan"),
}
"""A function or constant, and those it is mistaken for."""

ARRAYS = {"z", "zs", "W1", "b1", "W2", "b2", "X", "y", "p", "params", "grads"}
"""The parameters that hold arrays, which belong to the caller."""

SPOIL = "[a.fill(0) for a in ({0}.values() if isinstance({0}, dict) else [{0}]) if np.ndim(a)]"


def nudged_constant(code: Code) -> Iterator[Edit]:
    """Move a constant a little, or turn its sign: 0.5 -> 0.51, 0.500001, -0.5."""
    options = {id(keyword.value) for keyword in code.nodes(ast.keyword)}
    for node in code.nodes(ast.Constant):
        value = node.value
        if id(node) in options or isinstance(value, bool) or not isinstance(value, int | float):
            continue
        nudges = NUDGES if _function(code) else TABLE_NUDGES
        changes = [float(f"{value + nudge:.12g}") for nudge in nudges]
        changes += [1.01 * value, -value] if value else []
        for changed in changes:
            yield instead(node, f"({changed!r})" if changed < 0 else repr(changed))


def swapped_arguments(code: Code) -> Iterator[Edit]:
    """Let two arguments change places: np.where(c, a, b) -> np.where(c, b, a)."""
    for node in code.nodes(ast.Call):
        for left, right in itertools.combinations(node.args, 2):
            start, end = instead(left, "").start, instead(right, "").end
            between = code.between(left, right)
            yield Edit(start, end, f"{code.text(right)}{between}{code.text(left)}")


def swapped_operands(code: Code) -> Iterator[Edit]:
    """Let operands change places where it matters: a - b -> b - a."""
    for node in code.nodes(ast.BinOp):
        if not isinstance(node.op, ast.Add | ast.Mult):
            between = code.between(node.left, node.right)
            yield instead(node, f"{code.text(node.right)}{between}{code.text(node.left)}")


def swapped_elements(code: Code) -> Iterator[Edit]:
    """Let neighbours in a tuple change places: return W, b -> return b, W."""
    for node in code.nodes(ast.Tuple):
        for left, right in itertools.pairwise(node.elts):
            if code.text(left) != code.text(right):
                text = f"{code.text(right)}{code.between(left, right)}{code.text(left)}"
                yield Edit(instead(left, "").start, instead(right, "").end, text)


def swapped_statements(code: Code) -> Iterator[Edit]:
    """Let two neighbouring statements change places."""
    for node in ast.walk(code.tree):
        for one, other in itertools.pairwise(getattr(node, "body", None) or [ast.Pass()]):
            start, end = instead(one, "").start, instead(other, "").end
            if code.holds(start, end) and not isinstance(other, ast.Return):
                yield Edit(start, end, code.text(other) + code.between(one, other) + code.text(one))


def swapped_function(code: Code) -> Iterator[Edit]:
    """Take another function of NumPy: np.minimum -> np.maximum."""
    for node in code.nodes(ast.Attribute):
        for other in SWAPS.get(node.attr, ()):
            yield instead(node, f"{code.text(node.value)}.{other}")


def swapped_name(code: Code) -> Iterator[Edit]:
    """Take another variable that is known at that place: a1 -> z1."""
    for node in code.nodes(ast.Name):
        if not isinstance(node.ctx, ast.Load):
            continue
        known = _known_at(code, node)
        if node.id in known:
            yield from (instead(node, other) for other in known if other != node.id)


def swapped_string(code: Code) -> Iterator[Edit]:
    """Take another key, or another value of a table: params["W1"] -> params["W2"]."""
    tables = list(code.nodes(ast.Dict))
    groups = [[key for key in table.keys if key] for table in tables]
    groups += [[value for table in tables for value in table.values]]
    groups += [[node.slice for node in code.nodes(ast.Subscript)]]
    for nodes in groups:
        strings = [n for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)]
        for node in strings:
            for other in dict.fromkeys(string.value for string in strings):
                if other != node.value:
                    yield instead(node, f'"{other}"')


def dropped_operand(code: Code) -> Iterator[Edit]:
    """Leave out a term or factor: a + b -> a."""
    for node in code.nodes(ast.BinOp):
        yield from (instead(node, code.text(operand)) for operand in (node.left, node.right))


def dropped_call(code: Code) -> Iterator[Edit]:
    """Leave out a call: np.abs(z) -> z, dz.sum(axis=0) -> dz."""
    for node in code.nodes(ast.Call):
        yield from (instead(node, code.text(argument)) for argument in node.args)
        if isinstance(node.func, ast.Attribute) and code.text(node.func.value) != "np":
            yield instead(node, code.text(node.func.value))


def dropped_attribute(code: Code) -> Iterator[Edit]:
    """Leave out a transpose: X.T -> X."""
    for node in code.nodes(ast.Attribute):
        if node.attr == "T":
            yield instead(node, code.text(node.value))


def dropped_keyword(code: Code) -> Iterator[Edit]:
    """Leave out a keyword: np.prod(slopes, axis=0) -> np.prod(slopes)."""
    for node in code.nodes(ast.Call):
        for keyword in node.keywords:
            kept = [code.text(arg) for arg in node.args]
            kept += [ast.unparse(other) for other in node.keywords if other is not keyword]
            yield instead(node, f"{code.text(node.func)}({', '.join(kept)})")


def dropped_entry(code: Code) -> Iterator[Edit]:
    """Leave out an entry of a dict; the empty ``**{}`` keeps the rest in its place."""
    for node in code.nodes(ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            if key is not None:
                start, end = instead(key, "").start, instead(value, "").end
                yield Edit(start, end, "**{}")


def dropped_statement(code: Code) -> Iterator[Edit]:
    """Leave out a statement."""
    for node in code.nodes(ast.stmt):
        yield instead(node, "pass")


def elementwise_product(code: Code) -> Iterator[Edit]:
    """Multiply elementwise instead of matrices: a @ b -> a * b."""
    for node in code.nodes(ast.BinOp):
        if isinstance(node.op, ast.MatMult):
            yield instead(node, f"{code.text(node.left)} * {code.text(node.right)}")


def off_by_one(code: Code) -> Iterator[Edit]:
    """Count one too many or too few: range(n) -> range(n + 1)."""
    for node in code.nodes(ast.Call):
        if code.text(node.func) == "range":
            end = code.text(node.args[-1])
            yield from (instead(node.args[-1], f"{end} {sign} 1") for sign in "+-")


def added_axis(code: Code) -> Iterator[Edit]:
    """Make an array of a single number."""
    for node in code.nodes(ast.Call):
        if code.text(node.func) == "np.asarray":
            yield instead(node, f"np.atleast_1d({code.text(node)})")


def reversed_result(code: Code) -> Iterator[Edit]:
    """Return the result in the wrong order."""
    for part in _returned(code):
        yield instead(part, f"np.flip({code.text(part)})")


def rounded_result(code: Code) -> Iterator[Edit]:
    """Cut the result to single precision, where float64 is promised."""
    function = _function(code)
    if function and "float64" in (ast.get_docstring(function) or ""):
        for part in _returned(code):
            yield instead(part, f"np.float32({code.text(part)})")


def spoiled_argument(code: Code) -> Iterator[Edit]:
    """Overwrite the caller's array once the result is there."""
    for node in code.nodes(ast.Return):
        for name in _parameters(code):
            if name in ARRAYS and node.value:
                lines = (f"result = {code.text(node.value)}", SPOIL.format(name), "return result")
                yield instead(node, ("\n" + " " * node.col_offset).join(lines))


OPERATORS: tuple[Operator, ...] = (
    nudged_constant,
    swapped_arguments,
    swapped_operands,
    swapped_elements,
    swapped_statements,
    swapped_function,
    swapped_name,
    swapped_string,
    dropped_operand,
    dropped_call,
    dropped_attribute,
    dropped_keyword,
    dropped_entry,
    dropped_statement,
    elementwise_product,
    off_by_one,
    added_axis,
    reversed_result,
    rounded_result,
    spoiled_argument,
)


def edits(code: Code) -> Iterator[tuple[str, Edit]]:
    """Yield every edit of the code, with the name of the operator that made it."""
    for operator in OPERATORS:
        yield from ((operator.__name__, edit) for edit in operator(code))


def _function(code: Code) -> ast.FunctionDef | None:
    return next((node for node in code.tree.body if isinstance(node, ast.FunctionDef)), None)


def _parameters(code: Code) -> list[str]:
    function = _function(code)
    return [arg.arg for arg in function.args.args] if function else []


def _returned(code: Code) -> Iterator[ast.expr]:
    """Yield the arrays that are returned, each of them where there are several."""
    for node in code.nodes(ast.Return):
        parts = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
        for part in parts:
            if isinstance(part, ast.Call | ast.BinOp) and not code.text(part).startswith("float("):
                yield part


def _known_at(code: Code, name: ast.Name) -> list[str]:
    """Return the variables that have a value where a name stands."""
    before = [
        node.id
        for node in code.nodes(ast.Name)
        if isinstance(node.ctx, ast.Store) and node.lineno < name.lineno and node.id != "_"
    ]
    within = [
        node.id
        for outer in (*code.nodes(ast.GeneratorExp), *code.nodes(ast.DictComp))
        if any(inner is name for inner in ast.walk(outer))
        for node in ast.walk(outer)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    ]
    return list(dict.fromkeys([*_parameters(code), *before, *within]))
