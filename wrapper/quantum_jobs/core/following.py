"""Follow many jobs of any services, and fetch the results of those that complete.

Polling and fetching are separate tasks, and a result that is not ready gets a task of its own, so it delays no other.
The caller receives events, in its own task or thread.
"""

from __future__ import annotations

import contextlib
import logging
import math
from collections import Counter, deque
from collections.abc import AsyncGenerator, Iterable, Iterator, Sequence
from contextlib import aclosing
from functools import partial

import anyio
import attrs
from anyio.abc import TaskGroup
from anyio.streams.memory import MemoryObjectSendStream

from quantum_jobs.background import iterate, spawn
from quantum_jobs.core import fetching
from quantum_jobs.core.connection import MOST_CONCURRENT, Connection, gather, may_change
from quantum_jobs.core.job import BaseJob
from quantum_jobs.core.waiting import Group, Settled, checked_timeout, timed_out
from quantum_jobs.errors import APIError, QuantumJobsError, ResponseError, ServiceUnreachableError
from quantum_jobs.http import retry
from quantum_jobs.http.limits import LONGEST_PAUSE, NOTABLE_PAUSE
from quantum_jobs.model import JobStatus
from quantum_jobs.progress import Progress, Report, Reporter, reporting

log = logging.getLogger("quantum_jobs")

#: Failures in a row from which on an outage is taken for a long one.
LONG_OUTAGE = 6

Event = Settled | Progress


async def follow(
    jobs: Sequence[BaseJob], timeout: float | None, *, fetch: bool = True
) -> AsyncGenerator[list[Event], None]:
    """Wait for jobs of any services; yield new events, until all jobs are settled or the time is over. With ``fetch`` a
    completed job is settled when its results are fetched."""
    seconds = checked_timeout(timeout)
    send, receive = anyio.create_memory_object_stream[Event](math.inf)
    # Two objects for one job are equal; each gets its events.
    distinct = list({id(job): job for job in jobs}.values())
    with receive, spawn(_Follower(distinct, fetch, send).run, seconds):
        async for event in receive:
            events = [event]
            while receive.statistics().current_buffer_used:
                events.append(receive.receive_nowait())
            yield events


async def wait_for_all(
    jobs: Sequence[BaseJob], timeout: float | None, progress: Report
) -> dict[BaseJob, QuantumJobsError]:
    """Wait until all jobs are settled or the time is over. Return the errors of jobs that are lost or have no
    results."""
    failures: dict[BaseJob, QuantumJobsError] = {}
    with reporting(progress) as reporter:
        async with aclosing(follow(jobs, timeout)) as batches:
            async for events in batches:
                failures.update((each.job, each.error) for each in settled(events, reporter) if each.error is not None)
    return failures


def wait_for_all_in_sync_code(
    jobs: Sequence[BaseJob], timeout: float | None, progress: Report
) -> dict[BaseJob, QuantumJobsError]:
    """The same for sync code."""
    failures: dict[BaseJob, QuantumJobsError] = {}
    with reporting(progress) as reporter:
        for events in iterate(follow(jobs, timeout), reporter.look):
            failures.update((each.job, each.error) for each in settled(events, reporter) if each.error is not None)
    return failures


def settled(events: Iterable[Event], reporter: Reporter) -> Iterator[Settled]:
    """The jobs that are settled, in the order of events; progress is reported in between."""
    for event in events:
        if isinstance(event, Settled):
            yield event
        else:
            reporter.report(event)


@attrs.define(eq=False)
class _Follower:
    """Follows many jobs, and sends events."""

    jobs: Sequence[BaseJob]
    fetch: bool
    events: MemoryObjectSendStream[Event]
    #: Completed jobs whose results are being fetched, by identity, and why the last attempt failed.
    unfetched: dict[int, tuple[BaseJob, str]] = attrs.field(factory=dict)
    lost: set[BaseJob] = attrs.field(factory=set)
    #: By connection, else service: one that is slow, or asks for a pause, delays no other.
    fetches: dict[Connection | str, _Fetches] = attrs.field(factory=dict)

    async def run(self, seconds: float | None) -> None:
        async with self.events:
            with anyio.move_on_after(seconds):
                await self._run()
            # After a timeout: completed jobs are settled without their results.
            for job, why in self.unfetched.values():
                self._send(Settled(job, timed_out([job], seconds, why)))

    async def _run(self) -> None:
        async with anyio.create_task_group() as tasks:
            self._report()
            self._take([Settled(job) for job in self.jobs if job.status.is_final], tasks)
            for group in _groups(job for job in self.jobs if not job.status.is_final):
                tasks.start_soon(self._poll, group, tasks)

    async def _poll(self, group: Group, tasks: TaskGroup) -> None:
        async for over in group.polls():
            self._take(over, tasks)
            self._report()

    def _take(self, over: Iterable[Settled], tasks: TaskGroup) -> None:
        for settled in over:
            job = settled.job
            if settled.error is not None:
                self.lost.add(job)
            elif self.fetch and job.status is JobStatus.COMPLETED and fetching.DEFAULT not in job._fetched:
                self.unfetched[id(job)] = job, ""
                fetches = self.fetches.setdefault(job._given_connection or job.service, _Fetches())
                fetches.waiting.append(job)
                self._start_worker(fetches, tasks)
                continue
            self._send(settled)

    def _start_worker(self, fetches: _Fetches, tasks: TaskGroup) -> None:
        if fetches.workers < MOST_CONCURRENT:
            fetches.workers += 1
            tasks.start_soon(self._work, fetches, tasks)

    async def _work(self, fetches: _Fetches, tasks: TaskGroup) -> None:
        """Fetch the results of jobs of one connection, one after the other."""
        while fetches.waiting:
            job = fetches.waiting.popleft()
            failure = await self._fetch(job, once=True)
            if failure is None:
                continue
            if not _is_outage(failure):
                tasks.start_soon(self._fetch, job)  # in a task of its own, as it must not delay the others
                continue
            fetches.failed.append(job)
            if not fetches.is_retrying:
                fetches.is_retrying = True
                tasks.start_soon(self._retry, fetches, failure, tasks)
        fetches.workers -= 1

    async def _retry(self, fetches: _Fetches, failure: QuantumJobsError, tasks: TaskGroup) -> None:
        """In an outage, request a few results at a time, with pauses that grow while none comes: to request all of them
        again and again would be thousands of requests in vain."""
        started = anyio.current_time()
        attempt, together, is_told = 1, 1, False
        while fetches.failed:
            asked = failure.retry_after or 0.0 if isinstance(failure, APIError) else 0.0
            pause = max(retry.backoff_after(attempt), min(asked, LONGEST_PAUSE)) if attempt else 0.0
            if pause > NOTABLE_PAUSE and not is_told:
                is_told = True
                log.warning("%s; fetching results again in %.0f s", failure, pause)
            await anyio.sleep(pause)
            # Those that failed last come first: others may never come.
            jobs = [fetches.failed.pop() for _ in range(min(together, len(fetches.failed)))]
            failed = 0
            for job, why in zip(jobs, await gather(partial(self._fetch, job, once=True) for job in jobs), strict=True):
                if why is None:
                    continue
                if not _is_outage(why):
                    tasks.start_soon(self._fetch, job)
                elif _is_stray(why) and anyio.current_time() > started + retry.STRAY_FOR:
                    self._settle(job, why)
                else:
                    failure = why
                    failed += 1
                    fetches.failed.appendleft(job)
            if failed == 0:
                attempt, together = 0, min(2 * together, MOST_CONCURRENT)
            elif failed < len(jobs):
                attempt, together = 1, 1
            else:  # one after the other, and where pauses are long a few: some of many may never come
                attempt, together = attempt + 1, 1 if attempt < LONG_OUTAGE else MOST_CONCURRENT
        fetches.is_retrying = False

    async def _fetch(self, job: BaseJob, *, once: bool = False) -> QuantumJobsError | None:
        """Fetch the results of a job. With ``once`` return the error that may change, which does not settle it."""
        failure = None
        try:
            await fetching.fetch(fetching.ResultRequests(job, once=once))
        except QuantumJobsError as error:
            if once and may_change(error):
                self.unfetched[id(job)] = job, error.message
                return error
            failure = error
        self._settle(job, failure)
        return None

    def _settle(self, job: BaseJob, failure: QuantumJobsError | None) -> None:
        del self.unfetched[id(job)]
        self._send(Settled(job, failure))

    def _report(self) -> None:
        statuses = Counter(job.status for job in self.jobs)
        over = sum(1 for job in self.jobs if _is_over(job) or job in self.lost)
        self._send(Progress(over, len(self.jobs), dict(statuses)))

    def _send(self, event: Event) -> None:
        with contextlib.suppress(anyio.BrokenResourceError):  # the receiver is closed
            self.events.send_nowait(event)


@attrs.define(eq=False)
class _Fetches:
    """The fetches of results over one connection: the jobs in turn, and those that met an outage; the tasks at work."""

    waiting: deque[BaseJob] = attrs.field(factory=deque)
    failed: deque[BaseJob] = attrs.field(factory=deque)
    workers: int = 0
    is_retrying: bool = False


def _is_outage(failure: QuantumJobsError) -> bool:
    """Whether the service cannot answer now, whatever is requested."""
    if isinstance(failure, APIError) and failure.status_code in retry.TRANSIENT:
        return True
    return isinstance(failure, ServiceUnreachableError) or _is_stray(failure)


def _is_stray(failure: QuantumJobsError) -> bool:
    """Whether a gateway has answered in place of the service."""
    return isinstance(failure, (APIError, ResponseError)) and retry.is_stray(failure.status_code, failure.body)


def _groups(jobs: Iterable[BaseJob]) -> list[Group]:
    by_connection: dict[Connection, list[BaseJob]] = {}
    for job in jobs:
        by_connection.setdefault(job._connection, []).append(job)
    return [Group(connection, jobs) for connection, jobs in by_connection.items()]


def _is_over(job: BaseJob) -> bool:
    return job.status.is_final or job.status is JobStatus.ON_HOLD
