"""An empty sandbox for each test, whose clock stands still until the test moves it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import httpx
import pytest
from quantum_sandbox import Engine, Sandbox, SteppedClock

from tests.sandbox.strict import problems_of

START = 1_750_000_000.25
X_ON_QUBIT_0 = {
    "qasm2": 'OPENQASM 2.0; include "qelib1.inc"; qreg q[2]; creg c[2]; x q[0]; measure q -> c;',
    "qasm3": 'OPENQASM 3; include "stdgates.inc"; qubit[2] q; bit[2] c; x q[0]; c = measure q;',
    "json": {"gateset": "qis", "qubits": 2, "circuit": [{"gate": "x", "target": 0}]},
}
BELL = 'OPENQASM 3; include "stdgates.inc"; qubit[2] q; bit[2] c; h q[0]; cx q[0], q[1]; c = measure q;'


def check_strictly(response: httpx.Response) -> None:
    """Every answer that a test of a cloud sees is one that the vendor's document describes."""
    response.read()
    request = response.request
    kind = response.headers.get("content-type", "")
    problems = problems_of(request.method, request.url.path, response.status_code, kind, response.content)
    assert not problems, "\n".join(problems[:5])


class Cloud:
    """Talks to one service of a sandbox over HTTP, with a key."""

    def __init__(self, sandbox: Sandbox, service: str, clock: SteppedClock) -> None:
        self.clock = clock
        self.url = sandbox.url(service)
        self.http = httpx.Client(
            headers={"Authorization": "apiKey test-key", "X-API-KEY": "test-key"},
            timeout=30,
            event_hooks={"response": [check_strictly]},
        )

    def ask(self, method: str, path: str, **options: Any) -> httpx.Response:
        return self.http.request(method, self.url + path, **options)

    def get(self, path: str, **options: Any) -> Any:
        response = self.ask("GET", path, **options)
        assert response.status_code == 200, response.text
        return response.json()

    def post(self, path: str, body: Any) -> Any:
        response = self.ask("POST", path, json=body)
        assert response.is_success, response.text
        return response.json()

    def finish(self, job_id: str) -> dict[str, Any]:
        """Move the clock on until a job is at its end; the job."""
        self.clock.advance(1)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            body: dict[str, Any] = self.get(f"/jobs/{job_id}")
            job: dict[str, Any] = body.get("data", body)
            if job["status"].lower() in ("completed", "failed"):
                return job
            time.sleep(0.005)
        raise AssertionError(f"{job_id} did not end")


@pytest.fixture(autouse=True)
def _quick_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The wrapper looks again soon: a job of the sandbox takes a fifth of a second."""
    monkeypatch.setattr("quantum_jobs.core.waiting.SHORTEST_GAP", 0.05)


@pytest.fixture(scope="session")
def running_sandbox(engine: Engine) -> Iterator[tuple[Sandbox, SteppedClock]]:
    clock = SteppedClock(START)
    with Sandbox(engine=engine, clock=clock, set_environment=False) as sandbox:
        yield sandbox, clock


@pytest.fixture
def clock(running_sandbox: tuple[Sandbox, SteppedClock]) -> SteppedClock:
    return running_sandbox[1]


@pytest.fixture
def sandbox(running_sandbox: tuple[Sandbox, SteppedClock]) -> Sandbox:
    sandbox, _ = running_sandbox
    sandbox.reset()
    return sandbox


@pytest.fixture
def connect(clock: SteppedClock) -> Callable[[Sandbox, str], AbstractContextManager[Cloud]]:
    @contextmanager
    def connect(sandbox: Sandbox, service: str) -> Iterator[Cloud]:
        cloud = Cloud(sandbox, service, clock)
        with cloud.http:
            yield cloud

    return connect


@pytest.fixture
def ionq(sandbox: Sandbox, connect: Any) -> Iterator[Cloud]:
    with connect(sandbox, "ionq-v0.4") as cloud:
        yield cloud


@pytest.fixture
def old_ionq(sandbox: Sandbox, connect: Any) -> Iterator[Cloud]:
    with connect(sandbox, "ionq-v0.3") as cloud:
        yield cloud


@pytest.fixture
def qbraid(sandbox: Sandbox, connect: Any) -> Iterator[Cloud]:
    with connect(sandbox, "qbraid-v2") as cloud:
        yield cloud


@pytest.fixture(scope="session")
def x_on_qubit_0() -> dict[str, Any]:
    """The same circuit in each language: X on qubit 0 of 2 qubits, all measured."""
    return X_ON_QUBIT_0


@pytest.fixture(scope="session")
def bell() -> str:
    return BELL
