"""Wait until jobs of one service are over, by polls, each of which reads the statuses of all jobs with few requests.

A poll uses bulk requests where the API has them, else listings, and single requests for the jobs that neither shows. A
job is not taken for deleted because a listing does not show it.
"""

from __future__ import annotations

import logging
import math
from collections.abc import AsyncGenerator, Iterable, Sequence, Set
from functools import partial

import anyio
import attrs

from quantum_jobs.checks import checked_seconds
from quantum_jobs.core import storing
from quantum_jobs.core.connection import Connection, chunks, gather, may_change
from quantum_jobs.core.job import BaseJob
from quantum_jobs.errors import (
    APIError,
    AuthenticationError,
    JobOnHoldError,
    NotFoundError,
    QuantumJobsError,
    RateLimitError,
    UsageError,
    WaitTimeoutError,
)
from quantum_jobs.http.limits import LONGEST_PAUSE, NOTABLE_PAUSE, now
from quantum_jobs.http.messages import Call
from quantum_jobs.model import JobRecord, JobStatus
from quantum_jobs.services.base import Page

log = logging.getLogger("quantum_jobs")

#: Seconds between polls: the time waited so far, within these two bounds while the wait is short ...
SHORTEST_GAP = 1.0
LONGEST_GAP_OF_YOUNG = 4.5
#: ... then this part of it, up to a minute. Half of a vendor's predicted wait is waited at least.
GAP_BY_AGE = 1 / 30
LONGEST_GAP = 60.0
#: Seconds for which a record is fresh; an older one is read before waiting.
FRESH = 1.0
#: The part of a documented rate limit that status requests may use; the rest is for results and other requests.
SHARE_OF_LIMIT = 0.5
#: The part of it that may be used without spacing: few jobs that end soon need no more.
FREE_PART_OF_LIMIT = 0.1
#: Thirty years; platforms cannot wait much longer.
_FOR_EVER = 1e9
#: Up to so many jobs are requested singly where there is no bulk status request.
FEW = 3
#: Requests in one poll of a service without bulk status requests; more only for over 1,000 jobs.
MOST_REQUESTS = 10
JOBS_PER_PAGE = 100
#: Of these, so many are kept in every second poll for jobs that no listing shows.
KEPT_FOR_SINGLES = 2
#: Single requests in one poll for jobs that bulk responses leave out.
MOST_LEFT_OUT = 25
#: Pages read for one chunk of ids, as an API that ignores the ids would list all jobs.
MOST_PAGES_OF_CHUNK = 4


@attrs.frozen(eq=False)
class Settled:
    """A job that is no longer waited for: it is over, on hold, or lost by an error that cannot change. ``error`` says
    why it is lost, or why a completed one has no results."""

    job: BaseJob
    error: QuantumJobsError | None = None


async def wait_for(job: BaseJob, timeout: float | None) -> float | None:
    """Wait until one job is over. Return the seconds that are left, None without a timeout.

    Raises JobOnHoldError, WaitTimeoutError, or the error that cannot change, such as NotFoundError.
    """
    seconds = checked_timeout(timeout)
    lost: QuantumJobsError | None = None
    with anyio.move_on_after(seconds) as scope:
        async for over in Group(job._connection, [job]).polls():
            for settled in over:
                lost = settled.error
    if lost is not None:
        raise lost
    check_over(job, timeout)
    return None if seconds is None else scope.deadline - anyio.current_time()


def check_over(job: BaseJob, timeout: float | None) -> None:
    """Raise JobOnHoldError or WaitTimeoutError for a job that is not over after a wait."""
    record = job.record
    if record.status is JobStatus.ON_HOLD:
        why = record.status_message or record.vendor_status
        raise JobOnHoldError(
            f"{record.ref} is on hold ({why}): only a person can release it, at the service; wait again after that",
            job=job,
        )
    if not record.status.is_final:
        raise timed_out([job], timeout)


@attrs.define(eq=False)
class Group:
    """Jobs of one connection that are waited for."""

    connection: Connection
    jobs: Sequence[BaseJob]
    pending: dict[str, list[BaseJob]] = attrs.field(factory=dict)
    requests: int = 0
    #: Whether the last poll failed; an outage is logged once.
    is_out: bool = False

    async def polls(self) -> AsyncGenerator[list[Settled], None]:
        """Poll until all jobs are over; yield the jobs that each poll settles, in input order."""
        started = anyio.current_time()
        oldest = now() - FRESH
        is_fresh = True
        for job in self.jobs:
            record = job.record
            if not record.status.is_final:
                self.pending.setdefault(record.id, []).append(job)
            # A job on hold may have been released since.
            is_fresh = is_fresh and job._seen_at > oldest and record.status is not JobStatus.ON_HOLD
        if self.pending and is_fresh:
            await anyio.sleep(SHORTEST_GAP)
        turn, resume = 0, None
        while self.pending:
            turn += 1
            moment = now()
            just_made = {job_id for job_id, jobs in self.pending.items() for job in jobs if job._visible_from > moment}
            poll = await Poll(self.connection, tuple(self.pending), turn, resume, just_made).run()
            resume = poll.resume
            self._log_outage(poll)
            over, changed = self._settle(poll)
            await storing.save(self.connection, changed)
            yield over
            if self.pending:
                await anyio.sleep(self._gap(poll, anyio.current_time() - started))

    def _settle(self, poll: Poll) -> tuple[list[Settled], list[JobRecord]]:
        """Update the jobs. Return those that are settled, and the records whose status has changed."""
        over: list[Settled] = []
        changed: list[JobRecord] = []
        for job_id, record in poll.found.items():
            first = self.pending[job_id][0]
            known = first.status
            for job in self.pending[job_id]:
                job._update(record)
                if record.status is JobStatus.UNKNOWN:
                    job._warn_of_unknown_status()
            if record.status is not known:
                changed.append(first.record)
            if record.status.is_final or record.status is JobStatus.ON_HOLD:
                over += [Settled(job) for job in self.pending.pop(job_id)]
        for job_id, error in poll.lost.items():
            # One chunk may end a job that another one has just shown.
            over += [Settled(job, error) for job in self.pending.pop(job_id, ())]
        if len(over) > 1:
            order = {id(job): place for place, job in enumerate(self.jobs)}
            over.sort(key=lambda settled: order[id(settled.job)])
        return over, changed

    def _gap(self, poll: Poll, waited: float) -> float:
        """Return the seconds until the next poll."""
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
            left = len(self.pending)
            log.warning("%s; still waiting for %d job%s%s", poll.failures[0], left, "s" * (left != 1), more)
        elif self.is_out and not poll.failures:
            log.warning("%s answers again", self.connection.service.name)
        self.is_out = bool(poll.failures)


def _predicted(job: BaseJob) -> float:
    """Return the predicted wait of a job that has not started, in seconds."""
    wait = job.record.predicted_wait
    return wait.total_seconds() if wait is not None and job.record.started_at is None else 0.0


def timed_out(jobs: Sequence[BaseJob], timeout: float | None, last: str = "") -> WaitTimeoutError:
    """Make the error for jobs that are not over in time, or whose result is not there; ``last`` says why."""
    first = jobs[0].record
    what = f"{first.ref} is {first.status}" if len(jobs) == 1 else f"{len(jobs)} jobs are not over"
    after = "" if timeout is None else f" after {max(0.0, float(timeout)):g} s"
    advice = "its result did not come" if first.status.is_final else "it goes on"
    why = f" ({last})" if last else ""
    return WaitTimeoutError(f"{what}{after}; {advice}{why}, and can be waited for again", job=jobs[0], jobs=jobs)


def checked_timeout(timeout: float | None) -> float | None:
    """Return a timeout in seconds, at least 0; None without end. Raises UsageError."""
    seconds = math.inf if timeout is None else checked_seconds(timeout, "timeout")
    return None if seconds > _FOR_EVER else max(0.0, seconds)


@attrs.define(eq=False)
class Poll:
    """One poll. ``turn`` counts polls, so that jobs which no listing shows take turns in single requests; ``resume`` is
    the page of ended jobs to go on with in the next poll; for jobs that were ``just_made`` a 404 may change."""

    connection: Connection
    ids: Sequence[str]
    turn: int = 0
    resume: Call[Page[JobRecord]] | None = None
    just_made: Set[str] = frozenset()
    #: Whether this is part of a wait: see ``Limiter.acquire``.
    patient: bool = True
    found: dict[str, JobRecord] = attrs.field(factory=dict)
    #: Errors that cannot change, such as 403 and 404.
    lost: dict[str, QuantumJobsError] = attrs.field(factory=dict)
    #: Errors that may change.
    failures: list[QuantumJobsError] = attrs.field(factory=list)
    requests: int = 0

    async def run(self) -> Poll:
        """Request the statuses of all jobs. Nothing is retried: failures that may change wait for the next poll."""
        service = self.connection.service
        if len(self.ids) == 1:
            await self._request_one(self.ids[0])
        elif not service.status_chunk and len(self.ids) <= FEW:
            await self._request_singly(self.ids)
        elif service.status_chunk:
            await self._request_in_bulk()
        else:
            await self._look_through_listings()
        lost = (job_id for job_id, error in self.lost.items() if isinstance(error, NotFoundError))
        await storing.gone(self.connection, lost)
        return self

    def missing(self) -> list[str]:
        """Return the ids without a record or final error."""
        return [job_id for job_id in self.ids if job_id not in self.found and job_id not in self.lost]

    def not_before(self) -> float:
        """Return the seconds to pause by the Retry-After of failures. That of a 429 is left to the rate limiter."""
        asked = [
            error.retry_after or 0.0
            for error in self.failures
            if isinstance(error, APIError) and not isinstance(error, RateLimitError)
        ]
        return min(max(asked, default=0.0), LONGEST_PAUSE)

    async def _request_in_bulk(self) -> None:
        parts = chunks(self.ids, self.connection.service.status_chunk)
        await gather(partial(self._request_chunk, part) for part in parts)
        if not self.failures:
            await self._request_singly(self._in_turn(MOST_LEFT_OUT))

    async def _request_chunk(self, ids: Sequence[str]) -> None:
        call = self.connection.service.statuses(ids)
        for _ in range(MOST_PAGES_OF_CHUNK):
            if call is None or all(job_id in self.found for job_id in ids):
                return
            call = await self._request_page(call)

    async def _look_through_listings(self) -> None:
        most = max(MOST_REQUESTS, math.ceil(len(self.ids) / JOBS_PER_PAGE))
        pages = most - KEPT_FOR_SINGLES * (self.turn % 2 == 0)
        *running, ended = self.connection.service.listings()
        for first in running:
            await self._request_pages(first, pages)
        self.resume = await self._request_pages(self.resume or ended, pages)
        if not self.failures:
            await self._request_singly(self._in_turn(most - self.requests))

    async def _request_pages(self, call: Call[Page[JobRecord]] | None, most: int) -> Call[Page[JobRecord]] | None:
        """Request pages until all ids are found, or up to ``most`` requests. Return the next page to request."""
        while call is not None and self.missing() and self.requests < most and not self.failures:
            call = await self._request_page(call)
        return call

    def _in_turn(self, most: int) -> list[str]:
        missing = self.missing()
        start = self.turn * most % len(missing) if missing else 0
        return (missing[start:] + missing[:start])[:most]

    async def _request_page(self, call: Call[Page[JobRecord]]) -> Call[Page[JobRecord]] | None:
        self.requests += 1
        try:
            page = await self.connection.request_once(call, patient=self.patient)
        except QuantumJobsError as error:
            if may_change(error):
                self.failures.append(error)
            elif isinstance(error, (AuthenticationError, UsageError)):
                self.lost.update(dict.fromkeys(self.missing(), error))
            return None
        wanted = set(self.ids)
        self.found.update((record.id, record) for record in page.records if record.id in wanted)
        return page.next

    async def _request_singly(self, ids: Iterable[str]) -> None:
        await gather(partial(self._request_one, job_id) for job_id in ids)

    async def _request_one(self, job_id: str) -> None:
        self.requests += 1
        try:
            call = self.connection.service.get(job_id)
            self.found[job_id] = await self.connection.request_once(call, patient=self.patient)
        except QuantumJobsError as error:
            if may_change(error) or (isinstance(error, NotFoundError) and job_id in self.just_made):
                self.failures.append(error)
            else:
                self.lost[job_id] = error
