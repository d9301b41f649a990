"""What a type checker, and so an editor, knows of the public API. Never run: mypy reads it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Literal, assert_type

import quantum_jobs
from matplotlib.axes import Axes
from quantum_jobs import (
    APIError,
    AsyncClient,
    AsyncJob,
    Client,
    Cost,
    Device,
    Estimate,
    Expectation,
    IdempotencyMismatchError,
    Job,
    JobFailedError,
    JobRecord,
    JobStatus,
    Listing,
    Program,
    Progress,
    QuantumJobsError,
    RateLimitError,
    Result,
    SubmissionUncertainError,
    WaitTimeoutError,
)

CIRCUIT = {"qubits": 1, "circuit": [{"gate": "h", "target": 0}]}


def connecting() -> None:
    assert_type(quantum_jobs.connect("ionq"), Client)
    assert_type(
        quantum_jobs.connect("ionq", api_key="k", base_url="u", timeout=1, confirmation_timeout=0.5, transport=None),
        Client,
    )
    assert_type(quantum_jobs.connect_async("qbraid"), AsyncClient)
    assert_type(Client("ionq", api_key="k", timeout=1), Client)
    assert_type(AsyncClient("ionq", api_key="k", timeout=1), AsyncClient)
    assert_type(quantum_jobs.__version__, str)
    with quantum_jobs.connect("ionq") as client:
        assert_type(client, Client)
        assert_type(client.service, str)
        assert_type(client.api, Any)
        assert_type(client.close(), None)


def submitting(client: Client) -> None:
    job = client.submit(
        CIRCUIT,
        device="simulator",
        shots=100,
        name="bell",
        tags={"run": 7, "theta": 0.3, "flag": True},
        idempotency_key="t",
    )
    assert_type(job, Job)
    assert_type(client.submit("OPENQASM 3;", device="d", options={"noise": {}}, resubmit_uncertain=True), Job)
    assert_type(client.job("a"), Job)
    assert_type(client.jobs(), Iterator[Job])
    assert_type(client.jobs(status="QUEUED", limit=5), Iterator[Job])
    assert_type(client.jobs(JobStatus.QUEUED), Iterator[Job])
    assert_type(
        client.jobs(
            device="d", name="bell", tags={"run": 7}, created_after=datetime.now(UTC), created_before=datetime.now(UTC)
        ),
        Iterator[Job],
    )
    assert_type(client.devices(), list[Device])
    assert_type(client.estimate(device="d", shots=5, qubits=3), Estimate)
    assert_type(client.estimate("OPENQASM 3.0;", device="d"), Estimate)
    assert_type(client.find_submission("t"), Job | None)
    assert_type(client.cancel([job, "id"]), dict[str, QuantumJobsError | None])
    assert_type(client.delete(["id"]), dict[str, QuantumJobsError | None])


def holding(job: Job) -> None:
    assert_type(job.id, str)
    assert_type(job.service, str)
    assert_type(job.ref, str)
    assert_type(job.record, JobRecord)
    assert_type(job.status, JobStatus)
    assert_type(job.vendor_status, str | None)
    assert_type(job.refresh(), JobRecord)
    assert_type(job.wait(timeout=5), JobRecord)
    assert_type(job.result(), Result)
    assert_type(job.result(600, memory=True, aggregation="raw"), Result)
    assert_type(job.results(timeout=0.5), list[Result])
    assert_type(job.program(), Program)
    assert_type(job.compiled_program(), Program)
    assert_type(job.cancel(), None)
    assert_type(job.delete(), None)
    assert_type(job.cost(), Cost | None)
    assert_type(job.children(), list[Job])


def reading(record: JobRecord, result: Result, cost: Cost, program: Program) -> None:
    assert_type(record.status.is_final, bool)
    assert_type(record.shots, int | None)
    assert_type(record.tags, Mapping[str, str | int | float | bool])
    assert_type(record.created_at, datetime | None)
    assert_type(record.execution_duration, timedelta | None)
    assert_type(record.child_ids, Sequence[str])
    assert_type(record.raw, Mapping[str, Any])
    assert_type(record.to_dict(), dict[str, Any])
    assert_type(JobRecord.from_dict({}), JobRecord)
    assert_type(result.counts, Mapping[str, int] | None)
    assert_type(result.counts_kind, Literal["measured", "derived", "sampled"] | None)
    assert_type(result.probabilities, Mapping[str, float] | None)
    assert_type(result.memory, Sequence[str] | None)
    assert_type(result.num_qubits, int | None)
    assert_type(result.registers, Mapping[str, Result])
    assert_type(result.flipped(), Result)
    assert_type(result.marginal([0, 1]), Result)
    assert_type(result.sample(100, seed=7), Result)
    assert_type(result.expectation("ZZI"), Expectation)
    assert_type(result.expectation({"ZZI": 0.5, "IIZ": 1}).standard_error, float | None)
    assert_type(result.expectation([("ZZI", 0.5)]) + 1, float)
    assert_type(result.standard_errors, Mapping[str, float] | None)
    assert_type(result.plot(kind="counts", top=8), Axes)
    assert_type(quantum_jobs.plot({"one": result, "two": result}), Axes)
    assert_type(quantum_jobs.plot([result, result], labels=["one", "two"], title="both"), Axes)
    assert_type(quantum_jobs.Listing([record]), Listing[JobRecord])
    print(quantum_jobs.to_pandas([record]), quantum_jobs.to_pandas({"one": result}), result.to_pandas())
    assert_type(result.to_dict(), dict[str, Any])
    assert_type(Result.from_dict({}), Result)
    assert_type(cost.amount, Decimal)
    assert_type(cost.currency, str)
    assert_type(cost.usd, Decimal | None)
    assert_type(program.format, str)


def following(job: Job) -> None:
    def progress(report: Progress) -> None:
        assert_type(report.done, int)
        assert_type(report.statuses, Mapping[JobStatus, int])

    assert_type(quantum_jobs.job("ionq:a"), Job)
    done, not_done = quantum_jobs.wait([job], timeout=3600, progress=progress)
    assert_type(done, list[Job])
    assert_type(not_done, list[Job])
    assert_type(quantum_jobs.wait([job], progress=False).not_done, list[Job])
    assert_type(job.result(progress=progress), Result)
    assert_type(job.wait(5, progress=True), JobRecord)
    assert_type(quantum_jobs.as_completed([job], 5), Iterator[Job])


def failing(error: QuantumJobsError) -> None:
    assert_type(error.message, str)
    assert_type(error.idempotency_key, str | None)
    match error:
        case RateLimitError():
            assert_type(error.retry_after, float | None)
        case APIError():
            assert_type(error.status_code, int)
            assert_type(error.body, str)
        case IdempotencyMismatchError():
            assert_type(error.idempotency_key, str)
            assert_type(error.differences, tuple[str, ...])
        case SubmissionUncertainError():
            assert_type(error.idempotency_key, str)
        case JobFailedError():
            assert_type(error.code, str | None)
        case WaitTimeoutError():
            assert_type(error.jobs, list[Any])


async def asynchronous() -> None:
    async with quantum_jobs.connect_async("ionq") as client:
        assert_type(client, AsyncClient)
        job = await client.submit(CIRCUIT, device="simulator")
        assert_type(job, AsyncJob)
        assert_type(await client.job("a"), AsyncJob)
        assert_type(client.jobs(), AsyncIterator[AsyncJob])
        assert_type(await client.devices(), list[Device])
        assert_type(await client.estimate(device="d"), Estimate)
        assert_type(await client.find_submission("t"), AsyncJob | None)
        assert_type(await client.cancel([job, "id"]), dict[str, QuantumJobsError | None])
        assert_type(await client.delete([job]), dict[str, QuantumJobsError | None])
        assert_type(await client.close(), None)
        assert_type(job.status, JobStatus)
        assert_type(await job.refresh(), JobRecord)
        assert_type(await job.wait(), JobRecord)
        assert_type(await job.result(timeout=5), Result)
        assert_type((await job.result()).counts, Mapping[str, int] | None)
        assert_type(await job.results(), list[Result])
        assert_type(await job.program(), Program)
        assert_type(await job.cost(), Cost | None)
        assert_type(await job.children(), list[AsyncJob])
        assert_type(await quantum_jobs.job_async("ionq:a"), AsyncJob)
        finished, unfinished = await quantum_jobs.wait_async([job], timeout=5)
        assert_type(finished, list[AsyncJob])
        assert_type(unfinished, list[AsyncJob])
        assert_type((await quantum_jobs.wait_async([job], timeout=5)).done, list[AsyncJob])
        assert_type(quantum_jobs.as_completed_async([job]), AsyncIterator[AsyncJob])
        async for done in quantum_jobs.as_completed_async([job], 5):
            assert_type(done, AsyncJob)


def wrong_calls(client: Client, job: Job) -> None:
    """What an editor underlines."""
    client.submit(CIRCUIT)  # type: ignore[call-arg]
    client.submit(CIRCUIT, "simulator")  # type: ignore[call-arg]
    client.submit(CIRCUIT, device="simulator", shots="many")  # type: ignore[arg-type]
    quantum_jobs.wait(job)  # type: ignore[arg-type]
    job.result(timeout="soon")  # type: ignore[arg-type]
    job.id = "b"  # type: ignore[misc]


def scanning(client: Client) -> None:
    scan = client.submit_many({0.5: CIRCUIT}, device="simulator", shots=10, idempotency_key="scan", max_cost=5)
    assert_type(scan, quantum_jobs.Submissions[Job])
    assert_type(scan.jobs, list[Job])
    results, errors = scan.results(timeout=60)
    assert_type(results, dict[Any, Result])
    assert_type(errors, dict[Any, QuantumJobsError])
    for each in client.submit_each([CIRCUIT], device="simulator"):
        assert_type(each, quantum_jobs.Submitted[Job])
        assert_type(each.estimated_cost, Cost | None)


async def scanning_async(client: AsyncClient) -> None:
    scan = await client.submit_many([CIRCUIT], device="simulator", dry_run=True)
    assert_type(scan, quantum_jobs.AsyncSubmissions[AsyncJob])
    assert_type(await scan.results(), quantum_jobs.PointResults)
    async for each in client.submit_each([CIRCUIT], device="simulator"):
        assert_type(each, quantum_jobs.Submitted[AsyncJob])
