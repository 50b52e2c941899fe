"""Checks of a training run: against known parameters and losses, never by the loss alone.

A falling loss proves little: most wrong gradients lower it, and a list made up always falls.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.checks import text
from autograder.checks.calls import as_floats, obtain, unchanged
from autograder.checks.compare import Floats, Tolerance
from autograder.checks.failure import (
    CheckFailure,
    Comparison,
    StudentFunction,
    TrainingRun,
    about,
)
from autograder.checks.values import compare

TRAINED = Tolerance(rtol=1e-6, atol=1e-9)


def check_training(
    train: StudentFunction,
    args: Mapping[str, Any],
    params: Mapping[str, Any],
    losses: Any,
    *,
    known: str = "",
    tolerance: Tolerance = TRAINED,
    loss_tolerance: Tolerance | None = None,
    own: Callable[[Any], Any] | None = None,
    count: str = "epochs",
    defaults: Mapping[str, Any] | None = None,
) -> tuple[dict[str, Floats], Floats]:
    """Check what a training run returns and recorded, and return both.

    Parameters
    ----------
    args : name -> value; passed by position, in this order
    params : what the parameters are at the end
    losses : what the loss is before each update
    loss_tolerance : for the losses, where they need another one
    own : recomputes the loss of parameters with the student's own functions; only for the picture
    count : the argument that says how many losses there are to be
    defaults : the arguments that `args` leaves out, and their defaults

    Raises
    ------
    CheckFailure
        on the first rung that does not hold, the losses before the parameters.
    """
    __tracebackhide__ = True
    due = np.asarray(losses, dtype=np.float64)
    near = loss_tolerance or tolerance
    run = TrainingRun(train, args, dict(params), due, near, count, defaults or {}, own)
    answer = obtain(train, args, training=True)
    trained, recorded = _returned(train.name, answer.value)
    recorded = _recorded(run, recorded)
    unchanged(train.name, args, answer)
    given = {name: value for name, value in args.items() if isinstance(value, int | float)}
    with about(replace(run, trained=trained, recorded=recorded)):
        of_losses = Comparison(train, given, run.losses, near)
        compare(f"losses of {train.name}", recorded, of_losses, known)
        of_params = Comparison(train, given, run.params, tolerance)
        compare(f"params of {train.name}", trained, of_params, known)
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


def _returned(name: str, value: Any) -> tuple[Any, Any]:
    __tracebackhide__ = True
    if not isinstance(value, tuple | list) or len(value) != 2:
        raise CheckFailure(
            f"{name} should return (params, losses): got {text.kind_of(value)}.",
            "Is a `return` missing?" if value is None else "Two things are to be returned.",
        )
    trained, recorded = value
    if isinstance(recorded, dict) and not isinstance(trained, dict):
        raise CheckFailure(
            f"{name} should return (params, losses): got (losses, params).",
            "The order of the two matters.",
        )
    return trained, recorded


def _recorded(run: TrainingRun, recorded: Any) -> Floats:
    __tracebackhide__ = True
    name = run.train.name
    if not isinstance(recorded, list | tuple) and not np.ndim(recorded):
        raise CheckFailure(
            f"losses of {name} should be a list: got {text.kind_of(recorded)}.",
            "There is one loss for each epoch: they are to be gathered.",
        )
    if len(recorded) != run.losses.size:
        raise CheckFailure(
            f"{name} recorded {len(recorded)} losses in {run.losses.size} epochs: "
            "expected one for each epoch, taken before its update.",
            seen=replace(run, recorded_count=len(recorded)),
        )
    single = [_single(loss) for loss in recorded]
    return as_floats(f"losses of {name}", single, run.losses.shape, {})


def _single(loss: Any) -> Any:
    """Return a loss of shape (1,) or (1, 1) as the number it holds."""
    return loss.item() if isinstance(loss, np.ndarray) and loss.size == 1 else loss
