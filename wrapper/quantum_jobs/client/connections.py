"""How a service is connected to: checked arguments, key, channel. And the connections that the environment gives, which
jobs taken up by reference or out of a pickle share.

Shared sync connections close at exit; shared async ones belong to their event loop.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import sys
import threading
from collections.abc import AsyncGenerator, Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import attrs

from quantum_jobs.client.common import CONFIRMATION_TIMEOUT, TIMEOUT, checked_seconds
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
    confirmation_timeout: float
    #: Makes the generated client, on first use.
    make_api: Callable[[], Any]


def connected(
    kind: type[C],
    name: str,
    *,
    api_key: str | None = None,
    base_url: str | None = None,
    timeout: float = TIMEOUT,
    confirmation_timeout: float = CONFIRMATION_TIMEOUT,
    transport: Any = None,
) -> Connected[C]:
    """A new connection. Raises UsageError for an argument that cannot be, CredentialsError without a key."""
    service = find_service(name)
    seconds = checked_seconds(timeout, "timeout", zero=False)
    settled = checked_seconds(confirmation_timeout, "confirmation_timeout", zero=True)
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
        asynchronous = issubclass(kind, AsyncChannel)
        return service.connect_bindings(key, asynchronous=asynchronous, base_url=url, timeout=seconds, **more)

    return Connected(service, channel, settled, make_api)


_shared: dict[tuple[str, str, str], Connected[SyncChannel]] = {}
_shared_lock = threading.Lock()


def _forget_lock() -> None:
    # Another thread may have held it when this process was forked.
    global _shared_lock
    _shared_lock = threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_lock)


@attrs.frozen(eq=False)
class _OfLoop:
    """The connections of one event loop, and what closes them when the loop comes to its end."""

    connections: dict[tuple[str, str, str], Connected[AsyncChannel]]
    closing: AsyncGenerator[None, None]


_shared_by_loop: dict[asyncio.AbstractEventLoop, _OfLoop] = {}


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
    connections = _of_loop(asyncio.get_running_loop()).connections
    connection = connections.get(identity)
    if connection is None or connection.channel.closed:
        connection = connections[identity] = connected(AsyncChannel, name)
    return connection


def _of_loop(loop: asyncio.AbstractEventLoop) -> _OfLoop:
    for closed in [other for other in list(_shared_by_loop) if other.is_closed()]:
        _shared_by_loop.pop(closed, None)
    found = _shared_by_loop.get(loop)
    if found is None:
        connections: dict[tuple[str, str, str], Connected[AsyncChannel]] = {}
        found = _shared_by_loop[loop] = _OfLoop(connections, _closing_with_loop(loop, connections))
        # Its first step, which awaits nothing: from then on the loop ends it with its other generators.
        with contextlib.suppress(StopIteration):
            found.closing.__anext__().send(None)
    return found


async def _closing_with_loop(
    loop: asyncio.AbstractEventLoop, connections: dict[tuple[str, str, str], Connected[AsyncChannel]]
) -> AsyncGenerator[None, None]:
    try:
        yield
    finally:
        _shared_by_loop.pop(loop, None)
        for connection in connections.values():
            await connection.channel.close()


def _identity(name: str) -> tuple[str, str, str]:
    service = find_service(name)
    return service.name, find_base_url(service, None), find_key(service, None)


@atexit.register
def _close_shared() -> None:
    for connection in _shared.values():
        connection.channel.close()


@attrs.define(eq=False, slots=False)
class FromEnvironment:
    """The connection of a job that came out of a pickle: looked for when it is used, and again when it is closed or
    another event loop runs."""

    name: str
    find: Callable[[str], Connected[Any]]
    _found: Any = attrs.field(default=None, init=False, repr=False)
    _loop: object = attrs.field(default=None, init=False, repr=False)

    @cached_property
    def service(self) -> Service:
        return find_service(self.name)

    @property
    def channel(self) -> Any:
        loop = _running_loop()
        if self._found is None or self._found.closed or self._loop is not loop:
            self._found, self._loop = self.find(self.name).channel, loop
        return self._found


def _running_loop() -> object:
    # Without importing asyncio, which takes long: what is not imported runs no loop.
    asyncio = sys.modules.get("asyncio")
    try:
        return None if asyncio is None else asyncio.get_running_loop()
    except RuntimeError:
        return None
