"""AsyncClient and AsyncJob for asyncio. ``sync`` has the same, method for method."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, NoReturn, Self

from quantum_jobs.client import common, connections
from quantum_jobs.client.connections import Connected
from quantum_jobs.errors import QuantumJobsError, UsageError
from quantum_jobs.flows import fetching, finding, managing, submitting, waiting
from quantum_jobs.flows.ask import JobState
from quantum_jobs.http import drivers
from quantum_jobs.http.channel import AsyncChannel
from quantum_jobs.http.origin import checked_id
from quantum_jobs.model import Cost, Device, Estimate, JobRecord, JobStatus, Program, Result

if TYPE_CHECKING:
    import httpx


class AsyncClient:
    """A connection to one service with one key. Belongs to one event loop.

    Args:
        service: the service's name or short name: ``"ionq-v0.4"`` (or ``"ionq"``), ``"ionq-v0.3"``, ``"qbraid-v2"`` (or
            ``"qbraid"``).
        api_key: the key; else it is taken from the service's environment variable, else from the system's keyring.
        base_url: another address of the service; else from the environment, else the vendor's.
        timeout: seconds that one request may take altogether.
        confirmation_timeout: seconds for which an unclear submission is looked up before it is reported as uncertain.
        transport: an httpx transport, for proxies and tests.

    Raises:
        UsageError: an unknown service, a base URL or key that cannot be one, a timeout that is no number.
        CredentialsError: no key was found; names the places that were looked at.
    """

    def __init__(
        self,
        service: str,
        *,
        api_key: str | None = None,
        base_url: str | None = None,
        timeout: float = common.TIMEOUT,
        confirmation_timeout: float = common.CONFIRMATION_TIMEOUT,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._set(
            connections.connected(
                AsyncChannel,
                service,
                api_key=api_key,
                base_url=base_url,
                timeout=timeout,
                confirmation_timeout=confirmation_timeout,
                transport=transport,
            )
        )

    @classmethod
    def _of(cls, connection: Connected[AsyncChannel]) -> Self:
        """A client on a connection that is there already."""
        client = cls.__new__(cls)
        client._set(connection)
        return client

    def _set(self, connection: Connected[AsyncChannel]) -> None:
        self._connection = connection
        self._api: Any = None

    @property
    def service(self) -> str:
        """Full name of the service, such as ``"ionq-v0.4"``."""
        return self._connection.service.name

    @property
    def api(self) -> Any:
        """The generated client of this service with the same key and base URL, for everything that is not wrapped."""
        if self._api is None:
            self._api = self._connection.make_api()
        return self._api

    async def submit(
        self,
        program: Any,
        *,
        device: str,
        shots: int | None = None,
        name: str | None = None,
        tags: Mapping[str, str | int | bool] | None = None,
        options: Mapping[str, Any] | None = None,
        idempotency_key: str | None = None,
        resubmit_uncertain: bool = False,
    ) -> AsyncJob:
        """Submit a program once; gives the job as soon as the service has taken it.

        Args:
            program: OpenQASM 2 or 3 or QIR as text, QIR bitcode as bytes, an IonQ circuit as a dict, a Qiskit circuit,
                a ``Program``; or a list of these for one job of several circuits.
            device: the device's name at the service, such as ``"simulator"``.
            shots: how often the program is run; the service's default where left out.
            name: a name for people.
            tags: labels to find the job by. IonQ keeps them as text.
            options: more of what the service takes: merged into the body (IonQ), or its ``runtimeOptions`` (qBraid).
            idempotency_key: makes the call repeatable: a job that already has this key is returned instead of a new
                one. Calls of one process that use it at the same moment get one job; two processes can make two.
            resubmit_uncertain: after an unclear answer and no job found, submit a second time, and accept that there
                may be two jobs.

        Raises:
            UsageError, UnsupportedError: before anything was submitted.
            IdempotencyMismatchError: the key belongs to another submission; carries its job.
            APIError: the service refused it, and lists no job with the key, which the error carries.
            ServiceUnreachableError: it was never sent.
            SubmissionUncertainError: it is not known whether a job was made; carries the key to find it by.
        """
        submission = common.submission(
            program, device=device, shots=shots, name=name, tags=tags, options=options, idempotency_key=idempotency_key
        )
        this = submitting.Submitting(
            connection=self._connection,
            submission=submission,
            own_key=idempotency_key is not None,
            resubmit_uncertain=resubmit_uncertain,
            confirmation_timeout=self._connection.confirmation_timeout,
            as_job=AsyncJob,
        )
        state = await drivers.run_async(submitting.submit(this))
        return AsyncJob(state)

    async def job(self, id_or_ref: str) -> AsyncJob:
        """Retrieve a job by its id or its reference, with one request. Raises NotFoundError where there is none, and
        UsageError for a reference to a job of another service."""
        job_id = common.id_of(id_or_ref, self._connection.service)
        state = await drivers.run_async(managing.read_job(self._connection, job_id))
        return AsyncJob(state)

    def jobs(
        self,
        status: JobStatus | str | None = None,
        device: str | None = None,
        name: str | None = None,
        tags: Mapping[str, str | int | bool] | None = None,
        created_after: datetime | None = None,
        created_before: datetime | None = None,
        limit: int | None = None,
    ) -> AsyncIterator[AsyncJob]:
        """All jobs, newest first, page by page as they are asked for; only those that match everything that is given.

        Args:
            status: one of our statuses.
            device: the device's name at the service.
            name: the job's whole name.
            tags: tags that a job has among others, with these values.
            created_after: created at this moment or later, a datetime with its time zone.
            created_before: created before this moment.
            limit: at most so many.

        The service filters by status, IonQ v0.4 by device too, and qBraid by tags; the rest is filtered here, for which
        pages are read until ``limit`` is reached or the jobs are older than ``created_after``.
        """
        wanted = common.checked_filter(status, device, name, tags, created_after, created_before)
        flow = managing.list_jobs(self._connection, wanted, common.checked_limit(limit))
        return (AsyncJob(state) async for state in drivers.iterate_async(flow))

    async def devices(self) -> list[Device]:
        """The service's machines and simulators."""
        return await drivers.run_async(managing.devices(self._connection))

    async def estimate(self, *, device: str, shots: int | None = None, **options: Any) -> Estimate:
        """What a job would cost, before it is submitted.

        IonQ v0.4 takes ``qubits``, ``one_qubit_gates``, ``two_qubit_gates`` and ``error_mitigation`` as well. Raises
        UnsupportedError where the service has no estimates.
        """
        common.checked_device(device)
        known = common.checked_options(options)
        call = self._connection.service.estimate(device=device, shots=common.checked_shots(shots), options=known)
        return await drivers.run_async(managing.estimate(self._connection, call))

    async def find_submission(self, idempotency_key: str) -> AsyncJob | None:
        """The job that was submitted with this idempotency key, or None.

        qBraid filters by it. IonQ's jobs are all listed at the first call, and only the newest pages at later ones.
        """
        record = await drivers.run_async(finding.find(self._connection, checked_id(idempotency_key, "idempotency_key")))
        return None if record is None else AsyncJob(JobState(self._connection, record))

    async def cancel(self, jobs: Iterable[AsyncJob | str]) -> dict[str, QuantumJobsError | None]:
        """Cancel many jobs, given as jobs, ids or references: by id, None or what was in the way. Finished ones are
        left alone."""
        ids = common.job_ids(jobs, self._connection.service)
        return await drivers.run_async(managing.cancel_many(self._connection, ids))

    async def delete(self, jobs: Iterable[AsyncJob | str]) -> dict[str, QuantumJobsError | None]:
        """Delete many jobs with their data, given as jobs, ids or references: by id, None or what was in the way."""
        jobs = common.listed(jobs)
        for job in jobs:
            if isinstance(job, AsyncJob):
                job._state.fresh_until = float("-inf")  # from now on a 404 says that it is gone
        ids = common.job_ids(jobs, self._connection.service)
        return await drivers.run_async(managing.delete_many(self._connection, ids))

    async def close(self) -> None:
        """Close all connections. May be called twice; jobs of this client cannot be asked any more."""
        await self._connection.channel.close()
        if self._api is not None:
            await self._api.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    def __repr__(self) -> str:
        return f"<AsyncClient {self.service} at {self._connection.channel.base_url}>"

    def __reduce__(self) -> NoReturn:
        raise UsageError("a client holds a key and open connections, so it is not pickled; connect again instead")


class AsyncJob(common.SameByRef):
    """One job at a service. ``record`` and ``status`` are of the last look; only methods use the network.
    Jobs are equal when their references are.

    Pickles to its reference and last record: a client is made from the environment when it is next used.
    """

    def __init__(self, state: JobState) -> None:
        self._state = state
        state.owner = self

    @property
    def id(self) -> str:
        """The vendor's id."""
        return self._state.record.id

    @property
    def service(self) -> str:
        """Full name of the service, such as ``"ionq-v0.4"``."""
        return self._state.record.service

    @property
    def ref(self) -> str:
        """``"<service>:<id>"``: enough for ``quantum_jobs.job`` to take the job up anywhere."""
        return self._state.record.ref

    @property
    def record(self) -> JobRecord:
        """What the service said of the job at the last look."""
        return self._state.record

    @property
    def status(self) -> JobStatus:
        """Where the job stood at the last look."""
        return self._state.record.status

    @property
    def vendor_status(self) -> str | None:
        """The same in the vendor's word."""
        return self._state.record.vendor_status

    async def refresh(self) -> JobRecord:
        """Look at the job, with one request; gives the new record."""
        await drivers.run_async(fetching.refresh(self._state))
        return self._state.record

    async def wait(self, timeout: float | None = None) -> JobRecord:
        """Wait until the job is over, for at most ``timeout`` seconds (None: for ever); gives the final record.

        Outages of the service are waited through. Raises WaitTimeoutError (the job goes on), JobOnHoldError, or an
        error that will not go away, such as NotFoundError.
        """
        await drivers.run_async(waiting.wait_one(self._state, timeout))
        return self._state.record

    async def result(self, timeout: float | None = None, *, memory: bool = False) -> Result:
        """Wait for the job, then fetch its result, all within ``timeout`` seconds. ``memory`` asks for every shot.

        Raises JobFailedError, JobCancelledError, JobOnHoldError, WaitTimeoutError, ResultNotReadyError, and
        UnsupportedError for a job of several circuits.
        """
        return await drivers.run_async(waiting.result(self._state, timeout, memory=memory))

    async def results(self, timeout: float | None = None, *, memory: bool = False) -> list[Result]:
        """The same for a job of several circuits: one result each, in the order of submission."""
        return list(await drivers.run_async(waiting.results(self._state, timeout, memory=memory)))

    async def program(self) -> Program:
        """The program as it was submitted. Raises UnsupportedError where the service does not give it back."""
        return await drivers.run_async(fetching.program(self._state, compiled=False))

    async def compiled_program(self) -> Program:
        """The program as it ran. Raises UnsupportedError where the service does not tell."""
        return await drivers.run_async(fetching.program(self._state, compiled=True))

    async def cancel(self) -> None:
        """Ask for the job to be cancelled. Nothing is sent for a job that is over."""
        await drivers.run_async(managing.cancel(self._state))

    async def delete(self) -> None:
        """Remove the job and its data at the service."""
        await drivers.run_async(managing.delete_job(self._state))

    async def cost(self) -> Cost | None:
        """What the job cost, as far as the service knows by now; None where it does not."""
        return await drivers.run_async(managing.cost(self._state))

    async def children(self) -> list[AsyncJob]:
        """The jobs of one circuit each in a job of several, in the order of submission; empty for others."""
        states = await drivers.run_async(managing.children(self._state))
        return [AsyncJob(state) for state in states]

    def __repr__(self) -> str:
        return f"<AsyncJob {self.ref} {self.status}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return _revived, (self._state.record.to_dict(),)


def _revived(record: Mapping[str, Any]) -> AsyncJob:
    read = JobRecord.from_dict(record)
    return AsyncJob(JobState(connections.FromEnvironment(read.service, connections.shared_async), read))
