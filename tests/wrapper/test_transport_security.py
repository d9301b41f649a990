"""Certificates are verified, a custom authority is honoured, and so is a proxy: the environment decides, as usual."""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import ipaddress
import socket
import ssl
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
import quantum_jobs
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.wrapper.raw_server import Listener

KEY = "distinctive-key-123"


class Handler(BaseHTTPRequestHandler):
    """One job, whatever is asked; remembers the request lines."""

    seen: list[str]

    def do_GET(self) -> None:
        type(self).seen.append(self.requestline)
        body = b'{"id": "a", "status": "ready"}'
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def log_message(self, *values: object) -> None:
        """Say nothing."""


@pytest.fixture
def handler() -> type[Handler]:
    return type("ThisHandler", (Handler,), {"seen": []})


def serve(server: HTTPServer) -> None:
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()


@pytest.fixture
def authority(tmp_path: Path) -> Path:
    """A certificate for 127.0.0.1 that signed itself, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a test")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "certificate.pem"
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(certificate.public_bytes(pem) + private)
    return file


@pytest.fixture
def secure_url(authority: Path, handler: type[Handler]) -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    serve(server)
    yield f"https://127.0.0.1:{server.server_address[1]}/v0.4"
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quantum_jobs.http.retry.FIRST_BACKOFF", 0.001)
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def test_a_certificate_that_nobody_vouches_for_is_refused(secure_url: str, handler: type[Handler]) -> None:
    with (
        quantum_jobs.connect("ionq", base_url=secure_url, api_key=KEY) as client,
        pytest.raises(quantum_jobs.ServiceUnreachableError, match="certificate"),
    ):
        client.job("a")
    assert handler.seen == []


def test_an_authority_of_ones_own_is_honoured(
    secure_url: str, authority: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    with quantum_jobs.connect("ionq", base_url=secure_url, api_key=KEY) as client:
        assert client.job("a").status == "QUEUED"


class Proxy(Listener):
    """A proxy that leads through to where it is asked; ``seen`` is all that it got to read."""

    def __init__(self) -> None:
        self.seen = b""
        super().__init__()

    def serve(self, connection: socket.socket) -> None:
        head = connection.recv(65536)
        self.seen += head
        method, target, *_ = head.split(b" ")
        if method != b"CONNECT":
            connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 30\r\n\r\n{"id": "a", "status": "ready"}')
            return
        host, port = target.decode().split(":")
        with socket.create_connection((host, int(port))) as there:
            connection.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
            back = threading.Thread(target=self._copy, args=(there, connection), daemon=True)
            back.start()
            self._copy(connection, there)
            with contextlib.suppress(OSError):
                there.shutdown(socket.SHUT_RDWR)
            back.join()

    def _copy(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                self.seen += data
                target.sendall(data)


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    proxy = Proxy()
    yield proxy
    proxy.close()


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "ALL_PROXY"])
@pytest.mark.parametrize("scheme", ["http://", ""], ids=["with a scheme", "without a scheme"])
def test_a_proxy_of_the_environment_is_used_and_reads_no_key(
    secure_url: str, authority: Path, proxy: Proxy, variable: str, scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    monkeypatch.setenv(variable, f"{scheme}{proxy.address}")
    with quantum_jobs.connect("ionq", base_url=secure_url, api_key=KEY) as client:
        assert client.job("a").status == "QUEUED"
    assert proxy.seen.startswith(b"CONNECT 127.0.0.1:")
    assert KEY.encode() not in proxy.seen


def _wrapped(url: str) -> None:
    with quantum_jobs.connect("ionq", base_url=url, api_key=KEY) as client:
        assert client.job("a").status == "QUEUED"


def _submitted(url: str) -> None:
    with quantum_jobs.connect("ionq", base_url=url, api_key=KEY) as client:
        assert client.submit({"circuit": [{"gate": "x", "target": 0}]}, device="simulator").id == "a"


def _awaited(url: str) -> None:
    async def main() -> None:
        async with quantum_jobs.connect_async("ionq", base_url=url, api_key=KEY) as client:
            assert (await client.job("a")).status == "QUEUED"

    asyncio.run(main())


def _through_the_generated_client(url: str) -> None:
    from quantum_apis.ionq_v0_4.api.jobs import get_job

    with quantum_jobs.connect("ionq", base_url=url, api_key=KEY) as client:
        assert get_job.sync("a", client=client.api) is not None


@pytest.mark.parametrize("call", [_wrapped, _submitted, _awaited, _through_the_generated_client])
@pytest.mark.parametrize("variable", ["HTTP_PROXY", "ALL_PROXY", "http_proxy", "all_proxy"])
def test_plain_http_goes_through_no_proxy_which_could_read_the_key(
    handler: type[Handler], proxy: Proxy, variable: str, call: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = HTTPServer(("127.0.0.1", 0), handler)
    serve(server)
    # urllib takes the upper-case one for a header of CGI.
    monkeypatch.delenv("REQUEST_METHOD", raising=False)
    monkeypatch.setenv(variable, f"http://{proxy.address}")
    call(f"http://127.0.0.1:{server.server_address[1]}/v0.4")
    server.shutdown()
    server.server_close()
    assert proxy.seen == b""
    assert handler.seen


def test_a_host_that_is_to_have_no_proxy_is_asked_directly(
    secure_url: str, authority: Path, handler: type[Handler], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{nobody.getsockname()[1]}")
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        with quantum_jobs.connect("ionq", base_url=secure_url, api_key=KEY) as client:
            assert client.job("a").status == "QUEUED"


def test_an_address_of_ipv6_may_stand_in_no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[object] = []
    make = httpx.AsyncHTTPTransport.__init__

    def noting(self: httpx.AsyncHTTPTransport, **arguments: Any) -> None:
        given.append(arguments.get("proxy"))
        make(self, **arguments)

    monkeypatch.setattr(httpx.AsyncHTTPTransport, "__init__", noting)
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "::1")
    quantum_jobs.connect("ionq", base_url="https://127.0.0.1:1/v0.4", api_key=KEY).close()
    assert given
    assert set(given) == {"http://127.0.0.1:9"}
    given.clear()
    quantum_jobs.connect("ionq", base_url="https://[::1]:1/v0.4", api_key=KEY).close()
    assert set(given) == {None}


@pytest.mark.parametrize("connect", [quantum_jobs.connect, quantum_jobs.connect_async])
@pytest.mark.parametrize("content", [None, ""])
def test_certificates_that_cannot_be_read_are_a_clear_error(
    content: str | None, connect: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / "ca.pem").write_text(content)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    with pytest.raises(quantum_jobs.UsageError, match="SSL_CERT_FILE"):
        connect("ionq", api_key=KEY)


@pytest.mark.parametrize("connect", [quantum_jobs.connect, quantum_jobs.connect_async])
@pytest.mark.parametrize(
    "proxy", ["http://user:pass-word@proxy:abc", "gopher://user:pass-word@proxy:1", "socks5://user:pass-word@proxy:1"]
)
def test_a_proxy_that_cannot_be_used_is_a_clear_error_without_its_password(
    proxy: str, connect: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "socksio", None)
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    with pytest.raises(quantum_jobs.UsageError, match="proxy for https") as caught:
        connect("ionq", api_key=KEY)
    assert "pass-word" not in str(caught.value)
