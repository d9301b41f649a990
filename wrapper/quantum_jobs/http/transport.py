"""Send requests to one service with one key over httpx, with deadline, rate limit and redaction.

Errors of ours are made outside ``except httpx...``: an exception with httpx's error as its context, or with httpx's
frames in its traceback, would hold the request and with it the key.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Coroutine, Mapping
from functools import lru_cache, partial
from typing import Any, NoReturn, TypeVar

import anyio
import httpx
from anyio.lowlevel import RunVar

from quantum_jobs.background import run, run_in_thread
from quantum_jobs.errors import RequestTimeoutError, ResponseError, ServiceUnreachableError, UsageError
from quantum_jobs.http import urls
from quantum_jobs.http.connections import Connections
from quantum_jobs.http.keys import ApiKey
from quantum_jobs.http.limits import Limiter
from quantum_jobs.http.messages import LARGE, LONG_ANSWER, Call, Outcome, Response, read_body
from quantum_jobs.http.routes import AnyTransport, Route
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
#: httpx errors after which the service has certainly received no part of the request.
_NEVER_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
)
#: The one status that concerns the key, not the request: its Retry-After applies to all requests with the key.
TOO_MANY = 429


class Transport:
    """Sends to one service at one base URL with one key. Works in several event loops and threads, and after a fork."""

    def __init__(
        self,
        *,
        service: str,
        base_url: str,
        key: ApiKey,
        auth_headers: Callable[[str], Mapping[str, str]],
        timeout: float,
        limiter: Limiter,
        transport: AnyTransport | None = None,
    ) -> None:
        self.service = service
        self.base_url = base_url
        self.timeout = timeout
        self.closed = False
        self._key = key
        self._headers = _sealed(key, auth_headers)
        self._limiter = limiter
        self._route = Route(base_url, transport)
        #: Connections belong to an event loop, so each loop has its own.
        self._of_loop: RunVar[Connections | None] = RunVar("the connections of this transport")
        # For TCP and for TLS each: a connection that takes longer than the deadline is reported as such, and not as a
        # missing answer.
        connect = (timeout - min(0.05, timeout / 10)) / 2
        self._timeouts = {"connect": connect, "read": timeout, "write": timeout, "pool": connect}
        try:
            httpx.Request("GET", base_url)
        except Exception:
            complaint = f"{base_url!r} holds an invalid host name"
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
        """Wait for the rate limit, send one call, and return the complete response, whatever its status.

        Without a response, return the error: RequestTimeoutError after the client's timeout, else
        ServiceUnreachableError. Its ``sent`` is False where the service has certainly received nothing. A 429 with
        Retry-After blocks all requests with this key for that long.

        Args:
            patient: also wait through blocks of more than a minute.
            fresh_connection: use a new connection, on which no response to an earlier request can be waiting.
            before: awaited right before sending; if it raises, nothing is sent.

        Raises ResponseError where the call's URL was named by a response and is not on the service's own host.
        """
        outcome = await self._exchange(
            partial(self._built, call, self._url(call)),
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
        text = self._description(outcome, self.timeout)
        log.debug("%s %s %s: %s", self.service, call.method, call.url, text)
        timed_out = isinstance(outcome, (TimeoutError, httpx.TimeoutException))
        return (RequestTimeoutError if timed_out else ServiceUnreachableError)(
            f"{self.service} {call.operation}: {'no answer in time' if timed_out else 'no answer'} ({text})",
            service=self.service,
            operation=call.operation,
            sent=not isinstance(outcome, _NEVER_SENT),
        )

    async def forward(self, request: httpx.Request) -> httpx.Response:
        """Send a request of the generated client, with the key put in.

        Raises httpx's errors, without the request that they would hold, and UsageError for another host than the
        service's own.
        """
        own, asked = _parsed(self.base_url), request.url
        if (asked.scheme, asked.host, asked.port) != (own.scheme, own.host, own.port):
            raise UsageError(
                f"{asked.scheme}://{asked.netloc.decode()} is not the service's own host {own.host!r}, "
                "which alone gets the key"
            )
        given = [seconds for seconds in request.extensions.get("timeout", {}).values() if seconds is not None]
        timeout = max(given, default=None)
        outcome = await self._exchange(
            partial(self._with_key, request),
            timeout,
            fresh=request.method == "POST",
            max_body=LONG_ANSWER,
        )
        if isinstance(outcome, Response):
            if not outcome.cut:
                return outcome.as_httpx()
            outcome = httpx.DecodingError("the response is too large, or has an encoding that is not supported")
        kind = type(outcome) if isinstance(outcome, httpx.TransportError) else httpx.ReadTimeout
        raise kind(self._description(outcome, timeout))

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
        """Return the response, or httpx's error, or a TimeoutError. ``build`` makes the request as late as possible: it
        holds the key, and frames that wait for something else must not hold it."""
        if self.closed:
            raise self._is_closed()
        await self._limiter.acquire(patient=patient)
        opened = await self._connections()
        with anyio.move_on_after(timeout) as queue:
            await opened.places.acquire()
        if queue.cancelled_caught:
            return httpx.PoolTimeout("no connection came free")
        try:
            if self.closed:  # during the waits
                raise self._is_closed()
            if before is not None:
                await before()
            connection = opened.take(fresh=fresh)
            is_whole = False
            try:
                with anyio.fail_after(timeout):
                    response = await connection.handle_async_request(build())
                    try:
                        body, cut = await read_body(response, max_body)
                    finally:
                        await response.aclose()
                    is_whole = True
                    return await self._response(response, body, cut)
            except Exception as error:
                return _without_frames(error)
            except BaseException as error:  # cancellation or Ctrl-C; httpx's frames hold the key
                interruption = error
            finally:
                await opened.give_back(connection, keep=is_whole and not fresh)
        finally:
            opened.places.release()
        raise _without_frames(interruption)

    def _is_closed(self) -> UsageError:
        return UsageError(f"this client of {self.service} is closed; connect again")

    async def _response(self, response: httpx.Response, body: bytes, cut: bool) -> Response:
        redact = self._key.redact
        body = redact(body) if len(body) < LARGE else await run_in_thread(redact, body)
        headers = {
            name.lower().decode("latin-1"): redact(value).decode("utf-8", errors="replace")
            for name, value in response.headers.raw
        }
        return Response(status=response.status_code, headers=headers, body=body, received=time.time(), cut=cut)

    def _built(self, call: Call[Any], url: str) -> httpx.Request:
        """Build a request with all of its headers. No httpx.Client is involved, which would add headers and keep
        cookies."""
        return httpx.Request(
            call.method,
            _parsed(url),
            # For an empty mapping httpx drops the query of the URL.
            params=call.params or None,
            json=call.json,
            headers=_COMMON_HEADERS if call.public else {**_COMMON_HEADERS, **self._headers()},
            extensions={"timeout": self._timeouts},
        )

    def _url(self, call: Call[Any]) -> str:
        if not call.linked and call.url.startswith("/"):
            return self.base_url + call.url
        try:  # named by a response, so it must be on the service's own host
            return urls.joined(self.base_url, call.url)
        except ResponseError as error:
            text = printable(f"{self.service} {call.operation}: {error.message}")
        raise ResponseError(text, service=self.service, operation=call.operation)

    def _with_key(self, request: httpx.Request) -> httpx.Request:
        """Copy the request, with the key in place of the generated client's placeholder."""
        headers = httpx.Headers(request.headers)
        headers.update({name: value for name, value in self._headers().items() if name in headers})
        return httpx.Request(
            request.method, request.url, headers=headers, stream=request.stream, extensions=request.extensions
        )

    async def _connections(self) -> Connections:
        found = self._of_loop.get(None)
        # After a fork, two processes on one connection would read each other's responses.
        if found is None or found.process != os.getpid():
            found = await Connections.open(self._route)
            self._of_loop.set(found)
        return found

    def _description(self, error: Exception, timeout: float | None) -> str:
        """Say in words why there is no response, without the key."""
        if isinstance(error, TimeoutError):
            return f"no complete answer within {timeout:g} s"
        kind = type(error).__name__
        text = f"{kind}: {error}" if str(error) else kind
        return printable(self._key.redact(text.encode(errors="replace")).decode())

    async def close(self) -> None:
        """Close the connections of this event loop, and refuse further requests."""
        self.closed = True
        found = self._of_loop.get(None)
        if found is not None:
            self._of_loop.set(None)  # an async generator that is being closed cannot be closed a second time
            await found.closing.aclose()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.service} at {self.base_url}>"

    def __reduce__(self) -> NoReturn:
        raise UsageError("a client holds a key and open connections, so it is not pickled; connect again instead")


class ApiTransport(httpx.AsyncBaseTransport, httpx.BaseTransport):
    """An httpx transport for a generated client, sync or async. Closing it does nothing: the connections belong to the
    client."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request with the key."""
        return await self._transport.forward(request)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request of a sync client."""
        return run(partial(self._transport.forward, request))


def _sealed(key: ApiKey, auth_headers: Callable[[str], Mapping[str, str]]) -> Callable[[], Mapping[str, str]]:
    """Keep the authentication headers in a closure, where neither ``vars`` nor a traceback shows them."""

    def headers() -> Mapping[str, str]:
        return made

    made = auth_headers(key.reveal())
    return headers


def _without_frames(error: E) -> E:
    """Remove the tracebacks of an exception and of its contexts."""
    link: BaseException | None = error
    while link is not None:
        link.__traceback__ = None
        link = link.__context__
    return error


@lru_cache(maxsize=1024)
def _parsed(url: str) -> httpx.URL:
    """Parse a URL; polling repeats the same ones."""
    return httpx.URL(url)
