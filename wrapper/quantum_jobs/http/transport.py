"""Requests to one service with one key, over httpx: deadline, rate limit, redaction. The one module that sends.

What httpx raises becomes an error of ours here, made outside its ``except``: an exception that has httpx's as its
context, or httpx's frames in its traceback, would carry the request and with it the key.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import AsyncGenerator, Callable, Coroutine, Mapping
from functools import lru_cache, partial
from typing import Any, NoReturn, Self, TypeVar

import anyio
import httpx
from anyio.lowlevel import RunVar

from quantum_jobs.errors import RequestTimeoutError, ResponseError, ServiceUnreachableError, UsageError
from quantum_jobs.http import urls
from quantum_jobs.http.keys import ApiKey
from quantum_jobs.http.limits import Limiter
from quantum_jobs.http.messages import Call, Outcome, Response, read_body
from quantum_jobs.http.routes import Given, Route
from quantum_jobs.text import printable
from quantum_jobs.version import __version__

E = TypeVar("E", bound=BaseException)

log = logging.getLogger("quantum_jobs")

_COMMON_HEADERS = {
    "Accept": "application/json",
    "Accept-Encoding": "gzip, deflate",
    "Connection": "keep-alive",
    "User-Agent": f"quantum-jobs/{__version__}",
}
#: httpx failures after which it is certain that the service has seen nothing of the request.
_NEVER_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
)
#: Requests to one service under way at once in an event loop, and connections kept open.
MOST_CONNECTIONS, MOST_KEPT = 100, 10
#: The one status that is about the key, and not about the request: the pause that it asks for holds for all requests.
TOO_MANY = 429


class Transport:
    """One service at one address with one key. May be used from several event loops and threads; after a fork too."""

    def __init__(
        self,
        *,
        service: str,
        base_url: str,
        key: ApiKey,
        auth_headers: Callable[[str], Mapping[str, str]],
        timeout: float,
        limiter: Limiter,
        transport: Given = None,
    ) -> None:
        self.service = service
        self.base_url = base_url
        self.timeout = timeout
        self.closed = False
        self._key = key
        self._headers = _sealed(key, auth_headers)
        self._limiter = limiter
        self._route = Route(base_url, transport)
        #: httpx's connections belong to an event loop: each loop has its own.
        self._of_loop: RunVar[_Connections] = RunVar("the connections of this transport")
        # A connection that does not come about is to be reported as such, and not as no answer in the time given.
        connect = timeout - min(0.05, timeout / 10)
        self._timeouts = {"connect": connect, "read": timeout, "write": timeout, "pool": connect}
        try:
            httpx.Request("GET", base_url)
        except Exception:
            complaint = f"{base_url!r} names a host that there cannot be"
        else:
            return
        raise UsageError(complaint)

    async def send(
        self,
        call: Call[Any],
        *,
        patient: bool = False,
        fresh_connection: bool = False,
        before: Callable[[], Coroutine[Any, Any, None]] | None = None,
    ) -> Outcome:
        """Send one call in its turn within the rate limit; gives the whole answer, whatever its status, and begins the
        pause that it asks of this key. Without an answer gives the ServiceUnreachableError, or RequestTimeoutError when
        it did not come within the client's timeout: their ``sent`` is False when it is certain that the service has
        seen nothing of the request.

        A ``patient`` caller waits for the end of a long pause. On a ``fresh_connection`` no answer to an earlier
        request can be waiting. ``before`` is awaited when nothing holds the request up any more; what it raises is
        raised, and nothing sent. Raises ResponseError for a URL that an answer named and that leads away from the
        service.
        """
        # Nobody asks whether a GET was sent, and tracing costs a tenth of a request.
        begun = None if call.method == "GET" else _Begun()
        outcome = await self._exchange(
            partial(self._built, call, self._url(call), begun),
            self.timeout,
            patient=patient,
            before=before,
            fresh=fresh_connection,
            max_body=call.max_body,
        )
        if isinstance(outcome, Response):
            log.debug("%s %s %s: %s", self.service, call.method, call.url, outcome.status)
            if outcome.status == TOO_MANY and outcome.retry_after:
                self._limiter.pause(outcome.retry_after)
            return outcome
        text = self.description(outcome)
        log.debug("%s %s %s: %s", self.service, call.method, call.url, text)
        timed_out = isinstance(outcome, (TimeoutError, httpx.TimeoutException))
        return (RequestTimeoutError if timed_out else ServiceUnreachableError)(
            f"{self.service} {call.operation}: {'no answer in time' if timed_out else 'no answer'} ({text})",
            service=self.service,
            operation=call.operation,
            sent=(begun is None or begun.sent) and not isinstance(outcome, _NEVER_SENT),
        )

    async def forward(self, request: httpx.Request, *, max_body: int) -> Response | Exception:
        """Send a request of the generated client with the key in place of what it has for one, within the same limits
        and over the same connections. Gives the answer, or what httpx raised in place of one."""
        given = [seconds for seconds in request.extensions.get("timeout", {}).values() if seconds is not None]
        return await self._exchange(
            partial(self._with_key, request),
            max(given, default=None),
            fresh=request.method == "POST",
            max_body=max_body,
        )

    async def _exchange(
        self,
        build: Callable[[], httpx.Request],
        timeout: float | None,
        *,
        patient: bool = False,
        before: Callable[[], Coroutine[Any, Any, None]] | None = None,
        fresh: bool,
        max_body: int,
    ) -> Response | Exception:
        """The answer, or what httpx raised in place of one; a TimeoutError when the time is over. The request, which
        has the key in it, is built when it is sent: no frame holds it that waits for anything else."""
        if self.closed:
            raise UsageError(f"this client of {self.service} is closed; connect again")
        await self._limiter.acquire(patient=patient)
        opened = await self._connections()
        async with opened.places:
            if before is not None:
                await before()
            connection = opened.take(fresh=fresh)
            try:
                with anyio.fail_after(timeout):
                    response = await connection.handle_async_request(build())
                    try:
                        body, cut = await read_body(response, max_body)
                    finally:
                        await response.aclose()
                    return self._response(response, body, cut)
            except Exception as error:
                return _without_frames(error)
            except BaseException as error:  # a cancellation, Ctrl-C: the frames of httpx hold the key too
                interruption = error
            finally:
                await opened.give_back(connection, fresh=fresh)
        raise _without_frames(interruption)

    def _response(self, response: httpx.Response, body: bytes, cut: bool) -> Response:
        redact = self._key.redact
        headers = {
            name.lower().decode("latin-1"): redact(value).decode("utf-8", errors="replace")
            for name, value in response.headers.raw
        }
        return Response(status=response.status_code, headers=headers, body=redact(body), received=time.time(), cut=cut)

    def _built(self, call: Call[Any], url: str, begun: _Begun | None) -> httpx.Request:
        """The request of a call, with all of its headers: it goes straight to the transport, as an httpx.Client in
        between merges headers and keeps cookies, which nobody wants here."""
        extensions: dict[str, Any] = {"timeout": self._timeouts}
        if begun is not None:
            extensions["trace"] = begun.note if self._route.is_sync else begun.note_async
        return httpx.Request(
            call.method,
            _parsed(url),
            # An empty mapping would make httpx drop the query of a URL that an answer named.
            params=call.params or None,
            json=call.json,
            headers=_COMMON_HEADERS if call.public else {**_COMMON_HEADERS, **self._headers()},
            extensions=extensions,
        )

    def _url(self, call: Call[Any]) -> str:
        if not call.linked and "://" not in call.url:
            return self.base_url + call.url
        try:  # one that an answer named is followed on the service's own host only
            return urls.joined(self.base_url, call.url)
        except ResponseError as error:
            text = printable(f"{self.service} {call.operation}: {error.message}")
        raise ResponseError(text, service=self.service, operation=call.operation)

    def _with_key(self, request: httpx.Request) -> httpx.Request:
        """The same request with the key where the generated client has put what it has for one."""
        headers = httpx.Headers(request.headers)
        headers.update({name: value for name, value in self._headers().items() if name in headers})
        return httpx.Request(
            request.method, request.url, headers=headers, stream=request.stream, extensions=request.extensions
        )

    async def _connections(self) -> _Connections:
        found = self._of_loop.get(None)
        # After a fork two processes on one connection would get each other's answers.
        if found is None or found.process != os.getpid():
            found = await _Connections.open(self._route)
            self._of_loop.set(found)
        return found

    def description(self, error: Exception) -> str:
        """What was in the way of an answer, for a person to read."""
        if isinstance(error, TimeoutError):
            return f"no complete answer within {self.timeout:g} s"
        kind = type(error).__name__
        text = f"{kind}: {error}" if str(error) else kind
        return printable(self._key.redact(text.encode(errors="replace")).decode())

    async def close(self) -> None:
        """Close the connections of this event loop. Nothing can be sent any more."""
        self.closed = True
        found = self._of_loop.get(None)
        if found is not None:
            await found.closing.aclose()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.service} at {self.base_url}>"

    def __reduce__(self) -> NoReturn:
        raise UsageError("a client holds a key and open connections, so it is not pickled; connect again instead")


def _sealed(key: ApiKey, auth_headers: Callable[[str], Mapping[str, str]]) -> Callable[[], Mapping[str, str]]:
    """The headers that authenticate, in a closure: neither ``vars`` nor a traceback shows them."""

    def headers() -> Mapping[str, str]:
        return made

    made = auth_headers(key.reveal())
    return headers


class _Connections:
    """The connections of one event loop, each of them an httpx transport, as httpcore looks at all connections of one
    before every request. They are closed when the loop comes to its end, where nobody has closed them before.

    A ``fresh`` one, for a submission, is new and used once: whatever a service left unread on a kept connection, an
    answer sent twice for instance, would otherwise be taken for the answer to the next request.
    """

    def __init__(self, route: Route) -> None:
        self.process = os.getpid()
        #: Limits how many requests are under way at once.
        self.places = anyio.Semaphore(MOST_CONNECTIONS, fast_acquire=True)
        #: Closing it closes them.
        self.closing = self._close_at_the_end()
        self._route = route
        self._idle: list[httpx.AsyncBaseTransport] = []
        self._closed = False

    @classmethod
    async def open(cls, route: Route) -> Self:
        """Made here and now."""
        opened = cls(route)
        # An event loop closes the async generators that were begun in it.
        await anext(opened.closing)
        return opened

    def take(self, *, fresh: bool) -> httpx.AsyncBaseTransport:
        """A connection for one request."""
        if self._route.given is not None:
            return self._route.given
        return self._idle.pop() if self._idle and not fresh else self._route.open()

    async def give_back(self, connection: httpx.AsyncBaseTransport, *, fresh: bool) -> None:
        """The request is over."""
        if connection is self._route.given:
            return
        if fresh or self._closed or len(self._idle) >= MOST_KEPT:
            await connection.aclose()
        else:
            self._idle.append(connection)

    async def _close_at_the_end(self) -> AsyncGenerator[None, None]:
        try:
            yield
        finally:
            self._closed = True
            for connection in [self._route.given] if self._route.given is not None else self._idle:
                await connection.aclose()


class _Begun:
    """Whether the first byte of a request may have gone out, as httpcore reports it through httpx's ``trace``.

    A transport of the caller's own reports nothing: then the request counts as sent.
    """

    def __init__(self) -> None:
        self._reported = False
        self._begun = False

    async def note_async(self, event: str, details: Mapping[str, Any]) -> None:
        """What httpcore's async half takes for ``trace``."""
        self.note(event, details)

    def note(self, event: str, details: Mapping[str, Any]) -> None:
        """What its sync half takes."""
        self._reported = True
        # A proxy is asked for a tunnel in the same way.
        if event.endswith(".send_request_headers.started") and details["request"].method != b"CONNECT":
            self._begun = True

    @property
    def sent(self) -> bool:
        return self._begun or not self._reported


def _without_frames(error: E) -> E:
    """The exception, and what led to it, without tracebacks."""
    link: BaseException | None = error
    while link is not None:
        link.__traceback__ = None
        link = link.__context__
    return error


@lru_cache(maxsize=1024)
def _parsed(url: str) -> httpx.URL:
    """Polling repeats the same URLs."""
    return httpx.URL(url)
