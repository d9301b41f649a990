"""The sandbox without a socket, and the wrapper's own traffic held to the vendors' documents."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import anyio
import httpx
import pytest
import trio
from quantum_jobs import UsageError, WaitTimeoutError
from quantum_sandbox import Engine, Limits, Sandbox, SteppedClock, http_types

from tests.sandbox.strict import problems_of

X = {"gateset": "qis", "qubits": 2, "circuit": [{"gate": "x", "target": 0}]}
DEVICES = {"ionq-v0.4": "simulator", "ionq-v0.3": "simulator", "qbraid-v2": "ionq:ionq:sim:simulator"}
ALL = pytest.mark.parametrize("service", list(DEVICES))


@pytest.fixture(scope="module")
def without_socket(engine: Engine) -> Any:
    with Sandbox(engine=engine, in_process=True, set_environment=False) as sandbox:
        yield sandbox


class Checked(httpx.BaseTransport):
    """Holds every answer to the document on its way through."""

    def __init__(self, inner: httpx.BaseTransport) -> None:
        self.inner = inner
        self.answers = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = self.inner.handle_request(request)
        body, kind = response.read(), response.headers["content-type"]
        assert problems_of(request.method, request.url.path, response.status_code, kind, body) == []
        self.answers += 1
        return httpx.Response(response.status_code, headers=response.headers, content=body)


@ALL
def test_the_wrapper_s_own_traffic_follows_the_documents(without_socket: Sandbox, service: str) -> None:
    transport = Checked(without_socket.transport())
    with without_socket.connect(service, transport=transport) as client:
        job = client.submit(X, device=DEVICES[service], shots=100, name="checked", tags={"a": "b"})
        assert job.result(timeout=30).counts == {"01": 100}
        job.cost()
        assert job.id in {one.id for one in client.jobs(limit=10)}
        assert list(client.devices())
        other = client.submit(X, device=DEVICES[service], shots=100)
        client.cancel([other])
        client.delete([job])
    assert transport.answers >= 8


@ALL
def test_synchronous_code_needs_no_socket(without_socket: Sandbox, service: str) -> None:
    with without_socket.connect(service) as client:
        job = client.submit(X, device=DEVICES[service], shots=50)
        assert job.result(timeout=30).counts == {"01": 50}


@ALL
def test_asynchronous_code_needs_no_socket(without_socket: Sandbox, service: str) -> None:
    async def main() -> Any:
        async with without_socket.connect_async(service) as client:
            job = await client.submit(X, device=DEVICES[service], shots=50)
            return (await job.result(timeout=30)).counts

    assert asyncio.run(main()) == {"01": 50}


@ALL
def test_code_on_trio_needs_no_socket(without_socket: Sandbox, service: str) -> None:
    async def main() -> Any:
        async with without_socket.connect_async(service) as client:
            without_socket.faults.add("delay", seconds=0.01, method="POST")
            without_socket.faults.add("trickle", seconds=0.0001, operation="get_job", times=1)
            job = await client.submit(X, device=DEVICES[service], shots=50)
            return (await job.result(timeout=30)).counts

    try:
        assert trio.run(main) == {"01": 50}
    finally:
        without_socket.reset()


def test_clients_share_a_transport_and_closing_one_leaves_it_to_the_others(without_socket: Sandbox) -> None:
    transport = without_socket.transport()
    with without_socket.connect("qbraid", transport=transport) as other:
        with without_socket.connect("ionq", transport=transport) as ionq:
            ionq.submit(X, device="simulator", shots=5)
        assert other.submit(X, device=DEVICES["qbraid-v2"], shots=5).result(timeout=30).counts == {"01": 5}
        with pytest.raises(UsageError, match="closed"):
            ionq.devices()


class Stuck:
    """A simulator that comes to no end before it is told to."""

    limits = Limits()

    def __init__(self) -> None:
        self.outcomes: list[Future[Any]] = []

    def submit(self, task: Any) -> Future[Any]:
        self.outcomes.append(Future())
        return self.outcomes[-1]


@pytest.fixture
def stuck() -> Iterator[Sandbox]:
    """A sandbox in process whose clock stands still, so that an answer waits for the simulation it depends on."""
    engine: Any = Stuck()
    with Sandbox(engine=engine, in_process=True, clock=SteppedClock(), set_environment=False) as sandbox:
        yield sandbox


def test_a_simulation_that_is_waited_for_leaves_synchronous_code_its_deadlines(stuck: Sandbox) -> None:
    with stuck.connect("ionq") as ionq:
        job = ionq.submit(X, device="simulator", shots=5)
        stuck.clock.advance(60)
        began = time.monotonic()
        with pytest.raises(WaitTimeoutError):
            job.result(timeout=0.2)
        assert time.monotonic() - began < 1


@pytest.mark.parametrize("library", ["asyncio", "trio"])
def test_a_simulation_that_is_waited_for_leaves_asynchronous_code_running(stuck: Sandbox, library: str) -> None:
    async def main() -> None:
        ionq = stuck.connect_async("ionq")
        job = await ionq.submit(X, device="simulator", shots=5)
        stuck.clock.advance(60)
        began = time.monotonic()
        async with anyio.create_task_group() as group:
            group.start_soon(keep_time)
            with pytest.raises(WaitTimeoutError):
                await job.result(timeout=0.2)
            group.cancel_scope.cancel()
        assert time.monotonic() - began < 1
        await ionq.close()
        stuck.stop()  # lets go of the threads that wait, which the event loop waits for at its end

    ticks = []

    async def keep_time() -> None:
        while True:
            await anyio.sleep(0.01)
            ticks.append(time.monotonic())

    anyio.run(main, backend=library)
    assert len(ticks) >= 5


def test_sandboxes_side_by_side_share_nothing(engine: Engine) -> None:
    with (
        Sandbox(engine=engine, in_process=True, set_environment=False) as one,
        Sandbox(engine=engine, in_process=True, set_environment=False) as other,
    ):
        clients = [sandbox.connect("ionq") for sandbox in (one, other)]
        with ThreadPoolExecutor(8) as pool:
            jobs = list(
                pool.map(lambda i: clients[i % 2].submit(X, device="simulator", shots=5, name=str(i)), range(16))
            )
        for sandbox, client, names in ((one, clients[0], range(0, 16, 2)), (other, clients[1], range(1, 16, 2))):
            assert {job.record.name for job in client.jobs()} == {str(number) for number in names}
            assert len(sandbox.journal.select(method="POST")) == 8
            client.close()
        assert len({job.id for job in jobs}) == 8  # the same seed gives both the same ids


def test_sync_code_works_inside_a_running_event_loop(without_socket: Sandbox) -> None:
    async def main() -> int:
        with httpx.Client(transport=without_socket.transport()) as http:
            return http.get(without_socket.url("ionq") + "/backends").status_code

    assert asyncio.run(main()) == 200
    assert trio.run(main) == 200


IN_A_CHILD = """
import os
import httpx
from quantum_sandbox import Sandbox

def status():
    with Sandbox(engine=object(), in_process=True) as sandbox, httpx.Client(transport=sandbox.transport()) as http:
        return http.get(sandbox.url("ionq") + "/backends", timeout=5).status_code

assert status() == 200
child = os.fork()
if not child:
    os._exit(0 if status() == 200 else 1)
print(os.waitpid(child, 0)[1])
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_process_has_sandboxes_of_its_own_without_a_socket() -> None:
    command = [sys.executable, "-W", "ignore::DeprecationWarning", "-c", IN_A_CHILD]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.stdout.strip(), done.stderr) == ("0", "")


FORKING = """
import os, sys
import quantum_jobs, quantum_jobs.core.waiting, quantum_jobs.http.retry
from quantum_sandbox import Sandbox

quantum_jobs.core.waiting.SHORTEST_GAP, quantum_jobs.http.retry.FIRST_BACKOFF = 0.05, 0.0

def circuit(turn):
    gates = [{"gate": "x", "target": 0}, {"gate": "rz", "rotation": turn, "target": 0}]
    return {"gateset": "qis", "qubits": 1, "circuit": gates}

with Sandbox(in_process=sys.argv[1] == "True") as sandbox, sandbox.connect("ionq") as ionq:
    def counts(turn):
        return ionq.submit(circuit(turn), device="simulator", shots=10).result(timeout=30).counts

    assert counts(0.1) == {"1": 10}
    child = os.fork()
    if not child:
        try:
            found = counts(0.2)
        except quantum_jobs.ServiceUnreachableError as error:
            found = str(error)
        print("child", found, flush=True)
    else:
        assert os.waitpid(child, 0)[1] == 0
        print("parent", counts(0.3), flush=True)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("in_process", [False, True])
def test_a_forked_process_asks_over_a_socket_and_leaves_the_sandbox_to_its_parent(in_process: bool) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-W", "error", "-W", "ignore::DeprecationWarning", "-c", FORKING, str(in_process)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    child, parent = done.stdout.splitlines()
    assert parent == "parent {'1': 10}"
    assert ("use one that listens, Sandbox()" in child) if in_process else (child == "child {'1': 10}")
    assert done.stderr == ""


def test_nothing_listens_at_the_url_of_a_sandbox_without_a_socket(without_socket: Sandbox) -> None:
    with pytest.raises(httpx.ConnectError):
        httpx.get(without_socket.url("ionq") + "/backends")


def test_a_sandbox_with_a_socket_can_be_asked_without_it_too(sandbox: Sandbox) -> None:
    with sandbox.connect("qbraid", in_process=True) as client:
        assert list(client.devices())
    assert sandbox.journal.select(operation="get_devices")


def test_faults_reach_clients_without_a_socket(engine: Engine) -> None:
    with Sandbox(engine=engine, in_process=True) as sandbox, sandbox.connect("ionq", confirmation_timeout=5) as ionq:
        sandbox.faults.add("drop", method="POST", times=1, stored=True)
        job = ionq.submit(X, device="simulator", shots=10)
        assert job.result(timeout=30).counts == {"01": 10}
        assert [entry.faults for entry in sandbox.journal.select(method="POST")] == [("drop",)]
        assert [one.id for one in ionq.jobs()] == [job.id]


def test_a_transport_outlives_its_sandbox_as_a_refused_connection(engine: Engine) -> None:
    with Sandbox(engine=engine, in_process=True) as sandbox:
        transport, url = sandbox.transport(), sandbox.url("ionq")
    with httpx.Client(transport=transport) as http, pytest.raises(httpx.ConnectError):
        http.get(url + "/backends")


UNSENDABLE = {
    "half a character": '"\\ud800"',
    "half a character as a name": '{"\\udfff": 1}',
    "an infinite number": '{"a": 1e999}',
    "too many levels": 200 * "[" + 200 * "]",
}
CIRCUIT = '{"gateset": "qis", "qubits": 1, "circuit": [{"gate": "x", "target": 0}]}'
QASM = '{"format": "qasm3", "data": "OPENQASM 3; qubit q;"}'
BODIES = {
    "ionq-v0.4": '{"type": "ionq.circuit.v1", "backend": "simulator", "input": ' + CIRCUIT + ', "%s": %s}',
    "ionq-v0.3": '{"target": "simulator", "input": ' + CIRCUIT + ', "%s": %s}',
    "qbraid-v2": '{"deviceQrn": "qbraid:qbraid:sim:qir-sv", "program": ' + QASM + ', "%s": %s}',
}


@pytest.fixture
def raw(sandbox: Sandbox) -> Any:
    headers = {"Authorization": "apiKey k", "X-API-KEY": "k"}
    with httpx.Client(transport=sandbox.transport(), headers=headers) as http:
        yield http


@ALL
@pytest.mark.parametrize("what", list(UNSENDABLE))
@pytest.mark.parametrize("field", ["name", "metadata", "tags", "runtimeOptions"])
def test_what_cannot_be_sent_back_is_not_taken(
    sandbox: Sandbox, raw: httpx.Client, service: str, what: str, field: str
) -> None:
    url = sandbox.url(service) + "/jobs"
    response = raw.post(url, content=BODIES[service] % (field, UNSENDABLE[what]))
    assert response.status_code in (400, 422)
    assert (
        problems_of("POST", response.request.url.path, response.status_code, "application/json", response.content) == []
    )
    listed = raw.get(url)
    assert (listed.status_code, listed.json().get("jobs", listed.json().get("data"))) == (200, [])


@pytest.mark.parametrize("what", ["half a character", "too many levels"])
def test_json_in_a_query_is_held_to_the_same(sandbox: Sandbox, raw: httpx.Client, what: str) -> None:
    url = sandbox.url("qbraid") + "/jobs"
    assert raw.delete(url, params={"qrns": f"[{UNSENDABLE[what]}]"}).status_code == 422
    assert raw.get(url, params={"tags": f'{{"a": {UNSENDABLE[what]}}}'}).status_code == 422


def test_an_answer_that_cannot_be_written_is_the_vendor_s_own_error(
    sandbox: Sandbox, raw: httpx.Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(http_types, "check_json", lambda value: None)
    url = sandbox.url("qbraid") + "/jobs"
    for _ in range(2):
        assert raw.post(url, content=BODIES["qbraid-v2"] % ("name", '"\\ud800"')).status_code == 500
        response = raw.get(url)
        assert (response.status_code, set(response.json())) == (500, {"success", "message", "error"})
    assert "the sandbox itself failed" in caplog.text


def test_deep_options_are_no_burden_for_a_fault(sandbox: Sandbox, raw: httpx.Client) -> None:
    url = sandbox.url("qbraid") + "/jobs"
    deep = 95 * '{"a":' + "1" + 95 * "}"
    assert raw.post(url, content=BODIES["qbraid-v2"] % ("runtimeOptions", deep)).status_code == 201
    sandbox.faults.add("wrong_type", field="**.a")
    assert raw.get(url).status_code == 200
