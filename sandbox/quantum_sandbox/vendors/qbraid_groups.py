"""qBraid's job groups: open for jobs until closed by hand or by time, over when all their jobs are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs

from quantum_sandbox import checks
from quantum_sandbox.exchange import Answer, Call, Operation, Refusal
from quantum_sandbox.holders import Holder, Holders, Sums
from quantum_sandbox.jobs import Job, Phase, State
from quantum_sandbox.store import Account, Store
from quantum_sandbox.world import World

from .moments import iso, optional_iso
from .qbraid_answers import data, one_page, page_of

_STATUSES = ("OPEN", "CLOSED", "COMPLETED", "FAILED", "CANCELLED")
_OVER = ("COMPLETED", "FAILED", "CANCELLED")
_USUAL_LIFE, _LONGEST_LIFE = 3600, 86_400
_PAGE = 50


@attrs.define(eq=False, kw_only=True)
class Group(Holder):
    """A group. It closes by itself `max_ttl` seconds after it was opened."""

    max_ttl: int
    name: str | None
    tags: Mapping[str, Any]
    metadata: Mapping[str, Any]
    closed_at: float | None = None
    cancelled_at: float | None = None


@attrs.frozen
class Prices:
    """What a job cost, and what it was expected to cost."""

    cost: Callable[[Job, State], float | None]
    estimate: Callable[[Job], float]


class Groups:
    """The groups of all accounts."""

    def __init__(self, world: World, store: Store, prices: Prices, render_job: Callable[[Job], dict[str, Any]]) -> None:
        self._world = world
        self._store = store
        self._prices = prices
        self._render_job = render_job
        self._groups: Holders[Group] = Holders(
            store,
            "groups",
            is_over=lambda group: self._status(group) in _OVER,
            holder_of=lambda job: job.group_id,
            bill=self._bill,
        )
        self.operations: Sequence[Operation] = [
            Operation("POST", "/jobs/group", self.create_group),
            Operation("GET", "/jobs/group", self.get_groups),
            Operation("GET", "/jobs/group/{group_qrn}", self.get_group),
            Operation("DELETE", "/jobs/group/{group_qrn}", self.delete_group),
            Operation("GET", "/jobs/group/{group_qrn}/jobs", self.get_group_jobs),
            Operation("POST", "/jobs/group/{group_qrn}/close", self.close_group),
            Operation("POST", "/jobs/group/{group_qrn}/cancel", self.cancel_group),
        ]

    def create_group(self, call: Call) -> Answer:
        body = checks.mapping(call.json(), ("body",))
        group = Group(
            id=f"qbraid:group:{self._store.new_hex(20)}",
            owner=call.owner,
            created_at=self._world.now(),
            max_ttl=checks.optional_whole(body, "maxTTL", ("body",), most=_LONGEST_LIFE) or _USUAL_LIFE,
            name=checks.optional_text(body, "name", ("body",)),
            tags=tags_of(body),
            metadata=checks.optional_mapping(body, "metadata", ("body",)),
        )
        self._groups.add(group)
        return data(self._render(group), 201)

    def get_groups(self, call: Call) -> Answer:
        wanted = checks.query_choice(call, "status", _STATUSES)
        page, limit = page_of(call, usual=_PAGE)
        mine = self._groups.newest_first(call.owner)
        return one_page([self._render(g) for g in mine if wanted in (None, self._status(g))], page, limit)

    def get_group(self, call: Call) -> Answer:
        return data(self._render(self._find(call)))

    def get_group_jobs(self, call: Call) -> Answer:
        jobs = [self._render_job(job) for job in reversed(self._find(call).jobs.values())]
        return data(jobs or None)

    def close_group(self, call: Call) -> Answer:
        group = self._find(call)
        self._refuse_if_over(group)
        group.closed_at = self._closed_at(group) or self._world.now()
        return data(self._render(group))

    def cancel_group(self, call: Call) -> Answer:
        group, now = self._find(call), self._world.now()
        self._refuse_if_over(group)
        group.cancelled_at = now
        for job in group.jobs.values():
            self._store.cancel(job, now)
        return data(self._render(group))

    def delete_group(self, call: Call) -> Answer:
        """The jobs stay."""
        self._groups.remove(self._find(call).id)
        return data({"message": "Group deleted"})

    def saved(self) -> Any:
        return self._groups.saved()

    def restore(self, saved: Any, jobs: Mapping[str, Job]) -> None:
        self._groups.restore(saved, Group, jobs)

    def joined(self, call: Call, qrn: str | None) -> Group | None:
        """The group that a new job is for. Raises Refusal where it takes no more."""
        if qrn is None:
            return None
        group = self._named(call, qrn)
        status = self._status(group)
        if status != "OPEN":
            raise Refusal(409, f"A group that is {status} takes no jobs")
        return group

    def _find(self, call: Call) -> Group:
        return self._named(call, call.parameters["group_qrn"])

    def _named(self, call: Call, qrn: str) -> Group:
        group = self._groups.get(qrn, call.owner)
        if group is None:
            raise Refusal(404, "Group not found")
        return group

    def _refuse_if_over(self, group: Group) -> None:
        status = self._status(group)
        if status in _OVER:
            raise Refusal(409, f"The group is {status}")

    def _closed_at(self, group: Group) -> float | None:
        if group.closed_at is not None:
            return group.closed_at
        end = group.created_at + group.max_ttl
        return end if end <= self._world.now() else None

    def _status(self, group: Group) -> str:
        if group.cancelled_at is not None:
            return "CANCELLED"
        if self._closed_at(group) is None:
            return "OPEN"
        sums = self._sums(group)
        if any(count and not Phase(phase).final for phase, count in sums.phases.items()):
            return "CLOSED"
        return "FAILED" if sums.of(Phase.FAILED) else "COMPLETED"

    def _sums(self, group: Group) -> Sums:
        return group.sums(lambda sums, job: self._bill(sums, job, self._world.state(job)))

    def _bill(self, sums: Sums, job: Job, state: State) -> None:
        sums.add(state, self._prices.cost(job, state), self._prices.estimate(job))

    def _render(self, group: Group) -> dict[str, Any]:
        sums, status = self._sums(group), self._status(group)
        over_at = None
        if status in _OVER:
            over_at = group.cancelled_at or max(self._closed_at(group) or 0.0, sums.last_end or 0.0)
        return {
            "groupJobQrn": group.id,
            "status": status,
            "name": group.name,
            "organizationUserId": Account(group.owner).hex("member"),
            "jobCount": sums.jobs,
            "completedCount": sums.of(Phase.COMPLETED),
            "failedCount": sums.of(Phase.FAILED),
            "cancelledCount": sums.of(Phase.CANCELLED),
            "totalEstimatedCost": round(sums.estimate, 6),
            "totalCost": None if sums.cost is None else round(sums.cost, 6),
            "timeStamps": {"createdAt": iso(group.created_at), "endedAt": optional_iso(over_at)},
            "maxTTL": group.max_ttl,
            "tags": dict(group.tags),
            "metadata": dict(group.metadata),
        }


def tags_of(body: Mapping[str, Any]) -> dict[str, str | int | bool]:
    """The submitter's own notes on a job or a group."""
    tags = checks.optional_mapping(body, "tags", ("body",))
    for name, value in tags.items():
        if not isinstance(value, str | int):
            raise Refusal.invalid("must be a string, an integer or a boolean", "body", "tags", name)
    return dict(tags)
