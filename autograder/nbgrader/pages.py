"""What a student wrote, made safe to show on nbgrader's pages, in limited size and time."""

import copy
import html
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from jinja2 import pass_context
from latex2mathml.converter import Converter
from markupsafe import escape
from nbconvert.exporters import HTMLExporter
from nbconvert.filters import Highlight2HTML
from nbconvert.filters.markdown_mistune import InvalidNotebook, IPythonRenderer, MarkdownWithMath
from nbformat.v4 import new_markdown_cell
from nbgrader.preprocessors import GetGrades
from nbgrader.utils import is_grade, is_solution

from autograder.nbgrader.own import is_own
from autograder.sandbox.bounds import TimeUp, time_limit

PAGE_SECONDS = 20.0  # ordinary pages take less than one
CELL_CHARS = 20_000
PAGE_CHARS = 1_000_000
PLAIN_CELL_CHARS = 2_000  # of a page that takes longer
PLAIN_PAGE_CHARS = 50_000

PLAIN = "shown plain"
"""Stands in the metadata of a cell whose text is shown as it is, neither rendered nor coloured."""

UNFOLD = "</details>"
FOLD = re.compile(rf"\s*(<details>\s*<summary>[^<>]*</summary>|{UNFOLD})\s*")
"""What folds a handout's hints: the only markup in a text that comes through."""

FORMULA_CHARS = 2_000
MACROS = re.compile(r"\\(?:newcommand|def|DeclareMathOperator)(?![A-Za-z])")
"""What defines commands: a few lines of them grow without end."""

UNSAFE = frozenset({"href", "class", "style", "id"})
"""Attributes that a formula may ask for, and that would link, or change the page around it."""

CUT = "[cut here: this page does not show all of it]"
SLOW = "This page took too long to lay out: the text of its cells is shown plain, and cut."

FILTERS = {name: f"{__name__}.{name}" for name in ("highlight_code", "markdown2html")}
FILTERS["said"] = "autograder.language._"
"""What shows a text on the pages of the kit's assignments."""

TEMPLATES = Path(__file__).parent / "templates"

_render = HTMLExporter.from_notebook_node


def limit_pages() -> None:
    """Limit what nbgrader's pages (feedback, formgrader) show of a notebook, and their time.

    The patterns that find mathematics, tables and tokens take a time that grows with the square
    of the text's length, or worse; one such notebook would hold up everybody's pages.
    """
    HTMLExporter.from_notebook_node = _rendered  # type: ignore[assignment]


def _rendered(exporter: Any, nb: Any, resources: Any = None, **options: Any) -> Any:
    names = resources or {}  # the formgrader's, or those of a converter
    assignment = names.get("assignment_id") or names.get("nbgrader", {}).get("assignment", "")
    root = exporter.config.CourseDirectory.get("root")
    if not (root and is_own(root, assignment)):
        return _render(exporter, nb, resources, **options)
    filters = exporter.filters  # the formgrader has one exporter for all assignments
    exporter.filters = {**filters, **FILTERS}
    try:
        return _rendered_in_time(exporter, nb, resources, **options)
    finally:
        exporter.filters = filters


def _rendered_in_time(exporter: Any, nb: Any, *args: Any, **options: Any) -> Any:
    try:
        with time_limit(PAGE_SECONDS):
            return _render(exporter, shortened(nb, CELL_CHARS, PAGE_CHARS), *args, **options)
    except (TimeUp, Exception) as error:
        exporter.log.warning("Shown plain and cut, because it is not laid out: %r", error)
    plain = shortened(nb, PLAIN_CELL_CHARS, PLAIN_PAGE_CHARS, plain=True)
    plain.cells.insert(0, new_markdown_cell(SLOW))
    return _render(exporter, plain, *args, **options)


def shortened(nb: Any, cell_chars: int, page_chars: int, *, plain: bool = False) -> Any:
    """Return a copy of a notebook with so many characters at most in a cell's text, and in all.

    A text that is cut is shown plain; with `plain` every text is, and no output. Of check cells, in
    which the grader wrote, only the number goes that nbgrader reads: each page shows it above.
    """
    nb = copy.deepcopy(nb)
    left = page_chars
    for cell in nb.cells:
        if is_grade(cell) and not is_solution(cell):
            outputs = cell.get("outputs", [])
            cell.outputs = [one for one in outputs if one.output_type != "execute_result"]
            continue
        most = min(cell_chars, left)
        if plain or len(cell.source) > most:
            cell.metadata[PLAIN] = True
        cell.source = _cut(cell.source, most)
        left -= len(cell.source)
        cell.outputs = [] if plain else cell.get("outputs", [])
        for output in cell.outputs:
            if "text" in output:
                output.text = _cut(output.text, max(left, 0))
                left -= len(output.text)
    return nb


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: max(most, 0)]}\n{CUT}"


class Marks(GetGrades):  # type: ignore[misc]
    """Also tells the feedback page which questions nobody has marked yet."""

    def _get_score(self, cell: Any, resources: Any) -> None:
        super()._get_score(cell, resources)
        marks = cell.metadata.nbgrader
        names = (marks["grade_id"], self.notebook_id, self.assignment_id, self.student_id)
        grade = self.gradebook.find_grade(*names)
        marks["unmarked"] = is_solution(cell) and grade.manual_score is None


class _Renderer(IPythonRenderer):
    """Shows HTML as text, and an image that is missing, or was shown, as its description.

    So are images that lie beside the notebook: a page is released without them. Hints fold out,
    and formulas are MathML, which needs no script.
    """

    open_folds = 0

    def block_html(self, html: str) -> str:
        """Let a hint's fold through, and nothing else."""
        marks = FOLD.findall(html)
        if not marks or FOLD.sub("", html):
            return str(super().block_html(html))
        shown = []
        for mark in marks:
            if mark != UNFOLD or self.open_folds:
                self.open_folds += -1 if mark == UNFOLD else 1
                shown.append(mark)
        return "\n".join([*shown, ""])

    def inline_math(self, body: str) -> str:
        """Show a formula in a line."""
        return mathml(body, "inline") or str(super().inline_math(body))

    def block_math(self, body: str) -> str:
        """Show a formula of its own."""
        return mathml(body, "block") or str(super().block_math(body))

    def latex_environment(self, name: str, body: str) -> str:
        """Show a formula of several lines."""
        whole = f"\\begin{{{name}}}{body}\\end{{{name}}}"
        return mathml(whole, "block") or str(super().latex_environment(name, body))

    def block_mermaidjs(self, code: str, info: str | None = None) -> str:
        """Show a diagram's source; nbconvert's own lets markup in it through."""
        del info
        return f"<pre><code>{escape(code)}</code></pre>\n"

    def image(self, text: str, url: str, title: str | None = None) -> str:
        if not urlsplit(url).scheme:
            return str(self.text(f"[Picture: {text}]"))
        try:
            shown = str(super().image(text, url, title))
        except InvalidNotebook:
            return str(self.text(text))
        # Each attachment once: named ten thousand times, one would fill the disk.
        self.attachments.pop(url.removeprefix("attachment:"), None)
        return shown


@pass_context
def markdown2html(context: Any, source: str) -> str:
    """Render Markdown; the filter of this name in nbgrader's templates lets HTML through."""
    cell = context.get("cell", {})
    if PLAIN in cell.get("metadata", {}) and source == cell["source"]:
        return _plain(source)
    attachments = dict(cell.get("attachments", {}))
    renderer = _Renderer(escape=True, allow_harmful_protocols=False, attachments=attachments)
    page = str(MarkdownWithMath(renderer=renderer).render(source))
    return page + UNFOLD * renderer.open_folds


def mathml(latex: str, display: str) -> str:
    """Return a formula as MathML; "" when it is none, or asks for more than mathematics."""
    if len(latex) > FORMULA_CHARS or MACROS.search(latex):
        return ""
    try:
        formula = Converter(display=display).convert_to_element(latex)
        for element in formula.iter():
            if not UNSAFE.isdisjoint(element.attrib):
                return ""
            # The converter's own text has references to characters in it; only once they are
            # resolved is all of it escaped. Its `convert` would let markup through.
            element.text = html.unescape(element.text or "")
        return ET.tostring(formula, encoding="unicode")
    except Exception:  # students write what they like
        return ""


def highlight_code(source: str, language: str | None = None, metadata: Any = None) -> str:
    """Colour code as Python, whatever the notebook says it is in: IPython's patterns are slower."""
    del language
    if PLAIN in (metadata or {}):
        return _plain(source)
    return str(Highlight2HTML(pygments_lexer="python3")(source))


def _plain(source: str) -> str:
    return f'<div class="highlight"><pre>{escape(source)}</pre></div>'
