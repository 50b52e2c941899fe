"""The pytest plugin, in a small handout of its own."""

import dataclasses
import json
import xml.etree.ElementTree as ET

import nbformat
import pytest

from autograder.plugin import BENCH, Bench
from autograder.sandbox.runner import Runner
from autograder.student import Student
from autograder.suite import TestsError
from tests.suites import collect, run

pytest_plugins = ["pytester"]

TESTS = '''
import numpy as np
import pytest
from autograder.checks import check_values

@pytest.mark.item("double", points=2)
def test_double(student):
    """double doubles"""
    check_values(student.double, {"z": np.array([1.0, 2.0])}, [2.0, 4.0])

@pytest.mark.item("half", points=3)
def test_half(student):
    """half halves"""
    check_values(student.half, {"z": np.array([1.0, 2.0])}, [0.5, 1.0])
'''

HIDDEN = '''
### BEGIN HIDDEN TESTS
@pytest.mark.item("half", points=5)
def test_half_hidden(student, reference, rng):
    """half halves anything"""
    z = rng.normal(size=3)
    check_values(student.half, {"z": z}, reference.half(z))
### END HIDDEN TESTS
'''

RIGHT = "def double(z):\n    return 2 * z\n\ndef half(z):\n    return z / 2\n"
WRONG_HALF = "def double(z):\n    return 2 * z\n\ndef half(z):\n    return z / 4\n"


@pytest.fixture
def handout(pytester):
    """Give a folder with tests and a right script."""
    pytester.makepyfile(test_small=TESTS, small=RIGHT)
    return pytester


def test_a_right_script_passes_with_all_points(handout):
    """Plain pytest in the folder checks the file there, and ends with the points."""
    result = handout.runpytest()

    assert result.ret == 0
    result.stdout.fnmatch_lines(["Checked: small.py", "double*2 of 2", "half*3 of 3"])


def test_a_failed_check_shows_its_message_and_no_frames(handout):
    """A failure is the message and the hint, without a traceback of the kit."""
    handout.makepyfile(small=WRONG_HALF)

    result = handout.runpytest()

    assert result.ret == 1
    result.stdout.fnmatch_lines(
        ["half is wrong at z[[]1[]] = 2: got 0.5, expected 1.", "Hint: *", "half*0 of 3"]
    )
    result.stdout.no_fnmatch_line("*def check_values*")


def test_the_file_that_is_checked_is_named(handout):
    """With a notebook and a script beside the tests, the summary says which one counts."""
    stub = "def double(z):\\n    raise NotImplementedError()"
    cell = f'{{"cell_type": "code", "metadata": {{}}, "outputs": [], "source": "{stub}"'
    notebook = f'{{"nbformat": 4, "nbformat_minor": 4, "metadata": {{}}, "cells": [{cell}}}]}}'
    (handout.path / "small.ipynb").write_text(
        notebook.replace('"source"', '"execution_count": null, "source"')
    )

    result = handout.runpytest()

    result.stdout.fnmatch_lines(["Checked: small.py (small.ipynb has no more items written*"])


def test_the_file_that_is_checked_is_the_same_whatever_is_selected(handout):
    """The items of all tests tell which file counts, those too that -k leaves out."""
    cells = [nbformat.v4.new_code_cell("def half(z):\n    return z / 2")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), handout.path / "small.ipynb")
    handout.makepyfile(small="def double(z):\n    return 2 * z")

    for selection in (), ("-k", "double"), ("-k", "half"):
        result = handout.runpytest(*selection)
        result.stdout.fnmatch_lines(["Checked: small.ipynb (small.py has no more items written*"])


def test_a_file_can_be_named(handout):
    """--submission checks another file."""
    handout.makepyfile(mine=WRONG_HALF)

    assert handout.runpytest("--submission", "mine.py").ret == 1


def test_nothing_to_check_is_said(handout):
    """Without notebook and script the tests fail with a sentence."""
    (handout.path / "small.py").unlink()

    result = handout.runpytest()

    result.stdout.fnmatch_lines(["*Neither small.ipynb nor small.py is beside the tests*"])


@pytest.mark.parametrize("options", [("-k", "double"), ("-x",), ("--junitxml=out.xml",), ("-q",)])
def test_other_options_work(handout, options):
    """-k, -x, --junitxml and -q do what they do elsewhere."""
    assert handout.runpytest(*options).ret == 0


def test_junit_reports_carry_the_points(handout):
    """The XML report has item and points of each test."""
    handout.runpytest("--junitxml=out.xml")

    root = ET.parse(handout.path / "out.xml").getroot()
    properties = {(p.get("name"), p.get("value")) for p in root.iter("property")}
    assert {("item", "double"), ("points", "2.0")} <= properties


def test_tests_without_the_marker_are_ordinary(handout):
    """A test that belongs to no item runs as always, and adds no points."""
    handout.makepyfile(test_small="def test_plain():\n    assert True\n")

    result = handout.runpytest()

    assert result.ret == 0
    result.stdout.no_fnmatch_line("*points*")


def test_a_malformed_marker_is_named(handout):
    """A marker without points is the author's mistake, said in a sentence."""
    handout.makepyfile(test_small=TESTS.replace(", points=2", ""))

    with pytest.raises(TestsError):
        collect(handout.path / "test_small.py")


def bench(source, seed=0):
    """Return a bench for a student with this source, and the right reference."""
    namespace, right = {}, {}
    exec(source, namespace)
    exec(RIGHT, right)
    return Bench(Student(Runner(namespace)), type("Reference", (), {"half": right["half"]}), seed)


@pytest.fixture
def authored(pytester):
    """Give the author's test file, with a hidden region."""
    return pytester.makepyfile(test_small=TESTS + HIDDEN)


def test_hidden_tests_are_known_by_their_region(authored):
    """A test between the marks is hidden, the others are public."""
    visibility = [test.visibility for test in collect(authored)]

    assert visibility == ["public", "public", "hidden"]


def test_a_hidden_test_tells_title_and_hint_only(authored):
    """The message of a failed hidden test does not reach the result."""
    outcomes = run(authored, bench(WRONG_HALF))

    hidden = next(o.result for o in outcomes if o.result.visibility == "hidden")
    assert (hidden.passed, hidden.name, hidden.message) == (False, "half halves anything", "")
    assert "same factor, 0.5" in hidden.hint


def test_marks_that_do_not_pair_are_the_authors_mistake(authored):
    """A hidden region that is not closed is an error, never a public test."""
    authored.write_text(authored.read_text().replace("### END HIDDEN TESTS", ""))

    with pytest.raises(TestsError, match="marks of hidden tests do not pair"):
        collect(authored)


def test_public_tests_run_before_hidden_ones(authored):
    """What a submission sees in a hidden test cannot reach a public message."""
    text = authored.read_text()
    first = text.index("@pytest.mark.item")
    hidden = text.index("\n### BEGIN HIDDEN")
    authored.write_text(text[:first] + text[hidden:] + "\n\n" + text[first:hidden])

    order = [outcome.result.visibility for outcome in run(authored, bench(RIGHT))]

    assert order == ["public", "public", "hidden"]


def test_one_item_can_be_run_alone(authored):
    """The notebook's check runs the tests of one item."""
    assert {o.item for o in run(authored, bench(RIGHT), only="double")} == {"double"}


def test_an_error_in_a_test_is_a_fault_not_a_failure(authored):
    """A test that breaks for its own reasons marks the outcome as the grader's fault."""
    authored.write_text(authored.read_text().replace("rng.normal(size=3)", "1 / 0"))

    faults = [outcome.fault for outcome in run(authored, bench(RIGHT)) if outcome.fault]

    assert faults == [
        "The test 'test_half_hidden' in test_small.py is broken (ZeroDivisionError: division by "
        "zero): mend it, then grade again."
    ]


def test_what_the_machine_does_to_a_test_is_not_said_of_the_test(authored):
    """A test that the machine fails (the sandbox, the disk) may pass the next time."""
    breaks = "(_ for _ in ()).throw(OSError(28, 'No space left'))"
    authored.write_text(authored.read_text().replace("rng.normal(size=3)", breaks))

    faults = [outcome.fault for outcome in run(authored, bench(RIGHT)) if outcome.fault]

    assert faults == [
        "The grader failed in the test 'test_half_hidden' in test_small.py: OSError: [Errno 28] "
        "No space left"
    ]


def test_tests_that_cannot_be_imported_are_named(pytester):
    """An import error in a test file is one sentence."""
    path = pytester.makepyfile(test_broken="import nothing_of_this_name\n")

    with pytest.raises(TestsError, match=r"test_broken\.py cannot be collected: .*nothing_of"):
        collect(path)


def test_random_numbers_derive_from_the_seed(pytester):
    """The fixture rng gives the same numbers for the same seed and other ones for another."""
    path = pytester.makepyfile(
        test_small="""
        import pytest

        @pytest.mark.item("x", points=1)
        def test_x(student, rng):
            raise AssertionError(str(rng.integers(0, 10**9)))
        """
    )
    drawn = [run(path, bench(RIGHT, seed))[0].result.message for seed in (1, 1, 2)]

    assert drawn[0] == drawn[1] != drawn[2]


def test_surroundings_do_not_reach_a_quiet_run(authored, monkeypatch, capsys):
    """Options in the environment and files around the tests change nothing, nothing is printed."""
    monkeypatch.setenv("PYTEST_ADDOPTS", "--collect-only")
    (authored.parent / "pytest.ini").write_text("[pytest]\naddopts = --nothing-known\n")

    outcomes = run(authored, bench(RIGHT))

    assert sum(outcome.result.score for outcome in outcomes) == 10
    assert capsys.readouterr().out == ""


def test_outcomes_survive_json():
    """A report's outcome is plain JSON, so that other plugins may pass it on."""
    report = type("Report", (), {})()
    report.autograder = json.dumps(
        {
            "item": "x",
            "result": {
                "name": "t",
                "visibility": "public",
                "score": 1.0,
                "max_score": 1.0,
                "passed": True,
                "message": "",
                "hint": "",
            },
            "fault": "",
        }
    )
    from autograder.plugin import outcome_of

    assert outcome_of(report).result.passed
    assert outcome_of(object()) is None


HALF_HIDDEN_WRONG = "def half(z):\n    return z / 2 if z.size == 2 else z / 4\n"


def sketched(authored, source):
    """Run the tests of what fails here with somebody who wants pictures; return the sketches."""
    wanted = dataclasses.replace(bench(source), sketches={})
    assert any(not o.result.passed for o in run(authored, wanted))
    return wanted.sketches


def test_sketches_are_kept_for_public_tests_only(authored):
    """Of a submission that fails both kinds of tests only the public one can be drawn."""
    assert list(sketched(authored, WRONG_HALF)) == [("half", "half halves")]


def test_a_hidden_test_is_never_drawn(authored):
    """A submission that fails hidden tests alone has nothing to draw."""
    assert sketched(authored, RIGHT + HALF_HIDDEN_WRONG) == {}


def test_hidden_failures_leave_the_plugin_with_nothing_to_draw(authored):
    """Even inside the session a reported hidden failure has lost what it could be drawn by."""
    seen = {}

    class Watch:
        def pytest_exception_interact(self, call, report):
            seen[report.nodeid.rpartition("::")[2]] = call.excinfo.value.seen

    pytest.main(["-q", str(authored), "-p", "no:cacheprovider"], plugins=[Watch(), _Given()])

    assert seen.keys() == {"test_half", "test_half_hidden"}
    assert seen["test_half"] is not None
    assert seen["test_half_hidden"] is None


class _Given:
    def pytest_configure(self, config):
        config.stash[BENCH] = bench(WRONG_HALF)


def test_nothing_is_called_for_a_picture_that_nobody_wants(authored):
    """Without somebody to draw for, no sketch is kept; with, none is made in the run."""
    calls = []

    def half(z):
        calls.append(z)
        return z / 4

    counts = []
    for sketches in (None, {}):
        calls.clear()
        student = Student(Runner({"half": half}))
        run(authored, Bench(student, bench(RIGHT).reference, sketches=sketches), only="half")
        counts.append(len(calls))

    assert counts[0] == counts[1] > 0
