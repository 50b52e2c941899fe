"""What the kit says in another language: all of it, and nothing but words changes."""

import ast
import re
import shutil
import string
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

import autograder
from autograder import language
from autograder.build import build
from autograder.course import Course, CourseError
from autograder.grading import Grader
from autograder.language import ENGLISH, LOCALE, _, in_every_language, languages, speak
from autograder.reports.pages import write_pages
from autograder.result import ItemResult, Result, TestResult
from autograder.submission import read
from tests.nbgrader_course import write_course
from tests.samples import COURSE, solutions

PACKAGE = Path(autograder.__file__).parent
SAID_AS_A_WHOLE = ("checks", "explain")
"""Rooms where every sentence is one for a student."""
OTHERS_WORDS = {
    "truth value of an array",
    "does not support item assignment",
    "could not broadcast input array",
    "could not be broadcast",
    "only integer scalar arrays",
    "cannot be interpreted as an integer",
    "module 'numpy' has no attribute",
    "setting an array element with a sequence",
    "setting single item of array",
    "iteration over a 0-d array",
    "object is not iterable",
    "object is not callable",
    "result out of range",
}
"""What Python and NumPy say, by which their errors are known."""


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Speak English again after each test."""
    yield
    speak(ENGLISH)


def catalogue(name: str) -> dict[str, str]:
    """Return the sentences of a language, by the English ones."""
    with (LOCALE / name / "LC_MESSAGES" / "autograder.po").open("rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file) if m.id}


def others() -> list[str]:
    """Return all languages but English."""
    return [name for name in languages() if name != ENGLISH]


def blanks(sentence: str) -> list[tuple[str | None, str | None]]:
    """Return the blanks of a sentence, in the order in which they are filled."""
    found = [(name, form) for _text, name, form, _how in string.Formatter().parse(sentence)]
    named = [one for one in found if one[0] is not None]
    return sorted(named) if any(name for name, _form in named) else named


def literals(path: Path) -> Iterator[tuple[str, bool]]:
    """Yield each text in a module that is no docstring, and whether it is asked to be said."""
    tree = ast.parse(path.read_bytes())
    statements = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    parts = {id(v) for n in ast.walk(tree) if isinstance(n, ast.JoinedStr) for v in n.values}
    asked = {
        id(argument)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "_"
        for part in call.args
        for argument in ast.walk(part)
    }
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and id(node) not in statements | parts:
            yield node.value, id(node) in asked


@pytest.mark.parametrize("name", others())
def test_every_sentence_is_there(name: str) -> None:
    """Whatever a student may be told has its sentence, and no sentence is left over."""
    known = catalogue(name)
    texts = {path: list(literals(path)) for path in PACKAGE.rglob("*.py")}
    said = {text for found in texts.values() for text, asked in found if asked}
    said |= {
        text
        for path, found in texts.items()
        if path.parent.name in SAID_AS_A_WHOLE
        for text, _asked in found
        if text.count(" ") > 2 and text[0] != "\n" and "(z)" not in text and "0.01*z" not in text
    }
    assert not said - known.keys() - OTHERS_WORDS

    templates = "".join(path.read_text() for path in PACKAGE.rglob("*.j2"))
    said_there = {*re.findall(r'\b_\("([^"]*)"\)|"([^"]*)" \| said', templates)}
    said_there = {one or other for one, other in said_there}
    assert not said_there - known.keys()
    everywhere = {text for found in texts.values() for text, _asked in found}
    assert not known.keys() - everywhere - said_there


@pytest.mark.parametrize("name", others())
def test_blanks_are_the_same(name: str) -> None:
    """A sentence has the blanks of the English one, and says something."""
    for english, other in catalogue(name).items():
        assert other, english
        assert blanks(english) == blanks(other), english


@pytest.mark.parametrize("name", others())
def test_what_is_read_is_what_is_written(name: str) -> None:
    """The compiled catalogue is that of the text, in which ``make words`` finds no fault."""
    path = LOCALE / name / "LC_MESSAGES" / "autograder.po"
    with path.with_suffix(".mo").open("rb") as file:
        compiled = {str(m.id): str(m.string) for m in read_mo(file) if m.id}

    assert compiled == catalogue(name)
    with path.open("rb") as file:
        assert list(read_po(file).check()) == []


def test_what_is_not_the_kits_stays() -> None:
    """An author's sentence is said as it is, and so is everything in English."""
    assert (_("Is a `return` missing?"), _("")) == ("Is a `return` missing?", "")
    speak("de")
    assert _("Fehlt ein `return`?") == "Fehlt ein `return`?"
    assert _("Is a `return` missing?") == "Fehlt ein `return`?"
    assert {"Is a `return` missing?", "Fehlt ein `return`?"} == {
        *in_every_language("Is a `return` missing?")
    }


def test_a_language_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """The setting's fault is one sentence, with those that there are."""
    (tmp_path / "pyproject.toml").write_text('[tool.autograder]\nlanguage = "xx"\n')

    with pytest.raises(CourseError, match="'language' must be one of de, en"):
        Course.find(tmp_path)
    with pytest.raises(ValueError, match="no catalogue of 'xx'"):
        language.speak("xx")


def test_marks_are_the_same_and_words_are_not(tmp_path: Path) -> None:
    """A class is graded alike in German: points and tests are equal, message and hint are said."""
    wrong = solutions("activations") | {
        "relu": "def relu(z):\n    return np.minimum(z, 0)",
        "tanh": "def tanh(z):\n    return None",
        "elu": "def elu(z, alpha=1.0):\n    raise NotImplementedError()",
    }
    path = tmp_path / "s.py"
    path.write_text("import numpy as np\n\n" + "\n\n".join(wrong.values()))
    results = {}
    for name in (ENGLISH, "de"):
        settings = {**vars(COURSE), "language": name}
        with Grader(Course(**settings), "activations", only=["relu", "tanh", "elu"]) as grader:
            results[name] = grader.grade_submission("", read(path))
    english, german = results.values()

    assert [(t.name, t.score) for i in english.items for t in i.tests] == [
        (t.name, t.score) for i in german.items for t in i.tests
    ]
    first = {item.item: item.tests[0] for item in german.items}
    assert first["tanh"].message.startswith("tanh sollte Zahlen der Form")
    assert first["tanh"].hint == "Fehlt ein `return`?"
    assert first["elu"].message == "elu ist noch nicht geschrieben."
    assert next(item for item in german.items if item.item == "elu").is_unwritten
    assert "ist falsch bei z[" in first["relu"].message


def test_a_handout_speaks_by_itself(tmp_path: Path) -> None:
    """Stubs are in the course's language, and so is what a student's own check says."""
    course = Course.find(write_course(tmp_path))
    pyproject = course.root / "pyproject.toml"
    pyproject.write_text(pyproject.read_text() + '\nlanguage = "de"\n')
    script = course.solution("mini")
    script.write_text(script.read_text().replace("# Short", "# Replace `# YOUR CODE HERE`. Short"))
    course = Course.find(course.root)
    build(course)
    folder = shutil.copytree(course.assignments / "mini", tmp_path / "student")

    assert "# HIER STEHT DEIN CODE\n" in (folder / "mini.py").read_text()
    assert "# HIER STEHT DEIN CODE" in (folder / "mini.ipynb").read_text()
    assert "Replace `# HIER STEHT DEIN CODE`. Short" in (folder / "mini.py").read_text()
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(folder)]
    told = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False).stdout
    assert "noch nicht geschrieben." in told
    assert "Geprüft: mini" in told


def test_pages_speak_it_too(tmp_path: Path) -> None:
    """The class's page and a student's are in the language chosen, and say so to a reader."""
    test = TestResult("t", "hidden", 0.0, 2.0, passed=False)
    speak("de")
    write_pages([Result("a", "ada", "a.py", (ItemResult("f", (test,)),))], tmp_path)
    report, student = ((tmp_path / p).read_text() for p in ("report.html", "feedback/ada.html"))

    assert '<html lang="de">' in report
    assert "1 Abgabe<" in report.replace("</div>", "<")
    assert "<h2>Aufgaben und Tests</h2>" in report
    assert '<span class="tag">verdeckt</span>' in student
