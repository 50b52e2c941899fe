"""The author's markers: what lies between a BEGIN and an END line."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SOLUTION = "SOLUTION"
HIDDEN = "HIDDEN TESTS"
CELL_START = re.compile(r"# %%(\s|$)")


class BuildError(Exception):
    """A mistake in what the author wrote: where it is and what to do, in one sentence."""


@dataclass(frozen=True)
class Region:
    """The lines between a BEGIN and an END marker; both count from 1 and are the markers' own."""

    first: int
    last: int


def regions(place: str, text: str, marker: str) -> Iterator[Region]:
    """Yield the regions between BEGIN and END lines; BuildError when they do not pair up.

    A solution region ends in the cell of the script that it began in.
    """
    begin = None
    for number, line in enumerate(text.splitlines(), start=1):
        if f"BEGIN {marker}" in line:
            if begin is not None:
                raise BuildError(
                    f"{place}, line {number}: BEGIN {marker} inside the region that began at "
                    f"line {begin}; close that one with '### END {marker}' first."
                )
            begin = number
        elif f"END {marker}" in line:
            if begin is None:
                raise BuildError(
                    f"{place}, line {number}: END {marker} without a BEGIN {marker} before it; "
                    f"remove it or write '### BEGIN {marker}' above."
                )
            yield Region(begin, number)
            begin = None
        elif begin is not None and marker == SOLUTION and CELL_START.match(line):
            raise BuildError(
                f"{place}, line {begin}: BEGIN {marker} is not closed before the cell at line "
                f"{number} starts; write '### END {marker}' above it."
            )
    if begin is not None:
        raise BuildError(
            f"{place}, line {begin}: BEGIN {marker} is not closed; "
            f"write '### END {marker}' where it ends."
        )


def without_regions(text: str, removed: Sequence[Region]) -> str:
    """Return the text without the regions, and without the blank lines they leave behind."""
    gone = {number for region in removed for number in range(region.first, region.last + 1)}
    lines = text.splitlines()
    kept = [line for number, line in enumerate(lines, start=1) if number not in gone]
    return re.sub(r"\n{4,}", "\n\n\n", "\n".join(kept)).strip("\n") + "\n"


def line_of(text: str, wanted: str) -> int:
    """Return the number of the first line that has the word; 1 when none has."""
    pattern = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)")
    lines = enumerate(text.splitlines(), start=1)
    return next((number for number, line in lines if pattern.search(line)), 1)
