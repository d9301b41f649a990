"""What works without a client in hand: connect, take up a job by its reference, wait for jobs of any services."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from quantum_jobs.client import common
from quantum_jobs.client.asynchronous import AsyncClient, AsyncJob
from quantum_jobs.client.connections import shared, shared_async
from quantum_jobs.client.sync import Client, Job
from quantum_jobs.errors import NotFoundError, UsageError
from quantum_jobs.flows import waiting
from quantum_jobs.flows.ask import JobState
from quantum_jobs.flows.following import Progress
from quantum_jobs.http import drivers

if TYPE_CHECKING:
    import httpx

J = TypeVar("J")


class DoneAndNotDone(NamedTuple, Generic[J]):
    """What ``wait`` gives: the jobs that are over, and those that are not."""

    done: list[J]
    not_done: list[J]


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
    return Client(
        service,
        api_key=api_key,
        base_url=base_url,
        timeout=timeout,
        confirmation_timeout=confirmation_timeout,
        transport=transport,
    )


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
    return AsyncClient(
        service,
        api_key=api_key,
        base_url=base_url,
        timeout=timeout,
        confirmation_timeout=confirmation_timeout,
        transport=transport,
    )


def job(ref: str) -> Job:
    """Retrieve a job by its reference, ``"<service>:<id>"``, with the key of the environment or keyring."""
    split = common.split_ref(ref)
    try:
        return Client._of(shared(split.service.name)).job(f"{split.service.name}:{split.job_id}")
    except NotFoundError as error:
        _explain(error, ref, split)
        raise


async def job_async(ref: str) -> AsyncJob:
    """Retrieve a job by its reference, ``"<service>:<id>"``, with the key of the environment or keyring."""
    split = common.split_ref(ref)
    try:
        return await AsyncClient._of(shared_async(split.service.name)).job(f"{split.service.name}:{split.job_id}")
    except NotFoundError as error:
        _explain(error, ref, split)
        raise


def _explain(error: NotFoundError, ref: str, split: common.SplitRef) -> None:
    """Say what was asked for, where a whole id may have been taken for a reference: some begin with a short name."""
    if split.by_alias:
        full = split.service.name
        text = f"{error.message} (asked for {split.job_id!r}; if {ref!r} is the whole id, write '{full}:{ref}')"
        error.args = (text,)


def wait(
    jobs: Iterable[Job], timeout: float | None = None, *, progress: Callable[[Progress], None] | None = None
) -> DoneAndNotDone[Job]:
    """Wait for jobs of any services: ``done`` and ``not_done``, both in input order.

    Never raises on time: after ``timeout`` seconds (None: never) the rest is in the second list, and so is what is on
    hold or has vanished. Results are fetched as jobs finish. ``progress`` is called after each look.
    """
    states = [_state(each, Job) for each in _listed(jobs)]
    done, not_done = drivers.run(waiting.wait_all(states, timeout, progress))
    return DoneAndNotDone([state.owner for state in done], [state.owner for state in not_done])


async def wait_async(
    jobs: Iterable[AsyncJob], timeout: float | None = None, *, progress: Callable[[Progress], None] | None = None
) -> DoneAndNotDone[AsyncJob]:
    """Wait for jobs of any services: ``done`` and ``not_done``, both in input order.

    Never raises on time: after ``timeout`` seconds (None: never) the rest is in the second list, and so is what is on
    hold or has vanished. Results are fetched as jobs finish. ``progress`` is called after each look.
    """
    states = [_state(each, AsyncJob) for each in _listed(jobs)]
    done, not_done = await drivers.run_async(waiting.wait_all(states, timeout, progress))
    return DoneAndNotDone([state.owner for state in done], [state.owner for state in not_done])


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
    if isinstance(each, kind):
        return each._state
    instead = ""
    if isinstance(each, (Job, AsyncJob)):
        names = "wait_async or as_completed_async" if isinstance(each, AsyncJob) else "wait or as_completed"
        instead = f": {names} takes these"
    raise UsageError(f"expected {kind.__name__} objects, got {type(each).__name__}{instead}")
