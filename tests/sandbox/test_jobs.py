"""How a job moves: its state is a function of the job and the time."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Any

import attrs
import pytest
from quantum_sandbox import LatencyProfile, Retention
from quantum_sandbox.engine import CircuitResult, Failure, Outcome
from quantum_sandbox.http_types import HTTPError
from quantum_sandbox.jobs import Computation, Job, JobStore, Phase
from quantum_sandbox.jobs.store import _REMEMBERED_PROGRAMS

MEASURED = CircuitResult(1, 1, {"0": 1.0}, {"0": 1}, {}, 0, 0)
PACE = LatencyProfile(submitted=1, queued=2, running=3, cancelling=4)


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
    assert job().state_at(now).phase is phase


def test_a_job_runs_until_its_circuits_are_simulated() -> None:
    assert job(None).state_at(100).phase is Phase.RUNNING
    late = job(computed_at=50).state_at(100)
    assert (late.phase, late.started_at, late.ended_at) == (Phase.COMPLETED, 3.0, 50)


def test_a_program_that_is_refused_fails_before_it_starts() -> None:
    refused = job(Failure("invalid", "no"))
    assert refused.state_at(0.5).phase is Phase.SUBMITTED
    failed = refused.state_at(1.0)
    assert (failed.phase, failed.started_at, failed.ended_at) == (Phase.FAILED, None, 1.0)


def test_a_simulation_that_breaks_fails_a_job_that_ran() -> None:
    broken = job(Failure("timeout", "slow"), computed_at=30)
    assert broken.state_at(2.0).phase is Phase.QUEUED
    failed = broken.state_at(31.0)
    assert (failed.phase, failed.started_at, failed.ended_at) == (Phase.FAILED, 3.0, 30)


@pytest.mark.parametrize(("at", "started"), [(0.5, None), (2.0, None), (4.0, 3.0)])
def test_a_job_can_be_cancelled_until_its_end(at: float, started: float | None) -> None:
    one = job()
    assert one.cancel(at)
    assert one.state_at(at + 3.9).phase is Phase.CANCELLING
    ended = one.state_at(at + 4)
    assert (ended.phase, ended.started_at, ended.ended_at) == (Phase.CANCELLED, started, at + 4)
    assert one.state_at(1000).phase is Phase.CANCELLED


def test_a_job_at_its_end_is_not_cancelled() -> None:
    one = job()
    assert not one.cancel(6.0)
    assert one.state_at(6.0).phase is Phase.COMPLETED


def test_a_second_cancel_does_not_move_the_first() -> None:
    one = job()
    assert one.cancel(1.0)
    assert one.cancel(2.0)
    assert one.cancelled_at == 1.0


def test_an_outcome_that_comes_later_takes_its_room_and_gives_it_back() -> None:
    store = JobStore("ionq-v0.4", 0, Retention(megabytes=1), lambda job, state: 0.0)
    waiting = [Future[Outcome]() for _ in range(10)]
    jobs = [numbered(store, future) for future in waiting]
    large = {format(i, "010b"): i for i in range(1000)}
    for future in waiting:
        future.set_result(attrs.evolve(MEASURED, num_bits=10, probabilities=dict(large), counts=dict(large)))
    # Each takes 0.17 MB: six fit into 1 MB.
    store.make_room(100.0)
    assert [store.get(job.id) is not None for job in jobs] == [False] * 4 + [True] * 6
    for job in jobs:
        store.remove(job.id)
    assert store._bytes == 0


def test_an_outcome_that_many_jobs_have_takes_its_room_once() -> None:
    store = JobStore("ionq-v0.4", 0, Retention(megabytes=1), lambda job, state: 0.0)
    large = attrs.evolve(MEASURED, num_bits=10, probabilities={format(i, "010b"): i for i in range(1000)})
    waiting = [Future[Outcome]() for _ in range(20)]
    jobs = [numbered(store, future) for future in waiting]
    for future in waiting:
        future.set_result(large)
    store.make_room(100.0)
    assert all(store.get(job.id) for job in jobs)
    for job in jobs[:-1]:
        store.remove(job.id)
    assert store._bytes > 100_000
    store.remove(jobs[-1].id)
    assert store._bytes == 0


def test_a_large_request_takes_its_room() -> None:
    store = JobStore("ionq-v0.4", 0, Retention(megabytes=1), lambda job, state: 0.0)
    future = Future[Outcome]()
    future.set_result(MEASURED)
    numbered(store, future, {"circuit": [{"gate": "rx", "target": i, "rotation": i / 7} for i in range(10_000)]})
    store.make_room(100.0)
    assert len(store) == 0


def numbered(store: JobStore, future: Future[Outcome], request: dict[str, Any] | None = None) -> Job:
    """A job in the store, whose outcome is that of the future."""
    sequence = store.next_sequence()
    computations = [Computation(future, lambda: 0.0)]
    one = Job(f"job {sequence}", sequence, "device", PACE, 0.0, "owner", computations, request=request or {})
    store.add(one)
    return one


@pytest.mark.parametrize("outcome", [None, MEASURED, Failure("invalid", "no"), Failure("timeout", "slow")])
def test_a_cancelled_job_was_running_before_whatever_became_of_its_circuit(outcome: Outcome | None) -> None:
    future: Future[Outcome] = Future()
    one = Job("id", 1, "device", PACE, 0.0, "owner", [Computation(future, lambda: 0.0)])
    # The simulation takes its time: it has not ended when the job is cancelled.
    assert one.state_at(10.0).phase is Phase.RUNNING
    future.set_running_or_notify_cancel()
    assert one.cancel(10.0)
    if outcome is not None:
        future.set_result(outcome)
    assert [one.state_at(at).phase for at in (0.5, 9.9, 13.9, 14)] == [
        *(Phase.SUBMITTED, Phase.RUNNING, Phase.CANCELLING, Phase.CANCELLED),
    ]


def test_a_simulation_that_was_given_up_has_no_outcome_and_one_that_was_stopped_failed() -> None:
    given_up, stopped = (Computation(Future(), lambda: 0.0) for _ in range(2))
    given_up.abandon()
    assert given_up.outcome is None
    stopped._future.cancel()
    assert stopped.outcome == Failure("internal", "the simulation was stopped")


@pytest.mark.parametrize("begun", [False, True])
def test_a_cancelled_child_leaves_its_parent_to_go_on(begun: bool) -> None:
    future: Future[Outcome] = Future()
    computation = Computation(future, lambda: 0.0)
    child = Job("child", 2, "device", PACE, 0.0, "owner", [computation], parent_id="id")
    parent = Job("id", 1, "device", PACE, 0.0, "owner", [computation], child_ids=["child"], children=[child])
    if begun:
        future.set_running_or_notify_cancel()
    assert child.cancel(1.0)
    assert not future.cancelled()
    future.set_result(MEASURED)
    assert (parent.state_at(100.0).phase, child.state_at(100.0).phase) == (Phase.COMPLETED, Phase.CANCELLED)


def test_a_job_on_hold_holds_its_children() -> None:
    child = attrs.evolve(job(), id="child", parent_id="id")
    parent = attrs.evolve(job(), child_ids=["child"], children=[child])
    assert parent.hold(0.5)
    assert [one.state_at(100.0).phase for one in (parent, child)] == [Phase.HELD] * 2
    assert parent.release(100.0)
    assert [one.state_at(100.5).phase for one in (parent, child)] == [Phase.QUEUED] * 2
    assert parent.state_at(200.0) == child.state_at(200.0)


def done() -> Future[Outcome]:
    future = Future[Outcome]()
    future.set_result(MEASURED)
    return future


@pytest.mark.parametrize("large", [False, True])
def test_a_refused_job_costs_no_job_that_was_kept(large: bool) -> None:
    store = JobStore("ionq-v0.4", 0, Retention(jobs=5, megabytes=1), lambda job, state: 0.0)
    ended = [numbered(store, done()) for _ in range(3)]
    request = {"circuit": [{"gate": "rx", "target": i, "rotation": i / 7} for i in range(10_000)]} if large else None
    numbered(store, Future(), request)
    with pytest.raises(HTTPError, match=r"Retention\(jobs=5, megabytes=1\)"):
        store.make_room(100.0, 1 if large else 5)
    assert all(store.get(one.id) for one in ended)
    if not large:
        store.make_room(100.0, 3)
        assert [store.get(one.id) is not None for one in ended] == [False, False, True]


def test_jobs_that_go_together_give_back_their_common_outcome() -> None:
    store = JobStore("ionq-v0.4", 0, Retention(megabytes=1), lambda job, state: 0.0)
    huge = attrs.evolve(MEASURED, num_bits=14, probabilities={format(i, "014b"): i for i in range(1 << 14)})
    futures = [Future[Outcome]() for _ in range(2)]
    ended = [numbered(store, future) for future in futures]
    for future in futures:
        future.set_result(huge)
    store.make_room(100.0)
    assert [store.get(one.id) for one in ended] == [None, None]
    assert store._bytes == 0


def test_a_parent_s_outcome_weighs_until_the_parent_goes() -> None:
    store = JobStore("ionq-v0.4", 0, Retention(), lambda job, state: 0.0)
    future = Future[Outcome]()
    computation = Computation(future, lambda: 0.0)
    child = Job("child", 2, "device", PACE, 0.0, "owner", [computation], parent_id="id")
    parent = Job("id", 1, "device", PACE, 0.0, "owner", [computation], child_ids=["child"], children=[child])
    for one in (parent, child):
        store.add(one)
    future.set_result(attrs.evolve(MEASURED, num_bits=10, probabilities={format(i, "010b"): i for i in range(1000)}))
    store.make_room(0.0)
    store.remove("child")
    assert parent.children == []
    assert store._bytes > 100_000
    store.remove("id")
    assert store._bytes == 0


def test_a_job_that_ended_is_paid_for_also_where_nobody_looked_before_it_was_deleted() -> None:
    store = JobStore("ionq-v0.4", 0, Retention(), lambda job, state: 7.0 if state.phase is Phase.COMPLETED else 0.0)
    store.remove(numbered(store, done()).id)
    waiting = numbered(store, Future())
    assert store.cancel(waiting, 1.0)
    store.remove(waiting.id)
    assert store.spent["owner"] == 7.0


def test_programs_are_remembered_up_to_a_number() -> None:
    store = JobStore("ionq-v0.4", 0, Retention(), lambda job, state: 0.0)
    first = store.sampling_seed("often", 1)
    for number in range(_REMEMBERED_PROGRAMS - 1):
        store.sampling_seed(str(number), 1)
    assert store.sampling_seed("often", 1) != first
    store.sampling_seed("one more", 1)
    assert len(store._seen) == _REMEMBERED_PROGRAMS
    assert store.sampling_seed("often", 1) != first
