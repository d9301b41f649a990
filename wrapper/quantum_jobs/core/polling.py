"""One poll: the statuses of many jobs of one service with few requests. In bulk where the API has it, through listings
where it has not, and single requests for what neither shows. A listing alone never proves a job gone.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence, Set
from functools import partial

import attrs

from quantum_jobs.core.asking import Connection, chunks, gather, may_pass
from quantum_jobs.errors import (
    APIError,
    AuthenticationError,
    NotFoundError,
    QuantumJobsError,
    RateLimitError,
    UsageError,
)
from quantum_jobs.http.limits import LONGEST_PAUSE
from quantum_jobs.http.messages import Call
from quantum_jobs.model import JobRecord
from quantum_jobs.services.base import Page

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
        if len(self.ids) <= (1 if service.status_chunk else FEW):
            await self._ask_singly(self.ids)
        elif service.status_chunk:
            await self._ask_in_bulk()
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

    async def _ask_in_bulk(self) -> None:
        parts = chunks(self.ids, self.connection.service.status_chunk)
        await gather(partial(self._ask_for_chunk, part) for part in parts)
        if not self.failures:
            await self._ask_singly(self._in_turn(MOST_LEFT_OUT))

    async def _ask_for_chunk(self, ids: Sequence[str]) -> None:
        call = self.connection.service.statuses(ids)
        for _ in range(MOST_PAGES_OF_CHUNK):
            if call is None or all(job_id in self.found for job_id in ids):
                return
            call = await self._ask_for_page(call)

    async def _look_through_listings(self) -> None:
        most = max(MOST_REQUESTS, math.ceil(len(self.ids) / JOBS_PER_PAGE))
        pages = most - KEPT_FOR_SINGLES * (self.turn % 2 == 0)
        *running, ended = self.connection.service.listings()
        for first in running:
            await self._ask_for_pages(first, pages)
        self.resume = await self._ask_for_pages(self.resume or ended, pages)
        if not self.failures:
            await self._ask_singly(self._in_turn(most - self.requests))

    async def _ask_for_pages(self, call: Call[Page] | None, most: int) -> Call[Page] | None:
        """Page by page until all ids are found, or so many requests are made; gives the page to go on with."""
        while call is not None and self.missing() and self.requests < most and not self.failures:
            call = await self._ask_for_page(call)
        return call

    def _in_turn(self, most: int) -> list[str]:
        missing = self.missing()
        start = self.turn * most % len(missing) if missing else 0
        return (missing[start:] + missing[:start])[:most]

    async def _ask_for_page(self, call: Call[Page]) -> Call[Page] | None:
        self.requests += 1
        try:
            page = await self.connection.ask_once(call, patient=self.patient)
        except UsageError as error:
            self.lost.update(dict.fromkeys(self.missing(), error))
            return None
        except QuantumJobsError as error:
            if may_pass(error):
                self.failures.append(error)
            elif isinstance(error, AuthenticationError):
                self.lost.update(dict.fromkeys(self.missing(), error))
            return None
        wanted = set(self.ids)
        self.found.update((record.id, record) for record in page.records if record.id in wanted)
        return page.next

    async def _ask_singly(self, ids: Iterable[str]) -> None:
        await gather(partial(self._ask_for_one, job_id) for job_id in ids)

    async def _ask_for_one(self, job_id: str) -> None:
        self.requests += 1
        try:
            call = self.connection.service.get(job_id)
            self.found[job_id] = await self.connection.ask_once(call, patient=self.patient)
        except QuantumJobsError as error:
            if may_pass(error) or (isinstance(error, NotFoundError) and job_id in self.just_made):
                self.failures.append(error)
            else:
                self.lost[job_id] = error
