"""Grading on a Dask cluster: a real scheduler, and workers started by their own commands."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from autograder import cluster
from autograder.classroom import RESULTS, CannotGradeError, Graded, grade_class
from autograder.cli import main
from autograder.collect import collect
from autograder.course import Course
from autograder.exports.tables import points_csv
from tests.nbgrader_course import RIGHT, write_course

BIN = Path(sys.executable).parent
WITHOUT_LANDLOCK = """
import errno, os, sys
import pyseccomp
walls = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
walls.add_rule(pyseccomp.ERRNO(errno.ENOSYS), 444)  # landlock_create_ruleset
walls.load()
os.execv(sys.argv[1], sys.argv[1:])
"""
SLOW = "import time\ntime.sleep(0.4)"
Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Give what starts a command of Dask's; all that was started is ended."""
    started: list[subprocess.Popen[bytes]] = []

    def start(*command: str, before: Sequence[str] = ()) -> "subprocess.Popen[bytes]":
        whole = (*before, str(BIN / "dask"), *command, "--no-dashboard")
        environment = os.environ | {"DASK_TEMPORARY_DIRECTORY": str(tmp_path / "dask")}
        with (tmp_path / f"dask-{len(started)}.log").open("wb") as log:
            options = {"stdout": log, "stderr": subprocess.STDOUT, "cwd": tmp_path}
            started.append(
                subprocess.Popen(whole, env=environment, start_new_session=True, **options)
            )
        return started[-1]

    yield start
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """Make the small course and a class: right, wrong, no notebook, and a student of two files."""
    course = Course.find(write_course(tmp_path / "course"))
    right = "\n\n".join(["import numpy as np", *RIGHT.values()])
    folder = tmp_path / "class"
    folder.mkdir()
    (folder / "ada.py").write_text(right)
    (folder / "ben.py").write_text(right.replace("** 2", "** 3"))
    (folder / "cem.ipynb").write_text("%PDF-1.7")
    (folder / "dan.ipynb").write_text("{}")
    (folder / "dan.py").write_text(right)
    return course


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def scheduler(start: Start, port: int) -> str:
    """Start a scheduler on this machine; return its address."""
    start("scheduler", "--host", "127.0.0.1", "--port", str(port))
    return f"tcp://127.0.0.1:{port}"


def worker(start: Start, address: str, before: Sequence[str] = ()) -> "subprocess.Popen[bytes]":
    """Start a worker with one place."""
    return start("worker", address, "--nthreads", "1", "--no-nanny", before=before)


def grade(course: Course, out: Path, **options: object) -> Graded:
    """Grade the class."""
    handins = collect([course.root.parent / "class"], "mini").handins
    return grade_class(course, "mini", handins, out, **options)


def written(graded: Graded, out: Path) -> tuple[bytes, str]:
    """Return what results.jsonl and grades.csv hold."""
    return (out / RESULTS).read_bytes(), points_csv(graded.results)


def grow(course: Course, students: int) -> None:
    """Add so many to the class, whose work takes a while."""
    folder = course.root.parent / "class"
    for number in range(students):
        name = "ada" if number % 2 else "ben"
        text = (folder / f"{name}.py").read_text()
        (folder / f"s{number:02}.py").write_text(f"{text}\n{SLOW}\n")


def test_results_are_those_of_a_local_run(start: Start, course: Course, tmp_path: Path) -> None:
    """A cluster of one worker gives byte for byte what a process here gives."""
    address = scheduler(start, free_port())
    worker(start, address)
    told: list[str] = []
    local = grade(course, tmp_path / "here")
    there = grade(course, tmp_path / "there", workers=cluster.workers(address, tell=told.append))

    assert written(there, tmp_path / "there") == written(local, tmp_path / "here")
    assert [len(r.drawings) for r in there.results] == [len(r.drawings) for r in local.results]
    assert there.submissions.keys() == local.submissions.keys() == {"ada", "ben", "dan"}
    assert [line for line in told if "left out" in line] == []


@pytest.mark.parametrize("address", ["tcp://192.0.2.1:8786", "192.0.2.1:8786"])
def test_clear_connections_are_refused(
    address: str,
    course: Course,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A scheduler on another machine is not spoken to without TLS; the sentence says how."""
    monkeypatch.chdir(course.root)
    with pytest.raises(SystemExit) as ended:
        main(["grade", "../class", "--assignment", "mini", "--out", "out", "--scheduler", address])
    said = capsys.readouterr().err

    assert ended.value.code == 1
    assert said.startswith(f"autograder: {address} is another machine")
    assert "--tls-ca" in said
    assert "Traceback" not in said


@pytest.mark.long
@pytest.mark.parametrize("allowed", ["3", "0"])
def test_workers_lost_late_and_without_walls(
    start: Start, course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, allowed: str
) -> None:
    """One worker is killed, one has no walls, one comes late: everybody's result is a local run's.

    The one whose walls are broken is named, and the late one does what the killed one left: at
    Dask's bidding or, where Dask gives up at the first loss (KilledWorker), at the run's own.
    """
    monkeypatch.setenv("DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES", allowed)
    grow(course, 16)
    address = scheduler(start, free_port())
    first = worker(start, address)
    worker(start, address, before=(sys.executable, "-c", WITHOUT_LANDLOCK, sys.executable))
    told: list[str] = []
    time.sleep(5)  # both are there

    def kill(done: int, total: int) -> None:
        if done == 4 and first.poll() is None:
            first.kill()
            first.wait()
            worker(start, address)

    out = tmp_path / "there"
    workers = cluster.workers(address, tell=told.append)
    there = grade(course, out, workers=workers, on_progress=kill)
    local = grade(course, tmp_path / "here", jobs=2)

    assert first.returncode == -signal.SIGKILL
    assert written(there, out) == written(local, tmp_path / "here")
    left_out = [line for line in told if "left out" in line]
    assert len(left_out) == 1
    assert "no Landlock" in left_out[0]


@pytest.mark.long
def test_nobody_has_walls(start: Start, course: Course, tmp_path: Path) -> None:
    """Where no worker's walls hold, nothing is graded, and a sentence says why."""
    address = scheduler(start, free_port())
    worker(start, address, before=(sys.executable, "-c", WITHOUT_LANDLOCK, sys.executable))
    time.sleep(5)

    with pytest.raises(CannotGradeError, match=r"No worker can grade: .*no Landlock"):
        grade(course, tmp_path / "out", workers=cluster.workers(address, tell=print))


@pytest.mark.long
def test_scheduler_is_restarted(start: Start, course: Course, tmp_path: Path) -> None:
    """A scheduler that is killed and started again, with a worker, costs nobody a result."""
    grow(course, 10)
    port = free_port()
    address = f"tcp://127.0.0.1:{port}"
    first = start("scheduler", "--host", "127.0.0.1", "--port", str(port))
    worker(start, address)

    def restart(done: int, total: int) -> None:
        if done == 4 and first.poll() is None:
            first.kill()
            first.wait()
            scheduler(start, port)
            worker(start, address)

    out = tmp_path / "there"
    workers = cluster.workers(address, tell=print)
    there = grade(course, out, workers=workers, on_progress=restart)
    local = grade(course, tmp_path / "here", jobs=2)

    assert first.returncode == -signal.SIGKILL
    assert written(there, out) == written(local, tmp_path / "here")


# --- two hosts --------------------------------------------------------------------------


@pytest.fixture
def hosts() -> Iterator[Callable[[str], list[str]]]:
    """Give what runs a command in one of two network namespaces, joined by a cable."""
    names = {host: f"grade-{host}-{os.getpid()}" for host in ("a", "b")}
    steps = [f"netns add {name}" for name in names.values()]
    steps += ["link add veth0 netns {a} type veth peer name veth0 netns {b}".format(**names)]
    for host, address in (("a", "10.77.0.1"), ("b", "10.77.0.2")):
        steps += [f"-n {names[host]} addr add {address}/24 dev veth0"]
        steps += [f"-n {names[host]} link set {device} up" for device in ("veth0", "lo")]
    try:
        for step in steps if shutil.which("ip") else ["nothing"]:
            done = subprocess.run(["ip", *step.split()], capture_output=True, check=False)
            if done.returncode:
                pytest.skip(f"No network namespaces here: {done.stderr.decode().strip()}")
        yield lambda host: ["ip", "netns", "exec", names[host]]
    except FileNotFoundError:
        pytest.skip("There is no ip(8) here.")
    finally:
        for name in names.values():
            if Path("/run/netns", name).exists():
                subprocess.run(["ip", "netns", "del", name], check=False)


def certificates(folder: Path) -> list[str]:
    """Make an authority and a certificate; return Dask's options that name them."""
    openssl = shutil.which("openssl") or pytest.skip("There is no openssl here.")
    new = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    files = ["-keyout", "key.pem", "-out", "cert.pem", "-subj", "/CN=grading"]
    subprocess.run([*new, *files], cwd=folder, check=True, capture_output=True)
    certificate, key = str(folder / "cert.pem"), str(folder / "key.pem")
    return ["--tls-ca-file", certificate, "--tls-cert", certificate, "--tls-key", key]


@pytest.mark.long
def test_two_hosts(
    start: Start, hosts: Callable[[str], list[str]], course: Course, tmp_path: Path
) -> None:
    """A worker on another host grades over TLS; over plain TCP neither side takes the other."""
    tls = certificates(tmp_path)
    for scheme, port, options in (("tls", "8786", tls), ("tcp", "8790", [])):
        listen = ["--host", f"{scheme}://10.77.0.1", "--port", port, *options]
        start("scheduler", *listen, before=hosts("a"))
        far = (f"{scheme}://10.77.0.1:{port}", "--nthreads", "1", *options)
        start("worker", *far, before=hosts("b"))
    time.sleep(6)
    command = [str(BIN / "autograder"), "grade", "../class", "--assignment", "mini"]
    ours = ["--tls-ca", tls[1], "--tls-cert", tls[3], "--tls-key", tls[5]]

    def run(out: str, *options: str) -> "subprocess.CompletedProcess[str]":
        whole = [*hosts("a"), *command, "--out", out, *options]
        return subprocess.run(whole, cwd=course.root, text=True, capture_output=True, check=False)

    over_tls = run("tls", "--scheduler", "tls://10.77.0.1:8786", *ours)
    plain = run("tcp", "--scheduler", "tcp://10.77.0.1:8790")
    local = run("here")

    assert (over_tls.returncode, local.returncode) == (0, 0), over_tls.stderr
    for name in (RESULTS, "grades.csv"):
        assert (course.root / "tls" / name).read_bytes() == (
            course.root / "here" / name
        ).read_bytes()
    assert plain.returncode == 2
    assert re.search("The worker at tcp://10.77.0.2:.* is on another machine", plain.stderr)
    assert not (course.root / "tcp" / "grades.csv").exists()
