"""Where marks go: each file as its importer documents it."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from autograder.cli import main
from autograder.exports import Export, ExportError, Marks, Options, read_marks, writer
from autograder.result import ItemResult, Result, TestResult
from tests.classroom_fakes import result

CANVAS = (
    "\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,toy (77),Essay (78),Final Score\r\n"
    ",,,,,,Manual Posting,\r\n"
    "    Points Possible,,,,,5.00,10.00,(read only)\r\n"
    '"Lovelace, Ada",101,S1,ada@uni,"A, B",,9.5,"95"\r\n'
    "Bob =Cat,102,S2,bob@uni,A,3.00,,\r\n"
    "Cy Young,103,S3,cy@uni,A,EX,,\r\n"
    "Di Fly,104,,di@uni,A,,,\r\n"
    "Di Fly,105,,,A,,,"
)
WORKSHEET = (
    "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,"
    "Last modified (grade),Feedback comments\n"
    'Participant 331,Ada Lovelace,ada@uni.edu,"Submitted for grading - ",,5.00,Yes,-,\n'
    'Participant 332,Bob Cat,bob@uni.edu,"Submitted for grading - ",,5.00,Yes,-,Good\n'
    "Participant 333,Cy Young,cy@uni.edu,No submission,,5.00,Yes,-,\n"
)
BLACKBOARD = (
    '\ufeff"Last Name"\t"First Name"\t"Username"\t"Student ID"\t'
    '"toy [Total Pts: 5 Score] |664617"\n'
    '"Lovelace"\t"Ada"\t"ada"\t"S1"\t""\n'
    '"Cat"\t"Bob"\t"bob"\t"S2"\t"1.00"\n'
)


def marks(*students: str, **names: tuple[str, ...]) -> Marks:
    """Return full marks for these students, and none for those whose name begins with ``!``."""
    results = (result(name.removeprefix("!"), passed=name[:1] != "!") for name in students)
    return Marks(tuple(results), names)


def fault(student: str) -> Result:
    """Return the result of a submission that the grader failed on."""
    return result(student, passed=False, status="grader-fault", error="The sandbox is gone.")


def canvas(given: Marks, text: str = CANVAS, column: str = "") -> Export:
    """Fill in Canvas's gradebook."""
    return writer("canvas")(given, Options(text.encode(), column))


def moodle(given: Marks, text: str = WORKSHEET, by: str = "") -> Export:
    """Fill in Moodle's worksheet."""
    return writer("moodle")(given, Options(text.encode(), by=by))


def rows(export: Export) -> list[list[str]]:
    """Return a CSV's cells."""
    return list(csv.reader(io.StringIO(export.content.decode("utf-8-sig"))))


# --- items ------------------------------------------------------------------------------


def test_items() -> None:
    """A row for each student, a column for each item and test; no points where none were made."""
    given = Marks((result("s01"), result("s02", passed=False), fault("s03")))

    header, *others = rows(writer("items")(given, Options()))
    assert header[:6] == ["student", "submission", "status", "score", "max_score", "step"]
    assert header[6:] == ["step: at zero", "step: far out"]
    assert others == [
        ["s01", "s01.py", "graded", "5", "5", "5", "2", "3"],
        ["s02", "s02.py", "graded", "0", "5", "0", "0", "0"],
        ["s03", "s03.py", "grader-fault", "", "5", "", "", ""],
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_items_hold_no_formula(start: str) -> None:
    """No student, file, item or test is taken for a formula by a spreadsheet."""
    name = f"{start}1+1"
    test = TestResult("x", "public", 1.0, 1.0, passed=True)
    one = result(name, submission=name, items=(ItemResult(name, (test,)),))

    header, row = rows(writer("items")(Marks((one,)), Options()))
    assert [row[0], row[1], header[5]] == [f"'{name}"] * 3


# --- Canvas -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["101", "S1", "ADA@uni", "Lovelace, Ada", "ada  lovelace"])
def test_canvas_knows_students(name: str) -> None:
    """A student is known by ID, SIS ID, login, or name; one cell changes, and not a byte else."""
    expected = CANVAS.replace('"A, B",,9.5', '"A, B",5,9.5')

    assert expected.encode() == canvas(marks(name)).content


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\r\n", "\n"),
        ("\ufeff", ""),
        (",", ";"),
        ("    Points Possible,,,,,5.00,10.00,(read only)\r\n", ""),
    ],
    ids=["unix", "no mark", "semicolons", "no points possible"],
)
def test_canvas_keeps_the_file(old: str, new: str) -> None:
    """Line ends, mark, delimiters and missing rows stay as they are."""
    text = CANVAS.replace('"Lovelace, Ada"', "Ada").replace('"A, B"', "A").replace(old, new)
    d = ";" if new == ";" else ","
    expected = text.replace(f"A{d}3.00", f"A{d}5")

    assert expected.encode() == canvas(marks("102"), text).content


def test_canvas_leaves_other_encodings() -> None:
    """A file that a spreadsheet saved in another encoding keeps its bytes."""
    raw = CANVAS.replace("\ufeff", "").replace("Cy", "Zo\u00eb").encode("latin-1")
    filled = writer("canvas")(marks("102"), Options(raw)).content

    assert raw.replace(b"A,3.00", b"A,5") == filled


def test_canvas_leaves_what_is_not_certain() -> None:
    """Nobody gets a mark by a name that two have, nor over an excuse, nor from a fault."""
    given = Marks((result("di fly"), result("103"), result("zed"), fault("102"), result("104")))
    export = canvas(given)

    assert CANVAS.replace("di@uni,A,,,", "di@uni,A,5,,").encode() == export.content
    assert export.notes == (
        "Filled in 1 of 5 rows.",
        "Not in the file: zed.",
        "Not certain who this is, so left out: di fly.",
        "Excused there, so left as it is: 103.",
        "The grader failed, so left as it is: grade again: 102.",
        "In the file, but without a mark: Lovelace, Ada.",
    )


def test_notes_are_plain() -> None:
    """A name with escape codes, the student's to choose, reaches no terminal as it is."""
    export = canvas(marks("102"), CANVAS.replace("Cy Young", "\x1b[2JCy"))

    assert (
        "In the file, but without a mark: %1B[2JCy, Di Fly, Di Fly, Lovelace, Ada." in export.notes
    )


def test_canvas_two_of_one_row() -> None:
    """Two hand-ins of one student, by ID and by login, are both left out."""
    export = canvas(marks("101", "ada@uni"))

    assert CANVAS.encode() == export.content
    assert "Not certain who this is, so left out: 101, ada@uni." in export.notes


def test_canvas_two_keys_disagree() -> None:
    """A name that is one student's ID and another's login is nobody's."""
    text = CANVAS.replace("bob@uni", "101")

    assert text.encode() == canvas(marks("101"), text).content


def test_canvas_number_within_a_name() -> None:
    """The number that ends a name is not taken for an ID."""
    assert CANVAS.encode() == canvas(marks("s101")).content


def test_canvas_points_are_as_given() -> None:
    """Points are not scaled; where the maximum differs, that is said."""
    export = canvas(marks("102"), CANVAS.replace("5.00", "20"))

    assert b"A,5,," in export.content
    assert "The file's maximum is 20, but the points here go up to 5." in export.notes


@pytest.mark.parametrize("column", ["Essay (78)", "essay", "78"])
def test_canvas_column(column: str) -> None:
    """The column is chosen by its heading, its title or its number."""
    expected = CANVAS.replace("3.00,,", "3.00,5,")

    assert expected.encode() == canvas(marks("102"), column=column).content


@pytest.mark.parametrize("title", ["Unit 2: Toy", "TOY"])
def test_canvas_column_of_the_assignment(title: str) -> None:
    """The one column that has the assignment's name in its title is its."""
    assert b",A,5,," in canvas(marks("102"), CANVAS.replace("toy", title)).content


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        (
            CANVAS,
            "Nothing",
            r"No column of the file is called 'Nothing': .*toy \(77\); Essay \(78\)",
        ),
        (CANVAS.replace("toy", "toys"), "", "No column of the file is called 'toy'"),
        (CANVAS.replace("Essay", "toy"), "", "More than one column of the file is called 'toy'"),
        (CANVAS.replace("5.00", "(read only)"), "", "computes the column"),
        ("a,b\n1,2\n", "", "a gradebook that was exported from Canvas"),
        ("", "", "a gradebook that was exported from Canvas"),
    ],
)
def test_canvas_refuses(text: str, column: str, message: str) -> None:
    """Another file, and a column that is not certain, are refused in one sentence."""
    with pytest.raises(ExportError, match=message):
        canvas(marks("102"), text, column)


# --- Moodle -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["331", "Participant 331", "ada@uni.edu", "Lovelace, Ada"])
def test_moodle_worksheet(name: str) -> None:
    """A worksheet keeps the rows with a grade only, since another would take a grade away."""
    header, row = moodle(marks(name)).content.decode().splitlines()

    assert header == WORKSHEET.splitlines()[0]
    assert row == WORKSHEET.splitlines()[1].replace('grading - ",,', 'grading - ",5,') + (
        "step: 5 of 5"
    )


def test_moodle_keeps_comments_and_grades() -> None:
    """What stands there in comments stays, and so does the grade of who has no new one."""
    text = WORKSHEET.replace("No submission,,", "No submission,1.00,")
    export = moodle(marks("!332", "nobody"), text)

    assert [row[4:9:4] for row in rows(export)[1:]] == [["0", "Good"], ["1.00", ""]]
    assert "Not in the file: nobody." in export.notes


def test_moodle_fault_is_no_grade() -> None:
    """Who was not graded for the grader's fault is left out."""
    assert len(rows(moodle(Marks((fault("331"), result("332")))))) == 2


def test_moodle_by() -> None:
    """With --by, students are matched by that alone."""
    assert "Not in the file: 331." in moodle(marks("331", "bob@uni.edu"), by="email").notes


def test_moodle_namesakes() -> None:
    """Two of one name, whom Moodle's number tells apart, get each their own grade."""
    text = WORKSHEET.replace("Bob Cat", "Ada Lovelace")
    export = moodle(marks("Ada Lovelace (331)", "!Ada Lovelace (332)"), text)

    assert [row[4] for row in rows(export)[1:]] == ["5", "0"]


def test_moodle_comments_say_why() -> None:
    """Whose file cannot be read is told why; a penalty takes away, and is not so many of 0."""
    penalty = ItemResult("late penalty", (TestResult("", "public", -2.0, 0.0, passed=False),))
    late = replace(result("331"), items=(*result("331").items, penalty))
    unread = result("332", passed=False, status="unreadable", error="HW1.ipynb is empty.")
    comments = [row[-1] for row in rows(moodle(Marks((late, unread))))[1:]]

    assert comments == ["step: 5 of 5<br>late penalty: -2", "Good"]
    text = WORKSHEET.replace("Good", "")
    assert rows(moodle(Marks((unread,)), text))[1][-1] == "HW1.ipynb is empty."


def test_moodle_by_email_without_any() -> None:
    """A file in which nobody would be is not written: one sentence says what to do."""
    with pytest.raises(ExportError, match="Nobody has a grade and an email address: collect with"):
        writer("moodle")(marks("ada", "bob"), Options(by="email"))


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("email", [["Email address", "toy"], ["ada@uni.edu", "5"], ["b@uni.edu", "0"]]),
        ("idnumber", [["ID number", "toy"], ["ada@uni.edu", "5"], ["bob", "0"]]),
    ],
)
def test_moodle_user_mapping(by: str, expected: list[list[str]]) -> None:
    """Without a worksheet there is a file to map users by, without who has no grade."""
    given = marks("ada@uni.edu", "!bob", "=1+1", bob=("b@uni.edu",))
    given = replace(given, results=(*given.results, fault("cy@uni.edu")))
    export = writer("moodle")(given, Options(by=by))

    assert expected == rows(export)
    assert "=1+1, cy@uni.edu" in export.notes[0]


# --- Blackboard -------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-8"])
def test_blackboard(encoding: str) -> None:
    """The download keeps its encoding, tabs and quotes; rows are known by username."""
    export = writer("blackboard")(marks("bob"), Options(BLACKBOARD.encode(encoding)))

    assert BLACKBOARD.replace('"1.00"', '"5"').encode(encoding) == export.content
    assert export.notes == ("Filled in 1 of 2 rows.", "In the file, but without a mark: S1.")


def test_blackboard_column() -> None:
    """The column is found by its number, and its points are compared."""
    text = BLACKBOARD.replace("toy [Total Pts: 5", "Work [Total Pts: up to 9")
    export = writer("blackboard")(marks("bob"), Options(text.encode(), "664617"))

    assert "The file's maximum is 9, but the points here go up to 5." in export.notes


# --- JUnit, Classroom 50 ----------------------------------------------------------------


def test_junit() -> None:
    """A suite for each student, a case for each test, points as properties."""
    given = Marks((result("s01"), result("s02", passed=False)))
    root = ElementTree.fromstring(writer("junit")(given, Options()).content)

    first, second = root.findall("testsuite")
    assert [first.get(name) for name in ("name", "tests", "failures", "errors")] == [
        "s01",
        "2",
        "0",
        "0",
    ]
    assert second.get("failures") == "2"
    case = second.findall("testcase")[0]
    assert (case.get("classname"), case.get("name")) == ("toy.step", "at zero")
    points = {p.get("name"): p.get("value") for p in case.iter("property")}
    assert points == {"score": "0", "max_score": "2"}
    assert case.find("failure").get("message") == "got 1"  # type: ignore[union-attr]


def test_junit_of_a_fault() -> None:
    """A fault of the grader's is an error without points, no failure."""
    root = ElementTree.fromstring(writer("junit")(Marks((fault("s01"),)), Options()).content)

    (suite,) = root
    assert (suite.get("failures"), suite.get("errors")) == ("0", "2")
    assert {p.get("name") for p in suite.iter("property")} == {"max_score"}
    assert suite.find(".//error").text == "The sandbox is gone."  # type: ignore[union-attr]


def test_junit_holds_any_text() -> None:
    """What XML cannot hold is replaced; markup is text."""
    evil = "<x>]]>&\x00\x1b\ufffe"
    tests = (TestResult(evil, "public", 0.0, 1.0, passed=False, message=evil),)
    one = result(evil, items=(ItemResult(evil, tests),))

    root = ElementTree.fromstring(writer("junit")(Marks((one,)), Options()).content)
    assert root[0].get("name") == "<x>]]>&\ufffd\ufffd\ufffd"


IDENTITY = {
    "CLASSROOM": "dl",
    "ASSIGNMENT": "toy-2026",
    "OWNER": "ada",
    "SUBMISSION_TAG": "submit/2026-06-01T14-32-05Z-a1b2c3d",
    "COMMIT_URL": "https://example.org/commit/1",
    "RELEASE_URL": "https://example.org/release/1",
}


def test_classroom50(monkeypatch: pytest.MonkeyPatch) -> None:
    """The result has what Classroom 50 validates: its identity, whole numbers, each test."""
    for name, value in IDENTITY.items():
        monkeypatch.setenv(name, value)
    data = json.loads(writer("classroom50")(marks("!x"), Options()).content)

    assert data.pop("datetime").endswith("Z")
    assert data == {
        "schema": "classroom50/result/v1",
        "classroom": "dl",
        "assignment": "toy-2026",
        "assignment_type": "individual",
        "owner": "ada",
        "submission": IDENTITY["SUBMISSION_TAG"],
        "commit": IDENTITY["COMMIT_URL"],
        "release": IDENTITY["RELEASE_URL"],
        "review": IDENTITY["COMMIT_URL"],
        "score": 0,
        "max-score": 5,
        "tests": [
            {"test-name": "step: at zero", "passed": False, "score": 0, "max-score": 2},
            {"test-name": "step: far out", "passed": False, "score": 0, "max-score": 3},
        ],
    }


def test_classroom50_points_are_whole() -> None:
    """Half points are doubled, all alike, and that is said."""
    test = TestResult("x", "public", 2.5, 2.5, passed=True)
    one = result(items=(ItemResult("a", (test,)), ItemResult("b", (replace(test, max_score=3.0),))))
    export = writer("classroom50")(Marks((one,)), Options())

    data = json.loads(export.content)
    assert (data["score"], data["max-score"]) == (10, 11)
    assert export.notes == ("Points are whole numbers there, so all are 2-fold.",)


@pytest.mark.parametrize(
    ("given", "message"), [(Marks((fault("x"),)), "The grader failed"), (marks("a", "b"), "one")]
)
def test_classroom50_refuses(given: Marks, message: str) -> None:
    """A fault has no result, so that the runner sees the step fail; a class has none, either."""
    with pytest.raises(ExportError, match=message):
        writer("classroom50")(given, Options())


# --- the command ------------------------------------------------------------------------


@pytest.fixture
def graded(tmp_path: Path) -> Path:
    """Return a folder with results, and Canvas's gradebook beside it."""
    (tmp_path / "canvas.csv").write_text(CANVAS, encoding="utf-8", newline="")
    folder = tmp_path / "out"
    folder.mkdir()
    lines = [result("102").to_json(), result("zed").to_json(), ""]
    (folder / "results.jsonl").write_text("\n".join(lines))
    return folder


def run(capfd: pytest.CaptureFixture[str], *args: object) -> tuple[object, str, str]:
    """Run the command line; return its exit code, and what it wrote and said."""
    with pytest.raises(SystemExit) as ended:
        main([str(arg) for arg in args])
    return (ended.value.code or 0, *capfd.readouterr())


def test_export(graded: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The command fills in a copy, says where it is, and who is missing."""
    original = graded.parent / "canvas.csv"
    code, out, err = run(capfd, "export", "canvas", graded, "--into", original)

    assert (code, out) == (0, f"Wrote {graded / 'canvas.csv'}.\n")
    assert "Not in the file: zed." in err.splitlines()
    assert b"A,5,," in (graded / "canvas.csv").read_bytes()
    assert original.read_bytes() == CANVAS.encode()


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["canvas", "out"], "--into is to name a gradebook that was exported from Canvas"),
        (
            ["canvas", "out", "--into=canvas.csv", "--out=canvas.csv"],
            "'canvas.csv' is the file to fill",
        ),
        (
            ["items", "none"],
            "'none/results.jsonl' cannot be read (No such file or directory): name",
        ),
        (["items", "out", "--out=none/x.csv"], "'none/x.csv': No such file or directory."),
    ],
)
def test_export_mistakes(
    graded: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    args: list[str],
    sentence: str,
) -> None:
    """A user's mistake is one sentence, and the file to fill in is never written over."""
    monkeypatch.chdir(graded.parent)
    code, out, err = run(capfd, "export", *args)

    assert (code, out) == (1, "")
    assert err.startswith(f"autograder: {sentence}")
    assert (graded.parent / "canvas.csv").read_bytes() == CANVAS.encode()


@pytest.mark.parametrize(("text", "message"), [("{}\n", "is damaged"), ("", "holds no results")])
def test_results_that_are_none(tmp_path: Path, text: str, message: str) -> None:
    """A damaged file, and one without results, are named."""
    (tmp_path / "results.jsonl").write_text(text)

    with pytest.raises(ExportError, match=message):
        read_marks(tmp_path)
