"""One service's httpx client with its key, host and limits. The only module that touches httpx.

Whatever httpx raises becomes a TransportFailure here, outside its ``except``: an exception that carries a request in
its context would carry the key too.
"""

from __future__ import annotations

import html
import json
import threading
import time
from collections.abc import Mapping
from typing import Any, NoReturn
from urllib.parse import quote, quote_plus

import httpx

from quantum_jobs import __version__
from quantum_jobs.errors import UsageError
from quantum_jobs.http import origin
from quantum_jobs.http.commands import Outcome, Reply, Request, TransportFailure
from quantum_jobs.http.limits import Limiter

#: The largest body that is read, in bytes after decompression: a million shots of 60 qubits fit.
MAX_BODY = 128 * 1024 * 1024

#: What is at least this long is taken for a key, in texts that are shown.
SHORTEST_KEY = 6

_COMMON_HEADERS = {"Accept": "application/json", "User-Agent": f"quantum-jobs/{__version__}"}

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
    return [spelling.encode() for spelling in sorted(known, key=len, reverse=True)]


class _Channel:
    """What the sync and the async channel share."""

    def __init__(
        self, *, service: str, base_url: str, api_key: str, headers: Mapping[str, str], timeout: float, limiter: Limiter
    ) -> None:
        self.service = service
        self.base_url = base_url
        self.timeout = timeout
        self.closed = False
        self._headers = dict(headers)
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

    def pause(self, until: float) -> None:
        self._limiter.pause(until)

    def _without_key(self, data: bytes) -> bytes:
        """What came from outside, without the key that it may repeat: nothing made of it can then show the key."""
        for secret in self._secrets:
            if secret in data:
                data = data.replace(secret, b"***")
        return data

    def _arguments(self, request: Request) -> dict[str, Any]:
        # The base URL's own path is kept and the request's is added to it; a result URL is absolute and checked.
        absolute = origin.joined(self.base_url, request.url) if "://" in request.url else self.base_url + request.url
        return {
            "method": request.method,
            "url": absolute,
            # An empty mapping would make httpx drop the query of a URL that an answer named.
            "params": request.params or None,
            "json": request.json,
            "headers": {} if request.public else self._headers,
        }

    def _timeout(self, give_up: float) -> httpx.Timeout:
        return httpx.Timeout(max(0.001, min(self.timeout, give_up - time.monotonic(), threading.TIMEOUT_MAX)))

    def _reply(self, response: httpx.Response, body: _Body) -> Reply:
        headers = {name.lower(): self._without_key(value.encode()).decode() for name, value in response.headers.items()}
        return Reply(status=response.status_code, headers=headers, body=self._without_key(body.taken()), cut=body.cut)

    def _failure(self, error: Exception) -> TransportFailure:
        kind = type(error).__name__
        return TransportFailure(
            sent=not isinstance(error, _NEVER_SENT),
            timed_out=isinstance(error, httpx.TimeoutException),
            message=self._without_key((f"{kind}: {error}" if str(error) else kind).encode()).decode(),
        )


class _Body:
    """Collects a body up to MAX_BODY and up to a moment: timeouts of httpx are per read, a slow trickle has none."""

    def __init__(self, response: httpx.Response, give_up: float) -> None:
        self._give_up = give_up
        self._chunks: list[bytes] = []
        self._size = 0
        announced = response.headers.get("content-length", "")
        self.cut = announced.isdecimal() and int(announced[:20]) > MAX_BODY

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
    """For ``connect``. Thread-safe, as httpx.Client is."""

    def __init__(self, *, transport: httpx.BaseTransport | None = None, **common: Any) -> None:
        super().__init__(**common)
        _check_transport(transport, httpx.BaseTransport)
        self._client = httpx.Client(headers=_COMMON_HEADERS, transport=transport, follow_redirects=False)

    def send(self, request: Request, give_up: float) -> Outcome:
        """One request, one outcome; stops reading at ``give_up`` (monotonic seconds)."""
        arguments = self._arguments(request)
        try:
            with self._client.stream(**arguments, timeout=self._timeout(give_up)) as response:
                body = _Body(response, give_up)
                if not body.cut:
                    for chunk in response.iter_bytes():
                        if not body.take(chunk):
                            break
            return self._reply(response, body)
        except Exception as error:
            outcome = self._failure(error)
        return outcome

    def close(self) -> None:
        self.closed = True
        self._client.close()


class AsyncChannel(_Channel):
    """For ``connect_async``. Belongs to one event loop, as httpx.AsyncClient does."""

    def __init__(self, *, transport: httpx.AsyncBaseTransport | None = None, **common: Any) -> None:
        super().__init__(**common)
        _check_transport(transport, httpx.AsyncBaseTransport)
        self._client = httpx.AsyncClient(headers=_COMMON_HEADERS, transport=transport, follow_redirects=False)

    async def send(self, request: Request, give_up: float) -> Outcome:
        """One request, one outcome; stops reading at ``give_up`` (monotonic seconds)."""
        arguments = self._arguments(request)
        try:
            async with self._client.stream(**arguments, timeout=self._timeout(give_up)) as response:
                body = _Body(response, give_up)
                if not body.cut:
                    async for chunk in response.aiter_bytes():
                        if not body.take(chunk):
                            break
            return self._reply(response, body)
        except Exception as error:
            outcome = self._failure(error)
        return outcome

    async def close(self) -> None:
        self.closed = True
        await self._client.aclose()


def _check_transport(transport: object, kind: type) -> None:
    if transport is not None and not isinstance(transport, kind):
        raise UsageError(f"transport must be an httpx.{kind.__name__} here, got {type(transport).__name__}")
