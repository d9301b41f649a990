"""Whatever a vendor changes in a payload, jobs and results are read, or refused in our words."""

from __future__ import annotations

import copy
import itertools
import json
import warnings
from collections.abc import Awaitable, Iterator
from typing import Any

import attrs
import httpx
import pytest
import quantum_jobs
from quantum_jobs import JobRecord, JobStatus, QuantumJobsError, QuantumJobsWarning, ResponseError

from tests.sampling import EVERY
from tests.worlds import Scenario, World
from tests.wrapper.clouds import example

ID = "e1a09d90-b2ba-4ea5-9fd7-4bfc14eac524"


def full_v0_4() -> dict[str, Any]:
    job = example("ionq_v0_4_job")
    times = {"started_at": "2025-05-28T20:47:06.000Z", "completed_at": "2025-05-28T20:47:07.000Z"}
    numbers = {"predicted_wait_time_ms": 5, "predicted_execution_duration_ms": 6, "execution_duration_ms": 7}
    texts = {"name": "bell", "session_id": "s", "parent_job_id": "p", "cost_model": "QCT"}
    failure = {"code": "InternalError", "message": "out of order"}
    artifact = {"id": "h", "format": "ionq.result.histogram.json.v1", "media_type": "application/json"}
    return {
        **job,
        **times,
        **numbers,
        **texts,
        "failure": failure,
        "child_job_ids": ["c1", "c2"],
        "metadata": {"run": "7", "quantum_jobs_idempotency_key": "a-key"},
        "results": {**job["results"], "ionq.result.histogram.json.v1": artifact},
    }


def full_v0_3() -> dict[str, Any]:
    later = {"cost_model": "QCT", "cost_credit": 1, "estimated_cost_usd": 9.5, "dry_run": False, "type": "circuit"}
    return {**example("ionq_v0_3_job"), **later}


def full_qbraid() -> dict[str, Any]:
    data = example("qbraid_v2_job")["data"]
    texts = {"statusMsg": "as expected", "batchJobQrn": "qbraid:batch:1", "groupJobQrn": "qbraid:group:1"}
    tags = {"run": "7", "count": 7, "flag": True, "quantum_jobs_idempotency_key": "a-key"}
    return {**data, **texts, "queuePosition": 3, "tags": tags, "numCircuits": 1, "metadata": {"a": 1}}


FULL_PAYLOADS = {"ionq-v0.4": full_v0_4(), "ionq-v0.3": full_v0_3(), "qbraid-v2": full_qbraid()}
ID_KEYS = {"ionq-v0.4": "id", "ionq-v0.3": "id", "qbraid-v2": "jobQrn"}
#: A value of every JSON type, and the odd ones of each.
OTHERS: list[Any] = [
    *(None, True, False, 0, 1, -1, 7.5, 1e300, 10**40, "", "x", "novelty", "..", "2025-13-45T99:99:99Z"),
    *(
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "1E-999999",
        "9" * 5000,
        "\N{SUPERSCRIPT TWO}",
        "\ud800",
    ),
    *([], ["x"], [None], [[]], [{}], [5], {}, {"novelty": 1}, {"a": {"b": {}}}, {"id": 5}, {"url": 5}),
]


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where something stands in a payload, at every depth."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield (*path, key)
            yield from places(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield (*path, index)
            yield from places(inner, (*path, index))


def mutations(payload: dict[str, Any]) -> Iterator[tuple[tuple[Any, ...], str, dict[str, Any]]]:
    """A change of every place: its path, what stands there instead, and the changed payload."""
    # One in five is not always of the same values: there are 32.
    for path, other in itertools.islice(itertools.product(places(payload), ["dropped", *OTHERS]), 0, None, EVERY):
        changed = copy.deepcopy(payload)
        parent: Any = changed
        for step in path[:-1]:
            parent = parent[step]
        if other == "dropped":
            del parent[path[-1]]
        else:
            parent[path[-1]] = other
        yield path, repr(other)[:40], changed


def envelope(service: str, payload: Any) -> Any:
    return {"success": True, "data": payload} if service == "qbraid-v2" else payload


class Changing(httpx.MockTransport):
    """Answers every request with what a test has put into ``body``."""

    def __init__(self) -> None:
        super().__init__(lambda request: httpx.Response(200, content=self.body))
        self.body = b""


def awaited(scene: Scenario, service: str, transport: Changing) -> None:
    """Thousands of calls take half the time where none is handed from one thread to another."""
    World("async").run(scene, service, api_key="a-key", transport=transport)


@pytest.mark.usefixtures("without_rate_limit")
@pytest.mark.parametrize("service", FULL_PAYLOADS)
def test_whatever_changes_in_a_payload_the_job_is_read(service: str) -> None:
    payload = FULL_PAYLOADS[service]
    transport = Changing()

    async def scene(client: quantum_jobs.AsyncClient) -> None:
        transport.body = json.dumps(envelope(service, payload)).encode()
        job_id = payload[ID_KEYS[service]]
        whole = (await client.job(job_id)).record
        number = 0
        for path, other, changed in mutations(payload):
            number += 1
            transport.body = json.dumps(envelope(service, changed)).encode()
            what = f"{'.'.join(map(str, path))} = {other}"
            job, error = await outcome(client.job(job_id))
            if error is not None:
                assert isinstance(error, ResponseError), f"{what}: {error!r}"
                assert path == (ID_KEYS[service],), f"{what}: {error!r}"
                continue
            record = job.record
            assert json.dumps(envelope(service, record.raw)).encode() == transport.body, what
            assert record.status is (JobStatus.UNKNOWN if path == ("status",) else JobStatus.COMPLETED), what
            assert JobRecord.from_dict(json.loads(json.dumps(record.to_dict()))) == record, what
            touched = {"raw", *_TOUCHES[service].get(path[0], ())}
            for field in attrs.fields(JobRecord):
                same = getattr(record, field.name) == getattr(whole, field.name)
                assert same or field.name in touched, f"{what}: {field.name}"
        assert number * EVERY > 500

    awaited(scene, service, transport)


async def outcome(call: Awaitable[Any]) -> tuple[Any, Exception | None]:
    """What a call gives, or what it raises."""
    try:
        return await call, None
    except Exception as error:
        return None, error


_IONQ = {"submitted": "INITIALIZING", "ready": "QUEUED", "completed": "COMPLETED", "failed": "FAILED"}
WORDS = {
    "ionq-v0.4": {**_IONQ, "started": "RUNNING", "canceled": "CANCELLED", "running": "UNKNOWN", "READY": "UNKNOWN"},
    "ionq-v0.3": {**_IONQ, "running": "RUNNING", "canceled": "CANCELLED", "started": "UNKNOWN", "READY": "UNKNOWN"},
    "qbraid-v2": {
        "INITIALIZING": "INITIALIZING",
        "VALIDATING": "INITIALIZING",
        "QUEUED": "QUEUED",
        "RUNNING": "RUNNING",
        "CANCELLING": "CANCELLING",
        "HOLD": "ON_HOLD",
        "COMPLETED": "COMPLETED",
        "FAILED": "FAILED",
        "CANCELLED": "CANCELLED",
        "UNKNOWN": "UNKNOWN",
        "completed": "UNKNOWN",
        "PAUSED": "UNKNOWN",
    },
}


@pytest.mark.parametrize("service", WORDS)
def test_every_word_of_a_vendor_has_its_status_and_is_kept(service: str) -> None:
    transport = Changing()
    with quantum_jobs.connect(service, api_key="a-key", transport=transport) as client:
        for word, status in WORDS[service].items():
            transport.body = json.dumps(envelope(service, {**FULL_PAYLOADS[service], "status": word})).encode()
            record = client.job(FULL_PAYLOADS[service][ID_KEYS[service]]).record
            assert (record.status, record.vendor_status) == (status, word)


#: Which fields a change below a key of the payload may touch; every other key touches none.
_TOUCHES = {
    "ionq-v0.4": {
        "id": {"id"},
        "status": {"status", "vendor_status"},
        "name": {"name"},
        "backend": {"device"},
        "shots": {"shots"},
        "stats": {"num_qubits"},
        "metadata": {"tags", "idempotency_key"},
        "submitted_at": {"created_at"},
        "started_at": {"started_at"},
        "completed_at": {"ended_at"},
        "execution_duration_ms": {"execution_duration"},
        "predicted_wait_time_ms": {"predicted_wait"},
        "failure": {"failure", "status_message"},
        "parent_job_id": {"parent_id"},
        "child_job_ids": {"child_ids"},
    },
    "ionq-v0.3": {
        "id": {"id"},
        "status": {"status", "vendor_status"},
        "name": {"name"},
        "target": {"device"},
        "shots": {"shots"},
        "qubits": {"num_qubits"},
        "metadata": {"tags", "idempotency_key"},
        "request": {"created_at"},
        "start": {"started_at"},
        "response": {"ended_at"},
        "execution_time": {"execution_duration"},
        "cost_usd": {"cost"},
        "estimated_cost_usd": {"estimated_cost"},
        "failure": {"failure", "status_message"},
        "warning": {"status_message"},
        "children": {"child_ids"},
    },
    "qbraid-v2": {
        "jobQrn": {"id"},
        "status": {"status", "vendor_status", "failure"},
        "statusMsg": {"status_message"},
        "name": {"name"},
        "deviceQrn": {"device"},
        "shots": {"shots"},
        "tags": {"tags", "idempotency_key"},
        "timeStamps": {"created_at", "ended_at", "execution_duration"},
        "queuePosition": {"queue_position"},
        "cost": {"cost"},
        "estimatedCost": {"estimated_cost"},
        "batchJobQrn": {"parent_id"},
    },
}


@pytest.mark.usefixtures("without_rate_limit")
@pytest.mark.parametrize("service", FULL_PAYLOADS)
def test_whatever_changes_in_a_row_the_listing_is_read_and_no_other_row_is_lost(service: str) -> None:
    payload = FULL_PAYLOADS[service]
    good = [{ID_KEYS[service]: name, "status": "failed"} for name in ("first", "last")]
    transport = Changing()

    async def scene(client: quantum_jobs.AsyncClient) -> None:
        for path, other, changed in mutations(payload):
            rows = [good[0], changed, good[1]]
            listing = {"success": True, "data": rows} if service == "qbraid-v2" else {"jobs": rows, "next": None}
            transport.body = json.dumps(listing).encode()
            found = [job.id async for job in client.jobs()]
            what = f"{'.'.join(map(str, path))} = {other}"
            assert (found[0], found[-1]) == ("first", "last"), what
            assert len(found) == 3 or path == (ID_KEYS[service],), what

    awaited(scene, service, transport)


@pytest.mark.parametrize("service", FULL_PAYLOADS)
@pytest.mark.parametrize("body", [b"", b"null", b"[]", b"5", b'"x"', b"{}", b"<html>", b'{"data": 5}', b'{"id": null}'])
def test_an_answer_without_an_id_is_an_error_that_shows_what_came(service: str, body: bytes) -> None:
    transport = Changing()
    transport.body = body
    with (
        quantum_jobs.connect(service, api_key="a-key", transport=transport) as client,
        pytest.raises(ResponseError) as at,
    ):
        client.job("a")
    assert (at.value.service, at.value.operation, at.value.status_code) == (service, "get_job", 200)
    assert at.value.body == body.decode()


def test_results_of_every_changed_payload_are_read_or_refused_in_our_words() -> None:
    payload = full_v0_4()
    transport = Changing()
    read = 0

    async def scene(client: quantum_jobs.AsyncClient) -> None:
        nonlocal read
        for path, other, changed in mutations({"results": payload["results"], "stats": payload["stats"]}):
            body = json.dumps(
                {**payload, "child_job_ids": None, "parent_job_id": None, "results": None, "stats": None, **changed}
            ).encode()

            def answer(request: httpx.Request, body: bytes = body) -> httpx.Response:
                is_job = request.url.path.endswith(ID)
                return httpx.Response(200, content=body if is_job else b'{"0": 1.0}')

            transport.handler = answer
            job, error = await outcome(client.job(ID))
            if job is not None:
                result, error = await outcome(job.result(timeout=60))
                read += result is not None
            assert error is None or isinstance(error, QuantumJobsError), f"{path} = {other}: {error!r}"

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", QuantumJobsWarning)
        awaited(scene, "ionq", transport)
    assert read * EVERY > 100


def mitigated_v0_4() -> dict[str, Any]:
    """What a completed job says that decides where its results are read."""
    places = {
        f"ionq.result.{kind}": {"id": kind, "format": f"ionq.result.{kind}", "media_type": "application/json"}
        for kind in ("probabilities.json.v2", "histogram.json.v2", "shots.json.v2")
    }
    return {
        "type": "ionq.qasm3.v1",
        "dry_run": False,
        "metadata": {"quantum_jobs_measured": "c:1,0", "shots": "4"},
        "child_job_ids": ["c1"],
        "parent_job_id": "p",
        "output": {"error_mitigation": {"aggregations": {"dnl": places["ionq.result.histogram.json.v2"]}}},
        "results": {**places, "probabilities": {"url": "/v0.4/jobs/a/results/probabilities"}},
        "stats": {"qubits": 2},
    }


@pytest.mark.parametrize(
    "asking", [{}, {"memory": True}, {"aggregation": "raw"}, {"aggregation": "dnl", "memory": True}]
)
def test_whatever_a_job_says_of_its_results_they_are_read_or_refused_in_our_words(asking: dict[str, Any]) -> None:
    documents = {
        "probabilities.json.v2": {"probabilities": {"registers": {"output_all": {"01": 1.0}}}},
        "histogram.json.v2": {"histogram": {"registers": {"output_all": {"01": 4}}}},
        "shots.json.v2": {"shots": [{"registers": {"output_all": [0, 1]}}] * 4},
        "probabilities": {"1": 1.0},
    }
    transport = Changing()
    seen = set()

    async def scene(client: quantum_jobs.AsyncClient) -> None:
        for path, other, changed in mutations(mitigated_v0_4()):

            def answer(request: httpx.Request, changed: dict[str, Any] = changed) -> httpx.Response:
                last = request.url.path.rpartition("/")[2]
                if last in documents:
                    return httpx.Response(200, json=documents[last])
                if last == "jobs":
                    rows = [{**changed, "id": each, "status": "completed"} for each in ("c1", "c2")]
                    return httpx.Response(200, content=json.dumps({"jobs": rows, "next": None}).encode())
                return httpx.Response(200, content=json.dumps({**changed, "id": last, "status": "completed"}).encode())

            transport.handler = answer
            job, error = await outcome(client.job("a"))
            if job is not None:
                _, error = await outcome(job.results(timeout=60, **asking))
            assert error is None or isinstance(error, QuantumJobsError), f"{path} = {other}: {error!r}"
            seen.add(error is None)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", QuantumJobsWarning)
        awaited(scene, "ionq", transport)
    assert seen == {True, False}


@pytest.mark.usefixtures("without_rate_limit")
@pytest.mark.parametrize("service", ["ionq-v0.4", "qbraid-v2"])
def test_results_with_anything_changed_in_them_are_read_or_refused_in_our_words(service: str) -> None:
    bodies: dict[str, list[Any]] = {
        "qbraid-v2": [
            {
                **example("qbraid_v2_result")["data"],
                "resultData": {
                    "measurementCounts": {"00": 5, "11": 5},
                    "measurementProbabilities": {"00": 0.5, "11": 0.5},
                    "measurements": [[0, 0], [1, 1]],
                },
            },
            {"status": "COMPLETED", "cost": 1, "results": [{"resultData": {"measurementCounts": {"00": 5}}}]},
        ],
        "ionq-v0.4": [
            {"0": 0.5, "3": 0.5},
            {"histogram": {"registers": {"output_all": {"00": 5, "11": 5}}}},
            {"probabilities": {"registers": {"a": {"00": 1.0}, "b": {"1": 1.0}}}},
            {"shots": [{"registers": {"output_all": [0, 1]}}]},
        ],
    }
    kinds = (
        "histogram.json.v2",
        "histogram.json.v1",
        "probabilities.json.v2",
        "probabilities.json.v1",
        "shots.json.v2",
    )
    job = {"ionq-v0.4": {"id": "a", "status": "completed", "shots": 10, "stats": {"qubits": 2}}}.get(
        service, {"data": {"jobQrn": "a", "status": "COMPLETED", "shots": 10}}
    )
    transport = Changing()

    async def scene(client: quantum_jobs.AsyncClient) -> None:
        for kind in kinds if service == "ionq-v0.4" else kinds[:1]:
            whole = {**job, "type": "ionq.qasm3.v1", "results": {f"ionq.result.{kind}": {"id": "r"}}}
            raw = "raw" if "histogram" in kind and service == "ionq-v0.4" else None
            transport.body = json.dumps(whole).encode()
            taken = await client.job("a")
            for body in bodies[service]:
                for path, other, changed in mutations(body):
                    transport.body = json.dumps(envelope(service, changed)).encode()
                    _, error = await outcome(taken.results(timeout=60, memory=True, aggregation=raw))
                    assert error is None or isinstance(error, QuantumJobsError), f"{path} = {other}: {error!r}"
                    taken._fetched.clear()

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", QuantumJobsWarning)
        awaited(scene, service, transport)
