"""The writers as exporters of nbgrader: marks from its gradebook, by hand and late ones, too.

nbgrader export --exporter=autograder.exports.nbgrader.Canvas --assignment "['xor']"
    --to=marks.csv --Canvas.into=gradebook.csv
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.plugins import ExportPlugin
from traitlets import Unicode

from autograder.exports import FORMATS, ExportError, Marks, Options, number, writer
from autograder.result import ItemResult, Result, TestResult

PENALTY = "late penalty"


class Exporter(ExportPlugin):  # type: ignore[misc]
    """Writes one assignment's marks; who handed nothing in has none."""

    into = Unicode("", help="the file to fill in").tag(config=True)
    column = Unicode("", help="its column; default: the assignment's").tag(config=True)
    by = Unicode("", help="what to match students by").tag(config=True)

    def export(self, gradebook: Gradebook) -> None:
        """Write the file that ``--to`` names; what cannot be done is logged, and ends Python."""
        try:
            self._export(gradebook)
        except (ExportError, OSError) as error:
            self.log.error("%s", error)  # noqa: TRY400 - a sentence, no traceback
            sys.exit(1)

    def _export(self, gradebook: Gradebook) -> None:
        name, form = self._assignment(gradebook), type(self).__name__.lower()
        everyone = gradebook.assignment_submissions(name)
        chosen = {str(student) for student in self.student} or {s.student.id for s in everyone}
        submissions = [one for one in everyone if one.student.id in chosen]
        if not submissions:
            raise ExportError(f"The gradebook has no submission for '{name}': run autograde first.")
        names = {one.student.id: tuple(_names(one.student)) for one in submissions}
        marks = Marks(tuple(_result(name, one) for one in submissions), names)
        raw = Path(self.into).read_bytes() if self.into else b""
        content, notes = writer(form)(marks, Options(raw, self.column, self.by))
        target = Path(self.to or f"{name}-{form}.{FORMATS[form][1]}")
        target.write_bytes(content)
        unmarked = [one.student.id for one in submissions if one.needs_manual_grade]
        waiting = [f"Still to be marked by hand: {', '.join(unmarked)}."] if unmarked else []
        for note in (*waiting, *notes):
            self.log.warning("%s", note)
        self.log.info("Wrote %s", target)

    def _assignment(self, gradebook: Gradebook) -> str:
        names = [str(name) for name in self.assignment] or [a.name for a in gradebook.assignments]
        if len(names) != 1:
            known = ", ".join(names) or "none"
            raise ExportError(f"Name one assignment with --assignment \"['NAME']\" (of: {known}).")
        return names[0]


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


def changed_by_hand(database: Path, assignment: str) -> list[tuple[str, str]]:
    """Return whose marks of the grader a person changed, each with the item and the two marks."""
    with Gradebook(f"sqlite:///{database}") as gradebook:
        submissions = gradebook.assignment_submissions(assignment)
        grades = [grade for one in submissions for each in one.notebooks for grade in each.grades]
        return sorted(
            (
                str(grade.student.id),
                f"{grade.name.removeprefix('check-')}  "
                f"{number(grade.auto_score)} -> {number(grade.score)}",
            )
            for grade in grades
            if grade.name.startswith("check-") and grade.auto_score not in (None, grade.score)
        )
