"""What came from student code, made plain: its values fit to be sent, its text fit to be shown."""

import inspect
from typing import Any

import numpy as np

from autograder.sandbox.answers import Argument, Array, Plain
from autograder.sandbox.probes import PROBES

ERROR_CHARS = 500
LINE_CHARS = 120
VALUE_BYTES = 12 * 2**20
VALUE_TEXT = 2**20
TEXT_CHARS = 500
NODES = 10_000
DEPTH = 8
DIMENSIONS = 8
INTEGERS = range(-(2**63), 2**64)
NUMBERS = "|b1 |i1 <i2 <i4 <i8 |u1 <u2 <u4 <u8 <f2 <f4 <f8 <c8 <c16"
DTYPES = {name: np.dtype(name) for name in NUMBERS.split()}
CONTAINERS = (list, tuple, dict)
ARRAYS = (np.ndarray, np.generic, complex)


class Unsupported(Exception):  # noqa: N818 - names a kind of answer
    """A value that cannot be sent; the message names its type."""


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
    if isinstance(value, ARRAYS):
        return _array(value, budget)
    if isinstance(value, str):
        return _text(value, budget)
    budget.spend()
    if isinstance(value, dict):
        pairs = dict.items(value)
        return {_text(k, budget): _plain(v, budget, depth + 1) for k, v in pairs}
    if isinstance(value, CONTAINERS):
        kind: Any = list if isinstance(value, list) else tuple
        items = [_plain(item, budget, depth + 1) for item in kind.__iter__(value)]
        return items if kind is list else tuple(items)
    return _scalar(value)


def _text(value: object, budget: Budget) -> str:
    if not isinstance(value, str):
        raise Unsupported(f"a dict with a key of type {type_name(value)}")
    text = str.__str__(value)
    if len(text) > TEXT_CHARS:
        raise Unsupported(f"a string of more than {TEXT_CHARS} characters")
    text = printable(text)
    budget.spend(text=2 * len(text.encode()))
    return text


def _array(value: Any, budget: Budget) -> Array:
    is_array = isinstance(value, np.ndarray)
    budget.spend(np.ndarray.nbytes.__get__(value) if is_array else 16)
    array = np.array(value, subok=False, copy=True, order="C")
    if array.dtype.str not in DTYPES:
        array = _little_endian(array)
    if array.ndim > DIMENSIONS:
        raise Unsupported(f"an array of more than {DIMENSIONS} dimensions")
    return array


def _little_endian(array: Array) -> Array:
    form = array.dtype.newbyteorder("<")
    form = {np.longdouble: np.dtype("<f8"), np.clongdouble: np.dtype("<c16")}.get(form.type, form)
    if form.str not in DTYPES:
        raise Unsupported(f"an array of dtype {one_line(str(array.dtype))}")
    return array.astype(form)


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


def given(value: Any, budget: Budget | None = None) -> Argument:
    """Copy an argument for student code: a probe as it is, anything else made plain."""
    return value if is_probe(value) else plain(value, budget)


def exactly(value: Any) -> Any:
    """Return what is equal for equal values, to the last bit and type, and can be a key."""
    match value:
        case np.ndarray() | np.generic():
            return np.ndarray, value.dtype.str, value.shape, value.tobytes()
        case dict():
            return dict, tuple((name, exactly(part)) for name, part in value.items())
        case tuple() | list():
            return type(value), tuple(map(exactly, value))
        case float():
            return float, repr(value)  # -0.0 equals 0.0
    return type(value), value


def is_probe(value: object) -> bool:
    """Tell whether a value is one of the functions that may be passed into student code."""
    return inspect.isfunction(value) and PROBES.get(value.__name__) is value


# --- text -------------------------------------------------------------------------------


def printable(text: str) -> str:
    """Keep what can be shown as it is: no escape codes, controls or marks that reorder text."""
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        c if c.isprintable() or c in "\n\t" else " " if c.isspace() else "\N{REPLACEMENT CHARACTER}"
        for c in text
    )


def one_line(text: str, limit: int = ERROR_CHARS) -> str:
    """Make one line of at most `limit` characters."""
    line = " ".join(printable(text[: 4 * limit]).split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def place(label: str, number: int, line: str) -> str:
    """Name a line of source: ``cell 7, line 3: return 1/1 + z``; line 0 is the cell as a whole."""
    where = ", ".join(filter(None, [label, f"line {number}" if number else ""]))
    line = one_line(line, LINE_CHARS)
    return f"{where}: {line}" if line else where


def type_name(value: object) -> str:
    """Give the name of a value's type, in one line, whatever the type does to hide it."""
    return one_line(type.__dict__["__name__"].__get__(type(value)))


def describe(error: BaseException) -> str:
    """Give an exception's type and message in one line, whatever its own methods do."""
    name = one_line(type_name(error), LINE_CHARS)
    try:
        message = one_line(str(error))
    except BaseException:  # a student's __str__ may raise anything
        message = ""
    return one_line(f"{name}: {message}") if message else name
