"""What notebooks allow beyond Python."""

from tests.innocent import Handin, innocent
from tests.innocent._forms import added, answer, notebook, one_cell, script, solutions

PERCENTS = "\n".join(f'print("%d %% of {n}!" % {n})  # ok?' for n in range(60))


@innocent("activations")
def many_percents_under_a_magic() -> Handin:
    """Sixty lines with %, ! and ? in a cell that begins with a magic are Python still."""
    source = f"%matplotlib inline\n{answer('activations', 'sigmoid')}\n{PERCENTS}"
    return notebook("activations", {"sigmoid": source})


@innocent("activations")
def many_percents_under_a_cell_magic() -> Handin:
    """So they are under %%time."""
    source = f"%%time\n{answer('activations', 'sigmoid')}\n{PERCENTS}"
    return notebook("activations", {"sigmoid": source})


@innocent("activations")
def many_real_magics() -> Handin:
    """A cell of many real magics is run for what else it holds."""
    magics = "\n".join(f"%timeit -n1 -r1 {n} + {n}" for n in range(70))
    source = f"{answer('activations', 'tanh')}\n{magics}"
    return notebook("activations", {"tanh": source})


@innocent("activations")
def await_at_the_top() -> Handin:
    """A cell may await at its top level, as in Jupyter."""
    source = f"import asyncio\nawait asyncio.sleep(0)\n{answer('activations', 'sigmoid')}"
    return notebook("activations", {"sigmoid": source})


@innocent("activations")
def async_helpers() -> Handin:
    """Coroutines, async for and async with at the top of a cell work as in Jupyter."""
    source = """
import asyncio, contextlib
async def ticks():
    for n in range(3):
        yield n
async def alpha():
    await asyncio.sleep(0)
    return 1.0
@contextlib.asynccontextmanager
async def nothing():
    yield
ALPHA = await alpha()
total = [n async for n in ticks()]
async for n in ticks():
    total.append(n)
async with nothing():
    ONE = 1.0
results = await asyncio.gather(alpha(), alpha())
"""
    elu = "def elu(z, alpha=ALPHA):\n    z = np.asarray(z, dtype=float)\n"
    elu += "    return np.where(z < 0, alpha * np.expm1(np.minimum(z, 0)), z * ONE)"
    return notebook("activations", {"elu": source + elu})


@innocent("activations")
def asyncio_run() -> Handin:
    """A student's own asyncio.run, which Jupyter refuses, costs only itself."""
    return added(
        notebook("activations"),
        "import asyncio\nasync def main():\n    return 1\nasyncio.run(main())",
        "loop = asyncio.get_event_loop()\nloop.run_until_complete(main())",
        before="sigmoid",
    )


@innocent("activations")
def a_magic_in_a_magic() -> Handin:
    """%%capture over %%time, and line magics under a cell magic, run what they hold."""
    sigmoid = f"%%capture out\n%%time\n{answer('activations', 'sigmoid')}"
    tanh = f"%%time\n%matplotlib inline\n!pip install numpy\n{answer('activations', 'tanh')}"
    return notebook("activations", {"sigmoid": sigmoid, "tanh": tanh})


@innocent("activations")
def cell_magics_with_options() -> Handin:
    """Cell magics with options, captures and blank lines keep what is defined under them."""
    heads = {
        "sigmoid": "%%time",
        "tanh": "%%capture --no-stderr output",
        "relu": "%%capture",
        "elu": "%%prun -s cumulative",
        "mish": "\n\n%%time\n\n",
        "step": "%%time  # how long?",
        "prelu": "%%capture out\n# a comment first",
    }
    answers = {item: f"{head}\n{answer('activations', item)}" for item, head in heads.items()}
    return notebook("activations", answers)


@innocent("activations")
def one_error_under_a_cell_magic() -> Handin:
    """A line that fails under %%time, below the function, costs only itself."""
    source = f"%%time\n{answer('activations', 'relu')}\nprint(relu('a'))"
    return notebook("activations", {"relu": source})


@innocent("activations")
def magics_below_the_functions() -> Handin:
    """Timings, help, shell lines and variables from them, in the functions' own cells."""
    tails = {
        "sigmoid": "%timeit -n 1 -r 1 sigmoid(0.0)",
        "tanh": "np.tanh?",
        "relu": "?relu",
        "elu": "elu??",
        "mish": "!ls -l\nfiles = !ls\nprint(files)",
        "step": "%time step(1.0)\nresult = %timeit -o -n 1 -r 1 step(1.0)\nprint(result.best)",
        "prelu": "%load_ext autoreload\n%autoreload 2\n%config InlineBackend.figure_format='svg'",
        "relu_grad": "%whos\n%pinfo relu\n%pdb on\n%xmode Verbose\nnames = %who_ls",
        "collapse": "%pip install -q numpy\n%conda list\n!pip install -q numpy 2>&1 | tail -1",
    }
    answers = {i: f"{answer('activations', i)}\n\n{tail}" for i, tail in tails.items()}
    return notebook("activations", answers)


@innocent("activations")
def cells_in_other_languages() -> Handin:
    """Cells under %%bash, %%html, %%writefile and the like are no Python, and cost nothing."""
    cells = (
        "%%bash\nif [ -f x ]; then\n  echo 'hm\"\nfi",
        "%%html\n<b>Bold</b>",
        "%%javascript\nalert({1: 2})",
        "%%writefile notes.txt\nDear diary, it's late",
        "%%latex\n$$\\sigma$$",
        "%%markdown\n# Title",
        "%%sh\nls | wc",
        "%%R\nx <- 3",
        "%%cython\ncdef int x = 3",
        "%%script false\nprint(",
        "%run other.py",
        "%load https://example.org/x.py",
        "%cd ..\n%env HOME=/\n%reset -f\n%debug\n%notify",
        "?\n??\n%",
        "!",
    )
    return added(notebook("activations"), *cells, before="sigmoid")


@innocent("activations")
def magics_inside_blocks() -> Handin:
    """Magics inside functions, loops and conditions are magics too."""
    sigmoid = answer("activations", "sigmoid").replace("\n", "\n    %matplotlib inline\n", 1)
    own = "for k in range(2):\n    %timeit -n1 -r1 k + 1\n    !echo {k}\nif True:\n    np.exp?\n"
    return added(notebook("activations", {"sigmoid": sigmoid}), own, before="tanh")


@innocent("activations")
def shell_variables() -> Handin:
    """Braces, dollars, quotes and continued lines in shell lines are left to the shell."""
    cell = "\n".join(
        [
            "name = 'x'",
            '!echo {name} $HOME "it\'s" \\',
            "   more",
            "out = !python -c 'print(1)'",
            "print(out.n, out[0] if out else None)",
            "!(cd / && ls)",
            "!!ls",
        ]
    )
    tanh = f"{cell}\n{answer('activations', 'tanh')}"
    return notebook("activations", {"tanh": tanh})


@innocent("activations")
def percent_lines_in_strings() -> Handin:
    """Lines of a text that begin with %, ! or ? stay text, with or without a magic above."""
    relu = (
        '%matplotlib inline\nNOTES = """\n%time is money\n!important\nwhat?\n%%"""\n'
        + answer("activations", "relu")
        + "\nassert NOTES.startswith('\\n%time') and '!important' in NOTES"
    )
    return notebook("activations", {"relu": relu})


@innocent("activations")
def the_shell_by_hand() -> Handin:
    """Calls of get_ipython() and of IPython's own modules cost nothing."""
    cells = (
        "get_ipython().run_line_magic('matplotlib', 'inline')",
        "get_ipython().system('pip install numpy')",
        "get_ipython().magic('matplotlib inline')",
        "from IPython.display import display, Markdown, clear_output, HTML\n"
        "display(Markdown('# hi'))\nclear_output(wait=True)\nHTML('<b>x</b>')",
        "from IPython import get_ipython\nipython = get_ipython()\n"
        "ipython.run_line_magic('load_ext', 'autoreload')",
        "from IPython.core.interactiveshell import InteractiveShell\n"
        "InteractiveShell.ast_node_interactivity = 'all'",
        "get_ipython().kernel.do_shutdown(True)",
        "import IPython\nIPython.embed()",
    )
    return added(notebook("activations"), *cells, before="numerical_gradient")


@innocent("activations")
def display_in_the_cell_of_a_function() -> Handin:
    """An import of display above a function is no reason to lose it."""
    source = "from IPython.display import display\nfrom ipywidgets import interact\n\n"
    return notebook("activations", {"sigmoid": source + answer("activations", "sigmoid")})


@innocent("activations")
def a_script_of_magics() -> Handin:
    """Commented magics, as jupytext writes them, and others in a script change nothing."""
    source = script("activations")
    marks = "# %matplotlib inline\n# !pip install numpy\n# %load_ext autoreload\n"
    return source.replace(
        "import matplotlib.pyplot as plt\n", f"{marks}import matplotlib.pyplot as plt\n", 1
    )


@innocent("activations")
def comments_that_look_like_magics() -> Handin:
    """Comments that begin with %, ! or ? are comments, in brackets and functions too."""
    tanh = (
        "def tanh(z):\n    # ! must not overflow\n    # ? why not exp\n    # % of the range\n"
        "    z = np.asarray(\n        # !the input\n        z,\n        # %type float\n"
        "        dtype=float,\n    )\n    # %time\n    return np.tanh(z)"
    )
    relu = "# !!! careful !!!\n# ls\n# cat\n# %%%%\n" + answer("activations", "relu")
    mish = "# %timeit mish(0.0)\n# ?mish\n# mish?\n" + answer("activations", "mish")
    return script("activations", {"tanh": tanh, "relu": relu, "mish": mish})


@innocent("activations")
def comments_like_magics_in_one_cell() -> Handin:
    """The same holds in a script without cell marks."""
    whole = one_cell("activations", "# !todo: tidy up\n# %time it\nX = [\n    # !first\n    1,\n]")
    return whole.replace("    return", "    # ! the result\n    return")


@innocent("activations")
def a_semicolon_and_a_last_expression() -> Handin:
    """Expressions shown at the end of a cell, semicolons and underscores cost nothing."""
    tail = "\n\n_ = {0}\n{0};\nprint(_, __name__)\nOut[1]\n_i\nIn[1]\n_1"
    answers = {
        item: source.rstrip() + tail.format(item)
        for item, source in solutions("activations").items()
        if item != "PROPERTIES"
    }
    return notebook("activations", answers)
