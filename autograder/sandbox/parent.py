"""The warm parent: a clean process with NumPy and Matplotlib loaded, that forks on request.

It is started with nothing of the grader's memory or environment, sees neither tests nor
submissions, and runs no student code itself. Messages over its control socket are lines of
JSON: ``{"fork": limits}`` with the child's end of a wire, answered by ``{"pid": n}`` with a
pidfd, and ``{"reap": n}``, answered by ``{"status": n, "cpu": seconds}`` once the child has ended.
"""

import gc
import os
import signal
import socket
import sys
from typing import NoReturn

import numpy as np

from autograder.sandbox import child
from autograder.sandbox.answers import CellSource, IsolationError, Limits
from autograder.sandbox.confine import Walls, die_with
from autograder.sandbox.control import receive, send
from autograder.sandbox.probes import sin
from autograder.sandbox.runner import Runner
from autograder.sandbox.text import describe

EXERCISE = """
import numpy as np
import matplotlib.pyplot as plt

figure, axes = plt.subplots(figsize=(1, 1))
axes.plot([0, 1], label="loss")
axes.set(title="$x$", xlabel="epoch")
axes.legend()
print(np.linalg.norm(np.random.default_rng(0).normal(size=3)))

def f(z, g):
    return g(z)
"""


def main(control_fd: int, isolation: str, grader: int) -> NoReturn:
    """Serve forks until the grader ends, or closes the control socket.

    `grader` is the process to die with, or 0 to go by the socket alone.
    """
    if grader:
        die_with(grader)
    control = socket.socket(fileno=control_fd)
    try:
        _warm_up()
        walls = Walls.prepare() if isolation == "full" else None
        child.forget_the_grader(walls)
        gc.collect()
        gc.freeze()
    except IsolationError as error:
        send(control, {"isolation": str(error)})
        os._exit(1)
    except Exception as error:
        send(control, {"fault": describe(error)})
        os._exit(1)
    send(control, {"ready": True})
    _serve(control, walls)


def _warm_up() -> None:
    """Do once what the first cell, call and figure of a process would have to prepare."""
    runner = Runner(timed=False)
    runner.load([CellSource("warm up", EXERCISE)], figures=True)
    runner.call("f", (np.ones(2), sin), seconds=0)
    runner.close()


def _serve(control: socket.socket, walls: Walls | None) -> NoReturn:
    children: set[int] = set()
    while True:
        try:
            message, descriptors = receive(control)
        except (EOFError, OSError):
            break
        if "fork" in message:
            limits, wire = Limits(**message["fork"]), descriptors[0]
            try:
                children.add(_fork(control, limits, wire, walls))
            except OSError as error:
                send(control, {"fault": describe(error)})
            os.close(wire)
        else:
            pid = message["reap"]
            children.discard(pid)
            _, status, usage = os.wait4(pid, 0)
            send(control, {"status": status, "cpu": usage.ru_utime + usage.ru_stime})
    for pid in children:
        os.kill(pid, signal.SIGKILL)
    os._exit(0)


def _fork(control: socket.socket, limits: Limits, wire: int, walls: Walls | None) -> int:
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        try:
            control.close()
            child.main(wire, limits, walls, parent)
        finally:
            os._exit(child.FAILED)
    pidfds = _pidfd(pid)
    send(control, {"pid": pid}, *pidfds)
    for pidfd in pidfds:
        os.close(pidfd)
    return pid


def _pidfd(pid: int) -> list[int]:
    if sys.platform != "linux":
        return []
    try:
        return [os.pidfd_open(pid)]
    except OSError:  # some containers have none
        return []
