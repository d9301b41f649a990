"""What works without a client in hand: connect, retrieve a job by its reference, wait for jobs of any services."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import aclosing
from functools import partial
from typing import Any, Generic, NamedTuple

from quantum_jobs import arguments, background
from quantum_jobs.async_client import AsyncClient
from quantum_jobs.async_job import AsyncJob
from quantum_jobs.checks import checked_list
from quantum_jobs.client import Client, Job
from quantum_jobs.core import environment, following, managing, waiting
from quantum_jobs.core.following import follow
from quantum_jobs.core.job import AnyJob
from quantum_jobs.errors import NotFoundError, UsageError
from quantum_jobs.listing import Listing
from quantum_jobs.progress import Report, reporting

connect = Client
connect_async = AsyncClient


class Waited(NamedTuple, Generic[AnyJob]):
    """The jobs that finished and those that did not, both in input order."""

    done: list[AnyJob]
    not_done: list[AnyJob]

    def _repr_html_(self) -> str:
        from quantum_jobs import html

        return f"<div>done</div>{html.of_list(self.done)}<div>not done</div>{html.of_list(self.not_done)}"


def job(ref: str) -> Job:
    """Retrieve a job by its reference, ``"<service>:<id>"``, with the key of the environment or keyring."""
    return background.run(partial(_retrieve, ref, Job))


async def job_async(ref: str) -> AsyncJob:
    """Retrieve a job by its reference, ``"<service>:<id>"``, with the key of the environment or keyring."""
    return await _retrieve(ref, AsyncJob)


async def _retrieve(ref: str, job_class: type[AnyJob]) -> AnyJob:
    split = arguments.split_ref(ref)
    connection = environment.connection(split.service.name)
    try:
        return await managing.retrieve(connection, split.job_id, job_class)
    except NotFoundError as error:
        if split.by_alias:  # some ids begin with a short name, so a whole id may have been taken for a reference
            error.args = (
                f"{error.message} (asked for {split.job_id!r}; if {ref!r} is the whole id, write "
                f"'{split.service.name}:{ref}')",
            )
        raise


def wait(jobs: Iterable[Job], timeout: float | None = None, *, progress: Report = True) -> Waited[Job]:
    """Wait for jobs of any services: gives ``(done, not_done)``, two lists in input order, by name too.

    Never raises on time: after ``timeout`` seconds (None: never) the rest is in the second list, and so is what is on
    hold or has vanished. Results are fetched as jobs finish.

    ``progress`` is shown in a terminal or notebook, where a person looks on; False says nothing, and a function is
    called with a ``Progress`` after each poll.
    """
    given = _listed(jobs, Job)
    following.wait_for_all_in_sync_code(given, timeout, progress)
    return _split(given)


async def wait_async(
    jobs: Iterable[AsyncJob], timeout: float | None = None, *, progress: Report = True
) -> Waited[AsyncJob]:
    """Wait for jobs of any services: gives ``(done, not_done)``, two lists in input order, by name too.

    Never raises on time: after ``timeout`` seconds (None: never) the rest is in the second list, and so is what is on
    hold or has vanished. Results are fetched as jobs finish.

    ``progress`` is shown in a terminal or notebook, where a person looks on; False says nothing, and a function is
    called with a ``Progress`` after each poll.
    """
    given = _listed(jobs, AsyncJob)
    await following.wait_for_all(given, timeout, progress)
    return _split(given)


def _split(jobs: Sequence[AnyJob]) -> Waited[AnyJob]:
    return Waited(
        Listing(job for job in jobs if job.status.is_final), Listing(job for job in jobs if not job.status.is_final)
    )


def as_completed(jobs: Iterable[Job], timeout: float | None = None, *, progress: Report = True) -> Iterator[Job]:
    """Jobs of any services as they finish, with their results fetched already.

    A job on hold or vanished is yielded too, and its ``result()`` raises. After ``timeout`` seconds raises
    WaitTimeoutError with the jobs that are left. ``progress`` is as of ``wait``.
    """
    return _as_completed(_listed(jobs, Job), timeout, progress)


def _as_completed(given: list[Job], timeout: float | None, progress: Report) -> Iterator[Job]:
    left = {id(each): each for each in given}
    with reporting(progress) as reporter:
        for events in background.iterate(follow(given, timeout), reporter.look):
            for each in following.settled(events, reporter):
                reporter.pause()
                yield left.pop(id(each.job))
    if left:
        raise waiting.timed_out(list(left.values()), timeout)


async def as_completed_async(
    jobs: Iterable[AsyncJob], timeout: float | None = None, *, progress: Report = True
) -> AsyncIterator[AsyncJob]:
    """Jobs of any services as they finish, with their results fetched already.

    A job on hold or vanished is yielded too, and its ``result()`` raises. After ``timeout`` seconds raises
    WaitTimeoutError with the jobs that are left. ``progress`` is as of ``wait``.
    """
    left = {id(each): each for each in _listed(jobs, AsyncJob)}
    with reporting(progress) as reporter:
        async with aclosing(follow(list(left.values()), timeout)) as batches:
            async for events in batches:
                for each in following.settled(events, reporter):
                    reporter.pause()
                    yield left.pop(id(each.job))
    if left:
        raise waiting.timed_out(list(left.values()), timeout)


def _listed(jobs: Iterable[Any], kind: type[AnyJob]) -> list[AnyJob]:
    given = checked_list(jobs, "jobs")
    for each in given:
        if not isinstance(each, kind):
            others = {AsyncJob: "wait_async or as_completed_async", Job: "wait or as_completed"}.get(type(each))
            raise UsageError(
                f"expected {kind.__name__} objects, got {type(each).__name__}"
                + (f"; for those there is {others}" if others else "")
            )
    return given
