"""What reaches nbgrader's pages: outputs, reports, Markdown."""

import base64
import dataclasses
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib.image
import nbformat
import numpy as np
import pytest
from nbconvert.exporters import HTMLExporter
from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from nbgrader.converters import GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from playwright.sync_api import Browser
from traitlets.config import Config

from autograder.nbgrader import pages
from autograder.nbgrader.config import _prepare
from autograder.nbgrader.outputs import report, shown, write_points
from autograder.nbgrader.pages import markdown2html
from autograder.result import Drawing, GraderFault, ItemResult, Result, TestResult
from autograder.sandbox.answers import CellOutcome
from tests.classroom_fakes import ASSIGNMENT, make_course

PUBLIC = TestResult("z = 3", "public", 0.0, 2.0, False, "got <b>1</b>\nat 3", "Halve it.")
HIDDEN = TestResult("large z", "hidden", 0.0, 3.0, False, "SECRET input", "Think of inf.")
PASSED = TestResult("z = 0", "public", 1.0, 1.0, True)
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
ITEM = ItemResult("double", (PASSED, PUBLIC, HIDDEN))


def notebook(points: float) -> nbformat.NotebookNode:
    """Return a notebook with one check cell."""
    metadata = {"nbgrader": {"grade_id": "check-double", "grade": True, "points": points}}
    return new_notebook(cells=[new_code_cell('check("double")', metadata=metadata)])


def result(item: ItemResult = ITEM, **changes: str) -> Result:
    """Return the result of a submission with one item."""
    return Result("mini", "s01", "mini.ipynb", (item,), **changes)


def test_an_attachment_is_shown_once() -> None:
    """Named again and again, a picture does not multiply the page."""
    attachments = {"a.png": {"image/png": "QUJD"}}

    page = markdown2html({"cell": {"attachments": attachments}}, "![it](attachment:a.png)" * 1000)

    assert page.count("QUJD") == 1
    assert attachments == {"a.png": {"image/png": "QUJD"}}


def test_pictures_beside_the_notebook_are_shown_as_words() -> None:
    """A page is released by itself: an image in a folder would be broken there."""
    page = markdown2html({}, "![Two lines.](pictures/a.png) ![a](https://a.example/b.png)")

    assert "[Picture: Two lines.]" in page
    assert re.findall('src="(.*?)"', page) == ["https://a.example/b.png"]


def test_hints_fold_out() -> None:
    """Hints fold, one after the other; of a fold left open the rest of the page knows nothing."""
    hints = "<details><summary>A hint</summary>\n\nHalve *it*.\n\n</details>\n"

    page = markdown2html({}, f"</details>\n\n{hints}{hints.replace('</details>', '')}")

    assert re.findall("</?details>|Halve <em>it</em>", page) == [
        "<details>",
        "Halve <em>it</em>",
        "</details>",
        "<details>",
        "Halve <em>it</em>",
        "</details>",
    ]


@pytest.mark.parametrize("attribute", ["<details open onclick=x>", "<details><summary><b>"])
def test_only_a_bare_fold_comes_through(attribute: str) -> None:
    """A fold with anything of its own is shown as text."""
    page = markdown2html({}, f"{attribute}x</summary>\n\ny\n\n</details>")

    assert "<details" not in page
    assert "</details" not in page


@pytest.mark.parametrize(
    ("latex", "shown"),
    [
        (r"$\frac{1}{2}$", "<mfrac>"),
        ("$$\nf(z) = \\begin{cases} 1 & z > 0 \\\\ 0 & z < 0 \\end{cases}\n$$", "<mtable>"),
        (r"\begin{align} a &= b \end{align}", "<mtable"),
        (r"$\text{<script>x</script>}$", "&lt;script&gt;"),
        (r"$\text{&lt;script&gt;}$", "&lt;script&gt;"),
    ],
)
def test_formulas_need_no_script(latex: str, shown: str) -> None:
    """A formula is MathML, with what a student writes in it as text."""
    page = markdown2html({}, latex)

    assert "<math" in page
    assert shown in page
    assert "<script" not in page


@pytest.mark.parametrize(
    "latex",
    [
        r"\href{javascript:alert(1)}{x}",
        r"\style{position:fixed}{x}",
        r"\class{panel}{x}",
        r"\newcommand{\a}{xx} \a",
        r"\frac",
        "{" * 1500,
        "x" * 2001,
    ],
)
def test_what_is_no_formula_stays_text(latex: str) -> None:
    """What links, styles, defines, or cannot be converted is shown as it was written."""
    page = markdown2html({}, f"${latex}$")

    assert "<math" not in page
    assert latex in page


def test_report_shows_messages_and_hints() -> None:
    """A report gives points, each test's too, and of a failed one what was wrong; hints last."""
    assert report(ITEM).splitlines() == [
        "double: 1 of 6 points",
        "passed  1 of 1  z = 0",
        "FAILED  0 of 2  z = 3",
        "    got <b>1</b>",
        "    at 3",
        "    Hint: Halve it.",
        "FAILED  0 of 3  hidden test: large z",
        "    Hint: Think of inf.",
    ]


def test_check_cell_gets_report_then_points() -> None:
    """The points are the last output, after the report, and nothing goes to stderr."""
    nb = notebook(6.0)

    write_points(nb, result())

    text, points = nb.cells[0].outputs
    nbformat.validate(nb)
    assert (text.output_type, text.name) == ("stream", "stdout")
    assert (points.output_type, points.data) == ("execute_result", {"text/plain": "1.0"})


def test_pictures_stand_between_report_and_points() -> None:
    """Of the drawings those of the item are shown, as PNG with words; the points stay last."""
    nb = notebook(6.0)
    drawings = tuple(Drawing(item, "z = 3", item.encode(), "words") for item in ("double", "half"))

    write_points(nb, dataclasses.replace(result(), drawings=drawings))

    text, picture, points = nb.cells[0].outputs
    nbformat.validate(nb)
    assert (text.output_type, picture.output_type) == ("stream", "display_data")
    assert picture.data == {"image/png": base64.b64encode(b"double").decode()}
    assert picture.metadata["image/png"] == {"alt": "words", "width": 640}
    assert points.data == {"text/plain": "1.0"}


def test_unreadable_submission_shows_why() -> None:
    """Without a readable file a check cell says so, and gives no points."""
    nb = notebook(6.0)
    none = ItemResult("double", (PUBLIC,) * 3)

    write_points(nb, result(none, status="unreadable", error="mini.ipynb is not a notebook."))

    text, points = nb.cells[0].outputs
    assert text.text == "double: 0 of 6 points\nmini.ipynb is not a notebook.\n"
    assert points.data["text/plain"] == "0.0"


def test_points_never_exceed_the_maximum() -> None:
    """A score a rounding error above the maximum, which nbgrader would refuse, is the maximum."""
    above = TestResult("z", "public", 6.000000001, 6.0, True)
    nb = notebook(6.0)

    write_points(nb, result(ItemResult("double", (above,))))

    assert nb.cells[0].outputs[-1].data["text/plain"] == "6.0"


def test_fault_of_the_grader_gives_no_score() -> None:
    """A fault of the grader's own raises, with its reason."""
    with pytest.raises(GraderFault, match="out of processes"):
        write_points(notebook(6.0), result(status="grader-fault", error="out of processes"))


def test_changed_points_give_no_score() -> None:
    """Tests that are worth something else than the gradebook knows stop the grading."""
    with pytest.raises(GraderFault, match="run 'autograder build', then 'nbgrader generate_"):
        write_points(notebook(7.0), result())


def test_cell_shows_text_figures_and_error_in_order() -> None:
    """A cell's text, its figures as PNG, and its error come out, none of them as markup."""
    figure = np.zeros((2, 3, 4), np.uint8)
    figure[0, 1] = (255, 0, 0, 255)
    outcome = CellOutcome("<script>\n", "ValueError: bad", "cell 2, line 1: f()", (figure,))

    text, picture, error = shown(outcome)

    assert (text.name, text.text) == ("stdout", "<script>\n")
    drawn = matplotlib.image.imread(io.BytesIO(base64.b64decode(picture.data["image/png"])))
    assert np.array_equal(np.round(drawn * 255), figure)
    assert (error.output_type, error.name) == ("stream", "stdout")
    assert error.text == "ValueError: bad (cell 2, line 1: f())\n"


def test_silent_cell_shows_nothing() -> None:
    """A cell that printed nothing and drew nothing has no output."""
    assert shown(CellOutcome()) == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("so <img src=x onerror=alert(1)> it is", "&lt;img"),
        ("[x](javascript:alert(1))", "harmful-link"),
        ("![a plot](attachment:lost.png)", "a plot"),
        ("**bold** and `a < b`", "<strong>bold</strong> and <code>a &lt; b</code>"),
        ("$a < b$", "<mo>&lt;</mo>"),
        ("```mermaid\n</pre><script>x</script>\n```", "&lt;script&gt;x"),
    ],
)
def test_markdown_shows_html_as_text(source: str, expected: str) -> None:
    """What a student writes in Markdown is rendered, but HTML in it is only shown."""
    rendered = markdown2html({"cell": {"source": source}}, source)

    assert expected in rendered
    assert not re.search(r"<script|onerror=[^&]*>|javascript:", rendered)


Shown = Callable[..., str]


@pytest.fixture
def page_of(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Shown:
    """Give what makes the pages of an assignment, as the formgrader does: one for all of them."""
    monkeypatch.setattr(HTMLExporter, "from_notebook_node", HTMLExporter.from_notebook_node)
    pages.limit_pages()
    make_course(tmp_path)
    config = Config(CourseDirectory={"root": str(tmp_path)})
    exporter = HTMLExporter(config=config, template_name="classic")

    def page_of(notebook: Any, assignment: str = ASSIGNMENT) -> str:
        page, _ = exporter.from_notebook_node(notebook, {"assignment_id": assignment})
        return page

    return page_of


@pytest.mark.parametrize(
    "cell",
    [
        new_markdown_cell("\\begin{a}" * 100_000),
        new_markdown_cell("> " * 100_000),
        new_code_cell("x\n" + "\n" * 180_000 + "y"),
        new_code_cell("y", outputs=[new_output("stream", text="z\n" * 600_000)]),
    ],
)
def test_long_text_is_cut(page_of: Shown, cell: Any) -> None:
    """What is longer than a page shows is shown plain and cut, and says so, in no time."""
    page = page_of(new_notebook(cells=[cell]))

    assert pages.CUT in page
    assert pages.SLOW not in page
    assert len(page) < 2_000_000


@pytest.mark.parametrize(
    "source", ["\\\\[" * 6000, "a" + " " * 19_000 + "b\n\nc", "\\begin{a}" * 2200]
)
def test_slow_page_is_shown_plain(
    page_of: Shown, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that takes too long has the text of every cell, plain and cut, and says so."""
    monkeypatch.setattr(pages, "PAGE_SECONDS", 1.0)
    cells = [new_markdown_cell(source) for _ in range(9)]
    metadata = {"nbgrader": {"grade": True, "solution": False}}
    report = new_output("stream", text="5 of 6 points")
    check = new_code_cell("check()", outputs=[report], metadata=metadata)

    page = page_of(new_notebook(cells=[*cells, new_code_cell("1 "), check]))

    assert pages.SLOW in page
    assert page.count(pages.CUT) == 9
    assert "5 of 6 points" in page


def test_ordinary_page_is_whole(page_of: Shown) -> None:
    """Ordinary text is rendered and coloured, and nothing of it is cut."""
    cells = [new_markdown_cell("**bold**" + " word" * 1000), new_code_cell("def f():\n    pass")]

    page = page_of(new_notebook(cells=cells))

    assert "<strong>bold</strong>" in page
    assert '<span class="k">def</span>' in page
    assert pages.CUT not in page


def test_pages_of_other_assignments_are_nbgraders_own(page_of: Shown) -> None:
    """What is shown of an assignment that is not the kit's is neither cut nor escaped."""
    other = new_notebook(cells=[new_markdown_cell("<b>theirs</b>"), new_code_cell("x" * 30_000)])

    for _ in range(2):
        assert "&lt;b&gt;theirs" in page_of(other)
        assert pages.CUT in page_of(other)
        assert "<b>theirs</b>" in page_of(other, "ps1")
        assert pages.CUT not in page_of(other, "ps1")


def test_points_stand_above_a_check_cell_only(page_of: Shown) -> None:
    """The number that nbgrader reads from a check cell is not shown below it once more."""
    nb = notebook(6.0)
    write_points(nb, result())

    page = page_of(nb)

    assert "1 of 6 points" in page
    assert not re.search(r"Out\[|<pre>\s*1\.0", page)


def test_a_page_has_a_limit_in_all() -> None:
    """Many cells within their own limit are cut where together they are too much for a page."""
    cells = [new_code_cell("x" * 19_999) for _ in range(100)]
    short = pages.shortened(new_notebook(cells=cells), pages.CELL_CHARS, pages.PAGE_CHARS)

    assert short.cells[0].source == "x" * 19_999
    assert sum(len(cell.source) for cell in short.cells) < 1.1 * pages.PAGE_CHARS


def feedback(tmp_path: Path, notebook: Any, **marks: float) -> str:
    """Return a notebook's feedback page, made as `nbgrader generate_feedback` makes it."""
    make_course(tmp_path)
    course = CourseDirectory(config=Config(CourseDirectory={"root": str(tmp_path)}))
    converter = GenerateFeedback(coursedir=course)
    _prepare(converter)
    exporter = HTMLExporter(config=converter.config)
    exporter.register_preprocessor(CSSHTMLHeaderPreprocessor, enabled=True)
    names = {"assignment": ASSIGNMENT, "notebook": "mini", "late_penalty": 0}
    page, _ = exporter.from_notebook_node(notebook, {"nbgrader": names | marks})
    return page


def marked() -> nbformat.NotebookNode:
    """Return a notebook as the gradebook's marks leave it: a check cell, a question, an answer."""
    nb = notebook(6.0)
    write_points(nb, dataclasses.replace(result(), drawings=(Drawing("double", "z", PNG, "w"),)))
    nb.cells[0].metadata.nbgrader |= {"score": 1.0, "solution": False}
    question = {"grade_id": "why", "grade": True, "solution": True, "points": 10.0, "score": 0.0}
    comment = {"unmarked": True, "comment": "See $z$."}
    fold = "# Mini\n\n<details><summary>A hint</summary>\n\nHalve $z$.\n\n</details>"
    code = "def double(z):  # twice\n    if z not in [None]:\n        raise ValueError('no')"
    solution = {"nbgrader": {"grade_id": "double", "solution": True, "comment": "Fine."}}
    nb.cells = [
        new_markdown_cell(fold),
        new_code_cell(code, metadata=solution),
        *nb.cells,
        new_markdown_cell("Because.", metadata={"nbgrader": {**question, **comment}}),
    ]
    return nb


def test_feedback_names_what_is_marked_by_hand(tmp_path: Path, browser: Browser) -> None:
    """The page says what the tests gave, and that the written question waits."""
    (tmp_path / "f.html").write_text(feedback(tmp_path, marked(), score=1, max_score=16))
    page = browser.new_page()
    page.goto((tmp_path / "f.html").as_uri())
    text = page.inner_text("main")
    page.close()

    assert "mini: 1 of 6\n" in text
    assert "the written question why: not marked yet, 10 at most." in text
    assert "Together: 1 of 16." in text
    assert "FAILED  0 of 2  z = 3" in text


@pytest.mark.parametrize("width", [1200, 600])  # 600: at 200 %
def test_feedback_is_accessible(tmp_path: Path, browser: Browser, width: int) -> None:
    """Axe finds no fault in WCAG 2.1 AA, nothing is cut off, and no server is asked."""
    from axe_playwright_python.sync_playwright import Axe

    (tmp_path / "f.html").write_text(feedback(tmp_path, marked(), score=1, max_score=16))
    page = browser.new_page(viewport={"width": width, "height": 800})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "f.html").as_uri())
    page.focus("summary")
    page.keyboard.press("Enter")

    assert page.is_visible("details math")
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
    found = Axe().run(page, options=rules).response["violations"]
    wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    page.close()
    assert not [(one["id"], one["nodes"][0]["html"]) for one in found]
    assert wider == 0
    assert not [url for url in asked if url.startswith("http")]


def test_folded_hints_are_printed(tmp_path: Path, browser: Browser) -> None:
    """On paper a hint that is folded stands open."""
    (tmp_path / "f.html").write_text(feedback(tmp_path, marked(), score=1, max_score=16))
    page = browser.new_page()
    page.goto((tmp_path / "f.html").as_uri())
    page.emulate_media(media="print")

    height = page.locator("details math").bounding_box()["height"]

    page.close()
    assert height > 0
