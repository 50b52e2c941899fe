"""What people and learning management systems send, made into hand-ins."""

from autograder.collect.handins import Collection, Handin, alike, collect
from autograder.collect.roster import Roster, RosterError
from autograder.collect.search import CollectError

__all__ = ["CollectError", "Collection", "Handin", "Roster", "RosterError", "alike", "collect"]
