"""Grade many hand-ins in worker processes, each with a grader of its own.

Plain processes and pipes rather than a pool: a pool that loses a worker does not tell which
task it took down, and cannot end the one that hangs.
"""

import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, suppress
from dataclasses import replace
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from autograder.classroom.collect import Handin
from autograder.naming import plain
from autograder.result import ItemResult, Result, Status, without_points
from autograder.submission import choose

OPENING_SECONDS = 120.0
CLOSING_SECONDS = 5.0
TRIES = 2
PRELOADED = ["autograder.classroom.workers", "autograder.grading"]  # imported once, not per worker


class CannotGradeError(Exception):
    """No grader can be opened here; one sentence."""


class GraderLike(Protocol):
    """What a worker needs of a grader; see `autograder.grading.Grader`."""

    @property
    def catalogue(self) -> Sequence[ItemResult]:
        """Every item and test of the assignment, with no points earned."""

    def grade(self, student: str, path: Path) -> Result:
        """Grade one file."""


OpenGrader = Callable[[], AbstractContextManager[GraderLike]]


class Outcome(NamedTuple):
    """A hand-in and its result."""

    handin: Handin
    result: Result


class _Task(NamedTuple):
    handin: Handin
    attempt: int


def grade_all(
    handins: Iterable[Handin],
    open_grader: OpenGrader,
    *,
    assignment: str,
    jobs: int,
    seconds: float,
) -> Iterator[Outcome]:
    """Grade the hand-ins and yield each with its result, as they are done.

    A worker that dies, hangs or reports a fault of its own is replaced, and its hand-in is tried
    once more; after that its result is a grader-fault.

    Parameters
    ----------
    handins : what to grade
    open_grader : makes a worker's grader; must be picklable
    assignment : the assignment's name
    jobs : how many workers
    seconds : how long one hand-in may take before its worker is taken to hang

    Raises
    ------
    CannotGradeError
        When a worker cannot open its grader.
    """
    waiting = deque(_Task(handin, 1) for handin in handins)
    workers: list[_Worker] = []
    try:
        workers.extend(_Worker(assignment, open_grader) for _ in range(min(jobs, len(waiting))))
        for worker in workers:
            worker.await_ready()
        while waiting or any(worker.task for worker in workers):
            for worker in workers:
                if waiting and not worker.task:
                    worker.start(waiting.popleft(), seconds)
            for worker in _done(workers):
                task, result = worker.finish()
                if result.status == "grader-fault":
                    # The grader itself may be what is broken: what comes next gets a new one.
                    worker.restart()
                    if task.attempt < TRIES:
                        waiting.appendleft(task._replace(attempt=task.attempt + 1))
                        continue
                yield Outcome(task.handin, result)
    finally:
        for worker in workers:
            worker.stop()


class _Worker:
    """A worker process, seen from the run."""

    def __init__(self, assignment: str, open_grader: OpenGrader) -> None:
        self._assignment = assignment
        self._open_grader = open_grader
        self._catalogue: tuple[ItemResult, ...] = ()
        self.task: _Task | None = None
        self._launch()

    @property
    def patience(self) -> float:
        """Seconds until it is taken to hang."""
        return max(0.0, self._deadline - time.monotonic())

    def await_ready(self) -> None:
        """Wait until its grader is open."""
        if not self.connection.poll(OPENING_SECONDS):
            raise CannotGradeError("A grading process did not start in time.")
        answer = self._receive()
        if answer is None:
            raise CannotGradeError("A grading process ended before it could grade anything.")
        if isinstance(answer, str):
            raise CannotGradeError(answer)
        self._catalogue = answer

    def start(self, task: _Task, seconds: float) -> None:
        """Give it a hand-in."""
        self.task = task
        self._deadline = time.monotonic() + seconds
        with suppress(OSError):  # it has died meanwhile: finish() will see
            self.connection.send(task.handin)

    def finish(self) -> tuple[_Task, Result]:
        """Return what it was doing, and the result: a grader-fault when it gave none."""
        if self.task is None:
            raise RuntimeError("an idle worker has nothing to finish")
        task, spoke = self.task, self.connection.poll()
        result = self._receive() if spoke else None
        if result is None:
            how = "died" if spoke else "gave no answer in time"
            error = f"The process that graded this {how}."
            return task, _result(
                task.handin, self._assignment, self._catalogue, "grader-fault", error
            )
        self.task = None
        return task, result

    def restart(self) -> None:
        """Put a new process in its place."""
        self.stop()
        self._launch()
        self.await_ready()

    def stop(self) -> None:
        """End the process: an idle one closes its grader first, a busy one is killed."""
        self.connection.close()
        if self.task is None:
            self._process.join(CLOSING_SECONDS)
        self._process.kill()
        self._process.join()

    def _launch(self) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(PRELOADED)
        self.task = None
        self._deadline = 0.0
        self.connection, theirs = context.Pipe()
        self._process = context.Process(
            target=_work, args=(theirs, self._assignment, self._open_grader), daemon=True
        )
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # the child inherits it
        try:
            self._process.start()
        except (OSError, EOFError) as error:
            raise CannotGradeError(f"A grading process cannot be started: {error}.") from None
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
            theirs.close()

    def _receive(self) -> Any:
        try:
            return self.connection.recv()
        except (EOFError, OSError):
            return None


def _done(workers: list[_Worker]) -> list[_Worker]:
    """Wait for workers that have answered, died or run out of time."""
    busy = [worker for worker in workers if worker.task]
    ready = wait([worker.connection for worker in busy], min(worker.patience for worker in busy))
    return [worker for worker in busy if worker.connection in ready or not worker.patience]


def _work(connection: Connection, assignment: str, open_grader: OpenGrader) -> None:
    """Grade what comes down the pipe until it closes. Runs in the worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process: the run decides
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    threading.Thread(target=_end_with_the_run, daemon=True).start()
    with suppress(EOFError, OSError), ExitStack() as stack:
        try:
            grader = stack.enter_context(open_grader())
            catalogue = tuple(grader.catalogue)
        except Exception as error:
            connection.send(_sentence(error))
            return
        connection.send(catalogue)
        while True:
            handin: Handin = connection.recv()
            connection.send(_grade(grader, handin, assignment))


def _end_with_the_run() -> None:
    """End this process, and what it started with it, when the run is killed."""
    run = multiprocessing.parent_process()
    if run:
        wait([run.sentinel])
        os._exit(1)


def _grade(grader: GraderLike, handin: Handin, assignment: str) -> Result:
    """Return the result of one hand-in, whatever happens."""
    if handin.refusal:
        return _result(handin, assignment, grader.catalogue, "unreadable", handin.refusal)
    try:
        path = choose(handin.candidates, [item.item for item in grader.catalogue])
        result = grader.grade(handin.student, path)
    except Exception as error:
        return _result(handin, assignment, grader.catalogue, "grader-fault", _sentence(error))
    # A file's name is the student's to choose; it must not reach a terminal as it is.
    error_text = plain(result.error) if result.error else result.error
    return replace(result, submission=plain(result.submission), error=error_text)


def _result(
    handin: Handin, assignment: str, catalogue: Sequence[ItemResult], status: Status, error: str
) -> Result:
    items = without_points(tuple(catalogue))
    submission = plain(handin.candidates[0].name)
    return Result(assignment, handin.student, submission, items, status, plain(error))


def _sentence(error: Exception) -> str:
    """Return what an exception says; its type too when it was not written for a reader."""
    text = str(error)
    if type(error).__module__.startswith("autograder.") and text:
        return text
    return f"{type(error).__name__}: {text}"
