"""Who handed in what."""

from pathlib import Path

import pytest

from autograder.classroom.collect import CollectError, Handin, collect


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


def test_name_that_does_not_print(tmp_path: Path) -> None:
    """What does not print in a name (escape codes, line ends) is replaced."""
    make(tmp_path, "s\x1b[31m\n01.py")

    assert list(found(tmp_path)) == ["s\ufffd[31m\ufffd01"]


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
