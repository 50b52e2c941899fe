"""The writers as nbgrader's exporters, with marks from a gradebook."""

import logging
import os
import re
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.cli import main
from autograder.exports.nbgrader import Canvas, Items
from tests.classroom_fakes import result
from tests.nbgrader_course import nbgrader

pytestmark = [pytest.mark.long, pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")]

CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,toy (77)\n"
    '"Lovelace, Ada",101,,,A,\n"Cat, Bob",102,,,A,\n"Young, Cy",103,,,A,\n"Fly, Di",104,,,A,\n'
)
STUDENTS = {
    "ada": ({"lms_user_id": "101"}, 3.0, 7.5, 0.0),
    "bob": ({"first_name": "Bob", "last_name": "Cat"}, 5.0, None, 2.0),
    "103": ({}, 1.0, 0.0, 4.0),
}
"""Each student's details, points by the grader and by hand, and penalty."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a gradebook: 5 points by the grader, 10 by hand, some late."""
    root = tmp_path_factory.mktemp("course")
    (root / "canvas.csv").write_text(CANVAS)
    with pytest.MonkeyPatch.context() as patch:
        programs = (str(Path(sys.executable).parent), os.environ["PATH"])
        patch.setenv("PATH", os.pathsep.join(programs))  # nbgrader starts alembic
        with Gradebook(f"sqlite:///{root}/gradebook.db") as book:
            _fill_in(book)
    return root


def _fill_in(book: Gradebook) -> None:
    book.add_assignment("other")
    book.add_assignment("toy")
    book.add_notebook("toy", "toy")
    book.add_grade_cell("check-step", "toy", "toy", max_score=5, cell_type="code")
    book.add_grade_cell("essay", "toy", "toy", max_score=10, cell_type="markdown")
    for student, (details, auto, manual, penalty) in STUDENTS.items():
        book.add_student(student, **details)
        when = datetime.now(UTC).replace(tzinfo=None)
        submission = book.add_submission("toy", student, timestamp=when)
        submission.notebooks[0].late_submission_penalty = penalty
        for grade in submission.notebooks[0].grades:
            if grade.name == "essay":
                grade.manual_score, grade.needs_manual_grade = manual, manual is None
            else:
                grade.auto_score, grade.needs_manual_grade = auto, False
    book.db.commit()


def export(plugin: type[Items | Canvas], root: Path, **options: object) -> str:
    """Run an exporter on the gradebook and return what it wrote."""
    options = {"assignment": ["toy"], **options}
    with Gradebook(f"sqlite:///{root}/gradebook.db") as book:
        plugin(to=str(root / "out"), **options).export(book)
    return (root / "out").read_text()


def test_marks_of_a_gradebook(root: Path) -> None:
    """Marks given by hand count, penalties are taken off, and no mark falls below 0."""
    assert export(Items, root).splitlines()[1:] == [
        "103,,graded,0,15,1,1,0,0,-1,-1",
        "ada,,graded,10.5,15,3,3,7.5,7.5,,",
        "bob,,graded,3,15,5,5,0,0,-2,-2",
    ]


def test_canvas_by_what_a_gradebook_knows(root: Path) -> None:
    """Students are known by their id, their number in the LMS, or their name."""
    filled = export(Canvas, root, into=str(root / "canvas.csv"))

    assert [line.rpartition(",")[2] for line in filled.splitlines()[1:]] == ["10.5", "3", "0", ""]


def test_chosen_students(root: Path) -> None:
    """Nbgrader's option chooses students."""
    assert export(Items, root, student=["ada"]).splitlines()[1:] == [
        "ada,,graded,10.5,15,3,3,7.5,7.5"
    ]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (
            {"assignment": []},
            "Name one assignment with --assignment \"['NAME']\" (of: other, toy).",
        ),
        ({"assignment": ["other"]}, "The gradebook has no submission for 'other'"),
        ({"into": "none.csv"}, "No such file or directory: 'none.csv'"),
    ],
)
def test_mistakes(
    root: Path, caplog: pytest.LogCaptureFixture, options: dict[str, object], sentence: str
) -> None:
    """A user's mistake is a line of the log, and an exit code."""
    logging.getLogger("traitlets").addHandler(caplog.handler)
    with pytest.raises(SystemExit, match="1"):
        export(Canvas, root, **options)

    assert sentence in caplog.text


def test_report_names_what_was_changed_by_hand(
    root: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """In a course with a gradebook, the grader's marks that a person changed are named."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(root / "gradebook.db", tmp_path)
    with Gradebook("sqlite:///gradebook.db") as book:
        book.find_grade("check-step", "toy", "toy", "ada").manual_score = 4.5
        book.find_grade("check-step", "toy", "toy", "bob").manual_score = 5.0
        book.find_grade("check-step", "toy", "toy", "103").extra_credit = 1.0
        book.db.commit()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "results.jsonl").write_text(result("ada").to_json() + "\n")
    with pytest.raises(SystemExit):
        main(["report", "out"])

    assert capsys.readouterr().out.splitlines()[1:] == [
        "Changed by hand in gradebook.db: 103  step  1 -> 2",
        "Changed by hand in gradebook.db: ada  step  3 -> 4.5",
    ]
    with pytest.raises(SystemExit):
        main(["export", "items", "out"])
    assert "by hand in gradebook.db, not in 'out/items.csv': ada" in capsys.readouterr().err
    page = (tmp_path / "out" / "report.html").read_text()
    assert "<summary>Changed by hand: 2</summary>" in page
    assert "<li>103: step  1 -&gt; 2</li>" in page
    assert re.search(r"<li><a [^>]*>ada</a>: step  3 -&gt; 4.5</li>", page)


def test_nbgrader_export(root: Path) -> None:
    """Nbgrader's own command runs it, warns of what is not marked, and names the file."""
    command = "export --exporter=autograder.exports.nbgrader.Canvas --to=out --assignment=['toy']"
    log = nbgrader(f"{command} --Canvas.into=canvas.csv", cwd=root)

    assert "101,,,A,10.5" in (root / "out").read_text()
    for said in ("Still to be marked by hand: bob.", "without a mark: Fly, Di.", "Wrote out"):
        assert said in log
