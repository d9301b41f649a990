"""The journal, and the API that steers the sandbox over HTTP."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from quantum_sandbox import Engine, Sandbox, SteppedClock

SECRET = "very-secret-key"


@pytest.fixture
def control(sandbox: Sandbox) -> Any:
    with httpx.Client(base_url=sandbox.url("ionq").removesuffix("/v0.4")) as http:
        yield http


def test_the_journal_has_each_request_and_none_of_its_contents(sandbox: Sandbox) -> None:
    headers = {"Authorization": f"apiKey {SECRET}"}
    sandbox.faults.add("status", status=429, operation="get_jobs", nth=2)
    sandbox.faults.add("drop", operation="whoami")
    with httpx.Client(base_url=sandbox.url("ionq"), headers=headers) as http:
        http.get("/jobs?limit=3")
        http.get("/jobs")
        http.post("/jobs/x/nothing", content=b"private")
        with pytest.raises(httpx.RemoteProtocolError):
            http.get("/whoami")
    seen = [(e.number, e.method, e.path, e.operation, e.status, e.faults) for e in sandbox.journal]
    assert seen == [
        (1, "GET", "/v0.4/jobs", "get_jobs", 200, ()),
        (2, "GET", "/v0.4/jobs", "get_jobs", 429, ("status",)),
        (3, "POST", "/v0.4/jobs/x/nothing", None, 404, ()),
        (4, "GET", "/v0.4/whoami", "whoami", None, ("drop",)),
    ]
    assert all(0 <= entry.seconds < 5 and entry.service == "ionq-v0.4" for entry in sandbox.journal)
    assert SECRET not in repr(list(sandbox.journal))
    assert [e.number for e in sandbox.journal.select(service="ionq", path="/v0.4/jobs*", method="get")] == [1, 2]
    assert [e.number for e in sandbox.journal.select(fault="drop")] == [4]
    assert sandbox.journal.select(service="qbraid", status=200) == []
    sandbox.reset()
    assert len(sandbox.journal) == 0


def test_a_plan_is_changed_over_http(sandbox: Sandbox, control: httpx.Client) -> None:
    fault = {"do": "status", "status": 500, "times": 1}
    assert control.post("/sandbox/faults", json=fault).json() == {"faults": [{**fault, "struck": 0}]}
    assert httpx.get(sandbox.url("ionq") + "/backends").status_code == 500
    assert control.get("/sandbox/faults").json() == {"faults": [{**fault, "struck": 1}]}
    assert control.put("/sandbox/faults", json={"faults": [{"do": "drop"}] * 2}).json()["faults"][1]["do"] == "drop"
    assert control.delete("/sandbox/faults").json() == {"faults": []}


def test_the_clock_is_moved_and_the_journal_read_over_http(
    sandbox: Sandbox, clock: SteppedClock, control: httpx.Client
) -> None:
    before = clock.now()
    assert control.post("/sandbox/clock", json={"advance": 2.5}).json() == {"now": before + 2.5}
    for wrong in (-1, "x", None):
        assert control.post("/sandbox/clock", json={"advance": wrong}).status_code == 400
    assert control.get("/sandbox/clock").json() == {"now": before + 2.5}
    httpx.get(sandbox.url("ionq") + "/backends")
    journal = control.get("/sandbox/journal", params={"status": "200"}).json()
    assert (journal["total"], journal["requests"][0]["path"]) == (1, "/v0.4/backends")
    assert control.get("/sandbox/journal", params={"method": "POST"}).json()["requests"] == []
    assert control.delete("/sandbox/journal").json() == {"total": 0, "requests": []}


def test_everything_can_be_forgotten_over_http(sandbox: Sandbox, ionq: Any, control: httpx.Client) -> None:
    ionq.post("/jobs", {"type": "ionq.qasm3.v1", "backend": "simulator", "input": {"data": "OPENQASM 3; qubit q;"}})
    sandbox.faults.add("drop")
    overview = control.post("/sandbox/reset").json()
    assert (overview["requests"], overview["faults"]) == (0, [])
    assert ionq.get("/jobs")["jobs"] == []


def test_the_root_names_the_clouds(sandbox: Sandbox, control: httpx.Client) -> None:
    urls = control.get("/").json()
    assert urls == {name: sandbox.url(name) for name in ("ionq-v0.4", "ionq-v0.3", "qbraid-v2")}


@pytest.mark.parametrize(
    "headers", [{"Host": "evil.example"}, {"Origin": "http://evil.example"}, {"Origin": "null"}, {"Host": "["}]
)
def test_another_site_in_the_same_browser_cannot_steer_it(control: httpx.Client, headers: dict[str, str]) -> None:
    assert control.post("/sandbox/reset", headers=headers).status_code == 403
    assert control.get("/sandbox", headers=headers).status_code == 403


def test_what_the_control_api_does_not_have_is_a_404(control: httpx.Client) -> None:
    for method, path in [("GET", "/sandbox/nothing"), ("PATCH", "/sandbox/faults"), ("GET", "/elsewhere")]:
        assert control.request(method, path).status_code == 404


def test_a_plan_may_be_the_list_alone(sandbox: Sandbox, control: httpx.Client) -> None:
    assert control.put("/sandbox/faults", json=[{"do": "drop"}]).json() == {"faults": [{"do": "drop", "struck": 0}]}
    assert control.put("/sandbox/faults", json=5).status_code == 400
    assert len(sandbox.faults) == 1


@pytest.mark.parametrize("circuits", [5, {}, None, "text", [5, None]])
def test_a_function_s_input_may_call_anything_circuits(
    sandbox: Sandbox, ionq: Any, control: httpx.Client, circuits: Any
) -> None:
    ansatz = 'OPENQASM 3; include "stdgates.inc"; qubit q; x q;'
    energy = {
        "hamiltonian": [{"pauli_string": "Z", "coefficient": 1.0}],
        "ansatz": {"data": ansatz},
        "circuits": circuits,
    }
    function = {"data": {"type": "hamiltonian-energy", "data": energy}, "circuits": circuits}
    job = {"type": "quantum-function", "backend": "simulator", "input": function}
    job_id = ionq.post("/jobs", job)["id"]
    assert control.get("/sandbox/jobs").json()["total"] == 1
    assert len(control.get(f"/sandbox/jobs/{job_id}").json()["programs"]) >= 1


def test_a_reset_over_http_sets_the_sandbox_s_own_clock_back(engine: Engine) -> None:
    with Sandbox(engine=engine, in_process=True) as sandbox, httpx.Client(transport=sandbox.transport()) as http:
        root, before = sandbox.url("ionq").removesuffix("/v0.4"), sandbox.clock.now()
        http.post(root + "/sandbox/clock", json={"advance": 1e8})
        assert http.post(root + "/sandbox/reset").json()["now"] < before + 1e8
