"""What is qBraid's own: envelopes, early cancels, time stamps that move, request ids in bodies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
import quantum_jobs
from quantum_jobs import ConflictError, JobStatus, NotFoundError

from tests.wrapper.clouds import connect

#: An error as recorded from the live service.
CONFLICT = {
    "success": False,
    "message": "Job is still initializing. Try again in a few moments.",
    "requestId": "req-1",
    "error": {"code": "JOB_CANCEL_CONFLICT"},
}


def cancelling(answers: Sequence[httpx.Response], **job: Any) -> tuple[quantum_jobs.Client, list[str]]:
    """A client of a service whose cancel is answered like this, one after the other; and what it was asked."""
    asked: list[str] = []
    left = list(answers)

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(f"{request.method} {request.url.path.rpartition('/')[2]}")
        if request.method == "POST":
            return left.pop(0) if len(left) > 1 else left[0]
        return httpx.Response(200, json={"data": {"jobQrn": "a", "status": "INITIALIZING", **job}})

    return quantum_jobs.connect("qbraid", api_key="a-key", transport=httpx.MockTransport(answer)), asked


@pytest.mark.usefixtures("without_backoff")
def test_a_cancel_right_after_the_submission_is_tried_again_until_it_goes_through() -> None:
    taken = httpx.Response(202, json={"message": "cancelling", "jobQrn": "a", "status": "CANCELLING"})
    client, asked = cancelling([httpx.Response(409, json=CONFLICT)] * 3 + [taken])
    with client:
        client.job("a").cancel()
        assert asked.count("POST cancel") == 4
        assert client.cancel(["a"]) == {"a": None}


@pytest.mark.usefixtures("without_backoff")
def test_a_cancel_that_stays_too_early_is_an_error_after_five_attempts() -> None:
    client, asked = cancelling([httpx.Response(409, json=CONFLICT)])
    with client, pytest.raises(ConflictError, match="still initializing") as caught:
        client.job("a").cancel()
    assert asked.count("POST cancel") == 5
    assert (caught.value.code, caught.value.request_id) == ("JOB_CANCEL_CONFLICT", "req-1")


@pytest.mark.parametrize("code", ["JOB_NOT_CANCELLABLE", None])
def test_another_conflict_is_settled_by_reading_the_job_at_once(code: str | None) -> None:
    other = {**CONFLICT, "error": {"code": code}}
    client, asked = cancelling([httpx.Response(409, json=other)])
    with client, pytest.raises(ConflictError):
        client.job("a").cancel()
    assert asked.count("POST cancel") == 1


@pytest.mark.usefixtures("without_backoff")
def test_a_job_that_ends_while_its_cancel_is_too_early_is_no_error() -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.method)
        status = "COMPLETED" if "POST" in asked else "INITIALIZING"
        if request.method == "POST":
            return httpx.Response(409, json=CONFLICT)
        return httpx.Response(200, json={"data": {"jobQrn": "a", "status": status}})

    with quantum_jobs.connect("qbraid", api_key="a-key", transport=httpx.MockTransport(answer)) as client:
        job = client.job("a")
        job.cancel()
    assert job.status is JobStatus.COMPLETED


@pytest.mark.parametrize("place", ["beside the error", "in the error", "in a header"])
def test_the_id_of_a_refused_request_is_told(place: str) -> None:
    body: dict[str, Any] = {"success": False, "message": "no such job", "error": {"code": "NOT_FOUND"}}
    headers = {}
    if place == "beside the error":
        body["requestId"] = "req-7"
    elif place == "in the error":
        body["error"]["requestId"] = "req-7"
    else:
        headers["x-request-id"] = "req-7"
    client, _ = connect("qbraid-v2", {"/jobs/a": httpx.Response(404, json=body, headers=headers)})
    with client, pytest.raises(NotFoundError, match="no such job") as caught:
        client.job("a")
    assert (caught.value.request_id, caught.value.code) == ("req-7", "NOT_FOUND")


def test_the_moment_of_creation_is_the_one_that_does_not_change() -> None:
    stable, first, second = "2026-09-01T10:00:00Z", "2026-09-01T10:00:01Z", "2026-09-01T10:00:09Z"
    client, cloud = connect("qbraid-v2", {})
    with client:
        seen = []
        for moved in (first, second):
            stamps = {"createdAt": moved}
            cloud.pages["/jobs/a"] = {"data": {"jobQrn": "a", "createdAt": stable, "timeStamps": stamps}}
            seen.append(client.job("a").record.created_at)
        assert seen == [datetime(2026, 9, 1, 10, tzinfo=UTC)] * 2
        del cloud.pages["/jobs/a"]["data"]["createdAt"]
        assert client.job("a").record.created_at == datetime(2026, 9, 1, 10, 0, 9, tzinfo=UTC)
