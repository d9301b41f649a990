"""Every exception that Quantum Jobs raises, drawn once::

    QuantumJobsError
      UsageError (also a ValueError)   the call is wrong: a bad id, base URL, service name, key, program
        IdempotencyMismatchError       the idempotency key was used for another submission; carries its job
      CredentialsError                 no key found: which places were looked at
      UnsupportedError                 the service has no such operation or program format; says what to do instead
      APIError                         the service answered with an error status
        AuthenticationError            401
        PermissionDeniedError          403
        NotFoundError                  404
        ConflictError                  409
          ResultNotReadyError          the job is done and its result is still not there
        InvalidRequestError            400, 413, 422
        RateLimitError                 429
        ServiceError                   5xx
      ServiceUnreachableError          no connection, or a connection lost
        RequestTimeoutError (also a TimeoutError)   no answer in time
      ResponseError                    an answer that could not be read
      StoreError                       the job store cannot be read or written
      SubmissionUncertainError         it is not known whether a job was made; carries the idempotency key to find it by
      CostLimitError                   the estimate is more than max_cost; nothing was submitted
      JobError                         carries the job
        JobFailedError   JobCancelledError   JobOnHoldError   WaitTimeoutError (also a TimeoutError)

    QuantumJobsWarning (a UserWarning)  something unexpected that was dealt with: an unknown status, odd probabilities

All of them pickle, and none of them ever holds a key.
"""

from __future__ import annotations

# This module imports nothing of ours. As in the package itself, importing typing would be most of its cost.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any


class QuantumJobsError(Exception):
    """Base of all exceptions of this library.

    ``idempotency_key`` is that of the submission which the error ended, for ``find_submission``; ``None`` where it
    ended something else.
    """

    idempotency_key: str | None = None

    def __init__(self, message: str = "") -> None:
        super().__init__(message)

    @property
    def message(self) -> str:
        """What went wrong, where, and what to do, for a person to read."""
        return str(self.args[0]) if self.args else ""


class QuantumJobsWarning(UserWarning):
    """Something unexpected in what a service sent, dealt with as the documentation says."""


class UsageError(QuantumJobsError, ValueError):
    """The call itself is wrong. Nothing was submitted or changed."""


class IdempotencyMismatchError(UsageError):
    """The idempotency key belongs to another submission. Nothing was submitted.

    Attributes:
        idempotency_key: the key.
        job: the job that has it.
        differences: what is not the same: of ``"program"``, ``"device"``, ``"shots"``, ``"options"``.
    """

    idempotency_key: str

    def __init__(
        self, message: str = "", *, idempotency_key: str = "", job: Any = None, differences: Sequence[str] = ()
    ) -> None:
        super().__init__(message)
        self.idempotency_key = idempotency_key
        self.job = job
        self.differences = tuple(differences)


class CredentialsError(QuantumJobsError):
    """No API key was found; the message names every place that was looked at."""


class UnsupportedError(QuantumJobsError):
    """The service has no such operation, or does not take this program format; the message says what to do instead."""


class APIError(QuantumJobsError):
    """The service answered with an error status.

    Attributes:
        service: full name of the service, such as ``"ionq-v0.4"``.
        operation: the operation called, named as in the bindings, such as ``"get_job"``.
        status_code: HTTP status.
        code: the vendor's own error code, where it sends one.
        request_id: the vendor's id of this request, where it sends one; support asks for it.
        body: the answer's text, shortened to 2,000 characters.
        retry_after: seconds the service asked to wait, where it did.
    """

    def __init__(
        self,
        message: str = "",
        *,
        service: str | None = None,
        operation: str | None = None,
        status_code: int = 0,
        code: str | None = None,
        request_id: str | None = None,
        body: str = "",
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.service = service
        self.operation = operation
        self.status_code = status_code
        self.code = code
        self.request_id = request_id
        self.body = body
        self.retry_after = retry_after


class AuthenticationError(APIError):
    """401: the key is missing, wrong or revoked."""


class PermissionDeniedError(APIError):
    """403: the key is good, but not for this."""


class NotFoundError(APIError):
    """404: no such job, device or result."""


class ConflictError(APIError):
    """409: not possible in the state the job is in."""


class ResultNotReadyError(ConflictError):
    """The job is complete, and the service still does not hand out its result. Ask again later."""


class InvalidRequestError(APIError):
    """400, 413 or 422: the service does not take this request as it is."""


class RateLimitError(APIError):
    """429: too many requests. ``retry_after`` holds the seconds to wait, where the service told."""


class ServiceError(APIError):
    """5xx: the service failed."""


class ServiceUnreachableError(QuantumJobsError):
    """The service could not be reached, or the connection was lost before the answer was complete.

    ``service`` and ``operation`` are as in ``APIError``. ``sent`` is False where it is certain that the service has
    seen nothing of the request.
    """

    def __init__(
        self, message: str = "", *, service: str | None = None, operation: str | None = None, sent: bool = True
    ) -> None:
        super().__init__(message)
        self.service = service
        self.operation = operation
        self.sent = sent


class RequestTimeoutError(ServiceUnreachableError, TimeoutError):
    """No complete answer came within the client's ``timeout``."""


class ResponseError(QuantumJobsError):
    """An answer that could not be read: what was expected, where, and what came.

    ``service``, ``operation`` and ``status_code`` are as in ``APIError``; ``body`` holds the raw answer, shortened to
    2,000 characters.
    """

    def __init__(
        self,
        message: str = "",
        *,
        service: str | None = None,
        operation: str | None = None,
        status_code: int = 0,
        body: str = "",
    ) -> None:
        super().__init__(message)
        self.service = service
        self.operation = operation
        self.status_code = status_code
        self.body = body


class StoreError(QuantumJobsError):
    """The job store cannot be read or written, or does not hold what was asked for. ``store`` says which one.

    One that ends a submission was raised before anything was sent.
    """

    def __init__(self, message: str = "", *, store: str | None = None) -> None:
        super().__init__(message)
        self.store = store


class SubmissionUncertainError(QuantumJobsError):
    """It is not known whether a job was made. It was not sent a second time.

    ``client.find_submission(error.idempotency_key)`` looks for it again. Submitting the same with
    ``idempotency_key=error.idempotency_key`` looks for it first, in this process for the whole confirmation timeout: a
    job that is found is returned, and where none is found one is made.
    """

    idempotency_key: str

    def __init__(self, message: str = "", *, idempotency_key: str = "", service: str | None = None) -> None:
        super().__init__(message)
        self.idempotency_key = idempotency_key
        self.service = service


class CostLimitError(QuantumJobsError):
    """A submission is estimated to cost more than ``max_cost``, or than what is left of it. Nothing was submitted.

    Attributes:
        estimated: what this submission would cost.
        max_cost: the limit.
    """

    def __init__(self, message: str = "", *, estimated: Any = None, max_cost: Any = None) -> None:
        super().__init__(message)
        self.estimated = estimated
        self.max_cost = max_cost


class JobError(QuantumJobsError):
    """Something about one job. ``job`` is the job, ready for use."""

    def __init__(self, message: str = "", *, job: Any = None) -> None:
        super().__init__(message)
        self.job = job


class JobFailedError(JobError):
    """The job failed. ``code`` and ``reason`` are the vendor's own words, ``None`` where it gives none."""

    def __init__(
        self, message: str = "", *, job: Any = None, code: str | None = None, reason: str | None = None
    ) -> None:
        super().__init__(message, job=job)
        self.code = code
        self.reason = reason


class JobCancelledError(JobError):
    """The job was cancelled, so it has no result."""


class JobOnHoldError(JobError):
    """The service holds the job back; only a person can release it, so waiting makes no sense."""


class WaitTimeoutError(JobError, TimeoutError):
    """The time given is over. The jobs go on: ``job`` (or all that were still waited for, ``jobs``) can be waited for
    again at any time."""

    def __init__(self, message: str = "", *, job: Any = None, jobs: Sequence[Any] = ()) -> None:
        super().__init__(message, job=job)
        self.jobs = list(jobs)


def check_completed(job: Any) -> None:
    """Raise JobFailedError or JobCancelledError for a job that is over without a result. It may come out of a store."""
    record = job.record
    if record.status == "FAILED":
        code = record.failure.code if record.failure else None
        reason = (record.failure.message if record.failure else None) or record.status_message
        why = ": ".join(part for part in (code, reason) if part) or "the service gives no reason"
        raise JobFailedError(f"{record.ref} failed: {why}", job=job, code=code, reason=reason)
    if record.status == "CANCELLED":
        raise JobCancelledError(f"{record.ref} was cancelled, so it has no result", job=job)


def add_note_once(error: BaseException, note: str) -> None:
    """Add a note to an exception that passes through several places which add the same one."""
    if note not in getattr(error, "__notes__", ()):
        error.add_note(note)


_BY_STATUS: dict[int, type[APIError]] = {
    400: InvalidRequestError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    409: ConflictError,
    413: InvalidRequestError,
    422: InvalidRequestError,
    429: RateLimitError,
}


def api_error_class(status_code: int) -> type[APIError]:
    """The class for an HTTP error status; ``APIError`` itself for one that has no class of its own."""
    return _BY_STATUS.get(status_code, ServiceError if status_code >= 500 else APIError)
