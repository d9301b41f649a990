"""Servers on raw sockets: what a test writes down is done to a connection."""

from __future__ import annotations

import contextlib
import gc
import json
import socket
import threading
from collections.abc import Callable

Script = Callable[[socket.socket], None]
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"


class Listener:
    """Accepts connections on loopback; ``serve`` has one at a time, in a thread of its own. ``connections`` has these
    threads."""

    def __init__(self) -> None:
        self.connections: list[threading.Thread] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.listener.getsockname()[1]}"
        self.url = f"http://{self.address}/v0.4"
        threading.Thread(target=self._accept, daemon=True).start()

    def serve(self, connection: socket.socket) -> None:
        """Serve one connection, which is closed after it. An OSError ends it, too."""
        raise NotImplementedError

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            self.connections.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            self.serve(connection)

    def close(self) -> None:
        """Accept no more."""
        self.listener.close()


class RawServer(Listener):
    """Reads a request, and then does what its script says."""

    def __init__(self, script: Script) -> None:
        self.script = script
        super().__init__()

    def serve(self, connection: socket.socket) -> None:
        connection.recv(65536)
        self.script(connection)

    def wait_until_left(self) -> None:
        """Wait until no client holds a connection."""
        for thread in self.connections:
            while thread.is_alive():
                gc.collect()
                thread.join(0.01)


def say_nothing(connection: socket.socket) -> None:
    while connection.recv(1):
        pass


def send(body: bytes, more: bytes = b"") -> Script:
    def script(connection: socket.socket) -> None:
        connection.sendall(HEAD + more + b"Content-Length: %d\r\n\r\n" % len(body) + body)

    return script


def send_json(body: object) -> Script:
    return send(json.dumps(body).encode())
