"""HTTP requests, responses and errors as plain data, and the operations of a service.

The clouds in `vendors` use only these types and no HTTP library.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

import attrs

MAX_BODY = 10 * 1024 * 1024
"""Largest request body, in bytes: the 10 MB that IonQ documents."""

ACCEPTED_KEY = "sandbox-key"
"""A key for programs that use the sandbox only. Every key but `REFUSED_KEY` and the empty one is accepted.

Followed by a dash and eight hexadecimal digits it is a key of the same account, see `Sandbox.api_key`.
"""

REFUSED_KEY = "wrong-key"
"""A key that every cloud of the sandbox refuses."""

BASE_PATHS: Mapping[str, str] = {"ionq-v0.4": "/v0.4", "ionq-v0.3": "/v0.3", "qbraid-v2": "/api/v1"}
"""The services, and the paths at which their vendors serve them."""

ALIASES: Mapping[str, str] = {"ionq": "ionq-v0.4", "qbraid": "qbraid-v2"}
"""Short names of services."""

_MAX_DEPTH = 100
"""Nesting of a JSON value. Responses repeat what was sent, and code that copies and encodes them is recursive."""

_WITHOUT_BODY = (204, 205, 304)


@attrs.frozen
class Request:
    """One request. Header names are in lower case; for a service, `path` is relative to its base URL."""

    method: str
    path: str
    query: Mapping[str, Sequence[str]] = attrs.field(factory=dict)
    headers: Mapping[str, str] = attrs.field(factory=dict, repr=False)
    body: bytes = attrs.field(default=b"", repr=False)
    parameters: Mapping[str, str] = attrs.field(factory=dict)
    lag: float = 0.0
    """How old a listing is, in seconds."""
    owner: str = ""
    """The account of the key, see `accounts`."""

    def query_value(self, name: str) -> str | None:
        """The last value of a query parameter, or None."""
        values = self.query.get(name)
        return values[-1] if values else None

    def json(self) -> Any:
        """The body as JSON. Raises HTTPError where it is not JSON."""
        try:
            return parse_json(self.body)
        except ValueError:
            raise HTTPError.invalid("The request body is not valid JSON", "body") from None


@attrs.frozen
class EncodedResponse:
    """One response as bytes. Header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@attrs.frozen
class Response:
    """One response. `body` is sent as JSON unless it is text."""

    status: int
    body: Any
    headers: Mapping[str, str] = attrs.field(factory=dict)

    def encoded(self) -> EncodedResponse:
        """The response as bytes. Raises ValueError for a body that cannot be sent as JSON."""
        if self.status in _WITHOUT_BODY:
            length = {"content-length": "0"} if self.status == 205 else {}
            return EncodedResponse(self.status, {**self.headers, **length}, b"")
        if isinstance(self.body, str):
            kind, body = "text/plain; charset=utf-8", self.body.encode()
        else:
            kind = "application/json"
            body = json.dumps(self.body, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
        headers = {"content-type": kind, **self.headers, "content-length": str(len(body))}
        return EncodedResponse(self.status, headers, body)


class HTTPError(Exception):
    """An error response, which each vendor writes in its own form.

    Args:
        status: HTTP status; 0 for an invalid request, for which vendors have different statuses.
        message: what is wrong.
        location: the invalid part of the request, such as ``("body", "shots")``.
        code: the vendor's error code, where the status does not determine it.
    """

    def __init__(
        self, status: int, message: str, location: Sequence[str | int] = (), *, code: str | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.location = tuple(location)
        self.code = code

    @classmethod
    def invalid(cls, message: str, *location: str | int) -> HTTPError:
        """The error for an invalid body or parameter."""
        return cls(0, message, location)


@attrs.frozen
class Operation:
    """One operation of a service: `path` as in the vendor's document, such as ``/jobs/{UUID}``."""

    method: str
    path: str
    handler: Callable[[Request], Response]
    public: bool = False
    pattern: re.Pattern[str] = attrs.field(init=False, repr=False)

    @pattern.default
    def _pattern(self) -> re.Pattern[str]:
        parts = re.split(r"\{(\w+)\}", self.path)
        return re.compile("".join(f"(?P<{part}>[^/]+)" if i % 2 else re.escape(part) for i, part in enumerate(parts)))

    @property
    def name(self) -> str:
        """Its name in the journal, such as ``get_job``."""
        return self.handler.__name__

    @property
    def names(self) -> Sequence[str]:
        """All its names, normalized by `plain_name`."""
        return plain_name(self.name), f"{self.method} {self.path}"

    def has_name(self, name: str) -> bool:
        """Whether this is one of its names: ``get_job``, ``GetJob`` or ``GET /jobs/{UUID}``."""
        return plain_name(name) in self.names


@attrs.frozen
class RateLimit:
    """How many requests an account may send in `seconds`, and how many may be sent without a key."""

    requests: int
    seconds: float
    without_key: int = 100


class Service(Protocol):
    """One cloud API."""

    @property
    def name(self) -> str:
        """Full name, such as ``ionq-v0.4``."""

    @property
    def base_path(self) -> str:
        """The path at which the vendor serves it, such as ``/v0.4``."""

    @property
    def operations(self) -> Sequence[Operation]: ...

    @property
    def rate_limit(self) -> RateLimit | None:
        """The rate limit that the vendor documents."""

    def key(self, request: Request) -> str | None:
        """The API key of a request, or None where it has none in the vendor's form."""

    def error_response(self, error: HTTPError) -> Response:
        """An error in the vendor's form."""


def find_operation(service: Service, request: Request) -> tuple[Operation | None, Request]:
    """The operation of a request, and the request with the parameters in its path."""
    for operation in service.operations:
        if operation.method == request.method and (match := operation.pattern.fullmatch(request.path)):
            return operation, attrs.evolve(request, parameters=match.groupdict())
    return None, request


def plain_name(operation: str) -> str:
    """An operation's name without underscores and case, so that several spellings are equal."""
    return operation if " " in operation else operation.replace("_", "").lower()


def parse_json(text: str | bytes) -> Any:
    """A JSON value that can also be sent back. Raises ValueError for other text."""
    try:
        value = json.loads(text)
    except RecursionError:
        raise ValueError("JSON that is nested too deeply") from None
    check_json(value)
    return value


def check_json(value: Any) -> None:
    """Raise ValueError for what cannot be sent as JSON: infinite numbers, lone surrogates, too deep nesting."""
    level = [value]
    for _ in range(_MAX_DEPTH):
        below: list[Any] = []
        for one in level:
            if isinstance(one, dict):
                below.extend(one)
                below.extend(one.values())
            elif isinstance(one, list | tuple):
                below.extend(one)
            elif isinstance(one, str):
                one.encode()
            elif isinstance(one, float) and not math.isfinite(one):
                raise ValueError(f"{one} is not JSON")
            elif one is not None and not isinstance(one, int | float):
                raise ValueError(f"{type(one).__name__} is not JSON")
        if not below:
            return
        level = below
    raise ValueError(f"JSON of more than {_MAX_DEPTH} levels")
