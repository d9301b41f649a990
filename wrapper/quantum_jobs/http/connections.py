"""The httpx transports of one event loop, or what the caller gave in their place.

Submissions go out on connections of their own, used once: whatever a service left unread on a kept connection, an
answer sent twice for instance, would otherwise be taken for the answer to the next request.
"""

from __future__ import annotations

import os
import ssl
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import Self
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx

from quantum_jobs.background import run_in_thread
from quantum_jobs.errors import UsageError

#: Requests to one service under way at once, and connections kept open. httpcore looks at each of these before every
#: request, so there are no more than are used.
_KEPT = httpx.Limits(max_connections=100, max_keepalive_connections=10)
_USED_ONCE = httpx.Limits(max_connections=100, max_keepalive_connections=0)

Given = httpx.BaseTransport | httpx.AsyncBaseTransport | None


class Route:
    """How a service is reached: over a transport of the caller's own, else with these certificates and this proxy.

    Raises UsageError for what cannot be used.
    """

    def __init__(self, base_url: str, given: Given) -> None:
        if given is not None and not isinstance(given, (httpx.BaseTransport, httpx.AsyncBaseTransport)):
            raise UsageError(f"transport must be an httpx transport, sync or async, got {type(given).__name__}")
        self.given = given
        if given is None:
            self._certificates = _trusted_certificates()
            self._proxy = _proxy(base_url)
            self._check_proxy()

    @property
    def is_sync(self) -> bool:
        """Whether the caller's own transport is one for sync code only."""
        return self.given is not None and not isinstance(self.given, httpx.AsyncBaseTransport)

    def transport(self, limits: httpx.Limits) -> httpx.AsyncHTTPTransport:
        """A transport of httpx's."""
        return httpx.AsyncHTTPTransport(verify=self._certificates, proxy=self._proxy, limits=limits)

    def _check_proxy(self) -> None:
        try:
            self.transport(_KEPT)
            return
        except (ImportError, ValueError, httpx.InvalidURL) as error:
            # What httpx says may repeat the proxy's password.
            problem = "needs the package socksio" if isinstance(error, ImportError) else "is none that httpx can use"
        raise UsageError(f"the proxy for https that the environment names {problem}")


class Connections:
    """Made by ``open``, within the event loop that uses them. They are closed when that loop comes to its end, where
    nobody has closed them before."""

    def __init__(self, route: Route) -> None:
        self._given = route.given
        self._process = os.getpid()
        self._closing = self._close_at_the_end()
        if self._given is None:
            self._kept, self._used_once = route.transport(_KEPT), route.transport(_USED_ONCE)

    @classmethod
    async def open(cls, route: Route) -> Self:
        """Made here and now."""
        opened = cls(route)
        # An event loop closes the async generators that were begun in it.
        await anext(opened._closing)
        return opened

    def is_stale(self) -> bool:
        """After a fork: two processes on one connection get each other's answers."""
        return self._process != os.getpid()

    @asynccontextmanager
    async def stream(self, request: httpx.Request, *, fresh: bool) -> AsyncIterator[httpx.Response]:
        """The answer to a request, with its body still to be read."""
        if isinstance(self._given, httpx.AsyncBaseTransport):
            response = await self._given.handle_async_request(request)
        elif self._given is not None:
            response = await run_in_thread(_exchange_in_sync, self._given, request)
        else:
            response = await (self._used_once if fresh else self._kept).handle_async_request(request)
        try:
            yield response
        finally:
            await response.aclose()

    async def close(self) -> None:
        """Close all of them."""
        await self._closing.aclose()

    async def _close_at_the_end(self) -> AsyncGenerator[None, None]:
        try:
            yield
        finally:
            if self._given is None:
                await self._kept.aclose()
                await self._used_once.aclose()
            elif isinstance(self._given, httpx.AsyncBaseTransport):
                await self._given.aclose()
            else:
                self._given.close()


def _exchange_in_sync(transport: httpx.BaseTransport, request: httpx.Request) -> httpx.Response:
    """The whole answer of a transport for sync code, its body read as it was packed."""
    response = transport.handle_request(request)
    try:
        packed = b"".join(response.stream) if isinstance(response.stream, httpx.SyncByteStream) else b""
    finally:
        response.close()
    return httpx.Response(
        response.status_code, headers=response.headers, stream=httpx.ByteStream(packed), extensions=response.extensions
    )


def _trusted_certificates() -> ssl.SSLContext:
    try:
        return httpx.create_ssl_context()
    except OSError as error:
        kind = type(error).__name__
    raise UsageError(f"the certificates that SSL_CERT_FILE or SSL_CERT_DIR name cannot be read: {kind}")


def _proxy(base_url: str) -> str | None:
    """The proxy that the environment names for this host, if any. Plain http is never sent through one: it is meant
    for this machine, and the proxy would read the key."""
    parts = urlsplit(base_url)
    if parts.scheme != "https" or proxy_bypass(parts.netloc) or proxy_bypass(parts.hostname or ""):
        return None
    proxies = getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    return f"http://{proxy}" if proxy is not None and "://" not in proxy else proxy
