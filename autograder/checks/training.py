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
from autograder.language import _

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
        compare(_("losses of {}").format(train.name), recorded, of_losses, known)
        of_params = Comparison(train, given, run.params, tolerance)
        compare(_("params of {}").format(train.name), trained, of_params, known)
    return {name: np.asarray(trained[name]) for name in params}, recorded


def check_loss_drop(name: str, losses: Any, final: float, *, at_most: float) -> None:
    """Check that a run reduced the loss: `final`, recomputed, is at most `at_most` of the first."""
    __tracebackhide__ = True
    first = float(np.asarray(losses, dtype=np.float64)[0])
    if not final <= at_most * first:
        raise CheckFailure(
            _(
                "{name} hardly reduced the loss: {before} before, {after} after, recomputed from "
                "the parameters returned; expected at most {share:g} times the first."
            ).format(name=name, before=text.number(first), after=text.number(final), share=at_most)
        )


def _returned(name: str, value: Any) -> tuple[Any, Any]:
    __tracebackhide__ = True
    if not isinstance(value, tuple | list) or len(value) != 2:
        raise CheckFailure(
            _("{} should return (params, losses): got {}.").format(name, text.kind_of(value)),
            "Is a `return` missing?" if value is None else "Two things are to be returned.",
        )
    trained, recorded = value
    if isinstance(recorded, dict) and not isinstance(trained, dict):
        raise CheckFailure(
            _("{} should return (params, losses): got {}.").format(name, "(losses, params)"),
            "The order of the two matters.",
        )
    return trained, recorded


def _recorded(run: TrainingRun, recorded: Any) -> Floats:
    __tracebackhide__ = True
    name = run.train.name
    if not isinstance(recorded, list | tuple) and not np.ndim(recorded):
        raise CheckFailure(
            _("losses of {} should be a list: got {}.").format(name, text.kind_of(recorded)),
            "There is one loss for each epoch: they are to be gathered.",
        )
    if len(recorded) != run.losses.size:
        raise CheckFailure(
            _(
                "{} recorded {} losses in {} epochs: expected one for each epoch, taken before its "
                "update."
            ).format(name, len(recorded), run.losses.size),
            seen=replace(run, recorded_count=len(recorded)),
        )
    single = [_single(loss) for loss in recorded]
    return as_floats(_("losses of {}").format(name), single, run.losses.shape, {})


def _single(loss: Any) -> Any:
    """Return a loss of shape (1,) or (1, 1) as the number it holds."""
    return loss.item() if isinstance(loss, np.ndarray) and loss.size == 1 else loss
