"""What grading a submission gives: the contract of results.jsonl."""

import functools
import json
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, Self

from autograder.language import in_every_language
from autograder.stubs import NOT_WRITTEN

SCHEMA = 1
RESULTS = "results.jsonl"

Visibility = Literal["public", "hidden"]
Status = Literal["graded", "unreadable", "grader-fault"]

MEND = "mend it, then grade again."
"""How the fault ends that only the author of a test can remove."""

WIDTH, HEIGHT = 640, 360
"""What a drawing is to measure on a page, in pixels; it is drawn finer."""


IN_COMPANY = (
    "Right once your {} is: that is off.",
    "Right once your {} are: those are off.",
)
"""The note of a test that is passed only beside another item of the reference's, or others."""


class GraderFault(Exception):  # noqa: N818 - the word of the contract
    """The grader itself failed; one sentence. No submission is charged for it."""


@dataclass(frozen=True)
class TestResult:
    """One test: its title, points, and what it says when it failed."""

    __test__ = False  # not a test class for pytest

    name: str
    visibility: Visibility
    score: float
    max_score: float
    passed: bool
    message: str = ""
    hint: str = ""


def in_company(note: str) -> bool:
    """Return whether a note is that of a test passed only in company."""
    return any(
        note.startswith(text.partition("{")[0])
        for sentence in IN_COMPANY
        for text in in_every_language(sentence)
    )


@dataclass(frozen=True)
class ItemResult:
    """The tests of one item; its points are theirs."""

    item: str
    tests: tuple[TestResult, ...]

    @property
    def score(self) -> float:
        """Points earned."""
        return _total(test.score for test in self.tests)

    @property
    def max_score(self) -> float:
        """Points that can be earned."""
        return _total(test.max_score for test in self.tests)

    @property
    def is_unwritten(self) -> bool:
        """Whether there is only its stub, as its public tests say."""
        said = {test.message for test in self.tests if test.visibility == "public"}
        return any(said == {text.format(self.item)} for text in in_every_language(NOT_WRITTEN))


@dataclass(frozen=True)
class TestOutcome:
    """What became of one test of an item; `fault` is set when the test itself failed to work.

    `uses` are the items that this one is meant to build on.
    """

    __test__ = False  # not a test class for pytest

    item: str
    result: TestResult
    fault: str = ""
    uses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Drawing:
    """What failed in a test, drawn for the page; results.jsonl does not have it."""

    item: str
    test: str
    png: bytes
    alt: str


@dataclass(frozen=True)
class Result:
    """The result of one submission, a line of results.jsonl but for the drawings.

    `status` is ``graded``; ``unreadable`` (not a notebook or script: no points, `error` says
    why); or ``grader-fault`` (the grader's own failure, in `error`: no score, grade again).
    """

    assignment: str
    student: str
    submission: str
    items: tuple[ItemResult, ...]
    status: Status = "graded"
    error: str | None = None
    drawings: tuple[Drawing, ...] = field(default=(), compare=False)
    schema: int = field(default=SCHEMA, init=False)

    @property
    def score(self) -> float | None:
        """Points earned; None when the grader failed."""
        if self.status == "grader-fault":
            return None
        return _total(item.score for item in self.items)

    @property
    def max_score(self) -> float:
        """Points that can be earned."""
        return _total(item.max_score for item in self.items)

    @property
    def first_fault(self) -> str:
        """The first thing wrong, in one line; empty when nothing is. Unwritten items come last."""
        if self.error:
            return self.error
        items = sorted(self.items, key=lambda item: item.is_unwritten)
        failed = ((i.item, t) for i in items for t in i.tests if not t.passed)
        for item, test in failed:
            text = test.message or test.hint or test.name
            return f"{item}: {text.splitlines()[0]}"
        return ""

    def with_items_of(self, other: "Result") -> "Result":
        """Return this result with the items, and their drawings, that the other has."""
        new = {item.item: item for item in other.items}
        kept = tuple(drawing for drawing in self.drawings if drawing.item not in new)
        items = tuple(new.get(item.item, item) for item in self.items)
        return replace(self, items=items, drawings=kept + other.drawings)

    def to_json(self) -> str:
        """Return the line of results.jsonl, without its line end."""
        items = [
            {"item": i.item, "score": i.score, "max_score": i.max_score}
            | {"tests": [asdict(test) for test in i.tests]}
            for i in self.items
        ]
        names = ("schema", "assignment", "student", "submission", "status", "error")
        own = {name: getattr(self, name) for name in (*names, "score", "max_score")}
        return json.dumps(own | {"items": items}, ensure_ascii=False, allow_nan=False)

    @classmethod
    def from_json(cls, line: str) -> Self:
        """Read a line of results.jsonl; ValueError when it is not one."""
        try:
            data: dict[str, Any] = json.loads(line)
            if data["schema"] != SCHEMA:
                raise ValueError(f"schema {data['schema']!r}, expected {SCHEMA}")
            items = tuple(
                ItemResult(i["item"], tuple(_shared_test(**test) for test in i["tests"]))
                for i in data["items"]
            )
            names = ("assignment", "student", "submission", "status", "error")
            return cls(items=items, **{name: data[name] for name in names})
        except (KeyError, TypeError) as error:
            raise ValueError(f"not a line of results.jsonl: {error!r}") from None


@functools.lru_cache(10_000, typed=True)
def _shared_test(**fields: Any) -> TestResult:
    """Return one object for equal tests: most students of a class have most in common."""
    return TestResult(**fields)


def without_points(items: tuple[ItemResult, ...], message: str = "") -> tuple[ItemResult, ...]:
    """Return the same items with nothing earned; `message` is set in every public test."""

    def failed(test: TestResult) -> TestResult:
        said = message if test.visibility == "public" else ""
        return replace(test, score=0.0, passed=False, message=said, hint="")

    return tuple(ItemResult(item.item, tuple(map(failed, item.tests))) for item in items)


def _total(points: Any) -> float:
    return round(float(sum(points)), 6)


def read_results(path: Path) -> list[Result]:
    """Read a results.jsonl; OSError when it cannot be, ValueError when it is none."""
    text = path.read_text(encoding="utf-8", errors="replace")
    return [Result.from_json(line) for line in text.split("\n") if line]
