"""The page for people, in a real browser.

It needs Chromium, whose name is looked for in PATH or given as CHROMIUM; without one the tests of the browser are
skipped, and `make test-page` fails. The browser is told to make no request beyond this machine.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import httpx
import pytest
from quantum_jobs.sandbox import Sandbox

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
NASTY = "<img src=x onerror=document.title='hacked'>"
BELL = {
    "gateset": "qis",
    "qubits": 2,
    "circuit": [{"gate": "h", "target": 0}, {"gate": "cnot", "control": 0, "target": 1}],
}


def root_of(sandbox: Sandbox) -> str:
    return sandbox.url("ionq").removesuffix("/v0.4")


@pytest.fixture
def jobs(ionq: Any, qbraid: Any) -> list[str]:
    """A job that is done, one that failed, and one under way with a name that is no text for a page."""
    done = ionq.post("/jobs", {"type": "ionq.circuit.v1", "backend": "simulator", "name": "bell", "input": BELL})["id"]
    ionq.finish(done)
    device = {"deviceQrn": "qbraid:qbraid:sim:qir-sv", "shots": 10}
    failed = qbraid.post("/jobs", {**device, "program": {"format": "qasm3", "data": "nonsense"}})["data"]["jobQrn"]
    qbraid.finish(failed)
    program = {"format": "qasm3", "data": "OPENQASM 3; qubit q;"}
    waiting = qbraid.post("/jobs", {**device, "name": NASTY, "program": program})["data"]["jobQrn"]
    return [done, failed, waiting]


def test_the_page_asks_for_nothing_from_elsewhere(sandbox: Sandbox) -> None:
    answer = httpx.get(root_of(sandbox), headers={"Accept": "text/html,*/*"})
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert re.findall(r"(?:https?:)?//[a-z]", answer.text.replace("// Text", "")) == []


def test_the_page_s_data_has_status_circuit_and_histogram(sandbox: Sandbox, jobs: list[str]) -> None:
    listed = httpx.get(root_of(sandbox) + "/sandbox/jobs").json()
    assert {job["id"]: job["status"] for job in listed["jobs"]} == dict(
        zip(jobs, ("completed", "FAILED", "INITIALIZING"), strict=True)
    )
    done = httpx.get(f"{root_of(sandbox)}/sandbox/jobs/{jobs[0]}").json()
    assert done["histograms"] == [[["00", 0.5], ["11", 0.5]]]
    assert '{"gate": "h", "target": 0}' in done["programs"][0]
    held = httpx.post(f"{root_of(sandbox)}/sandbox/jobs/{jobs[2]}/hold").json()
    assert held["status"] == "HOLD"
    assert httpx.post(f"{root_of(sandbox)}/sandbox/jobs/{jobs[0]}/hold").status_code == 409
    assert httpx.get(f"{root_of(sandbox)}/sandbox/jobs/none").status_code == 404


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
def test_a_browser_shows_jobs_circuits_and_histograms(sandbox: Sandbox, jobs: list[str], tmp_path: Path) -> None:
    page = httpx.get(root_of(sandbox), headers={"Accept": "text/html"}).text
    assert page.count("follow();\n") == 1
    text = shown_by_browser(root_of(sandbox) + "/#" + jobs[0], tmp_path)
    assert "<title>Quantum sandbox</title>" in text
    for word in ("completed", "FAILED", "INITIALIZING", "bell", *jobs):
        assert word in text
    # What was submitted is text and nothing else.
    assert "&lt;img src=x" in text
    # The job that the address names is open: its circuit and its histogram.
    assert '{"gate": "cnot", "control": 0, "target": 1}' in text
    assert re.search(r"<code>00</code><i [^>]*></i><span>50\.0 %</span>", text)
    assert "<code>11</code>" in text


def shown_by_browser(url: str, folder: Path) -> str:
    """The page as a browser has it once its script has run."""
    assert CHROMIUM is not None
    command = [
        CHROMIUM,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--no-first-run",
        f"--user-data-dir={folder}",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        "--virtual-time-budget=3000",
        "--dump-dom",
        url,
    ]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout
