"""Text that came from student code, made fit to be shown."""

ERROR_CHARS = 500
LINE_CHARS = 120


def printable(text: str) -> str:
    """Keep what can be shown as it is: no escape codes, controls or marks that reorder text."""
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(map(_shown, text))


def _shown(character: str) -> str:
    if character.isprintable() or character in "\n\t":
        return character
    return " " if character.isspace() else "\N{REPLACEMENT CHARACTER}"


def one_line(text: str, limit: int = ERROR_CHARS) -> str:
    """Make one line of at most `limit` characters."""
    line = " ".join(printable(text[: 4 * limit]).split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def place(label: str, number: int, line: str) -> str:
    """Name a line of source: ``cell 7, line 3: return 1/1 + z``; line 0 is the cell as a whole."""
    where = ", ".join(filter(None, [label, f"line {number}" if number else ""]))
    line = one_line(line, LINE_CHARS)
    return f"{where}: {line}" if line else where


def describe(error: BaseException) -> str:
    """Give an exception's type and message in one line, whatever its own methods do."""
    name = one_line(type.__dict__["__name__"].__get__(type(error)), LINE_CHARS)
    try:
        message = one_line(str(error))
    except BaseException:  # a student's __str__ may raise anything
        message = ""
    return one_line(f"{name}: {message}") if message else name
