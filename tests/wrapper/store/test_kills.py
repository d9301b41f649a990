"""kill -9 at every step of a submission through a store, then the same from the top: nothing lost, nothing doubled.

The default is a sample; QUANTUM_JOBS_TEST_EVERY=1 takes every step.
"""

from __future__ import annotations

import os
from collections.abc import Callable

from quantum_jobs import Store

from tests.wrapper.store.ionq import Ionq
from tests.wrapper.store.processes import Nursery, Work

#: Every so many steps: 33 by default.
EVERY = 8 * int(os.environ.get("QUANTUM_JOBS_TEST_EVERY", "5")) - 7


def test_a_process_that_is_killed_at_any_step_and_run_again_has_one_job_for_each_point(
    ionq: Ionq, new_place: Callable[[], str], nursery: Nursery
) -> None:
    points = [1, 2]
    steps = nursery.run(Work(url=ionq.url, store=new_place(), points=points)).steps
    assert steps > 60
    kills = 0
    for step in range(1, steps + 1, EVERY):
        ionq.jobs.clear()
        work = Work(url=ionq.url, store=new_place(), points=points, kill_at=step)
        kills += nursery.run(work).killed
        _check_one_job_each(ionq, nursery, work)
    assert kills > 0.8 * steps / EVERY


def test_a_process_that_is_killed_again_and_again_comes_to_an_end(ionq: Ionq, place: str, nursery: Nursery) -> None:
    """Each time in another place, also while it repairs what the last one left."""
    points = list(range(6))
    for step in range(5, 60, EVERY):
        work = Work(url=ionq.url, store=place, points=points, seed=step, at_once=4, kill_at=step)
        nursery.run(work)
    _check_one_job_each(ionq, nursery, work)


def _check_one_job_each(ionq: Ionq, nursery: Nursery, work: Work) -> None:
    """Run again from the top, without being killed."""
    outcome = nursery.run(Work(url=work.url, store=work.store, points=work.points, at_once=work.at_once))
    made = ionq.ids_by_key()
    assert made == {f"point-{point}": [outcome.jobs[str(point)]] for point in work.points}
    store = Store(work.store)
    assert {each.idempotency_key: each.ref for each in store.submissions(state="known")} == {
        key: f"ionq-v0.4:{ids[0]}" for key, ids in made.items()
    }
    assert all(job.result().counts == {"1": 100} for job in store.jobs())
    assert len(list(store.jobs())) == len(work.points)
