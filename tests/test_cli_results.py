"""The commands on results that are there: one item graded again, explained, compared, reported."""

from collections.abc import Callable
from pathlib import Path

import pytest

from autograder import classroom
from autograder.cli import main
from autograder.collect.listing import read_rows
from autograder.result import Result
from tests.classroom_fakes import make_course

TESTS = '''
import pytest
from autograder.checks import check_values

@pytest.mark.item("half", points=10)
def test_half(student):
    """half is right at 4"""
    check_values(student.half, {"z": 4.0}, 2.0)

@pytest.mark.item("quarter", points=20, uses="half")
def test_quarter(student):
    """quarter is right at 4"""
    check_values(student.quarter, {"z": 4.0}, 1.0)

@pytest.mark.item("other", points=30)
def test_other(student):
    """other is right at 4"""
    check_values(student.other, {"z": 4.0}, 4.0)

### BEGIN HIDDEN TESTS
@pytest.mark.item("half", points=40)
def test_half_elsewhere(student):
    """half is right elsewhere"""
    check_values(student.half, {"z": 3.0}, 77.0)
### END HIDDEN TESTS
'''
MENDED = TESTS.replace("77.0", "1.5")
RIGHT = "def half(z):\n    return z / 2\ndef quarter(z):\n    return half(half(z))\n"
RIGHT += "def other(z):\n    return z\n"
WRONG = RIGHT.replace("z / 2", "z / 3")
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """Run a command here; gives its exit code and what it wrote."""

    def run(*args: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(args)
        return int(ended.value.code or 0), *capfd.readouterr()

    return run


@pytest.fixture
def tests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a course with a right and a wrong submission; gives the file of the tests."""
    folder = make_course(tmp_path).solutions / "toy"
    (folder / "toy.py").write_text(RIGHT)
    (folder / "test_toy.py").write_text(TESTS)
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "right.py").write_text(RIGHT)
    (tmp_path / "class" / "wrong.py").write_text(WRONG)
    monkeypatch.chdir(tmp_path)
    return folder / "test_toy.py"


def grade(run: Run, *args: str, out: str = "out") -> tuple[int, str, str]:
    return run("grade", "class", "--assignment", "toy", "--out", out, "--jobs", "1", *args)


def scores(out: str = "out") -> dict[str, dict[str, float]]:
    """Return every student's points, by item."""
    lines = (Path(out) / "results.jsonl").read_text().splitlines()
    results = [Result.from_json(line) for line in lines]
    return {one.student: {item.item: item.score for item in one.items} for one in results}


@pytest.mark.long
def test_one_item_again(run: Run, tests: Path) -> None:
    """After a test is mended its item, and what builds on it, is graded; all else stays."""
    grade(run)
    grade(run, out="old")
    assert scores()["right"] == {"half": 10.0, "quarter": 20.0, "other": 30.0}
    tests.write_text(MENDED.replace("4.0}, 4.0", "4.0}, 5.0"))  # of other, which is not named
    (Path("class") / "late.py").write_text(RIGHT)
    (Path("class") / "empty.ipynb").write_text("")
    grade(run, out="all")
    rows = read_rows(Path("all/collected.csv"))
    assert {row.student: row.why for row in rows}["empty"].startswith("empty.ipynb is empty.")
    run("grade", "class", "--assignment", "toy", "--out", "all", "--item", "half")
    assert read_rows(Path("all/collected.csv")) == rows

    code, out, err = grade(run, "--item", "half")

    assert (code, err) == (
        0,
        "autograder: Left out, being new, changed or without marks: empty, late.\n",
    )
    assert "Graded 2, unchanged 0." in out
    assert scores() == {
        "right": {"half": 50.0, "quarter": 20.0, "other": 30.0},
        "wrong": {"half": 0.0, "quarter": 20.0, "other": 30.0},  # quarter: in company
    }
    assert run("diff", "old", "out/results.jsonl")[1].splitlines() == [
        "right  60 -> 100 (+40)",
        "  half: half is right elsewhere  0 -> 40",
    ]
    grade(run)
    assert scores()["right"]["other"] == 0.0  # nothing is taken for graded that was not


def test_explain(run: Run, tests: Path) -> None:
    """A mark is explained in full: points, hidden inputs and values, and the student's code."""
    tests.write_text(MENDED)
    grade(run)

    code, out, err = run("explain", "wrong", "half", "--results", "out")

    assert (code, err) == (0, "")
    assert out.startswith("For the instructor's eyes")
    for text in (
        "wrong, half: 0 of 50",
        "✗ half is right elsewhere (hidden): 0 of 40",
        "half is wrong at z = 3: got 1, expected 1.5",
        "def half(z):\n    return z / 3",
    ):
        assert text in out
    assert "def quarter" not in out
    assert "got 1, expected 1.5" not in Path("out/feedback/wrong.html").read_text()
    assert "got 1, expected 1.5" not in Path("out/results.jsonl").read_text()


def test_explain_without_what_was_handed_in(run: Run, tests: Path) -> None:
    """Where only results.jsonl is left, what it holds is shown, and what is missing is said."""
    grade(run)
    Path("out/.ledger.sqlite").unlink()

    code, out, _ = run("explain", "wrong", "half", "--results", "out")

    assert code == 0
    assert "✗ half is right at 4 (public): 0 of 10\n  half is wrong at z = 4" in out
    assert "What was handed in is not kept" in out


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (("explain", "nobody", "half", "--results", "out"), "no result of a student 'nobody'"),
        (("explain", "right", "none", "--results", "out"), "There is no item 'none'"),
        (("report", "class"), "'class' holds no results.jsonl"),
        (("diff", "class", "out"), "'class/results.jsonl' cannot be read as results"),
        (
            ("grade", "class", "--assignment", "toy", "--out", "out", "--item", "none"),
            "have no item 'none' (they have: step)",
        ),
    ],
)
def test_mistakes(run: Run, tests: Path, args: tuple[str, ...], sentence: str) -> None:
    """A user's mistake is told in a sentence."""
    with classroom.Ledger(Path("out"), "toy") as ledger:
        from tests.classroom_fakes import result

        ledger.record(result("right"), "f")

    code, _, err = run(*args)

    assert code == 1
    assert sentence in err
    assert "Traceback" not in err


def test_report(run: Run, tests: Path) -> None:
    """The pages can be written again from what is kept, with the code that was handed in."""
    grade(run)
    before = {path: path.read_text() for path in Path("out").rglob("*.html")}
    for path in before:
        path.unlink()

    assert run("report", "out") == (0, "out/report.html\n", "")
    assert before == {path: path.read_text() for path in Path("out").rglob("*.html")}
    assert "return z / 3" in Path("out/items/half.html").read_text()


def test_one_item_after_its_tests_are_gone(run: Run, tests: Path) -> None:
    """An item that the tests no longer have is not graded, and the sentence names it."""
    grade(run)
    tests.write_text(TESTS.replace('item("other"', 'item("another"'))

    code, _, err = grade(run, "--item", "other")

    assert code == 2
    assert "test_toy.py has no test of 'other'." in err
    assert scores()["right"]["other"] == 30.0
