"""Everything the author wrote for an assignment, found free of mistakes."""

import ast
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from autograder.authoring.points import filled, worth_of_each
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
from autograder.result import ItemResult

_PICTURE = re.compile(r"!\[([^\]]*)\]\((pictures/[^)]*)\)")
_TELLING = re.compile(r"return\b|[^#=]+=")
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
    _check_points(tests_place, tests, cells, points)
    public = without_regions(tests, hidden)
    _check_public_tests(tests_place, tests, public)
    secrets = _solution_lines(script_place, script, solutions)
    secrets |= _hidden_names(tests_place, tests, hidden)
    known = worth_of_each(cells, items)
    cells = [
        replace(
            cell, source=filled(f"{script_place}, cell at line {cell.line}", cell.source, known)
        )
        if cell.markdown
        else cell
        for cell in cells
    ]
    readme = filled(_place(name, "README.md"), readme, known)
    pictures = _pictures(
        course, name, "\n".join([*(c.source for c in cells if c.markdown), readme])
    )
    return Authored(name, tuple(cells), public, readme, pictures, secrets)


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


def _check_points(
    place: str, tests: str, cells: Sequence[AuthoredCell], points: Mapping[str, float]
) -> None:
    solved = {cell.grade_id for cell in cells if cell.kind == "solution"}
    for item in points:
        if item not in solved:
            line = line_of(tests, f'"{item}"')
            raise BuildError(
                f"{place}, line {line}: a test asks for the item '{item}', which no solution cell "
                "defines; write that cell or correct the test's item."
            )


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


def _solution_lines(place: str, script: str, solutions: Sequence[Region]) -> dict[str, str]:
    """Return the lines of code that only a solution region can account for."""
    lines = script.splitlines()
    secrets = {}
    for region in solutions:
        for number in range(region.first + 1, region.last):
            line = lines[number - 1].strip()
            if len(line) >= TELLING_LENGTH and _TELLING.match(line):
                secrets[line] = f"{place}, line {number}"
    return secrets


def _hidden_names(place: str, tests: str, hidden: Sequence[Region]) -> dict[str, str]:
    lines = tests.splitlines()
    secrets = {}
    for region in hidden:
        for number in range(region.first, region.last):
            match = re.match(r"\s*(def test_\w+\()", lines[number - 1])
            if match:
                secrets[match[1]] = f"{place}, line {number}"
    return secrets


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
