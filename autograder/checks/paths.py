"""A wrong gradient of a network's loss is often the right one along another path.

A path says what a change of the parameters does to the loss, to first order. Each parameter is
nudged on its own (forward-mode differentiation); replacing a part of the path gives the gradient
that a known mistake computes.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from autograder.checks.compare import COARSE, Floats, close
from autograder.checks.ladder import StudentFunction, numeric
from autograder.checks.sentences import say

Gradient = dict[str, Floats]
NUDGE = 1e-5


@dataclass(frozen=True)
class Path:
    """What stands between a change of the parameters and the change of the loss.

    Parameters
    ----------
    inputs : X, of shape (n, d)
    slope : the hidden activation's slope, (n, h)
    carried : the weights through which the hidden layer acts on the output, (h, 1)
    hidden : what the output's weights are applied to, (n, h)
    error : the slope of the loss in the output's pre-activation, (n, 1)
    """

    inputs: Floats
    slope: Floats
    carried: Floats
    hidden: Floats
    error: Floats

    def gradient(self) -> Gradient:
        """Return the slope of the loss in every parameter."""
        d, h = self.inputs.shape[1], self.hidden.shape[1]
        shapes = {"W1": (d, h), "b1": (1, h), "W2": (h, 1), "b2": (1, 1)}
        return {name: self._slopes(name, shape) for name, shape in shapes.items()}

    def _slopes(self, name: str, shape: tuple[int, int]) -> Floats:
        slopes = np.zeros(shape)
        for index in np.ndindex(shape):
            nudge = np.zeros(shape)
            nudge[index] = 1.0
            slopes[index] = np.sum(self.error * self._response(name, nudge))
        return slopes

    def _response(self, name: str, nudge: Floats) -> Floats:
        """Return how the output's pre-activation answers to a nudge of one parameter."""
        match name:
            case "W1":
                return np.asarray((self.slope * np.dot(self.inputs, nudge)) @ self.carried)
            case "b1":
                return np.asarray((self.slope * nudge) @ self.carried)
            case "W2":
                return np.asarray(np.dot(self.hidden, nudge))
            case _:
                return np.broadcast_to(nudge, self.error.shape)


@dataclass(frozen=True)
class Network:
    """A network at one point: its task, and its layers there as the student's forward has them."""

    task: Mapping[str, Any]
    z1: Floats
    a1: Floats
    z2: Floats
    a2: Floats

    @classmethod
    def at(
        cls, forward: StudentFunction, task: Mapping[str, Any], params: Mapping[str, Any]
    ) -> "Network | None":
        """Return the network with these parameters; None when forward gives no four layers."""
        answer = forward.answer(params, task["X"], task["activation"])
        layers = answer.value if answer.kind == "value" else None
        if not isinstance(layers, tuple | list) or len(layers) != 4:
            return None
        n, h = len(task["X"]), params["W1"].shape[1]
        arrays = [numeric(layer) for layer in layers]
        shapes = [(n, h), (n, h), (n, 1), (n, 1)]
        if [np.shape(array) for array in arrays] != shapes or any(a is None for a in arrays):
            return None
        return cls({**task, "params": params}, *(np.asarray(a, dtype=np.float64) for a in arrays))

    @property
    def path(self) -> Path:
        """The path along which the loss really changes."""
        return Path(
            inputs=self.task["X"],
            slope=self.task["activation_grad"](self.z1),
            carried=self.task["params"]["W2"],
            hidden=self.a1,
            error=self._error(self.task["y"]),
        )

    def _error(self, y: Floats) -> Floats:
        """Return the slope of the mean binary cross-entropy in each z2, by central differences.

        As a function of z2 the loss of a row is ln(1 + e^z2) - y z2.
        """
        n = len(self.z2)
        up, down = ((np.logaddexp(0.0, z) - y * z) / n for z in (self.z2 + NUDGE, self.z2 - NUDGE))
        return np.asarray((up - down) / (2 * NUDGE))

    def carrying(self, weights: Floats) -> Gradient:
        """Return the gradient when these weights are carried back in W2's place."""
        return replace(self.path, carried=weights).gradient()

    def mistakes(self) -> Iterator[tuple[str, Gradient]]:
        """Yield hints, with ``{names}`` for the parameters concerned, and what they give."""
        path = self.path
        true = path.gradient()
        yield from _scaled(true, len(self.z2), self.task["X"].shape[1])
        for hint, other in (*self._slopes(path), *self._carried(path, true), *self._others(path)):
            yield hint, other.gradient()

    def _slopes(self, path: Path) -> Iterator[tuple[str, Path]]:
        z1, a1 = self.z1, self.a1
        f, slope = self.task["activation"], self.task["activation_grad"]
        b1 = self.task["params"]["b1"]
        for hint, wrong in (
            ("{names}: the slope of the activation is left out.", np.ones(z1.shape)),
            ("{names}: activation_grad is taken at a1, but it is a function of z1.", slope(a1)),
            ("{names}: activation_grad is taken without b1, not at z1.", slope(z1 - b1)),
            ("{names}: the activation stands where activation_grad belongs.", f(z1)),
            (say(_FIXED, "{names}", "a1*(1 - a1), the sigmoid's"), a1 * (1 - a1)),
            (say(_FIXED, "{names}", "1 - a1**2, that of tanh"), 1 - a1**2),
            (say(_FIXED, "{names}", "1 or 0, that of ReLU"), (a1 > 0).astype(float)),
            ("{names}: the slope of the activation comes in twice.", slope(z1) ** 2),
            (
                "{names}: the slope of the activation is averaged over the rows.",
                np.broadcast_to(slope(z1).mean(axis=0), z1.shape),
            ),
        ):
            yield hint, replace(path, slope=wrong)

    def _carried(self, path: Path, true: Gradient) -> Iterator[tuple[str, Path]]:
        weights = path.carried
        yield (
            "{names}: the gradient of W2 stands where W2 belongs.",
            replace(path, carried=true["W2"]),
        )
        yield (
            "{names}: W2 is left out on the way back.",
            replace(path, carried=np.ones(weights.shape)),
        )
        yield (
            "{names}: W2 has lost its signs on the way back.",
            replace(path, carried=np.abs(weights)),
        )

    def _others(self, path: Path) -> Iterator[tuple[str, Path]]:
        n = len(self.z2)
        inputs, hidden = (_reshaped(values) for values in (path.inputs, path.hidden))
        yield _RESHAPED, replace(path, inputs=inputs)
        yield _RESHAPED, replace(path, hidden=hidden)
        yield "{names}: z1 stands where a1 belongs.", replace(path, hidden=self.z1)
        bell = self.a2 * (1 - self.a2)
        yield say(_SQUARED, "half the mean"), replace(path, error=path.error * bell)
        yield say(_SQUARED, "the mean"), replace(path, error=2 * path.error * bell)
        yield say(_SQUARED, "the summed"), replace(path, error=2 * n * path.error * bell)
        yield (
            "{names}: the hidden activation's slope is used at the output, which is a sigmoid.",
            replace(path, error=path.error * self.task["activation_grad"](self.z2)),
        )
        mean = np.full_like(self.z2, np.mean(self.task["y"]))
        yield (
            "{names}: a (n,) array met an (n, 1) array: every row sees all of y.",
            replace(path, error=self._error(mean)),
        )
        for row, name in ((0, "first"), (-1, "last")):
            error = np.zeros_like(path.error)
            error[row] = path.error[row]
            hint = say("{}: only the {} row counts.", "{names}", name)
            yield hint, replace(path, error=error)
            yield hint, replace(path, error=n * error)


_FIXED = "{}: the slope is always {}, whatever the activation; use activation_grad."
_SQUARED = "This is the gradient of {} squared error: the loss here is the binary cross-entropy."
_RESHAPED = (
    "{names}: the shape is right, the order is not: is a transpose left out, or done by reshape?"
)


def _reshaped(values: Floats) -> Floats:
    return values.reshape(values.shape[::-1]).T


def _scaled(true: Gradient, n: int, d: int) -> Iterator[tuple[str, Gradient]]:
    """Yield what a factor at the wrong place gives; n rows, d columns.

    A factor that would have two reasons here is left out.
    """
    factors = {
        "{names}: right with the sign turned.": -1.0,
        "{names}: n times too large, n the number of rows: the loss is a mean.": n,
        "{names}: n times too small, n the number of rows: is it averaged twice?": 1 / n,
        "{names}: twice too large.": 2.0,
        "{names}: half of what it should be.": 0.5,
        "{names}: divided by the number of columns, not of rows.": n / d,
        "{names}: divided by 4, whatever the number of rows.": n / 4,
        "{names}: divided by one row too few.": n / max(n - 1, 1),
        "{names}: 0 everywhere.": 0.0,
    }
    for hint, factor in factors.items():
        if factor != 1 and list(factors.values()).count(factor) == 1:
            yield hint, {name: factor * slopes for name, slopes in true.items()}


def explain(
    got: Mapping[str, Any],
    true: Mapping[str, Floats],
    mistakes: Callable[[], Iterator[tuple[str, Gradient]]],
) -> str:
    """Return the hint of the first mistake that all wrong parts agree with; else empty."""
    arrays = {name: floats(got.get(name)) for name in true}
    wrong = [name for name in true if not close(arrays[name], true[name], COARSE)]
    for hint, gradient in mistakes():
        if wrong and all(close(arrays[name], gradient[name], COARSE) for name in wrong):
            return say(hint, names=wrong)
    return ""


def floats(value: Any) -> Floats:
    """Return a returned value in float64; a single NaN when it is no numbers."""
    array = numeric(value)
    return np.full((), np.nan) if array is None else np.asarray(array, dtype=np.float64)
