"""``make bench``: seconds a submission, this kit beside stock nbgrader, in one run.

The same right notebooks of the activations assignment are graded by ``autograder grade`` (two
jobs), by ``nbgrader autograde`` as this kit sets it up, and by stock nbgrader, whose test cells
then hold asserts on the same functions. Each is run in turn, several times, and the medians and
their ratios are shown; a start-up that is paid once a batch is part of every figure.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
import numpy as np
from rich.console import Console
from rich.table import Table

from autograder.reference import load_reference
from tests.samples import COURSE, ROOT, notebook, write

ASSIGNMENT = "activations"
SUBMISSIONS = 12
ROUNDS = 3
BINARIES = Path(sys.executable).parent
STOCK = "c = get_config()\nc.CourseDirectory.course_id = 'stock'\n"


def main() -> None:
    """Run the three graders in turn and show the figures."""
    console = Console(highlight=False)
    with tempfile.TemporaryDirectory() as folder:
        ways = prepare(Path(folder))
        seconds: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(ROUNDS):
            for name, (command, where) in ways.items():
                with console.status(name):
                    start = time.monotonic()
                    run(command, where)
                    seconds[name].append((time.monotonic() - start) / SUBMISSIONS)
    console.print(table(seconds))


def prepare(folder: Path) -> dict[str, tuple[list[str], Path]]:
    """Make both courses with their submissions; return each way's command and folder."""
    kit, stock, flat = folder / "kit", folder / "stock", folder / "flat"
    for name in ("solutions", "source"):
        shutil.copytree(ROOT / name, kit / name)
    for name in ("nbgrader_config.py", "pyproject.toml"):
        shutil.copy2(ROOT / name, kit / name)
    write(with_asserts(notebook(ASSIGNMENT)), stock / "source" / ASSIGNMENT / "activations.ipynb")
    (stock / "nbgrader_config.py").write_text(STOCK)
    for course in (kit, stock):
        run(["nbgrader", "generate_assignment", ASSIGNMENT, "--force"], course)
    released = nbformat.read(stock / "release" / ASSIGNMENT / "activations.ipynb", as_version=4)
    answers = notebook(ASSIGNMENT)
    for number in range(SUBMISSIONS):
        student = f"s{number:02}"
        write(answers, flat / f"{student}.ipynb")
        write(answers, kit / "submitted" / student / ASSIGNMENT / "activations.ipynb")
        write(
            filled(released, answers),
            stock / "submitted" / student / ASSIGNMENT / "activations.ipynb",
        )
    grade = ["autograder", "grade", str(flat), "--assignment", ASSIGNMENT, "--force"]
    autograde = ["nbgrader", "autograde", ASSIGNMENT, "--force"]
    return {
        "autograder grade --jobs 2": ([*grade, "--jobs", "2", "--out", str(folder / "out")], kit),
        "nbgrader autograde, this kit": (autograde, kit),
        "nbgrader autograde, stock": (autograde, stock),
    }


def with_asserts(answers: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Return a source notebook for stock nbgrader: asserts where the checks stand."""
    reference = load_reference(COURSE.solution(ASSIGNMENT))
    for cell in answers.cells:
        meta = cell.metadata.get("nbgrader", {})
        if meta.get("grade_id", "").startswith("check-"):
            cell.source = asserts(meta.grade_id.removeprefix("check-"), reference)
        cell.source = cell.source.replace("from autograder import check", "")
    return answers


def asserts(item: str, reference: object) -> str:
    """Return asserts on an elementwise item at four sets of points."""
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


def filled(
    released: nbformat.NotebookNode, answers: nbformat.NotebookNode
) -> nbformat.NotebookNode:
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


def run(command: list[str], folder: Path) -> None:
    """Run a command of this environment; raise when it fails."""
    path = f"{BINARIES}{os.pathsep}{os.environ.get('PATH', '')}"
    subprocess.run(
        [BINARIES / command[0], *command[1:]],
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        check=True,
    )


def table(seconds: dict[str, list[float]]) -> Table:
    """Return the figures: median, range, and the ratio to the last way."""
    shown = Table(title=f"{SUBMISSIONS} submissions, {ROUNDS} rounds: seconds a submission")
    for name in ("grader", "median", "least", "most", "stock takes"):
        shown.add_column(name, justify="left" if name == "grader" else "right")
    base = statistics.median(list(seconds.values())[-1])
    for name, values in seconds.items():
        median = statistics.median(values)
        figures = (f"{v:.2f}" for v in (median, min(values), max(values)))
        shown.add_row(name, *figures, f"{base / median:.1f} times")
    return shown


if __name__ == "__main__":
    main()
