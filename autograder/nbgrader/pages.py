"""What a student wrote, made safe to show on nbgrader's pages, in limited size and time."""

import copy
import re
from typing import Any
from urllib.parse import urlsplit

from jinja2 import pass_context
from markupsafe import escape
from nbconvert.exporters import HTMLExporter
from nbconvert.filters import Highlight2HTML
from nbconvert.filters.markdown_mistune import InvalidNotebook, IPythonRenderer, MarkdownWithMath
from nbformat.v4 import new_markdown_cell
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

FOLDS = re.compile("</?details>")
"""A handout's hints fold out; here they stand open, so that no markup has to come through."""

CUT = "[cut here: this page does not show all of it]"
SLOW = "This page took too long to lay out: the text of its cells is shown plain, and cut."

FILTERS = {name: f"{__name__}.{name}" for name in ("highlight_code", "markdown2html")}
"""What shows a text on the pages of the kit's assignments."""

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

    A text that is cut is shown plain; with `plain` every text is, and no output. Check cells, in
    which the grader wrote, stay as they are.
    """
    nb = copy.deepcopy(nb)
    left = page_chars
    for cell in nb.cells:
        if is_grade(cell) and not is_solution(cell):
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


class _Renderer(IPythonRenderer):
    """Shows HTML as text, and an image that is missing, or was shown, as its description.

    So are images that lie beside the notebook: a page is released without them.
    """

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
    source = FOLDS.sub("", source).replace("<summary>", "**").replace("</summary>", "**")
    renderer = _Renderer(escape=True, allow_harmful_protocols=False, attachments=attachments)
    return str(MarkdownWithMath(renderer=renderer).render(source))


def highlight_code(source: str, language: str | None = None, metadata: Any = None) -> str:
    """Colour code as Python, whatever the notebook says it is in: IPython's patterns are slower."""
    del language
    if PLAIN in (metadata or {}):
        return _plain(source)
    return str(Highlight2HTML(pygments_lexer="python3")(source))


def _plain(source: str) -> str:
    return f'<div class="highlight"><pre>{escape(source)}</pre></div>'
