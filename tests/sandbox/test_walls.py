"""What confined code cannot do, each tried from inside."""

import os
import re
from pathlib import Path

import pytest

from autograder.sandbox import host
from autograder.sandbox.answers import IsolationError
from autograder.sandbox.host import WarmParent
from autograder.sandbox.proof import ATTEMPTS, SOURCE, prove
from autograder.sandbox.session import Session
from tests.sandbox.conftest import LIMITS
from tests.sandbox.helpers import call, cells

SECRET = "the reference"
NOT_FOR_EVERYONE = {  # refused to some by their machine, or handed down to nobody
    "read_the_parents_memory",
    "find_an_environment",
    "find_open_files",
    "write_here",
    "trace_the_parent",
    "mount",
    "enter_a_namespace",
    "use_io_uring",
}


@pytest.fixture(scope="module")
def inside(parent):
    """Start a confined process that has the attempts loaded."""
    with Session(parent, LIMITS) as session:
        session.load(cells(SOURCE))
        yield session


@pytest.mark.parametrize("name", ATTEMPTS)
def test_refused(inside, tmp_path, name):
    """The attempt fails for want of permission, and leaves no trace."""
    secret = tmp_path / "secret"
    secret.write_text(SECRET)
    before = secret.stat()

    answer = call(inside, name, str(secret))

    assert (answer.kind, answer.value) == ("value", 0), answer
    assert [secret] == list(tmp_path.iterdir())
    assert secret.read_text() == SECRET
    assert before.st_mode == secret.stat().st_mode


@pytest.mark.parametrize("name", sorted(ATTEMPTS.keys() - NOT_FOR_EVERYONE))
def test_possible_without_walls(name, tmp_path, open_inside):
    """The same attempt is not refused where nothing confines it, so a refusal is the walls'."""
    secret = tmp_path / "secret"
    secret.write_text(SECRET)

    answer = call(open_inside(), name, str(secret))

    assert (answer.kind, answer.value) != ("value", 0)


@pytest.fixture(scope="module")
def open_parent():
    """Start a warm parent without walls."""
    with WarmParent("none") as parent:
        yield parent


@pytest.fixture
def open_inside(open_parent):
    """Start processes without walls that have the attempts loaded."""
    sessions = []

    def start():
        sessions.append(Session(open_parent))
        sessions[-1].load(cells(SOURCE))
        return sessions[-1]

    yield start
    for session in sessions:
        session.close()


def test_prove_holds(parent):
    """The proof finds nothing on a machine that can confine."""
    prove(parent)


def test_prove_without_walls(open_parent):
    """The proof names what is possible when the walls are left out."""
    said = r"it can .*read the grader's files, .*start a process"
    with pytest.raises(IsolationError, match=said):
        prove(open_parent)


def test_prove_hidden(parent):
    """The proof names a file that should be hidden but can be read."""
    with pytest.raises(IsolationError, match=re.escape("it can read os.py.")):
        prove(parent, hidden=[Path(os.__file__)])


def test_course_is_hidden(inside):
    """The files of this very course cannot be read, nor the kit's own."""
    for path in (__file__, host.__file__):
        assert call(inside, "read_a_file", path).value == 0


def test_unknown_isolation():
    """Isolation is full or none."""
    with pytest.raises(ValueError, match='"full" or "none", not \'some\''):
        WarmParent("some")


def test_missing_libseccomp(monkeypatch, tmp_path):
    """Without libseccomp's binding, one sentence says what to install."""
    (tmp_path / "pyseccomp.py").write_text("raise ImportError")
    monkeypatch.setattr(
        host, "START", f"import sys; sys.path.insert(0, {str(tmp_path)!r}); {host.START}"
    )

    with pytest.raises(
        IsolationError, match=r"^Student code cannot be confined without libseccomp"
    ):
        WarmParent().__enter__().await_ready()


def test_foreign_system_calls(submit):
    """A system call in another architecture's numbering ends the process."""
    session = submit("import ctypes\ndef f(): return ctypes.CDLL(None).syscall(0x40000000 | 39)")

    assert call(session, "f").kind == "crashed"


def test_native_code(submit):
    """Machine code that calls the kernel by itself meets the same walls."""
    session = submit(
        "import ctypes, mmap\n"
        "def f():\n"
        "    page = mmap.mmap(-1, 4096, mmap.MAP_PRIVATE, prot=7)\n"
        "    page.write(bytes.fromhex('b8390000000f05c3'))  # fork()\n"
        "    address = ctypes.addressof(ctypes.c_char.from_buffer(page))\n"
        "    return ctypes.CFUNCTYPE(ctypes.c_long)(address)()\n"
    )
    if os.uname().machine != "x86_64":
        pytest.skip("the bytes are for x86-64")

    assert call(session, "f").value == -1


def test_package_is_hidden(submit):
    """Student code finds a package with a check that does nothing, and no more of it."""
    session = submit(
        "from autograder import check\n"
        "check('sigmoid')\n"
        "def f():\n"
        "    import sys\n"
        "    return sorted(name for name in sys.modules if name.startswith('autograder'))\n"
    )

    assert call(session, "f").value == ["autograder"]


def test_the_course_is_nowhere_named(submit):
    """Neither arguments and paths nor the frames that call a function tell where the kit lies."""
    session = submit(
        "def f():\n"
        "    import sys\n"
        "    places = [*sys.argv, *sys.orig_argv[1:], *sys.path, *sys.path_importer_cache]\n"
        "    frame = sys._getframe()\n"
        "    while frame:\n"
        "        names = frame.f_globals\n"
        "        origin = getattr(names.get('__spec__'), 'origin', '')\n"
        "        places += [frame.f_code.co_filename, str(names.get('__file__')), str(origin)]\n"
        "        frame = frame.f_back\n"
        "    return places\n"
    )

    places = call(session, "f").value

    assert len(places) > 30
    assert [place for place in places if place.startswith(str(host.PACKAGE))] == []
    root = host.PACKAGE.parent
    assert root.name == "site-packages" or str(root) not in places


def test_the_environment_is_wiped(submit):
    """Where the kernel laid the warm parent's environment down, nothing of it is left."""
    session = submit(
        "import ctypes\n"
        "def f():\n"
        "    libc = ctypes.CDLL(None)\n"
        "    name = ctypes.c_void_p.in_dll(libc, 'program_invocation_name').value\n"
        "    return ctypes.string_at(name, 4096 - name % 4096).count(b'=/')\n"
    )

    assert call(session, "f").value == 0


def test_ordinary_libraries(submit):
    """What a notebook commonly imports is there."""
    session = submit(
        "import json, math, random, itertools, time, datetime, decimal, statistics\n"
        "import numpy as np\n"
        "from IPython.display import display, Image\n"
        "def f():\n"
        "    time.sleep(0.001)\n"
        "    return [random.random(), np.random.default_rng().normal(), len(time.ctime())]\n"
    )

    assert call(session, "f").kind == "value"


def test_files_cannot_be_saved(session):
    """A cell that saves a figure fails at that statement, and goes on."""
    (outcome,) = session.load(
        cells(
            "import matplotlib.pyplot as plt\nplt.plot([1])\nplt.savefig('loss.png')\nprint('on')"
        ),
        figures=True,
    )

    assert outcome.stdout == "on\n"
    assert outcome.error == "PermissionError: [Errno 1] Operation not permitted: 'loss.png'"


IMPORTS = """
import decimal, fractions as fr
from xml.etree import (
    ElementTree,
)
import numpy as np
from numpy import *
def f(z):
    from statistics import mean
    return np.polynomial.polynomial.polyval(z, [0.0, mean([1, 1])]) + float(decimal.Decimal(0))
"""


def test_a_process_that_is_asked_opens_no_file(session):
    """What cells name is imported before, also within functions; nothing is read afterwards."""
    late = "def g():\n    import json.tool as tool\n    return open(tool.__file__).read()"
    dynamic = "import importlib\ndef h():\n    return importlib.import_module('colorsys')"
    outcomes = session.load(cells(IMPORTS, late, dynamic))

    assert [outcome.error for outcome in outcomes] == ["", "", ""]
    assert call(session, "f", 3.0).value == 3.0
    assert call(session, "g").error.startswith("PermissionError")
    assert call(session, "h").error.startswith(("PermissionError", "ModuleNotFoundError"))
