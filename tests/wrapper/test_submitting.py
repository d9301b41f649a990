"""One submit is one job, whatever happens to the one POST. In virtual time."""

from __future__ import annotations

from typing import Any

import pytest
from quantum_jobs import errors
from quantum_jobs.client.common import submission
from quantum_jobs.flows import submitting
from quantum_jobs.flows.ask import JobState
from quantum_jobs.http.commands import Outcome, Request, TransportFailure

from tests.wrapper.virtual import Clock, VirtualIonq, connection, dropped, reply

CIRCUIT = {"qubits": 1, "circuit": [{"gate": "x", "target": 0}]}


class Unreliable:
    """A service whose first POSTs go wrong: each fault says whether the job is stored, and what is answered."""

    def __init__(self, *faults: tuple[bool, Outcome | None], **server: Any) -> None:
        self.server = VirtualIonq(**server)
        self.faults = list(faults)
        self.posts = 0

    def __call__(self, request: Request, now: float) -> tuple[float, Outcome] | None:
        if request.method != "POST":
            return self.server(request, now)
        self.posts += 1
        if not self.faults:
            return self.server(request, now)
        stored, outcome = self.faults.pop(0)
        if stored:
            self.server.store(request.json, now)
        return None if outcome is None else (0.2, outcome)


def submit(service: Unreliable, clock: Clock | None = None, **more: Any) -> JobState:
    connected, _ = connection(service)
    idempotency_key = more.pop("idempotency_key", None)
    given = submission(
        CIRCUIT, device="simulator", shots=10, name=None, tags={"a": 1}, options=None, idempotency_key=idempotency_key
    )
    flow = submitting.submit(
        connected,
        given,
        own_key=idempotency_key is not None,
        resubmit_uncertain=more.pop("resubmit_uncertain", False),
        confirmation_timeout=more.pop("confirmation_timeout", 10.0),
    )
    return (clock or Clock()).run(flow)


UNCLEAR = {
    "dropped": dropped(),
    "timed out": TransportFailure(sent=True, timed_out=True, message="read timeout"),
    "never answered": None,
    "408": reply(408),
    "500": reply(500),
    "502 in HTML": reply(502, b"<html>Bad Gateway</html>"),
    "503": reply(503, {"error": "Service Unavailable"}),
    "504": reply(504),
    "520": reply(520),
    "201 without an id": reply(201, {"status": "submitted"}),
    "201 cut in half": reply(201, b'{"id": "job-'),
    "201 in HTML": reply(201, b"<html></html>"),
    "201 with an id of the wrong type": reply(201, {"id": ["7"]}),
    "204 empty": reply(204),
}


@pytest.mark.parametrize("outcome", UNCLEAR.values(), ids=UNCLEAR)
def test_after_an_unclear_answer_the_stored_job_is_found_and_no_second_one_is_made(outcome: Outcome | None) -> None:
    service = Unreliable((True, outcome))
    state = submit(service)
    assert state.record.id == "job-0"
    assert service.posts == 1
    assert len(service.server.jobs) == 1


@pytest.mark.parametrize("outcome", UNCLEAR.values(), ids=UNCLEAR)
def test_after_an_unclear_answer_without_a_job_the_error_carries_the_key_and_nothing_is_sent_again(
    outcome: Outcome | None,
) -> None:
    service = Unreliable((False, outcome))
    with pytest.raises(errors.SubmissionUncertainError) as caught:
        submit(service)
    assert caught.value.idempotency_key
    assert caught.value.idempotency_key in str(caught.value)
    assert service.posts == 1
    assert not service.server.jobs


def test_a_job_that_shows_in_listings_only_later_is_found_within_the_confirmation_timeout() -> None:
    service = Unreliable((True, dropped()), lag=8.0)
    assert submit(service).record.id == "job-0"
    assert service.posts == 1


def test_a_job_that_shows_after_the_confirmation_timeout_is_found_by_the_errors_key() -> None:
    service, clock = Unreliable((True, dropped()), lag=60.0), Clock()
    with pytest.raises(errors.SubmissionUncertainError) as caught:
        submit(service, clock, confirmation_timeout=5.0)
    clock.now += 100
    connected, _ = connection(service)
    found = clock.run(submitting.find(connected, caught.value.idempotency_key, pages=None))
    assert found.id == "job-0"
    assert service.posts == 1


def test_with_no_confirmation_timeout_it_still_looks_once() -> None:
    assert submit(Unreliable((True, dropped())), confirmation_timeout=0.0).record.id == "job-0"


def test_what_was_never_sent_is_sent_again() -> None:
    service = Unreliable((False, dropped(sent=False)), (False, dropped(sent=False)))
    assert submit(service).record.id == "job-0"
    assert service.posts == 3


def test_a_service_that_cannot_be_reached_is_said_so_after_five_attempts() -> None:
    service = Unreliable(*[(False, dropped(sent=False))] * 9)
    with pytest.raises(errors.ServiceUnreachableError):
        submit(service)
    assert service.posts == 5


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, errors.InvalidRequestError),
        (401, errors.AuthenticationError),
        (402, errors.APIError),
        (403, errors.PermissionDeniedError),
        (404, errors.NotFoundError),
        (409, errors.ConflictError),
        (413, errors.InvalidRequestError),
        (422, errors.InvalidRequestError),
        (307, errors.APIError),
    ],
)
def test_a_refusal_is_an_error_at_once(status: int, error: type[Exception]) -> None:
    service = Unreliable((False, reply(status, {"error": "no", "message": "not like this", "statusCode": status})))
    with pytest.raises(error) as caught:
        submit(service)
    assert type(caught.value) is error
    assert service.posts == 1


def test_a_429_is_sent_again_after_the_time_that_the_service_asks_for() -> None:
    service, clock = Unreliable((False, reply(429, headers={"retry-after": "7"}))), Clock()
    assert submit(service, clock).record.id == "job-0"
    assert service.posts == 2
    assert clock.now == pytest.approx(1000 + 0.2 + 7 + 0.2)


def test_a_429_that_asks_for_more_than_a_minute_is_told_at_once() -> None:
    service, clock = Unreliable((False, reply(429, headers={"retry-after": "3600"}))), Clock()
    with pytest.raises(errors.RateLimitError) as caught:
        submit(service, clock)
    assert caught.value.retry_after == 3600
    assert clock.now < 1001


def test_a_caller_who_wants_it_gets_a_second_submission_after_the_look_up() -> None:
    service = Unreliable((False, dropped()))
    assert submit(service, resubmit_uncertain=True).record.id == "job-0"
    assert service.posts == 2


def test_a_second_submission_is_not_sent_when_the_look_up_finds_the_first() -> None:
    service = Unreliable((True, dropped()))
    submit(service, resubmit_uncertain=True)
    assert service.posts == 1


def test_a_key_of_ones_own_returns_the_job_that_has_it() -> None:
    service, clock = Unreliable(), Clock()
    first = submit(service, clock, idempotency_key="run-7")
    for _ in range(60):
        service.server.store({"metadata": {"quantum_jobs_idempotency_key": "another"}}, clock.now)
    again = submit(service, clock, idempotency_key="run-7")
    assert again.record.id == first.record.id == "job-0"
    assert service.posts == 1


def test_the_job_of_several_circuits_is_found_and_not_one_of_its_circuits() -> None:
    service, clock = Unreliable(), Clock()
    idempotency_key = {"metadata": {"quantum_jobs_idempotency_key": "t"}}
    service.server.store(idempotency_key, 0)
    service.server.store({**idempotency_key, "parent_job_id": "job-0"}, 0)
    connected, _ = connection(service)
    assert clock.run(submitting.find(connected, "t", pages=None)).id == "job-0"


def test_a_listing_that_leads_in_circles_ends_the_look_up() -> None:
    def circles(request: Request, now: float) -> tuple[float, Outcome]:
        return 0.1, reply(200, {"jobs": [{"id": "a", "status": "ready"}], "next": "same"})

    connected, channel = connection(circles)
    assert Clock().run(submitting.find(connected, "t", pages=None)) is None
    assert len(channel.requests) == 2


def test_what_was_submitted_is_known_even_where_the_answer_says_only_the_id() -> None:
    record = submit(Unreliable()).record
    assert (record.shots, record.device, record.tags) == (10, "simulator", {"a": 1})
    assert record.idempotency_key


def test_an_interrupted_submission_leaves_its_key_with_the_interruption() -> None:
    from quantum_jobs.http.scheduler import Scheduler

    connected, _ = connection(lambda request, now: None)
    given = submission(CIRCUIT, device="simulator", shots=10, name=None, tags=None, options=None, idempotency_key=None)
    scheduler = Scheduler(
        submitting.submit(connected, given, own_key=False, resubmit_uncertain=False, confirmation_timeout=10.0)
    )
    scheduler.advance(lambda: 0.0)
    interruption = scheduler.interrupt(KeyboardInterrupt())
    assert given.idempotency_key in interruption.__notes__[0]
