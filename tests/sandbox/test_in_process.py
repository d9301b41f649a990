"""The sandbox without a socket, and the wrapper's own traffic held to the vendors' documents."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
from quantum_jobs.sandbox import Engine, Sandbox, exchange

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
    monkeypatch.setattr(exchange, "check_json", lambda value: None)
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
