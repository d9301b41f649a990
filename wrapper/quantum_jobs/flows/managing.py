"""Listing, cancelling and deleting jobs, one or many; what they cost; which devices there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from datetime import datetime

import attrs

from quantum_jobs.errors import (
    APIError,
    ConflictError,
    InvalidRequestError,
    NotFoundError,
    QuantumJobsError,
    ResponseError,
    ServiceUnreachableError,
)
from quantum_jobs.flows.ask import Connection, JobState, ask, further, read, request_of, side_by_side
from quantum_jobs.flows.fetching import refresh
from quantum_jobs.flows.rounds import Round, status_round
from quantum_jobs.http import retry
from quantum_jobs.http.commands import Emit, Flow, Outcome, Reply, now
from quantum_jobs.model import Cost, Device, Estimate, JobRecord, JobStatus
from quantum_jobs.services.base import Call, DevicePage, Outcomes, Page

#: Does to one job what a bulk request could not; told whether that request may have done it already.
Single = Callable[[Connection, str, bool], Flow[None]]
#: What became of each job: None, or why not.
Fates = dict[str, QuantumJobsError | None]


def read_job(connection: Connection, job_id: str) -> Flow[JobState]:
    """One job by its id."""
    record = yield from ask(connection, connection.service.get(job_id))
    return JobState(connection, record, seen_at=(yield from now()))


@attrs.frozen(kw_only=True)
class JobFilter:
    """Which jobs are listed. ``tags`` are those that a job has among others; created from ``created_after`` on and
    before ``created_before``."""

    status: JobStatus | None = None
    device: str | None = None
    name: str | None = None
    tags: Mapping[str, str | int | bool] = attrs.field(factory=dict)
    created_after: datetime | None = None
    created_before: datetime | None = None

    @property
    def is_by_status(self) -> bool:
        """Whether nothing else than the status is asked for, which every service can filter by."""
        return attrs.evolve(self, status=None) == JobFilter()

    def takes(self, record: JobRecord) -> bool:
        """Whether a job is one of those. What the service does not say of it is not what was asked for."""
        created = record.created_at
        return (
            self.status in {None, record.status}
            and self.device in {None, record.device}
            and self.name in {None, record.name}
            and all(name in record.tags and record.tags[name] == value for name, value in self.tags.items())
            and (self.created_after is None or (created is not None and created >= self.created_after))
            and (self.created_before is None or (created is not None and created < self.created_before))
        )

    def is_past(self, records: Sequence[JobRecord]) -> bool:
        """Whether all these are older than what is asked for, and so is everything that comes after them."""
        after = self.created_after
        return after is not None and all(
            record.created_at is not None and record.created_at < after for record in records
        )


def list_jobs(connection: Connection, wanted: JobFilter, limit: int | None) -> Flow[None]:
    """Hands out the state of each job, newest first, page by page as it is asked for. What the service can filter is
    filtered there, the rest here."""
    left = limit
    seen: set[str] = set()
    wanted = attrs.evolve(wanted, tags=connection.service.kept_tags(wanted.tags))
    for vendor_status in _filters(connection, wanted.status):
        call: Call[Page] | None = connection.service.jobs(
            vendor_status=vendor_status,
            device=wanted.device,
            tags=wanted.tags,
            # A small page saves nothing where most of its jobs are then left out.
            limit=left if wanted.is_by_status else None,
        )
        while call is not None and (left is None or left > 0):
            page = yield from ask(connection, call)
            moment = yield from now()
            # A job that is submitted meanwhile moves the last one of a page to the next.
            fresh = [record for record in page.records if record.id not in seen]
            seen.update(record.id for record in fresh)
            for record in fresh:
                if not wanted.takes(record):
                    continue
                if left is not None:
                    if left == 0:
                        return
                    left -= 1
                yield Emit(JobState(connection, record, seen_at=moment))
            call = None if fresh and wanted.is_past(fresh) else further(call, page, bool(fresh))


def _filters(connection: Connection, status: JobStatus | None) -> Sequence[str | None]:
    """The vendor's filters to list with. Everything is looked through for UNKNOWN, which is what no filter names, and
    for a status of two words, whose lists would not be one that has the newest first."""
    if status is None or status is JobStatus.UNKNOWN:
        return (None,)
    words = connection.service.words_for(status)
    return tuple(words) if len(words) < 2 else (None,)


def children(state: JobState) -> Flow[list[JobState]]:
    """The jobs of one circuit each that make up a job of several, in the order of its circuits."""
    if not state.record.child_ids:
        yield from refresh(state)
    handles = yield from side_by_side(read_job(state.connection, child) for child in state.record.child_ids)
    return [handle.result() for handle in handles]


def cost(state: JobState) -> Flow[Cost | None]:
    """What the job cost, as far as the service knows now."""
    call = state.connection.service.cost(state.record)
    if call is not None:
        return (yield from ask(state.connection, call))
    if state.record.cost is None or not state.record.status.is_final:
        yield from refresh(state)
    return state.record.cost


def devices(connection: Connection) -> Flow[list[Device]]:
    """All devices of the service, over all pages."""
    found: dict[str, Device] = {}
    call: Call[DevicePage] | None = connection.service.devices()
    while call is not None:
        page = yield from ask(connection, call)
        fresh = [device for device in page.devices if device.id not in found]
        found.update((device.id, device) for device in fresh)
        # A service that knows no pages would give the same one for ever.
        call = page.next if fresh else None
    return list(found.values())


def estimate(connection: Connection, call: Call[Estimate]) -> Flow[Estimate]:
    """What a job would cost."""
    return (yield from ask(connection, call))


def cancel(state: JobState) -> Flow[None]:
    """Ask for a job to be cancelled. Nothing is sent for a job that is over; a refusal is settled by reading it."""
    yield from refresh(state)
    if _ends(state):
        return
    try:
        yield from ask(state.connection, state.connection.service.cancel(state.record.id))
    except (ConflictError, InvalidRequestError):
        yield from refresh(state)
        if not _ends(state):
            raise
        return
    yield from _refreshed_if_possible(state)


def _ends(state: JobState) -> bool:
    return state.record.status.is_final or state.record.status is JobStatus.CANCELLING


def _refreshed_if_possible(state: JobState) -> Flow[None]:
    # The cancel itself succeeded: that its effect cannot be read right now is no error of it.
    try:
        yield from refresh(state)
    except QuantumJobsError:
        return


def delete_job(state: JobState) -> Flow[None]:
    """Remove the job that somebody holds: from now on it is not there."""
    state.fresh_until = float("-inf")
    yield from delete(state.connection, state.record.id)


def delete(connection: Connection, job_id: str, repeated: bool = False) -> Flow[None]:
    """Remove a job and its data. That it is gone after an unclear earlier try is success; ``repeated`` says that there
    was one already."""
    call = connection.service.delete(job_id)
    earlier: list[Outcome] = []
    outcome = yield from retry.send(request_of(connection, call), earlier=earlier)
    try:
        read(connection, call, outcome)
    except NotFoundError:
        if not repeated and not _may_have_worked(earlier):
            raise


def _may_have_worked(earlier: Iterable[Outcome]) -> bool:
    return any(outcome.status != 429 if isinstance(outcome, Reply) else outcome.sent for outcome in earlier)


def cancel_many(connection: Connection, ids: Sequence[str]) -> Flow[Fates]:
    """Cancel many jobs; those that are over are left alone."""
    fates: Fates = dict.fromkeys(ids)
    records = yield from _current(connection, ids)
    running = [job_id for job_id in ids if job_id in records and not records[job_id].status.is_final]
    fates.update((yield from _in_bulk(connection, running, connection.service.cancel_many, _cancel_one)))
    # Of these nobody knows yet whether they are over, so each is read before it is sent a cancel.
    unknown = [job_id for job_id in ids if job_id not in records]
    fates.update((yield from _singly(connection, unknown, _cancel_one, set())))
    return fates


def delete_many(connection: Connection, ids: Sequence[str]) -> Flow[Fates]:
    """Delete many jobs."""
    fates: Fates = dict.fromkeys(ids)
    fates.update((yield from _in_bulk(connection, ids, connection.service.delete_many, delete)))
    return fates


def _cancel_one(connection: Connection, job_id: str, repeated: bool) -> Flow[None]:
    yield from cancel(JobState(connection, JobRecord(id=job_id, service=connection.service.name)))


def _current(connection: Connection, ids: Sequence[str]) -> Flow[Mapping[str, JobRecord]]:
    if not ids:
        return {}
    round_ = yield from status_round(connection, Round(tuple(ids), 0), None)
    found: Mapping[str, JobRecord] = round_.found
    return found


def _in_bulk(
    connection: Connection,
    ids: Sequence[str],
    bulk: Callable[[Sequence[str]], Call[Outcomes] | None],
    single: Single,
) -> Flow[Fates]:
    """In bulk requests where the API has them; singly for what a bulk request refused or did not mention."""
    size = connection.service.bulk_chunk or len(ids)
    fates: Fates = {}
    repeated: set[str] = set()
    chunks = [ids[start : start + size] for start in range(0, len(ids), size)] if len(ids) > 1 else []
    for chunk in chunks:
        call = bulk(chunk)
        if call is not None:
            fates.update((yield from _one_chunk(connection, call, chunk, repeated)))
    left = [job_id for job_id in ids if job_id not in fates]
    fates.update((yield from _singly(connection, left, single, repeated)))
    return fates


def _singly(connection: Connection, ids: Sequence[str], single: Single, repeated: Set[str]) -> Flow[Fates]:
    handles = yield from side_by_side(single(connection, job_id, job_id in repeated) for job_id in ids)
    return {job_id: _error_of(handle.result) for job_id, handle in zip(ids, handles, strict=True)}


def _one_chunk(connection: Connection, call: Call[Outcomes], chunk: Sequence[str], repeated: set[str]) -> Flow[Fates]:
    """Fates that one bulk request settles. Adds to ``repeated`` when it may have taken effect unnoticed."""
    earlier: list[Outcome] = []
    outcome = yield from retry.send(request_of(connection, call), earlier=earlier)
    if _may_have_worked(earlier):
        repeated.update(chunk)
    try:
        outcomes = read(connection, call, outcome)
    except (InvalidRequestError, ConflictError, NotFoundError):
        # One job of the chunk spoils it for all: each is then asked for by itself.
        return {}
    except ResponseError:
        repeated.update(chunk)
        return {}
    except (APIError, ServiceUnreachableError) as error:
        return dict.fromkeys(chunk, error)
    if not any(job_id in outcomes.by_id for job_id in chunk):
        repeated.update(chunk)  # it was taken, and nobody says for which jobs
    return {job_id: None for job_id in chunk if outcomes.by_id.get(job_id, "not mentioned") is None}


def _error_of(result: Callable[[], object]) -> QuantumJobsError | None:
    try:
        result()
    except QuantumJobsError as error:
        return error
    return None
