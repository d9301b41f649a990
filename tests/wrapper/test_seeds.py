"""The examples on the vendors' pages, read through the wrapper from a real server, field by field."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from quantum_jobs import Cost, JobFailedError, JobRecord, JobStatus, Program, Result
from quantum_jobs.model import Failure

from tests.loopback import Loopback
from tests.worlds import World
from tests.wrapper.clouds import example

QBRAID_ID = "qbraid:job:abc123xyz"
QBRAID_PATH = "/api/v1/jobs/qbraid%3Ajob%3Aabc123xyz"
IONQ_V04_ID = "e1a09d90-b2ba-4ea5-9fd7-4bfc14eac524"
IONQ_V03_ID = "aa54e783-0a9b-4f73-ad2f-63983b6aa4a8"
#: What the page of the v0.4 API calls required.
REQUIRED_V04 = [
    *("id", "status", "type", "backend", "dry_run", "submitter_id", "project_id", "parent_job_id", "session_id"),
    *("metadata", "name", "submitted_at", "started_at", "completed_at", "predicted_wait_time_ms"),
    *("predicted_execution_duration_ms", "execution_duration_ms", "failure", "output", "settings", "stats"),
    *("results", "child_job_ids"),
]


def read_record(world: World, service: str, base_url: str, job_id: str) -> JobRecord:
    async def scenario(client: Any) -> JobRecord:
        job = await client.job(job_id)
        assert job.record == await job.refresh()
        record: JobRecord = job.record
        return record

    record: JobRecord = world.run(scenario, service, api_key="a-key", base_url=base_url)
    return record


def test_the_qbraid_job_of_the_page(server: Loopback, world: World) -> None:
    sent = example("qbraid_v2_job")
    server.routes[f"GET {QBRAID_PATH}"] = sent
    record = read_record(world, "qbraid", f"{server.origin}/api/v1", QBRAID_ID)
    assert record == JobRecord(
        id=QBRAID_ID,
        service="qbraid-v2",
        status=JobStatus.COMPLETED,
        vendor_status="COMPLETED",
        status_message=None,
        name="My quantum job",
        device="qbraid:qbraid:sim:qir-sv",
        shots=1000,
        num_qubits=None,
        tags={},
        idempotency_key=None,
        created_at=datetime(2025, 1, 15, 10, 30, tzinfo=UTC),
        started_at=None,
        ended_at=datetime(2025, 1, 15, 10, 30, 5, tzinfo=UTC),
        execution_duration=timedelta(seconds=5),
        queue_position=None,
        predicted_wait=None,
        cost=Cost(Decimal("0.501875"), "credits", Decimal("0.00501875")),
        estimated_cost=Cost(Decimal("0.5"), "credits", Decimal("0.005")),
        failure=None,
        parent_id=None,
        child_ids=(),
        raw=sent["data"],
    )
    assert record.ref == f"qbraid-v2:{QBRAID_ID}"
    assert {asked.headers["x-api-key"] for asked in server.asked} == {"a-key"}


def test_the_qbraid_result_of_the_page(server: Loopback, world: World) -> None:
    sent = example("qbraid_v2_result")
    server.routes[f"GET {QBRAID_PATH}"] = example("qbraid_v2_job")
    server.routes[f"GET {QBRAID_PATH}/result"] = sent

    async def scenario(client: Any) -> list[Result]:
        job = await client.job(QBRAID_ID)
        return [await job.result(timeout=30), *(await job.results(timeout=30))]

    expected = Result(
        counts={"00": 504, "11": 496},
        counts_kind="measured",
        probabilities={"00": 0.504, "11": 0.496},
        memory=None,
        num_qubits=2,
        registers={},
        raw=sent["data"],
    )
    assert world.run(scenario, "qbraid", api_key="a-key", base_url=f"{server.origin}/api/v1") == [expected, expected]
    assert expected.shots == 1000


def test_the_qbraid_program_of_the_page(server: Loopback, world: World) -> None:
    server.routes[f"GET {QBRAID_PATH}"] = example("qbraid_v2_job")
    server.routes[f"GET {QBRAID_PATH}/program"] = example("qbraid_v2_program")

    async def scenario(client: Any) -> Program:
        program: Program = await (await client.job(QBRAID_ID)).program()
        return program

    program = world.run(scenario, "qbraid", api_key="a-key", base_url=f"{server.origin}/api/v1")
    assert program == Program(
        format="qasm3",
        data='OPENQASM 3;\ninclude "stdgates.inc";\nqubit[2] q;\nh q[0];\ncx q[0], q[1];\nmeasure q;',
    )


def test_the_ionq_v0_4_job_of_the_page(server: Loopback, world: World) -> None:
    sent = example("ionq_v0_4_job")
    server.routes[f"GET /v0.4/jobs/{IONQ_V04_ID}"] = sent
    record = read_record(world, "ionq", f"{server.origin}/v0.4", IONQ_V04_ID)
    assert record == JobRecord(
        id=IONQ_V04_ID,
        service="ionq-v0.4",
        status=JobStatus.COMPLETED,
        vendor_status="completed",
        status_message=None,
        name=None,
        device="simulator",
        shots=1000,
        num_qubits=20,
        tags={},
        idempotency_key=None,
        created_at=datetime(2025, 5, 28, 20, 47, 5, 440_000, tzinfo=UTC),
        started_at=None,
        ended_at=None,
        execution_duration=None,
        queue_position=None,
        predicted_wait=None,
        cost=None,
        estimated_cost=None,
        failure=None,
        parent_id=None,
        child_ids=(),
        raw=sent,
    )
    assert len(REQUIRED_V04) == 23
    assert set(REQUIRED_V04) <= record.raw.keys()
    nulls = {name for name in REQUIRED_V04 if record.raw[name] is None}
    assert nulls == {
        *("parent_job_id", "child_job_ids", "session_id", "metadata", "name", "started_at", "completed_at", "failure"),
        *("predicted_execution_duration_ms", "predicted_wait_time_ms", "execution_duration_ms"),
    }
    assert {asked.headers["authorization"] for asked in server.asked} == {"apiKey a-key"}


def test_the_result_of_the_ionq_v0_4_job_is_read_from_the_url_on_the_page(server: Loopback, world: World) -> None:
    server.routes[f"GET /v0.4/jobs/{IONQ_V04_ID}"] = example("ionq_v0_4_job")
    # Qubit 0 and qubit 19 of 20: the key is a little-endian integer.
    server.routes[f"GET /v0.4/jobs/{IONQ_V04_ID}/results/probabilities"] = {"524289": 0.75, "1": 0.25}

    async def scenario(client: Any) -> Result:
        result: Result = await (await client.job(IONQ_V04_ID)).result(timeout=30)
        return result

    result = world.run(scenario, "ionq", api_key="a-key", base_url=f"{server.origin}/v0.4")
    only_first, both = "0" * 19 + "1", "1" + "0" * 18 + "1"
    assert result == Result(
        counts={only_first: 250, both: 750},
        counts_kind="derived",
        probabilities={only_first: 0.25, both: 0.75},
        memory=None,
        num_qubits=20,
        registers={},
        raw={"524289": 0.75, "1": 0.25},
    )


def test_the_ionq_v0_3_job_with_every_field_of_the_page(server: Loopback, world: World) -> None:
    sent = example("ionq_v0_3_job")
    server.routes[f"GET /v0.3/jobs/{IONQ_V03_ID}"] = sent
    record = read_record(world, "ionq-v0.3", f"{server.origin}/v0.3", IONQ_V03_ID)
    assert record == JobRecord(
        id=IONQ_V03_ID,
        service="ionq-v0.3",
        status=JobStatus.COMPLETED,
        vendor_status="completed",
        status_message="the machine was out of order",
        name="Dice roll",
        device="qpu.aria-1",
        shots=123,
        num_qubits=4,
        tags={"fizz": "buzz"},
        idempotency_key=None,
        created_at=datetime(2017, 3, 31, 4, 0, 20, tzinfo=UTC),
        started_at=datetime(2017, 3, 31, 4, 0, 21, tzinfo=UTC),
        ended_at=datetime(2017, 3, 31, 4, 0, 34, tzinfo=UTC),
        execution_duration=timedelta(milliseconds=13),
        queue_position=None,
        predicted_wait=None,
        cost=Cost(Decimal("12.41"), "USD", Decimal("12.41")),
        estimated_cost=None,
        failure=Failure("internal_error", "the machine was out of order"),
        parent_id=None,
        child_ids=(),
        raw=sent,
    )
    assert {asked.headers["authorization"] for asked in server.asked} == {"apiKey a-key"}


def test_the_result_of_the_ionq_v0_3_job_is_read_from_its_results_url(server: Loopback, world: World) -> None:
    server.routes[f"GET /v0.3/jobs/{IONQ_V03_ID}"] = example("ionq_v0_3_job")
    server.routes[f"GET /v0.3/jobs/{IONQ_V03_ID}/results"] = {"0": 0.5, "7": 0.5}

    async def scenario(client: Any) -> Result:
        result: Result = await (await client.job(IONQ_V03_ID)).result(timeout=30)
        return result

    result = world.run(scenario, "ionq-v0.3", api_key="a-key", base_url=f"{server.origin}/v0.3")
    # 123 shots cannot be halved: equal remainders are settled by the smaller key.
    assert result == Result(
        counts={"0000": 62, "0111": 61},
        counts_kind="derived",
        probabilities={"0000": 0.5, "0111": 0.5},
        num_qubits=4,
        raw={"0": 0.5, "7": 0.5},
    )


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("submitted", JobStatus.INITIALIZING),
        ("ready", JobStatus.QUEUED),
        ("running", JobStatus.RUNNING),
        ("canceled", JobStatus.CANCELLED),
        ("completed", JobStatus.COMPLETED),
        ("failed", JobStatus.FAILED),
    ],
)
def test_every_status_of_the_ionq_v0_3_page(server: Loopback, world: World, word: str, status: JobStatus) -> None:
    server.routes[f"GET /v0.3/jobs/{IONQ_V03_ID}"] = {**example("ionq_v0_3_job"), "status": word}
    record = read_record(world, "ionq-v0.3", f"{server.origin}/v0.3", IONQ_V03_ID)
    assert (record.status, record.vendor_status) == (status, word)


def test_a_failed_ionq_v0_3_job_raises_the_code_and_the_text_of_its_failure(server: Loopback, world: World) -> None:
    server.routes[f"GET /v0.3/jobs/{IONQ_V03_ID}"] = {**example("ionq_v0_3_job"), "status": "failed"}

    async def scenario(client: Any) -> None:
        await (await client.job(IONQ_V03_ID)).result(timeout=30)

    with pytest.raises(JobFailedError) as caught:
        world.run(scenario, "ionq-v0.3", api_key="a-key", base_url=f"{server.origin}/v0.3")
    assert (caught.value.code, caught.value.reason) == ("internal_error", "the machine was out of order")
    assert caught.value.job.ref == f"ionq-v0.3:{IONQ_V03_ID}"
