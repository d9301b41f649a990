"""Fetching what a service has of a job: its results, waited for, and its programs."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence
from functools import partial
from typing import Any, TypeVar

import anyio
import attrs

from quantum_jobs.core import storing, waiting
from quantum_jobs.core.asking import NOT_YET, Connection, gather
from quantum_jobs.core.job import BaseJob, refresh
from quantum_jobs.errors import (
    JobCancelledError,
    JobFailedError,
    ResultNotReadyError,
    UnsupportedError,
)
from quantum_jobs.http import retry
from quantum_jobs.http.limits import LONGEST_PAUSE
from quantum_jobs.http.messages import Call, Outcome, Response
from quantum_jobs.model import JobRecord, JobStatus, Program, Result

T = TypeVar("T")

#: How long a completed job's result is waited for without a timeout, in seconds.
READY_WITHIN = 300.0
#: Seconds between two requests for a result that is not ready; it grows up to the second.
FIRST_GAP, LONGEST_GAP = 0.5, 10.0


async def fetch(
    job: BaseJob, *, memory: bool = False, aggregation: str | None = None, asking: Asking | None = None
) -> list[Result]:
    """The results of a completed job, from the source that its service presents as the result."""
    connection = job._connection
    found = None
    if not job._is_read_here:  # else nobody has fetched them before
        found = await storing.results(connection, job.id, memory=memory, aggregation=aggregation)
    if found is None:
        ask = asking or Asking(job)
        found = await connection.service.results(ask, job.record, memory=memory, aggregation=aggregation)
        await storing.save_results(connection, job.record, found, memory=memory, aggregation=aggregation)
    job._fetched[memory, aggregation] = found
    return found


@attrs.define
class Asking:
    """Sends the calls that a service needs to read a result; ``patient``: see ``retry.send``."""

    job: BaseJob
    patient: bool = False
    ready_within: float = READY_WITHIN
    #: The last try that brought no result, and its call.
    failed: deque[Outcome] = attrs.field(factory=lambda: deque(maxlen=1))
    call: Call[Any] | None = None

    def last_failure(self) -> str:
        """What was in the way of the result, for a person to read."""
        if not self.failed or self.call is None:
            return ""
        last = self.failed[-1]
        return self.job._connection.error(self.call, last).message if isinstance(last, Response) else last.message

    async def __call__(self, call: Call[T]) -> T:
        connection = self.job._connection
        asked_since: float | None = None
        self.call = call
        gap = FIRST_GAP
        while True:
            response = await retry.send(connection.transport, call, patient=self.patient, earlier=self.failed)
            if response.status != NOT_YET or not call.not_yet:
                value = await connection.read(call, response)
                if isinstance(value, JobRecord) and value.id == self.job.id:
                    self.job._update(value)
                return value
            moment = anyio.current_time()
            asked_since = moment if asked_since is None else asked_since
            self.failed.append(response)
            pause = min(response.retry_after or gap, LONGEST_PAUSE)
            if moment + pause >= asked_since + self.ready_within:
                raise self._not_ready(connection, call, response)
            await anyio.sleep(pause)
            gap = min(2 * gap, LONGEST_GAP)

    async def together(self, calls: Sequence[Call[T]]) -> list[T]:
        return await gather(partial(self, call) for call in calls)

    def _not_ready(self, connection: Connection, call: Call[Any], response: Any) -> ResultNotReadyError:
        conflict = connection.error(call, response)
        return ResultNotReadyError(
            f"{self.job.ref} is completed, but its result is not there yet: {conflict.message}",
            service=conflict.service,
            operation=conflict.operation,
            status_code=conflict.status_code,
            code=conflict.code,
            request_id=conflict.request_id,
            body=conflict.body,
            retry_after=conflict.retry_after,
        )


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
        patience = READY_WITHIN if seconds is None else math.inf
        asking = Asking(job, patient=True, ready_within=patience)
        with anyio.move_on_after(left):
            return await fetch(job, memory=memory, aggregation=aggregation, asking=asking)
        raise waiting.timed_out([job], timeout, asking.last_failure())
    return job._fetched[memory, aggregation]


async def program(job: BaseJob, *, compiled: bool) -> Program:
    """The one program of a job, as submitted or as compiled. Raises UnsupportedError for several."""
    service = job._connection.service
    if compiled and not job.status.is_final:
        await refresh(job)
    programs = await job._connection.ask(
        service.compiled_program(job.record) if compiled else service.program(job.record)
    )
    if len(programs) != 1:
        instead = (
            "children() gives its jobs of one circuit each" if job.record.child_ids else "client.api gives them all"
        )
        raise UnsupportedError(f"{job.ref} has {len(programs)} programs; {instead}")
    return programs[0]
