"""An item's page, for those who mark it or speak about it: every distinct answer to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from autograder.reports.environment import render
from autograder.reports.report import told
from autograder.result import HEIGHT, WIDTH, Drawing, ItemResult, Result


@dataclass
class Answer:
    """Code that some students handed in, and what the first of them was told."""

    source: str
    item: ItemResult
    drawing: Drawing | None
    students: list[str] = field(default_factory=list)


@dataclass
class Group:
    """Answers that pass and fail the same tests with the same hints, the commonest first."""

    item: ItemResult
    answers: list[Answer]

    @property
    def words(self) -> list[str]:
        """What its students were told; empty when it is right."""
        return told(self.item)

    @property
    def size(self) -> int:
        """How many students."""
        return sum(len(answer.students) for answer in self.answers)


def item_page(
    item: str, results: Sequence[Result], sources: Mapping[str, str], links: Mapping[str, str]
) -> str:
    """Return an item's page.

    Parameters
    ----------
    item : its name
    results : the class's
    sources : the code of each student's item; empty where there is none
    links : each student's page
    """
    graded = [result for result in results if result.status == "graded"]
    unwritten = [r.student for r in graded for i in r.items if i.item == item and i.is_unwritten]
    return render(
        "item.html.j2",
        assignment=results[0].assignment,
        item=item,
        groups=grouped(item, [r for r in graded if r.student not in set(unwritten)], sources),
        unwritten=unwritten,
        unknown={result.student for result in graded} - sources.keys(),
        links=links,
        width=WIDTH,
        height=HEIGHT,
    )


def grouped(item: str, results: Sequence[Result], sources: Mapping[str, str]) -> list[Group]:
    """Return the distinct answers to an item, by outcome and then by code, the largest first.

    One answer of a group keeps its picture: the others' show the same.
    """
    found: dict[tuple[tuple[bool, str], ...], dict[str, Answer]] = {}
    for result in results:
        for own in (one for one in result.items if one.item == item):
            source = sources.get(result.student, "")
            outcome = tuple((test.passed, test.hint) for test in own.tests)
            drawing = next((one for one in result.drawings if one.item == item), None)
            answers = found.setdefault(outcome, {})
            answer = answers.setdefault(_without_blanks(source), Answer(source, own, drawing))
            answer.students.append(result.student)
    groups = []
    for answers in found.values():
        ordered = sorted(answers.values(), key=lambda answer: -len(answer.students))
        drawn = [answer for answer in ordered if answer.drawing]
        for answer in drawn[1:]:
            answer.drawing = None
        groups.append(Group(ordered[0].item, ordered))
    return sorted(groups, key=lambda group: -group.size)


def _without_blanks(source: str) -> str:
    """Return code without what no reader minds: blank lines, and lines that are comments."""
    lines = (line.rstrip() for line in source.splitlines())
    return "\n".join(line for line in lines if line and not line.lstrip().startswith("#"))
