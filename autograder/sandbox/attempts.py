"""Source that tries, from inside, what confined code must not be able to do.

For each name in `ATTEMPTS`, `SOURCE` defines a function of that name. Given the path of a file
that the grader can read and write, it tries one thing, and returns 0 when that is refused and
1 when it is done; any other trouble is raised. What is done where nothing confines leaves no
trace outside the file's folder.
"""

ATTEMPTS = {
    "read_a_file": "read the grader's files",
    "list_a_folder": "list the grader's folders",
    "list_processes": "list the machine's processes",
    "read_its_own_proc": "read /proc/self/environ",
    "read_the_parents_memory": "read the memory of its parent",
    "find_an_environment": "find the grader's environment variables",
    "find_open_files": "find open files of the grader's",
    "write_a_temporary_file": "write into the temporary folder",
    "write_here": "write into its working folder",
    "write_a_device": "open a device for writing",
    "append": "append to a file",
    "truncate": "truncate a file",
    "remove": "remove a file",
    "rename": "rename a file",
    "link": "link a file",
    "make_a_folder": "make a folder",
    "change_a_mode": "change a file's mode",
    "change_a_time": "change a file's times",
    "open_an_internet_socket": "open an Internet socket",
    "open_a_unix_socket": "open a Unix socket",
    "make_a_pair_of_sockets": "make a pair of sockets",
    "make_a_pipe": "make a pipe",
    "fork": "start a process",
    "execute": "execute a program",
    "start_a_thread": "start a thread",
    "signal_the_parent": "signal its parent",
    "signal_everyone": "signal every process",
    "send_signals_by_file": "have a file send signals",
    "queue_a_signal": "queue a signal for its parent",
    "trace_the_parent": "trace its parent",
    "open_the_parent": "open a handle on its parent",
    "make_memory_files": "make files in memory",
    "share_memory": "share memory with other processes",
    "map_shared_memory": "map memory that can be shared",
    "wake_others": "wake whoever waits at a page that is shared",
    "read_the_parents_clock": "read its parent's CPU time",
    "push_out_pages": "push pages of libraries out of memory",
    "see_the_load": "see the machine's load and free memory",
    "raise_a_limit": "raise its own limits",
    "limit_the_parent": "read or change its parent's limits",
    "take_priority": "change its priority",
    "choose_processors": "choose its processors",
    "mount": "mount a file system",
    "enter_a_namespace": "enter a namespace",
    "use_io_uring": "use io_uring",
    "set_an_alarm": "set a timer",
    "control_the_process": "control its own process attributes",
    "become_another_user": "become another user",
}

SOURCE = """
import ctypes, errno, fcntl, mmap, os, resource, signal, socket, tempfile, threading, time

LIBC = ctypes.CDLL(None, use_errno=True)
FUTEX = {"x86_64": 202, "ppc64le": 221, "s390x": 238}.get(os.uname().machine, 98)
REFUSED = {errno.EPERM, errno.EACCES, errno.ENOSYS}

def attempt(deed):
    def tried(path):
        try:
            deed(path)
        except OSError as error:
            if error.errno not in REFUSED:
                raise
            return 0
        return 1
    return tried

def check(result):
    if result == -1:
        raise OSError(ctypes.get_errno(), "refused")

@attempt
def read_a_file(path): open(path).read()

@attempt
def list_a_folder(path): os.listdir(os.path.dirname(path))

@attempt
def list_processes(path): os.listdir("/proc")

@attempt
def read_its_own_proc(path): open("/proc/self/environ").read()

@attempt
def read_the_parents_memory(path):
    buffer = ctypes.create_string_buffer(8)
    vector = (ctypes.c_void_p * 2)(ctypes.addressof(buffer), 8)
    check(LIBC.process_vm_readv(os.getppid(), vector, 1, vector, 1, 0))

@attempt
def find_an_environment(path):
    if not set(os.environ) - {"MPLBACKEND", "LANG"}:
        raise PermissionError(errno.EPERM, "nothing there")

@attempt
def find_open_files(path):
    for number in range(4, 1024):
        try:
            os.fstat(number)
        except OSError:
            continue
        return
    raise PermissionError(errno.EPERM, "nothing there")

@attempt
def write_a_temporary_file(path): tempfile.TemporaryFile(dir=os.path.dirname(path))

@attempt
def write_here(path): os.close(os.open(".", os.O_TMPFILE | os.O_WRONLY))

@attempt
def write_a_device(path): open("/dev/null", "w")

@attempt
def append(path): open(path, "a")

@attempt
def truncate(path): os.truncate(path, 0)

@attempt
def remove(path): os.remove(path)

@attempt
def rename(path): os.rename(path, path + "2")

@attempt
def link(path): os.symlink(path, path + "3")

@attempt
def make_a_folder(path): os.mkdir(path + "4")

@attempt
def change_a_mode(path): os.chmod(path, 0o777)

@attempt
def change_a_time(path): os.utime(path)

@attempt
def open_an_internet_socket(path): socket.socket(socket.AF_INET)

@attempt
def open_a_unix_socket(path): socket.socket(socket.AF_UNIX)

@attempt
def make_a_pair_of_sockets(path): socket.socketpair()

@attempt
def make_a_pipe(path): os.pipe()

@attempt
def fork(path):
    if os.fork() == 0:
        os._exit(0)

@attempt
def execute(path): os.execv("/bin/sh", ["sh", "-c", "exit"])

@attempt
def start_a_thread(path):
    try:
        threading.Thread(target=int).start()
    except RuntimeError:
        raise PermissionError(errno.EPERM, "refused") from None

@attempt
def signal_the_parent(path): os.kill(os.getppid(), 0)

@attempt
def signal_everyone(path): os.kill(-1, 0)

@attempt
def send_signals_by_file(path):
    fcntl.fcntl(3, fcntl.F_SETOWN, os.getppid())

@attempt
def queue_a_signal(path): check(LIBC.sigqueue(os.getppid(), 0, None))

@attempt
def trace_the_parent(path): check(LIBC.ptrace(0x4206, os.getppid(), None, None))

@attempt
def open_the_parent(path): os.pidfd_open(os.getppid())

@attempt
def make_memory_files(path): os.memfd_create("x")

@attempt
def share_memory(path): check(LIBC.shmget(0, 4096, 0o1600))

@attempt
def map_shared_memory(path): mmap.mmap(-1, 4096)

@attempt
def wake_others(path):
    page = mmap.mmap(-1, 4096, mmap.MAP_PRIVATE)
    word = ctypes.addressof(ctypes.c_char.from_buffer(page))
    check(LIBC.syscall(FUTEX, ctypes.c_void_p(word), 1, 1, None, None, 0))

@attempt
def read_the_parents_clock(path): time.clock_gettime(~os.getppid() << 3 | 2)

@attempt
def push_out_pages(path): mmap.mmap(-1, 4096, mmap.MAP_PRIVATE).madvise(21)

@attempt
def see_the_load(path): check(LIBC.sysinfo(ctypes.create_string_buffer(512)))

@attempt
def raise_a_limit(path):
    try:
        resource.setrlimit(resource.RLIMIT_STACK, resource.getrlimit(resource.RLIMIT_STACK))
    except ValueError:
        raise PermissionError(errno.EPERM, "refused") from None

@attempt
def limit_the_parent(path): resource.prlimit(os.getppid(), resource.RLIMIT_CPU)

@attempt
def take_priority(path): os.setpriority(os.PRIO_PROCESS, 0, os.getpriority(os.PRIO_PROCESS, 0))

@attempt
def choose_processors(path): os.sched_setaffinity(0, os.sched_getaffinity(0))

@attempt
def enter_a_namespace(path): check(LIBC.unshare(0x10000000))

@attempt
def mount(path): check(LIBC.mount(b"none", b"/", b"no-such-system", 0, None))

@attempt
def use_io_uring(path): check(LIBC.syscall(425, 1, ctypes.create_string_buffer(120)))

@attempt
def set_an_alarm(path): signal.setitimer(signal.ITIMER_REAL, 1000)

@attempt
def control_the_process(path): check(LIBC.prctl(4, 1, 0, 0, 0))

@attempt
def become_another_user(path): os.setuid(os.getuid())
"""
