"""Who runs what, on Linux."""

import contextlib
from pathlib import Path


def descendants(pid: int) -> set[int]:
    """Return the processes that a process started, and those that they did."""
    found: set[int] = set()
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in map(int, (task / "children").read_text().split()):
                found |= {child} | descendants(child)
    return found


def alive(pid: int) -> bool:
    """Return whether a process runs; one that has ended and was not yet reaped does not."""
    return _status(pid)[:1] not in ([], ["Z"], ["X"])


def is_warm_parent(pid: int) -> bool:
    """Return whether a process is the one that forks the confined ones."""
    return _of_the_sandbox(pid) and not is_confined(pid)


def is_confined(pid: int) -> bool:
    """Return whether a process runs a submission: the warm parent's children do."""
    status = _status(pid)
    return bool(status) and _of_the_sandbox(int(status[1]))


def _of_the_sandbox(pid: int) -> bool:
    with contextlib.suppress(OSError):
        return b"sandbox.parent" in Path(f"/proc/{pid}/cmdline").read_bytes()
    return False


def _status(pid: int) -> list[str]:
    """Return a process's state, its parent and more; empty when there is none."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return []
