"""Edits by the operators of cosmic-ray, an established mutation tester, which works on parso trees.

Left out are the operators that need variables named to them, and replacements that no floating
point array survives (shifts, bitwise operators, ``~``, ``is``): their mutants prove nothing.
"""

from collections.abc import Iterator

import parso
from cosmic_ray.ast import ast_nodes
from cosmic_ray.operators.provider import OperatorProvider

from tests.mutation.code import Code, Edit

PROVIDER = OperatorProvider()
POINTLESS = ("Shift", "Bit", "Invert", "Is")
NEED_ARGUMENTS = ("VariableReplacer", "VariableInserter")
NAMES = [
    name
    for name in PROVIDER
    if name not in NEED_ARGUMENTS and not any(word in name for word in POINTLESS)
]


def edits(code: Code) -> Iterator[tuple[str, Edit]]:
    """Yield every edit of the code, with the name of the operator that made it."""
    for name in NAMES:
        operator = PROVIDER[name]()
        for place, node in enumerate(ast_nodes(parso.parse(code.source))):
            if not code.holds(node.start_pos, node.end_pos):
                continue
            for index, _ in enumerate(operator.mutation_positions(node)):
                yield name, _edit(code, operator, place, index)


def _edit(code: Code, operator, place: int, index: int) -> Edit:  # type: ignore[no-untyped-def]
    """Return what an operator makes of a node of a fresh tree: it works in place."""
    node = list(ast_nodes(parso.parse(code.source)))[place]
    start, end = node.start_pos, node.end_pos
    mutated = operator.mutate(node, index)
    text = "" if mutated is None else mutated.get_code(include_prefix=False)
    return Edit(start, end, text.strip())
