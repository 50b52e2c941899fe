"""Archives for students, Gradescope and Classroom 50: what is in them, and that they work."""

import functools
import io
import json
import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path
from typing import Any

import pytest

from autograder import build
from autograder.authoring import authored
from autograder.course import Course
from autograder.exports import ExportError, bundles, gradescope
from autograder.sandbox import host
from tests.classroom_fakes import result
from tests.nbgrader_course import write_course

ROOT = Path(__file__).parents[1]
WHEEL = {"activation_coursework-0.1.0-py3-none-any.whl": b"PK"}
SECRETS = (
    "BEGIN SOL",
    "END SOL",
    "BEGIN HID",
    "np.asarray(z)",
    "secret of",
    "elsewhere",
    "Fraction",
)
WORK = "def double(z):\n    return 2 * z\n\n\ndef square(z):\n    return 2 * z\n"
ENDS = "def double(z):\n    import os\n    os._exit(3)\n"
NO_LANDLOCK = "from autograder.sandbox import confine; confine.abi = lambda: 0; "


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """Return a built course."""
    sys.modules.pop("test_mini", None)  # another course's
    course = Course.find(write_course(tmp_path_factory.mktemp("course")))
    build.build(course)
    return course


@pytest.fixture
def no_wheel(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do without building the package."""
    monkeypatch.setattr(bundles, "_wheel", lambda _: WHEEL)


def unpacked(tmp_path: Path, files: dict[str, bytes], name: str) -> Path:
    """Return a folder that an archive of these files was unpacked into."""
    bundles.pack(tmp_path / f"{name}.zip", files)
    with zipfile.ZipFile(tmp_path / f"{name}.zip") as archive:
        archive.extractall(tmp_path / name)
    return tmp_path / name


# --- the handout ------------------------------------------------------------------------


@pytest.mark.usefixtures("no_wheel")
def test_handout(course: Course) -> None:
    """Students get both forms of the task, its tests, the package, and how to begin."""
    files = bundles.handout(course, "mini")

    names = {"mini.ipynb", "mini.py", "test_mini.py", "README.md", "BEGIN.txt", *WHEEL}
    assert {f"mini/{name}" for name in names} == files.keys()
    begin = files["mini/BEGIN.txt"].decode()
    assert f"pip install ./{next(iter(WHEEL))}\n" in begin
    assert "lab mini.ipynb" in begin


@pytest.mark.usefixtures("no_wheel")
@pytest.mark.parametrize("kind", [bundles.handout, bundles.classroom50])
def test_nothing_hidden_leaves(course: Course, kind: Any) -> None:
    """No solution and no hidden test is in any file of what students can read."""
    for name, content in kind(course, "mini").items():
        assert not [secret for secret in SECRETS if secret.encode() in content], name


@pytest.mark.usefixtures("no_wheel")
def test_handout_has_what_was_built(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pictures beside the task go along; caches of whoever tried the tests do not."""
    monkeypatch.setattr(bundles, "drift", lambda *_: [])
    shutil.copytree(course.root, tmp_path / "copy")
    copied = Course.find(tmp_path / "copy")
    for name in ("pictures/elu.png", "__pycache__/test_mini.pyc", ".pytest_cache/x"):
        path = copied.assignments / "mini" / name
        path.parent.mkdir()
        path.write_bytes(b"\x89PNG")

    more = bundles.handout(copied, "mini").keys() - bundles.handout(course, "mini").keys()
    assert more == {"mini/pictures/elu.png"}


def test_handout_out_of_date(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    """A handout that is not what a build would write is not packed."""
    monkeypatch.setattr(bundles, "drift", lambda *_: ["assignments/mini/mini.py"])

    with pytest.raises(ExportError, match=r"run 'autograder build': assignments/mini/mini.py"):
        bundles.handout(course, "mini")


def test_archives_are_the_same_every_time(tmp_path: Path) -> None:
    """The same files give the same bytes, in any order; scripts can be executed, others not."""
    files = {"b": b"#!/bin/sh\n", "a": b"text"}
    bundles.pack(tmp_path / "1.zip", files)
    bundles.pack(tmp_path / "2.zip", dict(reversed(files.items())))

    assert (tmp_path / "1.zip").read_bytes() == (tmp_path / "2.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "1.zip") as archive:
        modes = {info.filename: info.external_attr >> 16 & 0o777 for info in archive.infolist()}
    assert modes == {"a": 0o644, "b": 0o755}


# --- Gradescope -------------------------------------------------------------------------


@pytest.fixture
def container(course: Course, tmp_path: Path, no_wheel: None) -> Path:
    """Return a folder laid out as Gradescope's /autograder, with a submission half right."""
    root = tmp_path / "autograder"
    root.mkdir()
    unpacked(root, bundles.gradescope(course, "mini"), "source")
    for name in ("results", "submission"):
        (root / name).mkdir()
    (root / "submission" / "mini.py").write_text(WORK)
    return root


def run_autograder(
    root: Path, python: Path = Path(sys.executable)
) -> tuple[int, str, dict[str, Any]]:
    """Run the script as Gradescope does; return its exit code, what it said, and results.json."""
    environment = os.environ | {"AUTOGRADER_ROOT": str(root), "AUTOGRADER_PYTHON": str(python)}
    script = ["bash", str(root / "source" / "run_autograder")]
    ended = subprocess.run(
        script, cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in ended.stdout + ended.stderr
    written = json.loads((root / "results" / "results.json").read_text())
    return ended.returncode, ended.stdout, written


def test_gradescope(container: Path) -> None:
    """Each test has number, name, points, status, text and visibility; none is `hidden`."""
    code, said, written = run_autograder(container)

    assert (code, said) == (0, "")
    keys = ("number", "name", "score", "max_score", "status", "visibility", "output_format")
    assert [tuple(test[key] for key in keys) for test in written["tests"]] == [
        ("1.1", "double: double is right at 3", 20, 20, "passed", "visible", "text"),
        ("1.2", "double: double is right elsewhere", 20, 20, "passed", "after_published", "text"),
        ("2.1", "square: square is right at 2", 30, 30, "passed", "visible", "text"),
        ("2.2", "square: square is right elsewhere", 0, 30, "failed", "after_published", "text"),
    ]
    assert 0 < written["execution_time"] < 60
    assert "score" not in written
    assert "secret" not in json.dumps(written)


def test_gradescope_archive(container: Path) -> None:
    """Both scripts are at the archive's root, the assignment's solutions below it."""
    names = {p.relative_to(container / "source").as_posix() for p in container.rglob("source/**/*")}

    assert names >= {"setup.sh", "run_autograder", "course/solutions/mini/mini.py", *WHEEL}
    for script in ("setup.sh", "run_autograder"):
        subprocess.run(["bash", "-n", str(container / "source" / script)], check=True)


def test_gradescope_without_landlock(
    container: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where nothing confines nothing is graded: no score, a sentence, and why, for the staff."""
    imports = "from autograder.sandbox.parent"
    monkeypatch.setattr(host, "START", host.START.replace(imports, NO_LANDLOCK + imports))
    code = gradescope.main(container, "full")

    written = json.loads((container / "results" / "results.json").read_text())
    assert code == 1
    assert written["output"] == gradescope.NOT_GRADED
    assert not {"score", "tests"} & written.keys()
    assert "no Landlock: it needs Linux 5.13 or later" in capsys.readouterr().out


def test_gradescope_fault() -> None:
    """A fault of the grader's has no score, and says nothing of its inner workings."""
    fault = result(passed=False, status="grader-fault", error="solutions: secret")
    written = gradescope.results(fault, 1.0)

    assert written == {"output": gradescope.NOT_GRADED, **gradescope.CLOSED}


def test_gradescope_unreadable() -> None:
    """A file that is no submission has its points, none, and the reason."""
    written = gradescope.results(result(passed=False, status="unreadable", error="No JSON."), 1.0)

    assert written["output"] == "No JSON."
    assert [test["score"] for test in written["tests"]] == [0, 0]


@pytest.mark.parametrize(
    ("files", "found"),
    [
        (["work.py", "mini.ipynb", "mini.py"], ["mini.ipynb", "mini.py"]),
        (["folder/mini.py", "other.py"], ["folder/mini.py"]),
        (["work.ipynb", "test_mini.py", "notes.txt"], ["work.ipynb"]),
        ([".ipynb_checkpoints/mini.ipynb", "mini.txt"], []),
    ],
)
def test_gradescope_finds_the_submission(
    tmp_path: Path, files: list[str], found: list[str]
) -> None:
    """The assignment's files count, wherever they are, or else any notebook or script."""
    for name in files:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert [tmp_path / name for name in found] == gradescope._handed_in(tmp_path, "mini")


def test_gradescope_follows_no_link_to_the_solutions(tmp_path: Path) -> None:
    """A link in a submission that leads out of it is not looked at."""
    (tmp_path / "solution.py").write_text(WORK)
    (tmp_path / "submission").mkdir()
    (tmp_path / "submission" / "mini.py").symlink_to("../solution.py")

    assert gradescope._handed_in(tmp_path / "submission", "mini") == []


# --- Classroom 50 -----------------------------------------------------------------------


def check_in(repository: Path, bundle: Path, source: str) -> int:
    """Check a script as Classroom 50 does, in the student's repository; return the exit code."""
    repository.mkdir()
    (repository / "mini.py").write_text(source)
    (repository / "result.json").write_text('{"score": 100}')
    command = [sys.executable, "-m", "autograder.exports.classroom50", str(bundle)]
    return subprocess.run(command, cwd=repository, capture_output=True, check=False).returncode


@pytest.mark.usefixtures("no_wheel")
def test_classroom50(course: Course, tmp_path: Path) -> None:
    """The public tests decide, and the exit code is 0 however many fail."""
    files = bundles.classroom50(course, "mini")
    bundle = unpacked(tmp_path, files, "bundle")

    assert files.keys() == {"autograder.py", "test_mini.py", *WHEEL}
    assert check_in(tmp_path / "student", bundle, WORK.replace("2 * z", "3 * z", 1)) == 0
    written = json.loads((tmp_path / "student" / "result.json").read_text())
    assert (written["score"], written["max-score"]) == (30, 50)
    assert [test["passed"] for test in written["tests"]] == [False, True]


@pytest.mark.usefixtures("no_wheel")
def test_classroom50_believes_no_result_of_the_student(course: Course, tmp_path: Path) -> None:
    """A result that was in the repository is gone when nothing could be checked."""
    bundle = unpacked(tmp_path, bundles.classroom50(course, "mini"), "bundle")

    assert check_in(tmp_path / "student", bundle, ENDS) == 3
    assert not (tmp_path / "student" / "result.json").exists()


# --- the package ------------------------------------------------------------------------


def secrets_of(course: Course, name: str) -> list[str]:
    """Return the lines that an author keeps: of solutions, and the names of hidden tests."""
    return list(authored.read(course, name, lambda: build._items(course, name)).secrets)


@pytest.mark.long
def test_on_a_machine_with_nothing_but_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What BEGIN.txt says works: make an environment, install, check; so do both graders."""
    monkeypatch.setattr(bundles, "_wheel", functools.cache(bundles._wheel))
    course = Course.find(ROOT)
    folder = unpacked(tmp_path, bundles.handout(course, "activations"), "student") / "activations"
    (wheel,) = folder.glob("*.whl")
    venv.create(tmp_path / "venv", with_pip=True)
    programs = tmp_path / "venv" / "bin"
    install = [str(programs / "python"), "-m", "pip", "install", "--quiet", f"./{wheel.name}"]
    subprocess.run(install, cwd=folder, check=True)
    check = [str(programs / "autograder"), "check"]
    ended = subprocess.run(check, cwd=folder, capture_output=True, text=True, check=False)

    assert ended.returncode == 1
    assert "together" in ended.stdout
    assert "Checked: activations.ipynb" in ended.stdout

    bundle = unpacked(tmp_path, bundles.classroom50(course, "activations"), "bundle")
    subprocess.run([programs / "python", bundle / "autograder.py"], cwd=folder, check=True)
    assert json.loads((folder / "result.json").read_text())["max-score"] > 0

    root = tmp_path / "autograder"
    root.mkdir()
    unpacked(root, bundles.gradescope(course, "activations"), "source")
    shutil.copytree(course.solutions / "activations", root / "submission")
    subprocess.run([*install[:-1], f"./{wheel.name}[confined]"], cwd=folder, check=True)
    code, _, written = run_autograder(root, programs / "python")
    assert (code, sum(test["score"] for test in written["tests"])) == (0, 100)

    kept = [secret for name in course.names() for secret in secrets_of(course, name)]
    hidden = [secret for secret in kept if secret.startswith("def test_")]
    assert len(kept) > len(hidden) > 20
    for path in folder.rglob("*"):
        if path.is_file() and path != wheel:
            assert not [secret for secret in kept if secret.encode() in path.read_bytes()], path
    with zipfile.ZipFile(io.BytesIO(wheel.read_bytes())) as archive:
        for name in archive.namelist():
            assert name.split("/")[0].startswith(("autograder", "activation_coursework-"))
            assert not [secret for secret in hidden if secret.encode() in archive.read(name)], name
        assert "autograder/exports/templates/setup.sh" in archive.namelist()
        assert not [name for name in archive.namelist() if name.endswith("README.md")]
    assert f"%pip install --quiet {wheel.name}" in (folder / "activations.ipynb").read_text()
