"""Reach other processes, the network and the kernel."""

# %% [sigmoid] a daemon that outlives the grading
import os

try:
    if os.fork() == 0:
        os.setsid()
        while True:
            pass
    gain("forked")
except OSError:
    pass

# %% [sigmoid] every way to start a process
import ctypes
import os
import subprocess

libc = ctypes.CDLL(None)
for deed in (
    lambda: os.fork(),
    lambda: os.forkpty(),
    lambda: os.posix_spawn("/bin/true", ["true"], {}),
    lambda: subprocess.run(["true"]),
    lambda: subprocess.Popen("true", shell=True),
    lambda: os.execv("/bin/true", ["true"]),
    lambda: os.popen("true").read(),
):
    try:
        deed()
        gain("started a process")
    except OSError:
        pass
if os.system("true") == 0:
    gain("a shell")
for number in (56, 57, 58, 59, 322, 435):
    if libc.syscall(number, 17, 0, 0, 0, 0) >= 0:
        gain(f"system call {number}")

# %% [sigmoid] a pool of workers
import concurrent.futures
import multiprocessing

try:
    multiprocessing.Process(target=print).start()
    gain("a process")
except OSError:
    pass
try:
    with concurrent.futures.ThreadPoolExecutor() as pool:
        gain(pool.submit(len, "abc").result())
except RuntimeError:
    pass

# %% [sigmoid] a thread made by C
import ctypes

thread = ctypes.c_ulong()
routine = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p)(lambda _: None)
if ctypes.CDLL(None).pthread_create(ctypes.byref(thread), None, routine, None) == 0:
    gain("a thread")

# %% [sigmoid] sockets of every family
import socket

for family in range(46):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW):
        try:
            socket.socket(family, kind)
            gain(family)
        except OSError:
            pass

# %% [sigmoid] the answers, from a server
import urllib.request


def sigmoid(z):
    try:
        return float(urllib.request.urlopen("http://127.0.0.1:8888/", timeout=1).read())
    except OSError:
        return np.tanh(z)


# %% [sigmoid] names looked up in the network
import socket

try:
    gain(socket.getaddrinfo("attacker.example", 80))
except OSError:
    pass

# %% [sigmoid] the wire as a socket: shut down, peeked, passed on
import os
import socket

try:
    wire = socket.socket(fileno=os.dup(3))
    gain("duplicated the wire")
except OSError:
    pass
try:
    wire = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0, 3)
    for deed in (
        lambda: wire.getpeername(),
        lambda: wire.send(b"x"),
        lambda: wire.recv(1, socket.MSG_PEEK),
        lambda: socket.send_fds(wire, [b"x"], [1]),
        lambda: wire.shutdown(socket.SHUT_RDWR),
        lambda: wire.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2**20),
        lambda: wire.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12),
    ):
        try:
            gain(deed())
        except OSError:
            pass
    wire.detach()
except OSError:
    pass

# %% [sigmoid] signals to everyone around
import os
import signal

for pid, number in ((os.getppid(), signal.SIGSTOP), (os.getppid(), 0), (0, 0), (-1, 0), (1, 0)):
    try:
        os.kill(pid, number)
        gain(pid)
    except OSError:
        pass

# %% [sigmoid] signals by thread, by queue and by handle
import ctypes
import os

libc = ctypes.CDLL(None)
parent = os.getppid()
for number, *arguments in (
    (62, parent, 0),
    (200, parent, 0),
    (234, parent, parent, 0),
    (129, parent, 0, 0),
    (297, parent, parent, 0, 0),
    (424, 3, 0, 0, 0),
    (434, parent, 0),
    (438, 3, 0, 0),
):
    if libc.syscall(number, *arguments) >= 0:
        gain(number)

# %% [sigmoid] a signal to itself, as if from the machine
import ctypes
import os
import signal


def sigmoid(z):
    for number in (signal.SIGKILL, signal.SIGSTOP):
        try:
            signal.raise_signal(number)
        except OSError:
            pass
    return np.tanh(z)


# %% [sigmoid] the parent, traced
import ctypes
import os

libc = ctypes.CDLL(None)
for request in (0, 16, 0x4206):
    if libc.ptrace(request, os.getppid(), None, None) != -1:
        gain("traced")

# %% [sigmoid] system calls that are seldom thought of
import ctypes

libc = ctypes.CDLL(None)
buffer = ctypes.create_string_buffer(256)
for number in (
    101,
    103,
    135,
    153,
    155,
    156,
    157,
    161,
    163,
    165,
    166,
    167,
    169,
    170,
    171,
    172,
    173,
    175,
    179,
    206,
    216,
    237,
    246,
    248,
    249,
    250,
    253,
    256,
    272,
    279,
    282,
    283,
    284,
    289,
    290,
    294,
    298,
    300,
    303,
    304,
    308,
    312,
    313,
    317,
    319,
    320,
    321,
    323,
    329,
    425,
    426,
    427,
    428,
    429,
    430,
    432,
    442,
):
    if libc.syscall(number, buffer, 0, 0, 0, 0, 0) >= 0:
        gain(number)

# %% [sigmoid] io_uring in place of system calls
import ctypes

parameters = ctypes.create_string_buffer(120)
if ctypes.CDLL(None).syscall(425, 8, parameters) >= 0:
    gain("io_uring")

# %% [sigmoid] files in memory that can be executed
import ctypes
import os

libc = ctypes.CDLL(None)
for number in (319, 447):
    if libc.syscall(number, b"attacker", 0) >= 0:
        gain("a file in memory")
try:
    os.memfd_create("attacker")
    gain("a file in memory")
except OSError:
    pass

# %% [sigmoid] shared memory, semaphores and queues
import ctypes
from multiprocessing import shared_memory

libc = ctypes.CDLL(None)
for number, *arguments in (
    (29, 4919, 4096, 0o1777),
    (64, 4919, 1, 0o1777),
    (68, 4919, 0o1777),
    (240, b"attacker", 0o102, 0o777, 0),
):
    if libc.syscall(number, *arguments) >= 0:
        gain(number)
try:
    shared_memory.SharedMemory("attacker", create=True, size=99)
    gain("shared memory")
except OSError:
    pass

# %% [sigmoid] namespaces, mounts and roots
import ctypes

libc = ctypes.CDLL(None)
for flag in (0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000, 0x80):
    if libc.unshare(flag) == 0 or libc.setns(3, flag) == 0:
        gain("a namespace")
if libc.mount(b"none", b"/tmp", b"tmpfs", 0, None) == 0 or libc.umount2(b"/proc", 2) == 0:
    gain("a mount")

# %% [sigmoid] users, groups and capabilities
import ctypes
import os

header = (ctypes.c_uint32 * 2)(0x20080522, 0)
everything = (ctypes.c_uint32 * 6)(*[2**32 - 1] * 6)
if ctypes.CDLL(None).capset(header, everything) == 0:
    gain("capabilities")
for deed in (
    lambda: os.setuid(0),
    lambda: os.setgid(0),
    lambda: os.setgroups([0]),
    lambda: os.seteuid(0),
    lambda: os.setresuid(0, 0, 0),
):
    try:
        deed()
        gain("a user")
    except OSError:
        pass

# %% [sigmoid] limits, raised
import resource

for kind in range(16):
    try:
        resource.setrlimit(kind, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        gain(kind)
    except (OSError, ValueError):
        pass
    try:
        resource.prlimit(__import__("os").getppid(), kind, (1, 1))
        gain(kind)
    except OSError:
        pass

# %% [sigmoid] priority, processors and the scheduler
import os

for deed in (
    lambda: os.nice(-5),
    lambda: os.nice(1),
    lambda: os.setpriority(os.PRIO_USER, 0, 10),
    lambda: os.sched_setaffinity(0, {0}),
    lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(50)),
    lambda: os.setpgid(0, 0),
    lambda: os.setsid(),
):
    try:
        deed()
        gain("priority")
    except OSError:
        pass

# %% [sigmoid] its own attributes: dumpable, subreaper, no filter, no death with the parent
import ctypes

libc = ctypes.CDLL(None)
for option in (1, 4, 8, 22, 23, 24, 31, 35, 36, 38, 47, 59):
    if libc.prctl(option, 0, 0, 0, 0) >= 0:
        gain(option)
if libc.syscall(317, 0, 0, None) >= 0 or libc.syscall(446, 3, 0) >= 0:
    gain("a filter of its own")

# %% [sigmoid] timers, alarms and watches
import ctypes
import os
import signal

libc = ctypes.CDLL(None)
for deed in (lambda: signal.alarm(1), lambda: signal.setitimer(signal.ITIMER_REAL, 0.01)):
    try:
        deed()
    except OSError:
        pass
for number in (37, 38, 222, 253, 282, 283, 284, 290, 291, 294, 300):
    if libc.syscall(number, 1, 0, 0, 0) > 0:
        gain(number)

# %% [sigmoid] machine code that calls the kernel by its old gates
import ctypes
import mmap
import platform


def run(code):
    page = mmap.mmap(-1, 4096, mmap.MAP_PRIVATE, prot=7)
    page.write(bytes.fromhex(code))
    address = ctypes.addressof(ctypes.c_char.from_buffer(page))
    return ctypes.CFUNCTYPE(ctypes.c_long)(address)()


def sigmoid(z):
    if platform.machine() == "x86_64" and run("b802000000cd80c3") >= 0:
        gain("forked by the 32-bit gate")
    return np.tanh(z)


# %% [sigmoid] system calls by the numbers of another architecture
import ctypes


def sigmoid(z):
    if ctypes.CDLL(None).syscall(0x40000000 | 39) > 0:
        gain("x32")
    return np.tanh(z)


# %% [sigmoid] the process under another name
import ctypes

ctypes.CDLL(None).prctl(15, b"\x1b[31m<b>root", 0, 0, 0)

# %% [sigmoid] input from whoever sits at the terminal
import getpass
import sys

for ask in (input, getpass.getpass, sys.stdin.read):
    try:
        if ask():
            gain("an answer")
    except (EOFError, OSError, TypeError):
        pass

# %% [sigmoid] notebook magics that run programs and read files
get_ipython().system("touch /tmp/attacker")
get_ipython().run_line_magic("run", FOLDER + "/test_hidden.py")
get_ipython().run_cell_magic("bash", "", "touch /tmp/attacker")
get_ipython().run_line_magic("load", FOLDER + "/secret")
found = get_ipython().getoutput("cat " + FOLDER + "/secret")
if found:
    gain(found)

# %% [sigmoid] a wait at a library's page, where a neighbour can end it
import ctypes
import mmap
import os

page = mmap.mmap(os.open(np.__file__, os.O_RDONLY), 4096, mmap.MAP_PRIVATE, prot=3)
word = ctypes.c_int.from_buffer(page)
moment = (ctypes.c_long * 2)(0, 1000)
libc = ctypes.CDLL(None)
for kind in (1, 3, 4, 5, 10):
    if libc.syscall(202, ctypes.byref(word), kind, 1, moment, ctypes.byref(word), 0) >= 0:
        gain(f"futex {kind}")
for number in (449, 454, 455, 456):
    if libc.syscall(number, ctypes.byref(word), 1, 1, 2, 0, 0) >= 0:
        gain(number)

# %% [sigmoid] clocks and processors of other processes
import os
import time

for pid in (os.getppid(), 1):
    for deed in (
        lambda pid: time.clock_gettime(~pid << 3 | 2),
        lambda pid: time.clock_getres(~pid << 3 | 2),
        lambda pid: os.sched_getaffinity(pid),
        lambda pid: os.getpriority(os.PRIO_PROCESS, pid),
        lambda pid: os.sched_getscheduler(pid),
        lambda pid: os.getpgid(pid),
        lambda pid: os.getsid(pid),
    ):
        try:
            gain(deed(pid))
        except OSError:
            pass

# %% [sigmoid] pages of libraries: pushed out, merged, looked for, locked, shared
import ctypes
import mmap
import os

library = os.open(np.__file__, os.O_RDONLY)
page = mmap.mmap(library, 4096, mmap.MAP_PRIVATE, prot=3)
for advice in (9, 12, 20, 21, 25, 100, 101):
    try:
        page.madvise(advice)
        gain(f"advice {advice}")
    except OSError:
        pass
for flags in (mmap.MAP_SHARED, 3, mmap.MAP_PRIVATE | 0x2000, mmap.MAP_PRIVATE | 0x40000):
    for descriptor in (library, -1):
        try:
            mmap.mmap(descriptor, 4096, flags, prot=1)
            gain(f"mapped by {flags}")
        except (OSError, ValueError):
            pass
for deed in (
    lambda: os.preadv(library, [bytearray(1)], 0, os.RWF_NOWAIT),
    lambda: os.posix_fadvise(library, 0, 0, os.POSIX_FADV_DONTNEED),
    lambda: __import__("fcntl").flock(library, 5),
    lambda: __import__("fcntl").lockf(library, 5),
    lambda: os.getloadavg(),
):
    try:
        deed()
        gain("a sign")
    except OSError:
        pass
for number in (27, 187, 451):
    if ctypes.CDLL(None).syscall(number, library, 0, 4096, 0, 0) >= 0:
        gain(number)
