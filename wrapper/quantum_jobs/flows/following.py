"""Following many jobs with few requests: one round of bulk status requests per service at a time, results fetched as
jobs finish.

This is the engine; ``waiting`` has what callers see of it.
"""

from __future__ import annotations

import logging
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Sequence

import attrs

from quantum_jobs.errors import QuantumJobsError, QuantumJobsWarning
from quantum_jobs.flows import fetching
from quantum_jobs.flows.ask import SIDE_BY_SIDE, Connection, JobState
from quantum_jobs.flows.rounds import Round, status_round
from quantum_jobs.http.commands import First, Flow, Handle, Start, now
from quantum_jobs.http.limits import NOTABLE_PAUSE
from quantum_jobs.model import JobStatus
from quantum_jobs.services.base import Call, Page

log = logging.getLogger("quantum_jobs")

#: Seconds between rounds: the time waited so far, within these two bounds while a job is young ...
SHORTEST_GAP = 1.0
LONGEST_GAP_OF_YOUNG = 4.5
#: ... then a thirtieth of it, up to a minute. A vendor's own prediction counts for half of what it says.
GAP_BY_AGE = 1 / 30
LONGEST_GAP = 60.0
#: A record older than this, in seconds, is read anew before anyone waits.
FRESH = 1.0
#: The part of a documented rate limit that status requests may use; the rest is for results and other calls.
SHARE_OF_LIMIT = 0.5
#: Until this part of it is used up, status requests are not spaced by it: few jobs that end soon cost little.
FREE_PART_OF_LIMIT = 0.1


@attrs.frozen
class Progress:
    """How far a wait has come, for a progress bar: of ``total`` jobs ``done`` are over; ``statuses`` counts all."""

    done: int
    total: int
    statuses: dict[JobStatus, int]


Report = Callable[[Progress], None]


@attrs.define(eq=False)
class _Group:
    """The jobs of one connection that are still waited for."""

    connection: Connection
    pending: dict[str, list[JobState]]
    due: float
    round: Handle | None = None
    turn: int = 0
    requests: int = 0
    resume: Call[Page] | None = None
    #: Whether the service has failed since it last answered; logged once.
    out: bool = False


@attrs.define(eq=False)
class Watch:
    """What is to be followed, and what has become of it."""

    states: Sequence[JobState]
    deadline: float
    fetch: bool
    report: Report | None = None
    settled: set[JobState] = attrs.field(factory=set)
    #: Jobs that cannot be waited for: why, by state.
    lost: dict[JobState, QuantumJobsError] = attrs.field(factory=dict)

    def settle(self, state: JobState) -> Flow[None]:
        """Called for each job when it is over: finished, with its result where that is wanted, held or lost."""
        self.settled.add(state)
        yield from ()


def follow(watch: Watch) -> Flow[None]:
    """Follow until every job is settled or the deadline is over."""
    started = yield from now()
    groups = _groups(watch.states, started)
    fetches: dict[Handle, JobState] = {}
    waiting = deque(state for state in unique(watch.states) if state.record.status.is_final)
    _report(watch)
    while True:
        moment = yield from now()
        if moment >= watch.deadline:
            break
        while waiting and (len(fetches) < SIDE_BY_SIDE or not _wants_fetch(watch, waiting[0])):
            state = waiting.popleft()
            if _wants_fetch(watch, state):
                handle: Handle = yield Start(_fetched(state, watch.deadline))
                fetches[handle] = state
            else:
                yield from watch.settle(state)
        for group in groups:
            if group.pending and group.round is None and group.due <= moment:
                group.round = yield Start(status_round(group.connection, _round_of(group, moment), watch.deadline))
        handles = [*fetches, *(group.round for group in groups if group.round is not None)]
        idle = [group.due for group in groups if group.pending and group.round is None]
        if not handles and not idle:
            return
        done: Handle | None = yield First(handles, min([*idle, watch.deadline]))
        if done is None:
            continue
        if done in fetches:
            yield from watch.settle(fetches.pop(done))
            continue
        group = next(group for group in groups if group.round is done)
        group.round, group.resume = None, done.result().resume
        _log_outage(group, done.result())
        waiting += _take_over(watch, group, done.result(), (yield from now()))
        group.due = yield from _next_due(group, done.result(), started)
        _report(watch)
    # Over, by the deadline: what has ended is handed out even if its result did not come in time.
    for state in [*fetches.values(), *waiting]:
        yield from watch.settle(state)


def unique(states: Iterable[JobState]) -> list[JobState]:
    return list(dict.fromkeys(states))


def _groups(states: Sequence[JobState], started: float) -> list[_Group]:
    groups: dict[int, _Group] = {}
    for state in unique(states):
        if state.record.status.is_final:
            continue
        group = groups.setdefault(id(state.connection.channel), _Group(state.connection, {}, started + SHORTEST_GAP))
        group.pending.setdefault(state.record.id, []).append(state)
        # A job that was on hold may have been released since: only a new look tells.
        if state.seen_at is None or started - state.seen_at > FRESH or state.record.status is JobStatus.ON_HOLD:
            group.due = started
    return list(groups.values())


def _is_over(state: JobState) -> bool:
    return state.record.status.is_final or state.record.status is JobStatus.ON_HOLD


def _wants_fetch(watch: Watch, state: JobState) -> bool:
    return (
        watch.fetch and state.results is None and state not in watch.lost and state.record.status is JobStatus.COMPLETED
    )


def _fetched(state: JobState, deadline: float) -> Flow[None]:
    # A result that cannot be had is not the wait's business: the job's own result() will say why.
    try:
        yield from fetching.fetch(state, deadline=deadline)
    except QuantumJobsError:
        return


def _round_of(group: _Group, moment: float) -> Round:
    group.turn += 1
    fresh = {job_id for job_id, states in group.pending.items() if any(moment < state.fresh_until for state in states)}
    return Round(tuple(group.pending), group.turn, group.resume, fresh)


def _take_over(watch: Watch, group: _Group, round_: Round, moment: float) -> list[JobState]:
    """The states that this round has found to be over, in input order."""
    over: list[JobState] = []
    for job_id, record in round_.found.items():
        for state in group.pending[job_id]:
            state.update(record, moment)
            if record.status is JobStatus.UNKNOWN:
                _warn_of_unknown(state)
        if record.status.is_final or record.status is JobStatus.ON_HOLD:
            over += group.pending.pop(job_id)
    for job_id, error in round_.lost.items():
        watch.lost.update(dict.fromkeys(group.pending[job_id], error))
        over += group.pending.pop(job_id)
    order = {state: place for place, state in enumerate(watch.states)}
    return sorted(over, key=lambda state: order[state])


def _warn_of_unknown(state: JobState) -> None:
    if state.warned:
        return
    state.warned = True
    warnings.warn(
        f"{state.record.ref} has the status {state.record.vendor_status!r}, which this version does not know; "
        "still waiting for it",
        QuantumJobsWarning,
        stacklevel=2,
    )


def _next_due(group: _Group, round_: Round, started: float) -> Flow[float]:
    moment = yield from now()
    waited = moment - started
    gap = min(max(SHORTEST_GAP, waited), LONGEST_GAP_OF_YOUNG)
    gap = max(gap, min(waited * GAP_BY_AGE, LONGEST_GAP))
    predicted = min((_predicted(state) for states in group.pending.values() for state in states), default=0.0)
    gap = max(gap, min(predicted / 2, LONGEST_GAP))
    gap = max(gap, round_.not_before())
    group.requests += round_.requests
    limit = group.connection.service.rate_limit
    if limit is not None and group.requests > limit.requests * FREE_PART_OF_LIMIT:
        gap = max(gap, round_.requests * limit.seconds / limit.requests / SHARE_OF_LIMIT)
    return moment + gap


def _log_outage(group: _Group, round_: Round) -> None:
    pause = round_.not_before()
    if round_.failures and (not group.out or pause > NOTABLE_PAUSE):
        more = f", asking again in {pause:.0f} s" if pause > NOTABLE_PAUSE else ""
        log.warning("%s; still waiting for %d jobs%s", round_.failures[0], len(group.pending), more)
    elif group.out and not round_.failures:
        log.warning("%s answers again", group.connection.service.name)
    group.out = bool(round_.failures)


def _predicted(state: JobState) -> float:
    """Seconds that the job will certainly not end in, as far as the service can tell."""
    wait = state.record.predicted_wait
    return wait.total_seconds() if wait is not None and state.record.started_at is None else 0.0


def _report(watch: Watch) -> None:
    if watch.report is None:
        return
    statuses: dict[JobStatus, int] = {}
    for state in watch.states:
        statuses[state.record.status] = statuses.get(state.record.status, 0) + 1
    done = sum(1 for state in watch.states if _is_over(state) or state in watch.lost)
    watch.report(Progress(done, len(watch.states), statuses))
