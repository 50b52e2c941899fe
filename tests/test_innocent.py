"""The innocent: right work in unusual forms keeps its marks, through both commands."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.build import build
from autograder.course import Course
from autograder.result import Result
from tests.attack_course import make_course
from tests.innocent import LIMITS, Innocent, bank
from tests.nbgrader_course import RIGHT, answered, nbgrader
from tests.samples import ROOT

BANK = bank()
READ_OTHERWISE = [entry for entry in BANK if entry.theme in ("files", "layouts", "plain", "slow")]
"""What nbgrader could treat otherwise; from the cells on, both commands do the same."""
AUTHORED = ("solutions", "source", "assignments", "nbgrader_config.py", "pyproject.toml")


@dataclass(frozen=True)
class Graded:
    """What both commands made of the bank; keys are the course (quick?), assignment, student."""

    results: dict[tuple[bool, str, str], Result]
    scores: dict[tuple[bool, str, str], float]
    failures: list[str]


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Graded:
    """Grade the bank in two courses: the real one, and one of the same with small limits."""
    roots = {quick: course(tmp_path_factory.mktemp("course"), quick) for quick in (False, True)}
    for entry in BANK:
        folder = roots[entry.quick] / "submitted" / entry.student / entry.assignment
        folder.mkdir(parents=True)
        for name, content in entry.files().items():
            (folder / name).write_bytes(content)
    grades = Graded({}, {}, [])
    for quick, name in sorted({(entry.quick, entry.assignment) for entry in BANK}):
        root = roots[quick]
        finished = grade(root, name)
        if finished.returncode:
            grades.failures.append(finished.stderr)
        grades.results.update({(quick, name, one.student): one for one in results(root, name)})
        for entry in BANK:
            if (entry.quick, entry.assignment) == (quick, name) and entry not in READ_OTHERWISE:
                shutil.rmtree(root / "submitted" / entry.student / name)
        try:
            nbgrader(f"generate_assignment {name}", f"autograde {name}", cwd=root)
        except AssertionError as failure:
            grades.failures.append(str(failure))
        with Gradebook(f"sqlite:///{root}/gradebook.db") as gradebook:
            found = gradebook.assignment_submissions(name)
            grades.scores.update({(quick, name, one.student.id): one.score for one in found})
    return grades


def course(root: Path, quick: bool) -> Path:
    """Copy the course, with a twentieth of its limits where it is to be quick."""
    for name in AUTHORED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        copy(ROOT / name, root / name)
    if quick:
        settings = "\n".join(f"{name} = {value}" for name, value in LIMITS.items())
        (root / "pyproject.toml").write_text(f"[tool.autograder]\nseed = 1\n{settings}\n")
    return root


def grade(root: Path, assignment: str) -> subprocess.CompletedProcess[str]:
    """Run ``autograder grade`` on what was handed in."""
    options = ["--assignment", assignment, "--out", f"results-{assignment}", "--jobs", "2"]
    command = [sys.executable, "-m", "autograder", "grade", "submitted", *options]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def results(root: Path, assignment: str) -> list[Result]:
    """Return what it gave."""
    lines = (root / f"results-{assignment}" / "results.jsonl").read_text().splitlines()
    return [Result.from_json(line) for line in lines]


def key(entry: Innocent) -> tuple[bool, str, str]:
    """Return where an entry is found in what was graded."""
    return entry.quick, entry.assignment, entry.student


def test_no_innocent_makes_the_grader_fail(graded: Graded) -> None:
    """Both commands end well: each hand-in has a result."""
    assert graded.failures == []


@pytest.mark.parametrize("entry", BANK, ids=str)
def test_it_keeps_its_marks(graded: Graded, entry: Innocent) -> None:
    """``autograder grade`` gives an innocent hand-in the marks it must keep."""
    assert key(entry) in graded.results, entry.title
    result = graded.results[key(entry)]
    faults = [
        f"{i.item}: {t.message or t.hint or t.name}"
        for i in result.items
        for t in i.tests
        if not t.passed
    ]

    assert (result.status, result.score) == ("graded", entry.marks), (entry.title, faults)


@pytest.mark.parametrize("entry", READ_OTHERWISE, ids=str)
def test_it_keeps_its_marks_in_nbgrader(graded: Graded, entry: Innocent) -> None:
    """``nbgrader autograde`` gives it the same."""
    assert graded.scores.get(key(entry)) == entry.marks, entry.title


NAMES = (b"Ren\xe9", b"Ren\xe8", "Ren\u00e9".encode(), "Rene\u0301".encode(), b"Rene", b"rene")


def test_names_that_look_alike_are_two(tmp_path: Path) -> None:
    """Names from an old archive that are no UTF-8, and others that resemble, are all graded."""
    root = make_course(tmp_path)
    build(Course.find(root))
    handout = json.loads((root / "assignments" / "mini" / "mini.ipynb").read_text())
    (root / "submitted").mkdir()
    for name in NAMES:
        path = os.fsencode(root / "submitted") + b"/" + name + b".ipynb"
        Path(os.fsdecode(path)).write_text(json.dumps(answered(handout, **RIGHT)))

    assert grade(root, "mini").returncode == 0

    graded = results(root, "mini")
    assert [result.score for result in graded] == [100.0] * len(NAMES)
    assert len({result.student for result in graded}) == len(NAMES)


@pytest.mark.parametrize("name", ["\u0645\u06cc\u200c\u062e", "\u5c71\u7530\u3000\u592a"])
def test_a_name_stays_as_it_is(tmp_path: Path, name: str) -> None:
    """Joiners and spaces of other scripts are part of a name, in results and grades."""
    root = make_course(tmp_path)
    (root / "submitted").mkdir()
    (root / "submitted" / f"{name}.py").write_text("x = 1\n")

    assert grade(root, "mini").returncode == 0

    (result,) = results(root, "mini")
    assert result.student == name
    assert name in (root / "results-mini" / "grades.csv").read_text()
