"""Waiting until jobs of one service are over, in polls: one asks for the statuses of all with few requests.

In bulk where the API has it, through listings where it has not, and single requests for what neither shows. A listing
alone never proves a job gone.
"""

from __future__ import annotations

import logging
import math
from collections.abc import AsyncGenerator, Iterable, Sequence, Set
from functools import partial

import anyio
import attrs

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
#: Up to so many jobs are asked for singly where there is no bulk status request.
FEW = 3
#: Requests in one poll of a service without bulk status requests; more only for over 1,000 jobs.
MOST_REQUESTS = 10
JOBS_PER_PAGE = 100
#: Of these, every second poll keeps so many for jobs that no listing shows.
KEPT_FOR_SINGLES = 2
#: Single requests in one poll for jobs that bulk answers left out.
MOST_LEFT_OUT = 25
#: Pages followed for one chunk of ids, lest an API that ignores the ids lead through all its jobs.
MOST_PAGES_OF_CHUNK = 4


@attrs.frozen(eq=False)
class Settled:
    """A job that is not waited for any longer: it is over, with its result where that was wanted, or on hold, or
    ``lost``, since an answer about it cannot change any more."""

    job: BaseJob
    lost: QuantumJobsError | None = None


async def wait_for(job: BaseJob, timeout: float | None) -> float | None:
    """Wait until one job is over; gives the seconds that are left, None for ever. Raises JobOnHoldError,
    WaitTimeoutError, or the error that will not go away."""
    seconds = checked_timeout(timeout)
    with anyio.move_on_after(seconds) as scope:
        async for over in Group(job._connection, [job]).polls():
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
    return None if seconds is None else scope.deadline - anyio.current_time()


@attrs.define(eq=False)
class Group:
    """The jobs of one connection that are still waited for."""

    connection: Connection
    jobs: Sequence[BaseJob]
    pending: dict[str, list[BaseJob]] = attrs.field(factory=dict)
    requests: int = 0
    #: Whether the service has failed since it last answered; logged once.
    is_out: bool = False

    async def polls(self) -> AsyncGenerator[list[Settled], None]:
        """Poll until all are over; gives what each poll has settled, in input order."""
        started = anyio.current_time()
        oldest = now() - FRESH
        is_fresh = True
        for job in self.jobs:
            record = job.record
            if not record.status.is_final:
                self.pending.setdefault(record.id, []).append(job)
            # A job that was on hold may have been released since: only a new poll tells.
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
        """Which jobs are not waited for any longer, and the records of those whose status has changed."""
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
            over += [Settled(job, error) for job in self.pending.pop(job_id)]
        if len(over) > 1:
            order = {id(job): place for place, job in enumerate(self.jobs)}
            over.sort(key=lambda settled: order[id(settled.job)])
        return over, changed

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


@attrs.define(eq=False)
class Poll:
    """The ids asked for, and what came of it. ``turn`` counts polls, so that jobs which no listing shows take turns;
    ``resume`` is where the listing of ended jobs goes on next time; of jobs that were ``just_made`` a 404 does not say
    that they are gone."""

    connection: Connection
    ids: Sequence[str]
    turn: int = 0
    resume: Call[Page] | None = None
    just_made: Set[str] = frozenset()
    #: Whether this is part of a wait: see ``Limiter.acquire``.
    patient: bool = True
    found: dict[str, JobRecord] = attrs.field(factory=dict)
    #: Jobs whose answer cannot change any more: forbidden, not there.
    lost: dict[str, QuantumJobsError] = attrs.field(factory=dict)
    #: What went wrong and may pass.
    failures: list[QuantumJobsError] = attrs.field(factory=list)
    requests: int = 0

    async def run(self) -> Poll:
        """Ask once for all ids. Every request is sent once: what fails and may pass waits for the next poll."""
        service = self.connection.service
        if len(self.ids) == 1:
            await self._request_one(self.ids[0])
        elif not service.status_chunk and len(self.ids) <= FEW:
            await self._request_singly(self.ids)
        elif service.status_chunk:
            await self._request_in_bulk()
        else:
            await self._look_through_listings()
        return self

    def missing(self) -> list[str]:
        """The ids of which nothing is known yet."""
        return [job_id for job_id in self.ids if job_id not in self.found and job_id not in self.lost]

    def not_before(self) -> float:
        """Seconds that the service asked to be left alone. What a 429 asks holds for all requests with the key, which
        the rate limit sees to."""
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

    async def _request_pages(self, call: Call[Page] | None, most: int) -> Call[Page] | None:
        """Page by page until all ids are found, or so many requests are made; gives the page to go on with."""
        while call is not None and self.missing() and self.requests < most and not self.failures:
            call = await self._request_page(call)
        return call

    def _in_turn(self, most: int) -> list[str]:
        missing = self.missing()
        start = self.turn * most % len(missing) if missing else 0
        return (missing[start:] + missing[:start])[:most]

    async def _request_page(self, call: Call[Page]) -> Call[Page] | None:
        self.requests += 1
        try:
            page = await self.connection.request_once(call, patient=self.patient)
        except UsageError as error:
            self.lost.update(dict.fromkeys(self.missing(), error))
            return None
        except QuantumJobsError as error:
            if may_change(error):
                self.failures.append(error)
            elif isinstance(error, AuthenticationError):
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
