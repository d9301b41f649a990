"""IonQ v0.4 as its documents describe it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from quantum_sandbox import REFUSED_KEY, Engine, LatencyProfile, Retention, Sandbox

X = {"gateset": "qis", "qubits": 2, "circuit": [{"gate": "x", "target": 0}]}
MANY = {"gateset": "qis", "qubits": 3, "circuits": [{"circuit": [{"gate": "x", "target": i}]} for i in range(3)]}
REQUIRED = {
    *("id", "status", "type", "backend", "dry_run", "submitter_id", "project_id", "parent_job_id", "session_id"),
    *("metadata", "name", "submitted_at", "started_at", "completed_at", "predicted_wait_time_ms"),
    *("predicted_execution_duration_ms", "execution_duration_ms", "failure", "output", "settings", "stats", "results"),
    "child_job_ids",
}


def body(**changes: Any) -> dict[str, Any]:
    return {"type": "ionq.circuit.v1", "backend": "simulator", "shots": 100, "input": X, **changes}


def test_a_job_moves_through_ionq_s_statuses(ionq: Any) -> None:
    created = ionq.post("/jobs", body())
    assert created == {"id": created["id"], "status": "submitted", "session_id": None}
    seen = []
    for seconds in (0, 0.03, 0.05):
        ionq.clock.advance(seconds)
        seen.append(ionq.get(f"/jobs/{created['id']}")["status"])
    job = ionq.finish(created["id"])
    assert [*seen, job["status"]] == ["submitted", "ready", "started", "completed"]


def test_a_job_has_all_23_required_fields_and_times_in_milliseconds(ionq: Any) -> None:
    created = ionq.post("/jobs", body(name="flip", metadata={"run": "7"}))
    job = ionq.get(f"/jobs/{created['id']}")
    assert set(job) - REQUIRED == {"noise"}
    assert set(job) >= REQUIRED
    assert (job["results"], job["started_at"], job["completed_at"]) == (None, None, None)
    assert job["predicted_wait_time_ms"] == 70
    job = ionq.finish(created["id"])
    assert (job["name"], job["metadata"], job["noise"]) == ("flip", {"run": "7"}, {"model": "ideal"})
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", job["completed_at"])
    assert job["execution_duration_ms"] == 100
    assert job["stats"] == {"qubits": 2, "circuits": 1, "gate_counts": {"1q": 1, "2q": 0}}


def test_the_ideal_simulator_gives_exact_probabilities_and_leaves_shots_out(ionq: Any) -> None:
    source = {"gateset": "qis", "qubits": 2, "circuit": [{"gate": "h", "target": 1}]}
    job = ionq.finish(ionq.post("/jobs", body(input=source))["id"])
    assert "shots" not in job
    assert ionq.get(f"/jobs/{job['id']}/results/probabilities") == {"0": 0.5, "2": 0.5}
    assert not any("histogram" in name for name in job["results"])


def test_a_qpu_gives_whole_counts_that_sum_to_the_shots(ionq: Any) -> None:
    source = {"gateset": "qis", "qubits": 2, "circuit": [{"gate": "h", "target": 1}]}
    settings = {"error_mitigation": {"debiasing": False}}
    sent = body(input=source, backend="qpu.forte-1", shots=999, settings=settings)
    job = ionq.finish(ionq.post("/jobs", sent)["id"])
    assert job["shots"] == 999
    artifact = job["results"]["ionq.result.histogram.json.v1"]
    assert artifact["media_type"] == "application/json"
    histogram = ionq.get(f"/jobs/{job['id']}/artifacts/{artifact['id']}")
    assert set(histogram) == {"0", "2"}
    assert sum(histogram.values()) == 999
    assert all(isinstance(count, int) for count in histogram.values())
    shots = ionq.get(f"/jobs/{job['id']}/artifacts/{job['results']['ionq.result.shots.json.v1']['id']}")
    assert {key: shots.count(key) for key in histogram} == histogram
    assert ionq.get(job["results"]["histogram"]["url"].removeprefix("/v0.4")) == histogram


@pytest.mark.parametrize(
    ("shape", "keys"), [("url", {"probabilities"}), ("artifact", set()), ("both", {"probabilities"})]
)
def test_results_have_the_shape_that_was_asked_for(
    engine: Engine, clock: Any, connect: Any, shape: Any, keys: set[str], bell: str
) -> None:
    with Sandbox(engine=engine, clock=clock, result_shape=shape) as sandbox, connect(sandbox, "ionq") as ionq:
        job = ionq.finish(ionq.post("/jobs", body(type="ionq.qasm3.v1", input={"data": bell}))["id"])
    by_format = {name for name in job["results"] if name.startswith("ionq.")}
    assert set(job["results"]) - by_format == keys
    assert bool(by_format) == (shape != "url")


def test_results_are_not_there_before_the_job_is_done(ionq: Any) -> None:
    job_id = ionq.post("/jobs", body())["id"]
    response = ionq.ask("GET", f"/jobs/{job_id}/results/probabilities")
    assert response.status_code == 404
    assert set(response.json()) == {"error", "message", "statusCode"}


def test_jobs_are_listed_newest_first_and_page_by_page(ionq: Any) -> None:
    ids = [ionq.post("/jobs", body(name=str(i)))["id"] for i in range(7)]
    first = ionq.get("/jobs", params={"limit": 3})
    # A job that goes or comes between two pages moves no other job.
    ionq.ask("DELETE", f"/jobs/{first['jobs'][-1]['id']}")
    ionq.post("/jobs", body())
    second = ionq.get("/jobs", params={"limit": 3, "next": first["next"]})
    third = ionq.get("/jobs", params={"limit": 3, "next": second["next"]})
    listed = [job["id"] for page in (first, second, third) for job in page["jobs"]]
    assert listed == ids[::-1]
    assert third["next"] is None
    assert "child_job_ids" not in first["jobs"][0]


def test_a_page_holds_25_jobs_at_most(ionq: Any) -> None:
    for _ in range(26):
        ionq.post("/jobs", body())
    assert len(ionq.get("/jobs", params={"limit": 100})["jobs"]) == 25


def test_jobs_are_found_by_their_ids_and_by_status_and_target(ionq: Any) -> None:
    ids = [ionq.post("/jobs", body())["id"] for _ in range(3)]
    other = ionq.post("/jobs", body(backend="qpu.forte-1"))["id"]
    asked = ionq.get("/jobs", params=[("ids", ids[0]), ("ids", ids[2]), ("ids", "no-such-job")])
    assert {job["id"] for job in asked["jobs"]} == {ids[0], ids[2]}
    assert [job["id"] for job in ionq.get("/jobs", params={"target": "qpu.forte-1,qpu.x"})["jobs"]] == [other]
    ionq.ask("PUT", f"/jobs/{ids[1]}/status/cancel")
    assert [job["id"] for job in ionq.get("/jobs", params={"status": "canceled"})["jobs"]] == [ids[1]]


def test_a_job_can_be_cancelled_and_deleted(ionq: Any) -> None:
    job_id = ionq.post("/jobs", body())["id"]
    assert ionq.ask("PUT", f"/jobs/{job_id}/status/cancel").json() == {"id": job_id, "status": "canceled"}
    ionq.clock.advance(10)
    assert ionq.get(f"/jobs/{job_id}")["status"] == "canceled"
    assert ionq.ask("DELETE", f"/jobs/{job_id}").json() == {"id": job_id, "status": "deleted"}
    assert ionq.ask("GET", f"/jobs/{job_id}").status_code == 404
    assert ionq.ask("DELETE", f"/jobs/{job_id}").status_code == 404


def test_a_completed_job_stays_completed_when_it_is_cancelled(ionq: Any) -> None:
    job = ionq.finish(ionq.post("/jobs", body())["id"])
    assert ionq.ask("PUT", f"/jobs/{job['id']}/status/cancel").status_code == 200
    assert ionq.get(f"/jobs/{job['id']}")["status"] == "completed"


def test_jobs_can_be_cancelled_and_deleted_together(ionq: Any) -> None:
    ids = [ionq.post("/jobs", body())["id"] for _ in range(2)]
    assert ionq.ask("PUT", "/jobs/status/cancel", json={"ids": ids}).json() == {"ids": ids, "status": "canceled"}
    assert {job["status"] for job in ionq.get("/jobs")["jobs"]} == {"canceled"}
    assert ionq.ask("DELETE", "/jobs", json={"ids": ids}).json() == {"ids": ids, "status": "deleted"}
    assert ionq.get("/jobs") == {"jobs": [], "next": None}


def test_several_circuits_make_a_parent_and_a_child_for_each(ionq: Any) -> None:
    circuits = [{"name": f"flip {i}", "circuit": [{"gate": "x", "target": i}]} for i in range(3)]
    source = {"gateset": "qis", "qubits": 3, "circuits": circuits}
    created = ionq.post("/jobs", body(type="ionq.multi-circuit.v1", input=source, backend="qpu.forte-1"))
    parent = ionq.finish(created["id"])
    assert (parent["type"], parent["stats"]) == ("ionq.multi-circuit.v1", {})
    children = [ionq.get(f"/jobs/{child}") for child in parent["child_job_ids"]]
    assert [child["name"] for child in children] == ["flip 0", "flip 1", "flip 2"]
    assert {child["parent_job_id"] for child in children} == {parent["id"]}
    aggregate = parent["results"]["ionq.result.probabilities-aggregate.json.v1"]
    expected = {child: {str(2**i): 1.0} for i, child in enumerate(parent["child_job_ids"])}
    assert ionq.get(f"/jobs/{parent['id']}/artifacts/{aggregate['id']}") == expected
    assert ionq.get(f"/jobs/{parent['id']}/results/probabilities/aggregated") == expected
    assert parent["results"]["probabilities"]["url"].endswith("/results/probabilities/aggregated")
    assert [job["id"] for job in ionq.get("/jobs")["jobs"]] == [parent["id"]]
    assert len(ionq.get("/jobs", params={"parent_job_id": parent["id"]})["jobs"]) == 3


def test_a_job_costs_what_its_gates_cost(ionq: Any) -> None:
    gates = [{"gate": "x", "target": 0}, {"gate": "cnot", "control": 0, "target": 1}] * 50
    source = {"gateset": "qis", "qubits": 2, "circuit": gates}
    job_id = ionq.post("/jobs", body(input=source, backend="qpu.forte-1", shots=1000))["id"]
    assert "cost" not in ionq.get(f"/jobs/{job_id}/cost")
    ionq.finish(job_id)
    cost = ionq.get(f"/jobs/{job_id}/cost")
    price = 1000 * (50 * 0.0001645 + 50 * 0.001121)
    assert cost["cost"] == {"value": pytest.approx(price), "unit": "usd"}
    estimate = ionq.get(
        "/jobs/estimate", params={"backend": "qpu.forte-1", "shots": 1000, "1q_gates": 50, "2q_gates": 50}
    )
    assert estimate["estimated_total_cost"] == pytest.approx(price)
    assert estimate["estimate_context"]["2q_gates"] == 50


def test_a_dry_run_is_compiled_and_has_no_result_and_costs_nothing(ionq: Any) -> None:
    job = ionq.finish(ionq.post("/jobs", body(backend="qpu.forte-1", dry_run=True))["id"])
    assert (job["status"], job["dry_run"], job["results"]) == ("completed", True, None)
    assert set(job["output"]) == {"compilation"}
    place = job["output"]["compilation"]["compiled_circuits"]["ionq.native.v1"]["id"]
    assert ionq.get(f"/jobs/{job['id']}/artifacts/{place}")["circuit"][0]["gate"] == "gpi"
    assert job["stats"]["gate_counts"] == {"1q": 1, "2q": 0}
    for path in ("results/probabilities", "results/histogram", "results/shots", "results/probabilities/aggregated"):
        assert ionq.ask("GET", f"/jobs/{job['id']}/{path}").status_code == 404
    assert ionq.get(f"/jobs/{job['id']}/cost")["cost"]["value"] == 0


def test_a_dry_run_of_several_circuits_compiles_each_of_them(ionq: Any) -> None:
    job = ionq.finish(ionq.post("/jobs", several(backend="qpu.forte-1", dry_run=True))["id"])
    assert (job["status"], job["results"]) == ("completed", None)
    for child_id in job["child_job_ids"]:
        child = ionq.get(f"/jobs/{child_id}")
        assert (child["dry_run"], child["results"], set(child["output"])) == (True, None, {"compilation"})


def test_a_dry_run_simulates_nothing(ionq: Any) -> None:
    """So a circuit that is far too large to be simulated can still be compiled."""
    program = 'OPENQASM 3; include "stdgates.inc"; qubit[36] q; rx(0.3) q; ' + "".join(
        f"cx q[{i}], q[{i + 1}]; " for i in range(35)
    )
    sent = body(type="ionq.qasm3.v1", backend="qpu.forte-1", input={"data": program})
    assert ionq.finish(ionq.post("/jobs", sent)["id"])["status"] == "failed"
    job = ionq.finish(ionq.post("/jobs", {**sent, "dry_run": True})["id"])
    assert (job["status"], job["stats"]["qubits"]) == ("completed", 36)
    assert job["output"]["compilation"]["compiled_circuits"]


def test_a_dry_run_of_a_bad_program_fails_as_a_run_does(ionq: Any) -> None:
    sent = body(type="ionq.qasm3.v1", backend="qpu.forte-1", input={"data": "nonsense"}, dry_run=True)
    assert ionq.finish(ionq.post("/jobs", sent)["id"])["failure"]["code"] == "PreflightError"


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("OPENQASM 3; qubit[1000000000] q;", "NotEnoughQubits"),
        ("OPENQASM 3; nonsense", "PreflightError"),
        ('OPENQASM 3; include "stdgates.inc"; qubit q; bit c; c = measure q; if (c) { x q; }', "PreflightError"),
        ("OPENQASM 3; qubit[30] q;", "NotEnoughQubits"),
    ],
)
def test_a_bad_program_is_taken_and_then_fails_with_ionq_s_code(ionq: Any, source: str, code: str) -> None:
    job = ionq.finish(ionq.post("/jobs", body(type="ionq.qasm3.v1", input={"data": source}))["id"])
    assert (job["status"], job["failure"]["code"], job["started_at"]) == ("failed", code, None)
    assert job["failure"]["message"]
    assert job["results"] is None


def test_the_failure_of_a_bad_program_tells_the_line(ionq: Any) -> None:
    source = 'OPENQASM 3;\ninclude "stdgates.inc";\nqubit[2] q;\nh q[0]\ncx q[0], q[1];'
    job = ionq.finish(ionq.post("/jobs", body(type="ionq.qasm3.v1", input={"data": source}))["id"])
    assert job["failure"]["message"] == "line 5, column 1: 'cx' is not expected here"


def test_the_simulator_wants_the_number_of_qubits(ionq: Any) -> None:
    source = {name: value for name, value in X.items() if name != "qubits"}
    assert ionq.finish(ionq.post("/jobs", body(input=source))["id"])["failure"]["code"] == "PreflightError"
    assert ionq.finish(ionq.post("/jobs", body(input=source, backend="qpu.forte-1"))["id"])["failure"] is None


@pytest.mark.parametrize(
    ("changes", "keys"),
    [
        ({"type": "circuit"}, ["type"]),
        ({"backend": "qpu.nobody"}, ["backend"]),
        ({"shots": 0}, ["shots"]),
        ({"shots": 1_000_001}, ["shots"]),
        ({"shots": 1.5}, ["shots"]),
        ({"metadata": {"run": 7}}, ["metadata.run"]),
        ({"input": {"gateset": "qis", "circuit": [{"gate": "gpi"}]}}, ["input.circuit.0.gate"]),
        ({"input": {"gateset": "qis", "circuit": [{"gate": "x", "target": -1}]}}, ["input.circuit.0.target"]),
        ({"input": {**X, "circuits": []}}, ["input.circuits"]),
        ({"type": "ionq.qasm3.v1", "input": {}}, ["input.data"]),
        ({"noise": {"seed": 5}}, ["noise.model"]),
        ({"noise": {"model": None}}, ["noise.model"]),
        ({"noise": {"model": "nobody"}}, ["noise.model"]),
        ({"noise": {"model": "ideal", "seed": 1.5}}, ["noise.seed"]),
        (
            {"type": "ionq.multi-circuit.v1", "input": {**MANY, "circuits": [{"circuit": [], "name": {"a": 1}}]}},
            ["input.circuits.0.name"],
        ),
        ({"input": None}, ["input"]),
    ],
)
def test_an_invalid_body_is_refused_with_its_place(ionq: Any, changes: dict[str, Any], keys: list[str]) -> None:
    response = ionq.ask("POST", "/jobs", json=body(**changes))
    error = response.json()
    assert (response.status_code, error["error"], error["statusCode"]) == (400, "Bad Request", 400)
    assert error["validation"] == {"source": "payload", "keys": keys}
    assert ionq.get("/jobs")["jobs"] == []


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"shots": NaN}', b"[" * 100_000])
def test_a_body_that_is_no_json_object_is_refused(ionq: Any, content: bytes) -> None:
    assert ionq.ask("POST", "/jobs", content=content).status_code == 400


def test_a_body_above_10_mb_is_refused(ionq: Any) -> None:
    assert ionq.ask("POST", "/jobs", content=b" " * (10 * 1024 * 1024 + 1)).status_code == 413


@pytest.mark.parametrize("header", [None, "", "apiKey", f"apiKey {REFUSED_KEY}", "Bearer abc", "abc"])
def test_a_request_without_a_good_key_is_unauthorized(ionq: Any, header: str | None) -> None:
    del ionq.http.headers["Authorization"]
    headers = {} if header is None else {"Authorization": header}
    response = ionq.ask("GET", "/jobs", headers=headers)
    assert (response.status_code, response.json()["error"]) == (401, "Unauthorized")


@pytest.mark.parametrize("key", ["none", REFUSED_KEY, "good"])
def test_backends_are_public(ionq: Any, key: str) -> None:
    del ionq.http.headers["Authorization"]
    headers = {} if key == "none" else {"Authorization": f"apiKey {key}"}
    backends = ionq.get("/backends", headers=headers)
    assert [backend["backend"] for backend in backends] == ["simulator", "qpu.forte-1", "qpu.forte-enterprise-1"]
    assert ionq.get("/backends/qpu.forte-1", headers=headers)["qubits"] == 36


def test_an_unknown_path_or_id_gets_the_vendor_s_404(ionq: Any) -> None:
    for method, path in [("GET", "/jobs/no-such-job"), ("GET", "/nothing"), ("PATCH", "/jobs")]:
        response = ionq.ask(method, path)
        assert response.status_code == 404
        assert set(response.json()) == {"error", "message", "statusCode"}


def test_a_cursor_that_is_not_one_is_refused(ionq: Any) -> None:
    for cursor in ("nonsense", "00000000-0000-0000-0000-000000000000"):
        response = ionq.ask("GET", "/jobs", params={"next": cursor})
        assert response.status_code == 400
        assert response.json()["validation"] == {"source": "query", "keys": ["next"]}


def several(**changes: Any) -> dict[str, Any]:
    return body(type="ionq.multi-circuit.v1", input=MANY, **changes)


def test_noise_is_shown_as_the_document_has_it(ionq: Any) -> None:
    for noise, shown in (
        ({"model": "ideal", "foo": 1}, {"model": "ideal"}),
        ({"model": "aria-1", "seed": "7"}, {"model": "aria-1", "seed": 7}),
        ({"model": "aria-1", "seed": None}, {"model": "aria-1"}),
        (None, {"model": "ideal"}),
    ):
        assert ionq.get(f"/jobs/{ionq.post('/jobs', body(noise=noise))['id']}")["noise"] == shown


def test_a_register_without_bits_has_no_outcome(ionq: Any) -> None:
    source = {**X, "registers": {"e": [], "f": [0]}}
    job = ionq.finish(ionq.post("/jobs", body(input=source, backend="qpu.forte-1", shots=3))["id"])
    for kind, inner in (("histogram", {"output_all": {"10": 3}, "f": {"1": 3}}),
                        ("probabilities", {"output_all": {"10": 1.0}, "f": {"1": 1.0}})):  # fmt: skip
        place = job["results"][f"ionq.result.{kind}.json.v2"]["id"]
        assert ionq.get(f"/jobs/{job['id']}/artifacts/{place}")[kind]["registers"] == inner


def test_deleted_children_are_no_longer_named_and_leave_the_parent_s_results(ionq: Any) -> None:
    parent = ionq.finish(ionq.post("/jobs", several())["id"])
    path, children = f"/jobs/{parent['id']}", parent["child_job_ids"]
    results = ionq.get(path + "/results/probabilities/aggregated")
    ionq.ask("DELETE", f"/jobs/{children[0]}")
    assert ionq.get(path)["child_job_ids"] == children[1:]
    listed = ionq.get("/jobs", params={"parent_job_id": parent["id"]})["jobs"]
    assert sorted(job["id"] for job in listed) == sorted(children[1:])
    ionq.ask("DELETE", "/jobs", json={"ids": children[1:]})
    assert ionq.get(path) == {**parent, "child_job_ids": None}
    assert ionq.get(path + "/results/probabilities/aggregated") == results
    assert ionq.ask("DELETE", path).status_code == 200
    assert ionq.get("/jobs")["jobs"] == []


def test_a_parent_is_completed_also_where_a_child_was_cancelled(ionq: Any) -> None:
    parent = ionq.post("/jobs", several())["id"]
    children = ionq.get(f"/jobs/{parent}")["child_job_ids"]
    ionq.ask("PUT", f"/jobs/{children[1]}/status/cancel")
    assert ionq.finish(parent)["failure"] is None
    assert [ionq.get(f"/jobs/{child}")["status"] for child in children] == ["completed", "canceled", "completed"]
    assert list(ionq.get(f"/jobs/{parent}/results/probabilities/aggregated")) == children


def test_a_job_on_hold_keeps_its_children_from_running(sandbox: Sandbox, ionq: Any) -> None:
    parent = ionq.post("/jobs", several())["id"]
    children = ionq.get(f"/jobs/{parent}")["child_job_ids"]
    sandbox.hold(parent)
    ionq.clock.advance(1000)
    assert {ionq.get(f"/jobs/{job}")["status"] for job in (parent, *children)} == {"ready"}
    sandbox.release(parent)
    ionq.finish(parent)
    assert {ionq.get(f"/jobs/{child}")["status"] for child in children} == {"completed"}


def test_a_cancelled_job_is_at_its_end_at_any_pace(engine: Engine, clock: Any, connect: Any) -> None:
    latency = LatencyProfile(cancelling=1000)
    with Sandbox(engine=engine, clock=clock, latency=latency) as sandbox, connect(sandbox, "ionq") as ionq:
        job_id = ionq.post("/jobs", body())["id"]
        ionq.ask("PUT", f"/jobs/{job_id}/status/cancel")
        job = ionq.get(f"/jobs/{job_id}")
    assert (job["status"], job["completed_at"]) == ("canceled", job["submitted_at"])


def test_a_listing_that_is_behind_shows_a_cancelled_job_as_it_was(sandbox: Sandbox, ionq: Any) -> None:
    job_id = ionq.post("/jobs", several())["id"]
    ionq.clock.advance(0.03)
    ionq.ask("PUT", f"/jobs/{job_id}/status/cancel")
    ionq.clock.advance(100)
    sandbox.faults.add("lag", seconds=100.001)
    (job,) = ionq.get("/jobs")["jobs"]
    assert (job["status"], job["failure"]) == ("ready", None)


@pytest.mark.parametrize("wrong", [{"noise": {"model": "ideal", "seed": 1.5}}, several()])
def test_a_refused_job_costs_no_job_that_was_kept(
    engine: Engine, clock: Any, connect: Any, wrong: dict[str, Any]
) -> None:
    with Sandbox(engine=engine, clock=clock, retention=Retention(jobs=3)) as sandbox, connect(sandbox, "ionq") as ionq:
        kept = [ionq.finish(ionq.post("/jobs", body())["id"])["id"] for _ in range(3)]
        assert ionq.ask("POST", "/jobs", json={**body(), **wrong}).status_code in (400, 429)
        assert [job["id"] for job in ionq.get("/jobs")["jobs"]] == kept[::-1]


def test_shots_of_a_solver_s_circuit_are_there_on_the_ideal_simulator(ionq: Any) -> None:
    graph = {"nodes": [{"id": 0}, {"id": 1}], "adjacency": [[{"id": 1}], [{"id": 0}]]}
    source = {"problem_type": "maxcut", "problem": graph}
    changes = {"type": "qctrl.qaoa.v1", "input": source, "external_settings": {"api_credentials": "x"}}
    job = ionq.finish(ionq.post("/jobs", body(**changes))["id"])
    child = ionq.get(f"/jobs/{job['child_job_ids'][0]}")
    histogram = ionq.get(f"/jobs/{child['id']}/results/histogram")
    assert job["shots"] == child["shots"] == sum(histogram.values()) == 100
