"""Faults of the machine and of the course: charged to nobody, and a later run completes."""

import importlib.util
import json
import marshal
import os
import re
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from autograder.classroom.ledger import RESULTS
from tests.faults.classes import make_class, run, start
from tests.faults.machine import limit_files, obey_modes, small_disk
from tests.faults.processes import descendants, is_warm_parent
from tests.faults.torture import graded, is_sound, kept
from tests.nbgrader_course import TESTS

STUDENTS = 24
GRADE = ("autograder", "grade", "submitted", "--assignment", "mini", "--jobs", "2", "--out")
AUTOGRADE = ("nbgrader", "autograde", "mini")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a course with a class, and its results in ``undisturbed``."""
    root = tmp_path_factory.mktemp("course")
    make_class(root, STUDENTS)
    assert run(root, *GRADE, "undisturbed").returncode == 0
    return root


@pytest.fixture
def authored(course: Path) -> Iterator[Path]:
    """Give the author's folder, and put its files back afterwards."""
    folder = course / "solutions" / "mini"
    before = {path: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    yield folder
    for path, content in before.items():
        path.write_bytes(content)


def results(folder: Path) -> dict[str, Any]:
    """Return each student's line of results.jsonl."""
    lines = map(json.loads, (folder / RESULTS).read_text().splitlines())
    return {line["student"]: line for line in lines}


def assert_fault(ended: "CompletedProcess[str]", words: str, code: int = 2) -> None:
    """Assert that a run ended with one sentence that says what is wrong."""
    assert (ended.returncode, len(ended.stderr.splitlines())) == (code, 1), ended.stderr
    assert re.search(words, ended.stderr)
    assert ended.stderr.startswith("autograder: ")


def assert_completes(course: Path, out: Path, unchanged: int) -> None:
    """Assert that a run with nothing in its way ends as the undisturbed one, and starts not anew.

    At least so many results are taken over as they are.
    """
    ended = run(course, *GRADE, str(out))

    assert ended.returncode == 0, ended.stderr
    assert int(re.search(r"unchanged (\d+)", ended.stdout)[1]) >= unchanged
    assert (course / "undisturbed" / RESULTS).read_bytes() == (out / RESULTS).read_bytes()


def test_full_disk(course: Path, tmp_path: Path) -> None:
    """A disk that fills up while grading ends the run in a sentence; what was graded is kept."""
    out = tmp_path / "out"
    with small_disk(out, 64) as resize:
        assert_fault(run(course, *GRADE, str(out)), "'.*out' cannot be written .No space left")
        before = len(kept(out))
        resize(4096)
        assert_completes(course, out, before)

    assert 0 < before < STUDENTS


def test_full_disk_before_anything_is_graded(course: Path, tmp_path: Path) -> None:
    """A disk without any room left takes nothing from what is there."""
    out = tmp_path / "out"
    with small_disk(out, 4096) as resize:
        run(course, *GRADE, str(out))
        filler = out / "filler"
        with filler.open("wb") as file:
            written = file.write(bytes(1000))
            file.write(bytes(os.statvfs(out).f_bavail * os.statvfs(out).f_frsize - written))
        assert_fault(run(course, *GRADE, str(out)), "cannot be written .No space left")
        assert len(results(out)) == STUDENTS
        filler.unlink()
        resize(8192)
        assert_completes(course, out, STUDENTS)


def test_files_that_may_grow_no_more(course: Path, tmp_path: Path) -> None:
    """A limit on the size of files, as a quota sets, is treated as a full disk is."""
    out = tmp_path / "out"
    with start(course, *GRADE, str(out), preexec_fn=limit_files(24)) as process:
        stdout, stderr = process.communicate()

    assert_fault(
        CompletedProcess(GRADE, process.returncode, stdout, stderr),
        "cannot be written .(File too large|No space left)",
    )
    assert 0 < len(kept(out)) < STUDENTS
    assert_completes(course, out, len(kept(out)))


def test_read_only_folder(course: Path, tmp_path: Path) -> None:
    """A folder that cannot be written to is named, and keeps what it has."""
    out = tmp_path / "out"
    run(course, *GRADE, str(out))
    out.chmod(0o555)
    with start(course, *GRADE, str(out), preexec_fn=obey_modes) as process:
        stdout, stderr = process.communicate()
    out.chmod(0o755)

    assert_fault(
        CompletedProcess(GRADE, process.returncode, stdout, stderr), "written .Permission denied"
    )
    assert_completes(course, out, STUDENTS)


def test_submission_that_cannot_be_opened(course: Path, tmp_path: Path) -> None:
    """A file that the grader may not open is the grader's fault, and no 0 points."""
    out, file = tmp_path / "out", course / "submitted" / "s001" / "mini" / "mini.ipynb"
    file.chmod(0)
    with start(course, *GRADE, str(out), preexec_fn=obey_modes) as process:
        stdout, stderr = process.communicate()
    file.chmod(0o644)
    result = results(out)["s001"]

    assert (result["status"], result["score"]) == ("grader-fault", None)
    assert result["error"] == "mini.ipynb cannot be opened: Permission denied."
    assert_fault(CompletedProcess(GRADE, process.returncode, stdout, stderr), "failed on s001;")
    assert_completes(course, out, STUDENTS - 1)


@pytest.mark.parametrize(
    ("folder", "paths"),
    [("s001", "submitted"), ("s001/mini", "submitted/*"), ("s001/mini", "submitted/*/mini")],
)
def test_folder_that_cannot_be_entered(
    course: Path, tmp_path: Path, folder: str, paths: str
) -> None:
    """A student's folder that the grader may not enter costs nobody else a result."""
    out, closed = tmp_path / "out", course / "submitted" / folder
    given = [str(path.relative_to(course)) for path in sorted(course.glob(paths))]
    closed.chmod(0)
    command = [word for words in GRADE for word in (given if words == "submitted" else [words])]
    with start(course, *command, str(out), preexec_fn=obey_modes) as process:
        _, stderr = process.communicate()
    closed.chmod(0o755)

    assert (process.returncode, stderr.count("\n")) == (2, 1)
    assert "failed on s001;" in stderr
    assert results(out)["s001"]["error"] == "mini.ipynb cannot be opened: Permission denied."
    assert_completes(course, out, STUDENTS - 1)


def test_missing_reference(course: Path, authored: Path, tmp_path: Path) -> None:
    """Without the reference nothing is graded, and nobody has a result."""
    (authored / "mini.py").rename(authored / "aside.py")
    ended = run(course, *GRADE, str(tmp_path / "out"))
    (authored / "aside.py").rename(authored / "mini.py")

    assert_fault(ended, r"has no solutions/mini/mini\.py", code=1)
    assert not (tmp_path / "out").exists()
    assert_completes(course, tmp_path / "out", 0)


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("test_mini.py", "from fractions", "from fraction", "test_mini.py cannot be collected"),
        ("mini.py", "import numpy as np", "import nunpy", "reference of mini cannot be run"),
    ],
)
def test_import_error(
    course: Path, authored: Path, tmp_path: Path, file: str, old: str, new: str, words: str
) -> None:
    """When the hidden tests or the reference import what is not there, nothing is graded."""
    text = (authored / file).read_text()
    (authored / file).write_text(text.replace(old, new, 1))
    ended = run(course, *GRADE, str(tmp_path / "out"))
    (authored / file).write_text(text)

    assert_fault(ended, f"{words}.*: ModuleNotFoundError: No module named '(fraction|nunpy)'")
    assert (tmp_path / "out" / RESULTS).read_text() == ""
    assert_completes(course, tmp_path / "out", 0)


def test_import_error_inside_a_hidden_test(course: Path, authored: Path, tmp_path: Path) -> None:
    """A hidden test whose own import fails is a fault for everyone it runs on, and no mark."""
    command = list(GRADE)
    command[2:3] = ["submitted/s000", "submitted/s006"]
    broken = TESTS.replace("    z = rng", "    import nunpy\n    z = rng")
    (authored / "test_mini.py").write_text(broken)
    ended = run(course, *command, str(tmp_path / "out"))
    (authored / "test_mini.py").write_text(TESTS)
    fault, unreadable = results(tmp_path / "out").values()

    assert_fault(ended, "The grader failed on s000: The test 'test_double_elsewhere' .* is broken")
    assert (fault["status"], fault["score"]) == ("grader-fault", None)
    assert "No module named 'nunpy'" in fault["error"]
    assert (unreadable["status"], unreadable["score"]) == ("unreadable", 0)
    assert_completes(course, tmp_path / "out", 0)


def kill_once(process: Any, wanted: Callable[[int], bool], wait: float = 0.3) -> bool:
    """Kill the first process of a run that is wanted; return whether there was one."""
    while process.poll() is None:
        for pid in sorted(descendants(process.pid)):
            if wanted(pid):
                time.sleep(wait)
                os.kill(pid, signal.SIGKILL)
                return True
        time.sleep(0.02)
    return False


def is_worker(pid: int) -> bool:
    """Return whether a process grades: the warm parent is its child."""
    return any(is_warm_parent(child) for child in descendants(pid)) and not any(
        is_worker(child) for child in descendants(pid)
    )


@pytest.mark.parametrize("victim", [is_warm_parent, is_worker])
def test_killed_helper(course: Path, tmp_path: Path, victim: Callable[[int], bool]) -> None:
    """A warm parent or a worker that the kernel kills is replaced; no result differs."""
    with start(course, *GRADE, str(tmp_path / "out")) as process:
        killed = kill_once(process, victim)
        _, stderr = process.communicate()

    assert killed
    assert process.returncode in (0, 2), stderr
    assert_completes(course, tmp_path / "out", 0)


@pytest.mark.parametrize("seconds", [0.0, 1e9])
def test_clock_that_jumps(course: Path, tmp_path: Path, seconds: float) -> None:
    """A clock that jumps by decades, and files from the future, change no result."""
    (tmp_path / "sitecustomize.py").write_text(
        "import random, time\n"
        "now = time.time\n"
        "time.time = lambda: now() + random.choice([-1, 0, 1]) * 1e9\n"
        "time.time_ns = lambda: int(1e9 * time.time())\n"
    )
    out = tmp_path / "out"
    path = os.pathsep.join([str(tmp_path), str(Path(__file__).parents[2])])
    with start(course, *GRADE, str(out), environment={"PYTHONPATH": path}) as process:
        _, stderr = process.communicate()
    for file in (course / "submitted").rglob("*.*"):
        os.utime(file, (seconds, seconds))

    assert process.returncode == 0, stderr
    assert_completes(course, out, STUDENTS)


def test_old_cache_is_not_trusted(course: Path, authored: Path, tmp_path: Path) -> None:
    """Tests that pytest cached come from the file, though the cache claims to be of it."""
    source = authored / "test_mini.py"
    other = compile("import pytest\n", str(source), "exec")
    header = importlib.util.MAGIC_NUMBER + b"\x03\0\0\0"
    header += importlib.util.source_hash(source.read_bytes())
    name = f"{source.stem}.{sys.implementation.cache_tag}-pytest-{pytest.__version__}.pyc"
    cache = authored / "__pycache__" / name
    cache.parent.mkdir(exist_ok=True)
    cache.write_bytes(header + marshal.dumps(other))

    assert_completes(course, tmp_path / "out", 0)


@pytest.fixture(scope="module")
def registered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a course of six students whose assignment nbgrader knows."""
    root = tmp_path_factory.mktemp("registered")
    make_class(root, 6)
    assert run(root, "nbgrader", "generate_assignment", "mini").returncode == 0
    return root


def test_nbgrader_on_a_full_disk(registered: Path, tmp_path: Path) -> None:
    """When the disk fills under nbgrader, the gradebook stays sound and a later run completes."""
    root = tmp_path / "course"
    with small_disk(root, 65536):
        shutil.copytree(registered, root, dirs_exist_ok=True)
        filler = root / "filler"
        free = os.statvfs(root)
        filler.write_bytes(bytes(free.f_bavail * free.f_frsize - 120_000))
        full = run(root, *AUTOGRADE)
        partial = graded(root)
        filler.unlink()
        ended = run(root, *AUTOGRADE)
        complete = graded(root)

        assert full.returncode == 1, full.stderr
        assert "No space left" in full.stderr or "disk is full" in full.stderr
        assert (ended.returncode, len(complete)) == (0, 6), ended.stderr
        assert all(shown for _, _, shown in complete.values())
        assert {name for name, result in partial.items() if result[2]} < complete.keys()
        assert is_sound(root / "gradebook.db")


def test_nbgrader_goes_on_when_the_sandbox_is_killed(registered: Path, tmp_path: Path) -> None:
    """A warm parent killed under nbgrader costs one student's grading, and a later run has it."""
    root = shutil.copytree(registered, tmp_path / "course")
    with start(root, *AUTOGRADE) as process:
        begun = root / "autograded" / "s001"  # the second student: the grader is in use
        assert kill_once(process, lambda pid: is_warm_parent(pid) and begun.exists(), wait=0)
        _, stderr = process.communicate()
    first = {name for name, result in graded(root).items() if result[2]}
    again = run(root, *AUTOGRADE)

    assert len(first) >= 5, stderr
    assert (again.returncode, len(graded(root))) == (0, 6)
    assert all(shown for _, _, shown in graded(root).values())


@pytest.mark.parametrize("folder", ["s001", "s001/mini"])
def test_nbgrader_on_a_folder_that_cannot_be_entered(
    registered: Path, tmp_path: Path, folder: str
) -> None:
    """Who hands in a folder that nbgrader may not enter is named and gets no 0; all others do."""
    root = shutil.copytree(registered, tmp_path / "course")
    (root / "submitted" / folder).chmod(0)
    with start(root, *AUTOGRADE, preexec_fn=obey_modes) as process:
        _, stderr = process.communicate()
    (root / "submitted" / folder).chmod(0o755)
    first = {name for name, result in graded(root).items() if result[2]}
    again = run(root, *AUTOGRADE)

    assert process.returncode == 1
    assert "error processing assignment 'mini' for student 's001'" in stderr
    assert len(first) == 5
    assert "s001" not in first
    assert (again.returncode, len(graded(root))) == (0, 6)
    assert all(shown for _, _, shown in graded(root).values())
