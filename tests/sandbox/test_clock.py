"""With a clock that a test moves, what is shown depends on the time alone, and not on how fast this machine is."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future
from typing import Any

import httpx
import pytest
from quantum_sandbox import Engine, LatencyProfile, Sandbox, SteppedClock
from quantum_sandbox.engine import Outcome, Task

SLOWLY = 0.15
"""Seconds of this machine after which a simulation ends here."""
X = {"gateset": "qis", "qubits": 2, "circuit": [{"gate": "x", "target": 0}]}
BAD = "OPENQASM 3; nonsense"
PACE = LatencyProfile(submitted=1, queued=2, running=3)


class Slow:
    """The simulator, whose outcomes are told late."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.asked = 0

    def submit(self, task: Task) -> Future[Outcome]:
        self.asked += 1
        late: Future[Outcome] = Future()

        def tell(done: Future[Outcome]) -> None:
            def settle() -> None:
                if late.set_running_or_notify_cancel():
                    late.set_result(done.result())

            threading.Timer(SLOWLY, settle).start()

        self._engine.submit(task).add_done_callback(tell)
        return late


@pytest.fixture(params=["fast", "slow"])
def ionq(request: pytest.FixtureRequest, engine: Engine, connect: Any) -> Iterator[Any]:
    chosen: Any = engine if request.param == "fast" else Slow(engine)
    own = SteppedClock()
    with Sandbox(engine=chosen, clock=own, latency=PACE) as sandbox, connect(sandbox, "ionq") as cloud:
        cloud.clock = own
        yield cloud


def body(**changes: Any) -> dict[str, Any]:
    return {"type": "ionq.circuit.v1", "backend": "qpu.forte-1", "shots": 10, "input": X, **changes}


def test_a_job_is_at_its_end_once_its_time_is_over(ionq: Any) -> None:
    job_id = ionq.post("/jobs", body())["id"]
    ionq.clock.advance(3600)
    job = ionq.get(f"/jobs/{job_id}")
    assert (job["status"], job["execution_duration_ms"]) == ("completed", 3000)
    assert ionq.get(f"/jobs/{job_id}/results/histogram") == {"1": 10}


def test_each_answer_on_the_way_is_the_same_on_any_machine(ionq: Any) -> None:
    job_id = ionq.post("/jobs", body())["id"]
    seen = []
    for seconds in (0, 0.5, 1, 2, 1, 2):
        ionq.clock.advance(seconds)
        job = ionq.get(f"/jobs/{job_id}")
        cost = ionq.get(f"/jobs/{job_id}/cost")
        seen.append((job["status"], bool(job["stats"]), job["started_at"] is not None, "cost" in cost))
    assert seen == [
        ("submitted", False, False, False),
        ("submitted", False, False, False),
        ("ready", False, False, False),
        ("started", True, True, False),
        ("started", True, True, False),
        ("completed", True, True, True),
    ]


def test_listings_and_counts_of_jobs_agree_with_the_jobs(ionq: Any) -> None:
    ids = [ionq.post("/jobs", body())["id"] for _ in range(3)]
    ionq.clock.advance(3600)
    assert [job["id"] for job in ionq.get("/jobs", params={"status": "completed"})["jobs"]] == ids[::-1]
    assert ionq.get("/jobs", params={"status": "started"})["jobs"] == []


def test_a_bad_program_fails_when_it_is_looked_at_and_not_before(ionq: Any) -> None:
    job_id = ionq.post("/jobs", body(type="ionq.qasm3.v1", input={"data": BAD}))["id"]
    ionq.clock.advance(0.5)
    assert ionq.get(f"/jobs/{job_id}")["status"] == "submitted"
    ionq.clock.advance(0.5)
    job = ionq.get(f"/jobs/{job_id}")
    assert (job["status"], job["started_at"]) == ("failed", None)


def test_a_job_that_was_cancelled_is_not_waited_for(engine: Engine, connect: Any) -> None:
    slow: Any = Slow(engine)
    own = SteppedClock()
    with Sandbox(engine=slow, clock=own, latency=PACE) as sandbox, connect(sandbox, "ionq") as ionq:
        job_id = ionq.post("/jobs", body())["id"]
        began = time.monotonic()
        ionq.ask("PUT", f"/jobs/{job_id}/status/cancel")
        own.advance(3600)
        assert ionq.get(f"/jobs/{job_id}")["status"] == "canceled"
        assert time.monotonic() - began < SLOWLY


def test_with_the_time_of_this_machine_nobody_waits_for_a_simulation(engine: Engine) -> None:
    slow: Any = Slow(engine)
    headers = {"Authorization": "apiKey k"}
    with Sandbox(engine=slow, latency=LatencyProfile(0, 0, 0)) as sandbox, httpx.Client(headers=headers) as http:
        url = sandbox.url("ionq") + "/jobs"
        job_id = http.post(url, json=body()).json()["id"]
        assert http.get(f"{url}/{job_id}").json()["status"] == "started"
        deadline = time.monotonic() + 30
        while http.get(f"{url}/{job_id}").json()["status"] != "completed":
            assert time.monotonic() < deadline
            time.sleep(0.01)


class Never:
    """A simulator that comes to no end."""

    def __init__(self) -> None:
        self.future: Future[Outcome] = Future()

    def submit(self, task: Task) -> Future[Outcome]:
        return self.future


def status_in_a_thread(sandbox: Sandbox, clock: SteppedClock, found: list[Any]) -> threading.Thread:
    """Asks for a job whose time is over. It waits for the simulation by now."""
    headers = {"Authorization": "apiKey k"}
    url = sandbox.url("ionq") + "/jobs"
    job_id = httpx.post(url, json=body(), headers=headers).json()["id"]
    clock.advance(3600)

    def ask() -> None:
        try:
            found.append(httpx.get(f"{url}/{job_id}", headers=headers, timeout=30).json())
        except httpx.HTTPError as error:
            found.append(error)

    thread = threading.Thread(target=ask)
    # A fault that does nothing counts the requests that have come so far.
    arrived = sandbox.faults.add("delay", seconds=0.0, operation="get_job")
    thread.start()
    deadline = time.monotonic() + 30
    while not sandbox.faults.struck(arrived):
        assert time.monotonic() < deadline
        time.sleep(0.005)
    time.sleep(0.05)
    return thread


@pytest.mark.parametrize("how", ["cancel", "reset", "stop"])
def test_what_ends_a_simulation_ends_the_waiting_for_it(how: str) -> None:
    engine: Any = Never()
    own = SteppedClock()
    found: list[Any] = []
    with Sandbox(engine=engine, clock=own) as sandbox:
        thread = status_in_a_thread(sandbox, own, found)
        assert thread.is_alive()
        began = time.monotonic()
        {"cancel": engine.future.cancel, "reset": sandbox.reset, "stop": sandbox.stop}[how]()
        thread.join(10)
        assert not thread.is_alive()
        assert time.monotonic() - began < 5
    assert len(found) == 1
    if how == "cancel":
        assert found[0]["failure"]["message"] == "the simulation was stopped"
