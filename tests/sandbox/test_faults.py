"""A fault plan: which requests it hits, what their sender sees, and that the same plan gives the same run."""

from __future__ import annotations

import json
import time
from email.utils import parsedate_to_datetime
from functools import partial
from typing import Any

import anyio
import httpx
import pytest
from quantum_sandbox import Engine, Fault, Sandbox, SteppedClock, dispatcher
from quantum_sandbox.errors import SandboxError
from quantum_sandbox.http_types import Response

JOB = {
    "type": "ionq.circuit.v1",
    "backend": "simulator",
    "input": {"gateset": "qis", "qubits": 1, "circuit": [{"gate": "x", "target": 0}]},
}
WAYS = pytest.mark.parametrize("way", ["socket", "in process", "in process, asyncio", "in process, trio"])


@pytest.fixture
def ask(sandbox: Sandbox) -> Any:
    """Asks IonQ v0.4 over a socket or in process, from sync or async code."""
    arguments: dict[str, Any] = {"base_url": sandbox.url("ionq"), "headers": {"Authorization": "apiKey k"}}
    clients = {
        "socket": httpx.Client(**arguments),
        "in process": httpx.Client(**arguments, transport=sandbox.transport()),
    }

    async def ask_async(method: str, path: str, **options: Any) -> httpx.Response:
        async with httpx.AsyncClient(**arguments, transport=sandbox.transport()) as client:
            return await client.request(method, path, **options)

    def ask(way: str, method: str, path: str, **options: Any) -> httpx.Response:
        place, _, library = way.partition(", ")
        if library:
            return anyio.run(partial(ask_async, method, path, **options), backend=library)
        return clients[place].request(method, path, **options)

    yield ask
    for client in clients.values():
        client.close()


def jobs_in(ask: Any) -> int:
    return len(ask("socket", "GET", "/jobs").json()["jobs"])


@WAYS
@pytest.mark.parametrize("stored", [False, True])
def test_an_answer_can_be_dropped_before_or_after_the_job_is_stored(
    sandbox: Sandbox, ask: Any, way: str, stored: bool
) -> None:
    sandbox.faults.add("drop", method="POST", path="/jobs", times=1, stored=stored)
    with pytest.raises(httpx.RemoteProtocolError):
        ask(way, "POST", "/jobs", json=JOB)
    assert jobs_in(ask) == stored
    assert ask(way, "POST", "/jobs", json=JOB).status_code == 201


@WAYS
def test_a_refused_request_is_not_taken(sandbox: Sandbox, ask: Any, way: str) -> None:
    sandbox.faults.add("refuse", nth=1)
    with pytest.raises(httpx.TransportError):
        ask(way, "POST", "/jobs", json=JOB)
    assert jobs_in(ask) == 0


@WAYS
def test_a_status_is_sent_in_the_vendor_s_form_with_the_retry_after_as_given(
    sandbox: Sandbox, ask: Any, way: str
) -> None:
    for value, sent in [(7, "7"), ("soon", "soon"), (None, None)]:
        with sandbox.faults.during("status", status=429, retry_after=value):
            response = ask(way, "GET", "/jobs")
        assert (response.status_code, response.headers.get("retry-after")) == (429, sent)
        assert set(response.json()) == {"error", "message", "statusCode"}
    with sandbox.faults.during("status", retry_after="date:90"):
        response = ask(way, "GET", "/jobs")
    assert response.status_code == 503
    assert parsedate_to_datetime(response.headers["retry-after"]).timestamp() == int(sandbox.clock.now() + 90)


def test_a_status_can_hide_that_the_job_was_stored(sandbox: Sandbox, ask: Any) -> None:
    sandbox.faults.add("status", status=500, operation="create_job", times=1, stored=True)
    assert ask("socket", "POST", "/jobs", json=JOB).status_code == 500
    assert jobs_in(ask) == 1


@WAYS
def test_a_proxy_s_page_in_html_can_stand_for_an_answer(sandbox: Sandbox, ask: Any, way: str) -> None:
    sandbox.faults.add("html", times=1)
    response = ask(way, "GET", "/jobs")
    assert (response.status_code, response.headers["content-type"]) == (502, "text/html")
    assert response.text.startswith("<html>")


@WAYS
def test_a_body_can_break_off(sandbox: Sandbox, ask: Any, way: str) -> None:
    sandbox.faults.add("truncate", keep=5, times=1)
    with pytest.raises(httpx.RemoteProtocolError):
        ask(way, "GET", "/jobs")
    assert ask(way, "GET", "/jobs").status_code == 200


@WAYS
def test_an_answer_can_come_late(sandbox: Sandbox, ask: Any, way: str) -> None:
    sandbox.faults.add("delay", seconds=0.05, times=1)
    began = time.monotonic()
    assert ask(way, "GET", "/jobs").status_code == 200
    assert time.monotonic() - began >= 0.05
    sandbox.faults.add("delay", seconds=0.3, times=1)
    with pytest.raises(httpx.ReadTimeout):
        ask(way, "GET", "/jobs", timeout=0.05)


@WAYS
def test_a_body_can_come_byte_by_byte(sandbox: Sandbox, ask: Any, way: str) -> None:
    whole = ask(way, "GET", "/jobs").content
    sandbox.faults.add("trickle", seconds=0.001, times=1)
    began = time.monotonic()
    assert ask(way, "GET", "/jobs").content == whole
    assert time.monotonic() - began >= 0.001 * len(whole)


def test_jobs_can_have_a_status_that_nobody_knows(sandbox: Sandbox, ask: Any) -> None:
    job_id = ask("socket", "POST", "/jobs", json=JOB).json()["id"]
    sandbox.faults.add("unknown_status", method="GET")
    assert ask("socket", "GET", f"/jobs/{job_id}").json()["status"] == "resting"
    assert ask("socket", "GET", "/jobs").json()["jobs"][0]["status"] == "resting"


@pytest.mark.parametrize(
    ("do", "field", "expected"),
    [
        ("add_field", "jobs.*.flavour", {"flavour": "added by the sandbox"}),
        ("drop_field", "jobs.*.backend", {"backend": None}),
        ("drop_field", "**.backend", {"backend": None}),
        ("wrong_type", "jobs.*.backend", {"backend": 12345}),
        ("wrong_type", "jobs.*.dry_run", {"dry_run": {"unexpected": False}}),
    ],
)
def test_fields_can_come_go_and_change_their_type(
    sandbox: Sandbox, ask: Any, do: Any, field: str, expected: dict[str, Any]
) -> None:
    ask("socket", "POST", "/jobs", json=JOB)
    with sandbox.faults.during(do, field=field):
        job = ask("socket", "GET", "/jobs").json()["jobs"][0]
    assert {name: job.get(name) for name in expected} == expected
    assert ask("socket", "GET", "/jobs").json()["jobs"][0]["backend"] == "simulator"


@pytest.mark.parametrize("service", ["ionq-v0.4", "ionq-v0.3", "qbraid-v2"])
def test_a_listing_can_lag_behind(sandbox: Sandbox, clock: SteppedClock, service: str) -> None:
    programs: dict[str, dict[str, Any]] = {
        "ionq-v0.4": JOB,
        "ionq-v0.3": {"input": JOB["input"]},
        "qbraid-v2": {
            "deviceQrn": "qbraid:qbraid:sim:qir-sv",
            "program": {"format": "qasm3", "data": "OPENQASM 3; qubit q;"},
        },
    }
    headers = {"Authorization": "apiKey k", "X-API-KEY": "k"}
    with httpx.Client(base_url=sandbox.url(service), headers=headers) as http:

        def listed() -> int:
            body = http.get("/jobs").json()
            return len(body.get("jobs", body.get("data")))

        sandbox.faults.add("lag", seconds=2, operation="get_jobs")
        assert http.post("/jobs", json=programs[service]).is_success
        assert listed() == 0
        clock.advance(1.9)
        assert listed() == 0
        clock.advance(0.2)
        assert listed() == 1


def test_an_outage_begins_and_ends_by_the_sandbox_s_clock(sandbox: Sandbox, clock: SteppedClock, ask: Any) -> None:
    sandbox.faults.add("outage", since=10, until=20)
    for seconds, up in [(0, True), (10, False), (9.5, False), (0.5, True)]:
        clock.advance(seconds)
        if up:
            assert ask("socket", "GET", "/jobs").status_code == 200
        else:
            with pytest.raises(httpx.TransportError):
                ask("socket", "GET", "/jobs")


def test_in_an_outage_nobody_listens_and_jobs_go_on(sandbox: Sandbox, ask: Any) -> None:
    url = sandbox.url("ionq")
    for _ in range(2):
        job_id = ask("socket", "POST", "/jobs", json=JOB).json()["id"]
        with sandbox.outage():
            with pytest.raises(httpx.ConnectError):
                httpx.get(url + "/jobs")
            with pytest.raises(httpx.ConnectError):
                ask("in process", "GET", "/jobs")
        assert sandbox.url("ionq") == url
        assert ask("socket", "GET", f"/jobs/{job_id}").status_code == 200


def test_a_fault_hits_the_nth_match_and_as_often_as_it_is_told(sandbox: Sandbox, ask: Any) -> None:
    def hits(**options: Any) -> list[int]:
        with sandbox.faults.during("status", path="/jobs*", **options):
            return [n for n in range(1, 7) if ask("in process", "GET", "/jobs").status_code == 503]

    assert hits() == [1, 2, 3, 4, 5, 6]
    assert hits(times=2) == [1, 2]
    assert hits(nth=3) == [3]
    assert hits(nth=3, times=2) == [3, 4]
    assert hits(method="POST") == hits(service="qbraid") == hits(operation="create_job") == []
    assert hits(operation="GetJobs", nth=1) == hits(operation="GET /jobs", nth=1) == hits(service="ionq", nth=1) == [1]


def test_the_same_seed_gives_the_same_run_and_a_reset_begins_it_again(engine: Engine) -> None:
    def run(sandbox: Sandbox) -> list[int]:
        with httpx.Client(transport=sandbox.transport(), base_url=sandbox.url("ionq")) as http:
            return [http.get("/backends").status_code for _ in range(40)]

    runs = []
    for seed in (1, 1, 2):
        faults = [Fault("status", status=500, probability=0.5), {"do": "status", "probability": 0.2}]
        with Sandbox(engine=engine, in_process=True, seed=seed, faults=faults) as sandbox:
            runs.append(run(sandbox))
            sandbox.faults.add("status", status=418)
            sandbox.reset()
            assert run(sandbox) == runs[-1]
    assert runs[0] == runs[1] != runs[2]
    assert set(runs[0]) == {200, 500, 503}


@pytest.mark.parametrize(
    "values",
    [
        {"do": "explode"},
        {},
        {"do": "drop", "colour": "red"},
        {"do": "delay", "seconds": -1},
        {"do": "delay", "seconds": "long"},
        {"do": "status", "status": 99},
        {"do": "status", "probability": 2},
        {"do": "drop_field"},
        {"do": "drop", "nth": 0},
        {"do": "drop", "nth": 1.5},
        {"do": "drop", "times": True},
        {"do": "drop", "path": 5},
        {"do": "drop", "method": 5},
        {"do": "drop", "method": "GETS"},
        {"do": "drop", "operation": 5},
        {"do": "drop", "service": ["ionq"]},
        {"do": "drop", "service": "ionqq"},
        {"do": "drop", "since": "x"},
        {"do": "drop", "since": None},
        {"do": "drop", "until": "x"},
        {"do": "drop", "stored": 1},
        {"do": "drop_field", "field": 5},
        {"do": "truncate", "keep": 1.5},
        {"do": "status", "status": 503.5},
        *({"do": "status", "retry_after": value} for value in ([1], "date:abc", "date:1e300", "é€", "a\r\nX: b", 1e10)),
    ],
)
def test_what_is_no_fault_is_said_so(sandbox: Sandbox, values: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        Fault.from_dict(values)
    root = sandbox.url("ionq").removesuffix("/v0.4")
    response = httpx.put(root + "/sandbox/faults", json={"faults": [{"do": "drop"}, values]})
    assert response.status_code == 400
    assert response.json()["error"].startswith("faults.1 ")
    assert len(sandbox.faults) == 0


def test_a_fault_is_plain_data_and_back() -> None:
    fault = Fault("status", status=429, retry_after="date:3", path="/jobs/*", times=2)
    values = json.loads(json.dumps(fault.to_dict()))
    assert values == {"do": "status", "status": 429, "retry_after": "date:3", "path": "/jobs/*", "times": 2}
    assert Fault.from_dict(values) == fault


@pytest.mark.parametrize(
    "body",
    [
        '{"do": "add_field", "field": "a", "value": 1e999}',
        '{"do": "add_field", "field": "a", "value": "\\ud800"}',
        '{"do": "add_field", "field": "\\ud800"}',
        '{"do": "status", "since": 1e999}',
        '{"do": "add_field", "field": "a", "value": ' + 200 * "[" + 200 * "]" + "}",
    ],
)
def test_what_cannot_be_sent_is_in_no_fault(sandbox: Sandbox, ask: Any, body: str) -> None:
    response = httpx.post(sandbox.url("ionq").removesuffix("/v0.4") + "/sandbox/faults", content=body)
    assert response.status_code == 400, response.text
    assert len(sandbox.faults) == 0
    with pytest.raises(ValueError, match=r"\w"):
        Fault.from_dict(json.loads(body))


def test_a_fault_of_an_operation_that_no_cloud_has_is_refused(sandbox: Sandbox, engine: Engine) -> None:
    for options in (
        {"operation": "get_jobz"},
        {"operation": "GET /jobz"},
        {"service": "qbraid", "operation": "whoami"},
    ):
        with pytest.raises(SandboxError, match="no operation"):
            sandbox.faults.add("drop", **options)
        root = sandbox.url("ionq").removesuffix("/v0.4")
        for method, plan in [("POST", {"do": "drop", **options}), ("PUT", [{"do": "drop", **options}])]:
            response = httpx.request(method, root + "/sandbox/faults", json=plan)
            assert (response.status_code, "no operation" in response.text) == (400, True)
        with pytest.raises(SandboxError, match="no operation"):
            Sandbox(engine=engine, in_process=True, faults=[{"do": "drop", **options}]).start()
    assert len(sandbox.faults) == 0
    sandbox.faults.add("drop", service="qbraid", operation="GetJobs")


@WAYS
@pytest.mark.parametrize("status", [204, 205, 304])
def test_a_status_without_a_body_has_none_and_the_connection_goes_on(
    sandbox: Sandbox, ask: Any, way: str, status: int
) -> None:
    sandbox.faults.add("status", status=status, times=1)
    response = ask(way, "GET", "/jobs")
    assert (response.status_code, response.content) == (status, b"")
    assert ask(way, "GET", "/jobs").status_code == 200


def test_a_number_of_seconds_to_wait_is_sent_as_a_whole_number(sandbox: Sandbox, ask: Any) -> None:
    for value, sent in [(1_234_567, "1234567"), (2.0, "2"), (0.5, "0.5")]:
        with sandbox.faults.during("status", retry_after=value):
            assert ask("in process", "GET", "/jobs").headers["retry-after"] == sent


@WAYS
def test_what_goes_wrong_in_a_fault_is_the_vendor_s_own_error(
    sandbox: Sandbox, ask: Any, way: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(dispatcher, "with_fault", lambda answer, fault: 1 / 0)
    sandbox.faults.add("add_field", field="a", times=1)
    response = ask(way, "GET", "/jobs")
    assert (response.status_code, set(response.json())) == (500, {"error", "message", "statusCode"})
    assert "ZeroDivisionError" in caplog.text
    # The same for an answer that cannot be written.
    monkeypatch.setattr(dispatcher, "with_fault", lambda answer, fault: Response(200, {"a": "\ud800"}))
    sandbox.faults.add("add_field", field="a", times=1)
    assert ask(way, "GET", "/jobs").status_code == 500
    assert ask(way, "GET", "/jobs").status_code == 200


def test_in_an_outage_in_an_outage_nobody_listens_until_both_are_over(sandbox: Sandbox, ask: Any) -> None:
    url = sandbox.url("ionq") + "/backends"
    with sandbox.outage():
        with sandbox.outage(), pytest.raises(httpx.ConnectError):
            httpx.get(url)
        with pytest.raises(httpx.ConnectError):
            httpx.get(url)
    assert httpx.get(url).status_code == 200


def test_an_outage_of_a_sandbox_that_was_started_again_is_over(engine: Engine) -> None:
    sandbox = Sandbox(engine=engine)
    with sandbox, sandbox.outage():
        sandbox.stop()
        sandbox.start()
        with sandbox.outage():
            pass
        # The plan is the new one, without the outage of the old.
        assert httpx.get(sandbox.url("ionq") + "/backends").status_code == 200
