"""Client and Job for sync code: the verbs of ``AsyncClient`` and ``AsyncJob``, run on the background event loop."""

from __future__ import annotations

import functools
from collections.abc import Callable, Coroutine
from types import TracebackType
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

from quantum_jobs import arguments, background
from quantum_jobs.async_client import AsyncClient
from quantum_jobs.async_job import AsyncJob
from quantum_jobs.background import sync, sync_iterator
from quantum_jobs.core import points, scanning, submitting
from quantum_jobs.core.client import BaseClient
from quantum_jobs.core.job import BaseJob
from quantum_jobs.errors import QuantumJobsError
from quantum_jobs.progress import reporting, waiting
from quantum_jobs.submissions import AsyncSubmissions, Submissions

P = ParamSpec("P")
T = TypeVar("T")


class Job(BaseJob):
    __doc__ = BaseJob.__doc__

    refresh = sync(AsyncJob.refresh)
    wait = waiting(AsyncJob.wait)
    result = waiting(AsyncJob.result)
    results = waiting(AsyncJob.results)
    program = sync(AsyncJob.program)
    compiled_program = sync(AsyncJob.compiled_program)
    cancel = sync(AsyncJob.cancel)
    delete = sync(AsyncJob.delete)
    cost = sync(AsyncJob.cost)
    children = sync(AsyncJob.children)


def _submitting(
    verb: Callable[Concatenate[BaseClient[Job], P], Coroutine[Any, Any, Job]],
) -> Callable[Concatenate[Client, P], Job]:
    """``submit`` for sync code, which tells the idempotency key to whatever interrupts it, even between two lines."""

    @functools.wraps(verb)
    def submit(self: Client, /, *given: Any, **named: Any) -> Job:
        submission = arguments.submission(*given, **named)
        # No context manager: what interrupts its own lines would go without the note.
        try:
            return background.run(functools.partial(submitting.submit, self._connection, submission, Job))
        except BaseException as error:
            if not isinstance(error, QuantumJobsError):
                submitting.add_note(error, self.service, submission.idempotency_key)
            raise

    return submit


def _submitting_many(
    verb: Callable[Concatenate[BaseClient[Job], P], Coroutine[Any, Any, AsyncSubmissions[Job]]],
) -> Callable[Concatenate[Client, P], Submissions[Job]]:
    """``submit_many`` for sync code, which reports its progress in the caller's thread."""

    @functools.wraps(verb)
    def submit_many(
        self: Client, /, programs: Any, *, idempotency_key: points.Keys = None, progress: Any = True, **common: Any
    ) -> Submissions[Job]:
        scan = scanning.new_scan(self._connection, Job, programs, idempotency_key, **common)
        try:
            with reporting(progress) as reporter:
                for _ in background.iterate(scan.submitted(), reporter.look):
                    reporter.report(scan.progress)
        except BaseException as error:
            scan.add_note(error)
            raise
        return Submissions(scan.outcome(), scan.base_key)

    return submit_many  # type: ignore[return-value]  # the same arguments, of which it names those that it uses


class Client(BaseClient[Job]):
    """A client of one service with one key. Safe to use from several threads, and beside a running event loop."""

    _job_class = Job
    _is_async = False

    submit = _submitting(AsyncClient.submit)
    submit_many = _submitting_many(AsyncClient.submit_many)
    submit_each = sync_iterator(AsyncClient.submit_each)
    job = sync(AsyncClient.job)
    jobs = sync_iterator(AsyncClient.jobs)
    devices = sync(AsyncClient.devices)
    estimate = sync(AsyncClient.estimate)
    find_submission = sync(AsyncClient.find_submission)
    cancel = sync(AsyncClient.cancel)
    delete = sync(AsyncClient.delete)
    close = sync(AsyncClient.close)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
