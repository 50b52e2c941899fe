"""What commands say of what cannot be done: one sentence, no traceback."""

from collections.abc import Iterator
from contextlib import contextmanager

import click


@contextmanager
def told() -> Iterator[None]:
    """Make one sentence of a missing module, a file's fault, and an exception of this package."""
    try:
        yield
    except click.ClickException:
        raise
    except ModuleNotFoundError as error:
        raise click.ClickException(
            f"There is no module '{error.name}' here: install the package with its 'instructor' "
            "extra (in the kit's folder: pip install '.[instructor]')."
        ) from None
    except OSError as error:
        said = f"'{error.filename}': {error.strerror}." if error.filename else str(error)
        raise click.ClickException(said) from None
    except Exception as error:
        if not type(error).__module__.startswith("autograder."):
            raise
        raise click.ClickException(str(error)) from None
