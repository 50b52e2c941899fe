"""``check("item")``: a student's self-check inside a running notebook."""

import base64
import os
import sys
from dataclasses import replace
from pathlib import Path

from autograder.drawing import draw_all
from autograder.language import _
from autograder.plugin import Bench, numbers_beside, speak_as
from autograder.result import WIDTH
from autograder.sandbox import runner
from autograder.student import Heard, Student
from autograder.suite import Suite, TestsError
from autograder.summary import mend_first, points_table, report, to_come

UNGRADED = (
    "No points: nbgrader ran this without the kit's grader, which alone may grade it. Instructor: "
    "run 'autograder install' for this course (see README, 'In a course of your own'), then "
    "'nbgrader generate_assignment' and 'nbgrader autograde --force' again."
)
"""Anything may stand in a notebook that is run unconfined, beside tests that are public."""

_SUITES: dict[tuple[Path, bytes], Suite] = {}


class CheckError(Exception):
    """Something is not right yet. Shown as its message alone, without a traceback."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def check(item: str | None = None) -> None:
    """Run the public tests of one item on what this notebook defines, and say so; or sum up all.

    The tests are those of the ``test_<assignment>.py`` beside the notebook. In a notebook, what
    failed is drawn where that helps.

    Raises
    ------
    CheckError
        when a test fails, or there is nothing to run, or nbgrader's own autograding runs it; the
        message says what and why.
    """
    if runner.LOADING.get():
        return
    if os.environ.get("NBGRADER_EXECUTION") == "autograde":
        raise CheckError(UNGRADED)
    path = _tests_here()
    suite = _suite(path)
    for test in suite.tests[:1]:
        speak_as(test.item.module)
    bench = _bench(path)
    tests = [test for test in suite.tests if item in (None, test.name)]
    if not tests:
        raise CheckError(_("There is no test for '{}' here: is the name right?").format(item))
    outcomes = list(suite.run(tests, bench))
    if item is None:
        lines = [*points_table(outcomes), *to_come(vars(tests[0].item.module))]
    else:
        lines = report([outcome for outcome in outcomes if outcome.result.passed])
    for line in lines:
        print(line)
    failed = [outcome for outcome in outcomes if not outcome.result.passed]
    if failed:
        _show(bench)
        used = {name for test in tests for name in test.uses}
        others = [test for test in suite.tests if test.name in used and test not in tests]
        unexplained = replace(bench, explains=False, sketches=None)
        seen = outcomes + list(suite.run(others, unexplained))
        raise CheckError("\n".join([*report(failed), *mend_first(seen)]))


def _tests_here() -> Path:
    found = sorted(Path.cwd().glob("test_*.py"))
    if len(found) != 1:
        what = _("more than one test file" if found else "no test_<assignment>.py")
        sentence = _("There is {} in {}: keep the notebook in the folder it came in.")
        raise CheckError(sentence.format(what, Path.cwd()))
    return found[0]


def _bench(tests: Path) -> Bench:
    from IPython import get_ipython  # noqa: PLC0415 - loaded already in a notebook

    shell = get_ipython()
    # The namespace itself, no copy: frames are known by it. Outside, that of the main script.
    namespace = vars(sys.modules["__main__"]) if shell is None else shell.user_ns
    heard = Heard(runner.Runner(namespace))
    drawn = getattr(shell, "kernel", None) is not None  # in a terminal nobody sees a picture
    known = numbers_beside(tests)
    return Bench(
        Student(heard),
        checked=_("this notebook"),
        asker=heard,
        known=known,
        sketches={} if drawn else None,
    )


def _suite(tests: Path) -> Suite:
    """Return the tests as they stand now, collected when they have changed."""
    stamp = (tests, tests.read_bytes())
    if stamp not in _SUITES:
        for suite in _SUITES.values():
            suite.__exit__()
        _SUITES.clear()
        try:
            _SUITES[stamp] = Suite(tests).__enter__()
        except TestsError as error:
            raise CheckError(str(error)) from None
    return _SUITES[stamp]


def _show(bench: Bench) -> None:
    """Draw what failed below the cell."""
    from IPython.display import display  # noqa: PLC0415 - loaded already in a notebook

    for drawing in draw_all(bench.sketches or {}):
        data = {"image/png": base64.b64encode(drawing.png).decode("ascii")}
        how = {"image/png": {"alt": drawing.alt, "width": WIDTH}}
        display({**data, "text/plain": drawing.alt}, metadata=how, raw=True)
