"""Find a job by its idempotency key, among all jobs of the account or the newest ones."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from contextlib import aclosing
from threading import get_ident

import anyio

from quantum_jobs.core.connection import Connection, pages
from quantum_jobs.core.waiting import Poll
from quantum_jobs.errors import NotFoundError, QuantumJobsError
from quantum_jobs.http.limits import now
from quantum_jobs.http.messages import Call
from quantum_jobs.model import JobRecord
from quantum_jobs.services.base import Page

Note = Callable[[Iterable[JobRecord]], None]

#: Pages in which a recent submission is looked up, and the least number of jobs on each.
NEWEST_PAGES = 4
JOBS_PER_PAGE = 25
#: Seconds between look-ups, the last one repeated, as listings lag behind submissions.
LOOK_UP_PAUSES = (0.1, 0.25, 0.5, 1.0, 2.0)
#: Seconds between checks whether another thread or task of this process has finished.
LOOK_AGAIN_AFTER = 0.02


async def find(connection: Connection, idempotency_key: str, *, recent: bool = False) -> JobRecord | None:
    """Find the job with an idempotency key among all jobs of the account.

    Takes one request where the service filters by key. Else all jobs are listed once for all clients of the account,
    and later only the newest pages, up to one that a listing has shown before; ``recent``: see ``list_all``.
    """
    service, memory = connection.service, connection.account.memory
    search = service.search(idempotency_key)
    if search is not None:
        return await find_in(connection, search, idempotency_key)
    await list_all(connection, recent=recent)
    job_id = memory.job_id_of(idempotency_key)
    if job_id is None:
        # Listings lag: the job of a key in doubt may appear below jobs that are known.
        in_doubt = idempotency_key in memory.in_doubt
        return await find_newest(connection, idempotency_key) if in_doubt else None
    try:
        return await connection.request(service.get(job_id))
    except NotFoundError:
        # Deleted since it was listed, or too new to be read; the listing still has one that is new.
        memory.forget_listed(idempotency_key, job_id)
        return await find_newest(connection, idempotency_key)


async def find_newest(
    connection: Connection, idempotency_key: str, *, most: int = NEWEST_PAGES, once: bool = False
) -> JobRecord | None:
    """Find the job with this key on the newest pages; for a key in doubt, those that were the newest at that time."""
    most += connection.account.memory.newer(idempotency_key) // JOBS_PER_PAGE
    first = connection.service.search(idempotency_key) or connection.service.jobs()
    return await find_in(connection, first, idempotency_key, most=most, once=once)


async def look_up(connection: Connection, idempotency_key: str, *, must_look: bool = False) -> JobRecord | None:
    """Look repeatedly for the job of an unclear submission, for the confirmation timeout. With ``must_look`` raise the
    error of the last look-up, if it failed, as then the absence of a job is not certain."""
    deadline = anyio.current_time() + connection.confirmation_timeout
    pauses: Sequence[float] = LOOK_UP_PAUSES
    while True:
        # The last look is after the confirmation timeout, so even confirmation_timeout=0 looks once.
        is_last = anyio.current_time() >= deadline
        found, failure = None, None
        try:
            with anyio.move_on_after(None if is_last else deadline - anyio.current_time()):
                found = await find_newest(connection, idempotency_key, once=True)
        except QuantumJobsError as error:
            failure = error
        if is_last and must_look and failure is not None:
            raise failure
        if found is not None or is_last:
            return found
        await anyio.sleep(min(pauses[0], max(0.0, deadline - anyio.current_time())))
        pauses = pauses[1:] or pauses


async def look_once(connection: Connection, idempotency_key: str) -> tuple[bool, JobRecord | None]:
    """Look for the job with this key on the newest page. Return whether that could be read, and the job."""
    try:
        return True, await find_newest(connection, idempotency_key, most=1, once=True)
    except QuantumJobsError:
        return False, None


async def find_in(
    connection: Connection,
    first: Call[Page[JobRecord]],
    idempotency_key: str,
    *,
    most: float = math.inf,
    once: bool = False,
) -> JobRecord | None:
    """Find the job with this key on the pages of a listing, at most ``most``."""
    deleted = connection.account.memory.deleted_ids
    child: JobRecord | None = None
    async with aclosing(pages(connection, first, most=most, once=once)) as listing:
        async for page in listing:
            for record in page.records:
                if record.idempotency_key == idempotency_key and record.id not in deleted:
                    # The circuits of a multi-circuit job may have its tags; the job itself is the one submitted.
                    if record.parent_id is None:
                        return record
                    child = child or record
    if child is not None and child.parent_id is not None:
        return await connection.request(connection.service.get(child.parent_id))
    return None


async def find_all(connection: Connection, idempotency_keys: Iterable[str]) -> dict[str, JobRecord]:
    """Find the jobs with these keys, by key, in one pass over all jobs, or over those since the last pass; earlier ones
    are read in bulk."""
    memory, wanted = connection.account.memory, set(idempotency_keys)
    found: dict[str, JobRecord] = {}

    def note(records: Iterable[JobRecord]) -> None:
        for record in records:
            is_there = record.parent_id is None and record.id not in memory.deleted_ids
            if is_there and record.idempotency_key in wanted:
                found[record.idempotency_key] = record

    await list_all(connection, note=note)
    unread = {job_id: key for key in wanted - found.keys() if (job_id := memory.job_id_of(key)) is not None}
    if unread:
        poll = await Poll(connection, list(unread), patient=False).run()
        found.update((unread[job_id], record) for job_id, record in poll.found.items())
    return found


async def list_all(connection: Connection, *, recent: bool = False, note: Note | None = None) -> None:
    """Update what is known of all jobs' keys. Of several callers in one event loop one lists, the others wait.
    ``note`` is called with the records of each page that is read here.

    With ``recent`` a listing not older than the confirmation timeout is enough, if no other process was seen to submit
    for that long: a later submission might not be listed yet anyway.
    """
    memory, thread = connection.account.memory, get_ident()
    begun = now()
    while True:
        allowed = connection.confirmation_timeout if recent and begun >= memory.alone_from else 0.0
        if memory.listed_at >= begun - allowed:
            return None
        # A listing in another thread's event loop may be held up by this very call.
        if thread not in memory.listing_in:
            try:
                memory.listing_in.add(thread)
                return await _list_anew(connection, note)
            finally:
                memory.listing_in.discard(thread)
        await anyio.sleep(LOOK_AGAIN_AFTER)


async def _list_anew(connection: Connection, note: Note | None) -> None:
    """Read the keys of all jobs, or of those since the last listing."""
    memory, under_way = connection.account.memory, connection.account.under_way
    begun, was_listed = now(), memory.is_listed
    fresh: set[str] = set()
    of_others: set[str] = set()
    async with aclosing(pages(connection, connection.service.jobs())) as listing:
        async for page in listing:
            memory.note(page.records)
            if note is not None:
                note(page.records)
            new = {record.id: record.idempotency_key for record in page.records if record.id not in memory.listed_ids}
            of_others.update(job_id for job_id, key in new.items() if key not in under_way and key not in memory.jobs)
            brings_nothing = new.keys() <= fresh
            fresh |= new.keys()
            if memory.is_listed and page.records and brings_nothing:
                break
    # Only now: after an error, the pages that were not read must not count as known.
    memory.listed_ids |= fresh
    memory.listed_at = max(begun, memory.listed_at)
    if was_listed:
        memory.newest += len(of_others)
        if of_others:
            memory.alone_from = begun + connection.confirmation_timeout
        elif memory.alone_from == math.inf:
            memory.alone_from = begun
