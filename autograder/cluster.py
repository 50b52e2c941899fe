"""Grade on a Dask cluster: the executor's units of work, done on other machines.

Each of the cluster's workers is given the course once, tries its walls, and only then has the
resource that units ask for. Hand-ins go out as bytes in JSON and results come back as JSON;
student code runs in processes that the worker starts for it, as it does on one machine.
"""

import asyncio
import base64
import hashlib
import io
import json
import logging
import multiprocessing
import os
import platform
import socket
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from autograder.classroom import Files, Workers, fingerprint
from autograder.classroom.ledger import cells_of, read_cells
from autograder.collect import Handin
from autograder.course import Course
from autograder.executor import (
    LOOK_SECONDS,
    OPENING_SECONDS,
    CannotGradeError,
    Graded,
    OpenPool,
    Unit,
    described,
    grader_of,
    local,
    sentence,
)
from autograder.grading import Marks
from autograder.intake import MAX_BYTES, UnopenedError
from autograder.result import Drawing, Result

try:
    from distributed import Client, WorkerPlugin, get_worker
    from distributed.comm.addressing import get_address_host
    from distributed.core import Status
    from distributed.security import Security
except ModuleNotFoundError:
    raise CannotGradeError(
        "Grading on a cluster takes Dask: install the package with its 'cluster' extra."
    ) from None

CONNECT_SECONDS = 30.0
CHECK_SECONDS = 5.0
READY_SECONDS = 30.0  # a worker that has just come tries its walls first
AHEAD = 3  # units given out for each place, so that none waits for this side
TOPIC = "autograder"
HOW = (
    "set up TLS (dask scheduler --tls-ca-file ca.pem --tls-cert cert.pem --tls-key key.pem, the "
    "same for dask worker, and --tls-ca, --tls-cert and --tls-key here or Dask's own "
    "configuration, distributed.comm.tls) and give tls://HOST:PORT"
)

Tell = Callable[[str], None]
Tls = tuple[str | None, str | None, str | None]


def workers(scheduler: str, *, tls: Tls = (None, None, None), tell: Tell) -> Workers:
    """Return what opens the workers of a running cluster.

    Parameters
    ----------
    scheduler : its address, ``tcp://HOST:PORT`` on this machine, or ``tls://HOST:PORT``
    tls : files of the authority, of this side's certificate and of its key; None: Dask's settings
    tell : is given a sentence for each worker that is left out

    Raises
    ------
    CannotGradeError
        When the address would be spoken to in the clear over a network.
    """
    ca, certificate, key = tls
    given = {"tls_ca_file": ca, "tls_client_cert": certificate, "tls_client_key": key}
    given = {name: path for name, path in given.items() if path}
    security: Any = Security(**given, **({"require_encryption": True} if given else {}))
    try:
        is_plain = not _is_private(scheduler)
    except (OSError, ValueError):
        raise CannotGradeError(
            f"'{scheduler}' is no address of a scheduler: give tcp://HOST:PORT or tls://HOST:PORT."
        ) from None
    if security.tls_ca_file and (given or is_plain):
        scheduler, is_plain = f"tls://{scheduler.rpartition('://')[2]}", False
    if scheduler.startswith("tls://") and not security.tls_ca_file:
        raise CannotGradeError(f"{scheduler} takes certificates: {HOW}.")
    if is_plain:
        raise CannotGradeError(
            f"{scheduler} is another machine, and what is sent there could be read: {HOW}."
        )
    return partial(_opener, scheduler, security, tell)


def _is_private(address: str) -> bool:
    """Return whether nobody on the way can read what is sent to an address."""
    if address.startswith("tls://"):
        return True
    with socket.socket() as probe:
        try:  # only a machine's own addresses can be bound
            probe.bind((socket.gethostbyname(get_address_host(address)), 0))
        except socket.gaierror:
            raise
        except OSError:
            return False
    return True


def _opener(
    scheduler: str,
    security: Security,
    tell: Tell,
    course: Course,
    assignment: str,
    isolation: str,
    only: Collection[str],
) -> OpenPool:
    desk = Desk(course, assignment, isolation, only)
    return partial(_open, scheduler, security, tell, desk, {})


@contextmanager
def _open(
    scheduler: str,
    security: Security,
    tell: Tell,
    desk: "Desk",
    left_out: dict[str, str],
    units: int,
) -> Iterator["_Cluster"]:
    del units
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is told
    try:
        client = _connected(scheduler, security)
    except Exception as error:
        reason = str(error) or "nothing there speaks as one"
        raise CannotGradeError(
            f"The scheduler at {scheduler} cannot be reached ({reason}): start it, or mend the "
            "address or the certificates."
        ) from None
    with client:
        pool = _Cluster(client, scheduler, desk, tell, left_out)
        try:
            yield pool
        finally:
            with suppress(Exception):  # it may be gone; the course goes with its workers then
                client.unregister_worker_plugin(desk.name)


def _connected(scheduler: str, security: Security) -> Client:
    """Connect, or raise TimeoutError: Dask waits without end for what is no scheduler."""
    client: Future[Client] = Future()

    def connect() -> None:
        try:
            options = {"timeout": CONNECT_SECONDS, "set_as_default": False}
            client.set_result(Client(scheduler, security=security, **options))
        except Exception as error:
            client.set_exception(error)

    threading.Thread(target=connect, daemon=True).start()
    return client.result(2 * CONNECT_SECONDS)


class _Cluster:
    """The cluster's workers, seen from the instructor's side; a `Pool`."""

    def __init__(
        self,
        client: Client,
        scheduler: str,
        desk: "Desk",
        tell: Tell,
        left_out: dict[str, str],
    ) -> None:
        self._client = client
        self._scheduler = scheduler
        self._desk = desk
        self._tell = tell
        self._units: dict[Future[Any], Unit | None] = {}
        self._left_out = left_out
        self._is_waiting = False
        self._looked = self._ready = time.monotonic()
        client.subscribe_topic(TOPIC, self._hear)
        self._executor = client.get_executor(pure=False, resources={desk.name: 1})
        self.room = 1
        self._look(patience=0)

    def submit(self, unit: Unit | None) -> "Future[Any]":
        future: Future[Any]
        try:
            request = _encoded_unit(unit)
            future = self._executor.submit(_work, self._desk.name, request)
        except Exception as error:
            future = Future()
            future.set_exception(error)
        self._units[future] = unit
        return future

    def wait(self, waiting: Collection["Future[Any]"]) -> "set[Future[Any]]":
        """Wait for what is done next; see meanwhile who has come, and who is lost."""
        while True:
            done = wait(waiting, LOOK_SECONDS, FIRST_COMPLETED).done
            if time.monotonic() - self._looked > CHECK_SECONDS:
                self._look(patience=READY_SECONDS)
            if done:
                return done

    def answer(self, future: "Future[Any]") -> Any:
        unit = self._units.pop(future)
        try:
            reply = json.loads(future.result())
        except UnopenedError as error:
            return f"could not be given it: {error}"
        except CancelledError:
            return "was lost with the scheduler"
        except Exception as error:  # dask's KilledWorker, above all
            return f"was lost ({type(error).__name__})"
        if "lost" in reply:
            return reply["lost"]
        if unit is None:
            return reply["assignment"], Result.from_json(reply["result"]).items
        return _decoded_graded(reply, unit)

    def _hear(self, event: tuple[float, dict[str, str]]) -> None:
        worker, name, reason = (event[1].get(key, "") for key in ("worker", "name", "reason"))
        if name == self._desk.name and self._left_out.get(worker) != reason:
            self._left_out[worker] = reason
            self._tell(f"Worker {worker} is left out: {reason}")

    def _look(self, patience: float) -> None:
        """See which workers are ready; have them made ready where none is."""
        self._looked = time.monotonic()
        if self._client.status == "closed":
            raise CannotGradeError(
                f"The scheduler at {self._scheduler} is gone: start it, and run this again."
            )
        with suppress(OSError, TimeoutError):  # it is connecting again
            places, others = self._places()
            if not places and others:
                if self._looked - self._ready < patience:
                    return
                self._check_wires(others)
                self._client.register_plugin(self._desk, name=self._desk.name)
                places, others = self._places()
                if others and not places:
                    time.sleep(LOOK_SECONDS)  # what they said is on its way
                    said = dict.fromkeys(self._left_out.values())
                    raise CannotGradeError(f"No worker can grade: {' '.join(said)}")
            elif not places and not self._is_waiting:
                self._client.register_plugin(self._desk, name=self._desk.name)
                self._tell(f"The scheduler at {self._scheduler} has no worker; waiting for one.")
            self._is_waiting = not places and not others
            if places or self._is_waiting:
                self._ready = self._looked
            self.room = max(AHEAD * places, 1)

    def _places(self) -> tuple[int, list[str]]:
        """Return how many units fit on the workers that are ready, and where the others are."""
        found = self._client.scheduler_info()["workers"]
        ready = {a for a, one in found.items() if one["resources"].get(self._desk.name)}
        return sum(found[a]["nthreads"] for a in ready), sorted(found.keys() - ready)

    def _check_wires(self, addresses: list[str]) -> None:
        """Refuse to send the course to workers that it would reach in the clear."""
        plain = [address for address in addresses if not _is_private(address)]
        if plain:
            raise CannotGradeError(
                f"The worker at {plain[0]} is on another machine, and what is sent there could be "
                f"read: {HOW}."
            )


# --- on a worker ------------------------------------------------------------------------


class Desk(WorkerPlugin):
    """What a worker of the cluster is given: the course, by which it opens processes that grade.

    Attributes
    ----------
    name : tells this course, assignment and package from others; what ready workers offer
    """

    def __init__(
        self, course: Course, assignment: str, isolation: str, only: Collection[str]
    ) -> None:
        self._given = assignment, isolation, tuple(only)
        self._print = _print(course, *self._given)
        self._files = _packed(course, assignment)
        self.name = f"{TOPIC}-{self._print[:32]}"

    async def setup(self, worker: Any) -> None:
        """Unpack the course, try the walls, and offer to grade; or say why not."""
        self._stack = ExitStack()
        try:
            await asyncio.to_thread(self._open, worker)
        except Exception as error:
            await asyncio.to_thread(self._stack.close)
            said = {"worker": str(worker.address), "name": self.name, "reason": sentence(error)}
            worker.log_event(TOPIC, said)
        else:
            if worker.plugins.get(self.name) is self:
                await worker.set_resources(**{self.name: worker.state.nthreads})
                if worker.status == Status.running:  # units that wait for such a one are looked at
                    worker.status = Status.paused  # only when one begins to run
                    worker.status = Status.running

    async def teardown(self, worker: Any) -> None:
        """End the processes, and remove the course."""
        await asyncio.to_thread(self._stack.close)
        if worker.status == Status.running:
            await worker.set_resources(**{self.name: 0})

    def _open(self, worker: Any) -> None:
        # A worker's own process may not have children by Dask's default; these end with it.
        multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]
        if not _is_private(worker.scheduler.address):
            raise CannotGradeError("Its connection is neither on its machine nor TLS.")
        root = Path(
            self._stack.enter_context(tempfile.TemporaryDirectory(dir=worker.local_directory))
        )
        zipfile.ZipFile(io.BytesIO(self._files)).extractall(root)
        course = Course.of(root)
        if course is None or _print(course, *self._given) != self._print:
            raise CannotGradeError(
                "It has another version of the package, of Python or of NumPy: install the same."
            )
        assignment, isolation, only = self._given
        opening = grader_of(course, assignment, isolation, only)
        places = worker.state.nthreads
        opened = local(opening, jobs=places, seconds=course.limits.hang_seconds)
        self._pool = self._stack.enter_context(opened(places))
        self._scratch = root
        asked = self._pool.submit(None)
        wait([asked], OPENING_SECONDS)
        answer = self._pool.answer(asked) if asked.done() else "gave no answer in time"
        self._described = described(answer)

    def do(self, request: bytes) -> dict[str, Any]:
        """Do a unit, in the processes of this worker."""
        assignment, items = self._described
        data = json.loads(request)
        if not data:
            return {"assignment": assignment} | _encoded_result(Result(assignment, "", "", items))
        with tempfile.TemporaryDirectory(dir=self._scratch) as folder:
            future = self._pool.submit(_decoded_unit(data, Path(folder)))
            self._pool.wait({future})
            answer = self._pool.answer(future)
        return {"lost": answer} if isinstance(answer, str) else _encoded_graded(answer)


def _work(name: str, request: bytes) -> bytes:
    """Do a unit; whatever happens, the reply is JSON: Dask would pickle an exception."""
    try:
        desk: Any = get_worker().plugins[name]
        reply = desk.do(request)
    except Exception as error:
        reply = {"lost": f"failed: {sentence(error)}"}
    return json.dumps(reply).encode()


def _print(course: Course, assignment: str, isolation: str, only: Collection[str]) -> str:
    """Return the fingerprint of all that marks depend on, beside the hand-in."""
    graded = fingerprint.of_grading(course, assignment, isolation)
    parts = [graded, *sorted(only), platform.python_version(), np.__version__]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _packed(course: Course, assignment: str) -> bytes:
    """Return what grading takes of a course: its settings, and the author's files."""
    authored = fingerprint.sources(course.solutions / assignment, "*")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in [course.root / "pyproject.toml", *authored]:
            archive.writestr(str(path.relative_to(course.root)), path.read_bytes())
    return packed.getvalue()


# --- on the wire ------------------------------------------------------------------------


def _encoded_unit(unit: Unit | None) -> bytes:
    """Return a unit as JSON; UnopenedError when this machine cannot open a file."""
    if unit is None:
        return b"null"
    assert isinstance(unit.work, Files)  # noqa: S101 - classes are graded here
    handin = unit.work.handin
    files = [] if handin.refusal else [_encoded_file(path) for path in handin.candidates]
    data = {"student": handin.student, "refusal": handin.refusal, "files": files}
    data |= {"names": [path.name for path in handin.candidates]}
    marked = unit.marked and _encoded_graded(unit.marked._replace(submission=None))
    return json.dumps(data | {"marked": marked}).encode()


def _decoded_unit(data: dict[str, Any], folder: Path) -> Unit:
    """Return a unit whose files are written into a folder."""
    paths = [folder / str(number) / name for number, name in enumerate(data["names"])]
    for path, file in zip(paths, data["files"], strict=False):
        path.parent.mkdir()
        if file == "link":
            path.symlink_to("elsewhere")
        elif isinstance(file, int):  # too large to be read: it is as long, and empty
            path.touch()
            os.truncate(path, file)
        else:
            path.write_bytes(base64.b64decode(file))
    work = Files(Handin(data["student"], folder, tuple(paths), data["refusal"]))
    unit = Unit(work)
    return Unit(work, _decoded_graded(data["marked"], unit)) if data["marked"] else unit


def _encoded_file(path: Path) -> str | int:
    """Return a file's content, or its size when it is too large, or that it is a link."""
    try:
        if path.is_symlink():
            return "link"
        size = path.stat().st_size
        return size if size > MAX_BYTES else base64.b64encode(path.read_bytes()).decode()
    except OSError as error:
        raise UnopenedError(f"{path.name} cannot be opened: {error.strerror}.") from None


def _encoded_result(result: Result) -> dict[str, Any]:
    drawings = [[d.item, d.test, base64.b64encode(d.png).decode(), d.alt] for d in result.drawings]
    return {"result": result.to_json(), "drawings": drawings}


def _encoded_graded(graded: Graded) -> dict[str, Any]:
    marks = graded.marks
    return _encoded_result(marks.result) | {
        "failed": [[*key, digest.hex()] for key, digest in marks.failed.items()],
        "final": graded.final,
        "cells": cells_of(graded.submission),
    }


def _decoded_graded(data: dict[str, Any], unit: Unit) -> Graded:
    result = Result.from_json(data["result"])
    drawings = (Drawing(i, t, base64.b64decode(png), alt) for i, t, png, alt in data["drawings"])
    result = replace(result, drawings=tuple(drawings))
    failed = {(item, test): bytes.fromhex(digest) for item, test, digest in data["failed"]}
    submission = read_cells(data["cells"]) if data["cells"] else None
    return Graded(unit.work, Marks(result, failed), data["final"], submission)
