"""Read the replies of a process that is not trusted: exactly the agreed form, or WireError."""

from typing import Any, get_args

import numpy as np

from autograder.sandbox.answers import Answer, Array, CellOutcome, Kind
from autograder.sandbox.figures import FIGURES, HEIGHT, WIDTH
from autograder.sandbox.text import one_line
from autograder.sandbox.wire import WireError

OWN_KINDS = frozenset(get_args(Kind)) - {"timeout", "memory", "crashed", "malformed", "budget"}
ANSWER_KEYS = {"kind", "value", "arguments", "error", "where"}
OUTCOME_KEYS = {"stdout", "error", "where", "figures"}
PROGRESS_KEYS = {"at", "where"}


def read_answer(reply: Any) -> Answer:
    """Read the answer to ``call`` or ``get``."""
    _require(type(reply) is dict and reply.keys() == ANSWER_KEYS)
    kind, value, arguments = reply["kind"], reply["value"], reply["arguments"]
    _require(isinstance(kind, str) and kind in OWN_KINDS and type(arguments) is tuple)
    _require(kind == "value" or (value is None and arguments == ()))
    return Answer(kind, value, arguments, _line(reply["error"]), _line(reply["where"]))


def read_outcome(reply: Any) -> CellOutcome:
    """Read the answer to ``load``."""
    _require(type(reply) is dict and reply.keys() == OUTCOME_KEYS)
    stdout, figures = reply["stdout"], reply["figures"]
    _require(type(stdout) is str and type(figures) is tuple and len(figures) <= FIGURES)
    _require(all(map(_is_image, figures)))
    return CellOutcome(stdout, _line(reply["error"]), _line(reply["where"]), figures)


def read_progress(reply: Any) -> tuple[int, str] | None:
    """Read which statement of a cell is next, and where that is; None if it is no such reply."""
    if type(reply) is not dict or reply.keys() != PROGRESS_KEYS:
        return None
    _require(type(reply["at"]) is int and reply["at"] >= 0)
    return reply["at"], _line(reply["where"])


def _is_image(value: Array) -> bool:
    if type(value) is not np.ndarray or value.dtype != np.uint8 or value.ndim != 3:
        return False
    height, width, channels = value.shape
    return bool(0 < height <= HEIGHT and 0 < width <= WIDTH and channels == 4)


def _line(text: Any) -> str:
    _require(type(text) is str)
    return one_line(text)


def _require(agreed: bool) -> None:
    if not agreed:
        raise WireError("The reply is not of the agreed form.")
