"""Putting the kit into a course that is there already."""

import tomllib
from pathlib import Path

import pytest

from autograder.authoring.begin import InstallError, install
from autograder.course import Course
from tests.nbgrader_course import write_course

CONFIG = 'c = get_config()\nc.CourseDirectory.course_id = "theirs"'


@pytest.fixture
def kit(tmp_path: Path) -> Course:
    """Return a kit with one assignment."""
    return Course.find(write_course(tmp_path / "kit"))


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """Return somebody's course."""
    folder = tmp_path / "theirs"
    folder.mkdir()
    (folder / "nbgrader_config.py").write_text(CONFIG)
    return folder


def files(folder: Path) -> dict[str, bytes]:
    """Return every file and its bytes."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_solutions_settings_and_configuration_are_added(kit: Course, theirs: Path) -> None:
    """A course gets what it lacks, below what it has; a second run writes nothing."""
    written = install(kit, theirs)

    assert written == ["solutions/mini", "pyproject.toml", "nbgrader_config.py"]
    assert files(theirs / "solutions") == files(kit.solutions)
    course = Course.find(theirs)
    assert (course.root, course.seed, course.release) == (theirs, 1, "release")
    assert (theirs / "nbgrader_config.py").read_text().startswith(CONFIG + "\n")
    before = files(theirs)
    assert install(kit, theirs) == []
    assert files(theirs) == before


def test_settings_stand_beside_those_of_others(kit: Course, theirs: Path) -> None:
    """In a pyproject.toml that is there, the table is added at its end."""
    (theirs / "pyproject.toml").write_text('[project]\nname = "theirs"')

    install(kit, theirs)

    table = tomllib.loads((theirs / "pyproject.toml").read_text())
    assert table["project"] == {"name": "theirs"}
    assert table["tool"]["autograder"] == {"seed": 1, "release": "release"}


def test_handouts_go_where_the_course_keeps_its_own(kit: Course, theirs: Path) -> None:
    """The release folder is called what the course's configuration calls it."""
    with (theirs / "nbgrader_config.py").open("a") as config:
        config.write('\nc.CourseDirectory.release_directory = "handouts"\n')

    install(kit, theirs)

    assert Course.find(theirs).release == "handouts"


REFUSED = {
    "no course": ({"nbgrader_config.py": None}, "it is no nbgrader course"),
    "another assignment of that name": (
        {"solutions/mini/mini.py": "theirs"},
        "solutions/mini is there already and differs",
    ),
    "broken configuration": (
        {"nbgrader_config.py": "1 / 0"},
        "nbgrader_config.py cannot be run .ZeroDivisionError",
    ),
    "another source folder": (
        {"nbgrader_config.py": 'get_config().CourseDirectory.source_directory = "src"'},
        "only built into source/",
    ),
    "other settings": (
        {"pyproject.toml": "[tool.autograder]\n"},
        'write release = "release" into .tool.autograder.',
    ),
    "broken settings": ({"pyproject.toml": "[tool"}, "pyproject.toml cannot be read"),
}


@pytest.mark.parametrize(("there", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_a_course_that_cannot_take_it_is_left_as_it_is(
    kit: Course, theirs: Path, there: dict[str, str | None], message: str
) -> None:
    """What stands in the way is said in one sentence, and nothing has been written."""
    for name, text in there.items():
        path = theirs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        if text is not None:
            path.write_text(text)
    before = files(theirs)

    with pytest.raises(InstallError, match=message) as caught:
        install(kit, theirs)

    assert "\n" not in str(caught.value)
    assert files(theirs) == before


def test_the_kit_is_not_put_into_itself(kit: Course) -> None:
    """The kit's own folder is no target."""
    with pytest.raises(InstallError, match="is the kit's own folder"):
        install(kit, kit.root)
