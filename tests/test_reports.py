"""What results look like: spreadsheet, table, pages."""

import base64
import csv
import hashlib
import io
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from rich.console import Console

from autograder.checks.calls import defined
from autograder.checks.failure import CheckFailure
from autograder.exports.tables import points_csv
from autograder.reports import changes, points, show
from autograder.reports.pages import file_names, grouped, student_page, write_pages
from autograder.reports.report import LIMIT, histogram, mistakes, needs
from autograder.result import Drawing, ItemResult, Result, TestResult
from autograder.sandbox.answers import Answer
from autograder.submission import Cell, Submission
from tests.classroom_fakes import result

EVIL = "<script>alert('x')</script>\"><img src=x onerror=y>{{ 7 * 7 }}"


def rows(*results: Result) -> list[list[str]]:
    """Return the spreadsheet's cells, as a spreadsheet reads them."""
    return list(csv.reader(io.StringIO(points_csv(results))))


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


def write_evil(folder: Path) -> list[Path]:
    """Write the pages of a student whose every text is markup, and return all of them."""
    write_pages([evil()], folder, {EVIL: Submission(Path("a.py"), (Cell("c", EVIL, EVIL),))})
    return sorted(folder.rglob("*.html"))


def test_pages_escape(tmp_path: Path) -> None:
    """Nothing that a submission can influence becomes markup, on any page."""
    pages = write_evil(tmp_path)

    assert {page.parent.name for page in pages} == {tmp_path.name, "feedback", "items"}
    for page in (path.read_text() for path in pages):
        tags = {tag for tag, _ in elements(page)}
        assert not tags & {"script", "img"}
        assert "&lt;script&gt;alert(" in page
        assert "{{ 7 * 7 }}" in page
        assert not [a for _, attrs in elements(page) for a in attrs if a.startswith("on")]


def test_no_script_of_a_student_runs_in_a_browser(
    tmp_path: Path, dialogs: Callable[[Path], list[str]]
) -> None:
    """Opened in Chromium, all pages show a student's markup as text and run none of it."""
    for path in write_evil(tmp_path):
        (text,) = dialogs(path)
        assert "<script>alert('x')</script>" in text


def test_pages_stand_alone(tmp_path: Path) -> None:
    """A page loads nothing: its policy admits the style sheet in it, by hash, and no more."""
    report = write_pages([result()], tmp_path).read_text()

    style = re.search(r"<style>(.*?)</style>", report, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'" in report
    names = {name for _, attributes in elements(report) for name in attributes}
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


def test_report_links_to_pages(tmp_path: Path) -> None:
    """Every student and item on the class's page links to a page that is there."""
    report = write_pages([result("s01"), result("../../etc/passwd"), result("Zo\u00eb")], tmp_path)
    links = {str(a["href"]) for tag, a in elements(report.read_text()) if tag == "a"}

    pages = {link for link in links if not link.startswith("#")}
    assert len(pages) == 4
    for link in pages:
        assert re.fullmatch(r"(feedback|items)/[A-Za-z0-9_.-]+\.html", link)
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


def failed(student: str, message: str, hint: str = "", **changes: object) -> Result:
    """Return a result whose one test failed with these words."""
    test = TestResult("at zero", "public", 0.0, 5.0, False, message, hint)
    return result(student, items=(ItemResult("step", (test,)),), **changes)


def test_histogram() -> None:
    """Marks are counted by tenths of the points; full marks are in the last."""
    assert histogram([result("a"), result("b"), result("c", passed=False)]) == [1, *[0] * 8, 2]


def test_commonest_mistakes() -> None:
    """Mistakes are counted by hint and, where there is none, by message: the commonest first."""
    told = mistakes(
        [failed("a", "x\ny"), failed("b", "got 1", "sign"), failed("c", "got 2", "sign")]
    )

    assert [(one.words, one.students) for one in told] == [("sign", ["b", "c"]), ("x", ["a"])]


def test_what_needs_a_person() -> None:
    """Who could not be read, met a limit, or passed only in company is named, with the reason."""
    company = TestResult("t", "public", 5.0, 5.0, True, "Right once your tanh is: that is off.")
    found = needs(
        [
            result("right"),
            result("u", passed=False, status="unreadable", error="no JSON"),
            failed("slow", "step(1) did not finish in time in line 2"),
            result("c", items=(ItemResult("step", (company,)),)),
            result("f", passed=False, status="grader-fault", error="gone"),
        ]
    )

    assert [(need.title, need.cases) for need in found] == [
        ("Not graded, because the grader failed", [("f", "gone")]),
        ("Unreadable", [("u", "no JSON")]),
        ("A limit was hit", [("slow", "step")]),
        ("Passed only in company", [("c", "step")]),
    ]


def test_limits_are_known_by_the_words_of_the_checks() -> None:
    """What the checks say of an answer that a limit ended is taken for that."""
    for kind in ("timeout", "memory", "crashed", "budget"):
        answer = Answer(kind, error="")
        with pytest.raises(CheckFailure) as said:
            defined("step", answer)
        assert LIMIT.search(said.value.message), kind


def test_answers_are_grouped() -> None:
    """An item's answers stand by outcome, then by code; blank lines and comments do not count."""
    everybody = [result(name) for name in "abc"] + [failed("d", "got 1")]
    sources = {"a": "x = 1", "b": "# mine\n\nx = 1", "c": "x = 2", "d": "x = 1"}

    groups = grouped("step", everybody, sources)

    assert [[answer.students for answer in group.answers] for group in groups] == [
        [["a", "b"], ["c"]],
        [["d"]],
    ]
    assert [group.words for group in groups] == [[], ["got 1"]]


def test_item_page(tmp_path: Path) -> None:
    """An item's page has the code, who gave it, what they were told, and one picture a group."""
    drawings = drawn().drawings
    class_ = [failed(name, "got 1", drawings=drawings) for name in ("s01", "s02")]
    code = {r.student: submission(f"step = {r.student!r}") for r in class_}
    write_pages(class_, tmp_path, code)
    page = (tmp_path / "items" / "step.html").read_text()

    for text in ("2 students, 2 answers", "step = &#39;s01&#39;", "../feedback/s02.html", "got 1"):
        assert text in page
    assert page.count("<img") == 1


def test_item_page_without_code(tmp_path: Path) -> None:
    """Where what was handed in is not kept, the item's page says so."""
    write_pages([result()], tmp_path)

    assert "of 1 student is not kept" in (tmp_path / "items" / "step.html").read_text()


def test_code_shows_what_does_not_print(tmp_path: Path) -> None:
    """Signs in code that do not print, or turn its order round, are shown as escapes."""
    write_pages([result()], tmp_path, {"s01": submission("step = 1 \u202e\x1b[2J")})

    for page in ("items/step.html", "feedback/s01.html"):
        assert r"step = 1 \u202e\x1b[2J" in (tmp_path / page).read_text()


def submission(source: str) -> Submission:
    """Return a submission of one cell."""
    return Submission(Path("a.py"), (Cell("cell 1", source),))


def test_changes() -> None:
    """Whose marks differ is said, by how much and at which tests; who is new or gone, too."""
    old = [result("a"), result("b", passed=False), result("c"), result("gone")]
    fault = result("c", passed=False, status="grader-fault", error="x")
    new = [result("a"), result("b"), fault, result("new")]

    assert changes(old, new) == [
        "b  0 -> 5 (+5)",
        "  step: at zero  0 -> 2",
        "  step: far out  0 -> 3",
        "c  5 -> \N{EN DASH}, graded -> grader-fault",
        "gone  only in the old results",
        "new  only in the new results: 5",
    ]
    assert changes(old, old) == []


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.long)])
def test_pages_are_accessible(tmp_path: Path, browser: Browser, scheme: Any) -> None:
    """Axe finds no fault in the class's page, an item's and a student's, light or dark."""
    from axe_playwright_python.sync_playwright import Axe

    hint = "mind the sign"
    class_ = [failed(f"s{n:02}", "got 1", hint, drawings=drawn().drawings) for n in range(10)]
    class_ += [result(f"t{n:02}") for n in range(10)]
    class_ += [result("u", passed=False, status="unreadable", error="It is not a notebook.")]
    write_pages(class_, tmp_path, {one.student: submission("step = 1") for one in class_})

    for name in ("report.html", "items/step.html", "feedback/s01.html", "feedback/u.html"):
        page = browser.new_page(color_scheme=scheme)
        page.goto((tmp_path / name).as_uri())
        page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
        found = Axe().run(page).response["violations"]
        page.close()
        assert not [(one["id"], one["nodes"][0]["html"]) for one in found], name
