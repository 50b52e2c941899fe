"""Where the answers stand: cells moved, merged, split, copied, deleted; stubs left about."""

import copy

from tests.innocent import Handin, innocent
from tests.innocent._forms import (
    STUB_LINES,
    added,
    answer,
    cell_of,
    code,
    empty_notebook,
    handout,
    new_markdown_cell,
    notebook,
    one_cell,
    solutions,
)

ITEMS = [item for item in solutions("activations") if item != "PROPERTIES"]


def imports_of(filled: object) -> object:
    """Return the cell that imports what the answers need."""
    return next(cell for cell in filled.cells if "import numpy" in cell.source)  # type: ignore[attr-defined]


def is_check(cell: object) -> bool:
    """Tell whether a cell is one of the handout's checks."""
    return cell.source.startswith("check(")  # type: ignore[attr-defined]


@innocent("activations")
def cells_backwards() -> Handin:
    """The answers in reverse order, the checks above them."""
    filled = notebook("activations")
    first = filled.cells.index(imports_of(filled)) + 1
    filled.cells = filled.cells[:first] + filled.cells[: first - 1 : -1]
    return filled


@innocent("xor")
def cells_in_twos() -> Handin:
    """Every cell twice, with the same names, as copying makes them."""
    filled = notebook("xor")
    filled.cells = [copy.deepcopy(cell) for cell in filled.cells for _ in range(2)]
    return filled


@innocent("activations")
def all_in_the_first_answer() -> Handin:
    """All functions in the first cell, the others emptied."""
    answers = dict.fromkeys(solutions("activations"), "")
    sources = "\n\n\n".join(answer("activations", item) for item in solutions("activations"))
    return notebook("activations", answers | {"numerical_gradient": sources})


@innocent("activations")
def all_in_the_last_answer() -> Handin:
    """All functions in the last cell, the others deleted, checks and text too."""
    filled = notebook("activations")
    sources = "\n\n\n".join(answer("activations", item) for item in solutions("activations"))
    filled.cells = [imports_of(filled), cell_of(filled, "PROPERTIES")]
    filled.cells[1].source = sources
    return filled


@innocent("activations")
def checks_deleted() -> Handin:
    """No check cell is left."""
    filled = notebook("activations")
    filled.cells = [cell for cell in filled.cells if not is_check(cell)]
    return filled


@innocent("activations")
def checks_changed() -> Handin:
    """Check cells that were edited, filled with code, or made text."""
    filled = notebook("activations")
    for number, cell in enumerate(filter(is_check, filled.cells)):
        cell.source = (
            cell.source.replace('"', "'"),
            cell.source + "\nprint('done')",
            "# " + cell.source,
            f"result = {cell.source}",
            "",
            cell.source.replace("check", "from autograder import check; check"),
        )[number % 6]
    return filled


@innocent("activations")
def an_answer_in_a_check_cell() -> Handin:
    """A function written into the check cell below its stub counts."""
    filled = notebook("activations", {"relu": answer("activations", "relu")})
    cell = cell_of(filled, "relu")
    check = filled.cells[filled.cells.index(cell) + 1]
    check.source = f"{cell.source}\n\n{check.source}"
    cell.source = cell_of(handout("activations"), "relu").source
    return filled


@innocent("activations")
def answers_below_the_stubs() -> Handin:
    """Every answer in a new cell below the stub, which is left as it was."""
    filled = handout("activations")
    for item in solutions("activations"):
        added(filled, solutions("activations")[item], after=item)
    return filled


@innocent("activations")
def answers_above_the_stubs() -> Handin:
    """Every answer in a new cell above the stub: the handout's text undoes no student's work."""
    filled = handout("activations")
    for item in solutions("activations"):
        added(filled, solutions("activations")[item], before=item)
    return filled


@innocent("xor")
def a_stub_copied_below_the_answer() -> Handin:
    """A second copy of a stub, left below the answer, does not replace it."""
    filled = notebook("xor")
    for item in ("forward", "predict"):
        stub = copy.deepcopy(cell_of(handout("xor"), item))
        filled.cells.insert(filled.cells.index(cell_of(filled, item)) + 1, stub)
    return filled


@innocent("xor")
def a_script_above_its_stubs() -> Handin:
    """Answers at the top of the script, the stubs left below them."""
    sources = "\n\n\n".join(
        answer("xor", item) for item in solutions("xor") if item != "conclusion"
    )
    head, mark, rest = stubbed_script("xor").partition("# %% [markdown]\n# ## Forward")
    return f"{head}# %%\n{sources}\n\n\n{mark}{rest}"


@innocent("activations")
def stubs_in_one_cell_with_answers_above() -> Handin:
    """Stub and answer in one cell, the answer first."""
    answers = {}
    for item in ITEMS:
        head = answer("activations", item).partition("\n")[0]
        answers[item] = f"{answer('activations', item)}\n\n\n{head}\n{STUB_LINES}"
    return notebook("activations", answers)


@innocent("activations")
def raises_left_below() -> Handin:
    """The stub's lines left beneath the answer's return."""
    answers = {item: answer("activations", item).rstrip() + f"\n{STUB_LINES}" for item in ITEMS}
    properties = (
        solutions("activations")["PROPERTIES"] + "\n# YOUR CODE HERE\nraise NotImplementedError()"
    )
    return notebook("activations", {**answers, "PROPERTIES": properties})


@innocent("activations")
def a_raise_left_above_the_table() -> Handin:
    """The table filled in below the stub's raise, entry by entry."""
    stub = cell_of(handout("activations"), "PROPERTIES").source
    table = solutions("activations")["PROPERTIES"].partition("PROPERTIES = {\n")[2].rstrip("}\n")
    lines = [line.strip().rstrip(",") for line in table.strip().splitlines()]
    pairs = [line.split(": ", 1) for line in lines]
    fill = "\n".join(f"PROPERTIES[{name}] = {entry}" for name, entry in pairs)
    return notebook("activations", {"PROPERTIES": f"{stub}\ninf = np.inf\n{fill}"})


@innocent("activations", 100 - 4)
def one_stub_left() -> Handin:
    """What is not written has no marks; all else keeps its own."""
    return notebook("activations", {"relu": cell_of(handout("activations"), "relu").source})


@innocent("activations", 100 - 4 - 5)
def stubs_with_pass() -> Handin:
    """The same for `pass` and `...` in place of the stub's lines."""
    return notebook(
        "activations", {"relu": "def relu(z):\n    pass", "relu_grad": "def relu_grad(z): ..."}
    )


@innocent("activations")
def split_into_small_cells() -> Handin:
    """Every paragraph of a cell in a cell of its own, with text between them."""
    cells = [cell for part in one_cell("activations").split("\n\n\n") for cell in
             (new_markdown_cell("## Next"), *code(part), *code(""))]  # fmt: skip
    return empty_notebook(cells)


@innocent("activations")
def earlier_attempts_above() -> Handin:
    """Wrong first attempts above the right answers, in cells of their own."""
    filled = notebook("activations")
    for item in ITEMS:
        added(
            filled, answer("activations", item).partition("\n")[0] + "\n    return 3", before=item
        )
    return filled


@innocent("activations")
def answers_as_text_and_raw_cells() -> Handin:
    """Old attempts kept as text, raw cells and commented code do not count."""
    filled = notebook("activations")
    for item in ITEMS[:6]:
        wrong = answer("activations", item).partition("\n")[0] + "\n    return 3"
        place = filled.cells.index(cell_of(filled, item)) + 1
        raw = new_markdown_cell(wrong)
        raw.cell_type = "raw"
        commented = "\n".join(f"# {line}" for line in wrong.splitlines())
        quoted = f'"""\n{wrong}\n"""'
        filled.cells[place:place] = [raw, new_markdown_cell(f"```python\n{wrong}\n```"),
                                     *code(commented, quoted, f"if False:\n    {wrong}"
                                           .replace("\n    return", "\n        return"))]  # fmt: skip
    return filled


def stubbed_script(assignment: str) -> str:
    """Return the handout's script, untouched."""
    from tests.samples import COURSE

    return (COURSE.assignments / assignment / f"{assignment}.py").read_text()
