"""Known mistakes: where a submission's numbers are those of one, that is the hint.

An author writes wrong versions beside the reference, in ``solutions/<assignment>/mistakes.py``::

    @mistake("b1 is left out.")
    def forward(params, X, activation):
        ...

The file runs in a copy of the reference's namespace; a function's name is the item's. Several may
have the same name, which goes on meaning the right function. A hint may say ``{names}``, for the
parts that are wrong. The first mistake that fits gives the hint.
"""

import copy
import functools
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.checks.calls import numeric
from autograder.checks.compare import Floats, Tolerance, close
from autograder.checks.sentences import say

Parts = Mapping[str, Floats]
"""The arrays of a returned value: ``""`` alone, or the keys and places that lead to each."""

MATCHING = Tolerance(rtol=1e-5, atol=1e-12, largest=1e-7)
"""How close values have to be to those of a known mistake."""

DIGITS = 9
REGISTRY = "_mistakes"
MISTAKES = "mistakes.py"
"""Beside the reference: the author's file."""


@dataclass(frozen=True)
class Mistake:
    """A wrong version of an item, or what is known of it: its hint, and the parts that matter.

    `part` is a key or a place; where given, other wrong parts do not matter.
    """

    item: str
    hint: str
    part: str
    function: Callable[..., Any] | None = field(default=None, compare=False)


def mistake(
    hint: str, *, part: str | int | None = None
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Keep a function as a known mistake in the item of its name.

    The name itself goes on meaning the reference's function, for the mistakes that call it.
    """

    def keep(function: Callable[..., Any]) -> Callable[..., Any]:
        kept = function.__globals__.setdefault(REGISTRY, [])
        where = "" if part is None else str(part)
        kept.append(Mistake(function.__name__, hint, where, function))
        right: Callable[..., Any] = function.__globals__.get(function.__name__, function)
        return right

    return keep


def load_mistakes(path: Path, reference: SimpleNamespace) -> list[Mistake]:
    """Return the mistakes of an author's file; none when there is no such file."""
    if not path.is_file():
        return []
    namespace = {**vars(reference), "__name__": path.stem, REGISTRY: []}
    code = compile(path.read_text(encoding="utf-8"), str(path), "exec")
    exec(code, namespace)  # noqa: S102 - the author's own code
    found: list[Mistake] = namespace[REGISTRY]
    return found


Answers = Callable[[int], Parts | None]
"""Gives the parts of the answer to a question, by its number; None where there are no numbers."""


@dataclass(frozen=True)
class Known:
    """What the reference and the known mistakes answer to so many questions of one test.

    `right` and those of the mistakes `wrong` are asked when they are first needed.
    """

    questions: int
    right: Answers
    wrong: Sequence[tuple[Mistake, Answers]]

    @classmethod
    def of(
        cls, mistakes: Sequence[Mistake], reference: Callable[..., Any], calls: Sequence[Any]
    ) -> "Known":
        """Ask the reference and the mistakes themselves."""
        wrong = [(one, _asking(one.function, calls)) for one in mistakes]
        return cls(len(calls), _asking(reference, calls), wrong)

    def hint(self, answers: Sequence[Any]) -> str:
        """Return the hint of the first mistake whose answers these are; empty when there is none.

        `answers` are the values that came for the questions up to the one that failed, None where
        none came. A mistake is one that gives the same wherever a part is off that it concerns, to
        every question; its other parts may be right here.
        """
        found = self.found(answers)
        if found is None:
            return ""
        one, names = found
        return say(one.hint, names=[name.rpartition("/")[2] for name in names])

    def found(self, answers: Sequence[Any]) -> tuple[Mistake, list[str]] | None:
        """Return the first mistake whose answers these are, and the parts it explains."""
        got = [parts_of(value) for value in answers]
        off = [_off(mine, self.right(number) or {}) for number, mine in enumerate(got)]
        if got and _says_little(got[-1], off[-1]):
            return None
        names = list(dict.fromkeys(name for some in off for name in some))
        for one, theirs in self.wrong:
            concerned = [name for name in names if _is_of(one.part, name)]
            if concerned and all(_agree(got[n], theirs(n), concerned) for n in range(len(got))):
                return one, concerned
        return None

    def to_json(self) -> dict[str, Any]:
        """Return the numbers (never the functions), for whoever checks without the reference."""

        def plain(of: Answers, part: str = "") -> list[Any]:
            return [_plain(of(number), part) for number in range(self.questions)]

        wrong = [
            {"hint": one.hint, "part": one.part, "answers": plain(theirs, one.part)}
            for one, theirs in self.wrong
        ]
        return {"right": plain(self.right), "wrong": wrong}

    @classmethod
    def from_json(cls, item: str, data: Mapping[str, Any]) -> "Known":
        """Read what `to_json` gave."""
        wrong = [
            (Mistake(item, one["hint"], one["part"]), _told(one["answers"]))
            for one in data["wrong"]
        ]
        return cls(len(data["right"]), _told(data["right"]), wrong)


def parts_of(value: Any) -> Parts | None:
    """Return the arrays of a returned value; None when something in it is no numbers."""
    try:
        return {name: np.asarray(part, dtype=np.float64) for name, part in _leaves(value, "")}
    except (TypeError, ValueError):
        return None


def _leaves(value: Any, name: str) -> Iterator[tuple[str, Any]]:
    array = None if isinstance(value, tuple) else numeric(value)
    if array is not None:
        yield name, array
    elif isinstance(value, Mapping | tuple | list):
        for key, part in value.items() if isinstance(value, Mapping) else enumerate(value):
            yield from _leaves(part, f"{name}/{key}" if name else str(key))
    else:
        raise TypeError


def _says_little(got: Parts | None, off: Sequence[str]) -> bool:
    """Return whether all that is wrong is one number that many mistakes give."""
    if got is None or len(off) != 1 or off[0] not in got:
        return False
    return got[off[0]].size == 1 and float(got[off[0]].flat[0]) in (-1.0, 0.0, 1.0)


def _is_of(part: str, name: str) -> bool:
    return not part or name == part or name.startswith(f"{part}/")


def _off(got: Parts | None, right: Parts) -> list[str]:
    """Return the parts that are wrong; none where no numbers came."""
    if got is None:
        return []
    return [n for n in right if not (n in got and close(got[n], right[n], MATCHING))]


def _agree(got: Parts | None, theirs: Parts | None, names: Sequence[str]) -> bool:
    """Return whether both have no numbers, or the same ones in these parts."""
    if got is None or theirs is None:
        return got is theirs
    pairs = [(got.get(name), theirs.get(name)) for name in names]
    return all(
        one is other
        if one is None or other is None
        else close(one, other, MATCHING) or np.array_equal(one, other, equal_nan=True)
        for one, other in pairs
    )


def _asking(function: Callable[..., Any] | None, calls: Sequence[Any]) -> Answers:
    """Give what an author's function makes of copies of the arguments; None when it fails."""

    @functools.cache
    def values(number: int) -> Parts | None:
        if function is None or number >= len(calls):
            return None
        try:
            with np.errstate(all="ignore"):
                return parts_of(function(*copy.deepcopy(calls[number])))
        except Exception:  # a mistake may well raise
            return None

    return values


def _told(answers: Sequence[Any]) -> Answers:
    def values(number: int) -> Parts | None:
        plain = answers[number] if number < len(answers) else None
        if plain is None:
            return None
        return {
            name: np.array(numbers, dtype=np.float64).reshape(shape)
            for name, (shape, numbers) in plain.items()
        }

    return values


def _plain(parts: Parts | None, part: str) -> dict[str, Any] | None:
    if parts is None:
        return None
    return {
        name: [list(array.shape), [_rounded(x) for x in array.ravel()]]
        for name, array in parts.items()
        if _is_of(part, name)
    }


def _rounded(x: float) -> float:
    """Return a number as every machine has it; what is next to nothing may be noise."""
    return 0.0 if abs(x) < MATCHING.atol else float(f"{x:.{DIGITS}g}")


def load_numbers(path: Path) -> dict[tuple[str, str], Known]:
    """Return what a build wrote beside the public tests; nothing when it is not there."""
    if not path.is_file():
        return {}
    tests = json.loads(path.read_text(encoding="utf-8"))
    return {(one["item"], one["test"]): Known.from_json(one["item"], one) for one in tests}
