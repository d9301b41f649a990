"""The clients that operations are called with: where the service is, how long to wait, and the key."""

from __future__ import annotations

import re
import threading
from types import TracebackType
from typing import Any, Never, Self

import httpx

TIMEOUT = 30.0
# What a header value may hold; httpx would put anything else into its exception, and the key with it.
KEY = re.compile(r"[!-~]+")


class Client:
    """Calls operations that need no key.

    `timeout` is in seconds, for each phase of a request; None waits for ever. `httpx_args` goes to `httpx.Client` and
    `httpx.AsyncClient` as it is, for example `{"transport": ...}`. Connections are opened by the first call and kept
    until `close()` / `aclose()`, or the end of the `with` block.
    """

    def __init__(
        self,
        base_url: str,
        *,
        headers: dict[str, str] | None = None,
        cookies: dict[str, str] | None = None,
        timeout: float | httpx.Timeout | None = TIMEOUT,
        verify_ssl: Any = True,
        follow_redirects: bool = False,
        httpx_args: dict[str, Any] | None = None,
    ) -> None:
        self._base_url = base_url
        self._headers = dict(headers or {})
        self._cookies = dict(cookies or {})
        self._timeout = timeout
        self._verify_ssl = verify_ssl
        self._follow_redirects = follow_redirects
        self._httpx_args = dict(httpx_args or {})
        self._client: httpx.Client | None = None
        self._async_client: httpx.AsyncClient | None = None
        self._lock = threading.Lock()

    @property
    def base_url(self) -> str:
        """Where the service is."""
        return self._base_url

    @property
    def timeout(self) -> float | httpx.Timeout | None:
        """How long to wait, in seconds."""
        return self._timeout

    def _all_headers(self) -> dict[str, str]:
        return dict(self._headers)

    def _arguments(self) -> dict[str, Any]:
        return {
            "base_url": self._base_url,
            "cookies": self._cookies,
            "timeout": self._timeout,
            "verify": self._verify_ssl,
            "follow_redirects": self._follow_redirects,
            **self._httpx_args,
            # Further headers are added to the key, they do not replace it.
            "headers": {**dict(self._httpx_args.get("headers", {})), **self._all_headers()},
        }

    def _changed(self, **changes: Any) -> Self:
        other = type(self).__new__(type(self))
        other.__dict__.update(self.__dict__, **changes)
        other._client = other._async_client = None
        other._lock = threading.Lock()
        return other

    def with_headers(self, headers: dict[str, str]) -> Self:
        """Another client with these headers added. This one stays as it is."""
        return self._changed(_headers={**self._headers, **headers})

    def with_cookies(self, cookies: dict[str, str]) -> Self:
        """Another client with these cookies added. This one stays as it is."""
        return self._changed(_cookies={**self._cookies, **cookies})

    def with_timeout(self, timeout: float | httpx.Timeout | None) -> Self:
        """Another client with this timeout. This one stays as it is."""
        return self._changed(_timeout=timeout)

    def get_httpx_client(self) -> httpx.Client:
        """The underlying client, made when it is first needed."""
        with self._lock:
            if self._client is None:
                self._client = httpx.Client(**self._arguments())
            return self._client

    def set_httpx_client(self, client: httpx.Client) -> Self:
        """Use this client as it is: its base URL, headers and timeout stand."""
        self._client = client
        return self

    def get_async_httpx_client(self) -> httpx.AsyncClient:
        """The underlying asynchronous client, made when it is first needed."""
        with self._lock:
            if self._async_client is None:
                self._async_client = httpx.AsyncClient(**self._arguments())
            return self._async_client

    def set_async_httpx_client(self, async_client: httpx.AsyncClient) -> Self:
        """Use this asynchronous client as it is: its base URL, headers and timeout stand."""
        self._async_client = async_client
        return self

    def close(self) -> None:
        """Close the connections of synchronous calls."""
        if self._client is not None:
            self._client.close()

    async def aclose(self) -> None:
        """Close the connections of asynchronous calls."""
        if self._async_client is not None:
            await self._async_client.aclose()

    def __enter__(self) -> Self:
        self.get_httpx_client().__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None = None,
        error: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        self.get_httpx_client().__exit__(kind, error, traceback)

    async def __aenter__(self) -> Self:
        await self.get_async_httpx_client().__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None = None,
        error: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        await self.get_async_httpx_client().__aexit__(kind, error, traceback)

    def __repr__(self) -> str:
        # Only what cannot be secret: no headers, no cookies, no key, no user or password of the URL.
        return f"{type(self).__name__}(base_url={str(httpx.URL(self._base_url).copy_with(userinfo=b''))!r})"

    def __reduce__(self) -> Never:
        raise TypeError(f"{type(self).__name__} holds connections, and may hold a key: make a new one instead")


class AuthenticatedClient(Client):
    """Calls any operation. The key goes into the header `auth_header_name`, after `prefix` and a blank."""

    def __init__(
        self,
        base_url: str,
        token: str,
        *,
        prefix: str = "Bearer",
        auth_header_name: str = "Authorization",
        **arguments: Any,
    ) -> None:
        if not KEY.fullmatch(token):
            raise ValueError("a key is printable ASCII without blanks, and not empty")
        super().__init__(base_url, **arguments)
        self.token = token
        self.prefix = prefix
        self.auth_header_name = auth_header_name

    def _all_headers(self) -> dict[str, str]:
        value = f"{self.prefix} {self.token}" if self.prefix else self.token
        return {**self._headers, self.auth_header_name: value}


__all__ = ["AuthenticatedClient", "Client"]
