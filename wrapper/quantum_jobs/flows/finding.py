"""Finding a job by its idempotency key, among all jobs of the account or the newest ones."""

from __future__ import annotations

from typing import Protocol

from quantum_jobs.errors import NotFoundError
from quantum_jobs.flows.accounts import Account
from quantum_jobs.flows.ask import Connection, ask, further
from quantum_jobs.http.commands import Flow, Sleep
from quantum_jobs.model import JobRecord
from quantum_jobs.services.base import Call, Page

#: Pages read when a submission of a moment ago is looked up: its job is among the newest, of which a page has at least
#: so many.
NEWEST_PAGES = 4
JOBS_PER_PAGE = 25
#: Seconds between two looks at what another thread or task of this process does.
LOOK_BESIDE = 0.02


class AccountConnection(Connection, Protocol):
    """A connection of a client, which knows its account."""

    @property
    def account(self) -> Account: ...


def find(connection: AccountConnection, idempotency_key: str) -> Flow[JobRecord | None]:
    """The job that carries an idempotency key, among all jobs of the account.

    Where the service filters by key, that is one request. Else all jobs are listed once for all clients of the account,
    and later only the newest pages, until one brings nothing new.
    """
    service, memory = connection.service, connection.account.memory
    search = service.search(idempotency_key)
    if search is not None:
        return (yield from _find_in(connection, search, idempotency_key, pages=None))
    yield from _list_once(connection)
    job_id = memory.job_ids.get(idempotency_key)
    if job_id is None:
        # Listings lag: the job of a key in doubt may have come to stand behind jobs that are known already.
        in_doubt = idempotency_key in memory.in_doubt
        return (yield from find_newest(connection, idempotency_key)) if in_doubt else None
    try:
        return (yield from ask(connection, service.get(job_id)))
    except NotFoundError:
        # Deleted since it was listed, or too new to be read: then it still stands in the listing.
        memory.forget(idempotency_key)
        return (yield from find_newest(connection, idempotency_key))


def find_newest(
    connection: AccountConnection,
    idempotency_key: str,
    *,
    pages: int = NEWEST_PAGES,
    deadline: float | None = None,
    attempts: int | None = None,
) -> Flow[JobRecord | None]:
    """The job with this key, if it is among so many pages of the newest; for a key in doubt, of the newest at that
    time."""
    service = connection.service
    pages += connection.account.memory.newer(idempotency_key) // JOBS_PER_PAGE
    first = service.search(idempotency_key) or service.jobs()
    return (yield from _find_in(connection, first, idempotency_key, pages=pages, deadline=deadline, attempts=attempts))


def _list_once(connection: AccountConnection) -> Flow[None]:
    """Bring the memory up to date. The first listing, of everything, is made by one; others wait for it."""
    memory = connection.account.memory
    listing = memory.listing
    while not memory.is_listed:
        if not listing.acquire(blocking=False):
            yield Sleep(LOOK_BESIDE)
            continue
        try:
            if not memory.is_listed:
                yield from _list_anew(connection)
                return
        finally:
            listing.release()
    yield from _list_anew(connection)


def _list_anew(connection: AccountConnection) -> Flow[None]:
    """Note the keys of all jobs, or of those that are new since the last time."""
    memory = connection.account.memory
    call: Call[Page] | None = connection.service.jobs()
    fresh: set[str] = set()
    while call is not None:
        page = yield from ask(connection, call)
        memory.note(page.records)
        new = {record.id for record in page.records} - memory.listed_ids - fresh
        fresh |= new
        if memory.is_listed and page.records and not new:
            break
        call = further(call, page, bool(new))
    # Only now: had it broken off, the pages that were not reached would pass for known.
    memory.listed_ids |= fresh
    memory.is_listed = True


def _find_in(
    connection: Connection,
    first: Call[Page],
    idempotency_key: str,
    *,
    pages: int | None,
    deadline: float | None = None,
    attempts: int | None = None,
) -> Flow[JobRecord | None]:
    """The job with this key in so many pages (None: in all)."""
    call: Call[Page] | None = first
    seen: set[str] = set()
    asked = 0
    child: JobRecord | None = None
    while call is not None and (pages is None or asked < pages):
        asked += 1
        page = yield from ask(connection, call, deadline=deadline, attempts=attempts)
        for record in page.records:
            if record.idempotency_key == idempotency_key:
                # The circuits of a job of several can carry its tags; the job itself is the one that was submitted.
                if record.parent_id is None:
                    return record
                child = child or record
        fresh = {record.id for record in page.records} - seen
        seen |= fresh
        call = further(call, page, bool(fresh))
    if child is not None and child.parent_id is not None:
        return (yield from ask(connection, connection.service.get(child.parent_id), deadline=deadline))
    return None
