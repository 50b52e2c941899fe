"""Functions that checks pass into student code.

None of them is an item of the coursework: a mistake in a student's activation then costs
nothing where activations are used, and no reference code comes near student code. They
cross to the confined process by name. All work elementwise, in float64.
"""

from typing import Any

import numpy as np

from autograder.sandbox.answers import Probe

HINGE_KINK = 0.5


def sin(z: Any) -> Any:
    """Return the sine of z."""
    return np.sin(_floats(z))


def cos(z: Any) -> Any:
    """Return the cosine of z, the derivative of its sine."""
    return np.cos(_floats(z))


def arctan(z: Any) -> Any:
    """Return the arc tangent of z."""
    return np.arctan(_floats(z))


def arctan_grad(z: Any) -> Any:
    """Return 1 / (1 + z²), the derivative of the arc tangent."""
    return 1.0 / (1.0 + np.square(_floats(z)))


def softsign(z: Any) -> Any:
    """Return z / (1 + |z|), the softsign."""
    z = _floats(z)
    return z / (1.0 + np.abs(z))


def softsign_grad(z: Any) -> Any:
    """Return 1 / (1 + |z|)², the derivative of the softsign."""
    return 1.0 / np.square(1.0 + np.abs(_floats(z)))


def square(z: Any) -> Any:
    """Return z²."""
    return np.square(_floats(z))


def square_grad(z: Any) -> Any:
    """Return 2z, the derivative of the square."""
    return 2.0 * _floats(z)


def cube(z: Any) -> Any:
    """Return z³."""
    return _floats(z) ** 3


def cube_grad(z: Any) -> Any:
    """Return 3z², the derivative of the cube."""
    return 3.0 * np.square(_floats(z))


def exp(z: Any) -> Any:
    """Return e^z, its own derivative."""
    return np.exp(_floats(z))


def hinge(z: Any) -> Any:
    """Return max(0, z - 0.5): flat on the left of its kink, slope 1 on the right."""
    return np.maximum(0.0, _floats(z) - HINGE_KINK)


def hinge_grad(z: Any) -> Any:
    """Return 1 where z > 0.5, else 0: the derivative of the hinge."""
    return (_floats(z) > HINGE_KINK).astype(np.float64)


def clip(z: Any) -> Any:
    """Return z clipped to [-1, 1]: flat on both sides."""
    return np.clip(_floats(z), -1.0, 1.0)


def clip_grad(z: Any) -> Any:
    """Return 1 where -1 < z < 1, else 0: the derivative of the clip."""
    return (np.abs(_floats(z)) < 1.0).astype(np.float64)


def _floats(z: Any) -> Any:
    return np.asarray(z, dtype=np.float64)


PROBES: dict[str, Probe] = {
    probe.__name__: probe
    for probe in (
        sin,
        cos,
        arctan,
        arctan_grad,
        softsign,
        softsign_grad,
        square,
        square_grad,
        cube,
        cube_grad,
        exp,
        hinge,
        hinge_grad,
        clip,
        clip_grad,
    )
}
