"""Templates into pages that stand alone: no scripts, no other resources.

Their security policy admits the one style sheet inside them by its hash, images written into the
page where it has any, and nothing else.
"""

import base64
import functools
import hashlib
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from autograder.reports.points import points

TEMPLATES = Path(__file__).parent / "templates"
CODE_CHARS = 20_000
CUT = "\n[cut here]"


def render(template: str, **values: Any) -> str:
    """Return a page; what is put into the template is text, never markup."""
    return _environment().get_template(template).render(**values)


def code(source: str) -> str:
    """Return code as it may be shown: what does not print, or reorders text, as its escape."""
    kept = source[:CODE_CHARS].replace("\r\n", "\n")
    shown = "".join(c if c.isprintable() or c in "\n\t" else ascii(c)[1:-1] for c in kept)
    return shown if len(source) <= CODE_CHARS else shown + CUT


def share(score: float | None, max_score: float) -> float:
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
    environment.globals |= {"style": Markup(style), "style_hash": digest, "share": share}  # noqa: S704
    environment.filters |= {"points": points, "data_uri": _data_uri, "code": code}
    return environment
