"""Several processes that submit the same points at once through one store: one job each. Also where some are killed.

The default is a sample; QUANTUM_JOBS_TEST_EVERY=1 takes five thousand points.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack

import attrs
import pytest
from quantum_jobs import Store

from tests.wrapper.store.ionq import Ionq
from tests.wrapper.store.processes import Nursery, Work

PROCESSES = 4
#: 40 by default.
POINTS = 5000 if os.environ.get("QUANTUM_JOBS_TEST_EVERY") == "1" else 40


@pytest.fixture(scope="module")
def nurseries() -> Iterator[list[Nursery]]:
    with ExitStack() as stack:
        yield [stack.enter_context(Nursery()) for _ in range(PROCESSES)]


def works(ionq: Ionq, place: str, points: int) -> list[Work]:
    """Each process begins somewhere else, and meets the others on the way."""
    return [
        Work(url=ionq.url, store=place, points=range(points), seed=number, at_once=8, results=False)
        for number in range(PROCESSES)
    ]


def test_processes_that_race_for_the_same_keys_make_one_job_for_each(
    ionq: Ionq, place: str, nurseries: list[Nursery]
) -> None:
    for nursery, work in zip(nurseries, works(ionq, place, POINTS), strict=True):
        nursery.start(work)
    outcomes = [nursery.outcome() for nursery in nurseries]
    made = {key.removeprefix("point-"): ids for key, ids in ionq.ids_by_key().items()}
    assert len(made) == POINTS
    assert all({point: [job_id] for point, job_id in outcome.jobs.items()} == made for outcome in outcomes)
    assert len(list(Store(place).jobs())) == POINTS
    # Beside the POSTs each process lists the account's jobs once, while there is no list of them yet.
    assert len(ionq.asked("GET")) <= 2 * PROCESSES


def test_processes_that_are_killed_in_the_race_leave_nothing_lost_and_nothing_doubled(
    ionq: Ionq, place: str, nurseries: list[Nursery]
) -> None:
    kills = 0
    for turn in range(3):
        for number, (nursery, work) in enumerate(zip(nurseries, works(ionq, place, 12), strict=True)):
            # One of them is not killed, and goes on beside what the others leave behind.
            after = 0.1 + 0.1 * number + 0.05 * turn if number else None
            nursery.start(attrs.evolve(work, kill_after=after))
        kills += sum(nursery.outcome().killed for nursery in nurseries)
    assert kills
    assert {len(ids) for ids in ionq.ids_by_key().values()} == {1}
    assert {each.ref for each in Store(place).jobs()} == {f"ionq-v0.4:{job_id}" for job_id in ionq.jobs}
    assert len(ionq.jobs) == 12
