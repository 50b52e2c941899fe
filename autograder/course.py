"""Where a course is, and how it is set up."""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Self

from autograder.language import ENGLISH, languages
from autograder.sandbox.answers import Limits


class CourseError(Exception):
    """The course folder or its settings are not what they should be; one sentence."""


CACHES = ("__pycache__", ".pytest_cache", ".ipynb_checkpoints")
"""Folders that others leave beside the author's files."""

DISTRIBUTION = "activation-coursework"


@dataclass(frozen=True)
class Course:
    """A course folder: the one whose pyproject.toml has a ``[tool.autograder]`` table.

    Parameters
    ----------
    root : the folder
    limits : what a submission may use, from the table (see `Limits` for the units)
    seed : hidden inputs derive from it; change it there, and every hidden input changes
    release : the name of nbgrader's release folder
    language : in which the kit's own words are said
    install : what a notebook installs where the kit is missing; default: the wheel beside it
    due : when an assignment is to be handed in, by its name, in the instructor's words
    """

    root: Path
    limits: Limits = field(default_factory=Limits)
    seed: int = 0
    release: str = "assignments"
    language: str = ENGLISH
    install: str = ""
    due: Mapping[str, str] = field(default_factory=dict, hash=False)

    @classmethod
    def find(cls, start: Path | None = None) -> Self:
        """Return the course that contains `start` (default: the working directory).

        Raises CourseError when no folder above has the table, or a setting is unknown.
        """
        start = (start or Path.cwd()).resolve()
        for folder in (start, *start.parents):
            course = cls.of(folder)
            if course:
                return course
        raise CourseError(
            f"No course here: neither {start} nor a folder above it has a pyproject.toml "
            "with a [tool.autograder] table. Run this inside the course folder."
        )

    @classmethod
    def of(cls, folder: Path) -> Self | None:
        """Return the course in a folder, or None; CourseError as above for its settings."""
        table = _settings(folder / "pyproject.toml")
        return (
            cls(folder, **_read_settings(folder / "pyproject.toml", table))
            if table is not None
            else None
        )

    @property
    def solutions(self) -> Path:
        """Where the author writes; never leaves the instructor."""
        return self.root / "solutions"

    @property
    def source(self) -> Path:
        """Nbgrader's source folder; built."""
        return self.root / "source"

    @property
    def assignments(self) -> Path:
        """Nbgrader's release folder, the handouts; built."""
        return self.root / self.release

    def solution(self, assignment: str) -> Path:
        """Return the authored script of an assignment; CourseError when there is none."""
        return self._authored(assignment, f"{assignment}.py")

    def tests(self, assignment: str) -> Path:
        """Return the authored tests of an assignment; CourseError when there are none."""
        return self._authored(assignment, f"test_{assignment}.py")

    def names(self) -> list[str]:
        """Return the names of the assignments, in alphabetical order."""
        scripts = self.solutions.glob("*/*.py")
        return sorted(path.stem for path in scripts if path.stem == path.parent.name)

    def _authored(self, assignment: str, filename: str) -> Path:
        path = self.solutions / assignment / filename
        if not path.is_file():
            known = ", ".join(self.names()) or "none"
            raise CourseError(
                f"Assignment '{assignment}' has no solutions/{assignment}/{filename} "
                f"in {self.root} (assignments there: {known})."
            )
        return path


def _settings(pyproject: Path) -> dict[str, Any] | None:
    try:
        with pyproject.open("rb") as file:
            table = tomllib.load(file).get("tool", {}).get("autograder")
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise CourseError(f"{pyproject} cannot be read: {error}.") from None
    return table if isinstance(table, dict) else None


def _read_settings(pyproject: Path, table: dict[str, Any]) -> dict[str, Any]:
    numbers = {limit.name for limit in fields(Limits)}
    known = numbers | {"seed", "release", "language", "install", "due"}
    for name, value in table.items():
        if name not in known:
            raise CourseError(
                f"{pyproject}: [tool.autograder] has no setting '{name}' "
                f"(it knows: {', '.join(sorted(known))})."
            )
        if name == "release":
            if not isinstance(value, str) or not value or Path(value).name != value:
                raise CourseError(f"{pyproject}: 'release' must name a folder (got {value!r}).")
            continue
        if name == "language":
            if value not in languages():
                there = ", ".join(languages())
                raise CourseError(
                    f"{pyproject}: 'language' must be one of {there} (got {value!r})."
                )
            continue
        if name == "install":
            if not _is_a_line(value):
                raise CourseError(f"{pyproject}: 'install' must be what pip installs, in quotes.")
            continue
        if name == "due":
            if not isinstance(value, dict) or not all(map(_is_a_line, value.values())):
                raise CourseError(
                    f"{pyproject}: 'due' must say when, in quotes, for each assignment it names."
                )
            continue
        whole = name in ("seed", "memory_mb", "output_kb")
        known_type = int if whole else (int, float)
        least = 0 if name in ("seed", "experiment_seconds") else 1e-3
        fits = isinstance(value, known_type) and not isinstance(value, bool)
        if not (fits and least <= value < math.inf):
            kind = "a whole number" if whole else "a number"
            raise CourseError(f"{pyproject}: '{name}' must be {kind} above 0 (got {value!r}).")
    limits = Limits(**{name: value for name, value in table.items() if name in numbers})
    others = {name: table[name] for name in known - numbers if name in table}
    return {"limits": limits, **others}


def _is_a_line(value: Any) -> bool:
    return isinstance(value, str) and bool(value) and value.isprintable()
