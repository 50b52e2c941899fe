"""Known mistakes: named where the numbers are theirs, at grading and in a self-check."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from autograder.build import BuildError, build
from autograder.course import Course
from autograder.explain.mistakes import Known, Mistake, load_mistakes
from autograder.grading import Grader
from autograder.reference import load_reference
from autograder.submission import read
from tests.nbgrader_course import write_course

SCRIPT = '''# %%
import numpy as np

from autograder import check


# %%
def spread(z):
    """Return {"mean": the mean of z, "range": its largest minus its smallest number}."""
    ### BEGIN SOLUTION
    return {"mean": np.mean(z), "range": np.max(z) - np.min(z)}
    ### END SOLUTION


# %%
check("spread")
'''
TESTS = '''"""Tests of one function."""

import numpy as np
import pytest

from autograder.checks import check_values

DATA = {"data": np.array([3.0, 1.0, 4.0, 1.5, 9.0])}


@pytest.mark.item("spread", points=60)
def test_spread(student):
    """spread is right for five numbers"""
    check_values(student.spread, DATA, {"mean": 3.7, "range": 8.0})


### BEGIN HIDDEN TESTS
@pytest.mark.item("spread", points=40)
def test_spread_negative(student):
    """spread is right below 0"""
    data = {"data": np.array([-3.0, -1.0, -4.0])}
    check_values(student.spread, data, {"mean": -8 / 3, "range": 3.0})


### END HIDDEN TESTS
'''
MISTAKES = """from autograder.explain import mistake


@mistake("{names}: this is the sum, not the mean.", part="mean")
def spread(z):
    return {"mean": np.sum(z), "range": 0.0}


@mistake("The smallest number is left out of the range.")
def spread(z):
    return {**spread(z), "range": np.max(z)}


@mistake("The range is that of sizes: is abs needed?")
def spread(z):
    return {**spread(z), "range": np.max(np.abs(z)) - np.min(z)}
"""
SUM = 'def spread(z):\n    return {"mean": np.sum(z), "range": np.max(z) - np.min(z)}\n'
SUM_HINT = "mean: this is the sum, not the mean."
ONLY_BELOW_0 = (
    'def spread(z):\n    return {"mean": np.mean(z), "range": np.max(np.abs(z)) - np.min(z)}\n'
)


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """Give a course of one item and three known mistakes in it."""
    write_course(tmp_path, script=SCRIPT, tests=TESTS)
    (tmp_path / "solutions/mini/mistakes.py").write_text(MISTAKES)
    return Course.find(tmp_path)


def known(course: Course, *data: list[float]) -> Known:
    """Return what is known of the answers for these data."""
    script = course.solution("mini")
    reference = load_reference(script)
    mistakes = load_mistakes(script.with_name("mistakes.py"), reference)
    return Known.of(mistakes, reference.spread, [(np.array(numbers),) for numbers in data])


def hint(course: Course, *answers: dict[str, float]) -> str:
    """Return the hint for answers to [1, 3] and [-2, 4], as many as there are."""
    return known(course, [1.0, 3.0], [-2.0, 4.0]).hint(answers)


def test_numbers_of_a_mistake_are_named(course: Course) -> None:
    """The hint of a mistake is given, with the parts that are wrong."""
    assert hint(course, {"mean": 4.0, "range": 2.0}) == SUM_HINT
    assert hint(course, {"mean": 2.0, "range": 3.0}).startswith("The smallest number is left out")


def test_a_mistake_in_one_part_leaves_the_others_alone(course: Course) -> None:
    """With `part`, whatever is in the other parts does not matter."""
    assert hint(course, {"mean": 4.0, "range": 77.0}) == SUM_HINT


def test_another_wrong_part_is_another_mistake(course: Course) -> None:
    """Without `part`, all that is wrong has to be the mistake's."""
    assert hint(course, {"mean": 2.5, "range": 3.0}) == ""


def test_every_answer_counts(course: Course) -> None:
    """Who answers one question as the mistake does, and another one otherwise, made another."""
    first = {"mean": 2.0, "range": 2.0}
    assert hint(course, first, {"mean": 1.0, "range": 6.0}) == ""
    assert hint(course, first, {"mean": 1.0, "range": 4.0}) == ""
    assert hint(course, {"mean": 2.0, "range": 3.0}, {"mean": 1.0, "range": 4.0}) != ""
    assert hint(course, {"mean": 4.0, "range": 2.0}, {"mean": 1.0, "range": 6.0}) == ""


@pytest.mark.parametrize(
    "answer", [None, "no", {}, {"mean": np.nan, "range": np.inf}, (4.0, 2.0), {"mean": "4"}]
)
def test_odd_answers_are_no_known_mistake(course: Course, answer: object) -> None:
    """Whatever comes back, the search ends without a hint."""
    assert known(course, [1.0, 3.0]).hint([answer]) == ""


def test_nan_matches_nan() -> None:
    """A mistake that gives NaN is named where NaN came, and nowhere else."""
    one = Mistake("f", "It is divided by 0.", "", lambda z: z / 0 * 0)
    found = Known.of([one], lambda z: z, [(np.array([1.0, 2.0]),)])

    assert found.hint([[np.nan, np.nan]]) == "It is divided by 0."
    assert found.hint([[np.nan, 7.0]]) == ""


def test_the_name_of_a_mistake_means_the_right_function(course: Course) -> None:
    """A wrong version may call the right one by its name, however many are above it."""
    *_, last = load_mistakes(
        course.solution("mini").with_name("mistakes.py"), load_reference(course.solution("mini"))
    )

    assert last.function(np.array([-1.0, 1.0]))["mean"] == 0.0


def test_the_numbers_say_the_same_as_the_functions(course: Course) -> None:
    """What a build keeps of the mistakes gives the same hints, and holds no code."""
    data = known(course, [1.0, 3.0]).to_json()
    told = Known.from_json("spread", json.loads(json.dumps(data)))

    for answer in ({"mean": 4.0, "range": 2.0}, {"mean": 2.0, "range": 3.0}, {"mean": 9.0}):
        assert told.hint([answer]) == hint(course, answer)
    assert "range" not in data["wrong"][0]["answers"][0]


def test_at_grading_public_and_hidden_tests_name_it(course: Course, tmp_path: Path) -> None:
    """Each test that fails gives the hint; one that hidden inputs alone show is named there."""
    hints = {}
    with Grader(course, "mini", "none") as grader:
        for name, source in (("sum", SUM), ("below", ONLY_BELOW_0)):
            (tmp_path / f"{name}.py").write_text(f"import numpy as np\n\n{source}")
            result = grader.grade_submission(name, read(tmp_path / f"{name}.py"))
            hints[name] = [test.hint for test in result.items[0].tests]

    assert hints["sum"] == [SUM_HINT, SUM_HINT]
    assert hints["below"] == ["", "The range is that of sizes: is abs needed?"]


USELESS = """

@mistake("{hint}")
def spread(z):
    return {{"mean": np.mean(z), "range": {range}}}
"""


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ("np.ptp(z)", "it passes every test"),
        ("np.max(z) - 0", "its numbers are another one's, or it has none"),
        ("1 / 0", "its numbers are another one's, or it has none"),
    ],
)
def test_a_mistake_that_is_never_named_is_refused(course: Course, wrong: str, reason: str) -> None:
    """A build tells of a mistake that no test sees, or that another one hides."""
    path = course.solution("mini").with_name("mistakes.py")
    path.write_text(MISTAKES + USELESS.format(hint="Never said.", range=wrong))

    with pytest.raises(BuildError) as caught:
        build(course)

    assert str(caught.value) == (
        f"solutions/mini/mistakes.py: 'Never said.' (spread) would never be said, because {reason};"
        " take it out, or mend the tests."
    )
    assert not course.source.exists()


def test_a_self_check_names_it_as_grading_does(course: Course) -> None:
    """The numbers are built into the handout: pytest and `check` there give the same hint."""
    build(course)
    folder = course.assignments / "mini"
    (folder / "mini.ipynb").unlink()
    (folder / "mini.py").write_text(f"import numpy as np\n\n\n{SUM}")
    script = f"""
import numpy as np
from autograder import check
from autograder.notebook import CheckError
{SUM}
try:
    check("spread")
except CheckError as error:
    print(error)
"""

    for command in (["-m", "pytest"], ["-c", script]):
        done = subprocess.run(
            [sys.executable, *command], cwd=folder, capture_output=True, text=True, check=False
        )
        assert f"Hint: {SUM_HINT}" in done.stdout, done.stdout + done.stderr


def test_a_handout_holds_numbers_of_public_tests_alone(course: Course) -> None:
    """Beside the tests stand hints and numbers: no code, and nothing of a hidden test."""
    build(course)

    text = (course.assignments / "mini" / "mistakes_mini.json").read_text()

    assert [(test["item"], test["test"]) for test in json.loads(text)] == [
        ("spread", "spread is right for five numbers")
    ]
    assert "-2.66" not in text
    assert "np." not in text
    assert text == (course.source / "mini" / "mistakes_mini.json").read_text()
