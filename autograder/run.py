"""Run an assignment's tests against one student, quietly and in this process."""

import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np
import pytest

from autograder.plugin import BENCH, Bench, Outcome, item_of, outcome_of, title_of, visibility_of
from autograder.result import TestResult

UNNEEDED = (
    "cacheprovider debugging doctest faulthandler junitxml logging pastebin setuponly setupplan "
    "stepwise terminal threadexception unraisableexception warnings"
)
"""Built-in plugins that print, write, or hook into the process."""


class TestsError(Exception):
    """The tests themselves cannot be collected or run; one sentence says why."""

    __test__ = False


class _Quiet:
    """Give the tests their bench, keep to one item, and collect what becomes of them."""

    def __init__(self, bench: Bench | None, only: str | None) -> None:
        self._bench = bench
        self._only = only
        self.outcomes: list[Outcome] = []
        self.collected: list[Outcome] = []
        self.errors: list[str] = []

    def pytest_configure(self, config: pytest.Config) -> None:
        if self._bench:
            config.stash[BENCH] = self._bench

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        config.option.tbstyle = "native"  # nobody reads the tracebacks, and others take long
        try:
            self.collected = [outcome for test in items if (outcome := _not_run(test))]
        except pytest.UsageError as error:
            self.errors.append(str(error))
            raise
        names = [test for test in items if self._wanted(test)]
        # Public tests run first: what a submission saw in a hidden one must not reach a message.
        items[:] = sorted(names, key=lambda test: visibility_of(test) == "hidden")

    def _wanted(self, test: pytest.Item) -> bool:
        declared = item_of(test)
        return declared is not None and self._only in (None, declared[0])

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            lines = [line for line in report.longreprtext.splitlines() if line.startswith("E ")]
            self.errors.append((lines or [report.longreprtext])[-1].removeprefix("E").strip())

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        outcome = outcome_of(report)
        if outcome:
            self.outcomes.append(outcome)


def _not_run(test: pytest.Item) -> Outcome | None:
    declared = item_of(test)
    if declared is None:
        return None
    name, points = declared
    return Outcome(name, TestResult(title_of(test), visibility_of(test), 0.0, points, False))


def collect(tests: Path) -> list[Outcome]:
    """Return every graded test of a file in its order, not run; TestsError when it cannot be."""
    return _session(tests, _Quiet(None, None), "--collect-only").collected


def run(tests: Path, bench: Bench, only: str | None = None) -> list[Outcome]:
    """Run the tests of a file (or of one item), public ones first; TestsError when they cannot."""
    return _session(tests, _Quiet(bench, only)).outcomes


def _session(tests: Path, quiet: _Quiet, *options: str) -> _Quiet:
    _forget_other(tests)
    disabled = [part for name in UNNEEDED.split() for part in ("-p", f"no:{name}")]
    arguments = [
        str(tests),
        *options,
        *disabled,
        "-p",
        "autograder.plugin",
        f"--rootdir={tests.parent}",
        f"--confcutdir={tests.parent}",
        f"--config-file={Path(__file__).with_name('run.ini')}",
        "--import-mode=importlib",
        "--capture=no",
    ]
    with _no_foreign_plugins(), _no_warnings():
        code = pytest.main(arguments, plugins=[quiet])
    if quiet.errors:
        raise TestsError(f"{tests.name} cannot be collected: {quiet.errors[0]}")
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        if code == pytest.ExitCode.NO_TESTS_COLLECTED and not quiet.outcomes:
            return quiet
        raise TestsError(f"{tests.name} cannot be run: pytest ended with {code!r}.")
    return quiet


_loaded: dict[str, tuple[Path, bytes]] = {}


def _forget_other(tests: Path) -> None:
    """Have the tests imported anew when they have changed, or others of that name are loaded."""
    stamp = (tests, tests.read_bytes())
    if _loaded.get(tests.stem) != stamp:
        for name in [name for name in sys.modules if name.rpartition(".")[2] == tests.stem]:
            del sys.modules[name]
        # pytest's own caches go by size and time: a clock that jumps could bring old tests back.
        for cache in tests.parent.glob(f"__pycache__/{tests.stem}.*-pytest-*.pyc"):
            with suppress(OSError):
                cache.unlink()
    _loaded[tests.stem] = stamp


@contextmanager
def _no_warnings() -> Iterator[None]:
    """Let no value a submission returns warn, or fail a test where warnings are errors."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield


@contextmanager
def _no_foreign_plugins() -> Iterator[None]:
    """Keep plugins and options of the surroundings out: only this package's plugin counts."""
    wanted = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": ""}
    before = {name: os.environ.get(name) for name in (*wanted, "PYTEST_CURRENT_TEST")}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
