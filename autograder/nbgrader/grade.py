"""Let the grader decide the points, and show on the page what it saw."""

import base64
import io
import weakref
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import matplotlib.image
from nbformat.v4 import new_output
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Enum

from autograder.checks.sentences import NOT_WRITTEN
from autograder.course import Course
from autograder.drawing import WIDTH
from autograder.grading import Grader, GraderFault
from autograder.nbgrader.exporter import NOTE
from autograder.result import ItemResult, Result, TestResult
from autograder.sandbox.answers import CellOutcome
from autograder.submission import from_notebook

_GRADERS: weakref.WeakKeyDictionary[Any, dict[str, Grader]] = weakref.WeakKeyDictionary()

PAGE_WIDTH = 800
"""What the column of a feedback page is wide, in pixels."""


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

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Fill the outputs of a notebook that has been repaired."""
        names = resources["nbgrader"]
        try:
            self._grade(nb, self._grader(Path(resources[NOTE]["root"]), names["assignment"]), names)
        except Exception:
            self._forget_grader(names["assignment"])
            raise
        return nb, resources

    def _grade(self, nb: Any, grader: Grader, names: dict[str, str]) -> None:
        path = Path(nb.metadata[NOTE].get("file", f"{names['notebook']}.ipynb"))
        reason = nb.metadata[NOTE].get("unreadable")
        if reason:
            result = grader.unreadable(names["student"], path.name, reason)
        else:
            submission = from_notebook(nb, path)
            # Before the marks: what runs here must not know of any hidden input.
            for position, outcome in grader.perform(submission).items():
                nb.cells[position].outputs = shown(outcome)
            result = grader.grade_submission(names["student"], submission)
        write_points(nb, result)

    def _grader(self, root: Path, assignment: str) -> Grader:
        """Return the assignment's grader, started once for all submissions of this command."""
        command = self.parent.parent
        graders = _GRADERS.setdefault(command, {})
        if assignment not in graders:
            course = Course.find(root)
            grader = Grader(course, assignment, self.isolation, pictures=True).__enter__()
            weakref.finalize(command, grader.__exit__, None, None, None)
            graders[assignment] = grader
        return graders[assignment]

    def _forget_grader(self, assignment: str) -> None:
        """Have the next submission graded by a new grader: this one may be what is broken."""
        grader = _GRADERS.get(self.parent.parent, {}).pop(assignment, None)
        if grader is not None:
            grader.__exit__(None, None, None)


def write_points(nb: Any, result: Result) -> None:
    """Give each check cell report, pictures and points; GraderFault when there are none to give."""
    if result.status == "grader-fault":
        raise GraderFault(result.error)
    items = {f"check-{item.item}": item for item in result.items}
    for cell in nb.cells:
        nbgrader = cell.metadata.get("nbgrader", {})
        if not nbgrader.get("grade") or nbgrader.get("solution"):
            continue
        item = items.get(nbgrader["grade_id"])
        if item is None or item.max_score != nbgrader["points"]:
            raise GraderFault(
                f"The points of {result.assignment} have changed since it was generated: run "
                f"'autograder build', then 'nbgrader generate_assignment {result.assignment}'."
            )
        score = min(max(item.score, 0.0), item.max_score)
        drawings = [_png(d.png, d.alt, WIDTH) for d in result.drawings if d.item == item.item]
        cell.outputs = [_stdout(report(item, result.error)), *drawings, _points(score)]


def report(item: ItemResult, error: str | None = None) -> str:
    """Return what a student reads under a check cell; of hidden tests, title and hint only."""
    lines = [f"{item.item}: {item.score:g} of {item.max_score:g} points"]
    if error:
        return f"{lines[0]}\n{error}\n"
    if item.is_unwritten:
        return f"{lines[0]}\n{NOT_WRITTEN.format(item.item)}\n"
    for test in item.tests:
        lines += _test_lines(test)
    return "\n".join(lines) + "\n"


def _test_lines(test: TestResult) -> Iterable[str]:
    hidden = "hidden test: " if test.visibility == "hidden" else ""
    yield f"{'passed' if test.passed else 'FAILED'}  {hidden}{test.name}"
    if test.visibility == "public":
        yield from (f"    {line}" for line in test.message.splitlines())
    if test.hint and not test.passed:
        yield f"    Hint: {test.hint}"


def shown(outcome: CellOutcome) -> list[Any]:
    """Return what a cell printed and drew, and its error, as outputs that carry no markup."""
    outputs = [_stdout(outcome.stdout)] if outcome.stdout else []
    for figure in outcome.figures:
        picture = io.BytesIO()
        matplotlib.image.imsave(picture, figure, format="png")
        width = min(figure.shape[1], PAGE_WIDTH)
        outputs.append(_png(picture.getvalue(), "figure", width))
    if outcome.error:
        where = f" ({outcome.where})" if outcome.where else ""
        outputs.append(_stdout(f"{outcome.error}{where}\n"))
    return outputs


def _stdout(text: str) -> Any:
    return new_output("stream", name="stdout", text=text)


def _png(png: bytes, alt: str, width: int) -> Any:
    data = {"image/png": base64.b64encode(png).decode("ascii")}
    metadata = {"image/png": {"alt": alt, "width": width}}
    return new_output("display_data", data, metadata=metadata)


def _points(score: float) -> Any:
    return new_output("execute_result", {"text/plain": repr(float(score))}, execution_count=None)
