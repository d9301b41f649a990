"""Looking for a key costs little: one listing for all clients of an account, then the newest page. In virtual time."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx
import pytest
from quantum_jobs import errors

from tests.wrapper.virtual_time import Ionq, Outcome, Service, play, reply

CIRCUIT = {"qubits": 1, "circuit": [{"gate": "x", "target": 0}]}
KEY_TAG = "quantum_jobs_idempotency_key"


def stored(server: Ionq, count: int, **keys: str) -> None:
    """So many jobs; ``job_7="t"`` gives the one of this number the key."""
    for number in range(count):
        key = keys.get(f"job_{number}", f"of-another-{number}-{len(server.jobs)}")
        server.store({"metadata": {KEY_TAG: key}, "backend": "simulator"}, -1e6)


async def submit(client: Any, key: str) -> Any:
    return await client.submit(CIRCUIT, device="simulator", shots=10, idempotency_key=key)


def test_many_submissions_with_keys_cost_one_listing_and_one_request_each() -> None:
    """And the newest jobs once in each confirmation timeout while nobody else submits: a page for 25 of one's own,
    below which another process's may stand, up to a page of known ones."""
    server = Ionq()
    stored(server, 200)
    service = Service(server)

    async def scenario(client: Any) -> None:
        for number in range(400):
            await submit(client, f"point-{number}")

    service.run(scenario)
    assert len(service.sent("POST")) == 400
    seconds = service.sent("POST")[-1]
    assert len(service.sent("GET")) <= 200 / 25 + 400 / 25 + 2 * (1 + seconds / 10)
    assert len(service.requests) <= 1.1 * 400


def test_while_others_submit_too_each_submission_looks_at_the_newest_page() -> None:
    """So a point that another worker has just submitted, and given up, is found."""
    server = Ionq()
    service = Service(server)

    async def scenario(client: Any) -> None:
        await client.find_submission("nobody-s")
        for number in range(20):
            stored(server, 1, job_0=f"other-{number}")
            await submit(client, f"mine-{number}")
            assert (await submit(client, f"other-{number}")).id == f"job-{2 * number}"

    service.run(scenario)
    assert len(service.sent("POST")) == 20


def test_a_client_that_was_alone_looks_again_after_the_confirmation_timeout() -> None:
    server = Ionq()
    service = Service(server)

    async def scenario(client: Any) -> None:
        for number in range(3):
            await submit(client, f"point-{number}")
        stored(server, 1, job_0="of-another")
        await asyncio.sleep(10)
        assert (await submit(client, "of-another")).id == "job-3"

    service.run(scenario)
    assert len(service.sent("POST")) == 3


@pytest.mark.parametrize("ours", [1, 24, 25, 26, 80])
def test_another_process_s_job_is_found_below_those_that_were_submitted_here_since(ours: int) -> None:
    server = Ionq()
    service = Service(server, latency=0.01)

    async def scenario(client: Any) -> None:
        for number in range(2):
            await submit(client, f"of-before-{number}")
        stored(server, 1, job_0="of-another")
        for number in range(ours):
            await submit(client, f"point-{number}")
        await asyncio.sleep(60)
        assert (await submit(client, "of-another")).id == "job-2"

    service.run(scenario)
    assert len(service.sent("POST")) == 2 + ours


def test_a_key_in_doubt_from_before_the_first_listing_is_looked_for_on_the_newest_pages_only() -> None:
    server = Ionq()
    stored(server, 1000)

    def answer(request: httpx.Request, now: float) -> Outcome:
        return httpx.ReadError("connection lost") if request.method == "POST" else server(request, now)

    service = Service(answer)

    async def scenario(client: Any) -> None:
        with pytest.raises(errors.SubmissionUncertainError) as caught:
            await client.submit(CIRCUIT, device="simulator")
        await client.find_submission("nobody-s")
        asked = len(service.requests)
        assert await client.find_submission(caught.value.idempotency_key) is None
        assert len(service.requests) - asked <= 5

    service.run(scenario)


def test_without_a_confirmation_timeout_every_submission_looks() -> None:
    server = Ionq()
    service = Service(server)

    async def scenario(client: Any) -> None:
        for number in range(5):
            await submit(client, f"point-{number}")
        stored(server, 1, job_0="of-another")
        assert (await submit(client, "of-another")).id == "job-5"

    service.run(scenario, confirmation_timeout=0)
    assert len(service.sent("POST")) == 5


def test_submissions_side_by_side_share_the_first_listing() -> None:
    server = Ionq()
    stored(server, 200)
    service = Service(server)
    service.run(lambda client: asyncio.gather(*(submit(client, f"point-{number}") for number in range(10))))
    assert len(service.sent("GET")) == 200 / 25
    assert len(server.jobs) == 210


def test_clients_of_one_account_share_what_was_listed() -> None:
    server = Ionq()
    stored(server, 200, job_3="t")
    service = Service(server)

    async def scene() -> None:
        for _ in range(3):
            async with service.connect() as client:
                assert (await client.find_submission("t")).id == "job-3"
                assert await client.find_submission("nobody-s") is None

    play(scene)
    assert len(service.sent("GET", "/jobs")) == 200 / 25 + 5 + 3


def test_keys_are_looked_for_in_the_jobs_of_one_s_own_account_only() -> None:
    mine, other = Ionq(), Ionq()
    stored(other, 1, job_0="t")

    def answer(request: httpx.Request, now: float) -> Outcome:
        return (mine if request.headers["authorization"] == "apiKey mine" else other)(request, now)

    service = Service(answer)

    async def scene() -> None:
        async with service.connect(api_key="other") as client:
            assert (await client.find_submission("t")).id == "job-0"
        async with service.connect(api_key="mine") as client:
            assert await client.find_submission("t") is None

    play(scene)


@pytest.mark.parametrize("newer", [1, 24, 25, 26, 80])
def test_jobs_that_others_submit_later_are_found_however_many_there_are(newer: int) -> None:
    server = Ionq()
    stored(server, 100)
    service = Service(server)

    async def scenario(client: Any) -> None:
        assert await client.find_submission("t") is None
        stored(server, newer, job_0="t")
        assert (await submit(client, "t")).id == "job-100"

    service.run(scenario)
    assert not service.sent("POST")


def test_a_job_that_shows_late_behind_newer_ones_is_found() -> None:
    server = Ionq(lag=0.0)
    stored(server, 30)
    service = Service(server)

    async def scenario(client: Any) -> None:
        server.store({"metadata": {KEY_TAG: "t"}}, 5.0)  # shows from the fifth second on
        server.store({"metadata": {KEY_TAG: "newer"}}, -1e6)
        assert await client.find_submission("t") is None
        await asyncio.sleep(6)
        assert (await client.find_submission("t")).id == "job-30"

    service.run(scenario)


def test_a_listing_that_broke_off_is_made_in_full_again() -> None:
    server = Ionq()
    stored(server, 100, job_2="t")
    fails = True

    def answer(request: httpx.Request, now: float) -> Outcome:
        return reply(403) if fails and request.url.params.get("next") == "50" else server(request, now)

    async def scenario(client: Any) -> None:
        nonlocal fails
        with pytest.raises(errors.PermissionDeniedError):
            await client.find_submission("t")
        with pytest.raises(errors.PermissionDeniedError):
            await submit(client, "t")
        fails = False
        assert (await submit(client, "t")).id == "job-2"

    service = Service(answer)
    service.run(scenario)
    assert not service.sent("POST")


def test_a_listing_that_was_cancelled_holds_up_nobody() -> None:
    server = Ionq()
    stored(server, 100, job_2="t")
    service = Service(server)

    async def scenario(client: Any) -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(client.find_submission("t"), 0.5)
        assert (await client.find_submission("t")).id == "job-2"

    service.run(scenario)


def test_a_job_that_was_deleted_meanwhile_is_found_no_more() -> None:
    server = Ionq()
    stored(server, 3, job_2="t")

    async def scenario(client: Any) -> None:
        assert (await client.find_submission("t")).id == "job-2"
        del server.jobs["job-2"]
        assert await client.find_submission("t") is None
        server.jobs["job-2"] = {"id": "job-2", "status": "ready", "metadata": {KEY_TAG: "of-another"}}
        assert (await submit(client, "t")).id == "job-3"

    Service(server).run(scenario)


@pytest.mark.parametrize("find", ["find_submission", "submit"])
def test_a_job_in_doubt_is_found_behind_the_many_that_were_submitted_since(find: str) -> None:
    server = Ionq()
    stored(server, 60)

    def answer(request: httpx.Request, now: float) -> Outcome:
        if request.method == "POST" and b'"in-doubt"' in request.content:
            server.store(json.loads(request.content), now + 5)  # shows in listings five seconds later
            raise_after.append(now)
            return httpx.ReadError("connection lost")
        return server(request, now)

    raise_after: list[float] = []
    service = Service(answer, latency=0.01)

    async def scenario(client: Any) -> None:
        with pytest.raises(errors.SubmissionUncertainError):
            await submit(client, "in-doubt")
        for number in range(150):
            await submit(client, f"point-{number}")
        await asyncio.sleep(5)
        found = await (client.find_submission("in-doubt") if find == "find_submission" else submit(client, "in-doubt"))
        assert found.id == "job-60"

    service.run(scenario, confirmation_timeout=0.5)
    assert len(raise_after) == 1


def test_a_service_that_filters_by_key_is_asked_once() -> None:
    def answer(request: httpx.Request, now: float) -> Outcome:
        wanted = KEY_TAG in request.url.params.get("tags", "")
        row = {"jobQrn": "job-1", "status": "QUEUED", "tags": {KEY_TAG: "t"}, "deviceQrn": "simulator", "shots": 10}
        return reply(200, {"success": True, "data": [row] if wanted else [], "pagination": {"hasNext": False}})

    service = Service(answer)

    async def scenario(client: Any) -> None:
        assert (await client.find_submission("t")).id == "job-1"
        assert (await submit(client, "t")).id == "job-1"

    service.run(scenario, "qbraid")
    assert len(service.requests) == 2
