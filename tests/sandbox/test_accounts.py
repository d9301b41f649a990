"""Each key has an account of its own, with its own jobs, its own money and its own share of requests."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from quantum_sandbox import Engine, RateLimit, Retention, Sandbox, SteppedClock

JOB = {
    "type": "ionq.circuit.v1",
    "backend": "simulator",
    "input": {"gateset": "qis", "qubits": 1, "circuit": [{"gate": "x", "target": 0}]},
}


def client(sandbox: Sandbox, service: str, key: str) -> httpx.Client:
    headers = {"Authorization": f"apiKey {key}", "X-API-KEY": key} if key else {}
    return httpx.Client(transport=sandbox.transport(), base_url=sandbox.url(service), headers=headers)


def test_nobody_sees_or_changes_the_jobs_of_another_key(sandbox: Sandbox) -> None:
    with client(sandbox, "ionq", "mine") as mine, client(sandbox, "ionq", "theirs") as theirs:
        job = mine.post("/jobs", json=JOB).json()["id"]
        assert theirs.get("/jobs").json()["jobs"] == []
        assert theirs.get("/jobs", params={"ids": job}).json()["jobs"] == []
        for method, path in [("GET", ""), ("DELETE", ""), ("PUT", "/status/cancel"), ("POST", "/clone")]:
            assert theirs.request(method, f"/jobs/{job}{path}", json={}).status_code == 404
        assert [one["id"] for one in mine.get("/jobs").json()["jobs"]] == [job]
        assert mine.get("/whoami").json() != theirs.get("/whoami").json()
        assert mine.get("/whoami").json() == mine.get("/whoami").json()


def test_qbraid_s_limit_is_1000_requests_in_15_minutes_for_each_key(engine: Engine) -> None:
    clock = SteppedClock()
    with Sandbox(engine=engine, clock=clock, in_process=True, rate_limits=True) as sandbox:
        clients = [client(sandbox, "qbraid", key) for key in ("a", "b", "")]

        def ask(who: int) -> int:
            return clients[who].get("/users/verify").status_code

        assert [ask(0) for _ in range(500)] == [200] * 500
        clock.advance(600)
        assert [ask(0) for _ in range(500)] == [200] * 500
        assert ask(0) == 429
        body = clients[0].get("/jobs").json()
        assert (body["success"], body["message"]) == (False, "Too many requests, please try again later")
        assert ask(1) == 200
        assert [ask(2) for _ in range(101)] == [401] * 100 + [429]
        clock.advance(300)
        assert [ask(0) for _ in range(501)] == [200] * 500 + [429]
        for one in clients:
            one.close()


def test_another_limit_can_be_set_and_a_reset_forgets_the_requests(engine: Engine) -> None:
    rate_limits = {"ionq": RateLimit(2, 60)}
    with (
        Sandbox(engine=engine, in_process=True, rate_limits=rate_limits) as sandbox,
        client(sandbox, "ionq", "a") as ionq,
        client(sandbox, "qbraid", "a") as qbraid,
    ):
        for _ in range(2):
            assert [ionq.get("/whoami").status_code for _ in range(3)] == [200, 200, 429]
            sandbox.reset()
        assert [qbraid.get("/users/verify").status_code for _ in range(3)] == [200] * 3


def test_the_oldest_jobs_go_when_there_are_too_many_and_none_is_refused_for_it(engine: Engine) -> None:
    clock = SteppedClock()
    with (
        Sandbox(engine=engine, clock=clock, in_process=True, retention=Retention(jobs=5)) as sandbox,
        client(sandbox, "ionq", "a") as ionq,
    ):
        ids = []
        for _ in range(8):
            ids.append(ionq.post("/jobs", json=JOB).json()["id"])
            ionq.put(f"/jobs/{ids[-1]}/status/cancel")
            clock.advance(1)
        assert [job["id"] for job in ionq.get("/jobs").json()["jobs"]] == ids[:2:-1]


def test_a_cloud_that_is_full_of_waiting_jobs_takes_no_more(engine: Engine) -> None:
    with (
        Sandbox(engine=engine, clock=SteppedClock(), in_process=True, retention=Retention(jobs=2)) as sandbox,
        client(sandbox, "ionq", "a") as ionq,
    ):
        assert [ionq.post("/jobs", json=JOB).status_code for _ in range(3)] == [201, 201, 429]


@pytest.mark.parametrize("service", ["ionq-v0.4", "ionq-v0.3", "qbraid-v2"])
def test_no_key_is_kept(sandbox: Sandbox, service: str) -> None:
    with client(sandbox, service, "very-secret-key") as http:
        http.get("/jobs")
        http.post("/jobs", json=JOB)
    assert "very-secret-key" not in everything_in(sandbox)


def everything_in(value: Any) -> str:
    """The text of all that an object of the sandbox refers to."""
    texts: list[str] = []
    seen: set[int] = set()
    stack = [value]
    while stack:
        one = stack.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, str | bytes):
            texts.append(repr(one))
        elif isinstance(one, dict):
            stack += [*one.keys(), *one.values()]
        elif isinstance(one, list | tuple | set):
            stack += one
        elif type(one).__module__.startswith("quantum_sandbox"):
            names = [name for kind in type(one).__mro__ for name in getattr(kind, "__slots__", ())]
            stack += [getattr(one, name, None) for name in [*names, *getattr(one, "__dict__", {})]]
    return "\n".join(texts)
