"""The fixture `quantum_sandbox`, used as a stranger's project would use it."""

from __future__ import annotations

import asyncio
import gc
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from quantum_jobs import Client, connect
from quantum_sandbox import Sandbox

GUIDE = Path(__file__).parents[2] / "docs" / "sandbox.md"

PLUGIN = "quantum_sandbox.pytest_plugin"
USERS_TESTS = """
import httpx, os, quantum_jobs, time

X = {"gateset": "qis", "qubits": 2, "circuit": [{"gate": "x", "target": 0}]}

def test_code_that_reads_the_environment_uses_the_sandbox(quantum_sandbox):
    with quantum_jobs.connect("ionq") as ionq:
        job = ionq.submit(X, device="simulator", shots=10)
        assert job.result(timeout=30).counts == {"01": 10}
    assert [entry.status for entry in quantum_sandbox.journal.select(method="POST")] == [201]
    quantum_sandbox.faults.add("drop")

def test_the_next_test_finds_it_empty_and_well_behaved(quantum_sandbox):
    assert len(quantum_sandbox.journal) == 0
    answer = httpx.get(os.environ["QBRAID_API_URL"] + "/jobs", headers={"X-API-KEY": os.environ["QBRAID_API_KEY"]})
    assert answer.json()["data"] == []

def test_one_moves_the_clock_and_stops_the_sandbox(quantum_sandbox):
    quantum_sandbox.clock.advance(365 * 86400)
    quantum_sandbox.stop()

def test_the_next_one_finds_it_running_with_the_time_of_this_machine(quantum_sandbox):
    assert abs(quantum_sandbox.clock.now() - time.time()) < 86400
    assert httpx.get(os.environ["IONQ_API_URL"] + "/backends").status_code == 200
    quantum_sandbox.clock.advance(365 * 86400)

def test_the_third_one_too(quantum_sandbox):
    assert abs(quantum_sandbox.clock.now() - time.time()) < 86400

def test_the_environment_is_as_it_was():
    assert "IONQ_API_URL" not in os.environ
"""


def pytest_run(folder: Path, source: str, *options: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_theirs.py").write_text(source)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("IONQ_", "QBRAID_"))}
    environment |= {"PYTHONPATH": os.pathsep.join(sys.path), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", PLUGIN, "-p", "no:cacheprovider", *options]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120)


def test_a_user_s_tests_and_that_of_the_guide_run_on_the_fixture(tmp_path: Path) -> None:
    (of_the_guide,) = re.findall(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert len([line for line in of_the_guide.splitlines() if line.strip()]) <= 20
    (tmp_path / "test_guide.py").write_text(of_the_guide)
    done = pytest_run(tmp_path, USERS_TESTS)
    assert "7 passed" in done.stdout, done.stdout + done.stderr


def test_the_plugin_costs_nothing_where_it_is_not_used(tmp_path: Path) -> None:
    heavy = ("qiskit", "numpy", "uvicorn", "httpx", "asyncio")
    source = f"import sys\ndef test_it():\n    assert [m for m in {heavy!r} if m in sys.modules] == []\n"
    done = pytest_run(tmp_path, source)
    assert "1 passed" in done.stdout, done.stdout + done.stderr


def test_importing_the_plugin_loads_nothing_of_the_sandbox(tmp_path: Path) -> None:
    code = f"import sys, pytest; before = set(sys.modules); import {PLUGIN}; print(*sorted(set(sys.modules) - before))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert set(loaded.stdout.split()) <= {"quantum_sandbox", PLUGIN}


def test_the_package_declares_the_plugin() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())
    assert project["project"]["entry-points"]["pytest11"] == {"quantum_sandbox": PLUGIN}


# Clients leave nothing open behind them: what is found unclosed in a test of this run is an error.

X = {"gateset": "qis", "qubits": 2, "circuit": [{"gate": "x", "target": 0}]}
SIMULATOR = {"ionq-v0.4": "simulator", "qbraid-v2": "ionq:ionq:sim:simulator"}


def counts(client: Client) -> Any:
    return client.submit(X, device=SIMULATOR[client.service], shots=10).result(timeout=30).counts


@pytest.fixture
def nothing_is_left() -> Iterator[None]:
    yield
    gc.collect()


@pytest.mark.usefixtures("quantum_sandbox", "nothing_is_left")
def test_two_clients_of_one_service_and_one_of_another_are_closed() -> None:
    with connect("ionq") as one, connect("ionq") as two, connect("qbraid") as other:
        assert counts(one) == counts(two) == counts(other) == {"01": 10}
        one.close()
        one.close()
        assert counts(two) == {"01": 10}


@pytest.mark.usefixtures("nothing_is_left")
def test_clients_without_a_socket_are_closed_beside_one_that_has_one(quantum_sandbox: Sandbox) -> None:
    one, two = (quantum_sandbox.connect("ionq", in_process=True) for _ in range(2))
    with connect("ionq") as other:
        assert counts(one) == counts(two) == counts(other) == {"01": 10}
        one.close()
        assert {job.id for job in two.jobs()} == {job.id for job in other.jobs()}
    two.close()


@pytest.mark.usefixtures("nothing_is_left")
@pytest.mark.parametrize("in_process", [False, True])
def test_async_clients_are_closed(quantum_sandbox: Sandbox, in_process: bool) -> None:
    async def main() -> None:
        clients = [quantum_sandbox.connect_async(service, in_process=in_process) for service in SIMULATOR]
        for client in clients:
            job = await client.submit(X, device=SIMULATOR[client.service], shots=10)
            assert (await job.result(timeout=30)).counts == {"01": 10}
            await client.close()

    asyncio.run(main())


@pytest.mark.usefixtures("nothing_is_left")
def test_clients_that_nobody_closes_are_closed(quantum_sandbox: Sandbox) -> None:
    assert counts(connect("ionq")) == {"01": 10}
    assert counts(quantum_sandbox.connect("qbraid", in_process=True)) == {"01": 10}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.usefixtures("quantum_sandbox", "nothing_is_left")
def test_a_fork_has_the_same_jobs() -> None:
    with connect("ionq") as client:
        assert counts(client) == {"01": 10}
        child = os.fork()
        if not child:
            code = 1
            try:
                code = int(counts(client) != {"01": 10})
                client.close()
                gc.collect()
            finally:
                os._exit(code)
        assert os.waitpid(child, 0)[1] == 0
        assert len(list(client.jobs())) == 2
