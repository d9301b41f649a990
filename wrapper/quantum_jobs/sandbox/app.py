"""HTTP: the one place that every request passes.

Finds the cloud by the path, hands it the request as data, and writes its answer. Nothing of a request but method and
path is ever logged: bodies are the users' own, and headers hold keys.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from .exchange import MAX_BODY, Answer, Call, Refusal, Service, dispatch

logger = logging.getLogger("quantum_jobs.sandbox")


class App:
    """The ASGI application."""

    def __init__(self, services: Callable[[], Sequence[Service]]) -> None:
        self._new = services
        self._services = services()

    def reset(self) -> None:
        """Put new clouds, which have no jobs, in the place of the present ones."""
        self._services = self._new()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        request = Request(scope, receive)
        try:
            answer = await self._answer(request)
        except ClientDisconnect:
            return
        await _response(answer)(scope, receive, send)

    async def _answer(self, request: Request) -> Answer:
        method, path = request.method, request.scope["path"]
        service = next((s for s in self._services if path == s.base_path or path.startswith(s.base_path + "/")), None)
        if service is None:
            if path == "/":
                return Answer(200, self._index(request))
            logger.warning("%s %s: no cloud is served at this path", method, path)
            return Answer(404, {"error": "Not Found", "message": f"No cloud is served at {path}", "statusCode": 404})
        body = await _body(request)
        if body is None:
            answer = service.refusal(Refusal(413, "The request body is larger than 10 MB"))
        else:
            answer = self._ask(service, _call(request, service, body))
        logger.info("%s %s %d", method, path, answer.status)
        return answer

    def _ask(self, service: Service, call: Call) -> Answer:
        try:
            answer, operation = dispatch(service, call)
        except Exception:
            logger.exception("%s %s%s: the sandbox itself failed", call.method, service.base_path, call.path)
            return service.refusal(Refusal(500, "The sandbox itself failed; its log says why"))
        if operation is None:
            logger.warning("%s %s%s: %s has no such operation", call.method, service.base_path, call.path, service.name)
        return answer

    def _index(self, request: Request) -> dict[str, str]:
        root = str(request.base_url).rstrip("/")
        return {service.name: root + service.base_path for service in self._services}


def _call(request: Request, service: Service, body: bytes) -> Call:
    query: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        query.setdefault(name, []).append(value)
    path = request.scope["path"].removeprefix(service.base_path)
    if len(path) > 1:
        path = path.removesuffix("/")
    return Call(request.method, path, query, dict(request.headers), body)


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


def _response(answer: Answer) -> Response:
    headers: dict[str, Any] = dict(answer.headers)
    if isinstance(answer.body, str):
        return PlainTextResponse(answer.body, answer.status, headers)
    return JSONResponse(answer.body, answer.status, headers)
