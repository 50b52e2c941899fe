"""What a check that passes has to say all the same."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_NOTES: ContextVar[list[str] | None] = ContextVar("_NOTES", default=None)


def note(sentence: str) -> None:
    """Leave a sentence for whoever listens; a test that checks several times leaves it once."""
    notes = _NOTES.get()
    if notes is not None and sentence not in notes:
        notes.append(sentence)


@contextmanager
def listening() -> Iterator[list[str]]:
    """Give the list that the notes of the body go to."""
    notes: list[str] = []
    token = _NOTES.set(notes)
    try:
        yield notes
    finally:
        _NOTES.reset(token)
