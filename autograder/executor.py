"""Grade many submissions in worker processes: who dies, hangs or fails costs only what it did.

A submission is two units of work, its marks and then its words; any worker does the next. Marks
are given out before words are looked for, so that a worker lost over these leaves the marks.
"""

import multiprocessing
import multiprocessing.forkserver
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import replace
from functools import partial
from itertools import islice
from multiprocessing.connection import wait as wait_for_end
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol
from weakref import WeakKeyDictionary

if TYPE_CHECKING:  # the run starts its workers before it imports what only they need
    from pebble import ProcessPool

    from autograder.course import Course
    from autograder.grading import Grader, Marks
    from autograder.result import ItemResult, Status
    from autograder.sandbox.answers import CellOutcome
    from autograder.submission import Submission

TRIES = 2
OPENING_SECONDS = 120.0
POLL_SECONDS = 0.02  # the pool looks as often for dead workers, and takes as long to end
LOOK_SECONDS = 0.25
PRELOADED = ["autograder.preloaded"]  # imported once, not once a worker


class CannotGradeError(Exception):
    """No grader can be opened here; one sentence."""


class Work(Protocol):
    """A hand-in. It is read in a worker: a hostile file can only cost that."""

    @property
    def student(self) -> str:
        """Who handed it in."""

    @property
    def name(self) -> str:
        """What to call it when it cannot be read."""

    def read(self, items: Sequence[str]) -> "Submission":
        """Read it, given the assignment's items; UnreadableError when it is no submission."""


OpenGrader = Callable[[], AbstractContextManager["Grader"]]
ShowCell = Callable[["CellOutcome"], Any]


class Graded(NamedTuple):
    """What is known of a hand-in: its marks or, where it is `final`, its words as well.

    With the marks come the submission, where it could be read, and the page's cells, if wanted.
    `lost` tells that it is not whole: its workers, or what they tried, failed.
    """

    work: Work
    marks: "Marks"
    final: bool
    submission: "Submission | None" = None
    cells: dict[int, Any] | None = None
    lost: bool = False


class Unit(NamedTuple):
    """A unit of work: a hand-in to be marked or, when it is, to find words for."""

    work: Work
    marked: Graded | None = None


class Pool(Protocol):
    """Workers that do units, here or on a cluster."""

    @property
    def room(self) -> int:
        """How many units to give out at a time."""

    def submit(self, unit: Unit | None) -> "Future[Any]":
        """Have a unit done; None asks which assignment is graded, and for its items."""

    def wait(self, waiting: Collection["Future[Any]"]) -> "set[Future[Any]]":
        """Wait until some are done, and return these; CannotGradeError when none ever will be."""

    def answer(self, future: "Future[Any]") -> Any:
        """Return what a unit gave (`Graded`, or assignment and items), or how it was lost."""


OpenPool = Callable[[int], AbstractContextManager[Pool]]
"""Opens a pool for so many units."""


def grade_all(
    works: Iterable[Work], open_pool: OpenPool, *, tries: int = TRIES
) -> Generator[Graded, None, None]:
    """Grade: yield all marks as they are made, and then the results that words are added to.

    A unit whose worker dies, hangs or has a fault of its own is tried again, by new workers.
    After the last try, marks are a grader-fault, and words remain unsaid.

    Parameters
    ----------
    works : what to grade
    open_pool : makes the workers, see `local`
    tries : how often each unit is tried

    Raises
    ------
    CannotGradeError
        When a worker cannot open its grader.
    """
    units = [Unit(work) for work in works]
    for tries_left in reversed(range(tries)):
        if units:
            with open_pool(len(units)) as pool:
                units = yield from _Attempt(pool, is_last=not tries_left).run(units)


class _Attempt:
    """One try at a number of units, in a pool of its own."""

    def __init__(self, pool: Pool, *, is_last: bool) -> None:
        self._pool = pool
        self._is_last = is_last
        self._assignment = ""
        self._catalogue: tuple[ItemResult, ...] = ()

    def run(self, units: list[Unit]) -> Generator[Graded, None, list[Unit]]:
        """Yield what is graded, and return what to try again."""
        again: list[Unit] = []
        pool, later = self._pool, iter(units)
        opened = pool.submit(None)
        waiting = {pool.submit(unit): unit for unit in islice(later, pool.room)}
        pool.wait({opened})
        self._assignment, self._catalogue = described(pool.answer(opened))
        while waiting:
            # Marks before words, also of those that were done at the same time.
            for future in sorted(pool.wait(waiting), key=lambda f: bool(waiting[f].marked)):
                unit = waiting.pop(future)
                graded = self._graded(unit, pool.answer(future))
                if graded is None:
                    again.append(unit)
                    continue
                yield graded
                if not graded.final:
                    following = Unit(unit.work, graded._replace(cells=None))
                    waiting[pool.submit(following)] = following
            for unit in islice(later, max(pool.room - len(waiting), 0)):
                waiting[pool.submit(unit)] = unit
        return again

    def _graded(self, unit: Unit, answer: Graded | str) -> Graded | None:
        """Return what a unit gave or, at the last try, what stands for it; None to try again."""
        if isinstance(answer, str):
            if not self._is_last:
                return None
            if unit.marked:
                return unit.marked._replace(final=True, lost=True)
            reason = f"The process that graded this {answer}."
            answer = unmarked(self._assignment, self._catalogue, unit.work, "grader-fault", reason)
        complete = answer.final if unit.marked else answer.marks.result.status != "grader-fault"
        if complete:
            return answer
        return answer._replace(final=True, lost=True) if self._is_last else None


def described(answer: Any) -> "tuple[str, tuple[ItemResult, ...]]":
    """Return assignment and items, as a pool answers None; CannotGradeError when it was lost."""
    if isinstance(answer, str):
        raise CannotGradeError(f"A grading process {answer} before it could grade anything.")
    return answer  # type: ignore[no-any-return]


def local(
    open_grader: OpenGrader,
    *,
    jobs: int,
    seconds: float,
    page: "ShowCell | None" = None,
    room: int = sys.maxsize,
) -> OpenPool:
    """Return what opens a pool of processes on this machine.

    Parameters
    ----------
    open_grader : makes a worker's grader; picklable, as the works are
    jobs : how many workers
    seconds : how long one unit may take before its worker is taken to hang
    page : what to make of each of the page's cells, which then are run too, before the marks;
        picklable
    room : how many units to give out at a time; when not all, words come soon after their marks,
        and not after everybody's
    """
    return partial(_open_local, open_grader, jobs, seconds, page, room)


@contextmanager
def _open_local(
    open_grader: OpenGrader,
    jobs: int,
    seconds: float,
    page: "ShowCell | None",
    room: int,
    units: int,
) -> Iterator["_Local"]:
    with _processes(min(jobs, units), open_grader) as processes:
        yield _Local(processes, seconds, page, room)


class _Local:
    """Processes on this machine."""

    def __init__(
        self, processes: "ProcessPool", seconds: float, page: "ShowCell | None", room: int
    ) -> None:
        self._processes = processes
        self._seconds = seconds
        self._page = page
        self._running: WeakKeyDictionary[Future[Any], float] = WeakKeyDictionary()  # since when
        self.room = room

    def submit(self, unit: Unit | None) -> "Future[Any]":
        if unit is None:
            return self._schedule(_describe)
        if unit.marked is None:
            return self._schedule(_mark, unit.work, self._page)
        return self._schedule(_say, unit.marked)

    def _schedule(self, function: Callable[..., Any], *args: Any) -> "Future[Any]":
        try:
            future: Future[Any] = self._processes.schedule(function, args)
        except RuntimeError as error:  # the pool is broken
            future = Future()
            future.set_exception(BrokenProcessPool(str(error)))
        return future

    def wait(self, waiting: Collection["Future[Any]"]) -> "set[Future[Any]]":
        """Wait for what is done next, and end workers that hang.

        By a clock that never jumps: pebble's own limit goes by the time of day.
        """
        begun = time.monotonic()
        while True:
            done = wait(waiting, LOOK_SECONDS, FIRST_COMPLETED).done
            now = time.monotonic()
            for future in filter(Future.running, waiting):
                if now - self._running.setdefault(future, now) > self._seconds:
                    future.cancel()  # pebble ends its worker
            if done:
                return done
            if now - begun > self._seconds + OPENING_SECONDS:
                raise CannotGradeError("The grading processes gave no answer in time.")

    def answer(self, future: "Future[Any]") -> Any:
        from pebble import ProcessExpired  # noqa: PLC0415 - as above

        try:
            return future.result()
        except (ProcessExpired, BrokenProcessPool):
            return "died"
        except CancelledError:
            return "gave no answer in time"


def grader_of(
    course: "Course", assignment: str, isolation: str, only: Collection[str] = ()
) -> OpenGrader:
    """Return what opens an assignment's `Grader`."""
    return partial(_open_grader, course, assignment, isolation, only)


def _open_grader(
    course: "Course", assignment: str, isolation: str, only: Collection[str]
) -> "Grader":
    from autograder.grading import Grader  # noqa: PLC0415 - slow, and needed only in a worker

    return Grader(course, assignment, isolation, pictures=True, only=only)


def preload() -> None:
    """Have what workers need imported, beside what this process does meanwhile."""
    multiprocessing.set_forkserver_preload(PRELOADED)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # workers inherit it
    try:
        with suppress(OSError):  # said when a worker cannot be started
            multiprocessing.forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


@contextmanager
def _processes(jobs: int, open_grader: OpenGrader) -> Iterator["ProcessPool"]:
    from pebble import CONSTS, ProcessPool  # noqa: PLC0415 - slow, and not needed to preload

    CONSTS.sleep_unit = POLL_SECONDS
    preload()
    context = multiprocessing.get_context("forkserver")
    pool = ProcessPool(jobs, initializer=_begin, initargs=[open_grader], context=context)
    with _without_script():
        try:
            yield pool
        finally:
            pool.stop()
            pool.join()


@contextmanager
def _without_script() -> Iterator[None]:
    """Keep workers from running the command's script: theirs is another task, and that is slow."""
    script = vars(sys.modules["__main__"])
    file = script.pop("__file__", None)
    try:
        yield
    finally:
        if file is not None:
            script["__file__"] = file


# --- in a worker ------------------------------------------------------------------------


class _Worker:
    """What a worker process keeps: its grader, which is opened anew after a fault."""

    def __init__(self, open_grader: OpenGrader) -> None:
        self._open = open_grader
        self._stack = ExitStack()
        self._grader: Grader | None = None

    @property
    def grader(self) -> "Grader":
        if self._grader is None:
            try:
                self._grader = self._stack.enter_context(self._open())
            except Exception as error:
                raise CannotGradeError(sentence(error)) from None
        return self._grader

    def close(self) -> None:
        self._grader = None
        self._stack.close()


_worker: _Worker


def _begin(open_grader: OpenGrader) -> None:
    """Make this process a worker. The pool has it ignore Ctrl-C: the run decides.

    At the end it is just killed: what a grader has started ends with its process.
    """
    global _worker  # noqa: PLW0603 - a pool's initializer has no other way
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    threading.Thread(target=_end_with_the_run, daemon=True).start()
    _worker = _Worker(open_grader)


def _end_with_the_run() -> None:
    """End this process, and what it started with it, when the run is killed."""
    run = multiprocessing.parent_process()
    if run:
        wait_for_end([run.sentinel])
        os._exit(1)


def _describe() -> "tuple[str, tuple[ItemResult, ...]]":
    """Return which assignment is graded, and its items."""
    return _worker.grader.assignment, tuple(_worker.grader.catalogue)


def _mark(work: Work, page: "ShowCell | None") -> Graded:
    """Return the marks of one hand-in, whatever happens."""
    from autograder.intake import UnopenedError, UnreadableError  # noqa: PLC0415 - as above

    grader = _worker.grader
    try:
        submission = work.read([item.item for item in grader.catalogue])
        # Before the marks: what runs here must not know of any hidden input.
        cells = {i: page(o) for i, o in grader.perform(submission).items()} if page else None
        marks = grader.marks(work.student, submission)
        graded = Graded(work, marks, not marks.failed, submission, cells)
    except Exception as error:
        unreadable = isinstance(error, UnreadableError) and not isinstance(error, UnopenedError)
        status: Status = "unreadable" if unreadable else "grader-fault"
        graded = unmarked(grader.assignment, grader.catalogue, work, status, sentence(error))
    if graded.marks.result.status == "grader-fault":
        _worker.close()  # the grader itself may be what is broken: what comes next gets a new one
    return graded


def _say(marked: Graded) -> Graded:
    """Return the same marks with words; not `final` when some could not be found."""
    grader = _worker.grader
    grader.speechless.clear()
    try:
        submission = marked.submission or marked.work.read([i.item for i in grader.catalogue])
        result = grader.words(submission, marked.marks)
    except Exception as error:
        result = marked.marks.result
        grader.speechless.append(error)
    spoken = not grader.speechless
    if not spoken:
        _worker.close()
    return Graded(marked.work, replace(marked.marks, result=result), spoken)


def unmarked(
    assignment: str, catalogue: "Sequence[ItemResult]", work: Work, status: "Status", error: str
) -> Graded:
    """Return what is known of a hand-in that has no marks."""
    from autograder.grading import Marks  # noqa: PLC0415 - as above
    from autograder.result import Result, without_points  # noqa: PLC0415 - as above

    items = without_points(tuple(catalogue))
    result = Result(assignment, work.student, work.name, items, status, error)
    return Graded(work, Marks(result, {}), final=True)


def sentence(error: Exception) -> str:
    """Return what an exception says; its type too when it was not written for a reader."""
    text = str(error)
    if type(error).__module__.startswith("autograder.") and text:
        return text
    return f"{type(error).__name__}: {text}"
