"""The verbs of a job, written once, for async code. The sync ``Job`` has the same, run on the background event loop."""

from __future__ import annotations

import math

import anyio

from quantum_jobs import arguments
from quantum_jobs.core import fetching, job, managing, storing, waiting
from quantum_jobs.core.job import NEVER, AnyJob, BaseJob
from quantum_jobs.errors import UnsupportedError, check_completed
from quantum_jobs.http.messages import Call
from quantum_jobs.listing import Listing
from quantum_jobs.model import Cost, JobRecord, Program, Result
from quantum_jobs.progress import Report, reporting_beside


class AsyncJob(BaseJob):
    __doc__ = BaseJob.__doc__

    # Each verb takes any job, as ``Job`` runs the same ones; so none of them calls another.

    async def refresh(self: BaseJob) -> JobRecord:
        """Read the job anew, with one request; gives the new record."""
        return await job.refresh(self)

    async def wait(self: BaseJob, timeout: float | None = None, *, progress: Report = True) -> JobRecord:
        """Wait until the job is over, for at most ``timeout`` seconds (None: for ever); gives the final record.

        ``progress`` is shown in a terminal or notebook, where a person looks on; False says nothing, and a function is
        called with a ``Progress`` after each poll.

        Outages of the service are waited through. Raises WaitTimeoutError (the job goes on), JobOnHoldError, or an
        error that will not go away, such as NotFoundError.
        """
        with reporting_beside(progress, self):
            await waiting.wait_for(self, timeout)
        return self.record

    async def result(
        self: BaseJob,
        timeout: float | None = None,
        *,
        memory: bool = False,
        aggregation: str | None = None,
        progress: Report = True,
    ) -> Result:
        """Wait for the job, then fetch its result, all within ``timeout`` seconds.

        Args:
            timeout: seconds; None waits for the job for ever, and for the result of a completed job five minutes.
            memory: asks for every shot too, where the service gives them.
            aggregation: asks for one result of error mitigation by the vendor's word for the method (IonQ v0.4:
                ``"average"``, ``"voting"``, ``"dnl"``), or with ``"raw"`` for the histogram as measured, in place of
                the one that the service presents.
            progress: as of ``wait``.

        Raises JobFailedError, JobCancelledError, JobOnHoldError, WaitTimeoutError, ResultNotReadyError (without a
        timeout), ResponseError for a result that makes no sense, and UnsupportedError for a job of several circuits, a
        dry run, or an aggregation that there is not.
        """
        with reporting_beside(progress, self):
            several = await _results(self, timeout, memory=memory, aggregation=aggregation)
        if len(several) != 1:
            raise UnsupportedError(
                f"{self.ref} is a job of {len(several)} circuits: results() gives one result each, in order"
            )
        return several[0]

    async def results(
        self: BaseJob,
        timeout: float | None = None,
        *,
        memory: bool = False,
        aggregation: str | None = None,
        progress: Report = True,
    ) -> list[Result]:
        """The same for a job of any number of circuits: one result each, in the order of submission."""
        with reporting_beside(progress, self):
            return Listing(await _results(self, timeout, memory=memory, aggregation=aggregation))

    async def program(self: BaseJob) -> Program:
        """The program as it was submitted. Raises UnsupportedError where the service does not give it back, and for a
        job of several."""
        return await _program(self, self._connection.service.program(self.record))

    async def compiled_program(self: BaseJob) -> Program:
        """The program as it ran. Raises UnsupportedError where the service does not tell, and for a job of several."""
        if not self.status.is_final:
            await job.refresh(self)
        return await _program(self, self._connection.service.compiled_program(self.record))

    async def cancel(self: BaseJob) -> None:
        """Ask for the job to be cancelled. Nothing is sent for a job that is over."""
        await managing.cancel(self)

    async def delete(self: BaseJob) -> None:
        """Remove the job and its data at the service. Raises UnsupportedError where it does not remove any."""
        self._visible_from = NEVER  # from now on a 404 says that it is gone
        await managing.delete(self._connection, self.id)

    async def cost(self: BaseJob) -> Cost | None:
        """What the job cost, as far as the service knows by now; None where it does not."""
        connection = self._connection
        call = connection.service.cost(self.record)
        if call is not None:
            found = await connection.request(call)
            if found is not None:
                await storing.in_store(connection, lambda store: store.save_cost(self.id, found))
            return found
        if self.record.cost is None or not self.status.is_final:
            await job.refresh(self)
        return self.record.cost

    async def children(self: AnyJob) -> list[AnyJob]:
        """The jobs of one circuit each in a job of several, in the order of submission; empty for others."""
        records = await managing.child_records(self)
        return Listing(type(self)(self._given_connection, record, is_fresh=True) for record in records)


async def _program(job: BaseJob, call: Call[list[Program]]) -> Program:
    """Fetch the program of a job. Raises UnsupportedError for several."""
    programs = await job._connection.request(call)
    if len(programs) != 1:
        instead = (
            "children() gives its jobs of one circuit each" if job.record.child_ids else "client.api gives them all"
        )
        raise UnsupportedError(f"{job.ref} has {len(programs)} programs; {instead}")
    return programs[0]


async def _results(job: BaseJob, timeout: float | None, *, memory: bool, aggregation: str | None) -> list[Result]:
    """One result per circuit, waited for.

    Raises JobFailedError, JobCancelledError, JobOnHoldError, WaitTimeoutError, ResultNotReadyError.
    """
    if aggregation is not None:
        arguments.check_aggregation(aggregation)
        service = job._connection.service
        if not service.aggregates:
            raise service.lacks("choosing a method of error mitigation", "leave out aggregation=")
    left = await waiting.wait_for(job, timeout)
    check_completed(job)
    if (memory, aggregation) not in job._fetched:
        patience = fetching.READY_WITHIN if left is None else math.inf
        asking = fetching.ResultRequests(job, ready_within=patience)
        with anyio.move_on_after(left):
            return await fetching.fetch(asking, memory=memory, aggregation=aggregation)
        raise waiting.timed_out([job], timeout, asking.last_failure())
    return job._fetched[memory, aggregation]
