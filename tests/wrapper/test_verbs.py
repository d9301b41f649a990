"""Every verb of the public API on every service, over real HTTP to the sandbox."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import httpx
import pytest
import quantum_jobs
from quantum_sandbox import Engine, Sandbox

BELL = {"qubits": 2, "circuit": [{"gate": "h", "target": 0}, {"gate": "cnot", "control": 0, "target": 1}]}
X0_OF_3 = {"qubits": 3, "circuit": [{"gate": "x", "target": 0}]}
DEVICES = {"ionq-v0.4": "simulator", "ionq-v0.3": "simulator", "qbraid-v2": "ionq:ionq:sim:simulator"}
COUNTED = {"ionq-v0.4": "qpu.forte-1", "ionq-v0.3": "qpu.forte-1", "qbraid-v2": "ionq:ionq:sim:simulator"}
SECONDS = 30


@pytest.fixture(scope="module")
def running(engine: Engine) -> Iterator[Sandbox]:
    with Sandbox(engine=engine) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(running: Sandbox) -> Sandbox:
    running.reset()
    return running


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quantum_jobs.core.waiting.SHORTEST_GAP", 0.1)


@pytest.fixture(params=DEVICES)
def service(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def client(sandbox: Sandbox, service: str) -> Iterator[quantum_jobs.Client]:
    with sandbox.connect(service) as client:
        yield client


def test_the_same_circuit_gives_the_same_keys_everywhere(client: quantum_jobs.Client) -> None:
    result = client.submit(X0_OF_3, device=DEVICES[client.service], shots=50).result(timeout=SECONDS)
    assert result.counts == {"001": 50}
    assert result.num_qubits == 3
    assert result.flipped().counts == {"100": 50}


def test_several_circuits_of_different_widths_come_back_in_order(client: quantum_jobs.Client) -> None:
    job = client.submit([BELL, X0_OF_3, BELL], device=DEVICES[client.service], shots=20)
    results = job.results(timeout=SECONDS)
    assert [result.num_qubits for result in results] == [2, 3, 2]
    assert results[1].counts == {"001": 20}
    assert all(set(results[place].counts or {}) <= {"00", "11"} for place in (0, 2))
    with pytest.raises(quantum_jobs.UnsupportedError, match="3 circuits"):
        job.result(timeout=SECONDS)


def test_the_circuits_of_a_job_are_jobs_of_their_own_where_the_service_has_that(client: quantum_jobs.Client) -> None:
    job = client.submit([BELL, X0_OF_3], device=DEVICES[client.service], shots=20)
    job.wait(timeout=SECONDS)
    children = job.children()
    assert len(children) == (0 if client.service == "qbraid-v2" else 2)
    assert [child.result(timeout=SECONDS).num_qubits for child in children] in ([2, 3], [])


def test_a_job_is_found_by_the_tags_that_it_was_submitted_with(client: quantum_jobs.Client) -> None:
    tags = {"theta": 0.5, "tiny": 1e-7, "run": 7, "good": True, "word": "a"}
    job = client.submit(BELL, device=DEVICES[client.service], shots=5, tags=tags)
    client.submit(BELL, device=DEVICES[client.service], shots=5, tags={**tags, "theta": 0.25})
    assert [found.id for found in client.jobs(tags=tags)] == [job.id]
    assert [found.id for found in client.jobs(tags={"theta": 0.5})] == [job.id]


def test_tags_and_name_come_back_and_the_key_is_not_among_them(client: quantum_jobs.Client) -> None:
    job = client.submit(BELL, device=DEVICES[client.service], shots=5, name="bell", tags={"run": 7, "good": True})
    record = client.job(job.id).record
    assert record.name == "bell"
    assert record.tags == ({"run": 7, "good": True} if "qbraid" in client.service else {"run": "7", "good": "true"})
    assert record.idempotency_key == job.record.idempotency_key


def test_listings_lead_over_all_pages_and_know_filters_and_limits(client: quantum_jobs.Client) -> None:
    ids = [client.submit(BELL, device=DEVICES[client.service], shots=1).id for _ in range(30)]
    assert {job.id for job in client.jobs()} == set(ids)
    assert len(list(client.jobs(limit=27))) == 27
    assert list(client.jobs(limit=0)) == []
    assert list(client.jobs(status="FAILED")) == []
    quantum_jobs.wait([client.job(each) for each in ids[:3]], timeout=SECONDS)
    completed = {job.id for job in client.jobs(status=quantum_jobs.JobStatus.COMPLETED)}
    assert set(ids[:3]) <= completed


def test_many_jobs_are_cancelled_and_deleted_in_one_call_and_each_ones_fate_is_told(
    client: quantum_jobs.Client,
) -> None:
    jobs = [client.submit(BELL, device=DEVICES[client.service], shots=1) for _ in range(4)]
    assert client.cancel(jobs) == {job.id: None for job in jobs}
    assert all(job.refresh().status.is_final or job.status == "CANCELLING" for job in jobs)
    quantum_jobs.wait(jobs, timeout=SECONDS)
    assert client.delete([*jobs[:2], jobs[2].id]) == {job.id: None for job in jobs[:3]}
    fates = client.delete([jobs[0], jobs[3]])
    assert isinstance(fates[jobs[0].id], quantum_jobs.NotFoundError)
    assert fates[jobs[3].id] is None
    assert client.cancel([]) == client.delete([]) == {}


def test_one_job_is_cancelled_and_has_no_result(client: quantum_jobs.Client) -> None:
    job = client.submit(BELL, device=DEVICES[client.service], shots=1)
    job.cancel()
    job.cancel()
    if job.wait(timeout=SECONDS).status == "CANCELLED":
        with pytest.raises(quantum_jobs.JobCancelledError):
            job.result(timeout=SECONDS)


def test_one_job_is_deleted_and_then_not_found(client: quantum_jobs.Client) -> None:
    job = client.submit(BELL, device=DEVICES[client.service], shots=1)
    job.wait(timeout=SECONDS)
    job.delete()
    with pytest.raises(quantum_jobs.NotFoundError):
        job.refresh()


def test_cost_and_estimate_are_exact_and_have_a_currency(client: quantum_jobs.Client) -> None:
    job = client.submit(BELL, device=COUNTED[client.service], shots=600)
    job.wait(timeout=SECONDS)
    cost = job.cost()
    assert cost is not None
    assert cost.currency == ("credits" if client.service == "qbraid-v2" else "USD")
    if client.service == "ionq-v0.3":
        with pytest.raises(quantum_jobs.UnsupportedError):
            client.estimate(device=COUNTED[client.service])
    else:
        estimate = client.estimate(device=COUNTED[client.service], shots=600)
        assert estimate.cost is not None
        assert estimate.cost.currency == cost.currency


def test_devices_say_what_they_are(client: quantum_jobs.Client) -> None:
    devices = {device.id: device for device in client.devices()}
    device = devices[DEVICES[client.service]]
    assert device.service == client.service
    assert device.simulator
    assert device.online
    assert (device.num_qubits or 0) > 1


def test_a_program_comes_back_where_the_service_keeps_it(client: quantum_jobs.Client) -> None:
    job = client.submit(BELL, device=DEVICES[client.service], shots=1)
    if client.service == "qbraid-v2":
        assert job.program() == quantum_jobs.Program("ionq.circuit.v0", {**BELL, "gateset": "qis"})
    else:
        with pytest.raises(quantum_jobs.UnsupportedError, match="keep the program"):
            job.program()


def test_every_shot_is_there_for_those_who_ask(client: quantum_jobs.Client) -> None:
    result = client.submit(BELL, device=COUNTED[client.service], shots=40).result(timeout=SECONDS, memory=True)
    if client.service == "ionq-v0.4":
        assert result.memory is not None
        assert len(result.memory) == 40
        assert result.counts_kind == "derived"  # what the vendor presents are its probabilities
    assert result.shots == 40


def test_a_submission_is_found_by_its_key_and_repeated_by_it_without_a_second_job(
    client: quantum_jobs.Client,
) -> None:
    first = client.submit(BELL, device=DEVICES[client.service], shots=1, idempotency_key="point-12")
    again = client.submit(BELL, device=DEVICES[client.service], shots=1, idempotency_key="point-12")
    found = client.find_submission("point-12")
    assert found is not None
    assert first.id == again.id == found.id
    assert client.find_submission("another") is None
    assert len(list(client.jobs())) == 1


def test_the_generated_client_is_there_for_everything_else(client: quantum_jobs.Client) -> None:
    job = client.submit(BELL, device=DEVICES[client.service], shots=1)
    match client.service:
        case "ionq-v0.4":
            from quantum_apis.ionq_v0_4.api.jobs import get_job as call
        case "ionq-v0.3":
            from quantum_apis.ionq_v0_3.api.jobs import get_job as call
        case _:
            from quantum_apis.qbraid_v2.api.jobs import get_job as call
    assert job.id in str(call.sync(job.id, client=client.api))


def test_jobs_of_all_services_are_followed_together(sandbox: Sandbox) -> None:
    clients = [sandbox.connect(service) for service in DEVICES]
    jobs = [client.submit(X0_OF_3, device=DEVICES[client.service], shots=9) for client in clients for _ in range(3)]
    assert {job.ref for job in quantum_jobs.as_completed(jobs, timeout=SECONDS)} == {job.ref for job in jobs}
    assert quantum_jobs.wait(jobs, timeout=SECONDS) == (jobs, [])
    assert [job.result().counts for job in jobs] == [{"001": 9}] * 9
    for client in clients:
        client.close()


def test_a_job_that_another_tool_submitted_is_taken_up_by_its_reference(
    sandbox: Sandbox, service: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sandbox.connect(service) as client:
        job = client.submit(X0_OF_3, device=COUNTED[service], shots=600)
    variable = "QBRAID" if service == "qbraid-v2" else "IONQ"
    monkeypatch.setenv(f"{variable}_API_KEY", "sandbox-key")
    monkeypatch.setenv(f"{variable}_API_URL", sandbox.url(service))
    taken_up = quantum_jobs.job(job.ref)
    assert taken_up.result(timeout=SECONDS).counts == {"001": 600}
    assert taken_up.record.shots == 600


def test_all_of_it_is_awaited_under_asyncio(sandbox: Sandbox, service: str) -> None:
    async def main() -> None:
        async with sandbox.connect_async(service) as client:
            device = DEVICES[service]
            jobs = [await client.submit(X0_OF_3, device=device, shots=9, tags={"a": "b"}) for _ in range(4)]
            done, not_done = await quantum_jobs.wait_async(jobs, timeout=SECONDS)
            assert (done, not_done) == (jobs, [])
            assert [(await job.result()).counts for job in done] == [{"001": 9}] * 4
            assert [job async for job in quantum_jobs.as_completed_async(jobs, timeout=SECONDS)] == jobs
            assert {job.id async for job in client.jobs()} == {job.id for job in jobs}
            assert (await client.job(jobs[0].id)).record.tags == {"a": "b"}
            assert await client.find_submission(jobs[1].record.idempotency_key or "") is not None
            assert await client.delete(jobs) == {job.id: None for job in jobs}
            assert device in {each.id for each in await client.devices()}

    asyncio.run(main())


class Deaf(httpx.MockTransport):
    """A qBraid that gives the same full page whatever page is asked for, and says that there is more."""

    def __init__(self) -> None:
        super().__init__(self._answer)
        self.asked = 0

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked += 1
        if request.url.path.endswith("/devices"):
            return httpx.Response(200, json={"success": True, "data": [{"qrn": f"a:b:sim:{n}"} for n in range(100)]})
        rows = [{"jobQrn": f"job-{n}", "status": "QUEUED"} for n in range(100)]
        return httpx.Response(200, json={"success": True, "data": rows, "pagination": {"hasNext": True}})


def test_a_service_that_ignores_pages_leads_nobody_round_for_ever() -> None:
    deaf = Deaf()
    with quantum_jobs.connect("qbraid", api_key="a-key", transport=deaf) as client:
        assert len(client.devices()) == 100
        assert len(list(client.jobs())) == 100
        assert client.find_submission("idempotency_key") is None
    assert deaf.asked == 6


class Moving(httpx.MockTransport):
    """A qBraid to which a job is submitted between two pages: the last one of the first page comes again."""

    def __init__(self) -> None:
        super().__init__(self._answer)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        words = ["CALIBRATING", "UNKNOWN", "VALIDATING", "INITIALIZING", "QUEUED"]
        page = int(request.url.params["page"])
        rows = [{"jobQrn": f"job-{n}", "status": words[n % 5]} for n in ([5, 4, 3], [3, 2, 1, 0])[page - 1]]
        wanted = request.url.params.get("status")
        rows = [row for row in rows if wanted in (None, row["status"])]
        return httpx.Response(200, json={"success": True, "data": rows, "pagination": {"hasNext": page == 1}})


def test_a_listing_gives_each_job_once_and_the_newest_first_whatever_the_vendor_s_words() -> None:
    with quantum_jobs.connect("qbraid", api_key="a-key", transport=Moving()) as client:
        assert [job.id for job in client.jobs()] == [f"job-{n}" for n in (5, 4, 3, 2, 1, 0)]
        assert [job.id for job in client.jobs(status="UNKNOWN")] == ["job-5", "job-1", "job-0"]
        assert [job.id for job in client.jobs(status="INITIALIZING")] == ["job-3", "job-2"]
        assert [job.id for job in client.jobs(status="QUEUED")] == ["job-4"]


def test_a_page_of_which_no_row_can_be_read_hides_no_job_behind_it() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        assert request.method == "GET", "the job is there: a second one would be paid for"
        first = request.url.params["page"] == "1"
        job = {"jobQrn": "job-0", "status": "QUEUED", "tags": {"quantum_jobs_idempotency_key": "key-of-mine"}}
        page = {"hasNext": first}
        return httpx.Response(200, json={"success": True, "data": [5, {}] if first else [job], "pagination": page})

    with quantum_jobs.connect("qbraid", api_key="a-key", transport=httpx.MockTransport(answer)) as client:
        assert [job.id for job in client.jobs()] == ["job-0"]
        assert client.submit("OPENQASM 3.0; qubit q;", device="d", idempotency_key="key-of-mine").id == "job-0"
