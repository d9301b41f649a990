"""A wait outlives outages, pages that somebody else answers with, and the moment before a new job shows. In virtual
time."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import httpx
import pytest
import quantum_jobs
from quantum_jobs import errors

from tests.wrapper.virtual_time import (
    Ionq,
    Outcome,
    Service,
    dropped,
    never_sent,
    now,
    now_in_sync_code,
    play,
    reply,
    sync_code,
)

CIRCUIT = {"qubits": 1, "circuit": [{"gate": "x", "target": 0}]}
PAGE = b"<!DOCTYPE html><html>Back soon</html>"

OUTAGES: dict[str, Callable[[], Outcome]] = {
    "503": lambda: reply(503),
    "502 in HTML": lambda: reply(502, PAGE),
    "429": lambda: reply(429),
    "dropped": dropped,
    "refused": never_sent,
}
STRAYS: dict[str, Callable[[], Outcome]] = {
    "200 in HTML": lambda: reply(200, PAGE),
    "a redirect": lambda: reply(302, headers={"location": "https://login.example.com"}),
    "403 in HTML": lambda: reply(403, PAGE),
    "404 in HTML": lambda: reply(404, b"  \n" + PAGE),
    "401 in HTML": lambda: reply(401, PAGE),
}
ANY = {**OUTAGES, **STRAYS}


class Failing(Service):
    """An IonQ that answers otherwise for a while: requests for ``what``, from one moment to another."""

    def __init__(self, outcome: Callable[[], Outcome], what: str, start: float, end: float, jobs: int = 1) -> None:
        super().__init__(self._answer)
        self.server = Ionq()
        self.ids = self.server.add(jobs, lambda number: 3.0)
        self.outcome, self.what, self.start, self.end = outcome, what, start, end

    def _answer(self, request: httpx.Request, now: float) -> Outcome:
        is_result = "/artifacts/" in request.url.path
        concerned = self.what == "everything" or is_result == (self.what == "results")
        return self.outcome() if concerned and self.start <= now < self.end else self.server(request, now)


async def jobs_of(service: Failing, client: Any) -> list[Any]:
    return [await client.job(job_id) for job_id in service.ids]


async def completed_async(jobs: list[Any], timeout: float | None) -> list[Any]:
    return [job async for job in quantum_jobs.as_completed_async(jobs, timeout=timeout)]


#: What ends with the results of jobs, in async code and in sync code.
WAITING: dict[str, Callable[[list[Any], float | None], Any]] = {
    "result": lambda jobs, timeout: asyncio.gather(*(job.result(timeout) for job in jobs)),
    "results": lambda jobs, timeout: asyncio.gather(*(job.results(timeout) for job in jobs)),
    "wait": lambda jobs, timeout: asyncio.gather(*(job.wait(timeout) for job in jobs)),
    "wait_async": lambda jobs, timeout: quantum_jobs.wait_async(jobs, timeout),
    "as_completed_async": completed_async,
}
WAITING_SYNC: dict[str, Callable[[list[Any], float | None], Any]] = {
    "result": lambda jobs, timeout: [job.result(timeout) for job in jobs],
    "results": lambda jobs, timeout: [job.results(timeout) for job in jobs],
    "wait": lambda jobs, timeout: [job.wait(timeout) for job in jobs],
    "quantum_jobs.wait": lambda jobs, timeout: quantum_jobs.wait(jobs, timeout),
    "as_completed": lambda jobs, timeout: list(quantum_jobs.as_completed(jobs, timeout)),
}
#: Somebody else's answers are borne with for five minutes.
LASTING = [(20.0, name) for name in ANY] + [(600.0, name) for name in OUTAGES]


@pytest.mark.parametrize(
    ("what", "timeout"), [("results", None), ("results", 3600.0), ("status", 3600.0), ("everything", None)]
)
@pytest.mark.parametrize(("seconds", "kind"), LASTING)
def test_no_verb_that_waits_ends_with_an_outage(seconds: float, kind: str, what: str, timeout: float | None) -> None:
    for verb in WAITING.values():
        service = Failing(ANY[kind], what, 1.0, seconds, jobs=2)

        async def scenario(client: Any, service: Failing = service, verb: Any = verb) -> None:
            jobs = await jobs_of(service, client)
            await verb(jobs, timeout)
            assert [(await job.result(timeout)).probabilities for job in jobs] == [{"1": 1.0}] * 2
            assert seconds <= now() < seconds + 60

        service.run(scenario)


@pytest.mark.parametrize("what", ["results", "everything"])
@pytest.mark.parametrize(("seconds", "kind"), LASTING)
def test_the_same_holds_in_sync_code(seconds: float, kind: str, what: str) -> None:
    for verb in WAITING_SYNC.values():
        with sync_code():
            service = Failing(ANY[kind], what, 1.0, seconds, jobs=2)
            with quantum_jobs.connect("ionq", api_key="a-key", transport=service) as client:
                jobs = [client.job(job_id) for job_id in service.ids]
                verb(jobs, None)
                assert [job.result().probabilities for job in jobs] == [{"1": 1.0}] * 2
                assert seconds <= now_in_sync_code() < seconds + 60


@pytest.mark.parametrize("timeout", [None, 600])
@pytest.mark.parametrize("outcome", ANY.values(), ids=ANY)
def test_as_completed_hands_out_jobs_after_an_outage_with_results_that_are_there(
    outcome: Callable[[], Outcome], timeout: float | None
) -> None:
    service = Failing(outcome, "everything", 1.0, 20.0, jobs=3)

    async def scenario(client: Any) -> None:
        jobs = await jobs_of(service, client)
        completed = [job async for job in quantum_jobs.as_completed_async(jobs, timeout=timeout)]
        before = len(service.requests)
        results = [await job.result(timeout=timeout) for job in completed]
        assert len(results) == 3
        assert len(service.requests) == before

    service.run(scenario)


@pytest.mark.parametrize("outcome", OUTAGES.values(), ids=OUTAGES)
def test_a_result_without_a_timeout_waits_through_an_outage_of_hours(outcome: Callable[[], Outcome]) -> None:
    service = Failing(outcome, "results", 1.0, 4 * 3600.0)

    async def scenario(client: Any) -> None:
        (job,) = await jobs_of(service, client)
        assert (await job.result()).probabilities == {"1": 1.0}

    service.run(scenario)
    assert len(service.requests) < 4 * 3600 / 10


@pytest.mark.parametrize("outcome", STRAYS.values(), ids=STRAYS)
def test_a_page_in_place_of_a_result_that_stays_is_told_after_five_minutes(outcome: Callable[[], Outcome]) -> None:
    service = Failing(outcome, "results", 1.0, 1e9)

    async def scenario(client: Any) -> None:
        (job,) = await jobs_of(service, client)
        with pytest.raises((errors.APIError, errors.ResponseError)):
            await job.result()
        assert 300 <= now() < 800

    service.run(scenario)


@pytest.mark.parametrize("outcome", ANY.values(), ids=ANY)
def test_a_deadline_ends_an_outage_of_the_result(outcome: Callable[[], Outcome]) -> None:
    service = Failing(outcome, "results", 1.0, 1e9)

    async def scenario(client: Any) -> None:
        (job,) = await jobs_of(service, client)
        with pytest.raises(errors.WaitTimeoutError) as caught:
            await job.result(timeout=50)
        assert caught.value.job is job
        assert now() == pytest.approx(50.2, abs=0.1)

    service.run(scenario)


def test_a_result_that_is_json_and_makes_no_sense_is_told_at_once() -> None:
    service = Failing(lambda: reply(200, [1, 2]), "results", 1.0, 1e9)

    async def scenario(client: Any) -> None:
        (job,) = await jobs_of(service, client)
        with pytest.raises(errors.ResponseError):
            await job.result()
        assert now() < 15

    service.run(scenario)


@pytest.mark.parametrize(
    ("status", "error"),
    [(401, errors.AuthenticationError), (403, errors.PermissionDeniedError), (404, errors.NotFoundError)],
)
def test_what_the_service_itself_says_in_json_ends_a_wait(status: int, error: type[Exception]) -> None:
    service = Failing(lambda: reply(status, {"error": "no", "message": "no", "statusCode": status}), "status", 1.0, 1e9)

    async def scenario(client: Any) -> None:
        (job,) = await jobs_of(service, client)
        with pytest.raises(error):
            await job.wait()
        assert now() < 10

    service.run(scenario)


def test_an_outage_is_told_once_and_so_is_its_end(caplog: pytest.LogCaptureFixture) -> None:
    service = Failing(lambda: reply(503), "everything", 1.0, 300.0)

    async def scenario(client: Any) -> None:
        (job,) = await jobs_of(service, client)
        await job.result()

    with caplog.at_level(logging.WARNING, "quantum_jobs"):
        service.run(scenario)
    assert len(caplog.records) == 2


# A job that was just made.


class Late(Service):
    """An IonQ that shows a new job by its id only after some seconds; it is done by then."""

    def __init__(self, seconds: float) -> None:
        super().__init__(self._answer)
        self.server = Ionq(get_lag=seconds, lag=seconds)

    def _answer(self, request: httpx.Request, now: float) -> Outcome:
        answer = self.server(request, now)
        self.server.ends_at.setdefault("job-0", now)
        return answer


VERBS: dict[str, Callable[[Any], Any]] = {
    "wait": lambda job: job.wait(),
    "result": lambda job: job.result(timeout=60),
    "refresh": lambda job: job.refresh(),
    "cancel": lambda job: job.cancel(),
    "wait_async": lambda job: quantum_jobs.wait_async([job]),
}


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
def test_a_404_of_a_job_that_was_just_submitted_passes(verb: Callable[[Any], Any]) -> None:
    async def scenario(client: Any) -> None:
        job = await client.submit(CIRCUIT, device="simulator", shots=10)
        await verb(job)
        assert job.status == "COMPLETED"

    Late(4.0).run(scenario)


@pytest.mark.parametrize("verb", [VERBS["wait"], VERBS["result"], VERBS["refresh"]])
def test_a_404_that_lasts_longer_than_the_confirmation_timeout_is_true(verb: Callable[[Any], Any]) -> None:
    async def scenario(client: Any) -> None:
        job = await client.submit(CIRCUIT, device="simulator", shots=10)
        with pytest.raises(errors.NotFoundError):
            await verb(job)
        assert 10 <= now() < 20

    Late(1e9).run(scenario, confirmation_timeout=10.0)


@pytest.mark.parametrize("how", ["job", "client", "seen before"])
def test_a_404_of_a_job_that_was_deleted_or_seen_is_true_at_once(how: str) -> None:
    service = Late(0.0)

    async def scenario(client: Any) -> None:
        job = await client.submit(CIRCUIT, device="simulator")
        if how == "seen before":
            await job.refresh()
        service.server.jobs.clear()
        if how != "seen before":
            service.answer = lambda request, now: (
                reply(200, {"id": "job-0"}) if request.method == "DELETE" else service.server(request, now)
            )
            await (job.delete() if how == "job" else client.delete([job]))
        with pytest.raises(errors.NotFoundError):
            await job.refresh()
        assert now() < 2

    service.run(scenario)


def test_a_404_of_a_job_that_was_not_just_submitted_is_true_at_once() -> None:
    service = Late(0.0)

    async def scene() -> None:
        async with service.connect() as client:
            job = await client.submit(CIRCUIT, device="simulator")
            again = await client.job(job.id)
            service.server.jobs.clear()
            with pytest.raises(errors.NotFoundError):
                await again.refresh()
            assert now() < 2

    play(scene)
