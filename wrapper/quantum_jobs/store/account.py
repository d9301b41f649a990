"""What one account's client keeps in a store: claims of idempotency keys, the jobs made with them, their results.

An account is a service, a base URL and an API key; the store knows it by a digest. All methods block.
"""

from __future__ import annotations

import hashlib
import json
import platform
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from importlib import metadata
from typing import Any, Literal, TypeVar

import attrs

from quantum_jobs.model import Cost, JobRecord, Result
from quantum_jobs.services.base import Submission
from quantum_jobs.store import owners
from quantum_jobs.store.database import Database, Transaction
from quantum_jobs.version import __version__

T = TypeVar("T")

#: Seconds for which a claim holds before anything is sent. After that another process may take it over, and then this
#: one may not send.
CLAIMED_FOR = 30.0
#: Seconds that a claim outlives the longest time that its request can take.
MARGIN = 15.0
#: Packages that make programs: the versions of those that are loaded are written down.
_LIBRARIES = ("qiskit", "cirq", "pennylane", "pytket", "braket", "pyqasm", "openqasm3")

_DISTRIBUTIONS = {"cirq": "cirq-core", "braket": "amazon-braket-sdk"}


@attrs.frozen
class Claim:
    """What a store says of an idempotency key.

    Attributes:
        state: ``"fresh"``: it is ours, and nobody has sent anything with it; ``"in_doubt"``: it is ours, and somebody
            may have sent something; ``"known"``: it has made a job; ``"busy"``: somebody else is submitting with it.
        owner: the name of the one submission that may send with it.
        record: the job of a known one, where the store has its record.
        job_id: its id.
        digest: the digest of the submission that was written down with the key before.
    """

    state: Literal["fresh", "in_doubt", "known", "busy"]
    owner: str
    record: JobRecord | None = None
    job_id: str | None = None
    digest: str | None = None


class AccountStore:
    """The part of a store that belongs to one account. ``redact`` takes the API key out of what is written."""

    def __init__(self, database: Database, service: str, account: Sequence[str], redact: Callable[[bytes], bytes]):
        self._database = database
        self._service = service
        self._account = hashlib.sha256("\n".join(account).encode()).hexdigest()[:32]
        self._redact = redact
        self._is_listed = False

    @property
    def name(self) -> str:
        """What errors call the store."""
        return self._database.name

    # Submitting.

    def claim(self, submission: Submission) -> Claim:
        """Claim the submission's key, or learn who has it."""
        owner = owners.new_owner()
        content = self._content(submission)
        programs = self._json([each.to_dict() for each in submission.programs])
        key = submission.idempotency_key

        def action(transaction: Transaction) -> Claim:
            found = self._submission(transaction, key)
            if found is None:
                listed = transaction.row(
                    "SELECT job_id FROM quantum_keys WHERE service = ? AND account = ? AND idempotency_key = ?",
                    *self._of(key),
                )
                if listed is not None:
                    return self._known(transaction, owner, listed[0], None)
                transaction.run(
                    "INSERT INTO quantum_programs (digest, programs) VALUES (?, ?) ON CONFLICT DO NOTHING",
                    content["program_digest"],
                    programs,
                )
                values = {
                    "service": self._service,
                    "account": self._account,
                    "idempotency_key": key,
                    "state": "claimed",
                    "owner": owner,
                    "lease_until": transaction.now() + CLAIMED_FOR,
                    "claimed_at": _now(),
                    **content,
                }
                if transaction.run(
                    f"INSERT INTO quantum_submissions ({', '.join(values)}) VALUES ({', '.join('?' * len(values))}) "
                    "ON CONFLICT DO NOTHING",
                    *values.values(),
                ):
                    return Claim("fresh", owner)
                found = self._submission(transaction, key)
                assert found is not None
            return self._claim_anew(transaction, found, owner)

        return self._database.write(action)

    def _submission(self, transaction: Transaction, key: str) -> tuple[Any, ...] | None:
        return transaction.row(
            "SELECT id, state, owner, lease_until, job_id, digest FROM quantum_submissions "
            f"WHERE service = ? AND account = ? AND idempotency_key = ?{transaction.for_update}",
            *self._of(key),
        )

    def _claim_anew(self, transaction: Transaction, found: tuple[Any, ...], owner: str) -> Claim:
        row, state, holder, lease_until, job_id, digest = found
        if state == "known":
            return self._known(transaction, owner, job_id, digest)
        is_free = state in {"refused", "uncertain"} or holder == owner or lease_until < transaction.now()
        # One of this process is over, as its submissions with one key take turns; one that was killed is so, too.
        if not (is_free or owners.is_of_this_process(holder) or owners.is_dead(holder)):
            return Claim("busy", owner, digest=digest)
        in_doubt = state in {"sent", "uncertain"}
        transaction.run(
            "UPDATE quantum_submissions SET owner = ?, lease_until = ?, state = ? WHERE id = ?",
            owner,
            transaction.now() + CLAIMED_FOR,
            "sent" if in_doubt else "claimed",
            row,
        )
        return Claim("in_doubt" if in_doubt else "fresh", owner, digest=digest)

    def _known(self, transaction: Transaction, owner: str, job_id: str, digest: str | None) -> Claim:
        row = transaction.row(
            "SELECT record FROM quantum_jobs WHERE service = ? AND account = ? AND job_id = ?", *self._of(job_id)
        )
        record = None if row is None else JobRecord.from_dict(json.loads(row[0]))
        return Claim("known", owner, record, job_id, digest)

    def may_send(self, submission: Submission, claim: Claim, seconds: float) -> bool:
        """Write down that the submission is sent now, and may take so many seconds. False where the claim was lost to
        another process meanwhile: then nothing may be sent."""
        content = self._content(submission)
        programs = self._json([each.to_dict() for each in submission.programs])

        def action(transaction: Transaction) -> bool:
            if claim.digest is not None:  # the key was claimed before, perhaps for something else
                transaction.run(
                    "INSERT INTO quantum_programs (digest, programs) VALUES (?, ?) ON CONFLICT DO NOTHING",
                    content["program_digest"],
                    programs,
                )
            values = {
                "state": "sent",
                "sent_at": _now(),
                "lease_until": transaction.now() + seconds + MARGIN,
                "error": None,
                **({} if claim.digest is None else content),
            }
            return self._change(transaction, submission.idempotency_key, claim, values)

        # Forgotten in a power failure, the key would be sent a second time without a look.
        return self._database.write(action, durable=True)

    def made(self, key: str, record: JobRecord, digest: str) -> None:
        """Write down the job that a submission has made, or was found to have made."""

        def action(transaction: Transaction) -> None:
            self._save(transaction, record)
            # Whoever has the claim by now: the job is there.
            transaction.run(
                "UPDATE quantum_submissions SET state = 'known', job_id = ?, digest = ?, error = NULL, ended_at = ? "
                "WHERE service = ? AND account = ? AND idempotency_key = ? AND state <> 'known'",
                record.id,
                digest,
                _now(),
                *self._of(key),
            )

        self._database.write(action)

    def ended(self, key: str, claim: Claim, error: str, in_doubt: bool) -> None:
        """Write down that a submission has ended with an error; ``in_doubt`` says that it may have made a job."""
        values = {"state": "uncertain" if in_doubt else "refused", "error": self._text(error), "ended_at": _now()}
        self._database.write(lambda transaction: self._change(transaction, key, claim, values))

    def _change(self, transaction: Transaction, key: str, claim: Claim, values: Mapping[str, Any]) -> bool:
        """Change a submission that is still this claim's."""
        changed = transaction.run(
            f"UPDATE quantum_submissions SET {', '.join(f'{name} = ?' for name in values)} "
            "WHERE service = ? AND account = ? AND idempotency_key = ? AND owner = ? AND state <> 'known'",
            *values.values(),
            *self._of(key),
            claim.owner,
        )
        return changed > 0

    def is_listed(self) -> bool:
        """Whether the account's jobs were looked through for keys, once for this store."""
        if not self._is_listed:
            statement = "SELECT listed_at FROM quantum_accounts WHERE service = ? AND account = ?"
            found = self._database.read(lambda transaction: transaction.row(statement, self._service, self._account))
            self._is_listed = found is not None
        return self._is_listed

    def note_keys(self, job_ids: Mapping[str, str]) -> None:
        """Note the ids of jobs that were made without this store, by key, and that this was all of them."""

        def action(transaction: Transaction) -> None:
            for key, job_id in job_ids.items():
                transaction.run(
                    "INSERT INTO quantum_keys (service, account, idempotency_key, job_id) VALUES (?, ?, ?, ?) "
                    "ON CONFLICT DO NOTHING",
                    *self._of(key),
                    job_id,
                )
            transaction.run(
                "INSERT INTO quantum_accounts (service, account, listed_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                self._service,
                self._account,
                _now(),
            )

        self._database.write(action)
        self._is_listed = True

    def forget(self, key: str) -> None:
        """The job that stood in a listing with this key is not there any more."""
        statement = "DELETE FROM quantum_keys WHERE service = ? AND account = ? AND idempotency_key = ?"
        self._database.write(lambda transaction: transaction.run(statement, *self._of(key)))

    # Jobs and results.

    def save(self, records: Iterable[JobRecord]) -> None:
        """Keep what the service says of jobs now."""
        kept = list(records)

        def action(transaction: Transaction) -> None:
            for record in kept:
                self._save(transaction, record)

        if kept:
            self._database.write(action)

    def _save(self, transaction: Transaction, record: JobRecord) -> None:
        cost = record.cost
        values = {
            "status": record.status.value,
            "device": record.device,
            "name": record.name,
            "tags": self._json(record.tags),
            "created_at": _time(record.created_at) or _now(),
            "idempotency_key": record.idempotency_key,
            "record": self._json(record.to_dict()),
            "updated_at": _now(),
            **({} if cost is None else self._cost(cost)),
        }
        found = transaction.row(
            f"SELECT id FROM quantum_jobs WHERE service = ? AND account = ? AND job_id = ?{transaction.for_update}",
            *self._of(record.id),
        )
        if found is None:
            given = {"service": self._service, "account": self._account, "job_id": record.id, **values}
            transaction.run(
                f"INSERT INTO quantum_jobs ({', '.join(given)}) VALUES ({', '.join('?' * len(given))}) "
                "ON CONFLICT DO NOTHING",
                *given.values(),
            )
        else:
            transaction.run(
                f"UPDATE quantum_jobs SET {', '.join(f'{name} = ?' for name in values)} WHERE id = ?",
                *values.values(),
                found[0],
            )

    def _cost(self, cost: Cost) -> dict[str, str | None]:
        return {
            "cost_amount": str(cost.amount),
            "cost_currency": cost.currency,
            "cost_usd": None if cost.usd is None else str(cost.usd),
        }

    def save_cost(self, job_id: str, cost: Cost) -> None:
        """Keep what a job has cost; nothing for a job that the store does not have."""
        values = self._cost(cost)

        def action(transaction: Transaction) -> None:
            transaction.run(
                f"UPDATE quantum_jobs SET {', '.join(f'{name} = ?' for name in values)} "
                "WHERE service = ? AND account = ? AND job_id = ?",
                *values.values(),
                *self._of(job_id),
            )

        self._database.write(action)

    def record(self, job_id: str) -> JobRecord | None:
        """What the store has of a job."""
        return self._database.read(lambda transaction: self._known(transaction, "", job_id, None)).record

    def results(self, job_id: str, memory: bool, aggregation: str | None) -> list[Result] | None:
        """The results of a job as they were fetched; None where they were not."""

        def action(transaction: Transaction) -> tuple[Any, ...] | None:
            return transaction.row(
                "SELECT results FROM quantum_results JOIN quantum_jobs ON quantum_jobs.id = job "
                "WHERE service = ? AND account = ? AND job_id = ? AND memory = ? AND aggregation = ?",
                *self._of(job_id),
                int(memory),
                aggregation or "",
            )

        row = self._database.read(action)
        return None if row is None else [Result.from_dict(each) for each in json.loads(row[0])]

    def save_results(self, record: JobRecord, results: Sequence[Result], memory: bool, aggregation: str | None) -> None:
        """Keep the results of a job, and its record."""
        text = self._json([each.to_dict() for each in results])

        def action(transaction: Transaction) -> None:
            self._save(transaction, record)
            (job,) = transaction.row(
                "SELECT id FROM quantum_jobs WHERE service = ? AND account = ? AND job_id = ?", *self._of(record.id)
            ) or (None,)
            transaction.run(
                "INSERT INTO quantum_results (job, memory, aggregation, results, fetched_at) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT (job, memory, aggregation) DO UPDATE SET results = excluded.results",
                job,
                int(memory),
                aggregation or "",
                text,
                _now(),
            )

        self._database.write(action)

    # What is written.

    def _of(self, last: str) -> tuple[str, str, str]:
        return self._service, self._account, last

    def _content(self, submission: Submission) -> dict[str, Any]:
        programs = self._json([each.to_dict() for each in submission.programs])
        return {
            "digest": submission.digest,
            "device": submission.device,
            "shots": submission.shots,
            "name": submission.name,
            "tags": self._json(submission.tags),
            "options": self._json(submission.options),
            "program_digest": hashlib.sha256(programs.encode()).hexdigest(),
            "versions": _versions(),
        }

    def _json(self, value: Any) -> str:
        return self._text(json.dumps(value, separators=(",", ":")))

    def _text(self, text: str) -> str:
        return self._redact(text.encode(errors="replace")).decode(errors="replace")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).isoformat(timespec="microseconds")


def _versions() -> str:
    loaded = tuple(name for name in _LIBRARIES if name in sys.modules)
    return _versions_of(loaded)


@lru_cache(maxsize=16)
def _versions_of(libraries: tuple[str, ...]) -> str:
    versions = {"quantum-jobs": __version__, "python": platform.python_version()}
    for name in libraries:
        distribution = _DISTRIBUTIONS.get(name, name)
        try:
            versions[distribution] = metadata.version(distribution)
        except metadata.PackageNotFoundError:
            continue
    return json.dumps(versions)
