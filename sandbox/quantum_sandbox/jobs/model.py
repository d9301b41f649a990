"""Jobs and their states: one model for all clouds.

The state of a job is a pure function of the job and the time. No background task changes it, so time can stand still or
be moved, and all readers see the same. With a manual clock, a state that depends on a simulation waits for it, so that
the state does not depend on the speed of the machine. The vendors' words for the states are in `vendors`.
"""

from __future__ import annotations

import enum
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from typing import Any

import attrs

from quantum_sandbox.engine import CircuitResult, Failure, Outcome, SolverResult, Task, circuit_result_of


class Phase(enum.Enum):
    """The phases of a job, from its submission to its end."""

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


def _check_seconds(_profile: LatencyProfile, attribute: attrs.Attribute[float], value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1e9:
        raise ValueError(f"{attribute.name} must be a number of seconds between 0 and 1e9")


@attrs.frozen
class LatencyProfile:
    """How long a job stays in each phase, in seconds.

    A job whose simulation takes longer than `running` stays in RUNNING until that ends. `validating` is a phase that
    only qBraid has; it is skipped by default.
    """

    submitted: float = attrs.field(default=0.02, validator=_check_seconds)
    queued: float = attrs.field(default=0.05, validator=_check_seconds)
    running: float = attrs.field(default=0.1, validator=_check_seconds)
    cancelling: float = attrs.field(default=0.05, validator=_check_seconds)
    validating: float = attrs.field(default=0.0, validator=_check_seconds)


@attrs.frozen
class JobState:
    """The state of a job at one time. Times are in seconds since the Unix epoch."""

    phase: Phase
    queued_at: float
    started_at: float | None = None
    ended_at: float | None = None
    failure: Failure | None = None


class Computation:
    """The simulation of one program, and its outcome.

    Args:
        future: gives the outcome.
        now: the time of the sandbox.
        task: what is simulated.
        awaited: `wait_for_outcome` waits, in real time.

    Attributes:
        task: None once there is an outcome.
        outcome: None until the simulation ends.
        finished_at: when it ended, in sandbox time.
        abandoned: whether it was given up; then there may never be an outcome.
    """

    def __init__(
        self, future: Future[Outcome], now: Callable[[], float], task: Task | None = None, *, awaited: bool = False
    ) -> None:
        self.task = task
        self.outcome: Outcome | None = None
        self.finished_at: float | None = None
        self.abandoned = False
        self._future = future
        self._now = now
        self._done = threading.Event() if awaited else None
        future.add_done_callback(self._store_outcome)

    def wait_for_outcome(self) -> Outcome | None:
        """The outcome, after waiting for it where it is awaited; else None while the simulation runs."""
        if self._done is not None and not self.abandoned:
            self._done.wait()
        return self.outcome

    def _store_outcome(self, future: Future[Outcome]) -> None:
        if not (self.abandoned and future.cancelled()):
            try:
                outcome: Outcome = future.result()
            except BaseException:  # a cancelled future raises CancelledError, which is no Exception
                outcome = Failure(kind="internal", message="the simulation was stopped")
            self.finished_at = self._now()
            # Order matters to other threads: the time is set before the outcome, the outcome before the task is
            # cleared.
            self.outcome = outcome
        self.task = None
        if self._done is not None:
            self._done.set()

    def when_done(self, callback: Callable[[], None]) -> None:
        """Call `callback` when the simulation has ended, possibly in another thread; immediately if it has."""
        self._future.add_done_callback(lambda _: callback())

    def abandon(self) -> None:
        """Give up the simulation. If it has not started, there never is an outcome."""
        self.abandoned = True
        self._future.cancel()


@attrs.define(eq=False)
class Job:
    """A submitted job. Only the last five fields change.

    Attributes:
        sequence: position in the order of submission.
        owner: the account, see `accounts`.
        computations: one for each program.
        tags: key-value pairs of the submitter (IonQ: metadata).
        request: the body of the submission as it was sent; `size` is its length in bytes.
        child_ids: the jobs of the single circuits, one for each; `children` are those that were not deleted.
        delayed: how long the job was held in total, in seconds.
        ended: the last state, once it was observed.
    """

    id: str
    sequence: int
    device: str
    latency: LatencyProfile
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
    ended: JobState | None = None

    @property
    def queued_at(self) -> float:
        return self.submitted_at + self.delayed + self.latency.submitted + self.latency.validating

    def possible_end_times(self) -> Sequence[float]:
        """The times at which the job may end. It may also end when its simulation does."""
        if self.cancelled_at is not None:
            return [self.cancelled_at + self.latency.cancelling]
        return [self.queued_at, self.queued_at + self.latency.queued + self.latency.running]

    @property
    def outcomes(self) -> Sequence[Outcome | None]:
        """One for each program, in order of submission; None while it is simulated."""
        return [computation.outcome for computation in self.computations]

    @property
    def measured(self) -> Sequence[CircuitResult]:
        """The results of the circuits, if all programs of the job ran a circuit; else an empty list."""
        outcomes = self.outcomes
        measured = [found for outcome in outcomes if (found := circuit_result_of(outcome)) is not None]
        return measured if len(measured) == len(outcomes) else []

    @property
    def solved(self) -> Sequence[SolverResult]:
        """The outcomes, if all programs of the job are no circuits and were run; else an empty list."""
        outcomes = self.outcomes
        solved = [outcome for outcome in outcomes if isinstance(outcome, SolverResult)]
        return solved if len(solved) == len(outcomes) else []

    def cancel(self, now: float) -> bool:
        """Cancel the job and its children; False where it had ended."""
        if self.state_at(now).phase.final:
            return False
        if self.cancelled_at is None:
            self.cancelled_at = now
            for child in self.children:
                child.cancel(now)
            # A child shares its computation with its parent, which goes on.
            for computation in self.computations if self.parent_id is None else ():
                computation.abandon()
        return True

    def hold(self, now: float) -> bool:
        """Hold the job and its children until they are released; False where it runs or has ended."""
        if self.state_at(now).phase not in (Phase.SUBMITTED, Phase.VALIDATING, Phase.QUEUED):
            return False
        self.held_at = now
        for child in self.children:
            child.hold(now)
        return True

    def release(self, now: float) -> bool:
        """Release a held job and its children: it goes on in the phase in which it was held."""
        if self.state_at(now).phase is not Phase.HELD or self.held_at is None:
            return False
        self.delayed += now - self.held_at
        self.held_at = None
        for child in self.children:
            child.release(now)
        return True

    def state_at(self, now: float) -> JobState:
        """The state at the time `now`, in seconds since the Unix epoch."""
        if self.ended is not None and self.ended.ended_at is not None and now >= self.ended.ended_at:
            return self.ended
        queued_at = self.queued_at
        started_at = queued_at + self.latency.queued
        if self.cancelled_at is not None and self.cancelled_at <= now:
            ended_at = self.cancelled_at + self.latency.cancelling
            started = started_at if started_at <= self.cancelled_at else None
            if now < ended_at:
                return JobState(Phase.CANCELLING, queued_at, started)
            return JobState(Phase.CANCELLED, queued_at, started, ended_at)

        if self.held_at is not None and self.held_at <= now:
            return JobState(Phase.HELD, queued_at)
        if now < queued_at - self.latency.validating:
            return JobState(Phase.SUBMITTED, queued_at)
        if now < queued_at:
            return JobState(Phase.VALIDATING, queued_at)
        # A cancelled job had not ended before, whatever its simulation has given since.
        failure, computing = None, self.cancelled_at is not None
        for computation in self.computations if not computing else ():
            outcome = computation.wait_for_outcome()
            if outcome is None:
                computing = True
            elif failure is None and isinstance(outcome, Failure):
                failure = outcome
        if failure is not None and failure.preflight:
            ended_at = max(queued_at, self._computed_at())
            if now >= ended_at:
                return JobState(Phase.FAILED, queued_at, None, ended_at, failure)
        if now < started_at:
            return JobState(Phase.QUEUED, queued_at)
        if now < started_at + self.latency.running or computing:
            return JobState(Phase.RUNNING, queued_at, started_at)
        ended_at = max(started_at + self.latency.running, self._computed_at())
        if failure is not None:
            return JobState(Phase.FAILED, queued_at, started_at, ended_at, failure)
        return JobState(Phase.COMPLETED, queued_at, started_at, ended_at)

    def _computed_at(self) -> float:
        return max((computation.finished_at or 0.0 for computation in self.computations), default=0.0)
