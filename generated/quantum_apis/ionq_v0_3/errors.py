# Generated from specs/ionq-v0.3/ (IonQ Quantum Cloud API v0.3, as of 2026-05-06) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
"""What operations raise, beside httpx's own exceptions for connections and timeouts."""

from .._runtime.errors import (
    AuthenticationError,
    BadGatewayError,
    BadRequestError,
    BindingsError,
    ClientError,
    ConflictError,
    GatewayTimeoutError,
    GoneError,
    InternalServerError,
    InvalidBody,
    NotFoundError,
    PayloadTooLargeError,
    PaymentRequiredError,
    PermissionDeniedError,
    RateLimitError,
    RequestTimeoutError,
    ServerError,
    ServiceUnavailableError,
    UnexpectedStatus,
    UnprocessableEntityError,
)

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
