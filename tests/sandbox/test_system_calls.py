"""The filter of system calls: every call but a few is refused, and those few lead nowhere."""

import errno
import fcntl
import os
import termios

import numpy as np
import pytest

from autograder.sandbox import confine
from autograder.sandbox.session import Session
from tests.sandbox.conftest import LIMITS
from tests.sandbox.helpers import call, cells

pyseccomp = pytest.importorskip("pyseccomp")

HARMLESS = {
    "its own memory": "munmap mremap mprotect brk",
    "files that Landlock lets it open": "read readv pread64 lseek close fstat getdents64",
    "names, sizes and times of files": "stat lstat newfstatat statx access faccessat faccessat2",
    "its working folder, /": "getcwd",
    "waiting": "poll ppoll select pselect6 nanosleep sched_yield restart_syscall",
    "the time, and what it has used": "gettimeofday time times getrusage",
    "handlers of its own signals": "rt_sigaction rt_sigprocmask rt_sigreturn sigaltstack",
    "who it is": "getpid gettid getppid getuid geteuid getgid getegid",
    "the machine": "uname getcpu getrlimit",
    "random numbers": "getrandom",
    "its own end": "exit exit_group",
}
"""Each call the filter lets through whatever its arguments, and what may be done with it."""

IN_PART = {
    *("write", "writev", "fcntl", "ioctl", "prctl", "openat", "open", "prlimit64"),
    *("mmap", "madvise", "futex", "sched_getaffinity"),
    *("clock_gettime", "clock_getres", "clock_nanosleep"),
}
CLOCKS = (8, 9, 11, 16, 2**32, -1, ~1 << 3 | 2, ~0 << 3 | 2, ~3 << 3 | 3)
"""Alarms, auxiliary clocks, and those of other processes and of open devices."""
PRIVATE = {128 | kind for kind in (0, 1, 9, 9 | 256)}
PROBES = {335, 336} if os.uname().machine == "x86_64" else set()
"""Calls of the kernel's own probes: no filter sees them, and they end whoever else makes them."""

LAST = 600  # beyond the highest number of any kernel so far

SOURCE = """
import ctypes

LIBC = ctypes.CDLL(None, use_errno=True)

def error_of(number, *arguments):
    ctypes.set_errno(0)
    result = LIBC.syscall(ctypes.c_long(number), *map(ctypes.c_long, arguments))
    return ctypes.get_errno() if result == -1 else 0

def errors_of(numbers):
    return [error_of(int(number), -1, -1, -1, -1, -1, -1) for number in numbers]

def errors_of_calls(number, calls):
    return [error_of(int(number), *map(int, arguments)) for arguments in calls]
"""


def number_of(name):
    """Return a system call's number on this machine; negative where it has none."""
    return pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name)


@pytest.fixture(scope="module")
def inside(parent):
    """Start a confined process that can make any system call."""
    with Session(parent, LIMITS) as session:
        session.load(cells(SOURCE))
        yield session


def test_every_call_let_through_is_known():
    """A system call that is added to the filter must be added here too, with what it can do."""
    known = [name for names in HARMLESS.values() for name in names.split()]

    assert sorted(known) == sorted(confine.ALLOWED.split())


def test_every_other_call_is_refused(inside):
    """By number, each call that is not let through fails for want of permission."""
    named = {number_of(name) for name in (*confine.ALLOWED.split(), *IN_PART, *confine.MISSING)}
    numbers = np.array([number for number in range(LAST) if number not in named | PROBES])

    errors = call(inside, "errors_of", numbers).value

    wrong = dict(zip(numbers.tolist(), errors, strict=True))
    assert {number: error for number, error in wrong.items() if error != errno.EPERM} == {}
    assert len(numbers) > LAST - 100


def test_calls_with_a_fallback_are_said_to_be_missing(inside):
    """The C library does without these when the kernel seems not to have them."""
    numbers = np.array([number_of(name) for name in confine.MISSING])

    assert call(inside, "errors_of", numbers).value == [errno.ENOSYS] * len(numbers)


REFUSED_IN_PART = {
    "write": [(fd, 0, 0) for fd in (0, 4, 5, 63, 2**32 + 1, -1)],
    "writev": [(fd, 0, 0) for fd in (0, 4, 5, 63, 2**32 + 1, -1)],
    "fcntl": [
        (3, command, 0)
        for command in [*range(16), *range(1024, 1042)]
        if command not in confine.FCNTL
    ],
    "ioctl": [
        (1, request, 0)
        for request in (termios.TIOCSTI, termios.FIONBIO, termios.TIOCSCTTY, termios.FIONREAD)
    ],
    "prctl": [(option, 0, 0, 0, 0) for option in range(80) if option != confine.PR_SET_NAME],
    "openat": [
        (-100, 0, flags, 0)
        for flags in (
            os.O_WRONLY,
            os.O_RDWR,
            os.O_CREAT,
            os.O_TRUNC,
            os.O_TMPFILE | os.O_RDWR,
            os.O_APPEND | os.O_WRONLY,
            2**32 | os.O_WRONLY,
        )
    ],
    "mmap": [
        (0, 4096, 3, flags, -1, 0)
        for flags in (0x21, 0x23, 0x2022, 0x42022, 0x10042022, 0x20, 2**32 | 0x21)
    ],
    "madvise": [(0, 0, advice) for advice in range(-1, 110) if advice not in (4, 8, 14, 15)],
    "futex": [(0, kind, 0, 0, 0, 0) for kind in range(1024) if kind not in PRIVATE],
    "sched_getaffinity": [(1, 128, 0), (-1, 128, 0), (2**32, 128, 0)],
    "clock_gettime": [(clock, 0) for clock in CLOCKS],
    "clock_getres": [(clock, 0) for clock in CLOCKS],
    "clock_nanosleep": [(clock, 0, 0, 0) for clock in CLOCKS],
    "prlimit64": [(1, 7, 0, 0), (os.getpid(), 7, 0, 0), (0, 7, 1, 0), (2**32, 7, 0, 0)],
}


@pytest.mark.parametrize("name", REFUSED_IN_PART)
def test_calls_let_through_in_part_are_refused_otherwise(inside, name):
    """What writes elsewhere, changes a limit, shares anything or sees others is refused."""
    refused = np.array(REFUSED_IN_PART[name], dtype=np.int64)

    errors = call(inside, "errors_of_calls", number_of(name), refused).value

    assert errors == [errno.EPERM] * len(refused)


def test_calls_let_through_in_part_are_known():
    """Each is tested above; `open` is `openat`'s elder, with the same flags."""
    assert {*REFUSED_IN_PART, "open"} == IN_PART
    assert fcntl.F_DUPFD not in confine.FCNTL


def test_ordinary_work_is_not_refused(session):
    """Linear algebra, transforms, random numbers and plots of many kinds work, warnings and all."""
    (outcome,) = session.load(
        cells(
            "import numpy as np\n"
            "import matplotlib.pyplot as plt\n"
            "rng = np.random.default_rng()\n"
            "x = rng.normal(size=(300, 300))\n"
            "np.linalg.svd(x), np.linalg.solve(x, x), np.fft.fft2(x), np.sort(x), x @ x\n"
            "np.polyfit(x[0], x[1], 3), np.histogram(x), np.einsum('ij,jk', x, x), np.save\n"
            "figure, axes = plt.subplots(2, 3, subplot_kw=None, layout='constrained')\n"
            "axes[0, 0].imshow(x)\n"
            "axes[0, 1].hist(x[0])\n"
            "axes[0, 2].scatter(x[0], x[1], label='$\\\\sigma(z)$')\n"
            "axes[1, 0].contourf(x[:20, :20])\n"
            "axes[1, 1].semilogy(np.abs(x[0]), '--')\n"
            "axes[1, 2].bar(range(3), range(3))\n"
            "axes[0, 2].legend()\n"
            "plt.show()\n"
        ),
        figures=True,
    )

    assert outcome.error == ""
    assert len(outcome.figures) == 1
