"""What the handout of xor says of its experiment, computed from the reference."""

import numpy as np
import pytest

from autograder.reference import load_reference
from tests.samples import COURSE

NET = load_reference(COURSE.solution("xor"))
FUNCTIONS = load_reference(COURSE.solution("activations"))
SOLVED = 0.1


def solved(name: str, epochs: int, seeds: range = range(12), scale: float = 0.1) -> int:
    """Return how many starts an activation has solved after so many epochs."""
    activation, slope = (getattr(FUNCTIONS, f"{name}{end}") for end in ("", "_grad"))
    count = 0
    for seed in seeds:
        start = NET.init_params(seed, n_hidden=4, scale=scale)
        _, losses = NET.train(start, NET.X, NET.y, activation, slope, epochs, 0.1)
        count += losses[-1] < SOLVED
    return int(count)


@pytest.mark.long
@pytest.mark.parametrize(
    ("name", "count"),
    [("sigmoid", 0), ("tanh", 6), ("relu", 7), ("leaky_relu", 9), ("elu", 12), ("mish", 12)],
)
def test_solved_after_5000_epochs(name: str, count: int) -> None:
    """These are the counts that the written question's answer names, of seeds 0 to 11."""
    assert solved(name, 5000) == count


@pytest.mark.long
@pytest.mark.parametrize(("name", "count"), [("relu", 7), ("leaky_relu", 11)])
def test_solved_after_20000_epochs(name: str, count: int) -> None:
    """What was slow is solved with more epochs, what was dead is not."""
    assert solved(name, 20000) == count


@pytest.mark.long
def test_the_sigmoid_needs_a_larger_start() -> None:
    """With weights of spread 1 in place of 0.1, the sigmoid solves 10 of 12 in 5000 epochs."""
    assert solved("sigmoid", 5000, scale=1.0) == 10


def test_seed_42_shows_three_winners() -> None:
    """Tanh, ReLU and Leaky ReLU all solve XOR from the article's one start."""
    counts = [solved(name, 5000, range(42, 43)) for name in ("tanh", "relu", "leaky_relu")]
    assert counts == [1, 1, 1]


def test_dead_units_are_mostly_born() -> None:
    """ReLU's units that are dead at the start are dead from birth on, both weights negative."""
    dead = [
        int(np.sum(NET.dead_units(NET.init_params(seed, 4, 0.1), NET.X, FUNCTIONS.relu_grad)))
        for seed in range(12)
    ]
    assert dead == [0, 0, 1, 2, 2, 1, 0, 0, 3, 0, 1, 1]
