"""Jobs and how they move through their statuses: one model for all three clouds.

A job's state is a pure function of the job and the time. Nothing runs in the background to change it, so time can be
stopped or moved and every reader sees the same. Where the time is moved by hand, a state that depends on a simulation
is waited for, so that it does not depend on how fast this machine is. How a state is called on the wire is the business
of `vendors`.
"""

from __future__ import annotations

import enum
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from typing import Any

import attrs

from .engine import Failed, Measured, Outcome, Solved, Task, circuit_in


class Phase(enum.Enum):
    """Where a job is between its submission and its end."""

    SUBMITTED = "submitted"
    VALIDATING = "validating"
    QUEUED = "queued"
    HELD = "held"
    RUNNING = "running"
    CANCELLING = "cancelling"
    CANCELLED = "cancelled"
    COMPLETED = "completed"
    FAILED = "failed"

    @property
    def final(self) -> bool:
        return self in (Phase.CANCELLED, Phase.COMPLETED, Phase.FAILED)


def _check_seconds(_pace: Pace, attribute: attrs.Attribute[float], value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1e9:
        raise ValueError(f"{attribute.name} must be a number of seconds between 0 and 1e9")


@attrs.frozen
class Pace:
    """How long a device keeps a job in each phase, in seconds.

    A job whose circuits take longer to simulate than `running` stays in RUNNING until they are done. `validating` is
    a phase that only qBraid has, and left out unless asked for.
    """

    submitted: float = attrs.field(default=0.02, validator=_check_seconds)
    queued: float = attrs.field(default=0.05, validator=_check_seconds)
    running: float = attrs.field(default=0.1, validator=_check_seconds)
    cancelling: float = attrs.field(default=0.05, validator=_check_seconds)
    validating: float = attrs.field(default=0.0, validator=_check_seconds)


@attrs.frozen
class State:
    """What a job looks like at one moment. Times are in seconds since the Unix epoch."""

    phase: Phase
    queued_at: float
    started_at: float | None = None
    ended_at: float | None = None
    failure: Failed | None = None


class Computation:
    """One circuit under simulation: its outcome, and since when it is there, in sandbox time.

    `awaited`: who needs the outcome waits for it, in the time of this machine.
    """

    def __init__(
        self, future: Future[Outcome], now: Callable[[], float], task: Task | None = None, *, awaited: bool = False
    ) -> None:
        self.task = task
        """What is being simulated, until it is."""
        self.outcome: Outcome | None = None
        self.finished_at: float | None = None
        self.abandoned = False
        """Whether nobody waits for the outcome, so that there may never be one."""
        self._future = future
        self._now = now
        self._done = threading.Event() if awaited else None
        future.add_done_callback(self._keep)

    def needed(self) -> Outcome | None:
        """The outcome for somebody to whom it makes a difference: waited for where it is awaited."""
        if self._done is not None and not self.abandoned:
            self._done.wait()
        return self.outcome

    def _keep(self, future: Future[Outcome]) -> None:
        if not (self.abandoned and future.cancelled()):
            try:
                outcome: Outcome = future.result()
            except BaseException:  # a cancelled future raises CancelledError, which is no Exception
                outcome = Failed(kind="internal", message="the simulation was stopped")
            self.finished_at = self._now()
            self.outcome = outcome  # after its time, and before the task goes: other threads see one or the other
        self.task = None
        if self._done is not None:
            self._done.set()

    def when_done(self, callback: Callable[[], None]) -> None:
        """Call back when the outcome is there, on another thread perhaps; at once where it is there already."""
        self._future.add_done_callback(lambda _: callback())

    def abandon(self) -> None:
        """Do not begin the simulation if it has not begun: then there never is an outcome."""
        self.abandoned = True
        self._future.cancel()


@attrs.define(eq=False)
class Job:
    """A job that was submitted. Only the last six fields ever change.

    `tags` are the submitter's own notes (IonQ: metadata), `request` is the vendor's body as it was sent, `size` its
    length in bytes. `child_ids` are the jobs of a job's own circuits, one for each, `children` those that are not
    deleted. `delayed` is for how long it was held altogether, `ended` its last state, once that was seen.
    """

    id: str
    sequence: int
    device: str
    pace: Pace
    submitted_at: float
    owner: str
    computations: Sequence[Computation]
    shots: int | None = None
    name: str | None = None
    tags: Mapping[str, Any] = attrs.field(factory=dict)
    request: Mapping[str, Any] = attrs.field(factory=dict)
    seed: int = 0
    parent_id: str | None = None
    child_ids: Sequence[str] = ()
    group_id: str | None = None
    size: int = 0
    children: list[Job] = attrs.field(factory=list)
    cancelled_at: float | None = None
    held_at: float | None = None
    delayed: float = 0.0
    ended: State | None = None

    @property
    def queued_at(self) -> float:
        return self.submitted_at + self.delayed + self.pace.submitted + self.pace.validating

    def turning_points(self) -> Sequence[float]:
        """The times at which the job may come to its end; one more is the end of its simulation."""
        if self.cancelled_at is not None:
            return [self.cancelled_at + self.pace.cancelling]
        return [self.queued_at, self.queued_at + self.pace.queued + self.pace.running]

    @property
    def outcomes(self) -> Sequence[Outcome | None]:
        """One for each circuit, in the order of submission; None where it is still being simulated."""
        return [computation.outcome for computation in self.computations]

    @property
    def measured(self) -> Sequence[Measured]:
        """What was measured, of a job all of whose programs were simulated and ran a circuit; else nothing."""
        outcomes = self.outcomes
        measured = [found for outcome in outcomes if (found := circuit_in(outcome)) is not None]
        return measured if len(measured) == len(outcomes) else []

    @property
    def solved(self) -> Sequence[Solved]:
        """The outcomes of a job all of whose programs are no circuits and were run; else nothing."""
        outcomes = self.outcomes
        solved = [outcome for outcome in outcomes if isinstance(outcome, Solved)]
        return solved if len(solved) == len(outcomes) else []

    def cancel(self, now: float) -> bool:
        """Cancel the job and its children; False when it was at its end already."""
        if state(self, now).phase.final:
            return False
        if self.cancelled_at is None:
            self.cancelled_at = now
            for child in self.children:
                child.cancel(now)
            # A child's circuit is its parent's too, which goes on, whether the simulation has begun or not.
            for computation in self.computations if self.parent_id is None else ():
                computation.abandon()
        return True

    def hold(self, now: float) -> bool:
        """Stop the job and its children until they are released; False where it runs or is at its end."""
        if state(self, now).phase not in (Phase.SUBMITTED, Phase.VALIDATING, Phase.QUEUED):
            return False
        self.held_at = now
        for child in self.children:
            child.hold(now)
        return True

    def release(self, now: float) -> bool:
        """Let a held job go on where it was stopped, and its children."""
        if state(self, now).phase is not Phase.HELD or self.held_at is None:
            return False
        self.delayed += now - self.held_at
        self.held_at = None
        for child in self.children:
            child.release(now)
        return True


def state(job: Job, now: float) -> State:
    """The state of a job at the time `now`."""
    if job.ended is not None and job.ended.ended_at is not None and now >= job.ended.ended_at:
        return job.ended
    queued_at = job.queued_at
    started_at = queued_at + job.pace.queued
    if job.cancelled_at is not None and job.cancelled_at <= now:
        ended_at = job.cancelled_at + job.pace.cancelling
        started = started_at if started_at <= job.cancelled_at else None
        if now < ended_at:
            return State(Phase.CANCELLING, queued_at, started)
        return State(Phase.CANCELLED, queued_at, started, ended_at)

    if job.held_at is not None and job.held_at <= now:
        return State(Phase.HELD, queued_at)
    if now < queued_at - job.pace.validating:
        return State(Phase.SUBMITTED, queued_at)
    if now < queued_at:
        return State(Phase.VALIDATING, queued_at)
    # A job that was cancelled was not at its end before, whatever became of its circuits since.
    failure, computing = None, job.cancelled_at is not None
    for computation in job.computations if not computing else ():
        outcome = computation.needed()
        if outcome is None:
            computing = True
        elif failure is None and isinstance(outcome, Failed):
            failure = outcome
    if failure is not None and failure.preflight:
        ended_at = max(queued_at, _computed_at(job))
        if now >= ended_at:
            return State(Phase.FAILED, queued_at, None, ended_at, failure)
    if now < started_at:
        return State(Phase.QUEUED, queued_at)
    if now < started_at + job.pace.running or computing:
        return State(Phase.RUNNING, queued_at, started_at)
    ended_at = max(started_at + job.pace.running, _computed_at(job))
    if failure is not None:
        return State(Phase.FAILED, queued_at, started_at, ended_at, failure)
    return State(Phase.COMPLETED, queued_at, started_at, ended_at)


def _computed_at(job: Job) -> float:
    return max((computation.finished_at or 0.0 for computation in job.computations), default=0.0)
