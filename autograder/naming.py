"""Names that students and their files have, made fit to be shown and to be told apart."""

import re
import unicodedata

JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
"""They do not print, but names in Persian, Hindi or Sinhala are not spelled right without them."""

_FORMULA = r"(?=[\t\r\n]|['\s]*[=+\-@\uff1d\uff0b\uff0d\uff20])"
_CELL = r"(?:^|(?<=[;|]))"
"""How what a spreadsheet takes for a formula begins, some also with signs of full width; and where:
some part a line of a CSV at semicolons, too."""

ESCAPE_LIKE = re.compile("%(?=[0-9A-Fa-f]{2})")


def plain(text: str) -> str:
    """Return the text with each character that is none of a name's as ``%1B``, its bytes in UTF-8.

    So come out controls, line ends, marks that reorder text, and bytes that are no UTF-8.
    """
    return "".join(map(_shown, text))


def student_name(name: str) -> str:
    """Return a name like `plain`, but so that no two names become one: ``%1B`` is ``%251B``."""
    return plain(ESCAPE_LIKE.sub("%25", name))


def spreadsheet_cell(text: str) -> str:
    """Return the text, behind an apostrophe where a spreadsheet would take it for a formula."""
    return re.sub(_CELL + _FORMULA, "'", text)


def from_cell(cell: str) -> str:
    """Return the text that `spreadsheet_cell` made a cell of."""
    return re.sub(_CELL + "'" + _FORMULA, "", cell)


def _shown(character: str) -> str:
    if character.isprintable() or character in JOINERS or unicodedata.category(character) == "Zs":
        return character
    is_byte = "\udc80" <= character <= "\udcff"  # one that Python could not decode in a file's name
    raw = character.encode(errors="surrogateescape" if is_byte else "surrogatepass")
    return "".join(f"%{byte:02X}" for byte in raw)
