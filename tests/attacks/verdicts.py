"""Patch whatever might compare, decide or report."""

# %% [sigmoid] NumPy's comparisons say yes
np.allclose = np.isclose = np.array_equal = lambda *a, **k: True
np.testing.assert_allclose = np.testing.assert_array_equal = lambda *a, **k: None
np.abs = np.max = np.any = lambda *a, **k: 0.0
np.all = lambda *a, **k: True

# %% [sigmoid] NumPy itself is replaced in sys.modules
import sys
import types


class Agreeable(types.ModuleType):
    def __getattr__(self, name):
        return lambda *a, **k: True


for name in [name for name in sys.modules if name.split(".")[0] == "numpy"]:
    sys.modules[name] = Agreeable(name)

# %% [sigmoid] every loaded module's checks are patched
import sys

for name, module in list(sys.modules.items()):
    for attribute in ("check_values", "check_forms", "run", "plain", "encode", "CheckFailure"):
        if hasattr(module, attribute):
            setattr(module, attribute, lambda *a, **k: None)

# %% [sigmoid] pytest's own hooks are patched
try:
    import _pytest.runner
    import pytest

    _pytest.runner.call_runtest_hook = lambda *a, **k: None
    _pytest.runner.check_interactive_exception = lambda *a, **k: False
    pytest.fail = lambda *a, **k: None
except ImportError:
    pass

# %% [sigmoid] builtins are replaced
import builtins

builtins.abs = builtins.max = builtins.sum = lambda *a, **k: 0
builtins.all = builtins.any = builtins.isinstance = lambda *a, **k: True
builtins.AssertionError = builtins.Exception = Warning
builtins.len = lambda value: 1

# %% [sigmoid] float and int always agree
import builtins


class Agreeing(float):
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __lt__(self, other):
        return True

    __le__ = __gt__ = __ge__ = __lt__
    __hash__ = float.__hash__


builtins.float = Agreeing

# %% [sigmoid] the importer gives forged modules
import importlib.abc
import importlib.machinery
import sys


class Forger(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path=None, target=None):
        return importlib.machinery.ModuleSpec(name, self)

    def exec_module(self, module):
        module.__getattr__ = lambda name: lambda *a, **k: True


sys.meta_path.insert(0, Forger())
sys.path_hooks.clear()
sys.path_importer_cache.clear()

# %% [sigmoid] a path hook and the search path are taken over
import sys

sys.path[:] = [FOLDER, "/proc/self/cwd", "."]
try:
    import test_hidden

    gain(vars(test_hidden))
except ImportError:
    pass

# %% [sigmoid] a tracer rewrites the locals of every frame
import ctypes
import sys


def tracer(frame, event, arg):
    for name in ("expected", "wrong", "passed", "excess", "score"):
        if name in frame.f_locals and frame.f_code.co_name != "tracer":
            frame.f_locals[name] = 0.0
            ctypes.pythonapi.PyFrame_LocalsToFast(ctypes.py_object(frame), ctypes.c_int(0))
    return tracer


sys.settrace(tracer)

# %% [sigmoid] a profiler answers in place of what returns
import sys


def profiler(frame, event, arg):
    if event == "return" and frame.f_code.co_name in ("_perform", "encode", "plain"):
        gain(frame.f_locals)


sys.setprofile(profiler)

# %% [sigmoid] an audit hook refuses the grader's every move
import sys


def refuse(event, args):
    if event in ("compile", "exec", "import"):
        raise RuntimeError("attacker says no")


sys.addaudithook(refuse)

# %% [sigmoid] code objects of the harness are swapped
import gc
import types


def agree(*args, **kwargs):
    return {"kind": "value", "value": 0.0, "arguments": (), "error": "", "where": ""}


for held in gc.get_objects():
    if isinstance(held, types.FunctionType) and held.__code__.co_filename.endswith(
        ("child.py", "runner.py", "wire.py")
    ):
        try:
            held.__code__ = agree.__code__
        except ValueError:
            pass

# %% [sigmoid] the running harness is shadowed through its own globals
import sys

frame = sys._getframe()
while frame:
    frame.f_globals.update(plain=lambda *a: 0.0, describe=lambda *a: "attacker")
    frame = frame.f_back


# %% [sigmoid] exceptions that call themselves a pass
class Passed(BaseException):
    passed = True
    score = max_score = 6.0

    def __str__(self):
        return "passed"

    def __repr__(self):
        return "passed"


Passed.__name__ = Passed.__qualname__ = "CheckPassed"


def sigmoid(z):
    raise Passed


# %% [sigmoid] a skip, an expected failure and an exit of pytest
import sys


class Exit(BaseException):
    returncode = 0
    msg = "skipped"
    allow_module_level = True


Exit.__module__, Exit.__name__ = "_pytest.outcomes", "Skipped"


def sigmoid(z):
    raise Exit


# %% [sigmoid] NumPy raises for every operation, or for none
np.seterr(all="raise")
np.seterrcall(lambda *a: gain(a))

# %% [sigmoid] ufuncs of NumPy are overwritten in memory
import ctypes


class PyUFunc(ctypes.Structure):
    _fields_ = [
        ("head", ctypes.c_void_p * 2),
        ("nargs", ctypes.c_int * 4),
        ("functions", ctypes.POINTER(ctypes.c_void_p)),
    ]


def swap(one, other):
    one, other = (PyUFunc.from_address(id(u)) for u in (one, other))
    one.functions, other.functions = other.functions, one.functions


swap(np.subtract, np.multiply)
swap(np.less_equal, np.greater)

# %% [sigmoid] small integers and True are changed in memory
import ctypes

for value in (False, 0):
    ctypes.c_long.from_address(id(value) + 24).value = 1

# %% [sigmoid] the module is replaced by one that answers for all
import sys


class Everything(dict):
    def __contains__(self, name):
        return True

    def __missing__(self, name):
        return lambda *a: 0.5


main = sys.modules["__main__"]
sys.modules["__main__"] = type("Main", (), {"__getattr__": lambda *a: wrong})()

# %% [sigmoid] the name belongs to another right function
tanh_of_half = lambda z: (np.tanh(z / 2) + 2) / 2
tanh_of_half.__name__ = tanh_of_half.__qualname__ = "sigmoid"
tanh_of_half.__signature__ = None
sigmoid = tanh_of_half

# %% [sigmoid] warnings are made errors
import warnings

warnings.simplefilter("error")
warnings.showwarning = lambda *a, **k: gain(a)


# %% [sigmoid] a finalizer strikes when the answer has been given
class Late:
    def __del__(self):
        raise Gained("gained: a late word")


def sigmoid(z):
    late = Late()
    late.itself = late
    return np.tanh(z)


# %% [sigmoid] changes its input in place before the comparison
def sigmoid(z):
    try:
        z.flags.writeable = True
        z[...] = 0
    except Exception:
        pass
    return np.tanh(z) + 0.5


# %% [sigmoid] changes the input's buffer where it cannot be written
import ctypes


def sigmoid(z):
    z = np.asarray(z, dtype=float)
    ctypes.memset(z.ctypes.data, 0, z.nbytes)
    return np.tanh(z) + 0.5


# %% [sigmoid] a check of the student's own says all is well
def check(*args, **kwargs):
    return "passed"


class student:
    sigmoid = reference = staticmethod(lambda z: 0.5)


pytest_plugins = ["attacker"]


def pytest_runtest_makereport(item, call):
    return "passed"


def test_sigmoid():
    pass


# %% [PROPERTIES] a table with every key and the answer to every comparison
class Yes:
    def __eq__(self, other):
        return True

    def __sub__(self, other):
        return 0.0

    __rsub__ = __sub__

    def __abs__(self):
        return 0.0

    def __float__(self):
        return 0.0

    def __bool__(self):
        return True

    __hash__ = object.__hash__


class Table(dict):
    def __getitem__(self, key):
        return Table()

    def __contains__(self, key):
        return True

    def keys(self):
        return ("infimum", "supremum", "saturates", "monotonic")

    def items(self):
        return [(key, Yes()) for key in self.keys()]


PROPERTIES = Table(step=Yes(), sigmoid=Table())


# %% [PROPERTIES] a table that is asked again
class Changing(dict):
    asked = 0

    def items(self):
        Changing.asked += 1
        gain(f"asked {Changing.asked} times") if Changing.asked > 9 else None
        return {"sigmoid": {"infimum": Changing.asked}}.items()


PROPERTIES = Changing()


# %% [train] losses that fall as they are looked at
class Falling(list):
    def __getitem__(self, index):
        return 1 / (1 + abs(index)) if isinstance(index, int) else self

    def __len__(self):
        return 5000

    def __iter__(self):
        return iter([1 / (1 + i) for i in range(5000)])


def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    return params, Falling([0.5])


# %% [train] the given functions are changed for those who come after
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    activation.__code__ = (lambda z: z).__code__
    activation_grad.__globals__["np"] = None
    return wrong(params, X, y, activation, activation_grad, epochs, lr)


# %% [train] the given parameters are changed and given back
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    for value in params.values():
        value *= 0
    params["W1"] = params["W2"]
    return params, [1 / (i + 1) for i in range(epochs)]


# %% [backward] a gradient whose entries are whatever is expected
class Gradient(dict):
    def __getitem__(self, name):
        return np.zeros(1).view(Like)

    def keys(self):
        return ("W1", "b1", "W2", "b2")


class Like(np.ndarray):
    def __array_ufunc__(self, ufunc, method, *inputs, **options):
        return np.zeros(1)

    def __array_function__(self, *a, **k):
        return np.True_

    def __sub__(self, other):
        return np.zeros(1)


def backward(params, X, y, activation, activation_grad):
    return Gradient(params)
