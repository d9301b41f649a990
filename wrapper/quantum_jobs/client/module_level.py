"""What works without a client in hand: connect, take up a job by its reference, wait for jobs of any services."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from quantum_jobs.client import common
from quantum_jobs.client.asynchronous import AsyncClient, AsyncJob
from quantum_jobs.client.connections import connected, shared, shared_async
from quantum_jobs.client.sync import Client, Job
from quantum_jobs.errors import UsageError
from quantum_jobs.flows import waiting
from quantum_jobs.flows.ask import JobState
from quantum_jobs.flows.following import Progress
from quantum_jobs.http import drivers
from quantum_jobs.http.channel import AsyncChannel, SyncChannel

if TYPE_CHECKING:
    import httpx


def connect(
    service: str,
    *,
    api_key: str | None = None,
    base_url: str | None = None,
    timeout: float = common.TIMEOUT,
    confirmation_timeout: float = common.CONFIRMATION_TIMEOUT,
    transport: httpx.BaseTransport | None = None,
) -> Client:
    """A client for one service: ``"ionq-v0.4"`` (or ``"ionq"``), ``"ionq-v0.3"``, ``"qbraid-v2"`` (or ``"qbraid"``).

    Args:
        service: the service's name or short name.
        api_key: the key; else it is taken from the service's environment variable, else from the system's keyring.
        base_url: another address of the service; else from the environment, else the vendor's.
        timeout: seconds that one request may take altogether.
        confirmation_timeout: seconds for which an unclear submission is looked up before it is reported as uncertain.
        transport: an httpx transport, for proxies and tests.

    Raises:
        UsageError: an unknown service, a base URL or key that cannot be one, a timeout that is no number.
        CredentialsError: no key was found; names the places that were looked at.
    """
    connection = connected(
        SyncChannel,
        service,
        api_key=api_key,
        base_url=base_url,
        timeout=timeout,
        confirmation_timeout=confirmation_timeout,
        transport=transport,
    )
    return Client(connection)


def connect_async(
    service: str,
    *,
    api_key: str | None = None,
    base_url: str | None = None,
    timeout: float = common.TIMEOUT,
    confirmation_timeout: float = common.CONFIRMATION_TIMEOUT,
    transport: httpx.AsyncBaseTransport | None = None,
) -> AsyncClient:
    """The same as ``connect`` for asyncio: the client's verbs are awaited. Not itself awaited."""
    connection = connected(
        AsyncChannel,
        service,
        api_key=api_key,
        base_url=base_url,
        timeout=timeout,
        confirmation_timeout=confirmation_timeout,
        transport=transport,
    )
    return AsyncClient(connection)


def job(ref: str) -> Job:
    """Take up a job by its reference, ``"<service>:<id>"``, with the key of the environment or keyring."""
    service, job_id = common.split_ref(ref)
    return Client(shared(service.name)).job(job_id)


async def job_async(ref: str) -> AsyncJob:
    """Take up a job by its reference, ``"<service>:<id>"``, with the key of the environment or keyring."""
    service, job_id = common.split_ref(ref)
    return await AsyncClient(shared_async(service.name)).job(job_id)


def wait(
    jobs: Iterable[Job], timeout: float | None = None, *, progress: Callable[[Progress], None] | None = None
) -> tuple[list[Job], list[Job]]:
    """Wait for jobs of any services: those that finished and those that did not, both in input order.

    Never raises on time: after ``timeout`` seconds (None: never) the rest is in the second list, and so is what is on
    hold or has vanished. Results are fetched as jobs finish. ``progress`` is called after each look.
    """
    states = [_state(each, Job) for each in _listed(jobs)]
    done, not_done = drivers.run(waiting.wait_all(states, timeout, progress))
    return [state.owner for state in done], [state.owner for state in not_done]


async def wait_async(
    jobs: Iterable[AsyncJob], timeout: float | None = None, *, progress: Callable[[Progress], None] | None = None
) -> tuple[list[AsyncJob], list[AsyncJob]]:
    """Wait for jobs of any services: those that finished and those that did not, both in input order.

    Never raises on time: after ``timeout`` seconds (None: never) the rest is in the second list, and so is what is on
    hold or has vanished. Results are fetched as jobs finish. ``progress`` is called after each look.
    """
    states = [_state(each, AsyncJob) for each in _listed(jobs)]
    done, not_done = await drivers.run_async(waiting.wait_all(states, timeout, progress))
    return [state.owner for state in done], [state.owner for state in not_done]


def as_completed(
    jobs: Iterable[Job], timeout: float | None = None, *, progress: Callable[[Progress], None] | None = None
) -> Iterator[Job]:
    """Jobs of any services as they finish, with their results fetched already.

    A job on hold or vanished is yielded too, and its ``result()`` raises. After ``timeout`` seconds raises
    WaitTimeoutError with the jobs that are left.
    """
    states = [_state(each, Job) for each in _listed(jobs)]
    return (state.owner for state in drivers.iterate(waiting.as_completed(states, timeout, progress)))


async def as_completed_async(
    jobs: Iterable[AsyncJob], timeout: float | None = None, *, progress: Callable[[Progress], None] | None = None
) -> AsyncIterator[AsyncJob]:
    """Jobs of any services as they finish, with their results fetched already.

    A job on hold or vanished is yielded too, and its ``result()`` raises. After ``timeout`` seconds raises
    WaitTimeoutError with the jobs that are left.
    """
    states = [_state(each, AsyncJob) for each in _listed(jobs)]
    async for state in drivers.iterate_async(waiting.as_completed(states, timeout, progress)):
        yield state.owner


def _listed(jobs: Iterable[Any]) -> list[Any]:
    if isinstance(jobs, str) or not isinstance(jobs, Iterable):
        raise UsageError(f"expected several jobs, such as a list; got {type(jobs).__name__}")
    return list(jobs)


def _state(each: object, kind: type[Job] | type[AsyncJob]) -> JobState:
    if not isinstance(each, kind):
        raise UsageError(f"expected {kind.__name__} objects, got {type(each).__name__}")
    return each._state
