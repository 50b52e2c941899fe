"""What a hint is made of, and which hints a hidden test may give.

A submission can remember what it was called with and answer with it. So the hint of a hidden test
is chosen, never made: its sentence stands word for word in the checks or in the tests, and what
fills its blanks stands there too, or is a plain number. Any other hint is not given.
"""

import ast
import functools
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from autograder.language import _

PLAIN_FACTORS = [*range(-12, 13), *(1 / n for n in range(-12, 13) if n)]
"""The factors a hint names; any other could be made of hidden inputs."""

# fmt: off
FORMULAS = frozenset([
    "0", "1", "-1", "z", "-z", "2*z", "z/2", "z**2", "abs(z)", "0.01*z", "exp(z)", "exp(-z)",
    "tanh(z)", "alpha", "-alpha", "alpha*z", "-alpha*z", "alpha*exp(z)",
])
# fmt: on
"""The formulas that a hidden test names; a longer list would carry more of what was asked."""


class Hint(str):
    """A hint with its blanks filled: a text that knows what it was made of."""

    __slots__ = ("made_of",)
    made_of: frozenset[str]

    def __new__(cls, text: str, made_of: frozenset[str]) -> Self:
        """Keep the literals that the text was made of."""
        hint = super().__new__(cls, text)
        hint.made_of = made_of
        return hint

    def capitalised(self) -> "Hint":
        """Return it with a capital first letter."""
        return Hint(self[:1].upper() + self[1:], self.made_of)


def say(sentence: str, *words: str | Sequence[str], **named: str | Sequence[str]) -> Hint:
    """Fill the blanks of a sentence, as `str.format` does; several words are listed.

    Sentence and words are the English ones. Hidden tests give it where the sentence, and each of
    the words, stands in the checks or in the tests as a literal; hints may be among the words.
    """
    filled = [[word] if isinstance(word, str) else word for word in (*words, *named.values())]
    made_of = _made_of(sentence).union(*(_made_of(word) for each in filled for word in each))
    texts = [listed([said(word) for word in each]) for each in filled]
    by_name = dict(zip(named, texts[len(words) :], strict=True))
    return Hint(_(sentence).format(*texts[: len(words)], **by_name), made_of)


def said(hint: str) -> Hint:
    """Return a hint without blanks in the language chosen; one that `say` made as it is."""
    return hint if isinstance(hint, Hint) else Hint(_(hint), _made_of(hint))


def listed(words: Sequence[str]) -> str:
    """Return words as one says them: ``W1, b1 and W2``."""
    return f" {_('and')} ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def is_chosen(hint: str, tests: Path) -> bool:
    """Return whether a hidden test of this file may give the hint."""
    return not hint or _made_of(hint) <= _known(tests, tests.stat().st_mtime_ns)


@functools.lru_cache(maxsize=8)
def _known(tests: Path, _changed: int) -> frozenset[str]:
    """Return every literal text of the author's and of the checks, plain numbers and formulas."""
    rooms = tests.parent, *(Path(__file__).parents[1] / room for room in ("checks", "explain"))
    files = [file for room in rooms for file in room.glob("*.py")]
    nodes = [node for file in files for node in ast.walk(ast.parse(file.read_bytes()))]
    values = [node.value for node in nodes if isinstance(node, ast.Constant)]
    literals = {value for value in values if isinstance(value, str)}
    return FORMULAS.union(literals, map(number, PLAIN_FACTORS))


def number(value: float) -> str:
    """Return a number as a hint names it."""
    return f"{value:.4g}"


def _made_of(hint: str) -> frozenset[str]:
    return hint.made_of if isinstance(hint, Hint) else frozenset({hint})
