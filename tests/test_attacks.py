"""Hostile submissions, graded confined: none gains a point, learns a secret or leaves a trace."""

import dataclasses
import functools
import os
import re
import secrets
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.grading import Grader
from autograder.reports.pages import student_page
from autograder.result import Result
from autograder.submission import from_notebook
from tests.attacks import ASSIGNMENTS, GAINED, WRONG, Attack, attacks
from tests.bank.verdict import marked_then_worded
from tests.samples import COURSE, notebook, sampled, solutions

ATTACKS = attacks()
LIMITS = dataclasses.replace(
    COURSE.limits,
    call_seconds=0.2,
    cell_seconds=0.2,
    training_seconds=2,
    submission_seconds=20,
    memory_mb=512,
    output_kb=8,
)
QUICK = dataclasses.replace(COURSE, limits=LIMITS)
SECONDS = 4 * LIMITS.submission_seconds + 20
"""What grading any submission may take by the clock, restarts and all."""

REHEARSED = ("NameError", "SyntaxError", "AttributeError", "UnboundLocalError", "TypeError")
"""Errors of an attack that would not even try what it says."""

LINE = 24  # shorter lines of the tests and the reference stand elsewhere too

CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True)
class Scene:
    """Where attacks take place: graders, what must stay secret, and where traces would be."""

    graders: dict[str, Grader]
    canary: str
    folder: Path
    temporary: Path

    def grade(self, assignment: str, item: str, source: str) -> Result:
        """Grade a submission that is right but for one item."""
        answers = notebook(assignment, {item: source})
        submission = from_notebook(answers, Path(f"{assignment}.ipynb"))
        return marked_then_worded(self.graders[assignment], submission)

    def perform(self, attack: Attack) -> tuple[str, str]:
        """Run the attack's cell as for a feedback page; return its error, and all that shows."""
        cells = [new_code_cell("import numpy as np"), new_code_cell(attack.source(self.folder))]
        submission = from_notebook(new_notebook(cells=cells), Path("attack.ipynb"))
        outcome = self.graders[attack.assignment].perform(submission)[1]
        return outcome.error, f"{outcome.stdout}\n{outcome.error}\n{outcome.where}"


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """Put secrets where attackers look for them, and open a grader for each assignment."""
    canary = f"canary-{secrets.token_hex(8)}"
    folder = tmp_path_factory.mktemp("course")
    temporary = tmp_path_factory.mktemp("temporary")
    for path in (folder / "secret", folder / "test_hidden.py", temporary / "secret"):
        path.write_text(f"SECRET = '{canary}'\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SECRET_TOKEN", canary)
        patch.setenv("TMPDIR", str(temporary))
        patch.setattr(tempfile, "tempdir", None)
        with Grader(QUICK, "activations") as activations, Grader(QUICK, "xor") as xor:
            yield Scene({"activations": activations, "xor": xor}, canary, folder, temporary)
    tempfile.tempdir = None


@pytest.fixture(scope="module")
def honest(scene: Scene) -> dict[str, Result]:
    """Grade the wrong answer to each item, without an exploit."""
    return {
        item: scene.grade(ASSIGNMENTS.get(item, "xor"), item, source)
        for item, source in WRONG.items()
    }


def children() -> set[str]:
    """Return the processes that this one, or one of its children, has started."""
    parents = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[status.parent.name] = status.read_text().rpartition(")")[2].split()[1]
        except OSError:
            continue
    found, new = set(), {str(os.getpid())}
    while new:
        new = {pid for pid, parent in parents.items() if parent in new} - found
        found |= new
    return found


def traces(scene: Scene) -> dict[str, object]:
    """Return all that an attack could leave behind."""
    folders = (scene.folder, scene.temporary, Path("/tmp"), Path("/dev/shm"), Path.cwd(), Path("/"))
    named = [path for folder in folders for path in folder.glob("*attacker*")]
    return {
        "processes": children(),
        "files": sorted([*scene.folder.rglob("*"), *scene.temporary.rglob("*"), *named]),
        "open files": len(list(Path("/proc/self/fd").iterdir())),
        "mounts": Path("/proc/self/mountinfo").read_text(),
        "shared memory": [
            line
            for kind in ("shm", "sem", "msg")
            for line in Path(f"/proc/sysvipc/{kind}").read_text().splitlines()
            if " 4919 " in line
        ],
    }


@functools.cache
def released(assignment: str) -> str:
    """Return the text of the handout."""
    files = (COURSE.assignments / assignment).iterdir()
    return "".join(path.read_text() for path in files if path.is_file())


@functools.cache
def hidden_lines(assignment: str, item: str) -> frozenset[str]:
    """Return the lines of the hidden tests, and of the item's reference, that nobody is given."""
    tests = COURSE.tests(assignment).read_text()
    parts = re.findall(r"BEGIN HIDDEN TESTS(.*?)END HIDDEN TESTS", tests, re.DOTALL)
    lines = {
        line.strip() for part in [*parts, solutions(assignment)[item]] for line in part.splitlines()
    }
    titles = {line for line in lines if line.startswith('"""')}
    known = released(assignment)
    return frozenset(line for line in lines - titles if len(line) >= LINE and line not in known)


@pytest.mark.parametrize("attack", sampled(ATTACKS), ids=str)
def test_an_attack_gains_nothing(scene: Scene, honest: dict[str, Result], attack: Attack) -> None:
    """No point above the wrong answer, no fault, no secret in what is shown, no trace."""
    source = attack.source(scene.folder)
    before, start = traces(scene), time.monotonic()

    result = scene.grade(attack.assignment, attack.item, source)
    cell, shown = scene.perform(attack)

    assert time.monotonic() - start < SECONDS
    assert traces(scene) == before
    assert result.status == "graded", result.error
    pairs = zip(honest[attack.item].items, result.items, strict=True)
    assert [now.item for then, now in pairs if now.score > then.score] == []
    assert not cell.startswith(REHEARSED)
    everything = "\n".join([result.to_json(), student_page(result), shown])
    assert scene.canary not in everything
    assert GAINED not in everything
    assert [
        line for line in hidden_lines(attack.assignment, attack.item) if line in everything
    ] == []
    hidden = [test for item in result.items for test in item.tests if test.visibility == "hidden"]
    assert {test.message for test in hidden} == {""}
    assert not CONTROLS.search(everything)


def test_every_line_that_must_not_show_would_be_found() -> None:
    """The hidden tests and the reference have lines that no student is given."""
    for item in WRONG:
        assert len(hidden_lines(ASSIGNMENTS.get(item, "xor"), item)) > 20


def told(result: Result) -> list[tuple[str, str, str]]:
    """Return all that a student is told beyond pass or fail."""
    return [(t.name, t.message, t.hint) for item in result.items for t in item.tests]


def test_nothing_told_depends_on_hidden_inputs(scene: Scene) -> None:
    """With other hidden inputs, an attack that tells what it has seen says just the same."""
    telling = [attack for attack in ATTACKS if attack.name.startswith("inputs of the hidden tests")]
    other = dataclasses.replace(QUICK, seed=QUICK.seed + 1)
    with Grader(other, "activations") as grader:
        elsewhere = dataclasses.replace(scene, graders={"activations": grader})
        for attack in telling:
            place = (attack.assignment, attack.item, attack.source(scene.folder))
            assert told(scene.grade(*place)) == told(elsewhere.grade(*place)), attack.name
    assert len(telling) > 3


def test_the_bank_is_what_it_should_be() -> None:
    """There are attacks by every way in, and no two of a name."""
    kinds = Counter(attack.kind for attack in ATTACKS)

    assert len({(attack.kind, attack.name) for attack in ATTACKS}) == len(ATTACKS)
    assert all(count >= 12 for count in kinds.values()), kinds
    assert kinds.keys() == {
        "company",
        "endings",
        "files",
        "memory",
        "numbers",
        "process",
        "text",
        "verdicts",
        "wire",
    }
