"""A job's results, waited for."""

from __future__ import annotations

import math

import anyio

from quantum_jobs.core import fetching, waiting
from quantum_jobs.core.job import BaseJob
from quantum_jobs.errors import JobCancelledError, JobFailedError
from quantum_jobs.model import JobStatus, Result


async def results(job: BaseJob, timeout: float | None, *, memory: bool, aggregation: str | None) -> list[Result]:
    """One result per circuit, waited for.

    Raises JobFailedError, JobCancelledError, JobOnHoldError, WaitTimeoutError, ResultNotReadyError.
    """
    service = job._connection.service
    if aggregation is not None and not service.aggregates:
        raise service.lacks("choosing a method of error mitigation", "leave out aggregation=")
    seconds = waiting.checked_timeout(timeout)
    started = anyio.current_time()
    await waiting.wait_for(job, timeout)
    record = job.record
    if record.status is JobStatus.FAILED:
        code = record.failure.code if record.failure else None
        reason = (record.failure.message if record.failure else None) or record.status_message
        why = ": ".join(part for part in (code, reason) if part) or "the service gives no reason"
        raise JobFailedError(f"{record.ref} failed: {why}", job=job, code=code, reason=reason)
    if record.status is JobStatus.CANCELLED:
        raise JobCancelledError(f"{record.ref} was cancelled, so it has no result", job=job)
    if (memory, aggregation) not in job._fetched:
        left = None if seconds is None else started + seconds - anyio.current_time()
        patience = fetching.READY_WITHIN if seconds is None else math.inf
        asking = fetching.Asking(job, patient=True, ready_within=patience)
        with anyio.move_on_after(left):
            return await fetching.fetch(job, memory=memory, aggregation=aggregation, asking=asking)
        raise waiting.timed_out([job], timeout, asking.last_failure())
    return job._fetched[memory, aggregation]
