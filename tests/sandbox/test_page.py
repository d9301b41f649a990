"""The page for people, in a real browser.

It needs Chromium, whose name is looked for in PATH or given as CHROMIUM; without one the tests of the browser are
skipped, and `make test-page` fails. The browser is told to make no request beyond this machine.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import httpx
import pytest
from quantum_sandbox import Sandbox, SteppedClock
from quantum_sandbox.control_api import SHOWN
from quantum_sandbox.engine import Outcome, SolverResult, Task

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
NASTY = "<img src=x onerror=document.title='hacked'>"
BELL = {
    "gateset": "qis",
    "qubits": 2,
    "circuit": [{"gate": "h", "target": 0}, {"gate": "cnot", "control": 0, "target": 1}],
}


NEEDS_BROWSER = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")


class Solver:
    """In the place of the simulator: whatever was submitted, it was solved."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = values

    def submit(self, task: Task) -> Future[Outcome]:
        future: Future[Outcome] = Future()
        future.set_result(SolverResult(3, self.values))
        return future


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


@pytest.fixture
def solved() -> Iterator[tuple[Sandbox, str]]:
    """A sandbox with one job that is done and has no histogram."""
    values = {"energies": [-2.5, 1.0], "note": NASTY, "shots": list(range(100_000))}
    clock = SteppedClock(1_750_000_000.0)
    with Sandbox(engine=Solver(values), clock=clock) as sandbox:  # type: ignore[arg-type]  # a stand-in
        body = {
            "deviceQrn": "qbraid:qbraid:sim:qir-sv",
            "shots": 10,
            "program": {"format": "qasm3", "data": "OPENQASM 3; qubit q;"},
        }
        answer = httpx.post(sandbox.url("qbraid") + "/jobs", json=body, headers={"X-API-KEY": "k"})
        clock.advance(10)
        yield sandbox, answer.json()["data"]["jobQrn"]


def test_what_is_no_circuit_has_its_values_as_short_text(solved: tuple[Sandbox, str]) -> None:
    sandbox, job_id = solved
    job = httpx.get(f"{root_of(sandbox)}/sandbox/jobs/{job_id}").json()
    assert (job["status"], job["histograms"], job["outcomes"]) == ("COMPLETED", [], [])
    energies, note, shots = job["values"][0].split("\n")
    assert energies == "energies: [-2.5, 1.0]"
    assert NASTY in note
    assert shots.startswith("shots: [0, 1, 2, 3")
    assert shots.endswith(" ...")
    assert len(shots) < 1000


def test_a_job_of_several_circuits_counts_once_and_shows_each(sandbox: Sandbox, ionq: Any) -> None:
    circuits = [{"circuit": [{"gate": "x", "target": 0}]}, {"circuit": [{"gate": "x", "target": 1}]}]
    body = {
        "type": "ionq.multi-circuit.v1",
        "backend": "simulator",
        "input": {"gateset": "qis", "qubits": 2, "circuits": circuits},
    }
    job_id = ionq.post("/jobs", body)["id"]
    ionq.finish(job_id)
    listed = httpx.get(root_of(sandbox) + "/sandbox/jobs").json()
    assert (listed["total"], [job["circuits"] for job in listed["jobs"]]) == (1, [2])
    job = httpx.get(f"{root_of(sandbox)}/sandbox/jobs/{job_id}").json()
    assert job["histograms"] == [[["01", 1.0]], [["10", 1.0]]]
    assert [program.splitlines()[-1] for program in job["programs"]] == [
        '{"gate": "x", "target": 0}',
        '{"gate": "x", "target": 1}',
    ]


def test_of_many_outcomes_the_likeliest_are_shown_and_all_counted(sandbox: Sandbox, ionq: Any) -> None:
    gates = [{"gate": "h", "target": qubit} for qubit in range(7)] + [{"gate": "ry", "target": 7, "rotation": 0.2}]
    program = {"gateset": "qis", "qubits": 8, "circuit": gates}
    job_id = ionq.post("/jobs", {"type": "ionq.circuit.v1", "backend": "simulator", "input": program})["id"]
    ionq.finish(job_id)
    job = httpx.get(f"{root_of(sandbox)}/sandbox/jobs/{job_id}").json()
    assert job["outcomes"] == [256]
    assert len(job["histograms"][0]) == 64
    # Qubit 7 is hardly turned: what has a 1 there is a hundred times less likely, and is left out.
    assert {outcome[0] for outcome, _ in job["histograms"][0]} == {"0"}


@NEEDS_BROWSER
def test_a_browser_shows_values_where_there_is_no_histogram(solved: tuple[Sandbox, str], tmp_path: Path) -> None:
    sandbox, job_id = solved
    text = shown_by_browser(f"{root_of(sandbox)}/#{job_id}", tmp_path)
    assert "<pre>energies: [-2.5, 1.0]\nnote: " in text
    assert "<title>Quantum sandbox</title>" in text
    assert "<i style" not in text


@NEEDS_BROWSER
def test_a_browser_says_where_to_point_a_program_as_long_as_there_is_no_job(sandbox: Sandbox, tmp_path: Path) -> None:
    text = shown_by_browser(root_of(sandbox), tmp_path)
    assert '<section id="empty">' in text
    for service in ("ionq-v0.4", "ionq-v0.3", "qbraid-v2"):
        assert re.search(rf"{service} +{sandbox.url(service)}\b", text)
    assert ">0 jobs, " in text


@NEEDS_BROWSER
def test_a_browser_says_how_many_jobs_it_leaves_out(sandbox: Sandbox, ionq: Any, tmp_path: Path) -> None:
    body = {"type": "ionq.circuit.v1", "backend": "simulator", "dry_run": True, "input": BELL}
    ids = [ionq.post("/jobs", body)["id"] for _ in range(SHOWN + 1)]
    text = shown_by_browser(root_of(sandbox), tmp_path)
    assert f">the newest {SHOWN} of {SHOWN + 1} jobs, " in text
    assert text.count("data-job=") == SHOWN
    assert ids[-1] in text
    assert ids[0] not in text
    assert '<section id="empty" hidden="">' in text


@NEEDS_BROWSER
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
