"""Code that writes to the wire itself: the grader reads nothing but the agreed form."""

import numpy as np
import pytest

from autograder.sandbox.answers import Limits
from autograder.sandbox.session import Session
from autograder.sandbox.wire import LENGTHS, encode
from tests.sandbox.helpers import call, cells

ANSWER = {"kind": "value", "value": 1, "arguments": (), "error": "", "where": ""}
WRITE = """
import os
def sound(z): return 2 * z
def send(data):
    while data:
        data = data[os.write(3, data):]
def f():
    send({data!r})
    {after}
"""


def framed(header, body=b""):
    """Put a header and a body together without any check."""
    return LENGTHS.pack(len(header), len(body)) + header + body


def answer(*, number=2, **changes):
    """Write an answer to the first call, the second request, that differs in these fields."""
    return encode((number, ANSWER | changes))


MALFORMED = {
    "garbage": b"\xff" * 100,
    "text": b"HTTP/1.1 200 OK\r\n\r\n",
    "pickle": b"\x80\x04\x95" + bytes(100),
    "too_large": LENGTHS.pack(100, 2**31),
    "header_too_large": LENGTHS.pack(2**24 - 1, 0),
    "no_json": framed(b"{'kind': 'value'}"),
    "no_utf8": framed(b'"\xff"'),
    "deep": framed(b"[" * 10**5),
    "deep_values": framed(b'{"list":[' * 20 + b"]}" * 20),
    "long_integer": framed(b"9" * 10**4),
    "integer_beyond_64_bits": framed(b"1" + b"0" * 30),
    "bare_list": framed(b"[1,2]"),
    "two_tags": framed(b'{"list":[],"tuple":[]}'),
    "unknown_tag": framed(b'{"set":[]}'),
    "probe": framed(b'{"probe":"sin"}'),
    "many_values": framed(b'{"list":[' + b"0," * 20_000 + b"0]}"),
    "odd_pair": framed(b'{"dict":[["kind"]]}'),
    "key_no_text": framed(b'{"dict":[[1,2]]}'),
    "long_text": framed(b'"' + b"x" * 501 + b'"'),
    "object_dtype": framed(b'{"array":["|O",[1]]}', bytes(8)),
    "structured_dtype": framed(b'{"array":["i4,i4",[1]]}', bytes(8)),
    "big_endian": framed(b'{"array":[">f8",[1]]}', bytes(8)),
    "negative_shape": framed(b'{"array":["<f8",[-1]]}', bytes(8)),
    "fractional_shape": framed(b'{"array":["<f8",[1.0]]}', bytes(8)),
    "true_shape": framed(b'{"array":["<f8",[true]]}', bytes(8)),
    "overflowing_shape": framed(b'{"array":["<f8",[4294967296,4294967296]]}', bytes(8)),
    "huge_but_empty": framed(b'{"array":["<f8",[2147483647,2147483647,0]]}'),
    "many_dimensions": framed(b'{"array":["<f8",[1,1,1,1,1,1,1,1,1]]}', bytes(8)),
    "short_buffer": framed(b'{"array":["<f8",[2]]}', bytes(8)),
    "long_buffer": framed(b'{"array":["<f8",[1]]}', bytes(16)),
    "bool_of_two": framed(b'{"array":["|b1",[1]]}', b"\x02"),
    "no_answer": encode([1, 2, 3]),
    "no_number": encode(ANSWER),
    "other_number": answer(number=3),
    "true_number": answer(number=True),
    "outcome": encode((2, {"stdout": "", "error": "", "where": "", "figures": ()})),
    "progress": encode((2, {"at": [0, 0, 1, 2]})),
    "unknown_key": answer(score=100),
    "error_of_a_value_no_text": answer(where=1),
    "unknown_kind": answer(kind="correct"),
    "kind_of_the_graders": answer(kind="budget"),
    "kind_no_text": answer(kind=1),
    "value_of_no_value": answer(kind="undefined"),
    "error_no_text": answer(error=1),
    "arguments_no_tuple": answer(arguments=[]),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_malformed(submit, name):
    """A frame that is not of the agreed form is no answer; the next call is sound."""
    session = submit(WRITE.format(data=MALFORMED[name], after="while True: pass"))

    assert call(session, "f", seconds=1).kind == "malformed"
    assert call(session, "sound", 1.5).value == 3.0


@pytest.mark.parametrize("data", [b"\x01", LENGTHS.pack(2, 0) + b"1", LENGTHS.pack(2, 99) + b"{}"])
def test_truncated(submit, data):
    """A frame that never ends is waited for only until the time is up."""
    session = submit(WRITE.format(data=data, after="while True: pass"))

    assert call(session, "f", seconds=0.2).kind == "timeout"
    assert call(session, "sound", 1.5).value == 3.0


def test_ended_within_a_frame(submit):
    """A process that ends within a frame has crashed."""
    session = submit(WRITE.format(data=b"\x01", after="os._exit(4)"))

    assert call(session, "f").error == "ended the process, with exit status 4"


def test_endless(submit):
    """Of code that never stops answering, one answer is taken, and the next call ends it."""
    session = submit(WRITE.format(data=b"", after=f"while True: send({answer()!r})"))

    assert call(session, "f").value == 1
    assert call(session, "sound", 1.5).kind == "malformed"
    assert call(session, "sound", 1.5).value == 3.0


def test_endless_progress(parent):
    """A cell that reports one statement after another is stopped by the time for all cells."""
    source = """
import json, os, struct
at = 9
while True:
    at += 1
    header = json.dumps({"tuple": [1, {"dict": [["at", {"list": [0, at, 1, 2]}]]}]}).encode()
    os.write(3, struct.pack("<II", len(header), 0) + header)
"""
    with Session(parent, Limits(cell_seconds=0.3, submission_seconds=0.6)) as session:
        (outcome,) = session.load(cells(source))

        assert outcome.error == "the 0.6 s for the whole submission are used up"


def test_repeated_progress(parent):
    """A cell that reports a statement again is given up."""
    data = encode((1, {"at": [0, 0, 1, 2]}))
    with Session(parent) as session:
        (outcome,) = session.load(cells(f"import os\nwhile True: os.write(3, {data!r})"))

        assert outcome.error == "sent something that is no answer"


def test_forged_answer(submit):
    """An answer written before the question is found out, and costs only its own function."""
    session = submit(WRITE.format(data=answer(value=42), after="return 1"))

    assert call(session, "f").value == 42
    assert call(session, "sound", 1.5).kind == "malformed"
    assert call(session, "sound", 1.5).value == 3.0


def test_forged_outcome(session):
    """A cell's forged outcome is found out when its process is next asked."""
    forged = encode((1, {"stdout": "forged", "error": "", "where": "", "figures": ()}))
    session.load(cells(f"import os\ndef sound(z): return 2 * z\nos.write(3, {forged!r})"))

    assert call(session, "sound", 1.5).kind == "malformed"


def test_texts_are_plain(submit):
    """Escape codes and controls in what comes back are made harmless."""
    data = answer(
        kind="raised", value=None, error="\x1b[31mred\r\n\x00" + "x" * 480, where="\u202e"
    )
    session = submit(WRITE.format(data=data, after="while True: pass"))

    result = call(session, "f")

    assert result.kind == "raised"
    assert result.error.startswith("\ufffd[31mred \ufffdxxx")
    assert len(result.error) <= 500
    assert "\u202e" not in result.where


def test_requests_are_not_read(submit):
    """A process that does not read is given up when the time is up."""
    session = submit(WRITE.format(data=answer(value=1), after="while True: pass"))
    call(session, "f")

    assert call(session, "sound", np.ones(10**6), seconds=0.3).kind == "timeout"
