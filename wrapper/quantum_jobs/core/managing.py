"""Retrieving, listing, cancelling and deleting jobs, one or many; which devices there are."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Coroutine, Iterable, Mapping, Sequence, Set
from contextlib import aclosing
from functools import partial
from typing import Any

import attrs

from quantum_jobs.arguments import JobFilter
from quantum_jobs.core import storing
from quantum_jobs.core.connection import Connection, chunks, gather, pages
from quantum_jobs.core.job import AnyJob, BaseJob, refresh
from quantum_jobs.core.waiting import Poll
from quantum_jobs.errors import (
    APIError,
    ConflictError,
    InvalidRequestError,
    NotFoundError,
    QuantumJobsError,
    ResponseError,
    ServiceUnreachableError,
)
from quantum_jobs.http import retry
from quantum_jobs.http.messages import Call, Outcome, Response
from quantum_jobs.model import Device, JobRecord, JobStatus

#: Devices that an error for an unknown device names.
MOST_DEVICES_NAMED = 20
#: Handles one job, after a bulk request that may have done it already (third argument).
Single = Callable[[Connection, str, bool], Coroutine[Any, Any, None]]
Errors = dict[str, QuantumJobsError | None]


async def retrieve(connection: Connection, job_id: str, job_class: type[AnyJob]) -> AnyJob:
    """Read a job, unless it is over and in the store."""
    stored = await storing.in_store(connection, lambda store: store.final_record(job_id))
    if stored is not None:
        return job_class(connection, stored)
    job = job_class(connection, await connection.request(connection.service.get(job_id)), is_fresh=True)
    await storing.save(connection, [job.record])
    return job


async def records(connection: Connection, wanted: JobFilter, limit: int | None) -> AsyncGenerator[JobRecord, None]:
    """List the records of jobs, newest first, requesting pages as they are needed. The service filters what it can, the
    rest is filtered here."""
    service = connection.service
    wanted = attrs.evolve(wanted, tags=service.kept_tags(wanted.tags))
    words = None if wanted.status in (None, JobStatus.UNKNOWN) else service.words_for(wanted.status)
    if limit == 0 or words == []:
        return
    # UNKNOWN stands for no word of a vendor's, and the listings of two words could not be merged in order.
    vendor_status = words[0] if words and len(words) == 1 else None
    first = service.jobs(
        vendor_status=vendor_status,
        device=wanted.device,
        tags=wanted.tags,
        # A small page saves nothing where most of its jobs are filtered out here.
        limit=limit if wanted.is_by_status and (vendor_status is not None or wanted.status is None) else None,
    )
    given = 0
    async with aclosing(pages(connection, first)) as listing:
        async for page in listing:
            for record in filter(wanted.takes, page.records):
                yield record
                given += 1
                if given == limit:
                    return
            if page.records and wanted.is_past(page.records):
                return


async def child_records(job: BaseJob) -> list[JobRecord]:
    """Read the child jobs of a multi-circuit job, in the order of its circuits."""
    if not job.record.child_ids:
        await refresh(job)
    connection, ids = job._connection, job.record.child_ids
    found: dict[str, JobRecord] = {}
    if connection.service.status_chunk:
        poll = await Poll(connection, ids, patient=False).run()
        for error in poll.lost.values():
            raise error
        found = poll.found
    left = [child for child in ids if child not in found]
    read = await gather(partial(connection.request, connection.service.get(child)) for child in left)
    found.update(zip(left, read, strict=True))
    # IonQ v0.3 leaves out the parent, which has the shots and says what the circuits measure.
    return [attrs.evolve(found[child], parent_id=found[child].parent_id or job.id) for child in ids]


async def devices(connection: Connection) -> list[Device]:
    """List all devices of the service."""
    return [device async for page in pages(connection, connection.service.devices()) for device in page.records]


async def devices_instead(connection: Connection, device: str, failure: QuantumJobsError) -> str:
    """Return words that list the devices, for an error about an unknown device; empty for other errors."""
    if not isinstance(failure, (NotFoundError, InvalidRequestError)) or device not in failure.message:
        return ""
    try:
        page = await connection.request_once(connection.service.devices())
    except QuantumJobsError:
        return ""
    ids = [each.id for each in page.records if each.id]
    if not ids or device in ids:
        return ""
    more = ", ..." if len(ids) > MOST_DEVICES_NAMED or page.next else ""
    return f"; there are {', '.join(ids[:MOST_DEVICES_NAMED])}{more}"


async def cancel(job: BaseJob) -> None:
    """Cancel a job, unless it is over. After a refusal, read it: it may be over by then."""
    await refresh(job)
    if _ends(job):
        return
    try:
        await job._connection.request(job._connection.service.cancel(job.id))
    except (ConflictError, InvalidRequestError):
        await refresh(job)
        if not _ends(job):
            raise
        return
    try:
        await refresh(job)
    except QuantumJobsError:
        return  # the cancel itself succeeded


def _ends(job: BaseJob) -> bool:
    return job.status.is_final or job.status is JobStatus.CANCELLING


async def delete(connection: Connection, job_id: str, repeated: bool = False) -> None:
    """Delete a job and its data. A 404 is success after an unclear earlier attempt; ``repeated`` says that there was
    one."""
    call = connection.service.delete(job_id)
    earlier: list[Outcome] = []
    response = await retry.send(connection.transport, call, earlier=earlier)
    try:
        await connection.read(call, response)
    except NotFoundError:
        if not repeated and not _may_have_worked(earlier):
            raise
    connection.account.memory.deleted_ids.add(job_id)
    await storing.gone(connection, [job_id], deleted=True)


def _may_have_worked(earlier: Iterable[Outcome]) -> bool:
    return any(each.status != 429 if isinstance(each, Response) else each.sent for each in earlier)


async def _cancel_one(connection: Connection, job_id: str, repeated: bool) -> None:
    await cancel(BaseJob(connection, JobRecord(id=job_id, service=connection.service.name)))


async def cancel_many(connection: Connection, ids: Sequence[str]) -> Errors:
    """Cancel many jobs, except those that are over."""
    if not ids:
        return {}
    poll = await Poll(connection, ids, patient=False).run()
    running = [job_id for job_id in ids if job_id in poll.found and not poll.found[job_id].status.is_final]
    errors: Errors = {**dict.fromkeys(ids), **poll.lost}
    errors.update(await _in_bulk(connection, running, connection.service.cancel_many, _cancel_one))
    # It is not known whether these are over, so each is read first.
    errors.update(await _one_by_one(connection, poll.missing(), _cancel_one, set()))
    return errors


async def delete_many(connection: Connection, ids: Sequence[str]) -> Errors:
    """Delete many jobs."""
    errors: Errors = dict.fromkeys(ids)
    errors.update(await _in_bulk(connection, ids, connection.service.delete_many, delete))
    done = [job_id for job_id in ids if errors[job_id] is None]
    connection.account.memory.deleted_ids.update(done)
    await storing.gone(connection, done, deleted=True)
    return errors


async def _in_bulk(
    connection: Connection,
    ids: Sequence[str],
    bulk: Callable[[Sequence[str]], Call[Mapping[str, str | None]] | None],
    single: Single,
) -> Errors:
    """Send bulk requests where the API has them, and single ones for jobs that a bulk request refused or left out."""
    errors: Errors = {}
    repeated: set[str] = set()
    for chunk in chunks(ids, connection.service.bulk_chunk) if len(ids) > 1 else []:
        call = bulk(chunk)
        if call is not None:
            errors.update(await _one_chunk(connection, call, chunk, repeated))
    left = [job_id for job_id in ids if job_id not in errors]
    errors.update(await _one_by_one(connection, left, single, repeated))
    return errors


async def _one_by_one(connection: Connection, ids: Sequence[str], single: Single, repeated: Set[str]) -> Errors:
    async def attempt(job_id: str) -> QuantumJobsError | None:
        try:
            await single(connection, job_id, job_id in repeated)
        except QuantumJobsError as error:
            return error
        return None

    return dict(zip(ids, await gather(partial(attempt, job_id) for job_id in ids), strict=True))


async def _one_chunk(
    connection: Connection, call: Call[Mapping[str, str | None]], chunk: Sequence[str], repeated: set[str]
) -> Errors:
    """Send one bulk request. Return the outcomes of the jobs that it settles; add to ``repeated`` those for which it
    may have worked without saying so."""
    earlier: list[Outcome] = []
    try:
        response = await retry.send(connection.transport, call, earlier=earlier)
        fates = await connection.read(call, response)
    except (InvalidRequestError, ConflictError, NotFoundError):
        # One job can make the service refuse the whole chunk: single requests follow.
        return {}
    except ResponseError:
        repeated.update(chunk)
        return {}
    except (APIError, ServiceUnreachableError) as error:
        return dict.fromkeys(chunk, error)
    finally:
        if _may_have_worked(earlier):
            repeated.update(chunk)
    if not any(job_id in fates for job_id in chunk):
        repeated.update(chunk)  # it succeeded without saying for which jobs
    return {job_id: None for job_id in chunk if fates.get(job_id, "not mentioned") is None}
