"""Collections of jobs of one account: qBraid's groups and IonQ's sessions.

A collection refers to its jobs while the store has them. Of removed jobs it keeps totals only, so that its numbers stay
right while memory is bounded.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Generic, TypeVar

import attrs

from .memory_usage import json_bytes
from .model import Job, JobState, Phase
from .store import JobStore

_COLLECTION_BYTES = 2_000
"""Rough size of a collection without the fields of its subclass."""


@attrs.define
class JobTotals:
    """Totals over several jobs. `phases` counts them by the value of their phase; times are seconds since the epoch."""

    jobs: int = 0
    phases: dict[str, int] = attrs.field(factory=dict)
    cost: float | None = None
    estimate: float = 0.0
    first_start: float | None = None
    last_end: float | None = None

    def add(self, state: JobState, cost: float | None = None, estimate: float = 0.0) -> None:
        """Add a job, with its cost (None: not known yet) and its estimated cost."""
        self.jobs += 1
        self.phases[state.phase.value] = self.phases.get(state.phase.value, 0) + 1
        self.estimate += estimate
        if cost is not None:
            self.cost = (self.cost or 0.0) + cost
        if state.started_at is not None:
            self.first_start = min(state.started_at, math.inf if self.first_start is None else self.first_start)
        if state.ended_at is not None:
            self.last_end = max(state.ended_at, self.last_end or 0.0)

    def count(self, phase: Phase) -> int:
        """Number of jobs in a phase."""
        return self.phases.get(phase.value, 0)


@attrs.define(eq=False, kw_only=True)
class JobCollection:
    """A group or a session. `jobs` are those still in the store, by id; `removed` has the totals of the others."""

    id: str
    owner: str
    created_at: float
    jobs: dict[str, Job] = attrs.field(factory=dict)
    removed: JobTotals = attrs.field(factory=JobTotals)

    def totals(self, add: Callable[[JobTotals, Job], None]) -> JobTotals:
        """Totals over all jobs it ever had. `add` adds a job that is still in the store."""
        totals = attrs.evolve(self.removed, phases=dict(self.removed.phases))
        for job in self.jobs.values():
            add(totals, job)
        return totals

    def saved(self) -> dict[str, Any]:
        """Its fields as JSON, with ids in place of jobs."""
        fields = {attribute.name: getattr(self, attribute.name) for attribute in attrs.fields(type(self))}
        return {**fields, "jobs": list(self.jobs), "removed": attrs.asdict(self.removed)}


C = TypeVar("C", bound=JobCollection)


class JobCollections(Generic[C]):
    """The groups, or the sessions, of all accounts, oldest first. Their number and size are bounded by `Retention`.

    Args:
        store: the jobs of the cloud.
        what: plural noun for error messages.
        is_over: whether a collection accepts no more jobs. The oldest such collections are removed to make room; where
            there are too few, adding one is an error.
        collection_id_of: the id of the collection that a job belongs to.
        add_to_totals: adds a job with its last state to the totals of its collection.
    """

    def __init__(
        self,
        store: JobStore,
        what: str,
        *,
        is_over: Callable[[C], bool],
        collection_id_of: Callable[[Job], str | None],
        add_to_totals: Callable[[JobTotals, Job, JobState], None],
    ) -> None:
        self._retention = store.retention
        self._what = what
        self._is_over = is_over
        self._collection_id_of = collection_id_of
        self._add_to_totals = add_to_totals
        self._collections: dict[str, C] = {}
        self._sizes: dict[str, int] = {}
        self._bytes = 0
        store.on_removed.append(self._forget_job)

    def add(self, collection: C) -> None:
        """Add a collection, removing old ones where necessary. Raises HTTPError where that makes too little room."""
        size = _bytes_of(collection)
        excess_count = len(self._collections) + 1 - self._retention.jobs
        excess_bytes = self._bytes + size - (self._retention.megabytes << 20)
        evicted = []
        for old in self._collections.values():
            if excess_count <= 0 and excess_bytes <= 0:
                break
            if self._is_over(old):
                evicted.append(old.id)
                excess_count, excess_bytes = excess_count - 1, excess_bytes - self._sizes[old.id]
        if excess_count > 0 or excess_bytes > 0:
            raise self._retention.too_many(self._what)
        for collection_id in evicted:
            self.remove(collection_id)
        self._insert(collection, size)

    def get(self, collection_id: str, owner: str) -> C | None:
        """A collection of this owner, or None."""
        collection = self._collections.get(collection_id)
        return collection if collection is not None and collection.owner == owner else None

    def newest_first(self, owner: str) -> Iterator[C]:
        """The collections of an owner."""
        return (collection for collection in reversed(list(self._collections.values())) if collection.owner == owner)

    def remove(self, collection_id: str) -> None:
        """Remove a collection; its jobs stay in the store."""
        del self._collections[collection_id]
        self._bytes -= self._sizes.pop(collection_id)

    def saved(self) -> list[Any]:
        return [collection.saved() for collection in self._collections.values()]

    def restore(self, saved: Any, kind: type[C], jobs: Mapping[str, Job]) -> None:
        """Fill with what `saved` gave. Raises LookupError, TypeError or ValueError for other data."""
        for value in saved:
            held = {job_id: jobs[job_id] for job_id in value["jobs"]}
            collection = kind(**{**value, "jobs": held, "removed": JobTotals(**value["removed"])})
            self._insert(collection, _bytes_of(collection))

    def _insert(self, collection: C, size: int) -> None:
        self._collections[collection.id] = collection
        self._sizes[collection.id] = size
        self._bytes += size

    def _forget_job(self, job: Job, end: JobState) -> None:
        collection = self._collections.get(self._collection_id_of(job) or "")
        if collection is not None and collection.jobs.pop(job.id, None) is not None:
            self._add_to_totals(collection.removed, job, end)


def _bytes_of(collection: JobCollection) -> int:
    own = {attribute.name for attribute in attrs.fields(JobCollection)}
    given = [getattr(collection, a.name) for a in attrs.fields(type(collection)) if a.name not in own]
    return _COLLECTION_BYTES + json_bytes(given)
