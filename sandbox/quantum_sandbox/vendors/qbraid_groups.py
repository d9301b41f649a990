"""qBraid's job groups: open for jobs until closed by a request or by time, and ended when all their jobs have."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs

from quantum_sandbox import parse
from quantum_sandbox.accounts import Account
from quantum_sandbox.context import Context
from quantum_sandbox.http_types import HTTPError, Operation, Request, Response
from quantum_sandbox.jobs import Job, JobCollection, JobCollections, JobState, JobStore, JobTotals, Phase

from .qbraid_responses import data, one_page, page_of
from .timestamps import iso, optional_iso

_STATUSES = ("OPEN", "CLOSED", "COMPLETED", "FAILED", "CANCELLED")
_ENDED = ("COMPLETED", "FAILED", "CANCELLED")
_DEFAULT_TTL, _MAX_TTL = 3600, 86_400
_PAGE = 50


@attrs.define(eq=False, kw_only=True)
class Group(JobCollection):
    """A group. It closes by itself after `max_ttl` seconds."""

    max_ttl: int
    name: str | None
    tags: Mapping[str, Any]
    metadata: Mapping[str, Any]
    closed_at: float | None = None
    cancelled_at: float | None = None


@attrs.frozen
class Prices:
    """Functions for the cost of a job (None before its end) and its estimated cost, in credits."""

    cost: Callable[[Job, JobState], float | None]
    estimate: Callable[[Job], float]


class Groups:
    """The groups of all accounts, and their operations."""

    def __init__(
        self, context: Context, store: JobStore, prices: Prices, render_job: Callable[[Job], dict[str, Any]]
    ) -> None:
        self._context = context
        self._store = store
        self._prices = prices
        self._render_job = render_job
        self._groups: JobCollections[Group] = JobCollections(
            store,
            "groups",
            is_over=lambda group: self._status(group) in _ENDED,
            collection_id_of=lambda job: job.group_id,
            add_to_totals=self._add_to_totals,
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

    def create_group(self, request: Request) -> Response:
        body = parse.json_object(request.json(), ("body",))
        group = Group(
            id=f"qbraid:group:{self._store.new_hex(20)}",
            owner=request.owner,
            created_at=self._context.now(),
            max_ttl=parse.optional_integer(body, "maxTTL", ("body",), maximum=_MAX_TTL) or _DEFAULT_TTL,
            name=parse.optional_string(body, "name", ("body",)),
            tags=tags_of(body),
            metadata=parse.optional_object(body, "metadata", ("body",)),
        )
        self._groups.add(group)
        return data(self._render(group), 201)

    def get_groups(self, request: Request) -> Response:
        wanted = parse.query_choice(request, "status", _STATUSES)
        page, limit = page_of(request, default_size=_PAGE)
        mine = self._groups.newest_first(request.owner)
        return one_page([self._render(g) for g in mine if wanted in (None, self._status(g))], page, limit)

    def get_group(self, request: Request) -> Response:
        return data(self._render(self._find(request)))

    def get_group_jobs(self, request: Request) -> Response:
        jobs = [self._render_job(job) for job in reversed(self._find(request).jobs.values())]
        return data(jobs or None)

    def close_group(self, request: Request) -> Response:
        group = self._find(request)
        self._check_not_ended(group)
        group.closed_at = self._closed_at(group) or self._context.now()
        return data(self._render(group))

    def cancel_group(self, request: Request) -> Response:
        group, now = self._find(request), self._context.now()
        self._check_not_ended(group)
        group.cancelled_at = now
        for job in group.jobs.values():
            self._store.cancel(job, now)
        return data(self._render(group))

    def delete_group(self, request: Request) -> Response:
        """Delete a group; its jobs remain."""
        self._groups.remove(self._find(request).id)
        return data({"message": "Group deleted"})

    def saved(self) -> Any:
        return self._groups.saved()

    def restore(self, saved: Any, jobs: Mapping[str, Job]) -> None:
        self._groups.restore(saved, Group, jobs)

    def find_open(self, request: Request, qrn: str | None) -> Group | None:
        """The group of a new job, or None. Raises HTTPError where it is not open."""
        if qrn is None:
            return None
        group = self._named(request, qrn)
        status = self._status(group)
        if status != "OPEN":
            raise HTTPError(409, f"A group that is {status} takes no jobs")
        return group

    def _find(self, request: Request) -> Group:
        return self._named(request, request.parameters["group_qrn"])

    def _named(self, request: Request, qrn: str) -> Group:
        group = self._groups.get(qrn, request.owner)
        if group is None:
            raise HTTPError(404, "Group not found")
        return group

    def _check_not_ended(self, group: Group) -> None:
        status = self._status(group)
        if status in _ENDED:
            raise HTTPError(409, f"The group is {status}")

    def _closed_at(self, group: Group) -> float | None:
        if group.closed_at is not None:
            return group.closed_at
        end = group.created_at + group.max_ttl
        return end if end <= self._context.now() else None

    def _status(self, group: Group) -> str:
        if group.cancelled_at is not None:
            return "CANCELLED"
        if self._closed_at(group) is None:
            return "OPEN"
        totals = self._totals(group)
        if any(count and not Phase(phase).final for phase, count in totals.phases.items()):
            return "CLOSED"
        return "FAILED" if totals.count(Phase.FAILED) else "COMPLETED"

    def _totals(self, group: Group) -> JobTotals:
        return group.totals(lambda totals, job: self._add_to_totals(totals, job, self._context.state(job)))

    def _add_to_totals(self, totals: JobTotals, job: Job, state: JobState) -> None:
        totals.add(state, self._prices.cost(job, state), self._prices.estimate(job))

    def _render(self, group: Group) -> dict[str, Any]:
        totals, status = self._totals(group), self._status(group)
        ended_at = None
        if status in _ENDED:
            ended_at = group.cancelled_at or max(self._closed_at(group) or 0.0, totals.last_end or 0.0)
        return {
            "groupJobQrn": group.id,
            "status": status,
            "name": group.name,
            "organizationUserId": Account(group.owner).hex("member"),
            "jobCount": totals.jobs,
            "completedCount": totals.count(Phase.COMPLETED),
            "failedCount": totals.count(Phase.FAILED),
            "cancelledCount": totals.count(Phase.CANCELLED),
            "totalEstimatedCost": round(totals.estimate, 6),
            "totalCost": None if totals.cost is None else round(totals.cost, 6),
            "timeStamps": {"createdAt": iso(group.created_at), "endedAt": optional_iso(ended_at)},
            "maxTTL": group.max_ttl,
            "tags": dict(group.tags),
            "metadata": dict(group.metadata),
        }


def tags_of(body: Mapping[str, Any]) -> dict[str, str | int | bool]:
    """The tags of a job or a group."""
    tags = parse.optional_object(body, "tags", ("body",))
    for name, value in tags.items():
        if not isinstance(value, str | int):
            raise HTTPError.invalid("must be a string, an integer or a boolean", "body", "tags", name)
    return dict(tags)
