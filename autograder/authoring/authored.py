"""Everything the author wrote for an assignment, found free of mistakes."""

import ast
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from autograder.authoring.script import (
    HIDDEN,
    SOLUTION,
    AuthoredCell,
    BuildError,
    Region,
    Script,
    defined_names,
    line_of,
    regions,
    without_regions,
)
from autograder.course import Course
from autograder.language import _
from autograder.result import ItemResult
from autograder.stubs import CODE_HERE

_PICTURE = re.compile(r"!\[([^\]]*)\]\((pictures/[^)]*)\)")
_TELLING = re.compile(r"return\b|[^#=]+=")
_LINE = re.compile(r"^<!-- points(:?)(.*)-->$", re.MULTILINE)
_HAND_IN = "<!-- hand in -->"
_HEAD = ("item", "points", "by hidden tests", "minutes", "difficulty")
TELLING_LENGTH = 25
"""From this length on a line of a solution gives it away; shorter ones occur anywhere."""


@dataclass(frozen=True)
class Authored:
    """What the author wrote for one assignment, found free of mistakes."""

    name: str
    cells: tuple[AuthoredCell, ...]
    public_tests: str
    readme: str
    pictures: Mapping[str, bytes]
    """What the text shows: its path in the assignment's folder, and the file's content."""
    by_hand: Mapping[str, float]
    """The points of what a person marks."""
    secrets: Mapping[str, str]
    """Text that must not reach a handout, and where the author wrote it."""


def read(course: Course, name: str, items_of: Callable[[], Sequence[ItemResult]]) -> Authored:
    """Read the author's files of an assignment.

    `items_of` collects the tests and gives the items; it is called once the marks in the files are
    known to pair. Raises BuildError at the first mistake.
    """
    script = _text(course, name, f"{name}.py")
    tests = _text(course, name, f"test_{name}.py")
    readme = _text(course, name, "README.md")
    script_place, tests_place = _place(name, f"{name}.py"), _place(name, f"test_{name}.py")
    solutions = list(regions(script_place, script, SOLUTION))
    hidden = list(regions(tests_place, tests, HIDDEN))
    items = items_of()
    points = {item.item: item.max_score for item in items}
    cells = Script(script_place, script, points).cells()
    solved = {cell.grade_id for cell in cells if cell.kind == "solution"}
    for item in (item for item in points if item not in solved):
        line = line_of(tests, f'"{item}"')
        raise BuildError(
            f"{tests_place}, line {line}: a test asks for the item '{item}', which no solution "
            "cell defines; write that cell or correct the test's item."
        )
    public = without_regions(tests, hidden)
    _check_public_tests(tests_place, tests, public)
    secrets = _secrets(script_place, script, solutions, _telling)
    secrets |= _secrets(tests_place, tests, hidden, _test_name)
    known = worth_of_each(cells, items)
    by_hand = {name: worth.points for name, worth in known.items() if worth.hidden is None}
    how = hand_in(name, course.due.get(name, ""))
    for number, cell in enumerate(cells):
        if cell.markdown:
            where = f"{script_place}, cell at line {cell.line}"
            text = filled(where, cell.source, known).replace(_HAND_IN, how)
            text = text.replace(CODE_HERE, _(CODE_HERE))  # as the stubs themselves have it
            cells[number] = replace(cell, source=text)
    readme = filled(_place(name, "README.md"), readme, known).replace(_HAND_IN, how)
    pictures = _pictures(
        course, name, "\n".join([*(c.source for c in cells if c.markdown), readme])
    )
    return Authored(name, tuple(cells), public, readme, pictures, by_hand, secrets)


def _pictures(course: Course, name: str, text: str) -> dict[str, bytes]:
    """Return the pictures that a text shows; BuildError when one is not there, or has no words."""
    found = {}
    for words, path in _PICTURE.findall(text):
        file = course.solutions / name / path
        if not file.is_file():
            raise BuildError(
                f"solutions/{name}: the text shows {path}, which is not there; "
                "draw it in pictures.py and run 'make pictures'."
            )
        if not words:
            raise BuildError(
                f"solutions/{name}: {path} is shown without words for those who cannot see it; "
                f"write ![what is seen]({path})."
            )
        found[path] = file.read_bytes()
    return found


def _check_public_tests(place: str, tests: str, public: str) -> None:
    if f"BEGIN {SOLUTION}" in tests or f"END {SOLUTION}" in tests:
        raise BuildError(
            f"{place}, line {line_of(tests, SOLUTION)}: solution markers mean nothing in a test "
            "file; remove them."
        )
    try:
        tree = ast.parse(public)
    except SyntaxError as error:
        raise BuildError(
            f"{place}: without its hidden regions this is not Python ({error.msg}); "
            "let each region hold whole statements."
        ) from None
    hidden = _module_names(ast.parse(tests)) - _module_names(tree)
    for node in ast.walk(tree):
        name = getattr(node, "id", None) or getattr(node, "arg", None)
        if name in hidden:
            raise BuildError(
                f"{place}, line {line_of(tests, name)}: '{name}' stands in a hidden region but a "
                "public test uses it; move it out of the region."
            )


def _module_names(tree: ast.Module) -> set[str]:
    names = set(defined_names(ast.unparse(tree)))
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            names |= {(alias.asname or alias.name).split(".")[0] for alias in node.names}
    return names


def _secrets(
    place: str, text: str, found: Sequence[Region], of_line: Callable[[str], str]
) -> dict[str, str]:
    """Return what lines in the regions give away, and where they stand."""
    lines = text.splitlines()
    numbers = [n for region in found for n in range(region.first + 1, region.last)]
    said = {n: of_line(lines[n - 1].strip()) for n in numbers}
    return {secret: f"{place}, line {n}" for n, secret in said.items() if secret}


def _telling(line: str) -> str:
    """Return a line of code that only a solution can account for."""
    return line if len(line) >= TELLING_LENGTH and _TELLING.match(line) else ""


def _test_name(line: str) -> str:
    match = re.match(r"def test_\w+\(", line)
    return match[0] if match else ""


def _place(name: str, filename: str) -> str:
    return f"solutions/{name}/{filename}"


def _text(course: Course, name: str, filename: str) -> str:
    path = course.solutions / name / filename
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise BuildError(f"{_place(name, filename)} is missing; write it.") from None
    except UnicodeDecodeError:
        raise BuildError(f"{_place(name, filename)} is not text in UTF-8; save it so.") from None


# --- the lines in the text that are written by the build -------------------------------------


def hand_in(name: str, due: str) -> str:
    """Return what stands for ``<!-- hand in -->``: which file is collected, and by when."""
    what = _("**Hand in** `{0}.ipynb` or `{0}.py`: that file alone is collected.").format(name)
    return f"{what} {_('**Due:** {}.').format(due)}" if due else what


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
    of_item = {item.item: item for item in items}
    found = {}
    for cell in cells:
        if cell.kind == "question":
            found[cell.grade_id] = Worth(cell.points, None, cell.effort)
        elif cell.kind == "solution":
            item = of_item[cell.grade_id]
            hidden = sum(test.max_score for test in item.tests if test.visibility == "hidden")
            found[cell.grade_id] = Worth(item.max_score, hidden, cell.effort)
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
    return _("**Points:** {}.").format(", ".join(parts))


def _decided(worth: Worth) -> str:
    if worth.hidden is None:
        return _("marked by hand")
    return _("{} by hidden tests").format(f"{worth.hidden:g}")


def _table(place: str, known: Mapping[str, Worth]) -> str:
    rows: list[tuple[str, ...]] = [tuple(map(_, _HEAD))]
    for name, worth in known.items():
        minutes, difficulty = (worth.effort.get(head) for head in _HEAD[3:])
        if not isinstance(minutes, int | float) or not isinstance(difficulty, str):
            raise BuildError(
                f"{place}: the table of points also says how long each item takes, and '{name}' "
                'does not; begin its cell with # %% minutes=10 difficulty="easy".'
            )
        hidden = _("marked by hand") if worth.hidden is None else f"{worth.hidden:g}"
        rows.append((f"`{name}`", f"{worth.points:g}", hidden, f"{minutes:g}", difficulty))
    sums = (
        sum(worth.points for worth in known.values()),
        sum(worth.hidden or 0 for worth in known.values()),
        sum(worth.effort["minutes"] for worth in known.values()),
    )
    rows.append((_("all"), *(f"{number:g}" for number in sums), ""))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    rows.insert(1, tuple("-" * width for width in widths))
    return "\n".join(f"| {' | '.join(map(str.ljust, row, widths))} |" for row in rows)
