"""The clients: ready at once, quiet about the key, and clear about every kind of answer."""

import asyncio
import copy
import importlib
import pickle
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from quantum_apis import ionq_v0_4, qbraid_v2
from quantum_apis.ionq_v0_4.api.jobs import get_job_cost
from quantum_apis.qbraid_v2.api.jobs import get_job, get_jobs
from quantum_apis.qbraid_v2.client import AuthenticatedClient, Client
from quantum_apis.qbraid_v2.errors import BindingsError, InvalidBody, UnexpectedStatus
from quantum_apis.qbraid_v2.models import ErrorDetail, GetJobResponse, JobStatus, TimeStamps
from quantum_apis.qbraid_v2.types import UNSET, Unset

from scripts.services import SERVICES, Service

KEY = "key-that-must-not-be-seen"
JOB = {"success": True, "data": {"jobQrn": "a:b", "status": "QUEUED"}}


def answering(status: int, **content: Any) -> AuthenticatedClient:
    return qbraid_v2.connect(KEY, transport=httpx.MockTransport(lambda request: httpx.Response(status, **content)))


def call(client: AuthenticatedClient, job: str = "a:b") -> GetJobResponse:
    """Both ways of calling must do the same."""
    outcomes: list[Any] = []
    attempts: list[Callable[[], Any]] = [
        lambda: get_job.sync(job, client=client),
        lambda: asyncio.run(get_job.asyncio(job, client=client)),
    ]
    for attempt in attempts:
        try:
            outcomes.append(attempt())
        except (BindingsError, ValueError) as error:
            outcomes.append(error)
    first, second = outcomes
    assert type(first) is type(second)
    if isinstance(first, Exception):
        assert str(first) == str(second)
        raise first
    assert first == second
    assert isinstance(first, GetJobResponse)
    return first


@pytest.mark.parametrize("service", SERVICES.values(), ids=lambda service: service.name)
def test_connect_gives_a_client_with_the_right_url_header_and_timeout(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = {
        "ionq-v0.4": ("https://api.ionq.co/v0.4/", "Authorization", f"apiKey {KEY}"),
        "ionq-v0.3": ("https://api.ionq.co/v0.3/", "Authorization", f"apiKey {KEY}"),
        "qbraid-v2": ("https://api-v2.qbraid.com/api/v1/", "X-API-KEY", KEY),
    }[service.name]
    package = importlib.import_module(f"quantum_apis.{service.package}")
    monkeypatch.setenv(service.key_variable, KEY)
    for client in (package.connect(), package.connect(KEY), package.connect(KEY, headers={"X-Other": "1"})):
        inner = client.get_httpx_client()
        assert (str(inner.base_url), expected[1], inner.headers[expected[1]]) == expected
        assert inner.timeout == httpx.Timeout(30)
        assert inner.headers.get("x-other") in (None, "1")
        assert not inner.follow_redirects
    monkeypatch.delenv(service.key_variable)
    with pytest.raises(ValueError, match=service.key_variable):
        package.connect()


@pytest.mark.parametrize("key", ["se cret", "secret\n", "sécret", " secret", "secret\x00"])
def test_a_key_that_cannot_be_a_header_is_refused_without_showing_it(key: str) -> None:
    with pytest.raises(ValueError, match="printable ASCII") as error:
        qbraid_v2.connect(key)
    assert "cret" not in str(error.value)


def test_no_representation_shows_key_headers_or_cookies_before_or_after_the_first_call() -> None:
    client = AuthenticatedClient(
        f"https://user:{KEY}@example.org",
        KEY,
        headers={"X-Secret": KEY},
        cookies={"session": KEY},
        httpx_args={"transport": httpx.MockTransport(lambda request: httpx.Response(200, json=JOB))},
    )
    for _ in range(2):
        for shown in (repr(client), str(client), f"{client}", repr(client.with_timeout(1))):
            assert KEY not in shown
        call(client)


def test_a_client_refuses_to_be_pickled_or_copied() -> None:
    for attempt in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="make a new one"):
            attempt(answering(200))


def test_changing_a_client_gives_another_and_leaves_the_first() -> None:
    client = answering(200)
    assert client.with_timeout(5).timeout == 5
    assert client.timeout == 30
    assert client.with_headers({"a": "b"}).get_httpx_client().headers["a"] == "b"
    assert client.with_cookies({"a": "b"}).get_httpx_client().cookies["a"] == "b"
    assert "a" not in client.get_httpx_client().headers
    assert client.with_headers({}).get_httpx_client() is not client.get_httpx_client()


def test_connections_close_with_the_block() -> None:
    with answering(200) as client:
        inner = client.get_httpx_client()
    assert inner.is_closed

    async def outer() -> httpx.AsyncClient:
        async with answering(200) as client:
            return client.get_async_httpx_client()

    assert asyncio.run(outer()).is_closed


def test_a_success_is_read() -> None:
    assert call(answering(200, json=JOB)).data.status is JobStatus.QUEUED


def test_an_undocumented_success_is_read_like_the_documented_one() -> None:
    assert call(answering(203, json=JOB)).data.status is JobStatus.QUEUED


@pytest.mark.parametrize("status", [302, 400, 401, 404, 409, 418, 422, 429, 500, 502, 503, 520, 599])
@pytest.mark.parametrize("content", [{}, {"json": {"detail": "no"}}, {"text": "<html>"}, {"content": b"\xff\xfe\x00"}])
def test_an_error_is_never_a_silent_none(status: int, content: dict[str, Any]) -> None:
    with pytest.raises(UnexpectedStatus, match=f"status {status}") as error:
        call(answering(status, **content))
    assert error.value.status_code == status
    again = pickle.loads(pickle.dumps(error.value))
    assert (str(again), again.content, again.headers) == (str(error.value), error.value.content, error.value.headers)


def test_a_documented_error_body_is_read() -> None:
    client = answering(404, json={"detail": "no such job"})
    with pytest.raises(UnexpectedStatus, match="no such job") as error:
        call(client)
    assert isinstance(error.value.parsed, ErrorDetail)
    response = get_job.sync_detailed("a:b", client=client)
    assert (response.status_code, type(response.parsed)) == (404, ErrorDetail)


def test_an_error_without_a_body_is_raised_by_the_detailed_call_too() -> None:
    client = ionq_v0_4.connect(KEY, transport=httpx.MockTransport(lambda request: httpx.Response(429)))
    with pytest.raises(UnexpectedStatus, match="429"):
        get_job_cost.sync_detailed("id", client=client)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ({"text": "<html>"}, "not JSON"),
        ({"text": ""}, "not JSON"),
        ({"json": [1]}, "another kind than documented .list."),
        ({"text": "null"}, "another kind than documented .NoneType."),
        ({"content": b"\xff"}, "decode"),
        ({"text": "[" * 100_000}, "recursion"),
        ({"text": '{"a": ' + "9" * 5000 + "}"}, "digits"),
    ],
)
def test_a_body_that_cannot_be_read_says_why(content: dict[str, Any], reason: str) -> None:
    with pytest.raises(InvalidBody, match=reason) as error:
        call(answering(200, **content))
    assert str(pickle.loads(pickle.dumps(error.value))) == str(error.value)


@pytest.mark.parametrize("job", ["", ".", "..", None, UNSET])
def test_an_id_that_would_make_another_url_is_refused(job: Any) -> None:
    with pytest.raises(ValueError, match="job_qrn must not be"):
        call(answering(200, json=JOB), job)


@pytest.mark.parametrize("job", ["../x", "a/b", "a?b", "a#b", "%2e%2e", "a b", "é", "..."])
def test_any_other_id_stays_one_segment_of_the_path(job: str) -> None:
    paths: list[bytes] = []

    def answer(request: httpx.Request) -> httpx.Response:
        paths.append(request.url.raw_path)
        return httpx.Response(200, json=JOB)

    call(qbraid_v2.connect(KEY, transport=httpx.MockTransport(answer)), job)
    prefix = b"/api/v1/jobs/"
    assert all(path.startswith(prefix) and b"/" not in path[len(prefix) :] and b"?" not in path for path in paths)


def test_only_what_the_caller_gave_is_sent() -> None:
    assert get_jobs._get_kwargs()["params"] == {}


def test_public_operations_take_a_client_without_a_key() -> None:
    client = Client(
        ionq_v0_4.BASE_URL,
        httpx_args={"transport": httpx.MockTransport(lambda request: httpx.Response(200, json=[]))},
    )
    from quantum_apis.ionq_v0_4.api.backends import get_backends

    assert get_backends.sync(client=client) == []
    assert "authorization" not in client.get_httpx_client().headers


def test_unset_is_one_and_the_same_everywhere() -> None:
    for same in (Unset(), copy.copy(UNSET), copy.deepcopy(UNSET), pickle.loads(pickle.dumps(UNSET))):
        assert same is UNSET
    assert repr(UNSET) == "UNSET"
    assert not UNSET


@pytest.mark.parametrize(
    "text", ["2026-04-01T10:30:00Z", "2026-04-01T10:30:00.123456789Z", "2026-04-01T12:30:00+02:00"]
)
def test_a_time_goes_back_as_it_came_but_a_changed_one_as_changed(text: str) -> None:
    moment = TimeStamps.from_dict({"createdAt": text}).created_at
    assert not isinstance(moment, Unset)
    assert moment.utcoffset() is not None
    for same in (moment, copy.deepcopy(moment), pickle.loads(pickle.dumps(moment))):
        assert TimeStamps(created_at=same).to_dict() == {"createdAt": text}
    assert TimeStamps(created_at=moment.replace(year=2030)).to_dict()["createdAt"].startswith("2030-")


@pytest.mark.parametrize("text", ["yesterday", "", "2026-02-30T00:00:00Z", "2026-12-31T23:59:60Z"])
def test_a_time_that_cannot_be_read_stays_text(text: str) -> None:
    assert TimeStamps.from_dict({"createdAt": text}).created_at == text


@pytest.mark.parametrize("service", SERVICES.values(), ids=lambda service: service.name)
def test_a_models_package_names_what_it_has(service: Service) -> None:
    package = importlib.import_module(f"quantum_apis.{service.package}.models")
    assert set(package.__all__) <= set(dir(package))
    with pytest.raises(AttributeError, match="NoSuchModel"):
        _ = package.NoSuchModel
