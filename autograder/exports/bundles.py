"""Archives to upload: the handout for students, a grader for Gradescope or Classroom 50."""

import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import autograder
from autograder.build import drift
from autograder.course import DISTRIBUTION, Course
from autograder.exports import ExportError

TEMPLATES = Path(__file__).parent / "templates"
CACHES = ("__pycache__", ".")
Files = dict[str, bytes]


def handout(course: Course, assignment: str) -> Files:
    """Return what students get: the built handout, the package, and how to begin."""
    built, wheel = _built(course, assignment), _wheel(course)
    (name,) = wheel
    begin = _template("BEGIN.txt").format(wheel=name, assignment=assignment).encode()
    return _below(assignment, built | wheel | {"BEGIN.txt": begin})


def gradescope(course: Course, assignment: str, isolation: str = "full") -> Files:
    """Return an autograder for Gradescope, which holds the assignment's solutions."""
    solutions = course.solution(assignment).parent
    run = _template("run_autograder").replace("ISOLATION", isolation).encode()
    return {
        "setup.sh": _template("setup.sh").encode(),
        "run_autograder": run,
        "course/pyproject.toml": (course.root / "pyproject.toml").read_bytes(),
        **_below(f"course/solutions/{assignment}", dict(_files(solutions))),
        **_wheel(course),
    }


def classroom50(course: Course, assignment: str) -> Files:
    """Return the files of an assignment's autograder in Classroom 50: public tests only."""
    built = _built(course, assignment)
    tests = {name: built[name] for name in built if name.endswith(".json") or "test_" in name}
    return tests | _wheel(course) | {"autograder.py": _template("autograder.py").encode()}


def pack(path: Path, files: Mapping[str, bytes]) -> None:
    """Write an archive: the same bytes for the same files; scripts can be executed."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            info = ZipInfo(name)
            info.external_attr = (0o100755 if content.startswith(b"#!") else 0o100644) << 16
            archive.writestr(info, content, ZIP_DEFLATED)


def _built(course: Course, assignment: str) -> Files:
    """Return the files of the handout; ExportError when they are not what a build would write."""
    course.solution(assignment)
    outdated = drift(course, [assignment])
    if outdated:
        raise ExportError(f"Out of date, run 'autograder build': {', '.join(outdated)}.")
    return dict(_files(course.assignments / assignment))


def _wheel(course: Course) -> Files:
    """Return the package as a wheel, by its name, built from a copy: nothing else gets in."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "package"
        copy.mkdir()
        root = _source(course)
        for name in ("pyproject.toml", "README.md", "LICENSE"):
            shutil.copy(root / name, copy)
        ignore = shutil.ignore_patterns("__pycache__")
        shutil.copytree(root / "autograder", copy / "autograder", ignore=ignore)
        build = ["-m", "pip", "wheel", "--quiet", "--no-deps", "-w", scratch, str(copy)]
        pip = [sys.executable, *build]
        ended = subprocess.run(pip, capture_output=True, text=True, check=False)  # noqa: S603
        wheels = list(Path(scratch).glob("*.whl"))
        if ended.returncode or not wheels:
            said = (ended.stderr.strip().splitlines() or ["pip says nothing"])[-1]
            raise ExportError(f"The package cannot be made into a wheel: {said}")
        return {wheels[0].name: wheels[0].read_bytes()}


def _source(course: Course) -> Path:
    """Return the folder of the package's source: where it runs from, or else the course."""
    for folder in (Path(autograder.__file__).parents[1], course.root):
        project = folder / "pyproject.toml"
        if project.is_file():
            named = tomllib.loads(project.read_text(encoding="utf-8")).get("project", {})
            if named.get("name") == DISTRIBUTION:
                return folder
    raise ExportError("The package's source is not here: run this in the course's own folder.")


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if path.is_file() and not any(part.startswith(CACHES) for part in name.parts):
            yield name.as_posix(), path.read_bytes()


def _below(folder: str, files: Files) -> Files:
    return {f"{folder}/{name}": content for name, content in files.items()}


def _template(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")
