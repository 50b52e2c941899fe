"""Running cells and calling what they define, in this process."""

import builtins
import linecache
import signal
import threading

import matplotlib.pyplot as plt
import numpy as np
import pytest

from autograder.sandbox.answers import Limits
from autograder.sandbox.bounds import Interrupted
from autograder.sandbox.probes import sin
from autograder.sandbox.runner import LOADING, Runner
from tests.sandbox.helpers import call, cells


@pytest.fixture
def run():
    """Load sources into a runner; give it and the cells' outcomes."""
    runners = []

    def run(*sources, **options):
        runners.append(Runner(**options))
        return runners[-1], runners[-1].load(cells(*sources))

    yield run
    for runner in runners:
        runner.close()


def test_a_statement_that_raises_costs_itself(run):
    """The statements after it run, in its cell and in the next."""
    runner, outcomes = run("a = 1\nb = 1 / 0\nc = undefined\nd = 4", "e = a + d")

    assert outcomes[0].error == "ZeroDivisionError: division by zero"
    assert outcomes[0].where == "cell 1, line 2: b = 1 / 0"
    assert (outcomes[1].error, outcomes[1].where) == ("", "")
    assert runner.get("e").value == 5
    assert runner.get("b").kind == "undefined"


def test_a_cell_that_does_not_compile_costs_itself(run):
    """None of its statements run; the next cell does."""
    runner, outcomes = run("a = 1\nb = (", "c = 3", "return 1", "x = '\0'", "(" * 1000)

    assert outcomes[0].error == "SyntaxError: '(' was never closed"
    assert outcomes[0].where == "cell 1, line 2: b = ("
    assert outcomes[2].error == "SyntaxError: 'return' outside function"
    assert all(outcomes[i].error for i in (3, 4))
    assert runner.get("a").kind == "undefined"
    assert runner.get("c").value == 3


def test_where_names_the_innermost_line_of_the_submission(run):
    """The place is where the student's code called what failed, not within a library."""
    runner, _ = run(
        "import numpy as np\n\ndef f(z):\n    return g(z)",
        "def g(z):\n  return np.ones(2) @ np.ones(3)",
    )

    answer = call(runner, "f", 1)

    assert answer.kind == "raised"
    assert answer.error.startswith("ValueError: matmul: ")
    assert answer.where == "cell 2, line 2: return np.ones(2) @ np.ones(3)"


def test_output_is_kept_in_order(run):
    """What goes to stdout and stderr is one text; input is empty."""
    _, (outcome,) = run(
        "import sys\n"
        "print('a')\n"
        "print('b', file=sys.stderr)\n"
        "sys.stdout.buffer.write(b'c\\n')\n"
        "input()\n"
    )

    assert outcome.stdout == "a\nb\nc\n"
    assert outcome.error == "EOFError: EOF when reading a line"


def test_calls_print_nothing(run, capsys):
    """What a function prints is dropped."""
    runner, _ = run("def f(): print('loud')")
    call(runner, "f")

    assert capsys.readouterr() == ("", "")


def test_warnings_are_no_errors(run):
    """A NumPy warning, or a student's own filter, changes no value."""
    runner, (outcome,) = run(
        "import warnings, numpy as np\n"
        "warnings.simplefilter('error')\n"
        "np.seterr(all='raise')\n"
        "x = '\\d'\n"
        "def f(z): return np.exp(z)\n"
        "def g(): warnings.simplefilter('error'); warnings.warn('x')\n"
    )

    assert outcome.error == ""
    assert call(runner, "f", 1000.0).value == np.inf
    assert call(runner, "g").error == "UserWarning: x"
    assert call(runner, "f", 1000.0).value == np.inf


SIGNATURES = {
    "too few": ((), "missing a required argument: 'z'"),
    "too many": ((1, 2, 3), "too many positional arguments"),
}


@pytest.mark.parametrize("name", SIGNATURES)
def test_signature(run, name):
    """Arguments that do not fit are found before the call."""
    args, error = SIGNATURES[name]
    runner, _ = run("def f(z, alpha=1): return z")

    answer = call(runner, "f", *args)

    assert (answer.kind, answer.error) == ("signature", error)


def test_signature_of_a_builtin(run):
    """A function that cannot tell its signature is found out by its own TypeError."""
    runner, _ = run("import numpy as np\nf = np.ndarray.sum\ng = dict.fromkeys")

    assert call(runner, "g").kind == "signature"


def test_a_type_error_inside_is_raised(run):
    """A TypeError of the student's own code is not about the signature."""
    runner, _ = run("def f(z): return len(z)")

    assert call(runner, "f", 1).kind == "raised"


def test_other_kinds(run):
    """What is not there, not callable or not plain has its kind."""
    runner, _ = run(
        "x = 1\nasync def co(): return 1\ndef gen(): yield 1\nclass A: pass\ndef f(): return A()"
    )

    expected = {
        "f2": ("undefined", "f2 is not defined"),
        "x": ("not-callable", "int"),
        "co": ("unsupported", "coroutine"),
        "gen": ("unsupported", "generator"),
        "f": ("unsupported", "A"),
    }

    answers = {name: call(runner, name) for name in expected}

    assert {name: (a.kind, a.error) for name, a in answers.items()} == expected
    assert (runner.get("f").kind, runner.get("f").error) == ("unsupported", "function")


def test_arguments_are_copies(run):
    """A change of an argument shows in the answer, not in what was given."""
    runner, _ = run("def f(z, p):\n    z += 1\n    p['W'][0] = 9\n    p['new'] = 1\n    return z")
    z, params = np.zeros(2), {"W": np.zeros(1)}

    answer = call(runner, "f", z, params)

    assert not z.any()
    assert list(params) == ["W"]
    assert answer.arguments[0].tolist() == [1, 1]
    assert answer.arguments[1] == {"W": np.array([9.0]), "new": 1}


def test_a_change_within_a_list_shows(run):
    """So it does where a number in a list is another one."""
    runner, _ = run("def f(losses): losses[0] = 0.0; return losses")

    assert call(runner, "f", [1.0, 2.0]).arguments == ([0.0, 2.0],)


def test_arguments_that_can_no_longer_be_sent(run):
    """They, and functions, are None in the answer."""
    runner, _ = run("def f(p, g): p['cache'] = object()")

    assert call(runner, "f", {}, sin).arguments == (None, None)


def test_global_random_numbers_repeat(run):
    """Code that uses NumPy's global random state gives the same numbers on each call."""
    runner, _ = run(
        "import numpy as np, random\ndef f(): return float(np.random.rand()), random.random()\n"
    )

    assert call(runner, "f").value == call(runner, "f").value


def test_notebook_names(run):
    """Magics run their bodies, shell commands nothing, and display prints."""
    runner, outcomes = run(
        "get_ipython().run_line_magic('matplotlib', 'inline')\n"
        "get_ipython().run_line_magic('timeit', '-n 10 -r3 a = 1')\n"
        "get_ipython().run_cell_magic('time', '', 'b = 2\\nc = 3\\n')\n"
        "get_ipython().run_cell_magic('bash', '', 'exit 1')\n"
        "get_ipython().system('exit 1')\n"
        "d = get_ipython().getoutput('ls')\n"
        "display('text', [1])\n",
        "get_ipython().run_line_magic('time', '1 / 0')",
    )

    assert outcomes[0].error == ""
    assert outcomes[0].stdout == "text\n[1]\n"
    assert [runner.get(name).value for name in "abcd"] == [1, 2, 3, []]
    assert outcomes[1].error == "ZeroDivisionError: division by zero"
    assert outcomes[1].where.startswith("cell 2, line 1: ")


def test_figures(run):
    """Figures are drawn to images when wanted, closed in any case, and show waits for nobody."""
    source = (
        "import matplotlib.pyplot as plt\n"
        "plt.figure(figsize=(2, 1), dpi=50)\n"
        "plt.plot([1, 2])\n"
        "plt.show()\n"
    )
    runner = Runner()
    (drawn,) = runner.load(cells(source), figures=True)
    (not_drawn,) = runner.load(cells(source))

    assert [figure.shape for figure in drawn.figures] == [(50, 100, 4)]
    assert (not_drawn.figures, not_drawn.error) == ((), "")
    assert plt.get_fignums() == []


def test_future_statements_last(run):
    """What a cell imports from __future__ holds for its later statements."""
    runner, (outcome,) = run("from __future__ import annotations\ndef f(z: undefined): return z")

    assert outcome.error == ""
    assert call(runner, "f", 1).value == 1


def test_dataclasses(run):
    """A class can look up its module, as in a notebook."""
    runner, (outcome,) = run(
        "from dataclasses import dataclass\n"
        "@dataclass\n"
        "class P:\n"
        "    x: 'int' = 1\n"
        "y = P().x\n"
        "name = __name__\n"
    )

    assert outcome.error == ""
    assert [runner.get(name).value for name in ("y", "name")] == [1, "__main__"]


def test_live_namespace(run):
    """Functions of a live notebook are called as they are, without a load."""
    exec(compile("def f(z): return z / 0", "<ipython-input-3>", "exec"), namespace := {})
    runner = Runner(namespace)
    state = np.random.get_state()[1].tolist()

    answer = call(runner, "f", 1)

    assert (answer.kind, answer.where) == ("raised", "line 1")
    assert "display" not in namespace
    assert state == np.random.get_state()[1].tolist()


def test_loading_is_flagged(run, monkeypatch):
    """While cells run, and only then, a check in them can tell that it is to do nothing."""
    seen = []
    monkeypatch.setattr(builtins, "note", lambda: seen.append(LOADING.get()), raising=False)
    runner, _ = run("note()\ndef f(): note()")
    call(runner, "f")

    assert seen == [True, False]
    assert LOADING.get() is False


def test_time_is_up(run):
    """A function that hangs is interrupted, even if it swallows exceptions."""
    runner, _ = run(
        "def f():\n    while True: pass\n"
        "def g():\n    try:\n        x = 1\n        while True: x += 1\n    except: return 1\n"
    )

    answer = call(runner, "f", seconds=0.1)

    assert (answer.kind, answer.error) == ("timeout", "still running after 0.1 s")
    assert call(runner, "g", seconds=0.1).value == 1


def test_time_is_up_in_a_cell(run):
    """A statement that hangs costs itself."""
    runner, (outcome,) = run("while True: pass\nb = 1", limits=Limits(cell_seconds=0.1))

    assert outcome.error == "still running after 0.1 s"
    assert outcome.where == "cell 1, line 1: while True: pass"
    assert runner.get("b").value == 1


def test_handlers_are_restored(run):
    """After a call, signals and timers are as they were."""
    before = [signal.getsignal(n) for n in (signal.SIGINT, signal.SIGALRM)]
    runner, _ = run("def f(): return 1")
    call(runner, "f")

    assert before == [signal.getsignal(n) for n in (signal.SIGINT, signal.SIGALRM)]
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_ctrl_c_is_the_users(run):
    """Ctrl-C ends the check; it is not taken for the student's exception."""
    runner, _ = run("import signal\ndef f(): signal.raise_signal(signal.SIGINT)")

    with pytest.raises(Interrupted):
        call(runner, "f")
    assert isinstance(Interrupted(), KeyboardInterrupt)


def test_other_threads(run):
    """Outside the main thread nothing is interrupted, and all else is the same."""
    runner, _ = run("def f(): return 1")
    answers = []
    thread = threading.Thread(target=lambda: answers.append(call(runner, "f")))
    thread.start()
    thread.join()

    assert answers[0].value == 1


def test_errors_are_one_line(run):
    """An error's text is one line without controls, whatever the exception does."""
    runner, _ = run(
        "class E(Exception):\n    def __str__(self): raise self\n"
        "class Meta(type):\n    __name__ = property(lambda cls: 1 / 0)\n"
        "class F(Exception, metaclass=Meta): pass\n"
        "def f(): raise ValueError('a\\n\\x1b[31mb' + 'x' * 9999)\n"
        "def g(): raise E\n"
        "def h(): raise F('x')\n"
    )

    error = call(runner, "f").error
    assert error.startswith("ValueError: a \ufffd[31mbxxx")
    assert (len(error), error[-1]) == (500, "…")
    assert call(runner, "g").error == "E"
    assert call(runner, "h").error == "F: x"


def test_sources_are_at_hand(run):
    """A traceback that a cell prints shows its own lines, until the runner is closed."""
    runner, (outcome,) = run(
        "import traceback\ntry:\n    1 / 0\nexcept Exception: traceback.print_exc()"
    )
    assert "1 / 0" in outcome.stdout
    runner.close()
    assert linecache.getline("<cell 1>", 1) == ""


def test_a_default_is_told_as_it_is_declared(run):
    """``f.h`` gives what `f` declares for `h`, without a call; no default is no value."""
    runner, _ = run("def f(z, h=0.5, *rest):\n    raise ValueError", "g = 3")

    assert runner.get("f.h").value == 0.5
    kinds = [runner.get(name).kind for name in ("f.z", "f.rest", "f.other", "g.h", "e.h")]
    assert kinds == ["unsupported", "unsupported", "raised", "signature", "undefined"]
