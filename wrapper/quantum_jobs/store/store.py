"""The public ``Store``."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from quantum_jobs import arguments
from quantum_jobs.errors import StoreError, UsageError
from quantum_jobs.http.limits import RateLimit
from quantum_jobs.model import JobStatus
from quantum_jobs.store import export, queries
from quantum_jobs.store.account import Account, digest_of
from quantum_jobs.store.account_store import AccountStore
from quantum_jobs.store.permits import Permits
from quantum_jobs.store.places import absolute, database_at, default_path
from quantum_jobs.store.records import JOB_COLUMNS, StoredJob, StoredSubmission
from quantum_jobs.store.sums import CostSum, summed

#: Where a submission can stand.
STATES = ("sent", "known", "uncertain", "refused")


class Store:
    """What was submitted from here: jobs, their programs, records, results and costs.

    Give it to ``connect(..., store=...)``. Its own methods use no network and no API key. May be used from several
    threads, and after a fork.
    """

    def __init__(self, path_or_url: str | os.PathLike[str], *, shared_rate_limits: bool = False) -> None:
        """Open a store, which is made where there is none.

        Args:
            path_or_url: the path of an SQLite file, for the processes and threads of one machine; or a
                ``postgresql://`` URL (extra ``postgres``) for several machines.
            shared_rate_limits: whether the processes that share the store keep to the documented rate limit of a
                service together, for each key (extra ``limits``); else each process keeps to it by itself.

        Raises:
            UsageError: it is neither.
            StoreError: it cannot be opened, is damaged, or was written by a later version of this library.
        """
        self._name(path_or_url, shared_rate_limits)
        self._database.open()

    @classmethod
    def default(cls) -> Self:
        """The store that the environment variable QUANTUM_JOBS_STORE names, else the one in the user's data folder.
        Raises UsageError where the variable is empty, which stands for no store."""
        place = os.environ.get("QUANTUM_JOBS_STORE")
        if place == "":
            raise UsageError(
                "QUANTUM_JOBS_STORE is empty, so there is no job store: name one there, or unset it for the one in "
                "your data folder"
            )
        return cls(place or default_path())

    @classmethod
    def _unopened(cls, path_or_url: str | os.PathLike[str]) -> Self:
        """One that is opened when it is first used."""
        store = cls.__new__(cls)
        store._name(path_or_url, False)
        return store

    def _name(self, path_or_url: str | os.PathLike[str], shared_rate_limits: bool) -> None:
        self._place = absolute(path_or_url)
        self._database = database_at(self._place)
        self._shared_rate_limits = shared_rate_limits

    def _of_account(self, identity: Sequence[str], redact: Callable[[bytes], bytes]) -> AccountStore:
        """What a client of this service, base URL and API key's digest writes to."""
        return AccountStore(self._database, Account.of(identity, redact))

    def _permits(self, identity: Sequence[str], limit: RateLimit | None) -> Permits | None:
        """What the requests with a key are counted by, for all processes together; None where each counts by itself."""
        if limit is None or not self._shared_rate_limits:
            return None
        return Permits(self._database, digest_of(identity), limit)

    def job(self, ref: str) -> StoredJob:
        """A job by its reference, ``"<service>:<id>"``. Raises StoreError where the store does not have it."""
        split = arguments.split_ref(ref)
        rows = self._database.rows(
            f"SELECT {JOB_COLUMNS} FROM quantum_jobs AS j WHERE j.service = ? AND j.job_id = ? ORDER BY j.id DESC",
            split.service.name,
            split.job_id,
        )
        if not rows:
            raise StoreError(f"{self._database.name} has no job {ref!r}", store=self._database.name)
        return StoredJob._of(self._database, rows[0])

    def jobs(
        self,
        *,
        service: str | None = None,
        status: JobStatus | str | None = None,
        device: str | None = None,
        name: str | None = None,
        tags: Mapping[str, str | int | float | bool] | None = None,
        created_after: datetime | None = None,
        created_before: datetime | None = None,
        limit: int | None = None,
    ) -> Iterator[StoredJob]:
        """All jobs, those last written down first; only those that match everything that is given.

        Args:
            service: the service's name or short name.
            status: one of our statuses, as the service last said it.
            device: the device's name at the service.
            name: the job's whole name.
            tags: tags that a job has among others, with these values.
            created_after: created at this moment or later, a datetime with its time zone.
            created_before: created before this moment.
            limit: at most so many.
        """
        wanted = arguments.checked_filter(status, device, name, tags, created_after, created_before)
        full = None if service is None else arguments.full_service_name(service)
        return queries.jobs(self._database, wanted, full, arguments.checked_limit(limit))

    def submissions(self, *, service: str | None = None, state: str | None = None) -> Iterator[StoredSubmission]:
        """All submissions, the last first: also those that have made no job, or of which that is not known."""
        if state is not None and state not in STATES:
            raise UsageError(f"{state!r} is no state of a submission; they are {', '.join(STATES)}")
        full = None if service is None else arguments.full_service_name(service)
        return queries.submissions(self._database, full, state)

    def costs(self, *by: str, **filters: Any) -> list[CostSum]:
        """What jobs have cost, summed by any of ``"service"``, ``"device"``, ``"day"`` (UTC), ``"name"`` and
        ``"tag:<name>"``, in the order of the groups. ``filters`` are those of ``jobs``. Without ``by`` one sum of all.

        Raises UsageError for something else to sum by.
        """
        return summed(self.jobs(**filters), by)

    def rows(self, **filters: Any) -> Iterator[dict[str, Any]]:
        """One flat dict for each job, of plain JSON values, with its result where it was fetched. ``filters`` are those
        of ``jobs``; the guide has a table of the columns."""
        return export.rows(self._database, self.jobs(**filters))

    def write_json_lines(self, path: str | os.PathLike[str], **filters: Any) -> int:
        """Write these rows to a file, one JSON object a line; gives how many there are."""
        return export.write_json_lines(Path(path), self.rows(**filters))

    def write_parquet(self, path: str | os.PathLike[str], **filters: Any) -> int:
        """Write these rows to a Parquet file (extra ``parquet``); gives how many there are. Columns that hold
        structures are JSON text there."""
        return export.write_parquet(Path(path), self.rows(**filters))

    def forget(self, ref: str) -> None:
        """Remove a job, its results, and its submission from the store; the service keeps it. Its idempotency key is
        free then: submitting with it makes another job. Raises StoreError where the store does not have it."""
        self.job(ref)._forget()

    def close(self) -> None:
        """Close its connections. It may be used afterwards, and then opens new ones."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Store {self._database.name.removeprefix('the job store ')}>"

    def __reduce__(self) -> tuple[Any, ...]:
        if self._database.has_password:
            raise UsageError(
                "a store with a password in its URL is not pickled: name it by QUANTUM_JOBS_STORE where it is used, or "
                "keep the password in the file that PGPASSFILE names"
            )
        return functools.partial(Store, shared_rate_limits=self._shared_rate_limits), (self._place,)
