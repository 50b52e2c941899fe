"""Checks of a training run: against known parameters and losses, never by the loss alone.

A falling loss proves little: most wrong gradients lower it, and a list made up always falls.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.checks import hints, text
from autograder.checks.arguments import without_effect
from autograder.checks.compare import COARSE, Floats, Tolerance, close
from autograder.checks.failure import CheckFailure, safely, sketched
from autograder.checks.ladder import StudentFunction, as_floats, numeric, obtain, unchanged
from autograder.checks.sentences import say
from autograder.checks.training_sketch import Loss, Run, of_training
from autograder.checks.values import compare_values

TRAINED = Tolerance(rtol=1e-6, atol=1e-9)
FEW = 3


def check_training(
    train: StudentFunction,
    args: Mapping[str, Any],
    params: Mapping[str, Any],
    losses: Any,
    *,
    known: str = "",
    tolerance: Tolerance = TRAINED,
    loss_tolerance: Tolerance | None = None,
    own: Loss | None = None,
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
    run = Run(train, args, dict(params), np.asarray(losses, dtype=np.float64), count, defaults)
    answer = obtain(train, args, training=True)
    trained, recorded = _returned(train.name, answer.value)
    recorded = _recorded(run, recorded)
    unchanged(train.name, args, answer)
    given = {name: value for name, value in args.items() if isinstance(value, int | float)}
    loss_tolerance = loss_tolerance or tolerance
    with sketched(of_training(run, recorded, loss_tolerance, own)):
        try:
            for part, got, due, near in (
                ("losses", recorded, run.losses, loss_tolerance),
                ("params", trained, run.params, tolerance),
            ):
                name = f"{part} of {train.name}"
                compare_values(name, got, due, given, known=known, tolerance=near)
        except CheckFailure as failure:
            if failure.of_values:
                failure.hint = safely(_hint, run, trained, recorded)
            raise
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


def _recorded(run: Run, recorded: Any) -> Floats:
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
            safely(_number_of_losses, run, len(recorded)),
        )
    single = [_single(loss) for loss in recorded]
    return as_floats(f"losses of {name}", single, run.losses.shape, {})


def _single(loss: Any) -> Any:
    """Return a loss of shape (1,) or (1, 1) as the number it holds."""
    return loss.item() if isinstance(loss, np.ndarray) and loss.size == 1 else loss


# --- hints --------------------------------------------------------------------------------


def _number_of_losses(run: Run, count: int) -> str:
    """Return the hint for a list of losses of the wrong length."""
    due = run.losses.size
    if count > due and run.count_of() not in (count, None):
        return "The list keeps losses of earlier calls: is it a default argument, or a global one?"
    if run.defaults:
        if run.count_of(**run.defaults) == due:
            return say("The default number of {} is not that of the stub.", run.count)
    elif count > due and run.count_of(**{run.count: due + 1}) == count:
        return say("{} has no effect.", run.count)
    if count == due + 1:
        return "One loss too many: is the one after the last step kept, or one epoch too many done?"
    if count == due - 1:
        return "One loss too few: is there one epoch too few as well?"
    if count < due:
        return "Some epochs have no loss in the list: does it stop early, or leave some out?"
    return "There are more losses than epochs."


def _hint(run: Run, trained: Any, recorded: Floats) -> str:
    """Return the hint for a run whose parameters or losses are wrong."""
    if _alike(trained, run.params):
        return (
            hints.diagnose(recorded, run.losses)
            or hints.rounded_off(recorded, run.losses)
            or "The parameters are right; the losses are not those of the parameters on the way."
        )
    return _of_defaults(run) or _without_effect(run) or _of_place(recorded, run.losses)


def _of_defaults(run: Run) -> str:
    pair = run.pair(**run.defaults) if run.defaults else None
    if run.defaults and pair and _alike(pair[0], run.params):
        return say(
            "It is right when {} are given: the defaults are not those of the stub.",
            list(run.defaults),
        )
    return ""


def _without_effect(run: Run) -> str:
    args = {**run.args, **(run.defaults or {})}
    if run.count not in args:
        return ""
    return without_effect(run.train, {**args, run.count: min(run.losses.size, FEW)})


def _of_place(recorded: Floats, losses: Floats) -> str:
    """Return a hint for where the losses go wrong; the loss before a step is one step behind."""
    off = COARSE.excess(recorded, losses) > 1
    if not off.any():
        return "The losses are right, the parameters are not: are they those after the last step?"
    first = int(np.argmax(off))
    if first == 0:
        return "The first loss is off already: is it that of the parameters and the data given?"
    if first == 1:
        return "The first loss is right, the second is not: look at what one step does."
    return "The first steps are right, later ones are not: does something change on the way?"


def _alike(trained: Any, params: Mapping[str, Any]) -> bool:
    if not isinstance(trained, dict) or not params.keys() <= trained.keys():
        return False
    arrays = {name: numeric(trained[name]) for name in params}
    return all(a is not None and close(a, params[name], COARSE) for name, a in arrays.items())
