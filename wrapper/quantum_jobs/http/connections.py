"""The connections of one event loop to one service."""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator
from typing import Self

import anyio
import httpx

from quantum_jobs.http.routes import Route

#: Upper bounds per event loop: concurrent requests, idle connections kept open.
MOST_CONNECTIONS, MOST_KEPT = 100, 10
#: Seconds that closing one connection may take, in which nothing can be cancelled.
CLOSED_WITHIN = 0.05


class Connections:
    """The connections of one event loop. Each is an httpx transport of its own, as httpcore checks all connections of a
    transport before each request. They are closed with the event loop at the latest.

    Submissions use a ``fresh`` connection once: data left unread on a kept connection, such as a response sent twice,
    would be taken for the response to the next request.
    """

    def __init__(self, route: Route) -> None:
        self.process = os.getpid()
        #: Limits the number of concurrent requests.
        self.places = anyio.Semaphore(MOST_CONNECTIONS, fast_acquire=True)
        #: Closing it closes them.
        self.closing = self._close_at_the_end()
        self._route = route
        self._idle: list[httpx.AsyncBaseTransport] = []
        self._closed = False

    @classmethod
    async def open(cls, route: Route) -> Self:
        """Create them in the running event loop."""
        opened = cls(route)
        # An event loop closes the async generators that were started in it.
        await anext(opened.closing)
        return opened

    def take(self, *, fresh: bool) -> httpx.AsyncBaseTransport:
        """Take a connection for one request."""
        if self._route.given is not None:
            return self._route.given
        return self._idle.pop() if self._idle and not fresh else self._route.open()

    async def give_back(self, connection: httpx.AsyncBaseTransport, *, keep: bool) -> None:
        """Give it back after the request. It is not kept after one that was cancelled or failed: httpcore would take
        it for occupied, and the next request would wait for it in vain."""
        if connection is self._route.given:
            return
        if not keep or self._closed or len(self._idle) >= MOST_KEPT:
            with anyio.move_on_after(CLOSED_WITHIN, shield=True):
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
