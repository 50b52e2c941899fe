"""Ask ahead: what the tests ask of a right submission is the same for every submission.

A run of the tests on the reference records their questions. A submission is sent all that a group
of tests asks at once; then the tests are run, and the n-th asking of each is its n-th answer. Known
mistakes are asked the same.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import SimpleNamespace

from autograder.course import Course
from autograder.explain.mistakes import Known, Mistake
from autograder.plugin import Bench, GradedTest
from autograder.sandbox.answers import Answer, Argument, Limits
from autograder.sandbox.plain import exactly
from autograder.sandbox.runner import Runner
from autograder.sandbox.session import Question, Session
from autograder.sandbox.wire import encoded
from autograder.student import Student
from autograder.suite import Suite

Key = tuple[str, str]
ADDRESS = re.compile("0x[0-9a-f]+")  # of an object in memory: another in each process
VISIBILITIES = ("public", "hidden")  # a process sees hidden inputs only after all public ones


class Recorder:
    """Answers in the reference's name, and keeps what each test asks of it."""

    def __init__(self, runner: Runner, limits: Limits) -> None:
        self._runner = runner
        self._limits = limits
        self._test: Key = ("", "")
        self.questions: dict[Key, list[Question]] = defaultdict(list)

    def begin(self, test: Key) -> None:
        """Keep what is asked from now on for this test."""
        self._test = test

    def heard(self, name: str) -> list[Answer]:
        """Return nothing: the reference makes no mistakes."""
        del name
        return []

    def call(self, name: str, args: tuple[Argument, ...], *, seconds: float) -> Answer:
        """Call a function of the reference."""
        question = Question.of(name, args, seconds, self._test[0])
        self.questions[self._test].append(question)
        return self._runner.call(name, question.args or (), seconds=seconds)

    def get(self, name: str) -> Answer:
        """Give a value of the reference."""
        seconds = self._limits.call_seconds
        self.questions[self._test].append(Question.of(name, None, seconds, self._test[0]))
        return self._runner.get(name)


def recorded(suite: Suite, reference: SimpleNamespace, course: Course) -> dict[Key, list[Question]]:
    """Run a suite's tests on the reference, and return what each asks."""
    recorder = Recorder(Runner(dict(vars(reference))), course.limits)
    student = Student(recorder, course.limits)
    bench = Bench(student, reference, course.seed, asker=recorder, explains=False)
    for visibility in VISIBILITIES:
        tests = [test for test in suite.tests if test.visibility == visibility]
        list(suite.run(tests, bench))
    return dict(recorder.questions)


def known_mistakes(
    suite: Suite,
    mistakes: Sequence[Mistake],
    reference: SimpleNamespace,
    questions: Mapping[Key, Sequence[Question]],
) -> dict[Key, Known]:
    """Return what known mistakes answer, for every test of their items.

    A hidden test's is also asked what the item's public tests ask: whoever answers these otherwise
    has made another mistake, and asking them first spares most of the hidden ones.
    """
    known: dict[Key, Known] = {}
    for test in suite.tests:
        own = [one for one in mistakes if one.item == test.name]
        asked = [
            q.args
            for key in asked_before(test, suite)
            for q in questions.get(key, ())
            if q.name == test.name
        ]
        if own and asked:
            known[test.key] = Known.of(own, getattr(reference, test.name), asked)
    return known


def asked_before(test: GradedTest, suite: Suite) -> list[Key]:
    """Return the tests of its item whose answers are at hand when a test fails, itself the last."""
    public = [
        one.key for one in suite.tests if one.name == test.name and one.visibility == "public"
    ]
    return [*public, test.key] if test.visibility == "hidden" else [test.key]


class Asked:
    """A submission's answers, asked ahead; what no test asks of the reference is asked by itself.

    Attributes
    ----------
    alone : how many questions were asked by themselves
    """

    def __init__(self, session: Session, questions: dict[Key, list[Question]]) -> None:
        self._session = session
        self._questions = questions
        self._answers: dict[Key, list[Answer]] = {}
        self._before: tuple[Key, ...] = ()
        self._test: Key = ("", "")
        self._next = 0
        self.alone = 0

    def ask(self, tests: Iterable[GradedTest]) -> None:
        """Ask all that these tests ask, in their order."""
        self._before = tuple(self._answers)
        keys = [test.key for test in tests]
        together = [question for key in keys for question in self._questions.get(key, ())]
        answers = iter(self._session.ask_all(together))
        for key in keys:
            self._answers[key] = [next(answers) for _ in self._questions.get(key, ())]

    def digest(self, test: GradedTest) -> bytes:
        """Return a fingerprint of the answers to a test's questions."""
        digest = hashlib.sha256()
        for answer in self._answers.get(test.key, ()):
            error = ADDRESS.sub("", answer.error)
            parts = [answer.kind, answer.value, answer.arguments, error, answer.where]
            header, body = encoded(parts)
            digest.update(b"%d %b %b" % (len(header), header, body))
        return digest.digest()

    def begin(self, test: Key) -> None:
        """Answer from now on what this test asks."""
        self._test, self._next = test, 0

    def heard(self, name: str) -> list[Answer]:
        """Return what the function of this name has answered in this test.

        What it answered in its item's tests of an earlier group stands before that.
        """
        before = [key for key in self._before if key[0] == self._test[0] and key != self._test]
        pairs = [pair for key in before for pair in self._pairs(key)]
        pairs += self._pairs(self._test)[: self._next]
        return [answer for question, answer in pairs if question.name == name]

    def _pairs(self, test: Key) -> list[tuple[Question, Answer]]:
        return list(zip(self._questions.get(test, ()), self._answers.get(test, ()), strict=True))

    def call(self, name: str, args: tuple[Argument, ...], *, seconds: float) -> Answer:
        """Give the answer that is there already, or ask for it."""
        known = self._known(name, args)
        if known:
            return known
        self.alone += 1
        return self._session.call(name, args, seconds=seconds, item=self._test[0])

    def get(self, name: str) -> Answer:
        """Give the value that is there already, or ask for it."""
        known = self._known(name, None)
        if known:
            return known
        self.alone += 1
        return self._session.get(name)

    def _known(self, name: str, args: tuple[Argument, ...] | None) -> Answer | None:
        answers = self._answers.get(self._test, ())
        if self._next >= len(answers):
            return None
        question = self._questions[self._test][self._next]
        if question.name != name or exactly(question.args) != exactly(args):
            return None
        self._next += 1
        return answers[self._next - 1]
