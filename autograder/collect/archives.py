"""Archives, unpacked: within limits, without links, and with the time each file has in them.

What a few bytes are made to swell to, in memory or time, is known only when it is read. So a
process of its own reads them, this module run as a script: it costs the archive's own student only.
"""

import contextlib
import errno
import io
import json
import lzma
import os
import shutil
import stat
import subprocess
import sys
import tarfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, Any, NamedTuple

SUFFIXES = (".zip", ".tar.gz", ".tgz", ".tar", ".gz")
MOST_BYTES = 2**30  # of what a student's archive holds, unpacked, with the archives in it
MOST_FILES = 10_000  # in it
MOST_LEVELS = 20  # of folders in any archive
MOST_NESTED = 3  # archives in archives
MOST_MEMORY = 2**30  # for reading one
MOST_SECONDS = 30.0  # for one of a student's, by the clock

FAULTS_OF_THE_MACHINE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO})


class ArchiveError(Exception):
    """An archive, or a file in it, cannot be unpacked; what is wrong with it."""


class Budget:
    """What is left of a student's limits."""

    def __init__(self, left: tuple[int, int] | None = None) -> None:
        self.left = left or (MOST_BYTES, MOST_FILES)

    def take(self, size: int) -> None:
        """Raise ArchiveError when with this file it is more than a student's work can be."""
        self.left = bytes_left, files_left = self.left[0] - max(size, 0), self.left[1] - 1
        if bytes_left < 0:
            raise ArchiveError(f"it holds more than {MOST_BYTES // 2**20} MiB")
        if files_left < 0:
            raise ArchiveError(f"it holds more than {MOST_FILES} files")


class _Member(NamedTuple):
    name: str
    size: int
    time: float  # since 1970, in seconds
    open: Callable[[], IO[bytes] | None]


def is_archive(name: str) -> bool:
    """Return whether a file's name is that of an archive which can be unpacked."""
    return name.lower().endswith(SUFFIXES)


def stem(name: str) -> str:
    """Return an archive's name without what says that it is one."""
    suffix = next(suffix for suffix in SUFFIXES if name.lower().endswith(suffix))
    return name[: -len(suffix)]


def unpack(path: Path, folder: Path, budget: Budget | None = None) -> dict[str, str]:
    """Unpack the plain files of an archive; return what is wrong with those that cannot be.

    What there is of such a file stays in its place. Names that lead elsewhere and links are
    passed over. Without a `budget` there is no limit but that of memory.

    Raises
    ------
    ArchiveError
        When it is no archive, holds more than the budget, or takes too much to read.
    OSError
        When the machine cannot store it.
    """
    command = [sys.executable, "-I", __file__, str(path), str(folder)]
    command += map(str, budget.left if budget else ())
    try:
        done = subprocess.run(  # noqa: S603 - ourselves
            command, capture_output=True, check=True, timeout=MOST_SECONDS if budget else None
        )
    except subprocess.TimeoutExpired:
        raise ArchiveError(f"it takes more than {MOST_SECONDS:g} s to unpack") from None
    except subprocess.CalledProcessError:
        raise ArchiveError("it takes too much memory to unpack") from None
    told: dict[str, Any] = json.loads(done.stdout)
    if budget:
        budget.left = told["left"][0], told["left"][1]
    if told["errno"]:
        raise OSError(told["errno"], os.strerror(told["errno"]), str(folder))
    if told["error"]:
        raise ArchiveError(told["error"])
    faults: dict[str, str] = told["faults"]
    return faults


def _main(path: Path, folder: Path, left: list[int]) -> None:
    """Unpack in this process, and print what `unpack` is to be told."""
    import resource  # noqa: PLC0415 - not there on every system on which the module is imported

    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    budget = Budget((left[0], left[1])) if left else None
    told: dict[str, Any] = {"faults": {}, "error": "", "errno": 0}
    try:
        told["faults"] = _unpack(path, folder, budget)
    except ArchiveError as error:
        told["error"] = str(error)
    except OSError as error:
        told["errno"] = error.errno
    told["left"] = budget.left if budget else ()
    print(json.dumps(told))


def _unpack(path: Path, folder: Path, budget: Budget | None) -> dict[str, str]:
    faults = {}
    try:
        with _opened(path) as archive:
            members = []
            for member in _members(archive):
                members.append(member)
                if budget:
                    budget.take(member.size)
            for member in members:
                try:
                    _write(member, folder / member.name)
                except (*_BAD, ArchiveError) as error:
                    faults[member.name] = _reason(error)
    except _BAD as error:
        raise ArchiveError(_reason(error)) from None
    return faults


_BAD = (
    *(zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError),
    *(RuntimeError, NotImplementedError, ValueError, OverflowError),  # as zipfile has them
)


def _reason(error: BaseException) -> str:
    if isinstance(error, OSError) and error.errno in FAULTS_OF_THE_MACHINE:
        raise error
    return (error.strerror if isinstance(error, OSError) else str(error)) or type(error).__name__


def _opened(path: Path) -> "contextlib.AbstractContextManager[zipfile.ZipFile | tarfile.TarFile]":
    if zipfile.is_zipfile(path):
        return zipfile.ZipFile(path)
    try:
        return tarfile.open(path)
    except tarfile.ReadError:
        raise ArchiveError("it is no archive, or a damaged one") from None


def _members(archive: zipfile.ZipFile | tarfile.TarFile) -> Iterator[_Member]:
    if isinstance(archive, zipfile.ZipFile):
        for info in archive.infolist():
            # A zip's times are by the clock on the wall, where it was made.
            made = time.mktime((*info.date_time, 0, 0, -1))
            if not info.is_dir() and not stat.S_ISLNK(info.external_attr >> 16):
                yield _Member(info.filename, info.file_size, made, partial(archive.open, info))
    else:
        for member in filter(tarfile.TarInfo.isfile, archive):
            content = partial(archive.extractfile, member)
            yield _Member(member.name, member.size, member.mtime, content)


def _write(member: _Member, target: Path) -> None:
    if member.name.startswith("/") or ".." in member.name.split("/"):
        return
    if len(PurePosixPath(member.name).parts) > MOST_LEVELS:
        raise ArchiveError(f"it lies more than {MOST_LEVELS} levels of folders deep")
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file, member.open() or io.BytesIO() as source:
        shutil.copyfileobj(source, file)
    with contextlib.suppress(OSError, OverflowError):
        os.utime(target, (member.time, member.time))


if __name__ == "__main__":
    _main(Path(sys.argv[1]), Path(sys.argv[2]), list(map(int, sys.argv[3:])))
