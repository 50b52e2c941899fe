"""Ways to have the machine refuse for real: full disks, files that cannot be opened."""

import ctypes
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PR_CAPBSET_DROP = 24
OVERRIDES = (1, 2)  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH


def obey_modes() -> None:
    """Have root obey the modes of files, as everyone else does; for `preexec_fn`."""
    libc = ctypes.CDLL(None)
    for capability in OVERRIDES:
        libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)


def limit_files(kilobytes: int) -> Callable[[], None]:
    """Return what gives files a largest size, which looks much like a full disk; unprivileged."""
    size = kilobytes * 1024
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Callable[[int], None]]:
    """Mount a disk of that size on a folder; gives what changes the size."""
    folder.mkdir(parents=True, exist_ok=True)
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("Only root can mount a small disk; the limit on file sizes is tested instead.")
    mounted = _mount("-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder))
    if mounted.returncode:
        pytest.skip(f"No disk can be mounted here: {mounted.stderr.strip()}")
    try:
        yield lambda size: _mount("-o", f"remount,size={size}k", str(folder)).check_returncode()
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def _mount(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(["mount", *arguments], check=False, capture_output=True, text=True)
