"""qBraid's job groups, and a job that is on hold or being looked at."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from quantum_sandbox import Engine, LatencyProfile, Retention, Sandbox, SteppedClock

GOOD = "OPENQASM 3; qubit q; U(pi, 0, pi) q;"
DEVICE = "qbraid:qbraid:sim:qir-sv"


def open_group(qbraid: Any, **body: Any) -> str:
    qrn: str = qbraid.post("/jobs/group", body)["data"]["groupJobQrn"]
    return qrn


def submit(qbraid: Any, group: str | None, source: str = GOOD) -> str:
    body = {"deviceQrn": DEVICE, "shots": 10, "program": {"format": "qasm3", "data": source}, "groupJobQrn": group}
    qrn: str = qbraid.post("/jobs", body)["data"]["jobQrn"]
    return qrn


def test_a_group_is_open_closed_and_completed(qbraid: Any) -> None:
    group = open_group(qbraid, name="sweep", tags={"run": 1}, metadata={"a": [1]}, maxTTL=60)
    path = f"/jobs/group/{group}"
    assert qbraid.get(path + "/jobs")["data"] is None
    jobs = [submit(qbraid, group) for _ in range(2)]
    submit(qbraid, None)
    assert qbraid.get(f"/jobs/{jobs[0]}")["data"]["groupJobQrn"] == group
    assert qbraid.get(path)["data"]["status"] == "OPEN"
    closed = qbraid.ask("POST", path + "/close").json()["data"]
    assert (closed["status"], closed["jobCount"], closed["totalCost"]) == ("CLOSED", 2, None)
    assert qbraid.ask("POST", "/jobs", json={"deviceQrn": DEVICE, "program": {"format": "qasm3", "data": GOOD},
                                             "groupJobQrn": group}).status_code == 409  # fmt: skip
    for job in jobs:
        qbraid.finish(job)
    done = qbraid.get(path)["data"]
    assert (done["status"], done["completedCount"], done["name"], done["tags"]) == ("COMPLETED", 2, "sweep", {"run": 1})
    assert done["totalCost"] == round(sum(qbraid.get(f"/jobs/{job}")["data"]["cost"] for job in jobs), 6)
    assert [job["jobQrn"] for job in qbraid.get(path + "/jobs")["data"]] == jobs[::-1]
    assert qbraid.ask("POST", path + "/close").status_code == 409


def test_a_group_closes_by_itself_and_fails_with_one_of_its_jobs(qbraid: Any) -> None:
    group = open_group(qbraid, maxTTL=5)
    qbraid.finish(submit(qbraid, group))
    qbraid.finish(submit(qbraid, group, "nonsense"))
    qbraid.clock.advance(5)
    failed = qbraid.get(f"/jobs/group/{group}")["data"]
    assert (failed["status"], failed["failedCount"], failed["completedCount"]) == ("FAILED", 1, 1)
    assert failed["timeStamps"]["endedAt"] is not None


def test_a_cancelled_group_cancels_its_jobs_and_a_deleted_one_leaves_them(qbraid: Any) -> None:
    group = open_group(qbraid)
    job = submit(qbraid, group)
    assert qbraid.ask("POST", f"/jobs/group/{group}/cancel").json()["data"]["status"] == "CANCELLED"
    assert qbraid.get(f"/jobs/{job}")["data"]["status"] == "CANCELLING"
    assert qbraid.ask("POST", f"/jobs/group/{group}/cancel").status_code == 409
    assert qbraid.ask("DELETE", f"/jobs/group/{group}").json()["success"]
    assert qbraid.ask("GET", f"/jobs/group/{group}").status_code == 404
    assert qbraid.get(f"/jobs/{job}")["data"]["jobQrn"] == job


def test_groups_are_listed_newest_first_by_status_and_page(qbraid: Any) -> None:
    groups = [open_group(qbraid) for _ in range(3)]
    qbraid.ask("POST", f"/jobs/group/{groups[1]}/cancel")
    listed = qbraid.get("/jobs/group", params={"limit": 2})
    assert [group["groupJobQrn"] for group in listed["data"]] == [groups[2], groups[1]]
    assert listed["pagination"]["hasNext"]
    cancelled = qbraid.get("/jobs/group", params={"status": "CANCELLED"})["data"]
    assert [group["groupJobQrn"] for group in cancelled] == [groups[1]]
    assert qbraid.ask("POST", "/jobs/group", json={"maxTTL": 86_401}).status_code == 422


def test_a_job_on_hold_waits_until_it_is_released(sandbox: Sandbox, qbraid: Any) -> None:
    job = submit(qbraid, None)
    qbraid.clock.advance(0.03)
    sandbox.hold(job)
    qbraid.clock.advance(1000)
    assert qbraid.get(f"/jobs/{job}")["data"]["status"] == "HOLD"
    assert qbraid.get("/jobs", params={"status": "HOLD"})["data"][0]["jobQrn"] == job
    assert qbraid.get("/jobs/statuses")["data"]["HOLD"] == 1
    sandbox.release(job)
    assert qbraid.get(f"/jobs/{job}")["data"]["status"] == "QUEUED"
    assert qbraid.finish(job)["status"] == "COMPLETED"


def test_a_job_can_be_validated_first(engine: Engine, connect: Any, clock: SteppedClock) -> None:
    with (
        Sandbox(engine=engine, clock=clock, latency=LatencyProfile(validating=1)) as sandbox,
        connect(sandbox, "qbraid") as qbraid,
    ):
        job = submit(qbraid, None)
        seen = []
        for seconds in (0, 0.03, 1, 0.05):
            clock.advance(seconds)
            seen.append(qbraid.get(f"/jobs/{job}")["data"]["status"])
    assert seen == ["INITIALIZING", "VALIDATING", "QUEUED", "RUNNING"]


def test_what_is_offered_can_be_looked_up(qbraid: Any) -> None:
    providers = {one["provider"]: one["_id"] for one in qbraid.get("/providers")["data"]["providers"]}
    ionq = qbraid.get("/devices", params={"providerId": providers["ionq"], "deviceType": "QPU"})["data"]
    assert [device["qrn"] for device in ionq] == ["aws:ionq:qpu:forte-1"]
    page = qbraid.get("/devices", params={"limit": 2, "page": 2, "sortBy": "qrn", "sortOrder": "desc"})
    assert page["pagination"]["page"] == 2
    qrns = [device["qrn"] for device in page["data"]]
    assert qrns == sorted(qrns, reverse=True)
    assert qbraid.get("/devices", params={"search": "FORTE"})["data"] == ionq
    calibration = qbraid.get("/devices/aws:ionq:qpu:forte-1/calibrations")["data"]
    assert calibration["deviceQRNs"] == ["aws:ionq:qpu:forte-1"]
    missing = qbraid.ask("GET", f"/devices/{DEVICE}/calibrations")
    assert (missing.status_code, missing.json()["error"]["code"]) == (404, "NOT_FOUND")


def test_a_group_s_numbers_stay_true_when_its_jobs_are_forgotten_and_loaded(
    engine: Engine, connect: Any, clock: SteppedClock, tmp_path: Path
) -> None:
    def numbers(qbraid: Any) -> Any:
        return qbraid.get(f"/jobs/group/{group}")["data"]

    with Sandbox(engine=engine, clock=clock, retention=Retention(jobs=2)) as one, connect(one, "qbraid") as qbraid:
        group = open_group(qbraid)
        jobs, cost = [], 0.0
        for source in (GOOD, GOOD, "nonsense", GOOD, GOOD):
            jobs.append(submit(qbraid, group, source))
            cost += qbraid.finish(jobs[-1])["cost"] or 0.0
        qbraid.ask("DELETE", f"/jobs/{jobs[-1]}")
        jobs.append(submit(qbraid, group))
        clock.advance(0.03)
        assert qbraid.ask("POST", f"/jobs/{jobs[-1]}/cancel").status_code == 202
        qbraid.ask("DELETE", f"/jobs/{jobs[-1]}")
        before = numbers(qbraid)
        counts = [before[name] for name in ("jobCount", "completedCount", "failedCount", "cancelledCount")]
        assert counts == [6, 4, 1, 1]
        assert before["totalCost"] == round(cost, 6)
        assert [job["jobQrn"] for job in qbraid.get(f"/jobs/group/{group}/jobs")["data"]] == [jobs[3]]
        one.save(tmp_path / "state.db")
    with Sandbox(engine=engine, clock=clock) as other, connect(other, "qbraid") as qbraid:
        other.load(tmp_path / "state.db")
        assert numbers(qbraid) == before
        qbraid.ask("DELETE", f"/jobs/{jobs[3]}")
        assert numbers(qbraid) == before
        assert qbraid.ask("POST", f"/jobs/group/{group}/close").json()["data"]["status"] == "FAILED"


def test_groups_are_bounded_in_number_and_size(engine: Engine, connect: Any, clock: SteppedClock) -> None:
    keep = Retention(jobs=2, megabytes=1)
    with Sandbox(engine=engine, clock=clock, retention=keep) as sandbox, connect(sandbox, "qbraid") as qbraid:
        first, second = open_group(qbraid), open_group(qbraid)
        refused = qbraid.ask("POST", "/jobs/group", json={})
        assert (refused.status_code, "Retention(jobs=2" in refused.json()["message"]) == (429, True)
        qbraid.ask("POST", f"/jobs/group/{second}/cancel")
        third = open_group(qbraid)
        assert [group["groupJobQrn"] for group in qbraid.get("/jobs/group")["data"]] == [third, first]
        qbraid.ask("POST", f"/jobs/group/{first}/cancel")
        assert qbraid.ask("POST", "/jobs/group", json={"metadata": {"a": "x" * (1 << 20)}}).status_code == 429
        # What was refused cost nothing that was kept.
        assert len(qbraid.get("/jobs/group")["data"]) == 2
