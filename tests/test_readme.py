"""What READMEs tell people to type: every block of commands is run, in order, in a fresh course.

``tests/README.md`` says how blocks are marked.
"""

import doctest
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import nbformat
import pytest
from nbgrader.apps.nbgraderapp import NbGraderApp
from packaging.requirements import Requirement

from autograder.cli import cli
from tests.readme import NOT_RUN, Block, blocks, change
from tests.samples import ROOT, notebook, script, write

READMES = (
    "README.md",
    "solutions/README.md",
    "autograder/README.md",
    "tests/README.md",
)
HANDOUTS = ("solutions/activations/README.md", "solutions/xor/README.md")
MOST_NOT_RUN = 9
FILE = re.compile(r"# (\w+\.py)\n")
EXCHANGE = "/srv/nbgrader/exchange"
OTHERS = {"dask", "cd", "cat", "cp", "mkdir", "chmod", "pytest", "jupyter", "python3", "."}
LIKE = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE

TANH_GRAD = "def tanh_grad(z):\n    return 1 - np.asarray(z, dtype=float) ** 2\n"
PREDICT = (
    "def predict(params, X, activation):\n    return forward(params, X, activation)[3] > 0.6\n"
)
COURSE = ("solutions", "source", "assignments", "pyproject.toml", "nbgrader_config.py")
FILES = {
    "roster.csv": "id,name\nada,Ada Lovelace\nbob,Bob Cat\ncy,Cy Young\ndi,Di Fly\n",
    "gradebook.csv": (
        "Student,ID,SIS User ID,SIS Login ID,Section,xor (77)\n"
        '"Lovelace, Ada",101,,ada,A,\n"Cat, Bob",102,,bob,A,\n'
    ),
    "worksheet.csv": (
        "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed\n"
        "Participant 331,ada,ada@uni.edu,Submitted,,110.00,Yes\n"
    ),
    "gradecenter.xls": (
        '"Last Name"\t"First Name"\t"Username"\t"xor [Total Pts: 110 Score] |664617"\n'
        '"Lovelace"\t"Ada"\t"ada"\t""\n'
    ),
    "theirs/nbgrader_config.py": 'c = get_config()\nc.CourseDirectory.course_id = "theirs"\n',
}
"""What the README speaks of that people have from elsewhere, below the course's parent folder."""


SHOWN = [(name, block) for name in (*READMES, *HANDOUTS) for block in blocks(name)]
COMMANDS = [(name, block) for name, block in SHOWN if block.language == "sh"]


def write_course(course: Path) -> None:
    """Put a course there, and beside it what students and platforms sent."""
    for name in COURSE:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        copy(ROOT / name, course / name)
    for name, text in FILES.items():
        path = course.parent / name if "/" in name else course / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    for name in ("activations", "xor"):  # a student's, at the end
        shutil.copytree(ROOT / "assignments" / name, course / name)
        (course / name / f"{name}.py").write_text(script(name))
    right, wrong = script("activations"), notebook("activations", {"tanh_grad": TANH_GRAD})
    (course / "submissions").mkdir()
    (course / "submissions" / "ada.py").write_text(right)
    (course / "submissions" / "eve.ipynb").write_bytes(b"%PDF-1.7\n")
    write(wrong, course / "submissions" / "bob.ipynb")
    inbound = course.parent / "exchange" / "activation-functions" / "inbound"
    for student, day, work in (("ada", 22, notebook("activations")), ("bob", 24, wrong)):
        folder = inbound / f"{student}+activations+2026-10-{day} 10:00:00 UTC+{student}"
        write(work, folder / "activations.ipynb")
        (folder / "timestamp.txt").write_text(f"2026-10-{day} 10:00:00.000000 UTC")
        (folder / "submission_secret.txt").write_text(student)
    with zipfile.ZipFile(course / "DL101-xor-4711.zip", "w") as export:
        place = "{}_assignsubmission_file_/{}".format
        export.writestr(place("Ada Lovelace_12350", "xor.ipynb"), nbformat.writes(notebook("xor")))
        export.writestr(place("Bob Cat_12351", "HW1.py"), script("xor", {"predict": PREDICT}))
        export.writestr(place("Cy Young_12352", "xor.zip"), "no archive")


def run(commands: str, course: Path) -> str:
    """Run a block of commands in a course; return what they printed."""
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    ended = subprocess.run(
        ["bash", "-e", "-u", "-o", "pipefail", "-c", commands],
        cwd=course,
        env={**os.environ, "PATH": programs, "HOME": str(course.parent)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, f"{commands}\n{ended.stdout}"
    return ended.stdout


@pytest.mark.long
@pytest.mark.parametrize("name", [*READMES, *HANDOUTS])
def test_commands_run(name: str, tmp_path: Path) -> None:
    """All commands of a README succeed, in their order, and print what stands below them."""
    course = tmp_path / "course"
    course.mkdir()
    if name == "solutions/README.md":  # without others, a build of it is short
        (course / "pyproject.toml").write_text("[tool.autograder]\nseed = 1\n")
    else:
        write_course(course)
    here = course / Path(name).parent.name if name in HANDOUTS else course
    printed = ""
    for block in blocks(name):
        text = block.text.replace(EXCHANGE, str(tmp_path / "exchange"))
        if block.language == "sh" and block.is_run:
            printed = run(text, here)
        elif block.language == "text":
            checker = doctest.OutputChecker()
            assert checker.check_output(text, printed, LIKE), f"{name}:{block.line}\n{printed}"
        elif block.language == "diff":
            change(course / "solutions" / "swish" / block.file, text)
        elif found := FILE.match(text):
            with (course / found[1]).open("a") as file:
                file.write(text)


def test_few_commands_are_not_run() -> None:
    """What is only shown is the exception, each with a reason."""
    shown = [block.text for _, block in COMMANDS if not block.is_run]

    assert 0 < len(shown) <= MOST_NOT_RUN
    assert all(text.partition("\n")[0] != NOT_RUN.strip() for text in shown)


def test_blocks_are_marked() -> None:
    """A block says what it is, and Python in it is Python."""
    assert {block.language for _, block in SHOWN} <= {"sh", "text", "diff", "python"}
    for name, block in SHOWN:
        if block.language == "python":
            compile(block.text, f"{name}:{block.line}", "exec")


def test_commands_in_the_text_exist() -> None:
    """So are those that stand in a sentence."""
    for name in READMES:
        text = (ROOT / name).read_text(encoding="utf-8")
        for command in re.findall(r"`((?:autograder|nbgrader|make)\s[^`]+)`", text):
            require_known(command.split())


def test_the_container_is_set_up_with_what_there_is() -> None:
    """What VS Code and Codespaces open installs this project, with an extra that it has."""
    container = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text())

    require_installable(shlex.split(container["postCreateCommand"])[-1])


def test_modules_are_there() -> None:
    """Every module that the package's README names is one."""
    text = (ROOT / "autograder" / "README.md").read_text(encoding="utf-8")
    folders = re.findall(r"(?:^    |, |\()(\w+)/(?=[\s,])", text, re.MULTILINE)
    modules = re.findall(r"[\w/]+\.py\b", text)

    assert len(folders) > 8
    assert [name for name in folders if not (ROOT / "autograder" / name).is_dir()] == []
    assert [m for m in modules if not any(ROOT.glob(f"[as]*/**/{m}"))] == []


def test_messages_are_said() -> None:
    """Every message that the README explains is one that the program says."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    table = text.partition("| it says |")[2].partition("\n\n")[0]
    sources = "".join(p.read_text(encoding="utf-8") for p in ROOT.glob("autograder/**/*.py"))
    said = [s for row in table.splitlines()[2:] for s in re.findall("`(.+?)`", row.split("|")[1])]

    assert len(said) > 10
    assert [s for s in said if not all(part in sources for part in s.split("..."))] == []


def test_links_lead_somewhere() -> None:
    """Every file and heading that a README links to is there."""
    for name in READMES:
        text = (ROOT / name).read_text(encoding="utf-8")
        headings = {
            re.sub(r"[^\w -]", "", line.lower()).strip().replace(" ", "-")
            for line in re.findall(r"^#+ (.+)$", text, re.MULTILINE)
        }
        for link in re.findall(r"\]\(([^):]+)\)", re.sub("`[^`]*`", "", text)):
            known = link[1:] in headings if link.startswith("#") else (ROOT / name).parent / link
            assert known is True or (known and known.exists()), f"{name}: {link}"


def require_known(words: list[str]) -> None:
    """Hold a command against what its program knows."""
    match words:
        case ["autograder", name, *rest]:
            known = {o for p in cli.commands[name].params for o in p.opts} | {"--help"}
            assert {word.partition("=")[0] for word in rest if word.startswith("--")} <= known
        case ["nbgrader", name, *_]:
            assert name in {*NbGraderApp.subcommands, "--help"}
        case ["make", target]:
            assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.MULTILINE)
        case ["pip", "install", wanted]:
            require_installable(wanted)
        case _:
            assert words[0] in OTHERS


def require_installable(wanted: str) -> None:
    """Hold a requirement against this project: a path or wheel of it, with extras that it has."""
    path, _, extras = wanted.partition("[")
    assert path in {".", "./activation_coursework-0.1.0-py3-none-any.whl"}
    known = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    assert set(Requirement(f"it[{extras}").extras) <= known.keys()


@pytest.mark.parametrize(("name", "block"), COMMANDS)
def test_commands_exist(name: str, block: Block) -> None:
    """Every command, option, target and extra that is shown is one that the program has."""
    for line in block.text.replace("\\\n", " ").replace("&&", "\n").splitlines():
        if words := shlex.split(line, comments=True):
            require_known(words)
