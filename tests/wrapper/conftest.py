"""What the wrapper's tests share: a loopback server, the two worlds, and an environment without keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import keyring.backends.fail
import pytest

from tests.loopback import Loopback
from tests.worlds import World
from tests.wrapper.raw_server import RawServer, Script


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback() as loopback:
        yield loopback


@pytest.fixture
def serve() -> Iterator[Callable[[Script], RawServer]]:
    """Starts servers on raw sockets."""
    servers: list[RawServer] = []

    def start(script: Script) -> RawServer:
        servers.append(RawServer(script))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


@pytest.fixture(params=["sync", "async"])
def world(request: pytest.FixtureRequest) -> World:
    return World(request.param)


@pytest.fixture(autouse=True)
def _no_keys_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    urls = ("IONQ_API_URL", "IONQ_V0_3_API_URL", "IONQ_V0_4_API_URL", "QBRAID_API_URL")
    for name in ("IONQ_API_KEY", "QBRAID_API_KEY", "QUANTUM_JOBS_STORE", *urls):
        monkeypatch.delenv(name, raising=False)
    before = keyring.get_keyring()
    keyring.set_keyring(keyring.backends.fail.Keyring())
    yield
    keyring.set_keyring(before)


@pytest.fixture(autouse=True)
def _limits_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test waits because others have used up a rate limit that their key shares."""
    monkeypatch.setattr("quantum_jobs.http.limits._limiters", {})


@pytest.fixture
def without_rate_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many requests as a test likes."""
    monkeypatch.setattr("quantum_jobs.services.qbraid_v2.QbraidV2.rate_limit", None)


@pytest.fixture
def without_backoff(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retries follow one another at once."""
    monkeypatch.setattr("quantum_jobs.http.retry.FIRST_BACKOFF", 0.0)
