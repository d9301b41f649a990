"""The columns of a table of jobs, the same for every command that shows jobs."""

from __future__ import annotations

import json

from quantum_jobs.cli.output import duration, iso, moment, seconds
from quantum_jobs.cli.tables import Column
from quantum_jobs.model import Cost, JobRecord, JobStatus

#: Colours of a terminal's own palette, which its user has chosen to be readable.
STYLES = {
    JobStatus.INITIALIZING: "cyan",
    JobStatus.QUEUED: "cyan",
    JobStatus.RUNNING: "blue",
    JobStatus.CANCELLING: "yellow",
    JobStatus.ON_HOLD: "yellow",
    JobStatus.COMPLETED: "green",
    JobStatus.FAILED: "red",
    JobStatus.CANCELLED: "yellow",
    JobStatus.UNKNOWN: "magenta",
}


def money(cost: Cost | None) -> str:
    """An amount with its currency: ``1.25 USD``."""
    return "" if cost is None else f"{cost.amount:f} {cost.currency}"


def tags(record: JobRecord) -> str:
    """Tags as they are given to ``--tag``."""
    told = record.tags.items()
    return " ".join(
        f"{name}={value}" if isinstance(value, str) else f"{name}:={json.dumps(value)}" for name, value in told
    )


def _status_style(record: JobRecord) -> str:
    return STYLES[record.status]


def _starts_in(record: JobRecord) -> str:
    return "" if record.started_at or record.status.is_final else duration(record.predicted_wait)


#: In a pipe all of them stand in this order.
JOB: tuple[Column[JobRecord], ...] = (
    Column("job", lambda record: record.ref),
    Column("status", lambda record: record.status, style=_status_style),
    Column("name", lambda record: record.name, rank=1, most=24),
    Column("device", lambda record: record.device, rank=3, most=32),
    Column("shots", lambda record: record.shots, rank=6, right=True),
    Column("queue", lambda record: record.queue_position, rank=2, right=True),
    Column("starts in", _starts_in, lambda record: seconds(record.predicted_wait), rank=2, right=True),
    Column("created", lambda record: moment(record.created_at), lambda record: iso(record.created_at), rank=4),
    Column("cost", lambda record: money(record.cost), rank=5, right=True),
    Column("tags", tags, rank=7, most=40),
)
