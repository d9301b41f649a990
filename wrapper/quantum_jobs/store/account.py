"""Whose rows are read and written, and how records are.

An account is a service, a base URL and an API key, of which the store has a digest. Jobs belong to the service at that
address, so they are the same for another key of the same account.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, overload

import attrs

from quantum_jobs.model import Cost, JobRecord, JobStatus
from quantum_jobs.store.database import Transaction

#: Which rows are a job's.
OF_JOB = "service = ? AND base_url = ? AND job_id = ?"
#: Statuses of jobs that are over, as a list of SQL.
_FINAL = ", ".join(f"'{status}'" for status in JobStatus if status.is_final)
#: What stands in place of a status for jobs that were deleted before they were over, or are not found any more.
DELETED, NOT_FOUND = "DELETED", "NOT_FOUND"
#: How long after it was made a job that is not found may still turn up.
SHOWN_WITHIN = timedelta(minutes=10)


@attrs.frozen
class Account:
    """Whose rows are read and written. ``redact`` takes the API key out of what is written."""

    service: str
    base_url: str
    digest: str
    redact: Callable[[bytes], bytes]

    @classmethod
    def of(cls, identity: Sequence[str], redact: Callable[[bytes], bytes]) -> Account:
        """The account of a service's name, a base URL and an API key's digest."""
        service, base_url, _ = identity
        return cls(service, base_url, digest_of(identity), redact)

    def of_job(self, job_id: str) -> tuple[str, str, str]:
        """The values of ``OF_JOB`` for one of its jobs."""
        return self.service, self.base_url, job_id

    def json(self, value: Any) -> str:
        """A value as JSON text."""
        return self.text(json.dumps(value, separators=(",", ":")))

    @overload
    def text(self, text: str) -> str: ...
    @overload
    def text(self, text: None) -> None: ...
    def text(self, text: str | None) -> str | None:
        """A text without the key that it may repeat."""
        if text is None:
            return None
        return self.redact(text.encode(errors="replace")).decode(errors="replace")


def digest_of(identity: Sequence[str]) -> str:
    """What stands for a service's name, a base URL and an API key's digest in the database."""
    return hashlib.sha256("\n".join(identity).encode()).hexdigest()[:32]


def now() -> str:
    """This moment as the store writes it."""
    return moment(datetime.now(UTC))


def moment(when: datetime) -> str:
    """A moment as the store writes it: as text that sorts."""
    return when.astimezone(UTC).isoformat(timespec="microseconds")


def read_record(transaction: Transaction, account: Account, job_id: str) -> JobRecord | None:
    """The record of a job."""
    row = transaction.row(f"SELECT record FROM quantum_jobs WHERE {OF_JOB}", *account.of_job(job_id))
    return None if row is None else JobRecord.from_dict(json.loads(row[0]))


def write_record(transaction: Transaction, account: Account, record: JobRecord, **more: str | None) -> None:
    """Write the record of a job over an earlier one. That of a job that is over, or deleted, stays: what says otherwise
    was read before its end, by another process say."""
    values: dict[str, Any] = {
        "status": record.status.value,
        "device": account.text(record.device),
        "name": account.text(record.name),
        "record": account.json(record.to_dict()),
        **more,
        **({} if record.cost is None else cost_columns(record.cost)),
    }
    if record.created_at is not None:
        values["created_at"] = moment(record.created_at)
    given = {
        "service": account.service,
        "base_url": account.base_url,
        "job_id": record.id,
        "created_at": now(),
        **values,
    }
    transaction.run(
        f"INSERT INTO quantum_jobs ({', '.join(given)}) VALUES ({', '.join('?' * len(given))}) "
        "ON CONFLICT (service, base_url, job_id) DO UPDATE SET "
        + ", ".join(f"{name} = excluded.{name}" for name in values)
        + f" WHERE quantum_jobs.status NOT IN ({_FINAL}, '{DELETED}') OR excluded.status IN ({_FINAL})",
        *given.values(),
    )


def write_gone(transaction: Transaction, account: Account, job_id: str, *, deleted: bool) -> None:
    """Write that a job was ``deleted``, or was not found: that is certain of one that was submitted with this key,
    unless the service may not show it yet."""
    statement = f"UPDATE quantum_jobs SET status = ? WHERE {OF_JOB} AND status NOT IN ({_FINAL}, '{DELETED}')"
    whose = account.of_job(job_id)
    if deleted:
        transaction.run(statement, DELETED, *whose)
        return
    ours = "SELECT job_id FROM quantum_submissions WHERE service = ? AND account = ? AND ended_at < ?"
    shown = moment(datetime.now(UTC) - SHOWN_WITHIN)
    transaction.run(f"{statement} AND job_id IN ({ours})", NOT_FOUND, *whose, account.service, account.digest, shown)


def cost_columns(cost: Cost) -> dict[str, str | None]:
    """A cost as the store writes it."""
    usd = None if cost.usd is None else str(cost.usd)
    return {"cost_amount": str(cost.amount), "cost_currency": cost.currency, "cost_usd": usd}
