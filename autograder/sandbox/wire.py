"""Frames of plain values: the one language spoken with student code.

A frame is two lengths (u32, little endian), a JSON header and the raw bytes of the arrays
it names. In the header, None, bool, int, float and str stand for themselves; an object with
one key stands for anything else: ``{"array": ["<f8", [2, 3]]}`` (the next bytes of the
body), ``{"list": [...]}``, ``{"tuple": [...]}``, ``{"dict": [[key, value], ...]}``, and from the
grader only ``{"probe": "sin"}``. Nothing is unpickled or evaluated, and all of a frame is
checked before any of it is used.
"""

import inspect
import json
import math
import struct
from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np

from autograder.sandbox.answers import Argument, Array, Plain
from autograder.sandbox.probes import PROBES
from autograder.sandbox.text import one_line, printable

FRAME_BYTES = 16 * 2**20
VALUE_BYTES = 12 * 2**20
HEADER_BYTES = 3 * 2**20
VALUE_TEXT = 2**20
TEXT_CHARS = 500
SOURCE_CHARS = 2**20  # of one cell
NODES = 10_000
DEPTH = 8
ENVELOPE = 4  # levels of containers around the values of a message
DIMENSIONS = 8
INTEGERS = range(-(2**63), 2**64)
NUMBERS = "|b1 |i1 <i2 <i4 <i8 |u1 <u2 <u4 <u8 <f2 <f4 <f8 <c8 <c16"
DTYPES = frozenset(NUMBERS.split())
LENGTHS = struct.Struct("<II")


class WireError(Exception):
    """A frame is not of the agreed form."""


class Unsupported(Exception):  # noqa: N818 - names a kind of answer
    """A value that cannot be sent; the message names its type."""


class Caps(NamedTuple):
    """The most a frame may hold: bytes in all, and characters in one string."""

    total: int = FRAME_BYTES
    text: int = TEXT_CHARS


CAPS = Caps()
REQUEST_CAPS = Caps(text=SOURCE_CHARS)
"""For what the grader sends: the source of a cell is among it."""


# --- what student code returned, made plain ---------------------------------------------


class Budget:
    """What is left to spend on values that are to share a frame."""

    def __init__(self) -> None:
        self.nodes = NODES
        self.bytes = VALUE_BYTES
        self.text = VALUE_TEXT

    def spend(self, size: int = 0, text: int = 0) -> None:
        """Take one value of that many bytes; raises Unsupported when nothing is left."""
        self.nodes -= 1
        self.bytes -= size
        self.text -= text
        if self.nodes < 0:
            raise Unsupported(f"more than {NODES} values")
        if self.text < 0:
            raise Unsupported(f"more than {VALUE_TEXT // 2**20} MiB of text")
        if self.bytes < 0:
            raise Unsupported(f"more than {VALUE_BYTES // 2**20} MiB of values")


def plain(value: object, budget: Budget | None = None) -> Plain:
    """Copy a value into plain numbers, text, arrays and containers of them.

    Subclasses become their base types, NumPy scalars and complex numbers 0-d arrays, masked
    arrays their data. Raises Unsupported, naming the type, for anything else.
    """
    return _plain(value, budget or Budget(), 0)


def _plain(value: Any, budget: Budget, depth: int) -> Plain:
    if depth > DEPTH:
        raise Unsupported(f"values nested more than {DEPTH} deep")
    if isinstance(value, list | tuple | dict):
        return _container(value, budget, depth)
    if isinstance(value, str):
        return _text(value, budget)
    if isinstance(value, np.ndarray | np.generic | complex):
        return _array(value, budget)
    budget.spend()
    return _scalar(value)


def _container(value: Any, budget: Budget, depth: int) -> Plain:
    budget.spend()
    if isinstance(value, dict):
        pairs = dict.items(value)
        return {_key(k, budget): _plain(v, budget, depth + 1) for k, v in pairs}
    kind = list if isinstance(value, list) else tuple
    return kind(_plain(item, budget, depth + 1) for item in kind.__iter__(value))


def _key(key: object, budget: Budget) -> str:
    if not isinstance(key, str):
        raise Unsupported(f"a dict with a key of type {type_name(key)}")
    return _text(key, budget)


def _text(value: str, budget: Budget) -> str:
    text = str.__str__(value)
    if len(text) > TEXT_CHARS:
        raise Unsupported(f"a string of more than {TEXT_CHARS} characters")
    text = printable(text)
    budget.spend(text=2 * len(text.encode()))
    return text


def _array(value: Any, budget: Budget) -> Array:
    if isinstance(value, np.ndarray):
        size = np.ndarray.nbytes.__get__(value)
        budget.spend(size)
    else:
        budget.spend(16)
    base = np.array(value, subok=False, copy=True, order="C")
    if base.dtype == np.longdouble:
        base = base.astype(np.float64)
    elif base.dtype == np.clongdouble:
        base = base.astype(np.complex128)
    native = base.astype(base.dtype.newbyteorder("<"), copy=False)
    if native.dtype.str not in DTYPES:
        raise Unsupported(f"an array of dtype {one_line(str(base.dtype))}")
    if native.ndim > DIMENSIONS:
        raise Unsupported(f"an array of more than {DIMENSIONS} dimensions")
    return native


def _scalar(value: Any) -> Plain:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        number = int.__int__(value)
        if number not in INTEGERS:
            raise Unsupported("an integer of more than 64 bits")
        return number
    if isinstance(value, float):
        return float.__float__(value)
    raise Unsupported(type_name(value))


def type_name(value: object) -> str:
    """Give the name of a value's type, in one line, whatever the type does to hide it."""
    return one_line(type.__dict__["__name__"].__get__(type(value)))


def given(value: Any, budget: Budget | None = None) -> Argument:
    """Copy an argument for student code: a probe as it is, anything else made plain."""
    if is_probe(value):
        return value  # type: ignore[no-any-return]
    return plain(value, budget)


def unchanged(before: Any, after: Any) -> bool:
    """Tell whether a call left an argument as it was; only arrays, lists and dicts can change."""
    if isinstance(before, np.ndarray):
        return (
            isinstance(after, np.ndarray)
            and before.shape == after.shape
            and before.dtype == after.dtype
            and before.tobytes() == after.tobytes()
        )
    if isinstance(before, dict):
        return before.keys() == after.keys() and all(
            unchanged(v, after[k]) for k, v in before.items()
        )
    if isinstance(before, list | tuple):
        return len(before) == len(after) and all(map(unchanged, before, after))
    return True


def is_probe(value: object) -> bool:
    """Tell whether a value is one of the functions that may be passed into student code."""
    return inspect.isfunction(value) and PROBES.get(value.__name__) is value


# --- encoding ---------------------------------------------------------------------------


class Encoded(NamedTuple):
    """A value that is ready to be sent, as often as need be: the header it makes, and the body."""

    header: bytes
    body: bytes


def encoded(value: object, *, probes: bool = False) -> Encoded:
    """Make a plain value ready; WireError when it is not plain. Probes are written by name."""
    body: list[bytes] = []
    tree = _write(value, body, probes)
    try:
        header = json.dumps(tree, ensure_ascii=False, separators=(",", ":")).encode()
    except (ValueError, RecursionError) as error:
        raise WireError(f"The header cannot be written: {error}.") from None
    return Encoded(header, b"".join(body))


def frame(number: int, value: Encoded, caps: Caps = CAPS) -> bytes:
    """Put a number and a value into one frame; WireError when that would be too large."""
    header = b'{"tuple":[%d,%b]}' % (number, value.header)
    sizes = (min(len(part), 2**32 - 1) for part in (header, value.body))
    prefix = LENGTHS.pack(*sizes)
    lengths(prefix, caps)
    return b"".join([prefix, header, value.body])


def encode(value: object, caps: Caps = CAPS, *, probes: bool = False) -> bytes:
    """Put a plain value into one frame; probes are written by name.

    Raises WireError when the value is not plain or the frame would be too large.
    """
    header, body = encoded(value, probes=probes)
    prefix = LENGTHS.pack(min(len(header), 2**32 - 1), min(len(body), 2**32 - 1))
    lengths(prefix, caps)
    return b"".join([prefix, header, body])


def _write(value: Any, body: list[bytes], probes: bool) -> object:
    if value is None or type(value) in (bool, int, float, str):
        return value
    if type(value) is np.ndarray:
        if value.dtype.str not in DTYPES:
            raise WireError(f"An array of dtype {value.dtype} cannot be sent.")
        body.append(value.tobytes())
        return {"array": [value.dtype.str, list(value.shape)]}
    if type(value) in (list, tuple):
        return {type(value).__name__: [_write(item, body, probes) for item in value]}
    if type(value) is dict:
        return {"dict": [[k, _write(v, body, probes)] for k, v in value.items()]}
    if probes and is_probe(value):
        return {"probe": value.__name__}
    raise WireError(f"A {type_name(value)} cannot be sent.")


# --- decoding ---------------------------------------------------------------------------


def lengths(prefix: bytes, caps: Caps = CAPS) -> tuple[int, int]:
    """Read the lengths of a frame's header and body; WireError when it would be too large."""
    if len(prefix) != LENGTHS.size:
        raise WireError("The frame ends within its lengths.")
    header, body = LENGTHS.unpack(prefix)
    if header + body > caps.total or header > HEADER_BYTES + 4 * caps.text:
        raise WireError(f"A frame of {header + body} bytes is too large.")
    return header, body


def decode(header: bytes, body: bytes, caps: Caps = CAPS, *, probes: bool = False) -> Any:
    """Read the value of a frame. Raises WireError for anything out of the ordinary."""
    try:
        tree = json.loads(header.decode("utf-8"))
    except (ValueError, RecursionError, MemoryError):
        raise WireError("The header is not JSON.") from None
    reader = _Reader(body, caps, probes)
    value = reader.read(tree, 0)
    if reader.offset != len(body):
        raise WireError("The frame has bytes left over.")
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
        if isinstance(tree, dict):
            return self._tagged(tree, depth)
        if isinstance(tree, str):
            return self._text(tree)
        if isinstance(tree, list) or (type(tree) is int and tree not in INTEGERS):
            raise WireError("The header is not of the agreed form.")
        return tree

    def _text(self, text: object) -> str:
        if not isinstance(text, str) or len(text) > self.caps.text:
            raise WireError("A string is too long or no string.")
        return text if self.probes else printable(text)

    def _tagged(self, tree: dict[str, object], depth: int) -> Any:
        if len(tree) != 1:
            raise WireError("The header is not of the agreed form.")
        ((tag, content),) = tree.items()
        if tag == "array":
            return self._array(content)
        if tag == "probe" and self.probes and isinstance(content, str) and content in PROBES:
            return PROBES[content]
        if not isinstance(content, list):
            raise WireError("The header is not of the agreed form.")
        if tag == "list":
            return [self.read(item, depth + 1) for item in content]
        if tag == "tuple":
            return tuple(self.read(item, depth + 1) for item in content)
        if tag == "dict":
            return dict(self._pairs(content, depth + 1))
        raise WireError("The header is not of the agreed form.")

    def _pairs(self, content: list[object], depth: int) -> Iterable[tuple[str, Any]]:
        for pair in content:
            if not isinstance(pair, list) or len(pair) != 2:
                raise WireError("The header is not of the agreed form.")
            yield self._text(pair[0]), self.read(pair[1], depth)

    def _array(self, content: object) -> Array:
        dtype, shape = _array_form(content)
        sizes = [max(n, 1) for n in shape]
        if math.prod(sizes) * dtype.itemsize > self.caps.total:
            raise WireError("An array is too large.")
        end = self.offset + math.prod(shape) * dtype.itemsize
        if end > len(self.body):
            raise WireError("An array is longer than its frame.")
        if end == self.offset:
            return np.zeros(shape, dtype)
        raw = np.frombuffer(self.body[self.offset : end], dtype=np.uint8)
        if dtype.kind == "b" and raw.max() > 1:
            raise WireError("An array of bool holds other values.")
        self.offset = end
        return raw.view(dtype).reshape(shape).copy()


def _array_form(content: object) -> tuple[np.dtype[Any], list[int]]:
    if not isinstance(content, list) or len(content) != 2:
        raise WireError("The header is not of the agreed form.")
    dtype, shape = content
    if not isinstance(dtype, str) or dtype not in DTYPES:
        raise WireError("An array has a dtype that cannot be sent.")
    if not isinstance(shape, list) or len(shape) > DIMENSIONS:
        raise WireError("An array has a shape that cannot be.")
    if not all(type(n) is int and 0 <= n < 2**31 for n in shape):
        raise WireError("An array has a shape that cannot be.")
    return np.dtype(dtype), shape
