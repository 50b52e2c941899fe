"""Landlock: take file, network and signal rights from this process, for good.

See landlock(7). Needs Linux 5.13 or later; each later version of its interface (its ABI)
knows more rights, and all that the running kernel knows are taken.
"""

import ctypes
import os
import site
import struct
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from autograder.sandbox.answers import IsolationError

CREATE_RULESET = 444  # the same number on every architecture
ADD_RULE = 445
RESTRICT_SELF = 446
VERSION = 1
PATH_BENEATH = 1

READ_FILE = 1 << 2
READ_DIR = 1 << 3
FILE_RIGHTS = {1: (1 << 13) - 1, 2: 1 << 13, 3: 1 << 14, 5: 1 << 15}  # by the ABI that adds them
TCP_RIGHTS = 0b11  # bind, connect
TCP_ABI = 4
SCOPES = 0b11  # abstract Unix sockets, signals
SCOPE_ABI = 6

RULESET = struct.Struct("=QQQ")  # rights over files, over TCP, scopes
RULE = struct.Struct("=Qi")  # rights, and the file descriptor of what they are over

LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64")
FONTS = ("/usr/share/fonts", "/usr/local/share/fonts")
LIBRARY_CACHE = "/etc/ld.so.cache"


class Rights(NamedTuple):
    """What a ruleset takes: rights over files, rights over TCP, and scopes, as bits."""

    files: int
    tcp: int
    scopes: int


def rights(version: int) -> Rights:
    """Return all that a version of Landlock can take."""
    files = sum(rights for since, rights in FILE_RIGHTS.items() if since <= version)
    tcp = TCP_RIGHTS if version >= TCP_ABI else 0
    return Rights(files, tcp, SCOPES if version >= SCOPE_ABI else 0)


def abi() -> int:
    """Return the version of Landlock this kernel has, or 0."""
    version = _libc().syscall(CREATE_RULESET, None, ctypes.c_size_t(0), VERSION)
    return max(int(version), 0)


def create_ruleset(readable: Iterable[Path]) -> int:
    """Make a ruleset that leaves nothing but reading these files and folders.

    Returns its file descriptor, good for any number of processes forked from this one.
    Raises IsolationError when the kernel has no Landlock.
    """
    version = abi()
    if version == 0:
        raise IsolationError("This kernel has no Landlock: it needs Linux 5.13 or later.")
    attributes = RULESET.pack(*rights(version))
    size = 24 if version >= SCOPE_ABI else 16 if version >= TCP_ABI else 8
    ruleset = _checked(CREATE_RULESET, attributes, ctypes.c_size_t(size), 0)
    for path in readable:
        _allow_reading(ruleset, path)
    return ruleset


def restrict_self(ruleset: int) -> None:
    """Put this process under a ruleset. It must not be able to gain privileges any more."""
    _checked(RESTRICT_SELF, ruleset, 0)


def library_paths() -> list[Path]:
    """List what Python and its libraries read: nothing else of the machine, or the course."""
    folders: list[str | Path] = [
        *LIBRARIES,
        *FONTS,
        Path(sys.base_prefix) / "lib",
        *(sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")),
        *site.getsitepackages(),
        *(Path(sys.modules[name].__path__[0]).parent for name in ("numpy", "matplotlib")),
        LIBRARY_CACHE,
    ]
    return [path for path in dict.fromkeys(map(Path, folders)) if path.exists()]


def _allow_reading(ruleset: int, path: Path) -> None:
    rights = READ_FILE | READ_DIR if path.is_dir() else READ_FILE
    descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        rule = RULE.pack(rights, descriptor)
        _checked(ADD_RULE, ruleset, PATH_BENEATH, rule, 0)
    finally:
        os.close(descriptor)


def _checked(*call: object) -> int:
    result = int(_libc().syscall(*call))
    if result < 0:
        reason = os.strerror(ctypes.get_errno())
        raise IsolationError(f"Landlock cannot be set up: {reason}.")
    return result


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
