"""What the handout of activations says in numbers, computed from the reference."""

import math

import numpy as np
import pytest

from autograder.reference import load_reference
from tests.samples import COURSE

NET = load_reference(COURSE.solution("xor"))
FUNCTIONS = load_reference(COURSE.solution("activations"))
GRID = np.linspace(-6, 6, 120_001)


def lowest(values: np.ndarray) -> tuple[float, float]:
    """Return where on the grid values are lowest, and how low."""
    at = np.argmin(values)
    return float(GRID[at]), float(values[at])


def test_where_smooth_functions_turn() -> None:
    """Mish turns near -1.19; GELU's lowest value is about -0.17, SiLU's about -0.28."""
    phi = np.array([0.5 * (1 + math.erf(z / math.sqrt(2))) for z in GRID])

    assert lowest(FUNCTIONS.mish(GRID)) == pytest.approx((-1.19, -0.3088), abs=5e-3)
    assert lowest(GRID * phi)[1] == pytest.approx(-0.17, abs=5e-3)
    assert lowest(GRID * FUNCTIONS.sigmoid(GRID))[1] == pytest.approx(-0.28, abs=5e-3)


def test_mean_outputs_for_normal_inputs() -> None:
    """Leaky ReLU's mean hardly differs from ReLU's; ELU's is nearer to zero; Mish's is not zero."""
    weights = np.exp(-(GRID**2) / 2)
    relu, leaky, elu, mish = (
        np.average(getattr(FUNCTIONS, name)(GRID), weights=weights)
        for name in ("relu", "leaky_relu", "elu", "mish")
    )

    assert [relu, leaky, mish] == pytest.approx([0.399, 0.395, 0.240], abs=1e-3)
    assert 0 < elu < relu / 2


def test_ten_sigmoid_layers() -> None:
    """The slope is at most 1/4; ten make 1e-6; a weight of 4 a layer makes the best case 1."""
    most = FUNCTIONS.sigmoid_grad(GRID).max()

    assert most == pytest.approx(1 / 4)
    assert most**10 == pytest.approx(1e-6, rel=0.05)
    assert (4 * most) ** 10 == pytest.approx(1)


def test_tanh_is_a_stretched_sigmoid() -> None:
    """It is 2 sigmoid(2z) - 1, passes gradients on undiminished at 0, and has slope 0.42 at 1."""
    assert np.allclose(FUNCTIONS.tanh(GRID), 2 * FUNCTIONS.sigmoid(2 * GRID) - 1)
    assert FUNCTIONS.tanh_grad([0.0, 1.0]) == pytest.approx([1, 0.42], abs=5e-3)


def test_central_differences_are_best_near_the_default_step() -> None:
    """The error shrinks like the step's square down to 1e-5, where ten digits are right."""
    steps = [1e-1, 1e-2, 1e-3, 1e-5, 1e-8]
    errors = [abs(FUNCTIONS.numerical_gradient(np.sin, 1.0, h) - np.cos(1)) for h in steps]

    assert errors[0] / errors[1] == pytest.approx(100, rel=0.02)
    assert errors[1] / errors[2] == pytest.approx(100, rel=0.02)
    assert errors[3] < 1e-10 < errors[4]
    assert FUNCTIONS.numerical_gradient(FUNCTIONS.relu, 0.0) == pytest.approx(1 / 2)


def test_the_example_done_in_full() -> None:
    """Softsign's slope agrees with the measured one to 1e-8; without the square it is 0.5 at 1."""
    z = np.array([-3.0, -0.5, 0.5, 1.0])
    measured = FUNCTIONS.numerical_gradient(FUNCTIONS.softsign, z)

    assert np.max(np.abs(FUNCTIONS.softsign_grad(z) - measured)) < 1e-8
    assert FUNCTIONS.softsign([0.0, 1.0, -3.0]).tolist() == [0, 1 / 2, -3 / 4]
    assert measured[-1] == pytest.approx(0.25)


def test_a_float_ends_above_e_to_the_709() -> None:
    """exp(709) is a number, exp(710) is not."""
    assert math.isfinite(math.exp(709))
    with pytest.raises(OverflowError):
        math.exp(710)


def test_a_line_is_right_on_three_points_of_xor_at_most() -> None:
    """Of all lines through a grid of weights, the best has three of four points right."""
    w = np.linspace(-2, 2, 21)
    a, b, c = (part.ravel() for part in np.meshgrid(w, w, w))
    answers = np.outer(NET.X[:, 0], a) + np.outer(NET.X[:, 1], b) + c >= 0

    assert (answers == NET.y).sum(axis=0).max() == 3
