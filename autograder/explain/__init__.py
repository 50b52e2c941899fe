"""What may be wrong with an answer, in words and pictures: no mark needs any of it."""

from autograder.explain.mistakes import mistake

__all__ = ["mistake"]
