"""What is wrong with a training run, in words and as a picture."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.checks.calls import numeric
from autograder.checks.compare import COARSE, Floats, close
from autograder.checks.failure import CheckFailure, TrainingRun, WrongValues
from autograder.checks.sentences import say
from autograder.explain import patterns
from autograder.explain.arguments import without_effect
from autograder.explain.pictures import LARGEST, MOST_POINTS, Picture, gist, series
from autograder.language import _

FEW = 3  # epochs of a run by which an argument is found to have no effect
MOST_RUNS = 12
MOST_EPOCHS = 200


def pair_of(run: TrainingRun, **others: Any) -> tuple[Any, Any] | None:
    """Return what a run with other arguments gives; None when it gives no pair."""
    answer = run.train.answer(*{**run.args, **others}.values(), training=True)
    match answer.value if answer.kind == "value" else None:
        case (trained, losses):
            return trained, losses
    return None


def count_of(run: TrainingRun, **others: Any) -> int | None:
    """Return how many losses a run with other arguments records."""
    match pair_of(run, **others):
        case (_, losses):
            return len(losses) if isinstance(losses, list | tuple) else np.size(losses)
    return None


def hint(run: TrainingRun, wrong: WrongValues | None) -> str:
    """Return the hint for a run that failed its check; empty when nothing is seen."""
    if run.recorded_count is not None:
        return _number_of_losses(run, run.recorded_count)
    return _of_values(run) if wrong else ""


def _number_of_losses(run: TrainingRun, count: int) -> str:
    """Return the hint for a list of losses of the wrong length."""
    due = run.losses.size
    if count > due and count_of(run) not in (count, None):
        return "The list keeps losses of earlier calls: is it a default argument, or a global one?"
    if run.count in run.defaults:
        if count_of(run, **run.defaults) == due:
            return say("The default number of {} is not that of the stub.", run.count)
    elif count > due and count_of(run, **{run.count: due + 1}) == count:
        return say("{} has no effect.", run.count)
    if count < due:
        return "Some epochs have no loss in the list: does it stop early, or leave some out?"
    return "There are more losses than epochs."


def _of_values(run: TrainingRun) -> str:
    """Return the hint for a run whose parameters or losses are wrong."""
    assert run.recorded is not None  # noqa: S101 - it has values
    if _alike(run.trained, run.params):
        return (
            patterns.pattern(run.recorded, run.losses)
            or patterns.rounded_off(run.recorded, run.losses)
            or "The parameters are right; the losses are not those of the parameters on the way."
        )
    pair = pair_of(run, **run.defaults) if run.defaults else None
    if pair and _alike(pair[0], run.params):
        return say(
            "It is right when {} are given: the defaults are not those of the stub.",
            list(run.defaults),
        )
    args = {**run.args, **run.defaults}
    few = {run.count: min(run.losses.size, FEW)}
    unused = without_effect(run.train, args | few) if run.count in args else ""
    return unused or _of_place(run.recorded, run.losses)


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


# --- the picture ---


def picture(run: TrainingRun, recorded: Floats) -> Picture | None:
    """Draw the losses recorded beside those expected, and those of the parameters returned.

    The latter are recomputed from shorter runs. Where what is recorded is right, they are what is
    marked.
    """
    losses = run.losses
    if not np.all(np.abs(losses) < LARGEST):
        return None
    title = _("The losses that {} records").format(run.train.name)
    at = _few(losses.size, MOST_POINTS)
    known: dict[int, float] = {}
    if run.own and run.count in run.args and losses.size <= MOST_EPOCHS:
        known = _recomputed(run, _few(losses.size, MOST_RUNS))
    runs, again = np.array(list(known), dtype=np.int64), np.array(list(known.values()))
    if known:
        title += ", " + _("and the losses of its parameters")
    seen, should = at, losses
    wrong = at[run.tolerance.excess(recorded, losses)[at] > 1]
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
        x_label=_("epoch, counted from 0"),
        wrong=series(_("wrong here"), wrong, got),
        due=tuple(due.tolist()),
        alt=f"{title}. {gist(_('epoch'), wrong, got, due, seen.size)}",
        yours=series(_("recorded"), at, recorded[at]),
        truth=series(_("recomputed from your parameters"), runs, again) if known else None,
        expected=series(_("expected"), at, losses[at]),
    )


def _recomputed(run: TrainingRun, epochs: Any) -> dict[int, float]:
    """Return after how many epochs which loss there is; up to the first run that fails."""
    known: dict[int, float] = {}
    start = next((value for value in run.args.values() if isinstance(value, Mapping)), None)
    for few in epochs.tolist():
        pair = pair_of(run, **{run.count: few}) if few else (start, [])
        try:
            loss = float(run.own(pair[0])) if pair else np.nan
        except (CheckFailure, TypeError, ValueError, LookupError):
            loss = np.nan
        if np.isnan(loss):
            break
        known[few] = loss
    return known


def _few(count: int, most: int) -> Any:
    """Return at most so many of the numbers 0 to count - 1, evenly spread."""
    return np.unique(np.linspace(0, count - 1, min(count, most)).round().astype(np.int64))
