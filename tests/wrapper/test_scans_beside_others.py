"""A scan beside other processes, and after answers that say too much: each point is made once. In virtual time."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path
from typing import Any

import attrs
import httpx
import pytest
import quantum_jobs
from quantum_jobs import errors

from tests.wrapper.virtual_time import Ionq, Outcome, Service, reply

CIRCUIT = {"qubits": 1, "circuit": [{"gate": "x", "target": 0}]}
KEY_TAG = "quantum_jobs_idempotency_key"
#: A job of another process that shows in listings at once.
LONG_AGO = -1e6


@attrs.define(eq=False, slots=False)
class Qbraid:
    """A qBraid of a few lines."""

    jobs: dict[str, dict[str, Any]] = attrs.field(factory=dict)

    def __call__(self, request: httpx.Request, now: float) -> Outcome:
        if request.method == "POST":
            return reply(201, {"success": True, "data": self.store(json.loads(request.content), now)})
        params = request.url.params
        wanted = json.loads(params.get("tags", "{}"))
        found = [job for job in reversed(self.jobs.values()) if wanted.items() <= job["tags"].items()]
        end = int(params["page"]) * int(params["limit"])
        rows = found[end - int(params["limit"]) : end]
        return reply(200, {"success": True, "data": rows, "pagination": {"hasNext": end < len(found)}})

    def store(self, body: dict[str, Any], now: float) -> dict[str, Any]:
        job_id = f"job-{len(self.jobs)}"
        self.jobs[job_id] = {"jobQrn": job_id, "status": "QUEUED", "tags": body.get("tags") or body["metadata"]}
        return self.jobs[job_id]


def keys_of(server: Ionq | Qbraid) -> list[str]:
    """The keys of all jobs at the service."""
    return [(job.get("tags") or job["metadata"])[KEY_TAG] for job in server.jobs.values()]


@pytest.mark.parametrize(("service", "server"), [("ionq", Ionq()), ("qbraid", Qbraid())], ids=["ionq", "qbraid"])
def test_points_that_others_make_meanwhile_are_not_made_again(service: str, server: Ionq | Qbraid) -> None:
    """They are looked for together, once in each confirmation timeout, so a point still costs one request."""
    cloud = Service(server, latency=0.05)

    async def others() -> None:
        for number in range(250, 500, 50):
            await asyncio.sleep(2)
            server.store({"metadata": {KEY_TAG: f"scan:{number}"}}, LONG_AGO)

    async def scenario(client: Any) -> None:
        beside = asyncio.create_task(others())
        scan = {"device": "simulator", "max_in_flight": 1, "idempotency_key": "scan"}
        async for each in client.submit_each([CIRCUIT] * 500, **scan):
            assert each.is_new == (each.point < 250 or each.point % 50 != 0)
            await asyncio.sleep(0.05)
        await beside

    cloud.run(scenario, service)
    assert sorted(keys_of(server)) == sorted(f"scan:{number}" for number in range(500))
    assert len(cloud.requests) <= 1.1 * 500


def test_a_slow_scan_looks_before_a_point_however_late_it_comes() -> None:
    server = Ionq()

    async def scenario(client: Any) -> None:
        scan = {"device": "simulator", "max_in_flight": 1, "idempotency_key": "scan"}
        async for each in client.submit_each([CIRCUIT] * 4, **scan):
            if each.point == 0:
                server.store({"metadata": {KEY_TAG: "scan:3"}}, LONG_AGO)
            await asyncio.sleep(3600)

    Service(server).run(scenario)
    assert keys_of(server) == ["scan:0", "scan:3", "scan:1", "scan:2"]


def test_a_point_whose_job_is_known_is_not_made_again_where_reading_it_fails() -> None:
    """The jobs that a listing has shown before are read in bulk, which is not repeated when it fails."""
    server = Ionq()

    def answer(request: httpx.Request, now: float) -> Outcome:
        return reply(503) if "ids" in request.url.params else server(request, now)

    async def scenario(client: Any) -> None:
        for number in range(3):
            server.store({"metadata": {KEY_TAG: f"scan:{number}"}}, LONG_AGO)
        for number in range(60):
            server.store({"metadata": {KEY_TAG: f"newer-{number}"}}, LONG_AGO)
        assert await client.find_submission("nobody-s") is None
        points = await client.submit_many([CIRCUIT] * 3, device="simulator", idempotency_key="scan", progress=False)
        assert [point.job.id for point in points] == ["job-0", "job-1", "job-2"]

    Service(answer).run(scenario)


class SaysTooMany:
    """An IonQ that makes the first job, shows it late, and answers with a 429 for more than a minute. With ``fails`` it
    is out of order for a moment then."""

    def __init__(self, lag: float, *, fails: float = 0.0) -> None:
        self.server = Ionq(lag=lag)
        self.fails = fails
        self.down_until: float | None = None

    def __call__(self, request: httpx.Request, now: float) -> Outcome:
        if request.method == "POST" and self.down_until is None:
            self.down_until = now + self.fails
            self.server.store(json.loads(request.content), now)
            return reply(429, {"message": "slow down"}, {"retry-after": "90"})
        if self.down_until is not None and now < self.down_until:
            return reply(503)
        return self.server(request, now)


@pytest.mark.parametrize("fails", [0.0, 30.0])
@pytest.mark.parametrize("key", [None, "scan"])
def test_a_point_that_was_made_in_spite_of_a_429_is_found_before_the_scan_comes_again(
    key: str | None, fails: float
) -> None:
    cloud = SaysTooMany(2.0, fails=fails)

    async def scenario(client: Any) -> None:
        (point,) = await client.submit_many([CIRCUIT], device="simulator", idempotency_key=key, progress=False)
        assert point.job.id == "job-0"

    Service(cloud).run(scenario)
    assert len(keys_of(cloud.server)) == 1


def test_a_point_that_was_sent_and_then_found_counts_once_against_the_limit_of_costs() -> None:
    cloud = SaysTooMany(2.0, fails=30.0)

    def answer(request: httpx.Request, now: float) -> Outcome:
        if "estimate" in request.url.path:
            return reply(200, {"estimated_total_cost": 5, "estimated_unit": "usd"})
        return cloud(request, now)

    async def scenario(client: Any) -> None:
        limits = {"max_cost": 10, "max_in_flight": 1}
        points = await client.submit_many([CIRCUIT] * 3, device="simulator", progress=False, **limits)
        assert [point.job and point.job.id for point in points] == ["job-0", "job-1", None]
        assert isinstance(points[2].error, errors.CostLimitError)

    Service(answer).run(scenario)


@pytest.mark.parametrize("key", [None, "scan"])
def test_with_a_store_it_is_found_too(tmp_path: Path, key: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quantum_jobs.core.scanning.LONGEST_PAUSE", 0.4)
    cloud = SaysTooMany(0.2)
    transport = httpx.MockTransport(lambda request: cloud(request, time.monotonic()))  # type: ignore[arg-type, return-value]
    with quantum_jobs.connect("ionq", api_key="a-key", transport=transport, store=tmp_path / "jobs.sqlite") as client:
        (point,) = client.submit_many([CIRCUIT], device="simulator", idempotency_key=key)
    assert point.job.id == "job-0"
    assert len(keys_of(cloud.server)) == 1


def test_a_look_that_fails_later_is_the_error_of_its_point() -> None:
    server = Ionq()
    is_down = False

    def answer(request: httpx.Request, now: float) -> Outcome:
        return reply(403) if is_down and request.method == "GET" else server(request, now)

    async def scenario(client: Any) -> None:
        nonlocal is_down
        scan = {"device": "simulator", "max_in_flight": 1, "idempotency_key": "scan"}
        failed = []
        async for each in client.submit_each([CIRCUIT] * 4, **scan):
            if isinstance(each.error, errors.PermissionDeniedError):
                assert each.error.idempotency_key == each.idempotency_key
                failed.append(each.point)
            is_down = each.point == 1
            await asyncio.sleep(60)
        assert failed == [2]

    Service(answer).run(scenario)
    assert keys_of(server) == ["scan:0", "scan:1", "scan:3"]
