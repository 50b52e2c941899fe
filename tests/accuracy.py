"""``make accuracy``: how often the grader errs on the bank, and how often its hints help.

Every labelled answer is graded confined, in an otherwise right submission; so is every mutant of
both reference solutions. Exits with 1 when any count is not what it should be.
"""

import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial

from rich.console import Console
from rich.progress import track
from rich.table import Table

from autograder.grading import Grader
from tests.bank import entries
from tests.bank.verdict import Verdict, judge
from tests.mutation.survey import Report, survey
from tests.samples import COURSE

ENOUGH_NAMED = 0.9
PROCESSES = 2


@dataclass(frozen=True)
class Accuracy:
    """The verdicts on an assignment's answers, and what became of its reference's mutants."""

    assignment: str
    verdicts: list[Verdict]
    mutants: Report

    def labelled(self, label: str) -> list[Verdict]:
        """Return the verdicts on the right answers, or on the wrong ones."""
        return [verdict for verdict in self.verdicts if verdict.entry.label == label]

    @property
    def accepted(self) -> list[Verdict]:
        """Wrong answers that kept all points of their item."""
        return [v for v in self.labelled("wrong") if v.entry.item not in v.failed]

    @property
    def rejected(self) -> list[Verdict]:
        """Right answers that lost points."""
        return [v for v in self.labelled("right") if v.failed]

    @property
    def misplaced(self) -> list[Verdict]:
        """Wrong answers that cost points in other items, those that call theirs included."""
        return [v for v in self.labelled("wrong") if v.charged_elsewhere]

    @property
    def misled(self) -> list[Verdict]:
        """Wrong answers that were given a wrong hint."""
        return [v for v in self.labelled("wrong") if v.wrong_hints]

    @property
    def unnamed(self) -> list[Verdict]:
        """Wrong answers whose mistake no hint names."""
        return [v for v in self.labelled("wrong") if not v.is_named]

    @property
    def named_share(self) -> float:
        """Share of the wrong answers whose mistake a hint names."""
        return 1 - len(self.unnamed) / len(self.labelled("wrong"))

    @property
    def is_good(self) -> bool:
        """Whether every count is what it should be."""
        errors = self.accepted or self.rejected or self.misplaced or self.misled
        unexplained = self.mutants.survivors or self.mutants.stale
        return not errors and not unexplained and self.named_share >= ENOUGH_NAMED


def _judge_all(assignment: str, part: int) -> list[Verdict]:
    answers = entries(assignment)[part::PROCESSES]
    with Grader(COURSE, assignment) as grader:
        return [judge(grader, entry) for entry in answers]


def measure(assignment: str) -> Accuracy:
    """Grade the bank's answers to an assignment, and the mutants of its reference."""
    with ProcessPoolExecutor(PROCESSES) as pool:
        parts = list(pool.map(partial(_judge_all, assignment), range(PROCESSES)))
    return Accuracy(assignment, [v for part in parts for v in part], survey(assignment))


def table(measured: list[Accuracy]) -> Table:
    """Return the counts, a column for each assignment."""
    shown = Table("", *(accuracy.assignment for accuracy in measured))
    for name, count in (
        ("wrong answers", lambda a: len(a.labelled("wrong"))),
        ("  accepted", lambda a: len(a.accepted)),
        ("  charged to another item", lambda a: len(a.misplaced)),
        ("  mistake named by a hint", lambda a: f"{a.named_share:.1%}"),
        ("  given a wrong hint", lambda a: len(a.misled)),
        ("right answers", lambda a: len(a.labelled("right"))),
        ("  rejected", lambda a: len(a.rejected)),
        ("mutants of the reference", lambda a: a.mutants.generated),
        ("  killed", lambda a: len(a.mutants.killed)),
        ("  equivalent, with a reason", lambda a: len(a.mutants.equivalent)),
        ("  surviving", lambda a: len(a.mutants.survivors)),
    ):
        shown.add_row(name, *(str(count(accuracy)) for accuracy in measured))
    return shown


def main() -> int:
    """Measure, print the table and what is wrong; return the exit code."""
    console = Console()
    measured = [measure(name) for name in track(COURSE.names(), console=console, transient=True)]
    console.print(table(measured))
    for accuracy in measured:
        for kind in ("accepted", "rejected", "misplaced", "misled", "unnamed"):
            for verdict in getattr(accuracy, kind):
                said = " // ".join(verdict.wrong_hints if kind == "misled" else verdict.hints)
                console.print(f"{kind}: {verdict.entry} {verdict.entry.name}: {said}", markup=False)
    return 0 if all(accuracy.is_good for accuracy in measured) else 1


if __name__ == "__main__":
    sys.exit(main())
