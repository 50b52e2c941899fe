"""The picture of a training run: the losses recorded, beside those its parameters have."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.checks.compare import COARSE, Floats, Tolerance
from autograder.checks.failure import CheckFailure, Sketch
from autograder.checks.ladder import StudentFunction
from autograder.checks.picture import Picture
from autograder.checks.sketches import LARGEST, MOST_POINTS, gist, series

MOST_RUNS = 12
MOST_EPOCHS = 200

Loss = Callable[[Any], Any]
"""Gives the loss of parameters, or raises CheckFailure."""


@dataclass(frozen=True)
class Run:
    """A training run, and what it should give.

    Parameters
    ----------
    train : the student's; it returns parameters (a dict) and losses (a list)
    args : what it is called with, in order
    params, losses : what the run should give
    count : the argument that says how many losses there are to be
    defaults : the arguments that are left to their defaults, and these
    """

    train: StudentFunction
    args: Mapping[str, Any]
    params: Mapping[str, Any]
    losses: Floats
    count: str = "epochs"
    defaults: Mapping[str, Any] | None = None

    @property
    def start(self) -> Any:
        """The parameters it starts from: the argument that is a dict."""
        return next((value for value in self.args.values() if isinstance(value, Mapping)), None)

    def pair(self, **others: Any) -> tuple[Any, Any] | None:
        """Return what a run with other arguments gives; None when it gives no pair."""
        answer = self.train.answer(*{**self.args, **others}.values(), training=True)
        value: Any = answer.value if answer.kind == "value" else None
        if not isinstance(value, tuple | list) or len(value) != 2:
            return None
        return value[0], value[1]

    def count_of(self, **others: Any) -> int | None:
        """Return how many losses a run with other arguments records."""
        pair = self.pair(**others)
        if pair is None:
            return None
        return len(pair[1]) if isinstance(pair[1], list | tuple) else np.size(pair[1])


def of_training(run: Run, recorded: Floats, tolerance: Tolerance, own: Loss | None) -> Sketch:
    """Sketch the losses recorded beside those expected, and those of the parameters returned.

    The latter are recomputed by `own` from shorter runs. Where what is recorded is right, they are
    what is marked.
    """
    losses = run.losses

    def sketch() -> Picture | None:
        if not np.all(np.abs(losses) < LARGEST):
            return None
        title = f"The losses that {run.train.name} records"
        at = _few(losses.size, MOST_POINTS)
        known: dict[int, float] = {}
        if own and run.count in run.args and losses.size <= MOST_EPOCHS:
            known = _recomputed(run, _few(losses.size, MOST_RUNS), own)
        runs, again = np.array(list(known), dtype=np.int64), np.array(list(known.values()))
        if known:
            title += ", and the losses of its parameters"
        seen, should = at, losses
        wrong = at[tolerance.excess(recorded, losses)[at] > 1]
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
            truth=series("recomputed from your parameters", runs, again) if known else None,
            expected=series("expected", at, losses[at]),
        )

    return sketch


def _recomputed(run: Run, epochs: Any, own: Loss) -> dict[int, float]:
    """Return after how many epochs which loss there is; up to the first run that fails."""
    known: dict[int, float] = {}
    for few in epochs.tolist():
        pair = run.pair(**{run.count: few}) if few else (run.start, [])
        try:
            loss = float(own(pair[0])) if pair else np.nan
        except (CheckFailure, TypeError, ValueError, LookupError):
            loss = np.nan
        if np.isnan(loss):
            break
        known[few] = loss
    return known


def _few(count: int, most: int) -> Any:
    """Return at most so many of the numbers 0 to count - 1, evenly spread."""
    return np.unique(np.linspace(0, count - 1, min(count, most)).round().astype(np.int64))
