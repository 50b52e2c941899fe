"""nbgrader's settings for this course."""

from pathlib import Path

from autograder.nbgrader import configure

configure(
    get_config(),  # noqa: F821
    Path(__file__).parent,
    course_id="activation-functions",
    release="assignments",
)
