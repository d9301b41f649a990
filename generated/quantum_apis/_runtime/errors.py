"""What the bindings raise, beside httpx's own exceptions for connections and timeouts.

BindingsError
  UnexpectedStatus             the answer is not a success
    ClientError                4xx: the request is at fault
      BadRequestError          400
      AuthenticationError      401
      PaymentRequiredError     402
      PermissionDeniedError    403
      NotFoundError            404
      RequestTimeoutError      408
      ConflictError            409
      GoneError                410
      PayloadTooLargeError     413
      UnprocessableEntityError 422
      RateLimitError           429
    ServerError                5xx: the service is at fault
      InternalServerError      500
      BadGatewayError          502
      ServiceUnavailableError  503
      GatewayTimeoutError      504
  InvalidBody                  the answer is a success, but its body cannot be read
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

SHOWN = 500


class BindingsError(Exception):
    """The base of what the bindings raise. Carries the operation's name and the answer's status, content, headers."""

    def __init__(
        self, status_code: int, content: bytes, headers: Mapping[str, str], detail: Any = None, operation: str = ""
    ) -> None:
        super().__init__(status_code, content, dict(headers), detail, operation)
        self.status_code = status_code
        self.content = content
        self.headers = dict(headers)
        self.operation = operation

    def excerpt(self) -> str:
        """The beginning of the content as text, without what would steer a terminal."""
        text = self.content[: 4 * SHOWN].decode(errors="replace")
        text = "".join(letter if letter.isprintable() else " " for letter in text).strip()
        return (text[:SHOWN] + ("..." if len(text) > SHOWN else "")) or "no content"

    def _subject(self) -> str:
        return f"{self.operation}: " if self.operation else ""


class UnexpectedStatus(BindingsError):
    """The service did not answer with a success. `parsed` is the documented error body, where there is one."""

    def __init__(
        self, status_code: int, content: bytes, headers: Mapping[str, str], parsed: Any = None, operation: str = ""
    ) -> None:
        super().__init__(status_code, content, headers, parsed, operation)
        self.parsed = parsed

    def __str__(self) -> str:
        return f"{self._subject()}the service answered with status {self.status_code}: {self.excerpt()}"


class ClientError(UnexpectedStatus):
    """4xx: the request is at fault."""


class BadRequestError(ClientError):
    """400: the request is not valid."""


class AuthenticationError(ClientError):
    """401: the key is missing or not accepted."""


class PaymentRequiredError(ClientError):
    """402: the account cannot pay for it."""


class PermissionDeniedError(ClientError):
    """403: the key may not do this."""


class NotFoundError(ClientError):
    """404: there is no such thing, or this key may not see it."""


class RequestTimeoutError(ClientError):
    """408: the service gave up on reading the request; whether it was taken is not known."""


class ConflictError(ClientError):
    """409: not possible in the present state, such as the result of a job that runs."""


class GoneError(ClientError):
    """410: it is there no more."""


class PayloadTooLargeError(ClientError):
    """413: the body is too large."""


class UnprocessableEntityError(ClientError):
    """422: the body is understood, and wrong."""


class RateLimitError(ClientError):
    """429: too many requests; the header `Retry-After` may say how long to wait."""


class ServerError(UnexpectedStatus):
    """5xx: the service, or something in front of it, is at fault."""


class InternalServerError(ServerError):
    """500: the service failed."""


class BadGatewayError(ServerError):
    """502: something in front of the service got no good answer from it."""


class ServiceUnavailableError(ServerError):
    """503: the service cannot answer at the moment."""


class GatewayTimeoutError(ServerError):
    """504: something in front of the service got no answer in time."""


class InvalidBody(BindingsError):
    """A success whose body is not what the description says; `reason` says in which way."""

    def __init__(
        self, status_code: int, content: bytes, headers: Mapping[str, str], reason: str = "", operation: str = ""
    ) -> None:
        super().__init__(status_code, content, headers, reason, operation)
        self.reason = reason

    def __str__(self) -> str:
        return (
            f"{self._subject()}the answer (status {self.status_code}) cannot be read: {self.reason}: {self.excerpt()}"
        )


STATUSES: dict[int, type[UnexpectedStatus]] = {
    400: BadRequestError,
    401: AuthenticationError,
    402: PaymentRequiredError,
    403: PermissionDeniedError,
    404: NotFoundError,
    408: RequestTimeoutError,
    409: ConflictError,
    410: GoneError,
    413: PayloadTooLargeError,
    422: UnprocessableEntityError,
    429: RateLimitError,
    500: InternalServerError,
    502: BadGatewayError,
    503: ServiceUnavailableError,
    504: GatewayTimeoutError,
}


def status_error(
    status_code: int, content: bytes, headers: Mapping[str, str], parsed: Any = None, operation: str = ""
) -> UnexpectedStatus:
    """The error for a status, of the class that stands for it."""
    family = {4: ClientError, 5: ServerError}.get(status_code // 100, UnexpectedStatus)
    return STATUSES.get(status_code, family)(status_code, content, headers, parsed, operation)


__all__ = [
    "AuthenticationError",
    "BadGatewayError",
    "BadRequestError",
    "BindingsError",
    "ClientError",
    "ConflictError",
    "GatewayTimeoutError",
    "GoneError",
    "InternalServerError",
    "InvalidBody",
    "NotFoundError",
    "PayloadTooLargeError",
    "PaymentRequiredError",
    "PermissionDeniedError",
    "RateLimitError",
    "RequestTimeoutError",
    "ServerError",
    "ServiceUnavailableError",
    "UnexpectedStatus",
    "UnprocessableEntityError",
]
