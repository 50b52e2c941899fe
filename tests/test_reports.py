"""What results look like: spreadsheet, table, pages."""

import base64
import csv
import hashlib
import io
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from rich.console import Console

from autograder.reports.grades import grades_csv
from autograder.reports.page import file_names, student_page, summarize, write_pages
from autograder.reports.points import points
from autograder.reports.table import show
from autograder.result import Drawing, ItemResult, Result, TestResult
from tests.classroom_fakes import result

EVIL = "<script>alert('x')</script>\"><img src=x onerror=y>{{ 7 * 7 }}"


def rows(*results: Result) -> list[list[str]]:
    """Return the spreadsheet's cells, as a spreadsheet reads them."""
    return list(csv.reader(io.StringIO(grades_csv(results))))


def evil() -> Result:
    """Return a result with markup in every text that a submission can influence."""
    tests = (TestResult(EVIL, "public", 0.0, 5.0, False, EVIL, EVIL),)
    return result(EVIL, submission=EVIL, items=(ItemResult(EVIL, tests),))


def elements(page: str) -> list[tuple[str, dict[str, str | None]]]:
    """Return the elements of a page with their attributes."""
    seen: list[tuple[str, dict[str, str | None]]] = []

    class Elements(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            seen.append((tag, dict(attrs)))

    Elements().feed(page)
    return seen


def terminal(*results: Result, is_terminal: bool = False) -> str:
    """Return what the table shows on a console 60 wide."""
    text = io.StringIO()
    show(results, Console(file=text, width=60, force_terminal=is_terminal))
    return text.getvalue()


@pytest.mark.parametrize(
    ("value", "text"),
    [(93.0, "93"), (2 / 3, "0.67"), (None, "\N{EN DASH}"), (12345678.5, "12345678.5")],
)
def test_points(value: float | None, text: str) -> None:
    """Points are written without needless digits."""
    assert text == points(value)


def test_grades() -> None:
    """The spreadsheet has a line for each student and a column for each item."""
    assert rows(result("s01"), result("s02", passed=False, status="unreadable", error="no")) == [
        ["student", "submission", "status", "score", "max_score", "step"],
        ["s01", "s01.py", "graded", "5", "5", "5"],
        ["s02", "s02.py", "unreadable", "0", "5", "0"],
    ]


def test_grades_of_a_fault() -> None:
    """A submission that the grader failed on has no points, not zero points."""
    fault = result(passed=False, status="grader-fault", error="gone")

    assert rows(fault)[1] == ["s01", "s01.py", "grader-fault", "", "5", ""]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "'=", "\uff1d"])
def test_grades_hold_no_formula(start: str) -> None:
    """No text in the spreadsheet is taken for a formula."""
    name = f'{start}cmd|"/c calc"!A1'

    assert [f"'{name}"] * 2 == rows(result(name, submission=name))[1][:2]


@pytest.mark.parametrize(
    "name", ["'t Hooft, Ada", "O'Hara", "a-b", "\u5c71\u7530\u3000\u592a\u90ce"]
)
def test_grades_keep_names(name: str) -> None:
    """A name that no spreadsheet takes for a formula stands as it is."""
    assert name == rows(result(name))[1][0]


def test_grades_quote() -> None:
    """Commas, quotes and line ends in a name stay in its cell."""
    name = 'O"Brien, Jos\u00e9\nb'

    assert name == rows(result(name))[1][0]


def test_table_plain() -> None:
    """Where there is no terminal the table is whole plain lines, with the first thing wrong."""
    long = "x" * 100
    tests = (TestResult("t", "public", 0.0, 5.0, False, f"{long}\nmore", ""),)

    assert f"s01       5 / 5\nstudent2  0 / 5  step: {long}\n" == terminal(
        result("s01"), result("student2", items=(ItemResult("step", tests),))
    )


def test_table_status() -> None:
    """A submission without a verdict is told apart."""
    fault = result(passed=False, status="grader-fault", error="gone")

    assert terminal(fault) == "s01  \N{EN DASH} / 5  grader-fault: gone\n"


@pytest.mark.parametrize("is_terminal", [True, False])
def test_table_shows_markup_as_text(is_terminal: bool) -> None:
    """Markup of the terminal library in a name is text."""
    assert "[red]s01[/red]" in terminal(result("[red]s01[/red]"), is_terminal=is_terminal)


def test_table_on_a_terminal_keeps_to_lines() -> None:
    """On a terminal a long message is cut, not wrapped."""
    tests = (TestResult("t", "public", 0.0, 5.0, False, "x" * 100, ""),)
    shown = terminal(result(items=(ItemResult("step", tests),)), is_terminal=True)

    assert len(shown.splitlines()) == 2
    assert "\N{HORIZONTAL ELLIPSIS}" in shown


def test_page_shows_what_failed() -> None:
    """A student's page has points, every test, messages and hints."""
    page = student_page(result(passed=False))

    for text in ("0 <span", "step", "at zero", "got 1", "far out", "overflow", "hidden"):
        assert text in page


def test_page_of_an_unreadable_file() -> None:
    """A file that could not be read has a page that says why, and no tests."""
    page = student_page(result(passed=False, status="unreadable", error="It is not a notebook."))

    assert "It is not a notebook." in page
    assert "at zero" not in page


def test_page_of_a_fault() -> None:
    """When the grader failed, the student reads that it was not them, and no inner workings."""
    page = student_page(result(passed=False, status="grader-fault", error="fork failed in /srv"))

    assert "no fault of yours" in page
    assert "/srv" not in page


def test_pages_escape(tmp_path: Path) -> None:
    """Nothing that a submission can influence becomes markup, on either page."""
    index = write_pages([evil()], tmp_path)
    (feedback,) = (tmp_path / "feedback").iterdir()

    for page in (index.read_text(), feedback.read_text()):
        tags = {tag for tag, _ in elements(page)}
        assert not tags & {"script", "img"}
        assert "&lt;script&gt;alert(" in page
        assert "{{ 7 * 7 }}" in page
        assert not [a for _, attrs in elements(page) for a in attrs if a.startswith("on")]


def test_no_script_of_a_student_runs_in_a_browser(
    tmp_path: Path, dialogs: Callable[[Path], list[str]]
) -> None:
    """Opened in Chromium, both pages show a student's markup as text and run none of it."""
    index = write_pages([evil()], tmp_path)
    (feedback,) = (tmp_path / "feedback").iterdir()

    for path in (index, feedback):
        (text,) = dialogs(path)
        assert "<script>alert('x')</script>" in text


def test_pages_stand_alone(tmp_path: Path) -> None:
    """A page loads nothing: its policy admits the style sheet in it, by hash, and no more."""
    index = write_pages([result()], tmp_path).read_text()

    style = re.search(r"<style>(.*?)</style>", index, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'" in index
    names = {name for _, attributes in elements(index) for name in attributes}
    assert not names & {"src", "style"}
    assert "url(" not in style[1]


def drawn(alt: str = "words") -> Result:
    """Return a result with a drawing of its public test."""
    return result(passed=False, drawings=(Drawing("step", "at zero", b"\x89PNG", alt),))


def test_page_shows_a_drawing() -> None:
    """A drawing is in the page itself, once, under its test, with words beside it."""
    page = student_page(drawn())

    (image,) = [attributes for tag, attributes in elements(page) if tag == "img"]
    assert image["src"] == "data:image/png;base64," + base64.b64encode(b"\x89PNG").decode()
    assert image["alt"] == "words"
    assert page.index("got 1") < page.index("<img") < page.index("far out")


def test_policy_admits_images_where_there_are_some() -> None:
    """A page with drawings admits images inside it; one without admits none."""
    assert "; img-src data:; base-uri 'none'" in student_page(drawn())
    assert "img-src" not in student_page(result(passed=False))


def test_words_of_a_drawing_are_no_markup() -> None:
    """Whatever stands in the words beside a drawing, it is text."""
    page = student_page(drawn(EVIL))

    (image,) = [attributes for tag, attributes in elements(page) if tag == "img"]
    assert image["alt"] == EVIL


def test_index_links_to_pages(tmp_path: Path) -> None:
    """Every student on the class's page links to a page that is there."""
    index = write_pages([result("s01"), result("../../etc/passwd"), result("Zo\u00eb")], tmp_path)
    links = [str(a["href"]) for tag, a in elements(index.read_text()) if tag == "a"]

    assert len(set(links)) == 3
    for link in links:
        assert re.fullmatch(r"feedback/[A-Za-z0-9_.-]+\.html", link)
        assert (tmp_path / link).is_file()


def test_no_results(tmp_path: Path) -> None:
    """A class of nobody has a page, too."""
    assert "0 submissions" in write_pages([], tmp_path).read_text()


@pytest.mark.parametrize("name", ["s01", "anna.b-c_2"])
def test_plain_names_are_kept(name: str) -> None:
    """A plain name is the page's name."""
    assert {name: f"{name}.html"} == file_names([name])


@pytest.mark.parametrize(
    "name",
    ["../x", "a/b", "..", ".hidden", "", "\x00", "a b", "\u540d", "x" * 300, "-rf"],
)
def test_odd_names_are_made_safe(name: str) -> None:
    """An odd name gives a file name that is safe anywhere, and always the same."""
    made = file_names([name])[name]

    assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,80}\.html", made)
    assert made == file_names([name, "s01"])[name]


def test_names_differ() -> None:
    """Two students never share a page, not even where upper and lower case are one."""
    students = ["Ab", "ab", "a/b", "a-b", "a?b", "\u540d", "\u524d"]
    names = {name.casefold() for name in file_names(students).values()}

    assert len(students) == len(names)


def test_summary() -> None:
    """An item's summary: how many have it whole, the share of points, the commonest fault."""
    (summary,) = summarize([result("a"), result("b", passed=False), result("c", passed=False)])

    assert (
        summary.item,
        summary.full,
        summary.graded,
        summary.fault,
        summary.times,
    ) == ("step", 1, 3, "got 1", 2)
    assert summary.share == pytest.approx(1 / 3)
