"""``make demo``: a sample class, taken through nbgrader by its own commands.

Builds the course in ``demo-output/``, hands in thirteen submissions to each assignment, then
runs ``nbgrader generate_assignment``, ``autograde``, ``generate_feedback`` and ``export``.
"""

import csv
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import nbformat
from rich.console import Console
from rich.table import Table

from tests.sample_class import hand_in
from tests.samples import COURSE, ROOT

OUTPUT = ROOT / "demo-output"
LOG = OUTPUT / "nbgrader.log"
AUTHORED = ("solutions", "nbgrader_config.py", "pyproject.toml")

console = Console(highlight=False)


class DemoError(Exception):
    """A command of the demo failed."""


def main() -> int:
    """Run the demo; return the exit code."""
    shutil.rmtree(OUTPUT, ignore_errors=True)
    OUTPUT.mkdir()
    for name in AUTHORED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        copy(ROOT / name, OUTPUT / name)
    try:
        run("autograder", "build")
        for assignment in COURSE.names():
            grade_class(assignment)
        run("nbgrader", "export", "--to", "grades.csv")
    except DemoError as error:
        console.print(str(error), style="red")
        return 1
    for assignment in COURSE.names():
        console.print(class_table(assignment))
    console.print("Feedback pages  demo-output/feedback/<student>/<assignment>/<assignment>.html")
    console.print("Grades          demo-output/grades.csv")
    console.print("nbgrader's log  demo-output/nbgrader.log")
    return 0


def grade_class(assignment: str) -> None:
    """Take one assignment from its source to its feedback pages."""
    run("nbgrader", "generate_assignment", assignment, "--force")
    students = hand_in(assignment, OUTPUT)
    console.print(f"  handed in: {len(students)} submissions to {assignment}")
    run("nbgrader", "autograde", assignment)
    run("nbgrader", "generate_feedback", assignment)


def run(*command: str) -> None:
    """Run a command of this environment in the course folder, and say how long it took."""
    start = time.monotonic()
    binaries = Path(sys.executable).parent
    environment = {**os.environ, "PATH": f"{binaries}{os.pathsep}{os.environ.get('PATH', '')}"}
    with console.status(" ".join(command)), LOG.open("a") as log:
        code = subprocess.run(
            [binaries / command[0], *command[1:]],
            cwd=OUTPUT,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            check=False,
        ).returncode
    if code:
        raise DemoError(f"{' '.join(command)} failed: its output is at the end of {LOG}")
    console.print(f"  {' '.join(command)}  [dim]{time.monotonic() - start:.1f} s[/dim]")


def class_table(assignment: str) -> Table:
    """Return the class: who got how many points, and the first thing wrong."""
    title = f"\n{assignment} (points of the tests; a written question is marked by hand)"
    table = Table(title=title, title_justify="left", title_style="bold")
    table.add_column("student")
    table.add_column("points", justify="right")
    table.add_column("the first thing wrong", overflow="fold")
    with (OUTPUT / "grades.csv").open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["assignment"] == assignment]
    for row in sorted(rows, key=lambda row: row["student_id"]):
        student = row["student_id"]
        points = f"{float(row['raw_score']):g} of 100"
        table.add_row(student, points, first_fault(student, assignment))
    return table


def first_fault(student: str, assignment: str) -> str:
    """Return the first failed test that the student's graded notebook shows."""
    path = OUTPUT / "autograded" / student / assignment / f"{assignment}.ipynb"
    for cell in nbformat.read(path, as_version=4).cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        if grade_id.startswith("check-"):
            text = "".join(o.text for o in cell.outputs if o.output_type == "stream")
            lines = text.splitlines()
            faults = [i for i, line in enumerate(lines) if line.startswith("FAILED")]
            if faults:
                return lines[faults[0] + 1].strip()
            if len(lines) == 2 and not lines[1].startswith("passed"):
                return lines[1]  # why the file could not be read
    return ""


if __name__ == "__main__":
    sys.exit(main())
