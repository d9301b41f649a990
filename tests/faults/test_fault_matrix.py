"""Every verb under every fault, on real loopback HTTP: 273 faults a service, each also beside itself.

After each: at most one job was stored for the one submit, every stored job is either returned or found by the key in
the error, and no exception is one that is not ours. Beside itself are threads, with two clients of one account, and
tasks: they submit with one key at the same moment, or ask for one job.

A case mostly waits, so many run at once, each against a cloud of its own.
"""

from __future__ import annotations

import asyncio
import itertools
import multiprocessing
import os
import random
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from email.utils import formatdate
from http import HTTPStatus
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import httpx
import pytest
import quantum_jobs
from quantum_jobs.core import waiting
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
#: Every other status that there is, registered or not, after the job was made.
OTHER_STATUSES = sorted(
    {*range(200, 207), *HTTPStatus, *range(440, 464), *range(490, 500), *range(520, 531), 561, 598, 600, 999}
    - {*range(200), *STATUSES, *ODD_STATUSES}
)
#: How many ask at once, and how many cases are tried at once.
BESIDE, AT_ONCE = 4, 6
#: Of the faults of other requests than submissions every so many-th is tried beside itself; all with 1.
EVERY = int(os.environ.get("QUANTUM_JOBS_TEST_EVERY", "5"))
CERTIFICATES = httpx.create_ssl_context()
TIMEOUT, CONFIRMATION_TIMEOUT = 0.25, 0.06

#: A fault by its name, and by how many seconds listings lag.
Case = tuple[str, Fault, float]
Trial = Callable[[Cloud, Fault, float], None]
SideBySide = Callable[[Trial, list[Case]], None]


def _faults() -> Iterator[Case]:
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
    for status in OTHER_STATUSES:
        yield f"{int(status)}, stored", Fault(operation="submit", how="answer", status=status), 0.0
    for stored in (False, True):
        yield "dropped, and listings lag", Fault(operation="submit", how="drop", stored=stored), 0.03
        yield "dropped, and listings lag too long", Fault(operation="submit", how="drop", stored=stored), 0.4


CASES = list(_faults())
random.Random(20261121).shuffle(CASES)
#: Those that are tried beside themselves: each kind of fault of a submission once, and a sample of the others.
BESIDE_ITSELF = [
    case
    for number, case in enumerate(CASES)
    if (
        case[1].headers in (RETRY_AFTER["none"], RETRY_AFTER["a day"])
        # What a refusal says of a job that was not made, those beside it are told as it is.
        and (case[1].stored or case[1].status not in ODD_STATUSES[1:])
        if case[1].operation == "submit"
        else number % EVERY == 0
    )
]


def test_the_matrix_has_over_three_hundred_cases_a_service() -> None:
    assert len(CASES) >= 300
    assert len({name for name, _, _ in CASES}) >= 100


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "FIRST_BACKOFF", 0.002)
    monkeypatch.setattr(waiting, "SHORTEST_GAP", 0.01)
    # Read once for all the clients of this file: nobody here speaks TLS.
    monkeypatch.setattr(httpx, "create_ssl_context", lambda: CERTIFICATES)


@pytest.fixture(params=SERVICES)
def side_by_side(request: pytest.FixtureRequest, subtests: pytest.Subtests) -> Iterator[SideBySide]:
    """Tries many cases at once, each against a cloud of its own, and reports each by its name."""
    clouds: SimpleQueue[Cloud] = SimpleQueue()
    for _ in range(AT_ONCE):
        clouds.put(Cloud(request.param))

    def try_one(trial: Trial, fault: Fault, lag: float) -> None:
        cloud = clouds.get()
        try:
            trial(cloud, fault, lag)
            cloud.settle()
        finally:
            clouds.put(cloud)

    def try_all(trial: Trial, cases: list[Case]) -> None:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            tried = [(case, pool.submit(try_one, trial, *case[1:])) for case in cases]
        for (name, fault, _), future in tried:
            with subtests.test(f"{fault.operation}: {name}"):
                future.result()

    yield try_all
    while not clouds.empty():
        clouds.get().close()


def test_one_job_at_most_none_lost_and_only_errors_of_ours(side_by_side: SideBySide) -> None:
    def trial(cloud: Cloud, fault: Fault, lag: float) -> None:
        with quantum_jobs.connect(cloud.service, **_connecting(cloud)) as client:
            if fault.operation == "submit":
                _begin(cloud, fault, lag)
                _check_submitted(cloud, client, [_outcome(lambda: _submit(client, None))])
            else:
                job = client.job(_add_job(cloud, fault))
                _begin(cloud, fault, lag, keep=True)
                _check_asked(cloud, fault, [_outcome(lambda: _ask(fault.operation, client, job))])

    side_by_side(trial, CASES)


def test_the_same_in_threads_at_once(side_by_side: SideBySide) -> None:
    def trial(cloud: Cloud, fault: Fault, lag: float) -> None:
        connecting = _connecting(cloud)
        # Two clients of one account; a listing that fails is that in which a submission looks for its key.
        clients = [quantum_jobs.connect(cloud.service, **connecting) for _ in range(2)]
        with ThreadPoolExecutor(BESIDE) as pool:
            if fault.operation in {"submit", "list"}:
                _begin(cloud, fault, lag)
                ended = pool.map(lambda client: _outcome(lambda: _submit(client, "t")), clients * (BESIDE // 2))
                _check_submitted(cloud, clients[0], list(ended))
            else:
                job_id = _add_job(cloud, fault)
                held = [(client, client.job(job_id)) for client in clients * (BESIDE // 2)]
                _begin(cloud, fault, lag, keep=True)
                ended = pool.map(lambda pair: _outcome(lambda: _ask(fault.operation, *pair)), held)
                _check_asked(cloud, fault, list(ended))
        for client in clients:
            client.close()

    side_by_side(trial, BESIDE_ITSELF)


def test_the_same_in_tasks_at_once(side_by_side: SideBySide) -> None:
    def trial(cloud: Cloud, fault: Fault, lag: float) -> None:
        connecting = _connecting(cloud)

        async def submit() -> list[Any]:
            async with quantum_jobs.connect_async(cloud.service, **connecting) as client:
                _begin(cloud, fault, lag)
                one = [client.submit(CIRCUIT, device="simulator", shots=8, idempotency_key="t") for _ in range(BESIDE)]
                return await asyncio.gather(*one, return_exceptions=True)

        async def ask() -> list[Any]:
            async with quantum_jobs.connect_async(cloud.service, **connecting) as client:
                job_id = _add_job(cloud, fault)
                jobs = [await client.job(job_id) for _ in range(BESIDE)]
                _begin(cloud, fault, lag, keep=True)
                asking = [_ask_async(fault.operation, job) for job in jobs]
                return await asyncio.gather(*asking, return_exceptions=True)

        if fault.operation in {"submit", "list"}:
            ended = asyncio.run(submit())
            with quantum_jobs.connect(cloud.service, **connecting) as client:
                _check_submitted(cloud, client, ended)
        else:
            _check_asked(cloud, fault, asyncio.run(ask()))

    side_by_side(trial, BESIDE_ITSELF)


#: Submissions beside themselves in other processes. With a listing that lags longer than anybody looks, the second
#: process does not find the job of the first, and makes another: that is documented.
IN_PROCESSES = [
    case for number, case in enumerate(c for c in BESIDE_ITSELF if c[1].operation == "submit") if number % EVERY == 0
]
IN_PROCESSES = [case for case in IN_PROCESSES if case[2] <= CONFIRMATION_TIMEOUT]


@pytest.fixture(scope="module")
def processes() -> Iterator[ProcessPoolExecutor]:
    with ProcessPoolExecutor(2 * AT_ONCE, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield pool


def _submit_in_process(service: str, connecting: dict[str, Any], store: Path) -> Any:
    """Runs in another process: the id of the job, or the error."""
    retry.FIRST_BACKOFF = 0.002
    with quantum_jobs.connect(service, store=store, **connecting) as client:
        ended = _outcome(lambda: _submit(client, "t"))
    return ended if isinstance(ended, BaseException) else ended.record


def test_the_same_in_processes_that_share_a_store(
    side_by_side: SideBySide, processes: ProcessPoolExecutor, tmp_path: Path
) -> None:
    def trial(cloud: Cloud, fault: Fault, lag: float) -> None:
        connecting = _connecting(cloud)
        store = tmp_path / f"{random.random()}.sqlite3"
        quantum_jobs.Store(store).close()
        _begin(cloud, fault, lag)
        asked = [processes.submit(_submit_in_process, cloud.service, connecting, store) for _ in range(2)]
        ended = [future.result(timeout=60) for future in asked]
        with quantum_jobs.connect(cloud.service, **connecting) as client:
            _check_submitted(cloud, client, ended)

    side_by_side(trial, IN_PROCESSES)


def _connecting(cloud: Cloud) -> dict[str, Any]:
    return {
        "base_url": cloud.url,
        "api_key": f"key-{random.random()}",  # a limiter of its own: a pause of one case is not the next one's
        "timeout": TIMEOUT,
        "confirmation_timeout": CONFIRMATION_TIMEOUT,
    }


def _begin(cloud: Cloud, fault: Fault, lag: float, *, keep: bool = False) -> None:
    """From now on this fault; ``keep`` leaves the cloud its jobs."""
    cloud.reset(None if fault.how == "refuse" else fault, lag, keep=keep)
    if fault.how == "refuse":
        cloud.refuse(0.01)


def _add_job(cloud: Cloud, fault: Fault) -> str:
    cloud.reset()
    job_id = cloud.add()
    if fault.operation == "result":
        cloud.complete()
    return job_id


def _outcome(call: Callable[[], Any]) -> Any:
    try:
        return call()
    except quantum_jobs.QuantumJobsError as error:
        return error


def _submit(client: quantum_jobs.Client, idempotency_key: str | None) -> quantum_jobs.Job:
    return client.submit(CIRCUIT, device="simulator", shots=8, idempotency_key=idempotency_key)


def _ask(operation: str, client: quantum_jobs.Client, job: quantum_jobs.Job) -> Any:
    match operation:
        case "list":
            return [each.id for each in client.jobs()]
        case "status":
            return job.refresh().id
        case "result":
            return job.result(timeout=TIMEOUT).counts
        case _:
            job.cancel()
            return job.refresh().status


async def _ask_async(operation: str, job: quantum_jobs.AsyncJob) -> Any:
    match operation:
        case "status":
            return (await job.refresh()).id
        case "result":
            return (await job.result(timeout=TIMEOUT)).counts
        case _:
            await job.cancel()
            return (await job.refresh()).status


def _check_submitted(cloud: Cloud, client: quantum_jobs.Client, ended: list[Any]) -> None:
    """Each of these submissions, jobs or errors, leads to the one job that was stored, if any was."""
    cloud.settle()
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


def _check_asked(cloud: Cloud, fault: Fault, ended: list[Any]) -> None:
    """Each of these answers is the true one, or an error of ours; a listing may have been left without its one row."""
    (job_id,) = cloud.jobs
    true = {"list": ([job_id], []), "status": (job_id,), "result": ({"01": 8},), "cancel": ("CANCELLED",)}
    for value_or_error in ended:
        if isinstance(value_or_error, BaseException):
            assert isinstance(value_or_error, quantum_jobs.QuantumJobsError)
        else:
            assert value_or_error in true[fault.operation]
