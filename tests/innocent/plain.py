"""Right work in its plainest forms, for comparison."""

from tests.innocent import Handin, innocent
from tests.samples import notebook, script


@innocent("activations")
def a_notebook() -> Handin:
    """The handout's notebook, filled in."""
    return notebook("activations")


@innocent("activations")
def a_script() -> Handin:
    """The handout's script, filled in."""
    return script("activations")


@innocent("xor")
def the_notebook() -> Handin:
    """The handout's notebook, filled in."""
    return notebook("xor")


@innocent("xor")
def the_script() -> Handin:
    """The handout's script, filled in."""
    return script("xor")
