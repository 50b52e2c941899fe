"""Run an assignment's tests on what a test of ours puts in the submission's place."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from pathlib import Path

from autograder.plugin import Bench, GradedTest, TestOutcome
from autograder.reference import load_reference, remembering
from autograder.sandbox.answers import Limits
from autograder.student import Student, Transport, graded_sources
from autograder.submission import from_notebook
from autograder.suite import Suite
from tests.samples import COURSE, cell_of, notebook


def collect(tests: Path) -> list[GradedTest]:
    """Return the graded tests of a file."""
    with Suite(tests) as suite:
        return list(suite.tests)


def run(tests: Path, bench: Bench, only: str | None = None) -> list[TestOutcome]:
    """Run the tests of a file, or of one item, public ones first."""
    with Suite(tests) as suite:
        return list(suite.run(_in_order(suite, only), bench))


def lose_points(
    assignment: str,
    item: str,
    answers: Sequence[str],
    open_transport: Callable[[], Transport],
    *,
    limits: Limits = COURSE.limits,
    seed: int = COURSE.seed,
) -> list[bool]:
    """Return which of these answers lose points in their item, each in an otherwise right notebook.

    Parameters
    ----------
    open_transport : makes the place where a submission runs, confined or not
    seed : of the course; hidden inputs derive from it
    """
    reference = remembering(load_reference(COURSE.solution(assignment)))
    filled = notebook(assignment)
    lost = []
    with Suite(COURSE.tests(assignment)) as suite:
        tests = _in_order(suite, item)
        for answer in answers:
            cell_of(filled, item).source = answer
            submission = from_notebook(filled, Path(f"{assignment}.ipynb"))
            with closing(open_transport()) as transport:
                transport.load(graded_sources(submission.cells))
                bench = Bench(Student(transport, limits), reference, seed)
                lost.append(_fails(suite.run(tests, bench), answer))
    return lost


def _fails(outcomes: Iterable[TestOutcome], answer: str) -> bool:
    for outcome in outcomes:
        if outcome.fault:
            raise RuntimeError(f"{outcome.item} could not be graded: {outcome.fault}\n{answer}")
        if not outcome.result.passed:
            return True
    return False


def _in_order(suite: Suite, only: str | None) -> list[GradedTest]:
    tests = [test for test in suite.tests if only in (None, test.name)]
    return sorted(tests, key=lambda test: test.visibility == "hidden")
