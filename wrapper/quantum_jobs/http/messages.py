"""A request to a service (``Call``) and the response to it, as services and the transport exchange them."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from datetime import UTC
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import attrs
import httpx

from quantum_jobs.errors import ResponseError, ServiceUnreachableError
from quantum_jobs.text import printable

if TYPE_CHECKING:
    from quantum_apis._runtime.requests import Request

T = TypeVar("T")

#: Upper bounds for response bodies, in bytes after decompression: for one job or device; for a page of them, where each
#: may hold metadata of 400,000 characters; for a program, or a million shots of 60 qubits.
SHORT_ANSWER = 4 * 1024 * 1024
PAGE_ANSWER = 16 * 1024 * 1024
LONG_ANSWER = 128 * 1024 * 1024
#: From so many bytes on an answer is large: it is read beside the event loop, so that no deadline passes meanwhile.
LARGE = 256 * 1024
#: ``json`` holds the interpreter's lock from the first byte to the last, but for calls of functions written in Python:
#: other threads run then, several times in each millisecond. Strings have no such function.
_LETTING_OTHERS_RUN: dict[str, Any] = {
    "object_hook": lambda value: value,
    "parse_float": lambda text: float(text),
    "parse_int": lambda text: int(text),
}
#: Objects and arrays in one answer, which take many times the memory of the three bytes that one can be. A million
#: shots by register have four million, and one more for each further register.
MOST_CONTAINERS = 8_000_000
#: Characters of a body that an error keeps.
BODY_KEPT = 2_000

#: Headers about the transfer encoding, which no longer apply to a decoded body.
_OF_THE_WIRE = frozenset({"content-encoding", "content-length", "transfer-encoding"})
_CODINGS = frozenset({"identity", "gzip", "x-gzip", "deflate"})


@attrs.frozen(kw_only=True)
class Call(Generic[T]):
    """One request, and how its answer is read.

    Attributes:
        operation: the bindings' name of the operation, for errors and logs.
        method, url, params, json: what is sent; ``url`` is a path below the base URL or one that an answer named.
        read: turns the answer's JSON into the value; raises ResponseError (or anything a mismatch raises: LookupError,
            TypeError, ValueError) where it cannot.
        about: the id of the job that is asked for; an answer about another one is not taken.
        not_yet: 409 means "ask again later" here.
        not_yet_code: the same of a 409 with this error code only.
        linked: ``url`` was named by an answer; it is followed on the service's own host only.
        public: sent without the key.
        as_bytes: the answer is no JSON; ``read`` is given the body as it came.
        max_body: bytes of the answer, unpacked, that are read at most.
    """

    operation: str
    method: str
    url: str
    read: Callable[[Any], T]
    params: Mapping[str, Any] | None = None
    json: Any = None
    about: str | None = None
    not_yet: bool = False
    not_yet_code: str | None = None
    linked: bool = False
    public: bool = False
    as_bytes: bool = False
    max_body: int = SHORT_ANSWER


def call(request: Request, read: Callable[[Any], T], **more: Any) -> Call[T]:
    """Make a Call from the bindings' request for an operation; ``more`` adds or replaces fields."""
    known: dict[str, Any] = {
        "operation": request.operation,
        "method": request.method,
        "url": request.path,
        "params": request.params or None,
        "json": request.json,
        "public": request.authentication == "none",
    }
    return Call(read=read, **{**known, **more})


@attrs.frozen(kw_only=True)
class Response:
    """A complete response. ``received`` is in seconds since 1970, header names are in lower case. ``cut`` says that the
    body was not read, as it is too large or has an encoding that is not supported."""

    # Not in the repr: a service may echo what it was sent, and tracebacks can show local variables.
    status: int
    headers: Mapping[str, str] = attrs.field(repr=False)
    body: bytes = attrs.field(repr=False)
    received: float
    cut: bool = False

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def text(self) -> str:
        """The beginning of the body as text."""
        return self.body[: BODY_KEPT * 4].decode("utf-8", errors="replace")[:BODY_KEPT]

    @property
    def retry_after(self) -> float | None:
        """The Retry-After header in seconds, given as seconds or as a date; None without a valid one."""
        text = self.headers.get("retry-after", "").strip()
        if not text:
            return None
        try:
            seconds = float(text)
        except ValueError:
            seconds = _seconds_until(text, self.received)
        return seconds if math.isfinite(seconds) and seconds >= 0 else None

    def as_httpx(self) -> httpx.Response:
        """Convert it for the generated client."""
        headers = {name: value for name, value in self.headers.items() if name not in _OF_THE_WIRE}
        return httpx.Response(self.status, headers=headers, content=self.body)

    def json_or_none(self) -> Any:
        """The body as JSON; None for an empty one."""
        return self.json() if self.body or self.cut else None

    def json(self) -> Any:
        """The body as JSON. Raises ResponseError for anything else, a body too large or too deep included."""
        if self.cut:
            raise ResponseError(
                "the response is too large, or has an encoding that is not supported", status_code=self.status
            )
        try:
            if len(self.body) < LARGE:
                return json.loads(self.body)
            if self.body.count(b"{") + self.body.count(b"[") > MOST_CONTAINERS:
                raise ValueError("more objects than any answer has")
            return json.loads(self.body, **_LETTING_OTHERS_RUN)
        except RecursionError:
            problem = "nested too deeply"
        except (ValueError, UnicodeDecodeError) as error:
            problem = str(error)
        kind = printable(self.headers.get("content-type", "no content type"))
        raise ResponseError(
            f"expected JSON, got {len(self.body)} bytes of {kind}: {problem}", status_code=self.status, body=self.text
        )


#: A response, or the error that there is none.
Outcome = Response | ServiceUnreachableError


def _seconds_until(date: str, wall: float) -> float:
    from email.utils import parsedate_to_datetime

    try:
        until = parsedate_to_datetime(date)
    except (ValueError, TypeError, OverflowError):
        return math.nan
    return max(0.0, until.replace(tzinfo=until.tzinfo or UTC).timestamp() - wall)


async def read_body(response: httpx.Response, most: int) -> tuple[bytes, bool]:
    """Read a body of at most ``most`` bytes. Return it, and whether it was left unread for its size or encoding."""
    announced = response.headers.get("content-length", "")
    coding = response.headers.get("content-encoding", "identity").lower()
    if coding not in _CODINGS or (announced.isdecimal() and int(announced[:20]) > most):
        return b"", True
    chunks: list[bytes] = []
    size = 0
    async for chunk in response.aiter_bytes():
        size += len(chunk)
        if size > most:
            return b"", True
        chunks.append(chunk)
    return b"".join(chunks), False
