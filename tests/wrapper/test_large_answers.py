"""Large answers: what is read of one is bounded by what was asked for, and no deadline waits for it."""

from __future__ import annotations

import asyncio
import gzip
import json
import socket
import subprocess
import sys
import time
import timeit
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

import httpx
import pytest
import quantum_jobs
from quantum_apis.ionq_v0_4.types import Request
from quantum_jobs.http.keys import ApiKey
from quantum_jobs.services import reading

from tests.wrapper.raw_server import HEAD, RawServer, Script, say_nothing, send, send_json

READY = {"id": "a", "status": "ready"}


@pytest.mark.parametrize("coding", ["gzip, gzip", "deflate, gzip", "br", "zstd"])
def test_only_bodies_packed_once_are_unpacked(serve: Callable[[Script], RawServer], coding: str) -> None:
    body = gzip.compress(gzip.compress(b'{"id": "a", "status": "ready"}'))
    server = serve(send(body, f"Content-Encoding: {coding}\r\n".encode()))
    with (
        quantum_jobs.connect("ionq", base_url=server.url, api_key="test-key") as client,
        pytest.raises(quantum_jobs.ResponseError, match="encoding"),
    ):
        client.job("a")


HOSTILE = {
    "a compressed bomb": (gzip.compress(b" " * 40_000_000), b"Content-Encoding: gzip\r\n"),
    "100,000 nested brackets": (b"[" * 100_000, b""),
    "100,000 nested objects": (b'{"a":' * 100_000, b""),
    "a number of a million digits": (b'{"id": ' + b"9" * 1_000_000 + b"}", b""),
    "broken UTF-8": (b'{"id": "\xff\xfe"}', b""),
    "HTML": (b"<html>", b""),
    "nothing": (b"", b""),
    "a list": (b"[]", b""),
    "a string": (b'"a"', b""),
    "null": (b"null", b""),
    "truncated JSON": (b'{"id": "a", "sta', b""),
}


@pytest.mark.parametrize(("body", "more"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_body_is_a_response_error(serve: Callable[[Script], RawServer], body: bytes, more: bytes) -> None:
    with (
        quantum_jobs.connect("ionq", base_url=serve(send(body, more)).url, api_key="test-key") as client,
        pytest.raises(quantum_jobs.ResponseError) as caught,
    ):
        client.job("a")
    assert len(caught.value.body) <= 2000
    assert len(str(caught.value)) < 3000


def test_an_answer_that_announces_a_gigabyte_is_not_read(serve: Callable[[Script], RawServer]) -> None:
    def script(connection: socket.socket) -> None:
        connection.sendall(HEAD + b"Content-Length: 1000000000\r\n\r\n" + b" " * 1000)
        say_nothing(connection)

    with quantum_jobs.connect("ionq", base_url=serve(script).url, api_key="test-key") as client:
        started = time.monotonic()
        with pytest.raises(quantum_jobs.ResponseError, match="too large"):
            client.job("a")
        assert time.monotonic() - started < 5


@pytest.mark.parametrize("what", ["a status", "a page"])
def test_a_few_bytes_that_unpack_to_millions_are_not_read_to_their_end(
    serve: Callable[[Script], RawServer], what: str
) -> None:
    bomb = gzip.compress(b"[" + b"{}," * 20_000_000 + b"{}]")
    server = serve(send(bomb, b"Content-Encoding: gzip\r\n"))
    with quantum_jobs.connect("ionq", base_url=server.url, api_key="test-key") as client:
        started = time.monotonic()
        with pytest.raises(quantum_jobs.ResponseError, match="too large"):
            client.job("a") if what == "a status" else next(client.jobs())
        assert time.monotonic() - started < 5


@pytest.mark.parametrize("service", ["ionq-v0.4", "ionq-v0.3", "qbraid-v2"])
def test_a_page_with_more_jobs_than_any_service_gives_is_an_error(
    serve: Callable[[Script], RawServer], service: str
) -> None:
    rows: list[dict[str, Any]] = [{}] * (reading.MOST_ROWS + 1)
    server = serve(send_json({"jobs": rows, "data": rows, "next": None}))
    with (
        quantum_jobs.connect(service, base_url=server.url, api_key="test-key") as client,
        pytest.raises(quantum_jobs.ResponseError, match="a page of 10001 jobs"),
    ):
        next(client.jobs())


class Answering(RawServer):
    """An IonQ v0.4 with one completed job, whose result is this body."""

    def __init__(self, body: bytes, qubits: int | None, more: bytes = b"") -> None:
        places = {"probabilities": {"url": "/v0.4/jobs/a/results/probabilities"}}
        self.job = {"id": "a", "status": "completed", "shots": 100, "stats": {"qubits": qubits}, "results": places}
        self.body, self.more = body, more
        super().__init__(say_nothing)

    def _serve(self, connection: socket.socket) -> None:
        with connection:
            asked = connection.recv(65536)
            script = send(self.body, self.more) if b"/results/" in asked else send_json(self.job)
            try:
                script(connection)
            except OSError:
                return


def outcomes(number: int) -> bytes:
    """As many outcomes of a result, all as likely, in no order."""
    value = repr(1 / number)
    return b"{" + ",".join(f'"{key ^ 0x55}":{value}' for key in range(number)).encode() + b"}"


def longest_stall(ask: Callable[[], Coroutine[Any, Any, object]]) -> float:
    """The longest time for which other tasks do not run while this one does, in seconds.

    Tried several times, and compared with the time that the work takes in one go: a busy machine stalls any program.
    """
    longest = 0.0

    async def beat() -> None:
        nonlocal longest
        while True:
            before = time.monotonic()
            await asyncio.sleep(0.001)
            longest = max(longest, time.monotonic() - before)

    async def main() -> None:
        beating = asyncio.create_task(beat())
        await ask()
        await asyncio.sleep(0.01)
        beating.cancel()

    asyncio.run(main())
    return longest


def test_a_deadline_holds_while_a_result_of_many_qubits_is_read() -> None:
    job = {"id": "a", "status": "completed", "shots": 100, "stats": {"qubits": 18}}
    places = {"probabilities": {"url": "/v0.4/jobs/a/results/probabilities"}}
    body = outcomes(2**18)
    in_one_go = timeit.timeit(partial(json.loads, body), number=1)

    def answer(request: httpx.Request) -> httpx.Response:
        if "/results/" in request.url.path:
            return httpx.Response(200, content=body)
        return httpx.Response(200, json={**job, "results": places})

    async def ask() -> None:
        async with quantum_jobs.connect_async("ionq", api_key="a-key", transport=httpx.MockTransport(answer)) as client:
            assert len((await (await client.job("a")).result()).probabilities or {}) == 2**18

    assert any(longest_stall(ask) < in_one_go / 2 for _ in range(3))


def test_other_tasks_run_while_the_key_is_searched_for_in_a_large_answer() -> None:
    key = "Distinctive\"'\\<&%+/=}~Key"  # it has dozens of spellings
    body = outcomes(2**17) * 15
    answer = httpx.MockTransport(lambda request: httpx.Response(200, content=body))
    in_one_go = timeit.timeit(partial(ApiKey(key).redact, body), number=1)

    async def ask() -> None:
        async with quantum_jobs.connect_async("ionq", api_key=key, transport=answer) as client:
            raw = await client.api.send(Request(operation="x", method="GET", path="/x"))
            assert len(raw.content) == len(body)

    assert any(longest_stall(ask) < in_one_go / 2 for _ in range(3))


def test_a_result_of_many_qubits_is_read_to_its_end() -> None:
    server = Answering(outcomes(2**15), 15)
    with quantum_jobs.connect("ionq", base_url=server.url, api_key="test-key") as client:
        result = client.job("a").result(timeout=60)
    server.close()
    assert len(result.probabilities or {}) == 2**15
    assert sum((result.counts or {}).values()) == 100


@pytest.mark.parametrize("qubits", [2, None])
def test_a_result_is_no_larger_than_its_qubits_and_shots_allow(qubits: int | None) -> None:
    packed = gzip.compress(b'{"0": 1.0}' + b" " * 40_000_000)
    server = Answering(packed, qubits, b"Content-Encoding: gzip\r\n")
    with quantum_jobs.connect("ionq", base_url=server.url, api_key="test-key") as client:
        job = client.job("a")
        if qubits is None:
            assert job.result(timeout=60).counts == {"0": 100}
        else:
            with pytest.raises(quantum_jobs.ResponseError, match="too large"):
                job.result(timeout=60)
    server.close()


#: Small answers that unpack to what fills the memory: objects, numbers, texts, and keys of many bits.
FILLING = """
import gzip, json, resource, sys
import quantum_jobs
from tests.wrapper.test_large_answers import Answering

resource.setrlimit(resource.RLIMIT_AS, (1_200_000_000, 1_200_000_000))
for body, qubits in [
    (b"[" + b"{}," * 9_000_000 + b"{}]", None),
    (b"[" + b"1.5," * 4_000_000 + b"1.5]", 2),
    (b"[" + b'"ab",' * 3_000_000 + b'"ab"]', 2),
    (json.dumps({str(key): 1e-6 for key in range(300_000)}).encode(), 10_000),
]:
    server = Answering(gzip.compress(body, 1), qubits, b"Content-Encoding: gzip\\r\\n")
    del body
    with quantum_jobs.connect("ionq", base_url=server.url, api_key="test-key") as client:
        try:
            client.job("a").result(timeout=120)
        except quantum_jobs.ResponseError:
            print("refused")
    server.close()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="limits the memory of a process")
def test_no_answer_fills_the_memory() -> None:
    program = subprocess.run([sys.executable, "-c", FILLING], capture_output=True, text=True, timeout=300, check=False)
    assert program.stdout.split() == ["refused"] * 4, program.stderr


def test_an_error_of_megabytes_is_told_by_its_status(serve: Callable[[Script], RawServer]) -> None:
    body = json.dumps({"error": "Forbidden", "message": "x" * 3_000_000}).encode()
    head = b"HTTP/1.1 403 Forbidden\r\nContent-Length: %d\r\n\r\n" % len(body)
    server = serve(lambda connection: connection.sendall(head + body))
    with (
        quantum_jobs.connect("ionq", base_url=server.url, api_key="test-key") as client,
        pytest.raises(quantum_jobs.PermissionDeniedError) as caught,
    ):
        client.job("a")
    assert len(caught.value.body) == 2000
    assert len(str(caught.value)) < 3000
