"""The command line: ``autograder build``, ``new``, ``install``, ``check`` and ``grade``.

What a command needs is imported inside it: a student's check starts fast, and works without
what only instructors have.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from autograder import cli_results
from autograder.telling import told

if TYPE_CHECKING:
    from rich.console import Console

    from autograder.classroom import Graded
    from autograder.collect import Collection
    from autograder.collect.listing import Row
    from autograder.result import Result

MISTAKE = 1
GRADER_FAILED = 2
INTERRUPTED = 130
LOOK_EVERY = 0.3
"""Seconds."""

UNCONFINED = """\
WARNING: --isolation none. Submissions run with nothing around them: student code can read and
change your files, use the network, and see the hidden tests. Grade only code you trust."""

UNREAD = 141
"""What a process ends with whose output nobody reads any more: ``autograder check | head``."""

RUN_TESTS = f"""
import os, sys
from pathlib import Path
import pytest
try:
    code = pytest.main(sys.argv[2:])
    sys.stdout.flush()
except BrokenPipeError:
    os._exit({UNREAD})
Path(sys.argv[1]).touch()
sys.exit(code)
"""

Folder = click.Path(file_okay=False, path_type=Path)


class Failure(click.ClickException):
    """Something to tell the user in one sentence, and the exit code that goes with it."""

    def __init__(self, message: str, exit_code: int = MISTAKE) -> None:
        super().__init__(message)
        self.code = exit_code


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run a command and exit; what goes wrong is said in one sentence."""
    try:
        code = cli.main(args, prog_name="autograder", standalone_mode=False)
    except Failure as error:
        _tell(error.message)
        code = error.code
    except click.ClickException as error:
        _tell(error.format_message())
        code = error.exit_code
    except click.Abort:
        _tell("Interrupted.")
        code = INTERRUPTED
    sys.exit(code)


def _tell(sentence: str) -> None:
    click.echo(f"autograder: {sentence}", err=True)


@click.group(no_args_is_help=False, context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Build, check and grade coursework."""


for command in cli_results.COMMANDS:
    cli.add_command(command)


@cli.command()
@click.option("--check", is_flag=True, help="Write nothing; fail when something is out of date.")
def build(check: bool) -> None:
    """Build source/ and assignments/ from solutions/.

    What is new or changed is tried out: all tests are run on the reference, and all its cells.
    """
    with told():
        from autograder.authoring.proof import prove  # noqa: PLC0415
        from autograder.build import BuildError, drift, orphans  # noqa: PLC0415
        from autograder.build import build as build_all  # noqa: PLC0415
        from autograder.course import Course, CourseError  # noqa: PLC0415
        from autograder.suite import TestsError  # noqa: PLC0415

    try:
        course = Course.find()
        left = orphans(course)
        lost = f"Nothing in solutions/ makes {', '.join(left)}: remove it, or bring that back."
        if not check:
            written = len(build_all(course, proof=partial(prove, course, tell=_tell)))
            click.echo(f"Wrote {written} files in source/ and {course.release}/.")
            if left:
                _tell(lost)
            return
        outdated = drift(course)
    except (BuildError, CourseError, TestsError) as error:
        raise Failure(str(error)) from None
    except OSError as error:
        raise Failure(f"'{error.filename}': {error.strerror}.", GRADER_FAILED) from None
    if outdated:
        raise Failure(f"Out of date, run 'autograder build': {', '.join(outdated)}.")
    if left:
        raise Failure(lost)
    click.echo("Up to date.")


@cli.command()
@click.argument("name")
def new(name: str) -> None:
    """Start the assignment NAME, with one worked item to write over."""
    with told():
        from autograder.authoring import begin  # noqa: PLC0415
        from autograder.course import Course  # noqa: PLC0415

        written = begin.new(Course.find(), name)
    click.echo("Written, and ready for 'autograder build':")
    for path in written:
        click.echo(f"  {path}")


@cli.command()
@click.argument("course", type=click.Path(exists=True, file_okay=False, path_type=Path))
def install(course: Path) -> None:
    """Put the kit's assignments into an nbgrader course.

    COURSE is a folder with an nbgrader_config.py; what is in it is left as it is. Run this in the
    kit's own folder: an installed package has no solutions.
    """
    with told():
        from autograder.authoring import begin  # noqa: PLC0415
        from autograder.course import Course, CourseError  # noqa: PLC0415

    try:
        kit = Course.find()
    except CourseError:
        raise Failure(
            "The kit's solutions are not here: they are in its repository only, so run this in "
            "that folder."
        ) from None
    with told():
        written = begin.install(kit, course)
    if not written:
        click.echo(f"Nothing to do: '{course}' has it all.")
        return
    click.echo(f"Written in '{course}': {', '.join(written)}.")
    click.echo("There, run 'autograder build', then 'nbgrader generate_assignment NAME' for each.")


@cli.command()
@click.argument(
    "file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--watch", is_flag=True, help="Stay, and check again on each save.")
def check(file: Path | None, watch: bool) -> None:
    """Check your own work with the public tests.

    FILE is a notebook or script. Without it, the one in this folder is checked. Succeeds only
    when all tests pass.
    """
    tests = _tests_for(file)
    if not watch:
        sys.exit(_check(tests, file))
    with suppress(KeyboardInterrupt):
        while True:
            before = _saved(tests, file)
            click.clear()
            try:
                _check(tests, file)
            except Failure as error:
                _tell(error.message)
            click.echo("Waiting for you to save (Ctrl-C ends it).")
            while _saved(tests, file) == before:
                time.sleep(LOOK_EVERY)


def _saved(tests: Path, file: Path | None) -> dict[Path, int]:
    """Return when the files that a check may read were written; one may be gone for a moment."""
    times = {}
    for path in {*tests.parent.glob("*.py"), *tests.parent.glob("*.ipynb"), file or tests}:
        with suppress(OSError):
            times[path] = path.stat().st_mtime_ns
    return times


def _check(tests: Path, file: Path | None) -> int:
    """Run the tests in a process of their own; return what it exits with."""
    with tempfile.TemporaryDirectory() as scratch:
        finished = Path(scratch) / "finished"
        code = subprocess.run(  # noqa: S603 - this very Python, on the student's own file
            [sys.executable, "-c", RUN_TESTS, str(finished), *_pytest_options(tests, file)],
            env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": ""},
            check=False,
        ).returncode
        if code == UNREAD:
            return code
        # Code under test that ends Python (os._exit(0), say) must not pass for success.
        if not finished.exists():
            raise Failure("The tests did not run to their end: what is checked ended Python.")
    return code


@cli.command()
@click.argument(
    "paths",
    metavar="PATH...",
    nargs=-1,
    required=True,
    type=click.Path(readable=False, path_type=Path),  # one that is not costs its own student only
)
@click.option("--assignment", required=True, metavar="NAME", help="The assignment handed in.")
@click.option("--out", required=True, metavar="DIR", type=Folder, help="Where the results go.")
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    default=lambda: os.cpu_count() or 1,
    help="How many to grade at once; default: one for each processor.",
)
@click.option(
    "--roster",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A .csv of the students: id, LMS id, name, email.",
)
@click.option("--force", is_flag=True, help="Grade also what has not changed since the last run.")
@click.option(
    "--item",
    "items",
    multiple=True,
    metavar="ITEM",
    help="Grade only this item again, and those that build on it, and keep the rest as it is.",
)
@cli_results.Isolation(
    show_default=True, help="'none' runs student code unconfined: only for code you trust."
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Grade on the Dask cluster whose scheduler is at tcp:// (on this machine) or "
    "tls://HOST:PORT, and not in --jobs processes here.",
)
@click.option("--tls-ca", metavar="FILE", help="The authority of the cluster's certificates.")
@click.option("--tls-cert", metavar="FILE", help="This side's certificate for the cluster.")
@click.option("--tls-key", metavar="FILE", help="The key of that certificate.")
def grade(
    paths: Sequence[Path],
    assignment: str,
    out: Path,
    jobs: int,
    roster: Path | None,
    force: bool,
    items: Sequence[str],
    isolation: str,
    scheduler: str | None,
    tls_ca: str | None,
    tls_cert: str | None,
    tls_key: str | None,
) -> None:
    """Grade submissions.

    Writes results.jsonl, grades.csv and feedback pages in DIR, and to collected.csv whose files
    were graded and what was left out.

    PATH is a file, a folder of <student>.ipynb or .py files, nbgrader's tree of
    <student>/<assignment>/ folders, or what Moodle, Canvas or Blackboard exports, as an archive
    or unpacked. A second run grades only what is new or changed.
    """
    with told():
        from autograder import executor  # noqa: PLC0415

        if not scheduler:
            executor.preload()  # beside the imports here
        import jinja2  # noqa: F401, PLC0415 - said now rather than when all is graded
        import pebble  # noqa: F401, PLC0415 - as above
        from rich.console import Console  # noqa: PLC0415

        from autograder import classroom, collect  # noqa: PLC0415
        from autograder.collect import listing  # noqa: PLC0415
        from autograder.course import Course, CourseError  # noqa: PLC0415
        from autograder.language import speak  # noqa: PLC0415

        workers = None
        if scheduler:
            from autograder import cluster  # noqa: PLC0415

            workers = cluster.workers(scheduler, tls=(tls_ca, tls_cert, tls_key), tell=_tell)

    if isolation == "none":
        click.secho(UNCONFINED, err=True, bold=True, fg="red")
    try:
        course = Course.find()
        speak(course.language)
        earlier = listing.read_rows(out / listing.LISTING)
        with (
            tempfile.TemporaryDirectory() as scratch,
            _progress(Console(stderr=True)) as on_progress,
        ):
            collection = collect.collect(
                paths,
                assignment,
                scratch=Path(scratch),
                roster=collect.Roster.read(roster) if roster else None,
                known=listing.known_ids(earlier),
            )
            _tell_of(collection)
            how = (
                partial(classroom.regrade_items, items=items)
                if items
                else partial(classroom.grade_class, force=force)
            )
            graded = how(
                course,
                assignment,
                collection.handins,
                out,
                jobs=jobs,
                isolation=isolation,
                workers=workers,
                on_progress=on_progress,
            )
        _list(listing.rows_of(collection, earlier), graded, out, has_roster=bool(roster))
        _report(graded, out)
        if graded.left:
            _tell(f"Left out, being new, changed or without marks: {', '.join(graded.left)}.")
    except (CourseError, collect.CollectError, classroom.LedgerError) as error:
        raise Failure(str(error)) from None
    except classroom.CannotGradeError as error:
        raise Failure(f"Nothing more was graded: {error}", GRADER_FAILED) from None
    except classroom.CannotKeepError as error:
        raise Failure(str(error), GRADER_FAILED) from None
    except OSError as error:
        reason = error.strerror or error
        raise Failure(f"'{error.filename or out}': {reason}.", GRADER_FAILED) from None
    except KeyboardInterrupt:
        raise Failure(f"Interrupted: what was graded is kept in '{out}'.", INTERRUPTED) from None
    faults = [result for result in graded.handed_in if result.status == "grader-fault"]
    if faults:
        raise Failure(_said_of(faults), GRADER_FAILED)


def _said_of(faults: "Sequence[Result]") -> str:
    """Say on whom the grader failed, and what to do: a test that is broken stays so."""
    from autograder.result import MEND  # noqa: PLC0415

    names = ", ".join(result.student for result in faults)
    reasons = dict.fromkeys(str(result.error) for result in faults)
    broken = " ".join(reason for reason in reasons if reason.endswith(MEND))
    return f"The grader failed on {names}{f': {broken}' if broken else '; run it again.'}"


def _tell_of(collection: "Collection") -> None:
    from autograder.collect import alike  # noqa: PLC0415
    from autograder.naming import plain  # noqa: PLC0415

    if collection.others:
        names = ", ".join(plain(path.name) for path in collection.others)
        _tell(f"Neither notebooks nor scripts, so not graded: {names}.")
    for group in alike(handin.student for handin in collection.handins):
        _tell(f"Alike, but graded as different students: {', '.join(map(ascii, group))}.")


def _list(rows: "list[Row]", graded: "Graded", out: Path, *, has_roster: bool) -> None:
    """Write who was collected from what; say what it comes to, where that is worth a line."""
    from autograder.classroom import replace_file  # noqa: PLC0415
    from autograder.collect import listing  # noqa: PLC0415

    bad = {r.student: r.error or "" for r in graded.results if r.status == "unreadable"}
    rows = [
        row._replace(status="refused", why=bad[row.student])
        if row.status == "collected" and row.student in bad
        else row
        for row in rows
    ]
    path = out / listing.LISTING
    replace_file(path, listing.csv_of(rows))
    if has_roster or any(row.lms_id or (row.status == "skipped" and row.student) for row in rows):
        _tell(listing.summary(rows, path))


@contextmanager
def _progress(console: "Console") -> Iterator[Callable[[int, int], None]]:
    """Show how far grading is, on a terminal; gives what to call with the numbers."""
    from rich.progress import MofNCompleteColumn, Progress  # noqa: PLC0415

    columns = (*Progress.get_default_columns(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as p:
        task = p.add_task("Grading", total=None)
        yield lambda done, total: p.update(task, completed=done, total=total)


def _report(graded: "Graded", out: Path) -> None:
    from rich.console import Console  # noqa: PLC0415

    from autograder.classroom import RESULTS, replace_file  # noqa: PLC0415
    from autograder.exports.tables import points_csv  # noqa: PLC0415
    from autograder.reports import show  # noqa: PLC0415
    from autograder.reports.pages import write_pages  # noqa: PLC0415

    grades = out / "grades.csv"
    replace_file(grades, points_csv(graded.results))
    page = write_pages(graded.results, out, graded.submissions)
    show(graded.results, Console())
    unchanged = len(graded.handed_in) - graded.new
    click.echo(f"\nGraded {graded.new}, unchanged {unchanged}. Written:")
    for path in (out / RESULTS, grades, page):
        click.echo(f"  {path}")


def _tests_for(file: Path | None) -> Path:
    """Return the test file a student means: beside the file, else in this folder."""
    folders = [Path.cwd()] if file is None else [file.resolve().parent, Path.cwd()]
    for folder in folders:
        tests = sorted(folder.glob("test_*.py"))
        if file is not None and folder / f"test_{file.stem}.py" in tests:
            return folder / f"test_{file.stem}.py"
        if len(tests) == 1:
            return tests[0]
        if tests:
            names = ", ".join(path.name for path in tests)
            raise Failure(f"More than one test file in '{folder}' ({names}): keep the right one.")
    raise Failure(
        f"No test_<assignment>.py in '{folders[0]}': work in the folder that was handed out."
    )


def _pytest_options(tests: Path, file: Path | None) -> list[str]:
    """Return what makes pytest run these tests alike everywhere, whatever is around them."""
    options = [
        str(tests),
        "-p",
        "autograder.plugin",
        "-p",
        "no:cacheprovider",
        f"--rootdir={tests.parent}",
        f"--confcutdir={tests.parent}",
        f"--config-file={Path(__file__).with_name('run.ini')}",
        "--import-mode=importlib",
        "--no-header",
        "--tb=short",
        "-q",
        "-rN",
    ]
    return options if file is None else [*options, f"--submission={file.resolve()}"]
