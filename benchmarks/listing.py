"""Listing 100,000 jobs of an IonQ account that makes up its pages as they are asked for."""

from __future__ import annotations

import json
import multiprocessing
import subprocess
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

JOBS = 100_000
PAGE = 25


class Pages(BaseHTTPRequestHandler):
    """``GET /v0.4/jobs?next=<number>``."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        query = parse_qs(urlsplit(self.path).query)
        start = int(query.get("next", ["0"])[0])
        end = min(start + PAGE, JOBS)
        body: dict[str, object] = {"jobs": [job(number) for number in range(start, end)]}
        if end < JOBS:
            body["next"] = str(end)
        sent = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)

    def log_message(self, *values: object) -> None:
        """Say nothing."""


def job(number: int) -> dict[str, object]:
    return {
        "id": f"00000000-0000-4000-8000-{number:012d}",
        "status": "completed",
        "type": "ionq.circuit.v1",
        "backend": "simulator",
        "name": None,
        "dry_run": False,
        "submitter_id": "00000000-0000-4000-8000-000000000000",
        "project_id": None,
        "parent_job_id": None,
        "child_job_ids": None,
        "session_id": None,
        "metadata": {},
        "noise": None,
        "submitted_at": "2026-11-21T10:00:00.000Z",
        "started_at": "2026-11-21T10:00:01.000Z",
        "completed_at": "2026-11-21T10:00:02.000Z",
        "predicted_wait_time_ms": 0,
        "predicted_execution_duration_ms": 0,
        "execution_duration_ms": 1000,
        "shots": 100,
        "stats": {"qubits": 1, "circuits": 1, "gate_counts": {"1q": 1, "2q": 0}},
        "results": None,
        "settings": {},
        "failure": None,
        "output": {},
        "cost_model": None,
    }


def of(python: Path, name: str) -> dict[str, float] | str:
    """Seconds, and megabytes beyond those held before the first page."""
    ready: multiprocessing.Queue[int] = multiprocessing.Queue()
    server = multiprocessing.Process(target=_serve, args=(ready,), daemon=True)
    server.start()
    url = f"http://127.0.0.1:{ready.get()}/v0.4"
    here = Path(__file__).parent / "clients.py"
    run = subprocess.run(
        [str(python), "-W", "ignore", str(here), name, "list", url, "0"], capture_output=True, text=True, timeout=900
    )
    server.terminate()
    server.join()
    if run.returncode:
        return "failed: " + run.stderr.strip().splitlines()[-1][:120]
    found: dict[str, float] = json.loads(run.stdout.strip().splitlines()[-1])
    return found


def _serve(ready: multiprocessing.Queue[int]) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    ready.put(server.server_address[1])
    server.serve_forever()
