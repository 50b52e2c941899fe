"""What two submissions that are graded at once could tell each other: nothing that is closed."""

import errno
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from autograder.sandbox.host import WarmParent
from autograder.sandbox.session import Session
from tests.sandbox.conftest import LIMITS
from tests.sandbox.helpers import call, cells

SOURCE = """
import ctypes, mmap, os, time

LIBC = ctypes.CDLL(None, use_errno=True)
FUTEX = 202 if os.uname().machine == "x86_64" else 98
MAP = LIBC.mmap
MAP.restype = ctypes.c_void_p
library = os.open(os.__file__, os.O_RDONLY)
page = MAP(None, ctypes.c_size_t(4096), 1, mmap.MAP_PRIVATE, library, ctypes.c_long(0))
value = ctypes.c_int.from_address(page).value

def futex(kind, value):
    moment = (ctypes.c_long * 2)(1, 0)
    result = LIBC.syscall(FUTEX, ctypes.c_void_p(page), kind, value, moment, None, 0)
    return -ctypes.get_errno() if result == -1 else result

def wait(kind):
    return futex(int(kind), value)

def wake(kind):
    time.sleep(0.01)
    return futex(int(kind), 1)

def cpu_time_of(pid):
    try:
        return time.clock_gettime(~int(pid) << 3 | 2)
    except OSError as error:
        return -error.errno
"""


@pytest.fixture
def two(parent):
    """Start two submissions beside each other."""
    with Session(parent, LIMITS) as one, Session(parent, LIMITS) as other:
        for session in (one, other):
            (outcome,) = session.load(cells(SOURCE), figures=True)
            assert outcome.error == ""
        yield one, other


@pytest.mark.parametrize(
    ("private", "end", "wakes"), [(0, -errno.EPERM, -errno.EPERM), (128, -errno.ETIMEDOUT, 0)]
)
def test_no_wait_is_ended_by_another(two, private, end, wakes):
    """A wait at a page of a library, which both have mapped, is refused or ends by its clock."""
    waiter, waker = two

    with ThreadPoolExecutor() as pool:
        waited = pool.submit(call, waiter, "wait", private)
        woken = [call(waker, "wake", 1 | private).value]
        while not waited.done():
            woken.append(call(waker, "wake", 1 | private).value)

    assert waited.result().value == end
    assert {*woken} == {wakes}


def test_no_process_reads_the_clock_of_another(two):
    """The CPU time of another process cannot be read: burning it would be a sign."""
    assert call(two[0], "cpu_time_of", os.getpid()).value == -errno.EPERM


def test_nothing_that_can_be_written_is_shared():
    """What the warm parent hands down is each process's own, as soon as it writes there."""
    with WarmParent() as parent:
        parent.await_ready()
        maps = Path(f"/proc/{parent._program.pid}/maps").read_text().splitlines()

    rights = {line.split()[1] for line in maps}
    assert len(rights) > 2
    assert {right for right in rights if "w" in right and "s" in right} == set()
