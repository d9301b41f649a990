"""Requests and answers as plain data, and the error that every layer below may raise.

The clouds in `vendors` see only these. No HTTP library is needed to talk to them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

import attrs

MAX_BODY = 10 * 1024 * 1024
"""Largest request body, in bytes: the 10 MB that IonQ documents."""

ACCEPTED_KEY = "sandbox-key"
"""The key that `Sandbox.connect` uses. Any key that is not empty is accepted, but for the next one."""

REFUSED_KEY = "wrong-key"
"""The one key that every cloud of the sandbox refuses."""


@attrs.frozen
class Call:
    """One request: `path` is relative to the service's base URL, header names are in lower case."""

    method: str
    path: str
    query: Mapping[str, Sequence[str]] = attrs.field(factory=dict)
    headers: Mapping[str, str] = attrs.field(factory=dict, repr=False)
    body: bytes = attrs.field(default=b"", repr=False)
    parameters: Mapping[str, str] = attrs.field(factory=dict)
    lag: float = 0.0
    """By how many seconds a listing is behind."""
    owner: str = ""
    """Whose account the key belongs to: a mark that does not tell the key."""

    def one(self, name: str) -> str | None:
        """The last value of a query parameter, or None."""
        values = self.query.get(name)
        return values[-1] if values else None

    def json(self) -> Any:
        """The body as JSON. Raises Refusal when it is none."""
        try:
            return json.loads(self.body, parse_constant=_no_constant)
        except (ValueError, RecursionError):
            raise Refusal.invalid("The request body is not valid JSON", "body") from None


@attrs.frozen
class Answer:
    """One response. `body` is sent as JSON unless it is text."""

    status: int
    body: Any
    headers: Mapping[str, str] = attrs.field(factory=dict)

    def encoded(self) -> tuple[dict[str, str], bytes]:
        """The headers and the body as they go out."""
        if isinstance(self.body, str):
            kind, body = "text/plain; charset=utf-8", self.body.encode()
        else:
            kind = "application/json"
            body = json.dumps(self.body, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
        return {"content-type": kind, **self.headers, "content-length": str(len(body))}, body


class Refusal(Exception):
    """A request that is not granted; `location` says which part of an invalid request is meant."""

    def __init__(self, status: int, message: str, location: Sequence[str | int] = ()) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.location = tuple(location)

    @classmethod
    def invalid(cls, message: str, *location: str | int) -> Refusal:
        """Of a body or parameter; each vendor has a status of its own for it, 0 here."""
        return cls(0, message, location)


@attrs.frozen
class Operation:
    """One operation of a service: `path` as in the vendor's document, such as ``/jobs/{UUID}``."""

    method: str
    path: str
    handler: Callable[[Call], Answer]
    public: bool = False
    pattern: re.Pattern[str] = attrs.field(init=False, repr=False)

    @pattern.default
    def _pattern(self) -> re.Pattern[str]:
        parts = re.split(r"\{(\w+)\}", self.path)
        return re.compile("".join(f"(?P<{part}>[^/]+)" if i % 2 else re.escape(part) for i, part in enumerate(parts)))

    @property
    def name(self) -> str:
        """What it is called in a journal, such as ``get_job``."""
        return self.handler.__name__

    def is_called(self, name: str) -> bool:
        """Whether a name means this operation: ``get_job``, ``GetJob`` or ``GET /jobs/{UUID}``."""
        if " " in name:
            return name == f"{self.method} {self.path}"
        return name.replace("_", "").lower() == self.name.replace("_", "")


@attrs.frozen
class Quota:
    """How many requests one account may make in each window of `seconds`, and one machine without a key."""

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
        """Where the vendor serves it, such as ``/v0.4``."""

    @property
    def operations(self) -> Sequence[Operation]: ...

    @property
    def quota(self) -> Quota | None:
        """How many requests the vendor documents that it takes."""

    def key(self, call: Call) -> str | None:
        """The API key of a request, or None where it has none in the vendor's form."""

    def refusal(self, refusal: Refusal) -> Answer:
        """An error in the vendor's own words and form."""


def find_operation(service: Service, call: Call) -> tuple[Operation | None, Call]:
    """The operation that a request asks for, and the request with the values from its path."""
    for operation in service.operations:
        if operation.method == call.method and (match := operation.pattern.fullmatch(call.path)):
            return operation, attrs.evolve(call, parameters=match.groupdict())
    return None, call


def perform(service: Service, operation: Operation | None, call: Call) -> Answer:
    """Answer a request, in the vendor's own form also where it is refused."""
    try:
        if operation is None:
            raise Refusal(404, f"Cannot {call.method} {service.base_path}{call.path}")
        if not operation.public and service.key(call) in (None, "", REFUSED_KEY):
            raise Refusal(401, "Invalid API key")
        return operation.handler(call)
    except Refusal as refusal:
        return service.refusal(refusal)


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
