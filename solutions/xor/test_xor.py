"""Tests for the xor assignment.

Each test belongs to an item and is worth its points. The activations passed to your functions
here are not those of the course, and the data is not XOR: what you write should work for any.
"""

import numpy as np
import pytest

from autograder.checks import (
    LOSS_SLOPES,
    CheckFailure,
    Tolerance,
    check_number,
    check_training,
    check_values,
)
from autograder.sandbox import probes

### BEGIN HIDDEN TESTS
from autograder.checks import check_loss_drop, loss_slopes

### END HIDDEN TESTS

X = np.array([[0.5, -1.0], [1.5, 2.0], [-0.3, 0.7], [2.0, 0.4], [-1.2, -0.8], [0.9, -0.2]])
Y = np.array([[1.0], [0.0], [1.0], [0.0], [1.0], [0.0]])
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


CONSTANT = 1.01e-7
"""What may keep the loss's logarithms finite, whether p is clipped by it or it is added."""


def loss_tolerance(y, p):
    """Tolerate what the constant changes in the loss of these predictions."""
    likelihood = np.where(y == 1, p, 1 - p)
    return Tolerance(atol=float(np.mean(np.log1p(CONSTANT / likelihood))))


def losses_tolerance(losses, rows):
    """Tolerate what the constant may change in means over so many rows."""
    in_one_row = np.log1p(CONSTANT * np.exp(rows * np.asarray(losses)))
    return Tolerance(rtol=1e-6, atol=in_one_row / rows + CONSTANT)


ERRORS = Tolerance(rtol=1e-5, atol=3e-6)
"""Values below 1e-6 count as equal, and the loss's constant may change the slopes by as much."""


def own_loss(student, task):
    """Return the loss of parameters as the student's own functions have it, for pictures."""

    def loss(params):
        *_, output = student.forward(params, task["X"], task["activation"])
        return student.binary_cross_entropy(task["y"], output)

    return loss


def column(text):
    """Return a text of zeros and ones as a column of numbers."""
    return np.array([[float(bit)] for bit in text])


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


def check_errors(student, reference, args):
    """Check a gradient check against the reference's."""
    names = ("params", "grads", "X", "y", "activation", "h")
    args = {name: args[name] for name in names}
    expected = reference.gradient_errors(*args.values())
    check_values(student.gradient_errors, args, expected, tolerance=ERRORS)


def train_like(student, reference, task, epochs, lr, **options):
    """Check a training run against the reference's, and return its parameters and losses."""
    args = {**task, "epochs": epochs, "lr": lr}
    params, losses = reference.train(*args.values())
    options["loss_tolerance"] = losses_tolerance(losses, len(task["X"]))
    own = own_loss(student, task)
    return check_training(student.train, args, params, losses, own=own, **options)


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
         [-1.14, 0.84, 0.17], [0.39, -1.14, 0.44]],
        [[-0.42285392613, -0.73281510179, 0.67474094222],
         [1.183272521, -0.91510070055, -0.61072596439],
         [0.47161556786, 0.23554498072, -0.43113874072],
         [0.95724018128, -1.130045479, 0.38909723106],
         [-0.85072563302, 0.69865982472, 0.16839015715],
         [0.37185607385, -0.85072563302, 0.41450687458]],
        [[0.98934332887], [0.7725324841], [0.011660290425], [1.8000932727], [-0.43974270014],
         [1.3065470669]],
        [[0.72895819799], [0.68406846612], [0.50291503958], [0.85816028874], [0.39180228037],
         [0.78693478162]],
    )  # fmt: skip
    check_values(student.forward, NETWORK, expected, parts=LAYERS, known=KNOWN)


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
    p = np.array([[0.95], [0.4], [0.1]])
    args, near = {"y": y, "p": p}, loss_tolerance(y, p)
    check_values(student.binary_cross_entropy, args, 0.222493144604, tolerance=near, known=KNOWN)


@pytest.mark.item("binary_cross_entropy", points=3)
def test_binary_cross_entropy_finite(student):
    """binary_cross_entropy is finite when a prediction is exactly 0 or 1"""
    y, opposite = np.array([[1.0], [0.0]]), np.array([[0.0], [1.0]])
    check_number(student.binary_cross_entropy, {"y": y, "p": np.array([[0.5], [0.5]])})
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


### BEGIN HIDDEN TESTS


@pytest.mark.item("binary_cross_entropy", points=4)
def test_binary_cross_entropy_anywhere(student, reference, rng):
    """binary_cross_entropy is right for any labels and predictions"""
    for n in (9, 4, 1):
        for labels in (rng.integers(0, 2, (n, 1)) * 1.0, np.zeros((n, 1)), np.ones((n, 1))):
            p = rng.uniform(0.02, 0.98, (n, 1))
            args, near = {"y": labels, "p": p}, loss_tolerance(labels, p)
            expected = reference.binary_cross_entropy(labels, p)
            check_values(student.binary_cross_entropy, args, expected, tolerance=near)


@pytest.mark.item("binary_cross_entropy", points=2)
def test_binary_cross_entropy_confident(student, reference, rng):
    """binary_cross_entropy is right for confident predictions"""
    off = rng.uniform([8e-4, 8e-4, 4e-4, 1.05e-4], [1.2e-3, 1.2e-3, 6e-4, 1.2e-4])[:, None]
    p = np.where([[True], [False], [False], [True]], 1 - off, off)
    for y in (XOR_Y, 1 - XOR_Y):
        args, near = {"y": y, "p": p}, loss_tolerance(y, p)
        expected = reference.binary_cross_entropy(y, p)
        check_values(student.binary_cross_entropy, args, expected, tolerance=near)
    off = rng.uniform(4.5e-7, 5.5e-7)  # clipped at 1e-6, these cost at least 4 % less
    p = np.array([[off], [1 - off]])
    for y in (np.ones((2, 1)), np.zeros((2, 1))):
        args, near = {"y": y, "p": p}, loss_tolerance(y, p)
        expected = reference.binary_cross_entropy(y, p)
        check_values(student.binary_cross_entropy, args, expected, tolerance=near)


### END HIDDEN TESTS


@pytest.mark.item("backward", points=8, uses="forward")
def test_backward_values(student):
    """backward gives the gradient of the mean binary cross-entropy"""
    slopes = {
        "W1": [
            [0.19288385297, -0.099723229191, 0.64187496138],
            [0.038898403044, -0.040576306237, 0.26238482499],
        ],
        "b1": [[0.02110175977, 0.014910269217, 0.12584174964]],
        "W2": [[0.38685314689], [-0.43476715521], [0.028555728119]],
        "b2": [[0.15880650907]],
    }
    check_values(student.backward, TASK, slopes, tolerance=LOSS_SLOPES, known=DIFFERENCES)


### BEGIN HIDDEN TESTS


@pytest.mark.item("backward", points=9)
def test_backward_any_network(student, reference, rng):
    """backward is the slope of the loss for any network and data"""
    sure = {**PARAMS, "W2": 6 * PARAMS["W2"], "b2": 6 * PARAMS["b2"]}  # outputs of 0.07 to 0.99998
    sure = {name: value * rng.uniform(0.95, 1.05, value.shape) for name, value in sure.items()}
    for task in (
        *random_tasks(rng),
        {**TASK, "params": sure},
        {**TASK, "params": sure, "y": 1 - Y},
    ):
        slopes = loss_slopes(loss_of(reference, task), task["params"])
        check_values(student.backward, task, slopes, tolerance=LOSS_SLOPES)


@pytest.mark.item("backward", points=5)
def test_backward_on_xor(student, reference, rng):
    """backward is the slope of the loss on XOR"""
    task = {"params": random_params(rng, 4), "X": XOR_X, "y": XOR_Y}
    for activation, slope in PAIRS[:3]:
        given = {**task, "activation": activation, "activation_grad": slope}
        slopes = loss_slopes(loss_of(reference, given), given["params"])
        check_values(student.backward, given, slopes, tolerance=LOSS_SLOPES)


### END HIDDEN TESTS


@pytest.mark.item(
    "gradient_errors", points=6, uses="forward binary_cross_entropy", differences=True
)
def test_gradient_errors_values(student):
    """gradient_errors finds by how much each parameter's gradient is off, at its largest"""
    slopes = {
        "W1": [[0.21, -0.11, 0.62], [0.04, -0.04, -0.29]],
        "b1": [[0.02, 0.015, 0.18]],
        "W2": [[0.4], [0.44], [0.03]],
        "b2": [[0.15]],
    }
    grads = {name: np.array(values) for name, values in slopes.items()}
    given = {"params": PARAMS, "grads": grads, "X": X, "y": Y, "activation": probes.arctan}
    errors = {"W1": 0.86058011, "b1": 0.43036791, "W2": 2.0120360, "b2": 0.055454333}
    check_values(student.gradient_errors, given, errors, tolerance=ERRORS, known=KNOWN)
    errors = {"W1": 0.90020207, "b1": 0.43233825, "W2": 2.0137738, "b2": 0.050942119}
    wide = {**given, "h": 0.3}
    check_values(student.gradient_errors, wide, errors, tolerance=ERRORS, known=KNOWN)


### BEGIN HIDDEN TESTS


@pytest.mark.item("gradient_errors", points=5)
def test_gradient_errors_any_network(student, reference, rng):
    """gradient_errors is right for any network, gradient and step"""
    for task, h in zip(random_tasks(rng), (1e-5, 0.2, 1e-4, 0.5), strict=True):
        args = {name: task[name] for name in ("params", "X", "y", "activation")}
        slopes = loss_slopes(loss_of(reference, task), task["params"])
        wrong = random_params(rng, task["params"]["W1"].shape[1], 0.2)
        near = {name: 1.05 * values for name, values in slopes.items()}
        one = {**near, "W1": near["W1"] + 0.1 * np.eye(*near["W1"].shape)}
        for grads in (near, wrong, one):
            check_errors(student, reference, {**args, "grads": grads, "h": h})


@pytest.mark.item("gradient_errors", points=3)
def test_gradient_errors_flat(student, reference, rng):
    """gradient_errors divides by 1 where the loss is flat"""
    params = {**random_params(rng, 3), "W2": np.zeros((3, 1))}  # nothing of W1 and b1 gets by
    grads = random_params(rng, 3, 0.3)
    args = {"params": params, "X": X, "y": Y, "activation": probes.sin}
    check_errors(student, reference, {**args, "grads": grads, "h": 1e-5})


### END HIDDEN TESTS


@pytest.mark.item("gradient_step", points=4)
def test_gradient_step_values(student):
    """gradient_step moves every parameter against its gradient"""
    grads = {
        "W1": np.array([[1.6, -1.2, -0.6], [0.4, 1.2, 2.4]]),
        "b1": np.array([[-0.4, 0.8, -1.2]]),
        "W2": np.array([[-2.0], [0.4], [1.6]]),
        "b2": np.array([[3.0]]),
    }
    moved = {
        "W1": [[0.1, -0.7, 0.45], [0.7, -0.1, -1.2]],
        "b1": [[0.2, -0.4, 0.35]],
        "W2": [[1.2], [-0.5], [0.7]],
        "b2": [[-0.5]],
    }
    args = {"params": PARAMS, "grads": grads, "lr": 0.25}
    check_values(student.gradient_step, args, moved, known=KNOWN)


### BEGIN HIDDEN TESTS


@pytest.mark.item("gradient_step", points=4)
def test_gradient_step_any(student, rng):
    """gradient_step is right for any gradients and learning rate"""
    rates = rng.uniform([1.2, 0.05, 2e-3], [2.0, 0.2, 5e-3])
    for hidden, lr in zip((4, 1, 6), rates.tolist(), strict=True):
        params, grads = random_params(rng, hidden), random_params(rng, hidden)
        expected = {name: params[name] - lr * grads[name] for name in params}
        args = {"params": params, "grads": grads, "lr": lr}
        check_values(student.gradient_step, args, expected)


### END HIDDEN TESTS


@pytest.mark.item("train", points=4, uses="forward binary_cross_entropy backward gradient_step")
def test_train_values(student):
    """train takes gradient steps and records the loss before each"""
    params = {
        "W1": [
            [0.28346649351, -0.93430551392, -0.45312748104],
            [0.75800971758, 0.2262698431, -0.81674880467],
        ],
        "b1": [[0.098614791141, -0.21111157579, -0.021298197709]],
        "W2": [[0.23332369873], [0.1595454321], [1.2915911251]],
        "b2": [[0.14338114506]],
    }
    losses = [1.0986525419, 0.72357983119, 0.5693621282, 0.49356399193]
    check_training(
        student.train,
        {**TASK, "epochs": 4, "lr": 0.5},
        params,
        losses,
        loss_tolerance=losses_tolerance(losses, len(X)),
        own=own_loss(student, TASK),
        known="by gradient descent",
    )


### BEGIN HIDDEN TESTS


@pytest.mark.item("train", points=5)
def test_train_few_epochs(student, reference, rng):
    """train ends at the right parameters after a few epochs, on other data"""
    for task, epochs in zip(random_tasks(rng), (50, 10, 1, 2), strict=True):
        train_like(student, reference, task, epochs, 0.2)
    task = {"params": random_params(rng, 4), "X": XOR_X, "y": XOR_Y}
    task |= {"activation": probes.arctan, "activation_grad": probes.arctan_grad}
    train_like(student, reference, task, 12, rate_too_large(reference, task))


@pytest.mark.item("train", points=3)
def test_train_xor(student, reference, rng):
    """train really reduces the loss on XOR"""
    task = {"params": random_params(rng, 4, 1.0), "X": XOR_X, "y": XOR_Y}
    task |= {"activation": probes.arctan, "activation_grad": probes.arctan_grad}
    start = loss_of(reference, task)(task["params"])
    params, _ = train_like(student, reference, task, 1100, 1.0, tolerance=Tolerance(1e-5, 1e-8))
    check_loss_drop("train", [start], loss_of(reference, task)(params), at_most=0.2)


@pytest.mark.item("train", points=2)
def test_train_defaults(student, reference, rng):
    """train keeps its default number of epochs and learning rate"""
    task = {"params": random_params(rng, 2), "X": X, "y": Y}
    task |= {"activation": probes.softsign, "activation_grad": probes.softsign_grad}
    defaults = {"epochs": 5000, "lr": 0.1}
    if student.train.declares(epochs=5000):
        task["epochs"] = 20  # no need to wait for all 5000: other tests ask for other numbers
        del defaults["epochs"]
    params, losses = reference.train(*task.values())
    check_training(
        student.train,
        task,
        params,
        losses,
        tolerance=Tolerance(1e-4, 1e-6),
        loss_tolerance=losses_tolerance(losses, len(X)),
        defaults=defaults,
    )


### END HIDDEN TESTS


@pytest.mark.item("predict", points=3, uses="forward")
def test_predict_values(student):
    """predict gives 1 where the probability is at least one half"""
    rows = [  # every wrong limit in mistakes.py has other answers here
        [3.9, 0.3], [1.8, -0.6], [0.3, 1.5], [-0.9, -0.9], [-6.9, 1.4], [-0.9, -3.3],
        [3.5, 1.4], [3.9, -1.8], [-0.8, -2.6], [2.6, 3.9], [3.6, -2.4], [2.5, -0.7],
        [-2.3, -1.8], [1.1, 1.5], [1.6, 3.6], [-5.8, 1.3], [0.4, -2.8], [0.3, -2.4],
    ]  # fmt: skip
    args = {**NETWORK, "X": np.array(rows)}
    check_values(student.predict, args, column("111001111111011011"), known=KNOWN)


### BEGIN HIDDEN TESTS


@pytest.mark.item("predict", points=3)
def test_predict_any_network(student, reference, rng):
    """predict works for any network, and gives 1 at exactly one half"""
    for task in random_tasks(rng):
        args = {name: task[name] for name in ("params", "X", "activation")}
        check_values(student.predict, args, reference.predict(*args.values()))
    flat = {name: np.zeros(value.shape) for name, value in PARAMS.items()}
    undecided = {"params": flat, "X": rng.normal(size=(5, 2)), "activation": probes.arctan}
    check_values(student.predict, undecided, np.ones((5, 1)))
    leaning = {**undecided, "params": {**flat, "b2": -rng.uniform(1e-6, 2e-6, (1, 1))}}
    check_values(student.predict, leaning, np.zeros((5, 1)))


### END HIDDEN TESTS


@pytest.mark.item("dead_units", points=3, uses="forward")
def test_dead_units_values(student):
    """dead_units finds the hidden units whose derivative is 0 on every row"""
    params = {**PARAMS, "W1": np.zeros((2, 3)), "b1": np.array([[5.0, 0.2, -3.0]])}
    args = {"params": params, "X": X, "activation_grad": probes.hinge_grad}
    check_values(student.dead_units, args, [0, 1, 1], known=KNOWN)
    columns = [[0, 1, 0, 0, 2, 1, 0, 1], [0, 0, 0, 0, -1, -2, 0, 0]]
    params = {**PARAMS, "W1": np.array(columns, dtype=float), "W2": np.ones((8, 1))}
    params["b1"] = np.array([[0.0, 0.0, -1.0, 0.01, 0.0, 0.0, 1.0, -1.0]])
    rows = np.array([[1, 2], [-1, -2], [2, 4], [-2, -4], [2, 1], [-2, -1]], dtype=float)
    args = {"params": params, "X": rows, "activation_grad": probes.square_grad}
    check_values(student.dead_units, args, [1, 0, 0, 0, 0, 0, 0, 0], known=KNOWN)


### BEGIN HIDDEN TESTS


@pytest.mark.item("dead_units", points=4)
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
    for way in (-1.0, 1.0):  # slopes of 0 on one row, and of one sign on the other
        params = {**random_params(rng, 3), "b1": np.array([[way, 2 * way, 0.0]])}
        params["W1"] = np.array([[1.0, 0.0, 0.5], [0.0, 1.0, 0.25]])
        args = {"params": params, "X": OPPOSITE, "activation_grad": probes.square_grad}
        check_values(student.dead_units, args, np.zeros(3))
    for far in (1e5, 1e7, 1e60):  # slopes of 1e-10, 1e-14 and 1e-120
        params = {**random_params(rng, 4), "b1": np.array([[far, 0.0, -far, far]])}
        args = {"params": params, "X": OPPOSITE, "activation_grad": probes.arctan_grad}
        check_values(student.dead_units, args, np.zeros(4))


### END HIDDEN TESTS


@pytest.mark.item("chain_gradient", points=2)
def test_chain_gradient_values(student):
    """chain_gradient multiplies the derivatives of all layers"""
    zs = np.array([[1.0, 0.5, -0.3], [2.0, -1.0, 0.8], [-1.0, 3.0, 1.2], [0.3, 0.7, -0.4]])
    args = {"activation_grad": probes.square_grad, "zs": zs}
    check_values(student.chain_gradient, args, [-9.6, -16.8, 1.8432], known=KNOWN)


### BEGIN HIDDEN TESTS


@pytest.mark.item("chain_gradient", points=3)
def test_chain_gradient_any(student, rng):
    """chain_gradient works for any number of layers and shape"""
    for shape in ((10, 4), (1, 3), (25,), (5, 2, 3)):
        zs = rng.normal(size=shape)
        for slope in (probes.cos, probes.arctan_grad):
            args = {"activation_grad": slope, "zs": zs}
            check_values(student.chain_gradient, args, np.prod(slope(zs), axis=0))
    zs = rng.permutation(np.linspace(3.0, 6.0, 12)).reshape(6, 2)  # products of about 1e-8
    args = {"activation_grad": probes.arctan_grad, "zs": zs}
    check_values(student.chain_gradient, args, np.prod(probes.arctan_grad(zs), axis=0))


### END HIDDEN TESTS
