"""Every verb under every fault, on real loopback HTTP: over 200 cases a service, in a shuffled but seeded order.

After each: at most one job was stored for the one submit, every stored job is either returned or found by the key in
the error, and no exception is one that is not ours.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from email.utils import formatdate

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
TIMEOUT = 0.4
CONFIRMATION_TIMEOUT = 0.1


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
            for stored in (False, True) if operation == "submit" and status != 429 else (False,):
                effect = "stored" if stored else "not stored"
                fault = Fault(operation=operation, how="answer", status=status, headers=headers, stored=stored)
                yield f"{status}, Retry-After {name}, {effect}", fault, 0.0
    for stored in (False, True):
        yield "dropped, and listings lag", Fault(operation="submit", how="drop", stored=stored), 0.05
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


def test_the_matrix_has_over_two_hundred_cases_a_service() -> None:
    assert len(CASES) >= 200


@pytest.mark.parametrize(
    ("name", "fault", "lag"), CASES, ids=[f"{fault.operation}: {name}" for name, fault, _ in CASES]
)
def test_one_job_at_most_none_lost_and_only_errors_of_ours(cloud: Cloud, name: str, fault: Fault, lag: float) -> None:
    with quantum_jobs.connect(
        cloud.service,
        base_url=cloud.url,
        api_key=f"key-{random.random()}",  # a limiter of its own: a pause of one case is not the next one's
        timeout=TIMEOUT,
        confirmation_timeout=CONFIRMATION_TIMEOUT,
        transport=httpx.HTTPTransport(verify=False),
    ) as client:
        if fault.operation == "submit":
            _submitting(cloud, client, fault, lag)
        else:
            _asking(cloud, client, fault)


def _begin(cloud: Cloud, fault: Fault, lag: float) -> None:
    cloud.reset(None if fault.how == "refuse" else fault, lag)
    if fault.how == "refuse":
        cloud.refuse(0.01)


def _submitting(cloud: Cloud, client: quantum_jobs.Client, fault: Fault, lag: float) -> None:
    _begin(cloud, fault, lag)
    found: str | None
    try:
        found = client.submit(CIRCUIT, device="simulator", shots=8).id
    except quantum_jobs.SubmissionUncertainError as error:
        cloud.lag = 0.0
        job = client.find_submission(error.idempotency_key)
        found = None if job is None else job.id
    except quantum_jobs.QuantumJobsError:
        found = None
    assert len(cloud.jobs) <= 1
    assert list(cloud.jobs) == ([] if found is None else [found])


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
