"""Waiting costs few requests, outlives outages, and keeps its deadlines. In virtual time."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import pytest
from quantum_jobs import errors
from quantum_jobs.flows import following, waiting
from quantum_jobs.flows.ask import JobState
from quantum_jobs.http.commands import Outcome, Request
from quantum_jobs.model import JobRecord, JobStatus

from tests.wrapper.virtual import Answering, Clock, Connected, VirtualIonq, connection, dropped, reply


def states(connected: Connected, ids: list[str], **more: Any) -> list[JobState]:
    name = connected.service.name
    found = [
        JobState(connected, JobRecord(id=each, service=name, status=JobStatus.QUEUED, **more), seen_at=1000.0)
        for each in ids
    ]
    for state in found:
        state.owner = state.record.id
    return found


def outage(server: Answering, start: float, end: float, *, outcome: Outcome) -> Answering:
    def answer(request: Request, now: float) -> tuple[float, Outcome] | None:
        return (0.1, outcome) if start <= now < end else server(request, now)

    return answer


def test_a_hundred_jobs_that_end_together_cost_at_most_eight_rounds() -> None:
    server = VirtualIonq()
    ids = server.add(100, lambda number: 1020.0)
    connected, channel = connection(server)
    clock = Clock()
    done, not_done = clock.run(waiting.wait_all(states(connected, ids), 60.0))
    assert (len(done), not_done) == (100, [])
    listings = channel.sent("GET", "/jobs")
    status_requests = [
        request for _, request in channel.requests if request.url == "/jobs" or request.url.count("/") == 2
    ]
    assert len(status_requests) <= 32
    assert len(listings) - len(status_requests) == 100  # one result each
    assert clock.now <= 1027.0
    assert all(state.results and state.results[0].counts == {"1": 100} for state in done)


def test_jobs_that_end_at_different_times_are_handed_out_within_six_seconds_of_their_end() -> None:
    server = VirtualIonq()
    chance = random.Random(7)
    ends = [1000 + chance.uniform(1, 150) for _ in range(60)]
    ids = server.add(60, lambda number: ends[number])
    connected, _ = connection(server)
    clock = Clock()
    clock.run(waiting.as_completed(states(connected, ids), 600.0))
    assert len(clock.emitted) == 60
    late = [moment - server.ends_at[state.record.id] for moment, state in clock.emitted]
    assert max(late) < 6.0


def test_an_hour_in_a_queue_costs_less_than_a_third_of_asking_every_five_seconds() -> None:
    server = VirtualIonq()
    ids = server.add(1, lambda number: 1000 + 3600.0)
    connected, channel = connection(server)
    Clock().run(waiting.wait_one(states(connected, ids)[0], None))
    assert len(channel.requests) < 240


def test_a_vendors_prediction_spaces_the_looks() -> None:
    server = VirtualIonq()
    ids = server.add(1, lambda number: 1000 + 600.0)
    server.jobs["job-0"]["predicted_wait_time_ms"] = 3_600_000
    connected, channel = connection(server)
    Clock().run(waiting.wait_one(states(connected, ids)[0], None))
    assert len(channel.requests) <= 12


@pytest.mark.parametrize(
    "outcome",
    [
        dropped(),
        dropped(sent=False),
        reply(503),
        reply(502, b"<html>"),
        reply(200, b"<html>maintenance</html>"),
        reply(429),
    ],
    ids=["dropped", "refused", "503", "502", "HTML", "429"],
)
@pytest.mark.parametrize("count", [1, 3, 40])
def test_an_outage_of_ten_minutes_costs_nothing_but_time(outcome: Outcome, count: int) -> None:
    server = VirtualIonq()
    ids = server.add(count, lambda number: 1100.0)
    connected, channel = connection(outage(server, 1005.0, 1605.0, outcome=outcome))
    clock = Clock()
    done, not_done = clock.run(waiting.wait_all(states(connected, ids), 3600.0))
    assert (len(done), not_done) == (count, [])
    assert 1605 <= clock.now < 1605 + 60
    assert len(channel.requests) < 300 + 3 * count


def test_a_retry_after_in_the_middle_of_a_wait_is_honoured() -> None:
    server = VirtualIonq()
    ids = server.add(1, lambda number: 1003.0)
    busy = reply(503, headers={"retry-after": "100"})
    connected, channel = connection(outage(server, 1000.0, 1002.0, outcome=busy))
    Clock().run(waiting.wait_one(states(connected, ids)[0], None))
    first, second = channel.sent("GET")[:2]
    assert second - first >= 100


@pytest.mark.parametrize("count", [1, 30])
def test_a_deadline_is_kept_by_a_server_that_never_answers(count: int) -> None:
    connected, _ = connection(lambda request, now: None)
    clock = Clock()
    waited = states(connected, [f"job-{number}" for number in range(count)])
    done, not_done = clock.run(waiting.wait_all(waited, 12.5))
    assert (done, not_done) == ([], waited)
    assert clock.now == pytest.approx(1012.5)


def test_a_wait_that_times_out_leaves_the_job_alone_and_its_error_carries_it() -> None:
    server = VirtualIonq()
    ids = server.add(1, lambda number: 1e9)
    connected, channel = connection(server)
    clock = Clock()
    with pytest.raises(errors.WaitTimeoutError) as caught:
        clock.run(waiting.wait_one(states(connected, ids)[0], 30))
    assert caught.value.job == "job-0"
    assert clock.now == pytest.approx(1030)
    assert {request.method for _, request in channel.requests} == {"GET"}


@pytest.mark.parametrize(
    ("status", "error"),
    [(401, errors.AuthenticationError), (403, errors.PermissionDeniedError), (404, errors.NotFoundError)],
)
def test_an_answer_that_cannot_change_ends_the_wait(status: int, error: type[Exception]) -> None:
    connected, _ = connection(lambda request, now: (0.1, reply(status)))
    clock = Clock()
    with pytest.raises(error):
        clock.run(waiting.wait_one(states(connected, ["a"])[0], None))
    assert clock.now < 1002


@pytest.mark.parametrize("status", [302, 307, 405, 451, 499])
@pytest.mark.parametrize("count", [1, 5])
def test_an_answer_that_somebody_else_gave_for_the_service_costs_only_time(status: int, count: int) -> None:
    server = VirtualIonq()
    ids = server.add(count, lambda number: 1100.0)
    connected, _ = connection(outage(server, 1010.0, 1200.0, outcome=reply(status)))
    done, _ = Clock().run(waiting.wait_all(states(connected, ids), None))
    assert len(done) == count


@pytest.mark.parametrize("name", ["ionq-v0.4", "qbraid-v2"])
def test_jobs_of_a_closed_client_are_given_up_at_once(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    connected, channel = connection(lambda request, now: None, name)

    def closed(channel: object, now: float, latest: float | None = None) -> float | None:
        raise errors.UsageError("this client is closed")

    monkeypatch.setattr(type(channel), "reserve", closed)
    clock = Clock()
    waited = states(connected, [f"job-{number}" for number in range(60)])
    assert clock.run(waiting.wait_all(waited, 25.0)) == ([], waited)
    assert clock.now < 1002


def test_a_vanished_job_stands_in_not_done_and_does_not_hold_up_the_others() -> None:
    server = VirtualIonq()
    ids = server.add(30, lambda number: 1010.0)
    connected, _ = connection(server)
    waited = states(connected, [*ids[:10], "gone", *ids[10:]])
    done, not_done = Clock().run(waiting.wait_all(waited, None))
    assert [state.record.id for state in not_done] == ["gone"]
    assert [state.record.id for state in done] == ids


def test_as_completed_yields_held_and_vanished_jobs_too() -> None:
    def held(request: Request, now: float) -> tuple[float, Outcome]:
        job = {"jobQrn": "held", "status": "HOLD"}
        return 0.1, reply(200, {"success": True, "data": job}) if "held" in request.url else reply(404)

    connected, _ = connection(held, "qbraid-v2")
    clock = Clock()
    clock.run(waiting.as_completed(states(connected, ["held", "gone"]), 100))
    assert {state.record.id for _, state in clock.emitted} == {"held", "gone"}


def test_a_held_job_ends_its_wait_with_an_error_that_says_who_can_release_it() -> None:
    connected, _ = connection(
        lambda request, now: (0.1, reply(200, {"success": True, "data": {"jobQrn": "a", "status": "HOLD"}})),
        "qbraid-v2",
    )
    with pytest.raises(errors.JobOnHoldError, match="release"):
        Clock().run(waiting.wait_one(states(connected, ["a"])[0], None))


def test_as_completed_raises_on_its_deadline_with_the_jobs_that_are_left() -> None:
    server = VirtualIonq()
    ids = server.add(4, lambda number: 1005.0 if number % 2 else 1e9)
    connected, _ = connection(server)
    clock = Clock()
    with pytest.raises(errors.WaitTimeoutError) as caught:
        clock.run(waiting.as_completed(states(connected, ids), 50))
    assert [state.record.id for _, state in clock.emitted] == ["job-1", "job-3"]
    assert caught.value.jobs == ["job-0", "job-2"]
    assert clock.now == pytest.approx(1050)


def test_an_unknown_status_is_waited_through_and_warned_of_once() -> None:
    server = VirtualIonq()
    ids = server.add(1, lambda number: 1060.0)
    server.jobs["job-0"]["status"] = "calibrating"
    connected, _ = connection(server)
    with pytest.warns(errors.QuantumJobsWarning, match="calibrating") as warned:
        Clock().run(waiting.wait_one(states(connected, ids)[0], None))
    assert len(warned) == 1


def test_an_api_that_ignores_the_ids_is_followed_all_the_same() -> None:
    server = VirtualIonq(ignores_ids=True)
    ids = server.add(200, lambda number: 1010.0)
    connected, _ = connection(server)
    done, not_done = Clock().run(waiting.wait_all(states(connected, ids[:60]), 300.0))
    assert (len(done), not_done) == (60, [])


def test_one_result_that_does_not_come_does_not_hold_up_the_others() -> None:
    server = VirtualIonq()
    ids = server.add(20, lambda number: 1005.0)

    def answer(request: Request, now: float) -> tuple[float, Outcome] | None:
        return None if "job-3/artifacts" in request.url else server(request, now)

    connected, _ = connection(answer)
    clock = Clock()
    clock.run(waiting.as_completed(states(connected, ids), 60.0))
    *others, last = clock.emitted
    assert last[1].record.id == "job-3"
    assert last[0] == pytest.approx(1060.0)
    assert max(moment for moment, _ in others) < 1012


def test_the_same_job_held_twice_is_asked_for_once() -> None:
    server = VirtualIonq()
    ids = server.add(1, lambda number: 1001.0)
    connected, channel = connection(server)
    waited = states(connected, [*ids, *ids])
    done, _ = Clock().run(waiting.wait_all(waited, None))
    assert done == waited
    assert len(channel.sent("GET", "artifacts")) == 2
    assert all(state.record.status is JobStatus.COMPLETED for state in waited)


def test_progress_is_reported_after_each_look() -> None:
    server = VirtualIonq()
    ids = server.add(4, lambda number: 1002.0 + 5 * number)
    connected, _ = connection(server)
    seen: list[following.Progress] = []
    Clock().run(waiting.wait_all(states(connected, ids), None, seen.append))
    assert [report.done for report in seen] == sorted(report.done for report in seen)
    assert (seen[0].done, seen[-1].done, seen[-1].total) == (0, 4, 4)


class VirtualQbraid:
    """A qBraid of a few lines: listings by state, newest first, and single jobs; 1,000 requests in 15 minutes."""

    def __init__(self, ends: dict[str, float]) -> None:
        self.ends = ends

    def __call__(self, request: Request, now: float) -> tuple[float, Outcome]:
        params = request.params or {}
        if request.url == "/jobs":
            over = params["statusGroup"] == "returned"
            ids = [job_id for job_id, end in self.ends.items() if (now >= end) is over]
            ids.sort(key=lambda job_id: -self.ends[job_id])
            page, limit = params["page"], params["limit"]
            rows = [self.job(job_id, now) for job_id in ids[(page - 1) * limit : page * limit]]
            more = page * limit < len(ids)
            return 0.2, reply(200, {"success": True, "data": rows, "pagination": {"hasNext": more}})
        if request.url.endswith("/result"):
            return 0.2, reply(200, {"success": True, "data": {"resultData": {"measurementCounts": {"0": 5}}}})
        return 0.2, reply(200, {"success": True, "data": self.job(request.url.rsplit("/", 1)[1], now)})

    def job(self, job_id: str, now: float) -> dict[str, Any]:
        return {"jobQrn": job_id, "status": "COMPLETED" if now >= self.ends[job_id] else "QUEUED", "shots": 5}


def test_a_thousand_jobs_stay_inside_the_documented_rate_limit_results_included() -> None:
    chance = random.Random(1)
    ends = {f"job-{number:04}": 1000 + chance.uniform(30, 1200) for number in range(1000)}
    connected, channel = connection(VirtualQbraid(ends), "qbraid-v2")
    clock = Clock()
    done, not_done = clock.run(waiting.wait_all(states(connected, list(ends)), None))
    assert (len(done), not_done) == (1000, [])
    sent = [moment for moment, _ in channel.requests]
    assert all(later - earlier >= 900 for earlier, later in zip(sent, sent[1000:], strict=False))
    results = channel.sent("GET", "/result")
    assert len(results) == 1000
    status_requests = Counter(sent) - Counter(results)
    assert sum(status_requests.values()) < 1000


def test_one_round_for_a_thousand_jobs_without_a_bulk_request_is_at_most_ten_requests() -> None:
    ends = {f"job-{number:04}": 1e9 for number in range(1000)}
    connected, channel = connection(VirtualQbraid(ends), "qbraid-v2")
    Clock().run(waiting.wait_all(states(connected, list(ends)), 3.0))
    assert 0 < len(channel.requests) <= 10


def test_a_result_that_is_not_ready_is_waited_for_five_minutes() -> None:
    connected, channel = connection(
        lambda request, now: (0.1, reply(409, {"detail": "Job results not available yet"})), "qbraid-v2"
    )
    state = JobState(connected, JobRecord(id="a", service="qbraid-v2", status=JobStatus.COMPLETED), seen_at=1000.0)
    clock = Clock()
    with pytest.raises(errors.ResultNotReadyError) as caught:
        clock.run(waiting.result(state, None, memory=False))
    assert caught.value.status_code == 409
    assert 1280 < clock.now <= 1301
    assert len(channel.requests) < 50


def test_a_results_deadline_holds_while_it_is_not_ready() -> None:
    connected, _ = connection(lambda request, now: (0.1, reply(409)), "qbraid-v2")
    state = JobState(connected, JobRecord(id="a", service="qbraid-v2", status=JobStatus.COMPLETED), seen_at=1000.0)
    clock = Clock()
    with pytest.raises(errors.WaitTimeoutError):
        clock.run(waiting.result(state, 20.0, memory=False))
    assert clock.now == pytest.approx(1020.0)


def test_a_job_that_was_released_from_its_hold_is_waited_for_again() -> None:
    statuses = iter(["HOLD", "RUNNING", "COMPLETED"])

    def answer(request: Request, now: float) -> tuple[float, Outcome]:
        return 0.1, reply(200, {"success": True, "data": {"jobQrn": "a", "status": next(statuses)}})

    connected, _ = connection(answer, "qbraid-v2")
    (state,) = states(connected, ["a"])
    clock = Clock()
    with pytest.raises(errors.JobOnHoldError):
        clock.run(waiting.wait_one(state, None))
    clock.run(waiting.wait_one(state, None))
    assert state.record.status is JobStatus.COMPLETED
