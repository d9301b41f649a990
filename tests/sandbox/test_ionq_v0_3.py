"""IonQ v0.3 as its reference describes it."""

from __future__ import annotations

from typing import Any

import pytest

X = {"format": "ionq.circuit.v0", "gateset": "qis", "qubits": 2, "circuit": [{"gate": "x", "target": 0}]}


def test_a_job_moves_through_its_statuses_and_leaves_out_what_has_no_value(old_ionq: Any) -> None:
    created = old_ionq.post("/jobs", {"target": "simulator", "input": X, "name": "flip", "metadata": {"run": "7"}})
    assert created["status"] == "ready"
    seen = []
    for seconds in (0, 0.03, 0.05):
        old_ionq.clock.advance(seconds)
        job = old_ionq.get(f"/jobs/{created['id']}")
        seen.append(job["status"])
        assert None not in job.values()
        assert "results_url" not in job
    job = old_ionq.finish(created["id"])
    assert [*seen, job["status"]] == ["submitted", "ready", "running", "completed"]
    assert (job["name"], job["metadata"], job["qubits"], job["circuits"]) == ("flip", {"run": "7"}, 2, 1)
    assert (job["gate_counts"], job["children"], job["cost_usd"]) == ({"1q": 1, "2q": 0}, [], 0.0)
    assert job["results_url"] == f"/v0.3/jobs/{job['id']}/results"


def test_times_are_whole_seconds_and_durations_milliseconds(old_ionq: Any) -> None:
    submitted = int(old_ionq.clock.now())
    job = old_ionq.finish(old_ionq.post("/jobs", {"input": X})["id"])
    assert (job["request"], job["start"], job["response"]) == (submitted,) * 3
    assert job["execution_time"] == 100


def test_shots_are_there_but_for_the_ideal_simulator(old_ionq: Any) -> None:
    noisy: dict[str, Any] = {"target": "simulator", "noise": {"model": "aria-1", "seed": 3}}
    expected: list[tuple[dict[str, Any], int | None]] = [
        ({"target": "simulator"}, None),
        ({"target": "qpu.aria-1"}, 50),
        (noisy, 50),
    ]
    for fields, shots in expected:
        job = old_ionq.finish(old_ionq.post("/jobs", {"input": X, "shots": 50, **fields})["id"])
        assert job.get("shots") == shots


def test_a_failure_has_its_text_under_error(old_ionq: Any) -> None:
    source = {**X, "circuit": [{"gate": "x", "target": 5}]}
    job = old_ionq.finish(old_ionq.post("/jobs", {"input": source})["id"])
    assert job["status"] == "failed"
    assert set(job["failure"]) == {"code", "error"}


def test_several_circuits_give_a_distribution_for_each_child(old_ionq: Any) -> None:
    circuits = [{"circuit": [{"gate": "x", "target": i}]} for i in range(2)]
    source = {"format": "ionq.circuit.v0", "qubits": 2, "circuits": circuits}
    job = old_ionq.finish(old_ionq.post("/jobs", {"input": source})["id"])
    assert job["circuits"] == 2
    assert old_ionq.get(f"/jobs/{job['id']}/results") == {
        job["children"][0]: {"1": 1.0},
        job["children"][1]: {"2": 1.0},
    }


def test_jobs_are_listed_without_next_on_the_last_page_and_found_by_id(old_ionq: Any) -> None:
    ids = [old_ionq.post("/jobs", {"input": X})["id"] for _ in range(3)]
    first = old_ionq.get("/jobs", params={"limit": 2})
    last = old_ionq.get("/jobs", params={"limit": 2, "next": first["next"]})
    assert [job["id"] for job in first["jobs"] + last["jobs"]] == ids[::-1]
    assert "next" not in last
    found = old_ionq.get("/jobs", params=[("id", ids[0]), ("id", ids[1])])
    assert {job["id"] for job in found["jobs"]} == set(ids[:2])


def test_jobs_can_be_cancelled_and_deleted_one_by_one_and_together(old_ionq: Any) -> None:
    ids = [old_ionq.post("/jobs", {"input": X})["id"] for _ in range(3)]
    assert old_ionq.ask("PUT", f"/jobs/{ids[0]}/status/cancel").json() == {"id": ids[0], "status": "canceled"}
    cancelled = old_ionq.ask("PUT", "/jobs/status/cancel", json={"ids": ids[1:]})
    assert cancelled.json() == {"ids": ids[1:], "status": "canceled"}
    assert {job["status"] for job in old_ionq.get("/jobs")["jobs"]} == {"canceled"}
    assert old_ionq.ask("DELETE", f"/jobs/{ids[0]}").json() == {"id": ids[0], "status": "deleted"}
    assert old_ionq.ask("DELETE", "/jobs", json={"ids": ids[1:]}).json() == {"ids": ids[1:], "status": "deleted"}
    assert old_ionq.get("/jobs") == {"jobs": []}


def test_fields_can_be_chosen(old_ionq: Any) -> None:
    job_id = old_ionq.post("/jobs", {"input": X})["id"]
    assert set(old_ionq.get(f"/jobs/{job_id}", params={"include": "id,status"})) == {"id", "status"}
    without = old_ionq.get(f"/jobs/{job_id}", params={"exclude": "status,target"})
    assert "target" not in without
    assert "status" in without, "the document requires it"


@pytest.mark.parametrize(
    ("body", "key"),
    [
        ({"input": X, "target": "qpu.nobody"}, "target"),
        ({"input": {**X, "format": "quil"}}, "input.format"),
        ({}, "input"),
        ({"input": X, "metadata": {str(i): "" for i in range(11)}}, "metadata"),
        ({"input": X, "error_mitigation": {"debias": "yes"}}, "error_mitigation.debias"),
        ({"input": {**X, "circuit": [{"gate": "rx", "target": 0, "rotation": 10**400}]}}, "input.circuit.0.rotation"),
    ],
)
def test_an_invalid_body_is_refused_with_its_place(old_ionq: Any, body: dict[str, Any], key: str) -> None:
    response = old_ionq.ask("POST", "/jobs", json=body)
    assert response.status_code == 400
    assert response.json()["message"].startswith(f'"{key}" ')


def test_qpus_have_characterizations_by_backend_and_id(old_ionq: Any) -> None:
    current = old_ionq.get("/characterizations/backends/qpu.aria-1/current")
    page = old_ionq.get("/characterizations/backends/qpu.aria-1", params={"limit": 7, "page": 5})
    assert (len(page["characterizations"]), page["pages"]) == (2, 5)
    assert old_ionq.get(f"/characterizations/{current['id']}") == current
    until = old_ionq.get("/characterizations/backends/qpu.aria-1", params={"end": 1000 * current["date"]})
    assert current not in until["characterizations"]
    assert old_ionq.ask("GET", "/characterizations/backends/simulator/current").status_code == 404
    assert old_ionq.ask("GET", "/characterizations/00000000-0000-0000-0000-000000000000").status_code == 404


def test_backends_can_be_filtered_by_status(old_ionq: Any) -> None:
    assert {backend["backend"] for backend in old_ionq.get("/backends")} >= {"simulator", "qpu.aria-1"}
    retired = old_ionq.get("/backends", params={"status": "unavailable"})
    assert [backend["backend"] for backend in retired] == ["qpu.harmony"]


@pytest.mark.parametrize("noise", [{"seed": 3}, {"model": None}, {"model": "none"}, {"model": "ideal", "seed": "x"}])
def test_noise_has_a_model_and_a_whole_seed(old_ionq: Any, noise: Any) -> None:
    assert old_ionq.ask("POST", "/jobs", json={"input": X, "noise": noise}).status_code == 400


def test_noise_is_shown_as_the_document_has_it(old_ionq: Any) -> None:
    noise = {"model": "aria-1", "seed": "3", "other": 1}
    job = old_ionq.get(f"/jobs/{old_ionq.post('/jobs', {'input': X, 'noise': noise})['id']}")
    assert job["noise"] == {"model": "aria-1", "seed": 3}
    assert "noise" not in old_ionq.get(f"/jobs/{old_ionq.post('/jobs', {'input': X})['id']}")


def test_the_name_of_a_circuit_is_a_string(old_ionq: Any) -> None:
    source = {"format": "ionq.circuit.v0", "qubits": 2, "circuits": [{"circuit": [], "name": 7}]}
    answer = old_ionq.ask("POST", "/jobs", json={"input": source})
    assert (answer.status_code, "input.circuits.0.name" in answer.json()["message"]) == (400, True)


def test_a_retired_backend_takes_no_jobs(old_ionq: Any) -> None:
    answer = old_ionq.ask("POST", "/jobs", json={"input": X, "target": "qpu.harmony"})
    assert (answer.status_code, "retired" in answer.json()["message"]) == (400, True)
    assert old_ionq.get("/jobs")["jobs"] == []


def test_a_deleted_child_is_no_longer_named(old_ionq: Any) -> None:
    circuits = [{"circuit": [{"gate": "x", "target": i}]} for i in range(2)]
    source = {"format": "ionq.circuit.v0", "qubits": 2, "circuits": circuits}
    job = old_ionq.finish(old_ionq.post("/jobs", {"input": source})["id"])
    results = old_ionq.get(f"/jobs/{job['id']}/results")
    old_ionq.ask("DELETE", f"/jobs/{job['children'][0]}")
    assert old_ionq.get(f"/jobs/{job['id']}")["children"] == job["children"][1:]
    assert old_ionq.get(f"/jobs/{job['id']}/results") == results, "the job's own results stay"
