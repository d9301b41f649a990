"""A key goes to the service's own host and nowhere else: not into texts, logs, tracebacks or pickles, not to others."""

from __future__ import annotations

import copy
import html
import json
import logging
import pickle
import traceback
import urllib.parse
from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Any

import httpx
import pytest
import quantum_jobs
from quantum_apis.ionq_v0_4.types import Request
from quantum_jobs import QuantumJobsError, ResponseError, UsageError, errors
from quantum_jobs.services.base import Service

from tests.loopback import Answer, Asked, Loopback
from tests.worlds import World

KEY = "Distinctive-Key_9f8e7d6c5b4a"
#: Looks otherwise in JSON, in HTML, in a URL and in Python.
AWKWARD_KEY = "Distinctive\"'\\<&%+/=}~Key"
PREFIXES = {"ionq-v0.4": "/v0.4", "ionq-v0.3": "/v0.3", "qbraid-v2": "/api/v1"}
CIRCUIT = {"qubits": 1, "gateset": "qis", "circuit": [{"gate": "h", "target": 0}]}


def spellings(key: str) -> set[str]:
    """How a key may look in a text."""
    return {
        *(key, repr(key)[1:-1], json.dumps(key)[1:-1], html.escape(key), html.escape(key, quote=False)),
        *(urllib.parse.quote(key), urllib.parse.quote(key, safe=""), urllib.parse.quote_plus(key)),
    }


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error, and everything that hangs on it."""
    if error is not None:
        yield error
        yield from chain(error.__cause__)
        yield from chain(error.__context__)


def told(error: BaseException) -> Iterator[str]:
    """Everything that anybody could print of an error: itself, its chain, its traceback with the library's locals."""
    yield "".join(traceback.format_exception(error))
    for each in chain(error):
        yield from (str(each), repr(each), repr(each.args), *getattr(each, "__notes__", ()))
        yield from (repr(value) for value in vars(each).values())
        yield from locals_of(each.__traceback__)
    for protocol in (0, pickle.HIGHEST_PROTOCOL):
        yield pickle.dumps(error, protocol).decode("latin-1")


def locals_of(trace: TracebackType | None) -> Iterator[str]:
    while trace is not None:
        code = trace.tb_frame.f_code
        if "/tests/" not in code.co_filename.replace("\\", "/"):
            for name, value in trace.tb_frame.f_locals.items():
                yield f"{code.co_qualname}: {name} = {value!r}"
        trace = trace.tb_next


def assert_hidden(texts: Iterator[str], key: str = KEY) -> None:
    for text in texts:
        for spelling in spellings(key):
            assert spelling not in text, text


def echo(status: int, **headers: str) -> Any:
    """A route that sends back everything that it was sent, in its body and in its headers."""

    def answer(asked: Asked) -> Answer:
        sent = dict(asked.headers)
        whole = "; ".join(sent.values())
        body = {
            "error": whole,
            "message": f"no: {sent}",
            "statusCode": status,
            "detail": whole,
            "headers": sent,
            "success": False,
        }
        return Answer(body, status, {"x-request-id": sent.get("authorization") or sent.get("x-api-key", ""), **headers})

    return answer


def error_of(world: World, call: Any, service: str, server: Loopback, key: str = KEY) -> QuantumJobsError:
    with pytest.raises(QuantumJobsError) as caught:
        world.run(call, service, api_key=key, base_url=server.origin + PREFIXES[service], confirmation_timeout=0)
    sent = {asked.headers.get("authorization") or asked.headers.get("x-api-key") for asked in server.asked}
    assert sent == {key if service == "qbraid-v2" else f"apiKey {key}"}
    return caught.value


STATUSES: list[tuple[int, type[QuantumJobsError]]] = [
    (400, errors.InvalidRequestError),
    (401, errors.AuthenticationError),
    (403, errors.PermissionDeniedError),
    (404, errors.NotFoundError),
    (409, errors.ConflictError),
    (413, errors.InvalidRequestError),
    (418, errors.APIError),
    (422, errors.InvalidRequestError),
    (429, errors.RateLimitError),
    (500, errors.ServiceError),
    (503, errors.ServiceError),
    (302, errors.APIError),
    (200, errors.ResponseError),
]


@pytest.mark.usefixtures("without_backoff")
@pytest.mark.parametrize("key", [KEY, AWKWARD_KEY], ids=["plain key", "awkward key"])
@pytest.mark.parametrize("service", PREFIXES)
def test_no_error_repeats_the_key_that_a_server_echoes(server: Loopback, world: World, service: str, key: str) -> None:
    async def scenario(client: Any) -> None:
        for status, kind in STATUSES:
            server.fallback = echo(status, location="/elsewhere")
            with pytest.raises(QuantumJobsError) as caught:
                await client.job("a")
            assert type(caught.value) is kind
            assert_hidden(told(caught.value), key)
            assert isinstance(caught.value, (errors.APIError, errors.ResponseError))
            assert "***" in caught.value.body

    world.run(scenario, service, api_key=key, base_url=server.origin + PREFIXES[service])
    sent = {asked.headers.get("authorization") or asked.headers.get("x-api-key") for asked in server.asked}
    assert sent == {key if service == "qbraid-v2" else f"apiKey {key}"}


@pytest.mark.usefixtures("without_backoff")
@pytest.mark.parametrize(
    ("route", "kind"),
    [
        (echo(500), errors.SubmissionUncertainError),
        (echo(200), errors.SubmissionUncertainError),
        (echo(403), errors.PermissionDeniedError),
        (echo(307, location="/elsewhere"), errors.APIError),
    ],
)
def test_no_error_of_a_submission_repeats_it(
    server: Loopback, world: World, route: Any, kind: type[QuantumJobsError]
) -> None:
    server.fallback = route
    error = error_of(world, lambda client: client.submit(CIRCUIT, device="simulator"), "ionq-v0.4", server)
    assert type(error) is kind
    assert_hidden(told(error))


@pytest.mark.usefixtures("without_backoff")
def test_no_error_in_an_answer_to_many_repeats_it(server: Loopback, world: World) -> None:
    server.fallback = echo(403)

    async def scenario(client: Any) -> list[QuantumJobsError]:
        return [*(await client.cancel(["a", "b"])).values(), *(await client.delete(["a", "b"])).values()]

    found = world.run(scenario, "ionq", api_key=KEY, base_url=server.origin + "/v0.4")
    assert len(found) == 4
    for error in found:
        assert isinstance(error, errors.PermissionDeniedError)
        assert_hidden(told(error))


def test_a_key_cut_in_two_by_the_end_of_a_body_is_not_shown_in_part(server: Loopback, world: World) -> None:
    async def scenario(client: Any) -> None:
        for offset in range(1, len(KEY)):
            server.fallback = Answer(("x" * (2000 - offset) + KEY * 2).encode(), 403)
            with pytest.raises(errors.PermissionDeniedError) as caught:
                await client.job("a")
            assert KEY[:8] not in caught.value.body

    world.run(scenario, "ionq", api_key=KEY, base_url=server.origin + "/v0.4")


def test_html_that_echoes_the_key_is_shown_without_it(server: Loopback, world: World) -> None:
    for body in (f"<p>{AWKWARD_KEY}", f"<p>{html.escape(AWKWARD_KEY)}", f"?key={urllib.parse.quote_plus(AWKWARD_KEY)}"):
        server.fallback = Answer(body.encode(), 403, {"content-type": "text/html"})
        error = error_of(world, lambda client: client.job("a"), "qbraid-v2", server, AWKWARD_KEY)
        assert_hidden(told(error), AWKWARD_KEY)


@pytest.mark.parametrize("how", ["slashes", "go", "escapes", "ESCAPES", "utf-16-le", "utf-16-be"])
def test_json_that_spells_the_key_in_another_way_is_read_without_it(server: Loopback, world: World, how: str) -> None:
    key = "A<b>&c/d/e-distinctive"
    text = json.dumps({"error": "Forbidden", "message": f"not with {key}", "statusCode": 403})
    spelled = {
        "slashes": text.replace("/", r"\/"),
        "go": text.replace("<", r"\u003c").replace(">", r"\u003e").replace("&", r"\u0026"),
        "escapes": text.replace(key, "".join(f"\\u{ord(character):04x}" for character in key)),
        "ESCAPES": text.replace(key, "".join(f"\\u{ord(character):04X}" for character in key)),
    }
    server.fallback = Answer(spelled[how].encode() if how in spelled else text.encode(how), 403)
    error = error_of(world, lambda client: client.job("a"), "ionq-v0.4", server, key)
    assert_hidden(told(error), key)


@pytest.mark.usefixtures("without_backoff")
def test_no_failure_of_the_connection_repeats_it(server: Loopback, world: World) -> None:
    class Chatty(httpx.BaseTransport, httpx.AsyncBaseTransport):
        def _break(self, request: httpx.Request) -> httpx.Response:
            raise httpx.ReadError(f"lost with {dict(request.headers)}", request=request)

        def handle_request(self, request: httpx.Request) -> httpx.Response:
            return self._break(request)

        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            return self._break(request)

    for call in (lambda client: client.job("a"), lambda client: client.submit(CIRCUIT, device="simulator")):
        with pytest.raises(QuantumJobsError) as caught:
            world.run(call, "ionq", api_key=KEY, transport=Chatty(), confirmation_timeout=0)
        assert_hidden(told(caught.value))
        assert not any(isinstance(each, httpx.HTTPError) for each in chain(caught.value))


def test_no_log_line_holds_it(server: Loopback, world: World, caplog: pytest.LogCaptureFixture) -> None:
    def echoing_body(asked: Asked) -> Answer:
        return Answer({"error": dict(asked.headers), "message": str(asked.headers)}, 403)

    server.fallback = echoing_body
    server.routes["GET /v0.4/jobs/a"] = {"id": "a", "status": "completed", "results": None, "shots": 1}
    server.routes["GET /v0.4/jobs/a/results/probabilities"] = {"0": 1.0}

    async def scenario(client: Any) -> None:
        await (await client.job("a")).result(timeout=30)
        await client.submit(CIRCUIT, device="simulator")

    for name in ("", "httpx", "httpcore", "httpcore.connection", "httpcore.http11", "quantum_jobs", "asyncio"):
        caplog.set_level(logging.DEBUG, name)
    with pytest.raises(errors.PermissionDeniedError):
        world.run(scenario, "ionq", api_key=KEY, base_url=server.origin + "/v0.4")
    lines = [record.getMessage() for record in caplog.records]
    assert {record.name.partition(".")[0] for record in caplog.records} >= {"quantum_jobs", "httpcore"}
    assert_hidden(iter(lines))
    assert_hidden(repr(vars(record)) for record in caplog.records)


def reachable(thing: object, depth: int = 6) -> Iterator[object]:
    """What a debugger shows of an object: the values of its attributes, and of theirs."""
    yield thing
    if depth and type(thing).__module__.startswith(("quantum_", "httpx", "builtins")):
        values = [*vars(thing).values()] if hasattr(thing, "__dict__") else []
        values += [getattr(thing, name, None) for name in getattr(type(thing), "__slots__", ())]
        if isinstance(thing, Mapping):
            values += [*thing, *thing.values()]
        elif isinstance(thing, (list, tuple, set)):
            values += thing
        for value in values:
            if not isinstance(value, type) and not callable(value):
                yield from reachable(value, depth - 1)


@pytest.mark.parametrize("service", PREFIXES)
def test_nothing_that_can_be_printed_shows_it(server: Loopback, world: World, service: str) -> None:
    job_body = {"id": "a", "status": "ready", "success": True, "data": {"jobQrn": "a", "status": "QUEUED"}}
    server.fallback = job_body

    async def scenario(client: Any) -> None:
        plain = world.plain(client)
        job = world.plain(await client.job("a"))
        things = [
            *(plain, job, job.record, plain.api, plain.submit, job.result),
            *reachable(plain),
        ]
        assert_hidden(text for thing in things for text in (repr(thing), str(thing), f"{thing}", f"{[thing]}"))
        assert_hidden(iter([pickle.dumps(job).decode("latin-1"), json.dumps(job.record.to_dict())]))
        for holder in (plain, plain.api):
            for refused in (pickle.dumps, copy.copy, copy.deepcopy):
                with pytest.raises((UsageError, TypeError)) as caught:
                    refused(holder)
                assert "key" in str(caught.value)
                assert_hidden(told(caught.value) if isinstance(caught.value, UsageError) else iter([str(caught.value)]))

    world.run(scenario, service, api_key=KEY, base_url=server.origin + PREFIXES[service])


@pytest.mark.parametrize("service", PREFIXES)
def test_the_generated_client_sends_the_key_as_the_wrapper_does(server: Loopback, world: World, service: str) -> None:
    server.fallback = {}

    async def scenario(client: Any) -> str:
        api = world.plain(client).api
        assert api is world.plain(client).api
        answer = api.jobs.get_jobs()
        return repr(await answer if world.is_async else answer)

    world.run(scenario, service, api_key=KEY, base_url=server.origin + PREFIXES[service])
    (asked,) = server.asked
    assert asked.path == PREFIXES[service] + "/jobs"
    assert (asked.headers.get("x-api-key") or asked.headers.get("authorization")) in {KEY, f"apiKey {KEY}"}


# Result URLs.


@pytest.fixture
def elsewhere() -> Iterator[Loopback]:
    """A server of somebody else's, that answers everything."""
    with Loopback() as other:
        other.fallback = {"0": 1.0}
        yield other


LEADING_AWAY = [
    "http://127.0.0.1:{other}/v0.4/jobs/a/results",
    "http://127.0.0.1:{other}",
    "//127.0.0.1:{other}/v0.4/jobs/a/results",
    "http://localhost:{own}/v0.4/jobs/a/results",
    "http://[::1]:{own}/v0.4/jobs/a/results",
    "https://127.0.0.1:{own}/v0.4/jobs/a/results",
    "ftp://127.0.0.1:{own}/results",
    "file:///etc/hosts",
    "http://user@127.0.0.1:{own}/results",
    "http://user:word@127.0.0.1:{own}/results",
    "http://@127.0.0.1:{own}/results",
    "http://127.0.0.1:{own}@127.0.0.1:{other}/results",
    "http://127.0.0.1:{own}\\@127.0.0.1:{other}/results",
    "http://127.0.0.1:{own}#@127.0.0.1:{other}/results",
    "http://127.0.0.1:{own}.evil.example/results",
    "http://127.0.0.1/results",
    "http://127.0.0.1:99999/results",
    "/v0.4/../secret",
    "/v0.4/jobs/../../secret",
    "/v0.4/%2e%2e/secret",
    "/v0.4/%2E./secret",
    "/v0.4/./secret",
    "/v0.4/jobs\\..\\secret",
    "\\\\127.0.0.1:{other}\\results",
    "/\\127.0.0.1:{other}/results",
    "/\t/127.0.0.1:{other}/results",
    "\t//127.0.0.1:{other}/results",
    "/v0.4/results\r\nx-header: 1",
    "/v0.4/results\x00",
    "/v0.4/\ud800",
    "results/probabilities",
    "?sharpen=true",
    "javascript:alert(1)",
    "http:127.0.0.1:{other}/results",
    "http://[::1",
]


@pytest.mark.parametrize("service", ["ionq-v0.4", "ionq-v0.3"])
def test_a_result_url_that_leads_elsewhere_is_not_followed(
    server: Loopback, elsewhere: Loopback, world: World, service: str
) -> None:
    async def scenario(client: Any) -> None:
        for url in LEADING_AWAY:
            led = url.replace("{other}", str(elsewhere.port)).replace("{own}", str(server.port))
            job = {"id": "a", "status": "completed", "shots": 10, "qubits": 1, "results_url": led}
            server.routes[f"GET {PREFIXES[service]}/jobs/a"] = {**job, "results": {"probabilities": {"url": led}}}
            server.asked.clear()
            taken = await client.job("a")
            with pytest.raises(ResponseError, match="own host") as caught:
                await taken.result(timeout=30)
            assert caught.value.service == service
            assert [asked.path for asked in server.asked] == [f"{PREFIXES[service]}/jobs/a"], url

    server.fallback = {"0": 1.0}
    world.run(scenario, service, api_key=KEY, base_url=server.origin + PREFIXES[service])
    assert elsewhere.asked == []


def test_a_result_url_that_holds_the_key_is_shown_without_it(server: Loopback, world: World) -> None:
    led = f"https://collector.example/?key={KEY}"
    server.routes["GET /v0.4/jobs/a"] = {"id": "a", "status": "completed", "results": {"probabilities": {"url": led}}}

    async def scenario(client: Any) -> None:
        await (await client.job("a")).result(timeout=30)

    error = error_of(world, scenario, "ionq-v0.4", server)
    assert isinstance(error, ResponseError)
    for text in (str(error), repr(error), error.body, "".join(traceback.format_exception(error))):
        assert KEY not in text


@pytest.mark.parametrize(
    "url",
    [
        "/v0.4/jobs/a/results/probabilities",
        "/v0.4/jobs/a/results/probabilities?sharpen=true&a=%2F",
        "http://127.0.0.1:{own}/v0.4/jobs/a/results/probabilities",
        "HTTP://127.0.0.1:{own}/v0.4/jobs/a/results/probabilities",
        "/v0.3/another/version",
    ],
)
def test_a_result_url_on_the_services_own_host_is_followed_as_it_is(server: Loopback, world: World, url: str) -> None:
    led = url.replace("{own}", str(server.port))
    server.fallback = {"0": 1.0}
    job = {"id": "a", "status": "completed", "shots": 10, "stats": {"qubits": 1}}
    server.routes["GET /v0.4/jobs/a"] = {**job, "results": {"probabilities": {"url": led}}}

    async def scenario(client: Any) -> Any:
        return (await (await client.job("a")).result(timeout=30)).counts

    assert world.run(scenario, "ionq", api_key=KEY, base_url=server.origin + "/v0.4") == {"0": 10}
    _, asked = server.asked
    assert asked.path == urllib.parse.urlsplit(led).path
    assert dict(asked.query) == ({"sharpen": ["true"], "a": ["/"]} if "?" in url else {})


@pytest.mark.usefixtures("without_backoff")
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_not_followed(server: Loopback, elsewhere: Loopback, world: World, status: int) -> None:
    away = Answer({}, status, {"location": f"{elsewhere.origin}/v0.4/jobs/a"})
    job = {"id": "b", "status": "completed", "results": {"probabilities": {"url": "/v0.4/moved"}}}
    server.fallback = away
    server.routes["GET /v0.4/jobs/b"] = job

    async def result(client: Any) -> None:
        await (await client.job("b")).result(timeout=0.2)

    calls: list[Any] = [
        lambda client: client.job("a"),
        lambda client: client.submit(CIRCUIT, device="simulator"),
        lambda client: client.devices(),
        result,
    ]
    for call in calls:
        # A wait goes on, as the redirect of a gateway may pass.
        kind = errors.WaitTimeoutError if call is result else errors.APIError
        with pytest.raises(kind, match="redirect") as caught:
            world.run(call, "ionq", api_key=KEY, base_url=server.origin + "/v0.4", confirmation_timeout=0)
        assert call is result or caught.value.status_code == status
    assert elsewhere.asked == []


FOREIGN = [
    "http://127.0.0.1:{other}/x",
    "http://localhost:{own}/x",
    "https://127.0.0.1:{own}/x",
    "http://127.0.0.1/x",
    "http://user:word@127.0.0.1:{own}/x",
    "http://127.0.0.1:{own}@127.0.0.1:{other}/x",
    "http://[::1]:{own}/x",
]


@pytest.mark.parametrize("url", FOREIGN)
def test_the_generated_client_sends_the_key_to_the_services_own_host_only(
    server: Loopback, elsewhere: Loopback, world: World, url: str
) -> None:
    server.fallback = {}
    led = url.replace("{own}", str(server.port)).replace("{other}", str(elsewhere.port))

    async def scenario(client: Any) -> None:
        sent = world.plain(client).api.send(Request(operation="x", method="GET", path=led))
        await sent if world.is_async else sent

    with pytest.raises(ValueError, match="host") as caught:
        world.run(scenario, "ionq", api_key=KEY, base_url=server.origin + "/v0.4")
    assert_hidden(locals_of(caught.value.__traceback__))
    assert server.asked == elsewhere.asked == []


@pytest.mark.parametrize("path", ["{origin}/v0.4/jobs/a", "/jobs/a"])
def test_the_generated_client_follows_a_url_on_the_services_own_host(server: Loopback, world: World, path: str) -> None:
    server.fallback = {}

    async def scenario(client: Any) -> None:
        request = Request(operation="x", method="GET", path=path.replace("{origin}", server.origin))
        sent = world.plain(client).api.send(request)
        await sent if world.is_async else sent

    world.run(scenario, "ionq", api_key=KEY, base_url=server.origin + "/v0.4")
    assert [(asked.path, asked.headers["authorization"]) for asked in server.asked] == [
        ("/v0.4/jobs/a", f"apiKey {KEY}")
    ]


def test_a_client_that_another_package_brings_gets_the_key_sent_to_the_services_own_host_only(
    server: Loopback, elsewhere: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    def connect(self: Service, api_key: str, *, asynchronous: bool, **arguments: Any) -> httpx.Client:
        return httpx.Client(headers=self.headers(api_key), follow_redirects=True, **arguments)

    monkeypatch.setattr(Service, "connect_bindings", connect)
    server.routes["GET /v0.4/away"] = Answer({}, 302, {"location": f"{elsewhere.origin}/x"})
    with quantum_jobs.connect("qbraid", api_key=KEY, base_url=server.origin + "/v0.4") as client:
        for url in (f"{elsewhere.origin}/x", "/away"):
            with pytest.raises(UsageError, match="own host") as caught:
                client.api.get(url)
            assert_hidden(locals_of(caught.value.__traceback__))
    assert [asked.path for asked in server.asked] == ["/v0.4/away"]
    assert elsewhere.asked == []


def test_what_needs_no_key_is_asked_for_without_it(server: Loopback, world: World) -> None:
    server.routes["GET /v0.4/backends"] = [{"backend": "simulator", "status": "available"}]
    world.run(lambda client: client.devices(), "ionq", api_key=KEY, base_url=server.origin + "/v0.4")
    (asked,) = server.asked
    assert "authorization" not in asked.headers


def test_the_limiter_keeps_a_digest_and_no_key(server: Loopback) -> None:
    from quantum_jobs.http import limits

    with quantum_jobs.connect("ionq", api_key=KEY, base_url=server.origin):
        assert limits._limiters
        assert_hidden(iter([repr(limits._limiters)]))


@pytest.mark.parametrize("service", ["ionq-v0.4", "ionq-v0.3", "qbraid-v2"])
def test_a_record_and_a_failure_do_not_repeat_a_key_that_the_service_sends_back(server: Loopback, service: str) -> None:
    key = "sk-distinctive-0123456789"
    failed = {"id": "a", "status": "failed", "failure": {"code": "X", "message": f"not with {key}", "error": key}}
    server.fallback = {**failed, "success": True, "data": {"jobQrn": "a", "status": "FAILED", "statusMsg": key}}
    with quantum_jobs.connect(service, base_url=f"{server.origin}/v", api_key=key) as client:
        job = client.job("a")
        with pytest.raises(quantum_jobs.JobFailedError) as caught:
            job.result(timeout=5)
    shown = f"{caught.value} {caught.value.reason} {job.record.raw} {job.record.to_dict()} {job.record!r}"
    assert key not in shown
    assert "***" in shown
