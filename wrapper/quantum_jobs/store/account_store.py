"""What one account's client keeps in a store: claims of idempotency keys, jobs, their results. All methods block."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quantum_jobs.model import Cost, JobRecord
from quantum_jobs.result import Result
from quantum_jobs.store.account import Account, cost_columns, now, read_record, write_record
from quantum_jobs.store.claims import Claims
from quantum_jobs.store.database import Database, Transaction
from quantum_jobs.store.records import OF_JOB, read_results


class AccountStore:
    """The part of a store that a client writes to."""

    def __init__(self, database: Database, account: Account) -> None:
        self._database = database
        self._account = account
        self.claims = Claims(database, account)
        #: Ids of the devices' calibrations, and when they were asked for (monotonic seconds).
        self.calibrations: tuple[dict[str, str], float] = ({}, float("-inf"))

    def record(self, job_id: str) -> JobRecord | None:
        """What the store has of a job."""
        return self._database.read(lambda transaction: read_record(transaction, self._account, job_id))

    def save(self, records: Iterable[JobRecord]) -> None:
        """Keep what the service says of jobs now."""
        kept = list(records)

        def action(transaction: Transaction) -> None:
            for record in kept:
                write_record(transaction, self._account, record)

        if kept:
            self._database.write(action)

    def save_cost(self, job_id: str, cost: Cost) -> None:
        """Keep what a job has cost; nothing for a job that the store does not have."""
        values = cost_columns(cost)

        def action(transaction: Transaction) -> None:
            transaction.run(
                f"UPDATE quantum_jobs SET {', '.join(f'{name} = ?' for name in values)} WHERE {OF_JOB}",
                *values.values(),
                *self._job(job_id),
            )

        self._database.write(action)

    def results(self, job_id: str, memory: bool, aggregation: str | None) -> list[Result] | None:
        """The results of a job as they were fetched; None where they were not."""
        return read_results(self._database, self._job(job_id), memory, aggregation)

    def save_results(
        self,
        record: JobRecord,
        results: Sequence[Result],
        memory: bool,
        aggregation: str | None,
        calibration_id: str | None,
    ) -> None:
        """Keep the results of a job, its record, and the calibration of its device, where it is known."""
        text = self._account.json([each.to_dict() for each in results])
        more = {} if calibration_id is None else {"calibration_id": calibration_id}

        def action(transaction: Transaction) -> None:
            write_record(transaction, self._account, record, **more)
            transaction.run(
                "INSERT INTO quantum_results (job, memory, aggregation, results, fetched_at) "
                f"SELECT id, ?, ?, ?, ? FROM quantum_jobs WHERE {OF_JOB} "
                "ON CONFLICT (job, memory, aggregation) DO UPDATE SET results = excluded.results",
                int(memory),
                aggregation or "",
                text,
                now(),
                *self._job(record.id),
            )

        self._database.write(action)

    def _job(self, job_id: str) -> tuple[str, str, str]:
        return self._account.service, self._account.base_url, job_id
