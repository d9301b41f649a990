"""Claims of idempotency keys: a submission is written down before it is sent, so that one key makes one job, whichever
processes use it and whenever they are killed.

A submission is ``claimed``, then ``sent`` right before its POST, then ``known`` with its job, ``uncertain``, or
``refused``. Only the owner of a claim may send, and only as long as nobody has taken the claim over. A claim is taken
over when its process is gone, or when it has held it for longer than its request can take. What was claimed and not
sent is free; what was sent is looked for at the service before anything is sent again.
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

from quantum_jobs.model import JobRecord
from quantum_jobs.services.base import Submission
from quantum_jobs.store import owners
from quantum_jobs.store.account import Account, now, read_record, write_record
from quantum_jobs.store.database import Database, Transaction
from quantum_jobs.store.records import OF_JOBS
from quantum_jobs.version import __version__

#: Seconds for which a claim holds before anything is sent.
CLAIMED_FOR = 30.0
#: Seconds by which a claim outlives the longest time that its request can take.
MARGIN = 15.0
#: Keys that are asked for in one statement.
KEYS = 200
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
        state: ``"fresh"``: it is ours, and nothing was sent with it; ``"in_doubt"``: it is ours, and something may have
            been sent; ``"known"``: it has made a job; ``"busy"``: somebody else is submitting with it.
        owner: the name of the one submission that may send with it.
        job_id: the job of a known one.
        record: its record, where the store has it.
        is_new: whether the key stands in the store with what is submitted now; else with what was submitted before.
    """

    state: Literal["fresh", "in_doubt", "known", "busy"]
    owner: str
    job_id: str | None = None
    record: JobRecord | None = None
    is_new: bool = False


class Claims:
    """The claims of one account."""

    def __init__(self, database: Database, account: Account) -> None:
        self._database = database
        self._account = account
        self._is_listed = False

    def claim(self, submission: Submission) -> Claim:
        """Claim the submission's key, or learn who has it."""
        owner = owners.new_owner()
        key = submission.idempotency_key
        content = _Content.of(submission, self._account)

        def action(transaction: Transaction) -> Claim:
            found = self._find(transaction, key)
            if found is not None:
                return self._claim_again(transaction, found, owner)
            listed = transaction.row(f"SELECT job_id FROM quantum_keys WHERE {_OF_KEY}", *self._key(key))
            if listed is not None:
                return self._known(transaction, owner, listed[0])
            content.keep_programs(transaction)
            values = {
                "service": self._account.service,
                "base_url": self._account.base_url,
                "account": self._account.digest,
                "idempotency_key": key,
                "state": "claimed",
                "owner": owner,
                "lease_until": transaction.now() + CLAIMED_FOR,
                "claimed_at": now(),
                **content.values,
            }
            is_ours = transaction.run(
                f"INSERT INTO quantum_submissions ({', '.join(values)}) VALUES ({', '.join('?' * len(values))}) "
                "ON CONFLICT DO NOTHING",
                *values.values(),
            )
            if is_ours:
                return Claim("fresh", owner, is_new=True)
            found = self._find(transaction, key)
            assert found is not None, "somebody else was faster"
            return self._claim_again(transaction, found, owner)

        return self._database.write(action)

    def _find(self, transaction: Transaction, key: str) -> tuple[Any, ...] | None:
        return transaction.row(
            f"SELECT id, state, owner, lease_until, job_id FROM quantum_submissions WHERE {_OF_KEY}"
            + transaction.for_update,
            *self._key(key),
        )

    def _claim_again(self, transaction: Transaction, found: tuple[Any, ...], owner: str) -> Claim:
        row, state, holder, lease_until, job_id = found
        if state == "known":
            return self._known(transaction, owner, job_id)
        moment = transaction.now()
        is_over = state in {"refused", "uncertain"} or lease_until < moment
        # Submissions of one process with one key take turns: an earlier one of this process is over. So is one that was
        # claimed here before the connection to the database was lost.
        if not (is_over or owners.is_of_this_process(holder) or owners.is_dead(holder)):
            return Claim("busy", owner)
        in_doubt = state in {"sent", "uncertain"}
        transaction.run(
            "UPDATE quantum_submissions SET owner = ?, lease_until = ?, state = ? WHERE id = ?",
            owner,
            moment + CLAIMED_FOR,
            "sent" if in_doubt else "claimed",
            row,
        )
        return Claim("in_doubt" if in_doubt else "fresh", owner)

    def _known(self, transaction: Transaction, owner: str, job_id: str) -> Claim:
        return Claim("known", owner, job_id, read_record(transaction, self._account, job_id))

    def may_send(self, submission: Submission, claim: Claim, seconds: float) -> bool:
        """Write down that the submission is sent now, which may take so many seconds. False where the claim was taken
        over by another process meanwhile: then nothing may be sent."""
        content = None if claim.is_new else _Content.of(submission, self._account)

        def action(transaction: Transaction) -> bool:
            if content is not None:
                content.keep_programs(transaction)
            values = {
                "state": "sent",
                "sent_at": now(),
                "lease_until": transaction.now() + seconds + MARGIN,
                "error": None,
                "ended_at": None,
                **({} if content is None else content.values),
            }
            return self._change(transaction, submission.idempotency_key, claim, values)

        # Forgotten in a power failure, the key would be sent a second time without a look.
        return self._database.write(action, durable=True)

    def made(self, submission: Submission, record: JobRecord) -> None:
        """Write down the job that a submission has made, or was found to have made."""

        def action(transaction: Transaction) -> None:
            write_record(transaction, self._account, record)
            # Whoever has the claim by now: the job is there.
            transaction.run(
                "UPDATE quantum_submissions SET state = 'known', job_id = ?, digest = ?, error = NULL, ended_at = ? "
                f"WHERE {_OF_KEY} AND state <> 'known'",
                record.id,
                record.submission_digest or submission.digest,
                now(),
                *self._key(submission.idempotency_key),
            )

        self._database.write(action)

    def ended(self, submission: Submission, claim: Claim, error: str, in_doubt: bool) -> None:
        """Write down that a submission has ended with an error; ``in_doubt`` says that it may have made a job."""
        values = {
            "state": "uncertain" if in_doubt else "refused",
            "error": self._account.text(error),
            "ended_at": now(),
        }
        self._database.write(lambda transaction: self._change(transaction, submission.idempotency_key, claim, values))

    def _change(self, transaction: Transaction, key: str, claim: Claim, values: Mapping[str, Any]) -> bool:
        """Change a submission that is still this claim's."""
        changed = transaction.run(
            f"UPDATE quantum_submissions SET {', '.join(f'{name} = ?' for name in values)} "
            f"WHERE {_OF_KEY} AND owner = ? AND state <> 'known'",
            *values.values(),
            *self._key(key),
            claim.owner,
        )
        return changed > 0

    def known(self, keys: Sequence[str]) -> dict[str, JobRecord]:
        """The records of the jobs that were made with these keys, by key: of those that the store has."""
        found: dict[str, JobRecord] = {}
        for start in range(0, len(keys), KEYS):
            some = keys[start : start + KEYS]
            rows = self._database.rows(
                f"SELECT s.idempotency_key, j.record FROM {OF_JOBS} "
                f"WHERE s.service = ? AND s.account = ? AND s.idempotency_key IN ({', '.join('?' * len(some))})",
                self._account.service,
                self._account.digest,
                *some,
            )
            found.update((key, JobRecord.from_dict(json.loads(record))) for key, record in rows)
        return found

    # Jobs that were made without this store.

    def is_listed(self) -> bool:
        """Whether the account's jobs were looked through for keys, once for this store."""
        if not self._is_listed:
            statement = "SELECT listed_at FROM quantum_accounts WHERE service = ? AND account = ?"
            self._is_listed = bool(self._database.rows(statement, self._account.service, self._account.digest))
        return self._is_listed

    def note_keys(self, job_ids: Mapping[str, str]) -> None:
        """Note the ids of jobs that were made without this store, by key, and that these are all."""

        def action(transaction: Transaction) -> None:
            for key, job_id in job_ids.items():
                transaction.run(
                    "INSERT INTO quantum_keys (service, account, idempotency_key, job_id) VALUES (?, ?, ?, ?) "
                    "ON CONFLICT DO NOTHING",
                    *self._key(key),
                    job_id,
                )
            transaction.run(
                "INSERT INTO quantum_accounts (service, account, listed_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                self._account.service,
                self._account.digest,
                now(),
            )

        self._database.write(action, durable=True)
        self._is_listed = True

    def forget(self, key: str) -> None:
        """The job that stood in a listing with this key is not there any more."""
        self._database.write(
            lambda transaction: transaction.run(f"DELETE FROM quantum_keys WHERE {_OF_KEY}", *self._key(key))
        )

    def _key(self, key: str) -> tuple[str, str, str]:
        return self._account.service, self._account.digest, key


@attrs.frozen
class _Content:
    """What is submitted, as the store writes it."""

    values: Mapping[str, Any]
    programs: str

    @classmethod
    def of(cls, submission: Submission, account: Account) -> _Content:
        programs = account.json([each.to_dict() for each in submission.programs])
        values = {
            "digest": submission.digest,
            "device": account.text(submission.device),
            "shots": submission.shots,
            "name": account.text(submission.name),
            "tags": account.json(submission.tags),
            "options": account.json(submission.options),
            "program_digest": hashlib.sha256(programs.encode()).hexdigest(),
            "versions": _versions(tuple(name for name in _LIBRARIES if name in sys.modules)),
        }
        return cls(values, programs)

    def keep_programs(self, transaction: Transaction) -> None:
        transaction.run(
            "INSERT INTO quantum_programs (digest, programs) VALUES (?, ?) ON CONFLICT DO NOTHING",
            self.values["program_digest"],
            self.programs,
        )


@lru_cache(maxsize=16)
def _versions(libraries: tuple[str, ...]) -> str:
    versions = {"quantum-jobs": __version__, "python": platform.python_version()}
    for name in libraries:
        try:
            versions[_LIBRARIES[name]] = metadata.version(_LIBRARIES[name])
        except metadata.PackageNotFoundError:
            continue
    return json.dumps(versions)
