"""Grade every mutant like a submission, confined, and see which of them the tests let through."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from autograder.sandbox.host import WarmParent
from autograder.sandbox.session import Session
from tests.mutation.equivalent import Claim, claims
from tests.mutation.mutants import Mutant, items, mutants_of
from tests.samples import COURSE
from tests.suites import lose_points

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
    sources = [mutant.source for mutant in mutants]
    with WarmParent("full") as parent:
        lost = lose_points(
            assignment, item, sources, partial(Session, parent, LIMITS), limits=LIMITS
        )
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
