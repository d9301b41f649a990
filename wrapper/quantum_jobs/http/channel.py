"""One service's httpx client with its key, host and limits. The only module that touches httpx.

Whatever httpx raises becomes a TransportFailure here, outside its ``except``: an exception that carries a request in
its context would carry the key too.
"""

from __future__ import annotations

import contextlib
import functools
import html
import json
import logging
import os
import re
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any, NoReturn, TypeVar
from urllib.parse import quote, quote_plus, urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx

from quantum_jobs import __version__
from quantum_jobs.errors import UsageError
from quantum_jobs.http import deadlines, origin
from quantum_jobs.http.commands import Outcome, Reply, Request, Sending, TransportFailure
from quantum_jobs.http.limits import Limiter

T = TypeVar("T")

log = logging.getLogger("quantum_jobs")

#: The largest body that is read, in bytes after decompression: a million shots of 60 qubits fit.
MAX_BODY = 128 * 1024 * 1024

_CODINGS = frozenset({"identity", "gzip", "x-gzip", "deflate"})

#: What is at least this long is taken for a key, in texts that are shown.
SHORTEST_KEY = 6

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


def _spellings(key: str) -> list[bytes]:
    """How a key looks in JSON, HTML, a URL or Python, the longest first."""
    known = {key, json.dumps(key)[1:-1], repr(key)[1:-1], html.escape(key), html.escape(key, quote=False)}
    known |= {quote(key), quote(key, safe=""), quote_plus(key)}
    known |= {json.dumps(spelling)[1:-1] for spelling in known}  # any of them inside a JSON text
    known |= {spelling.replace("/", r"\/") for spelling in known}
    known |= {re.sub("[&<>]", lambda match: rf"\u{ord(match[0]):04x}", spelling) for spelling in known}
    known |= {"".join(rf"\u{ord(character):04{case}}" for character in key) for case in "xX"}
    spelled = [spelling.encode() for spelling in sorted(known, key=len, reverse=True)]
    return [*spelled, key.encode("utf-16-le"), key.encode("utf-16-be")]


class _Channel:
    """What the sync and the async channel share."""

    def __init__(
        self, *, service: str, base_url: str, api_key: str, headers: Mapping[str, str], timeout: float, limiter: Limiter
    ) -> None:
        self.service = service
        self.base_url = base_url
        self.timeout = timeout
        self.closed = False
        try:
            httpx.Request("GET", base_url)
        except Exception:
            raise UsageError(f"{base_url!r} names a host that there cannot be") from None
        self._public_headers = httpx.Headers(_COMMON_HEADERS)
        self._headers = httpx.Headers({**_COMMON_HEADERS, **headers})
        # Words of a few letters are no keys, and taking them out would garble what is to be read.
        self._secrets = _spellings(api_key) if len(api_key) >= SHORTEST_KEY else []
        self._limiter = limiter

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.service} at {self.base_url}>"

    def __reduce__(self) -> NoReturn:
        raise UsageError("a client holds a key and open connections, so it is not pickled; connect again instead")

    def reserve(self, now: float, latest: float | None = None) -> float | None:
        if self.closed:
            raise UsageError(f"this client of {self.service} is closed; connect again")
        return self._limiter.reserve(now, latest)

    def give_back(self, place: float) -> None:
        self._limiter.give_back(place)

    def is_paused(self, now: float, latest: float | None = None) -> bool:
        return self._limiter.is_paused(now, latest)

    def pause(self, now: float, seconds: float) -> None:
        self._limiter.pause(now, seconds)

    def _without_key(self, data: bytes) -> bytes:
        """What came from outside, without the key that it may repeat: nothing made of it can then show the key."""
        for secret in self._secrets:
            if secret in data:
                data = data.replace(secret, b"***")
        return data

    def _built(self, request: Request, give_up: float, trace: Callable[..., Any] | None) -> httpx.Request:
        """The request as it is sent: straight to the transport, with all of its headers. An httpx.Client in between
        merges headers and keeps cookies, which nobody wants here, and it took a quarter of a call's time."""
        # The base URL's own path is kept and the request's is added to it; a result URL is absolute and checked.
        absolute = origin.joined(self.base_url, request.url) if "://" in request.url else self.base_url + request.url
        return httpx.Request(
            request.method,
            _parsed(absolute),
            # An empty mapping would make httpx drop the query of a URL that an answer named.
            params=request.params or None,
            json=request.json,
            headers=self._public_headers if request.public else self._headers,
            extensions={"timeout": self._timeouts(give_up), **({} if trace is None else {"trace": trace})},
        )

    def _timeouts(self, give_up: float) -> dict[str, float]:
        seconds = max(0.001, min(self.timeout, give_up - time.monotonic(), threading.TIMEOUT_MAX))
        # So that a connection that does not come about is reported as such, and not as no answer in the time given.
        sooner = seconds - min(0.05, seconds / 10)
        return {"connect": sooner, "read": seconds, "write": seconds, "pool": sooner}

    def _reply(self, request: Request, response: httpx.Response, body: _Body) -> Reply:
        log.debug("%s %s %s: %s", self.service, request.method, request.url, response.status_code)
        headers = {
            name.lower().decode("latin-1"): self._without_key(value).decode("utf-8", errors="replace")
            for name, value in response.headers.raw
        }
        return Reply(
            status=response.status_code,
            headers=headers,
            body=self._without_key(body.taken()),
            received=time.time(),
            cut=body.cut,
        )

    def _failure(self, request: Request, error: Exception, sending: Sending) -> TransportFailure:
        kind = type(error).__name__
        log.debug("%s %s %s: %s", self.service, request.method, request.url, kind)
        return TransportFailure(
            sent=not isinstance(error, _NEVER_SENT) and sending.give_up(),
            timed_out=isinstance(error, httpx.TimeoutException),
            message=self._without_key((f"{kind}: {error}" if str(error) else kind).encode()).decode(),
        )


@functools.lru_cache(maxsize=1024)
def _parsed(url: str) -> httpx.URL:
    """Whoever waits for a job asks for the same URL again and again."""
    return httpx.URL(url)


class _Body:
    """Collects a body up to MAX_BODY and up to a moment: timeouts of httpx are per read, a slow trickle has none."""

    def __init__(self, response: httpx.Response, give_up: float) -> None:
        self._give_up = give_up
        self._chunks: list[bytes] = []
        self._size = 0
        announced = response.headers.get("content-length", "")
        coding = response.headers.get("content-encoding", "identity").lower()
        # A few bytes that are packed several times over, or by other packers, unpack to more than any machine has.
        self.cut = (announced.isdecimal() and int(announced[:20]) > MAX_BODY) or coding not in _CODINGS

    def take(self, chunk: bytes) -> bool:
        """Whether to read on."""
        self._size += len(chunk)
        self.cut = self._size > MAX_BODY
        if time.monotonic() > self._give_up:
            raise httpx.ReadTimeout("the answer trickled past its deadline")
        if not self.cut:
            self._chunks.append(chunk)
        return not self.cut

    def taken(self) -> bytes:
        """What was read; nothing of a body that is too large."""
        return b"" if self.cut else b"".join(self._chunks)


class SyncChannel(_Channel):
    """For ``connect``. Thread-safe, as httpx's transports are."""

    def __init__(self, *, transport: httpx.BaseTransport | None = None, **common: Any) -> None:
        super().__init__(**common)
        _check_transport(transport, httpx.BaseTransport)
        self._own = transport is None
        self._transport = transport or _own_transport(httpx.HTTPTransport, self.base_url)
        self._posting = transport or _posting_transport(httpx.HTTPTransport, self.base_url)
        self._holds_deadlines = self._own and deadlines.hold_deadlines(self._transport)
        self._process = os.getpid()

    def keeps_deadline(self, request: Request) -> bool:
        """Whether ``send`` is over at ``give_up`` whatever the service does. Sending a body is left to a thread that
        can be left to itself."""
        return self._holds_deadlines and request.json is None

    def send(self, request: Request, give_up: float, sending: Sending) -> Outcome:
        """One request, one outcome; stops reading at ``give_up`` (monotonic seconds)."""
        if self._process != os.getpid():  # forked: two processes on one connection get each other's answers
            self.renew()
        try:
            return deadlines.run_until(give_up, lambda: self._exchange(request, give_up, sending))
        except Exception as error:
            return self._failure(request, error, sending)
        except BaseException as error:
            interruption = error
        # Ctrl-C. Its traceback and context would show httpx at work, with the key in its hands. And it may have come
        # between a lock of the pool and its release: nobody could use this transport any more.
        self.renew()
        interruption.__context__ = None
        raise interruption.with_traceback(None)

    def _exchange(self, request: Request, give_up: float, sending: Sending) -> Reply:
        trace = None
        if request.json is not None and self._own:
            trace = functools.partial(_note, sending)
        else:
            sending.begin()
        transport = self._posting if request.method == "POST" else self._transport
        response = transport.handle_request(self._built(request, give_up, trace))
        try:
            body = _Body(response, give_up)
            if not body.cut:
                for chunk in response.iter_bytes():
                    if not body.take(chunk):
                        break
        finally:
            response.close()
        return self._reply(request, response, body)

    def renew(self) -> None:
        """Go on with connections of its own. Those that nobody uses are closed, without a look at any lock."""
        if not self._own:
            return
        self._process = os.getpid()
        left = getattr(self._transport, "_pool", None)
        self._transport = _own_transport(httpx.HTTPTransport, self.base_url)
        self._posting = _posting_transport(httpx.HTTPTransport, self.base_url)
        self._holds_deadlines = deadlines.hold_deadlines(self._transport)
        for connection in getattr(left, "connections", ()):
            with contextlib.suppress(Exception):
                if connection.is_idle():
                    connection.close()

    def close(self) -> None:
        self.closed = True
        self._transport.close()
        if self._own:
            self._posting.close()


class AsyncChannel(_Channel):
    """For ``connect_async``. Belongs to one event loop, as httpx's transports do."""

    def __init__(self, *, transport: httpx.AsyncBaseTransport | None = None, **common: Any) -> None:
        super().__init__(**common)
        _check_transport(transport, httpx.AsyncBaseTransport)
        self._own = transport is None
        self._transport = transport or _own_transport(httpx.AsyncHTTPTransport, self.base_url)
        self._posting = transport or _posting_transport(httpx.AsyncHTTPTransport, self.base_url)

    async def send(self, request: Request, give_up: float, sending: Sending) -> Outcome:
        """One request, one outcome; stops reading at ``give_up`` (monotonic seconds)."""
        try:
            return await self._exchange(request, give_up, sending)
        except Exception as error:
            return self._failure(request, error, sending)

    async def _exchange(self, request: Request, give_up: float, sending: Sending) -> Reply:
        trace = None
        if request.json is not None and self._own:

            async def trace(event: str, details: Mapping[str, Any]) -> None:
                _note(sending, event, details)
        else:
            sending.begin()
        transport = self._posting if request.method == "POST" else self._transport
        response = await transport.handle_async_request(self._built(request, give_up, trace))
        try:
            body = _Body(response, give_up)
            if not body.cut:
                async for chunk in response.aiter_bytes():
                    if not body.take(chunk):
                        break
        finally:
            await response.aclose()
        return self._reply(request, response, body)

    async def close(self) -> None:
        self.closed = True
        await self._transport.aclose()
        if self._own:
            await self._posting.aclose()


class _GivenUp(Exception):
    """Raised into httpcore when a request is about to go out that nobody waits for any more."""


def _note(sending: Sending, event: str, details: Mapping[str, Any]) -> None:
    """What httpcore reports of a connection: the moment that matters is that of a request's first byte."""
    sending.watched = True
    begins = event.endswith(".send_request_headers.started")
    # A proxy is asked for a tunnel in the same way.
    if begins and details["request"].method != b"CONNECT" and not sending.begin():
        raise _GivenUp("the time given was over before the request was sent")


def _posting_transport(kind: Callable[..., T], base_url: str) -> T:
    """A transport that opens a connection for each request. What may be done only once is not sent on a kept
    connection: the service may have closed that one silently, or left an answer on it that would be taken for this
    one's."""
    return _own_transport(kind, base_url, limits=httpx.Limits(max_keepalive_connections=0))


def _own_transport(kind: Callable[..., T], base_url: str, **more: Any) -> T:
    """A transport through the proxy that the environment names for this host, if any, as for other programs. Plain http
    is for this machine only, and goes through none: a proxy could read the key."""
    parts = urlsplit(base_url)
    direct = parts.scheme == "http" or proxy_bypass(parts.netloc) or proxy_bypass(parts.hostname or "")
    proxies = {} if direct else getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    if proxy is not None and "://" not in proxy:
        proxy = f"http://{proxy}"
    try:
        return kind(proxy=proxy, **more)
    except (ImportError, ValueError, httpx.InvalidURL) as error:
        # What httpx says may repeat the proxy's password.
        problem = "needs the package socksio" if isinstance(error, ImportError) else "is none that httpx can use"
        complaint = f"the proxy for {parts.scheme} that the environment names {problem}"
    except OSError as error:
        kind_of_error = type(error).__name__
        complaint = f"the certificates that SSL_CERT_FILE or SSL_CERT_DIR name cannot be read: {kind_of_error}"
    raise UsageError(complaint)


def _check_transport(transport: object, kind: type) -> None:
    if transport is not None and not isinstance(transport, kind):
        raise UsageError(f"transport must be an httpx.{kind.__name__} here, got {type(transport).__name__}")
