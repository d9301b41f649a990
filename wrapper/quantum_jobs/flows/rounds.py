"""One round of status requests for many jobs of one service: bulk where the API has it, listings where it has not, and
single requests for what neither shows. A listing alone never proves a job gone.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence, Set

import attrs

from quantum_jobs.errors import (
    APIError,
    AuthenticationError,
    NotFoundError,
    QuantumJobsError,
    RateLimitError,
    ResponseError,
    ServiceUnreachableError,
    UsageError,
)
from quantum_jobs.flows.ask import Connection, ask, side_by_side
from quantum_jobs.http.commands import Flow
from quantum_jobs.http.limits import LONGEST_PAUSE
from quantum_jobs.http.retry import is_page
from quantum_jobs.model import JobRecord
from quantum_jobs.services.base import Call, Page

#: Answers about one job that no other day would bring otherwise.
_FINAL = frozenset({400, 401, 403, 404, 410, 422})

#: Up to so many jobs are asked for singly where there is no bulk status request.
FEW = 3
#: Requests in one round of a service without bulk status requests; more only for over 1,000 jobs.
MOST_REQUESTS = 10
JOBS_PER_PAGE = 100
#: Of these, every second round keeps so many for jobs that no listing shows.
KEPT_FOR_SINGLES = 2
#: Single requests in one round for jobs that bulk answers left out.
MOST_LEFT_OUT = 25
#: Pages followed for one chunk of ids, lest an API that ignores the ids lead through all its jobs.
MOST_PAGES_OF_CHUNK = 4


@attrs.define(eq=False)
class Round:
    """The ids asked for, and what came of it. ``turn`` counts rounds, so that jobs which no listing shows take turns;
    ``resume`` is where the listing of ended jobs goes on next time; of ``fresh`` jobs a 404 does not say that they are
    gone."""

    ids: Sequence[str]
    turn: int
    resume: Call[Page] | None = None
    fresh: Set[str] = frozenset()
    found: dict[str, JobRecord] = attrs.field(factory=dict)
    #: Jobs whose answer cannot change any more: forbidden, not there.
    lost: dict[str, QuantumJobsError] = attrs.field(factory=dict)
    #: What went wrong and may pass.
    failures: list[QuantumJobsError] = attrs.field(factory=list)
    requests: int = 0

    def missing(self) -> list[str]:
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


def status_round(connection: Connection, round_: Round, deadline: float | None) -> Flow[Round]:
    """Ask once for all ids. Every request is sent once: what fails and may pass waits for the next round."""
    service = connection.service
    if len(round_.ids) <= (1 if service.status_chunk else FEW):
        yield from _singly(connection, round_, round_.ids, deadline)
    elif service.status_chunk:
        yield from _in_bulk(connection, round_, deadline)
    else:
        yield from _by_listing(connection, round_, deadline)
    return round_


def _in_bulk(connection: Connection, round_: Round, deadline: float | None) -> Flow[None]:
    size = connection.service.status_chunk
    chunks = [round_.ids[start : start + size] for start in range(0, len(round_.ids), size)]
    yield from side_by_side(_chunk(connection, round_, chunk, deadline) for chunk in chunks)
    if not round_.failures:
        yield from _singly(connection, round_, _in_turn(round_, MOST_LEFT_OUT), deadline)


def _chunk(connection: Connection, round_: Round, ids: Sequence[str], deadline: float | None) -> Flow[None]:
    call = connection.service.statuses(ids)
    for _ in range(MOST_PAGES_OF_CHUNK):
        if call is None or all(job_id in round_.found for job_id in ids):
            return
        call = yield from _page(connection, round_, call, deadline)


def _by_listing(connection: Connection, round_: Round, deadline: float | None) -> Flow[None]:
    most = max(MOST_REQUESTS, math.ceil(len(round_.ids) / JOBS_PER_PAGE))
    pages = most - KEPT_FOR_SINGLES * (round_.turn % 2 == 0)
    *running, ended = connection.service.listings()
    for first in running:
        yield from _pages(connection, round_, first, pages, deadline)
    round_.resume = yield from _pages(connection, round_, round_.resume or ended, pages, deadline)
    if not round_.failures:
        yield from _singly(connection, round_, _in_turn(round_, most - round_.requests), deadline)


def _pages(
    connection: Connection, round_: Round, call: Call[Page] | None, most: int, deadline: float | None
) -> Flow[Call[Page] | None]:
    """Page by page until all ids are found, or so many requests are made; gives the page to go on with."""
    while call is not None and round_.missing() and round_.requests < most and not round_.failures:
        call = yield from _page(connection, round_, call, deadline)
    return call


def _in_turn(round_: Round, most: int) -> list[str]:
    missing = round_.missing()
    start = round_.turn * most % len(missing) if missing else 0
    return (missing[start:] + missing[:start])[:most]


def _page(connection: Connection, round_: Round, call: Call[Page], deadline: float | None) -> Flow[Call[Page] | None]:
    round_.requests += 1
    try:
        page = yield from ask(connection, call, deadline=deadline, attempts=1)
    except UsageError as error:
        round_.lost.update(dict.fromkeys(round_.missing(), error))
        return None
    except QuantumJobsError as error:
        if may_pass(error):
            round_.failures.append(error)
        elif isinstance(error, AuthenticationError):
            round_.lost.update(dict.fromkeys(round_.missing(), error))
        return None
    wanted = set(round_.ids)
    round_.found.update((record.id, record) for record in page.records if record.id in wanted)
    return page.next


def _singly(connection: Connection, round_: Round, ids: Iterable[str], deadline: float | None) -> Flow[None]:
    yield from side_by_side(_single(connection, round_, job_id, deadline) for job_id in ids)


def _single(connection: Connection, round_: Round, job_id: str, deadline: float | None) -> Flow[None]:
    round_.requests += 1
    try:
        round_.found[job_id] = yield from ask(connection, connection.service.get(job_id), deadline=deadline, attempts=1)
    except QuantumJobsError as error:
        if may_pass(error) or (isinstance(error, NotFoundError) and job_id in round_.fresh):
            round_.failures.append(error)
        else:
            round_.lost[job_id] = error


def may_pass(error: QuantumJobsError) -> bool:
    """Whether the same request could be answered later: an outage is over some day, a 404 is final. Not where it is a
    page for people: somebody else answered for the service."""
    if isinstance(error, APIError):
        return error.status_code not in _FINAL or is_page(error.body)
    return isinstance(error, (ServiceUnreachableError, ResponseError))
