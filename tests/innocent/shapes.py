"""Answers in unusual forms: what a name may be bound to, and how."""

from tests.innocent import Handin, innocent
from tests.innocent._forms import added, answer, notebook, script, solutions

FLOAT = "    z = np.asarray(z, dtype=float)\n"


@innocent("activations")
def callables_of_all_kinds() -> Handin:
    """Lambdas, partials, objects, ufuncs, methods and closures are functions."""
    return notebook(
        "activations",
        {
            "step": "step = lambda z, theta=0.0: (np.asarray(z) >= theta) * 1.0",
            "sigmoid": "class Sigmoid:\n    def __call__(self, z):\n        import math\n"
            "        z = np.asarray(z, dtype=float)\n"
            "        return 0.5 * (1 + np.tanh(z / 2))\n\nsigmoid = Sigmoid()",
            "sigmoid_grad": "def _logistic(z, slope):\n    s = sigmoid(z)\n"
            "    return s * (1 - s) if slope else s\n\n"
            "import functools\nsigmoid_grad = functools.partial(_logistic, slope=True)",
            "tanh": "tanh = np.tanh",
            "tanh_grad": "tanh_grad = lambda z: 1 / np.cosh(np.clip(z, -350, 350)) ** 2",
            "relu": "relu = np.vectorize(lambda x: max(x, 0.0), otypes=[float])",
            "relu_grad": "class Relu:\n    @staticmethod\n    def grad(z):\n"
            "        return np.heaviside(z, 0.5)\n\nrelu_grad = Relu.grad",
            "leaky_relu": "def make(default):\n    def leaky_relu(z, alpha=default):\n"
            "        z = np.asarray(z, dtype=float)\n"
            "        return np.where(z > 0, z, alpha * z)\n    return leaky_relu\n\n"
            "leaky_relu = make(0.01)",
            "elu": "from dataclasses import dataclass\n\n@dataclass\nclass Elu:\n"
            "    cut: float = 0.0\n    def __call__(self, z, alpha=1.0):\n"
            "        z = np.asarray(z, dtype=float)\n"
            "        return np.where(z < self.cut, alpha * np.expm1(np.minimum(z, 0)), z)\n\n"
            "elu = Elu()",
            "prelu": "exec('def prelu(z, alpha): return leaky_relu(z, alpha)')",
        },
    )


@innocent("activations")
def a_namespace_class() -> Handin:
    """All functions as static methods of one class, with names for them below."""
    items = [item for item in solutions("activations") if item != "PROPERTIES"]
    body = "\n\n".join(
        "    @staticmethod\n"
        + "\n".join(f"    {line}" for line in answer("activations", i).split("\n"))
        for i in items
    )
    names = "\n".join(f"{item} = Activations.{item}" for item in items)
    answers = dict.fromkeys(items, "# see the last cell") | {
        items[-1]: f"class Activations:\n{body}\n\n{names}"
    }
    return notebook("activations", answers)


@innocent("activations")
def decorated() -> Handin:
    """Decorators: errstate, wraps, a fallback for numba, a registry, counters."""
    decorators = {
        "sigmoid": '@np.errstate(over="ignore", invalid="raise")',
        "tanh": "@checked",
        "relu": "@njit",
        "elu": "@counted",
        "mish": '@np.errstate(all="ignore")\n@checked\n@counted',
        "prelu": "@jit(nopython=True, cache=True)",
    }
    helpers = """
import functools

try:
    from numba import jit, njit
except ImportError:
    def jit(*args, **kwargs):
        return lambda f: f
    def njit(f):
        return f

def checked(f):
    @functools.wraps(f)
    def inner(z, *args, **kwargs):
        before = np.array(z, copy=True)
        result = f(z, *args, **kwargs)
        assert np.array_equal(before, z)
        return result
    return inner

CALLS = {}
def counted(f):
    def inner(*args, **kwargs):
        CALLS[f.__name__] = CALLS.get(f.__name__, 0) + 1
        return f(*args, **kwargs)
    return inner
"""
    answers = {i: f"{d}\n{answer('activations', i)}" for i, d in decorators.items()}
    return added(notebook("activations", answers), helpers, before="numerical_gradient")


@innocent("activations")
def modern_python() -> Handin:
    """Match, walrus, nested f-strings, type aliases and annotations of every kind."""
    head = (
        "from __future__ import annotations\nfrom typing import Callable, TypeAlias, Final\n"
        "import numpy.typing as npt\nArray: TypeAlias = npt.NDArray[np.float64]\nEPS: Final = 0.0\n"
    )
    step = (
        "def step(z: Array | float, theta: float = 0.0, /, *_: Unknown) -> Missing:\n"
        "    match np.ndim(z):\n        case 0:\n            return float(z >= theta)\n"
        "        case n if n > 0:\n            return (np.asarray(z) >= theta) * 1.0"
    ).replace(", /, *_: Unknown", "")
    relu = (
        "def relu(z: 'Array', *, _name: str = f\"{'relu'!r:>10}\") -> Undefined.Type:\n"
        "    if (a := np.asarray(z, dtype=float)).ndim or True:\n        return np.where(a > 0, a, 0)"
    )
    tanh = "def tanh(z: Tensor['n']) -> list[Tensor]:\n    return np.tanh(z)"
    mine = "def mine(z: NotImported) -> AlsoNot:\n    x: Never = 1\n    return f'{x=} {z:{x}.{x}}'"
    return added(
        notebook("activations", {"step": head + step, "relu": relu, "tanh": tanh}),
        mine,
        after="relu",
    )


@innocent("activations")
def future_annotations_in_one_script() -> Handin:
    """A future import at the head of a script counts for all of its cells."""
    source = script("activations").replace("(z):", "(z: Tensor) -> Tensor:")
    return f"from __future__ import annotations\n\n{source}"


@innocent("activations")
def greek() -> Handin:
    """Names in Greek, accents and other scripts, and letters that Python takes for one."""
    return notebook(
        "activations",
        {
            "sigmoid": "def σ(ζ):\n    π_ζ = np.exp(-np.abs(ζ))\n"
            "    return np.where(np.asarray(ζ) >= 0, 1.0, π_ζ) / (1 + π_ζ)\n\nsigmoid = σ",
            "sigmoid_grad": "def sigmoid_grad(z):\n    é = σ(z)\n    return é * σ(-np.asarray(z))",
            "leaky_relu": "α = 0.01\ndef leaky_relu(z, alpha=α):\n    ｚ = np.asarray(z)\n"
            "    return np.where(z >= 0, z, alpha * z) * 1.0",
            "relu": "def 𝓇ℯ𝓁𝓊(z):  # Python reads this name as relu\n"
            "    '''ℝ → ℝ⁺, 整流, 👍🏽'''\n    return np.maximum(z, 0.0)",
        },
    )


@innocent("activations")
def definitions_under_conditions() -> Handin:
    """Functions defined under if, try, with, for, while and match, or in another's body."""
    forms = {
        "step": "if True:\n{}",
        "sigmoid": "try:\n    import torch\nexcept ImportError:\n{}",
        "tanh": "with np.errstate(all='ignore'):\n{}",
        "relu": "for _ in range(1):\n{}",
        "elu": "while 'elu' not in globals():\n{}",
        "mish": "def define():\n    global mish\n{}\n\ndefine()",
        "prelu": "match 1:\n  case 1:\n{}",
        "leaky_relu": "if __name__ == '__main__':\n{}",
    }
    answers = {
        item: form.format("\n".join(f"    {x}" for x in answer("activations", item).split("\n")))
        for item, form in forms.items()
    }
    return notebook("activations", answers)


@innocent("activations")
def names_made_by_hand() -> Handin:
    """Names put into globals(), __main__, by setattr, a loop or an unpacking."""
    return notebook(
        "activations",
        {
            "sigmoid": "globals()['sigmoid'] = lambda z: 0.5 + 0.5 * np.tanh(0.5 * np.asarray(z))",
            "tanh": "import sys\nsetattr(sys.modules[__name__], 'tanh', np.tanh)",
            "relu": "import __main__\n__main__.relu = lambda z: np.maximum(z, 0.0)",
            "leaky_relu": "leaky_relu, prelu = [lambda z, alpha=0.01: "
            "np.where(np.asarray(z) >= 0, z, alpha * np.asarray(z)) * 1.0] * 2",
            "prelu": "# with leaky_relu, above",
            "relu_grad": "for name in ['relu_grad']:\n    globals()[name] = lambda z: np.where(np.asarray(z) > 0, 1.0, 0.0)",
            "step": "(step := lambda z, theta=0.0: np.where(np.asarray(z) < theta, 0.0, 1.0))",
        },
    )


@innocent("activations")
def star_imports() -> Handin:
    """Star imports of numpy and math, in whichever order."""
    head = "from numpy import *\nfrom math import *\nfrom numpy import exp, abs, log, where, tanh as th\n"
    sigmoid = head + "def sigmoid(z):\n    return 1 / (1 + exp(-clip(z, -700, inf)))"
    own = (
        "from math import *\nfrom cmath import *\nfrom random import *\nfrom numpy.linalg import *"
    )
    return added(notebook("activations", {"sigmoid": sigmoid}), own, before="sigmoid")


@innocent("activations")
def imports_inside() -> Handin:
    """Every function imports what it needs, and the cell of imports is deleted."""
    answers = {
        item: "import numpy as np\n" + answer("activations", item)
        if item == "PROPERTIES"
        else answer("activations", item).replace(":\n", ":\n    import numpy as np\n", 1)
        for item in solutions("activations")
    }
    filled = notebook("activations", answers)
    filled.cells = [
        cell for cell in filled.cells if not cell.source.startswith("import matplotlib")
    ]
    return filled


@innocent("activations")
def helpers_below() -> Handin:
    """Functions call helpers that are defined only at the end."""
    answers = {
        "sigmoid": "def sigmoid(z):\n    return helper(z)",
        "tanh": "def tanh(z):\n    return 2 * helper(2 * np.asarray(z)) - 1",
        "mish": "def mish(z):\n    return z * tanh(softplus(z))",
    }
    return added(
        notebook("activations", answers),
        "def helper(z):\n    return 0.5 * (1 + np.tanh(0.5 * np.asarray(z, dtype=float)))",
        "softplus = lambda z: np.logaddexp(0, z)",
    )


@innocent("activations")
def recursion() -> Handin:
    """A function that walks through its input by recursion, with the limit raised."""
    relu = (
        "import sys\nsys.setrecursionlimit(100_000)\n\ndef relu(z):\n    if np.ndim(z) == 0:\n"
        "        return float(z) if z > 0 else 0.0\n    return np.array([relu(x) for x in z], "
        "dtype=float).reshape(np.shape(z))"
    )
    return notebook("activations", {"relu": relu})


@innocent("activations")
def generators_and_settings() -> Handin:
    """Generators, settings in a global dict, an enum, a named tuple and a context variable."""
    helpers = """
from collections import namedtuple
from enum import Enum
import contextvars, itertools, types

CONFIG = {"alpha": 0.01, "eps": 1e-12}
Side = Enum("Side", "left right both neither")
Slopes = namedtuple("Slopes", "z alpha")
DEPTH = contextvars.ContextVar("DEPTH", default=0)
SETTINGS = types.SimpleNamespace(**CONFIG)

def each(z):
    for x in np.asarray(z, dtype=float).flat:
        yield x
"""
    answers = {
        "relu": "def relu(z):\n    return np.reshape([x if x > 0 else 0.0 for x in each(z)], np.shape(z))",
        "leaky_relu": "def leaky_relu(z, alpha=CONFIG['alpha']):\n    DEPTH.set(DEPTH.get() + 1)\n"
        "    return np.where(np.asarray(z) > 0, z, alpha * np.asarray(z)) * 1.0",
        "prelu_grad": "def prelu_grad(z, alpha):\n    z = np.asarray(z, dtype=float)\n"
        "    return Slopes(np.where(z > 0, 1.0, alpha), np.where(z > 0, 0.0, z))",
        "PROPERTIES": solutions("activations")["PROPERTIES"]
        + "\nfrom collections import defaultdict, OrderedDict\nfrom types import MappingProxyType\n"
        "PROPERTIES = OrderedDict((k, defaultdict(dict, v)) for k, v in PROPERTIES.items())",
    }
    return added(notebook("activations", answers), helpers, before="numerical_gradient")


@innocent("xor")
def other_containers() -> Handin:
    """Lists, named tuples, ordered dicts and subclasses of dict where others are asked for."""
    forward = (
        "from typing import NamedTuple, Any\n\nclass Layers(NamedTuple):\n    z1: Any\n    a1: Any\n"
        "    z2: Any\n    a2: Any\n\ndef forward(params, X, activation):\n"
        "    z1 = X @ params['W1'] + params['b1']\n    a1 = np.asarray(activation(z1))\n"
        "    z2 = a1 @ params['W2'] + params['b2']\n    return Layers(z1, a1, z2, sigmoid(z2))"
    )
    backward = answer("xor", "backward").replace("return {", "return Grads({").rstrip() + ")"
    train = answer("xor", "train").replace(
        "return params, losses", "return [params, np.array(losses)]"
    )
    answers = {
        "forward": forward,
        "backward": "class Grads(dict):\n    __getattr__ = dict.__getitem__\n\n" + backward,
        "train": train,
    }
    return notebook("xor", answers)


@innocent("xor")
def a_network_class() -> Handin:
    """The work done by the methods of a class, the functions thin covers of it."""
    head = """
class Network:
    def __init__(self, params, activation, slope=None):
        self.params = {k: np.array(v, dtype=float) for k, v in params.items()}
        self.f, self.slope = activation, slope

    def run(self, X):
        p = self.params
        z1 = X @ p["W1"] + p["b1"]
        a1 = np.asarray(self.f(z1))
        z2 = a1 @ p["W2"] + p["b2"]
        return z1, a1, z2, sigmoid(z2)

    def grads(self, X, y):
        z1, a1, _, a2 = self.run(X)
        d2 = (a2 - y) / len(X)
        d1 = d2 @ self.params["W2"].T * self.slope(z1)
        ones = np.ones((1, len(X)))
        return dict(W1=X.T @ d1, b1=ones @ d1, W2=a1.T @ d2, b2=ones @ d2)


def forward(params, X, activation):
    return Network(params, activation).run(X)
"""
    return notebook(
        "xor",
        {
            "forward": head,
            "backward": "def backward(params, X, y, activation, activation_grad):\n"
            "    return Network(params, activation, activation_grad).grads(X, y)",
            "predict": "def predict(params, X, activation):\n"
            "    return Network(params, activation).run(X)[3] >= .5",
        },
    )
