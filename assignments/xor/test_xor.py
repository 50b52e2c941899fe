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
KNOWN = "by the formula"
DIFFERENCES = "by finite differences"


def forward_mistakes(params, layers, activation, X):
    """Return what known mistakes in the forward pass give: hint -> layers, None where right."""
    z1, a1, z2, a2 = map(np.asarray, layers)
    b1, b2 = params["b1"], params["b2"]
    reshaped = params["W1"].T.reshape(params["W1"].shape)
    return {
        "z1 comes without b1.": (z1 - b1, None, None, None),
        "b1 is subtracted.": (z1 - 2 * b1, None, None, None),
        "z1 is what should be a1: was it overwritten, or is the order another?": (
            (a1, None, None, None)
        ),
        "The activation is left out.": (None, z1, None, None),
        "z2 comes without b2.": (None, None, z2 - b2, None),
        "b2 is subtracted.": (None, None, z2 - 2 * b2, None),
        "W1 is reshaped or transposed.": (X @ reshaped + b1, None, None, None),
        "z2 has gone through the sigmoid already.": (None, None, a2, None),
        "The second layer is fed z1, not a1.": (None, None, z1 @ params["W2"] + b2, None),
        "The output is not put through the sigmoid.": (None, None, None, z2),
        "The output goes through the hidden activation, not the sigmoid.": (
            (None, None, None, activation(z2))
        ),
        "The output is rounded to 0 and 1.": (None, None, None, (z2 >= 0) * 1.0),
    }


def chain_mistakes(slope, zs):
    """Return what known mistakes in the product of slopes give."""
    slopes = slope(zs)
    return {
        "activation_grad is taken of the product, not of each factor.": slope(zs.prod(axis=0)),
        "activation_grad is applied to its own result.": slope(slopes).prod(axis=0),
        "The slopes are added.": slopes.sum(axis=0),
        "The slopes are averaged.": slopes.mean(axis=0),
        "The inputs are multiplied, not their slopes.": zs.prod(axis=0),
        "The first layer is left out.": slopes[1:].prod(axis=0),
        "The last layer is left out.": slopes[:-1].prod(axis=0),
        "Only the first layer's slope is used.": slopes[0] ** len(zs),
        "The sign is lost: slopes may be negative.": np.abs(slopes).prod(axis=0),
    }


def bits(text):
    """Return a text of zeros and ones as numbers."""
    return np.array([float(bit) for bit in text])


def column(text):
    """Return a text of zeros and ones as a column of numbers."""
    return bits(text)[:, None]


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
    wrong = forward_mistakes(PARAMS, expected, probes.arctan, X)
    check_values(student.forward, NETWORK, expected, parts=LAYERS, wrong=wrong, known=KNOWN)


@pytest.mark.item("binary_cross_entropy", points=3)
def test_binary_cross_entropy_values(student):
    """binary_cross_entropy is the mean over the rows"""
    y = np.array([[1.0], [0.0], [0.0]])
    p = np.array([[0.8], [0.4], [0.1]])
    loss = 0.279776563579
    wrong = {
        "This is the sum over the rows, not the mean.": 3 * loss,
        "A loss is positive: where does the minus belong?": -loss,
        "The minus belongs in front of both halves.": 0.131014196,
        "The half with 1 - y is missing.": 0.0743811838,
        "The half with y is missing.": 0.20539538,
        "The mean is taken twice.": loss / 3,
        "The mean is halved.": loss / 2,
        "It is divided by 4, whatever the number of rows.": 3 * loss / 4,
        "The logarithm is to base 2, not the natural one.": 0.403632262,
        "The logarithm is to base 10, not the natural one.": 0.121505419,
        "Parentheses: it is the logarithm of the difference.": -1.66524419,
        "There is a plus where 1 - p belongs.": -0.0695462884,
        "The same logarithm stands in both halves.": 1.14733979,
        "y and p stand in each other's place.": 6.44723974,
        "p is a probability already: it goes through a sigmoid once more.": 0.676170859,
        "This is a mean squared error.": 0.07,
        "This is the median over the rows, not the mean.": 0.223143551,
        "A (n,) array met an (n, 1) array and broadcast to (n, n).": 0.87702972,
    }
    args = {"y": y, "p": p}
    check_values(student.binary_cross_entropy, args, loss, wrong=wrong, known=KNOWN)


@pytest.mark.item("binary_cross_entropy", points=3)
def test_binary_cross_entropy_finite(student):
    """binary_cross_entropy is finite when a prediction is exactly 0 or 1"""
    y, opposite = np.array([[1.0], [0.0]]), np.array([[0.0], [1.0]])
    for end, other in ((1.0, "log(1 - p)"), (0.0, "log(p)")):
        args = {"y": np.array([[end], [end]]), "p": np.array([[end], [0.5]])}
        hint = f"p = {end:g} is not covered: {other} is infinite there. (1 - 1e-17 is still 1.)"
        check_number(student.binary_cross_entropy, args, otherwise=hint)
    loss = check_number(student.binary_cross_entropy, {"y": y, "p": y})
    if not abs(loss) < 1e-5:
        hint = "Is p kept further away from 0 and 1 than need be?" if 0 < loss < 0.01 else ""
        hint = "A loss below 0: is something added to p?" if -0.01 < loss < 0 else hint
        raise CheckFailure(
            f"binary_cross_entropy of predictions that are all right should be 0: got {loss:.7g}.",
            hint,
        )
    loss = check_number(student.binary_cross_entropy, {"y": y, "p": opposite})
    if not loss > 10:
        raise CheckFailure(
            "binary_cross_entropy of predictions that are all wrong should be large: "
            f"got {loss:.7g}.",
            "A sure and wrong prediction has to cost a lot: is it left out?" if loss == 0 else "",
        )


@pytest.mark.item("backward", points=8, uses="forward")
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
    check_loss_gradient(student.backward, TASK, slopes, forward=student.forward, known=DIFFERENCES)


@pytest.mark.item("gradient_step", points=4)
def test_gradient_step_values(student):
    """gradient_step moves every parameter against its gradient"""
    grads = {name: 2 * value for name, value in PARAMS.items()}

    def times(weights, biases):
        return {name: {"W": weights, "b": biases}[name[0]] * PARAMS[name] for name in PARAMS}

    wrong = {
        "The step goes uphill.": times(1.5, 1.5),
        "The biases have not moved.": times(0.5, 1),
        "The parameters have not moved.": times(1, 1),
        "The biases move by half a step only.": times(0.5, 0.75),
        "lr multiplies the parameters as well.": times(-0.25, -0.25),
        "The step is divided by lr, not multiplied.": times(-7, -7),
        "This is the step alone, not the new parameters.": times(-0.5, -0.5),
        "Gradients beyond 1 are cut to it.": {
            name: PARAMS[name] - 0.25 * np.clip(grads[name], -1, 1) for name in grads
        },
    }
    args = {"params": PARAMS, "grads": grads, "lr": 0.25}
    check_values(student.gradient_step, args, times(0.5, 0.5), wrong=wrong, known=KNOWN)


@pytest.mark.item("train", points=5, uses="forward binary_cross_entropy backward gradient_step")
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
    run = {**TASK, "epochs": 4, "lr": 0.5}
    own = OwnLoss(student.forward, student.binary_cross_entropy)
    check_training(student.train, run, params, losses, own=own, known="by gradient descent")


@pytest.mark.item("predict", points=3, uses="forward")
def test_predict_values(student):
    """predict gives 1 where the probability is at least one half"""
    rows = [
        [-0.7, -0.5], [-0.9, -2.2], [-0.1, 0.3], [1.4, 0.5], [2.5, -0.8], [0.3, -0.7],
        [-1.2, -3.5], [0.9, -1.0], [0.4, 1.0], [3.6, -2.2], [1.1, -0.9], [-0.1, -2.9],
    ]  # fmt: skip
    wrong = {
        "The limit of one half belongs to the probability, not to z2.": column("000111011111"),
        "The two answers are the wrong way round.": column("100000000000"),
        "The output goes through the hidden activation, not the sigmoid.": column("000111010111"),
        "The biases are left out.": column("000111111111"),
        "The limit is one half, not the mean of the rows.": column("000110010110"),
        "It is always 0.": column("000000000000"),
        "It is always 1.": column("111111111111"),
        "These are XOR's answers, whatever the parameters.": column("010111111111"),
        "The answers are 0 and 1, not -1 and 1.": 2 * column("011111111111") - 1,
    }
    args = {**NETWORK, "X": np.array(rows)}
    check_values(
        student.predict,
        args,
        column("011111111111"),
        wrong=wrong,
        known=KNOWN,
    )


@pytest.mark.item("dead_units", points=3, uses="forward")
def test_dead_units_values(student):
    """dead_units finds the hidden units whose derivative is 0 on every row"""
    params = {**PARAMS, "W1": np.zeros((2, 3)), "b1": np.array([[5.0, -0.5, -3.0]])}
    args = {"params": params, "X": X, "activation_grad": probes.clip_grad}
    wrong = {
        "z1 decides here, not activation_grad: the activation may be any.": bits("011"),
        "These are the living ones, or activation_grad is applied twice.": bits("010"),
        "All units are said to live: is b1 left out?": bits("000"),
    }
    check_values(student.dead_units, args, bits("101"), wrong=wrong, known=KNOWN)
    columns = [[0, 1, 0, 0, 2, 1, 0, 1], [0, 0, 0, 0, -1, -2, 0, 0]]
    params = {**PARAMS, "W1": np.array(columns, dtype=float), "W2": np.ones((8, 1))}
    params["b1"] = np.array([[0.0, 0.0, -1.0, 0.01, 0.0, 0.0, 1.0, -1.0]])
    rows = np.array([[1, 2], [-1, -2], [2, 4], [-2, -4], [2, 1], [-2, -1]], dtype=float)
    args = {"params": params, "X": rows, "activation_grad": probes.square_grad}
    wrong = {
        "One row with a slope keeps a unit alive: it is dead when all its slopes are 0.": (
            bits("10001101")
        ),
        "Only the first row is looked at.": bits("10001001"),
        "Only the first four rows are looked at.": bits("10001000"),
        "Only the last row is looked at.": bits("10000100"),
        "Opposite rows or slopes cancel in a sum or a mean: look at every row.": bits("11001100"),
        "Negative is not 0: where the slope is below 0, a unit learns.": bits("10100000"),
        "A small slope is not 0: such a unit learns.": bits("10010000"),
        "b1 is left out.": bits("10110010"),
        "These are the living ones.": bits("01111111"),
    }
    check_values(student.dead_units, args, bits("10000000"), wrong=wrong, known=KNOWN)


@pytest.mark.item("chain_gradient", points=4)
def test_chain_gradient_values(student):
    """chain_gradient multiplies the derivatives of all layers"""
    zs = np.array([[1.0, 0.5, -0.3], [2.0, -1.0, 0.8], [-1.0, 3.0, 1.2], [0.3, 0.7, -0.4]])
    args = {"activation_grad": probes.square_grad, "zs": zs}
    wrong = chain_mistakes(probes.square_grad, zs)
    expected = [-9.6, -16.8, 1.8432]
    check_values(student.chain_gradient, args, expected, wrong=wrong, known=KNOWN)
