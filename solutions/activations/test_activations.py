"""Tests for the activations assignment.

Each test belongs to an item and is worth its points. Functions are called with NumPy arrays and
plain numbers; what comes back is compared to about seven digits.
"""

import reprlib

import numpy as np
import pytest

from autograder.checks import (
    CheckFailure,
    Tolerance,
    check_forms,
    check_gradient,
    check_subgradient,
    check_values,
)
from autograder.sandbox import probes

### BEGIN HIDDEN TESTS
from autograder.checks import away_from, five_point_slope, say

### END HIDDEN TESTS

AT = np.array([-2.0, -0.5, 0.0, 0.5, 2.0])
WHOLE = np.array([-3.0, -1.0, 1.0, 2.0])
SLOPES_AT = np.array([-3.0, -1.5, -0.5, 0.5, 1.5, 3.0])
KNOWN = "by the formula"
DEFAULT = "It is right when theta is given: is its default that of the stub?"


### BEGIN HIDDEN TESTS
DIFFERENCES = Tolerance(rtol=1e-8, atol=1e-10)
PRECISE = Tolerance(rtol=1e-8)  # single precision is good to 6e-8 only


def anywhere(rng):
    """Return points in [-30, 30], some at most 0.01 from 0, in an array of three axes."""
    sizes = rng.uniform([1e-7, 1e-4, 3e-3, 8e-3], [2e-7, 2e-4, 4e-3, 1e-2])
    points = [rng.uniform(-30, 30, 20), rng.uniform(-3, 3, 12), -sizes, sizes]
    return rng.permutation(np.concatenate(points)).reshape(4, 1, 10)


def far_out(rng):
    """Return points far from 0 on both sides, some of them where exp overflows."""
    sizes = rng.uniform([38, 90, 750, 950], [45, 110, 850, 1000])
    return np.concatenate([-sizes, sizes])


def whole(rng, *, zero=True):
    """Return the integers from -24 to 24 in any order after one above 0, with 0 or without it."""
    z = np.append(rng.integers(1, 25), rng.permutation(np.arange(-24, 25)))
    return z if zero else z[z != 0]


def any_alphas(rng):
    """Return alphas: small, below and above 1, below 0, and 0."""
    return [*rng.uniform([0.005, 0.2, 1.2, -0.8], [0.02, 0.4, 2.0, -0.3]).tolist(), 0.0]


def positive_alphas(rng):
    """Return alphas: 1, below and above it."""
    return [1.0, *rng.uniform([0.2, 1.3, 2.5], [0.4, 2.0, 4.0]).tolist()]


def smooth_points(rng, kinks=()):
    """Return points in [-12, 12] at which a stencil does not straddle a kink."""
    near = rng.uniform(-4, 4, 40)
    return away_from(np.concatenate([near, rng.uniform(-12, 12, 20)]), kinks)


def check_like(function, reference, z, *alpha, parts=()):
    """Check that a function gives the reference's values at z."""
    args = {"z": z} | dict(zip(("alpha",), alpha, strict=False))
    check_values(function, args, reference(z, *alpha), parts=parts, tolerance=PRECISE)


def check_far_out(function, reference, rng, *alpha, parts=()):
    """Check that a function gives the reference's values far out; at single numbers, too."""
    z = far_out(rng)
    for points in (z, z.min().item(), z.max().item()):
        check_like(function, reference, points, *alpha, parts=parts)


def check_any_alpha(function, reference, rng, alphas, *, zero=True, parts=()):
    """Check a function at all kinds of points: each kind by itself for the first alpha."""
    for z in (whole(rng, zero=zero), anywhere(rng)):
        check_like(function, reference, z, alphas[0], parts=parts)
    check_far_out(function, reference, rng, alphas[0], parts=parts)
    for alpha in alphas[1:]:
        kinds = (anywhere(rng), whole(rng, zero=zero), far_out(rng))
        z = np.concatenate([points.ravel() for points in kinds])
        check_like(function, reference, z, alpha, parts=parts)


def check_slopes_like(gradient, function, reference, z, *alpha):
    """Check a derivative against finite differences of the reference's function."""
    args = {"z": z} | dict(zip(("alpha",), alpha, strict=False))
    slopes = five_point_slope(lambda points: reference(points, *alpha), z)
    check_gradient(gradient, args, slopes, of=function, tolerance=DIFFERENCES)


### END HIDDEN TESTS


@pytest.mark.item("numerical_gradient", points=2)
def test_numerical_gradient_is_central(student):
    """numerical_gradient is the central difference with step h"""
    z = np.array([-1.0, 0.0, 2.0])
    check_values(
        student.numerical_gradient,
        {"f": probes.cube, "z": z, "h": 0.25},
        [3.0625, 0.0625, 12.0625],
        known=KNOWN,
    )


@pytest.mark.item("numerical_gradient", points=2)
def test_numerical_gradient_default_step(student):
    """numerical_gradient comes close to the slope of sin with its own step"""
    z = np.array([[-2.0, -0.5], [0.0, 1.0]])
    slopes = [[-0.416146836547, 0.87758256189], [1.0, 0.540302305868]]
    near = Tolerance(atol=1e-8)
    check_values(
        student.numerical_gradient,
        {"f": probes.sin, "z": z},
        slopes,
        known="by calculus",
        tolerance=near,
    )


### BEGIN HIDDEN TESTS
@pytest.mark.item("numerical_gradient", points=2)
def test_numerical_gradient_many_steps(student, rng):
    """numerical_gradient is the central difference for other functions and steps"""
    for h in (1e-1, 1e-2, 1e-3):
        for f in (probes.arctan, probes.exp, probes.softsign):
            z = rng.uniform(-3, 3, (4, 3))
            expected = (f(z + h) - f(z - h)) / (2 * h)
            check_values(
                student.numerical_gradient,
                {"f": f, "z": z, "h": h},
                expected,
                tolerance=DIFFERENCES,
            )


@pytest.mark.item("numerical_gradient", points=2)
def test_numerical_gradient_forms(student, rng):
    """numerical_gradient takes single and whole numbers"""
    for z in (
        rng.uniform(-3, 3, (2, 1)),
        rng.uniform(-3, 3),
        int(rng.integers(1, 9)),
        whole(rng),
    ):
        slopes = np.cos(np.asarray(z, dtype=float))
        check_values(
            student.numerical_gradient,
            {"f": probes.sin, "z": z, "h": 1e-4},
            slopes,
            tolerance=Tolerance(atol=1e-8),
        )


### END HIDDEN TESTS


@pytest.mark.item("collapse", points=2)
def test_collapse_layers(student):
    """collapse gives the one affine map that two layers make"""
    W1 = np.array([[1.0, 2.0], [0.0, -1.0], [3.0, 1.0]])
    b1 = np.array([1.0, -1.0, 0.5])
    W2 = np.array([[2.0, 0.0, 1.0], [1.0, -1.0, 4.0]])
    b2 = np.array([0.25, -2.0])
    expected = (np.array([[5.0, 5.0], [13.0, 7.0]]), np.array([2.75, 2.0]))
    layers = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    check_values(student.collapse, layers, expected, parts=("W", "b"), known=KNOWN)


### BEGIN HIDDEN TESTS
@pytest.mark.item("collapse", points=4)
def test_collapse_any_width(student, rng):
    """collapse works for layers of any width"""
    for n, hidden, out in ((4, 2, 3), (3, 3, 3), (2, 5, 1), (1, 1, 1)):
        W1, b1 = rng.normal(size=(hidden, n)), rng.normal(size=hidden)
        W2, b2 = rng.normal(size=(out, hidden)), rng.normal(size=out)
        expected = (W2 @ W1, W2 @ b1 + b2)
        layers = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
        check_values(student.collapse, layers, expected, parts=("W", "b"), tolerance=PRECISE)


### END HIDDEN TESTS


@pytest.mark.item("step", points=1)
def test_step_values(student):
    """step is 0 below the threshold, and 1 from it on"""
    z = np.array([-2.0, -0.25, -0.125, 0.0, 0.25, 0.5, 1.0, 2.0])
    for theta, expected in ((0.25, [0, 0, 0, 0, 1, 1, 1, 1]), (-0.25, [0, 1, 1, 1, 1, 1, 1, 1])):
        check_values(student.step, {"z": z, "theta": theta}, expected, known=KNOWN)
    expected = [0, 0, 0, 1, 1, 1, 1, 1]
    check_values(student.step, {"z": z}, expected, known=KNOWN, otherwise=DEFAULT)


### BEGIN HIDDEN TESTS
@pytest.mark.item("step", points=2)
def test_step_anywhere(student, reference, rng):
    """step is right for any threshold and any form of z"""
    for theta in (rng.uniform(-3, -0.5), 0.0, rng.uniform(0.5, 3)):
        z = theta + np.append(anywhere(rng), 0.0)
        check_values(student.step, {"z": z, "theta": theta}, reference.step(z, theta))
    z = rng.choice(np.arange(-9.0, 10.0), 6, replace=False)
    for theta in (float(z[0]), float(z[4])):
        check_forms(student.step, {"z": z, "theta": theta}, reference.step(z, theta))


### END HIDDEN TESTS


@pytest.mark.item("sigmoid", points=1)
def test_sigmoid_values(student):
    """sigmoid has the right values"""
    expected = [0.119202922022, 0.377540668798, 0.5, 0.622459331202, 0.880797077978]
    check_values(student.sigmoid, {"z": AT}, expected, known=KNOWN)


@pytest.mark.item("sigmoid", points=1)
def test_sigmoid_forms(student):
    """sigmoid takes single numbers, matrices and integers"""
    check_forms(
        student.sigmoid,
        {"z": WHOLE},
        [0.0474258731776, 0.26894142137, 0.73105857863, 0.880797077978],
        far={-1e4: 0.0, 10_000: 1.0},
    )


### BEGIN HIDDEN TESTS
@pytest.mark.item("sigmoid", points=2)
def test_sigmoid_anywhere(student, reference, rng):
    """sigmoid is right wherever it is evaluated"""
    for z in (whole(rng), anywhere(rng)):
        check_like(student.sigmoid, reference.sigmoid, z)


@pytest.mark.item("sigmoid", points=1)
def test_sigmoid_far_out(student, reference, rng):
    """sigmoid is right far from 0"""
    check_far_out(student.sigmoid, reference.sigmoid, rng)


### END HIDDEN TESTS


@pytest.mark.item("sigmoid_grad", points=2, uses="sigmoid")
def test_sigmoid_grad_values(student):
    """sigmoid_grad is the slope of sigmoid"""
    slopes = [
        0.0451766597309,
        0.14914645207,
        0.235003712202,
        0.235003712202,
        0.14914645207,
        0.0451766597309,
    ]
    check_gradient(student.sigmoid_grad, {"z": SLOPES_AT}, slopes, of=student.sigmoid)


@pytest.mark.item("sigmoid_grad", points=1)
def test_sigmoid_grad_forms(student):
    """sigmoid_grad takes single numbers, matrices and integers"""
    check_forms(
        student.sigmoid_grad,
        {"z": WHOLE},
        [0.0451766597309, 0.196611933241, 0.196611933241, 0.104993585404],
        far={-1e4: 0.0, 10_000: 0.0},
    )


### BEGIN HIDDEN TESTS
@pytest.mark.item("sigmoid_grad", points=3)
def test_sigmoid_grad_anywhere(student, reference, rng):
    """sigmoid_grad is the slope wherever it is evaluated"""
    check_slopes_like(student.sigmoid_grad, student.sigmoid, reference.sigmoid, smooth_points(rng))
    for z in (whole(rng), anywhere(rng)):
        check_like(student.sigmoid_grad, reference.sigmoid_grad, z)


@pytest.mark.item("sigmoid_grad", points=1)
def test_sigmoid_grad_far_out(student, reference, rng):
    """sigmoid_grad is right far from 0"""
    check_far_out(student.sigmoid_grad, reference.sigmoid_grad, rng)


### END HIDDEN TESTS


@pytest.mark.item("tanh", points=1)
def test_tanh_values(student):
    """tanh has the right values"""
    expected = [-0.964027580076, -0.46211715726, 0.0, 0.46211715726, 0.964027580076]
    check_values(student.tanh, {"z": AT}, expected, known=KNOWN)


@pytest.mark.item("tanh", points=1)
def test_tanh_forms(student):
    """tanh takes single numbers, matrices and integers"""
    check_forms(
        student.tanh,
        {"z": WHOLE},
        [-0.995054753687, -0.761594155956, 0.761594155956, 0.964027580076],
        far={-1e4: -1.0, 10_000: 1.0},
    )


### BEGIN HIDDEN TESTS
@pytest.mark.item("tanh", points=1)
def test_tanh_anywhere(student, reference, rng):
    """tanh is right wherever it is evaluated"""
    for z in (whole(rng), anywhere(rng)):
        check_like(student.tanh, reference.tanh, z)


@pytest.mark.item("tanh", points=1)
def test_tanh_far_out(student, reference, rng):
    """tanh is right far from 0"""
    check_far_out(student.tanh, reference.tanh, rng)


### END HIDDEN TESTS


@pytest.mark.item("tanh_grad", points=2, uses="tanh sigmoid sigmoid_grad")
def test_tanh_grad_values(student):
    """tanh_grad is the slope of tanh"""
    slopes = [
        0.00986603716544,
        0.180706638924,
        0.786447732966,
        0.786447732966,
        0.180706638924,
        0.00986603716544,
    ]
    check_gradient(student.tanh_grad, {"z": SLOPES_AT}, slopes, of=student.tanh)


@pytest.mark.item("tanh_grad", points=1)
def test_tanh_grad_forms(student):
    """tanh_grad takes single numbers, matrices and integers"""
    check_forms(
        student.tanh_grad,
        {"z": WHOLE},
        [0.00986603716544, 0.419974341614, 0.419974341614, 0.0706508248532],
        far={-1e4: 0.0, 10_000: 0.0},
    )


### BEGIN HIDDEN TESTS
@pytest.mark.item("tanh_grad", points=2)
def test_tanh_grad_anywhere(student, reference, rng):
    """tanh_grad is the slope wherever it is evaluated"""
    check_slopes_like(student.tanh_grad, student.tanh, reference.tanh, smooth_points(rng))
    for z in (whole(rng), anywhere(rng)):
        check_like(student.tanh_grad, reference.tanh_grad, z)


@pytest.mark.item("tanh_grad", points=1)
def test_tanh_grad_far_out(student, reference, rng):
    """tanh_grad is right far from 0"""
    check_far_out(student.tanh_grad, reference.tanh_grad, rng)


### END HIDDEN TESTS


@pytest.mark.item("relu", points=1, uses="step")
def test_relu_values(student):
    """relu has the right values"""
    z = np.array([-2.0, -0.5, 0.0, 0.5, 1.5])
    check_values(student.relu, {"z": z}, [0.0, 0.0, 0.0, 0.5, 1.5], known=KNOWN)


@pytest.mark.item("relu", points=1)
def test_relu_forms(student):
    """relu takes single numbers, matrices and integers"""
    check_forms(student.relu, {"z": WHOLE}, [0.0, 0.0, 1.0, 2.0], far={-1e4: 0.0, 10_000: 10_000.0})


### BEGIN HIDDEN TESTS
@pytest.mark.item("relu", points=2)
def test_relu_anywhere(student, reference, rng):
    """relu is right wherever it is evaluated"""
    for z in (whole(rng), anywhere(rng)):
        check_like(student.relu, reference.relu, z)
    check_far_out(student.relu, reference.relu, rng)


### END HIDDEN TESTS


@pytest.mark.item("relu_grad", points=1, uses="relu step")
def test_relu_grad_values(student):
    """relu_grad is the slope of relu"""
    slopes = [0.0, 0.0, 0.0, 1.0, 1.0, 1.0]
    check_gradient(student.relu_grad, {"z": SLOPES_AT}, slopes, of=student.relu)


@pytest.mark.item("relu_grad", points=1)
def test_relu_grad_forms(student):
    """relu_grad takes single numbers, matrices and integers"""
    check_forms(student.relu_grad, {"z": WHOLE}, [0.0, 0.0, 1.0, 1.0], far={-1e4: 0.0, 10_000: 1.0})


@pytest.mark.item("relu_grad", points=1)
def test_relu_grad_at_the_kink(student):
    """relu_grad at 0 is any slope between those on both sides"""
    check_subgradient(student.relu_grad, {"z": np.array([0.0])}, left=0.0, right=1.0)


### BEGIN HIDDEN TESTS
@pytest.mark.item("relu_grad", points=2)
def test_relu_grad_anywhere(student, reference, rng):
    """relu_grad is the slope wherever it is evaluated"""
    z = smooth_points(rng, kinks=(0.0,))
    check_slopes_like(student.relu_grad, student.relu, reference.relu, z)
    for z in (whole(rng, zero=False), anywhere(rng)):
        check_like(student.relu_grad, reference.relu_grad, z)
    check_far_out(student.relu_grad, reference.relu_grad, rng)


### END HIDDEN TESTS


@pytest.mark.item("leaky_relu", points=1, uses="relu")
def test_leaky_relu_values(student):
    """leaky_relu has the right values"""
    expected = [-0.4, -0.1, 0.0, 0.5, 2.0]
    check_values(student.leaky_relu, {"z": AT, "alpha": 0.2}, expected, known=KNOWN)
    check_values(student.leaky_relu, {"z": AT}, [-0.02, -0.005, 0.0, 0.5, 2.0], known=KNOWN)


@pytest.mark.item("leaky_relu", points=1)
def test_leaky_relu_forms(student):
    """leaky_relu takes single numbers, matrices and integers"""
    check_forms(
        student.leaky_relu,
        {"z": WHOLE, "alpha": 0.2},
        [-0.6, -0.2, 1.0, 2.0],
        far={-1e4: -2_000.0, 10_000: 10_000.0},
    )


### BEGIN HIDDEN TESTS
@pytest.mark.item("leaky_relu", points=3)
def test_leaky_relu_anywhere(student, reference, rng):
    """leaky_relu is right wherever it is evaluated, for any alpha"""
    check_any_alpha(student.leaky_relu, reference.leaky_relu, rng, any_alphas(rng))
    check_like(student.leaky_relu, reference.leaky_relu, anywhere(rng))


### END HIDDEN TESTS


@pytest.mark.item("leaky_relu_grad", points=2, uses="leaky_relu relu_grad")
def test_leaky_relu_grad_values(student):
    """leaky_relu_grad is the slope of leaky_relu"""
    slopes = [0.2, 0.2, 0.2, 1.0, 1.0, 1.0]
    check_gradient(
        student.leaky_relu_grad, {"z": SLOPES_AT, "alpha": 0.2}, slopes, of=student.leaky_relu
    )
    slopes = [0.01, 0.01, 0.01, 1.0, 1.0, 1.0]
    check_gradient(student.leaky_relu_grad, {"z": SLOPES_AT}, slopes, of=student.leaky_relu)


@pytest.mark.item("leaky_relu_grad", points=1)
def test_leaky_relu_grad_forms(student):
    """leaky_relu_grad takes single numbers, matrices and integers"""
    check_forms(
        student.leaky_relu_grad,
        {"z": WHOLE, "alpha": 0.2},
        [0.2, 0.2, 1.0, 1.0],
        far={-1e4: 0.2, 10_000: 1.0},
    )


### BEGIN HIDDEN TESTS
@pytest.mark.item("leaky_relu_grad", points=2)
def test_leaky_relu_grad_anywhere(student, reference, rng):
    """leaky_relu_grad is the slope wherever it is evaluated, for any alpha"""
    alphas = any_alphas(rng)
    z = smooth_points(rng, kinks=(0.0,))
    check_slopes_like(
        student.leaky_relu_grad, student.leaky_relu, reference.leaky_relu, z, alphas[1]
    )
    check_any_alpha(student.leaky_relu_grad, reference.leaky_relu_grad, rng, alphas, zero=False)
    check_like(student.leaky_relu_grad, reference.leaky_relu_grad, anywhere(rng))


@pytest.mark.item("leaky_relu_grad", points=1)
def test_leaky_relu_grad_at_the_kink(student, rng):
    """leaky_relu_grad at 0 is any slope between those on both sides"""
    for alpha in any_alphas(rng):
        kink = {"z": np.zeros(rng.integers(1, 9)), "alpha": alpha}
        check_subgradient(student.leaky_relu_grad, kink, left=alpha, right=1.0)


### END HIDDEN TESTS


@pytest.mark.item("elu", points=1, uses="relu")
def test_elu_values(student):
    """elu has the right values"""
    expected = [-1.72932943353, -0.786938680575, 0.0, 0.5, 2.0]
    check_values(student.elu, {"z": AT, "alpha": 2.0}, expected, known=KNOWN)
    check_values(
        student.elu, {"z": AT}, [-0.864664716763, -0.393469340287, 0.0, 0.5, 2.0], known=KNOWN
    )


@pytest.mark.item("elu", points=1)
def test_elu_forms(student):
    """elu takes single numbers, matrices and integers"""
    check_forms(
        student.elu,
        {"z": WHOLE, "alpha": 2.0},
        [-1.90042586326, -1.26424111766, 1.0, 2.0],
        far={-1e4: -2.0, 10_000: 10_000.0},
    )


### BEGIN HIDDEN TESTS
@pytest.mark.item("elu", points=3)
def test_elu_anywhere(student, reference, rng):
    """elu is right wherever it is evaluated, for any alpha"""
    check_any_alpha(student.elu, reference.elu, rng, positive_alphas(rng))
    check_like(student.elu, reference.elu, anywhere(rng))


### END HIDDEN TESTS


@pytest.mark.item("elu_grad", points=2, uses="elu relu_grad")
def test_elu_grad_values(student):
    """elu_grad is the slope of elu"""
    slopes = [0.0746806025518, 0.334695240223, 0.909795989569, 1.0, 1.0, 1.0]
    check_gradient(student.elu_grad, {"z": SLOPES_AT, "alpha": 1.5}, slopes, of=student.elu)
    slopes = [0.0497870683679, 0.223130160148, 0.606530659713, 1.0, 1.0, 1.0]
    check_gradient(student.elu_grad, {"z": SLOPES_AT}, slopes, of=student.elu)


@pytest.mark.item("elu_grad", points=1)
def test_elu_grad_forms(student):
    """elu_grad takes single numbers, matrices and integers"""
    check_forms(
        student.elu_grad,
        {"z": WHOLE, "alpha": 1.5},
        [0.0746806025518, 0.551819161757, 1.0, 1.0],
        far={-1e4: 0.0, 10_000: 1.0},
    )


### BEGIN HIDDEN TESTS
@pytest.mark.item("elu_grad", points=3)
def test_elu_grad_anywhere(student, reference, rng):
    """elu_grad is the slope wherever it is evaluated, for any alpha"""
    alphas = positive_alphas(rng)
    z = smooth_points(rng, kinks=(0.0,))
    check_slopes_like(student.elu_grad, student.elu, reference.elu, z, alphas[1])
    check_any_alpha(student.elu_grad, reference.elu_grad, rng, alphas, zero=False)
    check_like(student.elu_grad, reference.elu_grad, anywhere(rng))


@pytest.mark.item("elu_grad", points=1)
def test_elu_grad_at_the_kink(student, rng):
    """elu_grad at 0 is any slope between those on both sides"""
    for alpha in positive_alphas(rng):
        kink = {"z": np.zeros(rng.integers(1, 9)), "alpha": alpha}
        check_subgradient(student.elu_grad, kink, left=alpha, right=1.0)


### END HIDDEN TESTS


@pytest.mark.item("mish", points=1, uses="tanh sigmoid")
def test_mish_values(student):
    """mish has the right values"""
    expected = [-0.252501482696, -0.220743774652, 0.0, 0.375245211305, 1.94395895953]
    check_values(student.mish, {"z": AT}, expected, known=KNOWN)


@pytest.mark.item("mish", points=1)
def test_mish_forms(student):
    """mish takes single numbers, matrices and integers"""
    check_forms(
        student.mish,
        {"z": WHOLE},
        [-0.145647461276, -0.303401461374, 0.865098388267, 1.94395895953],
        far={-1e4: 0.0, 10_000: 10_000.0},
    )


### BEGIN HIDDEN TESTS
@pytest.mark.item("mish", points=2)
def test_mish_anywhere(student, reference, rng):
    """mish is right wherever it is evaluated"""
    for z in (whole(rng), anywhere(rng)):
        check_like(student.mish, reference.mish, z)


@pytest.mark.item("mish", points=2)
def test_mish_far_out(student, reference, rng):
    """mish is right far from 0"""
    check_far_out(student.mish, reference.mish, rng)


### END HIDDEN TESTS


@pytest.mark.item("mish_grad", points=2, uses="mish tanh tanh_grad sigmoid sigmoid_grad")
def test_mish_grad_values(student):
    """mish_grad is the slope of mish"""
    slopes = [
        -0.0933931145323,
        -0.0640978158923,
        0.289510677914,
        0.886424375358,
        1.08848798501,
        1.02110691093,
    ]
    check_gradient(student.mish_grad, {"z": SLOPES_AT}, slopes, of=student.mish)


@pytest.mark.item("mish_grad", points=1)
def test_mish_grad_forms(student):
    """mish_grad takes single numbers, matrices and integers"""
    check_forms(
        student.mish_grad,
        {"z": WHOLE},
        [-0.0933931145323, 0.0592167558774, 1.0490362201, 1.06931793428],
        far={-1e4: 0.0, 10_000: 1.0},
    )


### BEGIN HIDDEN TESTS
@pytest.mark.item("mish_grad", points=3)
def test_mish_grad_anywhere(student, reference, rng):
    """mish_grad is the slope wherever it is evaluated"""
    check_slopes_like(student.mish_grad, student.mish, reference.mish, smooth_points(rng))
    for z in (whole(rng), anywhere(rng)):
        check_like(student.mish_grad, reference.mish_grad, z)


@pytest.mark.item("mish_grad", points=2)
def test_mish_grad_far_out(student, reference, rng):
    """mish_grad is right far from 0"""
    check_far_out(student.mish_grad, reference.mish_grad, rng)


### END HIDDEN TESTS


@pytest.mark.item("prelu", points=1, uses="leaky_relu relu")
def test_prelu_values(student):
    """prelu has the right values"""
    expected = [-0.5, -0.125, 0.0, 0.5, 2.0]
    check_values(student.prelu, {"z": AT, "alpha": 0.25}, expected, known=KNOWN)


@pytest.mark.item("prelu", points=1)
def test_prelu_forms(student):
    """prelu takes single numbers, matrices and integers"""
    check_forms(
        student.prelu,
        {"z": WHOLE, "alpha": 0.25},
        [-0.75, -0.25, 1.0, 2.0],
        far={-1e4: -2_500.0, 10_000: 10_000.0},
    )


### BEGIN HIDDEN TESTS
@pytest.mark.item("prelu", points=2)
def test_prelu_anywhere(student, reference, rng):
    """prelu is right wherever it is evaluated, for any alpha"""
    check_any_alpha(student.prelu, reference.prelu, rng, any_alphas(rng))


### END HIDDEN TESTS


@pytest.mark.item("prelu_grad", points=2, uses="prelu leaky_relu leaky_relu_grad")
def test_prelu_grad_values(student):
    """prelu_grad gives the slopes with respect to z and to alpha"""
    slopes = ([0.25, 0.25, 0.25, 1.0, 1.0, 1.0], [-3.0, -1.5, -0.5, 0.0, 0.0, 0.0])
    check_values(
        student.prelu_grad,
        {"z": SLOPES_AT, "alpha": 0.25},
        slopes,
        parts=("the slope in z", "the slope in alpha"),
    )


@pytest.mark.item("prelu_grad", points=1)
def test_prelu_grad_forms(student):
    """prelu_grad takes single numbers, matrices and integers"""
    slopes = ([0.2, 0.2, 1.0, 1.0], [-3.0, -1.0, 0.0, 0.0])
    parts = ("the slope in z", "the slope in alpha")
    check_forms(
        student.prelu_grad,
        {"z": WHOLE, "alpha": 0.2},  # not one over how many points there are
        slopes,
        parts=parts,
        far={-1e4: (0.2, -10_000.0), 10_000: (1.0, 0.0)},
    )


### BEGIN HIDDEN TESTS
@pytest.mark.item("prelu_grad", points=3)
def test_prelu_grad_anywhere(student, reference, rng):
    """prelu_grad is right wherever it is evaluated, for any alpha"""
    parts = ("the slope in z", "the slope in alpha")
    alphas = any_alphas(rng)
    check_any_alpha(student.prelu_grad, reference.prelu_grad, rng, alphas, zero=False, parts=parts)


### END HIDDEN TESTS


COLUMNS = ("infimum", "supremum", "saturates", "monotonic")
ROWS = ("step", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "mish")


def table_of(student):
    """Return PROPERTIES; CheckFailure when it is not a complete table."""
    table = student.value("PROPERTIES")
    if isinstance(table, dict) and not table:
        raise CheckFailure("PROPERTIES is not written yet.", "It is still empty.")
    for row in ROWS:
        if not isinstance(table, dict) or not isinstance(table.get(row), dict):
            raise CheckFailure(
                f'PROPERTIES["{row}"] should be a dict: it is missing.',
                "Keep the rows and their names as they stand in the stub.",
            )
        missing = [column for column in COLUMNS if column not in table[row]]
        if missing:
            raise CheckFailure(
                f'PROPERTIES["{row}"] has no "{missing[0]}".',
                "Keep the columns and their names as they stand in the stub.",
            )
    return table


@pytest.mark.item("PROPERTIES", points=1)
def test_properties_complete(student):
    """PROPERTIES has every function and every column"""
    for row, entry in table_of(student).items():
        if row not in ROWS:
            continue
        side = entry["saturates"]
        if not isinstance(side, str) or side not in ("left", "right", "both", "neither"):
            raise CheckFailure(
                f'PROPERTIES["{row}"]["saturates"] should be "left", "right", "both" or "neither": '
                f"got {reprlib.repr(side)}.",
                "One of the four words is wanted.",
            )
        if isinstance(entry["monotonic"], str | None):
            raise CheckFailure(
                f'PROPERTIES["{row}"]["monotonic"] should be True or False: '
                f"got {reprlib.repr(entry['monotonic'])}.",
                "True and False have no quotes.",
            )
        for bound in ("infimum", "supremum"):
            if isinstance(entry[bound], str | None):
                raise CheckFailure(
                    f'PROPERTIES["{row}"]["{bound}"] should be a number '
                    f'(float("inf") is one): got {entry[bound]!r}.',
                    "A number, not a text.",
                )


### BEGIN HIDDEN TESTS
def places_off(table, true, *columns):
    """Return the places of these columns that are off, as (row, column)."""
    places = [(row, column) for row in ROWS for column in columns]
    return [(r, c) for r, c in places if not agrees(table[r][c], true[r][c])]


ASK_YOURSELF = {
    "saturates": "to which sides does the slope tend to 0?",
    "monotonic": "does the curve turn back anywhere?",
}


def check_words(table, true, column):
    """Check a column of which the answers are few.

    Which row is off would tell what belongs there, or nearly: only whether it is one is said.
    """
    off = places_off(table, true, column)
    if off:
        sentence = (
            'One row of "{}" is off: {}' if len(off) == 1 else 'Some rows of "{}" are off: {}'
        )
        raise CheckFailure("PROPERTIES is not right.", say(sentence, column, ASK_YOURSELF[column]))


def is_large(entry):
    """Return whether an entry is a large, finite number."""
    return isinstance(entry, int | float) and 1e3 <= abs(entry) < np.inf


def agrees(got, true):
    """Return whether an entry is right: numbers to 1e-3, True for 1."""
    if isinstance(true, str):
        return isinstance(got, str) and got == true
    try:
        return bool(np.isclose(float(got), float(true), rtol=0, atol=1e-3))
    except (TypeError, ValueError):
        return False


@pytest.mark.item("PROPERTIES", points=2)
def test_properties_bounds(student, reference):
    """PROPERTIES has the right bounds"""
    table = table_of(student)
    off = places_off(table, reference.PROPERTIES, "infimum", "supremum")
    if off:
        # Where a number is off does not tell what it should be: it may be any.
        hint = say("Look again at {}.", [say('{}: "{}"', *place) for place in off])
        if all(is_large(table[row][column]) for row, column in off):
            hint = say('{} However large, a number is not float("inf").', hint)
        raise CheckFailure("PROPERTIES is not right.", hint)


@pytest.mark.item("PROPERTIES", points=1)
def test_properties_saturates(student, reference):
    """PROPERTIES tells on which side each function saturates"""
    check_words(table_of(student), reference.PROPERTIES, "saturates")


@pytest.mark.item("PROPERTIES", points=1)
def test_properties_monotonic(student, reference):
    """PROPERTIES tells which functions are monotonic"""
    check_words(table_of(student), reference.PROPERTIES, "monotonic")


### END HIDDEN TESTS
