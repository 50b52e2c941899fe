"""Prove, from inside, that the walls hold and that ordinary work goes on within them."""

import tempfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from autograder.sandbox.answers import CellSource, IsolationError, Limits
from autograder.sandbox.host import WarmParent
from autograder.sandbox.session import Session

SIZE = 20
LIMITS = Limits(call_seconds=10.0, cell_seconds=20.0)
SECRET = "read by the grader only"  # noqa: S105 - to be kept, but worth nothing
ORDINARY = """
import numpy as np
import matplotlib.pyplot as plt

plt.plot(np.linspace(0, 1), label="loss")
plt.legend()
plt.show()

def ordinary(size):
    rng = np.random.default_rng(0)
    matrix = rng.normal(size=(size, size))
    return np.linalg.inv(matrix) @ matrix
"""

TABLE = """
read_a_file | read the grader's files | open(path).read()
read_a_library | read the files of libraries | open(os.__file__).read()
list_a_folder | list the grader's folders | os.listdir(folder)
list_processes | list the machine's processes | os.listdir("/proc")
read_its_own_proc | read /proc/self/environ | open("/proc/self/environ").read()
read_the_parents_memory | read the memory of its parent | read_memory(parent)
find_an_environment | find the grader's environment variables | must_be(set(os.environ) - OWN)
find_open_files | find open files of the grader's | must_be(any(map(is_open, range(4, 1024))))
write_a_temporary_file | write into the temporary folder | tempfile.TemporaryFile(dir=folder)
write_here | write into its working folder | os.close(os.open(".", os.O_TMPFILE | os.O_WRONLY))
write_a_device | open a device for writing | open("/dev/null", "w")
append | append to a file | open(path, "a")
truncate | truncate a file | os.truncate(path, 0)
remove | remove a file | os.remove(path)
rename | rename a file | os.rename(path, path + "2")
link | link a file | os.symlink(path, path + "3")
make_a_folder | make a folder | os.mkdir(path + "4")
change_a_mode | change a file's mode | os.chmod(path, 0o777)
change_a_time | change a file's times | os.utime(path)
open_an_internet_socket | open an Internet socket | socket.socket(socket.AF_INET)
open_a_unix_socket | open a Unix socket | socket.socket(socket.AF_UNIX)
make_a_pair_of_sockets | make a pair of sockets | socket.socketpair()
make_a_pipe | make a pipe | os.pipe()
fork | start a process | os.fork() or os._exit(0)
execute | execute a program | os.execv("/bin/sh", ["sh", "-c", "exit"])
start_a_thread | start a thread | unless(RuntimeError, threading.Thread(target=int).start)
signal_the_parent | signal its parent | os.kill(parent, 0)
signal_everyone | signal every process | os.kill(-1, 0)
send_signals_by_file | have a file send signals | fcntl.fcntl(3, fcntl.F_SETOWN, parent)
queue_a_signal | queue a signal for its parent | check(LIBC.sigqueue(parent, 0, None))
trace_the_parent | trace its parent | check(LIBC.ptrace(0x4206, parent, None, None))
open_the_parent | open a handle on its parent | os.pidfd_open(parent)
make_memory_files | make files in memory | os.memfd_create("x")
share_memory | share memory with other processes | check(LIBC.shmget(0, 4096, 0o1600))
map_shared_memory | map memory that can be shared | mmap.mmap(-1, 4096)
wake_others | wake whoever waits at a page that is shared | wake_at(private_page())
read_the_parents_clock | read its parent's CPU time | time.clock_gettime(~parent << 3 | 2)
push_out_pages | push pages of libraries out of memory | private_page().madvise(21)
see_the_load | see the machine's load and free memory | check(LIBC.sysinfo(buffer(512)))
raise_a_limit | raise its own limits | unless(ValueError, resource.setrlimit, STACK, stack)
limit_the_parent | read or change its parent's limits | resource.prlimit(parent, CPU)
take_priority | change its priority | os.setpriority(0, 0, os.getpriority(0, 0))
choose_processors | choose its processors | os.sched_setaffinity(0, os.sched_getaffinity(0))
mount | mount a file system | check(LIBC.mount(b"none", b"/", b"no-such-system", 0, None))
enter_a_namespace | enter a namespace | check(LIBC.unshare(0x10000000))
use_io_uring | use io_uring | check(LIBC.syscall(425, 1, buffer(120)))
set_an_alarm | set a timer | signal.setitimer(signal.ITIMER_REAL, 1000)
control_the_process | control its own process attributes | check(LIBC.prctl(4, 1, 0, 0, 0))
become_another_user | become another user | os.setuid(os.getuid())
"""
"""What confined code must not be able to do: a name, what it is in words, and how it is tried."""

SHUT = "read_a_library"
"""What is refused only to a process that is asked questions."""

ROWS = [row.split(" | ", 2) for row in TABLE.strip().splitlines()]
ATTEMPTS = {name: words for name, words, _ in ROWS}
SOURCE = """
import ctypes, errno, fcntl, mmap, os, resource, signal, socket, tempfile, threading, time

LIBC = ctypes.CDLL(None, use_errno=True)
FUTEX = {"x86_64": 202, "ppc64le": 221, "s390x": 238}.get(os.uname().machine, 98)
REFUSED = {errno.EPERM, errno.EACCES, errno.ENOSYS}
OWN = {"MPLBACKEND", "LANG"}
STACK, CPU = resource.RLIMIT_STACK, resource.RLIMIT_CPU
buffer = ctypes.create_string_buffer

def attempt(deed):
    def tried(path):
        given = path, os.path.dirname(path), os.getppid(), resource.getrlimit(STACK)
        try:
            deed(*given)
        except OSError as error:
            if error.errno not in REFUSED:
                raise
            return 0
        return 1
    return tried

def check(result):
    if result == -1:
        raise OSError(ctypes.get_errno(), "refused")

def must_be(found):
    if not found:
        raise PermissionError(errno.EPERM, "nothing there")

def unless(refusal, deed, *args):
    try:
        deed(*args)
    except refusal:
        raise PermissionError(errno.EPERM, "refused") from None

def is_open(number):
    try:
        os.fstat(number)
    except OSError:
        return False
    return True

def read_memory(pid):
    memory = buffer(8)
    vector = (ctypes.c_void_p * 2)(ctypes.addressof(memory), 8)
    check(LIBC.process_vm_readv(pid, vector, 1, vector, 1, 0))

def private_page():
    return mmap.mmap(-1, 4096, mmap.MAP_PRIVATE)

def wake_at(page):
    word = ctypes.addressof(ctypes.c_char.from_buffer(page))
    check(LIBC.syscall(FUTEX, ctypes.c_void_p(word), 1, 1, None, None, 0))
""" + "".join(
    f"\n@attempt\ndef {name}(path, folder, parent, stack): {deed}\n" for name, _, deed in ROWS
)
"""Defines a function for each attempt: given the path of a file that the grader can read and write,
it returns 0 when it is refused and 1 when it is done; any other trouble is raised. What is done
where nothing confines leaves no trace outside the file's folder.
"""


def prove(parent: WarmParent, *, hidden: Iterable[Path] = ()) -> None:
    """Try every wall in a process forked the ordinary way.

    `hidden` are files of the course that must be out of reach as well. Raises IsolationError,
    naming what student code can do that it must not, or cannot do that it must.
    """
    with (
        tempfile.TemporaryDirectory(prefix="autograder-") as folder,
        Session(parent, LIMITS) as session,
    ):
        secret = Path(folder) / "secret"
        secret.write_text(SECRET)
        # First: what is done where there are no walls may harm the parent.
        possible = _left_open(parent, secret)
        session.load([CellSource("attempts", SOURCE)], figures=True)  # libraries stay open to that
        possible += [
            deed
            for name, deed in ATTEMPTS.items()
            if name != SHUT and not _refused(session, name, secret)
        ]
        possible += [
            f"read {path.name}" for path in hidden if not _refused(session, "read_a_file", path)
        ]
        if possible:
            deeds = ", ".join(possible)
            raise IsolationError(f"Student code is not confined here: it can {deeds}.")
    with Session(parent, LIMITS) as session:
        _prove_ordinary_work(session)


def _left_open(parent: WarmParent, path: Path) -> list[str]:
    """Return what a process can read that is asked questions: not even libraries."""
    with Session(parent, LIMITS) as session:
        session.load([CellSource("attempts", SOURCE)])
        return [] if _refused(session, SHUT, path) else [ATTEMPTS[SHUT]]


def _refused(session: Session, name: str, path: Path) -> bool:
    """Tell whether an attempt is refused for certain: one that goes astray proves nothing."""
    answer = session.call(name, (str(path),), seconds=LIMITS.call_seconds)
    return answer.kind == "value" and type(answer.value) is int and answer.value == 0


def _prove_ordinary_work(session: Session) -> None:
    (outcome,) = session.load([CellSource("ordinary work", ORDINARY)], figures=True)
    answer = session.call("ordinary", (SIZE,), seconds=LIMITS.call_seconds)
    error = outcome.error or answer.error
    value = answer.value
    is_identity = isinstance(value, np.ndarray) and np.allclose(value, np.eye(SIZE))
    if not error and not (outcome.figures and is_identity):
        error = "a wrong result"
    if error:
        raise IsolationError(f"NumPy and Matplotlib do not work in confinement: {error}.")
