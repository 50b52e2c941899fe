"""The mutants that are said to be the same function as the reference, and why."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from tests.mutation.mutants import shown

FILE = Path(__file__).with_name("equivalent.toml")


@dataclass(frozen=True)
class Claim:
    """What is said of one mutant."""

    item: str
    was: str
    becomes: str
    reason: str

    @property
    def change(self) -> tuple[str, str, str]:
        """What tells a mutant from others."""
        return self.item, self.was, self.becomes

    def __str__(self) -> str:
        return shown(self.item, self.was, self.becomes)


def claims(assignment: str, item: str | None = None) -> list[Claim]:
    """Return what is said of the mutants of an assignment, or of one item of it."""
    entries = tomllib.loads(FILE.read_text(encoding="utf-8"))[assignment]
    return [
        Claim(name, entry["was"], becomes, entry["reason"])
        for entry in entries
        for name in entry["items"]
        for becomes in entry["becomes"]
        if item in (None, name)
    ]
