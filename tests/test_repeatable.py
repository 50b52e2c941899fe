"""The same work gets the same result, and hidden inputs come from one number."""

import dataclasses
import json
import os
import re
import subprocess
import sys
from functools import partial
from types import SimpleNamespace

import numpy as np
import pytest

from autograder.classroom.ledger import RESULTS
from autograder.course import Course
from autograder.grading import Grader
from autograder.plugin import Bench
from autograder.reference import load_reference
from autograder.sandbox.answers import Answer
from autograder.sandbox.host import WarmParent
from autograder.sandbox.runner import Runner
from autograder.sandbox.session import Session
from autograder.student import Student
from autograder.submission import read
from tests.bank import entries
from tests.mutation import items
from tests.samples import COURSE, ROOT, notebook, some_of, write
from tests.suites import lose_points, run

ASSIGNMENTS = ["activations", "xor"]
SEEDS = range(5)

ANSWERS = {
    "activations": {
        "right": {},
        "wrong": {"tanh_grad": "def tanh_grad(z):\n    return 1 - z**2"},
        "drawn": {"sigmoid": "def sigmoid(z):\n    return np.random.uniform(size=np.shape(z))"},
        "hash": {"tanh": "def tanh(z):\n    return z * hash('tanh')"},
        "broken": {"mish": "def mish(z):\n    return z +", "relu": "raise SystemExit"},
    },
    "xor": {
        "right": {},
        "wrong": {"backward": "def backward(params, X, y, f, g):\n    return dict(params)"},
        "listed": {"predict": "def predict(params, X, f):\n    return [list({'b', 'a'})]"},
    },
}


@pytest.fixture(scope="module", params=ASSIGNMENTS)
def assignment(request):
    """Give each assignment in turn."""
    return request.param


@pytest.fixture(scope="module")
def folder(assignment, tmp_path_factory):
    """Write a class that hands in right, wrong, broken and unsteady work."""
    folder = tmp_path_factory.mktemp(assignment)
    for student, answers in ANSWERS[assignment].items():
        write(notebook(assignment, answers), folder / f"{student}.ipynb")
    return folder


@pytest.fixture(scope="module")
def graded(assignment, folder, tmp_path_factory):
    """Give the lines of a first run, in a process of its own: student -> line."""
    return run_grade(assignment, sorted(folder.iterdir()), tmp_path_factory.mktemp("first"), 1)


def run_grade(assignment, paths, out, jobs, **environment):
    """Grade in a fresh process, and return the line of every student."""
    words = ["grade", *map(str, paths), "--assignment", assignment, "--jobs", str(jobs)]
    subprocess.run(
        [sys.executable, "-m", "autograder", *words, "--out", str(out)],
        cwd=ROOT,
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
    )
    lines = (out / RESULTS).read_text(encoding="utf-8").splitlines()
    return {json.loads(line)["student"]: line for line in lines}


@pytest.mark.xdist_group("first run")
@pytest.mark.parametrize(
    ("jobs", "environment"),
    [
        (2, {"PYTHONHASHSEED": "1", "TZ": "Pacific/Chatham", "LC_ALL": "C"}),
        (1, {"PYTHONHASHSEED": "2", "TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONOPTIMIZE": "1"}),
    ],
)
def test_another_process_gives_the_same_lines(
    assignment, folder, graded, tmp_path, jobs, environment
):
    """Order, jobs, hash seed, time zone and locale change no byte of a student's line."""
    paths = sorted(folder.iterdir(), reverse=True)

    assert run_grade(assignment, paths, tmp_path, jobs, **environment) == graded


@pytest.mark.xdist_group("first run")
def test_what_was_graded_before_changes_nothing(assignment, folder, graded):
    """One grader, used again and again in another order, gives the same lines."""
    paths = sorted(folder.iterdir(), reverse=True)
    with Grader(COURSE, assignment) as grader:
        for path in (*paths, *reversed(paths)):
            result = grader.grade_submission(path.stem, read(path))
            assert result.to_json() == graded[path.stem]


class _Listener(Runner):
    """A place where the reference runs, that writes down what it is asked."""

    def __init__(self, reference: SimpleNamespace) -> None:
        super().__init__(vars(reference))
        self.heard: list[tuple[str, tuple[object, ...]]] = []

    def call(self, name, args, *, seconds):
        self.heard.append((name, args))
        return super().call(name, args, seconds=seconds)


def listened(assignment, seed, item=None):
    """Return what an item's tests ask of a right submission."""
    reference = load_reference(COURSE.solution(assignment))
    listener = _Listener(reference)
    outcomes = run(COURSE.tests(assignment), Bench(Student(listener), reference, seed), only=item)
    assert all(outcome.result.passed for outcome in outcomes)
    return listener.heard


def heard(assignment, seed, item):
    """Return what an item's tests ask of a right submission, as text."""
    return _text("", listened(assignment, seed, item))


UNDRAWN = ("PROPERTIES",)
"""Items whose tests have no inputs."""


def test_another_seed_gives_other_hidden_inputs(assignment):
    """Every item is asked the same with the same seed, and something else with another."""
    for item in items(assignment):
        first = heard(assignment, 0, item)
        assert heard(assignment, 0, item) == first
        assert (heard(assignment, 1, item) == first) == (item in UNDRAWN)


class _Table(Runner):
    """A submission that knows what was asked under another seed, as a whole or number by number.

    What it declares is right: the same heads.
    """

    def __init__(self, reference: SimpleNamespace, asked: list[tuple[str, tuple[object, ...]]]):
        super().__init__(vars(reference))
        self._whole = {}
        self._single = {}
        for name, args in asked:
            value = getattr(reference, name)(*args)
            self._whole[_text(name, args)] = value
            if isinstance(value, np.ndarray) and value.shape == np.shape(args[0]):
                pairs = zip(np.ravel(args[0]).tolist(), np.ravel(value).tolist(), strict=True)
                self._single |= {_text(name, (z, *args[1:])): one for z, one in pairs}

    def call(self, name, args, *, seconds):
        value = self._whole.get(_text(name, args))
        if value is None:
            z = np.asarray(0.0 if isinstance(args[0], dict) or callable(args[0]) else args[0])
            each = [self._single.get(_text(name, (one, *args[1:]))) for one in z.ravel().tolist()]
            value = np.array(each, dtype=float).reshape(z.shape)
        return Answer("value", value, args)


def _text(name, args):
    with np.printoptions(threshold=sys.maxsize, precision=17):
        return repr((name, args))


def test_a_table_of_what_was_asked_earns_nothing_with_another_seed(assignment):
    """Whoever writes down all hidden inputs and their results has no hidden point with new ones."""
    reference = load_reference(COURSE.solution(assignment))
    table = _Table(reference, listened(assignment, 0))
    for seed, passes in ((0, True), (1, False)):
        outcomes = run(COURSE.tests(assignment), Bench(Student(table), reference, seed))
        hidden = [o.result for o in outcomes if o.result.visibility == "hidden"]
        drawn = [o.result for o in outcomes if o.item not in UNDRAWN]
        assert [test.name for test in hidden if test in drawn and test.passed != passes] == []


def test_the_seed_is_set_in_one_place(tmp_path):
    """What pyproject.toml says is what the course draws from; nowhere else does it stand."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    changed = re.sub(r"^seed = \d+", "seed = 77", text, flags=re.MULTILINE)
    (tmp_path / "pyproject.toml").write_text(changed, encoding="utf-8")

    assert Course.find(tmp_path) == dataclasses.replace(COURSE, root=tmp_path, seed=77)
    for path in (*ROOT.glob("solutions/**/*.py"), *ROOT.glob("autograder/**/*.py")):
        assert str(COURSE.seed) not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("seed", some_of(SEEDS))
def test_right_answers_lose_nothing_with_any_seed(assignment, seed):
    """Every right answer of the bank passes, whatever is drawn."""
    for item in items(assignment):
        answers = [e for e in entries(assignment) if (e.item, e.label) == (item, "right")]
        lost = lose_points(assignment, item, [e.source for e in answers], Runner, seed=seed)
        assert [str(e) for e, points in zip(answers, lost, strict=True) if points] == []


@pytest.mark.parametrize("seed", some_of(SEEDS))
def test_wrong_answers_lose_points_with_any_seed(assignment, seed):
    """A fifth of the wrong answers of the bank, another with each seed, fail."""
    sample = [e for e in entries(assignment) if e.label == "wrong"][seed :: len(SEEDS)]
    with WarmParent("full") as parent:
        for item in items(assignment):
            answers = [e for e in sample if e.item == item]
            sources = [e.source for e in answers]
            lost = lose_points(
                assignment, item, sources, partial(Session, parent, COURSE.limits), seed=seed
            )
            assert [str(e) for e, points in zip(answers, lost, strict=True) if not points] == []
