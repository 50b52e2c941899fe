"""A filter of system calls that leaves what Python, NumPy and Matplotlib need to compute.

Everything not listed here fails with EPERM: no process is started or signalled, no socket
made, no file written, no limit raised, nothing shared with another process. See seccomp(2).
"""

import ctypes
import errno
import fcntl
import mmap
import os
import termios
from typing import Any

from autograder.sandbox.answers import IsolationError

WIRE = 3  # the file descriptor that answers go through
WRITABLE = (1, 2, WIRE)

ALLOWED = """
    munmap mremap mprotect brk
    read readv pread64 lseek close fstat stat lstat newfstatat statx
    access faccessat faccessat2 getdents64 getcwd
    poll ppoll select pselect6
    gettimeofday time times nanosleep getrusage
    rt_sigaction rt_sigprocmask rt_sigreturn sigaltstack
    getpid gettid getppid getuid geteuid getgid getegid uname getcpu
    sched_yield getrandom getrlimit restart_syscall
    exit exit_group
"""
MISSING = ("clone3", "openat2", "rseq")  # libc falls back when told ENOSYS

FCNTL = (fcntl.F_GETFD, fcntl.F_SETFD, fcntl.F_GETFL)
IOCTL = (termios.TCGETS, termios.FIOCLEX, termios.FIONCLEX)
FUTEX_PRIVATE = 128  # without it, whoever has the same page mapped can wake and be woken
FUTEX = tuple(FUTEX_PRIVATE | kind for kind in (0, 1, 9, 9 | 256))
"""Wait, wake, and wait until a time by either clock: all that locks of the C library use."""
LAST_CLOCK = 7  # CLOCK_BOOTTIME; other processes' clocks have negative numbers, so large ones
MADVISE = (4, 8, 14, 15)  # DONTNEED, FREE, HUGEPAGE, NOHUGEPAGE: of its own memory only
MAP_KIND = 0xF
MAP_COMMON = 0x42000  # MAP_LOCKED and MAP_HUGETLB take from stores that all processes share
PR_SET_NAME = 15
PR_SET_SECCOMP = 22
FILTER_MODE = 2
O_TMPFILE = 0o20000000  # without O_DIRECTORY, which listing a folder uses
CHANGES = os.O_ACCMODE | os.O_CREAT | os.O_TRUNC | O_TMPFILE


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def build() -> bytes:
    """Compile the filter, for `install` in any process of this machine.

    Raises IsolationError when libseccomp or its Python binding is missing.
    """
    try:
        import pyseccomp  # noqa: PLC0415 - instructors have it, students need not
    except (ImportError, RuntimeError, OSError):
        raise IsolationError(
            "Student code cannot be confined without libseccomp: install the system's "
            'libseccomp (libseccomp2) and the "instructor" extra of this package.'
        ) from None
    rules = pyseccomp.SyscallFilter(pyseccomp.ERRNO(errno.EPERM))
    for name in ALLOWED.split():
        _add(rules, pyseccomp.ALLOW, name)
    for name in MISSING:
        _add(rules, pyseccomp.ERRNO(errno.ENOSYS), name)
    for name, conditions in _in_part(pyseccomp).items():
        for condition in conditions:
            _add(rules, pyseccomp.ALLOW, name, condition)
    own, reading = pyseccomp.Arg(0, pyseccomp.EQ, 0), pyseccomp.Arg(2, pyseccomp.EQ, 0)
    _add(rules, pyseccomp.ALLOW, "prlimit64", own, reading)
    return _export(rules)


def _in_part(pyseccomp: Any) -> dict[str, list[Any]]:
    """Give the calls that are let through for some values of one argument, and for which."""

    def equal(argument: int, *values: int) -> list[Any]:
        return [pyseccomp.Arg(argument, pyseccomp.EQ, value) for value in values]

    def masked(argument: int, mask: int, value: int) -> list[Any]:
        return [pyseccomp.Arg(argument, pyseccomp.MASKED_EQ, mask, value)]

    clock = [pyseccomp.Arg(0, pyseccomp.LE, LAST_CLOCK)]
    return {
        "write": equal(0, *WRITABLE),
        "writev": equal(0, *WRITABLE),
        "fcntl": equal(1, *FCNTL),
        "ioctl": equal(1, *IOCTL),
        "prctl": equal(0, PR_SET_NAME),
        "futex": equal(1, *FUTEX),
        "madvise": equal(2, *MADVISE),
        "sched_getaffinity": equal(0, 0),
        "mmap": masked(3, MAP_KIND | MAP_COMMON, mmap.MAP_PRIVATE),
        "openat": masked(2, CHANGES, os.O_RDONLY),
        "open": masked(1, CHANGES, os.O_RDONLY),
        "clock_gettime": clock,
        "clock_getres": clock,
        "clock_nanosleep": clock,
    }


def install(program: bytes) -> None:
    """Put this process under a compiled filter, for good."""
    code = ctypes.create_string_buffer(program, len(program))
    fprog = _Program(len(program) // 8, ctypes.cast(code, ctypes.c_void_p))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_SECCOMP, FILTER_MODE, ctypes.byref(fprog), 0, 0) != 0:
        reason = os.strerror(ctypes.get_errno())
        raise IsolationError(f"The filter of system calls cannot be set up: {reason}.")


def _add(rules: object, action: int, name: str, *conditions: object) -> None:
    try:
        rules.add_rule(action, name, *conditions)  # type: ignore[attr-defined]
    except OSError as error:
        if error.errno not in (errno.EDOM, errno.EINVAL, errno.EFAULT):
            raise  # those say that the architecture has no such call


def _export(rules: object) -> bytes:
    reader, writer = os.pipe()
    with os.fdopen(reader, "rb") as compiled:
        with os.fdopen(writer, "wb") as sink:
            rules.export_bpf(sink)  # type: ignore[attr-defined]
        return compiled.read()
