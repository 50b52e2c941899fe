"""A whole course with nbgrader's own commands, from release to the exported grades."""

import csv
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbgrader.api import Gradebook

from autograder.build import build, drift
from autograder.course import Course
from autograder.nbgrader.exporter import require_known
from autograder.result import GraderFault
from tests.nbgrader_course import (
    RIGHT,
    SCRIPT,
    TESTS,
    answered,
    cell_of,
    hand_in,
    mark_by_hand,
    nbgrader,
    scores,
    write_course,
)

pytestmark = pytest.mark.xdist_group("semester")

REPOSITORY = Path(__file__).parents[1]
BROKEN = 'if float(student.square(0.5)) == 13.0:\n        raise RuntimeError("broken test")\n    '
FLOW_TESTS = TESTS.replace("assert float(student", f"{BROKEN}assert float(student")
WRONG = {"double": "def double(z):\n    return 6.0", "square": "def square(z):\n    return z * 2"}
LOUD = """import sys
import matplotlib.pyplot as plt
plt.plot([1, 2])
plt.show()
print("<script>alert('out')</script>")
print("to stderr", file=sys.stderr)
1 / 0"""
PAGE = "<script>alert('text')</script> and <img src=x onerror=alert(2)>"


@dataclass(frozen=True)
class Semester:
    """What is left of the course at its end, and what the first grading said and decided."""

    root: Path
    first_log: str
    first_scores: dict[str, float]
    first_graded: set[str]

    def notebook(self, student: str) -> Any:
        """Return a student's graded notebook."""
        return nbformat.read(self.root / "autograded" / student / "mini" / "mini.ipynb", 4)

    def page(self, student: str) -> str:
        """Return a student's feedback page."""
        return (self.root / "feedback" / student / "mini" / "mini.html").read_text()

    def grades(self) -> dict[str, float]:
        """Return the exported score of each student."""
        with (self.root / "grades.csv").open() as file:
            return {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}


def submissions(handout: dict[str, Any], script: str) -> dict[str, dict[str, Any]]:
    """Return what the students hand in who do not use the exchange."""
    right = answered(handout, **RIGHT)
    twice = answered(handout, **RIGHT)
    twice["cells"] += [cell_of(twice, "double"), cell_of(twice, "check-double")]
    deleted = answered(handout, **RIGHT)
    deleted["cells"] = [cell for cell in deleted["cells"] if cell not in right["cells"][5:9]]
    retyped = answered(handout, **RIGHT)
    cell_of(retyped, "double")["cell_type"] = "markdown"
    cell_of(retyped, "check-square")["cell_type"] = "raw"
    forged = answered(handout, **WRONG)
    for cell in forged["cells"]:
        cell["metadata"].get("nbgrader", {}).update(points=1000, schema_version=7, task="yes")
        cell["metadata"]["scrolled"] = 3
    forged["metadata"] = {"kernelspec": {"name": "sas", "language": "sas", "display_name": "S"}}
    loud = answered(handout, **RIGHT, conclusion=PAGE)
    extra = {"cell_type": "code", "execution_count": None, "outputs": [], "source": LOUD}
    loud["cells"].append({**extra, "id": "loud", "metadata": {}})
    loud["cells"].append({"cell_type": "raw", "id": "raw", "metadata": {}, "source": PAGE})
    written = script.replace("raise NotImplementedError()", "return 2 * z", 1)
    written = written.replace("raise NotImplementedError()", "return z**2", 1)
    return {
        "twice": {"mini.ipynb": twice},
        "deleted": {"mini.ipynb": deleted},
        "retyped": {"mini.ipynb": retyped},
        "forged": {"mini.ipynb": forged},
        "loud": {"mini.ipynb": loud},
        "binary": {"mini.ipynb": b"\x89PNG\xff\xfe\x00"},
        "empty": {"mini.ipynb": ""},
        "script": {"mini.py": written},
        "scratch": {"mini.py": written, "scratch.ipynb": handout},
        "both": {"mini.ipynb": handout, "mini.py": written},
        "fault": {"mini.ipynb": answered(right, square="def square(z):\n    return 13.0")},
    }


def use_exchange(root: Path, student: Path) -> None:
    """Release the assignment; a student fetches, works and submits."""
    settings = f'c = get_config()\nc.Exchange.root = "{root / "exchange"}"\n'
    config = (REPOSITORY / "nbgrader_config.py").read_text()
    (root / "nbgrader_config.py").write_text(config + settings)
    (root / "exchange").mkdir(mode=0o777)
    (root / "exchange").chmod(0o777)
    nbgrader("generate_assignment mini", "release_assignment mini", cwd=root)
    course = 'c.CourseDirectory.course_id = "activation-functions"\n'
    (student / "nbgrader_config.py").write_text(settings + course)
    nbgrader("fetch_assignment mini", cwd=student)
    path = student / "mini" / "mini.ipynb"
    work = answered(json.loads(path.read_text()), **RIGHT | {"square": WRONG["square"]})
    cell_of(work, "conclusion")["source"] = "The square does."
    path.write_text(json.dumps(work))
    nbgrader("submit mini --CourseDirectory.student_id=exchanged", cwd=student)


def use_lms(root: Path, handout: dict[str, Any]) -> None:
    """Put files and an archive where an instructor puts what comes from an LMS."""
    archive = root / "downloaded" / "mini" / "archive"
    archive.mkdir(parents=True)
    work = json.dumps(answered(handout, **RIGHT))
    (archive / "ada_late_17_mini-2.ipynb").write_text(work)
    with zipfile.ZipFile(archive / "bob.zip", "w") as bundle:
        bundle.writestr("mini/mini.ipynb", work)
        bundle.writestr("mini/test_mini.py", "")


@pytest.fixture(scope="module")
def semester(tmp_path_factory: pytest.TempPathFactory) -> Semester:
    """Live through a course: release, hand in, grade, mark by hand, grade again, feed back."""
    root = write_course(tmp_path_factory.mktemp("course"), tests=FLOW_TESTS)
    build(Course.find(root))
    use_exchange(root, tmp_path_factory.mktemp("student"))
    folder = root / "assignments" / "mini"
    handout = json.loads((folder / "mini.ipynb").read_text())
    use_lms(root, handout)
    for student, files in submissions(handout, (folder / "mini.py").read_text()).items():
        hand_in(root, student, files)
    beside = root / "submitted" / "loud" / "mini"
    (beside / "leak.html").symlink_to(root / "solutions" / "mini" / "test_mini.py")
    (beside / "nowhere.txt").symlink_to(root / "nowhere")

    collect = ("collect mini", "zip_collect mini")
    log = nbgrader(*collect, "autograde mini", cwd=root, fails=True)
    graded = {path.parent.name for path in (root / "autograded").glob("*/mini")}
    first = Semester(root, log, scores(root), graded)
    mark_by_hand(root, "exchanged", 7.0)
    (root / "solutions" / "mini" / "test_mini.py").write_text(TESTS)
    again = ("autograde mini --force", "autograde mini --force --student=script")
    feedback = ("generate_feedback mini", "release_feedback mini")
    nbgrader(*again, *feedback, "export", cwd=root)
    return first


def test_generated_assignment_is_the_built_one(semester: Semester) -> None:
    """Nbgrader's own generate_assignment writes what a build writes, and keeps a gradebook."""
    mended_since = ["source/.autograder.json"]
    assert drift(Course.find(semester.root)) == mended_since
    assert (semester.root / "gradebook.db").exists()


@pytest.mark.parametrize(
    ("student", "expected"),
    [
        ("ada", 100.0),
        ("bob", 100.0),
        ("twice", 100.0),
        ("retyped", 100.0),
        ("script", 100.0),
        ("scratch", 100.0),
        ("both", 100.0),
        ("loud", 100.0),
        ("deleted", 40.0),
        ("forged", 50.0),
        ("binary", 0.0),
        ("empty", 0.0),
        ("fault", 40.0),
        ("exchanged", 77.0),
    ],
)
def test_exported_grades(semester: Semester, student: str, expected: float) -> None:
    """Each kind of submission has the points it earns, partial credit and manual marks included."""
    assert semester.grades()[student] == expected


def test_fault_of_a_test_leaves_no_score_and_the_batch_goes_on(semester: Semester) -> None:
    """A test that is itself broken fails that student's grading alone, and says why."""
    everyone = semester.grades().keys()

    assert everyone - {"fault"} == semester.first_graded
    assert semester.first_scores["fault"] == 0.0
    assert semester.first_scores["twice"] == 100.0
    assert "The test 'test_square_elsewhere' in test_mini.py is broken" in semester.first_log
    assert "broken test" in semester.first_log


def test_log_is_short(semester: Semester) -> None:
    """A batch gives one line for a file that cannot be read, and no warnings of libraries."""
    warnings = [line for line in semester.first_log.splitlines() if "Not readable" in line]

    assert len(warnings) == 2
    assert "SAWarning" not in semester.first_log


def test_manual_mark_survives_grading_again(semester: Semester) -> None:
    """A mark given by hand stays when the automatic points are computed anew."""
    assert semester.first_scores["exchanged"] == 70.0
    assert semester.grades()["exchanged"] == 77.0


def test_check_cell_shows_public_and_hides_hidden(semester: Semester) -> None:
    """A check cell tells what failed; of hidden tests it gives no more than the title."""
    text, points = cell_of(semester.notebook("exchanged"), "check-square").outputs

    assert text.text.splitlines() == [
        "square: 30 of 60 points",
        "passed  30 of 30  square is right at 2",
        "FAILED  0 of 30  hidden test: square is right elsewhere",
    ]
    assert points.data["text/plain"] == "30.0"
    assert "secret of" not in semester.page("exchanged")


def test_failed_public_test_shows_its_message(semester: Semester) -> None:
    """The message of a failed public test is on the page."""
    assert "square(2.0) is 13.0, not 4.0." in semester.page("fault")


def test_unreadable_submission_is_told_why(semester: Semester) -> None:
    """A file that is no notebook gives the reason in every check cell."""
    for student, reason in (("binary", "not text in UTF-8"), ("empty", "is empty")):
        for name in ("check-double", "check-square"):
            text = cell_of(semester.notebook(student), name).outputs[0].text
            assert reason in text


def test_no_output_can_take_points_away(semester: Semester) -> None:
    """No cell has an error, a stderr stream or HTML, whatever the student's code did."""
    for student in semester.grades():
        for cell in semester.notebook(student).cells:
            for output in cell.get("outputs", []):
                assert output.output_type in ("stream", "display_data", "execute_result")
                assert output.get("name", "stdout") == "stdout"
                assert output.get("data", {}).keys() <= {"text/plain", "image/png"}


def test_script_of_a_student_is_kept(semester: Semester) -> None:
    """The script that was graded lies beside the graded notebook, not the handout's stub."""
    handed_in, kept = (
        semester.root / step / "script" / "mini" / "mini.py" for step in ("submitted", "autograded")
    )

    assert kept.read_text() == handed_in.read_text()
    assert semester.notebook("script").metadata.autograder.file == "mini.py"


def test_cell_output_is_on_the_page(semester: Semester) -> None:
    """The page shows what a cell printed and drew, its error, and the experiment's text."""
    page = semester.page("loud")

    for shown in ("to stderr", "ZeroDivisionError", "the experiment ran", "data:image/png;base64"):
        assert shown in page


def test_student_text_is_escaped(semester: Semester) -> None:
    """HTML that a student prints or writes shows as text on the page."""
    page = semester.page("loud")

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert page.count("&lt;script&gt;alert") == 4


def test_no_script_of_a_student_runs_in_a_browser(
    semester: Semester, dialogs: Callable[[Path], list[str]]
) -> None:
    """Opened in Chromium, the feedback page shows a student's markup as text and runs none."""
    (text,) = dialogs(semester.root / "feedback" / "loud" / "mini" / "mini.html")

    assert "<script>alert('out')</script>" in text


def test_links_in_a_submission_lead_nowhere(semester: Semester) -> None:
    """What a link beside a notebook leads to is copied neither for grading nor into feedback."""
    for step in ("autograded", "feedback"):
        assert (semester.root / step / "loud" / "mini").is_dir()
        assert not list((semester.root / step).rglob("leak.html"))


def test_given_points_cannot_be_changed(semester: Semester) -> None:
    """Points in a student's notebook are not believed."""
    check = cell_of(semester.notebook("forged"), "check-double")

    assert check.metadata.nbgrader.points == 40.0
    assert check.outputs[-1].data["text/plain"] == "20.0"


def test_other_version_in_the_gradebook_is_named(semester: Semester) -> None:
    """A handout that was built anew but not generated by nbgrader is not graded; it says so."""
    handout = semester.notebook("twice")
    handout.cells = [cell for cell in handout.cells if cell.source != 'check("double")']
    names = {"assignment": "mini", "notebook": "mini", "student": "twice"}
    database = f"sqlite:///{semester.root}/gradebook.db"

    with pytest.raises(GraderFault, match="run 'nbgrader generate_assignment mini'"):
        require_known(handout, **names, db_url=database)


def test_unanswered_question_needs_no_marking(semester: Semester) -> None:
    """A question nobody answered has 0 points; one with an answer waits for a mark."""
    with Gradebook(f"sqlite:///{semester.root}/gradebook.db") as gradebook:
        twice = gradebook.find_grade("conclusion", "mini", "mini", "twice")
        loud = gradebook.find_grade("conclusion", "mini", "mini", "loud")
        assert (twice.auto_score, twice.needs_manual_grade) == (0.0, False)
        assert (loud.auto_score, loud.needs_manual_grade) == (None, True)


def test_feedback_is_released(semester: Semester) -> None:
    """Feedback of a student who used the exchange goes back there."""
    released = semester.root / "exchange" / "activation-functions" / "feedback"

    assert any(released.glob("*.html"))


def test_sample_has_what_the_flow_needs() -> None:
    """The sample has a test to break and a cell that prints."""
    assert FLOW_TESTS != TESTS
    assert "the experiment ran" in SCRIPT
