"""What one student hands in stops neither nbgrader's commands nor anybody else's grading."""

import io
import json
import os
import subprocess
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from autograder.build import build
from autograder.course import Course
from tests.nbgrader_course import RIGHT, answered, hand_in, nbgrader, scores, write_course

REPOSITORY = Path(__file__).parents[1]
DEEP = 1200  # levels of folders: more than Python's stack
TIME = "2026-01-02 03:04:05 UTC"


@dataclass(frozen=True)
class Class:
    """A class with hostile members that nbgrader has graded."""

    root: Path
    log: str
    scores: dict[str, float]


def use_folders(root: Path, work: dict[str, Any]) -> None:
    """Hand in what no exchange would bring, straight into ``submitted/``."""
    for student in ("good", "pipe", "huge", "deep", "crowd", "dated"):
        hand_in(root, student, {"mini.ipynb": work})
    folders = {path.name: path / "mini" for path in (root / "submitted").iterdir()}
    for name in ("timestamp.txt", "notes.txt"):
        os.mkfifo(folders["pipe"] / name)
    with (folders["huge"] / "data.bin").open("wb") as file:
        file.truncate(2**40)
    make_deep(folders["deep"])
    for number in range(3000):
        (folders["crowd"] / f"{number}.txt").touch()
    (folders["dated"] / "timestamp.txt").write_bytes(b"\xff tomorrow")
    hand_in(root, "math", {"mini.ipynb": answered(work, conclusion="\\begin{a}" * 100_000)})
    hand_in(root, "blank", {"mini.ipynb": answered(work, square=RIGHT["square"] + "\n" * 180_000)})
    hand_in(root, "empty", {})
    hand_in(root, "x[1]", {"mini.ipynb": work})
    (root / "submitted" / "circle").mkdir()
    (root / "submitted" / "circle" / "mini").symlink_to("mini")
    (root / "submitted" / "piped" / "mini").mkdir(parents=True)
    os.mkfifo(root / "submitted" / "piped" / "mini" / "mini.ipynb")


def make_deep(folder: Path) -> None:
    """Make more folders in each other than can be walked by recursion."""
    here = os.open(folder, os.O_RDONLY)
    for _ in range(DEEP):
        os.mkdir("d", dir_fd=here)
        below = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)


def use_archives(root: Path, work: dict[str, Any]) -> None:
    """Put files and archives where an instructor puts what comes from an LMS."""
    archive = root / "downloaded" / "mini" / "archive"
    archive.mkdir(parents=True)
    text = json.dumps(work)
    (archive / "broken_1_mini.zip").write_bytes(b"PK\x03\x04 no more")
    with zipfile.ZipFile(archive / "lms.zip", "w") as bundle:
        bundle.writestr("a_first_mini.zip", b"PK\x03\x04 no more")
        for name in ("ada_9_mini.ipynb", ".._mini.py", "._ada_mini.ipynb", ".ghost_mini.py"):
            bundle.writestr(name, text)
        bundle.writestr("ada_10_mini.ipynb", "the later one")
    with zipfile.ZipFile(archive / "abyss_1_mini.zip", "w") as bundle:
        bundle.writestr("d/" * DEEP + "mini.ipynb", text)
    bomb = zipfile.ZipFile(archive / "bomb_1_mini.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1)
    with bomb, bomb.open("zeros", "w", force_zip64=True) as zeros:
        for _ in range(1100):
            zeros.write(bytes(2**20))
    with tarfile.open(
        archive / "old.tar.gz", "w:gz", format=tarfile.GNU_FORMAT, encoding="latin-1"
    ) as tar:
        for letter in "\xe8\xe9":
            member = tarfile.TarInfo(f"Ren{letter}_mini.ipynb")
            member.size = len(text)
            tar.addfile(member, io.BytesIO(text.encode()))


def use_exchange(root: Path, work: dict[str, Any]) -> None:
    """Put into the exchange what nbgrader's own submit would not."""
    exchange = root / "exchange"
    config = (REPOSITORY / "nbgrader_config.py").read_text()
    settings = f'c = get_config()\nc.Exchange.root = "{exchange}"\n'
    (root / "nbgrader_config.py").write_text(config + settings)
    inbound = exchange / "activation-functions" / "inbound"
    inbound.mkdir(parents=True)
    for name in (f"zoe, jr+mini+{TIME}+a", f"..+mini+{TIME}+b", "eve+mini+never+c", "eve+mini+"):
        (inbound / name).mkdir()
        (inbound / name / "mini.ipynb").write_text(json.dumps(work))
        for needed in ("timestamp.txt", "submission_secret.txt"):
            (inbound / name / needed).write_text(TIME)
    lifted = inbound / f"mallory+mini+{TIME}+d"
    lifted.mkdir()
    (lifted / "mini.ipynb").symlink_to(root / "source" / "mini" / "mini.ipynb")
    (lifted / "tests.txt").symlink_to(root / "solutions" / "mini" / "test_mini.py")
    os.mkfifo(lifted / "pipe")
    (lifted / "submission_secret.txt").write_bytes(b"\xff")
    (inbound / f"copycat+mini+{TIME}+e").symlink_to(inbound / f"zoe, jr+mini+{TIME}+a")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give a folder, and remove what is in it: what pytest removes folders with, has a limit."""
    folder = tmp_path_factory.mktemp("class")
    yield folder
    subprocess.run(["rm", "-rf", *folder.iterdir()], check=True)


@pytest.fixture(scope="module")
def graded(root: Path) -> Class:
    """Collect, grade and feed back such a class: every command succeeds."""
    write_course(root)
    build(Course.find(root))
    work = answered(json.loads((root / "assignments/mini/mini.ipynb").read_text()), **RIGHT)
    use_folders(root, work)
    use_archives(root, work)
    use_exchange(root, work)
    commands = ("generate_assignment", "collect", "zip_collect", "autograde", "generate_feedback")
    log = nbgrader(*(f"{command} mini" for command in commands), cwd=root)
    log += nbgrader("release_feedback mini", "autograde mini --force", cwd=root)
    return Class(root, log, scores(root))


RIGHT_ONES = (
    "good", "pipe", "huge", "deep", "crowd", "dated", "math", "blank", "x[1]", "zoe, jr",
    "Ren%E8", "Ren%E9",
)  # fmt: skip


def test_everybody_is_graded(graded: Class) -> None:
    """Right work has its points whatever lies beside it; what is no work has none."""
    assert dict.fromkeys(RIGHT_ONES, 100.0) == {
        student: points for student, points in graded.scores.items() if points
    }
    assert {"empty", "circle", "piped", "mallory", "ada"} == {
        student for student, points in graded.scores.items() if not points
    }


def test_everybody_has_a_page(graded: Class) -> None:
    """Each has a feedback page; text over its limit is cut, and the page says so."""
    pages = {p.parts[-3]: p.read_text() for p in graded.root.glob("feedback/*/mini/mini.html")}

    assert pages.keys() == graded.scores.keys()
    assert {name for name, page in pages.items() if "[cut here" in page} == {"math", "blank"}


def test_only_modest_files_are_copied(graded: Class) -> None:
    """Neither pipes, links, giants, crowds nor deep folders are copied beside graded work."""
    copied = {p.name: p / "mini" for p in (graded.root / "autograded").iterdir()}

    assert not (copied["huge"] / "data.bin").exists()
    assert not (copied["mallory"] / "tests.txt").exists()
    assert not (graded.root / "submitted" / "mallory" / "mini" / "tests.txt").exists()
    assert 900 < len(list(copied["crowd"].iterdir())) < 1100
    assert not (copied["deep"] / ("d/" * 20)).exists()


def test_names_lead_nowhere(graded: Class) -> None:
    """Nothing is collected outside of ``submitted/<student>/``, or hidden in it."""
    assert not (graded.root / "mini").exists()
    assert {path.name for path in (graded.root / "submitted").iterdir()} == graded.scores.keys()


def test_what_is_passed_over_is_named(graded: Class) -> None:
    """The log names archives that cannot be unpacked and what in the exchange is no submission."""
    lines = graded.log.splitlines()
    unpacked = " ".join(line for line in lines if "unpacked: " in line)
    collected = " ".join(line for line in lines if "is no submission: " in line)

    for name in ("broken_1_mini.zip", "a_first_mini.zip", "abyss_1_mini.zip", "bomb_1_mini.zip"):
        assert name in unpacked
    for name in ("eve+mini+never+c", "copycat+mini+"):
        assert name in collected


def test_feedback_is_released(graded: Class) -> None:
    """Feedback of who came through the exchange is released, though another's cannot be."""
    released = graded.root / "exchange" / "activation-functions" / "feedback"

    assert len(list(released.glob("*.html"))) == 1
