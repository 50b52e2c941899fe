"""Take everything from a forked process that student code has no need of."""

import ctypes
import fcntl
import os
import resource
import signal
import sys
from dataclasses import dataclass
from pathlib import Path

from autograder.sandbox import landlock, seccomp
from autograder.sandbox.answers import IsolationError, Limits

RULESET = seccomp.WIRE + 1
OPEN_FILES = 64
GRACE_SECONDS = 2  # between the kernel's signal and its kill
PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_NO_NEW_PRIVS = 38
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_CLEAR_ALL = 4
CAPABILITY_VERSION_3 = 0x20080522


@dataclass(frozen=True)
class Walls:
    """What confines a process, made ready once for all of them.

    Attributes
    ----------
    ruleset : file descriptor of the Landlock ruleset
    program : the compiled seccomp filter
    """

    ruleset: int
    program: bytes

    @classmethod
    def prepare(cls) -> "Walls":
        """Make ready. Raises IsolationError when this machine cannot."""
        if sys.platform != "linux":
            raise IsolationError("Student code can be confined on Linux only.")
        return cls(landlock.create_ruleset(landlock.library_paths()), seccomp.build())


def confine(wire: int, limits: Limits, walls: Walls | None, parent: int) -> int:
    """Leave this forked process its memory and the wire; return the wire's file descriptor.

    Without `walls` it is detached and limited, but not confined. `parent` is the process it
    was forked from: when that dies, this one is to die too.
    """
    os.setsid()
    die_with(parent)
    if walls:
        _offer_to_the_oom_killer()
    _keep_only(wire, walls)
    os.chdir("/")
    _limit(limits, walled=walls is not None)
    if walls:
        _drop_capabilities()
        _prctl(PR_SET_NO_NEW_PRIVS, 1)
        _prctl(PR_SET_DUMPABLE, 0)
        landlock.restrict_self(RULESET)
        os.close(RULESET)
        seccomp.install(walls.program)
    return seccomp.WIRE


def die_with(parent: int) -> None:
    """Have this process killed when the one that started it dies, even if that is killed."""
    if sys.platform == "linux":
        _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)


def _offer_to_the_oom_killer() -> None:
    """Have the machine take this process first if it runs out of memory."""
    try:
        Path("/proc/self/oom_score_adj").write_text("1000")
    except OSError:
        return


def _keep_only(wire: int, walls: Walls | None) -> None:
    kept = [_out_of_the_way(wire)]
    if walls:
        kept.append(_out_of_the_way(walls.ruleset))
    null = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(null, number)
    for number, descriptor in enumerate(kept, seccomp.WIRE):
        os.dup2(descriptor, number, inheritable=False)
    os.closerange(seccomp.WIRE + len(kept), os.sysconf("SC_OPEN_MAX"))


def _out_of_the_way(descriptor: int) -> int:
    return fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, RULESET + 1)


def _limit(limits: Limits, *, walled: bool) -> None:
    cpu = int(limits.process_seconds)
    _set_limit(resource.RLIMIT_CPU, cpu, cpu + GRACE_SECONDS)
    _set_limit(resource.RLIMIT_CORE, 0)
    if sys.platform == "linux":
        _set_limit(resource.RLIMIT_AS, _address_space() + limits.memory_mb * 2**20)
    if walled:
        _set_limit(resource.RLIMIT_FSIZE, 0)
        _set_limit(resource.RLIMIT_NPROC, 0)
        _set_limit(resource.RLIMIT_NOFILE, OPEN_FILES)
        _set_limit(resource.RLIMIT_MEMLOCK, 0)


def _set_limit(kind: int, soft: int, hard: int | None = None) -> None:
    hard = soft if hard is None else hard
    _, most = resource.getrlimit(kind)
    if most != resource.RLIM_INFINITY:
        soft, hard = min(soft, most), min(hard, most)
    resource.setrlimit(kind, (soft, hard))


def _address_space() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * os.sysconf("SC_PAGE_SIZE")


def _drop_capabilities() -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    none = (ctypes.c_uint32 * 6)()
    if libc.capset(ctypes.byref(header), ctypes.byref(none)) != 0:
        raise IsolationError(f"Capabilities cannot be dropped: {os.strerror(ctypes.get_errno())}.")


def _prctl(option: int, value: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(option, ctypes.c_ulong(value), 0, 0, 0) != 0:
        raise IsolationError(f"prctl({option}) fails: {os.strerror(ctypes.get_errno())}.")
