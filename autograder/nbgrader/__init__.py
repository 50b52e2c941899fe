"""How nbgrader grades with this package: see `configure`."""

from autograder.nbgrader.config import configure

__all__ = ["configure"]
