"""IonQ's sessions, and jobs made from other jobs."""

from __future__ import annotations

from typing import Any

import pytest
from quantum_sandbox import Retention, Sandbox

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


def test_a_session_counts_jobs_that_are_deleted_and_forgets_the_jobs_themselves(ionq: Any, sandbox: Any) -> None:
    session = open_session(ionq, job_count_limit=2)
    path = f"/sessions/{session['id']}"
    first = ionq.finish(ionq.post("/jobs", body(session_id=session["id"]))["id"])
    ionq.ask("DELETE", f"/jobs/{first['id']}")
    started = ionq.get(path)
    assert (started["status"], started["started_at"]) == ("started", first["started_at"])
    held = sandbox._dispatcher.clouds[0].sessions._sessions.get(session["id"], sandbox_owner(sandbox))
    assert held.jobs == {}
    ionq.post("/jobs", body(session_id=session["id"]))
    assert ionq.ask("POST", "/jobs", json=body(session_id=session["id"])).status_code == 400
    assert ionq.get(path)["started_at"] == first["started_at"]


def sandbox_owner(sandbox: Any) -> str:
    (owner,) = {one["owner"] for one in sandbox._dispatcher.clouds[0].sessions.saved()}
    return str(owner)


def test_as_many_sessions_are_kept_as_jobs_and_the_oldest_that_ended_goes_first(
    engine: Any, clock: Any, connect: Any
) -> None:
    with Sandbox(engine=engine, clock=clock, retention=Retention(jobs=3)) as sandbox, connect(sandbox, "ionq") as ionq:
        sessions = [open_session(ionq)["id"] for _ in range(3)]
        refused = ionq.ask("POST", "/sessions", json={"backend": "qpu.forte-1"})
        assert refused.status_code == 429
        assert "Retention(jobs=3" in refused.json()["message"]
        ionq.ask("POST", f"/sessions/{sessions[1]}/end")
        sessions.append(open_session(ionq)["id"])
        kept = [session["id"] for session in ionq.get("/sessions")["sessions"]]
        assert kept == [sessions[3], sessions[2], sessions[0]]


def test_a_wrong_unit_is_named_with_its_place(ionq: Any) -> None:
    settings = {"cost_limit": {"value": 1, "unit": 5}}
    answer = ionq.ask("POST", "/sessions", json={"backend": "simulator", "settings": settings})
    assert answer.json()["validation"]["keys"] == ["settings.cost_limit.unit"]


def test_a_session_s_jobs_and_limits_go_on_where_they_were_loaded(
    engine: Any, clock: Any, connect: Any, tmp_path: Any
) -> None:
    with Sandbox(engine=engine, clock=clock) as one, connect(one, "ionq") as ionq:
        session = open_session(ionq, job_count_limit=2)["id"]
        gone, kept = (ionq.post("/jobs", body(session_id=session))["id"] for _ in range(2))
        ionq.finish(kept)
        ionq.ask("DELETE", f"/jobs/{gone}")
        before = ionq.get(f"/sessions/{session}")
        one.save(tmp_path / "state.db")
    with Sandbox(engine=engine, clock=clock) as other, connect(other, "ionq") as ionq:
        other.load(tmp_path / "state.db")
        assert ionq.get(f"/sessions/{session}") == before
        assert ionq.ask("POST", "/jobs", json=body(session_id=session)).status_code == 400
