"""How to begin: the kit put into somebody's nbgrader course, and a new assignment in it."""

import keyword
import re
import shutil
from filecmp import dircmp
from pathlib import Path
from typing import Any

from traitlets.config.loader import PyFileConfigLoader

from autograder.authoring.script import BuildError
from autograder.course import CACHES, Course, CourseError

CONFIG = "nbgrader_config.py"
BEGIN, END = "# >>> autograder >>>", "# <<< autograder <<<"
LINES = f"""
{BEGIN}
from pathlib import Path
from autograder.nbgrader import configure
configure(get_config(), Path(__file__).parent)
{END}
"""


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


class InstallError(Exception):
    """The course cannot take the kit; one sentence, and nothing has been changed."""


def install(kit: Course, folder: Path) -> list[str]:
    """Put solutions, settings and three lines of configuration into a course.

    Returns what was written, named from the course's folder: nothing, when all is there already.
    Raises InstallError before anything is written.
    """
    root = folder.resolve()
    if root == kit.root:
        raise InstallError(f"{root} is the kit's own folder: name that of your course.")
    release = _release_folder(root)
    missing = _missing_solutions(kit, root)
    settings = _settings(kit, root, release)
    config = (root / CONFIG).read_text(encoding="utf-8")
    written = []
    for name in missing:
        target = root / "solutions" / name
        shutil.copytree(kit.solutions / name, target, ignore=shutil.ignore_patterns(*CACHES))
        written.append(f"solutions/{name}")
    if settings:
        _append(root / "pyproject.toml", settings)
        written.append("pyproject.toml")
    if "autograder.nbgrader" not in config:
        _append(root / CONFIG, LINES)
        written.append(CONFIG)
    return written


def _release_folder(root: Path) -> str:
    """Return what nbgrader calls the course's release folder."""
    if not (root / CONFIG).is_file():
        raise InstallError(
            f"{root} has no {CONFIG}, so it is no nbgrader course: 'nbgrader quickstart' makes one."
        )
    try:
        config = PyFileConfigLoader(CONFIG, path=str(root)).load_config()
    except Exception as error:  # whatever the course's own lines raise
        reason = f"{type(error).__name__}: {error}"
        raise InstallError(f"{root / CONFIG} cannot be run ({reason}): correct it.") from None
    names: Any = config.CourseDirectory
    if names.get("source_directory", "source") != "source" or "directory_structure" in names:
        raise InstallError(
            f"{root / CONFIG} sets source_directory or directory_structure: assignments of the kit "
            "are only built into source/."
        )
    return str(names.get("release_directory", "release"))


def _missing_solutions(kit: Course, root: Path) -> list[str]:
    missing = []
    for name in kit.names():
        if not (root / "solutions" / name).exists():
            missing.append(name)
        elif _differ(dircmp(kit.solutions / name, root / "solutions" / name, ignore=[*CACHES])):
            raise InstallError(
                f"{root / 'solutions' / name} is there already and differs from the kit's: "
                "move it away or rename it, or take over by hand what you want of the kit's."
            )
    return missing


def _differ(compared: "dircmp[str]") -> bool:
    odd = compared.left_only + compared.right_only + compared.diff_files + compared.funny_files
    return bool(odd) or any(map(_differ, compared.subdirs.values()))


def _settings(kit: Course, root: Path, release: str) -> str:
    """Return what is missing in the course's pyproject.toml: nothing, or the kit's table."""
    try:
        there = Course.of(root)
    except CourseError as error:
        raise InstallError(str(error)) from None
    if there:
        if there.release != release:
            raise InstallError(
                f'{root / "pyproject.toml"}: write release = "{release}" into [tool.autograder], '
                f"as {CONFIG} calls the folder."
            )
        return ""
    text = (kit.root / "pyproject.toml").read_text(encoding="utf-8")
    found = re.search(r"^\[tool\.autograder\]\n(?:(?!\[|release\b).*\n)*", text, re.MULTILINE)
    table = found[0].rstrip() if found else "[tool.autograder]"
    return f'\n{table}\nrelease = "{release}"\n'


def _append(path: Path, text: str) -> None:
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    space = "\n" if before and not before.endswith("\n") else ""
    path.write_text((before + space + text).lstrip("\n"), encoding="utf-8")


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
