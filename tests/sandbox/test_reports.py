"""What IonQ v0.4 tells about its backends, formats, and what an account used."""

from __future__ import annotations

from typing import Any

import jsonschema

JOB = {
    "type": "ionq.circuit.v1",
    "backend": "qpu.forte-1",
    "shots": 10,
    "input": {"gateset": "qis", "qubits": 2, "circuit": [{"gate": "h", "target": 0}]},
}


def test_a_qpu_has_characterizations_and_the_simulator_has_none(ionq: Any) -> None:
    path = "/backends/qpu.forte-1/characterizations"
    newest = ionq.get("/backends/qpu.forte-1")["characterization_id"]
    pages = [ionq.get(path, params={"page": page}) for page in (1, 2, 3, 4)]
    assert [len(page["characterizations"]) for page in pages] == [10, 10, 10, 0]
    assert [page["pages"] for page in pages] == [2, 1, 0, 0]
    assert pages[0]["characterizations"][0]["id"] == newest
    one = ionq.get(f"{path}/{newest}")
    assert one == pages[0]["characterizations"][0]
    before = ionq.get(path, params={"end": one["date"]})["characterizations"]
    assert before[0]["id"] == pages[0]["characterizations"][1]["id"]
    assert ionq.get("/backends/simulator/characterizations") == {"characterizations": [], "pages": 0}
    for wrong in ({"limit": 11}, {"start": "yesterday"}):
        assert ionq.ask("GET", path, params=wrong).status_code == 400
    assert ionq.ask("GET", f"{path}/none").status_code == 404


def test_every_result_follows_the_schema_of_its_format(ionq: Any) -> None:
    job = ionq.finish(ionq.post("/jobs", JOB)["id"])
    formats = [name for name in job["results"] if name.startswith("ionq.")]
    assert len(formats) == 6
    for name in formats:
        schema = ionq.get(f"/schemas/formats/{name}")
        assert schema["$id"] == name
        jsonschema.Draft7Validator(schema).validate(
            ionq.get(f"/jobs/{job['id']}/artifacts/{job['results'][name]['id']}")
        )
    assert ionq.ask("GET", "/schemas/formats/none").status_code == 404


def test_usage_is_reported_by_period_and_group(ionq: Any) -> None:
    organization = ionq.get("/sessions")["organization_id"]
    jobs = [ionq.finish(ionq.post("/jobs", JOB)["id"]) for _ in range(2)]
    ionq.clock.advance(86_400)
    jobs.append(ionq.finish(ionq.post("/jobs", JOB)["id"]))
    days = sorted({job["completed_at"][:10] for job in jobs})
    params = {"start_date": days[0], "end_date": days[1], "group_by": "job", "modality": "daily"}
    report = ionq.get(f"/organizations/{organization}/usage", params=params)
    assert report["job_count"] == 3
    assert [(period["from"][:10], period["job_count"]) for period in report["usage_data"]] == [
        (days[1], 1),
        (days[0], 2),
    ]
    costs = [ionq.get(f"/jobs/{job['id']}/cost")["cost"]["value"] for job in jobs]
    assert report["amount_total"] == round(sum(costs), 6)
    assert report["usage_data"][0]["group_usages"][0]["group_id"] == jobs[2]["id"]
    one_day = ionq.get(f"/organizations/{organization}/usage", params={**params, "start_date": days[1]})
    assert one_day["job_count"] == 1
    for name in params:
        wrong = {key: value for key, value in params.items() if key != name}
        assert ionq.ask("GET", f"/organizations/{organization}/usage", params=wrong).status_code == 400
    assert ionq.ask("GET", "/organizations/other/usage", params=params).status_code == 404


def test_usage_reaches_to_the_last_day_that_there_is(ionq: Any) -> None:
    organization = ionq.get("/sessions")["organization_id"]
    params = {"start_date": "0001-01-01", "end_date": "9999-12-31", "group_by": "user", "modality": "weekly"}
    ionq.finish(ionq.post("/jobs", JOB)["id"])
    assert ionq.get(f"/organizations/{organization}/usage", params=params)["job_count"] == 1
