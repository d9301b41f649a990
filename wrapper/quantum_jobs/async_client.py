"""A client of one service, for async code, with the verbs, written once. The sync ``Client`` has the same, run on the
background event loop."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable, Mapping
from contextlib import aclosing
from datetime import datetime
from decimal import Decimal
from types import TracebackType
from typing import Any, Self

from quantum_jobs import arguments
from quantum_jobs.async_job import AsyncJob
from quantum_jobs.checks import checked_list
from quantum_jobs.core import managing, points, scanning, storing, submitting
from quantum_jobs.core.client import BaseClient
from quantum_jobs.core.connection import MOST_CONCURRENT
from quantum_jobs.core.finding import find
from quantum_jobs.core.job import NEVER, AnyJob, BaseJob
from quantum_jobs.errors import QuantumJobsError
from quantum_jobs.http.urls import checked_id
from quantum_jobs.listing import Listing
from quantum_jobs.model import Cost, Device, Estimate, JobStatus
from quantum_jobs.progress import reporting
from quantum_jobs.submissions import AsyncSubmissions, ScanProgress, Submitted


class AsyncClient(BaseClient[AsyncJob]):
    """A client of one service with one key. May be used in any event loop of asyncio or trio."""

    _job_class = AsyncJob
    _is_async = True

    # Each verb takes any client, as ``Client`` runs the same ones; so none of them calls another.

    async def submit(
        self: BaseClient[AnyJob],
        program: Any,
        *,
        device: str,
        shots: int | None = None,
        name: str | None = None,
        tags: Mapping[str, str | int | float | bool] | None = None,
        options: Mapping[str, Any] | None = None,
        idempotency_key: str | None = None,
        resubmit_uncertain: bool = False,
        max_cost: Cost | Decimal | float | str | None = None,
    ) -> AnyJob:
        """Submit a program once; gives the job as soon as the service has taken it.

        Args:
            program: OpenQASM 2 or 3 or QIR as text, QIR bitcode as bytes, an IonQ circuit as a dict, a circuit of
                Qiskit or another library, a ``Program``; or a list of these for one job of several circuits.
            device: the device's name at the service, such as ``"simulator"``.
            shots: how often the program is run; the service's default where left out.
            name: a name for people.
            tags: labels to find the job by. IonQ keeps them as text.
            options: more of what the service takes: merged into the body (IonQ), or its ``runtimeOptions`` (qBraid).
            idempotency_key: makes the call repeatable: a job that already has this key is returned instead of a new
                one. Two processes that use one key at the same moment can still make two jobs, unless they share a
                store.
            resubmit_uncertain: after an unclear answer and no job found, submit a second time, accepting that there may
                then be two jobs.
            max_cost: the most that the job may be estimated to cost, in US dollars or as a ``Cost``. One estimate is
                asked for first.

        Raises:
            UsageError, UnsupportedError, CostLimitError, StoreError: nothing was submitted.
            IdempotencyMismatchError: the key belongs to another submission, whose job it carries; nothing was
                submitted.
            APIError: the service refused it; no job was made.
            ServiceUnreachableError: it was never sent.
            SubmissionUncertainError: it is not known whether a job was made; carries the key to find it by.
        """
        submission = arguments.submission(
            program,
            device=device,
            shots=shots,
            name=name,
            tags=tags,
            options=options,
            idempotency_key=idempotency_key,
            resubmit_uncertain=resubmit_uncertain,
            max_cost=max_cost,
        )
        return await submitting.submit(self._connection, submission, self._job_class)

    async def submit_many(
        self: BaseClient[AnyJob],
        programs: Iterable[Any] | Mapping[Any, Any],
        *,
        device: str,
        shots: int | None = None,
        name: str | None = None,
        tags: points.Tags | Callable[[Any], points.Tags] | None = None,
        options: Mapping[str, Any] | None = None,
        idempotency_key: points.Keys = None,
        resubmit_uncertain: bool = False,
        max_cost: Cost | Decimal | float | str | None = None,
        max_pending: int | None = None,
        max_in_flight: int = MOST_CONCURRENT,
        pack: int | None = None,
        dry_run: bool = False,
        progress: bool | Callable[[ScanProgress], object] | None = True,
    ) -> AsyncSubmissions[AnyJob]:
        """Submit the points of a scan, several at a time, and go on after the errors of single points.

        All programs are read and checked before the first is sent. Each is converted right before it is sent itself, as
        thousands would take minutes: one that the service does not take is the error of its point. With
        ``idempotency_key`` it is safe to run again from the top: points that have a job keep it. Which ones have is
        told by the client's store, else by one pass over the account's jobs, and one over the new ones in each
        ``confirmation_timeout``.

        Args:
            programs: a mapping of points to programs, or programs, whose points are then 0, 1, 2, ... A point is a
                number, text, or a tuple of these; a program is what ``submit`` takes.
            device, shots, name, options, resubmit_uncertain: for every job, as in ``submit``.
            tags: for every job, or a function that gives the tags of a point.
            idempotency_key: the name of this scan, from which the key of each point is derived; or a mapping or a
                function that gives the key of each point. Left out, the scan has a new name, which the outcome tells.
            max_cost: the most that all points may be estimated to cost together, those that have a job already
                included, in US dollars or as a ``Cost``. Points beyond it are not submitted.
            max_pending: how many jobs of this scan may wait or run at the service at one time.
            max_in_flight: how many submissions are under way at one time.
            pack: put so many points into one job of several circuits. The same points in the same order make the same
                jobs when the scan is run again. With points added at the end the last job is another one, unless it was
                full: its points are run, and paid, again.
            dry_run: ask only what each point would cost; nothing is submitted.
            progress: as of ``wait``; a function is called each time a point is settled.

        Raises:
            UsageError: something is wrong with a program or an argument; nothing was sent.
            UnsupportedError: ``max_cost`` or ``dry_run`` was given, and nobody tells costs beforehand.
        """
        scan = scanning.new_scan(
            self._connection,
            self._job_class,
            programs,
            idempotency_key,
            max_cost=max_cost,
            max_pending=max_pending,
            max_in_flight=max_in_flight,
            pack=pack,
            dry_run=dry_run,
            tags=tags,
            device=device,
            shots=shots,
            name=name,
            options=options,
            resubmit_uncertain=resubmit_uncertain,
        )
        try:
            with reporting(progress) as reporter:
                async with aclosing(scan.submitted()) as submitted:
                    async for _ in submitted:
                        reporter.report(scan.progress)
        except BaseException as error:
            scan.add_note(error)  # raised by ``progress``; the scan adds the note to its own errors
            raise
        return AsyncSubmissions(scan.outcome(), scan.base_key)

    def submit_each(
        self: BaseClient[AnyJob],
        programs: Iterable[Any] | Mapping[Any, Any],
        *,
        device: str,
        idempotency_key: points.Keys = None,
        **arguments: Any,
    ) -> AsyncIterator[Submitted[AnyJob]]:
        """The same as ``submit_many``, with the same arguments but ``progress``, giving each point as it is settled.

        Leaving early ends the scan: what was not submitted by then is not."""
        common = {"device": device, **arguments}
        return scanning.new_scan(self._connection, self._job_class, programs, idempotency_key, **common).submitted()

    async def job(self: BaseClient[AnyJob], id_or_ref: str) -> AnyJob:
        """Retrieve a job by its id or its reference, with one request; without one where the job is over and in the
        client's store. Raises NotFoundError where there is none, and UsageError for a reference to a job of another
        service."""
        job_id = arguments.id_of(id_or_ref, self._connection.service)
        return await managing.retrieve(self._connection, job_id, self._job_class)

    def jobs(
        self: BaseClient[AnyJob],
        status: JobStatus | str | None = None,
        device: str | None = None,
        name: str | None = None,
        tags: Mapping[str, str | int | float | bool] | None = None,
        created_after: datetime | None = None,
        created_before: datetime | None = None,
        limit: int | None = None,
    ) -> AsyncIterator[AnyJob]:
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
        wanted = arguments.checked_filter(status, device, name, tags, created_after, created_before)
        records = managing.records(self._connection, wanted, arguments.checked_limit(limit))

        # Arguments are checked at the call, the rest when jobs are asked for.
        async def jobs() -> AsyncGenerator[AnyJob, None]:
            async with aclosing(records):
                async for record in records:
                    yield self._job(record)

        return jobs()

    async def devices(self: BaseClient[Any]) -> list[Device]:
        """The service's machines and simulators. Raises UnsupportedError where the service does not list them."""
        return Listing(await managing.devices(self._connection))

    async def estimate(
        self: BaseClient[Any], /, program: Any = None, *, device: str, shots: int | None = None, **options: Any
    ) -> Estimate:
        """What a job would cost, before it is submitted.

        IonQ v0.4 estimates by numbers of qubits and gates. They are counted in ``program`` as it is written, before
        the service compiles it, or given as ``qubits``, ``one_qubit_gates`` and ``two_qubit_gates``;
        ``error_mitigation`` says whether it is on. What is left out is what a job gets: 100 shots, and debiasing on
        machines from 500 shots on, unless gates are native. qBraid estimates by device and shots alone.

        Raises:
            UsageError: an option that the service does not know, or one that stands in the program too.
            UnsupportedError: the service has no estimates, or the gates of this program cannot be counted.
        """
        arguments.checked_device(device)
        call = self._connection.service.estimate(
            program=arguments.one_program(program),
            device=device,
            shots=arguments.checked_shots(shots),
            options=arguments.checked_options(options),
        )
        return await self._connection.request(call)

    async def find_submission(self: BaseClient[AnyJob], idempotency_key: str) -> AnyJob | None:
        """The job that was submitted with this key, or None. Without a request where the client's store knows it; else
        looks through all jobs of the account where the service cannot search."""
        key = checked_id(idempotency_key, "idempotency_key")
        known = await storing.in_store(self._connection, lambda store: store.known(key))
        if known is not None:
            return self._job_class(self._connection, known)
        record = await find(self._connection, key)
        return None if record is None else self._job(record)

    async def cancel(self: BaseClient[AnyJob], jobs: Iterable[AnyJob | str]) -> dict[str, QuantumJobsError | None]:
        """Cancel many jobs, given as jobs, ids or references: by id, None or what was in the way. Finished ones are
        left alone."""
        ids = arguments.job_ids(jobs, self._connection.service)
        return await managing.cancel_many(self._connection, ids)

    async def delete(self: BaseClient[AnyJob], jobs: Iterable[AnyJob | str]) -> dict[str, QuantumJobsError | None]:
        """Delete many jobs with their data, given as jobs, ids or references: by id, None or what was in the way."""
        given = checked_list(jobs, "jobs or ids")
        for job in given:
            if isinstance(job, BaseJob):
                job._visible_from = NEVER  # from now on a 404 says that it is gone
        return await managing.delete_many(self._connection, arguments.job_ids(given, self._connection.service))

    async def close(self: BaseClient[Any]) -> None:
        """Close all connections. May be called twice; jobs of this client cannot be asked any more."""
        await self._connection.transport.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()
