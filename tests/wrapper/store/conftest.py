"""A service, places for stores, and processes that can be killed."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.loopback import Loopback
from tests.wrapper.store import postgres_server
from tests.wrapper.store.ionq import Ionq
from tests.wrapper.store.processes import Nursery

_numbers = itertools.count()


@pytest.fixture
def ionq(server: Loopback) -> Ionq:
    return Ionq(server)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where an SQLite file is made."""
    return tmp_path / "jobs.sqlite3"


@pytest.fixture(params=["sqlite", "postgres"])
def new_place(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Gives the place of another empty store each time: a path, or the URL of a schema of its own."""
    if request.param == "sqlite":
        return lambda: str(tmp_path / f"jobs-{next(_numbers)}.sqlite3")
    url: str = request.getfixturevalue("postgres")
    return lambda: new_schema(url)


@pytest.fixture
def place(new_place: Callable[[], str]) -> str:
    """The place of an empty store."""
    return new_place()


def new_schema(url: str) -> str:
    import psycopg

    name = f"test_{next(_numbers)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}".encode())
    return f"{url}?options={quote(f'-c search_path={name}')}"


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a Postgres database."""
    pytest.importorskip("psycopg", reason="the extra postgres is not installed")
    why = postgres_server.missing()
    if why is not None:
        pytest.skip(why)
    with postgres_server.running() as url:
        yield url


@pytest.fixture(autouse=True)
def _without_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quantum_jobs.core.waiting.SHORTEST_GAP", 0.01)


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    with Nursery() as nursery:
        yield nursery
