"""What happens on one connection never becomes another submission's answer. Against raw sockets that are kept open."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import anyio
import httpx
import pytest
import quantum_jobs

from tests.wrapper.raw_server import Listener

CIRCUIT = {"qubits": 1, "circuit": [{"gate": "x", "target": 0}]}
#: Sends an answer on a connection; says whether the connection is kept.
Sending = Callable[[socket.socket, bytes, str], bool]


class KeepAlive(Listener):
    """An IonQ v0.4 that keeps connections open, and sends its answers as a test says."""

    def __init__(self, send: Sending) -> None:
        self.send = send
        self.jobs: list[dict[str, object]] = []
        self.lock = threading.Lock()
        super().__init__()

    def serve(self, connection: socket.socket) -> None:
        buffered = b""
        while True:
            while b"\r\n\r\n" not in buffered:
                received = connection.recv(65536)
                if not received:
                    return
                buffered += received
            head, _, buffered = buffered.partition(b"\r\n\r\n")
            length = next(
                (int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-l")), 0
            )
            while len(buffered) < length:
                buffered += connection.recv(65536)
            body, buffered = buffered[:length], buffered[length:]
            method, target = head.decode().split(" ")[:2]
            if not self.send(connection, self._answer(method, target, body), method):
                return

    def _answer(self, method: str, target: str, body: bytes) -> bytes:
        with self.lock:
            if method == "POST":
                self.jobs.append({**json.loads(body), "id": f"job-{len(self.jobs)}", "status": "ready"})
                answer: object = {"id": self.jobs[-1]["id"], "status": "ready"}
            elif target.startswith("/v0.4/jobs/"):
                answer = next(job for job in self.jobs if job["id"] == target.rsplit("/", 1)[1])
            else:
                answer = {"jobs": self.jobs[::-1][:25], "next": None}
        content = json.dumps(answer).encode()
        return (
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(content) + content
        )


@pytest.fixture
def serve() -> Iterator[Callable[[Sending], KeepAlive]]:
    servers: list[KeepAlive] = []

    def start(send: Sending) -> KeepAlive:
        servers.append(KeepAlive(send))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


def twice(connection: socket.socket, answer: bytes, method: str) -> bool:
    connection.sendall(answer * 2)
    return True


def twice_with_a_pause(connection: socket.socket, answer: bytes, method: str) -> bool:
    connection.sendall(answer)
    time.sleep(0.02)
    connection.sendall(answer)
    return True


def and_hang_up_silently(connection: socket.socket, answer: bytes, method: str) -> bool:
    connection.sendall(answer)
    return False


def only_once(connection: socket.socket, answer: bytes, method: str) -> bool:
    """The second request of a connection finds it closed, when it has been sent already."""
    connection.sendall(answer)
    connection.recv(65536)
    return False


@pytest.mark.parametrize("send", [twice, twice_with_a_pause])
def test_an_answer_that_comes_twice_is_never_that_of_the_next_submission(
    serve: Callable[[Sending], KeepAlive], send: Sending
) -> None:
    server = serve(send)
    with quantum_jobs.connect("ionq", base_url=server.url, api_key="a-key", confirmation_timeout=1) as client:
        ids = [client.submit(CIRCUIT, device="simulator").id for _ in range(10)]
    assert ids == [job["id"] for job in server.jobs]
    assert len(set(ids)) == 10


def test_the_same_holds_for_tasks(serve: Callable[[Sending], KeepAlive]) -> None:
    server = serve(twice)

    async def main() -> list[str]:
        async with quantum_jobs.connect_async(
            "ionq", base_url=server.url, api_key="a-key", confirmation_timeout=1
        ) as client:
            return [(await client.submit(CIRCUIT, device="simulator")).id for _ in range(10)]

    assert asyncio.run(main()) == [job["id"] for job in server.jobs]


@pytest.mark.usefixtures("without_backoff")
@pytest.mark.parametrize("send", [and_hang_up_silently, only_once])
def test_a_service_that_closes_kept_connections_silently_leaves_no_submission_in_doubt(
    serve: Callable[[Sending], KeepAlive], send: Sending
) -> None:
    server = serve(send)
    with quantum_jobs.connect("ionq", base_url=server.url, api_key="a-key", confirmation_timeout=2) as client:
        started = time.monotonic()
        jobs = [client.submit(CIRCUIT, device="simulator") for _ in range(60)]
        for job in jobs[:20]:
            job.refresh()
            client.submit(CIRCUIT, device="simulator")
        assert time.monotonic() - started < 2
    assert len(server.jobs) == 80


def test_reading_keeps_its_connection(serve: Callable[[Sending], KeepAlive]) -> None:
    def once(connection: socket.socket, answer: bytes, method: str) -> bool:
        connection.sendall(answer)
        return True

    server = serve(once)
    with quantum_jobs.connect("ionq", base_url=server.url, api_key="a-key") as client:
        job = client.submit(CIRCUIT, device="simulator")
        for _ in range(10):
            job.refresh()
    assert len(server.connections) == 2


def echo(connection: socket.socket, answer: bytes, method: str) -> bool:
    connection.sendall(answer)
    return True


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_tasks_may_close_a_client_at_the_same_time(serve: Callable[[Sending], KeepAlive], backend: str) -> None:
    server = serve(echo)
    server.jobs = [{"id": "job-0", "status": "ready"}]

    async def main() -> None:
        client = quantum_jobs.connect_async("ionq", base_url=server.url, api_key="a-key")
        await client.job("job-0")
        async with anyio.create_task_group() as group:
            for _ in range(3):
                group.start_soon(client.close)

    anyio.run(main, backend=backend)


def test_threads_may_close_a_client_at_the_same_time(serve: Callable[[Sending], KeepAlive]) -> None:
    server = serve(echo)
    server.jobs = [{"id": "job-0", "status": "ready"}]
    for _ in range(10):
        client = quantum_jobs.connect("ionq", base_url=server.url, api_key="a-key")
        client.job("job-0")
        with ThreadPoolExecutor(4) as threads:
            for closed in [threads.submit(client.close) for _ in range(4)]:
                closed.result()


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_a_request_that_waits_for_its_turn_is_not_sent_any_more_once_the_client_is_closed(backend: str) -> None:
    sent: list[str] = []

    async def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request.method)
        return httpx.Response(429, headers={"Retry-After": "1"})

    async def main() -> None:
        client = quantum_jobs.connect_async("ionq", api_key="a-key", transport=httpx.MockTransport(answer))

        async def refused(call: Callable[[], Coroutine[object, object, object]]) -> None:
            with pytest.raises(quantum_jobs.UsageError, match="closed"):
                await call()

        async with anyio.create_task_group() as group:
            group.start_soon(refused, lambda: client.job("a"))
            await anyio.sleep(0.1)
            group.start_soon(refused, lambda: client.submit(CIRCUIT, device="simulator"))
            await anyio.sleep(0.1)
            await client.close()

    anyio.run(main, backend=backend)
    assert sent == ["GET"]


@pytest.mark.usefixtures("without_backoff")
@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_a_submission_that_finds_no_free_connection_within_the_timeout_was_never_sent(
    backend: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quantum_jobs.http.connections.MOST_CONNECTIONS", 1)
    sent: list[str] = []

    async def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request.method)
        if request.method == "GET":
            await anyio.sleep(60)
        return httpx.Response(200, json={"id": "a", "status": "ready"})

    async def main() -> None:
        connecting = {"api_key": "a-key", "transport": httpx.MockTransport(answer), "timeout": 0.05}
        async with quantum_jobs.connect_async("ionq", **connecting) as client, anyio.create_task_group() as group:
            group.start_soon(partial(client.api.jobs.get_job, "a", timeout=60))
            await anyio.sleep(0.05)
            with pytest.raises(quantum_jobs.RequestTimeoutError, match="connection"):
                await client.submit(CIRCUIT, device="simulator")
            group.cancel_scope.cancel()
            with anyio.CancelScope(shield=True):  # the place is free again
                assert (await client.submit(CIRCUIT, device="simulator")).id == "a"

    anyio.run(main, backend=backend)
    assert sent == ["GET", "POST"]


def asked_by_two_processes(server: KeepAlive, ask: Callable[[list[str]], list[str]]) -> None:
    """A parent, which has connections open, and its forked child ask at the same time, each for jobs of its own."""
    server.jobs = [{"id": f"job-{number}", "status": "ready"} for number in range(80)]
    ids = [str(job["id"]) for job in server.jobs]
    assert ask(ids[:2]) == ids[:2]
    child = os.fork()
    own = ids[40:] if child == 0 else ids[:40]
    if child == 0:
        try:
            os._exit(0 if ask(own) == own else 1)
        except BaseException:
            os._exit(2)
    assert ask(own) == own
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert ask(own) == own


FORKING = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork"),
    pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning"),
]


@pytest.mark.parametrize("client", [pytest.param(each, marks=FORKING) for each in ("wrapper", "bindings")])
def test_parent_and_forked_child_never_read_each_other_s_answers(
    serve: Callable[[Sending], KeepAlive], client: str
) -> None:
    server = serve(echo)
    with quantum_jobs.connect("ionq", base_url=server.url, api_key="a-key") as used:
        asking = {"wrapper": lambda each: used.job(each).id, "bindings": lambda each: used.api.jobs.get_job(each).id}
        asked_by_two_processes(server, lambda ids: [asking[client](each) for each in ids])


@pytest.mark.parametrize("client", [pytest.param(each, marks=FORKING) for each in ("wrapper", "bindings")])
def test_the_same_holds_for_async_code(serve: Callable[[Sending], KeepAlive], client: str) -> None:
    server = serve(echo)
    used = quantum_jobs.connect_async("ionq", base_url=server.url, api_key="a-key")

    async def asked(job_id: str) -> str:
        return str((await (used.job(job_id) if client == "wrapper" else used.api.jobs.get_job(job_id))).id)

    async def all_asked(ids: list[str]) -> list[str]:
        return await asyncio.gather(*map(asked, ids))

    asked_by_two_processes(server, lambda ids: asyncio.run(all_asked(ids)))
