"""Checks of derivatives: of elementwise functions, and of the loss of a network."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.checks import hints, sketches, text
from autograder.checks.compare import COARSE, LOSS_SLOPES, SLOPES, Floats, Tolerance, close, worst
from autograder.checks.differences import five_point_slope, loss_slopes
from autograder.checks.failure import CheckFailure
from autograder.checks.ladder import StudentFunction, as_floats, obtain, unchanged
from autograder.checks.values import compare_values


def check_gradient(
    gradient: StudentFunction,
    args: Mapping[str, Any],
    slopes: Any,
    *,
    of: StudentFunction,
    tolerance: Tolerance = SLOPES,
) -> None:
    """Check an elementwise derivative against the true slopes.

    Parameters
    ----------
    gradient, of : the student's derivative, and the student's function it belongs to; the
        latter only explains a failure, so a mistake in it costs nothing here
    args : ``z`` and what follows it (alpha)
    slopes : the true derivative at every z

    Raises
    ------
    CheckFailure
        on the first rung that does not hold.
    """
    __tracebackhide__ = True
    slopes = np.asarray(slopes, dtype=np.float64)
    z = np.asarray(args["z"], dtype=np.float64)
    answer = obtain(gradient, args)
    got = as_floats(gradient.name, answer.value, slopes.shape, f" for {text.arguments(args)}")
    unchanged(gradient.name, args, answer)
    index = worst(got, slopes, tolerance)
    if index is None:
        return
    own = _OwnFunction(of, args)
    rest = {name: value for name, value in args.items() if name != "z"}
    at = f"{text.element('z', index)} = {text.number(z[index])}"
    at += f" with {text.arguments(rest)}" if rest else ""
    raise CheckFailure(
        f"{gradient.name} is wrong at {at}: got {text.number(got[index])}, "
        f"but the slope of {own.whose(z[index], slopes[index])} there is "
        f"{text.number(slopes[index])}.",
        _hint(gradient, args, got, slopes, own),
        sketches.of_gradient(gradient, args, got, slopes, tolerance, own),
    )


def check_subgradient(
    gradient: StudentFunction, args: Mapping[str, Any], left: float, right: float
) -> None:
    """Check the derivative at a kink: anything from the left to the right slope is right."""
    __tracebackhide__ = True
    answer = obtain(gradient, args)
    z = np.asarray(args["z"], dtype=np.float64)
    got = as_floats(gradient.name, answer.value, z.shape, f" for {text.arguments(args)}")
    unchanged(gradient.name, args, answer)
    low, high = sorted((left, right))
    outside = (got < low - SLOPES.atol) | (got > high + SLOPES.atol) | np.isnan(got)
    if outside.any():
        index = tuple(int(i) for i in np.argwhere(outside)[0])
        raise CheckFailure(
            f"{gradient.name} is wrong at {text.element('z', index)} = {text.number(z[index])}: "
            f"got {text.number(got[index])}, but the slope is {text.number(left)} on the left and "
            f"{text.number(right)} on the right: any value between them is right."
        )


class _OwnFunction:
    """The student's own function, to explain a wrong gradient by."""

    def __init__(self, function: StudentFunction, args: Mapping[str, Any]) -> None:
        self.name = function.name
        self._function = function
        self._rest = [value for name, value in args.items() if name != "z"]

    def values(self, z: Floats) -> Floats | None:
        """Return f(z); None when it fails."""
        answer = self._function.answer(z, *self._rest)
        if answer.kind != "value":
            return None
        try:
            return as_floats(self.name, answer.value, z.shape, "")
        except CheckFailure:
            return None

    def slopes(self, z: Floats) -> Floats | None:
        """Return f'(z) by finite differences, of z's shape; None when f fails."""
        try:
            slopes = five_point_slope(self._values_or_raise, z.ravel())
        except CheckFailure:
            return None
        return slopes.reshape(z.shape)

    def whose(self, z: Any, slope: Any) -> str:
        """Return how to call the function: the student's own when its slope is the true one."""
        own = self.slopes(np.atleast_1d(z))
        if own is not None and close(own, np.atleast_1d(slope), COARSE):
            return f"your own {self.name}"
        return self.name

    def _values_or_raise(self, z: Floats) -> Floats:
        values = self.values(z)
        if values is None:
            raise CheckFailure(f"{self.name} fails.")
        return values


def _hint(
    gradient: StudentFunction,
    args: Mapping[str, Any],
    got: Floats,
    slopes: Floats,
    own: _OwnFunction,
) -> str:
    z = np.asarray(args["z"], dtype=np.float64)
    if "alpha" in args and _no_effect(gradient, args, got, "alpha"):
        return "alpha has no effect."
    values = own.values(z)
    suspects: list[hints.Suspect] = []
    if values is not None:
        suspects.append((values, f"These are the values of {own.name} itself, not of its slope."))
        twice = own.slopes(values)
        if twice is not None:
            suspects.append((twice, f"This is the slope at {own.name}(z), not at z."))
        answer = gradient.answer(values, *list(args.values())[1:])
        if answer.kind == "value" and close(_floats(answer.value), slopes, COARSE):
            return f"It would be right if z were already the output, {own.name}(z)."
    hint = hints.diagnose(got, slopes, suspects)
    return hint or hints.one_sided(got, slopes, z)


def _no_effect(
    function: StudentFunction, args: Mapping[str, Any], got: Floats, parameter: str
) -> bool:
    other = {**args, parameter: args[parameter] + 0.375}
    answer = function.answer(*other.values())
    return answer.kind == "value" and close(_floats(answer.value), got)


def _floats(value: Any) -> Floats:
    try:
        return np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError):
        return np.full((), np.nan)


def check_loss_gradient(
    backward: StudentFunction,
    args: Mapping[str, Any],
    slopes: Mapping[str, Any],
    *,
    forward: StudentFunction,
    known: str = "",
) -> None:
    """Check the gradient of the loss, parameter by parameter.

    Parameters
    ----------
    args : params, X, y, activation, activation_grad
    slopes : the true derivative of the mean binary cross-entropy for each parameter
    forward : the student's own forward pass; only explains a failure

    Raises
    ------
    CheckFailure
        on the first rung that does not hold; a parameter is right when its largest error is at
        most 1e-6 of its largest derivative.
    """
    __tracebackhide__ = True
    answer = obtain(backward, args)
    try:
        compare_values(
            backward.name,
            answer.value,
            dict(slopes),
            args,
            answer=answer,
            known=known,
            tolerance=LOSS_SLOPES,
        )
    except CheckFailure as failure:
        hint = _loss_hint(answer.value, args, slopes, forward) or failure.hint
        raise CheckFailure(failure.message, hint) from None


def _loss_hint(
    grads: Any, args: Mapping[str, Any], slopes: Mapping[str, Any], forward: StudentFunction
) -> str:
    if not isinstance(grads, dict) or not slopes.keys() <= grads.keys():
        return ""
    right = [name for name in slopes if close(_floats(grads[name]), slopes[name], COARSE)]
    squared = _squared_error_slopes(forward, args)
    if squared and all(close(_floats(grads[name]), squared[name], COARSE) for name in slopes):
        return (
            "This is the gradient of half the mean squared error: "
            "the loss here is the binary cross-entropy."
        )
    if set(right) == {"W2", "b2"}:
        return "The output layer is right: look at how the error is carried to the hidden layer."
    if right and set(right) == {"W1", "W2"}:
        return "The weights are right, the biases are not: each row of the data adds to a bias."
    return _common_factor(grads, slopes)


def _common_factor(grads: Mapping[str, Any], slopes: Mapping[str, Any]) -> str:
    pairs = [(_floats(grads[name]), np.asarray(slopes[name])) for name in slopes]
    if any(got.shape != true.shape for got, true in pairs):
        return ""
    got, true = (
        np.concatenate([part.ravel() for part in side]) for side in zip(*pairs, strict=True)
    )
    return hints.diagnose(got, true)


def _squared_error_slopes(
    forward: StudentFunction, args: Mapping[str, Any]
) -> dict[str, Floats] | None:
    def loss(params: Mapping[str, Floats]) -> float:
        answer = forward.answer(params, args["X"], args["activation"])
        layers = answer.value
        whole = isinstance(layers, tuple | list) and len(layers) == 4
        output = _floats(layers[3]) if whole else np.full((), np.nan)  # type: ignore[index]
        if output.shape != np.shape(args["y"]):
            return np.nan
        return float(np.mean((output - args["y"]) ** 2) / 2)

    slopes = loss_slopes(loss, args["params"])
    return slopes if all(np.isfinite(slope).all() for slope in slopes.values()) else None
