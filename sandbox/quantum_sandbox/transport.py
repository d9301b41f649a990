"""The sandbox without a socket: an httpx transport that asks it in the same process, for sync and for async clients.

What a fault does to a connection becomes the error that httpx raises for it, and timeouts are those of the request. It
holds nothing that would have to be closed, so one transport serves any number of clients, threads and event loops.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial
from urllib.parse import parse_qs

import anyio
import anyio.to_thread
import httpx

from .exchange import MAX_BODY, Call
from .front import Delivery, Front

_PIECE = 1 << 16


class Transport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """`front` gives what is asked, or None when the sandbox has stopped. `may_block` says that an answer may wait for a
    simulation: then async clients get it from a thread, so that their event loop goes on."""

    def __init__(self, front: Callable[[], Front | None], *, may_block: bool) -> None:
        self._front = front
        self._may_block = may_block

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        waits, delivery = _Waits(request), self._asking(request, request.read())()
        if delivery.delay:
            time.sleep(waits.within(delivery.delay))
        return self._response(request, delivery, waits, _Body(delivery, waits, request))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        waits, ask = _Waits(request), self._asking(request, await request.aread())
        delivery = await _in_thread(ask) if self._may_block else ask()
        if delivery.delay:
            await anyio.sleep(waits.within(delivery.delay))
        return self._response(request, delivery, waits, _AsyncBody(delivery, waits, request))

    def _asking(self, request: httpx.Request, body: bytes) -> Callable[[], Delivery]:
        """What gives the delivery. Raises httpx.ConnectError where nobody is there to ask."""
        front = self._front()
        if front is None:
            raise httpx.ConnectError("the sandbox is not running", request=request)
        if front.is_copy:
            raise httpx.ConnectError(
                "a sandbox in process answers only in the process that started it, and this one was forked from it: "
                "use one that listens, Sandbox()",
                request=request,
            )
        url = request.url
        query = parse_qs(url.query.decode("ascii"), keep_blank_values=True)
        headers = {name.lower(): value for name, value in request.headers.items()}
        too_large = len(body) > MAX_BODY
        call = Call(request.method, url.path, query, headers, b"" if too_large else body)
        return partial(front.handle, call, too_large=too_large)

    def _response(
        self,
        request: httpx.Request,
        delivery: Delivery,
        waits: _Waits,
        stream: httpx.SyncByteStream | httpx.AsyncByteStream,
    ) -> httpx.Response:
        waits.check(delivery.delay)
        if delivery.refused:
            raise httpx.ConnectError("the connection was refused", request=request)
        if delivery.answer is None:
            raise httpx.RemoteProtocolError("Server disconnected without sending a response.", request=request)
        answer = delivery.answer
        return httpx.Response(answer.status, headers=dict(answer.headers), stream=stream, request=request)


async def _in_thread(function: Callable[[], Delivery]) -> Delivery:
    """Run a function beside the event loop; who is cancelled leaves the thread to itself."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:  # another event loop than asyncio's
        return await anyio.to_thread.run_sync(function, abandon_on_cancel=True)
    # Not anyio's threads, which keep a program alive whose event loop runs on a daemon thread.
    return await asyncio.to_thread(function)


class _Waits:
    """The time that a request gives each read."""

    def __init__(self, request: httpx.Request) -> None:
        self._request = request
        self._read: float | None = request.extensions.get("timeout", {}).get("read")

    def within(self, seconds: float) -> float:
        return seconds if self._read is None else min(seconds, self._read)

    def check(self, seconds: float) -> None:
        if self._read is not None and seconds > self._read:
            raise httpx.ReadTimeout("the answer did not come in time", request=self._request)


class _Pieces:
    """The body of an answer in the pieces in which it travels."""

    def __init__(self, delivery: Delivery, waits: _Waits, request: httpx.Request) -> None:
        body = b"" if delivery.answer is None else delivery.answer.body
        kept = body if delivery.keep is None else body[: delivery.keep]
        size = 1 if delivery.trickle else _PIECE
        self.pieces = [kept[start : start + size] for start in range(0, len(kept), size)]
        self.broken = len(kept) < len(body)
        self.pause = delivery.trickle
        self.waits = waits
        self.request = request

    def end(self) -> None:
        if self.broken:
            raise httpx.RemoteProtocolError(
                "peer closed connection without sending complete message body", request=self.request
            )


class _Body(_Pieces, httpx.SyncByteStream):
    def __iter__(self) -> Iterator[bytes]:
        for piece in self.pieces:
            if self.pause:
                time.sleep(self.waits.within(self.pause))
                self.waits.check(self.pause)
            yield piece
        self.end()


class _AsyncBody(_Pieces, httpx.AsyncByteStream):
    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self.pieces:
            if self.pause:
                await anyio.sleep(self.waits.within(self.pause))
                self.waits.check(self.pause)
            yield piece
        self.end()
