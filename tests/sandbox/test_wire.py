"""The frames: what goes in comes out, and nothing else comes in."""

import math
from fractions import Fraction

import hypothesis.extra.numpy as npst
import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings

from autograder.sandbox import wire
from autograder.sandbox.plain import DTYPES as FORMS
from autograder.sandbox.plain import VALUE_BYTES, Unsupported, plain
from autograder.sandbox.probes import PROBES
from autograder.sandbox.wire import LENGTHS, Caps, WireError, decode, encode

DTYPES = st.sampled_from(sorted(FORMS)).map(np.dtype)
ARRAYS = DTYPES.flatmap(
    lambda dtype: npst.arrays(dtype, npst.array_shapes(min_dims=0, max_dims=4, min_side=0))
)
TEXT = st.text(st.characters(categories=["L", "N", "P", "S"]), max_size=20)
SCALARS = st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats() | TEXT
VALUES = st.recursive(
    SCALARS | ARRAYS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(TEXT, inner, max_size=4)
    ),
    max_leaves=8,
)


def split(frame):
    """Split a frame into its header and body."""
    header, body = wire.lengths(frame[: LENGTHS.size])
    rest = frame[LENGTHS.size :]

    assert len(rest) == header + body
    return rest[:header], rest[header:]


def same(a, b):
    """Tell whether two values agree in types, shapes and bits."""
    if type(a) is not type(b):
        return False
    if isinstance(a, np.ndarray):
        return (a.dtype, a.shape, a.tobytes()) == (b.dtype, b.shape, b.tobytes())
    if isinstance(a, dict):
        return list(a) == list(b) and all(same(a[key], b[key]) for key in a)
    if isinstance(a, list | tuple):
        return len(a) == len(b) and all(map(same, a, b))
    return a == b or (a != a and b != b)  # noqa: PLR0124 - NaN


@settings(deadline=None)
@given(VALUES)
def test_round_trip(value):
    """A plain value comes out as it went in: types, shapes, bits."""
    assert same(value, decode(*split(encode(value))))


@settings(deadline=None)
@given(VALUES)
def test_plain_is_idempotent(value):
    """What is plain already stays as it is, as a copy."""
    once = plain(value)

    assert same(value, once)
    assert same(once, plain(once))


@settings(deadline=None)
@given(st.binary(max_size=200), st.binary(max_size=50))
def test_any_bytes(header, body):
    """Whatever the bytes, decoding gives a plain value or a WireError."""
    try:
        value = decode(header, body)
    except WireError:
        return
    assert same(value, plain(value))


@settings(deadline=None)
@given(VALUES, st.data())
def test_damaged_frames(value, data):
    """A frame with one byte changed gives a plain value or a WireError."""
    frame = bytearray(encode(value))
    place = data.draw(st.integers(0, len(frame) - 1))
    frame[place] ^= data.draw(st.integers(1, 255))
    try:
        header, body = wire.lengths(bytes(frame[: LENGTHS.size]))
        rest = bytes(frame[LENGTHS.size :])
        decode(rest[:header], rest[header : header + body])
    except WireError:
        return


def test_probes_cross_by_name():
    """A probe goes to the child by its name, as the same function."""
    header, body = split(encode({"f": PROBES["sin"]}, probes=True))

    assert decode(header, body, probes=True)["f"] is PROBES["sin"]
    with pytest.raises(WireError):
        decode(header, body)


@pytest.mark.parametrize("value", [print, object(), {1: 2}.keys(), b"", {1}, np.float64(1)])
def test_encode_refuses(value):
    """What is not plain is not encoded."""
    with pytest.raises(WireError):
        encode(value, probes=True)


def test_a_namesake_is_no_probe():
    """A function that has a probe's name is not one."""

    def sin(z):
        return z

    with pytest.raises(WireError):
        encode(sin, probes=True)


def test_encode_too_large():
    """A frame above its cap is not written."""
    with pytest.raises(WireError, match="too large"):
        encode(np.zeros(1000), Caps(total=1000))


class AlwaysEqual(np.ndarray):
    """An array that claims to equal anything, and to be of any shape."""

    def __eq__(self, other):
        return np.ones(np.shape(other), dtype=bool)

    __hash__ = None

    def __array__(self, *args, **kwargs):
        raise AssertionError

    def __array_ufunc__(self, *args, **kwargs):
        return True

    def __array_function__(self, *args, **kwargs):
        return True

    def tobytes(self, *args):
        return b""

    @property
    def dtype(self):
        return np.dtype(object)

    @property
    def shape(self):
        return (99,)

    nbytes = 0


class Evasive(float):
    """A number that says it is another."""

    def __float__(self):
        return 42.0

    def __eq__(self, other):
        return True

    __hash__ = None


class EvasiveInt(int):
    """A whole number that says it is another."""

    def __int__(self):
        return 42

    def __contains__(self, other):
        return True


class EvasiveText(str):
    """A text that says it is another."""

    __slots__ = ()

    def __str__(self):
        return "correct"

    def __len__(self):
        return 0


class EvasiveList(list):
    """A list that shows other items."""

    def __iter__(self):
        return iter([42])

    def __len__(self):
        return 0


class EvasiveDict(dict):
    """A dict that shows other items."""

    def items(self):
        return [("right", 42)]


PLAIN = {
    "always_equal": (np.arange(3.0).view(AlwaysEqual), np.arange(3.0)),
    "masked": (np.ma.masked_array([1.0, 2.0], mask=[True, False]), np.array([1.0, 2.0])),
    "numpy_scalar": (np.float32(1.5), np.array(1.5, dtype="f4")),
    "numpy_bool": (np.True_, np.array(True)),
    "longdouble": (np.ones(2, dtype=np.longdouble), np.ones(2)),
    "long_complex": (np.clongdouble(1j), np.array(1j)),
    "complex": (1 + 2j, np.array(1 + 2j)),
    "big_endian": (np.arange(3, dtype=">i4"), np.arange(3, dtype="<i4")),
    "transposed": (np.arange(6.0).reshape(2, 3).T, np.array([[0.0, 3], [1, 4], [2, 5]])),
    "broadcast": (np.broadcast_to(1.0, (2, 2)), np.ones((2, 2))),
    "float": (Evasive(1.5), 1.5),
    "int": (EvasiveInt(7), 7),
    "text": (EvasiveText("wrong"), "wrong"),
    "list": (EvasiveList([1, 2]), [1, 2]),
    "dict": (EvasiveDict(left=1), {"left": 1}),
    "bool": (True, True),
    "escapes": ("\x1b[31m\ud800", "\ufffd[31m\ufffd"),
}


@pytest.mark.parametrize("name", PLAIN)
def test_plain(name):
    """A value in disguise becomes the plain one it holds."""
    value, expected = PLAIN[name]
    result = plain(value)

    assert same(result, expected)
    assert same(decode(*split(encode(result))), expected)


def test_plain_copies():
    """What is made plain shares no memory with the original, and can be written to."""
    original = np.zeros(3)
    original.flags.writeable = False
    copy = plain([original])[0]
    copy += 1

    assert not original.any()


def generator():
    """Give a generator."""
    yield 1


UNSUPPORTED = {
    "generator": (generator(), "^generator$"),
    "object": (object(), "^object$"),
    "function": (print, "^builtin_function_or_method$"),
    "set": ({1}, "^set$"),
    "bytes": (b"x", "^bytes$"),
    "objects": (np.array([None]), "^an array of dtype object$"),
    "texts": (np.array(["x"]), "^an array of dtype <U1$"),
    "dates": (np.datetime64("2020-01-01"), r"^an array of dtype datetime64\[D\]$"),
    "records": (np.zeros(1, dtype="i4,i4"), "^an array of dtype "),
    "dimensions": (np.zeros((1,) * 9), "^an array of more than 8 dimensions$"),
    "integer": (2**64, "^an integer of more than 64 bits$"),
    "keys": ({1: 2}, "^a dict with a key of type int$"),
    "within": ([{"a": (object(),)}], "^object$"),
    "text": ("x" * 501, "^a string of more than 500 characters$"),
    "number": (Fraction(1, 2), "^Fraction$"),
}


@pytest.mark.parametrize("name", UNSUPPORTED)
def test_unsupported(name):
    """What is no number, text or container of them is named, not sent."""
    value, words = UNSUPPORTED[name]

    with pytest.raises(Unsupported, match=words):
        plain(value)


def test_whatever_plain_lets_through_fits_a_frame():
    """The dearest values that may be sent do fit."""
    tiny = np.zeros((1,) * 8, dtype="<c16")
    texts = ["\U0001f600" * 500] * 250

    for value in (
        [tiny] * 9_999,
        np.zeros(VALUE_BYTES, dtype="u1"),
        texts,
        ["\n" * 500] * 900,
    ):
        encode(plain(value))


def test_not_a_number():
    """NaN and infinities cross, as floats and in arrays."""
    floats = decode(*split(encode([math.nan, math.inf, -math.inf, -0.0])))

    assert same(floats, [math.nan, math.inf, -math.inf, -0.0])
    assert math.copysign(1, floats[3]) == -1
