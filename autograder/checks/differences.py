"""Derivatives by finite differences.

Formulas: Abramowitz and Stegun, *Handbook of Mathematical Functions*, 25.3.21 and 25.3.23.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from autograder.checks.compare import Floats

STENCIL_STEP = 1e-3
KINK_DISTANCE = 10 * STENCIL_STEP
LOSS_STEP = 1e-5

Params = Mapping[str, Floats]


def five_point_slope(f: Callable[[Floats], Any], z: Any) -> Floats:
    """Return f'(z), elementwise, from four values of f around each z.

    The step is 1e-3 * max(1, |z|), and the error about 2e-12 for the functions of this course.
    `f` is called once, with an array of one axis.
    """
    z = np.asarray(z, dtype=np.float64)
    h = STENCIL_STEP * np.maximum(1.0, np.abs(z))
    h = (z + h) - z  # a step that is exact in floating point
    around = np.stack([z - 2 * h, z - h, z + h, z + 2 * h])
    values = np.asarray(f(around.ravel()), dtype=np.float64).reshape(around.shape)
    with np.errstate(all="ignore"):  # f may be a student's, and its values anything
        return np.asarray((values[0] - 8 * values[1] + 8 * values[2] - values[3]) / (12 * h))


def away_from(z: Any, kinks: tuple[float, ...]) -> Floats:
    """Return those of the points z (one axis) at which a stencil does not straddle a kink."""
    z = np.asarray(z, dtype=np.float64).ravel()
    reach = KINK_DISTANCE * np.maximum(1.0, np.abs(z))
    clear = [all(abs(p - kink) > r for kink in kinks) for p, r in zip(z, reach, strict=True)]
    return np.asarray(z[clear], dtype=np.float64)


def loss_slopes(loss: Callable[[Params], float], params: Params) -> dict[str, Floats]:
    """Return the derivative of a loss with respect to every parameter, each on its own.

    Central differences with step 1e-5; the error is about 1e-9 of the largest derivative.
    """
    return {name: _slopes_of(loss, params, name) for name in params}


def _slopes_of(loss: Callable[[Params], float], params: Params, name: str) -> Floats:
    slopes = np.zeros(params[name].shape)
    for index in np.ndindex(slopes.shape):
        shifted = []
        for h in (LOSS_STEP, -LOSS_STEP):
            moved = params[name].copy()
            moved[index] += h
            shifted.append(float(loss({**params, name: moved})))
        slopes[index] = (shifted[0] - shifted[1]) / (2 * LOSS_STEP)
    return slopes
