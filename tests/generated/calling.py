"""A call of one operation, in each way that there is, to a service that gives one answer."""

import asyncio
from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

import httpx
from quantum_apis import qbraid_v2
from quantum_apis.qbraid_v2.api.jobs import get_job
from quantum_apis.qbraid_v2.errors import BindingsError
from quantum_apis.qbraid_v2.models import GetJobResponse

KEY = "key-that-must-not-be-seen"
JOB = {"success": True, "data": {"jobQrn": "a:b", "status": "QUEUED"}}


def answering(status: int, **content: Any) -> qbraid_v2.Client:
    return asking(lambda request: httpx.Response(status, **content))


def asking(answer: Callable[[httpx.Request], httpx.Response], **arguments: Any) -> qbraid_v2.Client:
    transport = httpx.MockTransport(answer)
    client = qbraid_v2.connect(KEY, transport=transport, **arguments)
    TRANSPORTS[client] = transport
    return client


# What a client of the other kind is given, to get the same answers.
TRANSPORTS: WeakKeyDictionary[qbraid_v2.Client, httpx.MockTransport] = WeakKeyDictionary()


async def awaited(client: qbraid_v2.Client, job: str) -> GetJobResponse:
    """The same call, awaited."""
    async with qbraid_v2.connect_async(KEY, transport=TRANSPORTS[client]) as other:
        return await other.jobs.get_job(job)


def call(client: qbraid_v2.Client, job: str = "a:b") -> GetJobResponse:
    """All ways of calling must do the same."""
    outcomes: list[Any] = []
    attempts: list[Callable[[], Any]] = [
        lambda: get_job.sync(job, client=client),
        lambda: client.jobs.get_job(job),
        lambda: asyncio.run(awaited(client, job)),
        lambda: get_job.parse(client.send(get_job.build_request(job))),
    ]
    for attempt in attempts:
        try:
            outcomes.append(attempt())
        except (BindingsError, ValueError) as error:
            outcomes.append(error)
    first = outcomes[0]
    for other in outcomes:
        assert type(other) is type(first)
        assert str(other) == str(first)
    if isinstance(first, Exception):
        raise first
    assert outcomes == [first] * len(attempts)
    return first  # type: ignore[no-any-return]  # any operation's answer
