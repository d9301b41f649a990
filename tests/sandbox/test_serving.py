"""The sandbox as a server: it comes up, goes down, repeats itself, and leaves nothing behind."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import socket
import subprocess
import sys
import textwrap
import time

import attrs
import httpx
import pytest
from quantum_jobs.errors import UsageError
from quantum_jobs.sandbox import Engine, Limits, Sandbox

KEY = {"Authorization": "apiKey k"}
JOB = {
    "type": "ionq.circuit.v1",
    "backend": "qpu.forte-1",
    "shots": 1000,
    "input": {"gateset": "qis", "qubits": 1, "circuit": [{"gate": "h", "target": 0}]},
}


def python(source: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(source)], capture_output=True, text=True, env=environment, timeout=60
    )


def run_job(sandbox: Sandbox) -> tuple[str, dict[str, int]]:
    """The id and the counts of a job, in real time."""
    with httpx.Client(headers=KEY, base_url=sandbox.url("ionq")) as http:
        job_id = http.post("jobs", json=JOB).json()["id"]
        while (response := http.get(f"jobs/{job_id}/results/histogram")).status_code == 404:
            time.sleep(0.01)
        counts: dict[str, int] = response.json()
        return job_id, counts


def test_importing_the_sandbox_loads_no_server_and_no_simulator() -> None:
    done = python(
        """
        import sys, quantum_jobs.sandbox
        print([m for m in ("qiskit", "qiskit_aer", "numpy", "starlette", "uvicorn", "httpx") if m in sys.modules])
        """
    )
    assert done.stdout.strip() == "[]", done.stderr


def test_urls_are_the_vendors_own_paths_on_loopback(engine: Engine) -> None:
    with Sandbox(engine=engine) as sandbox:
        root = sandbox.url("ionq").removesuffix("/v0.4")
        assert root.startswith("http://127.0.0.1:")
        assert sandbox.url("ionq-v0.4") == f"{root}/v0.4"
        assert sandbox.url("ionq-v0.3") == f"{root}/v0.3"
        assert sandbox.url("qbraid") == sandbox.url("qbraid-v2") == f"{root}/api/v1"
        with pytest.raises(UsageError, match="unknown service"):
            sandbox.url("ibm")


def test_a_sandbox_answers_when_it_is_entered_and_no_longer_after(engine: Engine) -> None:
    for _ in range(3):
        with Sandbox(engine=engine) as sandbox:
            url = sandbox.url("ionq")
            assert httpx.get(url + "/backends").status_code == 200
        with pytest.raises(httpx.ConnectError):
            httpx.get(url + "/backends")
        with pytest.raises(UsageError, match="not running"):
            sandbox.url("ionq")


def test_a_sandbox_can_be_used_again_and_is_then_empty(engine: Engine) -> None:
    sandbox = Sandbox(engine=engine)
    for _ in range(2):
        with sandbox:
            assert httpx.get(sandbox.url("ionq") + "/jobs", headers=KEY).json()["jobs"] == []
            run_job(sandbox)


def test_a_sandbox_works_in_asynchronous_code(engine: Engine) -> None:
    async def main() -> int:
        async with Sandbox(engine=engine) as sandbox, httpx.AsyncClient() as http:
            return (await http.get(sandbox.url("qbraid") + "/users/verify", headers={"X-API-KEY": "k"})).status_code

    assert asyncio.run(main()) == 200


def test_sandboxes_run_side_by_side_and_share_nothing_but_the_simulator(engine: Engine) -> None:
    with Sandbox(engine=engine) as one, Sandbox(engine=engine) as other:
        run_job(one)
        assert httpx.get(other.url("ionq") + "/jobs", headers=KEY).json()["jobs"] == []


def test_the_same_seed_repeats_ids_and_counts(engine: Engine) -> None:
    runs = []
    for seed in (1, 1, 2):
        with Sandbox(engine=engine, seed=seed) as sandbox:
            runs.append([run_job(sandbox) for _ in range(2)])
    assert runs[0] == runs[1]
    assert runs[0] != runs[2]
    assert runs[0][0][1] != runs[0][1][1], "the same circuit again is another run"


def test_a_port_that_is_taken_is_said_so(engine: Engine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=str(port)), Sandbox(engine=engine, port=port):
            pass


def test_no_answer_waits_for_a_delayed_acknowledgement(engine: Engine) -> None:
    with Sandbox(engine=engine) as sandbox, httpx.Client(headers=KEY) as http:
        url = sandbox.url("ionq") + "/jobs"
        http.get(url)
        began = time.monotonic()
        for _ in range(50):
            http.get(url)
        assert time.monotonic() - began < 1, "the trap costs 50 x 40 ms"


def test_a_request_that_is_not_known_is_logged_without_its_secrets(
    engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), Sandbox(engine=engine) as sandbox:
        headers = {"Authorization": "apiKey very-secret"}
        assert httpx.post(sandbox.url("ionq") + "/nothing?a=private", headers=headers, content=b"hidden").is_error
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("quantum_jobs")]
    assert "POST /v0.4/nothing: ionq-v0.4 has no such operation" in ours
    assert not any(word in line for word in ("very-secret", "private", "hidden") for line in ours)


def test_a_plain_script_without_a_main_guard_runs_once_and_leaves_no_process() -> None:
    done = python(
        """
        import subprocess, time, httpx
        from quantum_jobs.sandbox import Sandbox
        started, popen = [], subprocess.Popen
        subprocess.Popen = lambda *args, **options: started.append(popen(*args, **options)) or started[-1]
        print("once")
        with Sandbox() as sandbox:
            http = httpx.Client(headers={"X-API-KEY": "k"}, base_url=sandbox.url("qbraid"))
            program = {"format": "qasm3", "data": "OPENQASM 3; qubit[1] q; U(pi, 0, pi) q[0];"}
            body = {"deviceQrn": "qbraid:qbraid:sim:qir-sv", "shots": 3, "program": program}
            qrn = http.post("jobs", json=body).json()["data"]["jobQrn"]
            while (answer := http.get(f"jobs/{qrn}/result")).status_code == 409:
                time.sleep(0.01)
            print(answer.json()["data"]["resultData"]["measurementCounts"])
        print([process.poll() is not None for process in started])
        """
    )
    assert done.stdout.splitlines() == ["once", "{'1': 3}", "[True]"], done.stderr
    assert done.stderr == ""


def test_the_simulator_ends_when_the_program_that_started_it_is_gone() -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    source = "from quantum_jobs.sandbox.engine.worker import main; main()"
    worker = subprocess.Popen(
        [sys.executable, "-c", source], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert worker.stdin is not None
    assert worker.stdout is not None
    with worker.stdout as answers:
        worker.stdin.write(json.dumps(attrs.asdict(Limits())) + "\n")
        worker.stdin.flush()
        assert json.loads(answers.readline()) == {"ready": True}
        worker.stdin.close()
        assert worker.wait(timeout=10) == 0


def test_the_command_prints_where_it_is_and_stops_when_told() -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    source = "import sys; from quantum_jobs.sandbox.command import main; sys.exit(main(['--port', '0', '--slow', '2']))"
    for stop in (signal.SIGINT, signal.SIGTERM):
        program = subprocess.Popen([sys.executable, "-c", source], env=environment, stdout=subprocess.PIPE, text=True)
        assert program.stdout is not None
        with program.stdout as output:
            lines = [next(output).strip() for _ in range(9)]
            settings = dict(line.removeprefix("export ").split("=") for line in lines[-4:])
            assert set(settings) == {"IONQ_API_URL", "IONQ_API_KEY", "QBRAID_API_URL", "QBRAID_API_KEY"}
            headers = {"X-API-KEY": settings["QBRAID_API_KEY"]}
            assert httpx.get(settings["QBRAID_API_URL"] + "/jobs", headers=headers).status_code == 200
            assert httpx.get(settings["IONQ_API_URL"] + "/backends").status_code == 200
            program.send_signal(stop)
            assert program.wait(timeout=20) == 0


def test_the_command_says_what_is_wrong_with_its_port(capsys: pytest.CaptureFixture[str]) -> None:
    from quantum_jobs.sandbox.command import main

    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert main(["--port", str(taken.getsockname()[1])]) == 2
    assert "cannot be used" in capsys.readouterr().err
