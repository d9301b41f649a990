"""The fixture `quantum_sandbox`, used as a stranger's project would use it."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

PLUGIN = "quantum_jobs.sandbox.pytest_plugin"
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


def test_a_user_s_tests_run_on_the_fixture(tmp_path: Path) -> None:
    done = pytest_run(tmp_path, USERS_TESTS)
    assert "6 passed" in done.stdout, done.stdout + done.stderr


def test_the_plugin_costs_nothing_where_it_is_not_used(tmp_path: Path) -> None:
    heavy = ("qiskit", "numpy", "starlette", "uvicorn", "httpx", "asyncio")
    source = f"import sys\ndef test_it():\n    assert [m for m in {heavy!r} if m in sys.modules] == []\n"
    done = pytest_run(tmp_path, source)
    assert "1 passed" in done.stdout, done.stdout + done.stderr


def test_importing_the_plugin_loads_nothing_of_the_sandbox(tmp_path: Path) -> None:
    code = f"import sys, pytest; before = set(sys.modules); import {PLUGIN}; print(*sorted(set(sys.modules) - before))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert set(loaded.stdout.split()) <= {"quantum_jobs", "quantum_jobs.sandbox", PLUGIN}


def test_the_package_declares_the_plugin() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())
    assert project["project"]["entry-points"]["pytest11"] == {"quantum_jobs": PLUGIN}
