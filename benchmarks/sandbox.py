"""What the sandbox answers: 10,000 jobs, then 100,000 questions for their statuses, over HTTP from other processes."""

from __future__ import annotations

import http.client
import json
import multiprocessing
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from multiprocessing.pool import Pool
from pathlib import Path

#: The id of a job, and the seconds that the answer took.
Answer = tuple[str, float]
Work = Callable[[int, int, Sequence[str]], list[Answer]]

CLIENTS = 4
BODY = {
    "type": "ionq.circuit.v1",
    "backend": "qpu.forte-1",
    "shots": 100,
    "input": {"gateset": "qis", "qubits": 3, "circuit": [{"gate": "h", "target": 0}, {"gate": "x", "target": 1}]},
}
HEADERS = {"Authorization": "apiKey benchmark-key", "Content-Type": "application/json"}


def load(jobs: int, questions: int) -> None:
    """Submit jobs, ask for them, and print requests per second, the slowest answers, and memory."""
    command = [sys.executable, "-m", "quantum_sandbox", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            port = _port(server)
            with multiprocessing.Pool(CLIENTS) as pool:
                submitted = _run(pool, f"{jobs} submissions", _submit, port, jobs)
                ids = [job_id for job_id, _ in submitted]
                each = max(1, questions // CLIENTS)
                _run(pool, f"{each * CLIENTS} status requests", _ask, port, each * CLIENTS, ids)
            own, others = _megabytes(server.pid), _of_children(server.pid)
            print(f"{own:.0f} MB for the server at the most, {others:.0f} MB for the simulator's process")
        finally:
            server.terminate()


def _port(server: subprocess.Popen[str]) -> int:
    assert server.stdout is not None
    for line in server.stdout:
        found = re.search(r"http://127\.0\.0\.1:(\d+)", line)
        if found:
            return int(found.group(1))
    raise SystemExit("the sandbox did not start")


def _run(pool: Pool, what: str, work: Work, port: int, count: int, ids: Sequence[str] = ()) -> list[Answer]:
    share = -(-count // CLIENTS)
    started = time.perf_counter()
    found = pool.starmap(work, [(port, share, ids[number::CLIENTS]) for number in range(CLIENTS)])
    wall = time.perf_counter() - started
    answers = [answer for answers in found for answer in answers]
    seconds = sorted(taken for _, taken in answers)
    slow = seconds[int(len(seconds) * 0.99)]
    print(
        f"{what}: {len(answers) / wall:.0f}/s, median {statistics.median(seconds) * 1e3:.1f} ms, "
        f"99 % within {slow * 1e3:.1f} ms, slowest {seconds[-1] * 1e3:.0f} ms"
    )
    return answers


def _submit(port: int, count: int, ids: Sequence[str]) -> list[Answer]:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    body = json.dumps(BODY)
    return [_timed(connection, "POST", "/v0.4/jobs", body) for _ in range(count)]


def _ask(port: int, count: int, ids: Sequence[str]) -> list[Answer]:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    return [_timed(connection, "GET", f"/v0.4/jobs/{ids[number % len(ids)]}") for number in range(count)]


def _timed(connection: http.client.HTTPConnection, method: str, path: str, body: str | None = None) -> Answer:
    started = time.perf_counter()
    connection.request(method, path, body, HEADERS)
    answer = connection.getresponse()
    content = answer.read()
    taken = time.perf_counter() - started
    if answer.status not in (200, 201):
        raise SystemExit(f"{method} {path}: {answer.status} {content[:200]!r}")
    return json.loads(content)["id"], taken


def _megabytes(pid: int) -> float:
    """The most that a process has held so far; Linux tells."""
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found.group(1)) / 1024 if found else 0.0


def _of_children(pid: int) -> float:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    threads = Path(f"/proc/{pid}/task").iterdir()
    children += [child for thread in threads for child in (thread / "children").read_text().split()]
    return sum(_megabytes(int(child)) for child in set(children))
