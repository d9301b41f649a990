"""The results of many jobs cost few requests, whatever the service does, and hold each other up as little as they can.
In virtual time."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import anyio
import httpx
import pytest
import quantum_jobs
from quantum_jobs import errors
from quantum_jobs.core import storing

from tests.wrapper.virtual_time import Ionq, Outcome, Service, dropped, now, play, reply

PAGE = b"<!DOCTYPE html><html>Back soon</html>"


class Results(Service):
    """An IonQ with jobs that end at one moment.

    ``answer`` gives the answer to a request for a result, by the job's number, how often it was asked for, and the
    moment; or the service itself, which then answers. ``asked`` counts these requests, ``came`` has the jobs' moments.
    """

    def __init__(self, jobs: int, answer: Callable[[int, int, float], Outcome | Service], ends_at: float = 3.0) -> None:
        super().__init__(self._answer)
        self.server, self.result = Ionq(), answer
        self.ids = self.server.add(jobs, lambda number: ends_at)
        self.asked: Counter[int] = Counter()
        self.came: dict[int, float] = {}

    def _answer(self, request: httpx.Request, moment: float) -> Outcome:
        if "artifacts" in request.url.path:
            number = int(request.url.path.split("/")[3].removeprefix("job-"))
            self.asked[number] += 1
            answer = self.result(number, self.asked[number], moment)
            if not isinstance(answer, Service):
                return answer
        return self.server(request, moment)

    def follow(self, timeout: float | None = None) -> None:
        async def scene(client: quantum_jobs.AsyncClient) -> None:
            jobs = [job async for job in client.jobs()]
            async for job in quantum_jobs.as_completed_async(jobs, timeout, progress=False):
                self.came[int(job.id.removeprefix("job-"))] = now()

        self.run(scene)


@pytest.mark.parametrize(
    "outcome",
    [lambda: reply(503), dropped, lambda: reply(404, PAGE), lambda: reply(302), lambda: reply(200, PAGE)],
    ids=["503", "dropped", "404 in HTML", "a redirect", "200 in HTML"],
)
def test_an_outage_costs_few_requests_however_many_results_are_due(outcome: Callable[[], Outcome]) -> None:
    service = Results(200, lambda number, times, moment: outcome() if moment < 250 else service)
    service.follow()
    assert len(service.came) == 200
    assert all(250 < moment < 320 for moment in service.came.values())
    # One for each job, which finds out, and one when they come; between them eight every fifteen seconds or so.
    assert service.asked.total() < 400 + 250


def test_pages_in_place_of_results_that_stay_are_told() -> None:
    service = Results(20, lambda number, times, moment: reply(200, PAGE))

    async def scene(client: quantum_jobs.AsyncClient) -> None:
        jobs = [job async for job in client.jobs()]
        await quantum_jobs.wait_async(jobs, progress=False)
        assert 300 < now() < 400
        with pytest.raises(errors.WaitTimeoutError):
            await jobs[0].result(timeout=1)

    service.run(scene)


@pytest.mark.parametrize("status", [429, 503])
def test_a_service_that_takes_one_request_a_second_is_not_asked_for_much_more(status: int) -> None:
    taken = [0.0]

    def overloaded(number: int, times: int, moment: float) -> Any:
        if moment < taken[0] + 1:
            return reply(status)
        taken[0] = moment
        return service

    service = Results(100, overloaded)
    service.follow()
    assert len(service.came) == 100
    assert max(service.came.values()) < 300
    assert service.asked.total() < 1_000


@pytest.mark.parametrize("broken", [1, 30])
def test_results_that_always_fail_do_not_hold_up_one_that_failed_once(broken: int) -> None:
    def answer(number: int, times: int, moment: float) -> Any:
        if number < broken:
            return reply(500)
        return dropped() if times == 1 else service

    service = Results(broken + 1, answer)
    service.follow(timeout=600)
    assert service.came[broken] < 160


def test_jobs_without_a_result_in_time_say_why() -> None:
    service = Results(1, lambda number, times, moment: reply(503, {"message": "down for maintenance"}))

    async def scene(client: quantum_jobs.AsyncClient) -> None:
        scan = await client.submit_many([{"qubits": 1, "circuit": []}], device="simulator", progress=False)
        service.server.ends_at["job-1"] = 3.0
        (error,) = (await scan.results(timeout=60, progress=False)).errors.values()
        assert "down for maintenance" in str(error)

    service.run(scene)


def test_one_account_that_is_asked_to_pause_holds_up_no_results_of_another() -> None:
    paused = Results(5, lambda number, times, moment: reply(429, headers={"retry-after": "200"}), ends_at=1.0)
    other = Results(5, lambda number, times, moment: other, ends_at=3.0)

    async def scene() -> None:
        async with paused.connect(api_key="the-one-key") as one, other.connect(api_key="the-other-key") as another:
            others = [job async for job in another.jobs()]
            jobs = [job async for job in one.jobs()] + others
            moments = {id(job): now() async for job in quantum_jobs.as_completed_async(jobs, 60, progress=False)}
            assert len(moments) == 10
            assert all(moments[id(job)] < 15 for job in others)

    play(scene)


@pytest.mark.parametrize("rate", [0.02, 0.05])
def test_a_job_of_many_circuits_gets_its_results_though_single_requests_fail(rate: float) -> None:
    seeded, asked = random.Random(1), Counter[str]()
    kind = "ionq.result.probabilities.json.v1"
    results = {kind: {"id": "h", "format": kind, "media_type": "application/json"}}

    def circuit(job_id: str) -> dict[str, Any]:
        return {"id": job_id, "status": "completed", "shots": 100, "results": results, "stats": {"qubits": 1}}

    whole = {"id": "p", "type": "ionq.multi-circuit.v1", "shots": 100, "child_job_ids": [f"c-{n}" for n in range(200)]}

    def answer(request: httpx.Request, moment: float) -> Outcome:
        if "artifacts" in request.url.path:
            asked["results"] += 1
            return reply(503) if seeded.random() < rate else reply(200, {"1": 1.0})
        ids = request.url.params.get_list("ids")
        if ids and ids != ["p"]:
            return reply(200, {"jobs": [circuit(each) for each in ids], "next": None})
        return reply(200, {**whole, "status": "completed" if moment > 3 else "ready", "results": {}})

    async def scene(client: quantum_jobs.AsyncClient) -> None:
        job = await client.job("p")
        await quantum_jobs.wait_async([job], progress=False)
        assert now() < 60
        assert len(await job.results()) == 200

    Service(answer).run(scene)
    # All over again at most once, where a request has failed five times.
    assert asked["results"] < 500


def test_a_key_that_is_refused_for_one_part_of_the_jobs_ends_no_wait_for_the_others() -> None:
    server = Ionq()
    ids = server.add(40, lambda number: 3.0)

    def answer(request: httpx.Request, moment: float) -> Outcome:
        if moment > 2 and "ids" in request.url.params and "job-0" in request.url.params.get_list("ids"):
            return reply(401, {"message": "no"})
        return server(request, moment)

    async def scene(client: quantum_jobs.AsyncClient) -> None:
        jobs = [await client.job(job_id) for job_id in ids]
        done, not_done = await quantum_jobs.wait_async(jobs, 600, progress=False)
        assert len(done) + len(not_done) == 40
        assert not_done

    Service(answer).run(scene)


@pytest.mark.parametrize("timeout", [4.0, 5.0, 6.0, 7.0, 8.0])
def test_a_deadline_while_the_end_is_written_down_is_a_timeout(timeout: float, monkeypatch: pytest.MonkeyPatch) -> None:
    save = storing.save

    async def slow(connection: Any, records: Any) -> None:
        await anyio.sleep(1.5)
        await save(connection, records)

    monkeypatch.setattr(storing, "save", slow)
    service = Results(0, lambda number, times, moment: service)

    async def scene(client: quantum_jobs.AsyncClient) -> None:
        scan = await client.submit_many([{"qubits": 1, "circuit": []}], device="simulator", progress=False)
        service.server.ends_at["job-0"] = 3.0
        results, failures = await scan.results(timeout=timeout, progress=False)
        assert len(results) + len(failures) == 1
        assert all(isinstance(error, errors.WaitTimeoutError) for error in failures.values())

    service.run(scene)
