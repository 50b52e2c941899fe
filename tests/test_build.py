"""Building ``source/`` and ``assignments/`` from what the author writes."""

import dataclasses
import json
import re
import runpy
import subprocess
import sys
from functools import partial
from pathlib import Path

import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell
from nbgrader.nbgraderformat import MetadataValidator

from autograder.authoring.authored import Authored
from autograder.authoring.proof import prove
from autograder.build import BuildError, build, drift, orphans
from autograder.course import Course
from autograder.sandbox.answers import IsolationError
from autograder.sandbox.host import WarmParent
from tests.nbgrader_course import SCRIPT, TESTS, cell_of, write_course

REPOSITORY = Path(__file__).parents[1]
SOLUTIONS = REPOSITORY / "solutions"
STUB = '''# %% [markdown]
# # Two functions
#
# Short, but with everything an assignment has.

# %%
import numpy as np

# %%
START = np.array([1.0, 2.0])


# %%
def double(z):
    """Return 2 z."""
    # YOUR CODE HERE
    raise NotImplementedError()


# %% [markdown]
# ## The second


# %%
def square(z):
    """Return z times z."""
    # YOUR CODE HERE
    raise NotImplementedError()


# %% tags=["experiment"]
print("the experiment ran")

# %% [markdown] grade_id="conclusion" points=10
# **In your own words:** which of the two grows faster?
#
# YOUR ANSWER HERE
'''
PUBLIC_TESTS = '''"""Tests of two functions."""

import numpy as np
import pytest


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
'''


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    """Return a course as its author left it."""
    monkeypatch.delitem(sys.modules, "test_mini", raising=False)  # another course's
    return Course.find(write_course(tmp_path))


def contents(course: Course) -> dict[str, bytes]:
    """Return every built file and its bytes."""
    folders = (course.source, course.assignments)
    files = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(course.root).as_posix(): path.read_bytes() for path in files}


_await_ready = WarmParent.await_ready


def _no_walls(parent: WarmParent) -> None:
    if parent.isolation == "full":
        raise IsolationError("No walls.")
    _await_ready(parent)


def edit(course: Course, filename: str, old: str, new: str) -> None:
    """Replace a text in one of the author's files."""
    path = course.solutions / "mini" / filename
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_build_writes_notebook_script_tests_and_readme(course: Course) -> None:
    """A build gives source/ and assignments/ four files each, and returns them all."""
    built = build(course)
    (course.source / ".autograder.json").unlink()

    files = {"README.md", "mini.ipynb", "mini.py", "test_mini.py"}
    expected = {f"{folder}/mini/{name}" for folder in ("source", "assignments") for name in files}
    assert expected == contents(course).keys()
    assert expected == {path.relative_to(course.root).as_posix() for path in built}


def test_build_needs_neither_gradebook_nor_programs(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build makes no gradebook, and no program has to be on the PATH."""
    monkeypatch.setenv("PATH", "")

    build(course)

    assert not list(course.root.glob("*.db"))


def test_build_is_the_same_every_time(
    course: Course, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Two builds of the same files, in different folders, agree in every byte."""
    other = Course.find(write_course(tmp_path_factory.mktemp("other")))

    build(course)
    build(other)

    assert contents(course) == contents(other)


def test_stub_script_reads_well(course: Course) -> None:
    """The students' script has stubs in place of solutions, and nothing of checks or nbgrader."""
    build(course)

    assert (course.assignments / "mini" / "mini.py").read_text() == STUB
    assert (course.source / "mini" / "mini.py").read_text() == STUB


def test_handout_has_the_public_tests_only(course: Course) -> None:
    """Hidden regions leave the tests, with the imports in them."""
    build(course)

    assert (course.assignments / "mini" / "test_mini.py").read_text() == (
        PUBLIC_TESTS + '\n\nBY_HAND = {"conclusion": 10.0}\n'
    )


def test_source_notebook_has_solutions_and_nbgrader_metadata(course: Course) -> None:
    """The source notebook names, points and locks each cell as nbgrader wants it."""
    build(course)

    notebook = nbformat.read(course.source / "mini" / "mini.ipynb", as_version=4)
    nbformat.validate(notebook)
    MetadataValidator().validate_nb(notebook)
    metadata = [cell.metadata.get("nbgrader", {}) for cell in notebook.cells]
    kinds = {
        cell["grade_id"]: (cell["grade"], cell["solution"], cell["locked"], cell.get("points"))
        for cell in metadata
        if cell
    }
    assert kinds == {
        "given-1": (False, False, True, None),
        "given-2": (False, False, True, None),
        "double": (False, True, False, None),
        "check-double": (True, False, True, 40.0),
        "square": (False, True, False, None),
        "check-square": (True, False, True, 60.0),
        "conclusion": (True, True, False, 10.0),
    }
    assert "np.asarray(z) + np.asarray(z)" in cell_of(notebook, "double")["source"]
    assert notebook.metadata.kernelspec.name == "python3"


@pytest.mark.parametrize(
    ("setting", "wanted"),
    [
        ("", "activation_coursework-"),
        ('install = "git+https://x.org/kit"\n', "git+https://x.org/kit"),
    ],
)
def test_a_notebook_installs_the_kit_where_it_is_missing(
    course: Course, setting: str, wanted: str
) -> None:
    """Its first code cell does nothing where the kit is there, and runs pip where it is not."""
    with (course.root / "pyproject.toml").open("a") as file:
        file.write(setting)
    build(Course.find(course.root))
    notebook = nbformat.read(course.assignments / "mini" / "mini.ipynb", as_version=4)
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    shell = InteractiveShell()
    ran: list[str] = []
    shell.register_magic_function(ran.append, "line", "pip")

    shell.run_cell(code[0], silent=True)
    assert ran == []
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "autograder", None)
        shell.run_cell(code[0], silent=True)
    assert len(ran) == 1
    assert ran[0].startswith(f"install --quiet {wanted}")
    assert "from autograder import check" in code[1]


def test_handout_notebook_keeps_tags_and_loses_solutions(course: Course) -> None:
    """The handout's notebook has stubs, the tags, and cells named like the items."""
    build(course)

    notebook = json.loads((course.assignments / "mini" / "mini.ipynb").read_text())
    tags = [cell["metadata"].get("tags", []) for cell in notebook["cells"]]
    tagged = [c for c, some in zip(notebook["cells"], tags, strict=True) if "experiment" in some]
    assert tagged[0]["metadata"]["tags"] == ["experiment", "raises-exception"]
    assert "nbgrader" not in tagged[0]["metadata"]
    assert "raise NotImplementedError()" in "".join(cell_of(notebook, "double")["source"])
    assert "YOUR ANSWER HERE" in "".join(cell_of(notebook, "conclusion")["source"])
    assert cell_of(notebook, "square")["id"] == "square"


def test_nothing_kept_back_reaches_students(course: Course) -> None:
    """No marker, no solution and no hidden test stands anywhere in the handout."""
    build(course)

    secrets = ("BEGIN", "END SOLUTION", "np.asarray(z)", "secret of", "elsewhere", "Fraction")
    for name, content in contents(course).items():
        if name != "source/mini/mini.ipynb":
            assert not [secret for secret in secrets if secret.encode() in content], name


def test_no_drift_after_a_build(course: Course) -> None:
    """Right after a build nothing is out of date, caches of a test run aside."""
    build(course)
    cache = course.assignments / "mini" / "__pycache__"
    cache.mkdir()
    (cache / "test_mini.pyc").write_bytes(b"")

    assert drift(course) == []


def test_drift_names_what_differs(course: Course) -> None:
    """Changed, missing and stale files are named, and nothing is written."""
    build(course)
    (course.source / "mini" / "mini.py").write_text("changed")
    (course.assignments / "mini" / "README.md").unlink()
    (course.assignments / "mini" / "old.txt").write_text("stale")
    before = contents(course)

    expected = ["source/mini/mini.py", "assignments/mini/README.md", "assignments/mini/old.txt"]
    assert expected == drift(course)
    assert before == contents(course)


def test_build_keeps_its_hands_off_what_it_did_not_make(course: Course) -> None:
    """Where somebody else's assignment has the same name, nothing is written over it."""
    theirs = course.source / "mini" / "mini.ipynb"
    theirs.parent.mkdir(parents=True)
    theirs.write_text("theirs")

    with pytest.raises(BuildError, match="source/mini is there already and was not built from"):
        build(course)

    assert theirs.read_text() == "theirs"


def test_orphans_are_what_was_built(course: Course) -> None:
    """What was built for an assignment that is gone is named, and what others made is not."""
    build(course)
    (course.source / "ps1").mkdir()
    (course.source / "ps1" / "problem1.ipynb").touch()
    assert orphans(course) == []

    (course.solutions / "mini").rename(course.solutions / "maxi")

    assert orphans(course) == ["source/mini", "assignments/mini"]


def test_change_of_a_hidden_test_is_out_of_date(course: Course) -> None:
    """What leaves no trace in the handout has to be built, and so tried out, again."""
    build(course)
    edit(course, "test_mini.py", "Fraction(1, 4)", "Fraction(2, 8)")

    assert drift(course) == ["source/.autograder.json"]


def test_folders_are_called_as_the_course_calls_them(course: Course) -> None:
    """Handouts are written where the settings say."""
    with (course.root / "pyproject.toml").open("a") as settings:
        settings.write('release = "release"\n')

    build(Course.find(course.root))

    assert (course.root / "release" / "mini" / "mini.ipynb").exists()
    assert not course.assignments.exists()


BROKEN = {
    "test that is broken": (
        ("test_mini.py", "Fraction(1, 4)", "Fractoin(1, 4)"),
        r"solutions/mini: The test 'test_square_elsewhere' in test_mini.py is broken "
        r"\(NameError: name 'Fractoin' is not defined\): mend it",
    ),
    "hidden test that fails": (
        ("test_mini.py", "Fraction(1, 4)", "Fraction(1, 3)"),
        "the reference itself fails the test 'square is right elsewhere' of square; mend one",
    ),
    "public test that fails": (
        ("test_mini.py", "value == 6.0", "value == 7.0"),
        r"fails the test 'double is right at 3' of double \(double\(3.0\) is 6.0, not 6.0.\)",
    ),
    "cell that raises": (
        ("mini.py", 'print("the', 'print(no_such_name, "the'),
        r"solutions/mini/mini.py, cell at line 41: it raises NameError: .*no_such_name",
    ),
    "given cell that raises": (
        ("mini.py", "START = np.array([1.0, 2.0])", "START = 1 / 0"),
        "solutions/mini: The reference of mini cannot be run: ZeroDivisionError",
    ),
}


@pytest.mark.parametrize(("change", "message"), BROKEN.values(), ids=BROKEN.keys())
def test_what_is_built_is_tried_out(
    course: Course, change: tuple[str, str, str], message: str
) -> None:
    """Tests, hidden ones too, have to pass on the reference, and all cells have to run."""
    edit(course, *change)

    with pytest.raises(BuildError, match=message) as caught:
        build(course, proof=partial(prove, course, tell=pytest.fail))

    assert "\n" not in str(caught.value)
    assert not course.source.exists()


def test_without_confinement_it_is_tried_out_too(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing confines, the author is told so, and it is tried out all the same."""
    said: list[str] = []
    monkeypatch.setattr("autograder.sandbox.host.WarmParent.await_ready", _no_walls)

    build(course, proof=partial(prove, course, tell=said.append))

    assert said == ["mini is tried out unconfined: nothing confines here. No walls."]


def test_only_what_has_changed_is_tried_out(course: Course) -> None:
    """A second build of the same files proves nothing again; one of changed files does."""
    proved: list[str] = []

    def proof(authored: Authored) -> None:
        proved.append(authored.name)

    build(course, proof=proof)
    build(course, proof=proof)
    assert proved == ["mini"]

    edit(course, "test_mini.py", "Fraction(1, 4)", "Fraction(2, 8)")
    build(course, proof=proof)

    assert proved == ["mini", "mini"]


def test_build_removes_what_it_no_longer_makes(course: Course) -> None:
    """Stale files and folders of an assignment go; those of others stay."""
    build(course)
    for name in ("mini/old.ipynb", "mini/data/old.csv", "theirs/other.ipynb"):
        path = course.assignments / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}")

    build(course)

    assert not (course.assignments / "mini" / "old.ipynb").exists()
    assert not (course.assignments / "mini" / "data").exists()
    assert (course.assignments / "theirs" / "other.ipynb").exists()


BODY = PUBLIC_TESTS.partition("def test_square(student):\n")[2]
MISTAKES = {
    "no test for a solution": (
        ("mini.py", "def square(z)", "def cube(z)"),
        "solutions/mini/mini.py, cell at line 30: a solution cell defines one item, but this one "
        "defines cube and no test asks for that",
    ),
    "two items in a cell": (
        ("mini.py", "def double(z)", "square = None\n\n\ndef double(z)"),
        "cell at line 15: .* defines square and double; give each a cell of its own",
    ),
    "no solution for a test": (
        ("test_mini.py", '"square", points=30', '"cube", points=30'),
        "test_mini.py, line 19: a test asks for the item 'cube', which no solution cell defines",
    ),
    "region not closed": (
        ("mini.py", "    ### END SOLUTION\n", ""),
        "mini.py, line 18: BEGIN SOLUTION is not closed before the cell at line 22 starts",
    ),
    "region not closed at the end": (
        ("mini.py", "# ### END SOLUTION\n", ""),
        "mini.py, line 47: BEGIN SOLUTION is not closed; write '### END SOLUTION' where it ends",
    ),
    "end without begin": (
        ("mini.py", "    ### BEGIN SOLUTION\n", ""),
        "mini.py, line 19: END SOLUTION without a BEGIN SOLUTION before it",
    ),
    "nested": (
        ("mini.py", "    ### BEGIN SOLUTION\n", "    ### BEGIN SOLUTION\n" * 2),
        "mini.py, line 19: BEGIN SOLUTION inside the region that began at line 18",
    ),
    "hidden region not closed": (
        ("test_mini.py", "### END HIDDEN TESTS\n\n\n@", "\n\n@"),
        "test_mini.py, line 25: BEGIN HIDDEN TESTS inside the region that began at line 6",
    ),
    "hidden region breaks the tests": (
        ("test_mini.py", BODY, f"### BEGIN HIDDEN TESTS\n{BODY}### END HIDDEN TESTS\n"),
        "test_mini.py: without its hidden regions this is not Python .expected an indented block",
    ),
    "public test uses what is hidden": (
        ("test_mini.py", "value == 6.0", "value == Fraction(6)"),
        "test_mini.py, line 7: 'Fraction' stands in a hidden region but a public test uses it",
    ),
    "hidden tests in the script": (
        ("mini.py", "START =", "### BEGIN HIDDEN TESTS\nSTART ="),
        "mini.py, line 12: hidden tests belong in the test file",
    ),
    "check for an unknown item": (
        ("mini.py", 'check("square")', 'check("cube")'),
        """mini.py, cell at line 38: check\\("cube"\\) asks for an item that no test knows""",
    ),
    "check with more in its cell": (
        ("mini.py", 'check("square")', 'check("square")\nprint(1)'),
        "mini.py, cell at line 38: a check cell holds nothing but its call",
    ),
    "item without a check": (
        ("mini.py", '# %%\ncheck("square")\n', ""),
        "mini.py, cell at line 30: no check cell follows the item 'square'",
    ),
    "item twice": (
        ("mini.py", "def square(z)", "def double(z)"),
        "mini.py, cell at line 30: 'double' is there already, in the cell at line 15",
    ),
    "check is not imported": (
        ("mini.py", "from autograder import check\n", ""),
        "mini.py, cell at line 6: the first code cell must import check",
    ),
    "not Python": (
        ("mini.py", "START = np", "START = = np"),
        "mini.py, cell at line 11: this is not Python",
    ),
    "question without points": (
        ("mini.py", " points=10", ""),
        "mini.py, cell at line 44: the written question 'conclusion' needs its points",
    ),
    "question without a name": (
        ("mini.py", ' grade_id="conclusion"', ""),
        "mini.py, cell at line 44: a written question needs a name",
    ),
    "question without an answer": (
        (
            "mini.py",
            "# ### BEGIN SOLUTION\n# The square, from z = 2 on.\n# ### END SOLUTION\n",
            "",
        ),
        "mini.py, cell at line 44: the written question 'conclusion' has no model answer",
    ),
    "experiment with a solution": (
        ("mini.py", 'print("the', '### BEGIN SOLUTION\n### END SOLUTION\nprint("the'),
        "mini.py, cell at line 41: a cell tagged experiment holds no solution",
    ),
    "solution markers in the tests": (
        ("test_mini.py", "import numpy", "### BEGIN SOLUTION\nimport numpy"),
        "test_mini.py, line 3: solution markers mean nothing in a test file",
    ),
    "tests that cannot be imported": (
        ("test_mini.py", "import numpy", "import no_such_module\nimport numpy"),
        "solutions/mini: test_mini.py cannot be collected: .*no_such_module",
    ),
    "points of an unknown item": (
        ("mini.py", "# Short", "# <!-- points: double cube -->\n# Short"),
        "mini.py, cell at line 1: the line about points names 'cube', which is no item here; "
        "name some of double, square, conclusion",
    ),
    "a table of points without estimates": (
        ("README.md", "\n", "\n\n<!-- points -->\n"),
        "README.md: the table of points also says how long each item takes, and 'double' does not",
    ),
    "a picture that is not there": (
        ("mini.py", "# Short", "# ![A line.](pictures/line.png)\n# Short"),
        "solutions/mini: the text shows pictures/line.png, which is not there; draw it",
    ),
    "solution repeated in the text": (
        ("mini.py", "# ## The second", "# return np.asarray(z) + np.asarray(z)"),
        "mini.py, line 19: 'return np.asarray\\(z\\) \\+ np.asarray\\(z\\)' would stand in the "
        "handout's mini.ipynb",
    ),
}


@pytest.mark.parametrize(("change", "message"), MISTAKES.values(), ids=MISTAKES.keys())
def test_author_is_told_of_a_mistake(
    course: Course, change: tuple[str, str, str], message: str
) -> None:
    """Each mistake of an author stops the build in one sentence that says where and what to do."""
    build(course)
    before = contents(course)
    edit(course, *change)

    with pytest.raises(BuildError, match=message) as caught:
        build(course)

    assert "\n" not in str(caught.value)
    assert before == contents(course)


TABLE = """\
| item         | points | by hidden tests | minutes | difficulty |
| ------------ | ------ | --------------- | ------- | ---------- |
| `double`     | 40     | 20              | 5       | easy       |
| `square`     | 60     | 30              | 10      | easy       |
| `conclusion` | 10     | marked by hand  | 2.5     | hard       |
| all          | 110    | 50              | 17.5    |            |
"""
SENTENCE = "**Points:** `square` 60 (30 by hidden tests), `conclusion` 10 (marked by hand).\n"


def test_points_are_filled_in_from_the_tests(course: Course) -> None:
    """Notebook, script and README say what items are worth, with the author's estimates."""
    for item, minutes in (("double", 5), ("square", 10)):
        old, new = f"# %%\ndef {item}", f'# %% minutes={minutes} difficulty="easy"\ndef {item}'
        edit(course, "mini.py", old, new)
    edit(course, "mini.py", "points=10", 'points=10 minutes=2.5 difficulty="hard"')
    edit(course, "mini.py", "# Short", "# <!-- points -->\n#\n# Short")
    edit(course, "README.md", "\n", "\n\n<!-- points: square conclusion -->\n")

    build(course)

    folder = course.assignments / "mini"
    notebook = json.loads((folder / "mini.ipynb").read_text())
    script = (folder / "mini.py").read_text()
    assert TABLE in "".join(notebook["cells"][0]["source"])
    assert "".join(f"# {line}\n" for line in TABLE.splitlines()) in script
    assert "minutes=" not in script
    assert (folder / "README.md").read_text().endswith(f"\n{SENTENCE}")


def test_what_is_due_when_is_said(course: Course) -> None:
    """The handout says which file is collected and until when, and so does a check of it."""
    pyproject = course.root / "pyproject.toml"
    pyproject.write_text(pyproject.read_text() + '\ndue.mini = "Friday, noon"\n')
    edit(course, "mini.py", "# Short", "# <!-- hand in -->\n#\n# Short")

    build(Course.find(course.root))

    folder = course.assignments / "mini"
    what = "**Hand in** `mini.ipynb` or `mini.py`: that file alone is collected."
    assert f"{what} **Due:** Friday, noon." in (folder / "mini.ipynb").read_text()
    assert f"{what} **Due:** Friday, noon." in (folder / "mini.py").read_text()
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(folder)]
    told = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False).stdout
    assert "conclusion: 10 points, marked by hand.\nDue: Friday, noon.\n" in told


def test_what_is_due_is_an_assignment(course: Course) -> None:
    """A due date of something else is refused, by name."""
    with pytest.raises(BuildError, match="'due' names 'maxi', which is no assignment here"):
        build(dataclasses.replace(course, due={"maxi": "Friday"}))


def test_pictures_that_the_text_shows_are_handed_out(course: Course) -> None:
    """Pictures reach source/ and assignments/ byte for byte; one that no text shows stays back."""
    folder = course.solutions / "mini" / "pictures"
    folder.mkdir()
    for name in ("line", "draft"):
        (folder / f"{name}.png").write_bytes(b"\x89PNG\xff" + name.encode())
    edit(course, "mini.py", "# Short", "# ![A line.](pictures/line.png)\n# Short")

    build(course)

    built = contents(course)
    for top in ("source", "assignments"):
        assert built[f"{top}/mini/pictures/line.png"] == b"\x89PNG\xffline"
        assert f"{top}/mini/pictures/draft.png" not in built


@pytest.mark.parametrize("filename", ["mini.py", "test_mini.py", "README.md"])
def test_author_is_told_of_a_missing_file(course: Course, filename: str) -> None:
    """A file that is not there is named."""
    (course.solutions / "mini" / filename).unlink()

    with pytest.raises(BuildError, match=re.escape(filename)):
        build(course, ["mini"])


def test_repository_is_up_to_date() -> None:
    """What is in source/ and assignments/ is what the authored files give."""
    assert drift(Course.find(REPOSITORY)) == []


@pytest.mark.parametrize("name", sorted(p.parent.name for p in SOLUTIONS.glob("*/pictures.py")))
def test_pictures_drawn_are_those_shown(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """pictures.py draws exactly what the text shows, and each picture is small."""
    folder = SOLUTIONS / name
    monkeypatch.setattr(sys, "argv", ["pictures.py", str(tmp_path)])

    runpy.run_path(str(folder / "pictures.py"), run_name="__main__")

    shown = set(re.findall(r"\]\(pictures/(.*?)\)", (folder / f"{name}.py").read_text()))
    assert shown == {path.name for path in tmp_path.iterdir()}
    assert shown == {path.name for path in (folder / "pictures").iterdir()}
    assert max(path.stat().st_size for path in (folder / "pictures").iterdir()) <= 40_000


def test_samples_are_what_they_seem() -> None:
    """The sample course has hidden regions and solutions for these tests to look for."""
    assert TESTS.count("BEGIN HIDDEN TESTS") == 2
    assert SCRIPT.count("BEGIN SOLUTION") == 3
