"""Waiting costs few requests, outlives outages, and keeps its deadlines. In virtual time, with what users call."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import httpx
import pytest
import quantum_jobs
from quantum_jobs import errors
from quantum_jobs.model import JobStatus

from tests.wrapper.virtual_time import Ionq, Outcome, Service, dropped, never_sent, now, reply

#: Long after everything.
NEVER = 1e9


class Watched(Service):
    """An IonQ with jobs that end at their moments. ``jobs`` gives them to a scenario; what is sent counts from then
    on."""

    def __init__(self, *ends_at: float, **server: Any) -> None:
        self.server = Ionq(**server)
        self.ids = self.server.add(len(ends_at), lambda number: ends_at[number])
        super().__init__(self.server)

    async def jobs(self, client: Any, count: int | None = None) -> list[Any]:
        """The first so many jobs, in the order of their numbers."""
        listed = {job.id: job async for job in client.jobs()}
        self.requests.clear()
        return [listed[job_id] for job_id in self.ids[:count]]

    def fails(self, start: float, end: float, outcome: Callable[[], Outcome]) -> None:
        """Answer like this from one moment to another."""
        answer = self.answer
        self.answer = lambda request, now: outcome() if start <= now < end else answer(request, now)

    def status_requests(self) -> list[float]:
        return [moment for moment, request in self.requests if "/artifacts/" not in request.url.path]


async def completed(jobs: list[Any], timeout: float | None = None) -> list[tuple[float, Any]]:
    """Jobs as they are handed out, each with the moment."""
    return [(now(), job) async for job in quantum_jobs.as_completed_async(jobs, timeout=timeout)]


def test_a_hundred_jobs_that_end_together_cost_at_most_eight_rounds() -> None:
    service = Watched(*[20.0] * 100)

    async def scenario(client: Any) -> None:
        jobs = await service.jobs(client)
        waited = await quantum_jobs.wait_async(jobs, timeout=60)
        assert (waited.done, waited.not_done) == (jobs, [])
        assert now() <= 27
        sent = len(service.requests)
        assert [(await job.result()).counts for job in jobs] == [{"1": 100}] * 100
        assert len(service.requests) == sent, "the results were there already"

    service.run(scenario)
    assert len(service.status_requests()) <= 32
    assert len(service.requests) - len(service.status_requests()) == 100


def test_jobs_that_end_at_different_times_are_handed_out_within_six_seconds_of_their_end() -> None:
    chance = random.Random(7)
    service = Watched(*(chance.uniform(1, 150) for _ in range(60)))

    async def scenario(client: Any) -> None:
        handed = await completed(await service.jobs(client), 600)
        assert len(handed) == 60
        assert max(moment - service.server.ends_at[job.id] for moment, job in handed) < 6

    service.run(scenario)


def test_an_hour_in_a_queue_costs_less_than_a_third_of_asking_every_five_seconds() -> None:
    service = Watched(3600.0)

    async def scenario(client: Any) -> None:
        (job,) = await service.jobs(client)
        await job.wait()

    service.run(scenario)
    assert len(service.requests) < 240


def test_a_vendors_prediction_spaces_the_looks() -> None:
    service = Watched(600.0)
    service.server.jobs["job-0"]["predicted_wait_time_ms"] = 3_600_000

    async def scenario(client: Any) -> None:
        (job,) = await service.jobs(client)
        await job.wait()

    service.run(scenario)
    assert len(service.requests) <= 12


OUTAGES: dict[str, Callable[[], Outcome]] = {
    "dropped": dropped,
    "refused": never_sent,
    "503": lambda: reply(503),
    "502 in HTML": lambda: reply(502, b"<html>"),
    "200 in HTML": lambda: reply(200, b"<html>maintenance</html>"),
    "429": lambda: reply(429),
    **{str(status): lambda status=status: reply(status) for status in (302, 307, 405, 451, 499)},  # type: ignore[misc]
}


@pytest.mark.parametrize("outcome", OUTAGES.values(), ids=OUTAGES)
@pytest.mark.parametrize("count", [1, 3, 40])
def test_an_outage_of_ten_minutes_costs_nothing_but_time(outcome: Callable[[], Outcome], count: int) -> None:
    service = Watched(*[100.0] * count)
    service.fails(5.0, 605.0, outcome)

    async def scenario(client: Any) -> None:
        jobs = await service.jobs(client)
        assert (await quantum_jobs.wait_async(jobs, timeout=3600)).done == jobs
        assert 605 <= now() < 605 + 60

    service.run(scenario)
    assert len(service.requests) < 300 + 3 * count


def test_a_retry_after_in_the_middle_of_a_wait_is_honoured() -> None:
    service = Watched(3.0)
    service.fails(0.5, 2.0, lambda: reply(503, headers={"retry-after": "100"}))

    async def scenario(client: Any) -> None:
        (job,) = await service.jobs(client)
        await job.wait()

    service.run(scenario)
    first, second = service.sent("GET")[:2]
    assert second - first >= 100


@pytest.mark.parametrize("count", [1, 30])
def test_a_deadline_is_kept_by_a_server_that_never_answers(count: int) -> None:
    service = Watched(*[NEVER] * count)

    async def scenario(client: Any) -> None:
        jobs = await service.jobs(client)
        service.answer = lambda request, now: None
        started = now()
        waited = await quantum_jobs.wait_async(jobs, timeout=12.5)
        assert (waited.done, waited.not_done) == ([], jobs)
        assert now() - started == pytest.approx(12.5)

    service.run(scenario)


def test_a_wait_that_times_out_leaves_the_job_alone_and_its_error_carries_it() -> None:
    service = Watched(NEVER)

    async def scenario(client: Any) -> None:
        (job,) = await service.jobs(client)
        started = now()
        with pytest.raises(TimeoutError) as caught:
            await job.wait(30)
        assert isinstance(caught.value, errors.WaitTimeoutError)
        assert caught.value.job is job
        assert now() - started == pytest.approx(30)

    service.run(scenario)
    assert {request.method for _, request in service.requests} == {"GET"}


@pytest.mark.parametrize(
    ("status", "error"),
    [(401, errors.AuthenticationError), (403, errors.PermissionDeniedError), (404, errors.NotFoundError)],
)
def test_an_answer_that_cannot_change_ends_the_wait(status: int, error: type[Exception]) -> None:
    service = Watched(NEVER)

    async def scenario(client: Any) -> None:
        (job,) = await service.jobs(client)
        service.answer = lambda request, now: reply(status)
        started = now()
        with pytest.raises(error):
            await job.wait()
        assert now() - started < 2

    service.run(scenario)


@pytest.mark.parametrize("count", [1, 60])
def test_jobs_of_a_closed_client_are_given_up_at_once(count: int) -> None:
    service = Watched(*[NEVER] * count)

    async def scenario(client: Any) -> None:
        jobs = await service.jobs(client)
        await client.close()
        started = now()
        assert await quantum_jobs.wait_async(jobs, timeout=25) == ([], jobs)
        assert now() - started < 2

    service.run(scenario)


def test_a_vanished_job_stands_in_not_done_and_does_not_hold_up_the_others() -> None:
    service = Watched(*[10.0] * 30)

    async def scenario(client: Any) -> None:
        jobs = await service.jobs(client)
        del service.server.jobs["job-10"]
        waited = await quantum_jobs.wait_async(jobs)
        assert waited.not_done == [jobs[10]]
        assert waited.done == [*jobs[:10], *jobs[11:]]

    service.run(scenario)


class Qbraid(Service):
    """A qBraid of a few lines: listings by state, newest first, and single jobs. ``statuses`` are the words of single
    jobs, one after the other, the last one repeated; else a job is completed from its end on."""

    def __init__(self, ends: dict[str, float], statuses: dict[str, list[str]] | None = None) -> None:
        super().__init__(self._answer)
        self.ends = ends
        self.statuses = statuses or {}

    def _answer(self, request: httpx.Request, now: float) -> Outcome:
        path = request.url.path.removeprefix("/api/v1")
        if path == "/jobs":
            return self._listing(request.url.params, now)
        job_id = path.split("/")[2]
        if job_id not in self.ends:
            return reply(404, {"detail": "no such job"})
        if path.endswith("/result"):
            return reply(200, {"success": True, "data": {"resultData": {"measurementCounts": {"0": 5}}}})
        return reply(200, {"success": True, "data": self._job(job_id, now)})

    def _listing(self, params: httpx.QueryParams, now: float) -> Outcome:
        group = params.get("statusGroup")
        ids = [job_id for job_id, end in self.ends.items() if group is None or (now >= end) is (group == "returned")]
        ids.sort(key=lambda job_id: -self.ends[job_id])
        page, limit = int(params["page"]), int(params["limit"])
        rows = [self._job(job_id, now, listed=True) for job_id in ids[(page - 1) * limit : page * limit]]
        more = page * limit < len(ids)
        return reply(200, {"success": True, "data": rows, "pagination": {"hasNext": more}})

    def _job(self, job_id: str, now: float, *, listed: bool = False) -> dict[str, Any]:
        words = self.statuses.get(job_id, ["COMPLETED" if now >= self.ends[job_id] else "QUEUED"])
        word = words[0] if listed or len(words) == 1 else words.pop(0)
        return {"jobQrn": job_id, "status": word, "shots": 5}


def test_as_completed_yields_held_and_vanished_jobs_too() -> None:
    service = Qbraid({"held": NEVER, "gone": NEVER})

    async def scenario(client: Any) -> None:
        jobs = [await client.job("held"), await client.job("gone")]
        service.statuses["held"] = ["HOLD"]
        del service.ends["gone"]
        assert {job.id for _, job in await completed(jobs, 100)} == {"held", "gone"}
        with pytest.raises(errors.JobOnHoldError):
            await jobs[0].result(timeout=1)
        with pytest.raises(errors.NotFoundError):
            await jobs[1].result(timeout=1)

    service.run(scenario, "qbraid")


def test_a_held_job_ends_its_wait_with_an_error_that_says_who_can_release_it() -> None:
    service = Qbraid({"a": NEVER}, {"a": ["HOLD"]})

    async def scenario(client: Any) -> None:
        job = await client.job("a")
        with pytest.raises(errors.JobOnHoldError, match="release"):
            await job.wait()

    service.run(scenario, "qbraid")


def test_a_job_that_was_released_from_its_hold_is_waited_for_again() -> None:
    service = Qbraid({"a": NEVER}, {"a": ["HOLD", "HOLD", "RUNNING", "COMPLETED"]})

    async def scenario(client: Any) -> None:
        job = await client.job("a")
        with pytest.raises(errors.JobOnHoldError):
            await job.wait()
        await job.wait()
        assert job.status is JobStatus.COMPLETED

    service.run(scenario, "qbraid")


def test_as_completed_raises_on_its_deadline_with_the_jobs_that_are_left() -> None:
    service = Watched(NEVER, 5.0, NEVER, 5.0)

    async def scenario(client: Any) -> None:
        jobs = await service.jobs(client)
        started, handed = now(), []

        async def hand_out() -> None:
            async for job in quantum_jobs.as_completed_async(jobs, timeout=50):
                handed.append(job)  # noqa: PERF401

        with pytest.raises(errors.WaitTimeoutError) as caught:
            await hand_out()
        assert handed == [jobs[1], jobs[3]]
        assert caught.value.jobs == [jobs[0], jobs[2]]
        assert now() - started == pytest.approx(50)

    service.run(scenario)


def test_an_unknown_status_is_waited_through_and_warned_of_once() -> None:
    service = Watched(60.0)
    service.server.jobs["job-0"]["status"] = "calibrating"

    async def scenario(client: Any) -> None:
        (job,) = await service.jobs(client)
        with pytest.warns(errors.QuantumJobsWarning, match="calibrating") as warned:
            await job.wait()
        assert len(warned) == 1

    service.run(scenario)


def test_an_api_that_ignores_the_ids_is_followed_all_the_same() -> None:
    service = Watched(*[10.0] * 200, ignores_ids=True)

    async def scenario(client: Any) -> None:
        jobs = await service.jobs(client, 60)
        assert await quantum_jobs.wait_async(jobs, timeout=300) == (jobs, [])

    service.run(scenario)


def test_one_result_that_does_not_come_does_not_hold_up_the_others() -> None:
    service = Watched(*[5.0] * 20)
    answer = service.answer
    service.answer = lambda request, now: None if "job-3/artifacts" in request.url.path else answer(request, now)

    async def scenario(client: Any) -> None:
        jobs = await service.jobs(client)
        started = now()
        *others, (moment, last) = await completed(jobs, 60)
        assert last is jobs[3]
        assert moment - started == pytest.approx(60)
        assert max(moment for moment, _ in others) < 12

    service.run(scenario)


def test_the_same_job_held_twice_is_asked_for_once() -> None:
    service = Watched(1.5)

    async def scenario(client: Any) -> None:
        jobs = [await client.job("job-0"), await client.job("job-0")]
        service.requests.clear()
        waited = await quantum_jobs.wait_async(jobs)
        assert [id(job) for job in waited.done] == [id(job) for job in jobs]
        assert all(job.status is JobStatus.COMPLETED for job in jobs)

    service.run(scenario)
    assert len(service.status_requests()) <= 2


def test_progress_is_reported_after_each_look() -> None:
    service = Watched(2.0, 7.0, 12.0, 17.0)
    seen: list[quantum_jobs.Progress] = []

    async def scenario(client: Any) -> None:
        await quantum_jobs.wait_async(await service.jobs(client), progress=seen.append)

    service.run(scenario)
    assert [report.done for report in seen] == sorted(report.done for report in seen)
    assert (seen[0].done, seen[-1].done, seen[-1].total) == (0, 4, 4)


def test_a_thousand_jobs_stay_inside_the_documented_rate_limit_results_included() -> None:
    chance = random.Random(1)
    service = Qbraid({f"job-{number:04}": chance.uniform(30, 1200) for number in range(1000)})

    async def scenario(client: Any) -> None:
        jobs = [job async for job in client.jobs()]
        assert len(jobs) == 1000
        assert await quantum_jobs.wait_async(jobs) == (jobs, [])

    service.run(scenario, "qbraid")
    sent = [moment for moment, _ in service.requests]
    assert all(later - earlier >= 900 for earlier, later in zip(sent, sent[1000:], strict=False))
    assert len(service.sent("GET", "/result")) == 1000
    assert len(sent) - 1000 < 1000


def test_one_round_for_a_thousand_jobs_without_a_bulk_request_is_at_most_ten_requests() -> None:
    service = Qbraid({f"job-{number:04}": NEVER for number in range(1000)})

    async def scenario(client: Any) -> None:
        jobs = [job async for job in client.jobs()]
        service.requests.clear()
        await quantum_jobs.wait_async(jobs, timeout=3)

    service.run(scenario, "qbraid")
    assert 0 < len(service.requests) <= 10


class NotReady(Qbraid):
    """A completed job whose result does not come."""

    def __init__(self) -> None:
        super().__init__({"a": 0.0})

    def _answer(self, request: httpx.Request, now: float) -> Outcome:
        if request.url.path.endswith("/result"):
            return reply(409, {"detail": "Job results not available yet"})
        return super()._answer(request, now)


def test_a_result_that_is_not_ready_is_waited_for_five_minutes() -> None:
    service = NotReady()

    async def scenario(client: Any) -> None:
        job = await client.job("a")
        started = now()
        with pytest.raises(errors.ResultNotReadyError) as caught:
            await job.result()
        assert caught.value.status_code == 409
        assert 280 < now() - started <= 301

    service.run(scenario, "qbraid")
    assert len(service.requests) < 50


def test_a_results_deadline_holds_while_it_is_not_ready() -> None:
    async def scenario(client: Any) -> None:
        job = await client.job("a")
        started = now()
        with pytest.raises(errors.WaitTimeoutError):
            await job.result(timeout=20)
        assert now() - started == pytest.approx(20)

    NotReady().run(scenario, "qbraid")
