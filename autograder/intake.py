"""A file that was handed in, as a notebook: within fixed time and memory, whatever is in it."""

import codecs
import io
import itertools
import json
import re
import sys
import tokenize
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from autograder.language import _ as in_words
from autograder.sandbox.bounds import TimeUp, time_limit

READ_SECONDS = 10.0  # of CPU time; ordinary files take a hundredth of it
CLOCK_FACTOR = 12  # by the clock, which a loaded machine or a slow disk runs through
MAX_BYTES = 200 * 2**20
MAX_KEPT = 20 * 2**20  # of a notebook's text, and as much of its images
MAX_SCRIPT_BYTES = 2**20
MAX_CELLS = 2000
MAX_TAGS = 100
PART_BYTES = 25  # that Python needs at least for a string, bracket or comma of JSON beside its text
IMAGE_BYTES = 1000  # an attachment's string that is shorter counts as text
DEPTH = 20  # of the outputs that are cut out unread
LINE = "first line"
"""Where a cell of a script says in its metadata at which line of the file it begins."""

ENCODING_LINE = re.compile(
    r"\A((?:[ \t\f]*(?:#.*)?\n)?)[ \t\f]*#.*?coding[:=].*"
)  # PEP 263; jupytext knows UTF-8 only
AS_WRITTEN = {"extension": ".py", "format_name": "percent", "comment_magics": False}
"""How jupytext reads a script: a comment that looks like a magic stays a comment."""

MARK = re.compile(r"#\s*%%")
TEXT_MARK = re.compile(r"#\s*%%.*\[(?:markdown|md|raw)\]")
QUOTES = re.compile("[rRuU]?(?:\"{3}|'{3})")
HEADER_FENCE = re.compile(r"# ?---\s*")
CELL_MARKS = ("%%", "<codecell>", "In[")

CELL = {
    "cell_type": str,
    "id": str,
    "source": [str],
    "metadata": {"nbgrader": {"grade_id": str}, "grade_id": str, "tags": [str]},
    "attachments": {None: {None: str}},
    **{"input": [str], "language": str, "level": str},  # format 3
}
NOTEBOOK = {
    "nbformat": str,
    "nbformat_minor": str,
    "cells": [CELL],
    "worksheets": [{"cells": [CELL]}],
}
"""What is read of a notebook, of format 3 or 4: under each key (None: any), of every element."""

STRING = rb'"(?:[^"\\]++|\\.)*+"'
INSIDE = rb'(?:[^"\[\]{}]++|%b)*+' % STRING
for _ in range(DEPTH):
    INSIDE = rb'(?:[^"\[\]{}]++|%b|[\[{]%b[\]}])*+' % (STRING, INSIDE)
PART = re.compile(rb"%b|[,\[{]" % STRING, re.DOTALL)
ANY_STRING = re.compile(STRING, re.DOTALL)
# In JSON no string holds a bare quote, so that these are keys wherever they stand.
OUTPUTS = re.compile(rb'("outputs"\s*+:\s*+)\[%b\]' % INSIDE, re.DOTALL)
ATTACHMENTS = re.compile(rb'"attachments"\s*+:\s*+\{%b\}' % INSIDE, re.DOTALL)


class UnreadableError(Exception):
    """A file is not a notebook or a script; one sentence says why."""


class UnopenedError(UnreadableError):
    """The machine cannot open a file: that says nothing of what the student wrote in it."""


def _unreadable(sentence: str, *blanks: object) -> UnreadableError:
    return UnreadableError(in_words(sentence).format(*blanks))


@contextmanager
def in_time(name: str) -> Iterator[None]:
    """Raise UnreadableError in the body when reading takes too long, in the main thread."""
    try:
        with time_limit(CLOCK_FACTOR * READ_SECONDS), time_limit(READ_SECONDS, cpu=True):
            yield
    except TimeUp:
        raise _unreadable("{} takes more than {} s to read.", name, f"{READ_SECONDS:g}") from None


def parse(path: Path) -> Any:
    """Return a .ipynb or .py file as a notebook of nbformat 4; UnreadableError when it is neither.

    Of a notebook, outputs and what the grader has no use for in the metadata are left out.
    """
    if path.suffix.lower() == ".ipynb":
        return _notebook(path)
    if path.suffix.lower() == ".py":
        return _script(path, _text(path))
    raise _unreadable("{} is neither a notebook (.ipynb) nor a script (.py).", path.name)


def _content(path: Path, most: int) -> bytes:
    try:
        if path.is_symlink():
            raise _unreadable("{} is a link to another file: hand in the file itself.", path.name)
        if path.stat().st_size > most:
            raise _unreadable("{} is larger than {} MiB.", path.name, most // 2**20)
        return path.read_bytes()
    except OSError as error:
        raise UnopenedError(f"{path.name} cannot be opened: {error.strerror}.") from None


def _text(path: Path) -> str:
    raw = _content(path, MAX_SCRIPT_BYTES)
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(raw).readline)
        return ENCODING_LINE.sub(r"\1", raw.decode(encoding), count=1)
    except (UnicodeError, SyntaxError, LookupError):
        raise _unreadable("{} is not text in UTF-8.", path.name) from None


def _notebook(path: Path) -> Any:
    with quick_import():
        import nbformat  # noqa: PLC0415 - slow, and not needed to check a live notebook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # Not `nbformat.read`: it also validates, which takes longer and changes nothing here.
            notebook = nbformat.convert(nbformat.reader.reads(_slim(path)), 4)
        if not all(isinstance(cell.get("source"), str) for cell in notebook.cells):
            raise TypeError("a cell without source")
    except UnreadableError:
        raise
    except UnicodeError:
        raise _unreadable("{} is not text in UTF-8.", path.name) from None
    except json.JSONDecodeError:
        raise _unreadable("{} is not a Jupyter notebook: it is no JSON.", path.name) from None
    except Exception as error:  # nbformat declares no common base for what it raises
        kind = type(error).__name__
        raise _unreadable("{} is not a Jupyter notebook ({}).", path.name, kind) from None
    return notebook


def _slim(path: Path) -> str:
    """Return a notebook's JSON without what is not used, however large that is."""
    raw = _content(path, MAX_BYTES).removeprefix(codecs.BOM_UTF8)
    if not raw:
        raise _unreadable("{} is empty.", path.name)
    raw = OUTPUTS.sub(rb"\1[]", raw)
    left = MAX_KEPT

    def affordable(image: re.Match[bytes]) -> bytes:
        nonlocal left
        size = len(image[0]) if len(image[0]) > IMAGE_BYTES else 0
        if size > left:
            return b"null"
        left -= size
        return image[0]

    raw = ATTACHMENTS.sub(lambda found: ANY_STRING.sub(affordable, found[0]), raw)
    most = MAX_CELLS, MAX_KEPT // 2**20
    too_much = _unreadable("{} has more than {} cells or {} MiB of text.", path.name, *most)
    room = 2 * MAX_KEPT - left - len(raw)  # beside the text
    if room < 0 or next(itertools.islice(PART.finditer(raw), room // PART_BYTES, None), None):
        raise too_much
    notebook = _picked(json.loads(raw.decode()), NOTEBOOK)
    sheets = [sheet for sheet in notebook.get("worksheets", [notebook]) if isinstance(sheet, dict)]
    cells = [cell for sheet in sheets for cell in sheet.get("cells", [])]
    if len(cells) > MAX_CELLS:
        raise too_much
    for cell in (cell for cell in cells if isinstance(cell, dict)):
        cell["metadata"] = _used(cell.get("metadata"))
        if cell.get("cell_type") == "code":
            cell |= {"outputs": [], "execution_count": None}
    return json.dumps({**notebook, "metadata": {}})


def _picked(value: Any, wanted: Any) -> Any:
    """Return what is wanted of a value; None for objects and arrays where none are wanted."""
    if isinstance(value, dict) and isinstance(wanted, dict):
        within = {key: wanted.get(key, wanted.get(None)) for key in value}
        return {key: _picked(value[key], part) for key, part in within.items() if part}
    if isinstance(value, list) and isinstance(wanted, list):
        return [_picked(part, wanted[0]) for part in value]
    return None if isinstance(value, dict | list) else value


def _used(metadata: Any) -> dict[str, Any]:
    """Return a cell's metadata with nothing but text for tags, and not too many."""
    used: dict[str, Any] = metadata if isinstance(metadata, dict) else {}
    tags = used.pop("tags", None)
    if isinstance(tags, list):
        used["tags"] = [tag for tag in tags[:MAX_TAGS] if isinstance(tag, str)]
    return used


def _script(path: Path, text: str) -> Any:
    with quick_import():
        import jupytext  # noqa: PLC0415 - slow, and not needed to check a live notebook

    if "\0" in text:
        raise _unreadable("{} is not a Python script: it contains NUL bytes.", path.name)
    if sum(map(text.count, CELL_MARKS)) > 10 * MAX_CELLS:
        raise _unreadable("{} has more than {} cells.", path.name, MAX_CELLS)
    try:
        notebook = jupytext.reads(_parted(_without_header(text)), fmt=AS_WRITTEN)
    except Exception as error:  # jupytext declares no common base for what it raises
        kind = type(error).__name__
        raise _unreadable("{} cannot be read as a script ({}).", path.name, kind) from None
    if len(notebook.cells) > MAX_CELLS:
        raise _unreadable("{} has more than {} cells.", path.name, MAX_CELLS)
    _number_lines(notebook, text)
    return notebook


def _parted(text: str) -> str:
    """Begin a cell where code stands in a cell of text: to Python it is code all the same."""
    lines = []
    in_text = False
    for line in text.splitlines(keepends=True):
        if MARK.match(line):
            in_text = TEXT_MARK.match(line) is not None
        elif in_text and line.strip() and not line.startswith("#"):
            in_text = False
            if not QUOTES.match(line):  # then the text itself stands in quotes
                lines.append("# %%\n")
        lines.append(line)
    return "".join(lines)


def _without_header(text: str) -> str:
    """Take out jupytext's header: reading YAML can take all the time and memory there is."""
    lines = text.splitlines(keepends=True)
    fences = _header_fences(lines)
    if fences[:1] == [0] and len(fences) > 1:
        after = fences[1] + 1
        blank = lines[after : after + 1] and not lines[after].strip()
        lines = lines[after + bool(blank) :]
        fences = _header_fences(lines)
    # A first line that is no comment keeps jupytext from looking for another one.
    return "".join(["\n", *lines] if fences else lines)


def _header_fences(lines: list[str]) -> list[int]:
    """Return the lines, of the comments at the top, that could begin or end a header."""
    top = itertools.takewhile(lambda line: line.startswith("#"), lines)
    return [number for number, line in enumerate(top) if HEADER_FENCE.fullmatch(line)]


def _number_lines(notebook: Any, text: str) -> None:
    """Note in every cell of a script the line it begins at, which an editor shows."""
    at, line = 0, 1
    for cell in notebook.cells:
        found = text.find(cell.source, at) if cell.source else -1
        if found >= 0:
            line += text.count("\n", at, found)
            cell.metadata[LINE] = line
            at = found + len(cell.source)
            line += cell.source.count("\n")


@contextmanager
def quick_import() -> Iterator[None]:
    """Keep out what takes a second to import and what reading does without.

    That is what jsonschema loads if it can, to check formats that notebooks do not have (IRIs,
    durations), and jupytext's parts for servers and for Markdown. Whoever else wants these can
    import them afterwards.
    """
    unneeded = ["rfc3987_syntax", "rfc3986_validator", "isoduration", "uri_template", "markdown_it"]
    unneeded += ["jupytext.sync_contentsmanager", "jupytext.async_contentsmanager"]
    kept_out = [name for name in unneeded if name not in sys.modules]
    sys.modules |= dict.fromkeys(kept_out)  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in kept_out:
            del sys.modules[name]
