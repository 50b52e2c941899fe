"""An assignment's tests, collected once and run for one submission after another.

Collecting takes longer than judging, so a worker keeps one pytest session for all submissions and
runs its items again and again: set-up, the test function, tear-down, as pytest's own runner does,
without the reports that nobody reads. That takes pytest's inside: pyproject.toml bounds its
version.
"""

import os
import sys
import warnings
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Self

import numpy as np
import pytest
from _pytest.config import _prepareconfig

from autograder.course import Course
from autograder.plugin import BENCH, OWN, Bench, GradedTest, graded, outcome_of_run
from autograder.result import ItemResult, TestOutcome

UNNEEDED = (
    "cacheprovider debugging doctest faulthandler junitxml logging pastebin setuponly setupplan "
    "stepwise terminal threadexception unraisableexception warnings"
)
"""Built-in plugins that print, write, or hook into the process."""


class TestsError(Exception):
    """The tests themselves cannot be collected or run; one sentence says why."""

    __test__ = False


class Suite:
    """The graded tests of a file; use it in a ``with``. TestsError when they cannot be collected.

    Attributes
    ----------
    tests : every graded test, in the order of the file
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tests: tuple[GradedTest, ...] = ()

    def __enter__(self) -> Self:
        _forget_other(self.path)
        disabled = [part for name in UNNEEDED.split() for part in ("-p", f"no:{name}")]
        folder = self.path.parent
        collector = _Collector()
        with _no_foreign_plugins(), _no_warnings():
            self._config = _prepareconfig(
                [
                    str(self.path),
                    *disabled,
                    "-p",
                    "autograder.plugin",
                    f"--rootdir={folder}",
                    f"--confcutdir={folder}",
                    f"--config-file={Path(__file__).with_name('run.ini')}",
                    "--import-mode=importlib",
                    "--capture=no",
                ],
                [collector],
            )
            try:
                self._config._do_configure()
                self._session = pytest.Session.from_config(self._config)
                self._config.hook.pytest_sessionstart(session=self._session)
                self._collect(collector)
            except BaseException:
                self.__exit__()
                raise
        return self

    def __exit__(self, *_: object) -> None:
        self._config._ensure_unconfigure()

    def run(self, tests: Iterable[GradedTest], bench: Bench) -> Iterator[TestOutcome]:
        """Run tests of this suite for the bench, and yield what became of each."""
        self._config.stash[BENCH] = bench
        try:
            for test in tests:
                bench.begin(test)
                with _no_warnings():
                    outcome = outcome_of_run(test, self._run(test.item, bench), bench)
                yield outcome
        finally:
            del self._config.stash[BENCH]

    def items(self, only: Collection[str] = ()) -> list[ItemResult]:
        """Return every item, nothing earned, in the order of their first tests.

        With `only`, these and those that build on them; tests that none of their marks depends on
        are left out from now on. Raises TestsError when there is none, or none of one of these.
        """
        if not self.tests:
            assignment = self.path.stem.removeprefix("test_")
            raise TestsError(f"No test of {assignment} has a marker item(name, points=number).")
        names = list(dict.fromkeys(test.name for test in self.tests))
        for name in only:
            if name not in names:
                raise TestsError(f"{self.path.name} has no test of '{name}'.")
        if only:
            wanted = _closure(only, lambda name: [one for one in names if name in self.uses(one)])
            needed = _closure(wanted, self.uses)
            self.tests = tuple(test for test in self.tests if test.name in needed)
            names = [name for name in names if name in wanted]
        return [
            ItemResult(name, tuple(test.unearned for test in self.tests if test.name == name))
            for name in names
        ]

    def uses(self, item: str) -> list[str]:
        """Return the items that an item's tests say it may build on."""
        named = (name for test in self.tests if test.name == item for name in test.uses)
        return list(dict.fromkeys(named))

    def _collect(self, collector: "_Collector") -> None:
        name = self.path.name
        try:
            self._session.perform_collect()
            if not collector.errors:
                self.tests = tuple(filter(None, map(graded, self._session.items)))
        except pytest.UsageError as error:
            collector.errors.append(str(error))
        if collector.errors:
            raise TestsError(f"{name} cannot be collected: {collector.errors[0]}")
        titles: set[tuple[str, str]] = set()
        for test in self.tests:
            if (test.name, test.title) in titles:
                raise TestsError(
                    f"Two tests of '{test.name}' have the same title, '{test.title}': "
                    "give them two."
                )
            titles.add((test.name, test.title))

    def _run(self, item: Any, bench: Bench) -> BaseException | None:
        """Run one test; return what it raised."""
        try:
            if _needs_no_fixtures(item):
                wanted = item._fixtureinfo.argnames
                item.obj(**{name: OWN[name](item, bench) for name in wanted})
            else:
                self._run_with_fixtures(item)
        except (KeyboardInterrupt, pytest.exit.Exception):
            raise
        except BaseException as failure:  # whatever it is, it is this test's
            return failure
        return None

    def _run_with_fixtures(self, item: Any) -> None:
        state = self._session._setupstate
        item._initrequest()
        try:
            state.setup(item)
            item.runtest()
        finally:
            state.teardown_exact(None)
            item.funcargs = {}


def _closure(names: Iterable[str], following: Callable[[str], Iterable[str]]) -> set[str]:
    """Return the names and all that follow from them."""
    reached: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += following(name)
    return reached


def _needs_no_fixtures(item: Any) -> bool:
    """Return whether a test takes only what the plugin gives, which is then given directly."""
    if hasattr(item, "callspec"):
        return False
    known = item._fixtureinfo.name2fixturedefs
    return all(
        name in OWN and [fixture.baseid for fixture in known[name]] == [""]
        for name in item._fixtureinfo.initialnames
    )


def catalogue(course: Course, assignment: str) -> list[ItemResult]:
    """Return every item of an assignment, nothing earned; TestsError when it cannot be had."""
    with Suite(course.tests(assignment)) as suite:
        return suite.items()


class _Collector:
    """Keeps what goes wrong in collecting."""

    def __init__(self) -> None:
        self.errors: list[str] = []

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            lines = [line for line in report.longreprtext.splitlines() if line.startswith("E ")]
            self.errors.append((lines or [report.longreprtext])[-1].removeprefix("E").strip())


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
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
