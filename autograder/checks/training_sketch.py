"""The picture of a training run: the losses recorded, beside those its parameters have."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from autograder.checks.compare import COARSE, Floats, Tolerance
from autograder.checks.failure import CheckFailure, Sketch
from autograder.checks.ladder import StudentFunction, as_floats
from autograder.checks.picture import Picture
from autograder.checks.sketches import LARGEST, MOST_POINTS, gist, series

MOST_RUNS = 12
MOST_EPOCHS = 200


class OwnLoss(NamedTuple):
    """The student's own forward pass and loss, to recompute the loss of parameters with."""

    forward: StudentFunction
    loss: StudentFunction

    def of(self, params: Any, args: Mapping[str, Any]) -> float:
        """Return the loss of parameters on the data that a run was given; NaN when it fails."""
        layers: Any = self.forward.answer(params, args["X"], args["activation"]).value
        if not isinstance(layers, tuple | list) or len(layers) != 4:
            return np.nan
        loss = self.loss.answer(args["y"], layers[3])
        try:
            return float(as_floats(self.loss.name, loss.value, (), ""))
        except CheckFailure:
            return np.nan


def of_training(
    train: StudentFunction,
    args: Mapping[str, Any],
    recorded: Floats,
    losses: Floats,
    tolerance: Tolerance,
    own: OwnLoss | None,
) -> Sketch:
    """Sketch the losses recorded beside those expected, and those of the parameters returned.

    The latter are recomputed with the student's `own` functions from shorter runs. Where what is
    recorded is right, they are what is marked.
    """

    def sketch() -> Picture | None:
        if not np.all(np.abs(losses) < LARGEST):
            return None
        title = f"The losses that {train.name} records"
        at = _few(losses.size, MOST_POINTS)
        runs, again = _recomputed(train, args, losses.size, own)
        if runs.size:
            title += ", and the losses of its parameters"
        seen, should = at, losses
        wrong = at[tolerance.excess(recorded[at], losses[at]) > 1]
        got = recorded[wrong]
        if not wrong.size:
            seen, should = runs, recorded
            astray = COARSE.excess(again, recorded[runs]) > 1
            wrong, got = runs[astray], again[astray]
        if not wrong.size:
            return None
        due = should[wrong]
        return Picture(
            title=title,
            x_label="epoch, counted from 0",
            wrong=series("wrong here", wrong, got),
            due=tuple(due.tolist()),
            alt=f"{title}. {gist('epoch', wrong, got, due, seen.size)}",
            yours=series("recorded", at, recorded[at]),
            truth=series("recomputed from your parameters", runs, again) if runs.size else None,
            expected=series("expected", at, losses[at]),
        )

    return sketch


def _recomputed(
    train: StudentFunction, args: Mapping[str, Any], epochs: int, own: OwnLoss | None
) -> tuple[Any, Floats]:
    """Return after how many epochs which loss there is; up to the first run that fails."""
    known: dict[int, float] = {}
    if own and "epochs" in args and epochs <= MOST_EPOCHS:
        for run in _few(epochs, MOST_RUNS).tolist():
            loss = _loss_after(run, train, args, own)
            if np.isnan(loss):
                break
            known[run] = loss
    return np.array(list(known), dtype=np.int64), np.array(list(known.values()))


def _few(count: int, most: int) -> Any:
    """Return at most so many of the numbers 0 to count - 1, evenly spread."""
    return np.unique(np.linspace(0, count - 1, min(count, most)).round().astype(np.int64))


def _loss_after(
    epochs: int, train: StudentFunction, args: Mapping[str, Any], own: OwnLoss
) -> float:
    """Return the loss of the parameters that so many epochs give; NaN when there is none."""
    if not epochs:
        return own.of(args["params"], args)
    answer = train.answer(*{**args, "epochs": epochs}.values())
    value: Any = answer.value
    if not isinstance(value, tuple | list) or len(value) != 2 or not isinstance(value[0], dict):
        return np.nan
    try:
        params = {
            name: as_floats(name, value[0].get(name), np.shape(start), "")
            for name, start in args["params"].items()
        }
    except CheckFailure:
        return np.nan
    return own.of(params, args)
