"""A sandbox saved to a file goes on elsewhere as if nothing had happened."""

from __future__ import annotations

import contextlib
import sqlite3
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from quantum_sandbox import Engine, LatencyProfile, Sandbox, SteppedClock
from quantum_sandbox.engine import Outcome, Task
from quantum_sandbox.errors import SandboxError

QASM = {"format": "qasm3", "data": "OPENQASM 3; qubit[2] q; U(pi/2, 0, pi) q[0];"}
MULTI = {"gateset": "qis", "qubits": 2, "circuits": [{"circuit": [{"gate": "x", "target": i}]} for i in range(2)]}


def fill(ionq: Any, qbraid: Any) -> None:
    session = ionq.post("/sessions", {"backend": "qpu.forte-1"})["id"]
    body = {"type": "ionq.multi-circuit.v1", "backend": "qpu.forte-1", "input": MULTI, "session_id": session}
    ionq.finish(ionq.post("/jobs", body)["id"])
    group = qbraid.post("/jobs/group", {"name": "g"})["data"]["groupJobQrn"]
    program = {"deviceQrn": "qbraid:qbraid:sim:qir-sv", "shots": 100, "program": QASM, "groupJobQrn": group}
    qbraid.finish(qbraid.post("/jobs", program)["data"]["jobQrn"])
    cancelled = qbraid.post("/jobs", {**program, "tags": {"a": 1}})["data"]["jobQrn"]
    qbraid.ask("POST", f"/jobs/{cancelled}/cancel")
    qbraid.post("/jobs", {**program, "name": "waits"})


def view(ionq: Any, qbraid: Any) -> list[Any]:
    """All that the two clouds tell, at a moment when nothing is being simulated."""
    jobs = [ionq.get(f"/jobs/{job['id']}") for job in ionq.get("/jobs")["jobs"]]
    children = [ionq.get(f"/jobs/{child}") for job in jobs for child in job["child_job_ids"]]
    results = [ionq.get(f"/jobs/{child['id']}/results/shots") for child in children]
    qbraid_jobs = qbraid.get("/jobs")["data"]
    done = [job["jobQrn"] for job in qbraid_jobs if job["status"] == "COMPLETED"]
    return [
        *(jobs, children, results, ionq.get("/sessions"), qbraid_jobs, qbraid.get("/jobs/group")["data"]),
        *(qbraid.get(f"/jobs/{qrn}/result")["data"] for qrn in done),
        *(qbraid.get(path)["data"] for path in ("/billing/credits/balance", "/jobs/statuses")),
    ]


def test_what_was_saved_is_loaded_and_goes_on(
    engine: Engine, connect: Any, clock: SteppedClock, tmp_path: Path
) -> None:
    file = tmp_path / "state.db"
    ends = []
    with Sandbox(engine=engine, clock=clock) as one, connect(one, "ionq") as ionq, connect(one, "qbraid") as qbraid:
        fill(ionq, qbraid)
        before = view(ionq, qbraid)
        one.save(file)
        one.save(file)
        ends.append(qbraid.post("/jobs", {"deviceQrn": "aws:aws:sim:sv1", "program": QASM})["data"]["jobQrn"])
    with (
        Sandbox(engine=engine, clock=clock) as other,
        connect(other, "ionq") as ionq,
        connect(other, "qbraid") as qbraid,
    ):
        other.load(file)
        assert view(ionq, qbraid) == before
        ends.append(qbraid.post("/jobs", {"deviceQrn": "aws:aws:sim:sv1", "program": QASM})["data"]["jobQrn"])
        waits = next(job for job in qbraid.get("/jobs")["data"] if job.get("name") == "waits")
        assert qbraid.finish(waits["jobQrn"])["status"] == "COMPLETED"
        assert qbraid.get("/billing/credits/balance")["data"]["qbraidCredits"] < before[-2]["qbraidCredits"]
    assert ends[0] == ends[1], "ids go on where they were"
    assert list(tmp_path.iterdir()) == [file]


def test_time_goes_on_from_where_it_was(engine: Engine, connect: Any, tmp_path: Path) -> None:
    late = SteppedClock(2_000_000_000.0)
    with Sandbox(engine=engine, clock=late, in_process=True) as sandbox:
        sandbox.save(tmp_path / "state.db")
    early = SteppedClock(1_900_000_000.0)
    with Sandbox(engine=engine, clock=early, in_process=True) as sandbox:
        sandbox.load(tmp_path / "state.db")
        assert early.now() == 2_000_000_000.0


def test_a_saved_sandbox_holds_no_key(engine: Engine, tmp_path: Path) -> None:
    with Sandbox(engine=engine, in_process=True, latency=LatencyProfile(running=1000)) as sandbox:
        with sandbox.connect("qbraid", api_key="very-secret-key") as qbraid:
            qbraid.submit("OPENQASM 3; qubit q;", device="qbraid:qbraid:sim:qir-sv", shots=1)
        sandbox.save(tmp_path / "state.db")
    content = (tmp_path / "state.db").read_bytes()
    assert b"OPENQASM" in content
    assert b"very-secret-key" not in content


@pytest.mark.parametrize("content", [None, b"", b"nothing of the kind", "other database"])
def test_a_file_that_is_none_is_said_so_and_changes_nothing(
    sandbox: Sandbox, ionq: Any, tmp_path: Path, content: bytes | str | None
) -> None:
    job = ionq.post(
        "/jobs", {"type": "ionq.qasm3.v1", "backend": "simulator", "input": {"data": "OPENQASM 3; qubit q;"}}
    )
    file = tmp_path / "other.db"
    if isinstance(content, bytes):
        file.write_bytes(content)
    elif content is not None:
        with contextlib.closing(sqlite3.connect(file)) as other, other:
            other.execute("CREATE TABLE about (name TEXT, value TEXT)")
    with pytest.raises(SandboxError, match=r"other\.db"):
        sandbox.load(file)
    assert ionq.get("/jobs")["jobs"][0]["id"] == job["id"]
    with pytest.raises(SandboxError, match="cannot be written"):
        sandbox.save(tmp_path / "no-folder" / "state.db")


def test_an_outcome_that_several_jobs_have_is_saved_once(sandbox: Sandbox, ionq: Any, tmp_path: Path) -> None:
    circuit = {"gateset": "qis", "qubits": 2, "circuit": [{"gate": "h", "target": 0}]}
    for _ in range(3):
        ionq.finish(ionq.post("/jobs", {"type": "ionq.circuit.v1", "backend": "simulator", "input": circuit})["id"])
    sandbox.save(tmp_path / "state.db")
    with contextlib.closing(sqlite3.connect(tmp_path / "state.db")) as file:
        assert file.execute("SELECT count(*) FROM outcomes").fetchone() == (1,)
        assert file.execute("SELECT count(*) FROM jobs").fetchone() == (3,)


@pytest.mark.parametrize("deleted", [1, 2])
def test_a_parent_keeps_its_results_where_children_were_deleted(
    engine: Engine, connect: Any, clock: SteppedClock, tmp_path: Path, deleted: int
) -> None:
    body = {"type": "ionq.multi-circuit.v1", "backend": "qpu.forte-1", "input": MULTI}
    with Sandbox(engine=engine, clock=clock) as one, connect(one, "ionq") as ionq:
        job = ionq.finish(ionq.post("/jobs", body)["id"])
        ionq.ask("DELETE", "/jobs", json={"ids": job["child_job_ids"][:deleted]})
        # One that was never begun has no outcome to save.
        gone = ionq.post("/jobs", body)["id"]
        ionq.ask("PUT", f"/jobs/{gone}/status/cancel")
        paths = ["/jobs", *(f"/jobs/{one}" for one in (job["id"], gone)), f"/jobs/{job['id']}/cost"]
        paths += [f"/jobs/{job['id']}/results/probabilities/aggregated"]
        before = [ionq.get(path) for path in paths]
        one.save(tmp_path / "state.db")
    with Sandbox(engine=engine, clock=clock) as other, connect(other, "ionq") as ionq:
        other.load(tmp_path / "state.db")
        assert [ionq.get(path) for path in paths] == before
        assert len(before[-1]) == 2


def test_what_is_loaded_runs_once_for_parent_and_child(
    engine: Engine, connect: Any, clock: SteppedClock, tmp_path: Path
) -> None:
    class Idle(Engine):
        """Does nothing, and says what it was asked."""

        def __init__(self) -> None:
            self.tasks: list[Task] = []

        def submit(self, task: Task) -> Future[Outcome]:
            self.tasks.append(task)
            return Future()

    idle = Idle()
    body = {"type": "ionq.multi-circuit.v1", "backend": "qpu.forte-1", "input": MULTI}
    with Sandbox(engine=idle, clock=clock) as one, connect(one, "ionq") as ionq:
        waits = ionq.post("/jobs", body)["id"]
        # The first one's circuit runs on for its parent.
        ionq.ask("DELETE", f"/jobs/{ionq.get(f'/jobs/{waits}')['child_job_ids'][0]}")
        given_up = ionq.post("/jobs", body)["id"]
        ionq.ask("PUT", f"/jobs/{given_up}/status/cancel")
        one.save(tmp_path / "state.db")
    submitted, idle.tasks = idle.tasks[:2], []
    with Sandbox(engine=idle, clock=clock) as other, connect(other, "ionq") as ionq:
        other.load(tmp_path / "state.db")
        assert sorted(task.seed for task in idle.tasks) == sorted(task.seed for task in submitted)
        assert ionq.get(f"/jobs/{given_up}")["status"] == "canceled"
    with Sandbox(engine=engine, clock=clock) as third, connect(third, "ionq") as ionq:
        third.load(tmp_path / "state.db")
        assert ionq.finish(waits)["status"] == "completed"
        assert len(ionq.get(f"/jobs/{waits}/results/probabilities/aggregated")) == 2


def test_a_clock_that_begins_at_0_goes_on_from_the_file(sandbox: Sandbox, engine: Engine, tmp_path: Path) -> None:
    sandbox.save(tmp_path / "state.db")
    clock = SteppedClock(0)
    with Sandbox(engine=engine, clock=clock, in_process=True) as other:
        other.load(tmp_path / "state.db")
        assert clock.now() == sandbox.clock.now()


NO_OUTCOME = "UPDATE jobs SET value = json_set(value, '$.computations', json('[]'))"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE about SET value = '1' WHERE name = 'format'",
        *(f"UPDATE about SET value = '{now}' WHERE name = 'now'" for now in ("x", "nan", "1e12", "-5", "inf")),
        *(f"UPDATE outcomes SET value = '{value}'" for value in ("[]", "{}", "null", '{"measured":{}}')),
        "UPDATE outcomes SET value = json_set(value, '$.measured.probabilities', 5)",
        'UPDATE outcomes SET value = \'{"failed":{"kind":"bored","message":""}}\'',
        "DELETE FROM outcomes",
        *(NO_OUTCOME, NO_OUTCOME.replace("[]", "[{}]"), NO_OUTCOME.replace("[]", '[{"abandoned":true}]')),
        *(f"UPDATE jobs SET value = '{value}'" for value in ("{}", "null", "[1]", "[" * 100_000)),
        *(
            f"UPDATE jobs SET value = json_set(value, '$.{name}', {value})"
            for name, value in (
                *(("device", "'qpu.other'"), ("device", "5"), ("request", "5"), ("request", "json('{}')")),
                *(("submitted_at", "'now'"), ("submitted_at", "1e13"), ("submitted_at", "9e999")),
                *(("sequence", "1"), ("sequence", "'a'"), ("id", "'same'"), ("child_ids", 'json(\'["a","b"]\')')),
                *(("latency", "5"), ("latency.running", "-1"), ("parent_id", "'none'"), ("cancelled_at", "'x'")),
            )
        ),
        *(
            "DELETE FROM clouds",
            "UPDATE clouds SET value = '[]'",
            "UPDATE clouds SET value = json_remove(value, '$.store')",
        ),
        "UPDATE clouds SET value = json_set(value, '$.extra', 5) WHERE service = 'qbraid-v2'",
        "UPDATE clouds SET value = json_set(value, '$.store.seen', 5)",
    ],
)
def test_a_broken_file_is_said_so_and_changes_nothing(sandbox: Sandbox, ionq: Any, tmp_path: Path, change: str) -> None:
    circuit = {"type": "ionq.circuit.v1", "backend": "simulator", "input": {**MULTI, "circuit": []}}
    del circuit["input"]["circuits"]  # type: ignore[attr-defined]  # a dict, as above
    jobs = [ionq.finish(ionq.post("/jobs", circuit)["id"])["id"] for _ in range(2)]
    file = tmp_path / "state.db"
    sandbox.save(file)
    with contextlib.closing(sqlite3.connect(file)) as opened, opened:
        assert opened.execute(change).rowcount
    kept, now = ionq.post("/jobs", circuit)["id"], ionq.clock.now()
    with pytest.raises(SandboxError, match=r"state\.db"):
        sandbox.load(file)
    assert [job["id"] for job in ionq.get("/jobs")["jobs"]] == [kept, *jobs[::-1]]
    assert ionq.clock.now() == now
