"""What a check raises when a student's work is not right."""


class CheckFailure(AssertionError):  # noqa: N818 - a verdict on the work, not an error
    """A submission failed a check.

    Parameters
    ----------
    message : names the function, the input, what came, and what was expected
    hint : what the mistake may be, without giving the answer; empty when not known
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\nHint: {self.hint}" if self.hint else self.message
