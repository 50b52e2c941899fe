"""Tests for the xor assignment.

Each test belongs to an item and is worth its points. The activations passed to your functions
here are not those of the course, and the data is not XOR: what you write should work for any.
"""

import numpy as np
import pytest

from autograder.checks import (
    CheckFailure,
    Tolerance,
    check_loss_drop,
    check_loss_gradient,
    check_number,
    check_training,
    check_values,
)
from autograder.sandbox import probes

### BEGIN HIDDEN TESTS
from autograder.checks import loss_slopes

### END HIDDEN TESTS

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

### BEGIN HIDDEN TESTS
PAIRS = (
    (probes.arctan, probes.arctan_grad),
    (probes.sin, probes.cos),
    (probes.softsign, probes.softsign_grad),
    (probes.arctan, probes.arctan_grad),
)
XOR_X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
XOR_Y = np.array([[0.0], [1.0], [1.0], [0.0]])
OPPOSITE = np.array([[1.0, 2.0], [-1.0, -2.0]])


def random_params(rng, hidden, scale=0.8):
    """Return parameters of a network with 2 inputs, all non-zero."""
    shapes = {"W1": (2, hidden), "b1": (1, hidden), "W2": (hidden, 1), "b2": (1, 1)}
    return {name: scale * rng.normal(size=shape) for name, shape in shapes.items()}


def random_tasks(rng):
    """Return tasks with other widths, rows, activations and labels."""
    for (activation, slope), (n, hidden) in zip(
        PAIRS, ((7, 3), (4, 4), (1, 2), (12, 1)), strict=True
    ):
        yield {
            "params": random_params(rng, hidden),
            "X": rng.normal(size=(n, 2)),
            "y": rng.integers(0, 2, (n, 1)).astype(float),
            "activation": activation,
            "activation_grad": slope,
        }


def loss_of(reference, task):
    """Return the loss as a function of the parameters."""

    def loss(params):
        output = reference.forward(params, task["X"], task["activation"])[3]
        return reference.binary_cross_entropy(task["y"], output)

    return loss


def train_like(train, reference, task, epochs, lr, tolerance=None):
    """Check a training run against the reference's, and return its parameters and losses."""
    args = {**task, "epochs": epochs, "lr": lr}
    params, losses = reference.train(*args.values())
    options = {"tolerance": tolerance} if tolerance else {}
    return check_training(train, args, params, losses, **options)


def rate_too_large(reference, task):
    """Return a learning rate at which the loss rises on the way."""
    for lr in (3.0, 6.0, 12.0, 25.0, 50.0):
        _, losses = reference.train(*task.values(), 12, lr)
        if np.any(np.diff(losses) > 0):
            return lr
    raise RuntimeError("No learning rate makes the loss rise.")


### END HIDDEN TESTS


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


### BEGIN HIDDEN TESTS


@pytest.mark.item("forward", points=6)
def test_forward_any_network(student, reference, rng):
    """forward works for any width, number of rows and activation"""
    for task in random_tasks(rng):
        args = {name: task[name] for name in ("params", "X", "activation")}
        check_values(student.forward, args, reference.forward(*args.values()), parts=LAYERS)


@pytest.mark.item("forward", points=2)
def test_forward_large(student, reference, rng):
    """forward stays finite for large weights"""
    args = {"params": random_params(rng, 3, 200.0), "X": X, "activation": probes.arctan}
    check_values(student.forward, args, reference.forward(*args.values()), parts=LAYERS)


### END HIDDEN TESTS


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


### BEGIN HIDDEN TESTS


@pytest.mark.item("binary_cross_entropy", points=4)
def test_binary_cross_entropy_anywhere(student, reference, rng):
    """binary_cross_entropy is right for any labels and predictions"""
    for n in (1, 4, 9):
        for labels in (np.zeros((n, 1)), np.ones((n, 1)), rng.integers(0, 2, (n, 1)) * 1.0):
            p = rng.uniform(0.02, 0.98, (n, 1))
            expected = reference.binary_cross_entropy(labels, p)
            wrong = {
                "This is the sum over the rows, not the mean.": n * expected,
                "A loss is positive: where does the minus belong?": -expected,
            }
            args = {"y": labels, "p": p}
            check_values(student.binary_cross_entropy, args, expected, wrong=wrong)


@pytest.mark.item("binary_cross_entropy", points=2)
def test_binary_cross_entropy_confident(student, reference):
    """binary_cross_entropy is right for confident predictions"""
    p = np.array([[0.999], [0.001], [0.0005], [0.9999]])
    for y in (XOR_Y, 1 - XOR_Y):
        expected = reference.binary_cross_entropy(y, p)
        # A clipping constant of up to 1e-7 moves these by far less than this tolerance.
        near = Tolerance(rtol=1e-6, atol=1e-9)
        check_values(student.binary_cross_entropy, {"y": y, "p": p}, expected, tolerance=near)
    # Clipped at 1e-6, these cost 5 % less; with 1e-7 added to them, 1.3 %.
    p, rough = np.array([[5e-7], [1 - 5e-7]]), Tolerance(rtol=0.02)
    for y in (np.ones((2, 1)), np.zeros((2, 1))):
        expected = reference.binary_cross_entropy(y, p)
        check_values(student.binary_cross_entropy, {"y": y, "p": p}, expected, tolerance=rough)


### END HIDDEN TESTS


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


### BEGIN HIDDEN TESTS


@pytest.mark.item("backward", points=10)
def test_backward_any_network(student, reference, rng):
    """backward is the slope of the loss for any network and data"""
    sure = {**PARAMS, "W2": 6 * PARAMS["W2"], "b2": 6 * PARAMS["b2"]}  # outputs of 0.07 to 0.99998
    for task in (
        *random_tasks(rng),
        {**TASK, "params": sure},
        {**TASK, "params": sure, "y": 1 - Y},
    ):
        slopes = loss_slopes(loss_of(reference, task), task["params"])
        check_loss_gradient(student.backward, task, slopes, forward=student.forward)


@pytest.mark.item("backward", points=6)
def test_backward_on_xor(student, reference, rng):
    """backward is the slope of the loss on XOR"""
    task = {"params": random_params(rng, 4), "X": XOR_X, "y": XOR_Y}
    for activation, slope in PAIRS[:3]:
        given = {**task, "activation": activation, "activation_grad": slope}
        slopes = loss_slopes(loss_of(reference, given), given["params"])
        check_loss_gradient(student.backward, given, slopes, forward=student.forward)


### END HIDDEN TESTS


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


### BEGIN HIDDEN TESTS


@pytest.mark.item("gradient_step", points=4)
def test_gradient_step_any(student, rng):
    """gradient_step is right for any gradients and learning rate"""
    for hidden, lr in ((1, 0.1), (4, 1.5), (6, 0.003)):
        params, grads = random_params(rng, hidden), random_params(rng, hidden)
        expected = {name: params[name] - lr * grads[name] for name in params}
        args = {"params": params, "grads": grads, "lr": lr}
        check_values(student.gradient_step, args, expected)


### END HIDDEN TESTS


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
    check_training(student.train, {**TASK, "epochs": 4, "lr": 0.5}, params, losses)


### BEGIN HIDDEN TESTS


@pytest.mark.item("train", points=6)
def test_train_few_epochs(student, reference, rng):
    """train ends at the right parameters after a few epochs, on other data"""
    for task, epochs in zip(random_tasks(rng), (1, 2, 10, 50), strict=True):
        train_like(student.train, reference, task, epochs, 0.2)
    *_, task = random_tasks(rng)
    train_like(student.train, reference, task, 12, rate_too_large(reference, task))


@pytest.mark.item("train", points=5)
def test_train_xor(student, reference, rng):
    """train really reduces the loss on XOR"""
    task = {"params": random_params(rng, 4, 1.0), "X": XOR_X, "y": XOR_Y}
    task |= {"activation": probes.arctan, "activation_grad": probes.arctan_grad}
    start = loss_of(reference, task)(task["params"])
    params, _ = train_like(student.train, reference, task, 1200, 0.5, Tolerance(1e-5, 1e-8))
    check_loss_drop("train", [start], loss_of(reference, task)(params), at_most=0.2)


@pytest.mark.item("train", points=4)
def test_train_defaults(student, reference, rng):
    """train keeps its default number of epochs and learning rate"""
    task = {"params": random_params(rng, 2), "X": X, "y": Y}
    task |= {"activation": probes.softsign, "activation_grad": probes.softsign_grad}
    params, losses = reference.train(*task.values())
    check_training(student.train, task, params, losses, tolerance=Tolerance(1e-4, 1e-6))


### END HIDDEN TESTS


@pytest.mark.item("predict", points=3)
def test_predict_values(student):
    """predict gives 1 where the probability is at least one half"""
    check_values(student.predict, NETWORK, [[1], [1], [1], [1], [0]])


### BEGIN HIDDEN TESTS


@pytest.mark.item("predict", points=3)
def test_predict_any_network(student, reference, rng):
    """predict works for any network, and gives 1 at exactly one half"""
    flat = {name: np.zeros(value.shape) for name, value in PARAMS.items()}
    undecided = {"params": flat, "X": X, "activation": probes.arctan}
    check_values(student.predict, undecided, np.ones((5, 1)))
    leaning = {**undecided, "params": {**flat, "b2": np.array([[-1e-6]])}}
    check_values(student.predict, leaning, np.zeros((5, 1)))
    for task in random_tasks(rng):
        args = {name: task[name] for name in ("params", "X", "activation")}
        check_values(student.predict, args, reference.predict(*args.values()))


### END HIDDEN TESTS


@pytest.mark.item("dead_units", points=3)
def test_dead_units_values(student):
    """dead_units finds the hidden units whose derivative is 0 on every row"""
    params = {**PARAMS, "b1": np.array([[0.1, -0.2, -3.0]])}
    args = {"params": params, "X": X, "activation_grad": probes.hinge_grad}
    check_values(student.dead_units, args, [False, False, True])


### BEGIN HIDDEN TESTS


@pytest.mark.item("dead_units", points=5)
def test_dead_units_any_network(student, reference, rng):
    """dead_units is right for any network and data, and small or opposite slopes are not 0"""
    for hidden, slope in ((1, probes.hinge_grad), (5, probes.clip_grad), (8, probes.hinge_grad)):
        params = random_params(rng, hidden)
        for offset in (-6.0, -1.0, 0.0, 6.0):
            shifted = {**params, "b1": params["b1"] + offset}
            args = {"params": shifted, "X": rng.normal(size=(6, 2)), "activation_grad": slope}
            check_values(student.dead_units, args, reference.dead_units(*args.values()))
    for X_, slope in (
        (OPPOSITE, probes.square_grad),
        (OPPOSITE[:1], probes.square_grad),
        (100 * OPPOSITE, probes.arctan_grad),
    ):
        params = {**random_params(rng, 4), "b1": np.zeros((1, 4))}
        args = {"params": params, "X": X_, "activation_grad": slope}
        check_values(student.dead_units, args, np.zeros(4))


### END HIDDEN TESTS


@pytest.mark.item("chain_gradient", points=4)
def test_chain_gradient_values(student):
    """chain_gradient multiplies the derivatives of all layers"""
    zs = np.array([[1.0, 0.5], [2.0, -1.0], [-1.0, 3.0]])
    args = {"activation_grad": probes.square_grad, "zs": zs}
    check_values(student.chain_gradient, args, [-16.0, -12.0])


### BEGIN HIDDEN TESTS


@pytest.mark.item("chain_gradient", points=6)
def test_chain_gradient_any(student, rng):
    """chain_gradient works for any number of layers and shape"""
    for shape in ((1, 3), (10, 4), (25,), (5, 2, 3)):
        zs = rng.normal(size=shape)
        for slope in (probes.cos, probes.arctan_grad):
            args = {"activation_grad": slope, "zs": zs}
            check_values(student.chain_gradient, args, np.prod(slope(zs), axis=0))
    zs = np.linspace(3.0, 6.0, 12).reshape(6, 2)  # a product of 1e-8
    args = {"activation_grad": probes.arctan_grad, "zs": zs}
    check_values(student.chain_gradient, args, np.prod(probes.arctan_grad(zs), axis=0))


### END HIDDEN TESTS
