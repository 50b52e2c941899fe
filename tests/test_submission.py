"""Reading submissions: notebooks and scripts become the same cells."""

import contextlib
import json
import time
from pathlib import Path

import nbformat
import pytest
from IPython.core.inputtransformer2 import TransformerManager

from autograder.intake import UnopenedError, UnreadableError
from autograder.sandbox.bounds import time_limit
from autograder.student import Student, in_this_process
from autograder.submission import Cell, Submission, choose, plain_python, read


def notebook_file(path: Path, *sources: str) -> Path:
    """Write a notebook with these code cells."""
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


def test_notebook_and_script_give_the_same_cells(tmp_path):
    """The cells of a notebook and of the percent script of the same content are equal."""
    notebook = notebook_file(tmp_path / "a.ipynb", "x = 1", "def f():\n    return 2")
    script = tmp_path / "a.py"
    script.write_text("# %%\nx = 1\n\n# %% [markdown]\n# text\n\n# %%\ndef f():\n    return 2\n")

    assert [c.source for c in read(notebook).cells] == ["x = 1", "def f():\n    return 2"]
    assert [c.source for c in read(script).cells] == [c.source for c in read(notebook).cells]


def test_markdown_cells_are_counted_in_positions_only(tmp_path):
    """Labels number the code cells; positions are those in the notebook."""
    cells = [
        nbformat.v4.new_markdown_cell("# Title"),
        nbformat.v4.new_code_cell("x = 1", metadata={"tags": ["experiment"]}),
    ]
    path = tmp_path / "a.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)

    (cell,) = read(path).cells

    assert (cell.label, cell.position, cell.tags) == ("cell 1", 1, ("experiment",))


def test_older_notebooks_are_upgraded(tmp_path):
    """A notebook of format 3 is read as one of format 4."""
    cell = {"cell_type": "code", "input": "x = 1", "language": "python", "outputs": []}
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": [cell]}]}
    path = tmp_path / "old.ipynb"
    path.write_text(json.dumps(old))

    assert [c.source for c in read(path).cells] == ["x = 1"]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.ipynb", b"", "is empty"),
        ("a.ipynb", b"%PDF-1.7", "is not a Jupyter notebook"),
        ("a.ipynb", b"{}", "is not a Jupyter notebook"),
        ("a.ipynb", b"[]", "is not a Jupyter notebook"),
        ("a.ipynb", b'{"nbformat": 4, "cells": 3}', "is not a Jupyter notebook"),
        ("a.ipynb", b"[" * 100_000, "is not a Jupyter notebook"),
        ("a.ipynb", b"\xff\xfe\x00", "is not text in UTF-8"),
        ("a.py", b"x = '\xe9'", "is not text in UTF-8"),
        ("a.py", b"x = 1\0", "contains NUL bytes"),
        ("a.docx", b"", "is neither a notebook"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(tmp_path, name, content, reason):
    """A file that is not a submission raises UnreadableError that names it and says why."""
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(UnreadableError, match=f"^{name} .*{reason}"):
        read(path)


def test_a_missing_file_cannot_be_opened(tmp_path):
    """A path that does not exist says nothing of the student's work: an error of its own."""
    with pytest.raises(UnopenedError, match="cannot be opened: No such file"):
        read(tmp_path / "a.ipynb")


def test_the_case_of_a_suffix_does_not_matter(tmp_path):
    """A file named by a system that does not mind capitals is read like any other."""
    notebook_file(tmp_path / "a.IPYNB", "x = 1")
    (tmp_path / "a.Py").write_text("x = 1")

    assert read(tmp_path / "a.IPYNB").cells[0].source == "x = 1"
    assert read(tmp_path / "a.Py").cells[0].source.strip() == "x = 1"


def test_no_file_is_chosen_when_one_cannot_be_opened(tmp_path):
    """Which of two files counts is not known while one of them cannot be opened."""
    script = tmp_path / "a.py"
    script.write_text("x = 1")

    with pytest.raises(UnopenedError, match=r"a\.ipynb cannot be opened"):
        choose([tmp_path / "a.ipynb", script], ["x"])


def test_a_link_is_not_followed(tmp_path):
    """A symbolic link is unreadable: it may lead to a file that is not the student's."""
    notebook_file(tmp_path / "a.ipynb", "x = 1")
    (tmp_path / "b.ipynb").symlink_to(tmp_path / "a.ipynb")

    with pytest.raises(UnreadableError, match="is a link to another file"):
        read(tmp_path / "b.ipynb")


def test_a_script_may_declare_its_encoding_and_begin_with_a_mark(tmp_path):
    """A coding line and a byte-order mark are honoured."""
    latin = tmp_path / "latin.py"
    latin.write_bytes(b"# -*- coding: latin-1 -*-\nx = '\xe9'\n")
    marked = tmp_path / "marked.py"
    marked.write_bytes(b"\xef\xbb\xbfx = 1\n")

    assert "é" in read(latin).cells[-1].source
    assert read(marked).cells[-1].source.strip() == "x = 1"


def test_an_encoding_may_be_declared_in_the_second_line(tmp_path):
    """A coding line after another comment is honoured, as Python does."""
    path = tmp_path / "a.py"
    path.write_bytes(b"# by me\n# coding: latin-1\n# %%\nx = '\xe9'\n")

    assert "é" in read(path).cells[-1].source


@pytest.mark.parametrize("codec", ["undefined", "punycode", "idna", "rot13", "no-such"])
def test_an_odd_encoding_is_no_fault_of_the_graders(tmp_path, codec):
    """A script in an encoding that cannot be decoded is refused with a sentence, or read."""
    path = tmp_path / "a.py"
    path.write_text(f"# coding: {codec}\nx = '.{'a' * 70}'\n")

    with contextlib.suppress(UnreadableError):
        read(path)


def bomb(line_end):
    """Return a script whose header, a few lines of YAML, stands for 2**40 values."""
    names = [
        "#   a0: &a0 [x, x]",
        *(f"#   a{i}: &a{i} [*a{i - 1}, *a{i - 1}]" for i in range(1, 40)),
    ]
    return line_end.join(["# ---", "# jupyter:", *names, "# ---", "", "# %%", "x = 1", ""])


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\f", "\u2028"])
@pytest.mark.parametrize("before", ["", "#\n", "#!python\n", "# ---\n# ---\n", "# coding: utf-8\n"])
def test_the_header_of_a_script_is_not_read(tmp_path, before, line_end):
    """YAML that would take all time and memory is left alone; the cells are read."""
    path = tmp_path / "a.py"
    path.write_text(before + bomb(line_end), newline="")

    assert "x = 1" in read(path).cells[-1].source.splitlines()


def test_a_broken_header_spoils_nothing(tmp_path):
    """A header as jupytext writes it is no cell, even if its YAML is not valid."""
    path = tmp_path / "a.py"
    path.write_text("# ---\n# jupyter: [\n#   kernel: {\n# ---\n\n# %%\nx = 1\n")

    assert [cell.source for cell in read(path).cells] == ["x = 1"]


def test_a_script_of_very_many_cells_is_refused_at_once(tmp_path):
    """Two hundred thousand cell marks are not parsed: that would take minutes."""
    path = tmp_path / "a.py"
    path.write_text("# %%\n" * 200_000)
    began = time.process_time()

    with pytest.raises(UnreadableError, match="more than 2000 cells"):
        read(path)
    assert time.process_time() - began < 2


def test_magics_and_shell_lines_become_plain_python():
    """A cell with magics compiles afterwards; one without is left as it is."""
    source = "%matplotlib inline\n!pip install numpy\nx = 1"

    compile(plain_python(source), "cell", "exec")
    assert "x = 1" in plain_python(source)
    assert plain_python("x = 5 % 3\n") == "x = 5 % 3\n"


PYTHON = "".join(
    f'v{i} = {i} % 7  # why {i}?\nw{i} = "%s?!" % (v{i}\n% 5) if v{i} != 3 else "?"\n'
    for i in range(200)
)


@pytest.mark.parametrize(
    "magics",
    [
        "%matplotlib inline\n",
        "%%time\n",
        "%%capture\n%%time\n!pip install numpy\n",
        "%%timeit -n 1\n",
        "!pip install numpy\n" * 200,
        "np.exp?\n" * 200,
        "if True:\n    %matplotlib inline\n    a = %pwd\nelse:\n    b = !ls\n",
        "??\nhelp?\n%pylab\n",
    ],
)
def test_only_magics_are_magics(magics):
    """A cell with a magic and any number of lines with "%", "!" and "?" is Python afterwards."""
    for source in (
        magics + PYTHON,
        magics + PYTHON + "%time f(1)\nwhat?",
        "\n" + magics + PYTHON * 8,
    ):
        compile(plain_python(source), "cell", "exec")


@pytest.mark.parametrize(
    "source",
    [
        "%a\nx = (1\n% 2)\n!b\n",
        'def f():\n    """\n%not a magic\n! nor this\n"""\n%a\n',
        "if a:\n    b?\n    c = 1\nelse:\n    %d\n%e\n",
        "x = !ls \\\n  -l\n%y \\\n!z\nprint(x)",
        "In [3]: %a\n",
        ">>> %a\n>>> b = 1",
        "%%timeit x = 1\n!ls",
        "f(x)?\n?f\n%g?\n%%h",
        "%a\ndef f(:\n!b\n",
    ],
)
def test_pieces_are_translated_as_the_whole(source):
    """A cell becomes what IPython makes of it."""
    assert plain_python(source) == TransformerManager().transform_cell(source)


def test_a_cell_under_a_magic_that_runs_it_is_that_cell():
    """What is timed or captured is graded statement by statement, under the same line numbers."""
    assert plain_python("%%time\nx = 1\ny = 2\n") == "#\nx = 1\ny = 2\n"


@pytest.mark.parametrize(
    "source",
    [
        "if True:\n" + "    %foo a\n" * 400 + "    x = 1\n" * 8000,
        "x = (\n" + "% 1\n" * 30_000,
        "%%time\n" * 30_000 + "x = (",
        "%a\n" + "1+" * 60_000,
    ],
)
def test_translating_takes_time_with_the_length_of_a_cell(source):
    """What would take minutes, magic by magic, is not begun."""
    began = time.process_time()
    plain_python(source)

    assert time.process_time() - began < 8


def test_a_syntax_error_stays_one():
    """What no translation can mend is left to the cell's own error."""
    source = "def f(:\n    x = %"

    with pytest.raises(SyntaxError):
        compile(plain_python(source), "cell", "exec")


def test_blank_lines_take_no_longer_than_others(tmp_path):
    """A cell of blank lines that fails is looked through once for what it was to define."""
    path = notebook_file(tmp_path / "a.ipynb", "\n" * 200_000 + "1 / 0\ndef f():\n    return 1")
    with time_limit(30):
        heard, failed = in_this_process(read(path))
        student = Student(heard, failed=failed)
        answers = [student.missing.answer(1) for _ in range(20)]

    assert {answer.kind for answer in answers} == {"undefined"}


def test_an_undefined_name_is_told_the_error_of_the_cell_that_was_to_define_it(tmp_path):
    """The cause is the first failed cell with a line that defines the name."""
    cells = ["other = 1 / 0", "async def f(:", "  class g(:", "f = 2 +"]
    heard, failed = in_this_process(read(notebook_file(tmp_path / "a.ipynb", *cells)))
    student = Student(heard, failed=failed)

    assert "cell 2" in student.f.answer().where
    assert "cell 3" in student.g.answer().where
    assert "ZeroDivisionError" in student.other.answer().error
    assert student.h.answer().where == ""


STUB = "def f():\n    # YOUR CODE HERE\n    raise NotImplementedError()"
STUB_G = STUB.replace("f()", "g()")
STUB_TABLE = "TABLE = {}\n# YOUR CODE HERE\nraise NotImplementedError()"
DONE = "def f():\n    return 1  # no NotImplementedError any more"
ITEMS = ("f", "g", "TABLE")


@pytest.mark.parametrize(
    ("notebook", "script", "chosen"),
    [
        ([STUB, STUB_G], [STUB, STUB_G], "a.ipynb"),
        ([DONE, STUB_G], [DONE, STUB_G], "a.ipynb"),
        ([STUB, STUB_G], [DONE, STUB_G], "a.py"),
        ([DONE, STUB_G], [""], "a.ipynb"),
        ([DONE, STUB_G], ["def mine():\n    return 1"] * 3, "a.ipynb"),
        ([STUB_TABLE], ["TABLE = {1: 2}"], "a.py"),
        ([STUB], ["%%time\n" + DONE], "a.py"),
    ],
)
def test_the_file_with_more_items_written_counts(tmp_path, notebook, script, chosen):
    """Of a notebook and a script, the one with more items written counts; a tie is its."""
    first = notebook_file(tmp_path / "a.ipynb", *notebook)
    second = tmp_path / "a.py"
    second.write_text("".join(f"# %%\n{source}\n\n" for source in script))

    assert choose([second, first], ITEMS).name == chosen


@pytest.mark.parametrize(
    ("source", "written"),
    [
        (STUB, 0),
        (DONE, 1),
        (STUB + "\n" + DONE, 1),
        (DONE + "\n" + STUB, 0),
        (STUB_TABLE, 0),
        ("TABLE = {1: 2}", 1),
        ("def f():\n    return 1\n    raise NotImplementedError()", 1),
        ("def f(z):\n    if z:\n        return 1\n    else:\n        return 2\n"
         "    raise NotImplementedError()", 1),
        ("def f(z):\n    if z is None:\n        raise NotImplementedError(z)\n    return z", 1),
        ("try:\n    from scipy.special import expit as f\nexcept ImportError:\n    pass", 1),
        ("f = g = lambda z: z", 2),
        ("if True:\n    def f(): return 1", 1),
        ("def other():\n    def f(): return 1", 0),
        ("import f.g", 1),
        ("def f(:", 0),
    ],
)  # fmt: skip
def test_an_item_is_written_when_it_is_defined_and_no_stub(tmp_path, source, written):
    """What is bound outside functions counts, unless its own body gives up before it returns."""
    assert read(notebook_file(tmp_path / "a.ipynb", source)).written(ITEMS) == written


def test_what_is_not_run_for_the_marks_is_not_written(tmp_path):
    """An item in a cell that only draws is none."""
    cell = nbformat.v4.new_code_cell(DONE, metadata={"tags": ["display"]})
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), tmp_path / "a.ipynb")

    assert read(tmp_path / "a.ipynb").written(ITEMS) == 0


def test_a_file_that_cannot_be_read_counts_only_alone(tmp_path):
    """A broken notebook gives way to a script, but is chosen when there is nothing else."""
    broken = tmp_path / "a.ipynb"
    broken.write_text("no")
    script = tmp_path / "a.py"
    script.write_text(STUB)

    assert choose([broken, script], ITEMS) == script
    assert choose([broken], ITEMS) == broken


def test_places_in_a_script_are_told_by_its_lines(tmp_path):
    """A cell of a script is called by the line that an editor shows, whatever header it has."""
    script = tmp_path / "s01.py"
    script.write_text(
        "# ---\n# jupyter: x\n# ---\n\n# %% [markdown]\n# Text\n\n# %%\nx = 1\n\n# %%\ny = 2\n"
    )

    labels = [cell.label for cell in read(script).cells if cell.source]
    assert labels == ["the cell at line 9", "the cell at line 12"]


def answers(*cells: Cell) -> dict[str, str]:
    """Return the code of the items f and g in these cells."""
    return Submission(Path("a.py"), cells).answers(["f", "g"])


def test_an_item_is_its_cell() -> None:
    """The code of an item is its whole cell, helpers too, and any other that defines only it."""
    own = Cell("cell 1", "def help(): pass\ndef f(): pass", "f")

    assert answers(own, Cell("cell 2", "f = 1")) == {"f": f"{own.source}\n\nf = 1"}


def test_items_in_one_cell_are_told_apart() -> None:
    """Of a cell that defines several items each has its own statements, decorators included."""
    source = "import x\n\n@x\ndef f():\n    g = 1\n    return g\n\ng = f"

    assert answers(Cell("cell 1", source)) == {
        "f": "@x\ndef f():\n    g = 1\n    return g",
        "g": "g = f",
    }


def test_what_is_no_python_is_shown_whole() -> None:
    """A cell with several items that Python cannot read is the code of each."""
    assert answers(Cell("cell 1", "f = 1\ng = (")) == {"f": "f = 1\ng = (", "g": "f = 1\ng = ("}


def test_checks_are_no_answers() -> None:
    """What the handout's check cells say is nobody's answer."""
    assert answers(Cell("cell 1", "check('f')", "check-f")) == {}


@pytest.mark.parametrize(
    ("head", "declared"),
    [
        ("train(x, epochs=5000, lr=0.1)", True),
        ("train(x, epochs=5000.0, lr=1 / 10)", True),
        ("train(x, epochs=4999, lr=0.1)", False),
        ("train(x, epochs=None, lr=0.1)", False),
        ("train(x, epochs=[5000], lr=0.1)", False),
        ("train(x, epochs, lr=0.1)", False),
        ("train(*args, **options)", False),
    ],
)
def test_a_function_declares_what_its_head_says(tmp_path, head, declared):
    """Only a number that is declared counts; the function is not called."""
    file = tmp_path / "a.py"
    file.write_text(f"def {head}:\n    raise NotImplementedError\n")
    heard, failed = in_this_process(read(file))

    assert Student(heard, failed=failed).train.declares(epochs=5000, lr=0.1) is declared
