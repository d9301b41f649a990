"""The words between flows and their drivers.

A flow is a generator: it yields one of these and is sent the outcome. It does no input or output and reads no clock,
so the same flow runs under threads, under asyncio, and in a test's virtual time.

    Request   -> Reply, or TransportFailure: outcomes are values, an exception of ours never has httpx's as its context
    Sleep     -> None, after so many seconds
    Now       -> monotonic seconds
    Emit      -> None; the value is handed to whoever iterates over the flow
    Start     -> Handle of a child, which is closed when its parent ends
    First     -> the Handle that is done first, or None when the time given is over
"""

from __future__ import annotations

import json
import threading
from collections.abc import Generator, Mapping, Sequence
from typing import Any, Protocol, TypeVar

import attrs

from quantum_jobs.errors import ResponseError

T = TypeVar("T")

#: A flow that ends with a T.
Flow = Generator["Command", Any, T]

#: How much of a body an error keeps, in characters.
BODY_KEPT = 2_000


class Channel(Protocol):
    """Where a request goes: one service, one key. ``http.channel`` has the two real ones."""

    @property
    def timeout(self) -> float:
        """Seconds that one request may take altogether."""

    @property
    def service(self) -> str:
        """Full name of the service."""

    @property
    def base_url(self) -> str:
        """Without a slash at its end."""

    def reserve(self, now: float, latest: float | None = None) -> float | None:
        """A place within the rate limit, see ``limits.Limiter``. Raises UsageError when the client is closed."""

    def give_back(self, place: float) -> None:
        """Take back a place that nothing was sent at."""

    def is_paused(self, now: float, latest: float | None = None) -> bool:
        """Whether the service has asked everybody with this key to pause."""

    def pause(self, now: float, seconds: float) -> None:
        """Let nobody with this key send for so many seconds."""


@attrs.frozen(kw_only=True)
class Request:
    """One HTTP request. ``url`` is a path below the channel's base URL, or an absolute URL on its host.

    A ``public`` one is sent without the key. ``deadline`` (monotonic seconds) is hard: at that moment the flow is sent
    a TransportFailure, whatever the connection is doing. Without one, the channel's timeout bounds it in the same way.
    """

    channel: Channel
    method: str
    url: str
    params: Mapping[str, Any] | None = None
    json: Any = None
    public: bool = False
    deadline: float | None = None


@attrs.frozen(kw_only=True)
class Reply:
    """A complete answer, ``received`` at so many seconds since 1970. Header names are in lower case; ``cut`` says that
    the body was too large and left unread."""

    # Not shown: a service may send back what it was sent, and tracebacks can show local variables.
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
        return self.body[: BODY_KEPT * 4].decode("utf-8", errors="replace")[:BODY_KEPT]

    def json_or_none(self) -> Any:
        """The body as JSON; None for an empty one."""
        return self.json() if self.body or self.cut else None

    def json(self) -> Any:
        """The body as JSON. Raises ResponseError for anything else, a body too large or too deep included."""
        if self.cut:
            raise ResponseError(
                "the answer is larger, or packed in another way, than this client takes", status_code=self.status
            )
        try:
            return json.loads(self.body)
        except RecursionError:
            problem = "nested too deeply"
        except (ValueError, UnicodeDecodeError) as error:
            problem = str(error)
        kind = self.headers.get("content-type", "no content type")
        raise ResponseError(
            f"expected JSON, got {len(self.body)} bytes of {kind}: {problem}", status_code=self.status, body=self.text
        )


@attrs.frozen(kw_only=True)
class TransportFailure:
    """No answer. ``sent`` is False only when it is certain that the service has seen nothing of the request."""

    sent: bool
    timed_out: bool
    message: str


Outcome = Reply | TransportFailure


class Sending:
    """How far one request has come: what lies between "never sent" and "it may have been taken".

    A request that is given up before it has begun must not begin any more, as it may be sent again by then; so
    ``begin`` and ``give_up`` exclude each other, whatever threads they are called from. Who cannot tell says that it
    has begun.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._begun = False
        self._over = False
        #: Whether the connection reports what it does, so that silence means that nothing was sent.
        self.watched = False

    def begin(self) -> bool:
        """Its first byte is about to go out; False when it was given up before."""
        with self._lock:
            self._begun = self._begun or not self._over
            return self._begun

    def give_up(self) -> bool:
        """Let it not begin any more; whether it may have been sent."""
        with self._lock:
            self._over = True
            return self._begun or not self.watched


@attrs.frozen
class Sleep:
    seconds: float


@attrs.frozen
class Now:
    pass


@attrs.frozen
class Emit:
    value: Any


@attrs.frozen
class Start:
    flow: Flow[Any]


class Handle(Protocol):
    """A child that was started."""

    @property
    def done(self) -> bool:
        """Whether it has ended."""

    def result(self) -> Any:
        """What the child ended with; raises what it raised."""


@attrs.frozen
class First:
    """``until`` is a moment in monotonic seconds; None waits for ever."""

    handles: Sequence[Handle]
    until: float | None = None


Command = Request | Sleep | Now | Emit | Start | First


def now() -> Flow[float]:
    """Monotonic seconds."""
    moment: float = yield Now()
    return moment
