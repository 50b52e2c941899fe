"""``check`` in a real kernel, in a handout that stands outside the course."""

import base64
import shutil
import subprocess
import sys

import nbclient
import nbformat
import pytest

from autograder.notebook import CheckError, check
from tests.samples import COURSE, cell_of, handout, notebook


@pytest.fixture
def folder(tmp_path):
    """Give the handouts in a folder of a student's, outside the course."""
    shutil.copytree(COURSE.assignments, tmp_path / "home")
    return tmp_path / "home"


def execute(filled, folder):
    """Run all cells in a kernel, in the folder, errors and all."""
    resources = {"metadata": {"path": str(folder)}}
    nbclient.NotebookClient(filled, resources=resources, allow_errors=True).execute()
    return filled


def outputs_of(filled, item):
    """Return the outputs of the check cell of an item."""
    return next(
        cell.outputs
        for cell in filled.cells
        if cell.metadata.get("nbgrader", {}).get("grade_id") == f"check-{item}"
    )


@pytest.mark.parametrize("assignment", ["activations", "xor"])
def test_a_right_notebook_runs_without_errors(folder, assignment):
    """Every cell of a right notebook runs, and every check says what has passed."""
    filled = execute(notebook(assignment), folder / assignment)

    errors = [o.evalue for c in filled.cells for o in c.get("outputs", []) if "evalue" in o]
    assert errors == []
    *checks, summary = [c for c in filled.cells if c.source.startswith("check(")]
    assert all(c.outputs[0].text.startswith("✓ ") for c in checks)
    assert "Hidden tests decide the remaining points" in printed(summary.outputs)
    by_hand = "conclusion: 10 points, marked by hand." in printed(summary.outputs)
    assert by_hand == (assignment == "xor")


@pytest.mark.parametrize("assignment", ["activations", "xor"])
def test_run_all_arrives_at_a_summary(folder, assignment):
    """With one mistake and one item not written, all cells run, and the last sums both up."""
    wrong, unwritten = {"activations": ("sigmoid", "mish"), "xor": ("backward", "predict")}[
        assignment
    ]
    filled = notebook(assignment, {wrong: f"def {wrong}(*args):\n    return 1.0"})
    empty = handout(assignment)
    cell_of(filled, unwritten).source = cell_of(empty, unwritten).source
    resources = {"metadata": {"path": str(folder / assignment)}}
    nbclient.NotebookClient(filled, resources=resources, timeout=300).execute()

    *table, error = filled.cells[-1].outputs
    assert f"\n{unwritten:<8}" in printed(table)
    assert f"✗ {unwritten} is not written yet." in error.evalue
    assert f"{wrong} " in error.evalue


def test_validating_finds_what_is_not_right(folder):
    """Nbgrader's own check before handing in fails on a notebook with a mistake."""
    wrong = notebook("activations", {"sigmoid": "def sigmoid(z):\n    return 1.0"})
    for name, nb in (("right", notebook("activations")), ("wrong", wrong)):
        nbformat.write(nb, folder / "activations" / f"{name}.ipynb")

    def validated(name):
        command = [sys.executable, "-m", "nbgrader", "validate", f"{name}.ipynb"]
        done = subprocess.run(
            command, cwd=folder / "activations", capture_output=True, text=True, check=False
        )
        return done.stdout

    assert "Success" in validated("right")
    assert "sigmoid" in validated("wrong")
    assert "Success" not in validated("wrong")


def test_a_failing_check_shows_its_message_and_nothing_else(folder):
    """A wrong function's check raises, and the cell shows the message without a traceback."""
    answers = {"tanh_grad": "def tanh_grad(z):\n    return 1 - z**2"}

    filled = execute(notebook("activations", answers), folder / "activations")

    passed, *rest = outputs_of(filled, "tanh_grad")
    error = passed if passed.output_type == "error" else rest[-1]
    assert error.ename == "CheckError"
    assert error.traceback == [
        "✗ tanh_grad is the slope of tanh\n"
        "  tanh_grad is wrong at z[0] = -3: got -8, "
        "but the slope of your own tanh there is 0.009866037.\n"
        "  Hint: It would be right if z were already the output, tanh(z).\n"
        "✗ tanh_grad takes single numbers, matrices and integers\n"
        "  tanh_grad is wrong at z[0] = -3: got -8, expected 0.009866037 by the formula.\n"
        "  Hint: It would be right if z were already the output, tanh(z)."
    ]
    assert outputs_of(filled, "tanh")[0].text.startswith("✓ tanh has the right values")


def printed(outputs):
    """Return the text among the outputs of a cell; a kernel may send it in pieces."""
    return "".join(output.text for output in outputs if output.output_type == "stream")


def pictures_of(outputs):
    """Return the pictures among the outputs of a cell."""
    return [output for output in outputs if "image/png" in output.get("data", {})]


def test_a_failing_check_is_drawn(folder):
    """Before the message stands a picture of what failed, with words for who cannot see it."""
    answers = {"tanh_grad": "def tanh_grad(z):\n    return 1 - z**2"}

    filled = execute(notebook("activations", answers), folder / "activations")

    picture, error = outputs_of(filled, "tanh_grad")
    assert error.output_type == "error"
    assert base64.b64decode(picture.data["image/png"]).startswith(b"\x89PNG")
    alt = picture.metadata["image/png"]["alt"]
    assert alt.startswith("tanh_grad and the slope of your own tanh. Wrong at 6 of 6 points")
    assert picture.data["text/plain"] == alt
    assert pictures_of(outputs_of(filled, "tanh")) == []
    readme = (COURSE.root / "README.md").read_text()
    assert f"![{alt}](" in readme
    assert "".join(f"    {line}\n" for line in error.evalue.splitlines()[:3]) in readme


PLOT = """import matplotlib as mpl, matplotlib.pyplot as plt
mpl.rcParams["lines.linewidth"] = 7
figure, axes = plt.subplots()
before = (mpl.get_backend(), dict(mpl.rcParams), plt.get_fignums())
try:
    check("tanh_grad")
finally:
    same = before == (mpl.get_backend(), dict(mpl.rcParams), plt.get_fignums())
    print(same, plt.gcf() is figure, axes.lines[:] == [])"""


def test_the_students_own_figures_are_left_alone(folder):
    """Open figures, settings and backend are the same after a picture was drawn."""
    filled = notebook("activations", {"tanh_grad": "def tanh_grad(z):\n    return 1 - z**2"})
    at = next(i for i, cell in enumerate(filled.cells) if cell.source == 'check("tanh_grad")')
    filled.cells[at].source = PLOT

    execute(filled, folder / "activations")

    outputs = filled.cells[at].outputs
    printed = "".join(o.text for o in outputs if o.output_type == "stream")
    assert printed == "True True True\n"
    assert len(pictures_of(outputs)) == 2  # ours, and the student's at the end of the cell


def test_outside_a_notebook_nothing_is_drawn(folder):
    """In a plain Python the check says what is wrong and loads no Matplotlib."""
    script = """
import sys
import numpy as np
from autograder import check
from autograder.notebook import CheckError
tanh, tanh_grad = np.tanh, lambda z: 1 - z**2
try:
    check("tanh_grad")
except CheckError as error:
    print(str(error).splitlines()[1], "matplotlib.figure" in sys.modules)
"""

    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=folder / "activations",
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.endswith("the slope of your own tanh there is 0.009866037. False\n")


def test_an_exception_is_shown_with_the_students_own_line(folder):
    """A TypeError in a function is told with its line, and not taken for a wrong signature."""
    answers = {"step": "def step(z, theta=0.0):\n    return len(theta)"}

    filled = execute(notebook("activations", answers), folder / "activations")

    shown = outputs_of(filled, "step")[-1].traceback[0]
    assert "stopped with TypeError: object of type 'float' has no len()" in shown
    assert "line 2: return len(theta)" in shown


def test_an_unwritten_item_is_told_so(folder):
    """The check of an untouched stub says that it is not written yet."""
    stub = "def step(z, theta=0.0):\n    raise NotImplementedError()"

    filled = execute(notebook("activations", {"step": stub}), folder / "activations")

    assert "step is not written yet." in outputs_of(filled, "step")[0].traceback[0]


def test_tests_that_ask_for_nothing_are_told_so(monkeypatch, tmp_path):
    """Where the file of tests has none, `check` says in a sentence that there is nothing to run."""
    (tmp_path / "test_empty.py").write_text("import pytest\n")
    monkeypatch.chdir(tmp_path)

    with pytest.raises(CheckError, match="There is no test for 'step' here"):
        check("step")


def test_pytest_in_the_handout_checks_the_file_there(folder):
    """Plain pytest in the folder of an untouched handout names the file and fails every item."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider"],
        cwd=folder / "xor",
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "Checked: xor.ipynb (xor.py has no more items written" in done.stdout
    assert "✗ forward, binary_cross_entropy, backward" in done.stdout
    assert done.stdout.count("not written yet") == 1


@pytest.mark.parametrize("assignment", ["activations", "xor"])
def test_the_handout_holds_nothing_hidden(assignment):
    """No mark of a solution or a hidden test, and no line of the reference, is in the handout."""
    authored = COURSE.solution(assignment).read_text()
    solutions = authored.split("### BEGIN SOLUTION")[1:]
    secret = {
        line.strip()
        for region in solutions
        for line in region.split("### END SOLUTION")[0].splitlines()
        if len(line.strip()) > 25 and not line.strip().startswith("#")
    }
    assert len(secret) > 10

    for path in (COURSE.assignments / assignment).glob("*.*"):
        text = path.read_text().replace('\\"', '"')
        assert "BEGIN SOLUTION" not in text
        assert "HIDDEN TESTS" not in text
        assert [line for line in secret if line in text] == []


def test_nbgraders_own_autograding_gets_no_points(monkeypatch, tmp_path):
    """Where nbgrader itself grades, a check raises and says what to do; its Validate checks."""
    monkeypatch.chdir(tmp_path)

    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    with pytest.raises(CheckError, match="run 'autograder install' for this course"):
        check("sigmoid")
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    with pytest.raises(CheckError, match="There is no test_<assignment>"):
        check("sigmoid")
