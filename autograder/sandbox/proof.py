"""Prove, from inside, that the walls hold and that ordinary work goes on within them."""

import tempfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from autograder.sandbox.answers import Answer, CellSource, IsolationError, Limits
from autograder.sandbox.attempts import ATTEMPTS, SOURCE
from autograder.sandbox.host import WarmParent
from autograder.sandbox.session import Session

SIZE = 20
LIMITS = Limits(call_seconds=10.0, cell_seconds=20.0)
SECRET = "read by the grader only"  # noqa: S105 - to be kept, but worth nothing
ORDINARY = """
import numpy as np
import matplotlib.pyplot as plt

plt.plot(np.linspace(0, 1), label="loss")
plt.legend()
plt.show()

def ordinary(size):
    rng = np.random.default_rng(0)
    matrix = rng.normal(size=(size, size))
    return np.linalg.inv(matrix) @ matrix
"""


def prove(parent: WarmParent, *, hidden: Iterable[Path] = ()) -> None:
    """Try every wall in a process forked the ordinary way.

    `hidden` are files of the course that must be out of reach as well. Raises IsolationError,
    naming what student code can do that it must not, or cannot do that it must.
    """
    with (
        tempfile.TemporaryDirectory(prefix="autograder-") as folder,
        Session(parent, LIMITS) as session,
    ):
        secret = Path(folder) / "secret"
        secret.write_text(SECRET)
        session.load([CellSource("attempts", SOURCE)])
        possible = [deed for name, deed in ATTEMPTS.items() if not _refused(session, name, secret)]
        possible += [
            f"read {path.name}" for path in hidden if not _refused(session, "read_a_file", path)
        ]
        if possible:
            deeds = ", ".join(possible)
            raise IsolationError(f"Student code is not confined here: it can {deeds}.")
        _prove_ordinary_work(session)


def _refused(session: Session, name: str, path: Path) -> bool:
    """Tell whether an attempt is refused for certain: one that goes astray proves nothing."""
    answer = session.call(name, (str(path),), seconds=LIMITS.call_seconds)
    return answer.kind == "value" and type(answer.value) is int and answer.value == 0


def _prove_ordinary_work(session: Session) -> None:
    (outcome,) = session.load([CellSource("ordinary work", ORDINARY)], figures=True)
    answer = session.call("ordinary", (SIZE,), seconds=LIMITS.call_seconds)
    error = outcome.error or answer.error
    if not error and not (outcome.figures and _is_identity(answer)):
        error = "a wrong result"
    if error:
        raise IsolationError(f"NumPy and Matplotlib do not work in confinement: {error}.")


def _is_identity(answer: Answer) -> bool:
    value = answer.value
    return isinstance(value, np.ndarray) and np.allclose(value, np.eye(SIZE))
