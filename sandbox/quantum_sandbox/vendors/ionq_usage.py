"""IonQ's usage report of an organization, by day, week or month."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import attrs

from quantum_sandbox.accounts import Account
from quantum_sandbox.jobs import Job, JobState

_UNIT = "USD"
_MAX_GROUPS = 5
GROUPS: Sequence[str] = ("job", "project", "user")


def _first_of_week(day: date) -> date:
    return day - timedelta(days=day.weekday())


PERIODS: Mapping[str, Callable[[date], date]] = {
    "daily": lambda day: day,
    "weekly": _first_of_week,
    "monthly": lambda day: day.replace(day=1),
}
"""For each kind of period, the first day of the period that includes a day."""


@attrs.frozen
class Run:
    """A completed job and its cost."""

    job: Job
    state: JobState
    cost: float

    @property
    def day(self) -> date:
        return datetime.fromtimestamp(self.state.ended_at or 0.0, UTC).date()

    @property
    def time_us(self) -> float:
        return round(1e6 * ((self.state.ended_at or 0.0) - (self.state.started_at or 0.0)))


def report(owner: str, runs: Iterable[Run], first: date, last: date, group_by: str, modality: str) -> dict[str, Any]:
    """The report for the days from `first` to `last` inclusive, newest period first."""
    inside = [run for run in runs if first <= run.day <= last]
    periods: dict[date, list[Run]] = {}
    for run in inside:
        periods.setdefault(PERIODS[modality](run.day), []).append(run)
    total = _sums(inside)
    return {
        "organization": Account(owner).uuid("organization"),
        "group_type": group_by,
        "modality": modality,
        "usage_from": _midnight(first),
        # date.max has no next day.
        "usage_to": _midnight(min(last, date.max - timedelta(days=1)) + timedelta(days=1)),
        "usage_unit": _UNIT,
        "amount_total": total["amount"],
        "amount_totals": total["amounts"],
        "job_count": total["job_count"],
        "time_us_total": total["time_us"],
        "usage_data": [
            {
                "from": _midnight(start),
                **_sums(periods[start]),
                "group_usages": _groups(owner, periods[start], group_by),
            }
            for start in sorted(periods, reverse=True)
        ],
    }


def _groups(owner: str, runs: Sequence[Run], group_by: str) -> list[dict[str, Any]]:
    groups: dict[tuple[str, str], list[Run]] = {}
    for run in runs:
        groups.setdefault(_group(owner, run, group_by), []).append(run)
    rendered = [{"group_id": key[0], "group_name": key[1], **_sums(group)} for key, group in groups.items()]
    return sorted(rendered, key=lambda group: -float(group["amount"]))[:_MAX_GROUPS]


def _group(owner: str, run: Run, group_by: str) -> tuple[str, str]:
    account = Account(owner)
    if group_by == "project":
        return account.uuid("project"), "Sandbox"
    if group_by == "user":
        return account.hex("submitter"), "sandbox"
    return run.job.id, run.job.name or run.job.id


def _sums(runs: Sequence[Run]) -> dict[str, Any]:
    amount = round(sum(run.cost for run in runs), 6)
    return {
        "amount": amount,
        "amount_unit": _UNIT,
        "amounts": [{"amount": amount, "unit": _UNIT}],
        "job_count": len(runs),
        "time_us": sum(run.time_us for run in runs),
    }


def _midnight(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
