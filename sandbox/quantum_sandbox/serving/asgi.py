"""The ASGI application: reads a request, asks the dispatcher, and sends the response as the delivery says."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from functools import partial
from typing import Any
from urllib.parse import parse_qs

import anyio
import anyio.to_thread

from quantum_sandbox.dispatcher import Delivery, Dispatcher
from quantum_sandbox.http_types import MAX_BODY, Request

from .network_access import rejection

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

CLOSE = "quantum_sandbox.close"
"""ASGI extension by which a server lets the application break off a response: a function of `abruptly: bool`.

ASGI itself has no such message, and faults need it.
"""


class App:
    """The ASGI application of one sandbox.

    Args:
        dispatcher: answers the requests.
        check_names: refuse requests that reach the sandbox under a name that is not its own, see `network_access`.
        expose: with `check_names`, accept any name except for the control API.
        may_block: answers may wait for a simulation; they are then computed in a thread, so that the event loop of the
            caller goes on.
    """

    def __init__(
        self, dispatcher: Dispatcher, *, check_names: bool = True, expose: bool = False, may_block: bool = False
    ) -> None:
        self._dispatcher = dispatcher
        self._check_names = check_names
        self._expose = expose
        self._may_block = may_block

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        body = bytearray()
        more = True
        while more and len(body) <= MAX_BODY:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            more = message.get("more_body", False)
        too_large = len(body) > MAX_BODY
        request = _request(scope, b"" if too_large else bytes(body))
        problem = self._rejection(request) if self._check_names else None
        handle = partial(self._dispatcher.handle, request, too_large=too_large, rejection=problem)
        delivery = await _in_thread(handle) if self._may_block else handle()
        await _send(delivery, scope, receive, send)

    def _rejection(self, request: Request) -> str | None:
        is_control = self._dispatcher.is_control_path(request.path)
        return rejection(request.headers, expose=self._expose, is_control=is_control)


def _request(scope: Scope, body: bytes) -> Request:
    headers: dict[str, str] = {}
    for name, value in scope["headers"]:
        headers.setdefault(name.decode("latin-1").lower(), value.decode("latin-1"))
    query: Mapping[str, list[str]] = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    return Request(scope["method"], scope["path"], query, headers, body)


async def _in_thread(function: Callable[[], Delivery]) -> Delivery:
    """Call a function in a thread. A caller that is cancelled does not wait for its end."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:  # another event loop than asyncio's
        return await anyio.to_thread.run_sync(function, abandon_on_cancel=True)
    # Not anyio's threads: they keep a program alive whose event loop runs in a daemon thread.
    return await asyncio.to_thread(function)


async def _send(delivery: Delivery, scope: Scope, receive: Receive, send: Send) -> None:
    if delivery.delay:
        await anyio.sleep(delivery.delay)
    response = delivery.response
    if response is None:
        await _close(scope, receive, abruptly=delivery.refused)
        return
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in response.headers.items()]
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    body = response.body if delivery.keep is None else response.body[: delivery.keep]
    truncated = len(body) < len(response.body)
    if delivery.trickle:
        for index in range(len(body)):
            await anyio.sleep(delivery.trickle)
            await send({"type": "http.response.body", "body": body[index : index + 1], "more_body": True})
    else:
        await send({"type": "http.response.body", "body": body, "more_body": truncated})
    if truncated:
        await _close(scope, receive, abruptly=False)
    elif delivery.trickle:
        await send({"type": "http.response.body", "body": b""})


async def _close(scope: Scope, receive: Receive, *, abruptly: bool) -> None:
    close: Callable[[bool], None] | None = scope.get("extensions", {}).get(CLOSE)
    if close is None:
        raise RuntimeError("this server cannot break off a response")
    close(abruptly)
    while (await receive())["type"] != "http.disconnect":
        pass
