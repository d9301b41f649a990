"""Jobs and submissions out of a store, a page at a time: no transaction stays open while a caller works with them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from quantum_jobs.arguments import JobFilter
from quantum_jobs.store.account import moment
from quantum_jobs.store.database import Database
from quantum_jobs.store.records import JOB_COLUMNS, SUBMISSION_COLUMNS, StoredJob, StoredSubmission

#: Rows that are read at a time.
PAGE = 200
#: Above the number of every row.
_ABOVE_ALL = 2**62


def jobs(database: Database, wanted: JobFilter, service: str | None, limit: int | None) -> Iterator[StoredJob]:
    """The jobs that ``wanted`` takes, of one service or all, at most so many; those last written down first."""
    conditions = {
        "j.service = ?": service,
        "j.status = ?": None if wanted.status is None else wanted.status.value,
        "j.device = ?": wanted.device,
        "j.name = ?": wanted.name,
        "j.created_at >= ?": None if wanted.created_after is None else moment(wanted.created_after),
        "j.created_at < ?": None if wanted.created_before is None else moment(wanted.created_before),
    }
    rows = _rows(database, f"{JOB_COLUMNS} FROM quantum_jobs AS j", "j.id", conditions)
    found = (StoredJob._of(database, row) for row in rows)
    return islice((job for job in found if _has_tags(job.record.tags, wanted.tags)), limit)


def submissions(database: Database, service: str | None, state: str | None) -> Iterator[StoredSubmission]:
    """The submissions of one service and in one state, or all; the last first."""
    conditions = {"s.service = ?": service, "s.state = ?": state}
    rows = _rows(database, f"s.id, {SUBMISSION_COLUMNS} FROM quantum_submissions AS s", "s.id", conditions)
    return (StoredSubmission._of(row[1:]) for row in rows)


def _rows(database: Database, selected: str, number: str, conditions: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    """The rows that fulfil all conditions whose value is not None, those with the highest number, which is the first
    column, first."""
    given = {condition: value for condition, value in conditions.items() if value is not None}
    where = " AND ".join([f"{number} < ?", *given])
    statement = f"SELECT {selected} WHERE {where} ORDER BY {number} DESC LIMIT {PAGE}"
    last = _ABOVE_ALL
    while True:
        page = database.rows(statement, last, *given.values())
        yield from page
        if len(page) < PAGE:
            return
        last = page[-1][0]


def _has_tags(tags: Mapping[str, Any], wanted: Mapping[str, str | int | float | bool]) -> bool:
    # IonQ keeps every value as text.
    return all(name in tags and tags[name] in (value, str(value), json.dumps(value)) for name, value in wanted.items())
