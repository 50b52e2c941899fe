"""The lines in the author's text that say what items are worth, filled in from the tests."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from autograder.authoring.script import AuthoredCell, BuildError
from autograder.result import ItemResult

_LINE = re.compile(r"^<!-- points(:?)(.*)-->$", re.MULTILINE)
_HEAD = ("item", "points", "by hidden tests", "minutes", "difficulty")


@dataclass(frozen=True)
class Worth:
    """What an item or a written question is worth, and what work it may be.

    `hidden` are the points that hidden tests decide, None for a question, which a person marks;
    `effort` holds the author's estimates, `minutes` and `difficulty`.
    """

    points: float
    hidden: float | None
    effort: Mapping[str, Any]


def worth_of_each(cells: Iterable[AuthoredCell], items: Iterable[ItemResult]) -> dict[str, Worth]:
    """Return what each item and question of the script is worth, in its order."""
    tests = {item.item: item.tests for item in items}
    found = {}
    for cell in cells:
        if cell.kind == "question":
            found[cell.grade_id] = Worth(cell.points, None, cell.effort)
        elif cell.kind == "solution":
            points = [(test.max_score, test.visibility) for test in tests[cell.grade_id]]
            hidden = sum(score for score, visibility in points if visibility == "hidden")
            found[cell.grade_id] = Worth(sum(score for score, _ in points), hidden, cell.effort)
    return found


def filled(place: str, text: str, known: Mapping[str, Worth]) -> str:
    """Return a text with its lines about points replaced by what they stand for.

    ``<!-- points -->`` becomes a table of everything, ``<!-- points: tanh tanh_grad -->`` a
    sentence. Raises BuildError at an unknown item, and at a table without the author's estimates.
    """

    def stand_for(line: re.Match[str]) -> str:
        names = line[2].split()
        return _sentence(place, names, known) if line[1] or names else _table(place, known)

    return _LINE.sub(stand_for, text)


def _sentence(place: str, names: Sequence[str], known: Mapping[str, Worth]) -> str:
    for name in names:
        if name not in known:
            raise BuildError(
                f"{place}: the line about points names '{name}', which is no item here; "
                f"name some of {', '.join(known)}."
            )
    parts = [f"`{n}` {known[n].points:g} ({_decided(known[n])})" for n in names]
    return f"**Points:** {', '.join(parts)}."


def _decided(worth: Worth) -> str:
    return "marked by hand" if worth.hidden is None else f"{worth.hidden:g} by hidden tests"


def _table(place: str, known: Mapping[str, Worth]) -> str:
    rows: list[tuple[str, ...]] = [_HEAD]
    for name, worth in known.items():
        minutes, difficulty = (worth.effort.get(head) for head in _HEAD[3:])
        if not isinstance(minutes, int | float) or not isinstance(difficulty, str):
            raise BuildError(
                f"{place}: the table of points also says how long each item takes, and '{name}' "
                'does not; begin its cell with # %% minutes=10 difficulty="easy".'
            )
        hidden = "marked by hand" if worth.hidden is None else f"{worth.hidden:g}"
        rows.append((f"`{name}`", f"{worth.points:g}", hidden, f"{minutes:g}", difficulty))
    sums = (
        sum(worth.points for worth in known.values()),
        sum(worth.hidden or 0 for worth in known.values()),
        sum(worth.effort["minutes"] for worth in known.values()),
    )
    rows.append(("all", *(f"{number:g}" for number in sums), ""))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    rows.insert(1, tuple("-" * width for width in widths))
    return "\n".join(f"| {' | '.join(map(str.ljust, row, widths))} |" for row in rows)
