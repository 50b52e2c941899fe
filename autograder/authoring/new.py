"""A new assignment with one worked item, to be written over."""

import keyword
from pathlib import Path

from autograder.authoring.script import BuildError
from autograder.course import Course

SCRIPT = '''# %% [markdown]
# # NAME
#
# Write `NAME`. `z` is a number or an array of any shape, and so is the result.

# %%
import numpy as np

from autograder import check


# %%
def NAME(z):
    """Return the square of z, elementwise."""
    ### BEGIN SOLUTION
    z = np.asarray(z, dtype=np.float64)
    return z * z
    ### END SOLUTION


# %%
check("NAME")
'''

TESTS = '''"""Tests of NAME."""

import numpy as np
import pytest

from autograder.checks import check_forms, check_values

AT = np.array([-2.0, 0.0, 3.0])


@pytest.mark.item("NAME", points=40)
def test_NAME_values(student):
    """NAME has the right values"""
    check_values(student.NAME, {"z": AT}, [4.0, 0.0, 9.0])


### BEGIN HIDDEN TESTS
@pytest.mark.item("NAME", points=60)
def test_NAME_elsewhere(student, reference, rng):
    """NAME is right elsewhere, for any form of z"""
    z = rng.choice(np.arange(-9.0, 10.0), 6, replace=False)
    check_forms(student.NAME, {"z": z}, reference.NAME(z))


### END HIDDEN TESTS
'''

MISTAKES = '''"""Known mistakes: wrong versions, each with the hint it deserves."""

from autograder.explain import mistake


@mistake("This is twice z, not its square.")
def NAME(z):
    return 2.0 * np.asarray(z)
'''

README = """# NAME

Open `NAME.ipynb`, or edit `NAME.py`; `pytest` in this folder checks your work.
"""


def new(course: Course, name: str) -> list[Path]:
    """Write ``solutions/<name>``, and return the files there.

    Raises BuildError when the name cannot be that of a function and a folder, or is taken.
    """
    folder = course.solutions / name
    if not (name.isascii() and name.isidentifier()) or keyword.iskeyword(name):
        raise BuildError(
            f"'{name}' cannot be the name of a function: use letters, digits and '_' (swish, say)."
        )
    for taken in (folder, course.source / name, course.assignments / name):
        if taken.exists():
            raise BuildError(
                f"{taken.relative_to(course.root)} is there already: take another name."
            )
    folder.mkdir(parents=True)
    texts = {
        f"{name}.py": SCRIPT,
        f"test_{name}.py": TESTS,
        "mistakes.py": MISTAKES,
        "README.md": README,
    }
    for filename, text in texts.items():
        (folder / filename).write_text(text.replace("NAME", name), encoding="utf-8", newline="\n")
    return [folder / filename for filename in texts]
