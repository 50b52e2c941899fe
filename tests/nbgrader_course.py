"""A small course to build and to grade with nbgrader's own commands."""

import copy
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook

SCRIPT = '''# %% [markdown]
# # Two functions
#
# Short, but with everything an assignment has.

# %%
import numpy as np

from autograder import check

# %%
START = np.array([1.0, 2.0])


# %%
def double(z):
    """Return 2 z."""
    ### BEGIN SOLUTION
    return np.asarray(z) + np.asarray(z)
    ### END SOLUTION


# %%
check("double")

# %% [markdown]
# ## The second


# %%
def square(z):
    """Return z times z."""
    ### BEGIN SOLUTION
    return np.asarray(z) * np.asarray(z)
    ### END SOLUTION


# %%
check("square")

# %% tags=["experiment"]
print("the experiment ran")

# %% [markdown] grade_id="conclusion" points=10
# **In your own words:** which of the two grows faster?
#
# ### BEGIN SOLUTION
# The square, from z = 2 on.
# ### END SOLUTION
'''

TESTS = '''"""Tests of two functions."""

import numpy as np
import pytest

### BEGIN HIDDEN TESTS
from fractions import Fraction

### END HIDDEN TESTS


@pytest.mark.item("double", points=20)
def test_double(student):
    """double is right at 3"""
    value = float(student.double(3.0))
    assert value == 6.0, f"double(3.0) is {value}, not 6.0."


@pytest.mark.item("square", points=30)
def test_square(student):
    """square is right at 2"""
    value = float(student.square(2.0))
    assert value == 4.0, f"square(2.0) is {value}, not 4.0."


### BEGIN HIDDEN TESTS
@pytest.mark.item("double", points=20)
def test_double_elsewhere(student, reference, rng):
    """double is right elsewhere"""
    z = rng.normal(size=5)
    assert np.array_equal(student.double(z), reference.double(z)), "secret of double"


@pytest.mark.item("square", points=30)
def test_square_elsewhere(student):
    """square is right elsewhere"""
    assert float(student.square(0.5)) == float(Fraction(1, 4)), "secret of square"


### END HIDDEN TESTS
'''

RIGHT = {
    "double": "def double(z):\n    return 2 * np.asarray(z)",
    "square": "def square(z):\n    return np.asarray(z) ** 2",
}


def write_course(root: Path, name: str = "mini", **files: str) -> Path:
    """Write a course with one assignment; `files` replace script, tests or readme."""
    folder = root / "solutions" / name
    folder.mkdir(parents=True)
    (root / "pyproject.toml").write_text("[tool.autograder]\nseed = 1\n")
    (folder / f"{name}.py").write_text(files.get("script", SCRIPT))
    (folder / f"test_{name}.py").write_text(files.get("tests", TESTS))
    (folder / "README.md").write_text(files.get("readme", "# Two functions\n"))
    return root


def cell_of(notebook: dict[str, Any], name: str) -> dict[str, Any]:
    """Return the cell of a notebook that has this grade_id."""
    cells = notebook["cells"]
    return next(c for c in cells if c["metadata"].get("nbgrader", {}).get("grade_id") == name)


def answered(handout: dict[str, Any], **answers: str) -> dict[str, Any]:
    """Return a copy of the handout with answers in the cells of these names."""
    notebook = copy.deepcopy(handout)
    for name, source in answers.items():
        cell_of(notebook, name)["source"] = source
    return notebook


COMMANDS = """
import contextlib, sys
from jupyter_core.application import NoStart
from nbgrader.apps.nbgraderapp import NbGraderApp

for command in sys.argv[1:]:
    app = NbGraderApp.instance()
    app.initialize(command.split())
    with contextlib.suppress(NoStart):
        app.start()
    app.reset()
"""


def nbgrader(*commands: str, cwd: Path, fails: bool = False) -> str:
    """Run nbgrader's commands one after the other, and return what they logged.

    They share a process, because each one by itself takes seconds to start.
    """
    environment = os.environ | {"HOME": str(cwd), "JUPYTER_CONFIG_DIR": str(cwd / ".jupyter")}
    finished = subprocess.run(
        [sys.executable, "-c", COMMANDS, *commands],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert bool(finished.returncode) == fails, finished.stderr
    return finished.stderr


def hand_in(course: Path, student: str, files: dict[str, Any], name: str = "mini") -> None:
    """Put files into ``submitted/<student>/<name>``: text, bytes, or a notebook."""
    folder = course / "submitted" / student / name
    folder.mkdir(parents=True)
    for filename, content in files.items():
        text = json.dumps(content) if isinstance(content, dict) else content
        (folder / filename).write_bytes(text if isinstance(text, bytes) else text.encode())


def scores(root: Path) -> dict[str, float]:
    """Return the score of each student that the gradebook holds."""
    with Gradebook(f"sqlite:///{root}/gradebook.db") as gradebook:
        return {s.student.id: s.score for s in gradebook.assignment_submissions("mini")}


def mark_by_hand(root: Path, student: str, points: float) -> None:
    """Give points for the written question, as an instructor does in the formgrader."""
    with Gradebook(f"sqlite:///{root}/gradebook.db") as gradebook:
        grade = gradebook.find_grade("conclusion", "mini", "mini", student)
        grade.manual_score = points
        gradebook.db.commit()
