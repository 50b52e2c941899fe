"""The same cells and calls give the same outcomes and answers, confined or not."""

from dataclasses import astuple

import numpy as np
import pytest

from autograder.sandbox.answers import CellSource
from autograder.sandbox.probes import PROBES
from autograder.sandbox.runner import Runner
from autograder.sandbox.session import Session
from tests.sandbox.conftest import LIMITS
from tests.sandbox.helpers import call, cells
from tests.sandbox.test_wire import same

SOURCES = (
    "import numpy as np\nimport warnings\nfrom autograder import check\nprint('hello')\nx = 1 / 0",
    "def sigmoid(z):\n    return 1 / (1 + np.exp(-z))\ncheck('sigmoid')",
    "def broken(:",
    "def changes(z):\n    z[0] = 7\n    return z",
    "def forward(params, X, activation):\n"
    "    z = X @ params['W'] + params['b']\n"
    "    return z, activation(z)",
    "def slope(f, z, h=1e-5):\n    return (f(z + h) - f(z - h)) / (2 * h)",
    "def fails(z):\n    return np.linalg.inv(z)",
    "def ends(z):\n    raise SystemExit(z)",
    "def lists(z):\n    return [float(v) for v in z], {'n': len(z), 's': 'text', 'none': None}",
    "def yields(z):\n    yield z",
    "def random(n):\n    return np.random.normal(size=n)",
    "def noisy(z):\n    print(z)\n    warnings.warn('careful')\n    return np.log(z)",
    "def wide(z):\n    return np.zeros(10**7)",
    "PROPERTIES = {'tanh': {'infimum': -1.0, 'supremum': 1, 'monotonic': True}}\nodd = {1: 2}",
    "print('x' * 5000)",
)
W = {"W": np.arange(6.0).reshape(2, 3), "b": np.ones((1, 3))}
CALLS = {
    "array": ("sigmoid", (np.linspace(-900, 900, 7),)),
    "integers": ("sigmoid", (np.arange(3),)),
    "float": ("sigmoid", (0.5,)),
    "numpy float": ("sigmoid", (np.float32(0.5),)),
    "list": ("sigmoid", ([1.0],)),
    "transposed": ("sigmoid", (np.arange(6.0).reshape(2, 3).T,)),
    "changed": ("changes", (np.zeros(3),)),
    "probe": ("forward", (W, np.eye(2), PROBES["sin"])),
    "raised": ("fails", (np.zeros((2, 2)),)),
    "ended": ("ends", (3,)),
    "containers": ("lists", ((1.0, 2.0),)),
    "signature": ("lists", ()),
    "generator": ("yields", (1,)),
    "random": ("random", (3,)),
    "noisy": ("noisy", (0.0,)),
    "wide": ("wide", (0.0,)),
    "undefined": ("broken", (1,)),
    "not callable": ("PROPERTIES", ()),
    "shim": ("get_ipython", ()),
}


@pytest.fixture(scope="module")
def both(parent):
    """Load the cells here, and in a confined process."""
    runner = Runner(limits=LIMITS)
    with Session(parent, LIMITS) as session:
        yield (runner, runner.load(cells(*SOURCES))), (session, session.load(cells(*SOURCES)))


def test_outcomes(both):
    """What the cells printed, and their errors, are the same."""
    (_, here), (_, confined) = both

    assert here == confined
    assert here[0].error == "ZeroDivisionError: division by zero"


@pytest.mark.parametrize("name", CALLS)
def test_call(both, name):
    """A call's answer is the same, to the last bit."""
    (here, _), (confined, _) = both
    function, args = CALLS[name]

    answers = [call(transport, function, *args) for transport in (here, confined)]

    assert same(*map(astuple, answers)), answers


@pytest.mark.parametrize("name", ["PROPERTIES", "odd", "x", "np", "slope.h", "slope.f"])
def test_get(both, name):
    """A value is the same."""
    (here, _), (confined, _) = both

    assert same(astuple(here.get(name)), astuple(confined.get(name)))


@pytest.mark.parametrize("name", PROBES)
def test_probes(both, name):
    """Each probe gives the same values inside."""
    z = np.linspace(-3, 3, 13)
    session = both[1][0]
    session.load([CellSource("given", "def apply(f, z): return f(z)")])

    value = call(session, "apply", PROBES[name], z).value

    assert same(value, PROBES[name](z))


SLOPES = {"sin": "cos", "exp": "exp"} | {
    name: f"{name}_grad" for name in ("arctan", "softsign", "square", "cube", "hinge", "clip")
}


@pytest.mark.parametrize("name", SLOPES)
def test_slopes(name):
    """A probe's derivative is the slope of the probe, on scalars and arrays of any type."""
    z = np.array([-2.0, -0.3, 0.1, 0.9, 3.0])
    f, slope = PROBES[name], PROBES[SLOPES[name]]

    np.testing.assert_allclose(slope(z), (f(z + 1e-5) - f(z - 1e-5)) / 2e-5, rtol=1e-8, atol=1e-8)
    assert float(slope(1)) == slope(np.array([1], dtype="f4"))[0]


def test_none_is_a_name_of_an_item():
    """Probes share no name with what students write."""
    items = {"step", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "mish", "prelu"}

    assert not items & {name.removesuffix("_grad") for name in PROBES}
