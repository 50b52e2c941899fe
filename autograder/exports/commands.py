"""The commands that write what platforms and students import."""

from pathlib import Path

import click

from autograder.exports import FORMATS, ExportError, Options, read_marks, writer
from autograder.telling import told

File = click.Path(dir_okay=False, path_type=Path)
OutFile = click.option("--out", metavar="FILE", type=File, help="The file to write.")


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
    out = out or folder / f"{form}.{FORMATS[form]}"
    with told():
        if into and out.exists() and out.samefile(into):
            raise ExportError(f"'{out}' is the file to fill in: give another one as --out.")
        options = Options(into.read_bytes() if into else b"", column, by or "")
        content, notes = writer(form)(read_marks(folder), options)
        out.write_bytes(content)
    for note in notes:
        click.echo(note, err=True)
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
@click.option(
    "--isolation",
    type=click.Choice(["full", "none"]),
    default="full",
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
        from autograder.course import Course  # noqa: PLC0415 - see `autograder.cli`
        from autograder.exports import bundles  # noqa: PLC0415

        bundles.pack(out, getattr(bundles, kind)(Course.find(), assignment, *options))
    click.echo(f"Wrote {out}.")


COMMANDS = (export, handout, gradescope, classroom50)
