"""Mutation of the references: every small slip costs points, or is said to be none."""

import ast

import pytest

from tests.mutation import Report, established, items, mutants_of, operators, survey_item
from tests.mutation.code import Code
from tests.mutation.equivalent import Claim, claims
from tests.mutation.mutants import Mutant
from tests.mutation.survey import sort
from tests.samples import some_of

ITEMS = [(assignment, item) for assignment in ("activations", "xor") for item in items(assignment)]


@pytest.mark.parametrize(("assignment", "item"), some_of(ITEMS))
def test_every_slip_in_a_right_answer_costs_points(assignment, item):
    """Each mutant of an item loses points in it, but for those that are the same function."""
    report = survey_item(assignment, item)

    assert [str(mutant) for mutant in report.survivors] == []
    assert [str(claim) for claim in report.stale] == []
    assert report.killed


@pytest.mark.parametrize(("assignment", "item"), ITEMS)
def test_mutants_differ_from_each_other_and_from_the_reference(assignment, item):
    """What is said of one mutant by the lines it changes is said of no other."""
    mutants = mutants_of(assignment, item)

    changes = [mutant.change for mutant in mutants]
    assert len(set(changes)) == len(changes)
    assert all(mutant.was != mutant.becomes for mutant in mutants)


@pytest.mark.parametrize("assignment", ["activations", "xor"])
def test_what_is_said_to_be_no_mistake_is_said_once_and_why(assignment):
    """Each entry of the list is about an item, has a reason, and is there once."""
    said = claims(assignment)

    assert len({claim.change for claim in said}) == len(said)
    assert {claim.item for claim in said} <= set(items(assignment))
    assert all(claim.reason.strip() for claim in said)


CELL = """
def f(z, alpha=0.5):
    scale = 3
    ### BEGIN SOLUTION
    {}
    ### END SOLUTION
"""


def made_by(tool, line, only=None):
    """Return what a tool makes of one line between the marks."""
    code = Code("f", CELL.format(line).strip())
    sources = [code.apply(edit) for name, edit in tool.edits(code) if only in (None, name)]
    return [source.splitlines()[-1].strip() for source in sources if _is_python(source)]


def _is_python(source):
    try:
        ast.parse(source)
    except SyntaxError:
        return False
    return True


@pytest.mark.parametrize(
    ("operator", "before", "after"),
    [
        ("nudged_constant", "return z * 0.5", "return z * 0.51"),
        ("nudged_constant", "return z * 0.5", "return z * (-0.5)"),
        ("swapped_arguments", "return np.where(c, 1, z + 1)", "return np.where(c, (z + 1), 1)"),
        ("swapped_operands", "return (z - 1) / alpha", "return alpha / (z - 1)"),
        ("swapped_elements", "return z, alpha", "return alpha, z"),
        ("swapped_statements", "z = 1; alpha = 2; pass", "alpha = 2; z = 1; pass"),
        ("swapped_function", "return np.minimum(z, 0)", "return np.maximum(z, 0)"),
        ("swapped_name", "return z", "return alpha"),
        ("swapped_string", 'return p["W1"] + p["W2"]', 'return p["W2"] + p["W2"]'),
        ("dropped_operand", "return z + 1 - alpha", "return (z + 1)"),
        ("dropped_call", "return np.abs(z)", "return z"),
        ("dropped_call", "return z.sum(axis=0)", "return z"),
        ("dropped_attribute", "return z.T @ z", "return z @ z"),
        ("dropped_keyword", "return z.sum(axis=0, keepdims=True)", "return z.sum(axis=0)"),
        ("dropped_entry", 'return {"a": 1, "b": 2}', 'return {**{}, "b": 2}'),
        ("dropped_statement", "z = abs(z)", "pass"),
        ("elementwise_product", "return z @ alpha", "return z * alpha"),
        ("off_by_one", "return range(z)", "return range(z + 1)"),
        ("added_axis", "return np.asarray(z)", "return np.atleast_1d(np.asarray(z))"),
        ("reversed_result", "return z + 1", "return np.flip((z + 1))"),
    ],
)
def test_slips_that_array_code_invites(operator, before, after):
    """An operator of the project's own makes the slip it is named for."""
    assert after in made_by(operators, before, operator)


def test_established_operators_edit_between_the_marks_only():
    """The tool's comparison, arithmetic and number operators are at work, on the answer alone."""
    made = made_by(established, "return np.where(z >= 0, 1.0, alpha * z)")

    assert {
        "return np.where(z > 0, 1.0, alpha * z)",
        "return np.where(z >= 1, 1.0, alpha * z)",
        "return np.where(z >= 0, 1.0, alpha + z)",
    } <= set(made)
    sources = [mutant.source for mutant in mutants_of("activations", "leaky_relu")]
    assert all("def leaky_relu(z, alpha=0.01):" in source for source in sources)


def test_single_precision_is_tried_where_float64_is_promised():
    """A result cut to float32 is among the mutants of an activation."""
    assert any(m.operator == "rounded_result" for m in mutants_of("activations", "mish"))


def test_an_argument_of_the_callers_is_overwritten():
    """Results that are right, with the caller's array spoiled, are among the mutants."""
    sources = [m.source for m in mutants_of("xor", "forward") if m.operator == "spoiled_argument"]

    assert len(sources) == 2


DEAD, ALIVE = (Mutant("a", "f", "op", "was", becomes, "") for becomes in ("dead", "alive"))


def claim_of(mutant):
    """Return what is said of a mutant."""
    return Claim(mutant.item, mutant.was, mutant.becomes, "because")


def test_a_survivor_that_nothing_is_said_of_is_a_gap():
    """A mutant that keeps its points and is not in the list is a survivor."""
    assert sort({DEAD: True, ALIVE: False}, []) == Report(killed=(DEAD,), survivors=(ALIVE,))


def test_a_survivor_with_a_reason_is_equivalent():
    """A mutant that keeps its points and is in the list is equivalent."""
    assert sort({ALIVE: False}, [claim_of(ALIVE)]) == Report(equivalent=(ALIVE,))


def test_a_claim_that_does_not_hold_is_stale():
    """The list may name neither a mutant that loses points nor one that is not made."""
    said = [claim_of(DEAD), claim_of(ALIVE)]

    assert sort({DEAD: True}, said) == Report(killed=(DEAD,), stale=tuple(said))


def test_reports_add_up():
    """The report of an assignment is the sum of its items' reports."""
    together = Report(killed=(DEAD,)) + Report(survivors=(ALIVE,))

    assert together == Report(killed=(DEAD,), survivors=(ALIVE,))
    assert together.generated == 2
