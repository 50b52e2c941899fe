"""What students leave about: later cells that rebind, settings, figures, tests of their own."""

from tests.innocent import Handin, innocent
from tests.innocent._forms import (
    added,
    answer,
    code,
    notebook,
    one_cell,
    prefixed,
    script,
    solutions,
)


@innocent("activations")
def a_loop_variable_named_step() -> Handin:
    """A loop at the end that counts in `step` does not take the function of that name."""
    return added(notebook("activations"), "for step in range(3):\n    print(step)")


@innocent("activations")
def results_named_like_their_functions() -> Handin:
    """Results kept under a function's name, in cells of one's own, do not replace it."""
    own = "z = np.linspace(-3, 3, 7)\nsigmoid = sigmoid(z)\ntanh, relu = tanh(z), relu(z)"
    more = "elu: float = 3.0\nwith np.errstate() as mish:\n    pass\nimport math as prelu"
    return added(notebook("activations"), own, more, "PROPERTIES = sorted(PROPERTIES)")


@innocent("xor")
def results_named_like_the_items() -> Handin:
    """So it is in a script, whose last lines try the functions out."""
    own = "predict = predict(init_params(0), X, np.tanh)\nforward = forward(init_params(0), X, np.tanh)"
    return f"{script('xor')}\n\n# %%\n{own}\ntrain = [{{'loss': 0.1}}]\n"


@innocent("activations")
def names_deleted_at_the_end() -> Handin:
    """Names that are cleared away at the end are there when the functions are called."""
    return added(notebook("activations"), "del np", "del sigmoid, tanh", "globals().pop('relu')")


@innocent("activations")
def functions_tried_out_first() -> Handin:
    """Names used before the item is defined: tanh = np.tanh above def tanh."""
    own = "tanh = np.tanh\nrelu = lambda z: 0\nsigmoid = 'to do'\nPROPERTIES = None"
    return added(notebook("activations"), own, before="numerical_gradient")


@innocent("xor")
def data_changed_in_a_cell() -> Handin:
    """X and y may be changed in a cell of one's own."""
    own = "X = X * 2 - 1\ny = y.ravel()\nX = np.hstack([X, X])"
    return added(notebook("xor"), own)


@innocent("activations")
def warnings_as_errors() -> Handin:
    """Warnings and floating-point trouble made errors, in a cell of one's own."""
    own = (
        "import warnings\nwarnings.simplefilter('error')\nwarnings.filterwarnings('error')\n"
        "np.seterr(all='raise')\nnp.seterrcall(print)"
    )
    answers = {
        "sigmoid": "def sigmoid(z):\n    return 1 / (1 + np.exp(-np.asarray(z, dtype=float)))"
    }
    return added(notebook("activations", answers), own, before="numerical_gradient")


@innocent("activations")
def warnings_shown() -> Handin:
    """Warnings that a right function gives, by its own will too, are no fault."""
    sigmoid = (
        "import warnings\n\ndef sigmoid(z):\n    warnings.warn('slow', DeprecationWarning)\n"
        "    warnings.simplefilter('always')\n    return 1 / (1 + np.exp(-1.0 * np.asarray(z)))"
    )
    return notebook("activations", {"sigmoid": sigmoid})


@innocent("activations")
def numpy_settings() -> Handin:
    """Print options, random state and numpy's own settings change no mark."""
    own = (
        "np.set_printoptions(precision=2, suppress=True, threshold=3)\nnp.random.seed(42)\n"
        "import random\nrandom.seed(1)\nnp.setbufsize(16)\nrng = np.random.default_rng()\n"
        "import locale, decimal, gc\ndecimal.getcontext().prec = 3\ngc.disable()\n"
        "sys = __import__('sys')\nsys.setrecursionlimit(200)\nsys.set_int_max_str_digits(700)\n"
        "sys.setswitchinterval(1)\nsys.path.insert(0, '..')\nsys.argv = ['x']"
    )
    return added(notebook("activations"), own, before="numerical_gradient")


@innocent("activations")
def noisy_functions() -> Handin:
    """Functions that print, log, seed, measure and plot on every call are right all the same."""
    lines = (
        "\n    print('z =', z, file=__import__('sys').stderr)\n    logging.info('called')"
        "\n    np.random.seed(0)\n    import time; start = time.perf_counter()"
        "\n    plt.figure(); plt.plot([1, 2]); plt.close('all')\n"
    )
    answers = {
        item: "import logging\n" + answer("activations", item).replace("\n", lines, 1)
        for item in ("sigmoid", "tanh", "relu")
    }
    return notebook("activations", answers)


@innocent("activations")
def many_figures() -> Handin:
    """Forty figures, interactive mode, styles, animations, files and 3-D cost nothing."""
    cells = (
        "plt.ion()\nplt.style.use('ggplot')\nplt.rcParams['figure.figsize'] = (30, 30)",
        "for n in range(40):\n    plt.figure()\n    plt.plot([n, 2])\n    plt.show()",
        "plt.savefig('figure.png', dpi=300)",
        "from mpl_toolkits.mplot3d import Axes3D\nplt.figure().add_subplot(projection='3d')",
        "from matplotlib import animation\nimport matplotlib\nmatplotlib.use('TkAgg')",
        "plt.plot([1, 2], label=r'$\\sigma(z)$')\nplt.legend()\nplt.title(r'$\\undefined{$')\nplt.show()",
        "import seaborn as sns\nsns.set_theme()",
    )
    return added(notebook("activations"), *cells, after="sigmoid")


@innocent("activations")
def input_left_in() -> Handin:
    """Questions to the user left in cost their line only."""
    own = "alpha = float(input('alpha? '))\nprint(alpha)"
    tanh = answer("activations", "tanh") + "\n\ninput('press a key')\nname = input()"
    return added(notebook("activations", {"tanh": tanh}), own, before="sigmoid")


@innocent("activations")
def much_printed() -> Handin:
    """Prints of a million numbers, odd characters and raw bytes cost nothing."""
    cells = (
        "np.set_printoptions(threshold=10**7)\nprint(np.arange(10**5))",
        "print('\\x1b[31mred\\x1b[0m\\r\\x00\\ud800 \\U0001f600' * 1000)",
        "import sys\nsys.stdout.buffer.write(b'\\xff' * 100_000)\nsys.stdout = None\nprint('gone')",
        "sys.stdout = open('log.txt', 'w')\nprint('into a file')",
        "sys.stdout.close()\nsys.stderr.close()",
    )
    return added(notebook("activations"), *cells, before="sigmoid")


@innocent("activations")
def libraries_that_are_missing() -> Handin:
    """Imports of what is not installed, in a cell of one's own, cost nothing."""
    modules = (
        "pandas",
        "torch",
        "tensorflow as tf",
        "scipy.special",
        "google.colab",
        "numba",
        "tqdm",
    )
    cells = [f"import {name}" for name in (*modules, "jax.numpy as jnp", "ipywidgets as widgets")]
    drive = "from google.colab import drive\ndrive.mount('/content/drive')\n%cd /content/drive"
    with_code = "import torch\n\nprint(torch.sigmoid(torch.tensor(0.0)))"
    return added(notebook("activations"), *cells, drive, with_code, before="numerical_gradient")


@innocent("activations")
def missing_libraries_above_a_function() -> Handin:
    """An import that fails, or a try around it, above a function does not take it."""
    answers = {
        "sigmoid": "import pandas as pd\nimport torch\n" + answer("activations", "sigmoid"),
        "tanh": "try:\n    from scipy.special import expit\nexcept ImportError:\n    expit = None\n\n"
        + answer("activations", "tanh"),
    }
    return notebook("activations", answers)


@innocent("xor")
def a_progress_bar() -> Handin:
    """A progress bar in the training loop, with a substitute where there is none."""
    head = "try:\n    from tqdm.auto import tqdm\nexcept ImportError:\n    def tqdm(x, **_):\n        return x\n\n"
    train = answer("xor", "train").replace("range(epochs)", "tqdm(range(epochs), desc='training')")
    return notebook("xor", {"train": head + train})


@innocent("activations")
def files_read_and_written() -> Handin:
    """Files that are not there, and attempts to write some, cost their lines only."""
    cells = (
        "data = np.load('data.npy')\nprint(data.mean())",
        "with open('notes.txt', 'w') as file:\n    file.write('x')",
        "import os, pathlib, tempfile\nos.makedirs('out', exist_ok=True)",
        "print(os.getcwd(), os.listdir('.'), pathlib.Path.home(), __file__)",
        "os.chdir('..')\nos.environ['KMP_DUPLICATE_LIB_OK'] = 'True'",
        "import pickle\npickle.dump(sigmoid, open('sigmoid.pkl', 'wb'))",
        "tempfile.mkdtemp()\nimport sqlite3\nsqlite3.connect('x.db')",
        "import urllib.request\nurllib.request.urlopen('https://example.org')",
        "import subprocess\nsubprocess.run(['pip', 'install', 'numpy'])\nos.system('ls')",
    )
    return added(notebook("activations"), *cells, after="sigmoid")


@innocent("activations")
def workers_of_all_kinds() -> Handin:
    """Threads, processes and pools, tried or in try, cost nothing."""
    cells = (
        "import threading\nthread = threading.Thread(target=print)\nthread.start()\nthread.join()",
        "from concurrent.futures import ThreadPoolExecutor, ProcessPoolExecutor\n"
        "with ThreadPoolExecutor() as pool:\n    print(list(pool.map(sigmoid, [0.0, 1.0])))",
        "try:\n    from multiprocessing import Pool\n    with Pool(2) as pool:\n"
        "        print(pool.map(abs, [1]))\nexcept Exception as error:\n    print(error)",
        "import os, signal\nif os.fork() == 0:\n    os._exit(0)",
        "signal.alarm(5)\nsignal.signal(signal.SIGINT, signal.SIG_DFL)",
        "timer = threading.Timer(0.1, print)\ntimer.start()",
    )
    return added(notebook("activations"), *cells, after="sigmoid")


@innocent("activations")
def tests_of_ones_own() -> Handin:
    """Asserts, unittest, doctest, pytest and hypothesis in cells, passing or not."""
    cells = (
        "assert np.allclose(sigmoid(0), 0.5)\nassert sigmoid(1) == 3, 'oops'",
        "import unittest\n\nclass TestSigmoid(unittest.TestCase):\n    def test_half(self):\n"
        "        self.assertEqual(sigmoid(0), 0.5)\n\nunittest.main(argv=[''], exit=False)",
        "unittest.main()",
        "import doctest\ndoctest.testmod(verbose=True)",
        "import pytest\n\n@pytest.fixture\ndef student():\n    return None\n\n"
        "@pytest.mark.item('sigmoid', points=100)\ndef test_mine(student):\n    assert True",
        "pytest.main(['-q'])",
        "import ipytest\nipytest.autoconfig()",
        "from test_activations import *",
        "from autograder import check\ncheck('sigmoid')\ncheck(\"tanh\");",
        "from autograder.checks import check_values\nimport autograder.plugin",
    )
    return added(notebook("activations"), *cells, after="tanh")


@innocent("activations")
def introspection() -> Handin:
    """Source, help, copies, pickles, traces and profiles of one's own functions."""
    cells = (
        "import inspect\nprint(inspect.getsource(sigmoid))\nprint(inspect.signature(relu))",
        "help(sigmoid)\nprint(sigmoid.__doc__, sigmoid.__module__)\nvars()\ndir()\nlocals()['x'] = 1",
        "import copy, pickle, typing\ncopy.deepcopy(sigmoid)\npickle.loads(pickle.dumps(sigmoid))",
        "import cProfile\ncProfile.run('sigmoid(0.0)')",
        "import tracemalloc, faulthandler\ntracemalloc.start()\nfaulthandler.enable()",
        "import sys\nsys.settrace(lambda *a: None)\nsys.setprofile(lambda *a: None)",
        "import pdb\npdb.set_trace()",
        "breakpoint()",
        "import atexit\natexit.register(print, 'bye')\nimport weakref\nweakref.finalize(sigmoid, print)",
        "import ast\nprint(ast.dump(ast.parse(inspect.getsource(tanh))))",
    )
    return added(notebook("activations"), *cells, after="relu")


@innocent("activations")
def a_large_table() -> Handin:
    """A table of a hundred thousand numbers in a cell of one's own."""
    table = "TABLE = [\n" + "".join(f"    {n * 7919 % 100_003},\n" for n in range(100_000)) + "]"
    return added(notebook("activations"), table, before="sigmoid")


@innocent("activations")
def a_large_table_in_one_cell() -> Handin:
    """The same table in a script that has no cell marks."""
    table = "TABLE = [" + ", ".join(str(n * 7919 % 100_003) for n in range(100_000)) + "]"
    return one_cell("activations", table)


@innocent("activations")
def a_large_table_beside_a_function() -> Handin:
    """A table of twelve thousand numbers above a function, with a magic."""
    table = (
        "%matplotlib inline\nTABLE = [\n" + "".join(f"    {n}.25,\n" for n in range(12_000)) + "]\n"
    )
    return notebook("activations", {"relu": table + answer("activations", "relu")})


@innocent("activations")
def long_and_deep_expressions() -> Handin:
    """Lines of fifty thousand characters, deep brackets and long sums in cells of one's own."""
    cells = (
        "x = " + " + ".join(["1"] * 12_000),
        "x = " + "(" * 150 + "1" + ")" * 150,
        "x = " + "-" * 3000 + "1",
        "x = " + "[" * 500 + "]" * 500,
        "s = '" + "a" * 50_000 + "'",
        "# " + "long " * 10_000,
        "if x: pass\n" + "elif x: pass\n" * 2000,
    )
    return added(notebook("activations"), *cells, before="sigmoid")


@innocent("xor", quick=True)
def the_experiment_done() -> Handin:
    """The experiment filled in, its tags lost, and its cells copied."""
    own = (
        "ACTIVATIONS = {'tanh': (np.tanh, lambda z: 1 - np.tanh(z) ** 2),\n"
        "    'relu': (lambda z: np.maximum(z, 0), lambda z: (z > 0) * 1.0)}\n"
    )
    filled = notebook("xor")
    experiments = []
    for cell in filled.cells:
        if "\nACTIVATIONS = {}" in cell.source:
            cell.source = own
        if "experiment" in cell.metadata.pop("tags", ()):
            experiments.append(cell.source)
    filled.cells += code(*experiments)
    return filled


@innocent("xor")
def state_between_calls() -> Handin:
    """Functions that count, remember and look up what they were called with."""
    forward = (
        "CACHE = {}\nCALLS = 0\n\ndef forward(params, X, activation):\n    global CALLS\n    CALLS += 1\n"
        "    key = (id(params), id(X), CALLS)\n    CACHE[key] = activation\n"
    )
    body = answer("xor", "forward").partition("\n")[2]
    return notebook("xor", {"forward": forward + body})


@innocent("activations")
def comments_and_blank_lines() -> Handin:
    """Ten thousand blank lines, comments and docstrings around the answers."""
    return prefixed(
        "activations", "# \n" * 300 + "\n" * 3000 + '"""Text."""\n', "\n" * 3000 + "#\n" * 300
    )


@innocent("activations")
def an_error_above_every_function() -> Handin:
    """A line that fails above each function in its own cell costs only itself."""
    return prefixed("activations", "print(undefined)\n", "\n1 / 0\n[][0]\nraise ValueError('x')")


@innocent("activations", 100 - 5)
def one_cell_that_is_no_python() -> Handin:
    """A cell that does not parse costs what it was to define, as anywhere."""
    return notebook(
        "activations", {"sigmoid": solutions("activations")["sigmoid"].replace("):", ")", 1)}
    )
