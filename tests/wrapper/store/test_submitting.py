"""With a job store a submission is written down before it is sent: one key makes one job, whoever uses it and whatever
breaks off."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import anyio
import pytest
import quantum_jobs
from quantum_jobs import Store, errors

from tests.loopback import Answer, Asked
from tests.wrapper.store.ionq import Ionq
from tests.wrapper.store.processes import Nursery, Work, submission

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


def test_what_this_process_made_before_it_had_a_store_is_not_made_again_by_a_later_one(
    ionq: Ionq, place: str, nursery: Nursery
) -> None:
    # So long no second listing is needed, and what was submitted after the first stands in none.
    with ionq.connect(False, confirmation_timeout=60) as client:
        for point in range(5):
            client.submit(**submission(point))
    with ionq.connect(place, confirmation_timeout=60) as client:
        submit(client)
    nursery.run(Work(url=ionq.url, store=place, points=range(5)))
    assert len(ionq.asked("POST")) == 6


def test_what_this_process_was_in_doubt_of_before_it_had_a_store_is_looked_for_by_a_later_one(
    ionq: Ionq, place: str, nursery: Nursery
) -> None:
    ionq.server.routes["GET /v0.4/jobs"] = Answer({"jobs": [], "next": None})  # listings lag
    ionq.answer = Answer({}, 500)
    with ionq.connect(False) as client, pytest.raises(errors.SubmissionUncertainError):
        client.submit(**submission(0))
    ionq.answer = None
    with ionq.connect(place) as client:
        submit(client)
    ionq.server.routes.clear()
    for _ in range(2):
        assert nursery.run(Work(url=ionq.url, store=place, points=[0])).jobs == {"0": "job-0"}
    assert len(ionq.asked("POST")) == 2


@pytest.mark.parametrize("in_doubt", [False, True])
def test_a_job_that_was_made_beside_the_store_is_made_once_and_known_to_it_from_then_on(
    ionq: Ionq, place: str, nursery: Nursery, in_doubt: bool
) -> None:
    with ionq.connect(place) as client:
        submit(client, "first")
    with ionq.connect(False) as client:
        if in_doubt:
            ionq.answer = Answer({}, 500)
            ionq.server.routes["GET /v0.4/jobs"] = Answer({"jobs": [], "next": None})
            with pytest.raises(errors.SubmissionUncertainError):
                client.submit(**submission(0))
            ionq.answer = None
            ionq.server.routes.clear()
        else:
            client.submit(**submission(0))
    with ionq.connect(place) as client:
        for _ in range(3):
            assert client.submit(**submission(0)).id == "job-1"
    assert nursery.run(Work(url=ionq.url, store=place, points=[0])).jobs == {"0": "job-1"}
    assert len(ionq.asked("POST")) == 2


@pytest.mark.parametrize("was_refused", [False, True])
def test_a_key_whose_job_is_not_found_here_is_looked_for_by_later_processes_too(
    ionq: Ionq, place: str, nursery: Nursery, was_refused: bool
) -> None:
    with ionq.connect(place) as client:
        submit(client, "first")
        if was_refused:
            ionq.server.routes["POST /v0.4/jobs"] = Answer({"message": "no", "statusCode": 400}, 400)
            with pytest.raises(errors.InvalidRequestError):
                client.submit(**submission(0))
            ionq.server.routes.clear()
    ionq.answer = Answer({}, 500)
    ionq.server.routes["GET /v0.4/jobs"] = Answer({"jobs": [], "next": None})
    with ionq.connect(False) as client, pytest.raises(errors.SubmissionUncertainError):
        client.submit(**submission(0))
    ionq.answer = None
    ionq.server.routes["GET /v0.4/jobs"] = Answer({"message": "no", "statusCode": 403}, 403)
    with ionq.connect(place) as client, pytest.raises(errors.PermissionDeniedError):
        client.submit(**submission(0))
    ionq.server.routes.clear()
    assert nursery.run(Work(url=ionq.url, store=place, points=[0])).jobs == {"0": "job-1"}
    assert len(ionq.asked("POST")) == 2 + was_refused


@pytest.mark.parametrize("is_lost", [False, True])
def test_whoever_joins_a_submission_of_a_client_without_the_store_keeps_what_came_of_it(
    ionq: Ionq, place: str, nursery: Nursery, is_lost: bool
) -> None:
    is_posting, may_answer = threading.Event(), threading.Event()
    lost = errors.SubmissionUncertainError

    def post(asked: Asked) -> Answer:
        is_posting.set()
        assert may_answer.wait(10)
        made = ionq._answer(asked)
        return Answer({}, 500) if is_lost else made

    with ionq.connect(place) as keeping, ionq.connect(False) as other, ThreadPoolExecutor(2) as threads:
        submit(keeping, "first")
        ionq.server.routes["POST /v0.4/jobs"] = post
        first = threads.submit(lambda: other.submit(**submission(0)))
        assert is_posting.wait(10)
        if is_lost:
            ionq.server.routes["GET /v0.4/jobs"] = Answer({"jobs": [], "next": None})
        second = threads.submit(lambda: keeping.submit(**submission(0)))
        with pytest.raises(TimeoutError):
            second.result(timeout=0.1)
        may_answer.set()
        assert [type(each.exception()) for each in (first, second)] == [lost if is_lost else type(None)] * 2
    ionq.server.routes.clear()
    assert nursery.run(Work(url=ionq.url, store=place, points=[0])).jobs == {"0": "job-1"}
    assert len(ionq.asked("POST")) == 2


def test_a_job_from_before_there_was_a_store_that_only_listings_show_yet_is_not_made_again(
    ionq: Ionq, place: str, nursery: Nursery
) -> None:
    with ionq.connect(False) as client:
        client.submit(**submission(0))
    not_found = Answer({"error": "Not Found", "message": "no such job", "statusCode": 404}, 404)
    ionq.server.routes["GET /v0.4/jobs/job-0"] = not_found
    assert nursery.run(Work(url=ionq.url, store=place, points=[0])).jobs == {"0": "job-0"}
    assert len(ionq.asked("POST")) == 1


def test_a_forgotten_job_from_before_there_was_a_store_leaves_its_key_free(ionq: Ionq, place: str) -> None:
    with ionq.connect(False) as client:
        job = submit(client, "before")
    with ionq.connect(place) as client:
        assert submit(client, "before") == job
        Store(place).forget(job.ref)
        assert submit(client, "before") != job
    assert len(ionq.asked("POST")) == 2


def test_the_environment_names_a_store(ionq: Ionq, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUANTUM_JOBS_STORE", place)
    with ionq.connect(None) as client:
        job = submit(client)
    assert [each.ref for each in Store.default().jobs()] == [job.ref]


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_async_clients_use_it_too(ionq: Ionq, place: str, backend: str) -> None:
    ids: set[str] = set()

    async def submit_one(client: quantum_jobs.AsyncClient, key: str) -> None:
        job = await client.submit(CIRCUIT, device="simulator", shots=10, idempotency_key=key)
        assert (await job.result(timeout=10)).counts == {"1": 10}
        ids.add(job.id)

    async def scene() -> None:
        client = quantum_jobs.connect_async("ionq", **ionq.arguments(place))
        async with client, anyio.create_task_group() as tasks:
            for number in range(8):
                tasks.start_soon(submit_one, client, f"point-{number % 4}")

    anyio.run(scene, backend=backend)
    assert len(ids) == len(ionq.asked("POST")) == 4


def test_a_key_that_the_store_knows_is_found_without_a_request(ionq: Ionq, place: str) -> None:
    with ionq.connect(place) as client:
        job = submit(client)
        asked = len(ionq.server.asked)
        assert client.find_submission("t") == job
        assert len(ionq.server.asked) == asked
        assert client.find_submission("nobody-s") is None


def test_a_job_from_before_there_was_a_store_that_was_deleted_is_made_anew(ionq: Ionq, place: str) -> None:
    with ionq.connect(False) as client:
        submit(client, "before")
    with ionq.connect(place, confirmation_timeout=0) as client:  # nothing is taken to be listed late
        submit(client, "other")
        del ionq.jobs["job-0"]
        assert submit(client, "before").id not in {"job-0", "other"}
        assert submit(client, "before").id in ionq.jobs
    assert len(ionq.asked("POST")) == 3


def test_a_job_that_was_deleted_at_the_service_keeps_its_key_and_its_result(ionq: Ionq, place: str) -> None:
    with ionq.connect(place) as client:
        result = submit(client).result(timeout=10)
        ionq.jobs.clear()
        assert submit(client).result() == result
        Store(place).forget("ionq:job-0")
        submit(client, "new")
        assert submit(client).id in ionq.jobs


def test_a_key_of_the_account_that_was_exchanged_makes_no_second_jobs(ionq: Ionq, place: str) -> None:
    with ionq.connect(place) as client:
        results = [submit(client, f"point-{number}").result(timeout=10) for number in range(3)]
    with ionq.connect(place, api_key="another-key") as client:
        jobs = [submit(client, f"point-{number}") for number in range(3)]
        asked = len(ionq.server.asked)
        assert [job.result() for job in jobs] == results
    assert len(ionq.server.asked) == asked
    assert len(ionq.asked("POST")) == 3


def test_a_client_without_the_store_knows_what_another_of_its_process_has_made(ionq: Ionq, place: str) -> None:
    with ionq.connect(place) as client:
        job = submit(client)
    with ionq.connect(False) as client:
        assert submit(client) == job
    assert len(ionq.asked("POST")) == 1


@pytest.mark.parametrize("first", ["with", "without"])
def test_a_client_without_the_store_needs_no_listing_to_know_what_was_made_beside_it(
    ionq: Ionq, place: str, first: str
) -> None:
    with (
        ionq.connect(place, confirmation_timeout=60) as kept,
        ionq.connect(False, confirmation_timeout=60) as client,
    ):
        submit(kept, "warm")
        ionq.server.routes["GET /v0.4/jobs"] = Answer({"jobs": [], "next": None})  # listings lag
        not_found = Answer({"error": "Not Found", "message": "no such job", "statusCode": 404}, 404)
        ionq.server.routes["GET /v0.4/jobs/job-1"] = not_found
        clients = [kept, client, kept, client]
        assert {submit(each).id for each in (clients if first == "with" else clients[1:])} == {"job-1"}
    assert len(ionq.asked("POST")) == 2


def test_a_file_that_is_removed_while_a_client_lives_makes_no_second_job(ionq: Ionq, tmp_path: Path) -> None:
    with ionq.connect(tmp_path / "jobs.sqlite3") as client:
        job = submit(client)
        for each in tmp_path.iterdir():
            each.unlink()
        assert submit(client) == job
    assert len(ionq.asked("POST")) == 1


def test_what_was_waited_for_is_kept_without_its_result_being_fetched(ionq: Ionq, place: str) -> None:
    with ionq.connect(place) as client:
        jobs = [submit(client, f"point-{number}") for number in range(3)]
        assert [job.status for job in Store(place).jobs()] == ["INITIALIZING"] * 3
        for job in jobs:
            job.wait(timeout=10)
    assert [job.status for job in Store(place).jobs()] == ["COMPLETED"] * 3


def test_jobs_of_a_rerun_that_are_over_are_not_asked_for_again(ionq: Ionq, place: str) -> None:
    with ionq.connect(place) as client:
        quantum_jobs.wait([submit(client, f"point-{number}") for number in range(4)], timeout=10)
    asked = len(ionq.server.asked)
    with ionq.connect(place) as client:
        jobs = [submit(client, f"point-{number}") for number in range(4)]
        assert [job.result().counts for job in quantum_jobs.as_completed(jobs, timeout=10)] == [{"1": 10}] * 4
    assert len(ionq.server.asked) == asked


def test_jobs_that_are_retrieved_are_kept_too(ionq: Ionq, place: str) -> None:
    with ionq.connect(False) as client:
        ref = submit(client).ref
    with ionq.connect(place) as client:
        result = client.job(ref).result(timeout=10)
        asked = len(ionq.server.asked)
        assert client.job(ref).result() == result
        assert len(ionq.server.asked) == asked
        client.job(ref).refresh()
        assert len(ionq.server.asked) == asked + 1
    assert Store(place).job(ref).submission() is None


def test_the_calibration_of_a_machine_is_kept_with_its_jobs_and_asked_for_once(ionq: Ionq, place: str) -> None:
    with ionq.connect(place) as client:
        for number in range(3):
            submit(client, f"point-{number}", device="qpu.forte-1").result(timeout=10)
        submit(client, "simulated").result(timeout=10)
    assert [job.calibration_id for job in Store(place).jobs()] == [None, "of-today", "of-today", "of-today"]
    assert ionq.asked("GET").count("/v0.4/backends") == 1


def test_a_calibration_that_cannot_be_had_does_not_hold_up_the_result(ionq: Ionq, place: str) -> None:
    ionq.server.routes["GET /v0.4/backends"] = Answer({}, 500)
    with ionq.connect(place) as client:
        assert submit(client, device="qpu.forte-1").result(timeout=10).counts == {"1": 10}
    assert [job.calibration_id for job in Store(place).jobs()] == [None]


def test_what_cannot_be_listed_at_first_is_not_sent(ionq: Ionq, place: str) -> None:
    ionq.server.routes["GET /v0.4/jobs"] = Answer({"message": "no", "statusCode": 403}, 403)
    with ionq.connect(place) as client:
        with pytest.raises(errors.PermissionDeniedError):
            submit(client)
        assert ionq.asked("POST") == []
        ionq.server.routes.clear()
        assert submit(client).id == "job-0"


def test_without_a_key_of_one_s_own_nothing_is_listed(ionq: Ionq, place: str) -> None:
    with ionq.connect(place) as client:
        job = submit(client, None)
    assert ionq.asked() == ["/v0.4/jobs"]
    assert Store(place).job(job.ref).submission() is not None


def test_a_store_is_given_as_an_object_too_and_may_be_left_out(
    ionq: Ionq, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUANTUM_JOBS_STORE", place)
    with ionq.connect(False) as client:
        submit(client, "before")
    assert list(Store(place).jobs()) == []
    with Store(place) as store, ionq.connect(store) as client:
        submit(client)
        assert len(list(store.jobs())) == 1
