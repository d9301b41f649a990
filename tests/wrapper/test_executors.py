"""Scans on workers: each point once whoever submits it, with one rate limit for all."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import quantum_jobs
from quantum_jobs.http.limits import RateLimit
from quantum_jobs.store.permits import Permits
from quantum_jobs.store.sqlite import Sqlite
from quantum_sandbox import Engine, Sandbox

POINTS = [point / 10 for point in range(40)]


def rotated(turn: float) -> dict[str, Any]:
    if turn == 1.3:
        raise ValueError("no program for this one")
    return {"gateset": "qis", "qubits": 1, "circuit": [{"gate": "ry", "target": 0, "rotation": turn}]}


def rotated_or_death(turn: float) -> dict[str, Any]:
    """The worker that makes the program of one point is gone."""
    if turn == 2.0:
        os._exit(9)
    return rotated(turn)


def excited(turn: float, result: quantum_jobs.Result) -> tuple[int, float]:
    """What a worker makes of a result."""
    return os.getpid(), result.probabilities.get("1", 0.0)


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    engine = Engine()
    yield engine
    engine.close()


@pytest.fixture
def sandbox(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    monkeypatch.setattr("quantum_jobs.core.waiting.SHORTEST_GAP", 0.05)
    with Sandbox(engine=engine) as sandbox:
        yield sandbox


def processes(number: int) -> ProcessPoolExecutor:
    # Started anew: a forked one would have a copy of the sandbox's threads' state.
    return ProcessPoolExecutor(number, mp_context=multiprocessing.get_context("spawn"))


def run(executor: Any, store: Path, make_program: Any = rotated, **more: Any) -> dict[float, quantum_jobs.PointValue]:
    common = {"service": "ionq", "device": "simulator", "shots": 100, "store": store, "idempotency_key": "curve"}
    found = list(quantum_jobs.scan_on(executor, POINTS, make_program, **common, timeout=60, **more))
    assert sorted(each.point for each in found) == POINTS
    return {each.point: each for each in found}


def test_workers_submit_and_work_on_results_and_a_dead_one_is_made_up_for(sandbox: Sandbox, tmp_path: Path) -> None:
    store = tmp_path / "jobs.sqlite3"
    with processes(2) as executor:
        first = run(executor, store, rotated_or_death)
    assert any(each.error is not None for each in first.values()), "a worker died"
    with processes(2) as executor:
        again = run(executor, store, analyse=excited)
    failed = [each for each in again.values() if each.error is not None]
    assert [(each.point, str(each.error)) for each in failed] == [(1.3, "no program for this one")]
    assert os.getpid() not in {each.value[0] for each in again.values() if each.error is None}
    assert again[0.0].value[1] == 0.0
    assert again[3.1].value[1] > 0.99
    assert len(sandbox.journal.select(method="POST")) == 39
    results = Counter(entry.path for entry in sandbox.journal.select(method="GET") if "/artifacts/" in entry.path)
    assert set(results.values()) == {1}, "every result is fetched once"


def test_threads_are_workers_too_and_a_program_that_is_wrong_spoils_no_other(sandbox: Sandbox, tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as executor:
        found = run(executor, tmp_path / "jobs.sqlite3", lambda turn: "nonsense" if turn == 0.5 else rotated(turn))
    assert sorted(point for point, each in found.items() if each.error is not None) == [0.5, 1.3]
    assert isinstance(found[0.5].error, quantum_jobs.UsageError)
    assert found[3.1].value.counts["1"] > 90


def test_a_result_that_is_not_there_says_so(sandbox: Sandbox, tmp_path: Path) -> None:
    sandbox.faults.add("status", status=404, path="*/artifacts/*")
    with ThreadPoolExecutor(2) as executor:
        found = run(executor, tmp_path / "jobs.sqlite3")
    assert {type(each.error) for point, each in found.items() if point != 1.3} == {quantum_jobs.NotFoundError}


def test_a_store_that_workers_cannot_open_is_refused(tmp_path: Path) -> None:
    common: dict[str, Any] = {"service": "ionq", "device": "simulator", "idempotency_key": "a"}
    with (
        quantum_jobs.Store(tmp_path / "jobs.sqlite3") as store,
        ThreadPoolExecutor(1) as executor,
        pytest.raises(quantum_jobs.UsageError, match="which workers can open"),
    ):
        quantum_jobs.scan_on(executor, [1], rotated, store=store, **common)


def test_a_relative_path_of_a_store_is_that_of_the_folder_where_it_was_given(
    sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    common: dict[str, Any] = {"service": "ionq", "device": "simulator", "shots": 10, "store": "jobs.sqlite3"}
    for number in range(2):
        folder = tmp_path / str(number)
        folder.mkdir()
        monkeypatch.chdir(folder)
        with ThreadPoolExecutor(1) as executor:
            found = quantum_jobs.scan_on(executor, [0.1], rotated, idempotency_key="curve", timeout=60, **common)
            monkeypatch.chdir(tmp_path)
            assert [each.error for each in found] == [None]
        assert len(list(quantum_jobs.Store(folder / "jobs.sqlite3").jobs())) == 1
    assert not (tmp_path / "jobs.sqlite3").exists()


def take_permits(path: str, number: int) -> int:
    permits = Permits(Sqlite(path), "0123456789abcdef", RateLimit(30, 3600))
    return sum(permits.take() == 0 for _ in range(number))


def test_processes_share_one_rate_limit(tmp_path: Path) -> None:
    path = str(tmp_path / "jobs.sqlite3")
    with processes(3) as executor:
        taken = list(executor.map(take_permits, [path] * 3, [20] * 3))
    assert sum(taken) == 30
    assert take_permits(path, 1) == 0


def test_requests_take_their_permits_from_the_store_s_file(sandbox: Sandbox, tmp_path: Path) -> None:
    store = quantum_jobs.Store(tmp_path / "jobs.sqlite3", shared_rate_limits=True)
    with store, sandbox.connect("qbraid", store=store) as client:
        client.devices()
        requests = len(sandbox.journal.select())
    assert (tmp_path / "jobs.sqlite3-permits").stat().st_mode & 0o777 == 0o600
    with sqlite3.connect(tmp_path / "jobs.sqlite3-permits") as permits:
        ((table,),) = permits.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        assert permits.execute(f"SELECT count(*) FROM {table}").fetchone() == (requests,)
    permits.close()
