"""Jobs outlive their process: by reference, by pickle, by plain JSON."""

from __future__ import annotations

import asyncio
import copy
import json
import pickle
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import attrs
import pytest
import quantum_jobs
from quantum_jobs import Cost, JobRecord, JobStatus, QuantumJobsWarning
from quantum_jobs.model import Failure

from tests.loopback import Loopback
from tests.worlds import World
from tests.wrapper.clouds import example

ID = "e1a09d90-b2ba-4ea5-9fd7-4bfc14eac524"


# Taking a job up again.


@pytest.fixture
def environment(server: Loopback, monkeypatch: pytest.MonkeyPatch) -> Loopback:
    """A server that the environment points at, with a completed job of each IonQ version and one of qBraid's."""
    monkeypatch.setenv("IONQ_API_KEY", "key-of-ionq")
    monkeypatch.setenv("IONQ_API_URL", server.origin)
    monkeypatch.setenv("QBRAID_API_KEY", "key-of-qbraid")
    monkeypatch.setenv("QBRAID_API_URL", server.origin)
    job = {**example("ionq_v0_4_job"), "results": {"probabilities": {"url": "/shares"}}, "stats": {"qubits": 2}}
    server.routes[f"GET /jobs/{ID}"] = job
    server.routes["GET /shares"] = {"1": 0.99, "3": 0.01}
    server.routes["GET /jobs/qbraid%3Ajob%3Aabc123xyz"] = example("qbraid_v2_job")
    return server


async def _closed(world: World) -> None:
    """Close what the world's event loop holds: the shared clients of the environment."""
    if world.is_async:
        for ref in (f"ionq:{ID}", "qbraid:qbraid:job:abc123xyz"):
            job = await quantum_jobs.job_async(ref)
            await job._connection.transport.close()


@pytest.mark.parametrize(
    ("ref", "full"),
    [
        (f"ionq:{ID}", f"ionq-v0.4:{ID}"),
        (f"ionq-v0.4:{ID}", f"ionq-v0.4:{ID}"),
        (f"ionq-v0.3:{ID}", f"ionq-v0.3:{ID}"),
        ("qbraid:qbraid:job:abc123xyz", "qbraid-v2:qbraid:job:abc123xyz"),
        ("qbraid-v2:qbraid:job:abc123xyz", "qbraid-v2:qbraid:job:abc123xyz"),
    ],
)
def test_a_job_is_taken_up_by_reference_and_named_in_full(
    environment: Loopback, world: World, ref: str, full: str
) -> None:
    async def scene() -> tuple[str, str, str, JobStatus]:
        job = await world.job(ref)
        assert job.record.ref == job.ref
        found = job.ref, job.service, job.id, job.status
        await _closed(world)
        return found

    service, _, job_id = full.partition(":")
    assert world.play(scene) == (full, service, job_id, JobStatus.COMPLETED)
    keys = {asked.headers.get("authorization") or asked.headers.get("x-api-key") for asked in environment.asked[:1]}
    assert keys <= {"apiKey key-of-ionq", "key-of-qbraid"}


def test_a_reference_made_in_one_world_works_in_the_other(environment: Loopback) -> None:
    job = quantum_jobs.job(f"ionq:{ID}")
    again = World("async")

    async def scene() -> str:
        taken = await again.job(job.ref)
        await _closed(again)
        return str(taken.ref)

    assert again.play(scene) == job.ref == f"ionq-v0.4:{ID}"


def test_jobs_by_reference_share_one_client_that_is_made_anew_when_it_was_closed(environment: Loopback) -> None:
    first, second = quantum_jobs.job(f"ionq:{ID}"), quantum_jobs.job(f"ionq:{ID}")
    assert first._connection is second._connection
    quantum_jobs.background.run(first._connection.transport.close)
    assert quantum_jobs.job(f"ionq:{ID}").refresh().id == ID


def test_a_missing_job_is_told_by_its_reference(environment: Loopback, world: World) -> None:
    async def scene() -> None:
        try:
            await world.job("ionq:no-such-job")
        finally:
            await _closed(world)

    with pytest.raises(quantum_jobs.NotFoundError) as caught:
        world.play(scene)
    assert (caught.value.service, caught.value.operation, caught.value.status_code) == ("ionq-v0.4", "get_job", 404)


def test_a_pickled_job_carries_its_record_and_works_again_from_the_environment(
    environment: Loopback, world: World
) -> None:
    async def pickled(client: Any) -> bytes:
        return pickle.dumps(world.plain(await client.job(ID)))

    stored = world.run(pickled, "ionq", api_key="another-key", base_url=environment.origin)
    assert b"another-key" not in stored
    environment.asked.clear()

    async def scene() -> Any:
        job = world.taken_up(pickle.loads(stored))
        assert (job.ref, job.status, job.record.shots) == (f"ionq-v0.4:{ID}", JobStatus.COMPLETED, 1000)
        assert not environment.asked
        result = await job.result(timeout=30)
        record = await job.refresh()
        await _closed(world)
        return result, record

    result, record = world.play(scene)
    assert result.counts == {"01": 990, "11": 10}
    assert record.raw == environment.routes[f"GET /jobs/{ID}"]
    assert {asked.headers["authorization"] for asked in environment.asked if "qbraid" not in asked.path} - {None} == {
        "apiKey key-of-ionq"
    }


def test_an_unpickled_async_job_works_in_one_event_loop_after_another(environment: Loopback) -> None:
    held = pickle.loads(pickle.dumps(asyncio.run(quantum_jobs.job_async(f"ionq-v0.4:{ID}"))))
    assert [asyncio.run(held.refresh()).id for _ in range(3)] == [ID] * 3


def test_pickled_jobs_can_be_waited_for_together(environment: Loopback, world: World) -> None:
    async def pickled(client: Any) -> bytes:
        return pickle.dumps(world.plain(await client.job(ID)))

    stored = world.run(pickled, "ionq", api_key="another-key", base_url=environment.origin)

    async def scene() -> tuple[list[str], list[Any]]:
        jobs = [pickle.loads(stored), pickle.loads(stored)]
        done, left = await quantum_jobs.wait_async(jobs, 30) if world.is_async else quantum_jobs.wait(jobs, 30)
        found = [job.ref for job in done], left
        await _closed(world)
        return found

    assert world.play(scene) == ([f"ionq-v0.4:{ID}"] * 2, [])


def test_a_pickled_job_without_a_key_in_the_environment_says_so_when_it_is_used(server: Loopback, world: World) -> None:
    server.routes[f"GET /jobs/{ID}"] = {**example("ionq_v0_4_job"), "status": "ready"}

    async def pickled(client: Any) -> bytes:
        return pickle.dumps(world.plain(await client.job(ID)))

    stored = world.run(pickled, "ionq", api_key="another-key", base_url=server.origin)

    async def scene() -> None:
        await world.taken_up(pickle.loads(stored)).refresh()

    with pytest.raises(quantum_jobs.CredentialsError, match="IONQ_API_KEY"):
        world.play(scene)


def test_a_job_copies_as_it_pickles(environment: Loopback) -> None:
    job = quantum_jobs.job(f"ionq:{ID}")
    for copied in (copy.copy(job), copy.deepcopy(job)):
        assert copied.record == job.record
        assert copied.refresh() == job.record


def test_only_methods_use_the_network(environment: Loopback) -> None:
    job = quantum_jobs.job(f"ionq:{ID}")
    environment.asked.clear()
    assert (job.id, job.service, job.status, job.vendor_status) == (ID, "ionq-v0.4", JobStatus.COMPLETED, "completed")
    assert ID in repr(job)
    assert "COMPLETED" in repr(job)
    assert not environment.asked


# Records.

FULL = JobRecord(
    id="a",
    service="ionq-v0.4",
    status=JobStatus.FAILED,
    vendor_status="failed",
    status_message="out of order",
    name="böse 🐛",
    device="qpu.forte-1",
    shots=100,
    num_qubits=3,
    tags={"run": "7", "count": 7, "flag": True},
    idempotency_key="a-key",
    created_at=datetime(2026, 1, 2, 3, 4, 5, 678_901, tzinfo=UTC),
    started_at=datetime(2026, 1, 2, 3, 4, 6, tzinfo=UTC),
    ended_at=datetime(2026, 1, 2, 3, 4, 7, 1, tzinfo=UTC),
    execution_duration=timedelta(days=3, microseconds=1),
    queue_position=0,
    predicted_wait=timedelta(milliseconds=1),
    cost=Cost(Decimal("0.501875000"), "credits", Decimal("0.00501875")),
    estimated_cost=Cost(Decimal("1E+3"), "EUR"),
    failure=Failure("InternalError", None),
    parent_id="p",
    child_ids=("c1", "c2"),
    raw={"id": "a", "nested": [{"deep": None}]},
)
RECORDS = [
    FULL,
    JobRecord(id="a", service="qbraid-v2"),
    attrs.evolve(FULL, status=JobStatus.UNKNOWN, vendor_status=None),
]


@pytest.mark.parametrize("record", RECORDS, ids=["full", "bare", "unknown"])
def test_a_record_goes_through_json_and_back(record: JobRecord) -> None:
    again = JobRecord.from_dict(json.loads(json.dumps(record.to_dict())))
    assert again == record
    assert type(again.status) is JobStatus
    assert again.cost is None or str(again.cost.amount) == "0.501875000"
    assert JobRecord.from_dict({**record.to_dict(), "novelty": 1}) == record


def test_a_record_that_another_version_wrote_is_read() -> None:
    written = JobRecord(id="a", service="ionq-v0.4", failure=Failure(code="X", message="y")).to_dict()
    written |= {"status": "DREAMING", "child_ids": None, "tags": None, "later": 1}
    written["failure"]["later"] = 2
    record = JobRecord.from_dict(written)
    assert (record.status, record.child_ids, record.tags) == (JobStatus.UNKNOWN, (), {})
    assert record.failure == Failure(code="X", message="y")
    assert quantum_jobs.Result.from_dict({"registers": None}) == quantum_jobs.Result()


@pytest.mark.parametrize("record", RECORDS, ids=["full", "bare", "unknown"])
def test_a_record_pickles_and_copies(record: JobRecord) -> None:
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(record, protocol)) == record
    assert copy.deepcopy(record) == record


def test_records_are_frozen_and_know_their_reference() -> None:
    assert FULL.ref == "ionq-v0.4:a"
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        FULL.status = JobStatus.QUEUED  # type: ignore[misc]


@pytest.mark.parametrize("status", list(JobStatus))
def test_three_statuses_are_final(status: JobStatus) -> None:
    assert status.is_final is (status.value in {"COMPLETED", "FAILED", "CANCELLED"})


# Unknown statuses.


@pytest.mark.parametrize(
    ("service", "unknown", "completed"),
    [
        ("ionq-v0.4", {"id": "a", "status": "calibrating"}, {"id": "a", "status": "completed"}),
        ("ionq-v0.3", {"id": "a", "status": "calibrating"}, {"id": "a", "status": "completed"}),
        (
            "qbraid-v2",
            {"data": {"jobQrn": "a", "status": "calibrating"}},
            {"data": {"jobQrn": "a", "status": "COMPLETED"}},
        ),
    ],
)
def test_an_unknown_status_is_waited_through_and_warned_of_once(
    server: Loopback, world: World, monkeypatch: pytest.MonkeyPatch, service: str, unknown: Any, completed: Any
) -> None:
    monkeypatch.setattr("quantum_jobs.core.waiting.SHORTEST_GAP", 0.0)
    monkeypatch.setattr("quantum_jobs.core.waiting.LONGEST_GAP_OF_YOUNG", 0.0)
    monkeypatch.setattr("quantum_jobs.core.waiting.SHARE_OF_LIMIT", 1e9)
    server.routes["GET /jobs/a"] = lambda asked: unknown if len(server.asked) < 5 else completed

    async def scenario(client: Any) -> JobRecord:
        job = await client.job("a")
        assert (job.status, job.vendor_status) == (JobStatus.UNKNOWN, "calibrating")
        record: JobRecord = await job.wait(timeout=30)
        return record

    with pytest.warns(QuantumJobsWarning, match="calibrating") as warned:
        record = world.run(scenario, service, api_key="a-key", base_url=server.origin)
    assert len(warned) == 1
    assert record.status is JobStatus.COMPLETED
