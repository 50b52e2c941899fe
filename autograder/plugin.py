"""The pytest plugin: what makes ordinary tests into graded ones.

The marker ``item(name, points)`` says which item a test belongs to and what it is worth. The
fixture `student` gives the submission's functions, `reference` (at grading, and for the author)
the right ones, `rng` random numbers that derive from the course's seed.
"""

import functools
import itertools
import json
import re
import zlib
from collections.abc import Generator
from dataclasses import asdict, dataclass
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from autograder.checks.failure import CheckFailure, Sketch
from autograder.checks.notes import listening
from autograder.checks.sentences import is_chosen
from autograder.intake import UnreadableError
from autograder.reference import HIDDEN_BEGIN, HIDDEN_END, load_reference
from autograder.result import TestResult, Visibility
from autograder.student import Student, in_this_process
from autograder.submission import choose, in_folder, read


@dataclass(frozen=True)
class Bench:
    """What the tests of one run are given; at grading it is put into the session's stash.

    Where somebody wants to see pictures, `sketches` is what the failed public tests are kept in,
    by item and title.
    """

    student: Student
    reference: SimpleNamespace | None = None
    seed: int = 0
    checked: str = ""
    sketches: dict[tuple[str, str], Sketch] | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of one test; `fault` is set when the test itself failed to work."""

    item: str
    result: TestResult
    fault: str = ""


MESSAGE_CHARS = 2000
BENCH = pytest.StashKey[Bench]()
_NOTES = pytest.StashKey[list[str]]()
_BENCHES = pytest.StashKey[dict[Path, Bench]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--submission FILE``."""
    parser.getgroup("autograder").addoption(
        "--submission",
        metavar="FILE",
        help="the notebook or script to check (default: the one beside the tests)",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker."""
    config.addinivalue_line(
        "markers", "item(name, points): the test belongs to this item and is worth these points"
    )
    config.stash[_BENCHES] = {}


@pytest.fixture
def student(request: pytest.FixtureRequest) -> Student:
    """Give the functions of the submission under test."""
    return _bench(request).student


@pytest.fixture
def reference(request: pytest.FixtureRequest) -> SimpleNamespace:
    """Give the reference's functions: at grading, and in the author's folder, only."""
    bench = _bench(request)
    if bench.reference is None:
        pytest.fail("This test needs the reference, which is there at grading only.", pytrace=False)
    return bench.reference


@pytest.fixture
def rng(request: pytest.FixtureRequest) -> np.random.Generator:
    """Give random numbers for this test, the same in every run with the same course seed."""
    name = zlib.crc32(request.node.name.encode())
    return np.random.default_rng([_bench(request).seed, name])


def _bench(request: pytest.FixtureRequest) -> Bench:
    config = request.config
    if BENCH in config.stash:
        return config.stash[BENCH]
    benches = config.stash[_BENCHES]
    tests = request.path
    if tests not in benches:
        items = _items_in(request.module)
        benches[tests] = _bench_beside(tests, items, config.getoption("--submission"))
    return benches[tests]


def _bench_beside(tests: Path, items: set[str], submission: str | None) -> Bench:
    """Return the bench for a self-check: the file beside the tests, run in this process."""
    assignment = tests.stem.removeprefix("test_")
    authored = tests.parent.parent.name == "solutions"
    try:
        path, checked = _checked_file(tests.parent, assignment, items, submission)
        student = in_this_process(read(path), items)
    except UnreadableError as error:
        pytest.fail(str(error), pytrace=False)
    reference = load_reference(tests.with_name(f"{assignment}.py")) if authored else None
    return Bench(student, reference, checked=checked)


def _items_in(module: ModuleType) -> set[str]:
    """Return the items of all tests of a file, of those too that this run leaves out."""
    marks = [mark for test in vars(module).values() for mark in getattr(test, "pytestmark", ())]
    return {str(_declared(mark).get("name")) for mark in marks if mark.name == "item"}


def _checked_file(
    folder: Path, assignment: str, items: set[str], submission: str | None
) -> tuple[Path, str]:
    if submission:
        path = Path(submission).resolve()
        return path, path.name
    candidates = in_folder(folder, assignment)
    if not candidates:
        raise UnreadableError(
            f"Neither {assignment}.ipynb nor {assignment}.py is beside the tests in {folder}."
        )
    path = choose(candidates, items)
    others = [other.name for other in candidates if other != path]
    if not others:
        return path, path.name
    return path, f"{path.name} ({others[0]} has no more items written, so it is not looked at)"


def item_of(test: pytest.Item) -> tuple[str, float] | None:
    """Return item and points a test declares; None when it declares none.

    Raises pytest.UsageError when the marker is not ``item(name, points=number)``.
    """
    marker = test.get_closest_marker("item")
    if marker is None:
        return None
    values = _declared(marker)
    name, points = values.get("name"), values.get("points")
    if not isinstance(name, str) or not isinstance(points, int | float) or points < 0:
        raise pytest.UsageError(
            f"{test.nodeid}: the marker should read @pytest.mark.item(name, points=number)."
        )
    return name, float(points)


def _declared(marker: pytest.Mark) -> dict[str, Any]:
    return {**dict(zip(("name", "points"), marker.args, strict=False)), **marker.kwargs}


def title_of(test: pytest.Item) -> str:
    """Return a test's title: the first line of its docstring, or its name."""
    function = getattr(test, "function", None)
    lines = (getattr(function, "__doc__", None) or "").strip().splitlines()
    title = lines[0].strip() if lines else test.name
    case = test.name.partition("[")[2].removesuffix("]")
    return f"{title} [{case}]" if case else title


def visibility_of(test: pytest.Item) -> Visibility:
    """Return whether a test stands in a hidden region of its file."""
    function = getattr(test, "function", None)
    if function is None:
        return "public"
    line = function.__code__.co_firstlineno
    hidden = _hidden_lines(test.path, test.path.stat().st_mtime_ns)
    return "hidden" if any(line in region for region in hidden) else "public"


@functools.lru_cache(maxsize=8)
def _hidden_lines(tests: Path, _changed: int) -> tuple[range, ...]:
    lines = list(enumerate(tests.read_text(encoding="utf-8").splitlines(), 1))
    begins = [number for number, line in lines if HIDDEN_BEGIN in line]
    ends = [number for number, line in lines if HIDDEN_END in line]
    marks = [mark for pair in itertools.zip_longest(begins, ends, fillvalue=0) for mark in pair]
    if marks != sorted(marks):
        raise pytest.UsageError(f"{tests.name}: the marks of hidden tests do not pair.")
    return tuple(itertools.starmap(range, zip(begins, ends, strict=True)))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    """Keep what passing checks have to say."""
    with listening() as notes:
        yield
    item.stash[_NOTES] = notes


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Attach what became of a graded test to its report, and show a failed check's text only."""
    report = yield
    declared = item_of(item)
    if declared is None or not (call.when == "call" or call.excinfo):
        return report
    failure = call.excinfo.value if call.excinfo else None
    outcome = _outcome(item, declared, failure)
    if isinstance(failure, CheckFailure):
        report.longrepr = str(failure)
        _keep_sketch(item.config, outcome, failure)
    report.autograder = json.dumps(asdict(outcome))  # type: ignore[attr-defined]
    item.user_properties += [("item", outcome.item), ("points", outcome.result.score)]
    return report


def _keep_sketch(config: pytest.Config, outcome: Outcome, failure: CheckFailure) -> None:
    """Keep the sketch of a failure, if it is wanted; of a hidden test nothing is ever drawn."""
    sketches = config.stash[BENCH].sketches if BENCH in config.stash else None
    if outcome.result.visibility == "hidden":
        failure.sketch = None
    elif sketches is not None and failure.sketch:
        sketches[outcome.item, outcome.result.name] = failure.sketch


def _outcome(
    test: pytest.Item, declared: tuple[str, float], failure: BaseException | None
) -> Outcome:
    name, points = declared
    message, hint, fault = _explain(failure)
    if failure is None:
        notes: list[str] = test.stash.get(_NOTES, [])
        message = "\n".join(notes)
    visibility = visibility_of(test)
    given = visibility == "public" or is_chosen(hint, test.path)
    result = TestResult(
        name=title_of(test),
        visibility=visibility,
        score=0.0 if failure else points,
        max_score=points,
        passed=failure is None,
        message=message if visibility == "public" else "",
        hint=hint[:MESSAGE_CHARS] if given else "",
    )
    return Outcome(name, result, f"{test.name}: {fault}" if fault else "")


def _explain(failure: BaseException | None) -> tuple[str, str, str]:
    """Return message, hint and fault: only a failed assertion is the student's."""
    match failure:
        case None:
            return "", "", ""
        case CheckFailure():
            return failure.message[:MESSAGE_CHARS], failure.hint, ""
        case AssertionError() | pytest.fail.Exception():
            return str(failure)[:MESSAGE_CHARS], "", ""
        case _:
            text = re.sub(r"\s+", " ", str(failure))[:MESSAGE_CHARS]
            return text, "", f"{type(failure).__name__}: {text}"


def outcome_of(report: Any) -> Outcome | None:
    """Return the outcome a report carries; None when it is not that of a graded test."""
    text = getattr(report, "autograder", None)
    if text is None:
        return None
    data = json.loads(text)
    return Outcome(data["item"], TestResult(**data["result"]), data["fault"])


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Show the points of every item, after the tests of a handout."""
    reports = [report for group in terminalreporter.stats.values() for report in group]
    outcomes = [outcome for outcome in map(outcome_of, reports) if outcome]
    if not outcomes or BENCH in config.stash:
        return
    terminalreporter.section("points")
    for bench in config.stash[_BENCHES].values():
        terminalreporter.line(f"Checked: {bench.checked}")
    for line in points_table(outcomes):
        terminalreporter.line(line)


def points_table(outcomes: list[Outcome]) -> list[str]:
    """Return a line for each item: its name, points earned, points these tests decide."""
    items: dict[str, list[TestResult]] = {}
    for outcome in outcomes:
        items.setdefault(outcome.item, []).append(outcome.result)
    width = max(map(len, items))
    lines = []
    for name, results in items.items():
        score, most = (sum(getattr(r, a) for r in results) for a in ("score", "max_score"))
        lines.append(f"{name:<{width}}  {score:5g} of {most:g}")
    score, most = (sum(getattr(o.result, a) for o in outcomes) for a in ("score", "max_score"))
    lines.append(f"{'together':<{width}}  {score:5g} of {most:g}")
    if all(outcome.result.visibility == "public" for outcome in outcomes):
        lines.append("Hidden tests decide the remaining points when the work is graded.")
    return lines
