"""Grade many answers to one item, in one session of pytest.

Starting pytest takes several times as long as running an item's tests, and there are thousands
of answers.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from autograder.plugin import BENCH, Bench, Outcome
from autograder.reference import load_reference, remembering
from autograder.run import _Quiet, _session
from autograder.sandbox.answers import Limits, Transport
from autograder.student import Student, graded_sources
from autograder.submission import from_notebook
from tests.samples import COURSE, cell_of, notebook


def lose_points(
    assignment: str,
    item: str,
    answers: Sequence[str],
    open_transport: Callable[[], Transport],
    *,
    limits: Limits = COURSE.limits,
    seed: int = COURSE.seed,
) -> list[bool]:
    """Return which of these answers lose points in their item, each in an otherwise right notebook.

    Parameters
    ----------
    open_transport : makes the place where a submission runs, confined or not
    seed : of the course; hidden inputs derive from it
    """
    reference = remembering(load_reference(COURSE.solution(assignment)))
    filled = notebook(assignment)

    def benches() -> Iterator[Bench]:
        for answer in answers:
            cell_of(filled, item).source = answer
            submission = from_notebook(filled, Path(f"{assignment}.ipynb"))
            with closing(open_transport()) as transport:
                transport.load(graded_sources(submission.cells))
                yield Bench(Student(transport, limits), reference, seed)

    rounds = run_each(COURSE.tests(assignment), benches(), item)
    for answer, outcomes in zip(answers, rounds, strict=True):
        faults = [outcome.fault for outcome in outcomes if outcome.fault]
        if faults or not outcomes:
            reason = faults or "no test of it ran"
            raise RuntimeError(f"{item} could not be graded: {reason}\n{answer}")
    return [not all(outcome.result.passed for outcome in outcomes) for outcomes in rounds]


def run_each(tests: Path, benches: Iterable[Bench], item: str) -> list[list[Outcome]]:
    """Return the outcomes of an item's tests for every bench, up to the first that failed."""
    return _session(tests, _Rounds(benches, item)).rounds


class _Rounds(_Quiet):
    """Run the tests once for every bench, each time up to the first that fails."""

    def __init__(self, benches: Iterable[Bench], item: str) -> None:
        super().__init__(None, item)
        self._benches = benches
        self.rounds: list[list[Outcome]] = []

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        for bench in self._benches:
            session.config.stash[BENCH] = bench
            self.outcomes = []
            for test in session.items:
                session.config.hook.pytest_runtest_protocol(item=test, nextitem=None)
                if not self.outcomes or not self.outcomes[-1].result.passed:
                    break
            self.rounds.append(self.outcomes)
        return True
