"""What is read out of a store, without a network: submissions, jobs, results, and sums of costs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

import attrs

from quantum_jobs.errors import JobCancelledError, JobFailedError, StoreError, UnsupportedError
from quantum_jobs.model import Cost, JobRecord, JobStatus, Program, Result
from quantum_jobs.store.database import Database


@attrs.frozen(kw_only=True)
class StoredSubmission:
    """One submission, whether it has made a job or not.

    Attributes:
        service: full name of the service.
        idempotency_key: the key that it was sent with.
        state: ``"claimed"``: written down and not sent; ``"sent"``: sent, and its answer was not written down;
            ``"known"``: it has made a job; ``"uncertain"``: it may have made one; ``"refused"``: it has made none.
        ref: the job's reference, where it is known.
        device, shots, name, tags, options: as they were given.
        program_digest: SHA-256 of the programs, hexadecimal.
        versions: of this library, Python, and the loaded libraries that make programs.
        claimed_at, sent_at, ended_at: when it was written down, sent, and answered; UTC.
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
    claimed_at: datetime
    sent_at: datetime | None
    ended_at: datetime | None
    error: str | None


class StoredJob:
    """A job as a store has it: nothing of it uses the network, or an API key. ``quantum_jobs.job(stored.ref)`` gives
    the job itself."""

    def __init__(
        self,
        database: Database,
        row: int,
        record: JobRecord,
        *,
        created_at: datetime,
        cost: Cost | None,
        calibration_id: str | None,
    ) -> None:
        self._database = database
        self._row = row
        self._record = record
        self._created_at = created_at
        self._cost = cost
        self._calibration_id = calibration_id

    @property
    def ref(self) -> str:
        """``"<service>:<id>"``."""
        return self._record.ref

    @property
    def id(self) -> str:
        """The vendor's id."""
        return self._record.id

    @property
    def service(self) -> str:
        """Full name of the service, such as ``"ionq-v0.4"``."""
        return self._record.service

    @property
    def record(self) -> JobRecord:
        """What the service said of the job when it was last asked."""
        return self._record

    @property
    def status(self) -> JobStatus:
        """The job's status when the service was last asked."""
        return self._record.status

    @property
    def created_at(self) -> datetime:
        """When it was made, as the service says, else when it was first written down; UTC."""
        return self._created_at

    @property
    def cost(self) -> Cost | None:
        """What it cost, as far as the service was asked."""
        return self._cost

    @property
    def calibration_id(self) -> str | None:
        """The vendor's id of the device's calibration at the time, where it has one."""
        return self._calibration_id

    @cached_property
    def submission(self) -> StoredSubmission | None:
        """How it was submitted; None where that was not through this store."""
        rows = self._database.read(
            lambda transaction: transaction.rows(
                f"SELECT {SUBMISSION_COLUMNS} FROM quantum_submissions AS s JOIN quantum_jobs AS j "
                "ON j.service = s.service AND j.account = s.account AND j.job_id = s.job_id WHERE j.id = ? "
                "ORDER BY s.id",
                self._row,
            )
        )
        return submission_of(rows[0]) if rows else None

    def programs(self) -> list[Program]:
        """The programs as they were submitted. Raises StoreError where that was not through this store."""
        row = self._database.read(
            lambda transaction: transaction.row(
                "SELECT p.programs FROM quantum_programs AS p "
                "JOIN quantum_submissions AS s ON p.digest = s.program_digest "
                "JOIN quantum_jobs AS j ON j.service = s.service AND j.account = s.account AND j.job_id = s.job_id "
                "WHERE j.id = ?",
                self._row,
            )
        )
        if row is None:
            raise StoreError(f"the program of {self.ref} is not in the store: it was not submitted through it")
        return [Program.from_dict(each) for each in json.loads(row[0])]

    def program(self) -> Program:
        """The same for a job of one program. Raises UnsupportedError for several."""
        programs = self.programs()
        if len(programs) != 1:
            raise UnsupportedError(f"{self.ref} has {len(programs)} programs: programs() gives them all")
        return programs[0]

    def results(self, *, memory: bool = False, aggregation: str | None = None) -> list[Result]:
        """The results as they were fetched, one per circuit.

        Raises JobFailedError, JobCancelledError, and StoreError where they were not fetched yet.
        """
        record = self._record
        if record.status is JobStatus.FAILED:
            failure = record.failure
            reason = (failure.message if failure else None) or record.status_message
            raise JobFailedError(
                f"{self.ref} failed: {reason or 'the service gives no reason'}",
                job=self,
                code=failure.code if failure else None,
                reason=reason,
            )
        if record.status is JobStatus.CANCELLED:
            raise JobCancelledError(f"{self.ref} was cancelled, so it has no result", job=self)
        row = self._database.read(
            lambda transaction: transaction.row(
                "SELECT results FROM quantum_results WHERE job = ? AND memory = ? AND aggregation = ?",
                self._row,
                int(memory),
                aggregation or "",
            )
        )
        if row is None:
            raise StoreError(
                f"the store has no such result of {self.ref}, which was {record.status} when it was last asked for: "
                f"quantum_jobs.job({self.ref!r}).result() fetches it"
            )
        return [Result.from_dict(each) for each in json.loads(row[0])]

    def result(self, *, memory: bool = False, aggregation: str | None = None) -> Result:
        """The same for a job of one circuit. Raises UnsupportedError for several."""
        results = self.results(memory=memory, aggregation=aggregation)
        if len(results) != 1:
            raise UnsupportedError(f"{self.ref} is a job of {len(results)} circuits: results() gives one result each")
        return results[0]

    def __eq__(self, other: object) -> bool:
        return self.ref == other.ref if isinstance(other, StoredJob) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.ref)

    def __repr__(self) -> str:
        return f"<StoredJob {self.ref} {self.status}>"


SUBMISSION_COLUMNS = (
    "s.service, s.idempotency_key, s.state, s.job_id, s.device, s.shots, s.name, s.tags, s.options, s.program_digest, "
    "s.versions, s.claimed_at, s.sent_at, s.ended_at, s.error"
)


def submission_of(row: Sequence[Any]) -> StoredSubmission:
    """A submission out of the columns above."""
    service, key, state, job_id, device, shots, name, tags, options, program, versions, claimed, sent, ended, error = (
        row
    )
    return StoredSubmission(
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
        claimed_at=datetime.fromisoformat(claimed),
        sent_at=None if sent is None else datetime.fromisoformat(sent),
        ended_at=None if ended is None else datetime.fromisoformat(ended),
        error=error,
    )
