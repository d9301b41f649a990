"""What jobs have cost together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Protocol

import attrs

from quantum_jobs.errors import UsageError
from quantum_jobs.model import Cost, JobRecord

#: What costs are summed by, beside ``tag:<name>``.
GROUPS = ("service", "device", "day", "name")


class Costed(Protocol):
    """A job whose cost is counted."""

    @property
    def record(self) -> JobRecord: ...
    @property
    def created_at(self) -> datetime | None: ...
    @property
    def cost(self) -> Cost | None: ...


@attrs.frozen(kw_only=True)
class CostSum:
    """What the jobs of one group have cost.

    Attributes:
        group: what they have in common, by the names that were asked for: ``{"device": "qpu.forte-1"}``.
        jobs: how many there are.
        without_cost: of how many of them the cost is not known here: ``job.cost()`` asks the service.
        amounts: exact sums by currency.
        usd: the sum in US dollars of those whose value in dollars is known.
    """

    group: Mapping[str, str | None]
    jobs: int
    without_cost: int
    amounts: Mapping[str, Decimal]
    usd: Decimal


def summed(jobs: Iterable[Costed], by: Sequence[str]) -> list[CostSum]:
    """The costs of jobs, summed by any of GROUPS and ``tag:<name>``, in the order of the groups. Without ``by`` one sum
    of all. Raises UsageError for something else to sum by."""
    for each in by:
        if each not in GROUPS and not each.startswith("tag:"):
            raise UsageError(f"costs are summed by {', '.join(GROUPS)} or tag:<name>, not by {each!r}")
    sums: dict[tuple[str | None, ...], _Sum] = {}
    for job in jobs:
        sums.setdefault(tuple(_group(job, each) for each in by), _Sum()).add(job.cost)
    if not by:
        sums.setdefault((), _Sum())
    ordered = sorted(sums, key=lambda group: tuple("" if value is None else value for value in group))
    return [
        CostSum(
            group=dict(zip(by, group, strict=True)),
            jobs=sums[group].jobs,
            without_cost=sums[group].without_cost,
            amounts=sums[group].amounts,
            usd=sums[group].usd,
        )
        for group in ordered
    ]


class _Sum:
    def __init__(self) -> None:
        self.jobs = self.without_cost = 0
        self.amounts: dict[str, Decimal] = {}
        self.usd = Decimal(0)

    def add(self, cost: Cost | None) -> None:
        self.jobs += 1
        if cost is None:
            self.without_cost += 1
            return
        self.amounts[cost.currency] = self.amounts.get(cost.currency, Decimal(0)) + cost.amount
        self.usd += cost.usd or Decimal(0)


def _group(job: Costed, by: str) -> str | None:
    record = job.record
    if by.startswith("tag:"):
        value = record.tags.get(by.removeprefix("tag:"))
        return None if value is None else str(value)
    if by == "day":
        return None if job.created_at is None else job.created_at.astimezone(UTC).date().isoformat()
    found: str | None = getattr(record, by)
    return found
