"""The author's known mistakes: found to be of use, and their numbers for self-checks."""

import json
from types import SimpleNamespace

from autograder.ahead import Key, asked_before, known_mistakes, recorded
from autograder.authoring.script import BuildError
from autograder.course import Course
from autograder.explain.mistakes import MISTAKES, Known, Mistake, load_mistakes
from autograder.plugin import Bench
from autograder.reference import load_reference, remembering
from autograder.sandbox.runner import Runner
from autograder.student import Heard, Student
from autograder.suite import Suite


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
