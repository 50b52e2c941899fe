"""The blocks of a README: what people type, what that prints, what they change."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.samples import ROOT

BLOCK = re.compile(r"^( *)```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
NOT_RUN = "# not run by the tests: "


class Block(NamedTuple):
    """A fenced block: its language, its text, the file that the text above names, its line."""

    language: str
    text: str
    file: str
    line: int

    @property
    def is_run(self) -> bool:
        return not self.text.startswith(NOT_RUN)


def blocks(name: str) -> Iterator[Block]:
    """Yield the blocks of a README."""
    text = (ROOT / name).read_text(encoding="utf-8")
    for found in BLOCK.finditer(text):
        above = text[: found.start()]
        named = re.findall(r"`(\w+\.py)`", above)
        body = re.sub(f"^{found[1]}", "", found[3], flags=re.MULTILINE)
        yield Block(found[2], body, named[-1] if named else "", above.count("\n") + 1)


def change(path: Path, diff: str) -> None:
    """Replace each line that begins with - by the line below it, which begins with +."""
    lines = diff.splitlines()
    for old, new in zip(lines[::2], lines[1::2], strict=True):
        text = path.read_text()
        assert (old[0], new[0], text.count(f"{old[1:]}\n")) == ("-", "+", 1)
        path.write_text(text.replace(old[1:], new[1:]))
