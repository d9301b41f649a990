"""Send the POST of a submission: again where it was certainly not accepted, never where it may have been."""

from __future__ import annotations

import itertools
import logging
from collections.abc import Callable, Coroutine
from typing import Any

import anyio
import attrs

from quantum_jobs.core import storing
from quantum_jobs.core.connection import Connection
from quantum_jobs.core.finding import look_once, look_up
from quantum_jobs.core.job import completed
from quantum_jobs.core.managing import devices_instead
from quantum_jobs.errors import QuantumJobsError, ResponseError, ServiceUnreachableError
from quantum_jobs.http import retry
from quantum_jobs.http.limits import LONGEST_UNASKED_PAUSE
from quantum_jobs.http.messages import Call, Outcome, Response
from quantum_jobs.http.transport import TOO_MANY
from quantum_jobs.model import JobRecord
from quantum_jobs.services.base import Submission

log = logging.getLogger("quantum_jobs")

#: The one client error that leaves open whether the request was accepted.
_UNCLEAR_4XX = 408


async def post(
    connection: Connection,
    submission: Submission,
    call: Call[JobRecord],
    before: Callable[[], Coroutine[Any, Any, None]] | None = None,
) -> JobRecord | None:
    """Send the POST of one submission. Return the record of its job, from the response or found by the key; None where
    it is unclear whether it made one, and the key stays in doubt.

    ``before`` is awaited before each attempt, see ``Transport.send``. Raises the error that the service refused it
    with.
    """
    key, memory = submission.idempotency_key, connection.account.memory
    was_in_doubt = key in memory.in_doubt
    memory.doubt(key)
    outcome: Outcome | None = None
    for attempt in itertools.count(1):
        # A 429 says that the POST was not accepted; look for the job all the same before another one.
        may_send = True
        if outcome is not None and _too_many(outcome):
            may_send, found = await look_once(connection, key)
            if found is not None:
                return found
        if may_send:
            try:
                outcome = await connection.transport.send(call, fresh_connection=True, before=before)
            except (QuantumJobsError, storing.ClaimLostError):
                # Raised before anything was sent: by the store, or as the client is closed.
                if outcome is None and not was_in_doubt:
                    memory.in_doubt.pop(key, None)
                raise
            made = await _made(connection, submission, call, outcome)
            if made is not None:
                return made
        assert outcome is not None
        again = _never_sent(outcome) or _too_many(outcome)
        if not again and not _refused(outcome):
            break
        backoff = retry.backoff_after(attempt)
        pause = max(backoff, retry.asked_pause(outcome))
        if not again or attempt == retry.ATTEMPTS or pause > LONGEST_UNASKED_PAUSE:
            return await _unless_made(connection, submission, call, outcome, was_in_doubt=was_in_doubt)
        # The rate limiter adds the Retry-After of a 429.
        await anyio.sleep(backoff)
    return await look_up(connection, key)


async def _made(
    connection: Connection, submission: Submission, call: Call[JobRecord], outcome: Outcome
) -> JobRecord | None:
    """Return the record in a response that says that the job was made, with what the service leaves out."""
    if not isinstance(outcome, Response) or not outcome.ok:
        return None
    try:
        record = await connection.read(call, outcome)
    except ResponseError:
        return None
    # A gateway may mix up responses: one about another submission does not count.
    if record.idempotency_key not in {None, submission.idempotency_key}:
        return None
    known = JobRecord(
        id=record.id,
        service=record.service,
        shots=submission.shots,
        device=submission.device,
        name=submission.name,
        tags=submission.tags,
        idempotency_key=submission.idempotency_key,
    )
    # Whatever the service makes of the digest, the job is this submission's.
    return attrs.evolve(completed(record, known), submission_digest=submission.digest)


async def _unless_made(
    connection: Connection, submission: Submission, call: Call[JobRecord], outcome: Outcome, *, was_in_doubt: bool
) -> JobRecord:
    """Return the job, if it was made in spite of an error response; else raise the error. Look once only, as a refusal
    must not take seconds."""
    key = submission.idempotency_key
    looked = True
    failure: QuantumJobsError
    if isinstance(outcome, Response):
        failure = connection.error(call, outcome)
        looked, found = await look_once(connection, key)
        if found is not None:
            log.warning("%s; the job was made all the same: %s", failure, found.id)
            return found
        devices = await devices_instead(connection, submission.device, failure)
        told = f"idempotency key {key!r}: find_submission tells whether a job was made"
        failure.args = (f"{failure.message}{devices} ({told})",)
    else:
        failure = outcome
    if looked and not was_in_doubt:
        connection.account.memory.in_doubt.pop(key, None)
    raise failure


def _refused(outcome: Outcome) -> bool:
    """Whether the answer says that nothing was made. A redirect is not followed, so it does."""
    return (
        isinstance(outcome, Response) and 300 <= outcome.status < 500 and outcome.status not in {_UNCLEAR_4XX, TOO_MANY}
    )


def _too_many(outcome: Outcome) -> bool:
    return isinstance(outcome, Response) and outcome.status == TOO_MANY


def _never_sent(outcome: Outcome) -> bool:
    return isinstance(outcome, ServiceUnreachableError) and not outcome.sent
