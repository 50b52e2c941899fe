"""Classroom 50: the ``result.json`` of one submission, of schema classroom50/result/v1.

Its runner says in environment variables whose submission it is; points are whole numbers. Run as
``python -m autograder.exports.classroom50 FOLDER``, this checks what is in the working directory
with the public tests in that folder.
"""

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from autograder.exports import Export, ExportError, Marks, Options
from autograder.intake import UnreadableError
from autograder.plugin import Bench, numbers_beside
from autograder.result import Result, without_points
from autograder.student import Student, in_this_process
from autograder.submission import choose, in_folder, read
from autograder.suite import Suite
from autograder.summary import items_of

SCHEMA = "classroom50/result/v1"
RESULT = Path("result.json")
FACTORS = (1, 2, 4, 10, 100)


def classroom50(marks: Marks, options: Options) -> Export:  # noqa: ARG001 - as every writer
    """Return the file; ExportError, which the runner must see fail, when nothing was graded."""
    if len(marks.results) != 1:
        raise ExportError("Classroom 50 takes one submission: check one, and export that.")
    (result,) = marks.results
    if result.score is None:
        raise ExportError(f"The grader failed, so there are no points: {result.error}")
    tests = [(item.item, test) for item in result.items for test in item.tests]
    points = [value for _, test in tests for value in (test.score, test.max_score)]
    whole = (f for f in FACTORS if all(float(value * f).is_integer() for value in points))
    factor = next(whole, FACTORS[-1])
    rows: list[dict[str, Any]] = [
        {
            "test-name": f"{item}: {test.name}",
            "passed": test.passed,
            "score": round(test.score * factor),
            "max-score": round(test.max_score * factor),
        }
        for item, test in tests
    ]
    commit = os.environ.get("COMMIT_URL", "")
    content = {
        "schema": SCHEMA,
        "classroom": os.environ.get("CLASSROOM", ""),
        "assignment": os.environ.get("ASSIGNMENT", marks.assignment),
        "assignment_type": os.environ.get("ASSIGNMENT_TYPE") or "individual",
        "owner": os.environ.get("OWNER") or os.environ.get("USERNAME") or result.student,
        "submission": os.environ.get("SUBMISSION_TAG", ""),
        "commit": commit,
        "release": os.environ.get("RELEASE_URL", ""),
        "review": os.environ.get("REVIEW_URL") or commit,
        "datetime": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "score": sum(row["score"] for row in rows),
        "max-score": sum(row["max-score"] for row in rows),
        "tests": rows,
    }
    notes = (f"Points are whole numbers there, so all are {factor}-fold.",) if factor > 1 else ()
    return Export(json.dumps(content, indent=2, ensure_ascii=False).encode(), notes)


def check(tests: Path, folder: Path) -> Result:
    """Return the result of the public tests on the file in a folder, run in this process."""
    assignment = tests.stem.removeprefix("test_")
    with Suite(tests) as suite:
        items = {test.name for test in suite.tests}
        try:
            files = in_folder(folder, assignment)
            if not files:
                raise UnreadableError(f"There is no {assignment}.ipynb or {assignment}.py.")
            heard, failed = in_this_process(read(choose(files, items)), items)
        except UnreadableError as error:
            nothing = without_points(tuple(suite.items()))
            return Result(assignment, "", "", nothing, "unreadable", str(error))
        bench = Bench(Student(heard, failed=failed), asker=heard, known=numbers_beside(tests))
        outcomes = list(suite.run(suite.tests, bench))
    return Result(assignment, "", "", tuple(items_of(outcomes)))


def main(folder: Path) -> None:
    """Write ``result.json``; whatever stops that ends Python with a code that is not 0."""
    RESULT.unlink(missing_ok=True)  # the student's own
    (tests,) = folder.glob("test_*.py")
    RESULT.write_bytes(classroom50(Marks((check(tests, Path.cwd()),)), Options()).content)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
