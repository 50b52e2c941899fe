"""Code of one's own that takes long, or ends its process: the handout invites experiments."""

from tests.innocent import Handin, innocent
from tests.innocent._forms import (
    added,
    answer,
    code,
    empty_notebook,
    notebook,
    one_cell,
    solutions,
    spin,
)

HANG = "while True:\n    pass"
TRAIN = """
def train(params, X, y, activation, activation_grad, epochs=5000, lr=0.1):
    params, losses = {k: np.array(v, dtype=float) for k, v in params.items()}, []
    for _ in range(epochs):
        losses.append(binary_cross_entropy(y, forward(params, X, activation)[3]))
        grads = backward(params, X, y, activation, activation_grad)
        params = {k: params[k] - lr * grads[k] for k in params}
    return params, losses
"""
SEARCH = "best = 0\nfor rate in range(10**9):\n    best = max(best, rate % 7)"


def hanging(*items: str) -> dict[str, str]:
    """Return answers that never return."""
    sources = solutions("xor")
    lines = '    """\n    while True:\n        pass\n'
    return {item: sources[item].replace('    """\n', lines, 1) for item in items}


@innocent("xor", quick=True)
def six_slow_cells() -> Handin:
    """Six experiments at the limit of a cell take no marks from the functions."""
    return added(notebook("xor"), *(spin(s) for s in (0.45, 0.47, 0.49, 0.51, 0.53, 0.55)))


@innocent("xor", quick=True)
def six_slow_cells_at_the_top() -> Handin:
    """Nor do they where they stand before the functions."""
    seconds = (0.45, 0.47, 0.49, 0.51, 0.53, 0.55)
    return added(notebook("xor"), *map(spin, seconds), before="forward")


@innocent("xor", 79, quick=True)
def three_slow_cells_and_three_that_hang() -> Handin:
    """Functions that hang cost their own marks, whatever is slow beside them."""
    answers = hanging("predict", "dead_units", "gradient_step") | {"train": TRAIN}
    return added(notebook("xor", answers), spin(0.45), spin(0.45), spin(0.45))


@innocent("activations", 88, quick=True)
def three_slow_cells_and_two_that_crash() -> Handin:
    """So do functions that end their process."""
    ends = "import os\n\ndef {}(z):\n    os._exit(1)"
    answers = {item: ends.format(item) for item in ("relu", "mish_grad")}
    return added(notebook("activations", answers), spin(0.45), spin(0.45), spin(0.45))


@innocent("xor", quick=True)
def a_script_in_one_cell_with_slow_lines() -> Handin:
    """A script without cell marks, three slow lines at its end, keeps what it defines."""
    return one_cell("xor", *[SEARCH] * 3)


@innocent("xor", quick=True)
def a_notebook_in_one_cell_with_slow_lines() -> Handin:
    """So does a notebook in one cell."""
    return empty_notebook(code(one_cell("xor", *[SEARCH] * 3)))


@innocent("activations", quick=True)
def slow_lines_between_definitions() -> Handin:
    """Slow lines above and between the functions of one cell cost none of them."""
    whole = one_cell("activations")
    return "\n\n\n".join(f"{SEARCH}\n\n{part}" if i % 5 == 1 else part
                         for i, part in enumerate(whole.split("\n\n\n")))  # fmt: skip


@innocent("activations", quick=True)
def many_hanging_cells() -> Handin:
    """Twelve cells of one's own that never end cost no marks."""
    return added(notebook("activations"), *[HANG] * 12, before="elu")


@innocent("activations", quick=True)
def a_slow_main() -> Handin:
    """A script's slow main() does not cost its functions."""
    main = "def main():\n    while True:\n        print(sigmoid(0.0))\n\n\n"
    return one_cell("activations", main + 'if __name__ == "__main__":\n    main()')


@innocent("activations", quick=True)
def a_slow_table_that_a_function_needs() -> Handin:
    """A table that takes most of a cell's time is there for the function that reads it."""
    table = spin(0.4) + "\nTABLE = [1.0]\n"
    relu = "def relu(z):\n    return np.maximum(np.asarray(z, dtype=float), 0.0) * TABLE[0]"
    return added(notebook("activations", {"relu": relu}), table, spin(0.45), before="relu")


@innocent("activations", quick=True)
def a_function_defined_below_a_hang() -> Handin:
    """What stands in a cell below a statement that hangs is defined all the same."""
    return notebook("activations", {"tanh": f"{HANG}\n\n{answer('activations', 'tanh')}"})


@innocent("activations", quick=True)
def a_slow_decorator() -> Handin:
    """A wait in a class body, a decorator or a comprehension of one's own costs no function."""
    slow = "def late(f):\n    while True: pass\n\n@late\ndef mine(z):\n    return z"
    body = "class Mine:\n    while True: pass"
    return added(notebook("activations"), slow, body, "[0 for _ in iter(int, 1)]", before="mish")


@innocent("activations", quick=True)
def training_that_prints() -> Handin:
    """Endless printing in a cell of one's own costs nothing."""
    return added(notebook("activations"), "while True:\n    print('epoch', 3 * 'x')")


@innocent("activations", quick=True)
def all_the_memory() -> Handin:
    """A cell of one's own that asks for more memory than there is costs nothing."""
    grow = "rows = []\nwhile True:\n    rows.append(np.ones(10**7))"
    return added(
        notebook("activations"), "np.zeros((10**6, 10**6))", grow, "del rows", after="tanh"
    )


@innocent("activations", quick=True)
def a_process_that_is_ended() -> Handin:
    """Exits of all kinds at the end of cells cost nothing."""
    ends = ("sys.exit()", "quit()", "exit(1)", "raise SystemExit", "os._exit(0)", "os.abort()")
    cells = [f"import os, sys\n{end}" for end in ends]
    return added(notebook("activations"), *cells, "raise KeyboardInterrupt", before="relu")


@innocent("activations", quick=True)
def an_exit_in_one_cell() -> Handin:
    """An exit in the middle of a script in one cell costs nothing."""
    parts = one_cell("activations").split("\n\n\n")
    return "\n\n\n".join([*parts[:6], "import sys\nsys.exit(0)", *parts[6:], "exit()"])


@innocent("activations", quick=True)
def sleeping() -> Handin:
    """Waiting by the clock (to let a plot be seen) costs nothing."""
    return added(notebook("activations"), "import time\ntime.sleep(60)", "plt.pause(1)")


@innocent("activations", quick=True)
def endless_recursion() -> Handin:
    """A recursion without end in a cell of one's own, with the limit raised, costs nothing."""
    raised = "import sys\nsys.setrecursionlimit(10**9)\n"
    return added(
        notebook("activations"), f"{raised}def f(n): return f(n + 1) + 1\nf(0)", before="relu"
    )
