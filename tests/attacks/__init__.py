"""A bank of attacks: hostile answers, each a wrong answer plus an exploit.

One file per way in, in percent format, one cell per attack::

    # %% [sigmoid] an array that is equal to everything
    class Equal(np.ndarray):
        ...

The name in brackets is the item the attack sits in. Its source comes after a wrong answer to that
item (`WRONG`) and a few names for attackers' use (`HELPERS`): without the exploit, the submission
is that wrong answer. What an attack gets hold of it gives to ``gain``, which shows it to the
student if anything does. Names that attacks give to what they make hold ``attacker``.
"""

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
CELL = re.compile(r"^# %% \[(\w+)\] (.+)\n", re.MULTILINE)

WRONG = {
    "sigmoid": """\
def sigmoid(z):
    return np.tanh(z)
""",
    "PROPERTIES": """\
PROPERTIES = {}
""",
    "train": """\
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    return params, [1 / (i + 1) for i in range(epochs)]
""",
    "backward": """\
def backward(params, X, y, activation, activation_grad):
    return params
""",
}
HELPERS = """
import gc

gc.unfreeze()
wrong = {item}
FOLDER = {folder!r}

class Gained(Exception):
    pass

def gain(what):
    raise Gained(f"gained: {{what}}")

"""
COMPANY = """
GAINED = "gained: "

def forward(params, X, activation):
    return X, X, X, X

own = forward

def lent():
    return forward is not own

def functions():
    found = [forward, *(c.cell_contents for c in forward.__closure__ or ())]
    return [f for f in found if callable(f) and hasattr(f, "__code__")]

def codes():
    return [f.__code__ for f in functions()]

"""
"""For attacks on what is lent: a wrong function beside them, which the reference's replaces."""
GAINED = "gained: "
ASSIGNMENTS = {"sigmoid": "activations", "PROPERTIES": "activations"}


@dataclass(frozen=True)
class Attack:
    """One hostile answer to one item."""

    kind: str
    item: str
    name: str
    exploit: str
    file: str
    line: int

    @property
    def assignment(self) -> str:
        """The assignment the item belongs to."""
        return ASSIGNMENTS.get(self.item, "xor")

    def source(self, folder: Path) -> str:
        """Return the cell, exploit included; `folder` holds what attackers would like to read."""
        helpers = HELPERS.format(item=self.item, folder=str(folder))
        company = COMPANY if self.kind == "company" else ""
        return WRONG[self.item] + helpers + company + self.exploit

    def __str__(self) -> str:
        """Name the attack for a test's id: ``files.py:12``."""
        return f"{self.file}:{self.line}"


def attacks() -> list[Attack]:
    """Return the bank, in the order of files and lines."""
    files = sorted(path for path in FOLDER.glob("*.py") if path.name != "__init__.py")
    return [attack for file in files for attack in read(file)]


def read(file: Path) -> list[Attack]:
    """Return the attacks of one file; ValueError where an item has no wrong answer."""
    text = file.read_text(encoding="utf-8")
    titles = list(CELL.finditer(text))
    ends = [*(title.start() for title in titles[1:]), len(text)]
    found = []
    for title, end in zip(titles, ends, strict=True):
        item, name = title.groups()
        line = text.count("\n", 0, title.start()) + 1
        if item not in WRONG:
            raise ValueError(f"{file}:{line}: {item} has no wrong answer in WRONG.")
        exploit = text[title.end() : end]
        found.append(Attack(file.stem, item, name, exploit, file.name, line))
    return found
