"""Cells of one's own that take long: the handout invites them."""

from tests.innocent import Handin, innocent
from tests.innocent._forms import added, notebook, one_cell, solutions, spin

HANGS = "    while True:\n        pass\n"


def hanging(assignment: str, *items: str) -> dict[str, str]:
    """Return answers that never return."""
    sources = solutions(assignment)
    return {item: sources[item].replace('    """\n', f'    """\n{HANGS}', 1) for item in items}


@innocent("xor", quick=True)
def six_slow_cells() -> Handin:
    """Six experiments at the limit of a cell take no marks from the functions."""
    return added(notebook("xor"), *(spin(s) for s in (0.45, 0.47, 0.49, 0.51, 0.53, 0.55)))
