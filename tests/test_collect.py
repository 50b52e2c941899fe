"""What Moodle, Canvas, Blackboard and students send, made into hand-ins."""

import io
import os
import tarfile
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autograder.collect import (
    CollectError,
    Collection,
    Handin,
    Roster,
    archives,
    collect,
)
from autograder.collect.listing import Row, csv_of, known_ids, read_rows, rows_of, summary

MONDAY = (2026, 11, 2, 10, 0, 0)
FRIDAY = (2026, 11, 6, 10, 0, 0)
Content = str | bytes | tuple[str, tuple[int, ...]]
Collected = Callable[..., Collection]

MOODLE = {
    "Wei Zhang_12345_assignsubmission_file_/xor.ipynb": "",
    "Wei Zhang_12346_assignsubmission_file_/xor.ipynb": "",
    "Ada Lovelace_7_assignsubmission_file/deep/HW1_final.ipynb": "",
    "Ana_Maria Silva_991_assignsubmission_file_xor.py": "",
    "Participant_331_assignsubmission_file_/xor.ipynb": "",
    "Participant_332_assignsubmission_file_/xor.ipynb": "",
    "Bob King_8_assignsubmission_onlinetext_/onlinetext.html": "",
    "Eve Moor_9_assignsubmission_file_/xor.zip": "no archive",
}
CANVAS = {
    "lovelaceada_LATE_4711_99812_xor-1.ipynb": "",
    "kingbob_4712_100001_HW1-1.ipynb": "",
    "kingbob_4712_99999_HW1.ipynb": "",
    "kingbob_4712_99998_notes.pdf": "",
    "anon_Ab1Cd_99814_xor.ipynb": "",
    "LATE_anon_Ab1Ce_99815_xor.ipynb": "",
    "moor_eve_4713_text.html": "",
}
BLACKBOARD = {
    "HW 1_ada_attempt_2026-11-02-23-59-10_HW1.ipynb": "",
    "HW 1_ada_attempt_2026-11-02-23-59-10.txt": "",
    "HW 1_ada_attempt_2026-11-01-08-00-00_xor.ipynb": "",
    "HW 1_ada_attempt_2026-11-01-08-00-00.txt": "",
    "HW 1_bob_attempt_2026-11-01-09-00-00.txt": "",
}


def zipped(files: dict[str, Content]) -> bytes:
    """Return a zip with these files: what is in each, and perhaps when it was changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            text, time = content if isinstance(content, tuple) else (content, MONDAY)
            archive.writestr(zipfile.ZipInfo(name, time), text)
    return buffer.getvalue()


def tarred(files: dict[str, Content]) -> bytes:
    """Return a .tar.gz with these empty files."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for name in files:
            archive.addfile(tarfile.TarInfo(name))
    return buffer.getvalue()


@pytest.fixture
def collected(tmp_path: Path) -> Collected:
    """Give what collects files, here by their names in a folder, from there."""

    def collected(files: dict[str, Content], *paths: str, **options: object) -> Collection:
        folder = tmp_path / "given"
        for name, content in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content if isinstance(content, bytes) else b"")
        given = [folder / path for path in paths] or [folder]
        scratch = tmp_path / f"scratch-{len(list(tmp_path.iterdir()))}"
        return collect(given, "xor", scratch=scratch, **options)

    return collected


def works(collection: Collection) -> dict[str, list[str]]:
    """Return the names of the files that are graded, by student."""
    handins = [handin for handin in collection.handins if not handin.refusal]
    return {handin.student: [path.name for path in handin.candidates] for handin in handins}


def refused(collection: Collection) -> dict[str, str]:
    """Return why who has nothing that can be graded."""
    return {handin.student: handin.refusal for handin in collection.handins if handin.refusal}


def of(collection: Collection, student: str) -> Handin:
    """Return a student's hand-in."""
    (handin,) = (handin for handin in collection.handins if handin.student == student)
    return handin


def shapes(files: dict[str, Content]) -> dict[str, dict[str, Content]]:
    """Return an export as it comes, and as it is once unpacked."""
    return {
        "CS_101-xor-4711.zip": {"CS_101-xor-4711.zip": zipped(files)},
        "export.tar.gz": {"export.tar.gz": tarred(files)},
        ".": files,
    }


@pytest.mark.parametrize("shape", ["CS_101-xor-4711.zip", "export.tar.gz", "."])
@pytest.mark.parametrize("downloads", [False, True])
def test_moodle(collected: Collected, shape: str, downloads: bool) -> None:
    """Of Moodle's folders and files the name is the student, its number keeps two apart."""
    files = MOODLE if shape != "." else MOODLE | {
        "Eve Moor_9_assignsubmission_file_/xor.zip": b"no archive"
    }  # fmt: skip
    collection = collected(shapes(files)[shape], "." if downloads else shape, downloads=downloads)

    assert works(collection) == {
        "Ada Lovelace": ["HW1_final.ipynb"],
        "Ana_Maria Silva": ["Ana_Maria Silva_991_assignsubmission_file_xor.py"],
        "Participant 331": ["xor.ipynb"],
        "Participant 332": ["xor.ipynb"],
        "Wei Zhang (12345)": ["xor.ipynb"],
        "Wei Zhang (12346)": ["xor.ipynb"],
    }
    assert refused(collection) == {
        "Bob King": "onlinetext.html: it is text typed into Moodle, not a file.",
        "Eve Moor": "xor.zip: not unpacked: it is no archive, or a damaged one.",
    }


@pytest.mark.parametrize("shape", ["CS_101-xor-4711.zip", "export.tar.gz", "."])
def test_canvas(collected: Collected, shape: str) -> None:
    """Of Canvas's files the name is the student; of copies that with the higher number counts."""
    collection = collected(shapes(CANVAS)[shape], shape)

    assert works(collection) == {
        "anon_Ab1Cd": ["anon_Ab1Cd_99814_xor.ipynb"],
        "anon_Ab1Ce": ["LATE_anon_Ab1Ce_99815_xor.ipynb"],
        "kingbob": ["kingbob_4712_100001_HW1-1.ipynb"],
        "lovelaceada": ["lovelaceada_LATE_4711_99812_xor-1.ipynb"],
    }
    assert list(refused(collection)) == ["moor_eve"]
    assert {student.student for student in collection.handins if student.late} == {
        "anon_Ab1Ce",
        "lovelaceada",
    }
    left = {left.file.rpartition("/")[2]: left.reason for left in collection.left}
    assert left == {
        "kingbob_4712_99999_HW1.ipynb": (
            "kingbob_4712_100001_HW1-1.ipynb is the later one, and counts."
        ),
        "kingbob_4712_99998_notes.pdf": "it is neither a notebook nor a script.",
    }


@pytest.mark.parametrize("shape", ["gradebook_CS_xor_2026-11-03.zip", "."])
def test_blackboard(collected: Collected, shape: str) -> None:
    """Of Blackboard's files the login is the student, and the last attempt counts."""
    files = BLACKBOARD if shape == "." else {shape: zipped(BLACKBOARD)}
    collection = collected(files, shape)

    assert works(collection) == {"ada": ["HW 1_ada_attempt_2026-11-02-23-59-10_HW1.ipynb"]}
    assert list(refused(collection)) == ["bob"]
    assert of(collection, "ada").time == datetime(2026, 11, 2, 23, 59, 10).astimezone(UTC)
    assert {left.reason for left in collection.left} == {"another attempt counts."}


def test_several_files_of_a_student(collected: Collected) -> None:
    """Those named for the assignment go before others, copies before what they are copies of."""
    names = ("xor.ipynb", "xor (2).ipynb", "Copy of xor.ipynb", "my xor.py", "HW.py", "test_xor.py")
    folder = "Ada_7_assignsubmission_file_"
    collection = collected({f"{folder}/{name}": "" for name in names})

    assert sorted(works(collection)["Ada"]) == ["my xor.py", "xor (2).ipynb"]
    assert len(collection.left) == 4
    assert {left.student for left in collection.left} == {"Ada"}


def test_files_with_names_of_their_own(collected: Collected) -> None:
    """When none is named for the assignment, what they hold is to decide: HW-1 is no copy."""
    names = ("HW-1.ipynb", "HW-2.ipynb", "final.py")
    collection = collected({f"Ada_7_assignsubmission_file_/{name}": "" for name in names})

    assert sorted(works(collection)["Ada"]) == sorted(names)


@pytest.mark.parametrize("name", ["xor.ipynb", "final.ipynb", "my_xor.ipynb"])
@pytest.mark.parametrize("downloads", [False, True])
def test_two_exports(collected: Collected, name: str, downloads: bool) -> None:
    """What a student sent again, found in a later export, counts, whatever its name is."""
    folder = "Ada_7_assignsubmission_file_"
    exports: dict[str, Content] = {
        "b-1.zip": zipped({f"{folder}/xor.ipynb": ("first", MONDAY)}),
        "a-1.zip": zipped({f"{folder}/{name}": ("again", FRIDAY)}),
    }
    collection = collected(exports, downloads=downloads)

    (path,) = of(collection, "Ada").candidates
    assert path.read_text() == "again"
    assert of(collection, "Ada").time is None
    assert [left.file for left in collection.left] == [f"b-1.zip/{folder}/xor.ipynb"]


def test_archive_in_an_archive(collected: Collected) -> None:
    """What a student packed is looked into, and is the student's, whatever the names in it say."""
    inner = zipped({"Bob_8_assignsubmission_file_/xor.ipynb": "", "../../up_xor.py": ""})
    middle = zipped({"a/inner.zip": inner})
    collection = collected(
        {"x-1.zip": zipped({"Ada_7_assignsubmission_file_/work.zip": middle})}, "x-1.zip"
    )

    assert works(collection) == {"Ada": ["xor.ipynb"]}


def test_archives_share_their_limit(collected: Collected, monkeypatch: pytest.MonkeyPatch) -> None:
    """A student's archives in an archive are no more together than one may be alone."""
    monkeypatch.setattr(archives, "MOST_BYTES", 2000)
    parts = {f"{number}.zip": zipped({"xor.ipynb": "x" * 600}) for number in range(4)}
    collection = collected({"Ada_7_assignsubmission_file_/all.zip": zipped(parts)})

    assert list(refused(collection)) == ["Ada"]


def test_unreadable_member(collected: Collected) -> None:
    """A damaged file in an export costs its own student only, and is named."""
    export = zipped({"Ada_7_assignsubmission_file_xor.py": "spoil me", **MOODLE})
    collection = collected({"x.zip": export.replace(b"spoil me", b"spoiled!")}, "x.zip")

    assert "Wei Zhang (12345)" in works(collection)
    assert refused(collection).keys() == {"Ada", "Bob King", "Eve Moor"}
    assert "not (wholly) unpacked: Bad CRC" in refused(collection)["Ada"]


@pytest.mark.parametrize("folder", ["", "class/", "my_class/"])
def test_archive_of_a_class(collected: Collected, folder: str) -> None:
    """An archive of <student>.ipynb files is read as such a folder is."""
    collection = collected(
        {"x.zip": zipped({f"{folder}s_1.py": "", f"{folder}s_2.py": ""})}, "x.zip"
    )

    assert list(works(collection)) == ["s_1", "s_2"]


def test_folder_named_with_numbers(collected: Collected) -> None:
    """A class's folder or a student's file that only looks like Canvas's is read as ever."""
    files: dict[str, Content] = {
        "dl_2026_1130_class/team_7_12_a.py": "",
        "dl_2026_1130_class/b.py": "",
    }

    assert list(works(collected(files, "dl_2026_1130_class"))) == ["b", "team_7_12_a"]


def test_archives_without_end(collected: Collected) -> None:
    """Archives in archives are looked into up to a limit, whoever they are from."""
    content = zipped({"s01_xor.py": ""})
    for number in range(9):
        content = zipped({f"{number}.zip": content})
    collection = collected({"x.zip": content}, downloads=True)

    assert [left.reason for left in collection.left] == ["it is an archive in too many archives."]


def test_not_an_archive(collected: Collected) -> None:
    """An export that cannot be unpacked is an error that says so."""
    with pytest.raises(CollectError, match=r"x\.zip: not unpacked: it is no archive"):
        collected({"x.zip": b"PK"}, "x.zip")


def test_link_in_an_export(collected: Collected, tmp_path: Path) -> None:
    """A link that somebody's unpacking left is not followed."""
    folder = tmp_path / "given" / "Ada_7_assignsubmission_file_"
    folder.mkdir(parents=True)
    (tmp_path / "secret.py").touch()
    (folder / "xor.py").symlink_to(tmp_path / "secret.py")

    assert refused(collected({})) == {"Ada": "xor.py: it is a link."}


@pytest.mark.parametrize(
    ("path", "student"),
    [
        ("s01_xor.ipynb", "s01"),
        ("s01_xor (1).py", "s01"),
        ("mary_ann_xor.ipynb", "mary_ann"),
        ("ada_late_17_xor-2.ipynb", "ada"),
        ("lovelaceada_LATE_12345_678_xor-2.ipynb", "lovelaceada"),
        ("s01/xor.ipynb", "s01"),
        ("s01/xor/xor.py", "s01"),
        ("s02_xor/HW.py", "s02"),
        ("s02_xor/s01_xor.py", "s02"),
        ("all submissions/s01_xor.ipynb", "s01"),
        ("Sin\u00e9ad O'Hara_99_assignsubmission_file_/xor.ipynb", "Sin\u00e9ad O'Hara"),
        ("Eve_99_assignsubmission_file_/Bob_98_assignsubmission_file_xor.ipynb", "Eve"),
        ("Ren\udce9_xor.py", "Ren%E9"),
        ("a\u202eb_xor.py", "a%E2%80%AEb"),
        ("xor.ipynb", None),
        ("s01.ipynb", None),
        ("s01_activation.ipynb", None),
        ("s01/test_xor.py", None),
        ("s01_xor.ipynb.txt", None),
        ("._s01_xor.ipynb", None),
        (".hidden_xor.ipynb", None),
        ("__MACOSX/s01_xor.ipynb", None),
        ("_xor.py", None),
    ],
)
def test_downloads(collected: Collected, path: str, student: str | None) -> None:
    """Among downloads a name is an LMS's, or the student stands before the assignment in it."""
    assert list(works(collected({path: ""}, downloads=True))) == ([student] if student else [])


@pytest.mark.parametrize(
    ("name", "students"),
    [
        ("zoe.zip", ["right-0", "zoe"]),
        ("zoe_1.zip", ["zoe"]),
        ("zoe_xor.zip", ["zoe"]),
        ("zoe_9_assignsubmission_file_a.zip", ["zoe"]),
    ],
)
def test_names_in_an_archive(collected: Collected, name: str, students: list[str]) -> None:
    """What a student's archive holds is theirs; an LMS's has no "_" in its name, or its pattern."""
    files = zipped({"right-0_xor.py": "", "zoe/xor.ipynb": "", "../up_xor.py": ""})
    collection = collected({name: files, "bob_xor.py": ""}, downloads=True)

    assert list(works(collection)) == ["bob", *students]


def test_export_named_as_a_students(collected: Collected) -> None:
    """An LMS's archive that could be a student's is left, with what to do."""
    collection = collected({"CS_101.zip": zipped(MOODLE), "bob_xor.py": ""}, downloads=True)

    assert list(works(collection)) == ["bob"]
    assert "give it by itself, or a name without '_'" in collection.left[0].reason


def test_name_that_somebody_had_before(collected: Collected) -> None:
    """One who has the name of another, collected before, is told apart; one called so stays so."""
    files: dict[str, Content] = {"Wei Zhang_12346_assignsubmission_file_xor.py": ""}

    assert list(works(collected(files, known={"12345": "Wei Zhang"}))) == ["Wei Zhang (12346)"]
    for name in ("Wei Zhang", "Wei Zhang (12346)"):
        assert list(works(collected(files, known={"12346": name}))) == [name]


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        ((MONDAY, MONDAY), [None, None]),
        ((MONDAY, FRIDAY), [datetime(*time).astimezone(UTC) for time in (MONDAY, FRIDAY)]),
    ],
)
def test_moodle_times(
    collected: Collected, times: tuple[tuple[int, ...], ...], expected: list[datetime | None]
) -> None:
    """Times in Moodle's archive are believed where they are not all that of the download."""
    names = ("Ada_1_assignsubmission_file_xor.py", "Bob_2_assignsubmission_file_xor.py")
    files = {name: ("", time) for name, time in zip(names, times, strict=True)}
    collection = collected({"x.zip": zipped(files)}, "x.zip")

    assert [handin.time for handin in collection.handins] == expected


def test_canvas_times(collected: Collected) -> None:
    """Canvas says no time: only who is late gets one, that of the file, so as not to seem late."""
    collection = collected({"x.zip": zipped(CANVAS)}, "x.zip")

    assert of(collection, "lovelaceada").time == datetime(*MONDAY).astimezone(UTC)
    assert of(collection, "kingbob").time is None


@pytest.fixture
def roster(tmp_path: Path) -> Callable[[str], Roster]:
    """Give what reads a roster with this text."""

    def roster(text: str) -> Roster:
        (tmp_path / "roster.csv").write_text(text)
        return Roster.read(tmp_path / "roster.csv")

    return roster


@pytest.mark.parametrize(
    "text",
    [
        "id,LMS id,name\nwz1,12345,\nwz2,12346,\nams,,Ana_Maria Silva\nab,,Missing\n",
        "id;name;lms_user_id\nwz1;x;12345\nwz2;x;12346\nams;Silva, Ana Maria;\nab;;\n",
        "Identifier,Full name,ID number\nParticipant 12345,A,wz1\nParticipant 12346,A,wz2\n"
        ",Ana Maria Silva,ams\n,Missing,ab\n",
        "Student,ID,SIS User ID,SIS Login ID\n    Points Possible,,,\n"
        '"Zhang, Wei",12345,1,wz1\n"Zhang, Wei",12346,2,wz2\n'
        '"Silva, Ana Maria",,3,ams\nA,4,4,ab\n',
        "\ufeffLast Name\tFirst Name\tUsername\tMoodle ID\nA\tB\twz1\t12345\nA\tB\twz2\t12346\n"
        "Silva\tAna Maria\tams\t\nA\tC\tab\t\n",
    ],
)
def test_roster(collected: Collected, roster: Callable[[str], Roster], text: str) -> None:
    """Students are called by the roster's ids, by LMS id or name; who is missing is told."""
    collection = collected(MOODLE, roster=roster(text))

    assert {"ams", "wz1", "wz2", "Ada Lovelace"} <= works(collection).keys()
    assert [student.id for student in collection.missing] == ["ab"]
    assert {handin.student for handin in collection.handins if handin.unknown} == {
        "Ada Lovelace", "Bob King", "Eve Moor", "Participant 331", "Participant 332",
    }  # fmt: skip


def test_roster_by_login_or_id(collected: Collected, roster: Callable[[str], Roster]) -> None:
    """Blackboard's logins, "_" and all, and students' own names for files are found by id."""
    files: dict[str, Content] = {
        "my_HW_van_gogh_attempt_2026-11-02-23-59-10_a.py": "",
        "S01.py": "",
        "lovelaceada_4711_99812_xor.py": "",
    }
    collection = collected(files, roster=roster("id,name\nvan_gogh,\ns01,\nadl,Ada Lovelace\n"))

    assert list(works(collection)) == ["adl", "s01", "van_gogh"]


def test_roster_does_not_guess(collected: Collected, roster: Callable[[str], Roster]) -> None:
    """Of two who have a name in the LMS, or on the roster, neither is found by it."""
    for text in ("id,name\nwz,Wei Zhang\n", "id,name\nwz1,Wei Zhang\nwz2,Wei Zhang\n"):
        names = works(collected(MOODLE, roster=roster(text))).keys()
        assert {"Wei Zhang (12345)", "Wei Zhang (12346)"} <= names
    only = works(collected(MOODLE, roster=roster("id,LMS id,name\nwz,12346,Wei Zhang\n"))).keys()
    assert {"Wei Zhang", "wz"} <= only


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", r"has no column for the students' ids: .* \(it has: nothing\)\.$"),
        ("name,mail\na,b\n", r"call it 'id', .* \(it has: name, mail\)\.$"),
        ("id,name\n", "has no students in it"),
        ("id,name\n,Ada\n", "has no 'id' in line 2"),
        ("id,name\na,b\na,c\n", "has two students with the id 'a'"),
        ("id,LMS id\na,1\nb,1\n", "has two students with the LMS id '1'"),
    ],
)
def test_bad_roster(roster: Callable[[str], Roster], text: str, sentence: str) -> None:
    """What is wrong with a roster is said in one sentence."""
    with pytest.raises(CollectError, match=sentence):
        roster(text)


def test_unreadable_roster(tmp_path: Path) -> None:
    """A roster that is not there, or not text, is named."""
    (tmp_path / "r.csv").write_bytes(b"id,name\n\xff,\xfe\n")
    for name, sentence in (("gone.csv", "No such file"), ("r.csv", "is not text in UTF-8")):
        with pytest.raises(CollectError, match=sentence):
            Roster.read(tmp_path / name)


def test_list(collected: Collected, roster: Callable[[str], Roster], tmp_path: Path) -> None:
    """The list has each file and student, survives a spreadsheet, and says what it comes to."""
    files: dict[str, Content] = {"=a.py": "", "lovelaceada_LATE_4711_99812_xor.py": "", "b.pdf": ""}
    students = roster("id,LMS id,name\nadl,4711,\nbob,4712,\nold,,\n")
    earlier = [Row("old", "collected", "old.py", lms_id="77")]
    rows = rows_of(collected(files, roster=students), earlier)
    (tmp_path / "collected.csv").write_text(csv_of(rows))

    assert read_rows(tmp_path / "collected.csv") == rows
    assert [(row.student, row.status) for row in rows] == [
        ("=a", "collected"),
        ("adl", "collected"),
        ("old", "earlier"),
        ("", "skipped"),
        ("bob", "missing"),
    ]
    assert known_ids(rows) == {"4711": "adl", "77": "old", "4712": "bob"}
    assert summary(rows, Path("collected.csv")) == (
        "Collected 2 students, 1 late, 1 skipped file, 1 on the roster with nothing handed in, "
        "1 not on the roster: see collected.csv."
    )


def test_hostile_names(collected: Collected) -> None:
    """What a name in an archive could do to a terminal or to other folders, it does not."""
    export = zipped({"\x1b[2J_1_assignsubmission_file_/xor.py": "", "../../up_xor.py": ""})
    collection = collected({"x.zip": export}, "x.zip")

    assert list(works(collection)) == ["%1B[2J"]
    assert "\x1b" not in csv_of(rows_of(collection))
    assert not [name for _, _, names in os.walk("..") for name in names if name == "up_xor.py"]


def tar_header(kind: bytes, size: bytes) -> bytes:
    """Return a tar header for a member of a type, of a size as it stands there."""
    block = bytearray(512)
    block[:4], block[100:107], block[156:157], block[257:265] = (
        b"xor.",
        b"0000644",
        kind,
        b"ustar  \0",
    )
    block[124:136], block[136:148] = size, b"00000000000\0"
    block[148:156] = b"        "
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


HOSTILE = {
    "a size below 0": tar_header(b"?", b"\xff" * 12) * 2,
    "a name of 8 GiB": tar_header(b"L", b"\x80" + (2**33).to_bytes(11, "big")) + bytes(2**21),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_an_archive_costs_its_own_student_only(
    collected: Collected, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    """One that is made to be read for ever, or to fill the memory, is refused; the others go on."""
    monkeypatch.setattr(archives, "MOST_SECONDS", 1.0)
    monkeypatch.setattr(archives, "MOST_MEMORY", 2**28)
    collection = collected({"eve_xor.tar": content, "bob_xor.ipynb": "{}"})

    assert "bob" in works(collection)
    assert "eve" not in works(collection)


def test_a_name_made_of_anothers_number_stays_apart(collected: Collected) -> None:
    """Who is called as another comes to be called, of two with one name, is told from that one."""
    names = ("Wei Zhang_1", "Wei Zhang_2", "Wei Zhang (1)_3")
    files = {f"{name}_assignsubmission_file_/xor.ipynb": name for name in names}
    collection = collected({"x-1.zip": zipped(files)}, "x-1.zip")

    assert len(works(collection)) == 3
