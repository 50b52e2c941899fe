"""Functions that checks pass into student code.

None of them is an item of the coursework: a mistake in a student's activation then costs
nothing where activations are used, and no reference code comes near student code. They
cross to the confined process by name. All work elementwise, in float64.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.sandbox.answers import Probe

HINGE_KINK = 0.5
PROBES: dict[str, Probe] = {}


def _probe(name: str, formula: str, function: Callable[[Any], Any]) -> Probe:
    def probe(z: Any) -> Any:
        return function(np.asarray(z, dtype=np.float64))

    probe.__name__ = probe.__qualname__ = name
    probe.__doc__ = f"Return {formula}."
    PROBES[name] = probe
    return probe


sin = _probe("sin", "the sine of z", np.sin)
cos = _probe("cos", "the cosine of z, the derivative of its sine", np.cos)
arctan = _probe("arctan", "the arc tangent of z", np.arctan)
arctan_grad = _probe("arctan_grad", "1 / (1 + z²)", lambda z: 1.0 / (1.0 + np.square(z)))
softsign = _probe("softsign", "z / (1 + |z|)", lambda z: z / (1.0 + np.abs(z)))
softsign_grad = _probe(
    "softsign_grad", "1 / (1 + |z|)²", lambda z: 1.0 / np.square(1.0 + np.abs(z))
)
square = _probe("square", "z²", np.square)
square_grad = _probe("square_grad", "2z", lambda z: 2.0 * z)
cube = _probe("cube", "z³", lambda z: z**3)
cube_grad = _probe("cube_grad", "3z²", lambda z: 3.0 * np.square(z))
exp = _probe("exp", "e^z, its own derivative", np.exp)
hinge = _probe(
    "hinge",
    "max(0, z - 0.5): flat on the left of its kink, slope 1 on the right",
    lambda z: np.maximum(0.0, z - HINGE_KINK),
)
hinge_grad = _probe(
    "hinge_grad", "1 where z > 0.5, else 0", lambda z: (z > HINGE_KINK).astype(np.float64)
)
clip = _probe("clip", "z clipped to [-1, 1]: flat on both sides", lambda z: np.clip(z, -1.0, 1.0))
clip_grad = _probe(
    "clip_grad", "1 where -1 < z < 1, else 0", lambda z: (np.abs(z) < 1.0).astype(np.float64)
)
