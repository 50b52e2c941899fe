"""One warm parent for all of these tests, and sessions on it."""

import pytest

from autograder.sandbox.answers import Limits
from autograder.sandbox.host import WarmParent
from autograder.sandbox.session import Session
from tests.sandbox.helpers import cells

LIMITS = Limits(call_seconds=5, cell_seconds=5, submission_seconds=30, memory_mb=256, output_kb=4)


@pytest.fixture(scope="package")
def parent():
    """Start a warm parent with all its walls."""
    with WarmParent() as parent:
        yield parent


@pytest.fixture
def session(parent):
    """Run a submission in a confined process, with limits fit for tests."""
    with Session(parent, LIMITS) as session:
        yield session


@pytest.fixture
def submit(session):
    """Load one cell into a confined process, and give the session."""

    def submit(source):
        (outcome,) = session.load(cells(source))

        assert outcome.error == ""
        return session

    return submit
