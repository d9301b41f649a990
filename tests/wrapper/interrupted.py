"""A program that uses a client until Ctrl-C comes, over and over. ``test_signals`` runs it in a process of its own.

Each round begins with a line from stdin. In it, the program says "ready", is interrupted, and tells in one line of JSON
what it knows then: the keys of all jobs that it was given or told of, and where the interruption came.
"""

from __future__ import annotations

import json
import sys
import uuid
from collections.abc import Callable
from typing import Any
from unittest import mock

import anyio
import httpx
import quantum_jobs

CIRCUIT = {"qubits": 2, "circuit": [{"gate": "x", "target": 0}]}


class Round:
    """What is known of one round: the keys of the jobs that came back."""

    def __init__(self) -> None:
        self.keys: list[str] = []

    def say_ready(self) -> None:
        print("ready", flush=True)

    def take(self, job: Any) -> None:
        self.keys.append(job.record.idempotency_key)


def told(error: BaseException | None) -> str:
    """Everything that an exception, and what led to it, tells its reader."""
    texts = ""
    while error is not None:
        parts = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
        texts += f"{error} {getattr(error, '__notes__', '')}" + "".join(map(told, parts))
        error = error.__cause__ or error.__context__
    return texts


def submit(client: quantum_jobs.Client, this: Round) -> None:
    this.say_ready()
    while True:
        this.take(client.submit(CIRCUIT, device="simulator"))


def submit_with_a_key(client: quantum_jobs.Client, this: Round) -> None:
    this.keys = [str(uuid.uuid4())]
    this.say_ready()
    while True:
        client.submit(CIRCUIT, device="simulator", idempotency_key=this.keys[0])


def read(client: quantum_jobs.Client, this: Round) -> None:
    job = client.submit(CIRCUIT, device="simulator")
    this.take(job)
    this.say_ready()
    while True:
        job.refresh()
        # Not left early: Python swallows what interrupts the destructor of a generator.
        assert list(client.jobs())
        quantum_jobs.wait([job], timeout=0.001)


async def submit_async(client: quantum_jobs.AsyncClient, this: Round) -> None:
    this.say_ready()
    while True:
        this.take(await client.submit(CIRCUIT, device="simulator"))


SYNC: dict[str, Callable[[quantum_jobs.Client, Round], None]] = {
    "submit": submit,
    "submit with a key": submit_with_a_key,
    "read": read,
}
ASYNC = {"submit under asyncio": "asyncio", "submit under trio": "trio"}


def main(what: str, url: str, rounds: int) -> None:
    connecting: dict[str, Any] = {
        "base_url": url,
        "api_key": "a-key-of-mine",
        "timeout": 5,
        "confirmation_timeout": 0.2,
    }

    async def asynchronously(this: Round) -> None:
        async with quantum_jobs.connect_async("ionq", **connecting) as used:
            await submit_async(used, this)

    with quantum_jobs.connect("ionq", **connecting) as client:
        client.submit(CIRCUIT, device="simulator", idempotency_key="first")  # what is made once is there
        for _ in range(rounds):
            sys.stdin.readline()
            this = Round()
            try:
                if what in SYNC:
                    SYNC[what](client, this)
                else:
                    anyio.run(asynchronously, this, backend=ASYNC[what])
            except BaseException as error:  # under trio also a group
                again = None
                if what == "submit with a key":
                    again = client.submit(CIRCUIT, device="simulator", idempotency_key=this.keys[0]).id
                trace = error.__traceback__
                while trace is not None and trace.tb_next is not None:
                    trace = trace.tb_next
                line = {
                    "keys": this.keys,
                    "told": told(error),
                    "kind": type(error).__name__,
                    "file": trace.tb_frame.f_code.co_filename if trace is not None else "",
                    "again": again,
                }
            print(json.dumps(line), flush=True)


if __name__ == "__main__":
    certificates = httpx.create_ssl_context()
    # Read once for all clients.
    with mock.patch.object(httpx, "create_ssl_context", return_value=certificates):
        main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
