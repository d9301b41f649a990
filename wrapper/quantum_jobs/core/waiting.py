"""Waiting until jobs are over: one job, or many of any services.

For many jobs polling and fetching are separate tasks with a stream between them, so that one slow result holds up
nobody. What is found out comes as events, which the caller consumes in its own task or thread.
"""

from __future__ import annotations

import contextlib
import logging
import math
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Sequence

import anyio
import attrs
from anyio.abc import TaskGroup
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream

from quantum_jobs.background import spawn
from quantum_jobs.core import fetching
from quantum_jobs.core.asking import SIDE_BY_SIDE, Connection, may_pass
from quantum_jobs.core.job import BaseJob
from quantum_jobs.core.polling import Poll
from quantum_jobs.errors import JobOnHoldError, QuantumJobsError, UsageError, WaitTimeoutError
from quantum_jobs.http.limits import NOTABLE_PAUSE
from quantum_jobs.model import JobStatus

log = logging.getLogger("quantum_jobs")

#: Seconds between polls: the time waited so far, within these two bounds while a job is young ...
SHORTEST_GAP = 1.0
LONGEST_GAP_OF_YOUNG = 4.5
#: ... then a thirtieth of it, up to a minute. A vendor's own prediction counts for half of what it says.
GAP_BY_AGE = 1 / 30
LONGEST_GAP = 60.0
#: A record older than this, in seconds, is read anew before anyone waits.
FRESH = 1.0
#: The part of a documented rate limit that status requests may use; the rest is for results and other calls.
SHARE_OF_LIMIT = 0.5
#: Until this part of it is used up, status requests are not spaced by it: few jobs that end soon cost little.
FREE_PART_OF_LIMIT = 0.1
#: Thirty years, which is longer than any clock of the platform can be asked to wait.
_FOR_EVER = 1e9


@attrs.frozen
class Progress:
    """How far a wait has come, for a progress bar: of ``total`` jobs ``done`` are over; ``statuses`` counts all."""

    done: int
    total: int
    statuses: dict[JobStatus, int]


@attrs.frozen(eq=False)
class Settled:
    """A job that is not waited for any longer: it is over, with its result where that was wanted, or on hold, or
    ``lost``, since an answer about it cannot change any more."""

    job: BaseJob
    lost: QuantumJobsError | None = None


Event = Settled | Progress


async def wait_for(job: BaseJob, timeout: float | None) -> None:
    """Wait until one job is over. Raises JobOnHoldError, WaitTimeoutError, or the error that will not go away."""
    with anyio.move_on_after(checked_timeout(timeout)):
        async for over in _Group(job._connection, [job]).polls():
            for settled in over:
                if settled.lost is not None:
                    raise settled.lost
    record = job.record
    if record.status is JobStatus.ON_HOLD:
        why = record.status_message or record.vendor_status
        raise JobOnHoldError(
            f"{record.ref} is on hold ({why}): only a person can release it, at the service; wait again after that",
            job=job,
        )
    if not record.status.is_final:
        raise timed_out([job], timeout)


async def follow(jobs: Sequence[BaseJob], timeout: float | None, *, fetch: bool = True) -> AsyncIterator[list[Event]]:
    """Wait for jobs of any services; gives what has happened since the last time, and ends when nothing is left to
    wait for or the time is over. With ``fetch`` a completed job is settled when its results are there."""
    seconds = checked_timeout(timeout)
    send, receive = anyio.create_memory_object_stream[Event](math.inf)
    # Two objects may stand for one job, and are equal then: each is told of.
    distinct = list({id(job): job for job in jobs}.values())
    with receive, spawn(_Follower(distinct, fetch, send).run, seconds):
        async for event in receive:
            events = [event]
            while receive.statistics().current_buffer_used:
                events.append(receive.receive_nowait())
            yield events


@attrs.define(eq=False)
class _Follower:
    """Follows many jobs, and sends what it finds out."""

    jobs: Sequence[BaseJob]
    fetch: bool
    events: MemoryObjectSendStream[Event]
    #: Completed jobs whose results are being fetched, by identity.
    unfetched: dict[int, BaseJob] = attrs.field(factory=dict)
    lost: set[BaseJob] = attrs.field(factory=set)

    async def run(self, seconds: float | None) -> None:
        async with self.events:
            with anyio.move_on_after(seconds):
                await self._run()
            # By now the time may be over: what has ended is handed out even if its results did not come in time.
            for job in self.unfetched.values():
                self._send(Settled(job))

    async def _run(self) -> None:
        queue, fetched = anyio.create_memory_object_stream[BaseJob](math.inf)
        async with anyio.create_task_group() as tasks:
            with queue, fetched:
                self._report()
                self._take([Settled(job) for job in self.jobs if job.status.is_final], queue)
                for group in _groups(job for job in self.jobs if not job.status.is_final):
                    tasks.start_soon(self._poll, group, queue.clone())
                for _ in range(SIDE_BY_SIDE):
                    tasks.start_soon(self._fetch, fetched.clone(), tasks)

    async def _poll(self, group: _Group, queue: MemoryObjectSendStream[BaseJob]) -> None:
        async with queue:
            async for over in group.polls():
                self._take(over, queue)
                self._report()

    async def _fetch(self, queue: MemoryObjectReceiveStream[BaseJob], tasks: TaskGroup) -> None:
        async with queue:
            async for job in queue:
                try:
                    await fetching.fetch(job)
                except QuantumJobsError as error:
                    if may_pass(error):  # apart from the others, which it must not hold up
                        tasks.start_soon(self._fetch_patiently, job)
                        continue
                self._finish(job)

    async def _fetch_patiently(self, job: BaseJob) -> None:
        # A result that cannot be had is not the wait's business: the job's own result() says why.
        with contextlib.suppress(QuantumJobsError):
            await fetching.fetch(job, asking=fetching.Asking(job, patient=True))
        self._finish(job)

    def _take(self, over: Iterable[Settled], queue: MemoryObjectSendStream[BaseJob]) -> None:
        for settled in over:
            job = settled.job
            if settled.lost is not None:
                self.lost.add(job)
            elif self.fetch and job.status is JobStatus.COMPLETED and not job._fetched:
                self.unfetched[id(job)] = job
                queue.send_nowait(job)
                continue
            self._send(settled)

    def _finish(self, job: BaseJob) -> None:
        del self.unfetched[id(job)]
        self._send(Settled(job))

    def _report(self) -> None:
        statuses = Counter(job.status for job in self.jobs)
        over = sum(1 for job in self.jobs if _is_over(job) or job in self.lost)
        self._send(Progress(over, len(self.jobs), dict(statuses)))

    def _send(self, event: Event) -> None:
        with contextlib.suppress(anyio.BrokenResourceError):  # nobody listens any more
            self.events.send_nowait(event)


@attrs.define(eq=False)
class _Group:
    """The jobs of one connection that are still waited for."""

    connection: Connection
    jobs: Sequence[BaseJob]
    pending: dict[str, list[BaseJob]] = attrs.field(factory=dict)
    requests: int = 0
    #: Whether the service has failed since it last answered; logged once.
    is_out: bool = False

    async def polls(self) -> AsyncIterator[list[Settled]]:
        """Poll until all are over; gives what each poll has settled, in input order."""
        started = anyio.current_time()
        for job in self.jobs:
            if not job.status.is_final:
                self.pending.setdefault(job.id, []).append(job)
        # A job that was on hold may have been released since: only a new poll tells.
        if self.pending and not any(job._age() > FRESH or job.status is JobStatus.ON_HOLD for job in self.jobs):
            await anyio.sleep(SHORTEST_GAP)
        turn, resume = 0, None
        while self.pending:
            turn += 1
            just_made = {job_id for job_id, jobs in self.pending.items() if any(job._is_just_made for job in jobs)}
            poll = await Poll(self.connection, tuple(self.pending), turn, resume, just_made).run()
            resume = poll.resume
            self._log_outage(poll)
            yield self._settle(poll)
            if self.pending:
                await anyio.sleep(self._gap(poll, anyio.current_time() - started))

    def _settle(self, poll: Poll) -> list[Settled]:
        over: list[Settled] = []
        for job_id, record in poll.found.items():
            for job in self.pending[job_id]:
                job._update(record)
                if record.status is JobStatus.UNKNOWN:
                    job._warn_of_unknown_status()
            if record.status.is_final or record.status is JobStatus.ON_HOLD:
                over += [Settled(job) for job in self.pending.pop(job_id)]
        for job_id, error in poll.lost.items():
            over += [Settled(job, error) for job in self.pending.pop(job_id)]
        if len(over) > 1:
            order = {id(job): place for place, job in enumerate(self.jobs)}
            over.sort(key=lambda settled: order[id(settled.job)])
        return over

    def _gap(self, poll: Poll, waited: float) -> float:
        """Seconds until the next poll."""
        gap = min(max(SHORTEST_GAP, waited), LONGEST_GAP_OF_YOUNG)
        gap = max(gap, min(waited * GAP_BY_AGE, LONGEST_GAP))
        predicted = min((_predicted(job) for jobs in self.pending.values() for job in jobs), default=0.0)
        gap = max(gap, min(predicted / 2, LONGEST_GAP))
        gap = max(gap, poll.not_before())
        self.requests += poll.requests
        limit = self.connection.service.rate_limit
        if limit is not None and self.requests > limit.requests * FREE_PART_OF_LIMIT:
            gap = max(gap, poll.requests * limit.seconds / limit.requests / SHARE_OF_LIMIT)
        return gap

    def _log_outage(self, poll: Poll) -> None:
        pause = poll.not_before()
        if poll.failures and (not self.is_out or pause > NOTABLE_PAUSE):
            more = f", asking again in {pause:.0f} s" if pause > NOTABLE_PAUSE else ""
            log.warning("%s; still waiting for %d jobs%s", poll.failures[0], len(self.pending), more)
        elif self.is_out and not poll.failures:
            log.warning("%s answers again", self.connection.service.name)
        self.is_out = bool(poll.failures)


def _groups(jobs: Iterable[BaseJob]) -> list[_Group]:
    by_connection: dict[Connection, list[BaseJob]] = {}
    for job in jobs:
        by_connection.setdefault(job._connection, []).append(job)
    return [_Group(connection, jobs) for connection, jobs in by_connection.items()]


def _is_over(job: BaseJob) -> bool:
    return job.status.is_final or job.status is JobStatus.ON_HOLD


def _predicted(job: BaseJob) -> float:
    """Seconds that the job will certainly not end in, as far as the service can tell."""
    wait = job.record.predicted_wait
    return wait.total_seconds() if wait is not None and job.record.started_at is None else 0.0


def timed_out(jobs: Sequence[BaseJob], timeout: float | None, last: str = "") -> WaitTimeoutError:
    """The error for jobs that are not over when the time is, or whose result did not come; ``last`` is what was in the
    way of it."""
    first = jobs[0].record
    what = f"{first.ref} is {first.status}" if len(jobs) == 1 else f"{len(jobs)} jobs are not over"
    after = "" if timeout is None else f" after {max(0.0, timeout):g} s"
    advice = "its result did not come" if first.status.is_final else "it goes on"
    why = f" ({last})" if last else ""
    return WaitTimeoutError(f"{what}{after}; {advice}{why}, and can be waited for again", job=jobs[0], jobs=jobs)


def checked_timeout(timeout: float | None) -> float | None:
    """A number of seconds, at least 0; None for ever; else UsageError."""
    if timeout is None:
        return None
    if isinstance(timeout, bool) or not isinstance(timeout, (int, float)) or timeout != timeout:
        raise UsageError(f"timeout must be a number of seconds, or None to wait for ever; got {timeout!r}")
    return None if timeout > _FOR_EVER else max(0.0, timeout)
