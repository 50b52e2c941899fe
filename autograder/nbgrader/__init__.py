"""How nbgrader grades with this package: see `configure`."""

from pathlib import Path
from typing import Any

__all__ = ["configure"]


def configure(config: Any, root: Path, course_id: str = "", release: str = "") -> None:
    """Set nbgrader up for the course in a folder; called by its nbgrader_config.py."""
    # Not above: workers import what is beside this, and nbgrader is slow.
    from autograder.nbgrader import config as settings  # noqa: PLC0415

    settings.configure(config, root, course_id, release)
