"""qBraid v2 as its reference describes it."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from quantum_jobs.sandbox import REFUSED_KEY

QIR = "qbraid:qbraid:sim:qir-sv"
QASM3 = 'OPENQASM 3; include "stdgates.inc"; qubit[2] q; h q[0]; cx q[0], q[1]; measure q;'


def body(**changes: Any) -> dict[str, Any]:
    return {"deviceQrn": QIR, "shots": 100, "program": {"format": "qasm3", "data": QASM3}, **changes}


def submit(qbraid: Any, **changes: Any) -> str:
    return str(qbraid.post("/jobs", body(**changes))["data"]["jobQrn"])


def test_a_job_moves_through_qbraid_s_statuses(qbraid: Any) -> None:
    response = qbraid.ask("POST", "/jobs", json=body())
    assert response.status_code == 201
    created = response.json()["data"]
    assert re.fullmatch(rf"{QIR}-[0-9a-f]{{4}}-qjob-[0-9a-f]+", created["jobQrn"])
    seen = [created["status"]]
    for seconds in (0.03, 0.05):
        qbraid.clock.advance(seconds)
        seen.append(qbraid.get(f"/jobs/{created['jobQrn']}")["data"]["status"])
    job = qbraid.finish(created["jobQrn"])
    assert [*seen, job["status"]] == ["INITIALIZING", "QUEUED", "RUNNING", "COMPLETED"]


def test_a_job_keeps_what_it_was_submitted_with(qbraid: Any) -> None:
    tags = {"text": "a", "number": 7, "flag": True}
    job = qbraid.finish(submit(qbraid, name="bell", tags=tags, runtimeOptions={"option": [1]}))
    assert (job["name"], job["tags"], job["runtimeOptions"]) == ("bell", tags, {"option": [1]})
    assert (job["vendor"], job["provider"], job["experimentType"]) == ("qbraid", "qbraid", "gate_model")
    assert job["timeStamps"]["executionDuration"] == 100
    assert job["timeStamps"]["endedAt"].endswith("Z")


def test_the_result_is_a_conflict_until_it_is_there(qbraid: Any) -> None:
    qrn = submit(qbraid)
    response = qbraid.ask("GET", f"/jobs/{qrn}/result")
    assert (response.status_code, response.json()) == (409, {"detail": "Job results not available yet"})
    assert qbraid.ask("GET", f"/jobs/{qrn}/program").status_code == 409
    job = qbraid.finish(qrn)
    result = qbraid.get(f"/jobs/{qrn}/result")["data"]
    assert (result["status"], result["cost"]) == ("COMPLETED", job["cost"])
    counts = result["resultData"]["measurementCounts"]
    assert set(counts) == {"00", "11"}
    assert sum(counts.values()) == 100
    assert qbraid.get(f"/jobs/{qrn}/program")["data"] == {"format": "qasm3", "data": QASM3}


def test_a_failed_job_says_why_and_has_no_result(qbraid: Any) -> None:
    qrn = submit(qbraid, program={"format": "qasm3", "data": "nonsense"})
    job = qbraid.finish(qrn)
    assert job["status"] == "FAILED"
    assert job["statusMsg"]
    assert qbraid.ask("GET", f"/jobs/{qrn}/result").status_code == 409


def test_several_programs_give_several_results_in_order(qbraid: Any) -> None:
    programs = [
        {"format": "qasm3", "data": f'OPENQASM 3; include "stdgates.inc"; qubit[2] q; x q[{i}];'} for i in range(2)
    ]
    qrn = submit(qbraid, program=programs)
    assert qbraid.finish(qrn)["numCircuits"] == 2
    results = qbraid.get(f"/jobs/{qrn}/result")["data"]["results"]
    assert [result["resultData"]["measurementCounts"] for result in results] == [{"01": 100}, {"10": 100}]
    assert qbraid.get(f"/jobs/{qrn}/program")["data"] == programs


def test_a_job_is_cancelled_after_a_moment(qbraid: Any) -> None:
    qrn = submit(qbraid)
    response = qbraid.ask("POST", f"/jobs/{qrn}/cancel")
    assert response.status_code == 202
    assert (response.json()["data"]["jobQrn"], response.json()["data"]["status"]) == (qrn, "CANCELLING")
    assert qbraid.get(f"/jobs/{qrn}")["data"]["status"] == "CANCELLING"
    qbraid.clock.advance(1)
    assert qbraid.get(f"/jobs/{qrn}")["data"]["status"] == "CANCELLED"
    assert qbraid.ask("POST", f"/jobs/{qrn}/cancel").status_code == 400


def test_jobs_are_listed_by_page_status_group_and_tags(qbraid: Any) -> None:
    done = submit(qbraid, tags={"run": 1, "flag": True})
    qbraid.finish(done)
    pending = [submit(qbraid, tags={"run": 2}) for _ in range(4)]
    page = qbraid.get("/jobs", params={"limit": 2, "page": 2})
    assert [job["jobQrn"] for job in page["data"]] == pending[1::-1]
    assert page["pagination"] == {
        "page": 2,
        "limit": 2,
        "total": 5,
        "totalPages": 3,
        "hasNext": True,
        "hasPrev": True,
    }

    def found(**params: Any) -> list[str]:
        return [job["jobQrn"] for job in qbraid.get("/jobs", params=params)["data"]]

    assert found(statusGroup="returned") == [done]
    assert found(statusGroup="pending") == pending[::-1]
    assert found(status="COMPLETED", statusGroup="pending") == [done]
    assert found(tags=json.dumps({"run": 1, "flag": True})) == [done]
    assert found(tags=json.dumps({"run": "1"})) == []
    assert found(vendor="aws") == []
    assert qbraid.get("/jobs/statuses")["data"]["INITIALIZING"] == 4


def test_queue_position_is_there_only_while_a_job_is_queued(qbraid: Any) -> None:
    qrns = [submit(qbraid) for _ in range(3)]
    qbraid.clock.advance(0.03)
    assert [qbraid.get(f"/jobs/{qrn}")["data"]["queuePosition"] for qrn in qrns] == [0, 1, 2]
    assert qbraid.finish(qrns[0])["queuePosition"] is None


def test_jobs_can_be_deleted_one_by_one_and_together(qbraid: Any) -> None:
    first, second = submit(qbraid), submit(qbraid)
    assert qbraid.ask("DELETE", f"/jobs/{first}").json()["success"]
    answer = qbraid.ask("DELETE", "/jobs", params={"qrns": json.dumps([first, second])}).json()["data"]
    assert answer == {"successfulIds": [second], "failedIds": {first: "Job not found"}}
    assert qbraid.get("/jobs")["data"] == []
    assert qbraid.ask("DELETE", "/jobs", params={"qrns": "x"}).status_code == 422


def test_a_job_s_cost_comes_off_the_balance(qbraid: Any) -> None:
    before = qbraid.get("/billing/credits/balance")["data"]["qbraidCredits"]
    job = qbraid.finish(submit(qbraid, deviceQrn="aws:ionq:qpu:forte-1", shots=10))
    assert job["cost"] == 30 + 10 * 8
    assert qbraid.get("/billing/credits/balance")["data"]["qbraidCredits"] == before - job["cost"]
    quote = qbraid.get("/jobs/cost-estimate", params={"deviceQrn": "aws:ionq:qpu:forte-1", "shots": 10})["data"]
    assert quote["estimatedCost"] == job["cost"]


def test_devices_are_listed_with_and_without_the_retired_ones(qbraid: Any) -> None:
    devices = {device["qrn"]: device for device in qbraid.get("/devices")["data"]}
    assert devices[QIR]["runInputTypes"] == ["qasm2", "qasm3", "qir.ll", "qir.bc"]
    current = {device["qrn"] for device in qbraid.get("/devices", params={"retired": "false"})["data"]}
    retired = set(devices) - current
    assert len(retired) == 1
    assert qbraid.ask("GET", "/jobs/cost-estimate", params={"deviceQrn": retired.pop()}).status_code == 410
    assert qbraid.get(f"/devices/{QIR}")["data"] == devices[QIR]


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"shots": 0}, ["body", "shots"]),
        ({"program": None}, ["body", "program"]),
        ({"program": {"format": "cobol", "data": ""}}, ["body", "program", "format"]),
        ({"program": {"format": "quil", "data": ""}}, ["body", "program", "format"]),
        ({"program": [{"format": "qasm3"}]}, ["body", "program", 0, "data"]),
        ({"tags": {"a": [1]}}, ["body", "tags", "a"]),
        ({"deviceQrn": None}, ["body", "deviceQrn"]),
    ],
)
def test_an_invalid_body_is_refused_with_its_place(qbraid: Any, changes: dict[str, Any], place: list[Any]) -> None:
    response = qbraid.ask("POST", "/jobs", json=body(**changes))
    assert response.status_code == 422
    (error,) = response.json()["detail"]
    assert set(error) == {"loc", "msg", "type"}
    assert error["loc"] == place


def test_a_key_is_needed_and_verified(qbraid: Any) -> None:
    assert qbraid.get("/users/verify")["data"]["valid"]
    for headers in ({"X-API-KEY": REFUSED_KEY}, {"X-API-KEY": ""}):
        response = qbraid.ask("GET", "/users/verify", headers=headers)
        assert (response.status_code, response.json()) == (401, {"detail": "Invalid API key"})


def test_what_is_not_there_is_a_404(qbraid: Any) -> None:
    for path in ("/jobs/qbraid:job:none", "/devices/none", "/nothing", "/jobs/qbraid:job:none/result"):
        response = qbraid.ask("GET", path)
        assert response.status_code == 404
        assert isinstance(response.json()["detail"], str)


def test_tags_are_compared_with_their_type(qbraid: Any) -> None:
    one = submit(qbraid, tags={"n": 1})
    flag = submit(qbraid, tags={"n": True})
    for value, expected in ((1, [one]), (True, [flag]), (0, []), (False, [])):
        found = qbraid.get("/jobs", params={"tags": json.dumps({"n": value})})["data"]
        assert [job["jobQrn"] for job in found] == expected


@pytest.mark.parametrize("path", ["/jobs", "/devices"])
def test_a_text_to_search_for_has_1_to_255_characters(qbraid: Any, path: str) -> None:
    for wrong in ("", "x" * 256):
        assert qbraid.ask("GET", path, params={"search": wrong}).status_code == 422
    assert qbraid.get(path, params={"search": "x" * 255})["data"] == []


def test_a_job_that_is_named_twice_is_deleted_once(qbraid: Any) -> None:
    qrn = submit(qbraid)
    answer = qbraid.ask("DELETE", "/jobs", params={"qrns": json.dumps([qrn, qrn, "none", "none"])}).json()["data"]
    assert answer == {"successfulIds": [qrn], "failedIds": {"none": "Job not found"}}
