"""Where marks go: files that gradebooks, platforms and CI import, written from results.

Their marks come from a folder of `autograder grade`, or from nbgrader's gradebook.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from autograder.result import RESULTS, Result, read_results

FORMATS = {
    "items": ("tables", "csv"),
    "canvas": ("gradebooks", "csv"),
    "moodle": ("gradebooks", "csv"),
    "blackboard": ("gradebooks", "xls"),
    "junit": ("tables", "xml"),
    "classroom50": ("classroom50", "json"),
}
"""The formats: the module here whose function of that name writes it, and its files' ending."""


class ExportError(Exception):
    """What is asked for cannot be written; one sentence says why, and what to do."""


@dataclass(frozen=True)
class Marks:
    """The results of one assignment.

    Parameters
    ----------
    results : one a student; there is at least one
    names : what else a student is known as: email address, full name, number
    """

    results: tuple[Result, ...]
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def assignment(self) -> str:
        """The name of the assignment."""
        return self.results[0].assignment


@dataclass(frozen=True)
class Options:
    """What the user may say: the file to fill in, its column, and what to match students by."""

    into: bytes = b""
    column: str = ""
    by: str = ""


class Export(NamedTuple):
    """What was written, and what there is to say of it, a sentence each."""

    content: bytes
    notes: tuple[str, ...] = ()


Writer = Callable[[Marks, Options], Export]
"""Writes marks in one format. Raises ExportError."""


def writer(form: str) -> Writer:
    """Return what writes a format."""
    return getattr(import_module(f"autograder.exports.{FORMATS[form][0]}"), form)  # type: ignore[no-any-return]


def read_marks(folder: Path) -> Marks:
    """Read what `autograder grade` wrote in its folder; ExportError when that is not there."""
    path = folder / RESULTS
    try:
        results = tuple(read_results(path))
    except OSError as error:
        raise ExportError(
            f"'{path}' cannot be read ({error.strerror}): name the folder that was given to "
            "'autograder grade' as --out."
        ) from None
    except ValueError as error:
        raise ExportError(f"'{path}' is damaged ({error}): grade again with --force.") from None
    if not results:
        raise ExportError(f"'{path}' holds no results: there is nothing to export.")
    return Marks(results)


def number(points: float) -> str:
    """Return points as every platform reads them: no needless digits, a point for decimals."""
    return f"{points:.10g}"
