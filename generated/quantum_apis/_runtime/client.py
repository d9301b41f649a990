"""The clients that operations are called with: where the service is, how long to wait, and the key."""

from __future__ import annotations

import contextlib
import ipaddress
import os
import re
import sys
import threading
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, ClassVar, Never, Self, TypeVar

import httpx
from attrs import evolve, frozen

from .requests import Request
from .responses import RawResponse
from .types import UNSET, Unset

E = TypeVar("E", bound=BaseException)

TIMEOUT = 30.0
# What a header value may hold; httpx would put anything else into its exception, and the key with it.
KEY = re.compile(r"[!-~]+")
# Seconds for each phase of a request, or one of httpx's own; None waits for ever. UNSET is the client's.
Timeout = float | httpx.Timeout | None | Unset


class Key:
    """A key, which neither attributes nor the local variables of a traceback show."""

    __slots__ = ("reveal",)

    def __init__(self, text: str) -> None:
        self.reveal: Callable[[], str] = lambda: text


def sealed(key: str | Key | None) -> Key | None:
    """A key as text, sealed. Whoever calls this deletes the text."""
    return key if key is None or isinstance(key, Key) else Key(key)


@frozen(kw_only=True)
class Service:
    """What the description of a service says about connecting to it.

    Attributes:
        base_url: where it is.
        key_header, key_prefix: the header that the key goes into, and the word before it there.
        key_parameter: the query parameter that it goes into instead; without either the service takes no key.
        key_variable: the environment variable for the key.
        url_variables: those for another base URL; the first that is set counts.
        other_versions: last path segments of base URLs of the vendor's other versions, with which this one shares the
            last of these variables: in a URL from there they are exchanged for this version's own.
    """

    base_url: str
    key_header: str
    key_prefix: str
    key_variable: str
    url_variables: tuple[str, ...]
    other_versions: tuple[str, ...] = ()
    key_parameter: str = ""

    def find_key(self, given: str | None) -> Key | None:
        """The key given, else that of the environment; None for a service that takes none. Raises ValueError without
        one."""
        if not self.key_header and not self.key_parameter:
            return sealed(given)
        key = given if given is not None else os.environ.get(self.key_variable)
        if not key:
            raise ValueError(f"no key: pass api_key, or set the environment variable {self.key_variable}")
        return sealed(key)

    def find_base_url(self, given: str | None) -> str:
        """The base URL given, else that of the environment, else the service's own."""
        if given is not None:
            return given
        for variable in self.url_variables:
            url = os.environ.get(variable)
            if url:
                return self._own_version(url) if variable == self.url_variables[-1] else url
        if not self.base_url:
            raise ValueError(
                "no base URL: the service's description names none; pass base_url, or set the environment variable "
                f"{self.url_variables[0]}"
            )
        return self.base_url

    def _own_version(self, url: str) -> str:
        start, slash, version = url.rstrip("/").rpartition("/")
        own = self.base_url.rpartition("/")[2]
        return f"{start}{slash}{own}" if version in self.other_versions else url


class BaseClient:
    """What the two kinds of clients share: everything but the sending."""

    service: ClassVar[Service]

    def __init__(
        self,
        api_key: str | Key | None = None,
        *,
        base_url: str | None = None,
        timeout: float | httpx.Timeout | None = TIMEOUT,
        headers: Mapping[str, str] | None = None,
        **httpx_arguments: Any,
    ) -> None:
        self._api_key = sealed(api_key)
        del api_key  # a traceback that shows local variables must not show it
        if self._api_key is not None and not KEY.fullmatch(self._api_key.reveal()):
            raise ValueError("a key is printable ASCII without blanks, and not empty")
        self._base_url = checked_base_url(self.service.base_url if base_url is None else base_url)
        if httpx_arguments.get("follow_redirects"):
            raise ValueError("redirects are not followed: they could lead the key to another host")
        self._timeout = timeout
        self._headers = dict(headers or {})
        self._httpx_arguments = httpx_arguments
        self._http: Any = None
        self._closed = False
        self._lock = threading.Lock()
        self._process = os.getpid()

    @property
    def base_url(self) -> str:
        """Where the service is."""
        return self._base_url

    @property
    def timeout(self) -> float | httpx.Timeout | None:
        """How long each phase of a request may take, in seconds."""
        return self._timeout

    def _connections(self, kind: type[Any]) -> Any:
        """The httpx client, made when it is first needed, and anew in a forked child: two processes that share a
        connection read each other's answers."""
        if self._process != os.getpid():
            self._lock, self._process, self._http = threading.Lock(), os.getpid(), None
        with self._lock:
            if self._closed:
                raise RuntimeError("the client is closed: make a new one")
            if self._http is None:
                arguments = {
                    "base_url": self._base_url,
                    "timeout": self._timeout,
                    # A proxy would read the key of a request that is not encrypted.
                    "mounts": {"http://": None},
                    **self._httpx_arguments,
                }
                self._http = kind(**arguments)
            return self._http

    def _arguments(self, request: Request, timeout: Timeout, extra_headers: Mapping[str, str] | None) -> dict[str, Any]:
        self._check_host(request.path)
        arguments: dict[str, Any] = {
            "method": request.method,
            "url": request.path,
            "params": {**request.params, **self._key_parameter(request)} or None,
            "json": request.json,
            # The key comes last: further headers are added to it, they do not replace it.
            "headers": _merged(self._headers, request.headers, extra_headers or {}, self._key_header(request)),
        }
        for name in ("content", "data", "files"):
            if (body := getattr(request, name)) is not None:
                arguments[name] = body
        return arguments if isinstance(timeout, Unset) else {**arguments, "timeout": timeout}

    def _check_host(self, path: str) -> None:
        """Raise ValueError where a request would take the key to another host."""
        url, base = httpx.URL(path), httpx.URL(self._base_url)
        if (url.scheme or url.host) and (url.userinfo or _origin(url) != _origin(base)):
            raise ValueError(
                f"{url.scheme}://{url.netloc.decode()} is not the service's own host {base.host!r}, "
                "which alone gets the key: give a path below the base URL"
            )

    def _key_header(self, request: Request) -> dict[str, str]:
        key = self._key(request) if self.service.key_header else None
        return {} if key is None else {self.service.key_header: key}

    def _key_parameter(self, request: Request) -> dict[str, str]:
        key = self._key(request) if self.service.key_parameter else None
        return {} if key is None else {self.service.key_parameter: key}

    def _key(self, request: Request) -> str | None:
        """The key as it is sent, or None for an operation that goes without."""
        if request.authentication == "none":
            return None
        if self._api_key is None:
            if request.authentication == "optional":
                return None
            raise ValueError(f"{request.operation} needs a key, and this client has none")
        prefix = self.service.key_prefix
        key = self._api_key.reveal()
        return f"{prefix} {key}" if prefix else key

    def __repr__(self) -> str:
        # Only what cannot be secret: no headers, no key.
        return f"{type(self).__name__}(base_url={self._base_url!r})"

    def __reduce__(self) -> Never:
        raise TypeError(f"{type(self).__name__} holds connections, and may hold a key: make a new one instead")


class SyncClient(BaseClient):
    """Sends requests and waits for their answers. Threads may share it."""

    def send(
        self, request: Request, *, timeout: Timeout = UNSET, extra_headers: Mapping[str, str] | None = None
    ) -> RawResponse:
        """Send a request, and give the answer as it came, whatever its status.

        `timeout` and `extra_headers` are for this call only. Raises httpx.HTTPError without an answer, ValueError for
        an operation that needs a key when there is none.
        """
        http: httpx.Client = self._connections(httpx.Client)
        handled, failure = sys.exception(), None
        try:
            response = http.request(**self._arguments(request, timeout, extra_headers))
        except BaseException as error:
            failure = without_key(error, handled)
        else:
            return RawResponse(response.status_code, response.headers, response.content)
        raise failure

    def close(self) -> None:
        """Close the connections. A closed client cannot be used any more; closing it again does nothing."""
        self._closed = True
        if self._http is not None and self._process == os.getpid():
            self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None = None,
        error: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        self.close()


class AsyncClient(BaseClient):
    """The same, awaitable. It belongs to one event loop."""

    async def send(
        self, request: Request, *, timeout: Timeout = UNSET, extra_headers: Mapping[str, str] | None = None
    ) -> RawResponse:
        """Send a request, and give the answer as it came, whatever its status.

        `timeout` and `extra_headers` are for this call only. Raises httpx.HTTPError without an answer, ValueError for
        an operation that needs a key when there is none.
        """
        http: httpx.AsyncClient = self._connections(httpx.AsyncClient)
        if request.content is not None and not isinstance(request.content, bytes | str):
            # httpx sends an open file with its sync client only.
            request = evolve(request, content=request.content.read())
        handled, failure = sys.exception(), None
        try:
            response = await http.request(**self._arguments(request, timeout, extra_headers))
        except BaseException as error:
            failure = without_key(error, handled)
        else:
            return RawResponse(response.status_code, response.headers, response.content)
        raise failure

    async def close(self) -> None:
        """Close the connections. A closed client cannot be used any more; closing it again does nothing."""
        self._closed = True
        if self._http is not None and self._process == os.getpid():
            await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None = None,
        error: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        await self.close()


def checked_base_url(base_url: str) -> str:
    """The base URL, when a key can be sent there. Raises ValueError for one that is none, or not encrypted."""
    try:
        url = httpx.URL(base_url)
    except (httpx.InvalidURL, TypeError) as error:
        raise ValueError(f"base_url is not a URL: {error}") from None
    if url.scheme not in ("https", "http") or not url.host:
        raise ValueError("base_url must begin with https:// and a host name")
    if url.userinfo or "?" in base_url or "#" in base_url:
        raise ValueError("base_url takes no user name, password, query or fragment; the key goes into api_key")
    if url.scheme == "http" and not _is_loopback(url.host):
        raise ValueError("base_url must begin with https://: plain http is for this machine itself only")
    return base_url


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


def _merged(*headers: Mapping[str, str]) -> dict[str, str]:
    """Headers, of which a later one takes the place of an earlier one of its name, however that is written."""
    return {name.lower(): value for each in headers for name, value in each.items()}


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def without_key(error: E, handled: BaseException | None = None) -> E:
    """An exception, and what led to it, without what holds the key: the headers and the query of a request, and the
    tracebacks, since httpx's local variables hold them too. It may be logged, pickled, and shown with its variables.

    What the caller itself was handling when it sent the request, `handled`, stays as it is.
    """
    links: list[BaseException] = [error]
    for link in links:
        link.__traceback__ = None
        holder: Any
        for holder in (link, getattr(link, "response", None)):
            # An exception of httpx raises RuntimeError where it has no request.
            with contextlib.suppress(AttributeError, RuntimeError):
                request = holder.request
                holder.request = httpx.Request(request.method, request.url.copy_with(query=None))
        for other in (link.__cause__, link.__context__):
            if other is not None and other is not handled and other not in links:
                links.append(other)
    return error


__all__ = ["TIMEOUT", "AsyncClient", "BaseClient", "Service", "SyncClient", "Timeout"]
