"""The pages of a folder of results: the class's, one an item, and each student's feedback."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from autograder.reports.environment import render
from autograder.reports.item import item_page
from autograder.reports.report import report_page
from autograder.result import HEIGHT, WIDTH, Result
from autograder.submission import Submission

REPORT = "report.html"
FEEDBACK = "feedback"
ITEMS = "items"
SAFE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,79}")


def write_pages(
    results: Sequence[Result], folder: Path, submissions: Mapping[str, Submission] | None = None
) -> Path:
    """Write the class's page, ``items/<item>.html`` and ``feedback/<student>.html``.

    `submissions` are what students handed in, as far as it is known. Returns the class's page.
    """
    for name in (FEEDBACK, ITEMS):
        (folder / name).mkdir(parents=True, exist_ok=True)
    items = list(dict.fromkeys(item.item for result in results for item in result.items))
    students = file_names(result.student for result in results)
    pages = file_names(items)
    answers = {who: one.answers(items) for who, one in (submissions or {}).items()}
    for result in results:
        page = student_page(result, answers.get(result.student, {}))
        _write(folder / FEEDBACK / students[result.student], page)
    links = {student: f"../{FEEDBACK}/{name}" for student, name in students.items()}
    for item in items:
        given = {who: of.get(item, "") for who, of in answers.items()}
        _write(folder / ITEMS / pages[item], item_page(item, results, given, links))
    links = {student: f"{FEEDBACK}/{name}" for student, name in students.items()}
    item_links = {item: f"{ITEMS}/{name}" for item, name in pages.items()}
    _write(folder / REPORT, report_page(results, links, item_links))
    return folder / REPORT


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", errors="replace")


def student_page(result: Result, answers: Mapping[str, str] | None = None) -> str:
    """Return a student's feedback page; `answers` is the code of their items."""
    return render(
        "student.html.j2",
        result=result,
        drawings={(drawing.item, drawing.test): drawing for drawing in result.drawings},
        answers=answers or {},
        width=WIDTH,
        height=HEIGHT,
    )


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
