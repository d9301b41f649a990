"""What jobs have cost together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Protocol

import attrs

from quantum_jobs.errors import UsageError
from quantum_jobs.model import Cost, JobRecord
from quantum_jobs.text import money_unit

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
        amounts: exact sums by currency; apart from them, as ``"credits (no USD value)"``, what has no known value in
            dollars: credits of different vendors are different money.
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
    groups: dict[tuple[str | None, ...], list[Cost | None]] = {} if by else {(): []}
    for job in jobs:
        groups.setdefault(tuple(_group(job, each) for each in by), []).append(job.cost)
    ordered = sorted(groups, key=lambda group: tuple("" if value is None else value for value in group))
    return [_sum(dict(zip(by, group, strict=True)), groups[group]) for group in ordered]


def _sum(group: Mapping[str, str | None], costs: Sequence[Cost | None]) -> CostSum:
    known = [cost for cost in costs if cost is not None]
    amounts: dict[str, Decimal] = {}
    for cost in known:
        unit = money_unit(cost.currency, cost.usd)
        amounts[unit] = amounts.get(unit, Decimal(0)) + cost.amount
    return CostSum(
        group=group,
        jobs=len(costs),
        without_cost=len(costs) - len(known),
        amounts=amounts,
        usd=sum((cost.usd or Decimal(0) for cost in known), Decimal(0)),
    )


def _group(job: Costed, by: str) -> str | None:
    record = job.record
    if by.startswith("tag:"):
        value = record.tags.get(by.removeprefix("tag:"))
        return None if value is None else str(value)
    if by == "day":
        return None if job.created_at is None else job.created_at.astimezone(UTC).date().isoformat()
    found: str | None = getattr(record, by)
    return found
