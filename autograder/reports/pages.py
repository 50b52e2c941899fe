"""The pages of a folder of results: the class's, one an item, and each student's feedback.

They stand alone, without scripts or other resources. Their security policy admits the one style
sheet inside them by its hash, images written into the page where it has any, and nothing else.
"""

import base64
import functools
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean, median
from typing import Any

import jinja2
from markupsafe import Markup

from autograder.language import _, spoken
from autograder.reports import points
from autograder.reports.report import histogram, mistakes, needs, share, told
from autograder.reports.statistics import ENOUGH, FEWEST, cronbach_alpha, measure, suspicions
from autograder.result import HEIGHT, WIDTH, Drawing, ItemResult, Result
from autograder.submission import Submission

TEMPLATES = Path(__file__).parent / "templates"
REPORT = "report.html"
FEEDBACK = "feedback"
ITEMS = "items"
SHOWN = 25  # mistakes; each item's page has all of its own
CODE_CHARS = 20_000
CUT = "[cut here]"
SAFE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,79}")


def write_pages(
    results: Sequence[Result],
    folder: Path,
    submissions: Mapping[str, Submission] | None = None,
    changed: Sequence[tuple[str, str]] = (),
) -> Path:
    """Write the class's page, ``items/<item>.html`` and ``feedback/<student>.html``.

    `submissions` are what students handed in, as far as it is known; `changed` says whose marks a
    person changed in a gradebook, and which. Returns the class's page.
    """
    items = list(dict.fromkeys(item.item for result in results for item in result.items))
    answers = {who: one.answers(items) for who, one in (submissions or {}).items()}
    students = _links(FEEDBACK, (result.student for result in results))
    pages = _links(ITEMS, items)
    for result in results:
        page = student_page(result, answers.get(result.student, {}))
        _write(folder / students[result.student], page)
    links = {student: f"../{link}" for student, link in students.items()}
    for item, link in pages.items():
        given = {who: of.get(item, "") for who, of in answers.items()}
        _write(folder / link, item_page(item, results, given, links))
    _write(folder / REPORT, report_page(results, students, pages, changed))
    return folder / REPORT


def _links(folder: str, names: Iterable[str]) -> dict[str, str]:
    return {name: f"{folder}/{file}" for name, file in file_names(names).items()}


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", errors="replace")


def report_page(
    results: Sequence[Result],
    links: Mapping[str, str],
    item_links: Mapping[str, str],
    changed: Sequence[tuple[str, str]] = (),
) -> str:
    """Return the page of the class; the links are those of students' and items' pages."""
    scores = [result.score for result in results if result.score is not None]
    graded = [result for result in results if result.status == "graded"]
    measures = measure(graded)
    commonest = mistakes(graded)
    return _render(
        "report.html.j2",
        assignment=results[0].assignment if results else "",
        results=results,
        links=links,
        item_links=item_links,
        mean=fmean(scores) if scores else None,
        median=median(scores) if scores else None,
        counts=Counter(result.status for result in results),
        bars=histogram(graded),
        n=len(graded),
        fewest=FEWEST,
        enough=ENOUGH,
        alpha=cronbach_alpha(graded),
        measures=measures,
        doubts=suspicions(measures),
        mistakes=commonest[:SHOWN],
        rarer=len(commonest[SHOWN:]),
        needs=needs(results, changed),
    )


def student_page(result: Result, answers: Mapping[str, str] | None = None) -> str:
    """Return a student's feedback page; `answers` is the code of their items."""
    drawings = {(drawing.item, drawing.test): drawing for drawing in result.drawings}
    return _render("student.html.j2", result=result, drawings=drawings, answers=answers or {})


# --- an item's page, for those who mark it or speak about it ----------------------------


@dataclass
class Answer:
    """Code that some students handed in, and what the first of them was told."""

    source: str
    item: ItemResult
    drawing: Drawing | None
    students: list[str] = field(default_factory=list)


@dataclass
class Group:
    """Answers that pass and fail the same tests with the same hints, the commonest first."""

    answers: list[Answer]

    @property
    def item(self) -> ItemResult:
        """What came of the commonest."""
        return self.answers[0].item

    @property
    def words(self) -> list[str]:
        """What its students were told; empty when it is right."""
        return told(self.item)

    @property
    def size(self) -> int:
        """How many students."""
        return sum(len(answer.students) for answer in self.answers)


def item_page(
    item: str, results: Sequence[Result], sources: Mapping[str, str], links: Mapping[str, str]
) -> str:
    """Return the page of an item by its name, with every distinct answer to it.

    `sources` is the code of each student's item, empty where there is none; `links` are those of
    students' pages.
    """
    graded = [result for result in results if result.status == "graded"]
    unwritten = [r.student for r in graded for i in r.items if i.item == item and i.is_unwritten]
    return _render(
        "item.html.j2",
        assignment=results[0].assignment,
        item=item,
        groups=grouped(item, [r for r in graded if r.student not in set(unwritten)], sources),
        unwritten=unwritten,
        unknown={result.student for result in graded} - sources.keys(),
        links=links,
    )


def grouped(item: str, results: Sequence[Result], sources: Mapping[str, str]) -> list[Group]:
    """Return the distinct answers to an item, by outcome and then by code, the largest first.

    One answer of a group keeps its picture: the others' show the same.
    """
    found: dict[tuple[tuple[bool, str], ...], dict[str, Answer]] = {}
    for result in results:
        for own in (one for one in result.items if one.item == item):
            source = sources.get(result.student, "")
            outcome = tuple((test.passed, test.hint) for test in own.tests)
            drawing = next((one for one in result.drawings if one.item == item), None)
            answers = found.setdefault(outcome, {})
            answer = answers.setdefault(_without_blanks(source), Answer(source, own, drawing))
            answer.students.append(result.student)
    groups = [Group(sorted(a.values(), key=lambda one: -len(one.students))) for a in found.values()]
    for group in groups:
        for answer in [answer for answer in group.answers if answer.drawing][1:]:
            answer.drawing = None
    return sorted(groups, key=lambda group: -group.size)


def _without_blanks(source: str) -> str:
    """Return code without what no reader minds: blank lines, and lines that are comments."""
    lines = (line.rstrip() for line in source.splitlines())
    return "\n".join(line for line in lines if line and not line.lstrip().startswith("#"))


# --- files and templates ----------------------------------------------------------------


def file_names(names: Iterable[str]) -> dict[str, str]:
    """Return a file name for each one's page: safe, and different on every file system."""
    files: dict[str, str] = {}
    taken: set[str] = set()
    for name in sorted(set(names)):
        stem = name if SAFE_NAME.fullmatch(name) else _hashed(name)
        while stem.casefold() in taken:
            stem = _hashed(name, stem)
        taken.add(stem.casefold())
        files[name] = f"{stem}.html"
    return files


def _hashed(name: str, salt: str = "") -> str:
    digest = hashlib.sha256((name + salt).encode(errors="replace")).hexdigest()[:8]
    readable = re.sub(r"[^A-Za-z0-9_]+", "-", name).strip("-")[:60]
    return f"{readable or 'student'}-{digest}"


def code(source: str) -> str:
    """Return code as it may be shown: what does not print, or reorders text, as its escape."""
    kept = source[:CODE_CHARS].replace("\r\n", "\n")
    shown = "".join(c if c.isprintable() or c in "\n\t" else ascii(c)[1:-1] for c in kept)
    return shown if len(source) <= CODE_CHARS else f"{shown}\n{_(CUT)}"


def _render(template: str, **values: Any) -> str:
    """Return a page; what is put into the template is text, never markup."""
    return _environment().get_template(template).render(width=WIDTH, height=HEIGHT, **values)


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
    environment.globals |= {"style": Markup(style), "style_hash": digest, "share": share}  # noqa: S704
    environment.globals |= {"_": _, "spoken": spoken}
    environment.filters |= {"points": points, "data_uri": _data_uri, "code": code}
    return environment


def _data_uri(png: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(png).decode('ascii')}"
