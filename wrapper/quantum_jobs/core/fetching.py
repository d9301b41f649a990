"""Fetch a job's results."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from functools import partial
from typing import Any, TypeVar

import anyio
import attrs

from quantum_jobs.core import storing, waiting
from quantum_jobs.core.connection import NOT_YET, Connection, gather
from quantum_jobs.core.job import NEVER, BaseJob
from quantum_jobs.errors import ResultNotReadyError, check_completed
from quantum_jobs.http import retry
from quantum_jobs.http.limits import LONGEST_PAUSE
from quantum_jobs.http.messages import Call, Outcome, Response
from quantum_jobs.model import JobRecord, Result

T = TypeVar("T")

#: Seconds for which a completed job's result is requested where there is no timeout.
READY_WITHIN = 300.0
#: Seconds between requests for a result that is not ready, growing from the first number to the second.
FIRST_GAP, LONGEST_GAP = 0.5, 10.0
#: The results that ``result()`` gives without arguments, among those that a job keeps.
DEFAULT = (False, None)


async def fetch(ask: ResultRequests, *, memory: bool = False, aggregation: str | None = None) -> list[Result]:
    """Fetch the results of a completed job, from the source that the service presents as the result."""
    job, connection = ask.job, ask.job._connection
    found = None
    if job._seen_at == NEVER:  # else they cannot be in the store
        found = await storing.in_store(connection, lambda store: store.results(job.id, memory, aggregation))
    if found is None:
        found = await connection.service.results(ask, job.record, memory=memory, aggregation=aggregation)
        await storing.save_results(connection, job.record, found, memory=memory, aggregation=aggregation)
    job._fetched[memory, aggregation] = found
    return found


def fetched(job: BaseJob, timeout: float | None) -> list[Result]:
    """Return the results that a wait for many jobs has fetched without an error.

    Raises JobFailedError, JobCancelledError, JobOnHoldError, WaitTimeoutError.
    """
    waiting.check_over(job, timeout)
    check_completed(job)
    if DEFAULT not in job._fetched:
        raise waiting.timed_out([job], timeout)
    return job._fetched[DEFAULT]


@attrs.define
class ResultRequests:
    """Sends the calls that a service needs for a result, as part of a wait: retries go on until the caller ends them,
    and results that are not ready are requested for ``ready_within`` seconds. With ``once`` the first request is not
    retried; later ones are a few times, as what came already would be requested again."""

    job: BaseJob
    once: bool = False
    ready_within: float = READY_WITHIN
    #: The last attempt that failed, and its call.
    failed: deque[Outcome] = attrs.field(factory=lambda: deque(maxlen=1))
    call: Call[Any] | None = None
    #: Whether the service has answered one.
    answers: bool = False

    def last_failure(self) -> str:
        """Say in words why there is no result yet."""
        if not self.failed or self.call is None:
            return ""
        last = self.failed[-1]
        return self.job._connection.error(self.call, last).message if isinstance(last, Response) else last.message

    async def __call__(self, call: Call[T]) -> T:
        connection = self.job._connection
        if self.once:
            value = await (connection.request(call) if self.answers else connection.request_once(call, patient=True))
            self.answers = True
            return self._noted(value)
        asked_since: float | None = None
        self.call = call
        gap = FIRST_GAP
        while True:
            response = await retry.send(connection.transport, call, patient=True, earlier=self.failed)
            if response.status != NOT_YET or not call.not_yet:
                return self._noted(await connection.read(call, response))
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

    def _noted(self, value: T) -> T:
        """Take over the job's record, where that was requested."""
        if isinstance(value, JobRecord) and value.id == self.job.id:
            self.job._update(value)
        return value

    def _not_ready(self, connection: Connection, call: Call[Any], response: Any) -> ResultNotReadyError:
        conflict = connection.error(call, response)
        return ResultNotReadyError(
            f"{self.job.ref} is completed, but its result is not there yet: {conflict.message}", **vars(conflict)
        )
