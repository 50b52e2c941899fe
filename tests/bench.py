"""``make bench``: what a submission costs, this kit beside stock nbgrader, in one run.

For each assignment the same right notebooks are graded by ``autograder grade`` (two jobs), by
``nbgrader autograde`` as this kit sets it up, and by stock nbgrader, whose test cells then hold
asserts on the same functions (for xor with one training of 5000 epochs). A class with mistakes is
graded by this kit, words and pictures included. All are run in turn, several times; start-up is
part of every figure. Notebooks of xor with the experiment done, which is run once more for each
feedback page, are graded once. Last comes what a right submission costs in CPU beside its own
functions.
"""

import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
from rich.console import Console
from rich.table import Table

from autograder.ahead import recorded
from autograder.grading import Grader
from autograder.reference import load_reference
from autograder.submission import from_notebook
from autograder.suite import Suite
from tests.bank import entries
from tests.samples import COURSE, ROOT, notebook, solutions, write

ASSIGNMENTS = ("activations", "xor")
SUBMISSIONS = int(os.environ.get("SUBMISSIONS", "40"))
ROUNDS = int(os.environ.get("ROUNDS", "3"))
MOST_MISTAKES = 6
FINISHED = "finished"
BINARIES = Path(sys.executable).parent
STOCK = "c = get_config()\nc.CourseDirectory.course_id = 'stock'\n"
XOR_ASSERTS = {
    "forward": "a2 = forward(P, X, np.tanh)[3]\nclose(a2, {forward})",
    "binary_cross_entropy": "close(binary_cross_entropy(y, np.full((4, 1), 0.3)), {loss})",
    "backward": "G = backward(P, X, y, np.tanh, slope)\nclose(G['W1'], {W1})\nclose(G['b2'], {b2})",
    "gradient_errors": "E = gradient_errors(P, G, X, y, np.tanh)\nassert max(E.values()) < 1e-6",
    "gradient_step": "close(gradient_step(P, P, 0.5)['W1'], P['W1'] / 2)",
    "train": "T, losses = train(P, X, y, np.tanh, slope)\nassert len(losses) == 5000\n"
    "assert losses[-1] < losses[0] / 2",
    "predict": "close(predict(P, X, np.tanh), np.array({forward}) >= 0.5)",
    "dead_units": "close(dead_units(P, X, lambda z: z > 9), [1, 1, 1, 1])",
    "chain_gradient": "close(chain_gradient(slope, np.zeros((3, 2))), [1, 1])",
}
"""Asserts for stock nbgrader; `P` are parameters, `slope` is the derivative of tanh."""


@dataclass(frozen=True)
class Way:
    """A command that grades a class, and the folder it is run in."""

    grader: str
    assignment: str
    students: str
    command: Sequence[str]
    folder: Path


def main() -> None:
    """Run the graders in turn and show the figures."""
    console = Console(highlight=False)
    with tempfile.TemporaryDirectory() as folder:
        ways = [way for name in ASSIGNMENTS for way in prepare(Path(folder) / name, name)]
        seconds: list[list[float]] = [[] for _ in ways]
        for _ in range(ROUNDS):
            for way, taken in zip(ways, seconds, strict=True):
                if taken and way.students == FINISHED:
                    continue
                with console.status(f"{way.grader}: {way.students} {way.assignment}"):
                    start = time.monotonic()
                    run(way.command, way.folder)
                    taken.append((time.monotonic() - start) / SUBMISSIONS)
    console.print(table(ways, seconds))
    console.print(cpu_table())


def prepare(folder: Path, assignment: str) -> list[Way]:
    """Make the courses and their submissions; return the ways to grade them."""
    stock = folder / "stock"
    write(
        with_asserts(assignment), (stock / "source" / assignment / assignment).with_suffix(".ipynb")
    )
    (stock / "nbgrader_config.py").write_text(STOCK)
    run(["nbgrader", "generate_assignment", assignment, "--force"], stock)
    right = [notebook(assignment)] * SUBMISSIONS
    released = nbformat.read(stock / "release" / assignment / f"{assignment}.ipynb", as_version=4)
    submit([filled(released, one) for one in right], stock, assignment)
    autograde = ["nbgrader", "autograde", assignment, "--force"]
    ways = [Way("nbgrader, stock", assignment, "right", autograde, stock)]
    classes = {"right": right, "usual": usual_class(assignment)}
    if assignment == "xor":
        classes[FINISHED] = [finished()] * SUBMISSIONS
    for students, notebooks in classes.items():
        kit = folder / students
        for name in ("solutions", "source"):
            shutil.copytree(ROOT / name, kit / name)
        for name in ("nbgrader_config.py", "pyproject.toml"):
            shutil.copy2(ROOT / name, kit / name)
        run(["nbgrader", "generate_assignment", assignment, "--force"], kit)
        submit(notebooks, kit, assignment)
        grade = ["autograder", "grade", "submitted", "--assignment", assignment, "--force"]
        grade += ["--jobs", "2", "--out", "out"]
        if students != FINISHED:  # the pages of `autograder grade` do not run it
            ways.append(Way("autograder grade", assignment, students, grade, kit))
        ways.append(Way("nbgrader, this kit", assignment, students, autograde, kit))
    return ways


def submit(notebooks: Sequence[Any], course: Path, assignment: str) -> None:
    """Put notebooks where nbgrader collects what students hand in."""
    for number, one in enumerate(notebooks):
        write(one, course / "submitted" / f"s{number:02}" / assignment / f"{assignment}.ipynb")


def usual_class(assignment: str) -> list[Any]:
    """Return notebooks with one to six mistakes each, drawn from the bank."""
    draw = random.Random(1)
    wrong = [entry for entry in entries(assignment) if entry.label == "wrong"]
    classes = [draw.sample(wrong, draw.randint(1, MOST_MISTAKES)) for _ in range(SUBMISSIONS)]
    return [notebook(assignment, {e.item: e.source for e in mistakes}) for mistakes in classes]


def finished() -> Any:
    """Return a right notebook of xor with all activations listed for the experiment."""
    pasted = solutions("activations")
    activations = ("sigmoid", "tanh", "relu", "leaky_relu", "elu", "mish")
    names = {name: f"{name}_grad" for name in activations}
    needed = [pasted[n] for pair in names.items() for n in pair if n != "sigmoid"]
    table = ", ".join(f"'{name}': ({name}, {slope})" for name, slope in names.items())
    done = notebook("xor")
    for cell in done.cells:
        if "yours" in cell.metadata.get("tags", ()):
            cell.source = "\n\n".join([*needed, f"ACTIVATIONS = {{{table}}}"])
    return done


def with_asserts(assignment: str) -> Any:
    """Return a source notebook for stock nbgrader: asserts where the checks stand."""
    answers = notebook(assignment)
    reference = load_reference(COURSE.solution(assignment))
    asserts: Callable[[str, Any], str] = xor_asserts if assignment == "xor" else elementwise_asserts
    for cell in answers.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        if grade_id.startswith("check-"):
            cell.source = asserts(grade_id.removeprefix("check-"), reference)
        cell.source = cell.source.replace("from autograder import check", "")
    return answers


def elementwise_asserts(item: str, reference: Any) -> str:
    """Return asserts on an elementwise item at three sets of points."""
    function = getattr(reference, item)
    if not callable(function) or item in ("numerical_gradient", "collapse", "prelu_grad"):
        return f"assert {item}"
    alpha = (0.3,) if "prelu" in item else ()
    rng = np.random.default_rng(0)
    lines = ["import numpy as np"]
    for points in (rng.uniform(-5, 5, 6), np.arange(-3.0, 4.0), rng.uniform(-30, 30, 30)):
        z, expected = points.tolist(), np.asarray(function(points, *alpha)).tolist()
        args = ", ".join([f"np.array({z})", *map(str, alpha)])
        lines.append(f"np.testing.assert_allclose({item}({args}), {expected}, 1e-7, 1e-12)")
    return "\n".join(lines)


def xor_asserts(item: str, reference: Any) -> str:
    """Return asserts on an item of the network, for XOR itself."""
    params = reference.init_params(0)
    data = (params, reference.X, reference.y)
    grads = reference.backward(*data, np.tanh, lambda z: 1 - np.tanh(z) ** 2)
    values = {
        "forward": reference.forward(*data[:2], np.tanh)[3].tolist(),
        "loss": reference.binary_cross_entropy(reference.y, np.full((4, 1), 0.3)),
        **{name: grad.tolist() for name, grad in grads.items()},
    }
    head = "import numpy as np\nclose = np.testing.assert_allclose\nP = init_params(0)\n"
    head += "slope = lambda z: 1 - np.tanh(z) ** 2\n"
    return head + XOR_ASSERTS[item].format(**values)


def filled(released: Any, answers: Any) -> Any:
    """Return stock nbgrader's handout with the answers in their cells."""
    sources = {
        cell.metadata.nbgrader.grade_id: cell.source
        for cell in answers.cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }
    done = nbformat.from_dict(released)
    for cell in done.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        cell.source = sources.get(grade_id, cell.source)
    return done


def run(command: Sequence[str], folder: Path) -> None:
    """Run a command of this environment; raise when it fails."""
    path = f"{BINARIES}{os.pathsep}{os.environ.get('PATH', '')}"
    subprocess.run(
        [BINARIES / command[0], *command[1:]],
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        check=True,
    )


def table(ways: Sequence[Way], seconds: Sequence[Sequence[float]]) -> Table:
    """Return the figures: median, range, and the ratio to stock nbgrader."""
    shown = Table(title=f"{SUBMISSIONS} submissions, {ROUNDS} rounds: seconds a submission")
    for name in ("assignment", "students", "grader", "median", "least", "most", "stock takes"):
        shown.add_column(name, justify="left" if name in ("grader", "students") else "right")
    medians = [statistics.median(taken) for taken in seconds]
    stock = {w.assignment: m for w, m in zip(ways, medians, strict=True) if "stock" in w.grader}
    for way, median, taken in zip(ways, medians, seconds, strict=True):
        figures = (f"{value:.2f}" for value in (median, min(taken), max(taken)))
        ratio = f"{stock[way.assignment] / median:.1f} times" if way.students == "right" else ""
        shown.add_row(way.assignment, way.students, way.grader, *figures, ratio)
    return shown


def cpu_table() -> Table:
    """Return CPU milliseconds of a right submission: grader, confined process, its functions."""
    shown = Table(title="CPU of a right submission once started, milliseconds")
    for name in ("assignment", "grader", "confined", "the functions themselves", "beyond them"):
        shown.add_column(name, justify="right")
    for assignment in ASSIGNMENTS:
        started = sum(graded(assignment, 0))
        own, all_of_it = graded(assignment, SUBMISSIONS)
        confined = own + all_of_it - started - own
        figures = [1e3 * own / SUBMISSIONS, 1e3 * confined / SUBMISSIONS]
        functions = 1e3 * functions_alone(assignment)
        row = (*figures, functions, sum(figures) - functions)
        shown.add_row(assignment, *(f"{value:.0f}" for value in row))
    return shown


def graded(assignment: str, times: int) -> tuple[float, float]:
    """Grade a right submission so often; return CPU seconds of it here, and of all children."""
    before = _cpu(resource.RUSAGE_CHILDREN)
    submission = from_notebook(notebook(assignment), Path(f"{assignment}.ipynb"))
    with Grader(COURSE, assignment) as grader:
        grader.marks("", submission)
        start = time.process_time()
        for _ in range(times):
            grader.marks("", submission)
        own = time.process_time() - start
    return own, _cpu(resource.RUSAGE_CHILDREN) - before


def functions_alone(assignment: str) -> float:
    """Return the CPU seconds that the reference's functions take for all that is asked."""
    reference = load_reference(COURSE.solution(assignment))
    with Suite(COURSE.tests(assignment)) as suite:
        questions = [q for asked in recorded(suite, reference, COURSE).values() for q in asked]
    taken = []
    for _ in range(ROUNDS):
        start = time.process_time()
        with np.errstate(all="ignore"):
            for question in questions:
                if question.args is not None:
                    getattr(reference, question.name)(*question.args)
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def _cpu(whose: int) -> float:
    usage = resource.getrusage(whose)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()
