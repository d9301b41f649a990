"""Client and Job for sync code: thin shells, which run the verbs of ``AsyncClient`` and ``AsyncJob`` on the background
event loop."""

from __future__ import annotations

import functools
from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, Concatenate, NoReturn, ParamSpec, Self, TypeVar

from quantum_jobs import arguments, background, environment
from quantum_jobs.async_client import AsyncClient
from quantum_jobs.async_job import AsyncJob
from quantum_jobs.core.submitting import add_note
from quantum_jobs.errors import IdempotencyMismatchError, JobError, QuantumJobsError, UsageError
from quantum_jobs.http.keys import ApiKey
from quantum_jobs.model import JobRecord, JobStatus

if TYPE_CHECKING:
    import httpx

P = ParamSpec("P")
T = TypeVar("T")


def run(function: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run an async function on the background loop; errors that carry async jobs carry their sync ones instead."""
    try:
        return background.run(function)
    except (JobError, IdempotencyMismatchError) as error:
        error.job = job_of(error.job)
        if hasattr(error, "jobs"):
            error.jobs = [job_of(each) for each in error.jobs]
        raise


def job_of(job: Any) -> Any:
    """The sync job that wraps an async one: always the same."""
    if not isinstance(job, AsyncJob):
        return job
    return job._wrapper or Job(job)


def _of_job(verb: Callable[Concatenate[AsyncJob, P], Coroutine[Any, Any, T]]) -> Callable[Concatenate[Job, P], T]:
    @functools.wraps(verb)
    def call(self: Job, /, *given: P.args, **named: P.kwargs) -> T:
        return run(functools.partial(verb, self._job, *given, **named))

    return call


def _of_client(
    verb: Callable[Concatenate[AsyncClient, P], Coroutine[Any, Any, T]],
) -> Callable[Concatenate[Client, P], T]:
    @functools.wraps(verb)
    def call(self: Client, /, *given: P.args, **named: P.kwargs) -> T:
        return run(functools.partial(verb, self._client, *given, **named))

    return call


class Job:
    """One job at a service. ``record`` and ``status`` are snapshots; only methods use the network.

    Pickles to its reference and last record: a client is made from the environment when it is next used. Jobs are
    equal when their references are.
    """

    def __init__(self, job: AsyncJob) -> None:
        self._job = job
        job._wrapper = self

    @property
    def id(self) -> str:
        """The vendor's id."""
        return self._job.id

    @property
    def service(self) -> str:
        """Full name of the service, such as ``"ionq-v0.4"``."""
        return self._job.service

    @property
    def ref(self) -> str:
        """``"<service>:<id>"``: enough for ``quantum_jobs.job`` to retrieve the job anywhere."""
        return self._job.ref

    @property
    def record(self) -> JobRecord:
        """What the service said of the job when it was last asked."""
        return self._job.record

    @property
    def status(self) -> JobStatus:
        """The job's status when the service was last asked."""
        return self._job.status

    @property
    def vendor_status(self) -> str | None:
        """The same in the vendor's word."""
        return self._job.vendor_status

    refresh = _of_job(AsyncJob.refresh)
    wait = _of_job(AsyncJob.wait)
    result = _of_job(AsyncJob.result)
    results = _of_job(AsyncJob.results)
    program = _of_job(AsyncJob.program)
    compiled_program = _of_job(AsyncJob.compiled_program)
    cancel = _of_job(AsyncJob.cancel)
    delete = _of_job(AsyncJob.delete)
    cost = _of_job(AsyncJob.cost)

    def children(self) -> list[Job]:
        """The jobs of one circuit each in a job of several, in the order of submission; empty for others."""
        return [Job(child) for child in run(self._job.children)]

    def __eq__(self, other: object) -> bool:
        return self.ref == other.ref if isinstance(other, Job) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.ref)

    def __repr__(self) -> str:
        return f"<Job {self.ref} {self.status}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (self.record.to_dict(),)


def _async_ones(jobs: Iterable[Job | str]) -> list[AsyncJob | str]:
    return [job._job if isinstance(job, Job) else job for job in arguments.listed(jobs)]


def _restored(record: Mapping[str, Any]) -> Job:
    return Job(AsyncJob(None, JobRecord.from_dict(record)))


class Client:
    """A client of one service with one key. Safe to use from several threads, and beside a running event loop.

    Args:
        service: the service's name or short name: ``"ionq-v0.4"`` (or ``"ionq"``), ``"ionq-v0.3"``, ``"qbraid-v2"`` (or
            ``"qbraid"``).
        api_key: the key; else it is taken from the service's environment variable, else from the system's keyring.
        base_url: another address of the service; else from the environment, else the vendor's.
        timeout: seconds that one request may take altogether.
        confirmation_timeout: seconds for which an unclear submission is looked up before it is reported as uncertain.
        transport: an httpx transport, sync or async, for proxies and tests.

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
        timeout: float = environment.TIMEOUT,
        confirmation_timeout: float = environment.CONFIRMATION_TIMEOUT,
        transport: httpx.BaseTransport | httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._api: Any = None
        key: Any = ApiKey.of(api_key)
        del api_key  # a traceback that shows local variables must not show it
        self._client = AsyncClient(
            service,
            api_key=key,
            base_url=base_url,
            timeout=timeout,
            confirmation_timeout=confirmation_timeout,
            transport=transport,
        )

    @property
    def service(self) -> str:
        """Full name of the service, such as ``"ionq-v0.4"``."""
        return self._client.service

    @property
    def api(self) -> Any:
        """The generated client of this service with the same key and base URL, for everything that is not wrapped."""
        if self._api is None:
            self._api = self._client._connection.make_api(is_async=False)
        return self._api

    def submit(
        self,
        program: Any,
        *,
        device: str,
        shots: int | None = None,
        name: str | None = None,
        tags: Mapping[str, str | int | float | bool] | None = None,
        options: Mapping[str, Any] | None = None,
        idempotency_key: str | None = None,
        resubmit_uncertain: bool = False,
    ) -> Job:
        submission = arguments.submission(
            program,
            device=device,
            shots=shots,
            name=name,
            tags=tags,
            options=options,
            idempotency_key=idempotency_key,
        )
        # No context manager: what interrupts its own lines would go without the note.
        try:
            return Job(run(functools.partial(self._client._submit, submission, resubmit_uncertain)))
        except BaseException as error:
            if not isinstance(error, QuantumJobsError):
                add_note(error, self.service, submission.idempotency_key)
            raise

    def job(self, id_or_ref: str) -> Job:
        """Retrieve a job by its id or its reference, with one request. Raises NotFoundError where there is none, and
        UsageError for a reference to a job of another service."""
        return Job(run(functools.partial(self._client.job, id_or_ref)))

    def jobs(
        self,
        status: JobStatus | str | None = None,
        device: str | None = None,
        name: str | None = None,
        tags: Mapping[str, str | int | float | bool] | None = None,
        created_after: datetime | None = None,
        created_before: datetime | None = None,
        limit: int | None = None,
    ) -> Iterator[Job]:
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
        found = self._client.jobs(status, device, name, tags, created_after, created_before, limit)
        return (Job(job) for job in background.iterate(found))

    devices = _of_client(AsyncClient.devices)
    estimate = _of_client(AsyncClient.estimate)

    def find_submission(self, idempotency_key: str) -> Job | None:
        """The job that was submitted with this key, or None. Looks through all jobs of the account where the service
        cannot search."""
        found = run(functools.partial(self._client.find_submission, idempotency_key))
        return None if found is None else Job(found)

    def cancel(self, jobs: Iterable[Job | str]) -> dict[str, QuantumJobsError | None]:
        """Cancel many jobs, given as jobs, ids or references: by id, None or what was in the way. Finished ones are
        left alone."""
        return run(functools.partial(self._client.cancel, _async_ones(jobs)))

    def delete(self, jobs: Iterable[Job | str]) -> dict[str, QuantumJobsError | None]:
        """Delete many jobs with their data, given as jobs, ids or references: by id, None or what was in the way."""
        return run(functools.partial(self._client.delete, _async_ones(jobs)))

    def close(self) -> None:
        """Close all connections. May be called twice; jobs of this client cannot be asked any more."""
        run(self._client.close)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.service} at {self._client._connection.transport.base_url}>"

    def __reduce__(self) -> NoReturn:
        raise UsageError("a client holds a key and open connections, so it is not pickled; connect again instead")


Client.submit.__doc__ = AsyncClient.submit.__doc__
