"""What is made from a reference inside a sandbox stays inside it, and sandboxes do not wait for each other."""

from __future__ import annotations

import asyncio
import os
import pickle
import re
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import quantum_jobs
from quantum_sandbox import ACCEPTED_KEY, Engine, Sandbox

URLS = {
    "IONQ_API_URL": "/v0.4",
    "IONQ_V0_4_API_URL": "/v0.4",
    "IONQ_V0_3_API_URL": "/v0.3",
    "QBRAID_API_URL": "/api/v1",
}
KEYS = ("IONQ_API_KEY", "QBRAID_API_KEY")
DEVICES = {"ionq-v0.4": "simulator", "ionq-v0.3": "simulator", "qbraid-v2": "ionq:ionq:sim:simulator"}
X = {"gateset": "qis", "qubits": 2, "circuit": [{"gate": "x", "target": 0}]}


def variables() -> dict[str, str | None]:
    return {name: os.environ.get(name) for name in (*URLS, *KEYS)}


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A key and an address of the user's own, which are there again after each test."""
    for name in (*URLS, *KEYS):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("IONQ_API_KEY", "the-user-s-own-key")
    before = variables()
    yield
    assert variables() == before


def test_the_variables_of_both_versions_of_ionq_and_of_qbraid_lead_to_the_sandbox(engine: Engine) -> None:
    with Sandbox(engine=engine, set_environment=False) as sandbox:
        found = sandbox.environment()
        assert set(found) == {*URLS, *KEYS}
        root = sandbox.url("ionq").removesuffix("/v0.4")
        assert {name: found[name] for name in URLS} == {name: root + path for name, path in URLS.items()}
        for name in ("IONQ_V0_4_API_URL", "IONQ_V0_3_API_URL"):
            assert httpx.get(found[name] + "/backends").status_code == 200
        headers = {"X-API-KEY": found["QBRAID_API_KEY"]}
        assert httpx.get(found["QBRAID_API_URL"] + "/jobs", headers=headers).status_code == 200


def test_the_variables_are_set_inside_and_as_they_were_outside(engine: Engine) -> None:
    before = variables()
    with Sandbox(engine=engine) as sandbox:
        assert variables() == sandbox.environment()
    assert variables() == before
    with pytest.raises(RuntimeError, match="of the user"), Sandbox(engine=engine):
        raise RuntimeError("of the user")
    assert variables() == before


def test_the_innermost_sandbox_has_the_variables_in_whatever_order_they_are_left(engine: Engine) -> None:
    before = variables()
    with Sandbox(engine=engine) as outer:
        with Sandbox(engine=engine) as inner:
            assert variables() == inner.environment()
        assert variables() == outer.environment()
    assert variables() == before
    one, other = Sandbox(engine=engine), Sandbox(engine=engine)
    one.__enter__()
    other.__enter__()
    one.__exit__(None, None, None)
    assert variables() == other.environment()
    other.__exit__(None, None, None)
    assert variables() == before


def test_asynchronous_code_has_the_variables_too(engine: Engine) -> None:
    async def main() -> None:
        async with Sandbox(engine=engine) as sandbox:
            assert variables() == sandbox.environment()

    before = variables()
    asyncio.run(main())
    assert variables() == before


def test_the_variables_can_be_left_as_they_are(engine: Engine) -> None:
    before = variables()
    with Sandbox(engine=engine, set_environment=False):
        assert variables() == before
    started = Sandbox(engine=engine)
    started.start()
    assert variables() == before, "only entering sets them"
    started.stop()


@pytest.mark.parametrize("service", list(DEVICES))
def test_a_reference_a_pickle_and_a_new_client_reach_the_sandbox_they_are_made_in(engine: Engine, service: str) -> None:
    with Sandbox(engine=engine) as sandbox:
        with sandbox.connect(service) as client:
            job = client.submit(X, device=DEVICES[service], shots=10)
            kept = pickle.dumps(job)
        assert quantum_jobs.job(job.ref).id == job.id
        assert pickle.loads(kept).refresh().id == job.id
        with quantum_jobs.connect(service) as another:
            assert [one.id for one in another.jobs()] == [job.id]


def test_in_process_they_reach_nobody(engine: Engine) -> None:
    with Sandbox(engine=engine, in_process=True):
        for name, path in URLS.items():
            url = os.environ[name]
            assert re.fullmatch(rf"http://127\.0\.0\.1:\d+{re.escape(path)}", url)
            with pytest.raises(httpx.ConnectError):
                httpx.get(url + "/jobs")
        assert os.environ["IONQ_API_KEY"] != "the-user-s-own-key"


@pytest.mark.parametrize("in_process", [True, False])
def test_no_two_sandboxes_have_the_same_address_or_key(engine: Engine, in_process: bool) -> None:
    with Sandbox(engine=engine, in_process=in_process) as one, Sandbox(engine=engine, in_process=in_process) as other:
        assert one.url("qbraid") != other.url("qbraid")
        keys = [one.api_key, other.api_key]
        one.reset()
        keys.append(one.api_key)
    with one:
        keys.append(one.api_key)
        assert one.environment()["QBRAID_API_KEY"] == one.api_key
    assert len(set(keys)) == 4
    assert all(re.fullmatch(rf"{ACCEPTED_KEY}-[0-9a-f]{{8}}", key) for key in keys)


def test_the_keys_of_sandboxes_are_keys_of_one_account(engine: Engine, tmp_path: Path) -> None:
    def jobs(sandbox: Sandbox, key: str) -> list[str]:
        headers = {"Authorization": f"apiKey {key}"}
        return [job["id"] for job in httpx.get(sandbox.url("ionq") + "/jobs", headers=headers).json()["jobs"]]

    with Sandbox(engine=engine) as one:
        with one.connect("ionq") as client:
            job = client.submit(X, device="simulator", shots=10)
        assert jobs(one, ACCEPTED_KEY) == jobs(one, one.api_key) == [job.id]
        assert jobs(one, f"{ACCEPTED_KEY}-of-mine") == []
        one.save(tmp_path / "state.db")
    with Sandbox(engine=engine) as other:
        other.load(tmp_path / "state.db")
        assert jobs(other, other.api_key) == [job.id]


def test_no_sandbox_waits_for_the_rate_limit_of_another_one(engine: Engine) -> None:
    """The clients keep to what qBraid documents, 1,000 requests in 15 minutes."""
    with (
        Sandbox(engine=engine, in_process=True) as one,
        Sandbox(engine=engine, in_process=True) as other,
        one.connect("qbraid") as busy,
        other.connect("qbraid") as fresh,
    ):
        for _ in range(1000):
            list(busy.jobs(limit=1))
        began = time.monotonic()
        assert list(fresh.jobs()) == []
        one.reset()
        with one.connect("qbraid") as again:
            assert list(again.jobs()) == []
        assert time.monotonic() - began < 5
