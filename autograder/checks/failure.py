"""What a check raises when a student's work is not right."""

from collections.abc import Callable
from typing import Any

import numpy as np


class CheckFailure(AssertionError):  # noqa: N818 - a verdict on the work, not an error
    """A submission failed a check.

    Parameters
    ----------
    message : names the function, the input, what came, and what was expected
    hint : what the mistake may be, without giving the answer; empty when not known
    of_values : whether numbers came that only their values are wrong of
    """

    def __init__(self, message: str, hint: str = "", *, of_values: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.of_values = of_values

    def with_hint(self, hint: str) -> "CheckFailure":
        """Return the same failure with another hint."""
        return CheckFailure(self.message, hint, of_values=self.of_values)

    def __str__(self) -> str:
        return f"{self.message}\nHint: {self.hint}" if self.hint else self.message


def safely(look: Callable[..., str], *args: Any) -> str:
    """Return the hint that is found, and none where the search fails.

    It meets whatever a submission returns, and a mark must not depend on it.
    """
    with np.errstate(all="ignore"):
        try:
            return look(*args)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            return ""
