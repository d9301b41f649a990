"""What of a cancel or delete is sent, and sent again, and how its end is told from a loss. In virtual time."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from quantum_jobs import errors

from tests.wrapper.virtual_time import (
    JOB,
    QUEUED,
    Answering,
    Outcome,
    Service,
    dropped,
    failing,
    reply,
)


@pytest.mark.parametrize("status", ["completed", "failed", "canceled"])
def test_a_job_that_is_over_is_never_sent_a_cancel(status: str) -> None:
    service = Answering(lambda: reply(200, QUEUED), then=lambda: reply(200, {"id": "a", "status": status}))

    async def scenario(client: Any) -> None:
        await (await client.job("a")).cancel()

    service.run(scenario)
    assert {request.method for _, request in service.requests} == {"GET"}


def cancelling(put: Callable[[], Outcome], *statuses: str) -> Service:
    """A service whose job has these statuses at one look after the other."""
    left = list(statuses)

    def answer(request: httpx.Request, now: float) -> Outcome:
        if request.method == "PUT":
            return put()
        return reply(200, {"id": "a", "status": left.pop(0) if len(left) > 1 else left[0]})

    return Service(answer, latency=0.1)


async def cancel(client: Any) -> Any:
    job = await client.job("a")
    await job.cancel()
    return job


@pytest.mark.parametrize("refusal", [400, 409])
def test_a_refused_cancel_is_settled_by_reading_the_job(refusal: int) -> None:
    job = cancelling(failing(refusal), "ready", "ready", "completed").run(cancel)
    assert job.status == "COMPLETED"


def test_a_refused_cancel_of_a_job_that_still_runs_is_an_error() -> None:
    with pytest.raises(errors.ConflictError):
        cancelling(failing(409), "ready").run(cancel)


def test_a_cancel_whose_answer_is_lost_is_sent_again() -> None:
    outcomes: list[Callable[[], Outcome]] = [dropped, lambda: reply(200, {"id": "a", "status": "canceled"})]
    service = cancelling(lambda: outcomes.pop(0)(), "ready", "ready", "canceled")
    assert service.run(cancel).status == "CANCELLED"
    assert len(service.sent("PUT")) == 2


def test_not_found_after_an_unclear_delete_is_success_and_at_the_first_try_an_error() -> None:
    async def delete(client: Any) -> None:
        job = await client.job("a")
        await job.delete()

    Answering(lambda: reply(200, JOB), dropped, failing(404)).run(delete)
    with pytest.raises(errors.NotFoundError):
        Answering(lambda: reply(200, JOB), failing(404)).run(delete)


def test_a_delete_is_sent_again_only_after_the_time_that_the_service_asks_for() -> None:
    service = Answering(
        lambda: reply(200, JOB), failing(429, "20"), lambda: reply(200, {"id": "a", "status": "deleted"})
    )

    async def scenario(client: Any) -> None:
        await (await client.job("a")).delete()

    service.run(scenario)
    first, second = service.sent("DELETE")
    assert second - first >= 20


def test_jobs_that_a_lost_bulk_delete_has_taken_are_not_reported_as_missing() -> None:
    service = Answering(dropped, then=failing(404))
    assert service.run(lambda client: client.delete(["a", "b"])) == {"a": None, "b": None}


def test_a_bulk_cancel_sends_nothing_for_jobs_whose_status_could_not_be_read() -> None:
    left = [failing(503), failing(503)]

    def answer(request: httpx.Request, now: float) -> Outcome:
        if left:
            return left.pop()()
        return reply(200, {"id": request.url.path.rsplit("/", 1)[1], "status": "completed"})

    service = Service(answer)
    assert service.run(lambda client: client.cancel(["a", "b"])) == {"a": None, "b": None}
    assert {request.method for _, request in service.requests} == {"GET"}


UNREADABLE: dict[str, Callable[[], Outcome]] = {
    "html": lambda: reply(200, b"<html>"),
    "no ids": lambda: reply(200, {"status": "deleted"}),
    "nothing": lambda: reply(200),
}


@pytest.mark.parametrize("bulk", UNREADABLE.values(), ids=UNREADABLE)
def test_jobs_of_a_bulk_delete_whose_answer_names_none_are_not_missing_but_deleted(
    bulk: Callable[[], Outcome],
) -> None:
    service = Answering(bulk, then=failing(404))
    assert service.run(lambda client: client.delete(["a", "b"])) == {"a": None, "b": None}
    assert len(service.requests) == 3


def test_a_bulk_answer_that_cannot_be_read_hides_the_fate_of_no_other_chunk() -> None:
    def answer(request: httpx.Request, now: float) -> Outcome:
        if request.method == "GET":
            ids = request.url.params.get_list("ids")
            one = {"id": request.url.path.rsplit("/", 1)[1], "status": "canceled"}
            return reply(200, {"jobs": [{"id": each, "status": "ready"} for each in ids], "next": None} if ids else one)
        ids = json.loads(request.content or b"{}").get("ids", []) if request.content else []
        return reply(200, b"<html>") if "job-0" in ids else reply(200, {"ids": ids, "status": "canceled"})

    ids = [f"job-{number}" for number in range(105)]
    assert Service(answer).run(lambda client: client.cancel(ids)) == dict.fromkeys(ids)
