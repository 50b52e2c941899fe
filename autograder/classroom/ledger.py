"""What has been graded so far, in a database beside the results: a killed run loses nothing.

Each student has a row: the result as it stands in ``results.jsonl``, which is written from here,
and the fingerprint of what it was made from. Pictures, and the code that was handed in, which
that file has no place for, stand beside it.
"""

import errno
import functools
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import astuple, replace
from pathlib import Path
from typing import Any, Self

from autograder.result import RESULTS, Drawing, Result
from autograder.submission import Cell, Submission

DATABASE = ".ledger.sqlite"
KEPT_CHARS = 2**20  # of a submission; a longer one is not kept
EARLIER = (".journal.jsonl", ".drawings", ".lock")  # what stood in its place before
UNKNOWN = ""  # the fingerprint of a result whose origin is not known: it is always graded again

# A rollback journal and not a write-ahead log, which needs memory that processes share: network
# folders have none. The lock is held from the first transaction to the end of the run.
TABLES = """
PRAGMA journal_mode = DELETE;
PRAGMA synchronous = FULL;
PRAGMA locking_mode = EXCLUSIVE;
BEGIN EXCLUSIVE;
CREATE TABLE IF NOT EXISTS results (
    student TEXT PRIMARY KEY, assignment TEXT, fingerprint TEXT, line BLOB, final INTEGER
);
CREATE TABLE IF NOT EXISTS drawings (student TEXT, item TEXT, test TEXT, png BLOB, alt TEXT);
CREATE TABLE IF NOT EXISTS handins (student TEXT PRIMARY KEY, fingerprint TEXT, cells TEXT);
COMMIT;
"""


class LedgerError(Exception):
    """The folder for the results cannot be used for this; one sentence."""


class CannotKeepError(Exception):
    """Results cannot be written: the disk is full, say, or read-only; one sentence."""

    def __init__(self, folder: Path, error: OSError) -> None:
        super().__init__(
            f"'{folder}' cannot be written ({error.strerror}): "
            "what was graded before that is kept; run it again when it can."
        )


class Ledger:
    """The results in a folder; a context manager.

    On leaving, however that comes about, ``results.jsonl`` is written anew, sorted by student.

    Parameters
    ----------
    folder : where the results are; made when missing
    assignment : the one assignment whose results may be there

    Raises
    ------
    LedgerError
        On entering: when the folder holds another assignment's results, is no folder, or
        another run is writing there.
    CannotKeepError
        When the disk refuses: on entering, on recording, or on leaving.
    """

    def __init__(self, folder: Path, assignment: str) -> None:
        self._folder = folder
        self._assignment = assignment
        self._path = folder / DATABASE

    def __enter__(self) -> Self:
        with self._told():
            try:
                self._folder.mkdir(parents=True, exist_ok=True)
            except (FileExistsError, NotADirectoryError) as error:
                raise LedgerError(f"'{self._folder}' cannot be used: {error.strerror}.") from None
            try:
                self._open()
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError:  # damaged: results.jsonl has what is needed
                self._path.unlink()
                self._open()
        return self

    def __exit__(self, *_: object) -> None:
        with closing(self._database), self._told():
            lines = [line for (line,) in self._select("line FROM results ORDER BY student")]
            replace_file(self._folder / RESULTS, b"".join(line + b"\n" for line in lines))

    @property
    def results(self) -> list[Result]:
        """Every result, sorted by student, with its drawings."""
        drawings: dict[str, list[Drawing]] = {}
        for student, *drawing in self._select("* FROM drawings ORDER BY rowid"):
            drawings.setdefault(student, []).append(Drawing(*drawing))
        results = self._select("student, line FROM results ORDER BY student")
        return [
            replace(Result.from_json(line.decode()), drawings=tuple(drawings.get(student, ())))
            for student, line in results
        ]

    @property
    def submissions(self) -> dict[str, Submission]:
        """What was graded of each student, as far as it is kept."""
        rows = self._select("student, cells FROM handins WHERE cells IS NOT NULL")
        return {student: read_cells(cells) for student, cells in rows}

    def handin(self, student: str) -> str:
        """Return the fingerprint of what the student had handed in; empty when not known."""
        found = self._select("fingerprint FROM handins WHERE student = ?", student)
        return str(found[0][0]) if found else ""

    def is_current(self, student: str, fingerprint: str) -> bool:
        """Return whether the student's result was made from just this, and nothing is to come."""
        found = "1 FROM results WHERE student = ? AND fingerprint = ? AND final"
        return bool(self._select(found, student, fingerprint))

    def record(
        self,
        result: Result,
        fingerprint: str,
        *,
        final: bool = True,
        handin: tuple[str, Submission | None] | None = None,
    ) -> None:
        """Keep a result, on disk, before returning; one that is not `final` lacks its words.

        `handin` is the fingerprint of what was handed in, and what was read of it; None: as before.
        """
        with self._told(), self._database:
            self._put(result, fingerprint, final=final and result.status != "grader-fault")
            if handin:
                row = (result.student, handin[0], cells_of(handin[1]))
                self._database.execute("REPLACE INTO handins VALUES (?, ?, ?)", row)

    def _open(self) -> None:
        self._database = sqlite3.connect(self._path, timeout=0)
        try:
            self._database.executescript(TABLES)
            with self._database:
                self._adopt()
        except BaseException:
            self._database.close()
            raise
        for name in EARLIER:
            path = self._folder / name
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        for path in self._folder.glob(f".{RESULTS}.*"):  # of a run killed while it replaced it
            path.unlink()

    def _adopt(self) -> None:
        """Take over results that are not known: of a lost database, or an earlier version's."""
        unknown: dict[str, Result] = {}
        for line in _lines(self._folder / RESULTS) + _lines(self._folder / EARLIER[0]):
            # The earlier journal had the result within its line, after the fingerprint.
            text = (line.partition(b'"result": ')[2][:-1] or line).decode(errors="replace")
            try:
                result = Result.from_json(text)
            except ValueError:
                continue
            unknown[result.student] = result
        known = {student for (student,) in self._select("student FROM results")}
        for result in unknown.values():
            if result.student not in known:
                self._put(result, UNKNOWN, final=False)
        other = self._select("assignment FROM results WHERE assignment != ?", self._assignment)
        if other:
            raise LedgerError(
                f"'{self._folder}' holds results of '{other[0][0]}', "
                f"not of '{self._assignment}'; choose another folder."
            )

    def _put(self, result: Result, fingerprint: str, *, final: bool) -> None:
        student, execute = result.student, self._database.execute
        line = result.to_json().encode(errors="replace")
        row = (student, result.assignment, fingerprint, line, final)
        execute("REPLACE INTO results VALUES (?, ?, ?, ?, ?)", row)
        execute("DELETE FROM drawings WHERE student = ?", (student,))
        for drawing in result.drawings:
            values = (student, drawing.item, drawing.test, drawing.png, drawing.alt)
            execute("INSERT INTO drawings VALUES (?, ?, ?, ?, ?)", values)

    def _select(self, what: str, *values: str) -> list[tuple[Any, ...]]:
        return self._database.execute(f"SELECT {what}", values).fetchall()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say in a sentence what the disk refuses."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                raise LedgerError(
                    f"Another run is grading into '{self._folder}'; wait for it to end."
                ) from None
            raise CannotKeepError(self._folder, self._reason(error)) from None
        except OSError as error:
            raise CannotKeepError(self._folder, error) from None

    def _reason(self, error: sqlite3.Error) -> OSError:
        """Return why the disk refused: SQLite does not tell a quota from a broken disk."""
        probe = self._folder / f".{RESULTS}.probe"
        try:
            size = self._path.stat().st_size if self._path.exists() else 0
            replace_file(probe, bytes(size + 2**16))
            probe.unlink()
        except OSError as reason:
            return reason
        return OSError(errno.EIO, str(error))


def read_folder(folder: Path) -> tuple[list[Result], dict[str, Submission]]:
    """Return all that is kept in a folder of results; LedgerError when it is none."""
    try:
        first = Result.from_json((_lines(folder / RESULTS) or [b""])[0].decode())
    except (OSError, ValueError):
        raise LedgerError(
            f"'{folder}' holds no {RESULTS} that can be read: name a folder that 'autograder "
            "grade' has written."
        ) from None
    with Ledger(folder, first.assignment) as ledger:
        return ledger.results, ledger.submissions


def cells_of(submission: Submission | None) -> str | None:
    """Return what is kept of a submission, as JSON; None when it is too long."""
    if not submission or sum(len(cell.source) for cell in submission.cells) > KEPT_CHARS:
        return None
    return json.dumps([astuple(cell) for cell in submission.cells])


def read_cells(text: str) -> Submission:
    """Return the submission of which `cells_of` is this."""
    rows = json.loads(text)
    cells = (_shared_cell(*named, tuple(tags), at) for *named, tags, at in rows)
    return Submission(Path("submission"), tuple(cells))


@functools.lru_cache(10_000)
def _shared_cell(*values: Any) -> Cell:
    """Return one object for equal cells: most of a class's are the handout's."""
    return Cell(*values)


def _lines(path: Path) -> list[bytes]:
    try:
        return path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return []


def replace_file(path: Path, content: str | bytes) -> None:
    """Write a file so that, whatever happens, either the old or the new one is there, whole."""
    raw = content.encode(errors="replace") if isinstance(content, str) else content
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with temporary.open("wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
