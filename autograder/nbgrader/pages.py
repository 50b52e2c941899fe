"""What a student wrote, made safe to show on nbgrader's pages."""

from typing import Any

from jinja2 import pass_context
from markupsafe import escape
from nbconvert.filters.markdown_mistune import InvalidNotebook, IPythonRenderer, MarkdownWithMath


class _Renderer(IPythonRenderer):
    """Shows HTML as text, and an image that is missing, or was shown, as its description."""

    def block_mermaidjs(self, code: str, info: str | None = None) -> str:
        """Show a diagram's source; nbconvert's own lets markup in it through."""
        del info
        return f"<pre><code>{escape(code)}</code></pre>\n"

    def image(self, text: str, url: str, title: str | None = None) -> str:
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
    attachments = dict(context.get("cell", {}).get("attachments", {}))
    renderer = _Renderer(escape=True, allow_harmful_protocols=False, attachments=attachments)
    return str(MarkdownWithMath(renderer=renderer).render(source))
