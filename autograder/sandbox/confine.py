"""Take everything from a forked process that student code has no need of, for good.

Two walls of the kernel stand at once. Landlock leaves of all files the libraries, to be read; see
landlock(7). It needs Linux 5.13 or later; each later version of its interface (its ABI) knows more
rights, and all that the running kernel knows are taken. A filter of system calls leaves what
Python, NumPy and Matplotlib need to compute: all else fails with EPERM; see seccomp(2). So no
process is started or signalled, no socket made, no file written, no limit raised, nothing shared
with another process.

Where there is something to tell, even reading a library tells it: the time of a file's last access,
or its being in memory, can be looked up from the next process. So a process that is asked questions
shuts the libraries as well, by a second Landlock, before it runs any line of a student's.
"""

import contextlib
import ctypes
import errno
import fcntl
import mmap
import os
import resource
import signal
import site
import struct
import sys
import sysconfig
import termios
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from autograder.sandbox.answers import IsolationError, Limits

WIRE = 3  # the file descriptor that answers go through
RULESET = WIRE + 1
NOTHING = WIRE + 2
OPEN_FILES = 64
GRACE_SECONDS = 2  # between the kernel's signal and its kill
PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_NAME = 15
PR_SET_NO_NEW_PRIVS = 38
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_CLEAR_ALL = 4
CAPABILITY_VERSION_3 = 0x20080522
LIBC = ctypes.CDLL(None, use_errno=True)


class Walls(NamedTuple):
    """What confines a process, made ready once for all of them."""

    ruleset: int  # of Landlock: a file descriptor
    nothing: int  # another, that leaves no file at all
    rules: Any  # the filter of system calls

    @classmethod
    def prepare(cls) -> "Walls":
        """Make ready. Raises IsolationError when this machine cannot."""
        if sys.platform != "linux":
            raise IsolationError("Student code can be confined on Linux only.")
        return cls(create_ruleset(library_paths()), create_ruleset([]), build_filter())


def confine(wire: int, limits: Limits, walls: Walls | None, parent: int) -> int:
    """Leave this forked process its memory and the wire; return the wire's file descriptor.

    Without `walls` it is detached and limited, but not confined. `parent` is the process it
    was forked from: when that dies, this one is to die too.
    """
    os.setsid()
    die_with(parent)
    if walls:
        with contextlib.suppress(OSError):  # the machine is to take this process first
            Path("/proc/self/oom_score_adj").write_text("1000")
    _keep_only(wire, walls)
    os.chdir("/")
    _limit(limits, walled=walls is not None)
    if walls:
        _drop_capabilities()
        _prctl(PR_SET_NO_NEW_PRIVS, 1)
        _prctl(PR_SET_DUMPABLE, 0)
        restrict_self(RULESET)
        os.close(RULESET)
        install_filter(walls.rules)
    return WIRE


def shut_libraries(*, shut: bool) -> None:
    """Leave a confined process no file to open from now on; or go without that, for good."""
    if shut:
        restrict_self(NOTHING)
    os.close(NOTHING)


def die_with(parent: int) -> None:
    """Have this process killed when the one that started it dies, even if that is killed."""
    if sys.platform == "linux":
        _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)


def _keep_only(wire: int, walls: Walls | None) -> None:
    def out_of_the_way(descriptor: int) -> int:
        return fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, NOTHING + 1)

    needed = [wire, walls.ruleset, walls.nothing] if walls else [wire]
    kept = [out_of_the_way(descriptor) for descriptor in needed]
    null = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(null, number)
    for number, descriptor in enumerate(kept, WIRE):
        os.dup2(descriptor, number, inheritable=False)
    os.closerange(WIRE + len(kept), os.sysconf("SC_OPEN_MAX"))


def _limit(limits: Limits, *, walled: bool) -> None:
    most = {"CPU": int(limits.process_seconds), "CORE": 0}
    if sys.platform == "linux":
        pages = int(Path("/proc/self/statm").read_text().split()[0])  # the libraries' own
        most["AS"] = pages * os.sysconf("SC_PAGE_SIZE") + limits.memory_mb * 2**20
    if walled:
        most |= {"FSIZE": 0, "NPROC": 0, "NOFILE": OPEN_FILES, "MEMLOCK": 0}
    for name, limit in most.items():
        kind = getattr(resource, f"RLIMIT_{name}")
        _, given = resource.getrlimit(kind)
        grace = GRACE_SECONDS if name == "CPU" else 0
        given = limit + grace if given == resource.RLIM_INFINITY else given
        resource.setrlimit(kind, (min(limit, given), min(limit + grace, given)))


def _drop_capabilities() -> None:
    LIBC.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    none = (ctypes.c_uint32 * 6)()
    if LIBC.capset(ctypes.byref(header), ctypes.byref(none)) != 0:
        raise _failed("Capabilities cannot be dropped")


def _prctl(option: int, value: int) -> None:
    if LIBC.prctl(option, ctypes.c_ulong(value), 0, 0, 0) != 0:
        raise _failed(f"prctl({option}) fails")


def _failed(what: str) -> IsolationError:
    return IsolationError(f"{what}: {os.strerror(ctypes.get_errno())}.")


# --- Landlock ---------------------------------------------------------------------------

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

LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64")
FONTS = ("/usr/share/fonts", "/usr/local/share/fonts")
LIBRARY_CACHE = "/etc/ld.so.cache"


def rights(version: int) -> tuple[int, int, int]:
    """Return all that a version of Landlock can take: rights over files and TCP, and scopes."""
    files = sum(rights for since, rights in FILE_RIGHTS.items() if since <= version)
    tcp = TCP_RIGHTS if version >= TCP_ABI else 0
    return files, tcp, SCOPES if version >= SCOPE_ABI else 0


def abi() -> int:
    """Return the version of Landlock this kernel has, or 0."""
    return max(int(LIBC.syscall(CREATE_RULESET, None, ctypes.c_size_t(0), VERSION)), 0)


def create_ruleset(readable: Iterable[Path]) -> int:
    """Make a ruleset that leaves nothing but reading these files and folders.

    Returns its file descriptor, good for any number of processes forked from this one.
    Raises IsolationError when the kernel has no Landlock.
    """
    version = abi()
    if version == 0:
        raise IsolationError("This kernel has no Landlock: it needs Linux 5.13 or later.")
    attributes = struct.pack("=QQQ", *rights(version))
    size = 24 if version >= SCOPE_ABI else 16 if version >= TCP_ABI else 8
    ruleset = _landlock(CREATE_RULESET, attributes, ctypes.c_size_t(size), 0)
    for path in readable:
        allowed = READ_FILE | READ_DIR if path.is_dir() else READ_FILE
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            rule = struct.pack("=Qi", allowed, descriptor)
            _landlock(ADD_RULE, ruleset, PATH_BENEATH, rule, 0)
        finally:
            os.close(descriptor)
    return ruleset


def restrict_self(ruleset: int) -> None:
    """Put this process under a ruleset. It must not be able to gain privileges any more."""
    _landlock(RESTRICT_SELF, ruleset, 0)


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


def _landlock(*call: object) -> int:
    result = int(LIBC.syscall(*call))
    if result < 0:
        raise _failed("Landlock cannot be set up")
    return result


# --- system calls -----------------------------------------------------------------------

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

WRITABLE = (1, 2, WIRE)
FCNTL = (fcntl.F_GETFD, fcntl.F_SETFD, fcntl.F_GETFL)
IOCTL = (termios.TCGETS, termios.FIOCLEX, termios.FIONCLEX)
FUTEX_PRIVATE = 128  # without it, whoever has the same page mapped can wake and be woken
FUTEX = tuple(FUTEX_PRIVATE | kind for kind in (0, 1, 9, 9 | 256))
"""Wait, wake, and wait until a time by either clock: all that locks of the C library use."""
LAST_CLOCK = 7  # CLOCK_BOOTTIME; other processes' clocks have negative numbers, so large ones
MADVISE = (4, 8, 14, 15)  # DONTNEED, FREE, HUGEPAGE, NOHUGEPAGE: of its own memory only
MAP_KIND = 0xF
MAP_COMMON = 0x42000  # MAP_LOCKED and MAP_HUGETLB take from stores that all processes share
O_TMPFILE = 0o20000000  # without O_DIRECTORY, which listing a folder uses
CHANGES = os.O_ACCMODE | os.O_CREAT | os.O_TRUNC | O_TMPFILE


def build_filter() -> Any:
    """Make the filter, for `install_filter` in processes forked from this one.

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
            _add(rules, pyseccomp.ALLOW, name, *condition)
    return rules


def _in_part(pyseccomp: Any) -> dict[str, list[tuple[Any, ...]]]:
    """Give the calls that are let through for some values of an argument, and for which."""
    arg = pyseccomp.Arg
    clock = [(arg(0, pyseccomp.LE, LAST_CLOCK),)]

    def equal(argument: int, *values: int) -> list[tuple[Any, ...]]:
        return [(arg(argument, pyseccomp.EQ, value),) for value in values]

    def masked(argument: int, mask: int, value: int) -> list[tuple[Any, ...]]:
        return [(arg(argument, pyseccomp.MASKED_EQ, mask, value),)]

    return {
        "write": equal(0, *WRITABLE),
        "writev": equal(0, *WRITABLE),
        "fcntl": equal(1, *FCNTL),
        "ioctl": equal(1, *IOCTL),
        "prctl": equal(0, PR_SET_NAME),
        "landlock_restrict_self": equal(0, NOTHING),
        "prlimit64": [(arg(0, pyseccomp.EQ, 0), arg(2, pyseccomp.EQ, 0))],  # its own, to read
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


def _add(rules: Any, action: int, name: str, *conditions: Any) -> None:
    try:
        rules.add_rule(action, name, *conditions)
    except OSError as error:
        if error.errno not in (errno.EDOM, errno.EINVAL, errno.EFAULT):
            raise  # those say that the architecture has no such call


def install_filter(rules: Any) -> None:
    """Put this process under a filter, for good."""
    rules.load()
