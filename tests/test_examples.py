"""The programs in examples/ run as they stand, on the sandbox."""

from __future__ import annotations

import runpy
import subprocess
import sys
from pathlib import Path

import pytest
import quantum_sandbox
from quantum_sandbox import Engine, Sandbox

EXAMPLES = Path(__file__).parent.parent / "examples"


@pytest.fixture(autouse=True)
def _quick(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """One simulator for all examples, and short pauses between looks at a job."""
    monkeypatch.setattr("quantum_jobs.core.waiting.SHORTEST_GAP", 0.05)
    monkeypatch.setattr(quantum_sandbox, "Sandbox", lambda **given: Sandbox(engine=engine, **given))


def run(name: str, capsys: pytest.CaptureFixture[str]) -> str:
    runpy.run_path(str(EXAMPLES / name), run_name="__main__")
    return capsys.readouterr().out


def test_one_circuit_has_the_same_keys_on_every_service(capsys: pytest.CaptureFixture[str]) -> None:
    lines = run("compare_services.py", capsys).splitlines()
    assert [line.split()[0] for line in lines] == ["ionq-v0.4", "ionq-v0.3", "qbraid-v2"]
    assert all("001: 0." in line and "111: 0." in line for line in lines)


def test_the_bindings_alone_run_a_job(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("raw_bindings.py", capsys).splitlines()[-1] == "{'0': 0.5, '3': 0.5}"


def test_a_user_s_own_tests_run_on_the_sandbox() -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(EXAMPLES / "own_tests")]
    told = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert "4 passed" in told.stdout, told.stdout + told.stderr


def test_a_scan_that_is_killed_and_run_again_makes_no_job_twice() -> None:
    told = subprocess.run(
        [sys.executable, str(EXAMPLES / "resume_after_kill.py")], capture_output=True, text=True, timeout=120
    )
    first, second = told.stdout.splitlines()
    assert first == "first run: ended with 9, 7 jobs made"
    assert second == "second run: 12 points, 12 jobs made in all"


def test_a_scan_of_200_points_becomes_a_frame(capsys: pytest.CaptureFixture[str]) -> None:
    told = run("scan_to_pandas.py", capsys)
    assert "largest at 3.142; 200 points took " in told
    requests = int(told.split("took ")[1].split()[0])
    assert requests < 450  # 200 submissions, 200 results, and what it takes to follow them
