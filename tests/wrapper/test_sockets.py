"""The clients on real sockets: deadlines hold whatever a server does.

The few tenths of a second that these take are the point: a deadline is a matter of real time.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import signal
import socket
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable
from functools import partial
from typing import Any

import anyio
import httpx
import pytest
import quantum_jobs

from tests.wrapper.raw_server import HEAD, RawServer, Script, say_nothing, send, send_json


def trickle_the_body(connection: socket.socket) -> None:
    connection.sendall(HEAD + b"Content-Length: 1000000\r\n\r\n")
    while True:
        connection.sendall(b" ")
        time.sleep(0.02)


def trickle_the_head(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while True:
        connection.sendall(b"a")
        time.sleep(0.02)


NEVER = [say_nothing, trickle_the_body, trickle_the_head]


def starting_with(first: object, script: Script) -> Script:
    """Answer the first request with this, so that there is a job, and what follows as the script says."""
    answered = threading.Event()

    def answer(connection: socket.socket) -> None:
        if answered.is_set():
            script(connection)
        else:
            answered.set()
            send_json(first)(connection)

    return answer


READY = {"id": "a", "status": "ready"}
COMPLETED = {"id": "a", "status": "completed", "results": {}}


#: Seconds until a call ends that nobody answers: a deadline is kept to a tenth of a second.
DEADLINE, LATEST = 0.15, 0.25
SYNC = {
    "wait": lambda job: job.wait(timeout=DEADLINE),
    "result": lambda job: job.result(timeout=DEADLINE),
    "as_completed": lambda job: list(quantum_jobs.as_completed([job], timeout=DEADLINE)),
}
ASYNC = {
    "wait": lambda job: job.wait(timeout=DEADLINE),
    "result": lambda job: job.result(timeout=DEADLINE),
    "as_completed": lambda job: _listed(quantum_jobs.as_completed_async([job], timeout=DEADLINE)),
}


async def _listed(values: object) -> list[object]:
    return [value async for value in values]


def _undisturbed(seconds: Callable[[], float], limit: float) -> float:
    """The time that something took; taken up to five times, as a busy machine stalls any program now and then."""
    for _ in range(4):
        taken = seconds()
        if taken < limit:
            return taken
    return seconds()


@pytest.mark.parametrize("script", NEVER)
@pytest.mark.parametrize(("verb", "first"), [*((verb, READY) for verb in SYNC), ("result", COMPLETED)])
def test_a_deadline_is_kept_to_a_tenth_of_a_second(
    serve: Callable[[Script], RawServer], script: Script, first: object, verb: str
) -> None:
    def once() -> float:
        with quantum_jobs.connect(
            "ionq", base_url=serve(starting_with(first, script)).url, api_key="test-key"
        ) as client:
            job = client.job("a")
            started = time.monotonic()
            with pytest.raises(quantum_jobs.WaitTimeoutError):
                SYNC[verb](job)
            return time.monotonic() - started

    assert DEADLINE <= _undisturbed(once, LATEST) < LATEST


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
@pytest.mark.parametrize("script", NEVER)
@pytest.mark.parametrize("verb", ASYNC)
def test_a_deadline_is_kept_to_a_tenth_of_a_second_in_async_code(
    serve: Callable[[Script], RawServer], script: Script, verb: str, backend: str
) -> None:
    async def main() -> float:
        url = serve(starting_with(READY, script)).url
        async with quantum_jobs.connect_async("ionq", base_url=url, api_key="test-key") as client:
            job = await client.job("a")
            started = time.monotonic()
            with pytest.raises(quantum_jobs.WaitTimeoutError):
                await ASYNC[verb](job)
            return time.monotonic() - started

    assert DEADLINE <= _undisturbed(lambda: anyio.run(main, backend=backend), LATEST) < LATEST


@pytest.mark.parametrize("script", NEVER)
def test_one_request_takes_no_longer_than_the_clients_timeout(
    serve: Callable[[Script], RawServer], script: Script
) -> None:
    def once() -> float:
        with quantum_jobs.connect(
            "ionq", base_url=serve(script).url, api_key="test-key", timeout=0.2, confirmation_timeout=0
        ) as client:
            started = time.monotonic()
            with pytest.raises(quantum_jobs.SubmissionUncertainError):
                client.submit(X, device="simulator")
            return time.monotonic() - started

    # The submission, and the one look for it that a confirmation timeout of 0 leaves.
    assert _undisturbed(once, 0.5) < 0.5


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_name_that_is_looked_up_for_ever_holds_nobody(scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()

    def never(*arguments: object, **options: object) -> list[object]:
        over.wait(30)
        raise OSError("nobody by that name")

    job = pickled_job(monkeypatch, f"{scheme}://localhost:9/v0.4")
    monkeypatch.setattr(socket, "getaddrinfo", never)

    def once() -> float:
        started = time.monotonic()
        with pytest.raises(quantum_jobs.WaitTimeoutError):
            job.wait(timeout=DEADLINE)
        return time.monotonic() - started

    assert DEADLINE <= _undisturbed(once, LATEST) < LATEST
    over.set()


def pickled_job(monkeypatch: pytest.MonkeyPatch, url: str) -> quantum_jobs.Job:
    """A job that nobody has asked for yet, at this address."""
    monkeypatch.setenv("IONQ_API_URL", url)
    monkeypatch.setenv("IONQ_API_KEY", "key-that-nobody-may-see")
    with quantum_jobs.connect(
        "ionq", transport=httpx.MockTransport(lambda _: httpx.Response(200, json=READY))
    ) as client:
        return pickle.loads(pickle.dumps(client.job("a")))


#: httpcore leaves a connection whose handshake is cancelled to the garbage collector.
LEFT_TO_THE_COLLECTOR = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")


@LEFT_TO_THE_COLLECTOR
@pytest.mark.parametrize("script", [say_nothing, trickle_the_head])
def test_a_tls_handshake_that_never_ends_holds_nobody(
    serve: Callable[[Script], RawServer], script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve(script)
    job = pickled_job(monkeypatch, server.url.replace("http:", "https:"))

    def once() -> float:
        started = time.monotonic()
        with pytest.raises(quantum_jobs.WaitTimeoutError):
            job.wait(timeout=DEADLINE)
        return time.monotonic() - started

    assert DEADLINE <= _undisturbed(once, LATEST) < LATEST
    server.wait_until_left()


def test_what_was_left_of_one_request_does_not_shorten_the_next(serve: Callable[[Script], RawServer]) -> None:
    server = serve(starting_with(READY, say_nothing))
    with quantum_jobs.connect("ionq", base_url=server.url, api_key="test-key") as client:
        job = client.job("a")
        with pytest.raises(quantum_jobs.WaitTimeoutError):
            job.wait(timeout=0.05)
        server.script = send_json({"id": "a", "status": "completed"})
        assert job.refresh().status == "COMPLETED"


@pytest.mark.skipif(not hasattr(signal, "pthread_kill"), reason="this system has no signals for threads")
def test_ctrl_c_ends_a_request_at_once_and_shows_no_key(
    serve: Callable[[Script], RawServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IONQ_API_KEY", "key-that-nobody-may-see")
    asked, main = threading.Event(), threading.main_thread().ident

    def script(connection: socket.socket) -> None:
        asked.set()
        say_nothing(connection)

    def interrupt() -> None:
        asked.wait(30)
        time.sleep(0.05)  # so that the client is reading by then
        signal.pthread_kill(main, signal.SIGINT)

    threading.Thread(target=interrupt, daemon=True).start()
    with (
        quantum_jobs.connect("ionq", base_url=serve(script).url) as client,
        pytest.raises(KeyboardInterrupt) as caught,
    ):
        client.job("a")
    shown = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    text = "".join(shown.format())
    assert not {"httpx", "httpcore"} & {part for frame in shown.stack for part in frame.filename.split("/")}
    assert "nobody-may-see" not in text


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no interval timers")
@pytest.mark.parametrize("kind", [TimeoutError, type("Alarm", (Exception,), {})])
def test_what_a_signal_s_handler_raises_is_the_callers(
    serve: Callable[[Script], RawServer], kind: type[Exception]
) -> None:
    def ring(*_: object) -> None:
        raise kind("time is up")

    before = signal.signal(signal.SIGALRM, ring)
    try:
        with quantum_jobs.connect("ionq", base_url=serve(say_nothing).url, api_key="test-key") as client:
            signal.setitimer(signal.ITIMER_REAL, 0.1)
            with pytest.raises(kind, match="time is up"):
                client.job("a")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_a_forked_child_has_connections_of_its_own() -> None:
    connections: list[int] = []

    def script(connection: socket.socket) -> None:
        connections.append(1)
        while True:
            body = b'{"id": "a", "status": "ready"}'
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
            if not connection.recv(65536):
                return

    server = RawServer(script)
    with quantum_jobs.connect("ionq", base_url=server.url, api_key="test-key") as client:
        client.job("a")
        client.job("a")
        assert len(connections) == 1
        child = os.fork()
        if child == 0:
            status = 1
            try:
                status = 0 if client.job("a").status == "QUEUED" else 1
            finally:
                os._exit(status)
        assert os.waitpid(child, 0)[1] == 0
        client.job("a")
    server.close()
    assert len(connections) == 2


X = {"qubits": 1, "circuit": [{"gate": "x", "target": 0}]}


@LEFT_TO_THE_COLLECTOR
@pytest.mark.parametrize("looking_up", [0.0, 0.05], ids=["at once", "slowly"])
@pytest.mark.parametrize("world", ["sync", "asyncio", "trio"])
def test_a_submission_that_found_no_connection_was_never_sent(
    serve: Callable[[Script], RawServer], world: str, looking_up: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name is found, the handshake never ends: neither alone takes as long as the deadline."""
    monkeypatch.setattr("quantum_jobs.http.retry.FIRST_BACKOFF", 0.001)
    asked: list[int] = []
    look_up = socket.getaddrinfo

    def slowly(*arguments: Any, **options: Any) -> Any:
        time.sleep(looking_up)
        return look_up(*arguments, **options)

    def script(connection: socket.socket) -> None:
        asked.append(1)
        say_nothing(connection)

    monkeypatch.setattr(socket, "getaddrinfo", slowly)
    server = serve(script)
    arguments: dict[str, Any] = {
        "base_url": server.url.replace("http://127.0.0.1", "https://localhost"),
        "api_key": "test-key",
        "timeout": 0.1 + 6 * looking_up,
        "confirmation_timeout": 0.0,
    }

    def submit() -> None:
        with quantum_jobs.connect("ionq", **arguments) as client:
            client.submit(X, device="simulator")

    async def submit_async() -> None:
        async with quantum_jobs.connect_async("ionq", **arguments) as client:
            await client.submit(X, device="simulator")

    run = submit if world == "sync" else partial(anyio.run, submit_async, backend=world)
    with pytest.raises(quantum_jobs.ServiceUnreachableError):
        run()
    assert len(asked) == 5
    server.wait_until_left()


def test_a_submission_without_an_answer_is_uncertain_and_sent_once(serve: Callable[[Script], RawServer]) -> None:
    asked: list[int] = []

    def script(connection: socket.socket) -> None:
        asked.append(1)
        say_nothing(connection)

    with (
        quantum_jobs.connect(
            "ionq", base_url=serve(script).url, api_key="test-key", timeout=0.2, confirmation_timeout=0.0
        ) as client,
        pytest.raises(quantum_jobs.SubmissionUncertainError),
    ):
        client.submit(X, device="simulator")
    assert len(asked) == 2, "the submission, and one look for it"


def test_shared_async_clients_are_closed_with_their_loop(
    serve: Callable[[Script], RawServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IONQ_API_URL", serve(send_json({"id": "a", "status": "ready"})).url)
    monkeypatch.setenv("IONQ_API_KEY", "test-key")
    closed = []
    close = httpx.AsyncHTTPTransport.aclose

    async def closing(transport: httpx.AsyncHTTPTransport) -> None:
        closed.append(transport)
        await close(transport)

    monkeypatch.setattr(httpx.AsyncHTTPTransport, "aclose", closing)
    for number in range(1, 4):
        asyncio.run(quantum_jobs.job_async("ionq:a"))
        assert len(closed) == number, "the one kept open"


def test_many_threads_share_a_client(serve: Callable[[Script], RawServer]) -> None:
    server = serve(send(b'{"id": "a", "status": "ready"}'))
    client = quantum_jobs.connect("ionq", base_url=server.url, api_key="test-key")
    statuses: list[str] = []
    threads = [threading.Thread(target=lambda: statuses.append(client.job("a").status)) for _ in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == ["QUEUED"] * 24
    client.close()


@pytest.mark.parametrize("kind", [httpx.HTTPTransport, httpx.AsyncHTTPTransport])
def test_a_transport_of_httpx_s_own_can_be_given(
    serve: Callable[[Script], RawServer], kind: type[httpx.BaseTransport | httpx.AsyncBaseTransport]
) -> None:
    server = serve(send_json(READY))
    with quantum_jobs.connect("ionq", base_url=server.url, api_key="test-key", transport=kind()) as client:
        assert client.submit(X, device="simulator").refresh().id == "a"


def test_a_cancelled_submission_leaves_its_key_with_the_cancellation(serve: Callable[[Script], RawServer]) -> None:
    circuit = {"qubits": 1, "circuit": [{"gate": "x", "target": 0}]}

    async def main() -> list[str]:
        async with quantum_jobs.connect_async("ionq", base_url=serve(say_nothing).url, api_key="test-key") as client:
            task = asyncio.create_task(client.submit(circuit, device="simulator"))
            await asyncio.sleep(0.1)
            task.cancel()
            try:
                await task
            except asyncio.CancelledError as cancelled:
                return cancelled.__notes__
        return []

    (note,) = asyncio.run(main())
    assert "find_submission" in note


def test_leaving_a_listing_early_asks_for_no_further_page(serve: Callable[[Script], RawServer]) -> None:
    asked = []

    def script(connection: socket.socket) -> None:
        asked.append(1)
        send(b'{"jobs": [{"id": "a", "status": "ready"}, {"id": "b", "status": "ready"}], "next": "2"}')(connection)

    client = quantum_jobs.connect("ionq", base_url=serve(script).url, api_key="test-key")
    for job in client.jobs():
        assert job.id == "a"
        break
    assert len(asked) == 1
    client.close()


FORGETFUL = """
import socket, sys, time, threading
import quantum_jobs
client = quantum_jobs.connect("ionq", base_url=sys.argv[1], api_key="test-key")
client.job("a")
if sys.argv[2] == "looking up":
    def never(*arguments, **options):
        time.sleep(60)
    socket.getaddrinfo = never
    other = quantum_jobs.connect("ionq", base_url="http://localhost:9/v0.4", api_key="test-key")
    threading.Thread(target=lambda: other.job("a"), daemon=True).start()
    time.sleep(0.3)
print("end", flush=True)
"""


AFTER_THE_END = """
import os, sys
import quantum_jobs

class Late:
    def __init__(self):
        self.client = quantum_jobs.connect("ionq", base_url=sys.argv[1], api_key="a-key")
        self.client.job("a")

    def __del__(self, write=os.write):
        try:
            self.client.job("a")
        except ValueError as error:
            write(1, str(error).encode())

late = Late()
"""


def test_a_call_while_the_interpreter_shuts_down_is_an_error_and_does_not_hang(
    serve: Callable[[Script], RawServer],
) -> None:
    program = [sys.executable, "-c", AFTER_THE_END, serve(send_json(READY)).url]
    ended = subprocess.run(program, capture_output=True, text=True, timeout=10, check=False)
    assert "the program is at its end" in ended.stdout, ended.stderr


@pytest.mark.parametrize("doing", ["nothing", "looking up"])
def test_a_program_that_never_closes_its_client_ends_at_once(serve: Callable[[Script], RawServer], doing: str) -> None:
    url = serve(send_json(READY)).url
    program = subprocess.Popen([sys.executable, "-c", FORGETFUL, url, doing], stdout=subprocess.PIPE, text=True)
    with program:
        assert program.stdout is not None
        assert program.stdout.readline() == "end\n"
        ended_after = _seconds_until_end(program)
    assert program.returncode == 0
    assert ended_after < 2.0


def _seconds_until_end(program: subprocess.Popen[str]) -> float:
    started = time.monotonic()
    program.wait(timeout=20)
    return time.monotonic() - started


@pytest.mark.parametrize("world", ["sync", "async"])
def test_the_generated_client_s_errors_hold_no_key(
    serve: Callable[[Script], RawServer], monkeypatch: pytest.MonkeyPatch, world: str
) -> None:
    def drop(connection: socket.socket) -> None:
        return

    async def ask() -> None:
        async with quantum_jobs.connect_async("ionq", base_url=url) as client:
            await client.api.jobs.get_job("a")

    monkeypatch.setenv("IONQ_API_KEY", "key-that-nobody-may-see")
    url = serve(drop).url
    with quantum_jobs.connect("ionq", base_url=url) as client, pytest.raises(httpx.TransportError) as caught:
        client.api.jobs.get_job("a") if world == "sync" else asyncio.run(ask())
    shown = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    assert b"nobody-may-see" not in pickle.dumps(caught.value)
    assert "nobody-may-see" not in "".join(shown.format())
