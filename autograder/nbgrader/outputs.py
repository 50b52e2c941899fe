"""What a graded notebook shows: reports, points, and what cells printed and drew."""

import base64
import io
from collections.abc import Iterable
from typing import Any

from nbformat import from_dict

from autograder.language import _
from autograder.result import WIDTH, GraderFault, ItemResult, Result, TestResult
from autograder.sandbox.answers import CellOutcome
from autograder.stubs import NOT_WRITTEN

PAGE_WIDTH = 800
"""What the column of a feedback page is wide, in pixels."""


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
    points = _("{}: {:g} of {:g} points").format(item.item, item.score, item.max_score)
    if error:
        return f"{points}\n{error}\n"
    if item.is_unwritten:
        return f"{points}\n{_(NOT_WRITTEN).format(item.item)}\n"
    lines = [line for test in item.tests for line in _test_lines(test)]
    return "\n".join([points, *lines]) + "\n"


def _test_lines(test: TestResult) -> Iterable[str]:
    points = f"{test.score:g} {_('of')} {test.max_score:g}"
    hidden = _("hidden test:") + " " if test.visibility == "hidden" else ""
    yield f"{_('passed') if test.passed else _('FAILED')}  {points}  {hidden}{test.name}"
    if test.visibility == "public":
        yield from (f"    {line}" for line in test.message.splitlines())
    if test.hint and not test.passed:
        yield f"    {_('Hint:')} {test.hint}"


def shown(outcome: CellOutcome) -> list[Any]:
    """Return what a cell printed and drew, and its error, as outputs that carry no markup."""
    import matplotlib.image  # noqa: PLC0415 - slow, and needed only where a worker grades

    outputs = [_stdout(outcome.stdout)] if outcome.stdout.strip() else []
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
    return _output("stream", name="stdout", text=text)


def _png(png: bytes, alt: str, width: int) -> Any:
    data = {"image/png": base64.b64encode(png).decode("ascii")}
    metadata = {"image/png": {"alt": alt, "width": width}}
    return _output("display_data", data=data, metadata=metadata)


def _points(score: float) -> Any:
    data = {"text/plain": repr(float(score))}
    return _output("execute_result", data=data, metadata={}, execution_count=None)


def _output(kind: str, **fields: Any) -> Any:
    """Return an output. Not nbformat's `new_output`: it validates each, and nbgrader then all."""
    return from_dict({"output_type": kind, **fields})
