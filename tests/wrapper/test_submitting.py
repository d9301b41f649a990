"""One submit is one job, whatever happens to the one POST. In virtual time, with the client that users have."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from hypothesis import given, settings, strategies as st
from quantum_jobs import errors

from tests.wrapper.virtual_time import Ionq, Outcome, Service, dropped, never_sent, now, play, reply

CIRCUIT = {"qubits": 1, "circuit": [{"gate": "x", "target": 0}]}
OTHER_CIRCUIT = {"qubits": 1, "circuit": [{"gate": "h", "target": 0}]}
KEY_TAG = "quantum_jobs_idempotency_key"
DIGEST_TAG = "quantum_jobs_digest"


class Unreliable(Service):
    """An IonQ whose first POSTs go wrong: each fault says whether the job is stored, and what comes of the request."""

    def __init__(self, *faults: tuple[bool, Callable[[], Outcome]], **server: Any) -> None:
        super().__init__(self._answer)
        self.server = Ionq(**server)
        self.faults = list(faults)
        self.posts = 0

    def _answer(self, request: httpx.Request, now: float) -> Outcome:
        if request.method != "POST":
            return self.server(request, now)
        self.posts += 1
        if not self.faults:
            return self.server(request, now)
        stored, outcome = self.faults.pop(0)
        if stored:
            self.server.store(httpx.Response(200, content=request.content).json(), now)
        return outcome()

    def submit(self, **more: Any) -> Any:
        """One submission with a client of its own; the seconds that it took stand in ``took``."""

        async def scenario(client: Any) -> Any:
            started = now()
            try:
                return await submit(client, **more)
            finally:
                self.took = now() - started

        return self.run(scenario, confirmation_timeout=more.pop("confirmation_timeout", 10.0))


async def submit(client: Any, program: Any = CIRCUIT, **more: Any) -> Any:
    return await client.submit(program, **{"device": "simulator", "shots": 10, "tags": {"a": "1"}, **more})


def answer(*arguments: Any, **named: Any) -> Callable[[], Outcome]:
    return lambda: reply(*arguments, **named)


UNCLEAR: dict[str, Callable[[], Outcome]] = {
    "dropped": dropped,
    "timed out": lambda: httpx.ReadTimeout("read timeout"),
    "a protocol error": lambda: httpx.RemoteProtocolError("server disconnected"),
    "never answered": lambda: None,
    "408": answer(408),
    "500": answer(500),
    "502 in HTML": answer(502, b"<html>Bad Gateway</html>"),
    "503": answer(503, {"error": "Service Unavailable"}),
    "504": answer(504),
    "520": answer(520),
    "201 without an id": answer(201, {"status": "submitted"}),
    "201 cut in half": answer(201, b'{"id": "job-'),
    "201 in HTML": answer(201, b"<html></html>"),
    "201 with an id of the wrong type": answer(201, {"id": [7]}),
    "204 empty": answer(204),
    "the answer to another submission": answer(201, {"id": "job-9", "metadata": {KEY_TAG: "of another"}}),
}


@pytest.mark.parametrize("outcome", UNCLEAR.values(), ids=UNCLEAR)
def test_after_an_unclear_answer_the_stored_job_is_found_and_no_second_one_is_made(
    outcome: Callable[[], Outcome],
) -> None:
    service = Unreliable((True, outcome))
    assert service.submit().id == "job-0"
    assert service.posts == 1


@pytest.mark.parametrize("outcome", UNCLEAR.values(), ids=UNCLEAR)
def test_after_an_unclear_answer_without_a_job_the_error_carries_the_key_and_nothing_is_sent_again(
    outcome: Callable[[], Outcome],
) -> None:
    service = Unreliable((False, outcome))
    with pytest.raises(errors.SubmissionUncertainError) as caught:
        service.submit()
    assert caught.value.idempotency_key
    assert caught.value.idempotency_key in str(caught.value)
    assert service.posts == 1
    assert not service.server.jobs


def test_a_job_that_shows_in_listings_only_later_is_found_within_the_confirmation_timeout() -> None:
    service = Unreliable((True, dropped), lag=8.0)
    assert service.submit().id == "job-0"
    assert service.posts == 1


def test_a_job_that_shows_after_the_confirmation_timeout_is_found_by_the_errors_key() -> None:
    service = Unreliable((True, dropped), lag=60.0)

    async def scenario(client: Any) -> None:
        with pytest.raises(errors.SubmissionUncertainError) as caught:
            await submit(client)
        await asyncio.sleep(100)
        found = await client.find_submission(caught.value.idempotency_key)
        assert found.id == "job-0"

    service.run(scenario, confirmation_timeout=5.0)
    assert service.posts == 1


def test_with_no_confirmation_timeout_it_still_looks_once() -> None:
    assert Unreliable((True, dropped)).submit(confirmation_timeout=0.0).id == "job-0"


def test_what_was_never_sent_is_sent_again() -> None:
    service = Unreliable((False, never_sent), (False, never_sent))
    assert service.submit().id == "job-0"
    assert service.posts == 3


def test_a_service_that_cannot_be_reached_is_said_so_after_five_attempts() -> None:
    service = Unreliable(*[(False, never_sent)] * 9)
    with pytest.raises(errors.ServiceUnreachableError):
        service.submit()
    assert service.posts == 5


def test_a_caller_who_wants_it_gets_a_second_submission_after_the_look_up() -> None:
    service = Unreliable((False, dropped))
    assert service.submit(resubmit_uncertain=True).id == "job-0"
    assert service.posts == 2


def test_a_refused_submission_leaves_no_doubt_and_can_be_corrected_at_once() -> None:
    service = Unreliable((False, answer(400, {"error": "Bad Request", "message": "no such gate", "statusCode": 400})))

    async def scenario(client: Any) -> None:
        with pytest.raises(errors.InvalidRequestError):
            await submit(client, OTHER_CIRCUIT, idempotency_key="t")
        started = now()
        assert (await submit(client, idempotency_key="t")).id == "job-0"
        assert now() - started < 2

    service.run(scenario)


def test_a_job_whose_id_comes_as_a_number_is_found_and_not_made_again() -> None:
    service = Unreliable((True, dropped))
    shown = service.server.shown
    service.server.shown = lambda job_id, now: {**shown(job_id, now), "id": 7}  # type: ignore[method-assign]
    assert service.submit(resubmit_uncertain=True).id == "7"
    assert service.posts == 1


def test_a_second_submission_is_not_sent_when_the_look_up_finds_the_first() -> None:
    service = Unreliable((True, dropped))
    service.submit(resubmit_uncertain=True)
    assert service.posts == 1


def test_what_was_submitted_is_known_even_where_the_answer_says_only_the_id() -> None:
    record = Unreliable().submit(name="bell").record
    assert (record.shots, record.device, record.name, record.tags) == (10, "simulator", "bell", {"a": "1"})
    assert record.idempotency_key


@pytest.mark.parametrize("key", [None, "t"])
@pytest.mark.parametrize("how", ["answered", "found"])
def test_a_new_job_is_its_submission_s_whatever_the_service_makes_of_device_and_digest(
    key: str | None, how: str
) -> None:
    server = Ionq()

    def service_says(request: httpx.Request, now: float) -> Outcome:
        answer = server(request, now)
        if request.method == "POST":
            job = server.jobs["job-0"]
            del job["metadata"][DIGEST_TAG]
            job["backend"] = "simulator" if key and how == "found" else "renamed"
            if how == "found":
                return dropped()
            return reply(201, {**job, "metadata": {**job["metadata"], DIGEST_TAG: "cut"}})
        return answer

    async def scenario(client: Any) -> None:
        job = await submit(client, idempotency_key=key)
        assert (job.id, job.record.shots) == ("job-0", 10)

    Service(service_says).run(scenario)
    assert len(server.jobs) == 1


def test_the_job_of_several_circuits_is_found_and_not_one_of_its_circuits() -> None:
    service = Unreliable()
    tags = {"metadata": {KEY_TAG: "t"}}
    service.server.store(tags, 0)
    service.server.store({**tags, "parent_job_id": "job-0"}, 0)
    assert service.run(lambda client: client.find_submission("t")).id == "job-0"


def test_a_listing_that_leads_in_circles_ends_the_look_up() -> None:
    circles = Service(lambda request, now: reply(200, {"jobs": [{"id": "a", "status": "ready"}], "next": "same"}))
    assert circles.run(lambda client: client.find_submission("t")) is None
    assert len(circles.requests) == 2


# Refusals.

REFUSALS: dict[int, type[errors.APIError]] = {
    303: errors.APIError,
    307: errors.APIError,
    400: errors.InvalidRequestError,
    401: errors.AuthenticationError,
    402: errors.APIError,
    403: errors.PermissionDeniedError,
    404: errors.NotFoundError,
    409: errors.ConflictError,
    413: errors.InvalidRequestError,
    422: errors.InvalidRequestError,
    425: errors.APIError,
    499: errors.APIError,
}


@pytest.mark.parametrize(("status", "error"), REFUSALS.items())
def test_a_refusal_is_an_error_after_one_look_and_carries_the_key(status: int, error: type[errors.APIError]) -> None:
    service = Unreliable((False, answer(status, {"error": "no", "message": "not like this", "statusCode": status})))
    with pytest.raises(error) as caught:
        service.submit()
    assert type(caught.value) is error
    assert caught.value.idempotency_key
    assert caught.value.idempotency_key in str(caught.value)
    assert "find_submission" in str(caught.value)
    assert service.posts == 1
    assert service.took < 1.0


@pytest.mark.parametrize("status", [*REFUSALS, 429])
def test_a_job_that_was_made_although_the_answer_says_no_is_found_and_not_made_twice(status: int) -> None:
    service = Unreliable(*[(True, answer(status))] * 5)
    assert service.submit().id == "job-0"
    assert service.posts == 1


@pytest.mark.parametrize("status", REFUSALS)
def test_a_job_made_by_a_refused_post_that_shows_later_is_found_by_the_errors_key(status: int) -> None:
    service = Unreliable((True, answer(status)), lag=5.0)

    async def scenario(client: Any) -> str:
        with pytest.raises(errors.APIError) as caught:
            await submit(client)
        await asyncio.sleep(6)
        return str((await client.find_submission(caught.value.idempotency_key)).id)

    assert service.run(scenario) == "job-0"
    assert service.posts == 1


def test_a_429_is_sent_again_after_the_time_that_the_service_asks_for_and_a_look() -> None:
    service = Unreliable((False, answer(429, headers={"retry-after": "7"})))
    assert service.submit().id == "job-0"
    first, second = service.sent("POST")
    assert 7 <= second - first < 9
    assert service.posts == 2


def test_a_429_after_which_nobody_can_look_is_not_sent_again() -> None:
    busy = True

    def everything_is_busy(request: httpx.Request, now: float) -> Outcome:
        return reply(429 if request.method == "POST" else 503)

    service = Service(everything_is_busy)
    with pytest.raises(errors.RateLimitError) as caught:
        service.run(submit)
    assert busy
    assert caught.value.idempotency_key in str(caught.value)
    assert len(service.sent("POST")) == 1


def test_a_429_that_asks_for_more_than_a_minute_is_told_at_once() -> None:
    service = Unreliable((False, answer(429, headers={"retry-after": "3600"})))
    with pytest.raises(errors.RateLimitError) as caught:
        service.submit()
    assert caught.value.retry_after == 3600
    assert service.took < 1.0


def test_a_device_that_is_not_there_is_told_with_those_there_are() -> None:
    def answers(request: httpx.Request, now: float) -> Outcome:
        if request.method == "POST":
            return reply(404, {"error": "Not Found", "message": "backend nowhere is not known", "statusCode": 404})
        if request.url.path.endswith("/backends"):
            return reply(200, [{"backend": "simulator"}, {"backend": "qpu.forte-1"}])
        return reply(200, {"jobs": [], "next": None})

    with pytest.raises(errors.NotFoundError, match=r"simulator, qpu\.forte-1"):
        Service(answers).run(lambda client: submit(client, device="nowhere"))


# One key, one submission.


def test_a_key_of_ones_own_returns_the_job_that_has_it() -> None:
    service = Unreliable()

    async def scenario(client: Any) -> None:
        first = await submit(client, idempotency_key="run-7")
        for _ in range(60):
            service.server.store({"metadata": {KEY_TAG: "another"}}, 0)
        again = await submit(client, idempotency_key="run-7")
        assert first == again
        assert again.id == "job-0"

    service.run(scenario)
    assert service.posts == 1


OTHERS: dict[str, dict[str, Any]] = {
    "program": {"program": OTHER_CIRCUIT},
    "device": {"device": "qpu.forte-1"},
    "shots": {"shots": 1000},
    "options": {"options": {"noise": {"model": "aria-1"}}},
}


@pytest.mark.parametrize("same_client", [True, False], ids=["the same client", "a later process"])
@pytest.mark.parametrize(("part", "other"), OTHERS.items(), ids=OTHERS)
def test_a_key_of_another_submission_is_an_error_that_names_what_differs_and_carries_the_job(
    part: str, other: dict[str, Any], same_client: bool
) -> None:
    service = Unreliable()

    async def scene() -> None:
        async with service.connect() as client:
            await submit(client, idempotency_key="t", name="first")
            if same_client:
                await again(client)
        if not same_client:
            later = Service(service.server)
            async with later.connect() as client:
                await again(client)
            assert not later.sent("POST")

    async def again(client: Any) -> None:
        with pytest.raises(errors.IdempotencyMismatchError) as caught:
            await submit(client, idempotency_key="t", **other)
        error = caught.value
        assert error.differences == (part,)
        assert error.idempotency_key == "t"
        assert part in str(error)
        assert error.job.id == "job-0"
        assert (error.job.record.shots, error.job.record.name) == (10, "first")
        assert (await error.job.refresh()).id == "job-0"

    play(scene)
    assert service.posts == 1


def test_a_mismatch_says_both_values_where_the_service_shows_them() -> None:
    service = Unreliable()

    async def scenario(client: Any) -> None:
        await submit(client, idempotency_key="t")
        with pytest.raises(errors.IdempotencyMismatchError, match=r"shots 1000 here and 10 there"):
            await submit(client, idempotency_key="t", shots=1000)

    service.run(scenario)


def test_a_list_of_one_program_is_not_that_program() -> None:
    service = Unreliable()

    async def scenario(client: Any) -> None:
        await submit(client, idempotency_key="t")
        with pytest.raises(errors.IdempotencyMismatchError) as caught:
            await submit(client, [CIRCUIT], idempotency_key="t")
        assert caught.value.differences == ("program",)

    service.run(scenario)


def test_another_name_or_tags_are_the_same_submission_and_the_record_stays_the_jobs() -> None:
    service = Unreliable()

    async def scene() -> None:
        async with service.connect() as client:
            await client.submit(CIRCUIT, device="simulator", shots=10, idempotency_key="t")
        async with Service(service.server).connect() as client:
            again = await client.submit(
                CIRCUIT, device="simulator", shots=10, name="other", tags={"b": "2"}, idempotency_key="t"
            )
            assert (again.id, again.record.name, again.record.tags) == ("job-0", None, {})
            assert (again.record.shots, again.record.device) == (10, "simulator")

    play(scene)


@pytest.mark.parametrize(("shown", "differs"), [({"shots": 10}, True), ({"shots": 1000}, False), ({}, False)])
def test_a_job_without_a_digest_is_compared_by_what_its_record_shows(shown: dict[str, Any], differs: bool) -> None:
    service = Unreliable()
    service.server.store({"metadata": {KEY_TAG: "t"}, "backend": "simulator", **shown}, 0)

    async def scenario(client: Any) -> None:
        if differs:
            with pytest.raises(errors.IdempotencyMismatchError) as caught:
                await submit(client, idempotency_key="t", shots=1000)
            assert caught.value.differences == ("shots",)
        else:
            job = await submit(client, idempotency_key="t", shots=1000)
            assert (job.id, job.record.shots) == ("job-0", shown.get("shots"))

    service.run(scenario)
    assert service.posts == 0


def test_the_digest_travels_beside_the_key_and_is_no_tag_of_the_record() -> None:
    service = Unreliable()

    async def scenario(client: Any) -> None:
        job = await submit(client)
        assert (await client.job(job.id)).record.tags == {"a": "1"}
        (listed,) = [each async for each in client.jobs()]
        assert listed.record.tags == {"a": "1"}

    service.run(scenario)
    metadata = service.server.jobs["job-0"]["metadata"]
    assert metadata.keys() == {"a", KEY_TAG, DIGEST_TAG, "quantum_jobs_shots"}
    assert len(metadata[DIGEST_TAG]) <= 64
    assert int(metadata[DIGEST_TAG], 16) >= 0


_IN_ANOTHER_PROCESS = """
import httpx, json, quantum_jobs
def answer(request):
    print(json.loads(request.content)["metadata"]["quantum_jobs_digest"])
    return httpx.Response(201, json={"id": "a", "status": "submitted"})
with quantum_jobs.connect("ionq", api_key="k", transport=httpx.MockTransport(answer)) as client:
    client.submit({"circuit": [{"target": 0, "gate": "x"}], "qubits": 1}, device="simulator", shots=10,
                  options={"b": 0.1, "a": {"z": 1, "y": 2}})
"""


def test_the_digest_is_the_same_in_every_process_and_whatever_the_order_of_names() -> None:
    service = Unreliable()
    service.submit(options={"a": {"y": 2, "z": 1}, "b": 0.1})
    digest = service.server.jobs["job-0"]["metadata"][DIGEST_TAG]
    for seed in ("1", "2"):
        ran = subprocess.run(
            [sys.executable, "-c", _IN_ANOTHER_PROCESS],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        )
        assert ran.stdout.strip() == digest
    # Of this version and every later one: jobs that were submitted carry it.
    assert digest == "9517353328637e6ecc88aad74a44dc153642bbd3016b3367"


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**40), 2**40)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text("aé"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=3),
    max_leaves=6,
)


@settings(deadline=None)  # a submission takes longer on a busy machine
@given(
    one=st.tuples(st.integers(1, 9), st.dictionaries(st.text("abc", min_size=1), _JSON, max_size=3)),
    two=st.tuples(st.integers(1, 9), st.dictionaries(st.text("abc", min_size=1), _JSON, max_size=3)),
)
def test_digests_are_equal_exactly_when_submissions_are(one: Any, two: Any) -> None:
    digests = []
    for shots, options in (one, two):
        service = Unreliable()
        service.submit(shots=shots, options=options)
        digests.append(service.server.jobs["job-0"]["metadata"][DIGEST_TAG])
    assert (digests[0] == digests[1]) == (repr(_sorted(one)) == repr(_sorted(two)))


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value)}
    return [_sorted(each) for each in value] if isinstance(value, (list, tuple)) else value


def test_options_cannot_take_the_place_of_what_travels_with_a_submission() -> None:
    service = Unreliable()
    job = service.submit(options={"metadata": {KEY_TAG: "x", DIGEST_TAG: "y", "more": "z"}})
    metadata = service.server.jobs[job.id]["metadata"]
    assert metadata[KEY_TAG] != "x"
    assert metadata[DIGEST_TAG] != "y"
    assert metadata["more"] == "z"
