"""The public ``Store``."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from quantum_jobs import arguments
from quantum_jobs.errors import StoreError
from quantum_jobs.model import Cost, JobRecord, JobStatus
from quantum_jobs.store import export
from quantum_jobs.store.account import AccountStore
from quantum_jobs.store.places import database_at, default_path
from quantum_jobs.store.records import SUBMISSION_COLUMNS, StoredJob, StoredSubmission, submission_of
from quantum_jobs.store.sums import CostSum, summed

#: Rows that are read at a time, so that no transaction stays open while a caller works with them.
PAGE = 500
_JOB_COLUMNS = "id, record, created_at, cost_amount, cost_currency, cost_usd, calibration_id"


class Store:
    """What was submitted from here: jobs, their programs, records, results and costs.

    Args:
        path_or_url: the path of an SQLite file, made where it is not there, for the processes and threads of one
            machine; or a ``postgresql://`` URL (extra ``postgres``) for several machines.

    Give it to ``connect(..., store=...)``. Its own methods use no network and no API key. May be used from several
    threads, and after a fork.

    Raises:
        StoreError: it cannot be opened, is damaged, or was written by a later version of this library.
    """

    def __init__(self, path_or_url: str | os.PathLike[str]) -> None:
        self._database = database_at(path_or_url)
        self._database.open()

    @classmethod
    def default(cls) -> Self:
        """The store that the environment variable QUANTUM_JOBS_STORE names, else the one in the user's data folder."""
        return cls(os.environ.get("QUANTUM_JOBS_STORE") or default_path())

    @classmethod
    def _unopened(cls, path_or_url: str | os.PathLike[str]) -> Self:
        """One that is opened when it is first used."""
        store = cls.__new__(cls)
        store._database = database_at(path_or_url)
        return store

    def _of_account(self, service: str, account: Sequence[str], redact: Callable[[bytes], bytes]) -> AccountStore:
        """What a client writes to."""
        return AccountStore(self._database, service, account, redact)

    def job(self, ref: str) -> StoredJob:
        """A job by its reference, ``"<service>:<id>"``. Raises StoreError where the store does not have it."""
        split = arguments.split_ref(ref)
        rows = self._rows(
            f"SELECT {_JOB_COLUMNS} FROM quantum_jobs WHERE service = ? AND job_id = ? ORDER BY id DESC",
            split.service.name,
            split.job_id,
        )
        if not rows:
            raise StoreError(f"{self._database.name} has no job {ref!r}", store=self._database.name)
        return self._job(rows[0])

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
        left = arguments.checked_limit(limit)
        conditions: dict[str, Any] = {
            "service = ?": None if service is None else arguments.full_service_name(service),
            "status = ?": None if wanted.status is None else wanted.status.value,
            "device = ?": device,
            "name = ?": name,
            "created_at >= ?": _text(created_after),
            "created_at < ?": _text(created_before),
        }
        given = {condition: value for condition, value in conditions.items() if value is not None}
        return self._jobs(given, wanted.tags, left)

    def _jobs(
        self, conditions: Mapping[str, Any], tags: Mapping[str, str | int | float | bool], left: int | None
    ) -> Iterator[StoredJob]:
        where = "".join(f" AND {condition}" for condition in conditions)
        last = 2**62
        while left is None or left > 0:
            rows = self._rows(
                f"SELECT {_JOB_COLUMNS} FROM quantum_jobs WHERE id < ?{where} ORDER BY id DESC LIMIT ?",
                last,
                *conditions.values(),
                PAGE if left is None else min(left, PAGE) if not tags else PAGE,
            )
            for row in rows:
                job = self._job(row)
                if not _has_tags(job.record, tags):
                    continue
                yield job
                if left is not None:
                    left -= 1
                    if left == 0:
                        return
            if not rows:
                return
            last = rows[-1][0]

    def submissions(self, *, service: str | None = None, state: str | None = None) -> Iterator[StoredSubmission]:
        """All submissions, the last first, with those that have made no job or whose end is not known: see
        ``StoredSubmission.state``."""
        given = {
            "s.service = ?": None if service is None else arguments.full_service_name(service),
            "s.state = ?": state,
        }
        conditions = {condition: value for condition, value in given.items() if value is not None}
        return self._submissions(conditions)

    def _submissions(self, conditions: Mapping[str, Any]) -> Iterator[StoredSubmission]:
        where = "".join(f" AND {condition}" for condition in conditions)
        last = 2**62
        while True:
            rows = self._rows(
                f"SELECT {SUBMISSION_COLUMNS}, s.id FROM quantum_submissions AS s WHERE s.id < ?{where} "
                "ORDER BY s.id DESC LIMIT ?",
                last,
                *conditions.values(),
                PAGE,
            )
            for row in rows:
                yield submission_of(row[:-1])
            if not rows:
                return
            last = rows[-1][-1]

    def costs(self, *by: str, **filters: Any) -> list[CostSum]:
        """What jobs have cost, summed by any of ``"service"``, ``"device"``, ``"day"`` (UTC), ``"name"`` and
        ``"tag:<name>"``, in the order of the groups; ``filters`` are those of ``jobs``. Without ``by`` one sum of all.

        Raises UsageError for something else to sum by.
        """
        return summed(self.jobs(**filters), by)

    def rows(self, **filters: Any) -> Iterator[dict[str, Any]]:
        """One flat dict for each job, of plain JSON values, with its result where it was fetched; ``filters`` are those
        of ``jobs``. The guide has a table of the columns."""
        return (export.row(job) for job in self.jobs(**filters))

    def write_json_lines(self, path: str | os.PathLike[str], **filters: Any) -> int:
        """Write these rows to a file, one JSON object a line; gives how many there are."""
        return export.write_json_lines(Path(path), self.rows(**filters))

    def write_parquet(self, path: str | os.PathLike[str], **filters: Any) -> int:
        """Write these rows to a Parquet file (extra ``parquet``); gives how many there are. Columns that hold
        structures are JSON text there."""
        return export.write_parquet(Path(path), self.rows(**filters))

    def close(self) -> None:
        """Close its connections. It may be used afterwards, and then opens new ones."""
        self._database.close()

    def _rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        return self._database.read(lambda transaction: transaction.rows(statement, *values))

    def _job(self, row: Sequence[Any]) -> StoredJob:
        number, record, created_at, amount, currency, usd, calibration_id = row
        cost = None if amount is None else Cost(Decimal(amount), currency, None if usd is None else Decimal(usd))
        return StoredJob(
            self._database,
            number,
            JobRecord.from_dict(json.loads(record)),
            created_at=datetime.fromisoformat(created_at),
            cost=cost,
            calibration_id=calibration_id,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Store {self._database.name.removeprefix('the job store ')}>"


def _has_tags(record: JobRecord, tags: Mapping[str, str | int | float | bool]) -> bool:
    # IonQ keeps every value as text.
    return all(
        name in record.tags and (record.tags[name] == value or record.tags[name] == str(value))
        for name, value in tags.items()
    )


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).isoformat(timespec="microseconds")
