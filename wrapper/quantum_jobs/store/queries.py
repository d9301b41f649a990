"""Jobs and submissions out of a store, a page at a time: no transaction stays open while a caller works with them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from quantum_jobs.arguments import JobFilter
from quantum_jobs.store.account import moment
from quantum_jobs.store.database import Database
from quantum_jobs.store.records import JOB_COLUMNS, SUBMISSION_COLUMNS, StoredSubmission

#: Rows that are read at a time.
PAGE = 200
#: Above the number of every row.
_ABOVE_ALL = 2**62


@attrs.frozen(kw_only=True)
class JobQuery:
    """Which jobs: those that ``wanted`` takes, of one service or all, at most so many."""

    wanted: JobFilter
    service: str | None
    limit: int | None

    def rows(self, database: Database) -> Iterator[tuple[Any, ...]]:
        """The columns of each job, those last written down first."""
        wanted = self.wanted
        conditions = {
            "j.service = ?": self.service,
            "j.status = ?": None if wanted.status is None else wanted.status.value,
            "j.device = ?": wanted.device,
            "j.name = ?": wanted.name,
            "j.created_at >= ?": None if wanted.created_after is None else moment(wanted.created_after),
            "j.created_at < ?": None if wanted.created_before is None else moment(wanted.created_before),
        }
        found = _rows(database, f"{JOB_COLUMNS}, j.tags FROM quantum_jobs AS j", "j.id", conditions)
        left = self.limit
        while left is None or left > 0:
            row = next(found, None)
            if row is None:
                return
            if wanted.tags and not _has_tags(json.loads(row[-1]), wanted.tags):
                continue
            yield row[:-1]
            if left is not None:
                left -= 1


@attrs.frozen
class SubmissionQuery:
    """Which submissions: of one service and in one state, or all."""

    service: str | None
    state: str | None

    def submissions(self, database: Database) -> Iterator[StoredSubmission]:
        """Each of them, the last first."""
        conditions = {"s.service = ?": self.service, "s.state = ?": self.state}
        for row in _rows(database, f"s.id, {SUBMISSION_COLUMNS} FROM quantum_submissions AS s", "s.id", conditions):
            yield StoredSubmission._of(row[1:])


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
