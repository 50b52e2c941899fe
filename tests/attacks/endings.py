"""End early, never, or with a bang."""

# %% [sigmoid] sys.exit with success
import sys


def sigmoid(z):
    sys.exit(0)


# %% [sigmoid] os._exit with success, within a call
import os


def sigmoid(z):
    os._exit(0)


# %% [sigmoid] os._exit with success, while the cell runs
import os

os._exit(0)

# %% [sigmoid] writes a result, then exits
import os


def sigmoid(z):
    for path in ("results.jsonl", "results.json", FOLDER + "/attacker.jsonl"):
        try:
            open(path, "w").write('{"score": 100}')
        except OSError:
            pass
    os._exit(0)


# %% [sigmoid] an exit handler has the last word
import atexit
import sys

atexit.register(lambda: print('{"score": 100}'))


def sigmoid(z):
    sys.exit("100 / 100")


# %% [sigmoid] a bare BaseException
def sigmoid(z):
    raise BaseException("100 / 100")


# %% [sigmoid] Ctrl-C, as if the instructor had pressed it
def sigmoid(z):
    raise KeyboardInterrupt


# %% [sigmoid] the interruptions of the grader's own
import gc

found = [
    held for held in gc.get_objects() if isinstance(held, type) and issubclass(held, BaseException)
]
own = [
    kind
    for kind in found
    if kind.__name__ in ("TimeUp", "Interrupted", "SandboxFault", "WireError", "Unsupported")
]


def sigmoid(z):
    sigmoid.turn = getattr(sigmoid, "turn", 0) + 1
    raise own[sigmoid.turn % len(own)]("attacker")


# %% [sigmoid] a MemoryError that there is no reason for
def sigmoid(z):
    raise MemoryError


# %% [sigmoid] StopIteration and GeneratorExit
def sigmoid(z):
    sigmoid.turn = getattr(sigmoid, "turn", 0) + 1
    raise (StopIteration, GeneratorExit, StopAsyncIteration)[sigmoid.turn % 3]


# %% [sigmoid] an exception that fails when it is described
class Unspeakable(Exception):
    def __str__(self):
        raise SystemExit

    __repr__ = __str__

    @property
    def __traceback__(self):
        raise SystemExit

    @property
    def args(self):
        raise SystemExit


def sigmoid(z):
    raise Unspeakable


# %% [sigmoid] an exception that describes itself without end
class Endless(Exception):
    def __str__(self):
        while True:
            pass


def sigmoid(z):
    raise Endless


# %% [sigmoid] an exception with a chain of a million causes
def sigmoid(z):
    error = ValueError()
    for _ in range(10**5):
        following = ValueError()
        following.__cause__ = error
        error = following
    raise error


# %% [sigmoid] a group of exceptions, nested deeply
def sigmoid(z):
    error = ValueError()
    for _ in range(10**4):
        error = ExceptionGroup("attacker", [error])
    raise error


# %% [sigmoid] recursion without end
def sigmoid(z):
    return sigmoid(z)


# %% [sigmoid] recursion beyond the stack
import sys

sys.setrecursionlimit(10**9)


class Deep:
    def __getattr__(self, name):
        return getattr(Deep(), name)


def sigmoid(z):
    return Deep().attacker


# %% [sigmoid] a recursion limit that leaves the harness no room
import sys


def sigmoid(z):
    sys.setrecursionlimit(len(__import__("inspect").stack()) + 5)
    return np.tanh(z)


# %% [sigmoid] a segmentation fault
import ctypes


def sigmoid(z):
    return ctypes.string_at(0)


# %% [sigmoid] an abort, an illegal instruction, a division by zero
import ctypes
import os
import signal


def sigmoid(z):
    os.abort()


# %% [sigmoid] a crash with Python's own fault handler on
import faulthandler

try:
    faulthandler.enable(file=3)
except Exception:
    pass


def sigmoid(z):
    faulthandler._sigsegv()


# %% [sigmoid] a loop that never ends
def sigmoid(z):
    while True:
        pass


# %% [sigmoid] a loop that ignores every exception and signal
import signal

for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass


def sigmoid(z):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass


# %% [sigmoid] sleep with every signal blocked
import signal
import time

signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))


def sigmoid(z):
    time.sleep(10**6)


# %% [sigmoid] a call in C that cannot be interrupted
def sigmoid(z):
    return sum(range(10**15))


# %% [sigmoid] a regular expression that backtracks for ages
import re


def sigmoid(z):
    return re.match("(a+)+$", "a" * 60 + "b")


# %% [sigmoid] a power of which the digits are asked for
def sigmoid(z):
    return len(str(3**10**8))


# %% [sigmoid] a deadlock with itself
import threading


def sigmoid(z):
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()


# %% [sigmoid] a cell that never ends, before a definition
while True:
    pass


# %% [sigmoid] a class that never ends being made
class Meta(type):
    def __prepare__(name, bases):
        while True:
            pass


class Endless(metaclass=Meta):
    pass


# %% [sigmoid] fork without end
import os


def sigmoid(z):
    while True:
        if os.fork() == 0:
            gain("forked")


# %% [sigmoid] threads without end
import threading
import time


def sigmoid(z):
    while True:
        threading.Thread(target=time.sleep, args=(100,), daemon=True).start()
        gain("a thread")


# %% [sigmoid] memory without end, in small pieces
def sigmoid(z):
    pieces = []
    while True:
        pieces.append(bytearray(10**6))


# %% [sigmoid] memory without end, kept when refused
def sigmoid(z):
    pieces = []
    while True:
        try:
            while True:
                pieces.append(np.ones(10**7))
        except MemoryError:
            sigmoid.pieces = pieces
            raise


# %% [sigmoid] memory without end, mapped and never touched
import mmap

maps = []
try:
    while True:
        maps.append(mmap.mmap(-1, 2**28, mmap.MAP_PRIVATE))
except (OSError, MemoryError, ValueError):
    pass

# %% [sigmoid] memory without end, on the stack
import ctypes

deep = ctypes.CFUNCTYPE(None)


def sigmoid(z):
    deep(lambda: sigmoid(z))()


# %% [sigmoid] output without end
def sigmoid(z):
    while True:
        print("attacker" * 10**5)


# %% [sigmoid] output without end, while the cell runs
import sys

while True:
    sys.stderr.write("attacker" * 10**5)

# %% [sigmoid] open files without end
files = []
try:
    while True:
        files.append(open(np.__file__, "rb"))
except OSError:
    pass

# %% [sigmoid] figures without end
import matplotlib.pyplot as plt

for _ in range(200):
    plt.figure(figsize=(400, 400), dpi=1000)

# %% [sigmoid] a figure that is larger than memory
import matplotlib.pyplot as plt

plt.figure(figsize=(10**7, 10**7), dpi=10**5)
plt.plot([1])

# %% [sigmoid] a source line of a hundred thousand characters
value = 0  # "attacker" * 10**5


def sigmoid(z):
    exec("x = " + "-" * 10**5 + "1")


# %% [sigmoid] an expression nested beyond the compiler
def sigmoid(z):
    return eval("(" * 10**5 + ")" * 10**5)


# %% [sigmoid] statements that each end the process
import os

os._exit(1)
os._exit(1)
os._exit(1)
os._exit(1)
os._exit(1)
