"""The sandbox without a socket: httpx transports that ask it in the same process.

What a fault does to a connection becomes the error that httpx raises for it, and timeouts are those of the request.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from urllib.parse import parse_qs

import httpx

from .exchange import MAX_BODY, Call
from .front import Delivery, Front

_PIECE = 1 << 16


class Transport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """For `httpx.Client` and `httpx.AsyncClient`. `front` gives what is asked, or None when the sandbox has stopped."""

    def __init__(self, front: Callable[[], Front | None]) -> None:
        self._front = front

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        waits, delivery = self._ask(request, request.read())
        if delivery.delay:
            time.sleep(waits.within(delivery.delay))
        return self._response(request, delivery, waits, _Body(delivery, waits, request))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        waits, delivery = self._ask(request, await request.aread())
        if delivery.delay:
            await asyncio.sleep(waits.within(delivery.delay))
        return self._response(request, delivery, waits, _AsyncBody(delivery, waits, request))

    def _ask(self, request: httpx.Request, body: bytes) -> tuple[_Waits, Delivery]:
        front = self._front()
        if front is None:
            raise httpx.ConnectError("the sandbox is not running", request=request)
        url = request.url
        query = parse_qs(url.query.decode("ascii"), keep_blank_values=True)
        headers = {name.lower(): value for name, value in request.headers.items()}
        too_large = len(body) > MAX_BODY
        call = Call(request.method, url.path, query, headers, b"" if too_large else body)
        return _Waits(request), front.handle(call, too_large=too_large)

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
                await asyncio.sleep(self.waits.within(self.pause))
                self.waits.check(self.pause)
            yield piece
        self.end()
