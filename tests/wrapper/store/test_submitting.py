"""With a job store a submission is written down before it is sent: one key makes one job, whoever uses it and whatever
breaks off."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
import quantum_jobs
from quantum_jobs import Store, errors

from tests.loopback import Answer
from tests.wrapper.store.ionq import Ionq

CIRCUIT = {"qubits": 1, "circuit": [{"gate": "x", "target": 0}]}


def submit(client: quantum_jobs.Client, key: str | None = "t", **more: Any) -> quantum_jobs.Job:
    return client.submit(CIRCUIT, **{"device": "simulator", "shots": 10, "idempotency_key": key, **more})


def test_a_submission_with_a_key_of_one_s_own_costs_one_request(ionq: Ionq, place: str) -> None:
    with ionq.connect(place) as client:
        for number in range(20):
            submit(client, f"point-{number}")
    assert len(ionq.asked("POST")) == 20
    assert len(ionq.asked("GET")) == 1  # the one listing, when the account meets the store


def test_a_script_that_is_run_again_sends_nothing(ionq: Ionq, place: str) -> None:
    for _ in range(3):
        with ionq.connect(place) as client:
            jobs = [submit(client, f"point-{number}") for number in range(5)]
        assert [job.id for job in jobs] == [f"job-{number}" for number in range(5)]
    assert len(ionq.server.asked) == 6


def test_results_are_fetched_once_and_read_without_a_network(ionq: Ionq, place: str) -> None:
    with ionq.connect(place) as client:
        job = submit(client, name="bell", tags={"theta": 0.5})
        result = job.result(timeout=10)
        assert job.cost() is not None
    asked = len(ionq.server.asked)
    with ionq.connect(place) as client:
        assert submit(client).result(timeout=10) == result
        assert client.job(job.id).result() == result
    store = Store(place)
    stored = store.job(job.ref)
    assert stored.result() == result
    assert stored.program().data["circuit"] == CIRCUIT["circuit"]
    assert [each.ref for each in store.jobs(status="COMPLETED", device="simulator", name="bell")] == [job.ref]
    (cost,) = store.costs("device", "tag:theta")
    assert (cost.group, cost.jobs, str(cost.usd)) == ({"device": "simulator", "tag:theta": "0.5"}, 1, "0.97")
    assert len(ionq.server.asked) == asked


def test_the_same_key_with_another_submission_is_refused(ionq: Ionq, place: str) -> None:
    with ionq.connect(place) as client:
        job = submit(client)
    with ionq.connect(place) as client, pytest.raises(errors.IdempotencyMismatchError) as caught:
        submit(client, shots=20)
    assert (caught.value.job.ref, caught.value.differences) == (job.ref, ("shots",))
    assert len(ionq.asked("POST")) == 1


def test_a_submission_whose_end_nobody_knows_is_looked_for_before_another_is_sent(ionq: Ionq, place: str) -> None:
    ionq.answer = Answer({}, 500)
    ionq.server.routes["GET /v0.4/jobs"] = Answer({"jobs": [], "next": None})  # listings lag
    with ionq.connect(place) as client, pytest.raises(errors.SubmissionUncertainError):
        submit(client)
    (submission,) = Store(place).submissions()
    assert (submission.state, submission.ref) == ("uncertain", None)
    ionq.server.routes.clear()
    with ionq.connect(place) as client:
        assert submit(client).id == "job-0"
    assert len(ionq.asked("POST")) == 1
    assert [each.state for each in Store(place).submissions()] == ["known"]


def test_a_refused_submission_may_be_mended_and_sent_again(ionq: Ionq, place: str) -> None:
    with ionq.connect(place) as client:
        ionq.server.routes["POST /v0.4/jobs"] = Answer({"message": "no", "statusCode": 400}, 400)
        with pytest.raises(errors.InvalidRequestError):
            submit(client)
        assert [each.state for each in Store(place).submissions()] == ["refused"]
        ionq.server.routes.clear()
        assert submit(client, shots=20).id == "job-0"
    assert [(each.state, each.shots) for each in Store(place).submissions()] == [("known", 20)]


def test_keys_of_jobs_from_before_there_was_a_store_make_no_second_job(ionq: Ionq, place: str) -> None:
    with ionq.connect(False) as client:
        submit(client, "before")
    for _ in range(2):
        with ionq.connect(place) as client:
            assert submit(client, "before").id == "job-0"
    assert len(ionq.asked("POST")) == 1


def test_the_environment_names_a_store(ionq: Ionq, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUANTUM_JOBS_STORE", place)
    with ionq.connect(None) as client:
        job = submit(client)
    assert [each.ref for each in Store.default().jobs()] == [job.ref]


def test_async_clients_use_it_too(ionq: Ionq, place: str) -> None:
    async def scene() -> list[str]:
        async with quantum_jobs.connect_async("ionq", **ionq.arguments(place)) as client:
            jobs = await asyncio.gather(
                *(
                    client.submit(CIRCUIT, device="simulator", shots=10, idempotency_key=f"point-{number % 4}")
                    for number in range(8)
                )
            )
            return [job.id for job in jobs]

    assert len(set(asyncio.run(scene()))) == 4
    assert len(ionq.asked("POST")) == 4
