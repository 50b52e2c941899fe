"""What has been graded is kept, whatever happens to the run."""

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.classroom.ledger import (
    DATABASE,
    KEPT_CHARS,
    RESULTS,
    CannotKeepError,
    Ledger,
    LedgerError,
    read_folder,
    replace_file,
)
from autograder.result import Drawing, Result
from autograder.submission import Cell, Submission
from tests.classroom_fakes import ASSIGNMENT, result


def students(folder: Path) -> list[str]:
    """Return the students of results.jsonl, in its order; every line must be one."""
    lines = (folder / RESULTS).read_text(encoding="utf-8").splitlines()
    return [Result.from_json(line).student for line in lines]


def fill(folder: Path, *results: Result) -> None:
    """Record results in a run that ends well."""
    record(folder, iter(results))


def record(folder: Path, results: Iterator[Result]) -> None:
    """Record results as they come."""
    with Ledger(folder, ASSIGNMENT) as ledger:
        for one in results:
            ledger.record(one, "f")


def is_current(folder: Path, student: str, fingerprint: str = "f") -> bool:
    """Return whether a new run would leave the student's result as it is."""
    with Ledger(folder, ASSIGNMENT) as ledger:
        return ledger.is_current(student, fingerprint)


def test_results_are_sorted(tmp_path: Path) -> None:
    """results.jsonl has a line for each student, sorted, in the contract's form."""
    one = result("s01")
    fill(tmp_path / "new" / "out", result("s02"), one)

    assert students(tmp_path / "new" / "out") == ["s01", "s02"]
    assert one.to_json() == (tmp_path / "new" / "out" / RESULTS).read_text().splitlines()[0]


def test_last_result_counts(tmp_path: Path) -> None:
    """A student graded again has the new result only."""
    fill(tmp_path, result("s01"))
    fill(tmp_path, result("s01", passed=False))

    assert [result("s01", passed=False).to_json()] == (tmp_path / RESULTS).read_text().splitlines()


def test_unchanged_is_current(tmp_path: Path) -> None:
    """A result is current when it was made from the same things, and only then."""
    fill(tmp_path, result("s01"))

    assert is_current(tmp_path, "s01")
    assert not is_current(tmp_path, "s01", "g")
    assert not is_current(tmp_path, "s02")


def test_fault_is_never_current(tmp_path: Path) -> None:
    """A grader-fault is graded again."""
    fill(tmp_path, result("s01", status="grader-fault", error="gone"))

    assert not is_current(tmp_path, "s01")


def test_written_at_once(tmp_path: Path) -> None:
    """A recorded result is on disk before the run goes on, and a kill loses nothing of it."""
    with Ledger(tmp_path / "out", ASSIGNMENT) as ledger:
        ledger.record(result("s01"), "f")
        killed = shutil.copytree(tmp_path / "out", tmp_path / "killed")

    assert is_current(killed, "s01")


def test_marks_whose_words_are_to_come(tmp_path: Path) -> None:
    """Marks without their words are kept, and are not current: a later run looks for the words."""
    with Ledger(tmp_path, ASSIGNMENT) as ledger:
        ledger.record(result("s01"), "f", final=False)

    assert students(tmp_path) == ["s01"]
    assert not is_current(tmp_path, "s01")
    fill(tmp_path, result("s01"))
    assert is_current(tmp_path, "s01")


def test_damaged_database(tmp_path: Path) -> None:
    """A database that is none costs the grading of these results again, and nothing else."""
    fill(tmp_path, result("s01"))
    (tmp_path / DATABASE).write_text("no database, and longer than a header of one. " * 100)

    assert not is_current(tmp_path, "s01")
    assert students(tmp_path) == ["s01"]


def test_folder_of_an_earlier_version(tmp_path: Path) -> None:
    """Results of a journal, as it was kept once, are taken over, but for a line cut short."""
    (tmp_path / ".drawings").mkdir()
    lines = [f'{{"fingerprint": "f", "result": {result(s).to_json()}}}' for s in ("s01", "s02")]
    (tmp_path / ".journal.jsonl").write_text("\n".join([*lines, lines[0][:-40]]))
    (tmp_path / RESULTS).write_text(result("s01", passed=False).to_json() + "\n")

    assert not is_current(tmp_path, "s02")
    assert students(tmp_path) == ["s01", "s02"]
    assert result("s01").to_json() == (tmp_path / RESULTS).read_text().splitlines()[0]
    assert {RESULTS, DATABASE} == {path.name for path in tmp_path.iterdir()}


def test_result_cut_short(tmp_path: Path) -> None:
    """A results.jsonl that was cut short is made whole again."""
    fill(tmp_path, result("s01"), result("s02"))
    text = (tmp_path / RESULTS).read_text()
    (tmp_path / RESULTS).write_text(text[:-40])
    fill(tmp_path)

    assert text == (tmp_path / RESULTS).read_text()


def test_results_without_database(tmp_path: Path) -> None:
    """Results whose database is lost are kept, and graded again when handed in again."""
    fill(tmp_path, result("s01"))
    (tmp_path / DATABASE).unlink()

    assert not is_current(tmp_path, "s01")
    assert students(tmp_path) == ["s01"]


def test_interrupted(tmp_path: Path) -> None:
    """An interrupted run leaves results.jsonl with what was graded."""

    def interrupted() -> Iterator[Result]:
        yield result("s01")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        record(tmp_path, interrupted())

    assert students(tmp_path) == ["s01"]


def test_other_assignment(tmp_path: Path) -> None:
    """A folder with another assignment's results is refused and left as it is."""
    fill(tmp_path, result("s01"))
    before = (tmp_path / RESULTS).read_text()

    with (
        pytest.raises(LedgerError, match=r"holds results of 'toy', not of 'xor'; .*folder\.$"),
        Ledger(tmp_path, "xor"),
    ):
        pass
    assert before == (tmp_path / RESULTS).read_text()


def test_one_run_at_a_time(tmp_path: Path) -> None:
    """Two runs cannot write into one folder at once; one after the other can."""
    with (
        Ledger(tmp_path, ASSIGNMENT),
        pytest.raises(LedgerError, match=r"^Another run is grading into"),
        Ledger(tmp_path, ASSIGNMENT),
    ):
        pass
    fill(tmp_path, result("s01"))

    assert students(tmp_path) == ["s01"]


def test_leftovers_of_a_killed_run(tmp_path: Path) -> None:
    """What a run left that was killed while it replaced a file is removed, and not read."""
    fill(tmp_path, result("s01"))
    (tmp_path / f".{RESULTS}.4242").write_text(result("s02").to_json())
    fill(tmp_path)

    assert students(tmp_path) == ["s01"]
    assert {RESULTS, DATABASE} == {path.name for path in tmp_path.iterdir()}


def test_result_that_was_not_written_whole(tmp_path: Path) -> None:
    """A database that may not grow ends the run there; what it had is as it was."""
    with Ledger(tmp_path, ASSIGNMENT) as ledger:
        ledger.record(result("s01"), "f")
        ledger._database.execute("PRAGMA max_page_count = 1")
        large = result("s01", drawings=(drawing(bytes(10**5)),))
        with pytest.raises(CannotKeepError, match=r"^'.*' cannot be written \(.*full\): what was"):
            ledger.record(large, "g")

    assert is_current(tmp_path, "s01")


def test_folder_is_a_file(tmp_path: Path) -> None:
    """A place that cannot hold results is an error of one sentence."""
    (tmp_path / "out").touch()

    with pytest.raises(LedgerError, match=r"^'.*out' cannot be used: .*\.$"):
        fill(tmp_path / "out")


def test_student_name_without_encoding(tmp_path: Path) -> None:
    """Text that UTF-8 cannot hold does not stop the run."""
    fill(tmp_path, result("s01", submission="\udcff.py"))

    assert Result.from_json((tmp_path / RESULTS).read_text()).submission == "?.py"


def test_replace_file_keeps_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When writing fails the old file is there, whole, and nothing is left beside it."""
    path = tmp_path / "grades.csv"
    path.write_text("old")

    def full(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="disk full"):
        replace_file(path, "new")

    assert path.read_text() == "old"
    assert [path] == list(tmp_path.iterdir())


def drawing(png: bytes = b"png") -> Drawing:
    """Return a drawing of the item's first test."""
    return Drawing("step", "at zero", png, "words")


def drawings(folder: Path) -> dict[str, tuple[Drawing, ...]]:
    """Return each student's drawings, as a new run finds them."""
    with Ledger(folder, ASSIGNMENT) as ledger:
        return {result.student: result.drawings for result in ledger.results}


def record_one(folder: Path, fingerprint: str, one: Result) -> None:
    """Record a result made from what this fingerprint stands for."""
    with Ledger(folder, ASSIGNMENT) as ledger:
        ledger.record(one, fingerprint)


def test_drawings_are_kept(tmp_path: Path) -> None:
    """Drawings are there in a later run, and change nothing in results.jsonl."""
    record_one(tmp_path, "a", result("s01", passed=False, drawings=(drawing(),)))
    record_one(tmp_path, "b", result("s02", passed=False))

    assert drawings(tmp_path) == {"s01": (drawing(),), "s02": ()}
    line = (tmp_path / RESULTS).read_text().splitlines()[0]
    assert line == result("s01", passed=False).to_json()


@pytest.mark.parametrize("fingerprint", ["a", "b"])
@pytest.mark.parametrize("now", [(), (drawing(b"new"),)])
def test_drawings_of_an_earlier_result_are_gone(
    tmp_path: Path, fingerprint: str, now: tuple[Drawing, ...]
) -> None:
    """Graded again, changed or not, a student has the new drawings only, and so has the disk."""
    record_one(tmp_path, "a", result("s01", passed=False, drawings=(drawing(b"old"),)))
    record_one(tmp_path, fingerprint, result("s01", passed=not now, drawings=now))

    assert drawings(tmp_path) == {"s01": now}
    with sqlite3.connect(tmp_path / DATABASE) as database:
        assert database.execute("SELECT count(*) FROM drawings").fetchone() == (len(now),)


def test_what_was_handed_in_is_kept(tmp_path: Path) -> None:
    """What was read of a hand-in is kept with its fingerprint, until another one is graded."""
    cells = (Cell("cell 1", "x = 1\n\udcff", "f", ("yours",), 3), Cell("cell 2", ""))
    with Ledger(tmp_path, ASSIGNMENT) as ledger:
        ledger.record(result("s01"), "f", handin=("print", Submission(Path("a.py"), cells)))
        ledger.record(result("s01"), "f")
        assert ledger.handin("s01") == "print"
    results, submissions = read_folder(tmp_path)

    assert [result("s01")] == results
    assert cells == submissions["s01"].cells
    with Ledger(tmp_path, ASSIGNMENT) as ledger:
        ledger.record(result("s01"), "f", handin=("other", None))
        assert (ledger.handin("s01"), ledger.submissions) == ("other", {})


def test_too_much_is_not_kept(tmp_path: Path) -> None:
    """A submission of more than a million characters is graded, but not kept."""
    cells = (Cell("cell 1", "x" * (KEPT_CHARS + 1)),)
    with Ledger(tmp_path, ASSIGNMENT) as ledger:
        ledger.record(result("s01"), "f", handin=("print", Submission(Path("a.py"), cells)))

        assert (ledger.handin("s01"), ledger.submissions) == ("print", {})
