"""The sandbox without a socket: an httpx transport to its ASGI application, for sync and for async clients.

`httpx.ASGITransport` does the work. Added to it are what a socket would add: the errors of broken connections, and the
read timeout of a request. A response arrives as a whole: a fault that breaks off or delays its body shows as an error
or as a late response, not in the middle of reading it.

Sync clients wait for the same coroutine, run by an event loop in a daemon thread. There is one for all sandboxes of the
process, started on first use. So a transport holds nothing that must be closed, and works for any number of clients,
threads and event loops.
"""

from __future__ import annotations

import asyncio
import functools
import os
import threading
from collections.abc import Callable
from typing import Any

import anyio
import httpx

from quantum_sandbox.dispatcher import Dispatcher

from .asgi import CLOSE, App, Receive, Scope, Send


class Transport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Sends requests to a sandbox of this process.

    Args:
        dispatcher: gives the dispatcher of the sandbox, or None when the sandbox has stopped.
        may_block: see `App`.
    """

    def __init__(self, dispatcher: Callable[[], Dispatcher | None], *, may_block: bool) -> None:
        self._dispatcher = dispatcher
        self._may_block = may_block

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        return await self._exchange(request)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        loop = _event_loop_of(os.getpid())
        future = asyncio.run_coroutine_threadsafe(self._exchange(request), loop)
        try:
            return future.result()
        except BaseException:  # Ctrl-C, perhaps: nobody waits for the response any more
            future.cancel()
            raise

    async def _exchange(self, request: httpx.Request) -> httpx.Response:
        """The whole response, whose body can be read by sync and by async code."""
        app = App(self._running_dispatcher(request), check_names=False, may_block=self._may_block)
        timeout = request.extensions.get("timeout", {}).get("read")
        seconds = float("inf") if timeout is None else timeout
        with anyio.CancelScope(deadline=anyio.current_time() + seconds) as cancel_scope:

            async def with_socket_errors(scope: Scope, receive: Receive, send: Send) -> None:
                started = False

                def close(abruptly: bool) -> None:
                    raise _connection_error(request, refused=abruptly, started=started)

                async def send_in_time(message: Any) -> None:
                    nonlocal started
                    started = True
                    # As for a socket, each part has the whole timeout.
                    cancel_scope.deadline = anyio.current_time() + seconds
                    await send(message)

                await app({**scope, "extensions": {CLOSE: close}}, receive, send_in_time)

            response = await httpx.ASGITransport(with_socket_errors).handle_async_request(request)
            body = httpx.ByteStream(await response.aread())
        if cancel_scope.cancelled_caught:
            raise httpx.ReadTimeout("the response did not come in time", request=request)
        return httpx.Response(response.status_code, headers=response.headers, stream=body, request=request)

    def _running_dispatcher(self, request: httpx.Request) -> Dispatcher:
        dispatcher = self._dispatcher()
        if dispatcher is None:
            raise httpx.ConnectError("the sandbox is not running", request=request)
        if dispatcher.in_forked_process:
            raise httpx.ConnectError(
                "a sandbox in process answers only in the process that started it, and this one was forked from it: "
                "use one that listens, Sandbox()",
                request=request,
            )
        return dispatcher


def _connection_error(request: httpx.Request, *, refused: bool, started: bool) -> httpx.TransportError:
    """What httpx raises where a socket is closed at this point of a response."""
    if started:
        text = "peer closed connection without sending complete message body"
        return httpx.RemoteProtocolError(text, request=request)
    if refused:
        return httpx.ConnectError("the connection was refused", request=request)
    return httpx.RemoteProtocolError("Server disconnected without sending a response.", request=request)


@functools.cache
def _event_loop_of(process: int) -> asyncio.AbstractEventLoop:
    """The event loop that answers sync clients. A forked process has none of its parent's threads: it gets its own."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="quantum-sandbox-sync", daemon=True).start()
    return loop
