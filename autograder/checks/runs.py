"""What is wrong with a training run: from its losses, and from its first two steps.

A step tells which gradient was followed: (parameters before - after) / lr.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.checks import hints
from autograder.checks.arguments import without_effect
from autograder.checks.compare import COARSE, Floats, close
from autograder.checks.ladder import StudentFunction, numeric
from autograder.checks.paths import Gradient, Network, explain
from autograder.checks.sentences import say

Params = Mapping[str, Floats]
DEFAULT_LR = 0.1
FEW = 3
LOOSE = 1e-4


@dataclass(frozen=True)
class Run:
    """A training run that is wrong.

    Parameters
    ----------
    train, forward : the student's; the latter explains only
    args : params, X, y, activation, activation_grad, and epochs and lr unless the defaults
    params, losses : what the run should have given
    """

    train: StudentFunction
    forward: StudentFunction
    args: Mapping[str, Any]
    params: Params
    losses: Floats

    def after(self, epochs: int) -> Params | None:
        """Return the parameters that the student's training gives after so many epochs."""
        pair = trained_pair(self.train, {**self.args, "epochs": epochs})
        return as_params(pair[0], self.params) if pair else None


def trained_pair(train: StudentFunction, args: Mapping[str, Any]) -> Any:
    """Return what a training run gives, parameters and losses; None when it gives no pair."""
    answer = train.answer(*args.values(), training=True)
    value = answer.value if answer.kind == "value" else None
    return value if isinstance(value, tuple | list) and len(value) == 2 else None


def as_params(value: Any, like: Params) -> Params | None:
    """Return parameters in float64; None when they are not such, of the same shapes."""
    if not isinstance(value, dict) or not like.keys() <= value.keys():
        return None
    arrays = {name: numeric(value[name]) for name in like}
    if any(a is None or np.shape(a) != np.shape(like[name]) for name, a in arrays.items()):
        return None
    return {name: np.asarray(array, dtype=np.float64) for name, array in arrays.items()}


def number_of_losses(
    train: StudentFunction, args: Mapping[str, Any], count: int, epochs: int
) -> str:
    """Return the hint for a list of losses of the wrong length."""
    if count > epochs and _losses_of(train, args) not in (count, None):
        return "The list keeps losses of earlier calls: is it a default argument, or a global one?"
    if "epochs" not in args:
        if _losses_of(train, {**args, "epochs": epochs, "lr": DEFAULT_LR}) == epochs:
            return "The default number of epochs is not that of the stub."
    elif count > epochs and _losses_of(train, {**args, "epochs": epochs + 1}) == count:
        return "epochs has no effect."
    if count == epochs + 1:
        return "One loss too many: is the one after the last step kept, or one epoch too many done?"
    if count == epochs - 1:
        return "One loss too few: is there one epoch too few as well?"
    if count < epochs:
        return "Some epochs have no loss in the list: does it stop early, or leave some out?"
    return "There are more losses than epochs."


def _losses_of(train: StudentFunction, args: Mapping[str, Any]) -> int | None:
    pair = trained_pair(train, args)
    if pair is None:
        return None
    losses = pair[1]
    return len(losses) if isinstance(losses, list | tuple) else np.size(losses)


def diagnose(run: Run, trained: Any, recorded: Floats) -> str:
    """Return the hint for a run whose parameters or losses are wrong."""
    params = as_params(trained, run.params)
    if params is None:
        return ""
    if _alike(params, run.params):
        return _by_losses(run, recorded)
    steps = _Steps.of(run)
    return (
        _by_count(run, params)
        or _without_effect(run, "params", "lr")
        or (steps.explained() if steps else "")
        or _without_effect(run)
        or _by_start(recorded, run.losses)
        or (steps.first_wrong() if steps else "")
    )


def _without_effect(run: Run, *names: str) -> str:
    if "epochs" not in run.args:
        return ""
    few = min(int(run.args["epochs"]), FEW)
    return without_effect(run.train, {**run.args, "epochs": few}, names)


def _alike(params: Params, others: Params) -> bool:
    return all(close(params[name], others[name], COARSE) for name in others)


# --- losses -------------------------------------------------------------------------------


def _by_losses(run: Run, recorded: Floats) -> str:
    """Return a hint for losses that are wrong although the parameters are right."""
    losses = run.losses
    if losses.size > 1:
        if close(recorded[:-1], losses[1:], COARSE):
            return "The loss is recorded after the update; it belongs before."
        if np.ptp(recorded) == 0:
            return "Every epoch has the same loss in the list: is it worked out anew?"
    ratios = recorded / losses
    if losses.size > 1 and close(ratios, np.full(ratios.shape, ratios[0]), COARSE):
        if close(ratios[0], 1 / len(run.args["X"]), COARSE):
            return "The losses are n times too small, n the number of rows."
        return "The parameters are right; all losses are off by one and the same factor."
    return (
        hints.rounded_off(recorded, losses)
        or _rearranged(recorded, losses)
        or _other_loss(run, float(recorded[0]))
        or "The parameters are right; the losses are not those of the parameters on the way."
    )


def _rearranged(recorded: Floats, losses: Floats) -> str:
    if close(recorded, np.sort(losses)[::-1], COARSE):
        return "The losses are sorted: a loss may rise on the way."
    if close(recorded, np.minimum.accumulate(losses), COARSE):
        return "Each loss is the lowest so far: a loss may rise on the way."
    kept = (recorded[1:] - losses[1:]) / (recorded[:-1] - losses[1:])
    if kept.size > 1 and np.ptp(kept) <= LOOSE:
        return "The losses are smoothed: each carries on the one before."
    return ""


def _other_loss(run: Run, first: float) -> str:
    start = Network.at(run.forward, run.args, run.args["params"])
    if start is None:
        return ""
    off = start.a2 - start.task["y"]
    row = np.logaddexp(0.0, start.z2) - start.task["y"] * start.z2
    for name, loss in (
        ("mean squared errors", np.mean(off**2)),
        ("halved mean squared errors", np.mean(off**2) / 2),
        ("losses of the first row alone", row[0, 0]),
        ("losses of the last row alone", row[-1, 0]),
    ):
        if close(first, loss, COARSE):
            return say("The parameters are right; what is recorded are {}.", name)
    return ""


def _by_start(recorded: Floats, losses: Floats) -> str:
    if recorded.size > 1 and np.ptp(recorded) == 0:
        return "Every epoch has the same loss in the list: is it worked out anew?"
    if not close(recorded[0], losses[0], COARSE):
        return "The first loss is off already: is it that of the parameters and the data given?"
    return ""


# --- steps --------------------------------------------------------------------------------


def _by_count(run: Run, params: Params) -> str:
    """Return a hint for a number of steps that is not that of the epochs."""
    if all(np.array_equal(params[name], run.args["params"][name]) for name in params):
        return "The parameters returned are those it started from."
    if "epochs" not in run.args:
        return _by_defaults(run)
    epochs = run.args["epochs"]
    for hint, count in (
        ("One step too few: the last one does not reach the parameters returned.", epochs + 1),
        ("One step too many.", epochs - 1),
        ("There are two steps in each epoch.", epochs / 2),
    ):
        other = run.after(int(count)) if count == int(count) else None
        if other is not None and _alike(other, run.params):
            return hint
    return ""


def _by_defaults(run: Run) -> str:
    args = {**run.args, "epochs": run.losses.size, "lr": DEFAULT_LR}
    pair = trained_pair(run.train, args)
    params = as_params(pair[0], run.params) if pair else None
    if params is not None and _alike(params, run.params):
        return "It is right when epochs and lr are given: the defaults are not those of the stub."
    return ""


@dataclass(frozen=True)
class _Steps:
    """The first two steps of a run as the student takes them, and as they should be."""

    run: Run
    start: Network
    first: Gradient
    second: Gradient | None
    after_first: Gradient | None

    @classmethod
    def of(cls, run: Run) -> "_Steps | None":
        """Have the student train for one epoch and for two; None when that tells nothing."""
        if "lr" not in run.args:
            return None
        begin, lr = run.args["params"], run.args["lr"]
        start = Network.at(run.forward, run.args, begin)
        one = run.after(1)
        if start is None or one is None:
            return None
        two, there = run.after(2), Network.at(run.forward, run.args, one)
        return cls(
            run,
            start,
            _step(begin, one, lr),
            _step(one, two, lr) if two is not None else None,
            there.path.gradient() if there is not None else None,
        )

    @property
    def true_first(self) -> Gradient:
        return self.start.path.gradient()

    def explained(self) -> str:
        """Return what the first wrong step follows instead; empty when that is not seen."""
        true = self.true_first
        if not _alike(self.first, true):
            why = explain(self.first, true, lambda: _first_steps(self.run, self.start, true))
            why = why or _length(self.first, true)
            return say("The first step is off already. {}", why) if why else ""
        if self.second is None or self.after_first is None:
            return ""
        there = self.after_first
        if _alike(self.second, there):
            return ""
        why = explain(self.second, there, lambda: _second_steps(true, there))
        why = why or _length(self.second, there) or _carried_on(self.second, there, true)
        return say("The first step is right, the second is not. {}", why) if why else ""

    def first_wrong(self) -> str:
        """Return which of the steps is the first wrong one."""
        if not _alike(self.first, self.true_first):
            return "The first step is off already."
        if self.second is None or self.after_first is None:
            return ""
        if not _alike(self.second, self.after_first):
            return "The first step is right, the second is not."
        return "The first steps are right, later ones are not: does something change on the way?"


def _length(step: Gradient, true: Gradient) -> str:
    if _ratio(step, true):
        return "Its direction is right, its length is not: is it lr times the gradient?"
    return ""


def _carried_on(step: Gradient, true: Gradient, first: Gradient) -> str:
    if _ratio({name: step[name] - true[name] for name in true}, first):
        return "It contains part of the first: momentum is not asked for."
    return ""


def _ratio(gradient: Gradient, other: Gradient) -> float:
    """Return the one factor between two gradients; 0 when there is none."""
    ratios = np.concatenate([(gradient[name] / other[name]).ravel() for name in other])
    return float(ratios[0]) if np.ptp(ratios) <= LOOSE * abs(ratios[0]) else 0.0


def _step(before: Params, after: Params, lr: float) -> Gradient:
    return {name: (before[name] - after[name]) / lr for name in after}


def _first_steps(run: Run, network: Network, true: Gradient) -> Iterator[tuple[str, Gradient]]:
    start, lr = run.args["params"], run.args["lr"]
    moved = {name: start[name] - lr * true[name] for name in true}
    yield "{names}: W2 was updated before it was used.", network.carrying(moved["W2"])
    for names in (("W2", "b2"), ("W1", "W2"), ("W1", "b1")):
        there = {**start, **{name: moved[name] for name in names}}
        elsewhere = Network.at(run.forward, run.args, there)
        if elsewhere is not None:
            yield say(_MOVED, "{names}", names), elsewhere.path.gradient()
    yield "The step goes uphill.", {name: -slopes for name, slopes in true.items()}
    yield from network.mistakes()


_MOVED = "{}: the gradient is taken after {} were updated: take all of it first."


def _second_steps(first: Gradient, second: Gradient) -> Iterator[tuple[str, Gradient]]:
    yield "It repeats the first: is the gradient taken anew in every epoch?", first
    both = {name: first[name] + second[name] for name in first}
    yield "It is the sum of both: gradients pile up from epoch to epoch.", both
