"""Send the POST of a submission: again where it was certainly not accepted, never where it may have been."""

from __future__ import annotations

import itertools
import logging
from collections.abc import Callable, Coroutine
from typing import Any

import anyio
import attrs

from quantum_jobs.core import storing
from quantum_jobs.core.accounts import Memory
from quantum_jobs.core.connection import Connection
from quantum_jobs.core.finding import look_once, look_up
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


@attrs.frozen
class Made:
    """The record of a submission's job: from the response, or found by the key."""

    record: JobRecord
    is_found: bool = False


@attrs.frozen
class Post:
    """The POST of one submission. ``before`` is awaited before each attempt, see ``Transport.send``."""

    connection: Connection
    submission: Submission
    call: Call[JobRecord]
    before: Callable[[], Coroutine[Any, Any, None]] | None = None

    @property
    def key(self) -> str:
        return self.submission.idempotency_key

    @property
    def memory(self) -> Memory:
        return self.connection.account.memory

    async def send(self) -> Made | None:
        """Send the POST. Return its job; None where it is unclear whether it made one, and the key stays in doubt.

        Raises the error that the service refused it with.
        """
        was_in_doubt = self.key in self.memory.in_doubt
        self.memory.doubt(self.key)
        outcome: Outcome | None = None
        for attempt in itertools.count(1):
            # A 429 says that the POST was not accepted; look for the job all the same before another one.
            may_send = True
            if outcome is not None and _too_many(outcome):
                may_send, found = await look_once(self.connection, self.key)
                if found is not None:
                    return Made(found, is_found=True)
            if may_send:
                try:
                    outcome = await self.connection.transport.send(self.call, fresh_connection=True, before=self.before)
                except (QuantumJobsError, storing.ClaimLostError):
                    # Raised before anything was sent: by the store, or as the client is closed.
                    if outcome is None and not was_in_doubt:
                        self.memory.in_doubt.pop(self.key, None)
                    raise
                record = await self._made(outcome)
                if record is not None:
                    return Made(record)
            assert outcome is not None
            again = _never_sent(outcome) or _too_many(outcome)
            if not again and not _refused(outcome):
                break
            backoff = retry.backoff_after(attempt)
            pause = max(backoff, retry.asked_pause(outcome))
            if not again or attempt == retry.ATTEMPTS or pause > LONGEST_UNASKED_PAUSE:
                return await self._unless_made(outcome, was_in_doubt=was_in_doubt)
            # The rate limiter adds the Retry-After of a 429.
            await anyio.sleep(backoff)
        found = await look_up(self.connection, self.key)
        return None if found is None else Made(found, is_found=True)

    async def _made(self, outcome: Outcome) -> JobRecord | None:
        """Return the record in a response that says that the job was made."""
        if not isinstance(outcome, Response) or not outcome.ok:
            return None
        try:
            record = await self.connection.read(self.call, outcome)
        except ResponseError:
            return None
        # A gateway may mix up responses: one about another submission does not count.
        return record if record.idempotency_key in {None, self.key} else None

    async def _unless_made(self, outcome: Outcome, *, was_in_doubt: bool) -> Made:
        """Return the job, if it was made in spite of an error response; else raise the error. Look once only, as a
        refusal must not take seconds."""
        looked = True
        failure: QuantumJobsError
        if isinstance(outcome, Response):
            failure = self.connection.error(self.call, outcome)
            looked, found = await look_once(self.connection, self.key)
            if found is not None:
                log.warning("%s; the job was made all the same: %s", failure, found.id)
                return Made(found, is_found=True)
            devices = await devices_instead(self.connection, self.submission.device, failure)
            told = f"idempotency key {self.key!r}: find_submission tells whether a job was made"
            failure.args = (f"{failure.message}{devices} ({told})",)
        else:
            failure = outcome
        if looked and not was_in_doubt:
            self.memory.in_doubt.pop(self.key, None)
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
