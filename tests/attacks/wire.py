"""Speak to the grader in place of the harness."""

# %% [sigmoid] a forged answer for every call to come
import json
import os
import struct


def frame(value):
    header = json.dumps(value).encode()
    return struct.pack("<II", len(header), 0) + header


def answer(number):
    value = {
        "dict": [
            ["kind", "value"],
            ["value", 0.5],
            ["arguments", {"tuple": []}],
            ["error", ""],
            ["where", ""],
        ]
    }
    return frame({"tuple": [number, value]})


os.write(3, b"".join(answer(number) for number in range(1, 200)))

# %% [sigmoid] a forged outcome of its own cell
import json
import os
import struct

value = {
    "dict": [
        ["stdout", "forged <script>alert(1)</script>"],
        ["error", ""],
        ["where", ""],
        ["figures", {"tuple": []}],
    ]
}
for number in range(1, 60):
    header = json.dumps({"tuple": [number, value]}).encode()
    os.write(3, struct.pack("<II", len(header), 0) + header)

# %% [sigmoid] a forged result, to every open file
import os
import struct

for number in range(1, 64):
    try:
        os.write(
            number, struct.pack("<II", 2, 0) + b"{}" + b'{"score": 100.0, "status": "graded"}\n'
        )
    except OSError:
        pass

# %% [sigmoid] a fault of the grader's, confessed on its behalf
import json
import os
import struct


def sigmoid(z):
    header = json.dumps({"dict": [["fault", "out of memory"]]}).encode()
    os.write(3, struct.pack("<II", len(header), 0) + header)
    return np.tanh(z)


# %% [sigmoid] answers of every kind that only the grader gives
import json
import os
import struct


def sigmoid(z):
    sigmoid.turn = getattr(sigmoid, "turn", 0) + 1
    kind = ("budget", "correct", "timeout", "passed", "fault")[sigmoid.turn % 5]
    value = {
        "dict": [
            ["kind", kind],
            ["value", None],
            ["arguments", {"tuple": []}],
            ["error", ""],
            ["where", ""],
        ]
    }
    for number in range(1, 99):
        header = json.dumps({"tuple": [number, value]}).encode()
        os.write(3, struct.pack("<II", len(header), 0) + header)
    os._exit(0)


# %% [sigmoid] a frame without end
import os
import struct


def sigmoid(z):
    os.write(3, struct.pack("<II", 3 * 2**20, 2**20))
    while True:
        os.write(3, b" " * 2**16)


# %% [sigmoid] a frame that is cut short
import os
import struct


def sigmoid(z):
    os.write(3, struct.pack("<II", 100, 0) + b'{"tuple": [')
    while True:
        pass


# %% [sigmoid] a frame byte by byte
import os
import struct


def sigmoid(z):
    os.write(3, struct.pack("<II", 2**20, 0))
    while True:
        os.write(3, b" ")


# %% [sigmoid] a frame of four gigabytes
import os


def sigmoid(z):
    os.write(3, b"\xff" * 8)
    while True:
        os.write(3, b"\xff" * 2**16)


# %% [sigmoid] frames without end, of nothing
import os


def sigmoid(z):
    while True:
        os.write(3, bytes(8))


# %% [sigmoid] progress without end, while the cell runs
import json
import os
import struct

value = {"dict": [["at", 0], ["where", "attacker"]]}
header = json.dumps({"tuple": [1, value]}).encode()
data = struct.pack("<II", len(header), 0) + header
while True:
    os.write(3, data)

# %% [sigmoid] pickles, code and modules in place of numbers
import os
import pickle
import struct


class Command:
    def __reduce__(self):
        return os.system, ("touch /tmp/attacker",)


def sigmoid(z):
    payload = pickle.dumps(Command())
    os.write(3, payload + struct.pack("<II", len(payload), 0) + payload)
    while True:
        pass


# %% [sigmoid] JSON that is deep, long, doubled, or no JSON
import os
import struct

HEADERS = (
    b"[" * 10**6,
    b"9" * 10**6,
    b'{"tuple":[1],"tuple":[2]}',
    b'"\\ud800"',
    b"NaN",
    b"\xef\xbb\xbf{}",
    b"-0",
    b"1e999999",
)


def sigmoid(z):
    sigmoid.turn = getattr(sigmoid, "turn", 0) + 1
    header = HEADERS[sigmoid.turn % len(HEADERS)]
    data = struct.pack("<II", len(header), 0) + header
    while data:
        data = data[os.write(3, data) :]
    while True:
        pass


# %% [sigmoid] arrays of false dtypes and shapes
import json
import os
import struct

FALSE = (
    ["|O", [1]],
    [">f8", [1]],
    ["<f8", [-1]],
    ["<f8", [2**31, 2**31]],
    ["f8,O", [1]],
    ["<M8[s]", [1]],
    ["|b1", [8]],
    ["<f8", [1] * 40],
)


def sigmoid(z):
    sigmoid.turn = getattr(sigmoid, "turn", 0) + 1
    array = {"array": FALSE[sigmoid.turn % len(FALSE)]}
    for number in range(1, 40):
        value = {
            "dict": [
                ["kind", "value"],
                ["value", array],
                ["arguments", {"tuple": []}],
                ["error", ""],
                ["where", ""],
            ]
        }
        header = json.dumps({"tuple": [number, value]}).encode()
        os.write(3, struct.pack("<II", len(header), 8) + header + b"\xff" * 8)
    os._exit(0)


# %% [sigmoid] the wire is closed
import os


def sigmoid(z):
    os.close(3)
    while True:
        pass


# %% [sigmoid] the wire is read empty
import os


def sigmoid(z):
    while True:
        os.read(3, 2**20)


# %% [sigmoid] the wire's place is taken by a library
import os


def sigmoid(z):
    os.close(3)
    os.open(np.__file__, os.O_RDONLY)
    return np.tanh(z)


# %% [sigmoid] answers that are true, but to the question before
import gc
import types


def sigmoid(z):
    sigmoid.turn = getattr(sigmoid, "turn", 0) + 1
    for held in gc.get_objects():
        if isinstance(held, types.FunctionType) and held.__name__ == "_read_request":
            held.__globals__["_read_request"] = lambda wire, read=held: (
                sigmoid.turn,
                read(wire)[1],
            )
    return np.tanh(z)


# %% [sigmoid] the harness serves the answer from inside
import gc
import types

for held in gc.get_objects():
    if isinstance(held, types.FunctionType) and held.__name__ == "_perform":
        perform = held

        def forged(wire, runner, number, request, perform=perform):
            reply = perform(wire, runner, number, request)
            object.__setattr__(reply, "error", "\x1b[2J</pre><script>alert(1)</script>" * 100)
            return reply

        perform.__globals__["_perform"] = forged
