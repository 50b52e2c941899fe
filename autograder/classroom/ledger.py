"""What has been graded so far: kept line by line, so that a killed run loses nothing.

The journal is the memory: each line holds a result and the fingerprint it was made from, and a
student's last line counts. ``results.jsonl`` is written from it.
"""

import errno
import fcntl
import json
import os
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, NamedTuple, Self

from autograder.classroom import drawings
from autograder.classroom.files import replace_file
from autograder.result import Result

RESULTS = "results.jsonl"
JOURNAL = ".journal.jsonl"
LOCK = ".lock"
UNKNOWN = ""  # the fingerprint of a result whose origin is not known: it is always graded again


class LedgerError(Exception):
    """The folder for the results cannot be used for this; one sentence."""


class CannotKeepError(Exception):
    """Results cannot be written: the disk is full, say, or read-only; one sentence."""

    def __init__(self, folder: Path, error: OSError) -> None:
        super().__init__(
            f"'{folder}' cannot be written ({error.strerror}): "
            "what was graded before that is kept; run it again when it can."
        )


class _Record(NamedTuple):
    fingerprint: str
    result: Result


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
        self._records: dict[str, _Record] = {}
        self._lock: BinaryIO | None = None
        self._journal: BinaryIO | None = None

    def __enter__(self) -> Self:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._lock = self._take_lock()
            self._clean_up()
            self._read()
            self._write_journal()  # a line cut short must not run into the next one
            self._journal = (self._folder / JOURNAL).open("ab", buffering=0)
        except (FileExistsError, NotADirectoryError) as error:
            self._close()
            raise LedgerError(f"'{self._folder}' cannot be used: {error.strerror}.") from None
        except OSError as error:
            self._close()
            raise CannotKeepError(self._folder, error) from None
        except LedgerError:
            self._close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._write_journal()
            drawings.keep_only(self._folder, {r.fingerprint for r in self._records.values()})
            lines = (record.result.to_json() for record in self._sorted())
            replace_file(self._folder / RESULTS, "".join(f"{line}\n" for line in lines))
        except OSError as error:
            raise CannotKeepError(self._folder, error) from None
        finally:
            self._close()

    @property
    def results(self) -> list[Result]:
        """Every result, sorted by student, with its drawings."""
        return [
            replace(result, drawings=drawings.kept(self._folder, fingerprint))
            for fingerprint, result in self._sorted()
        ]

    def is_current(self, student: str, fingerprint: str) -> bool:
        """Return whether the student's result was made from just this, and is a verdict."""
        record = self._records.get(student)
        return (
            record is not None
            and record.fingerprint == fingerprint
            and record.result.status != "grader-fault"
        )

    def record(self, result: Result, fingerprint: str) -> None:
        """Keep a result, on disk, before returning."""
        if self._journal is None:
            raise RuntimeError("a ledger records only while it is open")
        record = _Record(fingerprint, replace(result, drawings=()))
        line = _line(record)
        try:
            drawings.keep(self._folder, fingerprint, result.drawings)
            if self._journal.write(line) != len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(self._journal.fileno())
        except OSError as error:
            raise CannotKeepError(self._folder, error) from None
        self._records[result.student] = record

    def _take_lock(self) -> BinaryIO:
        file = (self._folder / LOCK).open("wb")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            raise LedgerError(
                f"Another run is grading into '{self._folder}'; wait for it to end."
            ) from None
        return file

    def _clean_up(self) -> None:
        """Remove what a run left that was killed while it replaced a file."""
        for name in (RESULTS, JOURNAL):
            for path in self._folder.glob(f".{name}.*"):
                path.unlink()

    def _read(self) -> None:
        for line in _lines(self._folder / RESULTS):
            self._adopt(_result(line))
        for line in _lines(self._folder / JOURNAL):
            self._adopt(_record(line))

    def _adopt(self, record: _Record | None) -> None:
        if record is None:
            return
        if record.result.assignment != self._assignment:
            raise LedgerError(
                f"'{self._folder}' holds results of '{record.result.assignment}', "
                f"not of '{self._assignment}'; choose another folder."
            )
        self._records[record.result.student] = record

    def _write_journal(self) -> None:
        replace_file(self._folder / JOURNAL, b"".join(map(_line, self._sorted())))

    def _sorted(self) -> list[_Record]:
        return [self._records[student] for student in sorted(self._records)]

    def _close(self) -> None:
        for file in (self._journal, self._lock):
            if file is not None:
                file.close()
        self._journal = self._lock = None


def _lines(path: Path) -> list[bytes]:
    try:
        return path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return []


def _line(record: _Record) -> bytes:
    """Return a journal line; the result in it is a line of results.jsonl, as it stands."""
    text = f'{{"fingerprint": "{record.fingerprint}", "result": {record.result.to_json()}}}\n'
    return text.encode(errors="replace")


def _record(line: bytes) -> _Record | None:
    """Return what a journal line says; None when it is cut short or no line of ours."""
    try:
        data = json.loads(line)
        return _Record(str(data["fingerprint"]), Result.from_json(json.dumps(data["result"])))
    except (ValueError, TypeError, KeyError):
        return None


def _result(line: bytes) -> _Record | None:
    try:
        return _Record(UNKNOWN, Result.from_json(line.decode()))
    except ValueError:
        return None
