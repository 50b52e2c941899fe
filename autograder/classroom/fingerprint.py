"""What a result depends on, as one number: when it has changed, grade again."""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

import autograder
from autograder.collect import Handin
from autograder.course import Course
from autograder.intake import MAX_BYTES

CHUNK = 2**20


def of_grading(course: Course, assignment: str, isolation: str) -> str:
    """Return the fingerprint of all that is the same for every submission.

    That is: the tests and the reference, the settings, the isolation, and the package itself.
    """
    digest = hashlib.sha256()
    _add(digest, assignment, isolation, repr(course.limits), repr(course.seed), course.language)
    package = Path(autograder.__file__).parent
    for folder, pattern in ((course.solutions / assignment, "*"), (package, "*.py")):
        _add_files(digest, folder, sources(folder, pattern))
    return digest.hexdigest()


def of_handin(handin: Handin) -> str:
    """Return the fingerprint of what one student handed in."""
    digest = hashlib.sha256()
    _add(digest, handin.student, handin.refusal)
    if not handin.refusal:
        for path in handin.candidates:
            _add(digest, path.name, _content(path))
    return digest.hexdigest()


def of_both(grading: str, handin: str) -> str:
    """Return the fingerprint of grading a hand-in, from what the two others gave."""
    digest = hashlib.sha256()
    _add(digest, grading, handin)
    return digest.hexdigest()


def sources(folder: Path, pattern: str) -> list[Path]:
    """Return the files below a folder, but for hidden ones and caches."""
    files = sorted(path for path in folder.rglob(pattern) if path.is_file())
    apart = (".", "__pycache__")
    return [p for p in files if not any(n.startswith(apart) for n in p.relative_to(folder).parts)]


def _add_files(digest: "hashlib._Hash", folder: Path, paths: Iterable[Path]) -> None:
    for path in paths:
        _add(digest, str(path.relative_to(folder)), _content(path))


def _content(path: Path) -> bytes | str:
    """Return a digest of a file, or what stands in its place when it will not be read."""
    digest, left = hashlib.sha256(), MAX_BYTES + 1
    try:
        with open(path, "rb", opener=_without_waiting) as file:
            while chunk := file.read(min(left, CHUNK)):
                digest.update(chunk)
                left -= len(chunk)
    except OSError as error:
        return f"unreadable: {error.strerror}"
    return digest.digest()


def _without_waiting(path: str, flags: int) -> int:
    """Open a file that may by now be a pipe, which would wait for somebody to write to it."""
    return os.open(path, flags | os.O_NONBLOCK)


def _add(digest: "hashlib._Hash", *parts: bytes | str) -> None:
    for part in parts:
        raw = part.encode(errors="surrogateescape") if isinstance(part, str) else part
        digest.update(len(raw).to_bytes(8, "big") + raw)
