"""Send requests of the generated clients through the wrapper's transport, within its rate limit."""

from __future__ import annotations

from functools import partial

import httpx

from quantum_jobs import background
from quantum_jobs.http.messages import LONG_ANSWER, Response
from quantum_jobs.http.transport import Transport


class ApiTransport(httpx.AsyncBaseTransport, httpx.BaseTransport):
    """An httpx transport for a generated client, sync or async. Closing it does nothing: the connections belong to the
    client."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request with the key. Raises httpx's errors, without the request that they would hold."""
        outcome = await self._transport.forward(request, max_body=LONG_ANSWER)
        if isinstance(outcome, Response):
            if not outcome.cut:
                return outcome.as_httpx()
            outcome = httpx.DecodingError("the response is too large, or has an encoding that is not supported")
        kind = type(outcome) if isinstance(outcome, httpx.TransportError) else httpx.ReadTimeout
        raise kind(self._transport.description(outcome))

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request of a sync client."""
        return background.run(partial(self.handle_async_request, request))
