"""Auto-graded coursework on activation functions and backpropagation.

In a notebook, ``check("sigmoid")`` says what is right and what is not yet.
"""

from typing import Any

__all__ = ["check"]


def __getattr__(name: str) -> Any:
    if name == "check":
        from autograder.notebook import check  # noqa: PLC0415 - keeps other imports light

        return check
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
