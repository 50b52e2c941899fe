"""The writers as exporters of nbgrader: marks from its gradebook, by hand and late ones, too.

nbgrader export --exporter=autograder.exports.nbgrader.Canvas --assignment "['xor']"
    --to=marks.csv --Canvas.into=gradebook.csv
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.plugins import ExportPlugin
from traitlets import Unicode

from autograder.exports import FORMATS, ExportError, Marks, Options, writer
from autograder.result import ItemResult, Result, TestResult

PENALTY = "late penalty"


class Exporter(ExportPlugin):  # type: ignore[misc]
    """Writes one assignment's marks; who handed nothing in has none."""

    into = Unicode("", help="the file to fill in").tag(config=True)
    column = Unicode("", help="its column; default: the assignment's").tag(config=True)
    by = Unicode("", help="what to match students by").tag(config=True)

    def export(self, gradebook: Gradebook) -> None:
        """Write the file that ``--to`` names. Raises ExportError."""
        names = self.assignment or [each.name for each in gradebook.assignments]
        if len(names) != 1:
            known = ", ".join(map(str, names)) or "none"
            raise ExportError(
                f"Name one assignment with --assignment \"['NAME']\" (there: {known})."
            )
        name, form = str(names[0]), type(self).__name__.lower()
        chosen = {str(student) for student in self.student}
        submissions = [
            one
            for one in gradebook.assignment_submissions(name)
            if not chosen or one.student.id in chosen
        ]
        if not submissions:
            raise ExportError(f"The gradebook has no submission for '{name}': run autograde first.")
        marks = Marks(
            tuple(_result(name, one) for one in submissions),
            {one.student.id: tuple(_names(one.student)) for one in submissions},
        )
        raw = Path(self.into).read_bytes() if self.into else b""
        content, notes = writer(form)(marks, Options(raw, self.column, self.by))
        target = Path(self.to or f"{name}-{form}.{FORMATS[form]}")
        target.write_bytes(content)
        unmarked = [one.student.id for one in submissions if one.needs_manual_grade]
        if unmarked:
            self.log.warning("Still to be marked by hand: %s.", ", ".join(unmarked))
        for note in notes:
            self.log.warning("%s", note)
        self.log.info("Wrote %s", target)


class Items(Exporter):
    """Points of each item, as a spreadsheet."""


class Canvas(Exporter):
    """Canvas's gradebook, filled in."""


class Moodle(Exporter):
    """Moodle's grading worksheet, filled in."""


class Blackboard(Exporter):
    """Blackboard's grade center, filled in."""


class Junit(Exporter):
    """JUnit's XML."""


def _names(student: Any) -> Iterator[str]:
    full = " ".join(filter(None, (student.first_name, student.last_name)))
    yield from filter(None, (student.lms_user_id, student.email, full))


def _result(assignment: str, submission: Any) -> Result:
    """Return a submission's grades as a result; a penalty is an item that takes points away."""
    grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
    items = [_item(grade.name, grade.score, grade.max_score) for grade in grades]
    penalty = min(submission.late_submission_penalty or 0.0, submission.score)
    if penalty:
        items.append(_item(PENALTY, -penalty, 0.0))
    return Result(assignment, submission.student.id, "", tuple(items))


def _item(name: str, score: float, most: float) -> ItemResult:
    test = TestResult(name, "public", score, most, passed=score >= most)
    return ItemResult(name.removeprefix("check-"), (test,))
