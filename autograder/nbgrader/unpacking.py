"""``nbgrader zip_collect``, by the rules of `autograder.collect`: nobody stops the others."""

import hashlib
import re
import shutil
from pathlib import Path
from typing import Any

from nbgrader.apps.zipcollectapp import ZipCollectApp
from nbgrader.plugins import FileNameCollectorPlugin

from autograder.collect import CollectError, Handin, Roster, collect
from autograder.collect.listing import LISTING, TIME, csv_of, known_ids, read_rows, rows_of, summary

STUDENT = r"""(?!\.)[^/_<>&"`\\\x00-\x1f\x7f]+"""
"""No name that leads elsewhere or is hidden, and none with markup in it: nbgrader's pages would
not show that but run it."""

ROSTER = "roster.csv"
PATTERN_SIGNS = re.compile(r"[*?\[\]]")
"""nbgrader looks for a student's folder with a pattern, and would not find one so named."""

_start = ZipCollectApp.start


def is_student(name: str) -> bool:
    """Return whether a name can be a student's; "_" may be in it here."""
    return re.fullmatch(STUDENT, name.replace("_", "-")) is not None


def collect_downloads(app: Any) -> None:
    """Run ``nbgrader zip_collect`` on what LMSs export; a collector of the course's own stays.

    What a student sends again takes the place of what they sent before, and is graded anew; so is
    nothing else.
    """
    if app.collector_plugin is not FileNameCollectorPlugin:
        _start(app)
        return
    super(ZipCollectApp, app).start()
    archive, extracted = (
        Path(app._format_collect_path(step))
        for step in (app.archive_directory, app.extracted_directory)
    )
    if not archive.is_dir():
        app.fail(f"There is no folder '{archive}': put there what the LMS gave you.")
    shutil.rmtree(extracted, ignore_errors=True)
    listing = archive.with_name(LISTING)
    earlier = read_rows(listing)
    roster = Path(app.coursedir.root, ROSTER)
    try:
        collection = collect(
            [archive],
            app.coursedir.assignment_id,
            scratch=extracted,
            downloads=True,
            roster=Roster.read(roster) if roster.exists() else None,
            known=known_ids(earlier),
        )
    except CollectError as error:
        app.fail(str(error))
    digests = {row.student: row.digest for row in earlier if row.digest}
    stored = {
        handin.student: _store(app, handin, digests.get(handin.student, ""))
        for handin in collection.handins
        if not handin.refusal
    }
    rows = []
    for row in rows_of(collection, earlier):
        known = row._replace(digest=digests.get(row.student, ""))
        rows.append(known._replace(**stored[row.student]) if row.status == "collected" else known)
    for row in rows:
        if row.status in ("again", "failed", "refused", "skipped", "missing"):
            app.log.warning("%s: %r: %s", row.status.capitalize(), row.file or row.student, row.why)
    called = known_ids(earlier)
    for row in rows:
        was = called.get(row.lms_id, row.student)
        if was != row.student and _folder(app, "submitted", was).exists():
            app.log.warning(
                "%r was collected as %r before: what was handed in under that name stays, and is "
                "graded, too. Remove its folders, or take the roster away again.",
                row.student,
                was,
            )
    listing.write_text(csv_of(rows), encoding="utf-8", errors="replace")
    app.log.warning(summary(rows, listing))
    if failed := [student for student, row in stored.items() if row["status"] == "failed"]:
        app.fail(f"Not collected (see above): {', '.join(failed)}")


def _store(app: Any, handin: Handin, last: str) -> dict[str, str]:
    """Put what a student handed in into ``submitted/``; return what the list is to say of it.

    `last` is the digest of what was collected before: what an instructor has since mended in
    ``submitted/`` stays, until the student sends something else.
    """
    student = PATTERN_SIGNS.sub(lambda sign: f"%{ord(sign[0]):02X}", handin.student)
    if not is_student(student):
        return {"status": "refused", "why": "nobody can be called so: rename the file."}
    assignment = app.coursedir.assignment_id
    files = {f"{assignment}{path.suffix.lower()}": path for path in handin.candidates}
    folder = _folder(app, "submitted", student)
    try:
        digest = _digest(files)
        there = {name: folder / name for name in files if (folder / name).is_file()}
        new = not folder.exists()
        if not new and not app.force:
            if digest == last or (there.keys() == files.keys() and digest == _digest(there)):
                return {"status": "unchanged", "digest": digest}
            before = app.coursedir.get_existing_timestamp(str(folder))
            if before and handin.time and handin.time.replace(tzinfo=None) < before:
                return {"status": "skipped", "why": "later work is there: --force replaces it."}
            if not last:
                why = "submitted/ has work from elsewhere: --force replaces it."
                return {"status": "failed", "why": why}
        _replace(folder, files, f"{handin.time:{TIME}}" if handin.time else "")
        _make_due(app, student)
    except OSError as error:
        return {"status": "failed", "why": f"{error.filename}: {error.strerror}"}
    if new:
        return {"status": "collected", "digest": digest}
    return {"status": "again", "why": "other work than before.", "digest": digest}


def _folder(app: Any, step: str, student: str) -> Path:
    course = app.coursedir
    directory = getattr(course, f"{step}_directory")
    return Path(course.format_path(directory, student, course.assignment_id))


def _digest(files: dict[str, Path]) -> str:
    digest = hashlib.sha256()
    for name, path in sorted(files.items()):
        with path.open("rb") as file:
            digest.update(name.encode() + hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:16]


def _replace(folder: Path, files: dict[str, Path], time: str) -> None:
    """Write a student's folder so that a killed run leaves the old one or the new one."""
    made = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    for name, path in files.items():
        shutil.copyfile(path, made / name, follow_symlinks=False)
    if time:
        (made / "timestamp.txt").write_text(time)
    if folder.exists():
        shutil.rmtree(folder)
    made.rename(folder)


def _make_due(app: Any, student: str) -> None:
    """Have the student graded again, by the note that `unfinished` leaves of what it has begun.

    nbgrader itself would go by timestamps, which few LMSs give.
    """
    for step in ("autograded", "feedback"):
        folder = _folder(app, step, student)
        if folder.exists():
            folder.with_name(f".{folder.name}.unfinished").touch()
