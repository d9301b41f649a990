"""How a job moves: its state is a function of the job and the time."""

from __future__ import annotations

from concurrent.futures import Future

import pytest
from quantum_jobs.sandbox import Pace
from quantum_jobs.sandbox.engine import Failed, Measured, Outcome
from quantum_jobs.sandbox.jobs import Computation, Job, Phase, state

MEASURED = Measured(1, 1, True, {"0": 1.0}, {"0": 1}, {}, 0, 0)
PACE = Pace(submitted=1, queued=2, running=3, cancelling=4)


def job(outcome: Outcome | None = MEASURED, *, computed_at: float = 0.0) -> Job:
    future: Future[Outcome] = Future()
    computation = Computation(future, lambda: computed_at)
    if outcome is not None:
        future.set_result(outcome)
    return Job("id", 1, "device", PACE, 0.0, "owner", [computation])


@pytest.mark.parametrize(
    ("now", "phase"),
    [
        (0.0, Phase.SUBMITTED),
        (0.99, Phase.SUBMITTED),
        (1.0, Phase.QUEUED),
        (3.0, Phase.RUNNING),
        (5.99, Phase.RUNNING),
        (6.0, Phase.COMPLETED),
    ],
)
def test_a_job_moves_with_the_time(now: float, phase: Phase) -> None:
    assert state(job(), now).phase is phase


def test_a_job_runs_until_its_circuits_are_simulated() -> None:
    assert state(job(None), 100).phase is Phase.RUNNING
    late = state(job(computed_at=50), 100)
    assert (late.phase, late.started_at, late.ended_at) == (Phase.COMPLETED, 3.0, 50)


def test_a_program_that_is_refused_fails_before_it_starts() -> None:
    refused = job(Failed("invalid", "no"))
    assert state(refused, 0.5).phase is Phase.SUBMITTED
    failed = state(refused, 1.0)
    assert (failed.phase, failed.started_at, failed.ended_at) == (Phase.FAILED, None, 1.0)


def test_a_simulation_that_breaks_fails_a_job_that_ran() -> None:
    broken = job(Failed("timeout", "slow"), computed_at=30)
    assert state(broken, 2.0).phase is Phase.QUEUED
    failed = state(broken, 31.0)
    assert (failed.phase, failed.started_at, failed.ended_at) == (Phase.FAILED, 3.0, 30)


@pytest.mark.parametrize(("at", "started"), [(0.5, None), (2.0, None), (4.0, 3.0)])
def test_a_job_can_be_cancelled_until_its_end(at: float, started: float | None) -> None:
    one = job()
    assert one.cancel(at)
    assert state(one, at + 3.9).phase is Phase.CANCELLING
    ended = state(one, at + 4)
    assert (ended.phase, ended.started_at, ended.ended_at) == (Phase.CANCELLED, started, at + 4)
    assert state(one, 1000).phase is Phase.CANCELLED


def test_a_job_at_its_end_is_not_cancelled() -> None:
    one = job()
    assert not one.cancel(6.0)
    assert state(one, 6.0).phase is Phase.COMPLETED


def test_a_second_cancel_does_not_move_the_first() -> None:
    one = job()
    assert one.cancel(1.0)
    assert one.cancel(2.0)
    assert one.cancelled_at == 1.0
