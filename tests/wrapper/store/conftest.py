"""A service, a place for a store, and processes that can be killed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.loopback import Loopback
from tests.wrapper.store.ionq import Ionq
from tests.wrapper.store.processes import Nursery


@pytest.fixture
def ionq(server: Loopback) -> Ionq:
    return Ionq(server)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "jobs.sqlite3"


@pytest.fixture(autouse=True)
def _without_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quantum_jobs.core.waiting.SHORTEST_GAP", 0.01)


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    with Nursery() as nursery:
        yield nursery
