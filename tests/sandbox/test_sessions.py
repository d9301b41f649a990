"""IonQ's sessions, and jobs made from other jobs."""

from __future__ import annotations

from typing import Any

import pytest

X = {"gateset": "qis", "qubits": 2, "circuit": [{"gate": "x", "target": 0}]}


def body(**changes: Any) -> dict[str, Any]:
    return {"type": "ionq.circuit.v1", "backend": "qpu.forte-1", "shots": 100, "input": X, **changes}


def open_session(ionq: Any, **limits: Any) -> Any:
    return ionq.post("/sessions", {"backend": "qpu.forte-1", "settings": limits})


def test_a_session_is_created_started_by_its_first_job_and_ended(ionq: Any) -> None:
    session = open_session(ionq)
    assert (session["status"], session["active"], session["started_at"]) == ("created", True, None)
    job = ionq.post("/jobs", body(session_id=session["id"]))
    assert job["session_id"] == session["id"]
    other = ionq.post("/jobs", body())
    ionq.finish(job["id"])
    path = f"/sessions/{session['id']}"
    assert ionq.get(path)["status"] == "started"
    assert [one["id"] for one in ionq.get(path + "/jobs")["jobs"]] == [job["id"]]
    assert [one["id"] for one in ionq.get("/jobs", params={"session_id": session["id"]})["jobs"]] == [job["id"]]
    assert ionq.get(f"/jobs/{other['id']}")["session_id"] is None
    ended = ionq.ask("POST", path + "/end").json()
    assert (ended["status"], ended["active"], ended["ender_id"]) == ("ended", False, ended["creator_id"])
    assert ionq.ask("POST", path + "/end").json() == ended
    assert ionq.ask("POST", "/jobs", json=body(session_id=session["id"])).status_code == 400


def test_sessions_are_listed_by_whether_they_are_active(ionq: Any) -> None:
    first, second = open_session(ionq), open_session(ionq)
    ionq.ask("POST", f"/sessions/{first['id']}/end")

    def listed(**params: Any) -> list[str]:
        return [session["id"] for session in ionq.get("/sessions", params=params)["sessions"]]

    assert listed() == [second["id"], first["id"]]
    assert listed(active="true") == [second["id"]]
    assert listed(active="false") == [first["id"]]


def test_a_session_ends_when_its_time_is_over(ionq: Any) -> None:
    session = open_session(ionq, duration_limit_min=1, cost_limit={"unit": "usd", "value": 5})
    assert session["settings"]["cost_limit"] == {"unit": "usd", "value": 5}
    ionq.clock.advance(60)
    ended = ionq.get(f"/sessions/{session['id']}")
    assert (ended["status"], ended["ended_at"], ended["ender_id"]) == ("ended", session["settings"]["expires_at"], None)


def test_a_session_takes_as_many_jobs_as_its_limit_says_and_only_its_backend_s(ionq: Any) -> None:
    session = open_session(ionq, job_count_limit=1)
    for changes in ({"backend": "simulator", "session_id": session["id"]}, {"session_id": "none"}):
        response = ionq.ask("POST", "/jobs", json=body(**changes))
        assert response.json()["validation"]["keys"] == ["session_id"]
    ionq.post("/jobs", body(session_id=session["id"]))
    assert ionq.ask("POST", "/jobs", json=body(session_id=session["id"])).status_code == 400


@pytest.mark.parametrize(
    "wrong",
    [{}, {"backend": "qpu.none"}, {"backend": "simulator", "settings": {"cost_limit": {"value": "much"}}}],
)
def test_an_invalid_session_is_refused(ionq: Any, wrong: dict[str, Any]) -> None:
    assert ionq.ask("POST", "/sessions", json=wrong).status_code == 400
    assert ionq.ask("GET", "/sessions/none").status_code == 404


def test_a_clone_runs_the_same_circuits_with_what_was_changed(ionq: Any) -> None:
    job = ionq.finish(ionq.post("/jobs", body(name="first", metadata={"run": "1"}))["id"])
    clone = ionq.finish(ionq.post(f"/jobs/{job['id']}/clone", {"shots": 7, "name": "second"})["id"])
    assert (clone["name"], clone["shots"], clone["metadata"]) == ("second", 7, {"run": "1"})
    assert ionq.get(f"/jobs/{clone['id']}/results/histogram") == {"1": 7}
    assert ionq.ask("POST", f"/jobs/{job['id']}/clone", json={"shots": 0}).status_code == 400
    assert ionq.ask("POST", "/jobs/none/clone", json={}).status_code == 404


def test_a_moved_job_goes_on_at_another_backend_and_is_cancelled_here(ionq: Any) -> None:
    job = ionq.post("/jobs", body())
    moved = ionq.post(f"/jobs/{job['id']}/move", {"backend": "simulator"})
    assert ionq.finish(moved["id"])["backend"] == "simulator"
    assert ionq.get(f"/jobs/{job['id']}")["status"] == "canceled"
