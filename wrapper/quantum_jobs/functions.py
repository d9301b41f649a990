"""What works without a client in hand: connect, retrieve a job by its reference, wait for jobs of any services."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from quantum_jobs import arguments, background, environment
from quantum_jobs.async_client import AsyncClient
from quantum_jobs.async_job import AsyncJob
from quantum_jobs.client import Client, Job, job_of
from quantum_jobs.core import waiting
from quantum_jobs.core.waiting import Event, Progress, Settled
from quantum_jobs.errors import NotFoundError, UsageError, WaitTimeoutError
from quantum_jobs.http.keys import ApiKey

if TYPE_CHECKING:
    import httpx

J = TypeVar("J", Job, AsyncJob)
Report = Callable[[Progress], object] | None


class Waited(NamedTuple, Generic[J]):
    """The jobs that finished and those that did not, both in input order."""

    done: list[J]
    not_done: list[J]


def connect(
    service: str,
    *,
    api_key: str | None = None,
    base_url: str | None = None,
    timeout: float = environment.TIMEOUT,
    confirmation_timeout: float = environment.CONFIRMATION_TIMEOUT,
    transport: httpx.BaseTransport | httpx.AsyncBaseTransport | None = None,
) -> Client:
    """A client for one service. The same as ``Client(...)``, which says what the arguments are."""
    key: Any = ApiKey.of(api_key)
    del api_key  # a traceback that shows local variables must not show it
    return Client(
        service,
        api_key=key,
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
    timeout: float = environment.TIMEOUT,
    confirmation_timeout: float = environment.CONFIRMATION_TIMEOUT,
    transport: httpx.BaseTransport | httpx.AsyncBaseTransport | None = None,
) -> AsyncClient:
    """A client for one service, whose verbs are awaited. Not itself awaited. The same as ``AsyncClient(...)``."""
    key: Any = ApiKey.of(api_key)
    del api_key
    return AsyncClient(
        service,
        api_key=key,
        base_url=base_url,
        timeout=timeout,
        confirmation_timeout=confirmation_timeout,
        transport=transport,
    )


def job(ref: str) -> Job:
    """Retrieve a job by its reference, ``"<service>:<id>"``, with the key of the environment or keyring."""
    return Job(background.run(partial(job_async, ref)))


async def job_async(ref: str) -> AsyncJob:
    """Retrieve a job by its reference, ``"<service>:<id>"``, with the key of the environment or keyring."""
    split = arguments.split_ref(ref)
    full = f"{split.service.name}:{split.job_id}"
    try:
        return await AsyncClient.of(environment.connection(split.service.name)).job(full)
    except NotFoundError as error:
        if split.by_alias:  # some ids begin with a short name, so a whole id may have been taken for a reference
            error.args = (
                f"{error.message} (asked for {split.job_id!r}; if {ref!r} is the whole id, write "
                f"'{split.service.name}:{ref}')",
            )
        raise


def wait(jobs: Iterable[Job], timeout: float | None = None, *, progress: Report = None) -> Waited[Job]:
    """Wait for jobs of any services: those that finished and those that did not, both in input order.

    Never raises on time: after ``timeout`` seconds (None: never) the rest is in the second list, and so is what is on
    hold or has vanished. Results are fetched as jobs finish. ``progress`` is called after each poll.
    """
    given = _listed(jobs, Job)
    lost: set[AsyncJob] = set()
    for events in background.iterate(waiting.follow([each._job for each in given], timeout)):
        lost |= _handled(events, progress)
    return Waited(*_split(given, [each._job not in lost for each in given]))


async def wait_async(
    jobs: Iterable[AsyncJob], timeout: float | None = None, *, progress: Report = None
) -> Waited[AsyncJob]:
    """Wait for jobs of any services: those that finished and those that did not, both in input order.

    Never raises on time: after ``timeout`` seconds (None: never) the rest is in the second list, and so is what is on
    hold or has vanished. Results are fetched as jobs finish. ``progress`` is called after each poll.
    """
    given = _listed(jobs, AsyncJob)
    lost: set[AsyncJob] = set()
    async for events in waiting.follow(given, timeout):
        lost |= _handled(events, progress)
    return Waited(*_split(given, [each not in lost for each in given]))


def as_completed(jobs: Iterable[Job], timeout: float | None = None, *, progress: Report = None) -> Iterator[Job]:
    """Jobs of any services as they finish, with their results fetched already.

    A job on hold or vanished is yielded too, and its ``result()`` raises. After ``timeout`` seconds raises
    WaitTimeoutError with the jobs that are left.
    """
    return _as_completed(_listed(jobs, Job), timeout, progress)


def _as_completed(given: list[Job], timeout: float | None, progress: Report) -> Iterator[Job]:
    left = {id(each._job): each._job for each in given}
    for events in background.iterate(waiting.follow([each._job for each in given], timeout)):
        for event in events:
            if isinstance(event, Settled):
                del left[id(event.job)]
                yield job_of(event.job)
            elif progress is not None:
                progress(event)
    if left:
        error = waiting.timed_out(list(left.values()), timeout)
        raise WaitTimeoutError(error.message, job=job_of(error.job), jobs=[job_of(each) for each in error.jobs])


async def as_completed_async(
    jobs: Iterable[AsyncJob], timeout: float | None = None, *, progress: Report = None
) -> AsyncIterator[AsyncJob]:
    """Jobs of any services as they finish, with their results fetched already.

    A job on hold or vanished is yielded too, and its ``result()`` raises. After ``timeout`` seconds raises
    WaitTimeoutError with the jobs that are left.
    """
    left = {id(each): each for each in _listed(jobs, AsyncJob)}
    async for events in waiting.follow(list(left.values()), timeout):
        for event in events:
            if isinstance(event, Settled):
                del left[id(event.job)]
                yield event.job
            elif progress is not None:
                progress(event)
    if left:
        raise waiting.timed_out(list(left.values()), timeout)


def _handled(events: Sequence[Event], progress: Report) -> set[AsyncJob]:
    """Report what there is to report; gives the jobs that are lost."""
    lost = set()
    for event in events:
        if isinstance(event, Settled):
            if event.lost is not None:
                lost.add(event.job)
        elif progress is not None:
            progress(event)
    return lost


def _split(jobs: Sequence[J], known: Sequence[bool]) -> tuple[list[J], list[J]]:
    over = [is_known and each.status.is_final for each, is_known in zip(jobs, known, strict=True)]
    return (
        [each for each, is_over in zip(jobs, over, strict=True) if is_over],
        [each for each, is_over in zip(jobs, over, strict=True) if not is_over],
    )


def _listed(jobs: Iterable[Any], kind: type[J]) -> list[J]:
    if isinstance(jobs, str) or not isinstance(jobs, Iterable):
        raise UsageError(f"expected several jobs, such as a list; got {type(jobs).__name__}")
    given = list(jobs)
    for each in given:
        if not isinstance(each, kind):
            others = {AsyncJob: "wait_async or as_completed_async", Job: "wait or as_completed"}.get(type(each))
            raise UsageError(
                f"expected {kind.__name__} objects, got {type(each).__name__}"
                + (f"; for those there is {others}" if others else "")
            )
    return given
