"""One submit is one job: never a second POST while the first may have been taken, never a job whose id is lost."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import anyio

from quantum_jobs.core.asking import Connection, pages
from quantum_jobs.errors import QuantumJobsError, ResponseError, SubmissionUncertainError
from quantum_jobs.http import retry
from quantum_jobs.http.transport import Response
from quantum_jobs.model import JobRecord
from quantum_jobs.services.base import Call, Submission

NEWEST_PAGES = 4
LOOK_UP_PAUSES = (0.1, 0.25, 0.5, 1.0, 2.0)


@contextmanager
def with_key(service: str, key: str) -> Iterator[None]:
    """Add the idempotency key to whatever interrupts a submission."""
    try:
        yield
    except QuantumJobsError:
        raise
    except BaseException as interruption:
        note = (
            f"The job may have been submitted to {service}: find_submission({key!r}) tells, and submitting with "
            "that idempotency_key= returns it."
        )
        if note not in getattr(interruption, "__notes__", ()):
            interruption.add_note(note)
        raise


async def submit(connection: Connection, submission: Submission, *, resubmit_uncertain: bool) -> JobRecord:
    call = connection.service.create(submission)
    key = submission.idempotency_key
    with with_key(connection.service.name, key):
        found = await find(connection, key)
        if found is not None:
            return found
        record = await _post(connection, submission, call)
        if record is None and resubmit_uncertain:
            record = await _post(connection, submission, call)
    if record is not None:
        from quantum_jobs.async_job import completed

        return completed(
            record,
            JobRecord(
                id=record.id,
                service=record.service,
                shots=submission.shots,
                device=submission.device,
                name=submission.name,
                tags=submission.tags,
                idempotency_key=key,
            ),
        )
    raise SubmissionUncertainError(
        f"{connection.service.name}: it is not known whether the job was taken {key}",
        idempotency_key=key,
        service=connection.service.name,
    )


async def find(connection: Connection, key: str, *, most: float = math.inf) -> JobRecord | None:
    child: JobRecord | None = None
    async for page in pages(connection, connection.service.search(key), most=most):
        for record in page.records:
            if record.idempotency_key == key:
                if record.parent_id is None:
                    return record
                child = child or record
    if child is not None and child.parent_id is not None:
        return await connection.ask(connection.service.get(child.parent_id))
    return None


async def _post(connection: Connection, submission: Submission, call: Call[JobRecord]) -> JobRecord | None:
    attempt = 0
    while True:
        outcome = await retry.try_once(connection.transport, call, fresh_connection=True)
        attempt += 1
        if isinstance(outcome, Response) and outcome.ok:
            try:
                return await connection.read(call, outcome)
            except ResponseError:
                break
        if isinstance(outcome, Response):
            if not (300 <= outcome.status < 500 and outcome.status != 408):
                break
        elif outcome.sent:
            break
        pause = retry.pause_before_next(connection.transport, outcome, attempt)
        again = not isinstance(outcome, Response) or outcome.status == 429
        if not again or attempt == retry.ATTEMPTS or pause > retry.LONGEST_RETRY_AFTER:
            if isinstance(outcome, Response):
                raise connection.error(call, outcome)
            raise outcome
        await anyio.sleep(pause)
    return await _look_up(connection, submission.idempotency_key)


async def _look_up(connection: Connection, key: str) -> JobRecord | None:
    deadline = anyio.current_time() + connection.confirmation_timeout
    pauses: Sequence[float] = LOOK_UP_PAUSES
    while True:
        late = anyio.current_time() >= deadline
        found = None
        try:
            found = await find(connection, key, most=NEWEST_PAGES)
        except QuantumJobsError:
            pass
        if found is not None or late:
            return found
        await anyio.sleep(min(pauses[0], max(0.0, deadline - anyio.current_time())))
        pauses = pauses[1:] or pauses
