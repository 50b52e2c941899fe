"""Grading a submission: confined code on one side, tests and reference on the other."""

import dataclasses
import functools
import shutil
import time
from pathlib import Path

import jupytext
import nbformat
import pytest

from autograder.course import Course
from autograder.explain.effort import limited
from autograder.grading import Grader
from autograder.result import GraderFault, Result
from autograder.student import shown_sources
from autograder.submission import Cell, from_notebook, read
from tests.samples import COURSE, cell_of, handout, notebook, write

QUICK = dataclasses.replace(
    COURSE,
    limits=dataclasses.replace(
        COURSE.limits, call_seconds=0.5, cell_seconds=0.5, training_seconds=2
    ),
)


@pytest.fixture(scope="module")
def grader():
    """Give a grader of the activations."""
    with Grader(QUICK, "activations") as opened:
        yield opened


def grade(grader: Grader, filled) -> Result:
    """Grade a notebook."""
    result = grader.grade_submission("s01", from_notebook(filled, Path("activations.ipynb")))
    assert result.status == "graded", result.error
    return result


def lost(result: Result) -> set[str]:
    """Return the items that lost points."""
    return {item.item for item in result.items if item.score < item.max_score}


def with_cell(item: str, source: str):
    """Return a notebook that is right but for one cell."""
    return notebook("activations", {item: source})


@pytest.mark.parametrize("assignment", ["activations", "xor"])
def test_the_reference_gets_all_points(assignment):
    """The right notebook gets 100 of 100, and every item is listed."""
    with Grader(COURSE, assignment) as opened:
        submission = from_notebook(notebook(assignment), Path(f"{assignment}.ipynb"))
        result = opened.grade_submission("s01", submission)

    assert (result.status, result.score, result.max_score) == ("graded", 100.0, 100.0)


@pytest.mark.parametrize("assignment", ["activations", "xor"])
def test_the_handout_gets_no_points(assignment):
    """An untouched handout earns nothing, and is told that nothing is written."""
    with Grader(COURSE, assignment) as opened:
        submission = from_notebook(handout(assignment), Path(f"{assignment}.ipynb"))
        result = opened.grade_submission("s01", submission)

    assert result.score == 0
    assert result.first_fault.endswith("is not written yet.")


def test_a_script_is_graded_like_the_notebook(grader, tmp_path):
    """The percent script of the same content gets the same result."""
    filled = with_cell("tanh", "def tanh(z):\n    return z")
    path = tmp_path / "s01.py"
    jupytext.write(filled, path, fmt="py:percent")

    assert grader.grade_submission("s01", read(path)).items == grade(grader, filled).items


def test_an_error_in_a_cell_costs_what_it_defines(grader):
    """A syntax error in one cell costs that cell's item and nothing else."""
    assert lost(grade(grader, with_cell("step", "def step(z, theta=0.0)\n    return z"))) == {
        "step"
    }


def test_an_error_on_the_way_costs_only_its_statement(grader):
    """A failing line above a definition does not take the definition with it."""
    filled = notebook("activations")
    cell = cell_of(filled, "step")
    cell.source = "print(undefined)\n\n" + cell.source

    assert lost(grade(grader, filled)) == set()


def test_magics_and_helper_cells_do_not_disturb(grader):
    """Magics, shell lines, plots and helpers between the cells are run or passed over."""
    filled = notebook("activations")
    cell = cell_of(filled, "step")
    helper = "%matplotlib inline\n!ls\nimport matplotlib.pyplot as plt\nplt.plot([1]); plt.show()"
    filled.cells.insert(1, nbformat.v4.new_code_cell(helper))
    cell.source = "%%time\n" + cell.source

    assert lost(grade(grader, filled)) == set()


@pytest.mark.parametrize(
    "body",
    ["while True: pass", "import os; os._exit(0)", "import ctypes; ctypes.string_at(0)"],
    ids=["hang", "exit", "crash"],
)
def test_the_other_items_go_on_after_a_call_is_lost(grader, body):
    """After a hang, an exit or a crash in one function the others keep their points."""
    assert lost(grade(grader, with_cell("step", f"def step(z, theta=0.0):\n    {body}"))) == {
        "step"
    }


def test_the_other_items_go_on_after_a_cell_is_lost(grader):
    """A cell that never ends costs what it defines."""
    assert lost(grade(grader, with_cell("step", "while True:\n    pass"))) == {"step"}


def test_code_in_a_cell_that_was_a_check_counts(grader):
    """A function written where a check stood is run: copied cells keep their metadata."""
    filled = notebook("activations")
    solution = cell_of(filled, "step")
    check = cell_of(filled, "check-step")
    check.source, solution.source = solution.source, "pass"

    assert lost(grade(grader, filled)) == set()


def test_what_is_no_submission_has_a_result(grader):
    """An unreadable file gets no points, every item listed, and the reason."""
    result = grader.unreadable("s01", "s01.ipynb", "s01.ipynb is no notebook.")

    assert (result.status, result.score, result.max_score) == ("unreadable", 0.0, 100.0)
    assert result.error == "s01.ipynb is no notebook."
    assert len(result.items) == len(grader.catalogue)


def test_hidden_tests_tell_title_and_hint_only(grader):
    """No message of a hidden test is in a result, whatever went wrong."""
    source = "def sigmoid(z):\n    raise ValueError(f'seen {z}')"

    result = grade(grader, with_cell("sigmoid", source))

    hidden = [t for item in result.items for t in item.tests if t.visibility == "hidden"]
    assert not all(test.passed for test in hidden)
    assert all(test.message == "" for test in hidden)
    assert not any("seen" in test.hint for test in hidden)


def test_a_value_that_takes_long_to_print_is_not_printed(grader):
    """Only the first of what stands where a word belongs is shown."""
    rows = 'PROPERTIES["step"]["saturates"] = [np.random.normal(size=140) for _ in range(9000)]'
    filled = notebook("activations")
    cell_of(filled, "PROPERTIES").source += f"\n{rows}\n"
    start = time.thread_time()

    result = grade(grader, filled)

    assert lost(result) == {"PROPERTIES"}
    assert time.thread_time() - start < 5


def test_marks_do_not_depend_on_how_much_work_hints_may_cost(grader, monkeypatch):
    """Without any work left for hints, a submission has the same marks, and is graded."""
    filled = with_cell("tanh", "def tanh(z):\n    return 0.5 * np.tanh(z) + np.exp(z)")
    thorough = grade(grader, filled)
    monkeypatch.setattr("autograder.grading.limited", functools.partial(limited, 0))

    hasty = grade(grader, filled)

    assert [i.score for i in hasty.items] == [i.score for i in thorough.items]
    assert any(t.hint for i in thorough.items for t in i.tests)
    assert not any(t.hint for i in hasty.items for t in i.tests)


def test_the_same_submission_gets_the_same_result(grader):
    """Grading twice gives equal results."""
    filled = with_cell("mish", "def mish(z):\n    return z * np.tanh(z)")

    assert grade(grader, filled) == grade(grader, filled)


def test_the_experiment_is_run_for_the_page_only(grader):
    """Cells tagged as the experiment are left out of grading, and run when the page wants them."""
    filled = notebook("activations")
    source = "print('ran')\nstep = None\nplt.plot([1, 2])"
    filled.cells.append(nbformat.v4.new_code_cell(source, metadata={"tags": ["experiment"]}))

    assert lost(grade(grader, filled)) == set()
    submission = from_notebook(filled, Path("activations.ipynb"))
    outcome = grader.perform(submission)[len(filled.cells) - 1]
    assert outcome.stdout == "ran\n"
    assert outcome.figures[0].shape[2] == 4


def test_a_setting_leaves_the_experiment_out_of_the_page():
    """With experiment_seconds = 0 only the other cells are run for the page."""
    cells = [Cell("cell 0", "1"), Cell("cell 1", "1", tags=("experiment",))]

    assert [source.label for source in shown_sources(cells, 9.0)] == ["cell 0", "cell 1"]
    assert [source.label for source in shown_sources(cells, 0)] == ["cell 0"]


@pytest.fixture
def course(tmp_path) -> Course:
    """Give a copy of the course that may be broken."""
    shutil.copytree(COURSE.solutions, tmp_path / "solutions")
    shutil.copy(COURSE.root / "pyproject.toml", tmp_path)
    return Course.find(tmp_path)


def test_a_reference_that_fails_is_the_graders_fault(course):
    """When the reference cannot be run nothing is graded, and the error says why."""
    course.solution("activations").write_text("# %%\n1 / 0\n")

    with pytest.raises(GraderFault, match="reference of activations cannot be run: ZeroDivision"):
        Grader(course, "activations").__enter__()


def test_tests_that_fail_to_import_are_the_graders_fault(course):
    """When the tests cannot be imported nothing is graded, and the error says why."""
    course.tests("activations").write_text("import nothing_of_this_name\n")

    with pytest.raises(GraderFault, match="cannot be collected"):
        Grader(course, "activations").__enter__()


def test_a_test_that_breaks_is_charged_to_nobody(course, tmp_path):
    """An error inside a hidden test is a grader-fault without a score."""
    tests = course.tests("activations")
    tests.write_text(tests.read_text().replace("check_like(student.sigmoid,", "undefined_name("))

    with Grader(course, "activations") as opened:
        path = write(notebook("activations"), tmp_path / "s01.ipynb")
        result = opened.grade_submission("s01", read(path))

    assert (result.status, result.score) == ("grader-fault", None)
    assert "undefined_name" in result.error


def test_another_seed_gives_other_hidden_inputs(course):
    """The reference passes under another seed as well."""
    course = dataclasses.replace(course, seed=course.seed + 1)
    with Grader(course, "xor") as opened:
        submission = from_notebook(notebook("xor"), Path("xor.ipynb"))
        assert opened.grade_submission("s01", submission).score == 100


def test_a_course_copy_grades_files_by_path(course, tmp_path):
    """A path to a notebook is read and graded, and the result names the file."""
    path = write(notebook("activations"), tmp_path / "s02.ipynb")

    with Grader(course, "activations") as opened:
        result = opened.grade_submission("s02", read(path))

    assert (result.student, result.submission, result.score) == ("s02", "s02.ipynb", 100.0)
    assert read(path).written([item.item for item in result.items]) == len(result.items)


@pytest.fixture(scope="module")
def illustrator():
    """Give a grader of the activations that draws."""
    with Grader(QUICK, "activations", pictures=True) as opened:
        yield opened


TANH_GRAD = "def tanh_grad(z):\n    return 1 - z**2"
FAR_OUT = "def tanh_grad(z):\n    return np.where(np.abs(z) > 5, 9.0, 1 - np.tanh(z) ** 2)"
SPY = """
seen = [0.0]
def tanh_grad(z):
    value = np.where(np.abs(np.asarray(z)) < 0.6, 0.0, seen[0])
    seen[0] += float(10 < np.max(np.abs(z)) < 700)
    return value
"""
FRAGILE = """
def tanh_grad(z):
    if np.size(z) > 100:
        {body}
    return 1 - np.asarray(z) ** 2
"""


def test_failures_are_drawn_where_it_is_asked_for(grader, illustrator):
    """A grader draws what fails when told to; the line of results.jsonl is the same."""
    filled = with_cell("tanh_grad", TANH_GRAD)

    plain, drawn = grade(grader, filled), grade(illustrator, filled)

    assert plain.drawings == ()
    (drawing,) = drawn.drawings
    assert (drawing.item, drawing.test) == ("tanh_grad", "tanh_grad is the slope of tanh")
    assert drawing.png.startswith(b"\x89PNG")
    assert drawing.alt.startswith("tanh_grad and the slope of your own tanh. Wrong at 6 of 6")
    assert drawn.to_json() == plain.to_json()
    assert Result.from_json(drawn.to_json()) == drawn


def test_failures_of_hidden_tests_are_not_drawn(illustrator):
    """A function that is wrong in hidden tests alone loses points and has no picture."""
    result = grade(illustrator, with_cell("tanh_grad", FAR_OUT))

    assert lost(result) == {"tanh_grad"}
    assert result.drawings == ()


def test_nothing_seen_in_a_hidden_test_gets_into_a_picture(illustrator):
    """A function that tells what it was called with draws the same as one that was not told."""
    told = grade(illustrator, with_cell("tanh_grad", SPY))
    untold = grade(illustrator, with_cell("tanh_grad", SPY.replace("seen[0] +=", "_ =")))

    assert told.drawings == untold.drawings != ()


@pytest.mark.parametrize(
    "body", ["while True: pass", "import os; os._exit(0)", "return np.zeros(10**7)"]
)
def test_what_breaks_in_a_picture_costs_no_points(grader, illustrator, body):
    """A function that hangs, exits or overflows when it is drawn has the points it has without."""
    filled = with_cell("tanh_grad", FRAGILE.format(body=body))

    plain, drawn = grade(grader, filled), grade(illustrator, filled)

    assert drawn == plain
    assert [drawing.item for drawing in drawn.drawings] == ["tanh_grad"]


def test_a_cell_that_cannot_be_read_is_named(grader):
    """A syntax error is told where the function it was to define is missed."""
    broken = "def step(z, theta=0.0)\n    return z"

    result = grade(grader, with_cell("step", broken))

    said = next(item for item in result.items if item.item == "step").tests[0]
    assert said.message.startswith("step is not defined: its cell stopped with SyntaxError:")
    assert "line 1: def step(z, theta=0.0)" in said.message
    assert said.hint == "Python cannot read this line, or the one above it."


def test_a_right_gradient_of_a_wrong_function_is_told_so(grader):
    """The gradient keeps its points, and its passed test says that the function itself is off."""
    filled = with_cell("sigmoid", "def sigmoid(z):\n    return 1 / (1 + np.exp(np.asarray(z)))")
    cell_of(
        filled, "sigmoid_grad"
    ).source = "def sigmoid_grad(z):\n    return 1 / (2 + 2 * np.cosh(np.asarray(z)))"

    result = grade(grader, filled)

    assert lost(result) == {"sigmoid"}
    test = next(item for item in result.items if item.item == "sigmoid_grad").tests[0]
    assert test.passed
    assert test.message == "Right as it stands; your sigmoid is off."
