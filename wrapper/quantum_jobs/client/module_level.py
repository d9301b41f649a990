"""Clients and jobs without a client in hand: connect, take up a job by its reference, wait for jobs of any services.

Jobs taken up by reference share one client per service, key and base URL of the environment. Sync ones close at exit;
async ones belong to their event loop.
"""

from __future__ import annotations

import atexit
import threading
import weakref
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

import attrs

from quantum_jobs.client import common
from quantum_jobs.client.asynchronous import AsyncClient, AsyncJob
from quantum_jobs.client.sync import Client, Job
from quantum_jobs.credentials import find_base_url, find_key
from quantum_jobs.errors import UsageError
from quantum_jobs.flows import following
from quantum_jobs.flows.ask import Connected, Connection, JobState
from quantum_jobs.flows.following import Progress
from quantum_jobs.http import drivers
from quantum_jobs.http.channel import AsyncChannel, SyncChannel
from quantum_jobs.http.limits import shared_limiter
from quantum_jobs.model import JobRecord
from quantum_jobs.services import service as find_service
from quantum_jobs.services.base import Service

if TYPE_CHECKING:
    import asyncio

    import httpx


def connect(
    service: str,
    *,
    api_key: str | None = None,
    base_url: str | None = None,
    timeout: float = common.TIMEOUT,
    settle: float = common.SETTLE,
    transport: httpx.BaseTransport | None = None,
) -> Client:
    """A client for one service: ``"ionq-v0.4"`` (or ``"ionq"``), ``"ionq-v0.3"``, ``"qbraid-v2"`` (or ``"qbraid"``).

    Args:
        service: the service's name or short name.
        api_key: the key; else it is taken from the service's environment variable, else from the system's keyring.
        base_url: another address of the service; else from the environment, else the vendor's.
        timeout: seconds that one request may take altogether.
        settle: seconds for which an unclear submission is looked up before it is reported as uncertain.
        transport: an httpx transport, for proxies and tests.

    Raises:
        UsageError: an unknown service, a base URL or key that cannot be one, a timeout that is no number.
        CredentialsError: no key was found; names the places that were looked at.
    """
    found, key, common_arguments = _arguments(service, api_key, base_url, timeout)
    checked_settle = common.checked_seconds(settle, "settle", zero=True)
    channel = SyncChannel(transport=transport, **common_arguments)
    connection = Connected(found, channel)

    def api() -> Any:
        return common.bindings_client(connection, key, transport, channel.timeout)

    return Client(connection, channel, settle=checked_settle, api=api)


def connect_async(
    service: str,
    *,
    api_key: str | None = None,
    base_url: str | None = None,
    timeout: float = common.TIMEOUT,
    settle: float = common.SETTLE,
    transport: httpx.AsyncBaseTransport | None = None,
) -> AsyncClient:
    """The same as ``connect`` for asyncio: the client's verbs are awaited. Not itself awaited."""
    found, key, common_arguments = _arguments(service, api_key, base_url, timeout)
    checked_settle = common.checked_seconds(settle, "settle", zero=True)
    channel = AsyncChannel(transport=transport, **common_arguments)
    connection = Connected(found, channel)

    def api() -> Any:
        return common.bindings_client(connection, key, transport, channel.timeout)

    return AsyncClient(connection, channel, settle=checked_settle, api=api)


def _arguments(
    name: str, api_key: str | None, base_url: str | None, timeout: float
) -> tuple[Service, str, dict[str, Any]]:
    service = find_service(name)
    seconds = common.checked_seconds(timeout, "timeout", zero=False)
    url = find_base_url(service, base_url)
    key = find_key(service, api_key)
    arguments = {
        "service": service.name,
        "base_url": url,
        "api_key": key,
        "headers": service.headers(key),
        "timeout": seconds,
        "limiter": shared_limiter(service.name, url, key, service.rate_limit),
    }
    return service, key, arguments


def job(ref: str) -> Job:
    """Take up a job by its reference, ``"<service>:<id>"``, with the key of the environment or keyring."""
    service, job_id = common.split_ref(ref)
    return _shared_client(service.name).job(job_id)


async def job_async(ref: str) -> AsyncJob:
    """Take up a job by its reference, ``"<service>:<id>"``, with the key of the environment or keyring."""
    service, job_id = common.split_ref(ref)
    return await _shared_client_async(service.name).job(job_id)


def wait(
    jobs: Iterable[Job], timeout: float | None = None, *, progress: Callable[[Progress], None] | None = None
) -> tuple[list[Job], list[Job]]:
    """Wait for jobs of any services: those that finished and those that did not, both in input order.

    Never raises on time: after ``timeout`` seconds (None: never) the rest is in the second list, and so is what is on
    hold or has vanished. Results are fetched as jobs finish. ``progress`` is called after each look.
    """
    states = [_state(each, Job) for each in _listed(jobs)]
    done, not_done = drivers.run(following.wait_all(states, timeout, progress))
    return [state.owner for state in done], [state.owner for state in not_done]


async def wait_async(
    jobs: Iterable[AsyncJob], timeout: float | None = None, *, progress: Callable[[Progress], None] | None = None
) -> tuple[list[AsyncJob], list[AsyncJob]]:
    """Wait for jobs of any services: those that finished and those that did not, both in input order.

    Never raises on time: after ``timeout`` seconds (None: never) the rest is in the second list, and so is what is on
    hold or has vanished. Results are fetched as jobs finish. ``progress`` is called after each look.
    """
    states = [_state(each, AsyncJob) for each in _listed(jobs)]
    done, not_done = await drivers.run_async(following.wait_all(states, timeout, progress))
    return [state.owner for state in done], [state.owner for state in not_done]


def as_completed(
    jobs: Iterable[Job], timeout: float | None = None, *, progress: Callable[[Progress], None] | None = None
) -> Iterator[Job]:
    """Jobs of any services as they finish, with their results fetched already.

    A job on hold or vanished is yielded too, and its ``result()`` raises. After ``timeout`` seconds raises
    WaitTimeoutError with the jobs that are left.
    """
    states = [_state(each, Job) for each in _listed(jobs)]
    return (state.owner for state in drivers.iterate(following.as_completed(states, timeout, progress)))


async def as_completed_async(
    jobs: Iterable[AsyncJob], timeout: float | None = None, *, progress: Callable[[Progress], None] | None = None
) -> AsyncIterator[AsyncJob]:
    """Jobs of any services as they finish, with their results fetched already.

    A job on hold or vanished is yielded too, and its ``result()`` raises. After ``timeout`` seconds raises
    WaitTimeoutError with the jobs that are left.
    """
    states = [_state(each, AsyncJob) for each in _listed(jobs)]
    async for state in drivers.iterate_async(following.as_completed(states, timeout, progress)):
        yield state.owner


def _listed(jobs: Iterable[Any]) -> list[Any]:
    if isinstance(jobs, str) or not isinstance(jobs, Iterable):
        raise UsageError(f"expected several jobs, such as a list; got {type(jobs).__name__}")
    return list(jobs)


def _state(each: object, kind: type[Job] | type[AsyncJob]) -> JobState:
    if not isinstance(each, kind):
        raise UsageError(f"expected {kind.__name__} objects, got {type(each).__name__}")
    return each._state


_clients: dict[tuple[str, str, str], Client] = {}
_clients_lock = threading.Lock()
_async_clients: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, dict[tuple[str, str, str], AsyncClient]]
_async_clients = weakref.WeakKeyDictionary()


def _identity(name: str) -> tuple[str, str, str]:
    service = find_service(name)
    return service.name, find_base_url(service, None), find_key(service, None)


def _shared_client(name: str) -> Client:
    """The client that the environment gives for a service; made once, and anew when it was closed."""
    identity = _identity(name)
    with _clients_lock:
        client = _clients.get(identity)
        if client is None or client._channel.closed:
            client = _clients[identity] = connect(name)
    return client


def _shared_client_async(name: str) -> AsyncClient:
    """The same for the running event loop."""
    import asyncio

    identity = _identity(name)
    clients = _async_clients.setdefault(asyncio.get_running_loop(), {})
    client = clients.get(identity)
    if client is None or client._channel.closed:
        client = clients[identity] = connect_async(name)
    return client


@atexit.register
def _close_shared_clients() -> None:
    for client in _clients.values():
        client.close()


@attrs.frozen(eq=False, slots=False)
class _FromEnvironment:
    """The connection of a job that came out of a pickle: made from the environment when it is first used."""

    name: str
    shared_client: Callable[[str], Any]

    @cached_property
    def service(self) -> Service:
        return find_service(self.name)

    @cached_property
    def _connection(self) -> Connection:
        connection: Connection = self.shared_client(self.name)._connection
        return connection

    @property
    def channel(self) -> Any:
        return self._connection.channel


def revived(record: Mapping[str, Any]) -> Job:
    """A job out of its pickle."""
    read = JobRecord.from_dict(record)
    return Job(JobState(_FromEnvironment(read.service, _shared_client), read))


def revived_async(record: Mapping[str, Any]) -> AsyncJob:
    """An async job out of its pickle."""
    read = JobRecord.from_dict(record)
    return AsyncJob(JobState(_FromEnvironment(read.service, _shared_client_async), read))
