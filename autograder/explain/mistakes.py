"""Known mistakes: where a submission's numbers are those of one, that is the hint.

An author writes wrong versions beside the reference, in ``solutions/<assignment>/mistakes.py``::

    @mistake("b1 is left out.")
    def forward(params, X, activation):
        ...

The file runs in a copy of the reference's namespace; a function's name is the item's. Several may
have the same name. A hint may say ``{names}``, for the parts of a dict that are wrong.
"""

import functools
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.checks.compare import COARSE, Floats, Tolerance, close
from autograder.checks.ladder import numeric
from autograder.checks.text import listed

Parts = Mapping[str, Floats]
"""The arrays of a returned value: ``""`` alone, or the keys and places that lead to each."""

MATCHING = Tolerance(rtol=1e-5, atol=1e-12, largest=1e-7)
"""How close values have to be to those of a known mistake."""

DIGITS = 9
REGISTRY = "_mistakes"


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
        reference: Callable[..., Any] = function.__globals__.get(function.__name__, function)
        return reference

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


class Known:
    """What the reference and the known mistakes answer to the questions of one test.

    Parameters
    ----------
    right : the parts of the right answer to each question
    wrong : mistakes, and a function that gives the parts of theirs, by the question's number
    """

    def __init__(
        self,
        right: Sequence[Parts],
        wrong: Sequence[tuple[Mistake, Callable[[int], Parts | None]]],
    ) -> None:
        self._right = right
        self._wrong = wrong

    @classmethod
    def of(
        cls, mistakes: Sequence[Mistake], reference: Callable[..., Any], calls: Sequence[Any]
    ) -> "Known":
        """Ask the reference and the mistakes themselves; each when it is first needed."""
        right = [parts_of(_result(reference, args)) or {} for args in calls]
        return cls(right, [(one, _asking(one, calls)) for one in mistakes])

    def hint(self, answers: Sequence[Any]) -> str:
        """Return the hint of the first mistake whose answers these are; empty when there is none.

        `answers` are the values that came for the questions up to the one that failed.
        """
        got = [parts_of(value) for value in answers[: len(self._right)]]
        off = [
            None if mine is None else [name for name in right if not _alike(mine, right, name)]
            for mine, right in zip(got, self._right, strict=False)
        ]
        if not any(off) or _says_little(got[-1], off[-1]):
            return ""
        names = list(dict.fromkeys(name for some in off for name in some or ()))
        for one, values in self._wrong:
            matters = any(_matters(one, name) for name in names)
            if matters and all(_explains(one, values, n, got[n], off[n]) for n in range(len(off))):
                return one.hint.replace("{names}", listed([n.rpartition("/")[2] for n in names]))
        return ""

    def to_json(self, questions: int) -> dict[str, Any]:
        """Return the numbers (never the functions), for whoever checks without the reference."""
        wrong = [
            {
                "hint": one.hint,
                "part": one.part,
                "answers": [_plain(v(n)) for n in range(questions)],
            }
            for one, v in self._wrong
        ]
        return {"right": [_plain(right) for right in self._right], "wrong": wrong}

    @classmethod
    def from_json(cls, item: str, data: Mapping[str, Any]) -> "Known":
        """Read what `to_json` gave."""
        wrong = [
            (Mistake(item, one["hint"], one["part"]), _told(one["answers"]))
            for one in data["wrong"]
        ]
        return cls([_read(right) or {} for right in data["right"]], wrong)


def parts_of(value: Any) -> Parts | None:
    """Return the arrays of a returned value; None when something in it is no numbers."""
    parts: dict[str, Floats] = {}
    try:
        for name, part in _leaves(value, ""):
            parts[name] = np.asarray(part, dtype=np.float64)
    except (TypeError, ValueError):
        return None
    return parts


def _leaves(value: Any, name: str) -> Iterator[tuple[str, Any]]:
    array = None if isinstance(value, tuple) else numeric(value)
    if array is not None:
        yield name, array
        return
    if isinstance(value, Mapping):
        pairs = list(value.items())
    elif isinstance(value, tuple | list):
        pairs = list(enumerate(value))
    else:
        raise TypeError
    for key, part in pairs:
        yield from _leaves(part, f"{name}/{key}" if name else str(key))


def _alike(got: Parts, right: Parts, name: str) -> bool:
    return name in got and close(got[name], right[name], COARSE)


def _says_little(got: Parts | None, off: Sequence[str] | None) -> bool:
    """Return whether all that is wrong is one number that many mistakes give."""
    if got is None or off is None or len(off) != 1 or off[0] not in got:
        return False
    return got[off[0]].size == 1 and float(got[off[0]].flat[0]) in (-1.0, 0.0, 1.0)


def _matters(one: Mistake, name: str) -> bool:
    return not one.part or name == one.part or name.startswith(f"{one.part}/")


def _explains(
    one: Mistake,
    values: Callable[[int], Parts | None],
    number: int,
    got: Parts | None,
    off: Sequence[str] | None,
) -> bool:
    """Return whether a mistake gives what is wrong in the answer to one question.

    Where nothing is wrong, it has to be right as well.
    """
    if got is None or off is None:
        return False
    names = [name for name in off or got if _matters(one, name)]
    if not names:
        return True
    theirs = values(number)
    if theirs is None:
        return False
    return all(n in got and n in theirs and close(got[n], theirs[n], MATCHING) for n in names)


def _asking(one: Mistake, calls: Sequence[Any]) -> Callable[[int], Parts | None]:
    @functools.cache
    def values(number: int) -> Parts | None:
        return parts_of(_result(one.function, calls[number]))

    return values


def _result(function: Callable[..., Any] | None, args: Any) -> Any:
    """Return what the author's function makes of copies of the arguments; None when it fails."""
    if function is None:
        return None
    try:
        with np.errstate(all="ignore"):
            return function(*(_copied(arg) for arg in args))
    except Exception:  # a mistake may well raise
        return None


def _copied(arg: Any) -> Any:
    if isinstance(arg, np.ndarray):
        return arg.copy()
    if isinstance(arg, Mapping):
        return {key: _copied(value) for key, value in arg.items()}
    return arg


def _told(answers: Sequence[Any]) -> Callable[[int], Parts | None]:
    return lambda number: _read(answers[number])


def _plain(parts: Parts | None) -> dict[str, Any] | None:
    if parts is None:
        return None
    return {
        name: [list(array.shape), [float(f"{x:.{DIGITS}g}") for x in array.ravel()]]
        for name, array in parts.items()
    }


def _read(plain: Mapping[str, Any] | None) -> Parts | None:
    if plain is None:
        return None
    return {
        name: np.array(numbers, dtype=np.float64).reshape(shape)
        for name, (shape, numbers) in plain.items()
    }


def load_numbers(path: Path) -> dict[tuple[str, str], Known]:
    """Return what a build wrote beside the public tests; nothing when it is not there."""
    if not path.is_file():
        return {}
    tests = json.loads(path.read_text(encoding="utf-8"))
    return {(one["item"], one["test"]): Known.from_json(one["item"], one) for one in tests}
