"""Run the tests of one item against many submissions, in one session of pytest.

Starting pytest takes four times as long as running an item's tests, and there are thousands of
mutants.
"""

from collections.abc import Iterable
from pathlib import Path

import pytest

from autograder.plugin import BENCH, Bench, Outcome
from autograder.run import _Quiet, _session


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


def run_each(tests: Path, benches: Iterable[Bench], item: str) -> list[list[Outcome]]:
    """Return the outcomes of an item's tests for every bench, up to the first that failed."""
    return _session(tests, _Rounds(benches, item)).rounds
