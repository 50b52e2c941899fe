"""A bank of sample answers, right and wrong, on which the grader itself is tested.

One file per item, ``<assignment>/<item>.py``, in percent format, one cell per answer::

    # %% [wrong] 1/1+exp(-z): precedence (row 1)
    # hint: exp(-z) + 1
    # also: overflows
    def sigmoid(z):
        return 1 / 1 + np.exp(-z)

An answer replaces the solution cell of its item in an otherwise right submission. ``(row 1)``,
or ``(rows 1, 26)``, names rows of the list of mistakes students make. Optional lines may follow
the title. ``# hint:`` holds words of a hint that names this very mistake, in the student's terms;
``# also:`` words of hints that are true of it but name it less well; ``|`` stands between
alternatives. A hint that holds none of these words is a wrong one. No other item may lose points
with a wrong answer, those that call it included.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
CELL = re.compile(r"^# %%.*\n", re.MULTILINE)
TITLE = re.compile(r"# %% \[(right|wrong)\] (.+?)(?: \(rows? (\d+(?:, \d+)*)\))?")
OPTION = re.compile(r"# (hint|also): (.+)")


class BankError(ValueError):
    """A file of the bank is not in the form described above."""


@dataclass(frozen=True)
class Entry:
    """One sample answer to one item, and what a grader should make of it."""

    assignment: str
    item: str
    label: str
    name: str
    rows: tuple[int, ...]
    hint: tuple[str, ...]
    also: tuple[str, ...]
    source: str
    file: str
    line: int

    def __str__(self) -> str:
        """Name the entry for a test's id: ``activations/relu.py:12``."""
        return f"{self.file}:{self.line}"


def entries(assignment: str | None = None) -> list[Entry]:
    """Return the bank, or one assignment's part of it, in the order of files and lines."""
    files = sorted(FOLDER.glob(f"{assignment or '*'}/*.py"))
    return [entry for file in files for entry in read(file)]


def read(file: Path) -> Iterator[Entry]:
    """Yield the entries of one file; raise BankError where it is malformed."""
    text = file.read_text(encoding="utf-8")
    cells = list(CELL.finditer(text))
    if not cells or text[: cells[0].start()].strip():
        raise BankError(f"{file}: put every answer under a title such as '# %% [wrong] <name>'.")
    names = set()
    for cell, end in zip(cells, [*(c.start() for c in cells[1:]), len(text)], strict=True):
        line = text.count("\n", 0, cell.start()) + 1
        where = f"{file}:{line}"
        title = TITLE.fullmatch(cell[0].rstrip())
        if title is None:
            raise BankError(
                f"{where}: the title should read '# %% [right] <name>' or '# %% [wrong] <name>', "
                f"perhaps with '(row <n>)' at its end, not '{cell[0].rstrip()}'."
            )
        label, name, rows = title.groups()
        if name in names:
            raise BankError(f"{where}: another entry of this file is named '{name}' too.")
        names.add(name)
        options, source = _options(text[cell.end() : end])
        if not source:
            raise BankError(f"{where}: '{name}' has no code.")
        numbers = tuple(map(int, rows.split(", "))) if rows else ()
        identity = (file.parent.name, file.stem, label, name, numbers)
        place = (f"{file.parent.name}/{file.name}", line)
        words = [_alternatives(options.get(name, "")) for name in ("hint", "also")]
        yield Entry(*identity, *words, source, *place)


def _alternatives(words: str) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, words.split("|"))))


def _options(cell: str) -> tuple[dict[str, str], str]:
    """Part a cell into the option lines at its head and its source."""
    options = {}
    lines = cell.strip("\n").split("\n")
    while lines and (option := OPTION.fullmatch(lines[0].rstrip())):
        options[option[1]] = option[2]
        del lines[0]
    return options, "\n".join(lines).strip("\n")
