"""``nbgrader zip_collect`` on what an LMS exports: late, again, by the roster."""

import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook

from autograder.build import build
from autograder.collect.listing import read_rows
from autograder.course import Course
from tests.nbgrader_course import RIGHT, answered, nbgrader, scores, write_course

ON_TIME, LATE = (2026, 11, 1, 12, 0, 0), (2026, 11, 3, 12, 0, 0)
DUE = 'c.LateSubmissionPlugin.penalty_method = "zero"\n'


def export(root: Path, name: str, files: dict[str, tuple[Any, tuple[int, ...]]]) -> None:
    """Put an LMS's archive where zip_collect looks."""
    archive = root / "downloaded" / "mini" / "archive"
    archive.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(archive / name, "w") as bundle:
        for path, (work, time) in files.items():
            bundle.writestr(zipfile.ZipInfo(path, time), json.dumps(work))


def statuses(root: Path) -> dict[str, str]:
    """Return what the list says of each student."""
    rows = read_rows(root / "downloaded" / "mini" / "collected.csv")
    return {row.student: row.status for row in rows}


def stamp(root: Path, student: str) -> str:
    """Return when a student handed in, as nbgrader will read it; "" when that is not known."""
    path = root / "submitted" / student / "mini" / "timestamp.txt"
    return path.read_text() if path.exists() else ""


def fines(root: Path) -> dict[str, float]:
    """Return what each student loses for being late."""
    with Gradebook(f"sqlite:///{root}/gradebook.db") as gradebook:
        found = gradebook.assignment_submissions("mini")
        return {s.student.id: s.late_submission_penalty for s in found}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a course with one assignment, due between the two times."""
    monkeypatch.setenv("TZ", "UTC")
    root = write_course(tmp_path)
    build(Course.find(root))
    repository = Path(__file__).parents[1]
    config = (repository / "nbgrader_config.py").read_text()
    (root / "nbgrader_config.py").write_text(config + DUE)
    return root


@pytest.mark.long
def test_a_class_from_canvas(root: Path) -> None:
    """Late work is fined, work sent again is graded again without --force, the rest is kept."""
    handout = json.loads((root / "assignments/mini/mini.ipynb").read_text())
    right = answered(handout, **RIGHT)
    half = answered(handout, square=RIGHT["square"])
    first = {
        "lovelaceada_4711_1001_mini.ipynb": (right, ON_TIME),
        "kingbob_4712_1002_HW1.ipynb": (half, ON_TIME),
        "moorcy_LATE_4713_1003_mini.ipynb": (right, LATE),
    }
    (root / "roster.csv").write_text("id,LMS id\nada,4711\nbob,4712\ncy,4713\ndee,4714\n")
    export(root, "submissions.zip", first)
    nbgrader("generate_assignment mini", cwd=root)
    with Gradebook(f"sqlite:///{root}/gradebook.db") as gradebook:
        gradebook.update_or_create_assignment("mini", duedate="2026-11-02 12:00:00 UTC")
    log = nbgrader("zip_collect mini", "autograde mini", "generate_feedback mini", cwd=root)

    assert statuses(root) == {**dict.fromkeys(("ada", "bob", "cy"), "collected"), "dee": "missing"}
    assert [stamp(root, name) for name in ("ada", "cy")] == ["", "2026-11-03 12:00:00 UTC"]
    assert scores(root) == {"ada": 100.0, "bob": 60.0, "cy": 100.0}
    assert fines(root) == {"ada": 0.0, "bob": 0.0, "cy": 100.0}
    assert re.search("Collected 3 students, 1 late, 1 on the roster with nothing handed in", log)

    mended = root / "submitted" / "ada" / "mini" / "mini.ipynb"
    mended.write_text(json.dumps(right) + "\n")
    again = {**first, "kingbob_4712_1009_HW1-1.ipynb": (right, ON_TIME)}
    del again["kingbob_4712_1002_HW1.ipynb"]
    export(root, "submissions.zip", again)
    log = nbgrader("zip_collect mini", "autograde mini", "generate_feedback mini", cwd=root)

    assert statuses(root)["bob"] == "again"
    assert statuses(root)["ada"] == statuses(root)["cy"] == "unchanged"
    assert mended.read_text().endswith("\n")
    assert scores(root) == {"ada": 100.0, "bob": 100.0, "cy": 100.0}
    assert fines(root) == {"ada": 0.0, "bob": 0.0, "cy": 100.0}
    assert "Autograding " in log
    assert "100" in (root / "feedback" / "bob" / "mini" / "mini.html").read_text()
    assert not list(root.glob("*/*/.mini.*"))


def test_a_roster_that_comes_later(root: Path) -> None:
    """Who gets another id by a roster is named, as the work under the earlier one stays."""
    work = json.loads((root / "assignments/mini/mini.ipynb").read_text())
    export(root, "submissions.zip", {"lovelaceada_4711_1001_mini.ipynb": (work, ON_TIME)})
    assert "before" not in nbgrader("zip_collect mini", cwd=root)
    (root / "roster.csv").write_text("id,LMS id\nada,4711\n")
    log = nbgrader("zip_collect mini", cwd=root)

    assert "'ada' was collected as 'lovelaceada' before" in log
    assert {path.name for path in (root / "submitted").iterdir()} == {"ada", "lovelaceada"}
