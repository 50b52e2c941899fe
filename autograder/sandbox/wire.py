"""Frames of plain values: the one language spoken with student code.

A frame is two lengths (u32, little endian), a JSON header and the raw bytes of the arrays
it names. In the header, None, bool, int, float and str stand for themselves; an object with
one key stands for anything else: ``{"array": ["<f8", [2, 3]]}`` (the next bytes of the
body), ``{"list": [...]}``, ``{"tuple": [...]}``, ``{"dict": [[key, value], ...]}``, and from the
grader only ``{"probe": "sin"}``. Nothing is unpickled or evaluated, and all of a frame is
checked before any of it is used.
"""

import json
import math
import struct
from typing import Any, NamedTuple, TypeAlias, get_args

import numpy as np

from autograder.sandbox.answers import (
    Answer,
    Array,
    CellOutcome,
    Limits,
    OwnKind,
)
from autograder.sandbox.plain import (
    DEPTH,
    DIMENSIONS,
    DTYPES,
    INTEGERS,
    NODES,
    TEXT_CHARS,
    is_probe,
    one_line,
    printable,
    type_name,
)
from autograder.sandbox.probes import PROBES
from autograder.sandbox.statements import Need

FRAME_BYTES = 16 * 2**20
HEADER_BYTES = 3 * 2**20
SOURCE_CHARS = 2**20  # of one cell
CUT_NOTE_CHARS = 100
ENVELOPE = 4  # levels of containers around the values of a message, and 1000 nodes
FIGURES = 8
WIDTH = 1600
HEIGHT = 1200
LENGTHS = struct.Struct("<II")


class WireError(Exception):
    """A frame is not of the agreed form."""


class Caps(NamedTuple):
    """The most a frame may hold: bytes in all, and characters in one string."""

    total: int = FRAME_BYTES
    text: int = TEXT_CHARS


CAPS = Caps()
REQUEST_CAPS = Caps(text=SOURCE_CHARS)
"""For what the grader sends: the source of a cell is among it."""


def outcome_caps(limits: Limits, *, figures: bool) -> Caps:
    """Return how large the replies to ``run`` may be."""
    images = FIGURES * WIDTH * HEIGHT * 4 if figures else 0
    return Caps(FRAME_BYTES + images, limits.output_kb * 1024 + CUT_NOTE_CHARS)


# --- frames -----------------------------------------------------------------------------


class Encoded(NamedTuple):
    """A value that is ready to be sent, as often as need be: the header it makes, and the body."""

    header: bytes
    body: bytes


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
_scan = json.JSONDecoder().raw_decode  # as `json.loads`, but for white space around the value


def encoded(value: object, *, probes: bool = False) -> Encoded:
    """Make a plain value ready; WireError when it is not plain. Probes are written by name."""
    body: list[bytes] = []
    try:
        header = _json(_tree(value, body, probes)).encode()
    except (ValueError, RecursionError) as error:
        raise WireError(f"The header cannot be written: {error}.") from None
    return Encoded(header, b"".join(body))


def _tree(value: Any, body: list[bytes], probes: bool) -> object:
    if value is None or type(value) in (bool, int, float, str):
        return value
    if type(value) is np.ndarray:
        if value.dtype.str not in DTYPES:
            raise WireError(f"An array of dtype {value.dtype} cannot be sent.")
        body.append(value.tobytes())
        return {"array": [value.dtype.str, value.shape]}
    if type(value) in (list, tuple):
        return {type(value).__name__: [_tree(item, body, probes) for item in value]}
    if type(value) is dict:
        return {"dict": [[k, _tree(v, body, probes)] for k, v in value.items()]}
    if probes and is_probe(value):
        return {"probe": value.__name__}
    raise WireError(f"A {type_name(value)} cannot be sent.")


def frame(value: Encoded, caps: Caps = CAPS, number: int | None = None) -> bytes:
    """Put a value, perhaps with a number, into one frame; WireError when it would be too large."""
    header, body = value
    if number is not None:
        header = b'{"tuple":[%d,%b]}' % (number, header)
    _cap(len(header), len(body), caps)
    return b"".join([LENGTHS.pack(len(header), len(body)), header, body])


def encode(value: object, caps: Caps = CAPS, *, probes: bool = False) -> bytes:
    """Put a plain value into one frame; WireError when it is not plain or too large."""
    return frame(encoded(value, probes=probes), caps)


def lengths(prefix: bytes | bytearray, caps: Caps = CAPS) -> tuple[int, int]:
    """Read the lengths of a frame's header and body; WireError when it would be too large."""
    _require(len(prefix) == LENGTHS.size)
    header, body = LENGTHS.unpack(prefix)
    _cap(header, body, caps)
    return header, body


def _cap(header: int, body: int, caps: Caps) -> None:
    if header + body > caps.total or header > HEADER_BYTES + 4 * caps.text:
        raise WireError(f"A frame of {header + body} bytes is too large.")


class Frames:
    """Takes headers and bodies out of bytes that come in parts of any size."""

    def __init__(self) -> None:
        self._data = bytearray()

    def __bool__(self) -> bool:
        return bool(self._data)

    def add(self, part: bytes) -> None:
        """Take in what has come."""
        self._data += part

    def next(self, caps: Caps) -> tuple[bytes, bytes] | None:
        """Take out a frame's header and body, if all of it has come; WireError when too large."""
        start = LENGTHS.size
        if len(self._data) < start:
            return None
        header, body = lengths(self._data[:start], caps)
        if len(self._data) < start + header + body:
            return None
        taken = bytes(self._data[start : start + header + body])
        del self._data[: start + header + body]
        return taken[:header], taken[header:]


def decode(header: bytes, body: bytes, caps: Caps = CAPS, *, probes: bool = False) -> Any:
    """Read the value of a frame. Raises WireError for anything out of the ordinary."""
    try:
        text = header.decode()
        tree, end = _scan(text, 0)
    except (ValueError, RecursionError, MemoryError):
        raise WireError("The header is not JSON.") from None
    reader = _Reader(body, caps, probes)
    value = reader.read(tree, 0)
    _require(end == len(text) and reader.offset == len(body))
    return value


class _Reader:
    """Turns a header's tree and the bytes of a body into a value."""

    def __init__(self, body: bytes, caps: Caps, probes: bool) -> None:
        self.body = body
        self.caps = caps
        self.probes = probes
        self.offset = 0
        self.nodes = 0

    def read(self, tree: object, depth: int) -> Any:
        self.nodes += 1
        if self.nodes > NODES + 1000 or depth > DEPTH + ENVELOPE:
            raise WireError("The value has too many parts.")
        if type(tree) is dict:
            return self._tagged(tree, depth + 1)
        if type(tree) is str:
            return self._text(tree)
        _require(type(tree) is not list and (type(tree) is not int or tree in INTEGERS))
        return tree

    def _text(self, text: Any) -> str:
        _require(type(text) is str and len(text) <= self.caps.text)
        return text if self.probes else printable(text)

    def _tagged(self, tree: dict[str, Any], depth: int) -> Any:
        _require(len(tree) == 1)
        ((tag, content),) = tree.items()
        if tag == "probe":
            _require(self.probes and type(content) is str and content in PROBES)
            return PROBES[content]
        _require(type(content) is list)
        if tag == "array":
            return self._array(content)
        if tag == "dict":
            _require(all([type(pair) is list and len(pair) == 2 for pair in content]))  # noqa: C419
            return {self._text(key): self.read(value, depth) for key, value in content}
        _require(tag in ("list", "tuple"))
        items = [self.read(item, depth) for item in content]
        return items if tag == "list" else tuple(items)

    def _array(self, content: list[Any]) -> Array:
        _require(len(content) == 2 and type(content[0]) is str and content[0] in DTYPES)
        dtype, shape = DTYPES[content[0]], content[1]
        _require(type(shape) is list and len(shape) <= DIMENSIONS)
        for n in shape:
            _require(type(n) is int and 0 <= n < 2**31)
        count, start = math.prod(shape), self.offset
        if count == 0:  # the other lengths may still be beyond what NumPy can count
            _require(math.prod(filter(None, shape)) * dtype.itemsize <= self.caps.total)
            return np.zeros(shape, dtype)
        self.offset += count * dtype.itemsize
        _require(self.offset <= len(self.body))
        if dtype.kind == "b":
            _require(np.frombuffer(self.body, np.uint8, count, start).max() <= 1)
        return np.frombuffer(self.body, dtype, count, start).reshape(shape).copy()


# --- replies ----------------------------------------------------------------------------

OWN_KINDS = frozenset(get_args(OwnKind))
ANSWER_KEYS = {"kind", "value", "arguments", "error", "where"}
OUTCOME_KEYS = {"stdout", "error", "where", "figures"}
Progress: TypeAlias = tuple[int, int, int, Need]
"""Which statement is next: its cell, its number and line in it, and its need."""


def told(reply: Answer | CellOutcome) -> dict[str, Any]:
    """Return the fields that are not what they are when nothing is said."""
    silent = type(reply).__dict__
    return {name: value for name, value in vars(reply).items() if value is not silent[name]}


def read_answer(reply: Any) -> Answer:
    """Read the answer to ``call`` or ``get``, of a process that is not trusted."""
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
    return error and one_line(error), where and one_line(where)


def _require(agreed: bool) -> None:
    if not agreed:
        raise WireError("It is not of the agreed form.")
