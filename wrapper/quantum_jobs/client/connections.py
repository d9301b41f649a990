"""How a service is connected to: checked arguments, key, channel. And the connections that the environment gives, which
jobs taken up by reference or out of a pickle share.

Shared sync connections close at exit; shared async ones belong to their event loop.
"""

from __future__ import annotations

import atexit
import threading
import weakref
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import attrs

from quantum_jobs.client.common import SETTLE, TIMEOUT, checked_seconds
from quantum_jobs.credentials import find_base_url, find_key
from quantum_jobs.http.channel import AsyncChannel, SyncChannel
from quantum_jobs.http.limits import shared_limiter
from quantum_jobs.services import service as find_service
from quantum_jobs.services.base import Service

if TYPE_CHECKING:
    import asyncio

C = TypeVar("C", SyncChannel, AsyncChannel)


@attrs.frozen(eq=False, repr=False, slots=False)
class Connected(Generic[C]):
    """A service and the channel to it, with what its client needs besides."""

    service: Service
    channel: C
    settle: float
    #: Makes the generated client, on first use.
    make_api: Callable[[], Any]


def connected(
    kind: type[C],
    name: str,
    *,
    api_key: str | None = None,
    base_url: str | None = None,
    timeout: float = TIMEOUT,
    settle: float = SETTLE,
    transport: Any = None,
) -> Connected[C]:
    """A new connection. Raises UsageError for an argument that cannot be, CredentialsError without a key."""
    service = find_service(name)
    seconds = checked_seconds(timeout, "timeout", zero=False)
    settled = checked_seconds(settle, "settle", zero=True)
    url = find_base_url(service, base_url)
    key = find_key(service, api_key)
    channel = kind(
        service=service.name,
        base_url=url,
        api_key=key,
        headers=service.headers(key),
        timeout=seconds,
        limiter=shared_limiter(service.name, url, key, service.rate_limit),
        transport=transport,
    )

    def make_api() -> Any:
        more = {} if transport is None else {"transport": transport}
        return service.connect_bindings(key, base_url=url, timeout=seconds, **more)

    return Connected(service, channel, settled, make_api)


_shared: dict[tuple[str, str, str], Connected[SyncChannel]] = {}
_shared_lock = threading.Lock()
_shared_by_loop: weakref.WeakKeyDictionary[
    asyncio.AbstractEventLoop, dict[tuple[str, str, str], Connected[AsyncChannel]]
] = weakref.WeakKeyDictionary()


def shared(name: str) -> Connected[SyncChannel]:
    """The connection that the environment gives for a service; made once, and anew when it was closed."""
    identity = _identity(name)
    with _shared_lock:
        connection = _shared.get(identity)
        if connection is None or connection.channel.closed:
            connection = _shared[identity] = connected(SyncChannel, name)
    return connection


def shared_async(name: str) -> Connected[AsyncChannel]:
    """The same for the running event loop."""
    import asyncio

    identity = _identity(name)
    connections = _shared_by_loop.setdefault(asyncio.get_running_loop(), {})
    connection = connections.get(identity)
    if connection is None or connection.channel.closed:
        connection = connections[identity] = connected(AsyncChannel, name)
    return connection


def _identity(name: str) -> tuple[str, str, str]:
    service = find_service(name)
    return service.name, find_base_url(service, None), find_key(service, None)


@atexit.register
def _close_shared() -> None:
    for connection in _shared.values():
        connection.channel.close()


@attrs.frozen(eq=False, slots=False)
class FromEnvironment:
    """The connection of a job that came out of a pickle: looked for when it is first used."""

    name: str
    find: Callable[[str], Connected[Any]]

    @cached_property
    def service(self) -> Service:
        return find_service(self.name)

    @cached_property
    def channel(self) -> Any:
        return self.find(self.name).channel
