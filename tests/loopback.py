"""A real HTTP server on loopback whose answers a test writes down route by route. It remembers what it was asked.

Where the connection is not the point, `Loopback.transport` answers the same without one, five times as fast."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

import attrs
import httpx


@attrs.frozen(kw_only=True)
class Asked:
    """One request as it arrived. ``path`` is without the query; header names are in lower case."""

    method: str
    path: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@attrs.frozen
class Answer:
    """What is sent back. Bytes go out as they are, everything else as JSON."""

    body: Any = None
    status: int = 200
    headers: Mapping[str, str] = attrs.field(factory=dict)

    def all_headers(self) -> dict[str, str]:
        return {"content-type": "application/json", **self.headers}

    def encoded(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


#: An answer, a JSON value that is answered with 200, or a function of the request that gives one of these.
Route = Answer | Mapping[str, Any] | list[Any] | Callable[[Asked], Any]


class Loopback:
    """``routes["GET /v0.4/jobs/a"] = {...}``. What no route names is answered with 404; ``fallback`` changes that."""

    def __init__(self) -> None:
        self.routes: dict[str, Route] = {}
        self.fallback: Route = Answer({"error": "Not Found", "message": "no such route", "statusCode": 404}, 404)
        self.asked: list[Asked] = []
        self._http = _Server(("127.0.0.1", 0), _Handler)
        self._http.loopback = self
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True)

    @property
    def port(self) -> int:
        return int(self._http.server_address[1])

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def answer(self, asked: Asked) -> Answer:
        route: Any = self.routes.get(f"{asked.method} {asked.path}", self.fallback)
        while callable(route):
            route = route(asked)
        return route if isinstance(route, Answer) else Answer(route)

    def transport(self) -> httpx.MockTransport:
        """Answers the requests of a client, sync or async, in this process. The server need not be entered."""

        def handle(request: httpx.Request) -> httpx.Response:
            target = request.url.raw_path.decode("ascii")
            answer = self.ask(request.method, target, request.headers, request.content)
            return httpx.Response(answer.status, headers=answer.all_headers(), content=answer.encoded())

        return httpx.MockTransport(handle)

    def ask(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Remember a request, and find its answer."""
        parts = urlsplit(target)
        asked = Asked(
            method=method,
            path=parts.path,
            query=parse_qs(parts.query),
            headers={name.lower(): value for name, value in headers.items()},
            body=body,
        )
        self.asked.append(asked)
        return self.answer(asked)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    loopback: Loopback


class _Handler(BaseHTTPRequestHandler):
    # One connection, one request: a kept connection would outlive the test that made it.
    protocol_version = "HTTP/1.0"
    server: _Server

    def _serve(self) -> None:
        content = self.rfile.read(int(self.headers.get("content-length") or 0))
        answer = self.server.loopback.ask(self.command, self.path, dict(self.headers), content)
        body = answer.encoded()
        self.send_response(answer.status)
        for name, value in answer.all_headers().items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_DELETE = _serve

    def log_message(self, *arguments: Any) -> None:
        """Say nothing: a test's output is pytest's."""
