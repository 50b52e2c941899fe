"""The commands that write what platforms and students import."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from autograder.exports import FORMATS, ExportError, Options, read_marks, writer
from autograder.result import GraderFault

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
    with _told():
        if into and out.exists() and out.samefile(into):
            raise ExportError(f"'{out}' is the file to fill in: give another one as --out.")
        options = Options(into.read_bytes() if into else b"", column, by or "")
        content, notes = writer(form)(read_marks(folder), options)
        out.write_bytes(content)
    for note in notes:
        click.echo(note, err=True)
    click.echo(f"Wrote {out}.")


@contextmanager
def _told() -> Iterator[None]:
    """Say in a sentence what went wrong."""
    try:
        yield
    except (ExportError, GraderFault) as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"'{error.filename}': {error.strerror}.") from None


COMMANDS = (export,)
