"""A cloud of a few lines on a real socket, for each of the three services, that fails in every way a network can.

It keeps jobs, lists them, gives results and cancels; a Fault says what goes wrong with the next requests of one kind.
Nothing here is shared with the wrapper or the sandbox.
"""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import attrs

PREFIX = {"ionq-v0.4": "/v0.4", "ionq-v0.3": "/v0.3", "qbraid-v2": "/api/v1"}


@attrs.frozen(kw_only=True)
class Fault:
    """What happens to the next ``times`` requests of an operation.

    ``stored`` says whether the request takes effect before it goes wrong. ``how``: drop, half, slow, trickle, refuse,
    or answer (with ``status``, ``headers`` and ``body`` as they stand here; the body None is the true one).
    """

    operation: str
    how: str
    times: int = 1
    stored: bool = True
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    edit: str | None = None


class Cloud:
    """One service. ``jobs`` holds what was really stored, ``lag`` seconds pass before a listing shows it."""

    def __init__(self, service: str) -> None:
        self.service = service
        self.jobs: dict[str, dict[str, Any]] = {}
        self.stored_at: dict[str, float] = {}
        self.fault: Fault | None = None
        self.left = 0
        self.lag = 0.0
        #: Seconds before any answer; what a request does is done before.
        self.latency = 0.0
        self.lock = threading.Lock()
        self.count = 0
        self._under_way = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}{PREFIX[service]}"
        self._open = threading.Event()
        self._open.set()
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def reset(self, fault: Fault | None = None, lag: float = 0.0, *, keep: bool = False) -> None:
        """From now on this fault. Forget all jobs, unless they are to be kept."""
        self._open.wait()
        with self.lock:
            if not keep:
                self.jobs.clear()
                self.stored_at.clear()
            self.fault, self.left, self.lag = fault, fault.times if fault else 0, lag

    def settle(self) -> None:
        """Wait until every request has taken effect that was sent so far, whoever sent it and went away since."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as last:
            last.shutdown(socket.SHUT_WR)
            last.recv(1)  # connections are accepted in their order
        while self._under_way:
            time.sleep(0.001)

    def refuse(self, seconds: float) -> None:
        """Refuse all connections for a while."""
        self._open.clear()
        # Closing alone would leave the port open until the accept under way returns.
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

        def again() -> None:
            time.sleep(seconds)
            self._listener = socket.create_server(("127.0.0.1", self.port))
            self._open.set()
            self._accept(self._listener)

        threading.Thread(target=again, daemon=True).start()

    def close(self) -> None:
        self._open.wait()
        self._listener.close()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with self.lock:
                self._under_way += 1
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            with connection, contextlib.suppress(OSError):
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                # A connection whose making was cancelled may stay open for as long as somebody keeps the exception.
                connection.settimeout(0.3)
                request = _read_request(connection)
                connection.settimeout(None)
                if request is not None:
                    self._answer(connection, *request)
        finally:
            with self.lock:
                self._under_way -= 1

    def _answer(self, connection: socket.socket, method: str, target: str, body: bytes) -> None:
        parts = urlsplit(target)
        path = parts.path.removeprefix(PREFIX[self.service])
        operation = _operation(method, path)
        with self.lock:
            fault = self.fault if self.fault and self.fault.operation == operation and self.left > 0 else None
            self.left -= fault is not None
            if fault is None or fault.stored:
                status, answer = self._route(operation, path, parse_qs(parts.query), json.loads(body or b"null"))
            else:
                status, answer = 200, {}
        time.sleep(self.latency)
        if fault is None:
            connection.sendall(_response(status, json.dumps(answer).encode()))
            return
        _fail(connection, fault, status, answer)

    def _route(self, operation: str, path: str, query: dict[str, list[str]], body: Any) -> tuple[int, Any]:
        if operation == "submit":
            return self._store(body)
        if operation == "list":
            return self._list(query)
        job_id = path.split("/")[2]
        if job_id not in self.jobs:
            return 404, {"error": "Not Found", "message": "no such job", "statusCode": 404}
        if operation == "cancel":
            self.jobs[job_id]["status"] = "CANCELLED" if self.service == "qbraid-v2" else "canceled"
            return 200, {"id": job_id, "status": "canceled"}
        if operation == "result":
            return 200, self._result()
        return 200, self._envelope(self.jobs[job_id])

    def _store(self, body: dict[str, Any]) -> tuple[int, Any]:
        self.count += 1
        job_id = f"job-{self.count}"
        if self.service == "qbraid-v2":
            job = {
                "jobQrn": job_id,
                "status": "QUEUED",
                "tags": body["tags"],
                "deviceQrn": body["deviceQrn"],
                "shots": 8,
            }
        else:
            job = {"id": job_id, "status": "ready", "metadata": body["metadata"], "shots": 8, "stats": {"qubits": 2}}
            job |= {"qubits": 2, "results": {"probabilities": {"url": f"{PREFIX[self.service]}/jobs/{job_id}/results"}}}
            job["results_url"] = f"{PREFIX[self.service]}/jobs/{job_id}/results"
        self.jobs[job_id] = job
        self.stored_at[job_id] = time.monotonic()
        return 201, self._envelope({key: job[key] for key in ("id", "jobQrn", "status") if key in job})

    def add(self) -> str:
        """Store a job without any request; gives its id."""
        self._store({"metadata": {}, "tags": {}, "deviceQrn": "simulator"})
        return next(iter(self.jobs))

    def complete(self) -> None:
        for job in self.jobs.values():
            job["status"] = "COMPLETED" if self.service == "qbraid-v2" else "completed"

    def _list(self, query: dict[str, list[str]]) -> tuple[int, Any]:
        shown = [job for job_id, job in self.jobs.items() if time.monotonic() - self.stored_at[job_id] >= self.lag]
        wanted = query.get("ids") or query.get("id")
        if wanted:
            shown = [job for job in shown if job["id"] in wanted]
        if self.service == "qbraid-v2":
            return 200, {"success": True, "data": shown, "pagination": {"hasNext": False}}
        return 200, {"jobs": shown, "next": None}

    def _result(self) -> Any:
        if self.service == "qbraid-v2":
            return self._envelope({"status": "COMPLETED", "resultData": {"measurementCounts": {"01": 8}}})
        return {"1": 1.0}

    def _envelope(self, data: Any) -> Any:
        return {"success": True, "data": data} if self.service == "qbraid-v2" else data


def _operation(method: str, path: str) -> str:
    if method == "POST" and path == "/jobs":
        return "submit"
    if path == "/jobs":
        return "list"
    if path.endswith("/cancel"):
        return "cancel"
    return "result" if path.count("/") > 2 else "status"


def _read_request(connection: socket.socket) -> tuple[str, str, bytes] | None:
    data = b""
    while b"\r\n\r\n" not in data:
        chunk = connection.recv(65536)
        if not chunk:
            return None
        data += chunk
    head, _, body = data.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    length = next((int(line.split(":")[1]) for line in lines if line.lower().startswith("content-length")), 0)
    while len(body) < length:
        chunk = connection.recv(65536)
        if not chunk:
            return None
        body += chunk
    method, target, _ = lines[0].split(" ")
    return method, target, body


def _response(status: int, body: bytes, headers: tuple[tuple[str, str], ...] = ()) -> bytes:
    more = "".join(f"{name}: {value}\r\n" for name, value in headers)
    kind = "" if any(name == "Content-Type" for name, _ in headers) else "Content-Type: application/json\r\n"
    return (
        f"HTTP/1.1 {status} X\r\n{kind}{more}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body
    )


def _fail(connection: socket.socket, fault: Fault, status: int, answer: Any) -> None:
    if fault.how == "drop":
        return
    true_body = json.dumps(_edited(answer, fault.edit)).encode()
    response = _response(fault.status or status, true_body if fault.body is None else fault.body, fault.headers)
    if fault.how == "half":
        connection.sendall(response[: -max(1, len(true_body) // 2)])
    elif fault.how == "slow":
        # Until the client has given up and gone.
        while connection.recv(1):
            pass
    elif fault.how == "trickle":
        for byte in response[:-1]:
            connection.sendall(bytes([byte]))
            time.sleep(0.01)
        while connection.recv(1):
            pass
    else:
        connection.sendall(response)


def _edited(answer: Any, edit: str | None) -> Any:
    """The true answer with its id left out, or with every value of another type."""
    if edit is None or not isinstance(answer, dict):
        return answer
    if edit == "no id":
        return {key: _edited(value, edit) for key, value in answer.items() if key not in {"id", "jobQrn"}}
    return {key: _edited(value, edit) if isinstance(value, dict) else [None] for key, value in answer.items()}
