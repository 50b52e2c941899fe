"""Finding a course and reading its settings."""

import pytest

from autograder.course import Course, CourseError


def course_in(folder, settings):
    """Write a pyproject.toml with these settings."""
    (folder / "pyproject.toml").write_text(f"[tool.autograder]\n{settings}\n")
    return folder


def test_a_course_is_found_from_below(tmp_path):
    """The folder above whose pyproject.toml has the table is the course; limits are read."""
    below = course_in(tmp_path, "seed = 7\ncall_seconds = 2.5") / "a" / "b"
    below.mkdir(parents=True)

    course = Course.find(below)

    assert (course.root, course.seed, course.limits.call_seconds) == (tmp_path, 7, 2.5)


def test_a_folder_that_is_no_course_is_named(tmp_path):
    """Outside any course the error says what to do."""
    with pytest.raises(CourseError, match=r"No course here: neither .* Run this inside"):
        Course.find(tmp_path)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("call_second = 2", "has no setting 'call_second'"),
        ("call_seconds = '2'", "must be a number above 0"),
        ("call_seconds = 0", "must be a number above 0"),
        ("call_seconds = nan", "must be a number above 0"),
        ("cell_seconds = inf", "must be a number above 0"),
        ("memory_mb = -1", "must be a whole number above 0"),
        ("memory_mb = 0.5", "must be a whole number above 0"),
        ("memory_mb = true", "must be a whole number above 0"),
        ("memory_mb =", "cannot be read"),
        ("install = 1", "must be what pip installs"),
        ('due = "tomorrow"', "'due' must say when"),
        ("due.mini = 2026-12-11", "'due' must say when"),
    ],
)
def test_wrong_settings_are_named(tmp_path, settings, message):
    """An unknown or impossible setting is one sentence."""
    with pytest.raises(CourseError, match=message):
        Course.find(course_in(tmp_path, settings))


def test_an_unknown_assignment_is_named_beside_the_known(tmp_path):
    """Asking for an assignment that does not exist lists those that do."""
    folder = course_in(tmp_path, "") / "solutions" / "one"
    folder.mkdir(parents=True)
    (folder / "one.py").touch()

    with pytest.raises(CourseError, match=r"'two' has no .*assignments there: one"):
        Course.find(tmp_path).tests("two")
