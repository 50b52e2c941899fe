"""The mutants of a reference: each differs from it by one edit, and no two are the same code."""

import ast
import difflib
from collections.abc import Iterator
from dataclasses import dataclass

from tests.mutation import established, operators
from tests.mutation.code import Code, reference_codes


@dataclass(frozen=True)
class Mutant:
    """An answer to an item with one edit in it.

    Attributes
    ----------
    operator : the name of what made the edit
    was, becomes : the lines that differ, before and after, without indentation and comments
    source : the whole answer
    """

    assignment: str
    item: str
    operator: str
    was: str
    becomes: str
    source: str

    @property
    def change(self) -> tuple[str, str, str]:
        """What tells it from others."""
        return self.item, self.was, self.becomes

    def __str__(self) -> str:
        return shown(f"{self.item} [{self.operator}]", self.was, self.becomes)


def items(assignment: str) -> list[str]:
    """Return the items of an assignment, in the order of the notebook."""
    return list(reference_codes(assignment))


def mutants_of(assignment: str, item: str) -> list[Mutant]:
    """Return the mutants of an item; what is no Python, or no other Python, is none."""
    code = reference_codes(assignment)[item]
    known = {ast.dump(code.tree)}
    found = []
    for operator, source in _sources(code):
        try:
            tree = ast.dump(ast.parse(source))
        except SyntaxError:
            continue
        if tree not in known:
            known.add(tree)
            changed = _changed_lines(code.source, source)
            found.append(Mutant(assignment, item, operator, *changed, source))
    return found


def _sources(code: Code) -> Iterator[tuple[str, str]]:
    for tool in (established, operators):
        for operator, edit in tool.edits(code):
            yield operator, code.apply(edit)


def _changed_lines(before: str, after: str) -> tuple[str, str]:
    old, new = before.splitlines(), after.splitlines()
    blocks = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    changed = [block for block in blocks if block[0] != "equal"]
    first, last = changed[0], changed[-1]
    was, becomes = old[first[1] : last[2]], new[first[3] : last[4]]
    return _joined(was), _joined(becomes)


def _joined(lines: list[str]) -> str:
    return "\n".join(line.partition("  #")[0].strip() for line in lines)


def shown(title: str, was: str, becomes: str) -> str:
    """Return a change as text, like a diff."""
    removed = [f"  - {line}" for line in was.splitlines()]
    added = [f"  + {line}" for line in becomes.splitlines()]
    return "\n".join([title, *removed, *added])
