"""Tests for the xor assignment.

Each test belongs to an item and is worth its points. The activations passed to your functions
here are not those of the course, and the data is not XOR: what you write should work for any.
"""

import numpy as np
import pytest

from autograder.checks import (
    CheckFailure,
    OwnLoss,
    Tolerance,
    check_loss_drop,
    check_loss_gradient,
    check_number,
    check_training,
    check_values,
)
from autograder.sandbox import probes


X = np.array([[0.5, -1.0], [1.5, 2.0], [-0.3, 0.7], [2.0, 0.4], [-1.2, -0.8]])
Y = np.array([[1.0], [0.0], [1.0], [0.0], [1.0]])
PARAMS = {
    "W1": np.array([[0.5, -1.0, 0.3], [0.8, 0.2, -0.6]]),
    "b1": np.array([[0.1, -0.2, 0.05]]),
    "W2": np.array([[0.7], [-0.4], [1.1]]),
    "b2": np.array([[0.25]]),
}
NETWORK = {"params": PARAMS, "X": X, "activation": probes.arctan}
TASK = {
    "params": PARAMS,
    "X": X,
    "y": Y,
    "activation": probes.arctan,
    "activation_grad": probes.arctan_grad,
}
LAYERS = ("z1", "a1", "z2", "a2")


@pytest.mark.item("forward", points=4)
def test_forward_values(student):
    """forward gives pre-activations and activations of both layers"""
    expected = (
        [[-0.45, -0.9, 0.8], [2.45, -1.3, -0.7], [0.51, 0.24, -0.46], [1.42, -2.12, 0.41],
         [-1.14, 0.84, 0.17]],
        [[-0.42285392613, -0.73281510179, 0.67474094222],
         [1.183272521, -0.91510070055, -0.61072596439],
         [0.47161556786, 0.23554498072, -0.43113874072],
         [0.95724018128, -1.130045479, 0.38909723106],
         [-0.85072563302, 0.69865982472, 0.16839015715]],
        [[0.98934332887], [0.7725324841], [0.011660290425], [1.8000932727], [-0.43974270014]],
        [[0.72895819799], [0.68406846612], [0.50291503958], [0.85816028874], [0.39180228037]],
    )  # fmt: skip
    check_values(student.forward, NETWORK, expected, parts=LAYERS)


@pytest.mark.item("binary_cross_entropy", points=3)
def test_binary_cross_entropy_values(student):
    """binary_cross_entropy is the mean over the rows"""
    y = np.array([[1.0], [0.0], [0.0]])
    p = np.array([[0.8], [0.4], [0.1]])
    check_values(student.binary_cross_entropy, {"y": y, "p": p}, 0.279776563579)


@pytest.mark.item("binary_cross_entropy", points=3)
def test_binary_cross_entropy_finite(student):
    """binary_cross_entropy is finite when a prediction is exactly 0 or 1"""
    y, opposite = np.array([[1.0], [0.0]]), np.array([[0.0], [1.0]])
    loss = check_number(student.binary_cross_entropy, {"y": y, "p": y})
    if not abs(loss) < 1e-5:
        raise CheckFailure(
            f"binary_cross_entropy of predictions that are all right should be 0: got {loss:.7g}."
        )
    loss = check_number(student.binary_cross_entropy, {"y": y, "p": opposite})
    if not loss > 10:
        raise CheckFailure(
            "binary_cross_entropy of predictions that are all wrong should be large: "
            f"got {loss:.7g}."
        )


@pytest.mark.item("backward", points=8)
def test_backward_values(student):
    """backward gives the gradient of the mean binary cross-entropy"""
    slopes = {
        "W1": [
            [0.14539710262, -0.095029109906, 0.63970949893],
            [0.06580331053, -0.054166848622, 0.34387077993],
        ],
        "b1": [[-0.070304022663, 0.045268728752, 0.0059651498711]],
        "W2": [[0.40569848062], [-0.3878274682], [-0.030971101623]],
        "b2": [[0.03318085456]],
    }
    check_loss_gradient(
        student.backward, TASK, slopes, forward=student.forward, known="by finite differences"
    )


@pytest.mark.item("gradient_step", points=4)
def test_gradient_step_values(student):
    """gradient_step moves every parameter against its gradient"""
    grads = {name: np.full(value.shape, 2.0) for name, value in PARAMS.items()}
    expected = {name: value - 0.5 for name, value in PARAMS.items()}
    wrong = {
        "The step goes uphill.": {name: value + 0.5 for name, value in PARAMS.items()},
        "The parameters have not moved.": PARAMS,
    }
    args = {"params": PARAMS, "grads": grads, "lr": 0.25}
    check_values(student.gradient_step, args, expected, wrong=wrong)


@pytest.mark.item("train", points=5)
def test_train_values(student):
    """train takes gradient steps and records the loss before each"""
    params = {
        "W1": [
            [0.34584149046, -0.92863082602, -0.41968154183],
            [0.73198545864, 0.23837876702, -0.88621151595],
        ],
        "b1": [[0.19648636479, -0.23845776699, 0.16038235344]],
        "W2": [[0.21301326085], [0.087446092155], [1.3681441394]],
        "b2": [[0.30130178226]],
    }
    losses = [1.0091516561, 0.64874481162, 0.50257929788, 0.42654102513]
    own = OwnLoss(student.forward, student.binary_cross_entropy)
    check_training(student.train, {**TASK, "epochs": 4, "lr": 0.5}, params, losses, own=own)


@pytest.mark.item("predict", points=3)
def test_predict_values(student):
    """predict gives 1 where the probability is at least one half"""
    check_values(student.predict, NETWORK, [[1], [1], [1], [1], [0]])


@pytest.mark.item("dead_units", points=3)
def test_dead_units_values(student):
    """dead_units finds the hidden units whose derivative is 0 on every row"""
    params = {**PARAMS, "b1": np.array([[0.1, -0.2, -3.0]])}
    args = {"params": params, "X": X, "activation_grad": probes.hinge_grad}
    check_values(student.dead_units, args, [False, False, True])


@pytest.mark.item("chain_gradient", points=4)
def test_chain_gradient_values(student):
    """chain_gradient multiplies the derivatives of all layers"""
    zs = np.array([[1.0, 0.5], [2.0, -1.0], [-1.0, 3.0]])
    args = {"activation_grad": probes.square_grad, "zs": zs}
    check_values(student.chain_gradient, args, [-16.0, -12.0])
