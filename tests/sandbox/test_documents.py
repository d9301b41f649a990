"""Every answer of every operation is what the vendor's document says: schemathesis asks, the document judges.

The requests are drawn from the documents with a fixed seed. Ids of things that exist are put into paths, so that the
answers are not all 404.
"""

from __future__ import annotations

import functools
from typing import Any

import hypothesis
import pytest
from quantum_sandbox import Engine, Sandbox

from tests.sampling import EVERY
from tests.sandbox.strict import document, problems

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")

SERVICES = ("ionq-v0.4", "ionq-v0.3", "qbraid-v2")
KEYS = {"Authorization": "apiKey document-key", "X-API-KEY": "document-key"}
#: Requests to each operation.
EXAMPLES = 40 // EVERY
METHODS = ("get", "post", "put", "delete")
CIRCUIT = {"gateset": "qis", "qubits": 2, "circuit": [{"gate": "h", "target": 0}]}
PROGRAM = {"format": "qasm3", "data": "OPENQASM 3; qubit q;"}
SUBMISSIONS: dict[str, dict[str, Any]] = {
    "ionq-v0.4": {"type": "ionq.circuit.v1", "backend": "qpu.forte-1", "shots": 10, "input": CIRCUIT},
    "ionq-v0.3": {"target": "qpu.forte-1", "shots": 10, "input": CIRCUIT},
    "qbraid-v2": {"deviceQrn": "qbraid:qbraid:sim:qir-sv", "shots": 10, "program": PROGRAM},
}


def operations(service: str) -> list[tuple[str, str]]:
    return [(path, m.upper()) for path, item in document(service)["paths"].items() for m in METHODS if m in item]


@functools.cache
def schema(service: str) -> Any:
    """The document as schemathesis reads it."""
    return schemathesis.openapi.from_dict(document(service))


@pytest.fixture(scope="module")
def documented(engine: Engine) -> Any:
    with Sandbox(engine=engine, in_process=True, set_environment=False) as sandbox:
        yield sandbox


def existing(http: Any, service: str) -> dict[str, str]:
    """Values of path parameters that lead somewhere."""
    created = http.post("/jobs", json=SUBMISSIONS[service]).json()
    if service == "qbraid-v2":
        group = http.post("/jobs/group", json={}).json()["data"]["groupJobQrn"]
        return {"job_qrn": created["data"]["jobQrn"], "group_qrn": group, "device_qrn": "aws:ionq:qpu:forte-1"}
    found = {"UUID": created["id"], "backend": "qpu.forte-1"}
    if service == "ionq-v0.4":
        session = http.post("/sessions", json={"backend": "qpu.forte-1"}).json()
        found |= {"session_id": session["id"], "organization_id": session["organization_id"]}
    return found


@pytest.mark.parametrize(
    ("service", "path", "method"), [(service, *operation) for service in SERVICES for operation in operations(service)]
)
def test_answers_follow_the_document(documented: Sandbox, service: str, path: str, method: str) -> None:
    import httpx

    operation = schema(service)[path][method]
    with httpx.Client(transport=documented.transport(), base_url=documented.url(service), headers=KEYS) as http:
        values = existing(http, service)
        seen = []

        @hypothesis.seed(20_260_921)
        @hypothesis.settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            derandomize=False,
            suppress_health_check=list(hypothesis.HealthCheck),
            phases=[hypothesis.Phase.generate],
        )
        @hypothesis.given(case=operation.as_strategy(), real=hypothesis.strategies.booleans())
        def ask(case: Any, real: bool) -> None:
            if real:
                known = {name: value for name, value in values.items() if name in (case.path_parameters or {})}
                case.path_parameters = {**(case.path_parameters or {}), **known}
            arguments = case.as_transport_kwargs(base_url=documented.url(service))
            request = http.build_request(
                method,
                arguments["url"],
                params=arguments.get("params"),
                json=arguments.get("json"),
                headers=KEYS,
            )
            response = http.send(request)
            seen.append(response.status_code)
            below = request.url.path.removeprefix(httpx.URL(documented.url(service)).path)
            kind = response.headers["content-type"]
            assert response.status_code < 500
            assert problems(service, method, below, response.status_code, kind, response.content) == []

        ask()
    assert seen
