"""Grade every mutant like a submission, confined, and see which of them the tests let through."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.plugin import Bench
from autograder.reference import load_reference, remembering
from autograder.sandbox.host import WarmParent
from autograder.sandbox.session import Session
from autograder.student import Student, graded_sources
from autograder.submission import from_notebook
from tests.mutation.equivalent import Claim, claims
from tests.mutation.mutants import Mutant, items, mutants_of
from tests.mutation.rounds import run_each
from tests.samples import COURSE, cell_of, notebook

LIMITS = dataclasses.replace(
    COURSE.limits, call_seconds=1, cell_seconds=1, training_seconds=8, submission_seconds=20
)
"""Less than the course's: a mutant that never ends is killed by them, and they are its cost."""


@dataclass(frozen=True)
class Report:
    """What became of the mutants.

    Attributes
    ----------
    killed : those that lost points in their item
    equivalent : those that did not, and are said to be the same function
    survivors : those that did not, and should have
    stale : what is said of mutants that lost points, or that there are none of
    """

    killed: tuple[Mutant, ...] = ()
    equivalent: tuple[Mutant, ...] = ()
    survivors: tuple[Mutant, ...] = ()
    stale: tuple[Claim, ...] = ()

    @property
    def generated(self) -> int:
        """How many mutants there are."""
        return len(self.killed) + len(self.equivalent) + len(self.survivors)

    def __add__(self, other: "Report") -> "Report":
        theirs = vars(other)
        return Report(**{name: value + theirs[name] for name, value in vars(self).items()})


def survey(assignment: str) -> Report:
    """Grade every mutant of an assignment."""
    return sum((survey_item(assignment, item) for item in items(assignment)), Report())


def survey_item(assignment: str, item: str) -> Report:
    """Grade the mutants of one item, and sort them."""
    mutants = mutants_of(assignment, item)
    lost = grade(assignment, item, [mutant.source for mutant in mutants])
    return sort(dict(zip(mutants, lost, strict=True)), claims(assignment, item))


def sort(lost: Mapping[Mutant, bool], said: Sequence[Claim]) -> Report:
    """Sort mutants by whether they lost points, and by what is said of them."""
    alive = [mutant for mutant, points_lost in lost.items() if not points_lost]
    surviving = {mutant.change for mutant in alive}
    excused = {claim.change for claim in said}
    return Report(
        killed=tuple(mutant for mutant, points_lost in lost.items() if points_lost),
        equivalent=tuple(mutant for mutant in alive if mutant.change in excused),
        survivors=tuple(mutant for mutant in alive if mutant.change not in excused),
        stale=tuple(claim for claim in said if claim.change not in surviving),
    )


def grade(assignment: str, item: str, answers: Sequence[str]) -> list[bool]:
    """Return which of these answers to an item lose points in it, graded confined."""
    reference = remembering(load_reference(COURSE.solution(assignment)))
    with WarmParent("full") as parent:

        def benches() -> Iterator[Bench]:
            filled = notebook(assignment)
            for answer in answers:
                cell_of(filled, item).source = answer
                submission = from_notebook(filled, Path(f"{assignment}.ipynb"))
                with Session(parent, LIMITS) as session:
                    session.load(graded_sources(submission.cells))
                    yield Bench(Student(session, LIMITS), reference, COURSE.seed)

        rounds = run_each(COURSE.tests(assignment), benches(), item)
    for answer, outcomes in zip(answers, rounds, strict=True):
        faults = [outcome.fault for outcome in outcomes if outcome.fault]
        if faults or not outcomes:
            reason = faults or "no test of it ran"
            raise RuntimeError(f"{item} could not be graded: {reason}\n{answer}")
    return [not all(outcome.result.passed for outcome in outcomes) for outcomes in rounds]
