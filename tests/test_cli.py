"""The command line: what it writes, says and exits with."""

import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from autograder import build, classroom
from autograder.cli import main
from autograder.result import Result
from tests.classroom_fakes import FakeGrader, gradings, is_kept, make_course

ROOT = Path(__file__).parents[1]

TESTS = '''
import pytest
from autograder.checks import check_values

@pytest.mark.item("step", points=40)
def test_step_at_zero(student):
    """step is 1 at zero"""
    check_values(student.step, {"z": 0.0}, 1.0)

### BEGIN HIDDEN TESTS
@pytest.mark.item("step", points=60)
def test_step_elsewhere(student, reference):
    """step is right elsewhere"""
    check_values(student.step, {"z": -1.0}, reference.step(-1.0))
### END HIDDEN TESTS
'''
PUBLIC_TESTS = TESTS.partition("### BEGIN")[0]
RIGHT = "def step(z):\n    return 1.0 if z >= 0 else 0.0\n"
WRONG = "def step(z):\n    return 1.0\n"

INTERRUPTIBLE = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
from functools import partial
from pathlib import Path
from autograder import classroom
from autograder.cli import main
from tests.classroom_fakes import FakeGrader
classroom.grader_of = lambda *_: partial(FakeGrader, Path("log"))
main(["grade", "class", "--assignment", "toy", "--out", "out", "--jobs", "1"])
"""


class Ended(NamedTuple):
    """How a command ended."""

    code: int | str
    out: str
    err: str


Run = Callable[..., Ended]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """Run the command line in this process."""

    def run(*args: str) -> Ended:
        with pytest.raises(SystemExit) as ended:
            main(args)
        return Ended(ended.value.code or 0, *capfd.readouterr())

    return run


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a course with the assignment ``toy`` and the submissions ``class/a.py, b.py``."""
    root = tmp_path / "course"
    authored = make_course(root).solutions / "toy"
    (authored / "toy.py").write_text(RIGHT)
    (authored / "test_toy.py").write_text(TESTS)
    (root / "class").mkdir()
    (root / "class" / "a.py").write_text(RIGHT)
    (root / "class" / "b.py").write_text(WRONG)
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def grade(course: Path, run: Run) -> Run:
    """Grade ``class`` (or other paths) into ``out``."""

    def grade(*args: str, paths: tuple[str, ...] = ("class",)) -> Ended:
        return run("grade", *paths, "--assignment", "toy", "--out", "out", "--jobs", "1", *args)

    return grade


@pytest.fixture
def fake(course: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Grade with the fake grader instead of the real one."""

    def fake(**options: str) -> None:
        grader = partial(FakeGrader, course / "log", **options)
        monkeypatch.setattr(classroom, "grader_of", lambda *_: grader)

    return fake


@pytest.fixture
def handout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a handout's folder, with a right ``toy.py``."""
    folder = tmp_path / "handout"
    folder.mkdir()
    (folder / "test_toy.py").write_text(PUBLIC_TESTS)
    (folder / "toy.py").write_text(RIGHT)
    monkeypatch.chdir(folder)
    return folder


def test_grade(grade: Run, course: Path) -> None:
    """A class is graded in isolation: results, spreadsheet, pages, and a table of it all."""
    (course / "class" / "c.ipynb").write_text("%PDF")
    ended = grade()

    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines() == [
        "a  100 / 100",
        "b   40 / 100  step: step is right elsewhere",
        "c    0 / 100  unreadable: c.ipynb is not a Jupyter notebook: it is no JSON.",
        "",
        "Graded 3, unchanged 0. Written:",
        "  out/results.jsonl",
        "  out/grades.csv",
        "  out/report.html",
    ]
    assert "b,b.py,graded,40,100,40" in (course / "out" / "grades.csv").read_text().splitlines()
    lines = (course / "out" / "results.jsonl").read_text().splitlines()
    assert [Result.from_json(line).score for line in lines] == [100.0, 40.0, 0.0]
    assert "40 <span" in (course / "out" / "feedback" / "b.html").read_text()


def test_grade_again(grade: Run, fake: Callable[..., None]) -> None:
    """A second run grades nothing and says so; ``--force`` grades all."""
    fake()
    grade()

    assert "Graded 0, unchanged 2." in grade().out
    assert "Graded 2, unchanged 0." in grade("--force").out


def test_grade_fault(grade: Run, course: Path, fake: Callable[..., None]) -> None:
    """When the grader fails on a submission the exit code is 2 and the sentence names it."""
    fake()
    (course / "class" / "b.py").write_text("fault")
    ended = grade()

    assert (ended.code, ended.err) == (2, "autograder: The grader failed on b; run it again.\n")
    assert (course / "out" / "report.html").exists()


def test_a_broken_test_is_named(grade: Run, course: Path) -> None:
    """When a test is broken the sentence says which, and not to run the same again."""
    tests = course / "solutions" / "toy" / "test_toy.py"
    tests.write_text(TESTS.replace('{"z": -1.0}', '{"z": -one}'))

    assert grade().err == (
        "autograder: The grader failed on a, b: The test 'test_step_elsewhere' in test_toy.py is "
        "broken (NameError: name 'one' is not defined): mend it, then grade again.\n"
    )


def test_grade_without_walls(grade: Run, fake: Callable[..., None]) -> None:
    """When no grader can be opened the exit code is 2, with a sentence and no traceback."""
    fake(refuses="no walls here")
    ended = grade()

    assert ended.code == 2
    assert ended.err == "autograder: Nothing more was graded: RuntimeError: no walls here\n"


def test_grade_unconfined_is_loud(grade: Run, fake: Callable[..., None]) -> None:
    """``--isolation none`` says what that means."""
    fake()

    assert grade("--isolation", "none").err.startswith("WARNING: --isolation none. Submissions run")


def test_grade_names_what_it_leaves_out(
    grade: Run, course: Path, fake: Callable[..., None]
) -> None:
    """Files that are no submissions are named."""
    fake()
    (course / "class" / "c.docx").touch()

    assert grade().err == "autograder: Neither notebooks nor scripts, so not graded: c.docx.\n"


def test_grade_names_who_look_alike(grade: Run, course: Path, fake: Callable[..., None]) -> None:
    """Students whose names differ only in their bytes are both graded, and named."""
    fake()
    for name in ("Zo\u00eb", "Zoe\u0308"):
        (course / "class" / f"{name}.py").write_text(RIGHT)
    ended = grade()

    assert "Graded 4," in ended.out
    assert ended.err == (
        "autograder: Alike, but graded as different students: 'Zoe\\u0308', 'Zo\\xeb'.\n"
    )


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["nowhere", "--assignment", "toy"], "There is no file or folder 'nowhere'."),
        (["class", "--assignment", "xor"], "Assignment 'xor' has no solutions/xor/test_xor.py in "),
        (["empty", "--assignment", "toy"], "Nothing to grade in 'empty': "),
        (["class/a.py", "a.py", "--assignment", "toy"], "Two submissions for student 'a': "),
        (["class", "--assignment", "toy", "--roster", "gone.csv"], "'gone.csv' cannot be read: "),
    ],
)
def test_grade_mistakes(course: Path, run: Run, args: list[str], sentence: str) -> None:
    """A mistake gives one sentence and exit code 1, and writes nothing."""
    (course / "a.py").touch()
    (course / "empty").mkdir()
    ended = run("grade", *args, "--out", "out")

    assert (ended.code, len(ended.err.splitlines())) == (1, 1)
    assert ended.err.startswith(f"autograder: {sentence}")
    assert not (course / "out").exists()


def test_grade_outside_a_course(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside a course folder one sentence says so."""
    monkeypatch.chdir(tmp_path)
    ended = run("grade", ".", "--assignment", "toy", "--out", "out")

    assert ended.code == 1
    assert ended.err.startswith("autograder: No course here: ")


def test_grade_an_export(grade: Run, course: Path, fake: Callable[..., None]) -> None:
    """An LMS's archive is graded, by the roster's ids; a list and a line say what became of it."""
    fake()
    with zipfile.ZipFile(course / "submissions.zip", "w") as archive:
        archive.writestr("lovelaceada_LATE_4711_99812_toy.py", RIGHT)
        archive.writestr("kingbob_4712_99813_notes.pdf", "")
    (course / "roster.csv").write_text("id,LMS id\nada,4711\ncy,4713\n")
    ended = grade("--roster", "roster.csv", paths=("submissions.zip",))

    assert (ended.code, ended.err) == (
        0,
        "autograder: Collected 1 student, 1 late, 1 with nothing that can be graded, 1 on the "
        "roster with nothing handed in, 1 not on the roster: see out/collected.csv.\n",
    )
    lines = (course / "out" / "collected.csv").read_text().splitlines()
    assert [line.split(",")[:2] for line in lines[1:]] == [
        ["ada", "collected"],
        ["kingbob", "refused"],
        ["cy", "missing"],
    ]
    again = grade("--roster", "roster.csv", paths=("submissions.zip",))
    assert "Graded 0, unchanged 2." in again.out


def test_grade_interrupted(course: Path) -> None:
    """Ctrl-C keeps what was graded, says so in one sentence, and exits with 130."""
    (course / "class" / "b.py").write_text("hang")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-c", INTERRUPTIBLE],
        env=environment,
        start_new_session=True,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        while not ("b" in gradings(course / "log") and is_kept(course / "out", "a")):
            time.sleep(0.02)
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate()

    assert process.returncode == 130
    assert err == "autograder: Interrupted: what was graded is kept in 'out'.\n"
    (line,) = (course / "out" / "results.jsonl").read_text().splitlines()
    assert Result.from_json(line).student == "a"


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        ([], "Missing command."),
        (["grad"], "No such command 'grad'."),
        (["grade", "--assignment", "toy", "--out", "out"], "Missing argument 'PATH...'."),
        (["grade", "class", "--out", "out"], "Missing option '--assignment'."),
        (["grade", ".", "--assignment", "a", "--out", "o", "--jobs", "0"], "Invalid value for"),
        (["check", "nowhere.py"], "Invalid value for '[FILE]': File 'nowhere.py' does not exist."),
    ],
)
def test_usage_errors(run: Run, args: list[str], sentence: str) -> None:
    """A command that cannot be understood gives one line and exit code 2."""
    ended = run(*args)

    assert (ended.code, len(ended.err.splitlines())) == (2, 1)
    assert ended.err.startswith(f"autograder: {sentence}")


def test_check_passes(run: Run, handout: Path) -> None:
    """A right file passes with exit code 0, and the points are shown."""
    ended = run("check")

    assert ended.code == 0
    assert "Checked: toy.py" in ended.out


def test_check_fails(run: Run, handout: Path) -> None:
    """A wrong file fails with exit code 1, and the message is shown."""
    (handout / "mine.py").write_text("def step(z):\n    return 0.0\n")
    ended = run("check", "mine.py")

    assert ended.code == 1
    assert "step is wrong at z = 0: got 0, expected 1." in ended.out
    assert "Checked: mine.py" in ended.out


def test_check_of_a_file_elsewhere(run: Run, handout: Path, tmp_path: Path) -> None:
    """A file in another folder is checked with the tests of this one."""
    (tmp_path / "download.py").write_text(RIGHT)

    assert run("check", str(tmp_path / "download.py")).code == 0


def test_check_watches(handout: Path) -> None:
    """With ``--watch`` a file is checked again when it is saved, until Ctrl-C."""
    (handout / "toy.py").write_text("def step(z):\n    return 0.0\n")
    with subprocess.Popen(
        [sys.executable, "-m", "autograder", "check", "--watch"],
        stdout=subprocess.PIPE,
        text=True,
        # Where the tests run in the background, Ctrl-C is ignored, and so by what they start.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509 - no threads here
    ) as process:
        waiting = "Waiting for you to save (Ctrl-C ends it).\n"
        first = list(iter(process.stdout.readline, waiting))
        (handout / "toy.py").write_text(RIGHT)
        second = list(iter(process.stdout.readline, waiting))
        process.send_signal(signal.SIGINT)

    assert process.returncode == 0
    assert "step is wrong at z = 0" in "".join(first)
    assert "is wrong" not in "".join(second)


def test_check_from_elsewhere(
    run: Run, handout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From another folder a file is checked with the tests beside it."""
    monkeypatch.chdir(tmp_path)

    assert run("check", "handout/toy.py").code == 0


def test_check_cannot_be_ended_with_success(run: Run, handout: Path) -> None:
    """A file that ends Python itself has not passed."""
    (handout / "toy.py").write_text("import os\ndef step(z): os._exit(0)\n")
    ended = run("check")

    assert ended.code == 1
    assert ended.err.startswith("autograder: The tests did not run to their end")


def test_check_ends_quietly_where_nobody_reads(handout: Path) -> None:
    """``autograder check | head`` is no error of anybody's: not a word."""
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "autograder", "check"]
    ended = subprocess.run(command, cwd=handout, stdout=write, stderr=subprocess.PIPE, check=False)
    os.close(write)

    assert (ended.returncode, ended.stderr) == (141, b"")


def test_check_without_tests(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside a handout one sentence says where to work."""
    monkeypatch.chdir(tmp_path)
    ended = run("check")

    assert (ended.code, len(ended.err.splitlines())) == (1, 1)
    assert "No test_<assignment>.py in" in ended.err


def test_check_with_two_test_files(run: Run, handout: Path) -> None:
    """With two test files the one of the file's name is taken; without a file, neither."""
    (handout / "test_other.py").write_text("def test_other():\n    assert False\n")

    assert run("check", "toy.py").code == 0
    assert "More than one test file" in run("check").err


def test_check_is_not_disturbed(run: Run, handout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Options, settings and fixtures around the handout change nothing."""
    (handout.parent / "pytest.ini").write_text("[pytest]\naddopts = --no-such-option\n")
    (handout.parent / "conftest.py").write_text("raise RuntimeError\n")
    monkeypatch.setenv("PYTEST_ADDOPTS", "--no-such-option")

    assert run("check").code == 0


def test_check_needs_nothing_of_the_instructors(
    run: Run, handout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A self-check works where what only instructors install is missing."""
    missing = tmp_path / "missing"
    missing.mkdir()
    for module in ("rich", "jinja2", "nbgrader", "pyseccomp", "seccomp", "jupyterlab"):
        (missing / f"{module}.py").write_text("raise ImportError")
    monkeypatch.setenv("PYTHONPATH", str(missing))

    command = [sys.executable, "-m", "autograder", "check"]
    assert subprocess.run(command, check=False, capture_output=True).returncode == 0


def test_module_runs() -> None:
    """``python -m autograder`` is the command line, too."""
    command = [sys.executable, "-m", "autograder", "--help"]
    ended = subprocess.run(command, check=False, capture_output=True, text=True)

    assert ended.returncode == 0
    assert ended.stdout.startswith("Usage: autograder")


def test_build(run: Run, course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``build`` writes and says how much."""
    monkeypatch.setattr(build, "build", lambda found, **_: [found.root])
    ended = run("build")

    assert ended == (0, "Wrote 1 files in source/ and assignments/.\n", "")


@pytest.mark.parametrize(
    ("outdated", "ended"),
    [
        ([], (0, "Up to date.\n", "")),
        (
            ["a.py", "b.py"],
            (
                1,
                "",
                "autograder: Out of date, run 'autograder build': a.py, b.py.\n",
            ),
        ),
    ],
)
def test_build_check(
    run: Run,
    course: Path,
    monkeypatch: pytest.MonkeyPatch,
    outdated: list[str],
    ended: tuple[int, str, str],
) -> None:
    """``build --check`` writes nothing and fails when something has drifted."""
    monkeypatch.setattr(build, "drift", lambda _: outdated)

    assert ended == run("build", "--check")


def test_build_names_what_nothing_makes(
    run: Run, course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that was built for an assignment now renamed is named; not what others made."""
    monkeypatch.setattr(build, "build", lambda *_, **__: [])
    monkeypatch.setattr(build, "drift", lambda _: [])
    sentence = "autograder: Nothing in solutions/ makes source/old: remove it, or bring that back."
    for name in ("old", "toy", "theirs"):
        (course / "source" / name).mkdir(parents=True)
        (course / "source" / name / f"{name}.ipynb").touch()
    (course / "source" / ".autograder.json").write_text('{"old": "", "toy": ""}')

    assert (1, "", f"{sentence}\n") == run("build", "--check")
    assert (0, f"{sentence}\n") == run("build")[::2]


@pytest.mark.parametrize(
    ("command", "missing"),
    [
        (["build"], "nbgrader"),
        (["grade", ".", "--assignment=toy", "--out=out"], "rich"),
        (["grade", ".", "--assignment=toy", "--out=out"], "jinja2"),
    ],
)
def test_what_instructors_install(
    course: Path, tmp_path: Path, command: list[str], missing: str
) -> None:
    """Without what only instructors install, one sentence says what to install."""
    (tmp_path / f"{missing}.py").write_text(
        f"raise ModuleNotFoundError('No module named {missing}', name={missing!r})"
    )
    ended = subprocess.run(
        [sys.executable, "-m", "autograder", *command],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        check=False,
        capture_output=True,
        text=True,
    )

    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == (
        f"autograder: There is no module '{missing}' here: install the package with its "
        "'instructor' extra "
        "(in the kit's folder: pip install '.[instructor]').\n"
    )


def test_build_mistake(run: Run, course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An author's mistake is one sentence."""

    def refuse(_: object, **options: object) -> None:
        raise build.BuildError("toy.py: 'step' is solved twice.")

    monkeypatch.setattr(build, "build", refuse)

    assert run("build") == (1, "", "autograder: toy.py: 'step' is solved twice.\n")
