"""The author's files: the reference's functions, and the marks of what is hidden."""

import contextlib
import io
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from autograder.submission import EXPERIMENT, read

HIDDEN_BEGIN = "### BEGIN HIDDEN TESTS"
HIDDEN_END = "### END HIDDEN TESTS"


def load_reference(script: Path) -> SimpleNamespace:
    """Run an authored script, but for its checks and its experiment, and return what it defines.

    For the grader's own process: the script is the author's and is trusted.
    """
    namespace: dict[str, Any] = {"__name__": f"reference_{script.stem}"}
    for cell in read(script).cells:
        if cell.source.startswith("check(") or EXPERIMENT in cell.tags or "yours" in cell.tags:
            continue
        code = compile(cell.source, str(script), "exec")
        with contextlib.redirect_stdout(io.StringIO()):
            exec(code, namespace)  # noqa: S102 - the author's own code
    return SimpleNamespace(**namespace)
