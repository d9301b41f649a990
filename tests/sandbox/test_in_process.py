"""The sandbox without a socket, and the wrapper's own traffic held to the vendors' documents."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
from quantum_jobs.sandbox import Engine, Sandbox

from tests.sandbox.strict import problems_of

X = {"gateset": "qis", "qubits": 2, "circuit": [{"gate": "x", "target": 0}]}
DEVICES = {"ionq-v0.4": "simulator", "ionq-v0.3": "simulator", "qbraid-v2": "ionq:ionq:sim:simulator"}
ALL = pytest.mark.parametrize("service", list(DEVICES))


@pytest.fixture(scope="module")
def without_socket(engine: Engine) -> Any:
    with Sandbox(engine=engine, in_process=True) as sandbox:
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
    with Sandbox(engine=engine, in_process=True) as sandbox, sandbox.connect("ionq", settle=5) as ionq:
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
