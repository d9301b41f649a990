"""What a client is made of: a key, a base URL, timeouts, a transport. What cannot be one is refused at once."""

from __future__ import annotations

import math
from typing import Any

import httpx
import keyring
import keyring.backend
import pytest
import quantum_jobs
from quantum_jobs import CredentialsError, UsageError

from tests.worlds import World

SERVICES = ["ionq-v0.4", "ionq-v0.3", "qbraid-v2"]


# Keys.


def test_without_a_key_the_error_names_the_argument_the_variable_and_the_keyring(world: World) -> None:
    async def nothing(client: Any) -> None:
        raise AssertionError("connected without a key")

    for service, variable in (
        ("ionq", "IONQ_API_KEY"),
        ("ionq-v0.3", "IONQ_API_KEY"),
        ("qbraid", "QBRAID_API_KEY"),
    ):
        with pytest.raises(CredentialsError) as caught:
            world.run(nothing, service)
        for place in ("api_key", variable, "keyring"):
            assert place in caught.value.message


def test_a_reference_without_a_key_fails_in_the_same_way(world: World) -> None:
    with pytest.raises(CredentialsError, match="QBRAID_API_KEY"):
        world.play(lambda: world.job("qbraid:qbraid:job:abc123xyz"))


@pytest.mark.parametrize("key", ["", "two words", "line\nend", "tab\t", "kéy", "hidden ", "\x00", 5])
def test_a_key_that_cannot_be_one_is_refused_without_being_shown(world: World, key: Any) -> None:
    async def nothing(client: Any) -> None:
        raise AssertionError("connected with a bad key")

    with pytest.raises(UsageError, match="api_key") as caught:
        world.run(nothing, "ionq", api_key=key)
    assert key == "" or str(key) not in str(caught.value)


def test_a_bad_key_in_the_environment_is_told_by_the_variables_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IONQ_API_KEY", "secret with blanks")
    with pytest.raises(UsageError, match="IONQ_API_KEY") as caught:
        quantum_jobs.connect("ionq")
    assert "secret" not in str(caught.value)


class _Ring(keyring.backend.KeyringBackend):
    priority = 1

    def __init__(self, keys: dict[tuple[str, str], str]) -> None:
        self.keys = keys

    def get_password(self, service: str, username: str) -> str | None:
        return self.keys.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        raise NotImplementedError

    def delete_password(self, service: str, username: str) -> None:
        raise NotImplementedError


def test_the_argument_goes_before_the_environment_and_that_before_the_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers["authorization"])
        return httpx.Response(200, json={"id": "a", "status": "ready"})

    def ask(**key: str) -> None:
        with quantum_jobs.connect("ionq", transport=httpx.MockTransport(answer), **key) as client:
            client.job("a")

    keyring.set_keyring(_Ring({("quantum-jobs", "IONQ_API_KEY"): "from-keyring"}))
    ask()
    monkeypatch.setenv("IONQ_API_KEY", "from-environment")
    ask()
    ask(api_key="from-argument")
    assert seen == ["apiKey from-keyring", "apiKey from-environment", "apiKey from-argument"]


# Connecting.


@pytest.mark.parametrize("name", ["ibm", "", "IONQ", "ionq-v0.5", None, 5, ["ionq"], {"ionq"}])
def test_an_unknown_service_is_told_with_those_there_are(name: Any) -> None:
    for connect in (quantum_jobs.connect, quantum_jobs.connect_async):
        with pytest.raises(UsageError) as caught:
            connect(name, api_key="a-key")
        for known in (*SERVICES, "ionq", "qbraid"):
            assert known in caught.value.message


@pytest.mark.parametrize(
    "url",
    [
        "http://api.ionq.co/v0.4",
        "http://192.168.0.7/v0.4",
        "http://127.0.0.1.evil.example/v0.4",
        "http://localhost.evil.example/v0.4",
        "http://0.0.0.0/v0.4",
        "http://[2001:db8::1]/v0.4",
    ],
)
def test_plain_http_is_refused_unless_it_is_loopback(url: str) -> None:
    for connect in (quantum_jobs.connect, quantum_jobs.connect_async):
        with pytest.raises(UsageError, match="https"):
            connect("ionq", api_key="a-key", base_url=url)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8080/v0.4", "http://[::1]/v0.4", "http://localhost/", "http://127.7.7.7"]
)
def test_plain_http_on_loopback_is_taken(url: str) -> None:
    with quantum_jobs.connect("ionq", api_key="a-key", base_url=url) as client:
        assert client.service == "ionq-v0.4"


@pytest.mark.parametrize(
    "url",
    [
        "https://user:hidden-word@api.ionq.co/v0.4",
        "https://hidden-word@api.ionq.co/v0.4",
        "http://hidden-word@127.0.0.1/v0.4",
        "ftp://user:hidden-word@api.ionq.co/v0.4",
        "https://user:hidden-word@[bad/v0.4",
        "https://api.ionq.co/v0.4?key=hidden-word",
        "https://api.ionq.co/v0.4#hidden-word",
    ],
)
def test_a_base_url_with_a_user_name_or_a_query_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(UsageError, match="base URL") as caught:
        quantum_jobs.connect("ionq", api_key="a-key", base_url=url)
    assert "hidden-word" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        *("", "api.ionq.co/v0.4", "https://", "https:///v0.4", "ftp://api.ionq.co", "file:///etc", "https://host:0"),
        *(
            "https://host:99999",
            "https://host:port",
            "https://a b/",
            "https://api.ionq.co/v0.4\n",
            "https://[::1",
            5,
            b"x",
        ),
        *("https://api.ionq.co/v0.4 ", "https://api.ionq.co/v\t0.4"),
    ],
)
def test_a_base_url_that_is_none_is_refused_with_one_that_would_be(url: Any) -> None:
    with pytest.raises(UsageError, match="https://"):
        quantum_jobs.connect("ionq", api_key="a-key", base_url=url)


def test_a_bad_base_url_in_the_environment_is_refused_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QBRAID_API_URL", "http://api.example.com")
    with pytest.raises(UsageError, match="https"):
        quantum_jobs.connect("qbraid", api_key="a-key")


@pytest.mark.parametrize("value", [math.nan, math.inf, 0, -1, True, "30", None])
def test_the_timeout_of_a_client_is_a_positive_number_of_seconds(value: Any) -> None:
    for connect in (quantum_jobs.connect, quantum_jobs.connect_async):
        with pytest.raises(UsageError, match="timeout"):
            connect("ionq", api_key="a-key", timeout=value)


@pytest.mark.parametrize("value", [math.nan, math.inf, -1, True, "30", None])
def test_the_confirmation_timeout_is_a_number_of_seconds(value: Any) -> None:
    for connect in (quantum_jobs.connect, quantum_jobs.connect_async):
        with pytest.raises(UsageError, match="confirmation_timeout"):
            connect("ionq", api_key="a-key", confirmation_timeout=value)


@pytest.mark.parametrize("wrong", [httpx.Client, httpx.AsyncClient, object(), "socks5://proxy"])
@pytest.mark.parametrize("connect", [quantum_jobs.connect, quantum_jobs.connect_async])
def test_a_client_takes_httpx_transports_only(connect: Any, wrong: Any) -> None:
    with pytest.raises(UsageError, match="httpx transport"):
        connect("ionq", api_key="a-key", transport=wrong)


class _OnlySync(httpx.BaseTransport):
    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"id": "a", "status": "ready"})


class _OnlyAsync(httpx.AsyncBaseTransport):
    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"id": "a", "status": "ready"})


@pytest.mark.parametrize("transport", [_OnlySync(), _OnlyAsync()])
def test_a_client_takes_transports_for_sync_and_for_async_code(world: World, transport: Any) -> None:
    assert world.run(lambda client: client.job("a"), "ionq", api_key="a-key", transport=transport).id == "a"
