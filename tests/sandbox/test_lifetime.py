"""Nothing outlives its grading."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from autograder.sandbox.answers import Limits
from autograder.sandbox.host import Process, WarmParent
from autograder.sandbox.session import Session
from tests.sandbox.helpers import call, cells

GRADER = """
import sys, time
from autograder.sandbox.answers import CellSource, Limits
from autograder.sandbox.host import Process, WarmParent
from autograder.sandbox.wire import encoded

with WarmParent() as parent:
    process = Process(parent, Limits())
    source = "while True: pass"
    process.tell(dict(do="cell", label="cell 1", source=source))
    request = dict(do="run", names=None, figures=False, known=0, skip=[], perhaps=True)
    print(parent._program.pid, process.pid, flush=True)
    next(process.ask([encoded(request)], lambda reply: None, seconds=lambda n: 60))
"""


def gone(pid):
    """Tell whether a process has ended, zombie or not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return True
    return state == "Z"  # its new parent has yet to look at it


def wait_until(condition, seconds=5.0):
    """Wait for a condition; gives whether it came to be."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.01)
    return condition()


def test_grader_killed():
    """When the grader is killed, its warm parent and the submission's process go with it."""
    with subprocess.Popen([sys.executable, "-c", GRADER], stdout=subprocess.PIPE) as grader:
        parent, child = map(int, grader.stdout.readline().split())
        assert not gone(parent)
        assert not gone(child)
        grader.kill()
    try:
        assert wait_until(lambda: gone(parent) and gone(child))
    finally:
        for pid in (parent, child):
            if not gone(pid):
                os.kill(pid, signal.SIGKILL)


def test_session_closed(session):
    """A submission's process ends with its session, and leaves no zombie."""
    session.get("x")
    pid = session._process.pid
    assert not gone(pid)

    session.close()

    assert not Path(f"/proc/{pid}").exists()


def test_parent_closed():
    """A warm parent ends with its block, and so do the processes it forked."""
    with WarmParent() as parent:
        process = Process(parent, Limits())
        pids = [parent._program.pid, process.pid]
    assert wait_until(lambda: all(map(gone, pids)))
    process._wire.close()


def test_no_open_files_are_left(parent):
    """Starting and ending processes leaves no file descriptor open in the grader."""
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(3):
        Process(parent, Limits()).close()

    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_clean_memory_and_environment(monkeypatch):
    """The parent gets little of the grader's environment, and what it got is wiped."""
    monkeypatch.setenv("SECRET_TOKEN", "x")
    monkeypatch.setenv("PYTHONPATH", "/nowhere")
    monkeypatch.setenv("PYTHONSTARTUP", "/nowhere")
    given, start = [], subprocess.Popen
    monkeypatch.setattr(
        subprocess,
        "Popen",
        lambda *args, **options: given.append(options) or start(*args, **options),
    )
    with WarmParent() as parent:
        parent.await_ready()
        environment = Path(f"/proc/{parent._program.pid}/environ").read_bytes()

    names = given[0]["env"].keys()
    assert "PATH" in names
    assert not names & {"SECRET_TOKEN", "PYTHONPATH", "PYTHONSTARTUP"}
    assert environment.strip(b"\0") == b""


def test_two_at_once(parent, submit):
    """Two submissions run side by side in processes of their own."""
    session = submit("x = 1")
    with Session(parent) as other:
        other.load(cells("x = 2\ndef f(): return x"))
        assert session.get("x").value == 1
        assert call(other, "f").value == 2
