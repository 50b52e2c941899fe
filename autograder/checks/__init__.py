"""Assertions on numbers that come back from a submission.

They know no pytest session, no files and no reference: what is expected is given to them.
"""

from autograder.checks.calls import defined
from autograder.checks.compare import LOSS_SLOPES, Tolerance
from autograder.checks.differences import away_from, five_point_slope, loss_slopes
from autograder.checks.failure import CheckFailure
from autograder.checks.sentences import say
from autograder.checks.training import check_loss_drop, check_training
from autograder.checks.values import (
    check_forms,
    check_gradient,
    check_number,
    check_subgradient,
    check_values,
)

__all__ = [
    "LOSS_SLOPES",
    "CheckFailure",
    "Tolerance",
    "away_from",
    "check_forms",
    "check_gradient",
    "check_loss_drop",
    "check_number",
    "check_subgradient",
    "check_training",
    "check_values",
    "defined",
    "five_point_slope",
    "loss_slopes",
    "say",
]
