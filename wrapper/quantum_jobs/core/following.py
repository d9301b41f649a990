"""Follow many jobs of any services, and fetch the results of those that complete.

Polling and fetching are separate tasks, and a result that does not come at once gets a task of its own, so it delays no
other. The caller receives events, in its own task or thread.
"""

from __future__ import annotations

import contextlib
import math
from collections import Counter, defaultdict, deque
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence

import anyio
import attrs
from anyio.abc import TaskGroup
from anyio.streams.memory import MemoryObjectSendStream

from quantum_jobs.background import iterate, spawn
from quantum_jobs.core import fetching
from quantum_jobs.core.connection import MOST_CONCURRENT, Connection, may_change
from quantum_jobs.core.job import BaseJob
from quantum_jobs.core.waiting import Group, Settled, checked_timeout, timed_out
from quantum_jobs.errors import QuantumJobsError
from quantum_jobs.model import JobStatus
from quantum_jobs.progress import Progress, Report, Reporter, reporting

Event = Settled | Progress


async def follow(jobs: Sequence[BaseJob], timeout: float | None, *, fetch: bool = True) -> AsyncIterator[list[Event]]:
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
        async for events in follow(jobs, timeout):
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
    #: Completed jobs whose results are being fetched, by identity.
    unfetched: dict[int, BaseJob] = attrs.field(factory=dict)
    lost: set[BaseJob] = attrs.field(factory=set)
    #: Of them, those that wait for their turn, by service, and how many tasks fetch. A service that is slow, or asks
    #: for a pause, delays no other.
    queues: defaultdict[str, deque[BaseJob]] = attrs.field(factory=lambda: defaultdict(deque))
    workers: Counter[str] = attrs.field(factory=Counter)

    async def run(self, seconds: float | None) -> None:
        async with self.events:
            with anyio.move_on_after(seconds):
                await self._run()
            # After a timeout: completed jobs are settled without their results.
            for job in self.unfetched.values():
                self._send(Settled(job, timed_out([job], seconds)))

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
                self.unfetched[id(job)] = job
                self.queues[job.service].append(job)
                if self.workers[job.service] < MOST_CONCURRENT:
                    self.workers[job.service] += 1
                    tasks.start_soon(self._fetch, job.service, tasks)
                continue
            self._send(settled)

    async def _fetch(self, service: str, tasks: TaskGroup) -> None:
        """Fetch the results of one service's jobs, one after the other."""
        queue = self.queues[service]
        while queue:
            job = queue.popleft()
            if not await self._fetch_one(job, once=True):
                tasks.start_soon(self._fetch_one, job)  # in a task of its own, as it must not delay the others
        self.workers[service] -= 1

    async def _fetch_one(self, job: BaseJob, once: bool = False) -> bool:
        """Fetch the results of a job; return whether it is settled. With ``once`` an error that may change does not
        settle it."""
        failure = None
        try:
            await fetching.fetch(fetching.ResultRequests(job, once=once))
        except QuantumJobsError as error:
            if once and may_change(error):
                return False
            failure = error
        del self.unfetched[id(job)]
        self._send(Settled(job, failure))
        return True

    def _report(self) -> None:
        statuses = Counter(job.status for job in self.jobs)
        over = sum(1 for job in self.jobs if _is_over(job) or job in self.lost)
        self._send(Progress(over, len(self.jobs), dict(statuses)))

    def _send(self, event: Event) -> None:
        with contextlib.suppress(anyio.BrokenResourceError):  # the receiver is closed
            self.events.send_nowait(event)


def _groups(jobs: Iterable[BaseJob]) -> list[Group]:
    by_connection: dict[Connection, list[BaseJob]] = {}
    for job in jobs:
        by_connection.setdefault(job._connection, []).append(job)
    return [Group(connection, jobs) for connection, jobs in by_connection.items()]


def _is_over(job: BaseJob) -> bool:
    return job.status.is_final or job.status is JobStatus.ON_HOLD
