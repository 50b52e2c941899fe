"""Prove what is built: the reference passes, and every known mistake is of use."""

import json
from collections.abc import Callable
from types import SimpleNamespace

from autograder.ahead import Key, asked_before, known_mistakes, recorded
from autograder.authoring.authored import Authored
from autograder.authoring.script import BuildError
from autograder.course import Course
from autograder.explain.mistakes import MISTAKES, Known, Mistake, load_mistakes
from autograder.grading import Grader
from autograder.plugin import Bench
from autograder.reference import load_reference, remembering
from autograder.result import GraderFault
from autograder.sandbox.answers import IsolationError, SandboxFault
from autograder.sandbox.runner import Runner
from autograder.student import Heard, Student
from autograder.submission import read
from autograder.suite import Suite


def prove(course: Course, authored: Authored, tell: Callable[[str], None]) -> None:
    """Run every test, hidden ones too, and every cell that is not graded, on the reference.

    In confinement and within the course's limits; where this machine has none, without, which
    `tell` is told. Raises BuildError at a test that is broken or that the reference fails, and at
    a cell that raises.
    """
    try:
        try:
            _prove(course, authored, "full")
        except IsolationError as error:
            tell(f"{authored.name} is tried out unconfined: nothing confines here. {error}")
            _prove(course, authored, "none")
    except (GraderFault, SandboxFault) as error:
        raise BuildError(f"solutions/{authored.name}: {error}") from None


def _prove(course: Course, authored: Authored, isolation: str) -> None:
    name = authored.name
    submission = read(course.solution(name))
    with Grader(course, name, isolation) as grader:
        result = grader.marks("reference", submission).result
        if result.status == "grader-fault":
            raise GraderFault(str(result.error))
        for item in result.items:
            for test in item.tests:
                if not test.passed:
                    said = f" ({test.message.splitlines()[0]})" if test.message else ""
                    raise BuildError(
                        f"solutions/{name}/test_{name}.py: the reference itself fails the test "
                        f"'{test.name}' of {item.item}{said}; mend one of the two "
                        f"('pytest solutions/{name}' shows more)."
                    )
        for position, outcome in grader.perform(submission).items():
            if outcome.error:
                raise BuildError(
                    f"solutions/{name}/{name}.py, cell at line {authored.cells[position].line}: "
                    f"it raises {outcome.error} ({outcome.where}); correct it."
                )


def known_numbers(course: Course, name: str) -> str:
    """Return what known mistakes give where the public tests ask, as JSON; empty without any.

    Raises BuildError at a mistake whose hint nobody would ever be given.
    """
    script = course.solution(name)
    reference = remembering(load_reference(script))
    mistakes = load_mistakes(script.with_name(MISTAKES), reference)
    if not mistakes:
        return ""
    with Suite(course.tests(name)) as suite:
        questions = recorded(suite, reference, course)
        known = known_mistakes(suite, mistakes, reference, questions)
        items = {test.name for test in suite.tests}
        for one in mistakes:
            if one.item not in items:
                raise BuildError(
                    f"solutions/{name}/{MISTAKES}: it has mistakes of '{one.item}', of which there "
                    "is no test; take them out, or correct the name."
                )
            _check(one, suite, known, reference, course)
        tests = [
            {"item": item, "test": title, **known[item, title].to_json()}
            for test in suite.tests
            if test.visibility == "public" and test.key in known
            for item, title in [test.key]
        ]
    return json.dumps(tests) + "\n"


def _check(
    one: Mistake,
    suite: Suite,
    known: dict[Key, Known],
    reference: SimpleNamespace,
    course: Course,
) -> None:
    """Have a mistake graded; BuildError unless some test gives its hint."""
    heard = Heard(Runner({**vars(reference), one.item: one.function}))
    bench = Bench(
        Student(heard, course.limits), reference, course.seed, asker=heard, explains=False
    )
    answers: dict[Key, list[object]] = {}
    failed = False
    for test in suite.tests:
        if test.name != one.item:
            continue
        (outcome,) = suite.run([test], bench)
        answers[test.key] = [answer.value for answer in heard.heard(test.name)]
        if not outcome.result.passed:
            failed = True
            before = [value for key in asked_before(test, suite) for value in answers[key]]
            found = known[test.key].found(before)
            if found and found[0].hint == one.hint:
                return
    why = "its numbers are another one's, or it has none" if failed else "it passes every test"
    raise BuildError(
        f"solutions/{suite.path.parent.name}/{MISTAKES}: '{one.hint}' ({one.item}) would never be "
        f"said, because {why}; take it out, or mend the tests."
    )
