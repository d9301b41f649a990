"""Jobs and how they move through their statuses: one model for all three clouds.

A job's state is a pure function of the job and the time. Nothing runs in the background to change it, so time can be
stopped or moved and every reader sees the same. How a state is called on the wire is the business of `vendors`.
"""

from __future__ import annotations

import enum
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from typing import Any

import attrs

from .engine import Failed, Measured, Outcome


class Phase(enum.Enum):
    """Where a job is between its submission and its end."""

    SUBMITTED = "submitted"
    QUEUED = "queued"
    RUNNING = "running"
    CANCELLING = "cancelling"
    CANCELLED = "cancelled"
    COMPLETED = "completed"
    FAILED = "failed"

    @property
    def final(self) -> bool:
        return self in (Phase.CANCELLED, Phase.COMPLETED, Phase.FAILED)


@attrs.frozen
class Pace:
    """How long a device keeps a job in each phase, in seconds.

    A job whose circuits take longer to simulate than `running` stays in RUNNING until they are done.
    """

    submitted: float = 0.02
    queued: float = 0.05
    running: float = 0.1
    cancelling: float = 0.05


@attrs.frozen
class State:
    """What a job looks like at one moment. Times are in seconds since the Unix epoch."""

    phase: Phase
    queued_at: float
    started_at: float | None = None
    ended_at: float | None = None
    failure: Failed | None = None


class Computation:
    """One circuit under simulation: its outcome, and since when it is there, in sandbox time."""

    def __init__(self, future: Future[Outcome], now: Callable[[], float]) -> None:
        self.outcome: Outcome | None = None
        self.finished_at: float | None = None
        self._future = future
        self._now = now
        self._done = threading.Event()
        future.add_done_callback(self._keep)

    def _keep(self, future: Future[Outcome]) -> None:
        try:
            outcome: Outcome = future.result()
        except BaseException:  # a cancelled future raises CancelledError, which is no Exception
            outcome = Failed(kind="internal", message="the simulation was stopped")
        self.finished_at = self._now()
        self.outcome = outcome  # last: readers on another thread look at this one first
        self._done.set()

    def wait(self, timeout: float | None = None) -> bool:
        """Block until the outcome is there; False when `timeout` seconds were not enough."""
        return self._done.wait(timeout)

    def abandon(self) -> None:
        """Do not begin the simulation if it has not begun."""
        self._future.cancel()


@attrs.define(eq=False)
class Job:
    """A job that was submitted. Only `cancelled_at` ever changes.

    `tags` are the submitter's own notes (IonQ: metadata), `request` is the vendor's body as it was sent.
    """

    id: str
    sequence: int
    device: str
    pace: Pace
    submitted_at: float
    computations: Sequence[Computation]
    shots: int | None = None
    name: str | None = None
    tags: Mapping[str, Any] = attrs.field(factory=dict)
    request: Mapping[str, Any] = attrs.field(factory=dict)
    seed: int = 0
    parent_id: str | None = None
    children: Sequence[Job] = ()
    cancelled_at: float | None = None

    @property
    def outcomes(self) -> Sequence[Outcome | None]:
        """One for each circuit, in the order of submission; None where it is still being simulated."""
        return [computation.outcome for computation in self.computations]

    @property
    def measured(self) -> Sequence[Measured]:
        """The outcomes of a job all of whose circuits were simulated; else nothing."""
        outcomes = self.outcomes
        measured = [outcome for outcome in outcomes if isinstance(outcome, Measured)]
        return measured if len(measured) == len(outcomes) else []

    def cancel(self, now: float) -> bool:
        """Cancel the job and its children; False when it was at its end already."""
        if state(self, now).phase.final:
            return False
        if self.cancelled_at is None:
            self.cancelled_at = now
            for child in self.children:
                child.cancel(now)
            for computation in self.computations:
                computation.abandon()
        return True


def state(job: Job, now: float) -> State:
    """The state of a job at the time `now`."""
    queued_at = job.submitted_at + job.pace.submitted
    started_at = queued_at + job.pace.queued
    if job.cancelled_at is not None:
        ended_at = job.cancelled_at + job.pace.cancelling
        started = started_at if started_at <= job.cancelled_at else None
        if now < ended_at:
            return State(Phase.CANCELLING, queued_at, started)
        return State(Phase.CANCELLED, queued_at, started, ended_at)

    failure = next((outcome for outcome in job.outcomes if isinstance(outcome, Failed)), None)
    if failure is not None and failure.preflight:
        ended_at = max(queued_at, _computed_at(job))
        if now >= ended_at:
            return State(Phase.FAILED, queued_at, None, ended_at, failure)
    if now < queued_at:
        return State(Phase.SUBMITTED, queued_at)
    if now < started_at:
        return State(Phase.QUEUED, queued_at)
    if now < started_at + job.pace.running or any(outcome is None for outcome in job.outcomes):
        return State(Phase.RUNNING, queued_at, started_at)
    ended_at = max(started_at + job.pace.running, _computed_at(job))
    if failure is not None:
        return State(Phase.FAILED, queued_at, started_at, ended_at, failure)
    return State(Phase.COMPLETED, queued_at, started_at, ended_at)


def _computed_at(job: Job) -> float:
    return max((computation.finished_at or 0.0 for computation in job.computations), default=0.0)
