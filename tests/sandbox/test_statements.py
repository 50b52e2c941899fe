"""Which statements of a submission are run for its marks."""

import os
import select

import pytest

from autograder.sandbox.answers import Limits
from autograder.sandbox.session import Session
from autograder.sandbox.statements import Need, needs, read
from tests.sandbox.helpers import call, cells

N, P, C = Need.NONE, Need.PERHAPS, Need.CERTAIN

NEEDS = {
    "def f(z): return z": [C],
    "f = lambda z: z": [C],
    "print(1)": [N],
    "import numpy as np\ndef f(z): return np.tanh(z)\nnp.tanh(2)": [C, C, N],
    "import matplotlib.pyplot as plt\nplt.plot([1])\ndef f(z): return z": [N, N, C],
    "A = 1\ndef g(z): return A * z\nB = 2\ndef f(z): return g(z)": [C, C, N, C],
    "A = 1\ndef f(z, a=A): return a * z\nA = 2": [C, C, C],
    "def f(z): return z\nresults = [f(i) for i in range(9)]\nprint(results)": [C, N, N],
    "T = {}\ndef f(z): return T['a']\nT['a'] = 1\nT.update(b=2)\nprint(T)": [C, C, C, P, P],
    "T = []\ndef f(z): return T\ndef fill(): T.append(1)\nfill()\nprint(3)": [C, C, P, P, N],
    "def f(z): return K\ndef setup():\n    global K\n    K = 1\nsetup()": [C, C, P],
    "exec('def f(z): return z')": [P],
    "import sys\nsys.setrecursionlimit(5000)\ndef f(z): return z": [P, P, C],
    "from math import *\ndef f(z): return exp(z)": [C, C],
    "if True:\n    def f(z): return z\nelse:\n    x = 1": [C],
    "for f in (abs, len): pass": [C],
    "try:\n    import scipy as f\nexcept ImportError as e:\n    pass": [C],
    "class A:\n    def f(self, z): return z\nf = A().f\nA.g = 1\nA().f(2)": [C, C, C, P],
    "def f(z): return z\nf = np.vectorize(f)\ndel f": [C, C, N],
    "def f(z): return z\nf.calls = 0": [C, C],
    "(f := abs)": [C],
    "match 1:\n    case f: pass": [C],
    "f: int = 1": [C],
    "x = [f for f in range(3)]": [N],
}


@pytest.mark.parametrize("source", NEEDS)
def test_needs(source):
    """What binds an item, or what that uses, is run; what may change it, perhaps; all else not."""
    assert needs(read(source, "<cell 1>", 0, 0), ["f"]) == NEEDS[source]


def test_a_magic_that_runs_its_body_is_its_body():
    """What stands under %%time counts as statements of the cell, at their lines."""
    source = "get_ipython().run_cell_magic('time', '', 'a = 1\\ndef f(z):\\n    return z\\n')\n"

    parts = read(source, "<cell 1>", 0, 0)

    assert [(part.line, set(part.binds)) for part in parts] == [(2, {"a"}), (3, {"f"})]


def test_a_statement_that_cannot_be_compiled_costs_itself():
    """Of a cell with a stray return, only that is lost; of one that is no Python, all."""
    errors = [bool(part.error) for part in read("a = 1\nreturn a\nb = 2", "<cell 1>", 0, 0)]

    assert errors == [False, True, False]
    assert [bool(part.error) for part in read("a = 1\nb = = 2", "<cell 1>", 0, 0)] == [True]


SLOW = "import time\nend = time.monotonic() + {}\nwhile time.monotonic() < end: pass"
LIMITS = Limits(call_seconds=0.3, cell_seconds=0.5, submission_seconds=2)
HANGING = "def {}(z):\n    while True: pass"


def test_slow_cells_that_no_item_needs_cost_nothing(parent):
    """However many there are, and however often a process is lost."""
    extras = [SLOW.format(0.45)] * 6
    hanging = [HANGING.format(name) for name in ("a", "b", "c")]
    with Session(parent, LIMITS) as session:
        session.load(cells(*extras, *hanging, "def f(z): return 2 * z"), ["a", "b", "c", "f"])

        assert [call(session, name, 1.0, seconds=0.3).kind for name in "abc"] == ["timeout"] * 3
        assert call(session, "f", 1.0).value == 2.0


def test_one_cell_with_slow_lines_at_its_end(parent):
    """A script that is one cell keeps what it defines."""
    slow = "print(T, f(2), sum(i for i in range(10**9)))\n"
    source = "T = [2]\ndef f(z): return T[0] * z\n" + 3 * slow
    with Session(parent, LIMITS) as session:
        session.load(cells(source), ["f"])

        assert call(session, "f", 1.0).value == 2.0


def test_what_is_perhaps_needed_is_run_while_there_is_time(parent):
    """A call that fills a table is run, and again when a process is lost; a slow one is not."""
    source = "T = []\ndef fill(): T.append(3)\nfill()\ndef f(z): return T\n" + HANGING.format("g")
    slow = f"T.append(4)\n{SLOW.format(0.2)}\nT.append(len([end]))"
    with Session(parent, LIMITS) as session:
        session.load(cells(source, slow), ["f", "g"])

        assert call(session, "f", 1.0).value == [3, 4, 1]
        assert call(session, "g", 1.0, seconds=0.3).kind == "timeout"
        assert call(session, "f", 1.0).value == [3, 4, 1]


def test_a_name_that_is_asked_for_after_all(parent):
    """What was left out is run when a test asks for it."""
    with Session(parent, LIMITS) as session:
        session.load(cells("def f(z): return z\nEXTRA = {'a': 1.5}"), ["f"])

        assert session.get("EXTRA").value == {"a": 1.5}
        assert session.get("OTHER").kind == "undefined"


def test_a_function_whose_name_is_used_again(parent):
    """A loop variable, a result or a deletion of that name below it takes nothing away."""
    source = (
        "import numpy as np\ndef f(z): return np.abs(z)\ndef g(z): return z\n"
        "for f in range(3): pass\ng = [g(1)]\ndel np, f\n"
    )
    with Session(parent, LIMITS) as session:
        session.load(cells(source), ["f", "g"])

        assert call(session, "f", -1.0).value == 1.0
        assert call(session, "g", 2.0).value == 2.0


def test_await_at_the_top_of_a_cell(parent):
    """Legal in a notebook: it runs as far as it needs no event loop, and costs nothing else."""
    source = (
        "async def compute(): return 2\nK = await compute()\ndef f(z): return K * z\n"
        "import asyncio\nwaited = await asyncio.sleep(1)\ndef g(z): return z"
    )
    with Session(parent, LIMITS) as session:
        session.load(cells(source), ["f", "g", "waited"])

        assert call(session, "f", 1.0).value == 2.0
        assert call(session, "g", 1.0).value == 1.0


def test_time_burnt_while_nobody_waits_is_the_submissions(parent):
    """A process that goes on after its answer, and is killed for it, is no fault of the grader."""
    source = (
        "import os, signal\nsignal.signal(signal.SIGXCPU, signal.SIG_IGN)\n"
        "import json, struct\n"
        "def f(z):\n"
        "    value = [['kind', 'value'], ['value', 1], ['arguments', {'tuple': []}],"
        " ['error', ''], ['where', '']]\n"
        "    header = json.dumps({'tuple': [2, {'dict': value}]}).encode()\n"
        "    os.write(3, struct.pack('<II', len(header), 0) + header)\n"
        "    while True: pass\n"
    )
    with Session(parent, Limits(submission_seconds=0.5, item_seconds=0.01)) as session:
        session.load(cells(source))
        assert call(session, "f", 1.0).value == 1
        process = session._process
        os_wait(process)

        assert call(session, "f", 1.0).kind in ("budget", "timeout")


def os_wait(process):
    """Wait until the process has ended by itself."""
    pidfd = os.pidfd_open(process.pid)
    try:
        assert select.select([pidfd], [], [], 30)[0]
    finally:
        os.close(pidfd)
