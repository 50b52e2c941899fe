"""Let the grader decide the points, ahead of nbgrader, and show on the page what it saw."""

import os
import re
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from nbgrader.converters import Autograde
from nbgrader.converters.base import BaseConverter
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Enum, Integer

from autograder.course import Course
from autograder.executor import Graded, grade_all, grader_of, local, preload
from autograder.nbgrader.exporter import NOTE, handout_path
from autograder.nbgrader.outputs import shown, write_points
from autograder.nbgrader.reading import Folder
from autograder.nbgrader.unfinished import is_due
from autograder.result import Result
from autograder.submission import Submission, from_notebook

if TYPE_CHECKING:  # slow, and not needed where workers grade
    from autograder.grading import Grader

QUEUED = 4  # hand-ins for each worker: nbgrader does not keep them idle, and words come soon


class Grade(NbGraderPreprocessor):  # type: ignore[misc]
    """Stands where nbgrader would run the notebook in a kernel.

    The submission runs confined, and the tests decide outside of it. Each check cell gets its
    report, pictures of what failed and, last, its points; each other cell what it printed and
    drew, as text and PNG. A fault of the grader's own raises, so that nbgrader writes no score
    and goes on with the next.
    """

    isolation = Enum(
        ["full", "none"], "full", help="Whether student code is confined; 'none' trusts it."
    ).tag(config=True)
    jobs = Integer(
        os.cpu_count() or 1,
        min=0,
        help="How many processes grade a class ahead; 0: nbgrader's own grades one by one.",
    ).tag(config=True)

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Fill the outputs of a notebook that has been repaired."""
        names = resources["nbgrader"]
        path = Path(nb.metadata[NOTE].get("file", f"{names['notebook']}.ipynb"))
        reason = nb.metadata[NOTE].get("unreadable")
        submission = None if reason else from_notebook(nb, path)
        grading: Grading = self.parent.parent.grading
        found = grading.ahead(names["student"])
        if found and (found.marks.result.error, found.submission) == (reason, submission):
            cells, result = found.cells or {}, found.marks.result
        else:
            cells, result = grading.here(names, path, submission, reason)
        for position, outputs in cells.items():
            nb.cells[position].outputs = outputs
        write_points(nb, result)
        return nb, resources


def grade_ahead() -> None:
    """Have autograding find results waiting: several processes grade while it does the rest."""
    Autograde.convert_notebooks = _convert_notebooks


def _convert_notebooks(converter: Any) -> None:
    with Grading(converter) as converter.grading:
        BaseConverter.convert_notebooks(converter)


class Grading:
    """The grading of one command: by workers ahead of it, and here what these leave."""

    def __init__(self, converter: Any) -> None:
        settings = Grade(parent=converter)
        self._root = Path(converter.coursedir.root)
        self._log = converter.log
        self._isolation: str = settings.isolation
        self._grader: Grader | None = None
        due = _due(converter) if settings.jobs else []
        works = due if len(due) > 1 else []  # one alone is graded sooner here
        self._expected = {work.student for work in works}
        self._graded: dict[str, Graded] = {}
        self._coming = self._grade_all(works, converter.coursedir.assignment_id, settings.jobs)

    def __enter__(self) -> Self:
        if self._expected:
            preload()
        return self

    def __exit__(self, *_: object) -> None:
        self._coming.close()
        self._close()

    def _grade_all(
        self, works: list[Folder], assignment: str, jobs: int
    ) -> Generator[Graded, None, None]:
        course = Course.find(self._root)
        pool = local(
            grader_of(course, assignment, self._isolation),
            jobs=jobs,
            seconds=course.limits.hang_seconds,
            page=shown,
            room=QUEUED * jobs,
        )
        yield from grade_all(works, pool, tries=1)

    def ahead(self, student: str) -> Graded | None:
        """Wait for what workers found of a student; None when they were not asked, or failed."""
        while student in self._expected:
            try:
                self._keep(next(self._coming))
            except Exception as error:  # whatever it is: who is left is graded here
                self._log.warning("Not graded ahead: %s", error or "the workers ended")
                self._expected.clear()
        found = self._graded.pop(student, None)
        return None if found is None or found.lost else found

    def _keep(self, graded: Graded) -> None:
        """Keep marks, or the words that belong to marks before: with these came the cells."""
        student = graded.work.student
        marked = self._graded.get(student, graded)
        self._graded[student] = marked._replace(marks=graded.marks, lost=graded.lost)
        if graded.final:
            self._expected.discard(student)

    def here(
        self, names: dict[str, str], path: Path, submission: Submission | None, reason: str | None
    ) -> tuple[dict[int, Any], Result]:
        """Grade in this process. Returns the outputs of the page's cells, and the result."""
        try:
            grader = self._open(names["assignment"])
            if submission is None:
                return {}, grader.unreadable(names["student"], path.name, reason or "")
            # Before the marks: what runs here must not know of any hidden input.
            cells = {i: shown(outcome) for i, outcome in grader.perform(submission).items()}
            result = grader.grade_submission(names["student"], submission)
        except Exception:
            self._close()
            raise
        if result.status == "grader-fault":
            self._close()
        return cells, result

    def _open(self, assignment: str) -> "Grader":
        """Return the assignment's grader, opened once for all that is graded here."""
        if self._grader is None:
            opening = grader_of(Course.find(self._root), assignment, self._isolation)
            self._grader = opening().__enter__()
        return self._grader

    def _close(self) -> None:
        """Have the next submission graded by a new grader: this one may be what is broken."""
        grader, self._grader = self._grader, None
        if grader is not None:
            grader.__exit__(None, None, None)


def _due(converter: Any) -> list[Folder]:
    """Return the students' folders that will be graded, in nbgrader's order."""
    assignment = converter.coursedir.assignment_id
    pattern = converter._format_source(re.escape(assignment), "(?P<student>.*)", escape=True)
    handout = handout_path(converter.coursedir, assignment, assignment)
    found = ((folder, re.match(pattern, folder)) for folder in sorted(converter.assignments))
    return [
        Folder(match["student"], Path(folder), handout)
        for folder, match in found
        if match and is_due(converter, assignment, match["student"])
    ]
