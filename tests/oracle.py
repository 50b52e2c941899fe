"""The functions of the course and the probes, to 40 digits."""

from collections.abc import Callable, Sequence
from typing import Any

import mpmath as mp
import numpy as np

DIGITS = 40

Exact = Callable[[Any], Any]


def _elu(alpha: float) -> Exact:
    return lambda z: z if z >= 0 else alpha * mp.expm1(z)


def _leaky(alpha: float) -> Exact:
    return lambda z: z if z >= 0 else alpha * z


def _mish(z: Any) -> Any:
    return z * mp.tanh(mp.log1p(mp.exp(z)))


def sigmoid(z: Any) -> Any:
    """Return 1 / (1 + e^-z)."""
    return 1 / (1 + mp.exp(-z))


COURSE: dict[str, Callable[..., Exact]] = {
    "sigmoid": lambda: sigmoid,
    "tanh": lambda: mp.tanh,
    "relu": lambda: lambda z: max(z, mp.mpf(0)),
    "leaky_relu": _leaky,
    "elu": _elu,
    "mish": lambda: _mish,
    "prelu": _leaky,
}
"""Item -> what makes the exact function, given alpha where it has one."""

PROBES: dict[str, Exact] = {
    "sin": mp.sin,
    "arctan": mp.atan,
    "softsign": lambda z: z / (1 + abs(z)),
    "square": lambda z: z**2,
    "cube": lambda z: z**3,
    "exp": mp.exp,
    "hinge": lambda z: max(z - mp.mpf("0.5"), mp.mpf(0)),
    "clip": lambda z: min(max(z, mp.mpf(-1)), mp.mpf(1)),
}


def values(f: Exact, z: Sequence[float] | np.ndarray) -> np.ndarray:
    """Return f at every z, rounded to float64 at the end."""
    with mp.workdps(DIGITS):
        return np.array([float(f(mp.mpf(float(point)))) for point in z])


def slopes(f: Exact, z: Sequence[float] | np.ndarray) -> np.ndarray:
    """Return f' at every z, none of them a kink."""
    with mp.workdps(DIGITS):
        return np.array([float(mp.diff(f, mp.mpf(float(point)))) for point in z])


def loss(params: dict[str, Any], X: np.ndarray, y: np.ndarray, activation: Exact) -> Any:
    """Return the mean binary cross-entropy of the network of the course."""
    total = mp.mpf(0)
    for row, label in zip(X, y[:, 0], strict=True):
        z2 = params["b2"][0, 0]
        for unit in range(params["W1"].shape[1]):
            z1 = params["b1"][0, unit]
            z1 += sum(mp.mpf(float(x)) * w for x, w in zip(row, params["W1"][:, unit], strict=True))
            z2 += activation(z1) * params["W2"][unit, 0]
        total -= mp.log(sigmoid(z2 if label else -z2))
    return total / len(X)


def loss_gradient(
    params: dict[str, np.ndarray], X: np.ndarray, y: np.ndarray, activation: Exact
) -> dict[str, np.ndarray]:
    """Return the derivative of the loss with respect to every parameter."""
    with mp.workdps(DIGITS):
        exact = {name: np.vectorize(mp.mpf, otypes=[object])(v) for name, v in params.items()}
        return {name: _partials(exact, name, X, y, activation) for name in params}


def _partials(
    params: dict[str, Any], name: str, X: np.ndarray, y: np.ndarray, activation: Exact
) -> np.ndarray:
    result = np.zeros(params[name].shape)
    for index in np.ndindex(result.shape):

        def along(value: Any, index: tuple[int, ...] = index) -> Any:
            moved = params[name].copy()
            moved[index] = value
            return loss({**params, name: moved}, X, y, activation)

        result[index] = float(mp.diff(along, params[name][index]))
    return result
