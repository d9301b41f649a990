"""HTTP by ASGI: reads a request into plain data, and sends what `front` says, as it says to send it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive, Scope, Send

from .exchange import MAX_BODY, Call
from .front import Delivery, Front
from .reach import objection

CLOSE = "quantum_sandbox.close"
"""Name of the ASGI extension by which the server lets an answer be broken off: a function of `abruptly: bool`."""


class App:
    """The ASGI application. `expose`: it answers under any name."""

    def __init__(self, front: Front, *, expose: bool = False) -> None:
        self._front = front
        self._expose = expose

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        request = Request(scope, receive)
        try:
            body = await _body(request)
        except ClientDisconnect:
            return
        call = _call(request, body or b"")
        why_not = objection(call.headers, expose=self._expose, steers=self._front.steers(call.path))
        delivery = self._front.handle(call, too_large=body is None, objection=why_not)
        await _send(delivery, scope, receive, send)


def _call(request: Request, body: bytes) -> Call:
    query: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        query.setdefault(name, []).append(value)
    return Call(request.method, request.scope["path"], query, dict(request.headers), body)


async def _body(request: Request) -> bytes | None:
    """The body; None when it is too large, and then it is read no further than that."""
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > MAX_BODY:
            return None
        parts.append(part)
    return b"".join(parts)


async def _send(delivery: Delivery, scope: Scope, receive: Receive, send: Send) -> None:
    if delivery.delay:
        await asyncio.sleep(delivery.delay)
    answer = delivery.answer
    if answer is None:
        await _close(scope, receive, abruptly=delivery.refused)
        return
    body = answer.body
    encoded = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in answer.headers.items()]
    await send({"type": "http.response.start", "status": answer.status, "headers": encoded})
    kept = body if delivery.keep is None else body[: delivery.keep]
    if delivery.trickle:
        for index in range(len(kept)):
            await asyncio.sleep(delivery.trickle)
            await send({"type": "http.response.body", "body": kept[index : index + 1], "more_body": True})
    else:
        await send({"type": "http.response.body", "body": kept, "more_body": len(kept) < len(body)})
    if len(kept) < len(body):
        await _close(scope, receive, abruptly=False)
    elif delivery.trickle:
        await send({"type": "http.response.body", "body": b""})


async def _close(scope: Scope, receive: Receive, *, abruptly: bool) -> None:
    close: Callable[[bool], None] | None = scope.get("extensions", {}).get(CLOSE)
    if close is None:
        raise RuntimeError("this server cannot break off an answer")
    close(abruptly)
    while (await receive())["type"] != "http.disconnect":
        pass
