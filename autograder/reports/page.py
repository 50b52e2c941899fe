"""Feedback pages: one for each student, and one of the class for the instructor.

Pages stand alone: no scripts, no other resources. Their security policy admits the one style
sheet inside them by its hash, images written into the page where it has any, and nothing else.
"""

import base64
import functools
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import fmean, median
from typing import NamedTuple

import jinja2
from markupsafe import Markup

from autograder.reports.points import points
from autograder.result import HEIGHT, WIDTH, ItemResult, Result, TestResult

INDEX = "index.html"
FEEDBACK = "feedback"
SAFE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,79}")
TEMPLATES = Path(__file__).parent / "templates"


class ItemSummary(NamedTuple):
    """How a class did on one item."""

    item: str
    full: int  # how many have all its points
    graded: int
    share: float  # of its points, on average
    fault: str  # what most often stood in the way
    times: int  # how often


def write_pages(results: Sequence[Result], folder: Path) -> Path:
    """Write ``index.html`` and ``feedback/<student>.html`` in the folder; return the index."""
    (folder / FEEDBACK).mkdir(parents=True, exist_ok=True)
    names = file_names(result.student for result in results)
    for result in results:
        _write(folder / FEEDBACK / names[result.student], student_page(result))
    _write(folder / INDEX, index_page(results, names))
    return folder / INDEX


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", errors="replace")


def student_page(result: Result) -> str:
    """Return a student's feedback page."""
    drawings = {(drawing.item, drawing.test): drawing for drawing in result.drawings}
    template = _environment().get_template("student.html.j2")
    return template.render(result=result, drawings=drawings, width=WIDTH, height=HEIGHT)


def index_page(results: Sequence[Result], names: dict[str, str]) -> str:
    """Return the page of the class; `names` are the students' pages in the feedback folder."""
    scores = [result.score for result in results if result.score is not None]
    return (
        _environment()
        .get_template("index.html.j2")
        .render(
            assignment=results[0].assignment if results else "",
            results=results,
            links={student: f"{FEEDBACK}/{name}" for student, name in names.items()},
            mean=fmean(scores) if scores else None,
            median=median(scores) if scores else None,
            counts=Counter(result.status for result in results),
            items=summarize([result for result in results if result.status == "graded"]),
        )
    )


def summarize(results: Sequence[Result]) -> list[ItemSummary]:
    """Return how a class did on each item, in the assignment's order."""
    items: dict[str, list[ItemResult]] = {}
    for result in results:
        for item in result.items:
            items.setdefault(item.item, []).append(item)
    return [_summary(name, outcomes) for name, outcomes in items.items()]


def _summary(name: str, outcomes: list[ItemResult]) -> ItemSummary:
    faults = Counter(fault for outcome in outcomes if (fault := _first_fault(outcome.tests)))
    fault, count = faults.most_common(1)[0] if faults else ("", 0)
    return ItemSummary(
        item=name,
        full=sum(all(test.passed for test in outcome.tests) for outcome in outcomes),
        graded=len(outcomes),
        share=fmean(_share(outcome.score, outcome.max_score) for outcome in outcomes),
        fault=fault,
        times=count,
    )


def _first_fault(tests: Iterable[TestResult]) -> str:
    """Return what the first failed test says, in a line; equal mistakes say the same."""
    for test in tests:
        if not test.passed:
            said = (test.message.partition("\n")[0], test.hint)
            return " ".join(filter(None, said)) or test.name
    return ""


def file_names(students: Iterable[str]) -> dict[str, str]:
    """Return a file name for each student's page: safe, and different on every file system."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for student in sorted(set(students)):
        stem = student if SAFE_NAME.fullmatch(student) else _hashed(student)
        while stem.casefold() in taken:
            stem = _hashed(student, stem)
        taken.add(stem.casefold())
        names[student] = f"{stem}.html"
    return names


def _hashed(student: str, salt: str = "") -> str:
    digest = hashlib.sha256((student + salt).encode(errors="replace")).hexdigest()[:8]
    readable = re.sub(r"[^A-Za-z0-9_]+", "-", student).strip("-")[:60]
    return f"{readable or 'student'}-{digest}"


def _share(score: float | None, max_score: float) -> float:
    """Return points as a number from 0 to 1; an item without points counts as earned."""
    if score is None:
        return 0.0
    return score / max_score if max_score else 1.0


def _data_uri(png: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(png).decode('ascii')}"


@functools.cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = environment.get_template("page.css.j2").render()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    # The one text put on a page as it is: ours, and the policy names its hash.
    environment.globals |= {"style": Markup(style), "style_hash": digest, "share": _share}  # noqa: S704
    environment.filters |= {"points": points, "data_uri": _data_uri}
    return environment
