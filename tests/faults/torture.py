"""Kill the grader at random moments, and run it again, until it is done.

``make torture`` runs it on a class of 200: ``autograder grade``, then ``nbgrader autograde``.
"""

import argparse
import contextlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.api import Gradebook

from autograder.classroom.ledger import DATABASE, RESULTS
from tests.faults.classes import make_class, run, start
from tests.faults.processes import alive, descendants, is_confined
from tests.nbgrader_course import mark_by_hand

GRADE = ("autograder", "grade", "submitted", "--assignment", "mini", "--out", "out", "--jobs", "2")
AUTOGRADE = ("nbgrader", "autograde", "mini")
FORCED = (*AUTOGRADE, "--force")
ORPHAN_SECONDS = 10.0
BY_HAND = 7.0


@dataclass
class Tally:
    """What came of a torture."""

    kills: Counter[str] = field(default_factory=Counter)
    runs: int = 0
    lost: int = 0  # results that were kept once and are no more
    differing: int = 0  # results, at the end or on the way, that the undisturbed run has not
    orphans: int = 0  # processes that outlived the run that started them
    damaged: int = 0  # times the gradebook was not sound
    last: str = ""  # what the last run said, when it failed

    @property
    def sound(self) -> bool:
        """Whether nothing was lost, wrong or left over."""
        return not (self.lost or self.differing or self.orphans or self.damaged or self.last)


class Torture:
    """Runs of one command in one folder, each killed at a random moment."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root = root
        self.chance = random.Random(seed)
        self.seconds = 0.0  # a kill comes at most so long after the start
        self.tally = Tally()

    def spread(self, kills: int, *command: str, root: Path) -> None:
        """Run the command undisturbed, elsewhere, and spread that many kills over its length."""
        whole, idle = timed(root, *command), timed(root, *command)
        self.seconds = idle + 3 * max(whole - idle, 0.0) / kills

    def run_and_kill(self, *command: str) -> bool:
        """Start the command and kill it, or a process of it; return whether it ended first."""
        self.tally.runs += 1
        with start(self.root, *command) as process:
            try:
                process.communicate(timeout=self.chance.uniform(0.1, self.seconds))
            except subprocess.TimeoutExpired:
                self._kill(process)
        return process.returncode == 0

    def finish(self, *command: str) -> None:
        """Run the command to its end, with nobody disturbing it."""
        self.tally.runs += 1
        ended = run(self.root, *command)
        self.tally.last = "" if ended.returncode == 0 else f"{command}: {ended.stderr}"

    def _kill(self, process: "subprocess.Popen[str]") -> None:
        """Kill the run, all that it started, or one helper, after which the run goes on."""
        family = descendants(process.pid)
        helpers = sorted(pid for pid in family if not is_confined(pid))
        victim = self.chance.choice(["run", "group", "helper" if helpers else "run"])
        self.tally.kills[victim] += 1
        with contextlib.suppress(ProcessLookupError):
            if victim == "group":
                os.killpg(process.pid, signal.SIGKILL)
            elif victim == "helper":
                os.kill(self.chance.choice(helpers), signal.SIGKILL)
            else:
                process.kill()
        process.communicate()
        deadline = time.monotonic() + ORPHAN_SECONDS
        while (left := [pid for pid in family if alive(pid)]) and time.monotonic() < deadline:
            time.sleep(0.05)
        self.tally.orphans += len(left)


def torture_grade(root: Path, students: int, kills: int, seed: int) -> Tally:
    """Kill ``autograder grade``; the undisturbed run is made first, in the same course."""
    make_class(root, students)
    torture = Torture(root, seed)
    torture.spread(kills, *GRADE, root=root)
    expected = (root / "out" / RESULTS).read_text()
    wanted = {json.loads(line)["student"]: json.loads(line) for line in expected.splitlines()}
    shutil.rmtree(root / "out")
    tally, kept = torture.tally, set[str]()
    while tally.kills.total() < kills:
        if torture.run_and_kill(*GRADE):  # it is done: once more from the beginning
            tally.differing += (root / "out" / RESULTS).read_text() != expected
            shutil.rmtree(root / "out")
            kept = set()
            continue
        now = _kept(root / "out", wanted, tally)
        tally.lost += len(kept - now)
        kept = now
    torture.finish(*GRADE)
    _compare(tally, wanted, _results(root / "out" / RESULTS))
    tally.differing += (root / "out" / RESULTS).read_text() != expected
    tally.differing += len([p for p in (root / "out").iterdir() if _is_litter(p.name)])
    return tally


def _is_litter(name: str) -> bool:
    return name.startswith(".") and name != DATABASE


def _kept(out: Path, wanted: Mapping[str, Any], tally: Tally) -> set[str]:
    """Return whose results a killed run left; each must be the undisturbed run's."""
    marks = {student: _without_words(result) for student, result in wanted.items()}
    _compare(tally, marks, list(map(_without_words, _results(out / RESULTS))), complete=False)
    found = kept(out)
    _compare(tally, wanted, list(found.values()), complete=False)
    return set(found)


def kept(out: Path) -> dict[str, Any]:
    """Return each student's line that a run left in its database, words and all."""
    if not (out / DATABASE).exists():
        return {}
    with contextlib.closing(sqlite3.connect(out / DATABASE)) as database:
        tables = database.execute("SELECT * FROM sqlite_master WHERE name = 'results'").fetchall()
        query = "SELECT student, line FROM results WHERE final"
        return {s: json.loads(line) for s, line in (tables and database.execute(query))}


def _without_words(result: Any) -> Any:
    items = [
        {**item, "tests": [{**test, "message": "", "hint": ""} for test in item["tests"]]}
        for item in result["items"]
    ]
    return {**result, "items": items}


def _compare(
    tally: Tally, wanted: Mapping[str, Any], found: list[Any], *, complete: bool = True
) -> None:
    tally.differing += sum(wanted.get(result["student"]) != result for result in found)
    if complete:
        counts = Counter(result["student"] for result in found)
        tally.lost += len(wanted.keys() - counts.keys())
        tally.differing += sum(count > 1 for count in counts.values())


def _results(path: Path) -> list[Any]:
    """Return the results of a file that is replaced as a whole: every line must be one."""
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def torture_nbgrader(root: Path, students: int, kills: int, seed: int) -> Tally:
    """Kill ``nbgrader autograde``: first the first grading, then a regrade with manual marks."""
    names = make_class(root, students)
    timed(root, "nbgrader", "generate_assignment", "mini")
    fresh = root.with_name(f"{root.name}-fresh")
    shutil.copytree(root, fresh)
    torture = Torture(fresh, seed)
    torture.spread(kills, *AUTOGRADE, root=root)
    _torture_nbgrader(torture, graded(root), kills - kills // 3, *AUTOGRADE)
    for folder in (root, fresh):
        mark_by_hand(folder, names[0], BY_HAND)
    _torture_nbgrader(torture, graded(root), kills, *FORCED)
    return torture.tally


def _torture_nbgrader(
    torture: Torture, wanted: Mapping[str, Any], kills: int, *command: str
) -> None:
    tally = torture.tally
    while tally.kills.total() < kills:
        ended = torture.run_and_kill(*command)
        tally.damaged += not is_sound(torture.root / "gradebook.db")
        if ended and command == AUTOGRADE:
            shutil.rmtree(torture.root / "autograded")
    torture.finish(*AUTOGRADE)  # without --force: what was not finished is found
    found = graded(torture.root)
    tally.lost += len(wanted.keys() - found.keys())
    tally.differing += sum(result != wanted.get(name) for name, result in found.items())
    tally.damaged += not is_sound(torture.root / "gradebook.db")


def graded(root: Path) -> dict[str, Any]:
    """Return each student's score, manual marks and what the graded notebook shows."""
    results: dict[str, Any] = {}
    with Gradebook(f"sqlite:///{root}/gradebook.db") as gradebook:
        for submission in gradebook.assignment_submissions("mini"):
            (notebook,) = submission.notebooks
            grades = sorted((g.name, g.auto_score, g.manual_score) for g in notebook.grades)
            path = root / "autograded" / submission.student.id / "mini" / "mini.ipynb"
            shown = None
            if path.exists():
                shown = [c.get("outputs") for c in nbformat.read(path, as_version=4).cells]
            results[submission.student.id] = (submission.score, grades, shown)
    return results


def is_sound(database: Path) -> bool:
    """Return whether SQLite finds a database intact."""
    with contextlib.closing(sqlite3.connect(database)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def timed(root: Path, *command: str) -> float:
    """Return how many seconds a command takes that nobody disturbs."""
    began = time.monotonic()
    ended = run(root, *command)
    if ended.returncode:
        raise SystemExit(f"The undisturbed run fails: {ended.stderr}")
    return time.monotonic() - began


TORTURES: dict[str, Callable[[Path, int, int, int], Tally]] = {
    "autograder grade": torture_grade,
    "nbgrader autograde": torture_nbgrader,
}


def main() -> None:
    """Torture both commands and print a table of what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=200)
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    options = parser.parse_args()
    print(f"{options.students} submissions, seed {options.seed}")
    columns = ("kills", "runs", "lost", "differing", "orphans", "damaged", "minutes")
    print(f"{'command':<20}" + "".join(f"{name:>11}" for name in columns), flush=True)
    sound = True
    for name, torture in TORTURES.items():
        with tempfile.TemporaryDirectory() as scratch:
            began = time.monotonic()
            tally = torture(Path(scratch, "course"), options.students, options.kills, options.seed)
            minutes = (time.monotonic() - began) / 60
        numbers = (tally.kills.total(), tally.runs, tally.lost, tally.differing)
        numbers = (*numbers, tally.orphans, tally.damaged)
        print(f"{name:<20}" + "".join(f"{n:>11}" for n in numbers) + f"{minutes:>11.1f}")
        print(f"  killed: {dict(tally.kills)}", tally.last, flush=True)
        sound = sound and tally.sound
    sys.exit(not sound)


if __name__ == "__main__":
    main()
