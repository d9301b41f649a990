"""What is sent again, when, and how often. In virtual time, with the client that users have."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from email.utils import formatdate
from typing import Any

import httpx
import pytest
from quantum_jobs import errors

from tests.wrapper.virtual_time import (
    EPOCH,
    JOB,
    QUEUED,
    Answering,
    Outcome,
    Service,
    dropped,
    failing,
    never_sent,
    now,
    play,
    reply,
)


def http_date(seconds: float) -> str:
    return formatdate(EPOCH + seconds, usegmt=True)


# Plain calls.


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504, 520, 524, 529])
def test_a_status_that_may_pass_is_asked_again(status: int) -> None:
    service = Answering(failing(status), failing(status))
    assert service.get().id == "a"
    assert len(service.requests) == 3


@pytest.mark.parametrize("status", [301, 400, 401, 403, 404, 409, 410, 422, 501, 505, 599])
def test_any_other_status_is_final(status: int) -> None:
    service = Answering(then=failing(status))
    with pytest.raises(errors.APIError) as caught:
        service.get()
    assert caught.value.status_code == status
    assert len(service.requests) == 1


@pytest.mark.parametrize("failure", [dropped, never_sent], ids=["dropped", "refused"])
def test_a_lost_connection_is_tried_five_times(failure: Callable[[], Outcome]) -> None:
    service = Answering(then=failure)
    with pytest.raises(errors.ServiceUnreachableError):
        service.get()
    assert len(service.requests) == 5


def test_a_request_that_is_not_answered_in_time_is_a_timeout_error() -> None:
    service = Answering(then=lambda: None)
    with pytest.raises(TimeoutError) as caught:
        service.get(timeout=3.0)
    assert type(caught.value) is errors.RequestTimeoutError
    assert len(service.requests) == 5


def test_a_cut_off_body_is_asked_for_again() -> None:
    class Cut(httpx.AsyncByteStream):
        async def __aiter__(self) -> Any:
            yield b'{"id": "a", "st'
            raise httpx.RemoteProtocolError("peer closed connection")

    service = Answering(lambda: httpx.Response(200, stream=Cut()))
    assert service.get().id == "a"
    assert len(service.requests) == 2


# Retry-After.


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("header", "seconds"),
    [("7", 7.0), ("2.5", 2.5), (http_date(20), 20.0)],
    ids=["seconds", "fraction", "date"],
)
def test_retry_after_is_kept_in_both_its_forms(header: str, seconds: float, status: int) -> None:
    service = Answering(failing(status, header))
    service.get()
    first, second = service.sent("GET")
    assert second - first == pytest.approx(seconds + 0.1, abs=0.4)
    assert second - first >= seconds - 0.2


@pytest.mark.parametrize("header", ["", "soon", "-5", "nan", "inf", "1e999", "Thu, 99 Foo 2026 99:99:99 GMT", "12, 13"])
def test_a_retry_after_that_makes_no_sense_is_left_aside(header: str) -> None:
    service = Answering(failing(503, header))

    async def scenario(client: Any) -> None:
        await client.job("a")
        assert now() < 2

    service.run(scenario)
    assert len(service.requests) == 2


@pytest.mark.parametrize("header", ["0", http_date(-1e9)], ids=["zero", "past"])
@pytest.mark.parametrize("status", [429, 503])
def test_a_retry_after_of_now_is_soon_and_never_a_request_every_millisecond(status: int, header: str) -> None:
    service = Answering(failing(status, header))

    async def scenario(client: Any) -> None:
        job = await client.job("a")
        assert now() < 0.9
        service.then = failing(status, header)
        before = len(service.requests)
        with pytest.raises(errors.WaitTimeoutError):
            await job.result(timeout=60)
        assert len(service.requests) - before < 40

    service.run(scenario)


@pytest.mark.parametrize("asked", ["61", "86400", "1e9", http_date(61.1)], ids=["seconds", "a day", "1e9", "date"])
@pytest.mark.parametrize(("status", "error"), [(429, errors.RateLimitError), (503, errors.ServiceError)])
def test_a_plain_call_waits_no_longer_than_a_minute_and_says_so_at_once(
    asked: str, status: int, error: type[errors.APIError]
) -> None:
    service = Answering(then=failing(status, asked))

    async def scenario(client: Any) -> None:
        for _ in range(2):
            with pytest.raises(error) as caught:
                await client.job("a")
            assert (caught.value.retry_after or 0) > 60
        assert now() < 1

    service.run(scenario)
    assert len(service.requests) == 2


ABSURD = ["30000", "1e9", formatdate(4102444800, usegmt=True)]


@pytest.mark.parametrize("verb", ["wait", "result"])
@pytest.mark.parametrize("timeout", [None, 7200])
@pytest.mark.parametrize("asked", ABSURD, ids=["30000", "1e9", "the year 2100"])
@pytest.mark.parametrize("status", [429, 503])
def test_an_absurd_retry_after_silences_a_wait_for_five_minutes_at_most_and_is_told(
    status: int, asked: str, timeout: float | None, verb: str, caplog: pytest.LogCaptureFixture
) -> None:
    service = Answering(lambda: reply(200, QUEUED), failing(status, asked))
    probabilities = {"id": "p", "format": "ionq.result.probabilities.json.v1"}
    results = {"ionq.result.probabilities.json.v1": probabilities}
    job_body = {**JOB, "results": results, "stats": {"qubits": 1}, "shots": 10}
    service.then = lambda: reply(200, job_body if service.requests[-1][1].url.path.endswith("/jobs/a") else {"0": 1.0})

    async def scenario(client: Any) -> None:
        job = await client.job("a")
        await getattr(job, verb)(timeout=timeout)
        assert 300 <= now() < 310

    with caplog.at_level(logging.WARNING, "quantum_jobs"):
        service.run(scenario)
    assert any("300 s" in record.getMessage() for record in caplog.records)


def test_an_absurd_retry_after_of_a_result_is_capped_too() -> None:
    service = Answering(lambda: reply(200, JOB), failing(503, "1e9"), then=lambda: reply(200, {"0": 1.0}))
    probabilities = {"id": "p", "format": "ionq.result.probabilities.json.v1"}
    body = {**JOB, "results": {"ionq.result.probabilities.json.v1": probabilities}, "stats": {"qubits": 1}}
    service.left[0] = lambda: reply(200, body)

    async def scenario(client: Any) -> None:
        job = await client.job("a")
        await job.result(timeout=1000)
        assert 300 <= now() < 310

    service.run(scenario)


# Shared by all who use the key.


class Busy(Service):
    """A service that wants to be left alone until a moment, and says so with 429."""

    def __init__(self, until: float, most_at_once: int = 10**9) -> None:
        super().__init__(self._answer, latency=0.1)
        self.until = until
        self.refused = 0

    def _answer(self, request: httpx.Request, now: float) -> Outcome:
        if now < self.until:
            self.refused += 1
            return reply(429, headers={"retry-after": f"{self.until - now:.3f}"})
        return reply(200, {"id": request.url.path.rsplit("/", 1)[1], "status": "completed"})


def test_a_pause_holds_for_every_client_with_the_key_and_for_waits_too() -> None:
    service = Busy(20.0)

    async def scene() -> None:
        async with service.connect() as one, service.connect() as two:
            first = asyncio.create_task(one.job("a"))
            await asyncio.sleep(1)
            await asyncio.gather(first, *(two.job(f"b{number}") for number in range(4)))
            assert now() >= 20

    play(scene)
    assert service.refused == 1
    assert len(service.requests) == 6


def test_a_pause_that_a_wait_was_asked_for_holds_for_all_else() -> None:
    service = Busy(0.0)

    async def scenario(client: Any) -> None:
        job = await client.job("a")
        other = await client.job("b")
        service.answer = lambda request, now: (
            reply(429, headers={"retry-after": "20"})
            if now < 5
            else reply(200, {"id": request.url.path[-1], "status": "completed"})
        )
        waiting = asyncio.create_task(job.wait())
        await asyncio.sleep(2)
        before = len(service.requests)
        await other.refresh()
        assert now() >= 20
        assert len(service.requests) - before <= 2
        await waiting

    service.run(scenario)


def test_three_hundred_waits_share_a_pause_and_its_end_is_spread() -> None:
    service = Busy(0.0)

    async def scenario(client: Any) -> None:
        service.answer = lambda request, now: reply(200, {"id": request.url.path[-3:], "status": "ready"})
        jobs = [await client.job(f"{number:03}") for number in range(300)]
        busy = service.until = now() + 60.0
        service.answer = service._answer
        before = len(service.requests)
        await asyncio.gather(*(job.wait() for job in jobs))
        after = [moment for moment, _ in service.requests[before:] if moment >= busy]
        assert len(after) == 300
        # At most so many in any second, though all of them were waiting.
        assert max(sum(start <= moment < start + 1 for moment in after) for start in after) < 40
        assert now() < busy + 120

    service.run(scenario)
    # Those that were under way when the first answer came, and no more.
    assert service.refused <= 300


def test_a_pause_that_comes_while_others_wait_for_their_turn_holds_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("random.uniform", lambda low, high: (low + high) / 2)
    service = Busy(0.0)
    service.latency = 0.05  # less than lies between two of them

    async def scenario(client: Any) -> None:
        service.until = 5.0
        first = asyncio.gather(*(client.job(f"b{number}") for number in range(3)))
        await asyncio.sleep(5.02)
        service.until = 12.0
        await first
        await asyncio.sleep(0)
        assert now() >= 12

    service.run(scenario)
    assert service.refused <= 5


def test_a_pause_is_told_once_and_not_once_per_request(caplog: pytest.LogCaptureFixture) -> None:
    service = Busy(20.0)
    with caplog.at_level(logging.WARNING, "quantum_jobs"):
        service.run(lambda client: asyncio.gather(*(client.job(f"b{number}") for number in range(30))))
    assert len([record for record in caplog.records if record.levelno == logging.WARNING]) == 1
    assert "ionq-v0.4" in caplog.text


@pytest.mark.parametrize("status", [429, 503])
def test_no_pause_of_more_than_five_seconds_is_silent(status: int, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "quantum_jobs"):
        Answering(failing(status, "8")).get()
    assert caplog.records


# The documented rate limit.


class Qbraid(Service):
    """A qBraid that answers every read of a job."""

    def __init__(self) -> None:
        super().__init__(self._answer, latency=0.0)

    def _answer(self, request: httpx.Request, now: float) -> Outcome:
        return reply(200, {"success": True, "data": {"jobQrn": request.url.path[-5:], "status": "QUEUED"}})


def test_requests_beyond_the_rate_limit_wait_for_their_turn_and_it_is_told_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    service = Qbraid()

    async def scenario(client: Any) -> None:
        await asyncio.gather(*(client.job(f"{number:05}") for number in range(1200)))

    with caplog.at_level(logging.WARNING, "quantum_jobs"):
        service.run(scenario, "qbraid")
    sent = service.sent("GET")
    assert len(sent) == 1200
    assert all(later - earlier >= 900 for earlier, later in zip(sent, sent[1000:], strict=False))
    assert len(caplog.records) == 1


def test_requests_that_were_given_up_leave_their_places_to_others() -> None:
    service = Qbraid()

    async def scenario(client: Any) -> None:
        await asyncio.gather(*(client.job(f"{number:05}") for number in range(1000)))
        waiting = [asyncio.create_task(client.job(f"{number:05}")) for number in range(1000)]
        await asyncio.sleep(1)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        await client.job("later")
        assert now() < 910

    service.run(scenario, "qbraid")


def test_a_place_within_the_rate_limit_that_comes_too_late_is_not_taken() -> None:
    service = Qbraid()

    async def scenario(client: Any) -> None:
        jobs = await asyncio.gather(*(client.job(f"{number:05}") for number in range(1000)))
        started = now()
        with pytest.raises(errors.WaitTimeoutError):
            await jobs[0].wait(timeout=100)
        assert now() - started == pytest.approx(100)
        await client.job("later")
        assert now() < 910

    service.run(scenario, "qbraid")
