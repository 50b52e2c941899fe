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


AT = np.array([-2.0, -0.5, 0.0, 0.5, 2.0])
WHOLE = np.array([-3.0, -1.0, 1.0, 2.0])
SLOPES_AT = np.array([-3.0, -1.5, -0.5, 0.5, 1.5, 3.0])
KNOWN = "by the formula"
DEFAULT = "It is right when theta is given: is its default that of the stub?"


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


@pytest.mark.item("step", points=1)
def test_step_values(student):
    """step is 0 below the threshold, and 1 from it on"""
    z = np.array([-2.0, -0.25, -0.125, 0.0, 0.25, 0.5, 1.0, 2.0])
    for theta, expected in ((0.25, [0, 0, 0, 0, 1, 1, 1, 1]), (-0.25, [0, 1, 1, 1, 1, 1, 1, 1])):
        check_values(student.step, {"z": z, "theta": theta}, expected, known=KNOWN)
    expected = [0, 0, 0, 1, 1, 1, 1, 1]
    check_values(student.step, {"z": z}, expected, known=KNOWN, otherwise=DEFAULT)


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


@pytest.mark.item("relu", points=1, uses="step")
def test_relu_values(student):
    """relu has the right values"""
    z = np.array([-2.0, -0.5, 0.0, 0.5, 1.5])
    check_values(student.relu, {"z": z}, [0.0, 0.0, 0.0, 0.5, 1.5], known=KNOWN)


@pytest.mark.item("relu", points=1)
def test_relu_forms(student):
    """relu takes single numbers, matrices and integers"""
    check_forms(student.relu, {"z": WHOLE}, [0.0, 0.0, 1.0, 2.0], far={-1e4: 0.0, 10_000: 10_000.0})


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
