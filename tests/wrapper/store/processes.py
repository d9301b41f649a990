"""Processes that submit points through one store, and are killed at whichever step a test names.

A nursery is a process that has imported everything and does nothing but fork: its children are ready in milliseconds.
Steps are the statements that reach the database and what comes before and after each request. As a program this module
is the nursery, which takes a job as a line of JSON and answers with one.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import anyio
import attrs
import httpx
import quantum_jobs
from quantum_jobs.core import waiting

from tests.wrapper.store.ionq import API_KEY

ROOT = Path(__file__).parents[3]
CONFIRMATION_TIMEOUT = 0.05


@attrs.frozen(kw_only=True)
class Work:
    """What a process does: submit points, in an order by ``seed``, so many at once; then fetch their results.

    ``kill_at`` is the number of the step at which it is killed with SIGKILL, from 1; ``kill_after`` the seconds after
    which it is.
    """

    url: str
    store: str
    points: Sequence[int]
    seed: int = 0
    at_once: int = 2
    results: bool = True
    kill_at: int | None = None
    kill_after: float | None = None


def submission(point: int) -> dict[str, Any]:
    """What is submitted for a point."""
    circuit = {"qubits": 1, "circuit": [{"gate": "rx", "target": 0, "rotation": point / 1000}]}
    return {"program": circuit, "device": "simulator", "shots": 100, "idempotency_key": f"point-{point}"}


@attrs.frozen(kw_only=True)
class Outcome:
    """How a process ended: whether it was killed, its steps, and the ids of its jobs by point."""

    killed: bool
    steps: int = 0
    jobs: dict[str, str] = attrs.field(factory=dict)
    error: str = ""


class Nursery:
    """Runs one process at a time; several nurseries run several."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.wrapper.store.processes"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, work: Work) -> Outcome:
        """Do this work in a new process; raises where it ended otherwise than by being killed or done."""
        self.start(work)
        return self.outcome()

    def start(self, work: Work) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({**attrs.asdict(work), "points": list(work.points)}) + "\n")
        self._process.stdin.flush()

    def outcome(self) -> Outcome:
        assert self._process.stdout is not None
        outcome = Outcome(**json.loads(self._process.stdout.readline()))
        assert not outcome.error, outcome.error
        return outcome

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(timeout=30)
        self._process.stdout.close()


# Below: the nursery, and its children.


class _Steps:
    """Counts steps, and ends the process at the one that is named."""

    def __init__(self, kill_at: int | None) -> None:
        self.kill_at = kill_at
        self.count = 0
        self._lock = threading.Lock()

    def take(self, *_: object) -> None:
        with self._lock:
            self.count += 1
            if self.count == self.kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

    def watch(self) -> None:
        """Count from now on."""
        connect, send = sqlite3.connect, httpx.AsyncHTTPTransport.handle_async_request

        def connect_and_watch(*given: Any, **named: Any) -> sqlite3.Connection:
            connection: sqlite3.Connection = connect(*given, **named)
            connection.set_trace_callback(self.take)
            return connection

        async def send_and_watch(transport: Any, request: httpx.Request) -> httpx.Response:
            self.take()
            response = await send(transport, request)
            self.take()
            return response

        sqlite3.connect = connect_and_watch  # type: ignore[assignment]  # in this process only
        httpx.AsyncHTTPTransport.handle_async_request = send_and_watch  # type: ignore[method-assign, assignment]
        try:
            import psycopg
        except ImportError:
            return
        wait = psycopg.Connection.wait

        def watch_and_wait(connection: Any, *given: Any, **named: Any) -> Any:
            self.take()
            return wait(connection, *given, **named)

        psycopg.Connection.wait = watch_and_wait  # type: ignore[method-assign, assignment]


async def _work(work: Work) -> dict[str, str]:
    points = list(work.points)
    random.Random(work.seed).shuffle(points)
    jobs: dict[str, str] = {}

    async def submit(client: quantum_jobs.AsyncClient) -> None:
        while points:
            point = points.pop()
            job = await client.submit(**submission(point))
            jobs[str(point)] = job.id
            if work.results:
                await job.result(timeout=30)

    connecting = {"api_key": API_KEY, "base_url": work.url, "confirmation_timeout": CONFIRMATION_TIMEOUT}
    client = quantum_jobs.connect_async("ionq", store=work.store, **connecting)  # type: ignore[arg-type]
    async with client, anyio.create_task_group() as tasks:
        for _ in range(work.at_once):
            tasks.start_soon(submit, client)
    return jobs


def _child(work: Work, answer: int) -> None:
    waiting.SHORTEST_GAP = 0.01
    steps = _Steps(work.kill_at)
    steps.watch()
    error, jobs = "", {}
    try:
        jobs = anyio.run(partial(_work, work))
    except BaseException as failure:
        import traceback

        error = "".join(traceback.format_exception(failure))
    os.write(answer, json.dumps({"steps": steps.count, "jobs": jobs, "error": error}).encode())


def _run(work: Work) -> dict[str, Any]:
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.close(reading)
            _child(work, writing)
        finally:
            os._exit(0)
    os.close(writing)
    if work.kill_after is not None:
        time.sleep(work.kill_after)
        os.kill(child, signal.SIGKILL)
    said = b""
    while some := os.read(reading, 65536):
        said += some
    os.close(reading)
    _, status = os.waitpid(child, 0)
    killed = os.WIFSIGNALED(status)
    return {"killed": killed, **(json.loads(said) if said and not killed else {})}


def _import_everything() -> None:
    from quantum_jobs.services import service
    from quantum_jobs.store import Store

    service("ionq")
    quantum_jobs.connect_async("ionq", api_key=API_KEY, store=False)
    with tempfile.TemporaryDirectory() as folder:
        Store(Path(folder, "jobs.sqlite3")).close()


def _serve(run: Callable[[Work], dict[str, Any]]) -> None:
    _import_everything()
    for line in sys.stdin:
        print(json.dumps(run(Work(**json.loads(line)))), flush=True)


if __name__ == "__main__":
    _serve(_run)
