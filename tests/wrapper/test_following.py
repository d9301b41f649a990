"""Waiting costs few requests, outlives outages, and keeps its deadlines. In virtual time, with what users call."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from contextlib import aclosing
from typing import Any

import anyio
import attrs
import httpx
import pytest
import quantum_jobs
from quantum_jobs import AsyncJob, JobStatus, errors

from tests.wrapper.virtual_time import BACKENDS, Ionq, Outcome, Service, dropped, never_sent, now, play, reply

Answer = Callable[[httpx.Request, float], Outcome]


class Followed:
    """A service, its jobs held by a client, and what came of waiting for them."""

    def __init__(self, answer: Answer, name: str = "ionq") -> None:
        self.answer = answer
        self.service = Service(answer)
        self.name = name
        self.ended_at = 0.0
        self.yielded: list[tuple[float, str]] = []

    def run(self, ids: list[str], scene: Callable[[list[AsyncJob]], Any], backend: str = "asyncio") -> Any:
        """Play a scene with the jobs of these ids, which the client has just read."""

        async def scenario(client: quantum_jobs.AsyncClient) -> Any:
            self.service.answer, self.service.latency = self._queued, 0.0
            jobs = [await client.job(each) for each in ids]
            self.service.answer, self.service.latency = self.answer, 0.2
            self.service.requests.clear()
            try:
                return await scene(jobs)
            finally:
                self.ended_at = now()

        return self.service.run(scenario, self.name, backend=backend)

    def _queued(self, request: httpx.Request, _: float) -> Outcome:
        job_id = request.url.path.rsplit("/", 1)[1]
        ionq = {"id": job_id, "status": "ready", "shots": 100}
        return reply(200, ionq if self.name == "ionq" else {"data": {"jobQrn": job_id, "status": "QUEUED", "shots": 5}})

    def wait_all(self, ids: list[str], timeout: float | None = None, **more: Any) -> tuple[list[str], list[str]]:
        """The ids of the jobs that finished, and of those that did not."""
        done, not_done = self.run(ids, lambda jobs: quantum_jobs.wait_async(jobs, timeout, **more))
        return [job.id for job in done], [job.id for job in not_done]

    def as_completed(self, ids: list[str], timeout: float | None = None) -> None:
        """Note when each job is yielded."""

        async def scene(jobs: list[AsyncJob]) -> None:
            async for job in quantum_jobs.as_completed_async(jobs, timeout):
                self.yielded.append((now(), job.id))

        self.run(ids, scene)

    def wait(self, job_id: str, timeout: float | None = None, backend: str = "asyncio") -> Any:
        """The record of one job at its end."""
        return self.run([job_id], lambda jobs: jobs[0].wait(timeout), backend)


def outage(server: Answer, start: float, end: float, *, outcome: Callable[[], Outcome]) -> Answer:
    def answer(request: httpx.Request, moment: float) -> Outcome:
        return outcome() if start <= moment < end else server(request, moment)

    return answer


def answering(*arguments: Any, **named: Any) -> Callable[[], Outcome]:
    return lambda: reply(*arguments, **named)


def test_a_hundred_jobs_that_end_together_cost_at_most_eight_polls() -> None:
    server = Ionq()
    followed = Followed(server)

    async def scene(jobs: list[AsyncJob]) -> None:
        done, not_done = await quantum_jobs.wait_async(jobs, 60.0)
        followed.ended_at = now()
        assert (len(done), list(not_done)) == (100, [])
        counts = [(await job.result()).counts for job in done]
        assert counts == [{"1": 100}] * 100

    ids = server.add(100, lambda number: 20.0)
    followed.run(ids, scene)
    paths = [request.url.path for _, request in followed.service.requests]
    assert sum("/artifacts/" not in path for path in paths) <= 32
    assert sum("/artifacts/" in path for path in paths) == 100  # one result each
    assert followed.ended_at <= 27.0


def test_jobs_that_end_at_different_times_are_handed_out_within_six_seconds_of_their_end() -> None:
    server = Ionq()
    chance = random.Random(7)
    ends = [chance.uniform(1, 150) for _ in range(60)]
    followed = Followed(server)
    followed.as_completed(server.add(60, lambda number: ends[number]), 600.0)
    assert len(followed.yielded) == 60
    assert max(moment - server.ends_at[job_id] for moment, job_id in followed.yielded) < 6.0


def test_waits_that_are_left_early_leave_nothing_open_under_trio() -> None:
    server = Ionq()
    followed = Followed(server)

    async def scene(jobs: list[AsyncJob]) -> None:
        async with aclosing(quantum_jobs.as_completed_async(jobs)) as over:
            assert await anext(over) == jobs[0]
        with pytest.raises(ZeroDivisionError):
            await quantum_jobs.wait_async(jobs, progress=lambda _: 1 / 0)

    # What is left open is a ResourceWarning, which fails.
    followed.run(server.add(2, lambda number: 5.0 + 60 * number), scene, "trio")


@pytest.mark.parametrize("backend", BACKENDS)
def test_an_hour_in_a_queue_costs_less_than_a_third_of_asking_every_five_seconds(backend: str) -> None:
    server = Ionq()
    followed = Followed(server)
    followed.wait(server.add(1, lambda number: 3600.0)[0], backend=backend)
    assert len(followed.service.requests) < 240


def test_a_vendors_prediction_spaces_the_polls() -> None:
    server = Ionq()
    (job_id,) = server.add(1, lambda number: 600.0)
    server.jobs[job_id]["predicted_wait_time_ms"] = 3_600_000
    followed = Followed(server)
    followed.wait(job_id)
    assert len(followed.service.requests) <= 12


OUTAGES: dict[str, Callable[[], Outcome]] = {
    "dropped": dropped,
    "refused": never_sent,
    "503": answering(503),
    "502": answering(502, b"<html>"),
    "HTML": answering(200, b"<html>maintenance</html>"),
    "429": answering(429),
}


@pytest.mark.parametrize("outcome", OUTAGES.values(), ids=OUTAGES)
@pytest.mark.parametrize("count", [1, 3, 40])
def test_an_outage_of_ten_minutes_costs_nothing_but_time(outcome: Callable[[], Outcome], count: int) -> None:
    server = Ionq()
    ids = server.add(count, lambda number: 100.0)
    followed = Followed(outage(server, 5.0, 605.0, outcome=outcome))
    assert followed.wait_all(ids, 3600.0) == (ids, [])
    assert 605 <= followed.ended_at < 605 + 60
    assert len(followed.service.requests) < 300 + 3 * count


def test_a_retry_after_in_the_middle_of_a_wait_is_honoured() -> None:
    server = Ionq()
    (job_id,) = server.add(1, lambda number: 6.0)
    followed = Followed(outage(server, 0.0, 5.0, outcome=answering(503, headers={"retry-after": "100"})))
    followed.wait(job_id)
    first, second = followed.service.sent("GET")[:2]
    assert second - first >= 100


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("count", [1, 30])
def test_a_deadline_is_kept_by_a_server_that_never_answers(count: int, backend: str) -> None:
    followed = Followed(lambda request, moment: None)
    ids = [f"job-{number}" for number in range(count)]
    done, not_done = followed.run(ids, lambda jobs: quantum_jobs.wait_async(jobs, 12.5), backend)
    assert (done, [job.id for job in not_done]) == ([], ids)
    assert followed.ended_at == pytest.approx(12.5)


def test_a_wait_that_times_out_leaves_the_job_alone_and_its_error_carries_it() -> None:
    server = Ionq()
    (job_id,) = server.add(1, lambda number: 1e9)
    followed = Followed(server)
    with pytest.raises(errors.WaitTimeoutError) as caught:
        followed.wait(job_id, 30)
    assert caught.value.job.id == job_id
    assert followed.ended_at == pytest.approx(30)
    assert {request.method for _, request in followed.service.requests} == {"GET"}


@pytest.mark.parametrize(
    ("status", "error"),
    [(401, errors.AuthenticationError), (403, errors.PermissionDeniedError), (404, errors.NotFoundError)],
)
def test_an_answer_that_cannot_change_ends_the_wait(status: int, error: type[Exception]) -> None:
    followed = Followed(lambda request, moment: reply(status))
    with pytest.raises(error):
        followed.wait("a")
    assert followed.ended_at < 2


@pytest.mark.parametrize("status", [302, 307, 405, 451, 499])
@pytest.mark.parametrize("count", [1, 5])
def test_an_answer_that_somebody_else_gave_for_the_service_costs_only_time(status: int, count: int) -> None:
    server = Ionq()
    ids = server.add(count, lambda number: 100.0)
    followed = Followed(outage(server, 10.0, 200.0, outcome=answering(status)))
    assert followed.wait_all(ids) == (ids, [])


@pytest.mark.parametrize("name", ["ionq", "qbraid"])
def test_jobs_of_a_closed_client_are_given_up_at_once(name: str) -> None:
    followed = Followed(lambda request, moment: None, name)

    async def scene(jobs: list[AsyncJob]) -> Any:
        await jobs[0]._connection.transport.close()
        return await quantum_jobs.wait_async(jobs, 25.0)

    done, not_done = followed.run([f"job-{number}" for number in range(60)], scene)
    assert (done, len(not_done)) == ([], 60)
    assert followed.ended_at < 2


def test_a_vanished_job_stands_in_not_done_and_does_not_hold_up_the_others() -> None:
    server = Ionq()
    ids = server.add(30, lambda number: 10.0)
    assert Followed(server).wait_all([*ids[:10], "gone", *ids[10:]]) == (ids, ["gone"])


def test_as_completed_yields_held_and_vanished_jobs_too() -> None:
    def held(request: httpx.Request, moment: float) -> Outcome:
        job = {"jobQrn": "held", "status": "HOLD"}
        return reply(200, {"success": True, "data": job}) if "held" in request.url.path else reply(404)

    followed = Followed(held, "qbraid")
    followed.as_completed(["held", "gone"], 100)
    assert {job_id for _, job_id in followed.yielded} == {"held", "gone"}


def test_a_held_job_ends_its_wait_with_an_error_that_says_who_can_release_it() -> None:
    held = {"success": True, "data": {"jobQrn": "a", "status": "HOLD"}}
    followed = Followed(lambda request, moment: reply(200, held), "qbraid")
    with pytest.raises(errors.JobOnHoldError, match="release"):
        followed.wait("a")


def test_as_completed_raises_on_its_deadline_with_the_jobs_that_are_left() -> None:
    server = Ionq()
    ids = server.add(4, lambda number: 5.0 if number % 2 else 1e9)
    followed = Followed(server)
    with pytest.raises(errors.WaitTimeoutError) as caught:
        followed.as_completed(ids, 50)
    assert [job_id for _, job_id in followed.yielded] == ["job-1", "job-3"]
    assert [job.id for job in caught.value.jobs] == ["job-0", "job-2"]
    assert followed.ended_at == pytest.approx(50)


def test_leaving_as_completed_early_ends_its_requests() -> None:
    server = Ionq()
    followed = Followed(server)

    async def scene(jobs: list[AsyncJob]) -> None:
        async for _ in quantum_jobs.as_completed_async(jobs):
            break
        asked = len(followed.service.requests)
        await anyio.sleep(100)
        assert len(followed.service.requests) == asked

    followed.run(server.add(30, lambda number: 5.0 * number), scene)


def test_an_unknown_status_is_waited_through_and_warned_of_once() -> None:
    server = Ionq()
    (job_id,) = server.add(1, lambda number: 60.0)
    server.jobs[job_id]["status"] = "calibrating"
    with pytest.warns(errors.QuantumJobsWarning, match="calibrating") as warned:
        Followed(server).wait(job_id)
    assert len(warned) == 1


def test_an_api_that_ignores_the_ids_is_followed_all_the_same() -> None:
    server = Ionq(ignores_ids=True)
    ids = server.add(200, lambda number: 10.0)
    assert Followed(server).wait_all(ids[:60], 300.0) == (ids[:60], [])


def test_one_result_that_does_not_come_does_not_hold_up_the_others() -> None:
    server = Ionq()
    ids = server.add(20, lambda number: 5.0)

    def answer(request: httpx.Request, moment: float) -> Outcome:
        return None if "job-3/artifacts" in request.url.path else server(request, moment)

    followed = Followed(answer)
    followed.as_completed(ids, 60.0)
    *others, last = followed.yielded
    assert last == (pytest.approx(60.0), "job-3")
    assert max(moment for moment, _ in others) < 12


@pytest.mark.parametrize(
    "outcome",
    [answering(503), answering(503, headers={"retry-after": "50"}), answering(409), dropped],
    ids=["503", "503 that asks for a pause", "not ready", "dropped"],
)
def test_many_results_that_fail_for_long_hold_up_no_other(outcome: Callable[[], Outcome]) -> None:
    server = Ionq()
    ids = server.add(40, lambda number: 5.0)

    def answer(request: httpx.Request, moment: float) -> Outcome:
        fails = "artifacts" in request.url.path and int(request.url.path.split("/")[3].removeprefix("job-")) < 20
        return outcome() if fails and moment < 250 else server(request, moment)

    followed = Followed(answer)
    followed.as_completed(ids)
    moments = {job_id: moment for moment, job_id in followed.yielded}
    assert max(moments[job_id] for job_id in ids[20:]) < 15
    assert all(250 < moments[job_id] < 350 for job_id in ids[:20])


def test_a_service_that_asks_for_a_pause_holds_up_no_results_of_another_one() -> None:
    ionq = Ionq()
    ids = ionq.add(5, lambda number: 20.0)
    qbraid = Qbraid(dict.fromkeys((f"job-{number}" for number in range(20)), 5.0))

    def paused(request: httpx.Request, moment: float) -> Outcome:
        is_early = request.url.path.endswith("/result") and moment < 100
        return reply(429, headers={"retry-after": "200"}) if is_early else qbraid(request, moment)

    async def scene() -> dict[str, float]:
        async with Service(ionq).connect("ionq") as first, Service(paused).connect("qbraid") as second:
            jobs = [await first.job(each) for each in ids] + [await second.job(each) for each in qbraid.ends]
            return {job.ref: now() async for job in quantum_jobs.as_completed_async(jobs)}

    moments = play(scene)
    assert len(moments) == 25
    assert max(moment for ref, moment in moments.items() if ref.startswith("ionq")) < 30


def test_the_same_job_held_twice_is_asked_for_once() -> None:
    server = Ionq()
    followed = Followed(server)

    async def scene(jobs: list[AsyncJob]) -> None:
        done, _ = await quantum_jobs.wait_async(jobs)
        assert [id(job) for job in done] == [id(job) for job in jobs]
        assert all(job.status is JobStatus.COMPLETED for job in jobs)

    ids = server.add(1, lambda number: 1.0)
    followed.run([*ids, *ids], scene)
    assert len(followed.service.sent("GET", "artifacts")) == 2


def test_progress_is_reported_after_each_poll() -> None:
    server = Ionq()
    seen: list[quantum_jobs.Progress] = []
    Followed(server).wait_all(server.add(4, lambda number: 2.0 + 5 * number), progress=seen.append)
    assert [report.done for report in seen] == sorted(report.done for report in seen)
    assert (seen[0].done, seen[-1].done, seen[-1].total) == (0, 4, 4)


class Qbraid:
    """A qBraid of a few lines: listings by state, newest first, and single jobs; 1,000 requests in 15 minutes."""

    def __init__(self, ends: dict[str, float]) -> None:
        self.ends = ends

    def __call__(self, request: httpx.Request, moment: float) -> Outcome:
        params, path = request.url.params, request.url.path
        if path.endswith("/jobs"):
            over = params["statusGroup"] == "returned"
            ids = [job_id for job_id, end in self.ends.items() if (moment >= end) is over]
            ids.sort(key=lambda job_id: -self.ends[job_id])
            page, limit = int(params["page"]), int(params["limit"])
            rows = [self.job(job_id, moment) for job_id in ids[(page - 1) * limit : page * limit]]
            more = page * limit < len(ids)
            return reply(200, {"success": True, "data": rows, "pagination": {"hasNext": more}})
        if path.endswith("/result"):
            return reply(200, {"success": True, "data": {"resultData": {"measurementCounts": {"0": 5}}}})
        return reply(200, {"success": True, "data": self.job(path.rsplit("/", 1)[1], moment)})

    def job(self, job_id: str, moment: float) -> dict[str, Any]:
        return {"jobQrn": job_id, "status": "COMPLETED" if moment >= self.ends[job_id] else "QUEUED", "shots": 5}


def holding(server: Answer) -> Followed:
    """A qBraid client that holds its jobs as read from a file: nothing was asked yet."""
    followed = Followed(server, "qbraid")

    def run(ids: list[str], scene: Callable[[list[AsyncJob]], Any], backend: str = "asyncio") -> Any:
        async def scenario(client: quantum_jobs.AsyncClient) -> Any:
            followed.service.answer, followed.service.latency = followed._queued, 0.0
            first = await client.job(ids[0])
            followed.service.answer, followed.service.latency = server, 0.2
            followed.service.requests.clear()
            records = [attrs.evolve(first.record, id=each) for each in ids]
            return await scene([AsyncJob(first._connection, record) for record in records])

        return followed.service.run(scenario, "qbraid", backend=backend)

    followed.run = run  # type: ignore[method-assign]
    return followed


def test_a_thousand_jobs_stay_inside_the_documented_rate_limit_results_included() -> None:
    chance = random.Random(1)
    ends = {f"job-{number:04}": chance.uniform(30, 1200) for number in range(1000)}
    followed = holding(Qbraid(ends))
    assert followed.wait_all(list(ends)) == (list(ends), [])
    sent = [moment for moment, _ in followed.service.requests]
    assert all(later - earlier >= 900 for earlier, later in zip(sent, sent[1000:], strict=False))
    results = followed.service.sent("GET", "/result")
    assert len(results) == 1000
    status_requests = Counter(sent) - Counter(results)
    assert sum(status_requests.values()) < 1000


def test_one_poll_for_a_thousand_jobs_without_a_bulk_request_is_at_most_ten_requests() -> None:
    ends = {f"job-{number:04}": 1e9 for number in range(1000)}
    followed = holding(Qbraid(ends))
    followed.wait_all(list(ends), 3.0)
    assert 0 < len(followed.service.requests) <= 10


def completed(answer: Answer, timeout: float | None) -> Followed:
    """Ask for the result of a qBraid job that is complete."""
    followed = Followed(answer, "qbraid")
    job = {"jobQrn": "a", "status": "COMPLETED", "shots": 5}
    followed._queued = lambda request, moment: reply(200, {"data": job})  # type: ignore[method-assign]
    followed.run(["a"], lambda jobs: jobs[0].result(timeout))
    return followed


def test_a_result_that_is_not_ready_is_waited_for_five_minutes() -> None:
    asked: list[float] = []

    def answer(request: httpx.Request, moment: float) -> Outcome:
        asked.append(moment)
        return reply(409, {"detail": "Job results not available yet"})

    with pytest.raises(errors.ResultNotReadyError) as caught:
        completed(answer, None)
    assert caught.value.status_code == 409
    assert 280 < asked[-1] <= 301
    assert len(asked) < 50


def test_a_results_deadline_holds_while_it_is_not_ready() -> None:
    asked: list[float] = []

    def answer(request: httpx.Request, moment: float) -> Outcome:
        asked.append(moment)
        return reply(409)

    with pytest.raises(errors.WaitTimeoutError):
        completed(answer, 20.0)
    assert 10 < asked[-1] < 20


def test_a_job_that_was_released_from_its_hold_is_waited_for_again() -> None:
    statuses = iter(["HOLD", "RUNNING", "COMPLETED"])

    def answer(request: httpx.Request, moment: float) -> Outcome:
        return reply(200, {"success": True, "data": {"jobQrn": "a", "status": next(statuses)}})

    async def scene(jobs: list[AsyncJob]) -> None:
        (job,) = jobs
        with pytest.raises(errors.JobOnHoldError):
            await job.wait()
        await job.wait()
        assert job.status is JobStatus.COMPLETED

    Followed(answer, "qbraid").run(["a"], scene)
