"""A server on a raw socket that does to a connection what a test writes down."""

from __future__ import annotations

import gc
import json
import socket
import threading
from collections.abc import Callable

Script = Callable[[socket.socket], None]
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"


class RawServer:
    """Accepts connections, reads a request, and then does what its script says."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.connections: list[threading.Thread] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}/v0.4"
        threading.Thread(target=self._accept, daemon=True).start()

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
        with connection:
            try:
                connection.recv(65536)
                self.script(connection)
            except OSError:
                return

    def wait_until_left(self) -> None:
        """Wait until no client holds a connection."""
        for thread in self.connections:
            while thread.is_alive():
                gc.collect()
                thread.join(0.01)

    def close(self) -> None:
        self.listener.close()


def say_nothing(connection: socket.socket) -> None:
    while connection.recv(1):
        pass


def send(body: bytes, more: bytes = b"") -> Script:
    def script(connection: socket.socket) -> None:
        connection.sendall(HEAD + more + b"Content-Length: %d\r\n\r\n" % len(body) + body)

    return script


def send_json(body: object) -> Script:
    return send(json.dumps(body).encode())
