"""``python -m benchmarks``: what importing, one status call, many jobs and the sandbox cost. Measured, never asserted.

Each figure is a median, and what it is compared with is measured beside it in the same run.
"""

from __future__ import annotations

import argparse
import asyncio
import collections
import contextlib
import json
import multiprocessing
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import quantum_jobs

from benchmarks import sandbox

RUNS = 21
MODELS = "import httpx, attrs, quantum_apis.{}.models as m; [getattr(m, name) for name in m.__all__]"
CALLS = 2000
JOBS = 10_000


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--jobs", type=int, default=JOBS, help="how many jobs to follow, and to give the sandbox (default: %(default)s)"
    )
    jobs = parser.parse_args().jobs
    importing()
    status_call()
    asyncio.run(status_call_async())
    many_jobs(jobs)
    sandbox.load(jobs, 10 * jobs)


def importing() -> None:
    """Fresh interpreters, in turn; the bare interpreter is taken off. All models of a package are beyond httpx."""
    statements: dict[str, list[float]] = {"import quantum_jobs": [], "import httpx, attrs": [], "pass": []}
    statements |= {MODELS.format(package): [] for package in ("ionq_v0_4", "ionq_v0_3", "qbraid_v2")}
    for _ in range(RUNS):
        for statement, seconds in statements.items():
            started = time.perf_counter()
            subprocess.run([sys.executable, "-c", statement], check=True)
            seconds.append(time.perf_counter() - started)
    bare = statistics.median(statements.pop("pass"))
    for statement, seconds in statements.items():
        print(f"{statement[:70]:<74}{(statistics.median(seconds) - bare) * 1000:6.1f} ms")


class Handler(BaseHTTPRequestHandler):
    """An IonQ v0.4 that has one job under every id, and gives a listing of what is asked for."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    over = False

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        ids = [part.removeprefix("ids=") for part in query.split("&") if part.startswith("ids=")]
        body: dict[str, object]
        body = {"jobs": [job(each) for each in ids], "next": None} if ids else job(path.rsplit("/", 1)[1])
        if path.endswith("/artifacts/h"):
            body = {"0": 0.5, "3": 0.5}
        sent = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)

    def log_message(self, *values: object) -> None:
        """Say nothing."""


def job(job_id: str) -> dict[str, object]:
    result = {"id": "h", "format": "ionq.result.probabilities.json.v1", "media_type": "application/json"}
    return {
        "id": job_id,
        "status": "completed" if Handler.over else "ready",
        "type": "ionq.circuit.v1",
        "backend": "qpu.forte-1",
        "metadata": {"experiment": "7"},
        "submitted_at": "2026-11-21T10:00:00.000Z",
        "shots": 100,
        "stats": {"qubits": 2, "circuits": 1, "gate_counts": {"1q": 1, "2q": 1}},
        "results": {"ionq.result.probabilities.json.v1": result} if Handler.over else None,
        "child_job_ids": None,
    }


@contextlib.contextmanager
def serving(over: bool) -> Iterator[str]:
    """The server in a process of its own: in ours it would take its share of the interpreter."""
    ready: multiprocessing.Queue[int] = multiprocessing.Queue()
    process = multiprocessing.Process(target=_serve, args=(ready, over), daemon=True)
    process.start()
    yield f"http://127.0.0.1:{ready.get()}/v0.4"
    process.terminate()
    process.join()


def _serve(ready: multiprocessing.Queue[int], over: bool) -> None:
    Handler.over = over
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    ready.put(server.server_address[1])
    server.serve_forever()


def status_call() -> None:
    """One status call against bare httpx and json.loads on the same bytes, call by call in turn."""
    with (
        serving(over=False) as url,
        httpx.Client() as bare,
        quantum_jobs.connect("ionq", base_url=url, api_key="benchmark-key") as client,
    ):
        held = client.job("a")
        calls: dict[str, Callable[[], object]] = {
            "bare httpx and json.loads": lambda: json.loads(bare.get(f"{url}/jobs/a").content),
            "job.refresh()": held.refresh,
        }
        seconds: dict[str, list[float]] = {name: [] for name in calls}
        for _ in range(CALLS):
            for name, call in calls.items():
                started = time.perf_counter()
                call()
                seconds[name].append(time.perf_counter() - started)
    _print_beside(seconds)


async def status_call_async() -> None:
    """The same under asyncio."""
    with serving(over=False) as url:
        async with (
            httpx.AsyncClient() as bare,
            quantum_jobs.connect_async("ionq", base_url=url, api_key="benchmark-key") as client,
        ):
            held = await client.job("a")

            async def plain() -> object:
                return json.loads((await bare.get(f"{url}/jobs/a")).content)

            calls: dict[str, Callable[[], Awaitable[object]]] = {
                "bare httpx, asyncio": plain,
                "await job.refresh()": held.refresh,
            }
            seconds: dict[str, list[float]] = {name: [] for name in calls}
            for _ in range(CALLS):
                for name, call in calls.items():
                    started = time.perf_counter()
                    await call()
                    seconds[name].append(time.perf_counter() - started)
    _print_beside(seconds)


def _print_beside(seconds: dict[str, list[float]]) -> None:
    medians = {name: statistics.median(each) for name, each in seconds.items()}
    for name, median in medians.items():
        print(f"{name:<32}{median * 1e6:8.0f} us")
    first, second = medians.values()
    print(f"{'ratio':<32}{second / first:8.2f}")


def many_jobs(count: int) -> None:
    """Follow many jobs that are over at the first look, their results included."""
    counted = Counted()
    with (
        serving(over=True) as url,
        quantum_jobs.connect("ionq", base_url=url, api_key="benchmark-key", transport=counted) as client,
    ):
        records = [
            quantum_jobs.JobRecord(id=f"job-{number}", service="ionq-v0.4", status=quantum_jobs.JobStatus.QUEUED)
            for number in range(count)
        ]
        jobs = [quantum_jobs.Job(client._connection, record) for record in records]
        before = resource.getrusage(resource.RUSAGE_SELF)
        started = time.perf_counter()
        done, _ = quantum_jobs.wait(jobs)
        wall = time.perf_counter() - started
        after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    statuses = counted.paths["/v0.4/jobs"]
    print(f"{len(done)} jobs followed: {statuses} status requests and {counted.total() - statuses} for results,")
    print(f"{wall:.1f} s, of it {cpu:.1f} s of CPU, {after.ru_maxrss / 1024:.0f} MB at the most")


class Counted(httpx.AsyncHTTPTransport):
    """Counts what is sent."""

    def __init__(self) -> None:
        super().__init__()
        self.paths: collections.Counter[str] = collections.Counter()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.paths[request.url.path] += 1
        return await super().handle_async_request(request)

    def total(self) -> int:
        return self.paths.total()


if __name__ == "__main__":
    main()
