"""The references and the checks' own differences, against 40-digit arithmetic."""

import mpmath as mp
import numpy as np
import pytest

from autograder.checks import away_from, five_point_slope, loss_slopes
from autograder.reference import load_reference
from autograder.sandbox import probes
from tests import oracle
from tests.samples import COURSE

FAR = np.array([-1e4, -1000, -800, -100, -40, 40, 100, 800, 1000, 1e4])
NEAR = np.array([-1e-2, -3e-3, -1e-4, -1e-7, 1e-7, 1e-4, 3e-3, 1e-2])
RANGE = np.concatenate([np.linspace(-30, 30, 121), [-1.19, -0.7, 0.3, np.pi]])
ANYWHERE = np.concatenate([RANGE, NEAR, FAR])
NOT_AT_THE_KINK = ANYWHERE[ANYWHERE != 0]

RECTIFIER_ALPHAS = (0.01, 0.2, 0.25, 0.3, 1.5, -0.5, 0.0)
ELU_ALPHAS = (1.0, 0.25, 1.75, 2.0, 3.0)
CASES = [
    *((name, ()) for name in ("sigmoid", "tanh", "relu", "mish")),
    *((name, (alpha,)) for name in ("leaky_relu", "prelu") for alpha in RECTIFIER_ALPHAS),
    *(("elu", (alpha,)) for alpha in ELU_ALPHAS),
]
KINKED = ("relu", "leaky_relu", "prelu", "elu")


@pytest.fixture(scope="module")
def activations():
    """Give the reference of the activations."""
    return load_reference(COURSE.solution("activations"))


@pytest.fixture(scope="module")
def xor():
    """Give the reference of xor."""
    return load_reference(COURSE.solution("xor"))


def assert_exact(got, exact):
    """Fail unless got is exact to twelve digits: the tests tolerate 1e-8 and 1e-12."""
    np.testing.assert_allclose(got, exact, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize(("name", "alpha"), CASES)
def test_reference_values_are_exact(activations, name, alpha):
    """The reference's values are right to twelve digits, near 0 and as far out as promised."""
    assert_exact(
        getattr(activations, name)(ANYWHERE, *alpha),
        oracle.values(oracle.COURSE[name](*alpha), ANYWHERE),
    )


@pytest.mark.parametrize(("name", "alpha"), CASES)
def test_reference_slopes_are_exact(activations, name, alpha):
    """The reference's slopes are right to twelve digits, wherever there is one."""
    z = NOT_AT_THE_KINK if name in KINKED else ANYWHERE
    got = getattr(activations, f"{name}_grad")(z, *alpha)

    assert_exact(got[0] if name == "prelu" else got, oracle.slopes(oracle.COURSE[name](*alpha), z))


def test_reference_slope_in_alpha_is_exact(activations):
    """PReLU's slope with respect to alpha is right for every z."""
    for alpha in RECTIFIER_ALPHAS:
        exact = [
            float(mp.diff(lambda a, z=z: z if z >= 0 else a * z, mp.mpf(alpha))) for z in ANYWHERE
        ]
        assert_exact(activations.prelu_grad(ANYWHERE, alpha)[1], exact)


def test_reference_of_the_numerical_gradient_is_the_central_difference(activations):
    """numerical_gradient is the exact central difference but for the rounding of f, over h."""
    z = np.linspace(-3, 3, 25)
    for name in ("sin", "arctan", "softsign", "exp", "cube"):
        f = oracle.PROBES[name]
        for h in (0.5, 1e-1, 1e-2, 1e-3, 1e-5):
            exact = [
                float((f(mp.mpf(x) + mp.mpf(h)) - f(mp.mpf(x) - mp.mpf(h))) / (2 * mp.mpf(h)))
                for x in z
            ]
            got = activations.numerical_gradient(getattr(probes, name), z, h)
            assert np.max(np.abs(got - exact)) < 1e-14 / h


def test_reference_of_collapse_is_exact(activations):
    """Collapse multiplies out two layers exactly."""
    rng = np.random.default_rng(0)
    W1, b1, W2, b2 = (rng.normal(size=shape) for shape in ((5, 3), 5, (2, 5), 2))
    exact = [mp.matrix(part.tolist()) for part in (W1, b1, W2, b2)]

    W, b = activations.collapse(W1, b1, W2, b2)

    assert_exact(W.ravel(), [float(x) for x in exact[2] * exact[0]])
    assert_exact(b, [float(x) for x in exact[2] * exact[1] + exact[3]])


ENDS = {"left": (-1e6, -1e5), "right": (1e5, 1e6)}


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "relu", "leaky_relu", "elu", "mish", "step"])
def test_reference_table_says_what_the_functions_do(activations, name):
    """Bounds, saturation and monotony in PROPERTIES are those of the exact functions."""
    alpha = {"leaky_relu": (0.01,), "elu": (1.0,)}.get(name, ())
    made = oracle.COURSE.get(name, lambda: lambda z: mp.mpf(z >= 0))
    f, entry = made(*alpha), activations.PROPERTIES[name]
    grid = np.concatenate([np.linspace(-12, 12, 4801), *ENDS.values()])
    seen = oracle.values(f, np.sort(grid))

    for bound, end in (("infimum", seen.min()), ("supremum", seen.max())):
        if np.isinf(entry[bound]):
            assert abs(end) > 900
        else:
            assert abs(entry[bound] - end) < 1e-4
    assert entry["monotonic"] == bool(np.all(np.diff(seen) >= 0))
    level = [side for side, z in ENDS.items() if np.all(np.abs(oracle.slopes(f, z)) < 1e-9)]
    assert entry["saturates"] == {0: "neither", 1: (level or [""])[0], 2: "both"}[len(level)]


@pytest.mark.parametrize(("name", "alpha"), CASES)
def test_stencil_finds_the_slopes_of_the_course(activations, name, alpha):
    """Over the whole range, differences of a right function are right to a tenth of 1e-8."""
    z = away_from(ANYWHERE, (0.0,) if name in KINKED else ())
    exact = oracle.slopes(oracle.COURSE[name](*alpha), z)

    got = five_point_slope(lambda points: getattr(activations, name)(points, *alpha), z)

    assert np.max(np.abs(got - exact) / (1 + np.abs(exact))) < 1e-9


@pytest.mark.parametrize("name", sorted(oracle.PROBES))
def test_stencil_finds_the_slopes_of_the_probes(name):
    """Where the probes are used, differences find their slopes, and their own slopes are exact."""
    kinks = {"hinge": (0.5,), "clip": (-1.0, 1.0), "softsign": (0.0,)}.get(name, ())
    z = away_from(np.linspace(-3, 3, 61), kinks)
    exact = oracle.slopes(oracle.PROBES[name], z)
    own = probes.PROBES.get({"sin": "cos", "exp": "exp"}.get(name, f"{name}_grad"))

    assert_exact(probes.PROBES[name](z), oracle.values(oracle.PROBES[name], z))
    assert_exact(own(z), exact)
    assert np.max(np.abs(five_point_slope(probes.PROBES[name], z) - exact)) < 1e-10


def network(seed, hidden, rows):
    """Return random parameters, inputs and labels."""
    rng = np.random.default_rng(seed)
    shapes = {"W1": (2, hidden), "b1": (1, hidden), "W2": (hidden, 1), "b2": (1, 1)}
    params = {name: rng.normal(size=shape) for name, shape in shapes.items()}
    return params, rng.normal(size=(rows, 2)), rng.integers(0, 2, (rows, 1)).astype(float)


@pytest.mark.parametrize("name", ["arctan", "sin", "softsign", "square"])
@pytest.mark.parametrize(("hidden", "rows"), [(1, 1), (3, 4), (4, 7)])
def test_loss_gradients_are_exact(xor, name, hidden, rows):
    """The reference's backward is exact; differences of its loss are right to a tenth of 1e-6."""
    params, X, y = network(rows, hidden, rows)
    f, slope = probes.PROBES[name], probes.PROBES[{"sin": "cos"}.get(name, f"{name}_grad")]
    exact = oracle.loss_gradient(params, X, y, oracle.PROBES[name])

    def loss(moved):
        return xor.binary_cross_entropy(y, xor.forward(moved, X, f)[3])

    differences, own = loss_slopes(loss, params), xor.backward(params, X, y, f, slope)

    for key, true in exact.items():
        largest = np.max(np.abs(true))
        assert np.max(np.abs(own[key] - true)) <= 1e-12 * largest
        assert np.max(np.abs(differences[key] - true)) <= 1e-7 * largest


def test_reference_loss_is_exact(xor):
    """The cross-entropy is right to ten digits, confident predictions included."""
    p = np.array([[0.3], [0.999], [1e-6], [1 - 1e-6], [5e-7], [0.5]])
    for y in (np.ones((6, 1)), np.zeros((6, 1)), np.array([[1.0], [0], [1], [0], [1], [0]])):
        exact = mp.fsum(
            -mp.log(mp.mpf(q) if label else 1 - mp.mpf(q))
            for label, q in zip(y[:, 0], p[:, 0], strict=True)
        )
        assert xor.binary_cross_entropy(y, p) == pytest.approx(float(exact / 6), rel=1e-10)
