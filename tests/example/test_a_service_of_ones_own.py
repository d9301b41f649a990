"""A third-party package adds a service by an entry point, and every verb works on it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import quantum_jobs

PROGRAM = 'OPENQASM 3.0; include "stdgates.inc"; qubit q; bit c; x q; c = measure q;'


@pytest.fixture(autouse=True)
def _installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What installing the package would leave behind."""
    metadata = tmp_path / "quantum_jobs_example-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: quantum-jobs-example\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text("[quantum_jobs.services]\nexample-v1 = tests.example.service:SERVICE\n")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])


class Vendor(httpx.BaseTransport):
    """The imaginary vendor. ``lose`` loses the answers to so many submissions."""

    def __init__(self, lose: int = 0) -> None:
        self.runs: dict[str, dict[str, object]] = {}
        self.lose = lose

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        assert request.headers["authorization"] == "Bearer example-key"
        path = request.url.path
        if request.method == "POST" and path == "/runs":
            run = f"run-{len(self.runs)}"
            self.runs[run] = {"run": run, "state": "new", "label": json.loads(request.content)["label"]}
            if self.lose:
                self.lose -= 1
                raise httpx.ReadError("connection reset")
            return httpx.Response(200, json={"run": run})
        if path == "/runs":
            for each in self.runs.values():
                each.update({"state": "done", "counts": {"0": 1, "1": 99}} if each["state"] == "new" else {})
            return httpx.Response(200, json={"runs": list(self.runs.values())})
        run = path.split("/")[2]
        if run not in self.runs:
            return httpx.Response(404, json={"problem": "no such run"})
        if path.endswith("/stop"):
            self.runs[run]["state"] = "stopped"
        elif self.runs[run]["state"] == "new":
            self.runs[run] |= {"state": "done", "counts": {"0": 1, "1": 99}}
        return httpx.Response(200, json=self.runs[run])


@pytest.fixture
def vendor() -> Vendor:
    return Vendor()


@pytest.fixture
def client(vendor: Vendor) -> Iterator[quantum_jobs.Client]:
    with quantum_jobs.connect("example", api_key="example-key", transport=vendor) as client:
        yield client


def test_it_is_connected_to_by_its_name_and_its_short_name(vendor: Vendor) -> None:
    for name in ("example", "example-v1"):
        client = quantum_jobs.connect(name, api_key="example-key", transport=vendor)
        assert client.service == "example-v1"
        client.close()


def test_its_jobs_are_submitted_followed_and_read_like_any_other(client: quantum_jobs.Client) -> None:
    job = client.submit(PROGRAM, device="machine", shots=100)
    assert job.ref == "example-v1:run-0"
    assert job.result(timeout=5).counts == {"0": 1, "1": 99}
    assert [each.id for each in client.jobs()] == ["run-0"]


def test_the_once_only_rule_holds_for_it_too(vendor: Vendor, client: quantum_jobs.Client) -> None:
    vendor.lose = 1
    job = client.submit(PROGRAM, device="machine", shots=100)
    assert list(vendor.runs) == [job.id]


def test_many_of_its_jobs_are_followed_though_it_has_neither_bulk_requests_nor_listings_by_state(
    client: quantum_jobs.Client,
) -> None:
    jobs = [client.submit(PROGRAM, device="machine", shots=100) for _ in range(5)]
    done, not_done = quantum_jobs.wait(jobs, timeout=10)
    assert (done, not_done) == (jobs, [])


def test_what_it_lacks_is_said_so(client: quantum_jobs.Client) -> None:
    job = client.submit(PROGRAM, device="machine")
    for call in (client.devices, job.program, job.compiled_program, job.delete, lambda: client.api):
        with pytest.raises(quantum_jobs.UnsupportedError, match="example-v1"):
            call()
    assert job.cost() is None
    assert job.children() == []


def test_it_can_be_cancelled(client: quantum_jobs.Client, vendor: Vendor) -> None:
    job = client.submit(PROGRAM, device="machine")
    vendor.runs[job.id]["state"] = "busy"
    job.cancel()
    assert job.status == "CANCELLED"
    with pytest.raises(quantum_jobs.JobCancelledError):
        job.result()


def test_an_unknown_service_is_told_with_those_that_are_installed() -> None:
    with pytest.raises(quantum_jobs.UsageError, match="example-v1"):
        quantum_jobs.connect("exmaple")


def test_a_service_that_cannot_be_loaded_spoils_no_other(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    broken = tmp_path / "aaa_broken-1.0.dist-info"
    broken.mkdir()
    (broken / "METADATA").write_text("Metadata-Version: 2.1\nName: aaa-broken\nVersion: 1.0\n")
    (broken / "entry_points.txt").write_text("[quantum_jobs.services]\nbroken-v1 = no_such_module:SERVICE\n")
    with quantum_jobs.connect("example-v1", api_key="example-key", transport=Vendor()) as client:
        assert client.service == "example-v1"
    with pytest.raises(quantum_jobs.UsageError, match="no_such_module"):
        quantum_jobs.connect("broken-v1", api_key="a-key")
    with pytest.raises(quantum_jobs.UsageError, match="known are"):
        quantum_jobs.connect("example-v2", api_key="a-key")
    assert "broken-v1" in caplog.text
