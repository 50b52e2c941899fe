"""Names, made fit for where they are shown."""

import pytest

from autograder.naming import from_cell, spreadsheet_cell


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("ada", "ada"),
        ("=1+1", "'=1+1"),
        (" @x", "' @x"),
        ("'=1", "''=1"),
        ("\t1", "'\t1"),
        ("a;=1+1;b", "a;'=1+1;b"),
        ("a;b=c", "a;b=c"),
        ("x|-2", "x|'-2"),
        ("=a; '+b", "'=a;' '+b"),
    ],
)
def test_no_cell_is_a_formula(text: str, cell: str) -> None:
    """An apostrophe stands before a formula, also where a line is parted at other signs."""
    assert spreadsheet_cell(text) == cell
    assert from_cell(cell) == text
