"""A job, for async code. The sync ``Job`` wraps one of these."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import anyio

from quantum_jobs import arguments, environment
from quantum_jobs.core import fetching, managing, results, waiting
from quantum_jobs.core.asking import Connection
from quantum_jobs.errors import NotFoundError, QuantumJobsWarning, UnsupportedError
from quantum_jobs.http.limits import now
from quantum_jobs.model import Cost, JobRecord, JobStatus, Program, Result

if TYPE_CHECKING:
    from quantum_jobs.client import Job

#: Seconds after which a job is asked for again that was just made and is not shown yet.
ASK_AGAIN_AFTER = 0.5
#: What a job was submitted with, and a service may leave out of what it says later.
_KEPT = ("shots", "device", "name", "idempotency_key", "submission_digest")


class AsyncJob:
    """One job at a service. ``record`` and ``status`` are snapshots; only methods use the network.

    Pickles to its reference and last record: a client is made from the environment when it is next used. Jobs are
    equal when their references are.
    """

    def __init__(
        self,
        connection: Connection | None,
        record: JobRecord,
        *,
        is_fresh: bool = False,
    ) -> None:
        self._given_connection = connection
        self._record = record
        self._seen_at = anyio.current_time() if is_fresh else None
        self._warned = False
        #: Until then (monotonic seconds) a 404 says that the service does not show the job yet: it was just made, and
        #: neither seen nor deleted since.
        self._visible_from = float("-inf")
        #: Results by (memory, aggregation), as they were fetched.
        self._fetched: dict[tuple[bool, str | None], list[Result]] = {}
        #: The sync job that wraps this one.
        self._wrapper: Job | None = None

    @property
    def id(self) -> str:
        """The vendor's id."""
        return self._record.id

    @property
    def service(self) -> str:
        """Full name of the service, such as ``"ionq-v0.4"``."""
        return self._record.service

    @property
    def ref(self) -> str:
        """``"<service>:<id>"``: enough for ``quantum_jobs.job`` to retrieve the job anywhere."""
        return self._record.ref

    @property
    def record(self) -> JobRecord:
        """What the service said of the job when it was last asked."""
        return self._record

    @property
    def status(self) -> JobStatus:
        """The job's status when the service was last asked."""
        return self._record.status

    @property
    def vendor_status(self) -> str | None:
        """The same in the vendor's word."""
        return self._record.vendor_status

    @property
    def _connection(self) -> Connection:
        """The connection to its service."""
        return self._given_connection or environment.connection(self.service)

    async def refresh(self) -> JobRecord:
        """Read the job anew, with one request; gives the new record."""
        connection = self._connection
        while True:
            is_just_made = self._is_just_made
            try:
                self._update(await connection.ask(connection.service.get(self.id)))
                return self._record
            except NotFoundError:
                if not is_just_made:
                    raise
            await anyio.sleep(ASK_AGAIN_AFTER)  # the service does not show it yet

    async def wait(self, timeout: float | None = None) -> JobRecord:
        """Wait until the job is over, for at most ``timeout`` seconds (None: for ever); gives the final record.

        Outages of the service are waited through. Raises WaitTimeoutError (the job goes on), JobOnHoldError, or an
        error that will not go away, such as NotFoundError.
        """
        await waiting.wait_for(self, timeout)
        return self._record

    async def result(
        self, timeout: float | None = None, *, memory: bool = False, aggregation: str | None = None
    ) -> Result:
        """Wait for the job, then fetch its result, all within ``timeout`` seconds.

        Args:
            timeout: seconds; None waits for ever.
            memory: asks for every shot too, where the service gives them.
            aggregation: asks for one result of error mitigation by the vendor's word for the method (IonQ v0.4:
                ``"average"``, ``"voting"``, ``"dnl"``), or with ``"raw"`` for the histogram as measured, in place of
                the one that the service presents.

        Raises JobFailedError, JobCancelledError, JobOnHoldError, WaitTimeoutError, ResultNotReadyError, and
        UnsupportedError for a job of several circuits, a dry run, or an aggregation that there is not.
        """
        several = await self.results(timeout, memory=memory, aggregation=aggregation)
        if len(several) != 1:
            raise UnsupportedError(
                f"{self.ref} is a job of {len(several)} circuits: results() gives one result each, in order"
            )
        return several[0]

    async def results(
        self, timeout: float | None = None, *, memory: bool = False, aggregation: str | None = None
    ) -> list[Result]:
        """The same for a job of several circuits: one result each, in the order of submission."""
        method = arguments.checked_aggregation(aggregation)
        return list(await results.results(self, timeout, memory=memory, aggregation=method))

    async def program(self) -> Program:
        """The program as it was submitted. Raises UnsupportedError where the service does not give it back."""
        return await fetching.program(self, compiled=False)

    async def compiled_program(self) -> Program:
        """The program as it ran. Raises UnsupportedError where the service does not tell."""
        return await fetching.program(self, compiled=True)

    async def cancel(self) -> None:
        """Ask for the job to be cancelled. Nothing is sent for a job that is over."""
        await managing.cancel(self)

    async def delete(self) -> None:
        """Remove the job and its data at the service."""
        self._visible_from = float("-inf")  # from now on a 404 says that it is gone
        await managing.delete(self._connection, self.id)

    async def cost(self) -> Cost | None:
        """What the job cost, as far as the service knows by now; None where it does not."""
        return await managing.cost(self)

    async def children(self) -> list[AsyncJob]:
        """The jobs of one circuit each in a job of several, in the order of submission; empty for others."""
        connection = self._given_connection
        return [AsyncJob(connection, record, is_fresh=True) for record in await managing.child_records(self)]

    def _update(self, record: JobRecord) -> None:
        """Take over a newer record; what only the submission knew, or an answer in part leaves out, is kept."""
        self._record = completed(record, self._record)
        self._seen_at = anyio.current_time()
        self._visible_from = float("-inf")

    def _made_just_now(self, confirmation_timeout: float) -> None:
        """The service may not show the job for so many seconds."""
        self._visible_from = now() + confirmation_timeout

    @property
    def _is_just_made(self) -> bool:
        """Whether the service may not show the job yet."""
        return now() < self._visible_from

    def _age(self) -> float:
        """Seconds since the record was read; infinite for one from a file or a pickle."""
        return float("inf") if self._seen_at is None else anyio.current_time() - self._seen_at

    def _warn_of_unknown_status(self) -> None:
        """Say once that the job has a status which this version does not know."""
        if not self._warned:
            self._warned = True
            warnings.warn(
                f"{self.ref} has the status {self.vendor_status!r}, which this version does not know; "
                "still waiting for it",
                QuantumJobsWarning,
                stacklevel=2,
            )

    def __eq__(self, other: object) -> bool:
        return self.ref == other.ref if isinstance(other, AsyncJob) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.ref)

    def __repr__(self) -> str:
        return f"<AsyncJob {self.ref} {self.status}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (self._record.to_dict(),)


def completed(record: JobRecord, known: JobRecord) -> JobRecord:
    """A record with what it leaves out taken from an earlier one of the same job."""
    import attrs

    kept = {name: value for name in _KEPT if getattr(record, name) is None and (value := getattr(known, name))}
    if known.tags and not record.tags and record.idempotency_key is None:
        kept["tags"] = known.tags
    return attrs.evolve(record, **kept) if kept else record


def _restored(record: Mapping[str, Any]) -> AsyncJob:
    return AsyncJob(None, JobRecord.from_dict(record))
