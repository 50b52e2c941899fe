"""Mutation of the references: every small slip in a right answer must cost points.

A mutant is the reference's answer to one item with one edit in it, such as a branch swapped, a
constant nudged or a keyword dropped. Each is graded like a submission. One that keeps all its
points is either the same function, as far as the assignment promises anything, and then
``equivalent.toml`` says why; or it is a gap in the tests.
"""

from tests.mutation.mutants import Mutant, items, mutants_of
from tests.mutation.survey import Report, survey, survey_item

__all__ = ["Mutant", "Report", "items", "mutants_of", "survey", "survey_item"]
