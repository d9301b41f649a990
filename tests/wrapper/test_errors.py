"""Every error has its class, and pickles with all that it carries."""

from __future__ import annotations

import pickle
from decimal import Decimal
from typing import Any

import httpx
import pytest
import quantum_jobs
from quantum_jobs import errors


class AnyJob:
    """Stands in for a job in an error that goes through a pickle."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AnyJob)

    __hash__ = None  # type: ignore[assignment]


ERRORS: list[tuple[type[errors.QuantumJobsError], dict[str, Any]]] = [
    (errors.QuantumJobsError, {}),
    (errors.UsageError, {}),
    (errors.CredentialsError, {}),
    (errors.UnsupportedError, {}),
    *(
        (
            kind,
            {
                "service": "ionq-v0.4",
                "operation": "get_job",
                "status_code": 418,
                "code": "teapot",
                "request_id": "r-1",
                "body": "{}",
                "retry_after": 1.5,
            },
        )
        for kind in (
            *(errors.APIError, errors.AuthenticationError, errors.PermissionDeniedError, errors.NotFoundError),
            *(errors.ConflictError, errors.ResultNotReadyError, errors.InvalidRequestError, errors.RateLimitError),
            errors.ServiceError,
        )
    ),
    (errors.IdempotencyMismatchError, {"idempotency_key": "t", "job": AnyJob(), "differences": ("shots",)}),
    (errors.ServiceUnreachableError, {"service": "ionq-v0.4", "operation": "get_job"}),
    (errors.RequestTimeoutError, {"service": "ionq-v0.4", "operation": "get_job"}),
    (errors.ResponseError, {"service": "ionq-v0.4", "operation": "get_job", "status_code": 200, "body": "<html>"}),
    (errors.StoreError, {"store": "the job store 'jobs.sqlite3'"}),
    (errors.SubmissionUncertainError, {"idempotency_key": "t", "service": "ionq-v0.4"}),
    (
        errors.CostLimitError,
        {"estimated": quantum_jobs.Cost.in_usd(Decimal(2)), "max_cost": quantum_jobs.Cost.in_usd(Decimal(1))},
    ),
    (errors.JobError, {"job": AnyJob()}),
    (errors.JobFailedError, {"job": AnyJob(), "code": "InternalError", "reason": "out of order"}),
    (errors.JobCancelledError, {"job": AnyJob()}),
    (errors.JobOnHoldError, {"job": AnyJob()}),
    (errors.WaitTimeoutError, {"job": AnyJob(), "jobs": [AnyJob(), AnyJob()]}),
]


def test_every_error_is_in_the_table() -> None:
    def below(kind: type) -> set[type]:
        return {kind}.union(*(below(child) for child in kind.__subclasses__()))

    ours = {kind for kind in below(errors.QuantumJobsError) if kind.__module__ == "quantum_jobs.errors"}
    assert ours == {kind for kind, _ in ERRORS}
    assert {kind.__name__ for kind in ours} <= set(quantum_jobs.__all__)
    assert "QuantumJobsWarning" in quantum_jobs.__all__


@pytest.mark.parametrize(("kind", "attributes"), ERRORS, ids=lambda value: getattr(value, "__name__", ""))
def test_every_error_pickles_with_all_that_it_carries(kind: type[Any], attributes: dict[str, Any]) -> None:
    error = kind("what is wrong", **attributes)
    error.add_note("a note")
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(error, protocol))
        assert type(again) is kind
        assert (str(again), again.message, again.args) == ("what is wrong", "what is wrong", ("what is wrong",))
        assert {name: getattr(again, name) for name in attributes} == attributes
        assert again.__notes__ == ["a note"]
    assert kind().message == ""


def test_a_job_in_an_error_is_ready_for_use_after_a_pickle() -> None:
    answer = httpx.MockTransport(lambda request: httpx.Response(200, json={"id": "a", "status": "failed"}))
    with quantum_jobs.connect("ionq", api_key="a-key", transport=answer) as client:
        job = client.job("a")
        with pytest.raises(quantum_jobs.JobFailedError) as caught:
            job.result()
    again = pickle.loads(pickle.dumps(caught.value))
    assert caught.value.job is job
    assert (type(again.job), again.job.ref, again.job.record) == (quantum_jobs.Job, job.ref, job.record)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        *((400, errors.InvalidRequestError), (401, errors.AuthenticationError), (403, errors.PermissionDeniedError)),
        *((404, errors.NotFoundError), (409, errors.ConflictError), (413, errors.InvalidRequestError)),
        *((418, errors.APIError), (422, errors.InvalidRequestError), (429, errors.RateLimitError)),
        *(
            (500, errors.ServiceError),
            (503, errors.ServiceError),
            (520, errors.ServiceError),
            (599, errors.ServiceError),
        ),
    ],
)
def test_an_error_status_has_its_class(status: int, kind: type[errors.APIError]) -> None:
    assert errors.api_error_class(status) is kind


def test_errors_are_what_their_kind_is_in_python_too() -> None:
    assert issubclass(errors.UsageError, ValueError)
    assert issubclass(errors.IdempotencyMismatchError, errors.UsageError)
    assert issubclass(errors.WaitTimeoutError, TimeoutError)
    assert issubclass(errors.RequestTimeoutError, TimeoutError)
    assert issubclass(errors.RequestTimeoutError, errors.ServiceUnreachableError)
    assert issubclass(errors.ResultNotReadyError, errors.ConflictError)
    assert issubclass(errors.QuantumJobsWarning, UserWarning)
