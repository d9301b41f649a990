"""The clients: ready at once, quiet about the key, with connections of their own."""

import asyncio
import contextlib
import copy
import importlib
import inspect
import io
import itertools
import json
import os
import pickle
import pkgutil
import subprocess
import sys
import threading
import traceback
from collections.abc import Iterator
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest
from quantum_apis import ionq_v0_3, ionq_v0_4, qbraid_v2
from quantum_apis.qbraid_v2.api.jobs import get_job, get_jobs
from quantum_apis.qbraid_v2.errors import UnexpectedStatus
from quantum_apis.qbraid_v2.models import ErrorDetail, JobStatus
from quantum_apis.qbraid_v2.types import RawResponse, Request

from scripts.services import SERVICES, Service
from tests.loopback import Loopback

from .calling import JOB, KEY, answering, asking, awaited, call
from .described import operation_modules

# A service that is new may name none of its own.
URL = "https://service.example"
EACH = pytest.mark.parametrize("service", SERVICES.values(), ids=lambda service: service.name)
KNOWN = [service for service in SERVICES.values() if not service.is_new]


# Connecting.


@pytest.mark.parametrize("service", KNOWN, ids=lambda service: service.name)
def test_connect_gives_a_client_with_the_right_url_header_and_timeout(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, header, value = {
        "ionq-v0.4": ("https://api.ionq.co/v0.4/jobs/a", "authorization", f"apiKey {KEY}"),
        "ionq-v0.3": ("https://api.ionq.co/v0.3/jobs/a", "authorization", f"apiKey {KEY}"),
        "qbraid-v2": ("https://api-v2.qbraid.com/api/v1/jobs/a", "x-api-key", KEY),
    }[service.name]
    package = importlib.import_module(f"quantum_apis.{service.package}")
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(302, headers={"location": "https://elsewhere.example"})

    monkeypatch.setenv(service.key_variable, KEY)
    for arguments in ({}, {"api_key": KEY}, {"headers": {"X-Other": "1"}}):
        with (
            package.connect(**arguments, transport=httpx.MockTransport(answer)) as client,
            pytest.raises(UnexpectedStatus, match="302"),
        ):
            client.jobs.get_job("a")
        assert (str(asked[-1].url), asked[-1].headers[header]) == (url, value)
        assert asked[-1].extensions["timeout"] == httpx.Timeout(30).as_dict()
    assert asked[-1].headers["x-other"] == "1"
    assert len(asked) == 3
    monkeypatch.delenv(service.key_variable)
    for connect in (package.connect, package.connect_async):
        with pytest.raises(ValueError, match=service.key_variable):
            connect()


@pytest.mark.parametrize(
    ("environment", "v0_3", "v0_4"),
    [
        ({}, "https://api.ionq.co/v0.3", "https://api.ionq.co/v0.4"),
        ({"IONQ_API_URL": "http://localhost:1/v0.4"}, "http://localhost:1/v0.3", "http://localhost:1/v0.4"),
        ({"IONQ_API_URL": "http://localhost:1/v0.3/"}, "http://localhost:1/v0.3/", "http://localhost:1/v0.4"),
        ({"IONQ_API_URL": "https://own.example/ionq"}, "https://own.example/ionq", "https://own.example/ionq"),
        ({"IONQ_API_URL": ""}, "https://api.ionq.co/v0.3", "https://api.ionq.co/v0.4"),
        (
            {"IONQ_API_URL": "http://localhost:1/v0.4", "IONQ_V0_3_API_URL": "http://localhost:2/v0.4"},
            "http://localhost:2/v0.4",
            "http://localhost:1/v0.4",
        ),
        ({"IONQ_V0_4_API_URL": "http://localhost:3/x"}, "https://api.ionq.co/v0.3", "http://localhost:3/x"),
    ],
)
def test_both_versions_of_ionq_find_their_base_url_in_the_environment(
    environment: dict[str, str], v0_3: str, v0_4: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert ionq_v0_3.connect(KEY).base_url == ionq_v0_3.connect_async(KEY).base_url == v0_3
    assert ionq_v0_4.connect(KEY).base_url == ionq_v0_4.connect_async(KEY).base_url == v0_4
    assert ionq_v0_3.connect(KEY, "https://given.example/v0.4").base_url == "https://given.example/v0.4"


def test_qbraid_finds_its_base_url_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QBRAID_API_URL", "https://own.example/api/v1")
    assert qbraid_v2.connect(KEY).base_url == "https://own.example/api/v1"


@pytest.mark.parametrize(
    "url",
    [
        *("", "own.example", "ftp://own.example", "http://own.example", "https://", "http://[::2]"),
        *("https://name@own.example", "https://own.example/v1?a=1", "https://own.example/#a", "https://own.example?"),
        f"https://:{KEY}@own.example",
    ],
)
def test_a_base_url_to_which_no_key_may_go_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="base_url") as error:
        qbraid_v2.connect(KEY, url)
    assert KEY not in str(error.value)


@pytest.mark.parametrize("key", ["se cret", "secret\n", "sécret", " secret", "secret\x00"])
def test_a_key_that_cannot_be_a_header_is_refused_without_showing_it(key: str) -> None:
    with pytest.raises(ValueError, match="printable ASCII") as error:
        qbraid_v2.connect(key)
    assert "cret" not in str(error.value)


def test_a_client_without_a_key_calls_what_needs_none_and_says_so_of_the_rest() -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, json=[])

    client = ionq_v0_4.Client(transport=httpx.MockTransport(answer))
    assert client.backends.get_backends() == []
    with pytest.raises(ValueError, match="get_job needs a key"):
        client.jobs.get_job("a")
    assert ["authorization" in request.headers for request in asked] == [False]


def test_the_key_is_not_sent_where_none_is_needed() -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, json=[])

    ionq_v0_4.connect(KEY, transport=httpx.MockTransport(answer)).backends.get_backends()
    assert "authorization" not in asked[0].headers


# Not to anybody else.


@pytest.mark.parametrize("service", KNOWN, ids=lambda service: service.name)
@pytest.mark.parametrize(
    "path",
    [
        *("https://other.example/x", "//other.example/x", "http://{host}/x", "https://{host}:8443/x"),
        *("https://name:word@{host}/x", "https://{host}@other.example/x", "https://{host}.other.example/x"),
        *("https:other.example/x", "https:///x"),
    ],
)
def test_a_request_to_another_host_is_refused_as_it_would_get_the_key(service: Service, path: str) -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200)

    package = importlib.import_module(f"quantum_apis.{service.package}")
    request = Request(
        operation="x", method="GET", path=path.replace("{host}", httpx.URL(package.connect(KEY).base_url).host)
    )

    async def awaited() -> None:
        async with package.connect_async(KEY, transport=httpx.MockTransport(answer)) as client:
            await client.send(request)

    for attempt in (
        lambda: package.connect(KEY, transport=httpx.MockTransport(answer)).send(request),
        lambda: asyncio.run(awaited()),
    ):
        with pytest.raises(ValueError, match="host") as error:
            attempt()
        assert not [text for text in told(error.value) if KEY in text]
    assert asked == []


@pytest.mark.parametrize("base_url", ["https://service.example", "https://service.example:443/api/v1/"])
def test_a_url_of_the_services_own_host_is_followed(base_url: str) -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(200)

    client = qbraid_v2.connect(KEY, base_url, transport=httpx.MockTransport(answer))
    for path in ("https://service.example/x?a=b", "https://SERVICE.example:443/x"):
        client.send(Request(operation="x", method="GET", path=path))
    assert asked == ["https://service.example/x?a=b", "https://service.example/x"]


@pytest.mark.parametrize("connect", [qbraid_v2.connect, qbraid_v2.connect_async, ionq_v0_4.Client])
def test_redirects_which_could_lead_the_key_to_another_host_are_not_followed(connect: Any) -> None:
    with pytest.raises(ValueError, match="redirects") as error:
        connect(KEY, follow_redirects=True)
    assert not [text for text in told(error.value) if KEY in text]
    connect(KEY, follow_redirects=False)


# Keeping quiet.


def test_no_representation_shows_key_or_headers_before_or_after_the_first_call() -> None:
    client = asking(
        lambda request: httpx.Response(200, json=JOB),
        base_url="https://example.org",
        headers={"X-Secret": KEY},
    )
    for _ in range(2):
        for shown in (repr(client), str(client), f"{client}", repr(client.jobs), repr(get_job.build_request("a"))):
            assert KEY not in shown
        call(client)


def told(error: BaseException) -> Iterator[str]:
    """What a pickle, a report with local variables, and a debugger show of an error and of what led to it."""
    yield pickle.dumps(error).decode("latin-1")
    link: BaseException | None = error
    while link is not None:
        frames = [frame for frame, _ in traceback.walk_tb(link.__traceback__) if frame.f_code.co_filename != __file__]
        for value in itertools.chain.from_iterable(frame.f_locals.values() for frame in frames):
            with contextlib.suppress(AttributeError):  # of a client that was not made to its end
                yield repr(value)
            yield repr(vars(value)) if hasattr(value, "__dict__") else ""
        link = link.__context__


def test_an_httpx_error_does_not_carry_the_key_away() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        try:
            raise OSError(f"lost with {request.headers!r}")
        except OSError:
            raise httpx.ReadError("broken off", request=request) from None

    for attempt in (lambda: asking(answer).jobs.get_job("a"), lambda: asyncio.run(awaited(asking(answer), "a"))):
        with pytest.raises(httpx.ReadError) as error:
            attempt()
        assert not [text for text in told(error.value) if KEY in text]
        assert error.value.request.url.path == "/api/v1/jobs/a"


def test_an_interruption_does_not_carry_the_key_away() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) as error:
        asking(answer).jobs.get_job("a")
    assert not [text for text in told(error.value) if KEY in text]


def refuse(request: httpx.Request) -> httpx.Response:
    raise RuntimeError("a transport of the caller's own failed")


def raise_for_status(response: httpx.Response) -> None:
    response.raise_for_status()


async def raise_for_status_async(response: httpx.Response) -> None:
    response.raise_for_status()


@pytest.mark.parametrize(
    ("wrong", "headers"),
    [
        ({"json": {"a": Decimal(1)}}, None),
        ({"json": {"a": float("nan")}}, None),
        ({"content": 7}, None),
        ({"path": "/jobs\x00"}, None),
        ({}, {"X-Other": "\u20ac"}),
        ({}, [("X-Other", "1")]),
        ({}, None),
        ({"path": "/status"}, None),
    ],
    ids=["a Decimal", "NaN", "a body of no kind", "a path", "a header", "headers of no kind", "a transport", "a hook"],
)
@pytest.mark.parametrize("package", [qbraid_v2, ionq_v0_4])
def test_whatever_goes_wrong_with_a_request_shows_no_key(package: Any, wrong: dict[str, Any], headers: Any) -> None:
    request = Request(**{"operation": "x", "method": "POST", "path": "/jobs", **wrong})

    def answer(asked: httpx.Request) -> httpx.Response:
        return httpx.Response(500) if asked.url.path.endswith("/status") else refuse(asked)

    async def awaited() -> None:
        hooks = {"response": [raise_for_status_async]}
        transport = httpx.MockTransport(answer)
        async with package.connect_async(KEY, transport=transport, event_hooks=hooks) as client:
            await client.send(request, extra_headers=headers)

    def called() -> None:
        hooks = {"response": [raise_for_status]}
        with package.connect(KEY, transport=httpx.MockTransport(answer), event_hooks=hooks) as client:
            client.send(request, extra_headers=headers)

    for attempt in (called, lambda: asyncio.run(awaited())):
        with pytest.raises(
            (httpx.HTTPError, httpx.InvalidURL, TypeError, ValueError, RuntimeError, AttributeError)
        ) as error:
            attempt()
        assert not [text for text in told(error.value) if KEY in text]


def test_an_error_that_the_caller_was_handling_keeps_its_traceback() -> None:
    def handle() -> None:
        try:
            raise LookupError("the caller's own")
        except LookupError:
            asking(refuse).jobs.get_job("a")

    with pytest.raises(RuntimeError) as error:
        handle()
    assert isinstance(error.value.__context__, LookupError)
    assert error.value.__context__.__traceback__ is not None


@pytest.mark.parametrize("connect", [qbraid_v2.connect, qbraid_v2.connect_async, qbraid_v2.Client])
def test_a_key_that_is_no_text_is_refused_without_showing_it(connect: Any) -> None:
    with pytest.raises(TypeError) as error:
        connect(KEY.encode())
    assert not [text for text in told(error.value) if KEY in text]


@pytest.mark.parametrize("connect", [qbraid_v2.connect, qbraid_v2.connect_async, qbraid_v2.Client])
@pytest.mark.parametrize("wrong", [{"base_url": "http://example.org"}, {"timeout": "soon", "base_url": 3}])
def test_a_client_that_cannot_be_made_shows_no_key(connect: Any, wrong: dict[str, Any]) -> None:
    for key in (KEY, f"{KEY} "):
        with pytest.raises(ValueError) as error:
            connect(key, **wrong)
        assert not [text for text in told(error.value) if KEY in text]


def test_a_client_refuses_to_be_pickled_or_copied() -> None:
    for attempt in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="make a new one"):
            attempt(answering(200))


def test_a_proxy_never_gets_a_key_that_is_not_encrypted(monkeypatch: pytest.MonkeyPatch) -> None:
    with Loopback() as proxy, Loopback() as service:
        service.fallback = JOB
        for variable in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(variable, proxy.origin)
        with qbraid_v2.connect(KEY, service.origin) as client:
            client.jobs.get_job("a")
        assert (len(proxy.asked), len(service.asked)) == (0, 1)


# One call.


def test_a_call_has_its_own_timeout_and_headers() -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, json=JOB)

    client = asking(answer, timeout=7, headers={"X-One": "1", "X-Two": "2"})
    client.jobs.get_job("a")
    client.jobs.get_job("a", timeout=3, extra_headers={"x-two": "two", "X-API-KEY": "another", "x-Api-Key": "another"})
    get_job.sync("a", client=client, timeout=None)
    timeouts = [request.extensions["timeout"]["read"] for request in asked]
    assert timeouts == [7, 3, None]
    headers = [[request.headers.get_list(name) for name in ("x-one", "x-two", "x-api-key")] for request in asked]
    assert headers == [[["1"], ["2"], [KEY]], [["1"], ["two"], [KEY]], [["1"], ["2"], [KEY]]]


def test_an_open_file_is_sent_by_both_kinds_of_clients() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=request.read())

    async def awaited(request: Request) -> RawResponse:
        async with qbraid_v2.connect_async(KEY, transport=httpx.MockTransport(answer)) as client:
            return await client.send(request)

    def upload() -> Request:
        return Request(operation="x", method="POST", path="/x", content=io.BytesIO(b"abc"))

    assert asking(answer).send(upload()).content == asyncio.run(awaited(upload())).content == b"abc"


def test_an_answer_is_there_as_it_came_too() -> None:
    client = answering(404, json={"detail": "no such job"}, headers={"X-Request-Id": "7"})
    response = client.jobs.get_job_detailed("a")
    assert (response.status_code, type(response.parsed)) == (404, ErrorDetail)
    assert response.headers["x-request-id"] == "7"
    assert b"no such job" in response.content
    raw = client.send(get_job.build_request("a"))
    assert (raw.status_code, raw.content) == (response.status_code, response.content)


def test_an_answer_of_any_origin_can_be_parsed() -> None:
    read = get_job.parse(RawResponse(200, {"Content-Type": "application/json"}, b'{"data": {"status": "QUEUED"}}'))
    assert read.data.status is JobStatus.QUEUED
    assert get_job.parse(httpx.Response(200, json=JOB)).data.status is JobStatus.QUEUED


def test_a_request_says_all_that_has_to_be_sent() -> None:
    request = get_jobs.build_request(page=2, status=JobStatus.QUEUED)
    assert (request.operation, request.method, request.path) == ("get_jobs", "GET", "/jobs")
    assert (dict(request.params), request.json) == ({"page": 2, "status": "QUEUED"}, None)
    assert request.authentication == "required"
    assert pickle.loads(pickle.dumps(request)) == request


def test_only_what_the_caller_gave_is_sent() -> None:
    assert get_jobs.build_request().params == {}


# Lifetime.


def test_connections_close_with_the_block_and_a_closed_client_says_so() -> None:
    with answering(200, json=JOB) as client:
        call(client)
    client.close()
    with pytest.raises(RuntimeError, match="closed"):
        client.jobs.get_job("a")

    async def outer() -> None:
        transport = httpx.MockTransport(lambda request: httpx.Response(200, json=JOB))
        async with qbraid_v2.connect_async(KEY, transport=transport) as client:
            await client.jobs.get_job("a")
        await client.close()
        with pytest.raises(RuntimeError, match="closed"):
            await client.jobs.get_job("a")

    asyncio.run(outer())


class Ports(BaseHTTPRequestHandler):
    """Keeps connections open, and answers with the port that a request came from."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body = json.dumps({"data": {"jobQrn": str(self.client_address[1])}}).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: Any) -> None:
        """Say nothing."""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_forked_child_has_a_connection_of_its_own() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Ports) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        with qbraid_v2.connect(KEY, f"http://127.0.0.1:{server.server_port}") as client:
            own = client.jobs.get_job("a").data.job_qrn
            assert client.jobs.get_job("a").data.job_qrn == own
            child = os.fork()
            if child == 0:
                os._exit(0 if client.jobs.get_job("a").data.job_qrn != own else 1)
            assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
            assert client.jobs.get_job("a").data.job_qrn == own
        server.shutdown()


@EACH
def test_every_group_of_operations_is_on_both_clients_and_loads_nothing_before_it_is_used(service: Service) -> None:
    group, operation = next(iter(operation_modules(service.package).values())).__name__.split(".")[-2:]
    code = (
        f"import sys, quantum_apis.{service.package} as package\n"
        f"client = package.connect('key', {URL!r})\n"
        f"assert not [name for name in sys.modules if name.startswith('quantum_apis.{service.package}.api')]\n"
        f"group = client.{group}\n"
        f"assert not [name for name in sys.modules if name.startswith('quantum_apis.{service.package}.models')]\n"
        f"assert 'quantum_apis.{service.package}.api.{group}.{operation}' not in sys.modules\n"
        f"assert callable(group.{operation})"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    importlib.import_module(f"quantum_apis.{service.package}.api")
    package = importlib.import_module(f"quantum_apis.{service.package}")
    clients = (package.connect("key", URL), package.connect_async("key", URL))
    groups = [info.name for info in pkgutil.iter_modules(package.api.__path__)]
    assert group in groups
    for name in groups:
        sync, other = (getattr(client, name) for client in clients)
        methods = {each for each in dir(sync) if each[0] != "_"}
        assert methods == {each for each in dir(other) if each[0] != "_"}
        for each in methods:
            one, two = (inspect.signature(getattr(group, each)) for group in (sync, other))
            assert one.parameters == two.parameters
