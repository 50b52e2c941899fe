"""Classes of any size that hand in to the small course, a few kinds of work in turn."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from autograder.build import build
from autograder.course import Course
from tests.nbgrader_course import RIGHT, answered, cell_of, hand_in, write_course

REPOSITORY = Path(__file__).parents[2]
WRONG = "def square(z):\n    return 2.0 * z"
ABORTS = "import os\nos.abort()"


def work(handout: dict[str, Any], script: str) -> list[dict[str, Any]]:
    """Return the kinds of work: right, wrong, loud, crashing, damaged, and no work at all."""
    right = answered(handout, **RIGHT, conclusion="The square does.")
    deleted = answered(handout, **RIGHT)
    deleted["cells"].remove(cell_of(deleted, "check-double"))
    return [
        {"mini.ipynb": right},
        {"mini.ipynb": answered(right, square=WRONG)},
        {"mini.ipynb": answered(right, double="def double(z)\n    return 2 * z")},
        {"mini.ipynb": answered(right, double=f"{RIGHT['double']}\nprint('é' * 500)")},
        {"mini.ipynb": answered(right, square=f"{RIGHT['square']}\n{ABORTS}")},
        {"mini.ipynb": deleted},
        {"mini.ipynb": "%PDF-1.7"},
        {"mini.py": script},
    ]


def make_class(root: Path, students: int) -> list[str]:
    """Build the small course in a folder and have a class hand in; return the students."""
    write_course(root)
    shutil.copy(REPOSITORY / "nbgrader_config.py", root)
    build(Course.find(root))
    folder = root / "assignments" / "mini"
    handout = json.loads((folder / "mini.ipynb").read_text())
    kinds = work(handout, (folder / "mini.py").read_text())
    names = [f"s{number:03}" for number in range(students)]
    for number, name in enumerate(names):
        hand_in(root, name, kinds[number % len(kinds)])
    return names


def start(
    root: Path, *command: str, environment: Mapping[str, str] | None = None, **options: Any
) -> "subprocess.Popen[str]":
    """Start a module's command line (``autograder`` or ``nbgrader``) in the course's folder."""
    settings = {
        "HOME": str(root),
        "JUPYTER_CONFIG_DIR": str(root / ".jupyter"),
        "PYTHONPATH": str(REPOSITORY),
    }
    return subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=root,
        env=os.environ | settings | dict(environment or {}),
        stdin=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
        **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options},
    )


def run(root: Path, *command: str) -> "subprocess.CompletedProcess[str]":
    """Run such a command to its end."""
    with start(root, *command) as process:
        out, err = process.communicate()
    return subprocess.CompletedProcess(command, process.returncode, out, err)
