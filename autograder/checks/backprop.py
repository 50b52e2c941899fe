"""Check of the gradient of a network's loss."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.checks import hints
from autograder.checks.arguments import without_effect
from autograder.checks.compare import COARSE, LOSS_SLOPES, Floats, close, worst
from autograder.checks.failure import CheckFailure, safely
from autograder.checks.ladder import StudentFunction, numeric, obtain
from autograder.checks.paths import Network, explain, floats
from autograder.checks.sentences import say
from autograder.checks.values import compare_values


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
        look = _hint if failure.of_values else _shape_hint
        hint = safely(look, backward, answer.value, args, slopes, forward)
        raise failure.with_hint(hint or failure.hint) from None


def _hint(
    backward: StudentFunction,
    grads: Any,
    args: Mapping[str, Any],
    slopes: Mapping[str, Any],
    forward: StudentFunction,
) -> str:
    true = {name: np.asarray(slope, dtype=np.float64) for name, slope in slopes.items()}
    network = Network.at(forward, args, args["params"])
    return (
        (explain(grads, true, network.mistakes) if network else "")
        or _changed_weights(grads, true, network)
        or _decay(grads, true, args["params"])
        or _nearly(grads, true)
        or without_effect(backward, args)
        or _wrong_part(grads, true)
    )


def _shape_hint(
    backward: StudentFunction,
    grads: Any,
    args: Mapping[str, Any],
    slopes: Mapping[str, Any],
    forward: StudentFunction,
) -> str:
    """Return the hint for a gradient that has not its parameter's shape."""
    del backward, forward
    shapes = {name: np.shape(numeric(grads[name])) for name in slopes}
    rows = len(args["X"])
    for name, slope in slopes.items():
        got, wanted = shapes[name], np.shape(slope)
        if got == wanted:
            continue
        for other in slopes:
            if got == np.shape(slopes[other]) and shapes[other] == wanted and other != name:
                return say("{} has the shape of {}: are the two exchanged?", name, other)
        if np.prod(got) == rows != np.prod(wanted):
            return say(
                "{} has one number for each row of the data: is the sum over another axis, "
                "or * where @ belongs?",
                name,
            )
        if name == "W1" and got == (wanted[0], rows):
            return "W1: the slope and what comes back belong together element by element, not by @."
    return ""


def _off(grads: Any, true: Mapping[str, Floats]) -> list[str]:
    """Return the names of the parts that are wrong, however little."""
    return [
        name for name in true if worst(floats(grads[name]), true[name], LOSS_SLOPES) is not None
    ]


def _nearly(grads: Any, true: Mapping[str, Floats]) -> str:
    off = _off(grads, true)
    rounded = {hints.rounded_off(floats(grads[name]), true[name]) for name in off}
    if len(rounded) == 1 and rounded != {""}:
        return rounded.pop()
    got, wanted = (
        np.concatenate([floats(part[name]).ravel() for name in off]) for part in (grads, true)
    )
    return hints.clipped(got, wanted) or hints.nearly(got, wanted)


def _changed_weights(grads: Any, true: Mapping[str, Floats], network: Network | None) -> str:
    """Return a hint when layer 1 is off by a multiple of what W2's own gradient carries back."""
    if network is None or not _right(grads, true, ("W2", "b2")):
        return ""
    carried = network.carrying(true["W2"])
    ratios = []
    for name in ("W1", "b1"):
        off, other = floats(grads[name]) - true[name], carried[name]
        if off.shape != other.shape:
            return ""
        ratios.append((off / other).ravel())
    ratio = np.concatenate(ratios)
    if ratio[0] and np.ptp(ratio) <= 1e-3 * abs(ratio[0]):
        return "W1 and b1: W2 was changed before it was used on the way back."
    return ""


def _decay(grads: Any, true: Mapping[str, Floats], params: Mapping[str, Floats]) -> str:
    off = _off(grads, true)
    added = [((floats(grads[name]) - true[name]) / params[name]).ravel() for name in off]
    ratio = np.concatenate(added)
    if ratio[0] and np.ptp(ratio) <= 1e-2 * abs(ratio[0]):
        return "A multiple of the parameters is added: weight decay is not asked for."
    return ""


def _wrong_part(grads: Any, true: Mapping[str, Floats]) -> str:
    for name, slopes in true.items():
        hint = hints.rearranged(floats(grads[name]), slopes)
        if hint:
            return say("{}: {}", name, hint)
    biases = floats(grads["b1"])
    if biases.size > 1 and np.all(biases == biases.flat[0]):
        return "b1: all units have the same number: over which axis is the sum?"
    alone = {"b1": "over which axis is it summed?", "W1": "with what is it multiplied?"}
    for name, question in alone.items():
        if _right(grads, true, tuple(other for other in true if other != name)):
            return say("{} alone is off: {}", name, question)
    if _right(grads, true, ("W2", "b2")):
        return "The output layer is right: look at how the error is carried to the hidden layer."
    if _right(grads, true, ("W1", "W2")):
        return "The weights are right, the biases are not: each row of the data adds to a bias."
    return ""


def _right(grads: Any, true: Mapping[str, Floats], names: tuple[str, ...]) -> bool:
    return all(close(floats(grads[name]), true[name], COARSE) for name in names)
