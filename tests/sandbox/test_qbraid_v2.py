"""qBraid v2 as its reference describes it."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from quantum_sandbox import REFUSED_KEY, Engine, LatencyProfile, Sandbox

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
    assert (response.status_code, response.json()["message"]) == (409, "Job results not available yet")
    assert qbraid.ask("GET", f"/jobs/{qrn}/program").status_code == 409
    qbraid.finish(qrn)
    result = qbraid.get(f"/jobs/{qrn}/result")["data"]
    assert result["status"] == "COMPLETED"
    counts = result["resultData"]["measurementCounts"]
    assert set(counts) == {"00", "11"}
    assert sum(counts.values()) == 100
    assert qbraid.get(f"/jobs/{qrn}/program")["data"] == {"format": "qasm3", "data": QASM3}


def test_a_failed_job_says_why_and_has_no_result(qbraid: Any) -> None:
    qrn = submit(qbraid, program={"format": "qasm3", "data": "nonsense"})
    job = qbraid.finish(qrn)
    assert (job["status"], job["cost"]) == ("FAILED", 0)
    assert job["statusMsg"] == "line 1, column 9: the program ends too early"
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


def test_a_job_that_is_initializing_cannot_be_cancelled_yet(qbraid: Any) -> None:
    qrn = submit(qbraid)
    response = qbraid.ask("POST", f"/jobs/{qrn}/cancel")
    body = response.json()
    assert (response.status_code, body["success"], body["error"]["code"]) == (409, False, "JOB_CANCEL_CONFLICT")
    assert body["message"] == body["error"]["message"]
    assert "try again in a few moments" in body["message"]
    assert qbraid.get(f"/jobs/{qrn}")["data"]["status"] == "INITIALIZING"
    qbraid.clock.advance(0.03)
    assert qbraid.ask("POST", f"/jobs/{qrn}/cancel").status_code == 202


@pytest.mark.parametrize("latency", [LatencyProfile(submitted=5), LatencyProfile(submitted=3, validating=2)])
def test_how_long_a_job_cannot_be_cancelled_is_a_matter_of_its_pace(
    engine: Engine, clock: Any, connect: Any, latency: LatencyProfile
) -> None:
    with Sandbox(engine=engine, clock=clock, latency=latency) as sandbox, connect(sandbox, "qbraid") as qbraid:
        qrn = submit(qbraid)
        clock.advance(4.9)
        assert qbraid.ask("POST", f"/jobs/{qrn}/cancel").status_code == 409
        clock.advance(0.2)
        assert qbraid.ask("POST", f"/jobs/{qrn}/cancel").status_code == 202


def test_a_job_is_cancelled_after_a_moment(qbraid: Any) -> None:
    qrn = submit(qbraid)
    qbraid.clock.advance(0.03)
    response = qbraid.ask("POST", f"/jobs/{qrn}/cancel")
    assert response.status_code == 202
    assert (response.json()["data"]["jobQrn"], response.json()["data"]["status"]) == (qrn, "CANCELLING")
    assert qbraid.get(f"/jobs/{qrn}")["data"]["status"] == "CANCELLING"
    qbraid.clock.advance(1)
    job = qbraid.get(f"/jobs/{qrn}")["data"]
    assert (job["status"], job["cost"]) == ("CANCELLED", 0)
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
    assert "queuePosition" not in qbraid.finish(qrns[0])


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
    for key, code in ((REFUSED_KEY, "INVALID_API_KEY"), ("", "NO_VALID_AUTHENTICATION")):
        response = qbraid.ask("GET", "/users/verify", headers={"X-API-KEY": key})
        body = response.json()
        assert (response.status_code, set(body)) == (401, {"success", "message", "error"})
        assert (body["success"], body["error"]["code"]) == (False, code)
        assert body["error"]["message"] == body["message"]
        assert re.fullmatch(r"req_\d{13}_[0-9a-f]{9}", body["error"]["requestId"])
        assert body["error"]["timestamp"].endswith("Z")


def test_what_is_not_there_is_a_404(qbraid: Any) -> None:
    for path in ("/jobs/qbraid:job:none", "/devices/none", "/nothing", "/jobs/qbraid:job:none/result"):
        response = qbraid.ask("GET", path)
        body = response.json()
        assert (response.status_code, body["success"], body["error"]["code"]) == (404, False, "NOT_FOUND")
        assert body["error"]["message"] == body["message"]


def test_a_job_has_what_it_has_and_no_nulls(qbraid: Any) -> None:
    created = qbraid.post("/jobs", body())["data"]
    qrn = created["jobQrn"]
    always = {
        *("jobQrn", "status", "shots", "numCircuits", "estimatedCost", "experimentType", "vendor", "deviceQrn"),
        *("tags", "runtimeOptions", "timeStamps", "provider"),
    }
    assert set(created) == always
    assert set(created["timeStamps"]) == {"createdAt"}
    known = always | {"createdAt", "updatedAt"}
    assert set(qbraid.get(f"/jobs/{qrn}")["data"]) == known | {"device"}
    qbraid.clock.advance(0.03)
    assert set(qbraid.get(f"/jobs/{qrn}")["data"]) == known | {"device", "queuePosition"}
    done = qbraid.finish(qrn)
    assert set(done) == known | {"device", "cost"}
    assert set(done["timeStamps"]) == {"createdAt", "endedAt", "executionDuration"}
    assert set(qbraid.get("/jobs")["data"][0]) == known | {"cost"}
    assert done["device"] == {
        "qrn": QIR,
        "name": "QIR Simulator",
        "deviceType": "SIMULATOR",
        "vendor": "qbraid",
        "status": "ONLINE",
    }


def test_the_time_of_creation_beside_the_status_stays_and_the_one_in_the_time_stamps_moves(qbraid: Any) -> None:
    created = qbraid.post("/jobs", body())["data"]
    seen = []
    for seconds in (0, 0.03, 0.05, 1):
        qbraid.clock.advance(seconds)
        seen.append(qbraid.get(f"/jobs/{created['jobQrn']}")["data"])
    assert {job["createdAt"] for job in seen} == {created["timeStamps"]["createdAt"]}
    in_stamps = [job["timeStamps"]["createdAt"] for job in seen]
    assert in_stamps == sorted(in_stamps)
    assert len(set(in_stamps)) == 3, "as submitted, as queued, and as started"
    updated = [job["updatedAt"] for job in seen]
    assert updated == sorted(set(updated))


@pytest.mark.parametrize(("device", "cost"), [(QIR, ("0", "0E-33")), ("aws:ionq:qpu:forte-1", ("830",))])
def test_what_a_result_cost_is_decimal_text_and_what_a_job_cost_a_number(
    qbraid: Any, device: str, cost: tuple[str, ...]
) -> None:
    texts = set()
    for _ in range(12):
        job = qbraid.finish(submit(qbraid, deviceQrn=device))
        assert isinstance(job["cost"], int)
        texts.add(qbraid.get(f"/jobs/{job['jobQrn']}/result")["data"]["cost"])
    assert texts == set(cost)
    assert {int(float(text)) for text in texts} == {job["cost"]}


def test_a_cost_with_a_fraction_keeps_it(qbraid: Any) -> None:
    job = qbraid.finish(submit(qbraid, deviceQrn="aws:aws:sim:sv1"))
    text = qbraid.get(f"/jobs/{job['jobQrn']}/result")["data"]["cost"]
    assert (job["cost"], text) == (0.0125, "0.0125")


@pytest.mark.parametrize("asked", [None, "false", "1", "TRUE"])
def test_the_bits_of_each_shot_are_there_only_where_the_one_word_asks_for_them(qbraid: Any, asked: str | None) -> None:
    qrn = submit(qbraid)
    qbraid.finish(qrn)
    params = {} if asked is None else {"includeMeasurements": asked}
    data = qbraid.get(f"/jobs/{qrn}/result", params=params)["data"]["resultData"]
    assert set(data) == {"measurementCounts", "seed"}


@pytest.mark.parametrize("shots", [99, 100, 101, 2000])
def test_there_are_at_most_100_rows_of_bits(qbraid: Any, shots: int) -> None:
    qrn = submit(qbraid, shots=shots)
    qbraid.finish(qrn)
    data = qbraid.get(f"/jobs/{qrn}/result", params={"includeMeasurements": "true"})["data"]["resultData"]
    assert sum(data["measurementCounts"].values()) == shots
    assert len(data["measurements"]) == min(shots, 100)
    more = {"measurementsTruncated": True, "totalShots": shots} if shots > 100 else {}
    assert {name: data[name] for name in more} == more
    assert ("measurementsTruncated" in data) is bool(more)
    rows = ["".join(map(str, row)) for row in data["measurements"]]
    assert all(rows.count(key) <= data["measurementCounts"].get(key, 0) for key in rows)


def test_the_vendor_s_own_simulator_is_free(qbraid: Any) -> None:
    job = qbraid.finish(submit(qbraid))
    assert (job["cost"], job["estimatedCost"]) == (0, 0)
    quote = qbraid.get("/jobs/cost-estimate", params={"deviceQrn": QIR})["data"]
    assert quote["estimatedCost"] == 0


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
