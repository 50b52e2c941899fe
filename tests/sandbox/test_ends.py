"""Ways to end badly: each has its kind of answer, and the rest of the submission goes on."""

import os
import signal
import time

import numpy as np
import pytest

from autograder.sandbox.answers import Limits, SandboxFault
from autograder.sandbox.host import WarmParent
from autograder.sandbox.session import Question, Session
from tests.sandbox.helpers import call, cells

SOUND = "def sound(z): return 2 * z\n"
ENDINGS = {
    "hang": ("while True: pass", "timeout", "still running after 0.2 s"),
    "swallow": (
        "while True:\n        try:\n            while True: pass\n        except: pass",
        "timeout",
        "still running after 0.2 s",
    ),
    "sleep": ("import time; time.sleep(1000)", "timeout", "still running after 0.2 s"),
    "segfault": ("import ctypes; ctypes.string_at(0)", "crashed", "crashed the process (SIGSEGV)"),
    "abort": ("import os; os.abort()", "crashed", "crashed the process (SIG"),
    "exit": ("import os; os._exit(0)", "crashed", "ended the process, with exit status 0"),
    "close": ("import os; os.close(3); import time; time.sleep(99)", "malformed", "closed the"),
    "memory": (
        "import numpy; return len([numpy.ones(10**6) for _ in range(10**4)])",
        "raised",
        "MemoryError",
    ),
    "large_array": ("import numpy; return numpy.ones(10**7)", "unsupported", "more than 12 MiB"),
    "large_view": (
        "import numpy; return numpy.broadcast_to(1.0, (10**9, 10**9))",
        "unsupported",
        "more than 12 MiB",
    ),
    "long_list": ("return [1] * 10**6", "unsupported", "more than 10000 values"),
    "long_text": ("return 'x' * 10**6", "unsupported", "a string of more than 500 characters"),
    "nested": ("x = []; x.append(x); return x", "unsupported", "nested more than 8 deep"),
    "recursion": ("return recursion()", "raised", "RecursionError: maximum recursion depth"),
    "fork_bomb": (
        "import os\n    while True:\n        os.fork()",
        "raised",
        "PermissionError: [Errno 1] Operation not permitted",
    ),
    "thread": (
        "import threading; threading.Thread(target=print).start()",
        "raised",
        "RuntimeError: can't start new thread",
    ),
    "output_bomb": ("while True: print('x' * 10**6)", "timeout", "still running"),
    "exit_call": ("raise SystemExit", "raised", "SystemExit"),
    "interrupt": ("raise KeyboardInterrupt", "raised", "KeyboardInterrupt"),
}


@pytest.mark.parametrize("name", ENDINGS)
def test_ending(submit, name):
    """A call that ends badly is answered in its kind, and the next call is sound."""
    body, kind, error = ENDINGS[name]
    session = submit(f"{SOUND}def {name}():\n    {body}")

    answer = call(session, name, seconds=0.2 if kind == "timeout" else 5)

    assert (kind, None, ()) == (answer.kind, answer.value, answer.arguments)
    assert error in answer.error
    assert call(session, "sound", 1.5).value == 3.0


def test_killed_by_the_machine(parent):
    """Behind the walls only the machine can kill a process: no fault of the student's."""
    with Session(parent) as session:
        session.load(cells("def f(): return 1"))
        os.kill(session._process.pid, signal.SIGKILL)

        with pytest.raises(SandboxFault, match="machine killed a submission's process"):
            call(session, "f")


def test_killed_from_outside():
    """Without walls, a process that is killed may have done that itself, and says "memory"."""
    with WarmParent("none") as parent, Session(parent) as session:
        session.load(cells("import os\ndef f(): os.kill(os.getpid(), 9)"))

        assert call(session, "f").kind == "memory"


def test_time_is_cpu_time(submit):
    """By the clock, a call may take up to four times its seconds."""
    session = submit("import time\ndef f(): time.sleep(0.3); return 1")

    assert call(session, "f", seconds=0.2).value == 1


def test_two_strikes(submit):
    """A function that has hung twice is not called a third time."""
    session = submit("def f():\n    while True: pass")
    answers = [call(session, "f", seconds=0.1) for _ in range(2)]

    start = time.monotonic()
    answers.append(call(session, "f", seconds=5))

    assert time.monotonic() - start < 1
    assert [answer.kind for answer in answers] == ["timeout"] * 3


def test_strikes_are_each_functions_own(submit):
    """Two hanging functions do not use up the strikes of a third."""
    session = submit(SOUND + "def f():\n    while True: pass\ndef g(): f()")
    for name in ("f", "g", "f", "g"):
        call(session, name, seconds=0.1)

    assert call(session, "sound", 1).value == 2


@pytest.mark.parametrize("body", ["[0 for _ in iter(int, 1)]", "__import__('os')._exit(1)"])
def test_cell_that_kills(parent, body):
    """A statement that kills the process costs itself; what was before and after it stands."""
    with Session(parent, Limits(cell_seconds=0.3)) as session:
        outcomes = session.load(cells("a = 1", f"b = 2\n{body}\nc = 3\nprint('printed')", "d = 4"))

        assert [outcome.stdout for outcome in outcomes] == ["", "printed\n", ""]
        assert f"cell 2, line 2: {body}" == outcomes[1].where
        assert outcomes[1].error
        assert [session.get(name).value for name in "abcd"] == [1, 2, 3, 4]


def test_cell_that_kills_is_skipped_after_a_restart(parent):
    """When a later call crashes, the cells load again without the statement that killed one."""
    with Session(parent, Limits(cell_seconds=0.3)) as session:
        session.load(cells("import os\nif True: os._exit(1)\n" + SOUND, "def f(): os._exit(1)"))

        assert call(session, "f").kind == "crashed"
        assert call(session, "sound", 2).value == 4


def test_cell_that_goes_on_killing(parent):
    """A cell whose statements go on killing is given up, and the next cell runs."""
    with Session(parent, Limits(cell_seconds=0.3)) as session:
        outcomes = session.load(cells("import os\n" + "os._exit(1)\n" * 50, "a = 1"))

        assert outcomes[0].error == "ended the process, with exit status 1"
        assert session.get("a").value == 1


def test_restarts_use_up_the_time(parent):
    """Cells that end their process at once, one after the other, are not run for ever."""
    with Session(parent, Limits(submission_seconds=0.3)) as session:
        outcomes = session.load(cells(*["import os\nos._exit(1)"] * 100))

    assert outcomes[0].error == "ended the process, with exit status 1"
    assert outcomes[-1].error == "the 0.3 s for the whole submission are used up"


def test_figures_that_hang(parent):
    """A hang while figures are drawn costs the cell, not the submission."""
    source = (
        "import matplotlib.pyplot as plt\n"
        "class Slow(plt.Line2D):\n"
        "    def draw(self, renderer):\n"
        "        while True: pass\n"
        "plt.gca().add_line(Slow([0], [0]))\n"
    )
    with Session(parent, Limits(cell_seconds=0.3)) as session:
        outcomes = session.load(cells(source, "a = 1"), figures=True)

        assert outcomes[0].error == "still running after 0.3 s"
        assert session.get("a").value == 1


def test_budget(parent):
    """When the time for an item's calls is used up, all further ones say so, and no other's."""
    limits = Limits(item_seconds=0.3)
    source = SOUND + "import time\ndef f(z):\n    end = time.process_time() + 0.2\n"
    with Session(parent, limits) as session:
        session.load(cells(source + "    while time.process_time() < end: pass\n    return z"))
        questions = [Question.of("f", (1,), 3.0, "f")] * 5

        kinds = [answer.kind for answer in session.ask_all(questions)]

        assert kinds[0] == "value"
        assert kinds[-2:] == ["budget", "budget"]
        assert session.call("sound", (1,), seconds=3.0, item="sound").value == 2


def test_output_is_cut(session):
    """Output beyond the limit is left out, and its last line says so."""
    (outcome,) = session.load(cells("for _ in range(10**5): print('x' * 99)"))

    assert len(outcome.stdout) < 4200
    assert outcome.stdout.endswith("\n[cut: more than 4 kB of output]\n")


def test_a_progress_bar_leaves_its_last_state(session):
    """Of a line that is written over again and again, what a terminal shows at last is kept."""
    source = r"print('10 %\r50 %\r100 %\r\ndone\r\nand', end='\rthe end')"
    (outcome,) = session.load(cells(source))

    assert outcome.stdout == "100 %\ndone\nthe end"


def test_memory_limit_spares_the_libraries(submit):
    """The limit is on what the submission takes, beyond what NumPy and Matplotlib have."""
    session = submit("import numpy as np\ndef f(): return np.ones(20 * 10**6).sum()")

    assert call(session, "f").value == 20e6


def test_nothing_carries_over(parent):
    """What one submission changes, the next does not find."""
    with Session(parent) as session:
        session.load(cells("import numpy\nnumpy.tanh = None\nnumpy.spoilt = True"))
    with Session(parent) as session:
        session.load(cells("import numpy\ndef f(): return hasattr(numpy, 'spoilt')"))

        assert call(session, "f").value is False


def test_source_too_long(session):
    """A cell that is too long to send costs itself."""
    outcomes = session.load(cells("#" * (2**20 + 1), "a = 1"))

    assert outcomes[0].error == "a cell of more than 1048576 characters is not run"
    assert session.get("a").value == 1


@pytest.mark.parametrize("character", ["\N{GRINNING FACE}", "\x01"])
def test_source_of_many_bytes(session, character):
    """A cell of just the length that may be sent is run, however many bytes that takes."""
    (outcome,) = session.load(cells("a = 1 #" + character * (2**20 - 7)))

    assert outcome.error == ""
    assert session.get("a").value == 1


def test_source_not_unicode(session):
    """A cell of broken text costs itself."""
    outcomes = session.load(cells("a = '\ud800'", "a = 1"))

    assert outcomes[0].error == "a cell that is not Unicode text is not run"
    assert session.get("a").value == 1


def test_closed_parent():
    """Asking a sandbox that has ended is the grader's fault, not the student's."""
    with WarmParent() as parent:
        session = Session(parent)
        session.load(cells(SOUND))
    with pytest.raises(SandboxFault, match=r"^The sandbox has"):
        call(session, "sound", 1)
    session.close()


def test_not_started():
    """A parent that was never entered cannot fork."""
    with pytest.raises(SandboxFault, match="has not been started"):
        call(Session(WarmParent()), "f")


def test_many_figures(session):
    """Figures come back as images, the first eight, none larger than 1600 by 1200."""
    (outcome,) = session.load(
        cells(
            "import matplotlib.pyplot as plt\nfor i in range(9): plt.figure(figsize=(99, 99 + i))"
        ),
        figures=True,
    )

    assert len(outcome.figures) == 8
    assert all((np.uint8, 3, 4) == (f.dtype, f.ndim, f.shape[2]) for f in outcome.figures)
    assert all(f.shape[0] <= 1200 and f.shape[1] <= 1600 for f in outcome.figures)
