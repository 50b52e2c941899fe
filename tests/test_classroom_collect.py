"""Who handed in what."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.collect import CollectError, Handin, alike, collect


def make(folder: Path, *names: str) -> Path:
    """Make empty files in a folder, and return it."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    return folder


def found(*paths: Path) -> dict[str, list[str]]:
    """Return the file names handed in by each student."""
    return {h.student: [p.name for p in h.candidates] for h in collect(paths, "toy").handins}


def refusals(*paths: Path) -> dict[str, str]:
    """Return why each student's work will not be read."""
    return {h.student: h.refusal for h in collect(paths, "toy").handins}


def test_flat_folder(tmp_path: Path) -> None:
    """In a flat folder a file's name is the student's."""
    make(tmp_path, "s02.ipynb", "s01.py")

    assert found(tmp_path) == {"s01": ["s01.py"], "s02": ["s02.ipynb"]}


def test_nbgrader_tree(tmp_path: Path) -> None:
    """In nbgrader's tree the outer folder is the student; those without the assignment are left."""
    make(tmp_path, "s01/toy/toy.ipynb", "s01/toy/test_toy.py", "s02/toy/toy.py", "s03/xor/xor.py")

    assert found(tmp_path) == {"s01": ["toy.ipynb"], "s02": ["toy.py"]}


@pytest.mark.parametrize("path", ["s01", "s01/toy", "s01/toy/toy.py"])
def test_part_of_a_tree(tmp_path: Path, path: str) -> None:
    """A part of nbgrader's tree still tells whose work it is."""
    make(tmp_path, "s01/toy/toy.py")

    assert found(tmp_path / path) == {"s01": ["toy.py"]}


def test_single_file(tmp_path: Path) -> None:
    """A file alone is its student's, whatever its suffix: reading it will tell."""
    make(tmp_path, "s01.docx")

    assert found(tmp_path / "s01.docx") == {"s01": ["s01.docx"]}


@pytest.mark.parametrize("paths", [["."], ["s01.py", "s01.ipynb"], [".", "s01.py"]])
def test_notebook_and_script(tmp_path: Path, paths: list[str]) -> None:
    """A notebook and a script in one folder are one hand-in, however they are given."""
    make(tmp_path, "s01.ipynb", "s01.py")

    assert found(*(tmp_path / path for path in paths)) == {"s01": ["s01.ipynb", "s01.py"]}


def test_ignored(tmp_path: Path) -> None:
    """Hidden files and caches are no hand-ins."""
    make(tmp_path, "s01.py", ".s02.py", ".ipynb_checkpoints/s01.ipynb", "__pycache__/toy/toy.py")

    assert found(tmp_path) == {"s01": ["s01.py"]}


def test_others_are_named(tmp_path: Path) -> None:
    """Files that are neither notebooks nor scripts are reported, so that none is lost unseen."""
    make(tmp_path, "s01.py", "s02.docx")

    assert (tmp_path / "s02.docx",) == collect([tmp_path], "toy").others


def test_nothing_in_student_folder(tmp_path: Path) -> None:
    """A student who handed in something else gets a result that says so."""
    make(tmp_path, "s01/toy/homework.ipynb")

    assert refusals(tmp_path) == {"s01": "There is no toy.ipynb or toy.py in what was handed in."}


@pytest.mark.parametrize("layout", ["s01.py", "s01/toy/toy.py"])
def test_link_out_of_the_folder(tmp_path: Path, layout: str) -> None:
    """A link that leads out of the folder is not followed."""
    secret = make(tmp_path / "elsewhere", "secret.py") / "secret.py"
    link = tmp_path / "class" / layout
    link.parent.mkdir(parents=True)
    link.symlink_to(secret)

    name = link.name
    assert {"s01": f"{name} is a link that leads out of its folder."} == refusals(
        tmp_path / "class"
    )


def test_linked_student_folder(tmp_path: Path) -> None:
    """A student's folder that is a link to another's is not followed."""
    make(tmp_path, "s01/toy/toy.py")
    (tmp_path / "s02").symlink_to(tmp_path / "s01")

    assert refusals(tmp_path) == {
        "s01": "",
        "s02": "toy.py is a link that leads out of its folder.",
    }


def test_dangling_link(tmp_path: Path) -> None:
    """A link to nothing inside the folder is a hand-in that cannot be read."""
    (tmp_path / "s01.py").symlink_to(tmp_path / "gone.py")

    assert refusals(tmp_path) == {"s01": "s01.py is not a file that can be read."}


def test_readable_file_beside_a_link(tmp_path: Path) -> None:
    """Of a file and a link that leads out, the file counts."""
    make(tmp_path, "class/s01.py", "secret.ipynb")
    (tmp_path / "class" / "s01.ipynb").symlink_to(tmp_path / "secret.ipynb")

    folder = tmp_path / "class"
    assert (Handin("s01", folder, (folder / "s01.py",)),) == collect([folder], "toy").handins


@pytest.mark.parametrize("name", ["s01.py", "s01/toy", "s01/toy/toy.py", "s01.d"])
def test_link_to_itself(tmp_path: Path, name: str) -> None:
    """A link that leads to itself costs its own student, or is named; it stops nobody."""
    make(tmp_path, "s02.py")
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).symlink_to(tmp_path / name)

    handins, others, *_ = collect([tmp_path], "toy")

    refused = {handin.student for handin in handins if handin.refusal}
    assert {"s02"} == {handin.student for handin in handins} - refused
    assert refused | {path.stem for path in others} == {"s01"}
    assert refusals(tmp_path / "s02.py") == {"s02": ""}


def test_link_to_itself_given_by_name(tmp_path: Path) -> None:
    """A link that leads to itself is also refused when it is one of many paths."""
    (tmp_path / "s01.py").symlink_to(tmp_path / "s01.py")

    assert refusals(tmp_path / "s01.py") == {"s01": "s01.py is not a file that can be read."}


@pytest.mark.parametrize("kind", [Path.mkdir, os.mkfifo])
@pytest.mark.parametrize("name", ["s01.py", "s01/toy/toy.py", "s01/toy"])
def test_what_is_no_file(tmp_path: Path, name: str, kind: Callable[[Path], None]) -> None:
    """A folder or a pipe in a file's place, and a file in a folder's, is its student's hand-in."""
    make(tmp_path, "s02.py")
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    kind(tmp_path / name)

    refused = refusals(tmp_path)
    assert refused["s01"]
    assert refused["s02"] == ""


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("s\x1b[31m\n01", "s%1B[31m%0A01"),
        ("a\u202eb", "a%E2%80%AEb"),
        ("a\u2028b", "a%E2%80%A8b"),
        ("Ren\udce9", "Ren%E9"),
        ("Ren%E9", "Ren%25E9"),
        ("100% Ada", "100% Ada"),
    ],
)
def test_name_that_does_not_print(tmp_path: Path, raw: str, shown: str) -> None:
    """What does not print in a name (escape codes, line ends, bytes of old archives) is escaped."""
    make(tmp_path, f"{raw}.py")

    assert found(tmp_path) == {shown: [f"{raw}.py"]}


@pytest.mark.parametrize(
    "name", ["\u0639\u0644\u06cc\u200c\u0631\u0636\u0627", "\u5c71\u7530\u3000\u592a\u90ce"]
)
def test_name_in_another_script(tmp_path: Path, name: str) -> None:
    """Joiners in a Persian name and the wide space in a Japanese one are part of the name."""
    make(tmp_path, f"{name}.py")

    assert list(found(tmp_path)) == [name]


def test_names_stay_apart(tmp_path: Path) -> None:
    """Names that differ in a byte, or in how Unicode writes a letter, are different students."""
    names = ["Ren\udce9", "Ren\udce8", "Ren\ufffd", "Ren%E9", "Ren\u00e9", "Rene\u0301"]
    make(tmp_path, *(f"{name}.py" for name in names))

    assert sorted(names) == sorted(Path(files[0]).stem for files in found(tmp_path).values())
    assert len(names) == len(found(tmp_path))


def test_alike_names_are_told() -> None:
    """Names that only a computer tells apart are grouped; others are not."""
    names = [
        "Zo\u00eb",
        "Zoe\u0308",
        "zo\u00eb ",
        "Zoe",
        "\u0930\u093e\u092e",
        "\u0930\u092e\u093e",
    ]

    assert alike(names) == [["Zo\u00eb", "Zoe\u0308", "zo\u00eb "]]


def test_no_such_path(tmp_path: Path) -> None:
    """A path that does not exist is named."""
    with pytest.raises(CollectError, match=r"^There is no file or folder '.*nowhere'\.$"):
        collect([tmp_path / "nowhere"], "toy")


def test_empty_folder(tmp_path: Path) -> None:
    """A folder with nothing to grade is an error that says what would be."""
    make(tmp_path, "notes.txt", "s01/other/other.py")

    with pytest.raises(CollectError, match=r"neither <student>.* nor <student>/toy/ folders\.$"):
        collect([tmp_path], "toy")


def test_two_submissions(tmp_path: Path) -> None:
    """A student who appears in two places is an error that names both."""
    make(tmp_path, "early/s01.py", "late/s01.py")

    with pytest.raises(CollectError, match=r"^Two submissions for student 's01': .*early.*late"):
        collect([tmp_path / "early", tmp_path / "late"], "toy")
