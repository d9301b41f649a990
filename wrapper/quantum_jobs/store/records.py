"""What is read out of a store, without a network: submissions, jobs, sums of costs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Self

import attrs

from quantum_jobs.errors import StoreError, UnsupportedError, check_completed
from quantum_jobs.model import Cost, JobRecord, JobStatus, Program
from quantum_jobs.result import Result
from quantum_jobs.store.account import DELETED, NOT_FOUND, OF_JOB
from quantum_jobs.store.database import Database, Transaction

#: What a StoredJob and a StoredSubmission are made of.
JOB_COLUMNS = (
    "j.id, j.record, j.base_url, j.created_at, j.cost_amount, j.cost_currency, j.cost_usd, j.calibration_id, j.status"
)
SUBMISSION_COLUMNS = (
    "s.service, s.idempotency_key, s.state, s.job_id, s.device, s.shots, s.name, s.tags, s.options, s.program_digest, "
    "s.versions, s.sent_at, s.ended_at, s.error"
)


@attrs.frozen(kw_only=True)
class StoredSubmission:
    """One submission, whether it has made a job or not.

    Attributes:
        service: full name of the service.
        idempotency_key: the key that it was sent with.
        state: ``"sent"``: it is under way, or its process was ended before the answer was written down; ``"known"``: it
            has made a job; ``"uncertain"``: it may have made one; ``"refused"``: it has made none.
        ref: the job's reference, where it is known.
        device, shots, name, tags, options: as they were given.
        program_digest: SHA-256 of the programs, hexadecimal.
        versions: of this library, Python, and the loaded libraries that make programs.
        sent_at, ended_at: when it was sent, and answered; UTC.
        error: what it ended with, where it made no job that is known.
    """

    service: str
    idempotency_key: str
    state: str
    ref: str | None
    device: str
    shots: int | None
    name: str | None
    tags: Mapping[str, str | int | float | bool]
    options: Mapping[str, Any]
    program_digest: str
    versions: Mapping[str, str]
    sent_at: datetime
    ended_at: datetime | None
    error: str | None

    @classmethod
    def _of(cls, row: Sequence[Any]) -> Self:
        """One out of ``SUBMISSION_COLUMNS``."""
        service, key, state, job_id, device, shots, name, tags, options, program, versions, sent, ended, error = row
        return cls(
            service=service,
            idempotency_key=key,
            state=state,
            ref=None if job_id is None else f"{service}:{job_id}",
            device=device,
            shots=shots,
            name=name,
            tags=json.loads(tags),
            options=json.loads(options),
            program_digest=program,
            versions=json.loads(versions),
            sent_at=datetime.fromisoformat(sent),
            ended_at=None if ended is None else datetime.fromisoformat(ended),
            error=error,
        )


@attrs.frozen(kw_only=True, eq=False, repr=False)
class StoredJob:
    """A job as a store has it: nothing of it uses the network, or an API key. ``quantum_jobs.job(stored.ref)`` gives
    the job itself.

    Attributes:
        record: what the service said of the job when it was last asked.
        base_url: the address of the service, so that jobs of a sandbox can be told from others.
        created_at: when it was made, as the service says, else when it was first written down; UTC.
        cost: what it cost, as far as the service was asked.
        calibration_id: the vendor's id of the calibration that its device had, where the vendor has one.
        is_gone: whether it was deleted at the service, or was not there any more, before it was seen to be over.
    """

    record: JobRecord
    base_url: str
    created_at: datetime
    cost: Cost | None
    calibration_id: str | None
    is_gone: bool
    _database: Database | None

    @classmethod
    def _of(cls, database: Database, columns: Sequence[Any]) -> Self:
        """One out of ``JOB_COLUMNS``."""
        _, record, base_url, created_at, amount, currency, usd, calibration_id, status = columns
        return cls(
            record=JobRecord.from_dict(json.loads(record)),
            base_url=base_url,
            created_at=datetime.fromisoformat(created_at),
            cost=None if amount is None else Cost(Decimal(amount), currency, None if usd is None else Decimal(usd)),
            calibration_id=calibration_id,
            is_gone=status in {DELETED, NOT_FOUND},
            database=database,
        )

    @property
    def ref(self) -> str:
        """``"<service>:<id>"``."""
        return self.record.ref

    @property
    def id(self) -> str:
        """The vendor's id."""
        return self.record.id

    @property
    def service(self) -> str:
        """Full name of the service, such as ``"ionq-v0.4"``."""
        return self.record.service

    @property
    def status(self) -> JobStatus:
        """The job's status when the service was last asked."""
        return self.record.status

    def submission(self) -> StoredSubmission | None:
        """How it was submitted; None where that was not through this store."""
        rows = self._opened().rows(
            f"SELECT {SUBMISSION_COLUMNS} FROM quantum_submissions AS s WHERE {OF_JOB} ORDER BY s.id DESC", *self._whose
        )
        return StoredSubmission._of(rows[0]) if rows else None

    def programs(self) -> list[Program]:
        """The programs as they were submitted. Raises StoreError where that was not through this store."""
        rows = self._opened().rows(
            "SELECT p.programs FROM quantum_submissions AS s JOIN quantum_programs AS p ON p.digest = s.program_digest "
            f"WHERE {OF_JOB} ORDER BY s.id DESC",
            *self._whose,
        )
        if not rows:
            raise StoreError(f"the program of {self.ref} is not in the store: it was not submitted through it")
        return [Program.from_dict(each) for each in json.loads(rows[0][0])]

    def program(self) -> Program:
        """The same for a job of one program. Raises UnsupportedError for several."""
        programs = self.programs()
        if len(programs) != 1:
            raise UnsupportedError(f"{self.ref} has {len(programs)} programs: programs() gives them all")
        return programs[0]

    def results(self, *, memory: bool = False, aggregation: str | None = None) -> list[Result]:
        """The results as they were fetched, one per circuit; the arguments are those of ``Job.results``.

        Raises JobFailedError, JobCancelledError, and StoreError where they were not fetched with these arguments.
        """
        check_completed(self)
        found = read_results(self._opened(), self._whose, memory, aggregation)
        if found is None:
            raise StoreError(
                f"the store has no such result of {self.ref}, which was {self.status} when it was last asked for: "
                f"result() of quantum_jobs.job({self.ref!r}) fetches it"
            )
        return found

    def result(self, *, memory: bool = False, aggregation: str | None = None) -> Result:
        """The same for a job of one circuit. Raises UnsupportedError for several."""
        results = self.results(memory=memory, aggregation=aggregation)
        if len(results) != 1:
            raise UnsupportedError(f"{self.ref} is a job of {len(results)} circuits: results() gives one result each")
        return results[0]

    def _forget(self) -> None:
        self._opened().write(lambda transaction: forget_job(transaction, self._whose))

    @property
    def _whose(self) -> tuple[str, str, str]:
        """The values of ``OF_JOB``. Numbers of rows are given to other jobs when a job is forgotten."""
        return self.service, self.base_url, self.id

    def _opened(self) -> Database:
        if self._database is None:
            raise StoreError(f"{self.ref} comes out of a pickle, without its store: Store(...).job(ref) has it")
        return self._database

    def __eq__(self, other: object) -> bool:
        return self.ref == other.ref if isinstance(other, StoredJob) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.ref)

    def __repr__(self) -> str:
        return f"<StoredJob {self.ref} {self.status}>"

    def __reduce__(self) -> tuple[Any, ...]:
        known = self.record.to_dict(), self.base_url, self.created_at, self.cost, self.calibration_id, self.is_gone
        return _restored, known


def forget_job(transaction: Transaction, whose: tuple[str, str, str]) -> None:
    """Remove a job, its results, and its submissions; their idempotency keys are free then."""
    transaction.run(f"DELETE FROM quantum_results WHERE job IN (SELECT id FROM quantum_jobs WHERE {OF_JOB})", *whose)
    transaction.run(f"DELETE FROM quantum_jobs WHERE {OF_JOB}", *whose)
    transaction.run(
        "DELETE FROM quantum_keys WHERE service = ? AND base_url = ? AND (job_id = ? OR (account, "
        f"idempotency_key) IN (SELECT account, idempotency_key FROM quantum_submissions WHERE {OF_JOB}))",
        *whose,
        *whose,
    )
    transaction.run(f"DELETE FROM quantum_submissions WHERE {OF_JOB}", *whose)
    # A submission that is being written down may need the program that it has found there.
    transaction.lock("quantum_programs")
    transaction.run("DELETE FROM quantum_programs WHERE digest NOT IN (SELECT program_digest FROM quantum_submissions)")


def read_results(
    database: Database, whose: tuple[str, str, str], memory: bool, aggregation: str | None
) -> list[Result] | None:
    """The results of a job as they were fetched with these arguments; None where they were not."""
    rows = database.rows(
        f"SELECT results FROM quantum_results JOIN quantum_jobs ON id = job WHERE {OF_JOB} AND memory = ? "
        "AND aggregation = ?",
        *whose,
        int(memory),
        aggregation or "",
    )
    return [Result.from_dict(each) for each in json.loads(rows[0][0])] if rows else None


def _restored(
    record: Mapping[str, Any],
    base_url: str,
    created_at: datetime,
    cost: Cost | None,
    calibration_id: str | None,
    is_gone: bool,
) -> StoredJob:
    return StoredJob(
        record=JobRecord.from_dict(record),
        base_url=base_url,
        created_at=created_at,
        cost=cost,
        calibration_id=calibration_id,
        is_gone=is_gone,
        database=None,
    )
