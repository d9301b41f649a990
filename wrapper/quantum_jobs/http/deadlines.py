"""Deadlines inside the connections that httpx holds, so that a request can run in the thread that asks for it.

A timeout of httpx is for each read, and a server that sends a byte now and then outlives it. Here every read and write
of a connection ends at one moment, that of the request under way in its thread. Only connecting, with a name to be
looked up that nothing can interrupt, is done on a kept thread, and given up by the one that waits for it.

httpcore is what httpx is built on, and comes with it.
"""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Iterable
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

import httpcore
import httpx

from quantum_jobs.http.threads import run_aside

T = TypeVar("T")

_PIECE = 65_536


class _UnderWay(threading.local):
    """Of each thread: the moment (monotonic seconds) at which its request is given up."""

    give_up = float("inf")


_under_way = _UnderWay()


def run_until(give_up: float, request: Callable[[], T]) -> T:
    """Run a request whose reads and writes, on connections that hold to it, end at this moment."""
    # Not always endless: the handler of a signal may call in the middle of another request.
    before = _under_way.give_up
    _under_way.give_up = give_up
    try:
        return request()
    finally:
        _under_way.give_up = before


def hold_deadlines(transport: httpx.BaseTransport) -> bool:
    """Make all its connections hold to ``run_until``; False, and nothing done, where they cannot be reached.

    httpx lets nobody choose the network backend of its pool, which httpcore has a public interface for; so the pool is
    looked for where this release has it. Proxies are left alone: TLS inside TLS has no deadline of its own.
    """
    pool = getattr(transport, "_pool", None)
    backend = getattr(pool, "_network_backend", None)
    if type(pool) is not httpcore.ConnectionPool or not isinstance(backend, httpcore.NetworkBackend):
        return False
    pool._network_backend = _Backend(backend)
    return True


class _Backend(httpcore.NetworkBackend):
    def __init__(self, inner: httpcore.NetworkBackend) -> None:
        self._inner = inner

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        left = _left(timeout, httpcore.ConnectTimeout)
        waited = _Connecting(lambda: self._inner.connect_tcp(host, port, left, local_address, socket_options))
        return _Stream(waited.result(left))

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(self._inner.connect_unix_socket(path, _left(timeout, httpcore.ConnectTimeout), socket_options))

    def sleep(self, seconds: float) -> None:
        self._inner.sleep(seconds)


class _Stream(httpcore.NetworkStream):
    def __init__(self, inner: httpcore.NetworkStream) -> None:
        self._inner = inner

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        # In pieces, as the inner one takes its time for each that the service lets through.
        for start in range(0, len(buffer), _PIECE):
            self._inner.write(buffer[start : start + _PIECE], _left(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = _left(timeout, httpcore.ConnectTimeout)
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, left))

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _Connecting:
    """A connection that is made on another thread. One that comes after nobody waits for it any more is closed."""

    def __init__(self, connect: Callable[[], httpcore.NetworkStream]) -> None:
        self._connect = connect
        self._lock = threading.Lock()
        self._given_up = False
        self._outcome: SimpleQueue[httpcore.NetworkStream | Exception] = SimpleQueue()
        run_aside(self._run)

    def result(self, seconds: float | None) -> httpcore.NetworkStream:
        try:
            outcome = self._outcome.get(timeout=seconds)
        except BaseException as error:
            self._give_up()
            if not isinstance(error, Empty):
                raise
            outcome = httpcore.ConnectTimeout("no connection in the time given")
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def _run(self) -> None:
        outcome: httpcore.NetworkStream | Exception
        try:
            outcome = self._connect()
        except Exception as error:
            outcome = error
        with self._lock:
            if not self._given_up:
                self._outcome.put(outcome)
                return
        if isinstance(outcome, httpcore.NetworkStream):
            outcome.close()

    def _give_up(self) -> None:
        with self._lock:
            self._given_up = True
        if not self._outcome.empty():  # it came just now
            outcome = self._outcome.get()
            if isinstance(outcome, httpcore.NetworkStream):
                outcome.close()


def _left(timeout: float | None, over: Callable[[str], Exception]) -> float | None:
    """The seconds that a step may take; raises the error for when there are none."""
    give_up = _under_way.give_up
    if give_up == float("inf"):
        return timeout
    left = give_up - time.monotonic()
    if left <= 0:
        raise over("the time given is over")
    return left if timeout is None else min(timeout, left)
