"""Gradescope: grade the one submission in its container, and write its results.json.

Run as ``python -m autograder.exports.gradescope ROOT ISOLATION``; ROOT is /autograder there.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from autograder.course import Course
from autograder.grading import Grader
from autograder.intake import UnopenedError, UnreadableError
from autograder.result import Result
from autograder.submission import SUFFIXES, choose, read

VISIBILITY = {"public": "visible", "hidden": "after_published"}
"""By a test's; of a test that is "hidden" there, Gradescope takes the total away from students."""
NOT_GRADED = (
    "This submission was not graded, and has no score: the grader itself failed, which is no fault "
    "of yours. It can be graded again; tell your instructor."
)
CLOSED = {"output_format": "text", "stdout_visibility": "hidden"}


def main(root: Path, isolation: str) -> int:
    """Write ``results/results.json`` and return the exit code: 1 when the grader failed."""
    start = time.monotonic()
    try:
        result = grade(root, isolation)
        failure = result.error if result.score is None else None
        content = results(result, time.monotonic() - start)
    except Exception as error:  # whatever it is, the student is not to pay for it
        failure, content = f"{type(error).__name__}: {error}", {"output": NOT_GRADED, **CLOSED}
    if failure:
        print(f"Nothing was graded: {failure}")
    path = root / "results" / "results.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(content, indent=1), encoding="utf-8")
    return 1 if failure else 0


def grade(root: Path, isolation: str = "full") -> Result:
    """Grade what is in ``submission/`` with the course in ``source/course/``."""
    course = Course.find(root / "source" / "course")
    (assignment,) = course.names()
    files = _handed_in(root / "submission", assignment)
    with Grader(course, assignment, isolation) as grader:
        if not files:
            missing = f"There is no {assignment}.ipynb or {assignment}.py in what was handed in."
            return grader.unreadable("", "", missing)
        path = choose(files, [item.item for item in grader.catalogue])
        try:
            submission = read(path)
        except UnopenedError:
            raise
        except UnreadableError as error:
            return grader.unreadable("", path.name, str(error))
        return grader.words(submission, grader.marks("", submission))


def results(result: Result, seconds: float) -> dict[str, Any]:
    """Return results.json as Gradescope documents it; after a grader's fault it has no score."""
    if result.score is None:
        return {"output": NOT_GRADED, **CLOSED}
    tests = [
        {
            "number": f"{place}.{number}",
            "name": f"{item.item}: {test.name}",
            "score": test.score,
            "max_score": test.max_score,
            "status": "passed" if test.passed else "failed",
            "output": "\n".join(filter(None, (test.message, test.hint))),
            "output_format": "text",
            "name_format": "text",
            "visibility": VISIBILITY[test.visibility],
        }
        for place, item in enumerate(result.items, 1)
        for number, test in enumerate(item.tests, 1)
    ]
    times = {"execution_time": round(seconds, 2)}
    return {"output": result.error or "", **CLOSED, **times, "tests": tests}


def _handed_in(folder: Path, assignment: str) -> list[Path]:
    """Return the assignment's files, or else all notebooks and scripts; no link that leads away."""
    inside = folder.resolve()
    files = [
        path
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in SUFFIXES
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and path.is_file()
        and path.resolve().is_relative_to(inside)
    ]
    named = [path for path in files if path.stem == assignment]
    return named or [path for path in files if not path.name.startswith("test_")]


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
