"""The commands on results that are there, and those that write what others import.

``report``, ``explain``, ``diff``, ``export``; ``handout``, ``gradescope`` and ``classroom50``.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

import click

from autograder.exports import FORMATS, ExportError, Options, read_marks, writer
from autograder.result import RESULTS, Result, TestResult, read_results
from autograder.telling import told

Folder = click.Path(exists=True, file_okay=False, path_type=Path)
Results = click.Path(exists=True, path_type=Path)
GRADEBOOK = Path("gradebook.db")  # where nbgrader keeps it, in the course's folder
File = click.Path(dir_okay=False, path_type=Path)
OutFile = click.option("--out", metavar="FILE", type=File, help="The file to write.")
Isolation = partial(
    click.option, "--isolation", type=click.Choice(["full", "none"]), default="full"
)
FOR_INSTRUCTORS = "For the instructor's eyes: this shows hidden tests. Do not send it to students."


@click.command()
@click.argument("folder", metavar="DIR", type=Folder)
def report(folder: Path) -> None:
    """Write the pages of the results in DIR anew.

    report.html shows marks, what each test is worth, the commonest mistakes, and what a person
    should look at; items/ has every distinct answer to each item; feedback/ the students' pages.
    In a course with nbgrader's gradebook.db, it names the marks that a person changed there.
    """
    with told():
        from autograder.classroom import read_folder  # noqa: PLC0415
        from autograder.course import Course, CourseError  # noqa: PLC0415
        from autograder.language import speak  # noqa: PLC0415
        from autograder.reports.pages import write_pages  # noqa: PLC0415

        with suppress(CourseError):
            speak(Course.find().language)
        results, submissions = read_folder(folder)
        changed = _changed_by_hand(results)
        click.echo(write_pages(results, folder, submissions, changed))
        for student, what in changed:
            click.echo(f"Changed by hand in {GRADEBOOK}: {student}  {what}")


def _changed_by_hand(results: Sequence[Result]) -> list[tuple[str, str]]:
    """Return whose marks a person changed in the gradebook, where the course here has one."""
    if not results or not GRADEBOOK.exists():
        return []
    from autograder.exports.nbgrader import changed_by_hand  # noqa: PLC0415

    return changed_by_hand(GRADEBOOK, results[0].assignment)


@click.command()
@click.argument("old", type=Results)
@click.argument("new", type=Results)
def diff(old: Path, new: Path) -> None:
    """Say whose marks changed from OLD to NEW, by how much and at which test.

    Each is a folder of results or a results.jsonl.
    """
    from autograder.reports import changes  # noqa: PLC0415

    lines = changes(_read(old), _read(new))
    click.echo("\n".join(lines) or "No mark has changed.")


@click.command()
@click.argument("student")
@click.argument("item")
@click.option("--results", "folder", required=True, metavar="DIR", type=Folder)
@Isolation()
def explain(student: str, item: str, folder: Path, isolation: str) -> None:
    """Explain a STUDENT's mark for an ITEM, hidden tests included.

    The item's tests are run again on what was handed in, and say in full what was asked, what
    came and what was expected. For instructors only.
    """
    with told():
        from autograder.classroom import read_folder  # noqa: PLC0415
        from autograder.course import Course  # noqa: PLC0415
        from autograder.grading import Grader  # noqa: PLC0415

        results, submissions = read_folder(folder)
        result = _of_student(results, student, folder)
        marks = {test.name: test for one in result.items if one.item == item for test in one.tests}
        if not marks:
            known = ", ".join(one.item for one in result.items)
            raise click.ClickException(f"There is no item '{item}' (there are: {known}).")
        submission = submissions.get(student)
        click.echo(f"{FOR_INSTRUCTORS}\n")
        now: dict[str, TestResult] = {}
        if submission and result.status == "graded":
            course = Course.find()
            with Grader(course, result.assignment, isolation, only=[item]) as grader:
                again = grader.in_full(submission)
            if again.error:
                raise click.ClickException(again.error)
            now = {test.name: test for i in again.items if i.item == item for test in i.tests}
        _show(result, item, marks, now)
        code = submission.answers([one.item for one in result.items]) if submission else {}
    if result.status != "unreadable":
        _show_code(code.get(item, ""), kept=submission is not None)


def _show(
    result: Result, item: str, marks: Mapping[str, TestResult], now: Mapping[str, TestResult]
) -> None:
    earned, most = (sum(getattr(t, of) for t in marks.values()) for of in ("score", "max_score"))
    click.echo(f"{result.student}, {item}: {earned:g} of {most:g}")
    if result.error:
        click.echo(f"{result.status}: {result.error}")
    for test in marks.values():
        click.echo(
            f"\n{'✓' if test.passed else '✗'} {test.name} ({test.visibility}): "
            f"{test.score:g} of {test.max_score:g}"
        )
        said = now.get(test.name, test)
        if now and test.name not in now:
            click.echo("  There is no such test any more.")
        elif said.passed != test.passed:
            click.echo(
                f"  Run again, it {'passes' if said.passed else 'fails'}: what is graded "
                "has changed since, or the answers differ from run to run."
            )
        for line in said.message.splitlines():
            click.echo(f"  {line}")
        if said.hint:
            click.echo(f"  {'' if said.passed else 'Hint: '}{said.hint}")
    for name in now.keys() - marks.keys():
        click.echo(f"\n? {name}: a test that was not there when this was graded.")


def _show_code(source: str, *, kept: bool) -> None:
    from autograder.reports.pages import code  # noqa: PLC0415

    if source:
        click.echo(f"\nHanded in:\n\n{code(source)}")
    elif kept:
        click.echo("\nNothing that was handed in defines it.")
    else:
        click.echo(
            "\nWhat was handed in is not kept with these results, so the tests were not run again: "
            "'autograder grade ... --force' keeps it."
        )


def _of_student(results: list[Result], student: str, folder: Path) -> Result:
    for result in results:
        if result.student == student:
            return result
    raise click.ClickException(f"There is no result of a student '{student}' in '{folder}'.")


def _read(path: Path) -> list[Result]:
    file = path / RESULTS if path.is_dir() else path
    try:
        return read_results(file)
    except (OSError, ValueError) as error:
        raise click.ClickException(f"'{file}' cannot be read as results: {error}.") from None


@click.command()
@click.argument("form", metavar="FORMAT", type=click.Choice(list(FORMATS)))
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--into",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The platform's own file, which is filled in (canvas, moodle, blackboard).",
)
@click.option("--column", metavar="NAME", default="", help="Its column; default: the assignment's.")
@click.option(
    "--by", type=click.Choice(["email", "idnumber"]), help="What Moodle is to match students by."
)
@OutFile
def export(
    form: str, folder: Path, into: Path | None, column: str, by: str | None, out: Path | None
) -> None:
    """Write marks for a gradebook, a platform or CI.

    FORMAT is items, canvas, moodle, blackboard, junit or classroom50; DIR is where
    'autograder grade' wrote its results.
    """
    out = out or folder / f"{form}.{FORMATS[form][1]}"
    with told():
        if into and out.exists() and out.samefile(into):
            raise ExportError(f"'{out}' is the file to fill in: give another one as --out.")
        options = Options(into.read_bytes() if into else b"", column, by or "")
        marks = read_marks(folder)
        content, notes = writer(form)(marks, options)
        out.write_bytes(content)
        changed = [f"{student}  {what}" for student, what in _changed_by_hand(marks.results)]
    for note in notes:
        click.echo(note, err=True)
    for line in changed:
        click.echo(f"Changed by hand in {GRADEBOOK}, not in '{out}': {line}", err=True)
    click.echo(f"Wrote {out}.")


@click.command()
@click.argument("assignment")
@OutFile
def handout(assignment: str, out: Path | None) -> None:
    """Pack an assignment for a learning platform: one archive for students."""
    _pack("handout", assignment, out or Path(f"{assignment}.zip"))


@click.command()
@click.argument("assignment")
@OutFile
@Isolation(
    show_default=True,
    help="'none' runs student code unconfined beside the solutions: only for code you trust.",
)
def gradescope(assignment: str, out: Path | None, isolation: str) -> None:
    """Pack an autograder for Gradescope. It holds the solutions."""
    _pack("gradescope", assignment, out or Path(f"{assignment}-gradescope.zip"), isolation)


@click.command()
@click.argument("assignment")
@OutFile
def classroom50(assignment: str, out: Path | None) -> None:
    """Pack an autograder for Classroom 50: public tests only."""
    _pack("classroom50", assignment, out or Path(f"{assignment}-classroom50.zip"))


def _pack(kind: str, assignment: str, out: Path, *options: str) -> None:
    with told():
        from autograder.course import Course  # noqa: PLC0415
        from autograder.exports import bundles  # noqa: PLC0415

        bundles.pack(out, getattr(bundles, kind)(Course.find(), assignment, *options))
    click.echo(f"Wrote {out}.")


COMMANDS = (report, explain, diff, export, handout, gradescope, classroom50)
