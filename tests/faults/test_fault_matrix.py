"""Every verb under every fault, on real loopback HTTP: over 200 cases a service, in a shuffled but seeded order.

After each: at most one job was stored for the one submit, every stored job is either returned or found by the key in
the error, and no exception is one that is not ours. The same for a submit beside itself: threads and tasks that use one
key at the same moment.
"""

from __future__ import annotations

import asyncio
import itertools
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from email.utils import formatdate
from typing import Any

import httpx
import pytest
import quantum_jobs
from quantum_jobs.core import waiting as following
from quantum_jobs.http import retry

from tests.faults.cloud import Cloud, Fault

SERVICES = ["ionq-v0.4", "ionq-v0.3", "qbraid-v2"]
OPERATIONS = ["submit", "list", "status", "result", "cancel"]
CIRCUIT = {"qubits": 2, "circuit": [{"gate": "x", "target": 0}]}
RETRY_AFTER: dict[str, tuple[tuple[str, str], ...]] = {
    "none": (),
    "seconds": (("Retry-After", "0.02"),),
    "date": (("Retry-After", formatdate(0, usegmt=True)),),
    "a day": (("Retry-After", "86400"),),
    "text": (("Retry-After", "soon"),),
    "infinite": (("Retry-After", "1e999"),),
    "negative": (("Retry-After", "-3"),),
}
STATUSES = [408, 429, 500, 502, 503, 504, 520]
#: What else a service or a gateway may say; of a submission also after the job was made.
ODD_STATUSES = [300, 303, 307, 400, 401, 402, 403, 404, 405, 409, 410, 413, 418, 422, 425, 451, 499, 501, 505, 599]
BESIDE = 4
TIMEOUT = 0.25
CERTIFICATES = httpx.create_ssl_context()
CONFIRMATION_TIMEOUT = 0.06


def _faults() -> Iterator[tuple[str, Fault, float]]:
    for operation in OPERATIONS:
        yield "refused", Fault(operation=operation, how="refuse"), 0.0
        for stored, times in itertools.product((False, True), (1, 2)):
            effect = f"{'after' if stored else 'before'} it took effect, {times}x"
            yield f"dropped {effect}", Fault(operation=operation, how="drop", stored=stored, times=times), 0.0
        yield "half an answer", Fault(operation=operation, how="half"), 0.0
        yield "slow past the timeout", Fault(operation=operation, how="slow"), 0.0
        yield "trickling past the timeout", Fault(operation=operation, how="trickle"), 0.0
        yield "HTML", Fault(operation=operation, how="answer", body=b"<html>Sorry</html>"), 0.0
        yield "HTML error", Fault(operation=operation, how="answer", status=502, body=b"<html>Bad</html>"), 0.0
        yield "truncated JSON", Fault(operation=operation, how="answer", body=b'{"id": "job-'), 0.0
        yield "an empty body", Fault(operation=operation, how="answer", body=b""), 0.0
        yield "a list", Fault(operation=operation, how="answer", body=b"[1, 2]"), 0.0
        yield "wrong types", Fault(operation=operation, how="answer", edit="types"), 0.0
        yield "no id", Fault(operation=operation, how="answer", edit="no id"), 0.0
        for status, (name, headers) in itertools.product(STATUSES, RETRY_AFTER.items()):
            if operation == "submit" and status != 429 and name not in {"none", "a day"}:
                continue  # a POST that is in doubt is not sent again, whenever it may be
            if status not in {429, 503} and name not in {"none", "seconds", "a day"}:
                continue  # the header is read in one way, whatever the status
            for stored in (False, True) if operation == "submit" else (False,):
                effect = "stored" if stored else "not stored"
                fault = Fault(operation=operation, how="answer", status=status, headers=headers, stored=stored)
                yield f"{status}, Retry-After {name}, {effect}", fault, 0.0
    for status, stored in itertools.product(ODD_STATUSES, (False, True)):
        if status not in STATUSES:
            effect = "stored" if stored else "not stored"
            yield f"{status}, {effect}", Fault(operation="submit", how="answer", status=status, stored=stored), 0.0
    for stored in (False, True):
        yield "dropped, and listings lag", Fault(operation="submit", how="drop", stored=stored), 0.03
        yield "dropped, and listings lag too long", Fault(operation="submit", how="drop", stored=stored), 0.4


CASES = list(_faults())
random.Random(20261121).shuffle(CASES)


@pytest.fixture(scope="module", params=SERVICES)
def cloud(request: pytest.FixtureRequest) -> Iterator[Cloud]:
    cloud = Cloud(request.param)
    yield cloud
    cloud.close()


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "FIRST_BACKOFF", 0.002)
    monkeypatch.setattr(following, "SHORTEST_GAP", 0.01)
    # Read once for all the clients of this file: nobody here speaks TLS.
    monkeypatch.setattr(httpx, "create_ssl_context", lambda: CERTIFICATES)


def test_the_matrix_has_over_two_hundred_cases_a_service() -> None:
    assert len(CASES) >= 200


def _ids(cases: list[tuple[str, Fault, float]]) -> list[str]:
    return [f"{fault.operation}: {name}" for name, fault, _ in cases]


def _connecting(cloud: Cloud) -> dict[str, Any]:
    return {
        "base_url": cloud.url,
        "api_key": f"key-{random.random()}",  # a limiter of its own: a pause of one case is not the next one's
        "timeout": TIMEOUT,
        "confirmation_timeout": CONFIRMATION_TIMEOUT,
    }


@pytest.mark.parametrize(("name", "fault", "lag"), CASES, ids=_ids(CASES))
def test_one_job_at_most_none_lost_and_only_errors_of_ours(cloud: Cloud, name: str, fault: Fault, lag: float) -> None:
    with quantum_jobs.connect(cloud.service, **_connecting(cloud)) as client:
        if fault.operation == "submit":
            _submitting(cloud, client, fault, lag)
        else:
            _asking(cloud, client, fault)


#: Each kind of fault of a submission once.
SUBMITTING = [
    case
    for case in CASES
    if case[1].operation == "submit"
    and case[1].headers in (RETRY_AFTER["none"], RETRY_AFTER["a day"])
    # What a refusal says of a job that was not made, those beside it are told as it is.
    and (case[1].stored or case[1].status not in ODD_STATUSES[1:])
]


@pytest.mark.parametrize(("name", "fault", "lag"), SUBMITTING, ids=_ids(SUBMITTING))
def test_threads_with_one_key_make_one_job_at_most(
    cloud: Cloud, pool: ThreadPoolExecutor, name: str, fault: Fault, lag: float
) -> None:
    connecting = _connecting(cloud)
    # Two clients of one account.
    clients = [
        quantum_jobs.connect(cloud.service, transport=httpx.HTTPTransport(verify=False), **connecting) for _ in range(2)
    ]
    _begin(cloud, fault, lag)
    ended = list(pool.map(lambda number: _submitted(clients[number % 2]), range(BESIDE)))
    _check(cloud, clients[0], ended)
    for client in clients:
        client.close()


@pytest.mark.parametrize(("name", "fault", "lag"), SUBMITTING, ids=_ids(SUBMITTING))
def test_tasks_with_one_key_make_one_job_at_most(cloud: Cloud, name: str, fault: Fault, lag: float) -> None:
    connecting = _connecting(cloud)

    async def main() -> list[Any]:
        async with quantum_jobs.connect_async(
            cloud.service, transport=httpx.AsyncHTTPTransport(verify=False), **connecting
        ) as client:
            return await asyncio.gather(
                *(client.submit(CIRCUIT, device="simulator", shots=8, idempotency_key="t") for _ in range(BESIDE)),
                return_exceptions=True,
            )

    _begin(cloud, fault, lag)
    ended = asyncio.run(main())
    with quantum_jobs.connect(cloud.service, transport=httpx.HTTPTransport(verify=False), **connecting) as client:
        _check(cloud, client, ended)


@pytest.fixture(scope="module")
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(BESIDE) as pool:
        yield pool


def _begin(cloud: Cloud, fault: Fault, lag: float) -> None:
    cloud.reset(None if fault.how == "refuse" else fault, lag)
    if fault.how == "refuse":
        cloud.refuse(0.01)


def _submitting(cloud: Cloud, client: quantum_jobs.Client, fault: Fault, lag: float) -> None:
    _begin(cloud, fault, lag)
    _check(cloud, client, [_submitted(client, idempotency_key=None)])


def _submitted(client: quantum_jobs.Client, idempotency_key: str | None = "t") -> Any:
    try:
        return client.submit(CIRCUIT, device="simulator", shots=8, idempotency_key=idempotency_key)
    except quantum_jobs.QuantumJobsError as error:
        return error


def _check(cloud: Cloud, client: quantum_jobs.Client, ended: list[Any]) -> None:
    """Each of these submissions, jobs or errors, leads to the one job that was stored, if any was."""
    cloud.lag = 0.0
    cloud.fault = None
    assert len(cloud.jobs) <= 1
    for job_or_error in ended:
        found = job_or_error
        if isinstance(job_or_error, BaseException):
            assert isinstance(job_or_error, quantum_jobs.QuantumJobsError)
            assert job_or_error.idempotency_key
            found = client.find_submission(job_or_error.idempotency_key)
        assert list(cloud.jobs) == ([] if found is None else [found.id])


def _asking(cloud: Cloud, client: quantum_jobs.Client, fault: Fault) -> None:
    cloud.reset()
    job = client.job(cloud.add())
    if fault.operation == "result":
        cloud.complete()
    stored = dict(cloud.jobs)
    cloud.fault, cloud.left = fault, fault.times
    if fault.how == "refuse":
        cloud.fault = None
        cloud.refuse(0.01)
    try:
        match fault.operation:
            case "list":
                assert [each.id for each in client.jobs()] in ([job.id], [])
            case "status":
                assert job.refresh().id == job.id
            case "result":
                assert job.result(timeout=0.25).counts == {"01": 8}
            case "cancel":
                job.cancel()
                assert job.refresh().status == "CANCELLED"
    except quantum_jobs.QuantumJobsError:
        pass
    assert cloud.jobs.keys() == stored.keys()
