"""How to reach a service: the caller's own transport, else certificates and a proxy."""

from __future__ import annotations

import os
import ssl
from functools import cache
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx

from quantum_jobs.background import run_in_thread
from quantum_jobs.errors import UsageError

_ONE = httpx.Limits(max_connections=1, max_keepalive_connections=1)

#: Environment variables that httpx takes the places of certificates from.
_CERTIFICATES = ("SSL_CERT_FILE", "SSL_CERT_DIR")

AnyTransport = httpx.BaseTransport | httpx.AsyncBaseTransport


class Route:
    """How to open connections. Raises UsageError for a transport, certificates or a proxy that cannot be used."""

    def __init__(self, base_url: str, given: AnyTransport | None) -> None:
        self.given: httpx.AsyncBaseTransport | None
        if given is None or isinstance(given, httpx.AsyncBaseTransport):
            self.given = given
        elif isinstance(given, httpx.BaseTransport):
            self.given = _InThread(given)
        else:
            raise UsageError(f"transport must be an httpx transport, sync or async, got {type(given).__name__}")
        if given is None:
            self._certificates = _trusted_certificates(*(os.environ.get(name) for name in _CERTIFICATES))
            self._proxy = _proxy(base_url)
            self._check_proxy()

    def open(self) -> httpx.AsyncHTTPTransport:
        """Make a transport with one connection."""
        return httpx.AsyncHTTPTransport(verify=self._certificates, proxy=self._proxy, limits=_ONE)

    def _check_proxy(self) -> None:
        try:
            self.open()
            return
        except (ImportError, ValueError, httpx.InvalidURL) as error:
            # httpx's message may hold the proxy's password.
            problem = "needs the package socksio" if isinstance(error, ImportError) else "is none that httpx can use"
        raise UsageError(f"the proxy for https that the environment names {problem}")


class _InThread(httpx.AsyncBaseTransport):
    """Runs the requests of a sync transport on threads."""

    def __init__(self, transport: httpx.BaseTransport) -> None:
        self._transport = transport

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await run_in_thread(self._exchange, request)

    def _exchange(self, request: httpx.Request) -> httpx.Response:
        """Return the response with its body read, still encoded."""
        response = self._transport.handle_request(request)
        try:
            packed = b"".join(response.stream) if isinstance(response.stream, httpx.SyncByteStream) else b""
        finally:
            response.close()
        return httpx.Response(
            response.status_code,
            headers=response.headers,
            stream=httpx.ByteStream(packed),
            extensions=response.extensions,
        )

    async def aclose(self) -> None:
        self._transport.close()


@cache
def _trusted_certificates(*_places: str | None) -> ssl.SSLContext:
    """The certificates in these places. Clients share them: reading them takes longer than a request."""
    try:
        return httpx.create_ssl_context()
    except OSError as error:
        kind = type(error).__name__
    raise UsageError(f"the certificates that SSL_CERT_FILE or SSL_CERT_DIR name cannot be read: {kind}")


def _proxy(base_url: str) -> str | None:
    """Return the environment's proxy for this host. Plain http is never sent through a proxy, which could read the key;
    it is for this machine only."""
    parts = urlsplit(base_url)
    if parts.scheme != "https" or proxy_bypass(parts.netloc) or proxy_bypass(parts.hostname or ""):
        return None
    proxies = getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    return f"http://{proxy}" if proxy is not None and "://" not in proxy else proxy
