"""What one account's client keeps in a store: claims of idempotency keys, jobs, their results.

A submission is written down before it is sent, so that one key makes one job, whichever processes use it and whenever
they are killed. It is written as ``sent`` right before its POST, then becomes ``known`` with its job, ``uncertain``, or
``refused``. Of several that want to send with one key the first to write is its owner. Another takes over when the
owner's process is gone, or has held the key for longer than its request can take; it looks for the job at the service
before it sends anything, and the former owner may not send any more.
"""

from __future__ import annotations

import hashlib
import json
import platform
import sys
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import metadata
from typing import Any, Literal

import attrs

from quantum_jobs.model import Cost, JobRecord
from quantum_jobs.result import Result
from quantum_jobs.services.base import Submission
from quantum_jobs.store import owners
from quantum_jobs.store.account import OF_JOB, Account, cost_columns, now, read_record, write_gone, write_record
from quantum_jobs.store.database import Database, Transaction
from quantum_jobs.store.records import forget_job, read_results
from quantum_jobs.version import __version__

#: Seconds for which a key is held while its job is looked for.
LOOKED_FOR = 60.0
#: Seconds by which a key is held for longer than its request can take.
MARGIN = 15.0
#: Packages that make programs: the versions of those that are loaded are written down, by distribution.
_LIBRARIES = {
    "qiskit": "qiskit",
    "cirq": "cirq-core",
    "pennylane": "pennylane",
    "pytket": "pytket",
    "braket": "amazon-braket-sdk",
    "pyqasm": "pyqasm",
    "openqasm3": "openqasm3",
}
_OF_KEY = "service = ? AND account = ? AND idempotency_key = ?"


@attrs.frozen
class Claim:
    """What a store says of an idempotency key.

    Attributes:
        state: ``"free"``: nothing was sent with it; ``"in_doubt"``: something may have been sent, and we are to look
            for its job; ``"known"``: it has made a job; ``"busy"``: somebody else is submitting with it.
        owner: the name of this one submission.
        job_id: the job of a known one.
        record: its record, where the store has it.
    """

    state: Literal["free", "in_doubt", "known", "busy"]
    owner: str
    job_id: str | None = None
    record: JobRecord | None = None


class AccountStore:
    """The part of a store that a client writes to. All methods block."""

    def __init__(self, database: Database, account: Account) -> None:
        self.database = database
        self._account = account
        #: Ids of the devices' calibrations, and when they were asked for (monotonic seconds).
        self.calibrations: tuple[dict[str, str], float] = ({}, float("-inf"))

    def new_claim(self) -> Claim:
        """The claim of a key that nobody can have."""
        return Claim("free", owners.new_owner())

    def claim(self, submission: Submission) -> Claim:
        """Who has the submission's key. One that is in doubt is taken over; one that is free is written down when it is
        sent."""
        owner = owners.new_owner()
        key = submission.idempotency_key
        # Most answers need no lock.
        found = self.database.read(lambda transaction: self._look(transaction, key, owner))
        if found.state != "in_doubt":
            return found

        def take_over(transaction: Transaction) -> Claim:
            found = self._look(transaction, key, owner)
            if found.state == "in_doubt":
                transaction.run(
                    f"UPDATE quantum_submissions SET state = 'sent', owner = ?, lease_until = ? WHERE {_OF_KEY}",
                    owner,
                    transaction.now() + LOOKED_FOR,
                    *self._key(key),
                )
            return found

        return self.database.write(take_over)

    def _look(self, transaction: Transaction, key: str, owner: str) -> Claim:
        found = self._find(transaction, key)
        if found is None or found[0] == "refused":
            noted = transaction.row(f"SELECT job_id FROM quantum_keys WHERE {_OF_KEY}", *self._key(key))
            if noted is not None and noted[0] is not None:
                return self._known(transaction, owner, noted[0])
            # What was refused is not in doubt any more.
            return Claim("free" if noted is None or found is not None else "in_doubt", owner)
        state, holder, lease_until, job_id = found
        if state == "known":
            return self._known(transaction, owner, job_id)
        # Submissions of one process with one key take turns: an earlier one of this process is over, and so is one that
        # was killed.
        is_over = state == "uncertain" or owners.is_of_this_process(holder) or owners.is_dead(holder)
        return Claim("in_doubt" if is_over or lease_until < transaction.now() else "busy", owner)

    def _find(self, transaction: Transaction, key: str) -> tuple[Any, ...] | None:
        return transaction.row(
            f"SELECT state, owner, lease_until, job_id FROM quantum_submissions WHERE {_OF_KEY}"
            + transaction.for_update,
            *self._key(key),
        )

    def _known(self, transaction: Transaction, owner: str, job_id: str) -> Claim:
        return Claim("known", owner, job_id, read_record(transaction, self._account, job_id))

    def may_send(self, submission: Submission, claim: Claim, seconds: float) -> bool:
        """Write down that the submission is sent now, which may take so many seconds. False where somebody else was
        faster, or has taken the key over: then nothing may be sent."""
        programs = self._account.json([each.to_dict() for each in submission.programs])
        values = {
            "service": self._account.service,
            "base_url": self._account.base_url,
            "account": self._account.digest,
            "idempotency_key": submission.idempotency_key,
            "state": "sent",
            "owner": claim.owner,
            "error": None,
            "device": self._account.text(submission.device),
            "shots": submission.shots,
            "name": self._account.text(submission.name),
            "tags": self._account.json(submission.tags),
            "options": self._account.json(submission.options),
            "program_digest": hashlib.sha256(programs.encode()).hexdigest(),
            "versions": _versions(tuple(name for name in _LIBRARIES if name in sys.modules)),
            "ended_at": None,
        }

        def action(transaction: Transaction) -> bool:
            written = {**values, "sent_at": now(), "lease_until": transaction.now() + seconds + MARGIN}
            is_ours = transaction.run(
                f"INSERT INTO quantum_submissions ({', '.join(written)}) VALUES ({', '.join('?' * len(written))}) "
                "ON CONFLICT (service, account, idempotency_key) DO UPDATE SET "
                + ", ".join(f"{name} = excluded.{name}" for name in written)
                + " WHERE quantum_submissions.state = 'refused' OR "
                "(quantum_submissions.state = 'sent' AND quantum_submissions.owner = excluded.owner)",
                *written.values(),
            )
            if is_ours:
                transaction.run(
                    "INSERT INTO quantum_programs (digest, programs) VALUES (?, ?) ON CONFLICT DO NOTHING",
                    values["program_digest"],
                    programs,
                )
            return is_ours > 0

        # Forgotten in a power failure, the key would be sent a second time without a look.
        return self.database.write(action, durable=True)

    def made(self, submission: Submission, record: JobRecord) -> None:
        """Write down the job that a submission has made, or was found to have made."""

        def action(transaction: Transaction) -> None:
            whose = self._account.of_job(record.id)
            if transaction.row(
                f"SELECT 1 FROM quantum_submissions WHERE {OF_JOB} AND idempotency_key <> ?",
                *whose,
                submission.idempotency_key,
            ):
                # A job of an earlier sandbox at the same address, which had given this id too.
                forget_job(transaction, whose)
            write_record(transaction, self._account, record)
            # Whoever has the claim by now: the job is there.
            is_written = transaction.run(
                "UPDATE quantum_submissions SET state = 'known', job_id = ?, error = NULL, ended_at = ? "
                f"WHERE {_OF_KEY} AND state <> 'known'",
                record.id,
                now(),
                *self._key(submission.idempotency_key),
            )
            if not is_written:
                self._note(transaction, submission.idempotency_key, record.id)

        self.database.write(action)

    def ended(self, submission: Submission, claim: Claim | None, error: str, in_doubt: bool) -> None:
        """Write down that a submission has ended with an error; ``in_doubt`` says that it may have made a job."""

        def action(transaction: Transaction) -> None:
            is_written = transaction.run(
                "UPDATE quantum_submissions SET state = ?, error = ?, ended_at = ? "
                f"WHERE {_OF_KEY} AND ((state = 'sent' AND owner = ?) OR (state = 'refused' AND ?))",
                "uncertain" if in_doubt else "refused",
                self._account.text(error),
                now(),
                *self._key(submission.idempotency_key),
                "" if claim is None else claim.owner,
                in_doubt,
            )
            if in_doubt and not is_written:
                self._note(transaction, submission.idempotency_key, None)

        self.database.write(action)

    def known(self, key: str) -> JobRecord | None:
        """The record of the job that was made with a key, where the store has it."""
        return self.database.read(lambda transaction: self._look(transaction, key, "")).record

    # Jobs that were made without this store.

    def is_listed(self) -> bool:
        """Whether the account's jobs were looked through for keys, once for this store."""
        # Not remembered: the file may be removed or exchanged.
        statement = "SELECT listed_at FROM quantum_accounts WHERE service = ? AND account = ?"
        return bool(self.database.rows(statement, self._account.service, self._account.digest))

    def note_keys(self, job_ids: Mapping[str, str | None]) -> None:
        """Note the ids of jobs that were made without this store, by key, and that these are all; None for a key that
        may have made a job."""

        def action(transaction: Transaction) -> None:
            # In one order, so that no two transactions wait for each other.
            for key, job_id in sorted(job_ids.items()):
                self._note(transaction, key, job_id)
            transaction.run(
                "INSERT INTO quantum_accounts (service, account, listed_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                self._account.service,
                self._account.digest,
                now(),
            )

        self.database.write(action, durable=True)

    def _note(self, transaction: Transaction, key: str, job_id: str | None) -> None:
        transaction.run(
            "INSERT INTO quantum_keys (service, account, idempotency_key, base_url, job_id) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (service, account, idempotency_key) DO UPDATE SET job_id = excluded.job_id "
            "WHERE quantum_keys.job_id IS NULL",
            *self._key(key),
            self._account.base_url,
            job_id,
        )

    def forget(self, key: str) -> None:
        """The job that stood in a listing with this key is not there any more."""
        self.database.write(
            lambda transaction: transaction.run(f"DELETE FROM quantum_keys WHERE {_OF_KEY}", *self._key(key))
        )

    # Jobs, their results and costs.

    def final_record(self, job_id: str) -> JobRecord | None:
        """The record of a job that is over; None for others."""
        found = self.database.read(lambda transaction: read_record(transaction, self._account, job_id))
        return found if found is not None and found.status.is_final else None

    def save(self, records: Sequence[JobRecord]) -> None:
        """Keep what the service says of jobs now."""

        def action(transaction: Transaction) -> None:
            # In one order, so that no two transactions wait for each other.
            for record in sorted(records, key=lambda record: record.id):
                write_record(transaction, self._account, record)

        self.database.write(action)

    def gone(self, job_ids: Sequence[str], *, deleted: bool) -> None:
        """Keep that jobs were ``deleted``, or were not found."""

        def action(transaction: Transaction) -> None:
            for job_id in job_ids:
                write_gone(transaction, self._account, job_id, deleted=deleted)

        self.database.write(action)

    def save_cost(self, job_id: str, cost: Cost) -> None:
        """Keep what a job has cost; nothing for a job that the store does not have."""
        values = cost_columns(cost)

        def action(transaction: Transaction) -> None:
            transaction.run(
                f"UPDATE quantum_jobs SET {', '.join(f'{name} = ?' for name in values)} WHERE {OF_JOB}",
                *values.values(),
                *self._account.of_job(job_id),
            )

        self.database.write(action)

    def results(self, job_id: str, memory: bool, aggregation: str | None) -> list[Result] | None:
        """The results of a job as they were fetched; None where they were not."""
        return read_results(self.database, self._account.of_job(job_id), memory, aggregation)

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
                "INSERT INTO quantum_results (job, memory, aggregation, results) "
                f"SELECT id, ?, ?, ? FROM quantum_jobs WHERE {OF_JOB} "
                "ON CONFLICT (job, memory, aggregation) DO UPDATE SET results = excluded.results",
                int(memory),
                aggregation or "",
                text,
                *self._account.of_job(record.id),
            )

        self.database.write(action)

    def _key(self, key: str) -> tuple[str, str, str]:
        return self._account.service, self._account.digest, key


@lru_cache(maxsize=16)
def _versions(libraries: tuple[str, ...]) -> str:
    versions = {"quantum-jobs": __version__, "python": platform.python_version()}
    for name in libraries:
        try:
            versions[_LIBRARIES[name]] = metadata.version(_LIBRARIES[name])
        except metadata.PackageNotFoundError:
            continue
    return json.dumps(versions)
