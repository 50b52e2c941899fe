"""``make bench-sizes``: seconds and memory of ``autograder grade`` against the size of the class.

Every fourth notebook has one to six mistakes of the bank; the others are right. Memory is the
largest resident set of the command itself and of any process it started, looked at five times a
second: pages that processes share are counted in each.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
from rich.console import Console
from rich.table import Table

from tests.bench import usual_class
from tests.samples import ROOT, notebook, write

SIZES = [int(size) for size in os.environ.get("SIZES", "10 100 1000").split()]
JOBS = os.environ.get("JOBS", "2")
ASSIGNMENT = os.environ.get("ASSIGNMENT", "activations")
LOOK_SECONDS = 0.2


def main() -> None:
    """Grade a class of each size, and show the figures."""
    table = Table(title=f"{ASSIGNMENT}, --jobs {JOBS}")
    for name in ("submissions", "seconds", "a submission", "command, MB", "largest worker, MB"):
        table.add_column(name, justify="right")
    kinds = [notebook(ASSIGNMENT), *usual_class(ASSIGNMENT)]
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            for number in range(size):
                kind = kinds[1 + number // 4 % (len(kinds) - 1)] if number % 4 == 3 else kinds[0]
                write(kind, Path(folder) / "class" / f"s{number:05}.ipynb")
            seconds, command, worker = measured(Path(folder))
        figures = f"{seconds:.1f}", f"{seconds / size:.2f}", f"{command:.0f}", f"{worker:.0f}"
        table.add_row(f"{size:,}", *figures)
    Console(highlight=False).print(table)


def measured(folder: Path) -> tuple[float, float, float]:
    """Grade a class; return seconds, and the most MB of the command and of one of its processes."""
    grade = [sys.executable, "-m", "autograder", "grade", str(folder / "class"), "--jobs", JOBS]
    grade += ["--assignment", ASSIGNMENT, "--out", str(folder / "out")]
    start = time.monotonic()
    most = {True: 0, False: 0}
    with subprocess.Popen(grade, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        seen = psutil.Process(process.pid)
        while process.poll() is None:
            for one in [seen, *_children(seen)]:
                try:
                    most[one == seen] = max(most[one == seen], one.memory_info().rss)
                except psutil.Error:
                    continue
            time.sleep(LOOK_SECONDS)
    if process.returncode:
        raise SystemExit("The grader failed.")
    return time.monotonic() - start, most[True] / 1e6, most[False] / 1e6


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.Error:
        return []


if __name__ == "__main__":
    main()
