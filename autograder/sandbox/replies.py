"""Read the replies of a process that is not trusted: exactly the agreed form, or WireError."""

from typing import Any, TypeAlias, get_args

import numpy as np

from autograder.sandbox.answers import Answer, Array, CellOutcome, Kind
from autograder.sandbox.figures import FIGURES, HEIGHT, WIDTH
from autograder.sandbox.statements import Need
from autograder.sandbox.text import one_line
from autograder.sandbox.wire import WireError

OWN_KINDS = frozenset(get_args(Kind)) - {"timeout", "memory", "crashed", "malformed", "budget"}
ANSWER_KEYS = {"kind", "value", "arguments", "error", "where"}
OUTCOME_KEYS = {"stdout", "error", "where", "figures"}

Progress: TypeAlias = tuple[int, int, int, Need]
"""Which statement is next: its cell, its number and line in it, and its need."""


def read_answer(reply: Any) -> Answer:
    """Read the answer to ``call`` or ``get``."""
    _require(type(reply) is dict and reply.keys() <= ANSWER_KEYS)
    kind, value = reply.get("kind", "value"), reply.get("value")
    arguments = reply.get("arguments", ())
    _require(isinstance(kind, str) and kind in OWN_KINDS and type(arguments) is tuple)
    _require(kind == "value" or (value is None and arguments == ()))
    return Answer(kind, value, arguments, *_error(reply))


def read_outcome(reply: Any) -> CellOutcome:
    """Read what came of a cell."""
    _require(type(reply) is dict and reply.keys() <= OUTCOME_KEYS)
    stdout, figures = reply.get("stdout", ""), reply.get("figures", ())
    _require(type(stdout) is str and type(figures) is tuple and len(figures) <= FIGURES)
    _require(all(map(_is_image, figures)))
    return CellOutcome(stdout, *_error(reply), figures)


def read_progress(reply: Any) -> Progress | None:
    """Read which statement is next; None if it is no such reply."""
    if type(reply) is not dict or reply.keys() != {"at"}:
        return None
    at = reply["at"]
    _require(type(at) is list and len(at) == 4 and all(type(n) is int for n in at))
    cell, number, line, need = at
    _require(cell >= 0 and number >= -1 and line >= 0 and need in set(Need))
    return cell, number, line, Need(need)


def _is_image(value: Array) -> bool:
    if type(value) is not np.ndarray or value.dtype != np.uint8 or value.ndim != 3:
        return False
    height, width, channels = value.shape
    return bool(0 < height <= HEIGHT and 0 < width <= WIDTH and channels == 4)


def _error(reply: dict[str, Any]) -> tuple[str, str]:
    error, where = reply.get("error", ""), reply.get("where", "")
    _require(type(error) is str and type(where) is str)
    return one_line(error), one_line(where)


def _require(agreed: bool) -> None:
    if not agreed:
        raise WireError("The reply is not of the agreed form.")
