"""The same attacks, many at a time, through the commands that grade a class."""

import json
import os
import re
import secrets
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from autograder.build import build
from autograder.classroom.ledger import DATABASE
from autograder.course import Course
from autograder.result import Result
from tests.attack_course import ATTACKS, BASELINE, HIDDEN, RIGHT, WRONG, cell, make_course
from tests.attacks import GAINED
from tests.nbgrader_course import answered

EVERY = 10  # attacks between two right neighbours
NAMES = {
    "formula": "=cmd|' C calc'!A0",
    "formula by plus": "+1+1",
    "markup": "<img src=x onerror=alert('attacker')>",
    "quotes": "\"'><script>alert('attacker')",
    "escape codes": "\x1b[2J\x1b]0;attacker\x07",
    "order of text": "\u202etfel\u202c",
    "line ends": "two\nlines\r\tlong",
    "half a character": "\udcff\udcfe",
    "dots": "a..b~",
    "template": "{{ 7 * 7 }}%s${x}",
    "long": "x" * 240,
}
OWN_CODE = re.compile(r"""(Gained\(f?|GAINED = )(\\*"|&#34;|&quot;)gained: """)
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True)
class Batch:
    """A class that has been graded with ``autograder grade``."""

    root: Path
    canary: str
    finished: subprocess.CompletedProcess[str]
    left: list[Path]

    @property
    def results(self) -> dict[str, Result]:
        """The results, by student."""
        lines = (self.root / "results" / "results.jsonl").read_text().splitlines()
        return {result.student: result for result in map(Result.from_json, lines)}

    def outputs(self) -> dict[str, str]:
        """Return all that was written or printed, by where, but for the attacks' own code."""
        files = (path for path in (self.root / "results").rglob("*") if path.is_file())
        texts = {str(path): OWN_CODE.sub("", path.read_text(errors="replace")) for path in files}
        return texts | {"stdout": self.finished.stdout, "stderr": self.finished.stderr}


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Batch:
    """Grade every attack, with right neighbours among them, two at a time."""
    root = make_course(tmp_path_factory.mktemp("batch"))
    temporary = tmp_path_factory.mktemp("temporary")
    canary = f"canary-{secrets.token_hex(8)}"
    build(Course.find(root))
    handout = json.loads((root / "assignments" / "mini" / "mini.ipynb").read_text())
    folder = root / "submissions"
    folder.mkdir()
    (root / "secret").write_text(canary)

    def hand_in(student: str, double: str) -> None:
        path = os.fsencode(folder) + b"/" + student.encode(errors="surrogateescape") + b".ipynb"
        work = json.dumps(answered(handout, double=double, square=RIGHT["square"]))
        Path(os.fsdecode(path)).write_text(work)

    hand_in("honest", WRONG)
    for number, attack in enumerate(ATTACKS):
        hand_in(f"attack-{number:03}", cell(attack, root))
        if number % EVERY == 0:
            hand_in(f"right-{number:03}", RIGHT["double"])
    for name in NAMES.values():
        hand_in(name, WRONG)
    options = ["--assignment", "mini", "--out", "results", "--jobs", "2"]
    finished = subprocess.run(
        [sys.executable, "-m", "autograder", "grade", str(folder), *options],
        cwd=root,
        env=os.environ | {"SECRET_TOKEN": canary, "TMPDIR": str(temporary)},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    return Batch(root, canary, finished, sorted(temporary.rglob("*")))


def test_every_attack_has_a_result(batch: Batch) -> None:
    """None makes the grader fail, and none is lost."""
    assert batch.finished.returncode == 0, batch.finished.stderr
    assert len(batch.results) == 1 + len(ATTACKS) + (len(ATTACKS) - 1) // EVERY + 1 + len(NAMES)
    assert {result.status for result in batch.results.values()} == {"graded"}


def test_no_attack_gains_a_point(batch: Batch) -> None:
    """None gets more than the same wrong answer without its exploit."""
    scores = {student: result.score for student, result in batch.results.items()}

    assert scores["honest"] == BASELINE
    assert {s: n for s, n in scores.items() if s.startswith("attack") and n > BASELINE} == {}


def test_neighbours_keep_their_points(batch: Batch) -> None:
    """Right submissions that are graded between attacks get all points."""
    scores = {s: r.score for s, r in batch.results.items() if s.startswith("right")}

    assert len(scores) > 20
    assert set(scores.values()) == {100.0}


def test_no_secret_in_what_is_written(batch: Batch) -> None:
    """Results, grades, pages and the terminal hold no secret and no hidden line."""
    for place, text in batch.outputs().items():
        for secret in (batch.canary, GAINED, *HIDDEN):
            assert secret not in text, place


def test_nothing_is_left(batch: Batch) -> None:
    """No file of an attack's making is about, and the temporary folder is empty."""
    known = {"results", "submissions", "solutions", "source", "assignments"}
    known |= {"secret", "pyproject.toml"}

    assert batch.left == []
    assert {path.name for path in batch.root.iterdir()} == known


def test_text_for_people_is_plain(batch: Batch) -> None:
    """No control, escape code or mark that reorders text reaches a terminal, a sheet or a page."""
    for place, text in batch.outputs().items():
        found = CONTROLS.search(text)
        assert not found or place.endswith(DATABASE), (place, found)


def test_no_cell_is_a_formula(batch: Batch) -> None:
    """No cell of the spreadsheet starts as a formula does."""
    text = (batch.root / "results" / "grades.csv").read_text()
    starts = re.findall(r'(?:^|,)"?(.)', text, re.MULTILINE)

    assert text.count("\n") == len(batch.results) + 1
    assert not set(starts) & set("=+-@\t\r")


def test_no_script_runs_on_the_pages(batch: Batch, dialogs: Callable[[Path], list[str]]) -> None:
    """The class's page, and those of students with markup, run nothing in Chromium."""
    pages = [batch.root / "results" / "report.html"]
    feedback = (batch.root / "results" / "feedback").glob("*.html")
    pages += [page for page in feedback if "alert" in page.read_text()]

    assert len(pages) > 8
    for page in pages:
        (body,) = dialogs(page)
        assert body
