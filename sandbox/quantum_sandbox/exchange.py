"""Requests and answers as plain data, and the error that every layer below may raise.

The clouds in `vendors` see only these. No HTTP library is needed to talk to them.
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
"""A key for programs that run in the sandbox only. Any key that is not empty is accepted, but for the next one.

Followed by a dash and eight hexadecimal digits it is a key of the same account, see `Sandbox.api_key`.
"""

REFUSED_KEY = "wrong-key"
"""The one key that every cloud of the sandbox refuses."""

BASE_PATHS: Mapping[str, str] = {"ionq-v0.4": "/v0.4", "ionq-v0.3": "/v0.3", "qbraid-v2": "/api/v1"}
"""The services, and where their vendors serve them."""

ALIASES: Mapping[str, str] = {"ionq": "ionq-v0.4", "qbraid": "qbraid-v2"}
"""Short names of services."""

_DEEPEST = 100
"""Levels of a JSON value. Answers repeat what was sent, and what copies and writes them must not run out of stack."""

_WITHOUT_BODY = (204, 205, 304)


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
            return parse_json(self.body)
        except ValueError:
            raise Refusal.invalid("The request body is not valid JSON", "body") from None


@attrs.frozen
class Message:
    """One response as it goes out. Header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@attrs.frozen
class Answer:
    """One response. `body` is sent as JSON unless it is text."""

    status: int
    body: Any
    headers: Mapping[str, str] = attrs.field(factory=dict)

    def encoded(self) -> Message:
        """The response as it goes out. Raises ValueError for a body that is no JSON."""
        if self.status in _WITHOUT_BODY:
            length = {"content-length": "0"} if self.status == 205 else {}
            return Message(self.status, {**self.headers, **length}, b"")
        if isinstance(self.body, str):
            kind, body = "text/plain; charset=utf-8", self.body.encode()
        else:
            kind = "application/json"
            body = json.dumps(self.body, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
        headers = {"content-type": kind, **self.headers, "content-length": str(len(body))}
        return Message(self.status, headers, body)


class Refusal(Exception):
    """A request that is not granted; `location` says which part of an invalid request is meant.

    `code` is the vendor's name for what is wrong, where it has one that the status does not tell.
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

    @property
    def called(self) -> Sequence[str]:
        """Its names, as `plain_name` makes them."""
        return plain_name(self.name), f"{self.method} {self.path}"

    def is_called(self, name: str) -> bool:
        """Whether a name means this operation: ``get_job``, ``GetJob`` or ``GET /jobs/{UUID}``."""
        return plain_name(name) in self.called


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
        key = service.key(call)
        if not operation.public and key in (None, "", REFUSED_KEY):
            raise Refusal(401, "Invalid API key", code="INVALID_API_KEY" if key else "NO_VALID_AUTHENTICATION")
        return operation.handler(call)
    except Refusal as refusal:
        return service.refusal(refusal)


def plain_name(operation: str) -> str:
    """The name of an operation without what may be written in several ways."""
    return operation if " " in operation else operation.replace("_", "").lower()


def parse_json(text: str | bytes) -> Any:
    """A JSON value that can also be sent. Raises ValueError for what is none."""
    try:
        value = json.loads(text)
    except RecursionError:
        raise ValueError("JSON that is nested too deeply") from None
    check_json(value)
    return value


def check_json(value: Any) -> None:
    """Raise ValueError where a value cannot be sent as JSON: infinite numbers, half a character, too many levels."""
    level = [value]
    for _ in range(_DEEPEST):
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
    raise ValueError(f"JSON of more than {_DEEPEST} levels")
