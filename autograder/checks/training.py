"""Checks of a training run: against known parameters and losses, never by the loss alone.

A falling loss proves little: most wrong gradients lower it, and a list made up always falls.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.checks import text
from autograder.checks.compare import Floats, Tolerance
from autograder.checks.failure import CheckFailure, safely, sketched
from autograder.checks.ladder import StudentFunction, as_floats, obtain, unchanged
from autograder.checks.runs import Run, diagnose, number_of_losses
from autograder.checks.training_sketch import OwnLoss, of_training
from autograder.checks.values import compare_values

TRAINED = Tolerance(rtol=1e-6, atol=1e-9)


def check_training(
    train: StudentFunction,
    args: Mapping[str, Any],
    params: Mapping[str, Any],
    losses: Any,
    *,
    known: str = "",
    tolerance: Tolerance = TRAINED,
    own: OwnLoss | None = None,
) -> tuple[dict[str, Floats], Floats]:
    """Check what a training run returns and recorded, and return both.

    Parameters
    ----------
    args : params, X, y, activation, activation_grad, and epochs and lr unless the defaults
    params : what the parameters are after that many epochs
    losses : what the loss is before each update, one for each epoch
    own : the student's own forward pass and loss; they only explain and draw a failure

    Raises
    ------
    CheckFailure
        on the first rung that does not hold, the losses before the parameters.
    """
    __tracebackhide__ = True
    losses = np.asarray(losses, dtype=np.float64)
    answer = obtain(train, args, training=True)
    value: Any = answer.value
    if not isinstance(value, tuple | list) or len(value) != 2:
        raise CheckFailure(
            f"{train.name} should return (params, losses): got {text.kind_of(value)}.",
            "Is a `return` missing?" if value is None else "Two things are to be returned.",
        )
    trained, recorded = value
    if isinstance(recorded, dict) and not isinstance(trained, dict):
        raise CheckFailure(
            f"{train.name} should return (params, losses): got (losses, params).",
            "The order of the two matters.",
        )
    recorded = _recorded(train, args, recorded, losses)
    unchanged(train.name, args, answer)
    given = {name: args[name] for name in ("epochs", "lr") if name in args}
    with sketched(of_training(train, args, recorded, losses, tolerance, own)):
        try:
            for part, got, due in (("losses", recorded, losses), ("params", trained, dict(params))):
                name = f"{part} of {train.name}"
                compare_values(name, got, due, given, known=known, tolerance=tolerance)
        except CheckFailure as failure:
            if not failure.of_values or own is None:
                raise
            run = Run(train, own.forward, args, dict(params), losses)
            raise failure.with_hint(safely(diagnose, run, trained, recorded)) from None
    return {name: np.asarray(trained[name]) for name in params}, recorded


def check_loss_drop(name: str, losses: Any, final: float, *, at_most: float) -> None:
    """Check that a run reduced the loss: `final`, recomputed, is at most `at_most` of the first."""
    __tracebackhide__ = True
    first = float(np.asarray(losses, dtype=np.float64)[0])
    if not final <= at_most * first:
        raise CheckFailure(
            f"{name} hardly reduced the loss: {text.number(first)} before, "
            f"{text.number(final)} after, recomputed from the parameters returned; "
            f"expected at most {at_most:g} times the first."
        )


def _recorded(
    train: StudentFunction, args: Mapping[str, Any], recorded: Any, losses: Floats
) -> Floats:
    __tracebackhide__ = True
    if not isinstance(recorded, list | tuple) and not np.ndim(recorded):
        raise CheckFailure(
            f"losses of {train.name} should be a list: got {text.kind_of(recorded)}.",
            "There is one loss for each epoch: they are to be gathered.",
        )
    if len(recorded) != losses.size:
        raise CheckFailure(
            f"{train.name} recorded {len(recorded)} losses in {losses.size} epochs: "
            "expected one for each epoch, taken before its update.",
            safely(number_of_losses, train, args, len(recorded), losses.size),
        )
    single = [_single(loss) for loss in recorded]
    return as_floats(f"losses of {train.name}", single, losses.shape, "")


def _single(loss: Any) -> Any:
    """Return a loss of shape (1,) or (1, 1) as the number it holds."""
    return loss.item() if isinstance(loss, np.ndarray) and loss.size == 1 else loss
