"""Recognise which simple formula some wrong values follow.

The formulas are made by a grammar, not kept in a table: what is named is what the student's own
numbers say, never what they should be. Values are matched at fixed points of this module's own,
so nothing that is found depends on the inputs of a test.
"""

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.checks.compare import Floats
from autograder.explain.effort import spend

LEFT = np.array([-5.3, -4.1, -3.25, -2.7, -2.05, -1.6, -1.15, -0.8, -0.45, -0.2])
RIGHT = np.array([0.15, 0.35, 0.7, 1.05, 1.45, 1.85, 2.35, 3.05, 3.9, 4.7])
REACH = (0.15, 5.3)
"""Between which sizes of z a formula is known to be followed."""
MATCH = 1e-9
"""Largest relative difference, at the points above, from a formula that is named."""

Leaves = Mapping[str, Floats]
"""What a formula is made of: name -> values at the points (``z``, ``alpha``, ``tanh(z)``)."""

Unary = Callable[[Floats], Floats]

FUNCTIONS: dict[str, Unary] = {
    "exp({})": np.exp,
    "tanh({})": np.tanh,
    "log(1 + exp({}))": lambda x: np.logaddexp(0.0, x),
}
INNER: dict[str, Unary] = {
    "{}": lambda x: x,
    "-{}": np.negative,
    "2*{}": lambda x: 2 * x,
    "{}/2": lambda x: x / 2,
    "-abs({})": lambda x: -np.abs(x),
}
RARE: dict[str, Unary] = {
    "z**2": np.square,
    "abs(z)": np.abs,
    "cosh(z)": np.cosh,
    "tanh(log(1 + exp(z)))": lambda x: np.tanh(np.logaddexp(0.0, x)),
}
FACTORS: dict[str, Unary] = {
    "{}": lambda x: x,
    "2*{}": lambda x: 2 * x,
    "(1 - {})": lambda x: 1 - x,
    "(1 + {})": lambda x: 1 + x,
    "(1 - {}**2)": lambda x: 1 - x**2,
    "1/{}": lambda x: 1 / x,
    "1/(1 + {})": lambda x: 1 / (1 + x),
}
INVERTIBLE = ("exp(", "tanh(", "cosh(")
SHORT = 5
"""Digits of a constant that is named: a longer one is nobody's choice."""
MOST_PAIRS = 8192
MOST_FOUND = 256
"""Values that so many products come near to, or equal, say nothing; they may be made for that."""

SEARCH = 1000
"""What a search costs, in units of effort."""

TIDY = ((" - -", " + "), (" + -", " - "), ("-1*", "-"), ("*1/", "/"))


@dataclass(frozen=True)
class _Terms:
    """Named arrays of one length, stacked: ``values[i]`` belongs to ``names[i]``."""

    names: tuple[str, ...]
    values: Floats

    def __iter__(self) -> Iterator[tuple[str, Floats]]:
        return zip(self.names, self.values, strict=True)


def formula(target: Floats, leaves: Leaves) -> str:
    """Return the simplest formula in the leaves that gives the target; empty when none does.

    Parameters
    ----------
    target : values of one axis, at LEFT, at RIGHT, or at both
    leaves : what may stand in the formula, each of the target's shape; ``z`` is one of them
    """
    if target.size < LEFT.size or not np.isfinite(target).all():
        return ""
    named = tuple((name, values.tobytes()) for name, values in leaves.items())
    spend(SEARCH)
    return _formula(target.tobytes(), named)


@functools.lru_cache(maxsize=4096)
def _formula(target: bytes, named: tuple[tuple[str, bytes], ...]) -> str:
    with np.errstate(all="ignore"):
        return str(_search(np.frombuffer(target), named))


def _search(target: Floats, named: tuple[tuple[str, bytes], ...]) -> str:
    leaves, factors, products = _grammar(named)
    constant = _constant(target, leaves)
    if constant:
        return constant
    found = [*_multiples(target, factors, leaves), *_sums(target, factors, products)]
    return min(map(_tidy, found), key=_effort, default="")


def _effort(text: str) -> int:
    """Return how much there is to read; a quotient is more than its letters."""
    return len(text) + 8 * text.count("/")


def _constant(target: Floats, leaves: Leaves) -> str:
    if not _same(target, np.full_like(target, target[0])):
        return ""
    if "alpha" in leaves:
        alpha = float(leaves["alpha"][0])
        for name, value in _in_alpha(alpha):
            if abs(target[0] - value) <= MATCH * abs(value):
                return name
    return _short(float(target[0]))


def _in_alpha(alpha: float) -> Iterator[tuple[str, float]]:
    yield from (("alpha", alpha), ("-alpha", -alpha), ("abs(alpha)", abs(alpha)))
    yield from (("1 + alpha", 1 + alpha), ("1 - alpha", 1 - alpha))
    yield "alpha**2", alpha**2
    if alpha:
        yield "1/alpha", 1 / alpha


def _short(number: float) -> str:
    """Return a number of few digits; empty when it has more."""
    text = f"{number + 0.0:.{SHORT}g}"
    return text if abs(float(text) - number) <= MATCH * abs(number) else ""


# --- the grammar --------------------------------------------------------------------------


@functools.lru_cache(maxsize=16)
def _grammar(named: tuple[tuple[str, bytes], ...]) -> tuple[Leaves, _Terms, "_Products"]:
    leaves = {name: np.frombuffer(values) for name, values in named}
    factors = _distinct(_factors(_distinct(_atoms(leaves))))
    return leaves, factors, _Products(factors)


def _atoms(leaves: Leaves) -> Iterator[tuple[str, Floats]]:
    z = leaves["z"]
    yield from leaves.items()
    inner = [(pattern.format("z"), arrange(z)) for pattern, arrange in INNER.items()]
    if "alpha" in leaves:
        inner += [("alpha*z", leaves["alpha"] * z), ("z/alpha", z / leaves["alpha"])]
    for pattern, apply in FUNCTIONS.items():
        yield from ((pattern.format(text), apply(values)) for text, values in inner)
    yield from ((name, apply(z)) for name, apply in RARE.items())
    for name in leaves.keys() - {"z", "alpha"}:
        yield f"{name}**2", leaves[name] ** 2
        yield f"abs({name})", np.abs(leaves[name])


def _factors(atoms: _Terms) -> Iterator[tuple[str, Floats]]:
    yield "1", np.ones(atoms.values.shape[1])
    for pattern, apply in FACTORS.items():
        for name, values in atoms:
            if pattern != "1/{}" or name.startswith(INVERTIBLE):
                yield pattern.format(_wrapped(name)), apply(values)


def _wrapped(text: str) -> str:
    """Put a sum, a product or a quotient in parentheses; powers and calls stay as they are."""
    outside = re.sub(r"\([^()]*\)", "", re.sub(r"\([^()]*\)", "", re.sub(r"\([^()]*\)", "", text)))
    return f"({text})" if re.search(r"(?<!^)[-+/]|(?<!\*)\*(?!\*)", outside) else text


def _distinct(terms: Iterable[tuple[str, Floats]]) -> _Terms:
    """Keep the finite terms, short ones first, each once: of equal ones the shortest."""
    kept: dict[bytes, tuple[str, Floats]] = {}
    for name, values in sorted(terms, key=lambda term: len(term[0])):
        if np.isfinite(values).all():
            kept.setdefault(_digits(values), (name, values))
    names, arrays = zip(*kept.values(), strict=True)
    return _Terms(names, np.stack(arrays))


def _digits(values: Floats) -> bytes:
    scale = 10.0 ** (9 - np.ceil(np.log10(np.abs(values) + 1e-300)))
    return np.round(values * scale).tobytes() + np.sign(values).tobytes()


class _Products:
    """All products of two factors, to be looked up by their values."""

    def __init__(self, factors: _Terms) -> None:
        self._names = factors.names
        first, second = np.triu_indices(len(factors.names))
        self._values = factors.values[first] * factors.values[second]
        self._pairs = np.stack([first, second], axis=1)
        self._weights = np.cos(np.arange(self._values.shape[1]) * 1.7 + 0.3)
        keys = self._values @ self._weights
        self._order = np.argsort(keys)
        self._keys = keys[self._order]

    def matching(self, wanted: Floats) -> Iterator[tuple[int, str]]:
        """Yield the row of `wanted` and the product's text for each that equals a product."""
        keys = wanted @ self._weights
        reach = MATCH * (np.abs(wanted) @ np.abs(self._weights))
        low = np.searchsorted(self._keys, keys - reach)
        high = np.searchsorted(self._keys, keys + reach)
        counts = np.where(np.isfinite(keys), high - low, 0)
        if counts.sum() > MOST_PAIRS:
            return
        rows = np.repeat(np.arange(len(wanted)), counts)
        places = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
        indices = self._order[low[rows] + places]
        near = np.abs(self._values[indices] - wanted[rows]) <= MATCH * np.abs(wanted[rows])
        found = np.flatnonzero(near.all(axis=1))
        for i in found if len(found) <= MOST_FOUND else ():
            yield int(rows[i]), self._text(indices[i])

    def _text(self, index: int) -> str:
        names: list[str] = [self._names[i] for i in self._pairs[index]]
        first, second = sorted(names, key=_as_factor)
        if first == "1":
            return second
        if first == second and not first.startswith("1/"):
            return f"{_wrapped(first)}**2"
        if second.startswith("1/") and not first.startswith("1/"):
            return f"{first}{second[1:]}"
        return f"{first}*{second}"


def _as_factor(text: str) -> tuple[bool, bool, int]:
    return text.startswith("1/"), text.startswith("("), len(text)


def _same(values: Floats, others: Floats) -> bool:
    return bool(np.all(np.abs(values - others) <= MATCH * np.abs(others)))


def _level(rows: Floats) -> Any:
    """Return which rows hold one and the same number."""
    return np.all(np.abs(rows - rows[:, :1]) <= MATCH * np.abs(rows[:, :1]), axis=1)


# --- the search ---------------------------------------------------------------------------


def _multiples(target: Floats, factors: _Terms, leaves: Leaves) -> Iterator[str]:
    """Yield ``2*exp(z)``, ``tanh(z) + 1``: a factor times or plus a constant."""
    level = _level(target / factors.values) | _level(target - factors.values)
    for i in np.flatnonzero(level):
        name, values = factors.names[i], factors.values[i]
        if _constant(values, leaves):
            continue
        ratio = _constant(target / values, leaves)
        offset = _constant(target - values, leaves)
        if ratio:
            yield f"{_wrapped(ratio)}*{name}"
        if offset:
            yield f"{name} + {offset}"


def _sums(target: Floats, factors: _Terms, products: _Products) -> Iterator[str]:
    """Yield a product, and a factor plus, minus, or taken from a product."""
    firsts = np.concatenate([np.zeros((1, target.size)), factors.values])
    names = ("", *factors.names)
    for row, text in products.matching(target - firsts):
        yield f"{names[row]} + {text}" if row else text
    for row, text in products.matching(firsts - target):
        yield f"{names[row]} - {text}"
    for row, text in products.matching(target + firsts[1:]):
        yield f"{text} - {names[row + 1]}"


def _tidy(text: str) -> str:
    """Return the text in the form one would write it."""
    for long, short in TIDY:
        text = text.replace(long, short)
    return re.sub(r"\bz\*z\b(?!\*)", "z**2", text.strip())
