"""Lets a generated client send through the wrapper's transport, within its limits and over its connections."""

from __future__ import annotations

from functools import partial

import httpx

from quantum_jobs import background
from quantum_jobs.http.messages import LONG_ANSWER, Response
from quantum_jobs.http.transport import Transport


class ApiTransport(httpx.AsyncBaseTransport, httpx.BaseTransport):
    """A transport for a generated client, sync or async. Closing it closes nothing: the connections are those of the
    client that it belongs to."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request, with the key in place of what the generated client has for one. Raises httpx's errors,
        without what they would tell of the request."""
        outcome = await self._transport.forward(request, max_body=LONG_ANSWER)
        if isinstance(outcome, Response):
            if not outcome.cut:
                return outcome.as_httpx()
            outcome = httpx.DecodingError("the answer is larger, or packed in another way, than this client takes")
        kind = type(outcome) if isinstance(outcome, httpx.TransportError) else httpx.ReadTimeout
        raise kind(self._transport.description(outcome))

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The same for a sync one."""
        return background.run(partial(self.handle_async_request, request))
