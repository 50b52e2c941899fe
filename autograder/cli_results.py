"""The commands on results that are there: ``report``, ``explain`` and ``diff``."""

from collections.abc import Mapping
from pathlib import Path

import click

from autograder.result import RESULTS, Result, TestResult, read_results
from autograder.telling import told

Folder = click.Path(exists=True, file_okay=False, path_type=Path)
Results = click.Path(exists=True, path_type=Path)
FOR_INSTRUCTORS = "For the instructor's eyes: this shows hidden tests. Do not send it to students."


@click.command()
@click.argument("folder", metavar="DIR", type=Folder)
def report(folder: Path) -> None:
    """Write the pages of the results in DIR anew.

    report.html shows marks, what each test is worth, the commonest mistakes, and what a person
    should look at; items/ has every distinct answer to each item; feedback/ the students' pages.
    """
    with told():
        from autograder.classroom import read_folder  # noqa: PLC0415
        from autograder.reports.page import write_pages  # noqa: PLC0415

        results, submissions = read_folder(folder)
        click.echo(write_pages(results, folder, submissions))


@click.command()
@click.argument("old", type=Results)
@click.argument("new", type=Results)
def diff(old: Path, new: Path) -> None:
    """Say whose marks changed from OLD to NEW, by how much and at which test.

    Each is a folder of results or a results.jsonl.
    """
    from autograder.reports.changes import changes  # noqa: PLC0415

    lines = changes(_read(old), _read(new))
    click.echo("\n".join(lines) or "No mark has changed.")


@click.command()
@click.argument("student")
@click.argument("item")
@click.option("--results", "folder", required=True, metavar="DIR", type=Folder)
@click.option("--isolation", type=click.Choice(["full", "none"]), default="full")
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
    from autograder.reports.environment import code  # noqa: PLC0415

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


COMMANDS = (report, explain, diff)
