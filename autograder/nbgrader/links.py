"""Keep nbgrader from following the links in a submission."""

from pathlib import Path
from typing import Any

from nbgrader.converters import base

_find_all_files = base.find_all_files


def copy_no_links() -> None:
    """Make nbgrader leave out links where it copies the files beside a notebook.

    It would copy what they lead to, tests and reference included, into the student's feedback.
    """
    base.find_all_files = _without_links


def _without_links(*args: Any, **options: Any) -> list[str]:
    return [path for path in _find_all_files(*args, **options) if not Path(path).is_symlink()]
