"""The pytest plugin: what makes ordinary tests into graded ones.

The marker ``item(name, points, uses="...")`` says which item a test belongs to, what it is worth,
and which other items this one is meant to build on. The fixture `student` gives the submission's
functions, `reference` (at grading, and for the author) the right ones, `rng` random numbers that
derive from the course's seed.
"""

import functools
import itertools
import json
import re
import zlib
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any, Protocol

import numpy as np
import pytest

from autograder.checks.failure import CheckFailure
from autograder.checks.sentences import is_chosen
from autograder.explain.failures import explain, picture
from autograder.explain.mistakes import Known, load_numbers
from autograder.explain.pictures import Sketch
from autograder.intake import UnreadableError
from autograder.language import ENGLISH, _, speak
from autograder.reference import HIDDEN_BEGIN, HIDDEN_END, load_reference
from autograder.result import MEND, TestOutcome, TestResult, Visibility
from autograder.sandbox.answers import Answer, SandboxFault
from autograder.student import Student, in_this_process
from autograder.submission import choose, in_folder, read
from autograder.summary import items_of, mend_first, not_written, points_table, to_come


@dataclass(frozen=True)
class GradedTest:
    """A test with a marker: its item, points, the items that this one uses, title, visibility.

    With `differences` the item is meant to take finite differences of those that it uses.
    """

    __test__ = False  # not a test class for pytest

    item: Any
    name: str
    points: float
    uses: tuple[str, ...]
    title: str
    visibility: Visibility
    differences: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """What it is known by: no two tests of an item have the same title."""
        return self.name, self.title

    @property
    def unearned(self) -> TestResult:
        """The result of a test that has not been passed, nor run."""
        return TestResult(self.title, self.visibility, 0.0, self.points, passed=False)


class Asker(Protocol):
    """What is told of each test before it begins to ask."""

    def begin(self, test: tuple[str, str]) -> None:
        """Say which test comes next."""
        ...

    def heard(self, name: str) -> Sequence[Answer]:
        """Return what the function of this name has answered in this test."""
        ...


@dataclass(frozen=True)
class Bench:
    """What the tests of one run are given; at grading it is put into the session's stash.

    Parameters
    ----------
    asker : what `student` asks, told of each test before it begins; None in a self-check
    explains : whether failures are explained: a mark must not wait for that, nor depend on it
    known : known mistakes, by test
    sketches : where somebody wants to see pictures, what those of failed public tests are kept in
    told : what a self-check's summary says below the points
    """

    student: Student
    reference: SimpleNamespace | None = None
    seed: int = 0
    checked: str = ""
    asker: Asker | None = None
    explains: bool = True
    known: Mapping[tuple[str, str], Known] = field(default_factory=dict)
    sketches: dict[tuple[str, str], Sketch] | None = None
    told: Sequence[str] = ()

    def begin(self, test: GradedTest) -> None:
        """Say which test comes next."""
        if self.asker:
            self.asker.begin(test.key)

    def known_hint(self, test: GradedTest) -> str:
        """Return the hint of the known mistake whose numbers came; empty when there is none."""
        known = self.known.get(test.key)
        if not (known and self.asker):
            return ""
        return known.hint([answer.value for answer in self.asker.heard(test.name)])


MESSAGE_CHARS = 2000
NUMBERS = "mistakes_{}.json"
"""Beside the public tests: what known mistakes give there."""

BENCH = pytest.StashKey[Bench]()
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
        "markers",
        'item(name, points, uses="", differences=False): the test belongs to this item, which is '
        "meant to build on those it uses, or take differences of them, and is worth these points",
    )
    config.stash[_BENCHES] = {}


@pytest.fixture
def student(request: pytest.FixtureRequest) -> Student:
    """Give the functions of the submission under test."""
    return _bench(request).student


@pytest.fixture
def reference(request: pytest.FixtureRequest) -> SimpleNamespace:
    """Give the reference's functions: at grading, and in the author's folder, only."""
    return _reference_of(request.node, _bench(request))


@pytest.fixture
def rng(request: pytest.FixtureRequest) -> np.random.Generator:
    """Give random numbers for this test, the same in every run with the same course seed."""
    return _numbers_for(request.node, _bench(request))


def _reference_of(_item: pytest.Item, bench: Bench) -> SimpleNamespace:
    if bench.reference is None:
        words = _("This test needs the reference, which is there at grading only.")
        pytest.fail(words, pytrace=False)
    return bench.reference


def _numbers_for(item: pytest.Item, bench: Bench) -> np.random.Generator:
    return np.random.default_rng([bench.seed, zlib.crc32(item.name.encode())])


OWN: dict[str, Callable[[pytest.Item, Bench], Any]] = {
    "student": lambda _item, bench: bench.student,
    "reference": _reference_of,
    "rng": _numbers_for,
}
"""The fixtures above by name, for whoever runs a test without pytest's."""


def _bench(request: pytest.FixtureRequest) -> Bench:
    config = request.config
    if BENCH in config.stash:
        return config.stash[BENCH]
    benches = config.stash[_BENCHES]
    tests = request.path
    speak_as(request.module)
    if tests not in benches:
        items = _items_in(request.module)
        bench = _bench_beside(tests, items, config.getoption("--submission"))
        benches[tests] = replace(bench, told=to_come(vars(request.module)))
    return benches[tests]


def _bench_beside(tests: Path, items: set[str], submission: str | None) -> Bench:
    """Return the bench for a self-check: the file beside the tests, run in this process."""
    assignment = tests.stem.removeprefix("test_")
    authored = tests.parent.parent.name == "solutions"
    try:
        path, checked = _checked_file(tests.parent, assignment, items, submission)
        heard, failed = in_this_process(read(path), items)
    except UnreadableError as error:
        pytest.fail(str(error), pytrace=False)
    reference = load_reference(tests.with_name(f"{assignment}.py")) if authored else None
    known = numbers_beside(tests)
    return Bench(
        Student(heard, failed=failed), reference, checked=checked, asker=heard, known=known
    )


def speak_as(tests: ModuleType) -> None:
    """Speak as a handout's tests do: in English, but where a build wrote another language."""
    speak(getattr(tests, "LANGUAGE", ENGLISH))


def numbers_beside(tests: Path) -> dict[tuple[str, str], Known]:
    """Return what a build wrote beside public tests: the numbers that known mistakes give."""
    return load_numbers(tests.with_name(NUMBERS.format(tests.stem.removeprefix("test_"))))


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
        sentence = _("Neither {name}.ipynb nor {name}.py is beside the tests in {folder}.")
        raise UnreadableError(sentence.format(name=assignment, folder=folder))
    path = choose(candidates, items)
    others = [other.name for other in candidates if other != path]
    if not others:
        return path, path.name
    sentence = _("{} ({} has no more items written, so it is not looked at)")
    return path, sentence.format(path.name, others[0])


def graded(item: pytest.Item) -> GradedTest | None:
    """Return what a test with a marker is; None for one without.

    Raises pytest.UsageError when the marker is not ``item(name, points=number, uses="...")``.
    """
    marker = item.get_closest_marker("item")
    if marker is None:
        return None
    values = _declared(marker)
    name, points, uses = values.get("name"), values.get("points"), values.get("uses", "")
    differences = values.get("differences", False)
    named = isinstance(name, str) and isinstance(uses, str) and isinstance(differences, bool)
    if not named or isinstance(points, bool) or not isinstance(points, int | float) or points < 0:
        raise pytest.UsageError(
            f"{item.nodeid}: the marker should read "
            '@pytest.mark.item(name, points=number, uses="name name").'
        )
    title, visibility = title_of(item), visibility_of(item)
    used = tuple(uses.split())
    return GradedTest(item, str(name), float(points), used, title, visibility, differences)


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


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> None:
    """In a self-check, say which test comes next."""
    test, bench = graded(item), item.config.stash[_BENCHES].get(item.path)
    if test and bench:
        bench.begin(test)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Attach what became of a graded test to its report, and show a failed check's text only."""
    report = yield
    test = graded(item)
    if test is None or not (call.when == "call" or call.excinfo):
        return report
    failure = call.excinfo.value if call.excinfo else None
    outcome = outcome_of_run(test, failure, item.config.stash[_BENCHES].get(item.path))
    if isinstance(failure, CheckFailure):
        report.longrepr = str(failure)
    report.autograder = json.dumps(asdict(outcome))  # type: ignore[attr-defined]
    item.user_properties += [("item", outcome.item), ("points", outcome.result.score)]
    return report


def outcome_of_run(
    test: GradedTest, failure: BaseException | None, bench: Bench | None = None
) -> TestOutcome:
    """Return what became of a test that raised this; of a hidden one nothing is ever drawn."""
    if isinstance(failure, CheckFailure) and bench and bench.explains:
        explain(failure, bench.known_hint(test))
    message, hint, fault = _words_of(failure)
    public = test.visibility == "public"
    result = TestResult(
        name=test.title,
        visibility=test.visibility,
        score=0.0 if failure else test.points,
        max_score=test.points,
        passed=failure is None,
        message=message if public else "",
        hint=hint[:MESSAGE_CHARS] if public or is_chosen(hint, test.item.path) else "",
    )
    if isinstance(failure, CheckFailure):
        sketches = bench.sketches if bench and public else None
        if sketches is not None and failure.seen:
            sketches[test.key] = functools.partial(picture, failure.seen, failure.wrong)
        failure.seen = failure.seen if public else None
    if fault:
        fault = _worded(fault, test, failure)
    return TestOutcome(test.name, result, fault, test.uses)


def _worded(fault: str, test: GradedTest, failure: BaseException | None) -> str:
    """Say whose fault it is: what is broken stays so, what the machine did may pass."""
    where = f"'{test.item.name}' in {test.item.path.name}"
    if isinstance(failure, SandboxFault | OSError | MemoryError):
        return f"The grader failed in the test {where}: {fault}"
    return f"The test {where} is broken ({fault}): {MEND}"


def _words_of(failure: BaseException | None) -> tuple[str, str, str]:
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


def outcome_of(report: Any) -> TestOutcome | None:
    """Return the outcome a report carries; None when it is not that of a graded test."""
    text = getattr(report, "autograder", None)
    if text is None:
        return None
    data = json.loads(text)
    result = TestResult(**data["result"])
    return TestOutcome(data["item"], result, data["fault"], tuple(data.get("uses", ())))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(
    terminalreporter: Any, config: pytest.Config
) -> Generator[None, None, None]:
    """After a handout's tests, show unwritten items in one line, what to mend, and the points."""
    stats = terminalreporter.stats
    reports = [(report, outcome_of(report)) for group in stats.values() for report in group]
    pairs = [(report, outcome) for report, outcome in reports if outcome]
    pairs.sort(key=lambda pair: pair[0].location[:2])  # as they stand in the file
    outcomes = [outcome for _report, outcome in pairs]
    if not outcomes or BENCH in config.stash:
        return (yield)
    unwritten = [item.item for item in items_of(outcomes) if item.is_unwritten]
    stubs = [report for report, outcome in pairs if outcome.item in unwritten]
    failed = stats.get("failed", [])
    stats["failed"] = [report for report in failed if report not in stubs]
    try:
        yield
    finally:
        stats["failed"] = failed
    terminalreporter.section(_("points"))
    benches = config.stash[_BENCHES].values()
    for bench in benches:
        terminalreporter.line(_("Checked: {}").format(bench.checked))
    told = [line for bench in benches for line in bench.told]
    for line in (*points_table(outcomes), *told, *not_written(unwritten), *mend_first(outcomes)):
        terminalreporter.line(line)
