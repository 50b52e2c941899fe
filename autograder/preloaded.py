"""What workers need: imported by the fork server, once for all of them."""

from autograder import executor, grading, intake

__all__ = ["executor", "grading"]

with intake.quick_import():
    import jupytext  # noqa: F401
    import nbformat  # noqa: F401
