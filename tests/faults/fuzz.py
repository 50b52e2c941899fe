"""Fuzz the two doors: submitted files, and frames from student code.

``make fuzz`` runs it; coverage guides it (Atheris), and most mutations keep the form of
a notebook or a frame. Whatever is raised but the declared errors is a failure, and so is a cell
that nbgrader could not take.
"""

import argparse
import copy
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import atheris

with atheris.instrument_imports(include=["autograder"]):
    from autograder.intake import UnreadableError, parse
    from autograder.nbgrader.reading import plain_cells
    from autograder.nbgrader.repair import repair
    from autograder.sandbox import plain, wire
    from autograder.submission import from_notebook, read

import nbformat
from nbformat.v4 import new_notebook

from autograder.build import build
from autograder.course import Course
from tests.nbgrader_course import RIGHT, answered, write_course

SLOW_SECONDS = 10.0
REPAIRED = 4  # of so many files that can be read, one is repaired and validated, which is slow
MOST_BYTES = 64 * 1024
HOSTILE: list[Any] = [None, True, -1, 10**30, 1e999, "", "\ud800", [], {}, [[]], "x" * 1000]
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-32", "latin-1", "cp1252", "utf-7", "big5")
DECLARED = ("undefined", "idna", "punycode", "rot13", "zlib", "unicode_escape", "mbcs", "utf-8")

MARKS = (b"# %%", b"# %% [markdown]", b"# ---", b'# %% tags=["a"]', b"%%bash", b"!ls", b"'''")


def name_of(cell: Any) -> str | None:
    """Return a cell's grade_id."""
    return cell.metadata.get("nbgrader", {}).get("grade_id")


class Doors:
    """What is fuzzed, with a handout to repair against and a folder to write files in."""

    def __init__(self, scratch: Path) -> None:
        write_course(scratch)
        build(Course.find(scratch))
        self.folder = scratch
        self.handout = nbformat.read(scratch / "assignments" / "mini" / "mini.ipynb", 4)
        self.names = list(filter(None, map(name_of, self.handout.cells)))
        self.read = 0

    def notebook(self, data: bytes) -> None:
        """Read bytes as a notebook, and repair what is read."""
        self._file("mini.ipynb", data)

    def script(self, data: bytes) -> None:
        """Read bytes as a script, and repair what is read."""
        self._file("mini.py", data)

    def wire(self, data: bytes) -> None:
        """Read bytes as a frame, and the frame as each kind of reply."""
        size = wire.LENGTHS.size
        try:
            header, body = wire.lengths(data[:size])
            rest = data[size:]
            value = wire.decode(rest[:header], rest[header : header + body])
        except wire.WireError:
            return
        self.read += 1
        again = plain.plain(value)
        if wire.encode(again) != wire.encode(value):
            raise AssertionError("what was decoded is not plain")
        for parse in (wire.read_answer, wire.read_outcome, wire.read_progress):
            for reply in (value, value[1] if isinstance(value, tuple) and len(value) > 1 else None):
                try:
                    parse(reply)
                except wire.WireError:
                    continue

    def _file(self, name: str, data: bytes) -> None:
        path = self.folder / name
        path.write_bytes(data)
        try:
            submission = read(path)
        except UnreadableError:
            return
        if not all(isinstance(cell.source, str) for cell in submission.cells):
            raise TypeError("a cell's source is no text")
        self.read += 1
        if self.read % REPAIRED == 0:
            self._repair(path)

    def _repair(self, path: Path) -> None:
        notebook = new_notebook(cells=plain_cells(parse(path)))
        notebook.cells = repair(notebook.cells, self.handout.cells)
        nbformat.validate(notebook, relax_add_props=False)
        found = Counter(map(name_of, notebook.cells))
        if any(found[name] != 1 for name in self.names):
            raise AssertionError("a named cell of the handout is not there exactly once")
        json.dumps(notebook).encode()
        from_notebook(notebook, path)

    def seeds(self, door: str) -> list[bytes]:
        """Return right input to begin with."""
        if door == "wire":
            answer = {"kind": "value", "value": 1.5, "arguments": (), "error": "", "where": ""}
            array = wire.np.arange(6.0).reshape(2, 3)
            outcome = {"stdout": "x", "error": "", "where": "", "figures": ()}
            values = [(1, answer), (2, answer | {"value": [array, {"a": (None, True)}]})]
            values += [(1, outcome), (1, {"at": 1, "where": "cell 1"}), {"ready": True}]
            return [wire.encode(value) for value in values]
        path = self.folder / "assignments" / "mini" / "mini.py"
        if door == "script":
            header = b"# ---\n# jupyter:\n#   kernelspec: {}\n# ---\n\n"
            return [path.read_bytes(), header + path.read_bytes()]
        text = path.with_suffix(".ipynb").read_text()
        right = answered(json.loads(text), **RIGHT)
        old = nbformat.convert(nbformat.reads(text, as_version=4), 3)
        return [json.dumps(n).encode() for n in (right, old, {**right, "nbformat_minor": 0})]


def mutate_json(data: bytes, chance: random.Random) -> bytes:
    """Change one thing in a notebook, and keep it JSON; other bytes stay as they are."""
    try:
        tree = json.loads(data)
        for _ in range(chance.randint(1, 2)):
            _mutate_tree(tree, chance)
        text = json.dumps(tree)
    except (ValueError, RecursionError):
        return data
    if chance.random() < 0.1:
        return text.encode(chance.choice(ENCODINGS), "replace")
    return text.encode()


def _mutate_tree(tree: Any, chance: random.Random) -> None:
    parent = tree
    while isinstance(parent, dict | list) and parent:
        keys = list(parent) if isinstance(parent, dict) else list(range(len(parent)))
        key = chance.choice(keys)
        if not isinstance(parent[key], dict | list) or chance.random() < 0.2:
            break
        parent = parent[key]
    else:
        return
    other = chance.choice(keys)
    deed = chance.randrange(6)
    if deed == 0:
        del parent[key]
    elif deed == 1:
        parent[key] = copy.deepcopy(chance.choice(HOSTILE))
    elif deed == 2:
        parent[key], parent[other] = parent[other], parent[key]
    elif deed == 3 and isinstance(parent, list):
        parent.insert(chance.randint(0, len(parent)), json.loads(json.dumps(parent[key])))
    elif deed == 4 and isinstance(parent[key], str):
        parent[key] = chance.choice(["code", "markdown", "raw", parent[key].splitlines()])
    elif isinstance(parent, dict):
        parent[chance.choice(["grade_id", "nbgrader", "tags", "source", "input"])] = parent.pop(key)


def mutate_script(data: bytes, chance: random.Random) -> bytes:
    """Move, double or drop lines of a script, declare an encoding, or write it in one."""
    lines = data.split(b"\n")
    place = chance.randrange(len(lines))
    deed = chance.randrange(6)
    if deed == 0:
        del lines[place]
    elif deed == 1:
        lines.insert(chance.randint(0, len(lines)), lines[place])
    elif deed == 2:
        lines.insert(0, b"# coding: " + chance.choice(DECLARED + ENCODINGS).encode())
    elif deed == 3:
        return data.decode("utf-8", "replace").encode(chance.choice(ENCODINGS), "replace")
    elif deed == 4:
        lines.insert(place, chance.choice(MARKS))
    else:
        return chance.choice([b"\r\n", b"\r", b"\x0c"]).join(lines)
    return b"\n".join(lines)


def mutate_frame(data: bytes, chance: random.Random) -> bytes:
    """Change the header of a frame, and make its lengths right again."""
    size = wire.LENGTHS.size
    if len(data) < size:
        return data
    header, _ = wire.LENGTHS.unpack(data[:size])
    head, body = data[size : size + header], data[size + header :]
    head = mutate_json(head, chance)
    if chance.random() < 0.2:
        body = body[: chance.randint(0, len(body))] + bytes(chance.randint(0, 9))
    return wire.LENGTHS.pack(len(head), len(body)) + head + body


MUTATORS: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "notebook": mutate_json,
    "script": mutate_script,
    "wire": mutate_frame,
}


def fuzz(door: str, cases: int, seed: int, scratch: Path) -> None:
    """Fuzz one door, and end the process with a line that tells what came of it."""
    doors = Doors(scratch / "course")
    target: Callable[[bytes], None] = getattr(doors, door)
    failures: Counter[str] = Counter()
    examples: dict[str, bytes] = {}
    count = 0

    def mutate(data: bytes, most: int, number: int) -> bytes:
        chance = random.Random(number)
        if chance.random() < 0.1:  # two mutations are made on top of each other
            return atheris.Mutate(data, most)
        return MUTATORS[door](data, chance)[:most]

    def one(data: bytes) -> None:
        nonlocal count
        count += 1
        began = time.process_time()
        try:
            target(data)
        except Exception as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            name = f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}: {error}"
            failures[name[:200]] += 1
            examples.setdefault(name[:200], data)
        if time.process_time() - began > SLOW_SECONDS:
            failures["too slow"] += 1
            examples.setdefault("too slow", data)
        if count >= cases:
            print(f"{door:<12}{count:>10}{doors.read:>10}{failures.total():>10}{len(failures):>10}")
            for name, times in failures.most_common():
                print(f"  {times} x {name}\n    {examples[name][:300]!r}")
            sys.stdout.flush()
            os._exit(bool(failures))

    corpus = scratch / "corpus"
    corpus.mkdir()
    for number, example in enumerate(doors.seeds(door)):
        (corpus / str(number)).write_bytes(example)
    options = [f"-runs={2 * cases}", f"-seed={seed}", f"-max_len={MOST_BYTES}", "-len_control=0"]
    options += ["-mutate_depth=2"]
    options += ["-timeout=60", "-rss_limit_mb=4096", f"-artifact_prefix={scratch}/"]
    atheris.Setup([sys.argv[0], *options, str(corpus)], one, custom_mutator=mutate)
    atheris.Fuzz()


def main() -> None:
    """Fuzz every door, each in a process of its own, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=200_000, help="of all doors together")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1, 10**6))
    parser.add_argument("--door", choices=list(MUTATORS), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.door:
        with tempfile.TemporaryDirectory() as scratch:
            fuzz(options.door, options.cases, options.seed, Path(scratch))
    print(f"seed {options.seed}")
    columns = ("cases", "readable", "failures", "kinds")
    print(f"{'door':<12}" + "".join(f"{column:>10}" for column in columns), flush=True)
    shares = {"notebook": 0.35, "script": 0.25, "wire": 0.4}
    failed = False
    for door, share in shares.items():
        command = [sys.executable, "-m", "tests.faults.fuzz", "--door", door]
        command += ["--cases", str(int(share * options.cases)), "--seed", str(options.seed)]
        ended = subprocess.run(command, check=False, stderr=subprocess.PIPE, text=True)
        failed |= ended.returncode != 0
        if ended.returncode not in (0, 1):
            print(f"{door}: ended with {ended.returncode}\n{ended.stderr[-2000:]}", flush=True)
    sys.exit(failed)


if __name__ == "__main__":
    main()
