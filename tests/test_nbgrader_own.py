"""The kit's own assignments are graded its way, and all others as nbgrader does."""

from pathlib import Path
from typing import Any

import pytest
from nbgrader.apps.zipcollectapp import ZipCollectApp
from nbgrader.converters import Autograde, GenerateAssignment
from nbgrader.converters.base import BaseConverter, NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeError
from nbgrader.exchange.default import collect
from nbgrader.exchange.default.release_assignment import ExchangeReleaseAssignment
from nbgrader.plugins import FileNameCollectorPlugin
from nbgrader.preprocessors import ClearSolutions, Execute
from traitlets.config import Config

from autograder.nbgrader import configure
from autograder.nbgrader.grade import Grade
from tests.classroom_fakes import ASSIGNMENT, make_course

THEIRS = "ps1"


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """Return the settings of a course that has settings of its own, and the kit."""
    make_course(tmp_path)
    config = Config()
    config.CourseDirectory.course_id = "theirs"
    config.ClearSolutions.code_stub = {"python": "..."}
    configure(config, tmp_path)
    return config


class StopHereError(Exception):
    """Ends a command where it would begin to work."""


def seen(kind: type[BaseConverter], config: Config, assignment: str) -> dict[str, Any]:
    """Return what a command of nbgrader's is about to work with."""
    found: dict[str, Any] = {}

    class Probe(kind):  # type: ignore[misc, valid-type]
        def init_notebooks(self) -> None:
            found.update(
                steps=[*getattr(self, "autograde_preprocessors", [])],
                exporter=self.exporter_class.__name__,
                force=self.force,
                glob=collect.glob,
                stub=ClearSolutions(parent=self).code_stub["python"],
                working=Autograde.convert_notebooks,
            )
            raise StopHereError

    folder = CourseDirectory(config=config, assignment_id=assignment)
    with pytest.raises(StopHereError):
        Probe(coursedir=folder, config=config).start()
    return found


def test_autograding_is_the_kits_for_its_own_assignments_only(config: Config) -> None:
    """Steps, exporter and what is changed in nbgrader are for the kit's; after them all is back."""
    before = seen(Autograde, config, THEIRS)
    own = seen(Autograde, config, ASSIGNMENT)

    assert Execute in before["steps"]
    assert Grade in own["steps"]
    assert Execute not in own["steps"]
    assert (before["exporter"], own["exporter"]) == ("NotebookExporter", "SubmissionExporter")
    assert before["working"] is BaseConverter.convert_notebooks is not own["working"]
    assert before["glob"] is not own["glob"]
    assert seen(Autograde, config, THEIRS) == before


def test_handouts_of_others_are_made_as_the_course_says(config: Config) -> None:
    """Its stubs are not in the kit's handouts, which are written again; others' are as ever."""
    theirs, own = (seen(GenerateAssignment, config, name) for name in (THEIRS, ASSIGNMENT))

    assert (theirs["stub"], theirs["force"]) == ("...", False)
    assert (own["stub"], own["force"]) == ("# YOUR CODE HERE\nraise NotImplementedError()", True)


def test_what_the_course_is_called_stays(config: Config, tmp_path: Path) -> None:
    """Without names of its own, the kit keeps the course's: id, release folder."""
    folder = CourseDirectory(config=config)

    assert (folder.course_id, folder.release_directory) == ("theirs", "release")
    assert folder.root == str(tmp_path)


def test_a_pattern_of_names_takes_in_no_assignment_of_the_kits(config: Config) -> None:
    """Both kinds cannot be graded by one command, which says so and grades nothing."""
    folder = CourseDirectory(config=config, assignment_id="*")

    with pytest.raises(NbGraderException, match=f"takes in {ASSIGNMENT}, which is graded apart"):
        Autograde(coursedir=folder, config=config).start()


def test_files_of_others_are_collected_as_nbgrader_does(config: Config) -> None:
    """What reads the exports of LMSs is for the kit's own assignments only."""

    class Probe(ZipCollectApp):  # type: ignore[misc]
        def init_plugins(self) -> None:
            assert self.collector_plugin is FileNameCollectorPlugin
            raise StopHereError

    theirs, own = (
        Probe(config=config, coursedir=CourseDirectory(config=config, assignment_id=name))
        for name in (THEIRS, ASSIGNMENT)
    )
    with pytest.raises(StopHereError):
        theirs.start()
    with pytest.raises(SystemExit):
        own.start()


@pytest.mark.parametrize("assignment", [THEIRS, ASSIGNMENT])
def test_a_release_makes_no_exchange(config: Config, tmp_path: Path, assignment: str) -> None:
    """Where there is no exchange, the kit's are not released, and say so; others make one."""
    config.Exchange.root = str(tmp_path / "exchange")
    folder = CourseDirectory(config=config, assignment_id=assignment)

    with pytest.raises(ExchangeError) as caught:
        ExchangeReleaseAssignment(coursedir=folder, config=config).start()

    assert ("There is no exchange at" in str(caught.value)) == (assignment == ASSIGNMENT)
    assert (tmp_path / "exchange").exists() == (assignment == THEIRS)
