"""Graders, and people, at one course at the same time."""

import json
import re
import shutil
import signal
import socket
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook

from autograder.classroom.ledger import RESULTS
from tests.classroom_fakes import is_kept
from tests.faults.classes import make_class, run, start
from tests.faults.torture import graded, is_sound
from tests.nbgrader_course import mark_by_hand

GRADE = ("autograder", "grade", "submitted", "--assignment", "mini", "--jobs", "1", "--out", "out")
AUTOGRADE = ("nbgrader", "autograde", "mini")
FORCED = (*AUTOGRADE, "--force")

pytestmark = pytest.mark.xdist_group("together")


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a course that nbgrader has graded, with a mark given by hand."""
    root = tmp_path_factory.mktemp("undisturbed")
    make_class(root, 8)
    for command in (("nbgrader", "generate_assignment", "mini"), AUTOGRADE):
        assert run(root, *command).returncode == 0
    mark_by_hand(root, "s000", 7.0)
    return root


@pytest.fixture
def course(undisturbed: Path, tmp_path: Path) -> Path:
    """Copy that course."""
    return shutil.copytree(undisturbed, tmp_path / "course")


def test_two_graders_in_one_folder(course: Path) -> None:
    """The second of two runs says that there is another, in a sentence; the first is as it was."""
    with start(course, *GRADE) as first:
        while not is_kept(course / "out", "s000"):
            assert first.poll() is None
            time.sleep(0.01)
        first.send_signal(signal.SIGSTOP)
        second = run(course, *GRADE)
        first.send_signal(signal.SIGCONT)
        first.communicate()
    lines = (course / "out" / RESULTS).read_text().splitlines()

    assert (second.returncode, first.returncode) == (1, 0)
    assert second.stderr == ("autograder: Another run is grading into 'out'; wait for it to end.\n")
    assert [json.loads(line)["student"] for line in lines] == [
        f"s{number:03}" for number in range(8)
    ]
    assert "unchanged 8" in run(course, *GRADE).stdout


def test_two_nbgraders_on_one_gradebook(undisturbed: Path, course: Path) -> None:
    """Two runs share the work; neither takes from the other what it is at."""
    shutil.rmtree(course / "autograded")
    with start(course, *AUTOGRADE) as first, start(course, *AUTOGRADE) as second:
        errors = [process.communicate()[1] for process in (first, second)]

    assert (first.returncode, second.returncode) == (0, 0), errors
    assert graded(undisturbed) == graded(course)
    assert is_sound(course / "gradebook.db")
    assert not list((course / "autograded").glob("*/.*"))


def test_what_another_nbgrader_is_at(undisturbed: Path, course: Path) -> None:
    """A student whom a run that stands still is at is left to that run."""
    shutil.rmtree(course / "autograded")
    with start(course, *AUTOGRADE) as first:
        while not list((course / "autograded").glob("*/.mini.unfinished")):
            assert first.poll() is None
            time.sleep(0.01)
        first.send_signal(signal.SIGSTOP)
        (note,) = (course / "autograded").glob("*/.mini.unfinished")
        second = run(course, *AUTOGRADE)
        first.send_signal(signal.SIGCONT)
        first.communicate()

    assert first.returncode == 0
    if "database is locked" not in second.stderr:  # it may stand still in the middle of a write
        assert f"Another run is at it, so left to that: {note.parent}/mini" in second.stderr
        assert second.returncode == 0
    assert run(course, *AUTOGRADE).returncode == 0
    assert graded(undisturbed) == graded(course)


def test_open_transaction(undisturbed: Path, course: Path) -> None:
    """A gradebook that someone reads is graded into; one that someone writes to, later."""
    with Gradebook(f"sqlite:///{course}/gradebook.db") as reader:
        assert reader.find_grade("conclusion", "mini", "mini", "s000").manual_score == 7.0
        assert run(course, *FORCED).returncode == 0
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        gradebook.remove_submission("mini", "s002")
    shutil.rmtree(course / "autograded" / "s002")
    with Gradebook(f"sqlite:///{course}/gradebook.db") as writer:
        writer.find_grade("conclusion", "mini", "mini", "s001").manual_score = 3.0
        writer.db.flush()
        locked = run(course, *AUTOGRADE)
        writer.db.rollback()

    assert (locked.returncode, "database is locked" in locked.stderr) == (1, True)
    assert run(course, *AUTOGRADE).returncode == 0
    assert graded(undisturbed) == graded(course)
    assert is_sound(course / "gradebook.db")


class Formgrader:
    """A Jupyter server with nbgrader's formgrader."""

    def __init__(self, url: str) -> None:
        self._url = url

    def ask(self, path: str, change: dict[str, Any] | None = None) -> Any:
        """Get something from its API, or put a change there."""
        data = json.dumps(change).encode() if change else None
        request = urllib.request.Request(
            f"{self._url}/formgrader/{path}", data, method="PUT" if change else "GET"
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            text = answer.read().decode()
        return json.loads(text) if path.startswith("api/") else text


@pytest.fixture
def formgrader(course: Path) -> Iterator[Formgrader]:
    """Start a server on the loopback interface."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = [
        f"--ServerApp.port={port}",
        "--ServerApp.ip=127.0.0.1",
        "--ServerApp.open_browser=False",
        "--ServerApp.allow_root=True",
        "--IdentityProvider.token=",
        "--ServerApp.disable_check_xsrf=True",
        "--ServerApp.jpserver_extensions={'nbgrader.server_extensions.formgrader': True}",
    ]
    log = course.parent / "server.log"
    with (
        log.open("w") as file,
        start(course, "jupyter_server", *options, stdout=file, stderr=file) as server,
    ):
        grader = Formgrader(f"http://127.0.0.1:{port}")
        deadline = time.monotonic() + 60
        while True:
            try:
                grader.ask("api/assignments")
                break
            except OSError:
                assert server.poll() is None, log.read_text()
                assert time.monotonic() < deadline
                time.sleep(0.1)
        yield grader
        server.kill()


def test_regrade_while_formgrader_is_open(
    undisturbed: Path, course: Path, formgrader: Formgrader
) -> None:
    """Marks given in the formgrader while a regrade runs are kept, and so are all points."""
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        ids = {
            student: gradebook.find_grade("conclusion", "mini", "mini", student).id
            for student in ("s001", "s003")
        }
    formgrader.ask(f"api/grade/{ids['s001']}", {"manual_score": 4.0})
    done = threading.Event()
    errors: list[Exception] = []

    def mark() -> None:
        points = 0.0
        while not done.wait(0.05):
            points += 0.5
            try:
                formgrader.ask("api/submissions/mini")
                formgrader.ask(f"api/grade/{ids['s003']}", {"manual_score": points % 10})
            except Exception as error:
                errors.append(error)

    marker = threading.Thread(target=mark)
    marker.start()
    try:
        ended = run(course, *FORCED)
    finally:
        done.set()
        marker.join()
    formgrader.ask(f"api/grade/{ids['s003']}", {"manual_score": 9.0})

    assert (ended.returncode, errors) == (0, []), ended.stderr
    before, after = graded(undisturbed), graded(course)
    by_hand = {"s001": 4.0, "s003": 9.0}
    for student, (score, _, shown) in after.items():
        assert shown == before[student][2]
        assert score == before[student][0] + by_hand.get(student, 0.0)
    assert is_sound(course / "gradebook.db")
    assert re.search("mini", formgrader.ask("gradebook/mini/mini"))
