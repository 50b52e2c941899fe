"""Each wall by itself, on older kernels, and for other users than the one who runs the tests."""

import itertools
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import matplotlib as mpl
import pytest

from autograder.sandbox import confine, host
from autograder.sandbox.answers import IsolationError
from autograder.sandbox.host import WarmParent
from autograder.sandbox.proof import ATTEMPTS, SOURCE, prove
from autograder.sandbox.session import Session
from tests.sandbox.conftest import LIMITS
from tests.sandbox.helpers import call, cells

ROOT = Path(__file__).parents[2]
NEWEST = 7
READING = {"read_a_file", "read_a_library", "list_a_folder", "list_processes", "read_its_own_proc"}
BY_LANDLOCK = {
    1: READING
    | {"write_a_temporary_file", "write_here", "write_a_device", "append", "execute"}
    | {"remove", "rename", "link", "make_a_folder"},
    3: {"truncate"},
    6: {"signal_the_parent"},
}
"""What Landlock refuses by itself, by the version of its interface that began to."""

WITHOUT_SECCOMP = (
    "from autograder.sandbox import confine; confine.install_filter = lambda program: None; "
)
WITHOUT_LANDLOCK = "from autograder.sandbox import confine; confine.restrict_self = lambda r: 0; "
MASKED = "from autograder.sandbox import confine; confine.abi = lambda: {}; "


@pytest.fixture
def started(monkeypatch):
    """Give a function that starts a warm parent after some changes to the package in it."""
    parents = []

    def start(*changes):
        imports = "from autograder.sandbox.parent"
        assert imports in host.START
        with monkeypatch.context() as patch:
            patch.setattr(host, "START", host.START.replace(imports, "".join(changes) + imports))
            parents.append(WarmParent().__enter__())
        parents[-1].await_ready()
        return parents[-1]

    yield start
    for parent in parents:
        parent.close()


def refused(parent, names, path):
    """Return which attempts are refused."""
    with Session(parent, LIMITS) as session:
        session.load(cells(SOURCE))
        return {name for name in names if call(session, name, str(path)).value == 0}


@pytest.mark.parametrize("version", range(1, NEWEST + 1))
def test_older_kernels_are_walled_in_as_well(started, version):
    """With what any version of Landlock knows, and the filter, all walls hold."""
    if version > confine.abi():
        pytest.skip("This kernel's Landlock is older.")
    prove(started(MASKED.format(version)))


@pytest.mark.parametrize("version", BY_LANDLOCK)
def test_landlock_alone(started, tmp_path, version):
    """Without the filter, Landlock refuses what its version knows of, and no more is relied on."""
    if version > confine.abi():
        pytest.skip("This kernel's Landlock is older.")
    secret = tmp_path / "secret"
    secret.write_text("x")
    expected = {name for since in BY_LANDLOCK if since <= version for name in BY_LANDLOCK[since]}
    later = {name for since in BY_LANDLOCK if since > version for name in BY_LANDLOCK[since]}

    parent = started(WITHOUT_SECCOMP, MASKED.format(version))

    assert refused(parent, expected, secret) == expected
    assert refused(parent, later, secret) == set()


def test_the_filter_alone(started, tmp_path):
    """Without Landlock, the filter refuses everything but reading."""
    secret = tmp_path / "secret"
    secret.write_text("x")

    assert refused(started(WITHOUT_LANDLOCK), ATTEMPTS, secret) == ATTEMPTS.keys() - READING


def test_no_landlock(started):
    """On a kernel without Landlock nothing is graded, and the error says why."""
    with pytest.raises(IsolationError, match=re.escape("no Landlock: it needs Linux 5.13")):
        started(MASKED.format(0))


def test_rights_of_each_version():
    """Each version takes all that the one before took, and what it is known for."""
    versions = [confine.rights(version) for version in range(1, NEWEST + 1)]
    bits = [sum(value.bit_count() for value in rights) for rights in versions]

    assert bits == [13, 14, 15, 17, 18, 20, 20]
    for older, newer in itertools.pairwise(versions):
        assert all(old & new == old for old, new in zip(older, newer, strict=True))


# --- other users and machines -----------------------------------------------------------

GRADE = """
import os, sys
from pathlib import Path
from autograder.course import Course
from autograder.grading import Grader
from autograder.submission import read

course = Course.find(Path(sys.argv[1]))
with Grader(course, "activations") as grader:
    handout = course.assignments / "activations" / "activations.ipynb"
    result = grader.grade_submission("s01", read(handout))
    print(os.getuid(), result.status, result.score)
"""
OPEN = """
for held in $NEEDED; do mkdir -p "$HOLD$held"; mount --bind "$held" "$HOLD$held"; done
for folder in $CLOSED; do mount -t tmpfs -o mode=755 none "$folder"; done
for held in $NEEDED; do mkdir -p "$held"; mount --bind "$HOLD$held" "$held"; done
cd "$WHERE"
exec "$@"
"""
"""Give what is needed of folders that only root may enter to everybody, for this command."""
CONTAINER = """
import errno, pyseccomp

rules = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
for name in ("unshare", "setns", "mount", "umount2", "pivot_root", "ptrace", "bpf", "keyctl",
             "process_vm_readv", "userfaultfd", "perf_event_open", "add_key", "request_key"):
    rules.add_rule(pyseccomp.ERRNO(errno.EPERM), name)
for flag in (0x10000000, 0x20000000, 0x40000000, 0x20000):
    rules.add_rule(
        pyseccomp.ERRNO(errno.EPERM), "clone", pyseccomp.Arg(0, pyseccomp.MASKED_EQ, flag, flag)
    )
rules.add_rule(pyseccomp.ERRNO(errno.ENOSYS), "clone3")
rules.load()
"""
SETPRIV = ["setpriv", "--inh-caps=-all", "--bounding-set=-all", "--no-new-privs"]
NOBODY = [*SETPRIV, "--reuid=65534", "--regid=65534", "--clear-groups"]

as_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("setpriv") is None,
    reason="only root, with setpriv, can become someone else",
)


@pytest.fixture
def home():
    """Make a folder that anybody can use, with Matplotlib's list of fonts in it."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        shutil.copytree(mpl.get_cachedir(), home / "matplotlib")
        (home / "hold").mkdir()
        for path in (home, *home.rglob("*")):
            path.chmod(0o777)
        yield home


def gate_of(path):
    """Return the outermost folder on the way to a path that only its owner may enter, if any."""
    gates = [p for p in (*Path(path).parents[::-1], Path(path)) if not p.stat().st_mode & 1]
    return str(gates[0]) if gates else None


def graded(command, home, source=GRADE):
    """Run the grading of a handout under a command, and return what it printed."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "TMPDIR": str(home),
        "MPLCONFIGDIR": str(home / "matplotlib"),
        "HOLD": str(home / "hold"),
        "WHERE": str(ROOT),
    }
    closed = {path: gate for path in (sys.base_prefix, str(ROOT)) if (gate := gate_of(path))}
    if closed and NOBODY[4] in command:
        environment["NEEDED"] = " ".join(closed)
        environment["CLOSED"] = " ".join(dict.fromkeys(closed.values()))
        command = ["unshare", "--mount", "sh", "-euc", OPEN, "sh", *command]
    finished = subprocess.run(
        [*command, sys.executable, "-c", source, str(ROOT)],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    return finished.stdout.split()


@as_root
def test_an_ordinary_user_can_grade(home):
    """A user without any privilege proves the walls, and grades."""
    assert graded(NOBODY, home) == ["65534", "graded", "0.0"]


@as_root
def test_root_without_capabilities_can_grade(home):
    """So does root in a container that has taken its capabilities."""
    assert graded(SETPRIV, home) == ["0", "graded", "0.0"]


def test_no_namespaces_are_needed(home):
    """Where a container's own filter refuses namespaces, mounts and tracing, all walls hold."""
    assert graded([], home, CONTAINER + GRADE)[1:] == ["graded", "0.0"]
