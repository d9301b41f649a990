"""Groups and sessions: what holds jobs of one account together, and is told of longer than the jobs are kept.

A holder knows the jobs that its store has. Those that are forgotten leave their sums, so what a holder tells stays true
and memory is bounded.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Generic, TypeVar

import attrs

from .jobs import Job, Phase, State
from .store import Store
from .weights import weight

_HOLDER = 2_000
"""Bytes that a holder takes without what its request says, roughly."""


@attrs.define
class Sums:
    """What there is to say of several jobs together. `phases` counts them by the value of their phase."""

    jobs: int = 0
    phases: dict[str, int] = attrs.field(factory=dict)
    cost: float | None = None
    estimate: float = 0.0
    first_start: float | None = None
    last_end: float | None = None

    def add(self, state: State, cost: float | None = None, estimate: float = 0.0) -> None:
        """Take one more job in, with what it cost (None: nothing yet) and was expected to cost."""
        self.jobs += 1
        self.phases[state.phase.value] = self.phases.get(state.phase.value, 0) + 1
        self.estimate += estimate
        if cost is not None:
            self.cost = (self.cost or 0.0) + cost
        if state.started_at is not None:
            self.first_start = min(state.started_at, math.inf if self.first_start is None else self.first_start)
        if state.ended_at is not None:
            self.last_end = max(state.ended_at, self.last_end or 0.0)

    def of(self, phase: Phase) -> int:
        """How many of the jobs are in a phase."""
        return self.phases.get(phase.value, 0)


@attrs.define(eq=False, kw_only=True)
class Holder:
    """A group or a session. `jobs` are those that the store has, by id, `gone` sums up the others."""

    id: str
    owner: str
    created_at: float
    jobs: dict[str, Job] = attrs.field(factory=dict)
    gone: Sums = attrs.field(factory=Sums)

    def sums(self, add: Callable[[Sums, Job], None]) -> Sums:
        """Of all jobs that it ever had; `add` takes one that is still there into the sums."""
        sums = attrs.evolve(self.gone, phases=dict(self.gone.phases))
        for job in self.jobs.values():
            add(sums, job)
        return sums

    def saved(self) -> dict[str, Any]:
        """As JSON, with the ids of its jobs."""
        fields = {attribute.name: getattr(self, attribute.name) for attribute in attrs.fields(type(self))}
        return {**fields, "jobs": list(self.jobs), "gone": attrs.asdict(self.gone)}


H = TypeVar("H", bound=Holder)


class Holders(Generic[H]):
    """The groups or sessions of all accounts, the oldest first: as many as the store's `Keep` says.

    Beyond that the oldest goes that is over, as `is_over` says; where none is, new ones are refused. `holder_of` is the
    id of a job's holder, `bill` adds a job's last state to the sums of its holder.
    """

    def __init__(
        self,
        store: Store,
        what: str,
        *,
        is_over: Callable[[H], bool],
        holder_of: Callable[[Job], str | None],
        bill: Callable[[Sums, Job, State], None],
    ) -> None:
        self._keep = store.keep
        self._what = what
        self._is_over = is_over
        self._holder_of = holder_of
        self._bill = bill
        self._holders: dict[str, H] = {}
        self._weights: dict[str, int] = {}
        self._bytes = 0
        store.when_removed.append(self._forget_job)

    def add(self, holder: H) -> None:
        """Keep one more. Raises Refusal where there is no room, and then forgets none."""
        weighs = _weight_of(holder)
        places = len(self._holders) + 1 - self._keep.jobs
        excess = self._bytes + weighs - (self._keep.megabytes << 20)
        going = []
        for one in self._holders.values():
            if places <= 0 and excess <= 0:
                break
            if self._is_over(one):
                going.append(one.id)
                places, excess = places - 1, excess - self._weights[one.id]
        if places > 0 or excess > 0:
            raise self._keep.refusal(self._what)
        for holder_id in going:
            self.remove(holder_id)
        self._take(holder, weighs)

    def get(self, holder_id: str, owner: str) -> H | None:
        """One of an account's."""
        holder = self._holders.get(holder_id)
        return holder if holder is not None and holder.owner == owner else None

    def newest_first(self, owner: str) -> Iterator[H]:
        """All of an account's."""
        return (holder for holder in reversed(list(self._holders.values())) if holder.owner == owner)

    def remove(self, holder_id: str) -> None:
        """Forget one; its jobs stay."""
        del self._holders[holder_id]
        self._bytes -= self._weights.pop(holder_id)

    def saved(self) -> list[Any]:
        return [holder.saved() for holder in self._holders.values()]

    def restore(self, saved: Any, kind: type[H], jobs: Mapping[str, Job]) -> None:
        """Take up what was saved. Raises LookupError, TypeError or ValueError for what was not."""
        for value in saved:
            held = {job_id: jobs[job_id] for job_id in value["jobs"]}
            holder = kind(**{**value, "jobs": held, "gone": Sums(**value["gone"])})
            self._take(holder, _weight_of(holder))

    def _take(self, holder: H, weighs: int) -> None:
        self._holders[holder.id] = holder
        self._weights[holder.id] = weighs
        self._bytes += weighs

    def _forget_job(self, job: Job, end: State) -> None:
        holder = self._holders.get(self._holder_of(job) or "")
        if holder is not None and holder.jobs.pop(job.id, None) is not None:
            self._bill(holder.gone, job, end)


def _weight_of(holder: Holder) -> int:
    own = {attribute.name for attribute in attrs.fields(Holder)}
    given = [getattr(holder, a.name) for a in attrs.fields(type(holder)) if a.name not in own]
    return _HOLDER + weight(given)
