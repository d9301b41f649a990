"""What is sent again, when, and how often. In virtual time."""

from __future__ import annotations

from email.utils import formatdate

import pytest
from quantum_jobs import errors
from quantum_jobs.flows.ask import JobState, ask
from quantum_jobs.flows.managing import cancel, cancel_many, delete, delete_many
from quantum_jobs.http import retry
from quantum_jobs.http.commands import Outcome, Reply, Request, TransportFailure
from quantum_jobs.http.limits import RateLimit
from quantum_jobs.model import JobRecord

from tests.wrapper.virtual import Clock, VirtualChannel, connection, dropped, reply

JOB = {"id": "a", "status": "completed"}


def answering(*outcomes: Outcome, then: Outcome | None = None) -> tuple[VirtualChannel, Clock]:
    left = list(outcomes)
    last = then or reply(200, JOB)
    _, channel = connection(lambda request, now: (0.1, left.pop(0) if left else last))
    return channel, Clock()


def get(channel: VirtualChannel, clock: Clock, **more: object) -> Outcome:
    return clock.run(retry.send(Request(channel=channel, method="GET", url="/jobs/a"), **more))


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504, 520, 524, 529])
def test_a_status_that_may_pass_is_asked_again(status: int) -> None:
    channel, clock = answering(reply(status), reply(status))
    outcome = get(channel, clock)
    assert isinstance(outcome, Reply)
    assert outcome.ok
    assert len(channel.requests) == 3


@pytest.mark.parametrize("status", [200, 204, 301, 400, 401, 403, 404, 409, 410, 422, 501, 505, 599])
def test_any_other_status_is_final(status: int) -> None:
    channel, clock = answering(then=reply(status))
    get(channel, clock)
    assert len(channel.requests) == 1


@pytest.mark.parametrize("failure", [dropped(), dropped(sent=False)], ids=["dropped", "refused"])
def test_a_lost_connection_is_tried_five_times(failure: TransportFailure) -> None:
    channel, clock = answering(then=failure)
    assert get(channel, clock) == failure
    assert len(channel.requests) == 5


def test_with_a_deadline_it_is_tried_until_then_and_ends_on_it() -> None:
    channel, clock = answering(then=dropped())
    get(channel, clock, deadline=1300.0)
    assert len(channel.requests) > 8
    assert clock.now == pytest.approx(1300.0)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("7", 7.0), ("2.5", 2.5), (formatdate(1_800_001_000.0 + 20, usegmt=True), 20.0)],
    ids=["seconds", "fraction", "date"],
)
def test_retry_after_is_kept_in_both_its_forms(header: str, seconds: float) -> None:
    channel, clock = answering(reply(503, headers={"retry-after": header}))
    get(channel, clock)
    first, second = channel.sent("GET")
    assert second - first == pytest.approx(seconds + 0.1, abs=0.2)


@pytest.mark.parametrize("header", ["", "soon", "-5", "nan", "inf", "1e999", "Thu, 99 Foo 2026 99:99:99 GMT", "12, 13"])
def test_a_retry_after_that_makes_no_sense_is_left_aside(header: str) -> None:
    channel, clock = answering(reply(503, headers={"retry-after": header}))
    get(channel, clock)
    assert len(channel.requests) == 2
    assert clock.now < 1002


@pytest.mark.parametrize("header", ["0", formatdate(1_000_000_000, usegmt=True)], ids=["zero", "past"])
@pytest.mark.parametrize("status", [429, 503])
def test_a_retry_after_of_now_is_soon_and_never_a_request_every_millisecond(status: int, header: str) -> None:
    channel, clock = answering(reply(status, headers={"retry-after": header}))
    get(channel, clock)
    assert clock.now < 1000.2 + retry.FIRST_BACKOFF
    channel, clock = answering(then=reply(status, headers={"retry-after": header}))
    get(channel, clock, deadline=1060.0)
    assert len(channel.requests) < 30


@pytest.mark.parametrize("asked", ["61", formatdate(1_800_001_000 + 0.1 + 61, usegmt=True)], ids=["seconds", "date"])
def test_without_a_deadline_nobody_waits_longer_than_a_minute(asked: str) -> None:
    service, _ = connection(lambda request, now: (0.1, reply(429, headers={"retry-after": asked})))
    clock = Clock()
    with pytest.raises(errors.RateLimitError) as caught:
        clock.run(ask(service, service.service.get("a")))
    assert caught.value.retry_after == pytest.approx(61, abs=0.2)
    assert clock.now == pytest.approx(1000.1)


def test_a_pause_that_the_service_asks_for_holds_for_everyone_with_the_key() -> None:
    channel, clock = answering(reply(429, headers={"retry-after": "30"}))
    get(channel, clock)
    clock.now = 1010.0  # another flow, while the first still waited
    other, _ = answering()
    other.limiter = channel.limiter
    get(other, clock)
    assert other.sent("GET") == [pytest.approx(1030.1)]


def test_requests_beyond_the_rate_limit_wait_for_their_turn() -> None:
    _, channel = connection(lambda request, now: (0.0, reply(200, JOB)), limit=RateLimit(3, 10.0))
    clock = Clock()
    for _ in range(7):
        get(channel, clock)
    sent = [moment - 1000 for moment in channel.sent("GET")]
    assert sent == pytest.approx([0, 0, 0, 11, 11, 11, 22])


def test_a_place_within_the_rate_limit_that_comes_too_late_is_not_taken() -> None:
    _, channel = connection(lambda request, now: (0.0, reply(200, JOB)), limit=RateLimit(1, 100.0))
    clock = Clock()
    get(channel, clock)
    outcome = get(channel, clock, deadline=1050.0)
    assert isinstance(outcome, TransportFailure)
    assert clock.now == pytest.approx(1050.0)
    get(channel, clock)
    assert channel.sent("GET")[1] == pytest.approx(1101.0)


def state(answer: object) -> tuple[JobState, VirtualChannel]:
    connected, channel = connection(answer)
    return JobState(connected, JobRecord(id="a", service="ionq-v0.4")), channel


@pytest.mark.parametrize("status", ["completed", "failed", "canceled"])
def test_a_job_that_is_over_is_never_sent_a_cancel(status: str) -> None:
    job, channel = state(lambda request, now: (0.1, reply(200, {"id": "a", "status": status})))
    Clock().run(cancel(job))
    assert {request.method for _, request in channel.requests} == {"GET"}


@pytest.mark.parametrize("refusal", [400, 409])
def test_a_refused_cancel_is_settled_by_reading_the_job(refusal: int) -> None:
    statuses = iter(["ready", "completed"])

    def answer(request: Request, now: float) -> tuple[float, Outcome]:
        if request.method == "PUT":
            return 0.1, reply(refusal, {"error": "no", "message": "too late", "statusCode": refusal})
        return 0.1, reply(200, {"id": "a", "status": next(statuses)})

    job, _ = state(answer)
    Clock().run(cancel(job))
    assert job.record.status == "COMPLETED"


def test_a_refused_cancel_of_a_job_that_still_runs_is_an_error() -> None:
    def answer(request: Request, now: float) -> tuple[float, Outcome]:
        return (0.1, reply(409)) if request.method == "PUT" else (0.1, reply(200, {"id": "a", "status": "ready"}))

    job, _ = state(answer)
    with pytest.raises(errors.ConflictError):
        Clock().run(cancel(job))


def test_a_cancel_whose_answer_is_lost_is_sent_again() -> None:
    left = [dropped()]

    def answer(request: Request, now: float) -> tuple[float, Outcome]:
        if request.method == "PUT":
            return 0.1, left.pop() if left else reply(200, {"id": "a", "status": "canceled"})
        return 0.1, reply(200, {"id": "a", "status": "canceled" if not left else "ready"})

    job, channel = state(answer)
    Clock().run(cancel(job))
    assert len(channel.sent("PUT")) == 2
    assert job.record.status == "CANCELLED"


def test_not_found_after_an_unclear_delete_is_success_and_at_the_first_try_an_error() -> None:
    outcomes = [dropped(), reply(404)]
    connected, _ = connection(lambda request, now: (0.1, outcomes.pop(0)))
    Clock().run(delete(connected, "a"))
    outcomes = [reply(404)]
    with pytest.raises(errors.NotFoundError):
        Clock().run(delete(connected, "a"))


def test_a_delete_is_sent_again_only_after_the_time_that_the_service_asks_for() -> None:
    outcomes = [reply(429, headers={"retry-after": "20"}), reply(200, {"id": "a", "status": "deleted"})]
    connected, channel = connection(lambda request, now: (0.1, outcomes.pop(0)))
    Clock().run(delete(connected, "a"))
    first, second = channel.sent("DELETE")
    assert second - first >= 20


def test_jobs_that_a_lost_bulk_delete_has_taken_are_not_reported_as_missing() -> None:
    left = [dropped()]

    def answer(request: Request, now: float) -> tuple[float, Outcome]:
        return 0.1, left.pop() if left else reply(404)

    connected, _ = connection(answer)
    assert Clock().run(delete_many(connected, ["a", "b"])) == {"a": None, "b": None}


def test_a_bulk_cancel_sends_nothing_for_jobs_whose_status_could_not_be_read() -> None:
    left = [reply(503), reply(503)]

    def answer(request: Request, now: float) -> tuple[float, Outcome]:
        return 0.1, left.pop() if left else reply(200, {"id": request.url.rsplit("/", 1)[1], "status": "completed"})

    connected, channel = connection(answer)
    assert Clock().run(cancel_many(connected, ["a", "b"])) == {"a": None, "b": None}
    assert {request.method for _, request in channel.requests} == {"GET"}


UNREADABLE = [reply(200, b"<html>"), reply(200, {"status": "deleted"}), reply(200, None)]


@pytest.mark.parametrize("bulk", UNREADABLE, ids=["html", "no ids", "nothing"])
def test_jobs_of_a_bulk_delete_whose_answer_names_none_are_not_missing_but_deleted(bulk: Reply) -> None:
    left = [bulk]

    def answer(request: Request, now: float) -> tuple[float, Outcome]:
        return 0.1, left.pop() if left else reply(404)

    connected, channel = connection(answer)
    assert Clock().run(delete_many(connected, ["a", "b"])) == {"a": None, "b": None}
    assert len(channel.requests) == 3


def test_a_bulk_answer_that_cannot_be_read_hides_the_fate_of_no_other_chunk() -> None:
    def answer(request: Request, now: float) -> tuple[float, Outcome]:
        if request.method == "GET":
            job_ids = (request.params or {}).get("ids")
            jobs = [{"id": job_id, "status": "ready"} for job_id in job_ids or []]
            one = {"id": request.url.rsplit("/", 1)[1], "status": "canceled"}
            return 0.1, reply(200, {"jobs": jobs, "next": None} if job_ids else one)
        if "job-0" in (request.json or {}).get("ids", []):
            return 0.1, reply(200, b"<html>")
        return 0.1, reply(200, {"ids": (request.json or {}).get("ids"), "status": "canceled"})

    connected, _ = connection(answer)
    ids = [f"job-{number}" for number in range(connected.service.bulk_chunk + 5)]
    assert Clock().run(cancel_many(connected, ids)) == dict.fromkeys(ids)
