"""The HTTP server: one thread, one event loop, one socket."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import Callable

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from .asgi import CLOSE, App, Receive, Scope, Send

_START_SECONDS = 10.0
"""Seconds that a server may take to start or to stop."""


class Protocol(H11Protocol):
    """HTTP over one connection, which the application may close."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        super().connection_made(transport)
        app = self.app

        def close(abruptly: bool) -> None:
            transport.abort() if abruptly else transport.close()

        async def with_extension(scope: Scope, receive: Receive, send: Send) -> None:
            await app({**scope, "extensions": {CLOSE: close}}, receive, send)

        self.app = with_extension


class Server(uvicorn.Server):
    """A server that stops at once when asked; the base class checks every 0.1 s."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.started_event = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopped: asyncio.Event | None = None

    async def main_loop(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stopped = asyncio.Event()
        self.started_event.set()
        await self._stopped.wait()

    def stop(self) -> None:
        """Ask the server to stop. Works from any thread, also after it has stopped."""
        self.should_exit = True
        if self._loop is not None and self._stopped is not None:
            with contextlib.suppress(RuntimeError):  # the loop is closed
                self._loop.call_soon_threadsafe(self._stopped.set)


def listen(address: str, port: int) -> socket.socket:
    """A socket listening on an IP address and port; port 0 takes a free one. Raises OSError where that fails."""
    family, _, _, _, place = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)[0]
    # asyncio sets TCP_NODELAY only on sockets whose protocol is TCP; without it each response waits about 40 ms for an
    # acknowledgement.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(place)
        listener.listen(512)
    except OSError:
        listener.close()
        raise
    return listener


def serve(app: App, listener: socket.socket) -> Callable[[], None]:
    """Answer requests in a thread; returns the function that stops it."""
    config = uvicorn.Config(
        app,
        loop="asyncio",
        http=Protocol,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,  # the sandbox has a clock of its own
        timeout_graceful_shutdown=2,
    )
    server = Server(config)
    # A daemon, so that a program that does not stop the sandbox can end.
    thread = threading.Thread(target=_run, args=(server, listener), name="quantum-sandbox-server", daemon=True)

    def stop() -> None:
        server.stop()
        thread.join(_START_SECONDS)

    thread.start()
    if not server.started_event.wait(_START_SECONDS):
        stop()
        raise RuntimeError("the sandbox's server did not start")
    return stop


def _run(server: Server, listener: socket.socket) -> None:
    server.run(sockets=[listener])
