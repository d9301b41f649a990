"""Listing, cancelling and deleting jobs, one or many; what they cost; which devices there are."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Sequence, Set
from functools import partial
from typing import Any

import attrs

from quantum_jobs.arguments import JobFilter
from quantum_jobs.core import storing
from quantum_jobs.core.connection import Connection, chunks, gather, pages
from quantum_jobs.core.job import BaseJob, refresh
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
from quantum_jobs.model import Cost, Device, JobRecord, JobStatus
from quantum_jobs.services.base import DevicePage, Outcomes

#: Devices that are named where the one asked for is not there.
MOST_DEVICES_NAMED = 20
#: Does to one job what a bulk request could not; told whether that request may have done it already.
Single = Callable[[Connection, str, bool], Coroutine[Any, Any, None]]
Errors = dict[str, QuantumJobsError | None]


async def records(connection: Connection, wanted: JobFilter, limit: int | None) -> AsyncIterator[JobRecord]:
    """The record of each job, newest first, page by page as they are asked for. What the service can filter is filtered
    there, the rest here."""
    left = limit
    seen: set[str] = set()
    wanted = attrs.evolve(wanted, tags=connection.service.kept_tags(wanted.tags))
    for vendor_status in _filters(connection, wanted.status):
        if left == 0:
            return
        first = connection.service.jobs(
            vendor_status=vendor_status,
            device=wanted.device,
            tags=wanted.tags,
            # A small page saves nothing where most of its jobs are then left out.
            limit=left if wanted.is_by_status else None,
        )
        async for page in pages(connection, first):
            # A job that is submitted meanwhile moves the last one of a page to the next.
            fresh = [record for record in page.records if record.id not in seen]
            seen.update(record.id for record in fresh)
            for record in fresh:
                if not wanted.takes(record):
                    continue
                yield record
                if left is not None:
                    left -= 1
                    if left == 0:
                        return
            if fresh and wanted.is_past(fresh):
                break


def _filters(connection: Connection, status: JobStatus | None) -> Sequence[str | None]:
    """The vendor's filters to list with. Everything is looked through for UNKNOWN, which is what no filter names, and
    for a status of two words, whose lists would not be one that has the newest first."""
    if status is None or status is JobStatus.UNKNOWN:
        return (None,)
    words = connection.service.words_for(status)
    return tuple(words) if len(words) < 2 else (None,)


async def child_records(job: BaseJob) -> list[JobRecord]:
    """The records of the jobs of one circuit each that make up a job of several, in the order of its circuits."""
    if not job.record.child_ids:
        await refresh(job)
    connection = job._connection
    found = await gather(partial(connection.request, connection.service.get(child)) for child in job.record.child_ids)
    # IonQ v0.3 does not name the whole job, which has the shots and says what the circuits measure.
    return [attrs.evolve(record, parent_id=record.parent_id or job.id) for record in found]


async def cost(job: BaseJob) -> Cost | None:
    """What the job cost, as far as the service knows now."""
    call = job._connection.service.cost(job.record)
    if call is not None:
        found = await job._connection.request(call)
        await storing.save_cost(job._connection, job.id, found)
        return found
    if job.record.cost is None or not job.status.is_final:
        await refresh(job)
    return job.record.cost


async def devices(connection: Connection) -> list[Device]:
    """All devices of the service, over all pages."""
    found: dict[str, Device] = {}
    call: Call[DevicePage] | None = connection.service.devices()
    while call is not None:
        page = await connection.request(call)
        fresh = [device for device in page.devices if device.id not in found]
        found.update((device.id, device) for device in fresh)
        # A service that knows no pages would give the same one for ever.
        call = page.next if fresh else None
    return list(found.values())


async def devices_instead(connection: Connection, device: str, failure: QuantumJobsError) -> str:
    """For an error that names the device: which devices there are, where one request tells."""
    if not isinstance(failure, (NotFoundError, InvalidRequestError)) or device not in failure.message:
        return ""
    try:
        page = await connection.request_once(connection.service.devices())
    except QuantumJobsError:
        return ""
    ids = [each.id for each in page.devices if each.id]
    if not ids or device in ids:
        return ""
    more = ", ..." if len(ids) > MOST_DEVICES_NAMED or page.next else ""
    return f"; there are {', '.join(ids[:MOST_DEVICES_NAMED])}{more}"


async def cancel(job: BaseJob) -> None:
    """Ask for a job to be cancelled. Nothing is sent for a job that is over; a refusal is settled by reading it."""
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
        return  # the cancel itself succeeded: that its effect cannot be read right now is no error of it


def _ends(job: BaseJob) -> bool:
    return job.status.is_final or job.status is JobStatus.CANCELLING


async def delete(connection: Connection, job_id: str, repeated: bool = False) -> None:
    """Remove a job and its data. That it is gone after an unclear earlier try is success; ``repeated`` says that there
    was one already."""
    call = connection.service.delete(job_id)
    earlier: list[Outcome] = []
    response = await retry.send(connection.transport, call, earlier=earlier)
    try:
        await connection.read(call, response)
    except NotFoundError:
        if not repeated and not _may_have_worked(earlier):
            raise


def _may_have_worked(earlier: Iterable[Outcome]) -> bool:
    return any(each.status != 429 if isinstance(each, Response) else each.sent for each in earlier)


async def _cancel_one(connection: Connection, job_id: str, repeated: bool) -> None:
    await cancel(BaseJob(connection, JobRecord(id=job_id, service=connection.service.name)))


async def cancel_many(connection: Connection, ids: Sequence[str]) -> Errors:
    """Cancel many jobs; those that are over are left alone."""
    known = (await Poll(connection, ids, patient=False).run()).found if ids else {}
    running = [job_id for job_id in ids if job_id in known and not known[job_id].status.is_final]
    errors: Errors = dict.fromkeys(ids)
    errors.update(await _in_bulk(connection, running, connection.service.cancel_many, _cancel_one))
    # Of these nobody knows yet whether they are over, so each is read before it is sent a cancel.
    unknown = [job_id for job_id in ids if job_id not in known]
    errors.update(await _one_by_one(connection, unknown, _cancel_one, set()))
    return errors


async def delete_many(connection: Connection, ids: Sequence[str]) -> Errors:
    """Delete many jobs."""
    errors: Errors = dict.fromkeys(ids)
    errors.update(await _in_bulk(connection, ids, connection.service.delete_many, delete))
    return errors


async def _in_bulk(
    connection: Connection,
    ids: Sequence[str],
    bulk: Callable[[Sequence[str]], Call[Outcomes] | None],
    single: Single,
) -> Errors:
    """In bulk requests where the API has them; singly for what a bulk request refused or did not mention."""
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


async def _one_chunk(connection: Connection, call: Call[Outcomes], chunk: Sequence[str], repeated: set[str]) -> Errors:
    """What one bulk request settles. Adds to ``repeated`` when it may have taken effect unnoticed."""
    earlier: list[Outcome] = []
    try:
        response = await retry.send(connection.transport, call, earlier=earlier)
        outcomes = await connection.read(call, response)
    except (InvalidRequestError, ConflictError, NotFoundError):
        # One job of the chunk spoils it for all: each is then asked for by itself.
        return {}
    except ResponseError:
        repeated.update(chunk)
        return {}
    except (APIError, ServiceUnreachableError) as error:
        return dict.fromkeys(chunk, error)
    finally:
        if _may_have_worked(earlier):
            repeated.update(chunk)
    if not any(job_id in outcomes.by_id for job_id in chunk):
        repeated.update(chunk)  # it was taken, and nobody says for which jobs
    return {job_id: None for job_id in chunk if outcomes.by_id.get(job_id, "not mentioned") is None}
