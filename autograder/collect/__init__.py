"""What people and learning management systems send, made into hand-ins."""

from autograder.collect.handins import Collection, Handin, alike, collect
from autograder.collect.search import CollectError
from autograder.collect.who import Roster, RosterError

__all__ = ["CollectError", "Collection", "Handin", "Roster", "RosterError", "alike", "collect"]
