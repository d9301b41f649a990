"""The sandbox as a server: it comes up, goes down, repeats itself, and leaves nothing behind."""

from __future__ import annotations

import asyncio
import json
import logging
import math
import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import attrs
import httpx
import pytest
from quantum_sandbox import Engine, LatencyProfile, Limits, RateLimit, Sandbox, SteppedClock
from quantum_sandbox.engine import CircuitResult, Outcome, Program, Task
from quantum_sandbox.errors import SandboxError

KEY = {"Authorization": "apiKey k"}
VARIABLES = {
    *("IONQ_API_URL", "IONQ_V0_4_API_URL", "IONQ_V0_3_API_URL", "IONQ_API_KEY"),
    *("QBRAID_API_URL", "QBRAID_API_KEY"),
}
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
        import sys, quantum_sandbox
        print([m for m in ("qiskit", "qiskit_aer", "numpy", "uvicorn", "httpx") if m in sys.modules])
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
        with pytest.raises(SandboxError, match="unknown service"):
            sandbox.url("ibm")


def test_a_sandbox_answers_when_it_is_entered_and_no_longer_after(engine: Engine) -> None:
    for _ in range(3):
        with Sandbox(engine=engine) as sandbox:
            url = sandbox.url("ionq")
            assert httpx.get(url + "/backends").status_code == 200
        with pytest.raises(httpx.ConnectError):
            httpx.get(url + "/backends")
        with pytest.raises(SandboxError, match="not running"):
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
        with pytest.raises(SandboxError, match=str(port)), Sandbox(engine=engine, port=port):
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
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("quantum_sandbox")]
    assert "POST /v0.4/nothing: ionq-v0.4 has no such operation" in ours
    assert not any(word in line for word in ("very-secret", "private", "hidden") for line in ours)


def test_a_plain_script_without_a_main_guard_runs_once_and_leaves_no_process() -> None:
    done = python(
        """
        import subprocess, sys, time, httpx
        from quantum_sandbox import Sandbox
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
        # Libraries start programs of their own, to look for what is installed.
        print([process.poll() is not None for process in started if process.args[0] == sys.executable])
        """
    )
    assert done.stdout.splitlines() == ["once", "{'1': 3}", "[True]"], done.stderr
    assert done.stderr == ""


def test_the_simulator_ends_when_the_program_that_started_it_is_gone() -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    source = "from quantum_sandbox.engine.worker import main; main()"
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
    source = "import sys; from quantum_sandbox.cli import main; sys.exit(main(['--port', '0', '--slow', '2']))"
    for stop in (signal.SIGINT, signal.SIGTERM):
        program = subprocess.Popen([sys.executable, "-c", source], env=environment, stdout=subprocess.PIPE, text=True)
        assert program.stdout is not None
        with program.stdout as output:
            lines = [next(output).strip() for _ in range(11)]
            settings = dict(line.removeprefix("export ").split("=") for line in lines[-6:])
            assert set(settings) == VARIABLES
            headers = {"X-API-KEY": settings["QBRAID_API_KEY"]}
            assert httpx.get(settings["QBRAID_API_URL"] + "/jobs", headers=headers).status_code == 200
            assert settings["IONQ_API_URL"] == settings["IONQ_V0_4_API_URL"]
            for version in ("V0_4", "V0_3"):
                url = settings[f"IONQ_{version}_API_URL"]
                assert url.endswith(version.lower().replace("_", "."))
                assert httpx.get(url + "/backends").status_code == 200
            program.send_signal(stop)
            assert program.wait(timeout=20) == 0


@pytest.mark.parametrize(("settings", "is_repeated"), [([], False), (["--seed", "7"], True)])
def test_the_command_gives_the_same_ids_again_only_when_asked(settings: list[str], is_repeated: bool) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "quantum_sandbox", "--port", "0", *settings]
    ids = set()
    for _ in range(2):
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as program:
            assert program.stdout is not None
            lines = [next(program.stdout).strip() for _ in range(11)]
            (url,) = [line.partition("=")[2] for line in lines if line.startswith("export IONQ_API_URL=")]
            ids.add(httpx.post(url + "/jobs", headers=KEY, json=JOB).json()["id"])
            program.send_signal(signal.SIGINT)
    assert (len(ids) == 1) is is_repeated


def test_the_command_says_what_is_wrong_with_its_port(capsys: pytest.CaptureFixture[str]) -> None:
    from quantum_sandbox.cli import main

    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert main(["--port", str(taken.getsockname()[1])]) == 2
    assert "cannot be used" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ({"port": 99999}, "port 99999"),
        ({"port": -1}, "port -1"),
        ({"port": "80"}, "port '80'"),
        ({"result_shape": "zzz"}, "both, url, artifact"),
        ({"latency": {"qpu.forte-9": LatencyProfile()}}, "pace of 'qpu.forte-9'"),
        ({"latency": {"simulator": 3}}, "a LatencyProfile for each"),
        ({"rate_limits": {"ionqq": RateLimit(1, 1)}}, "rate_limits of 'ionqq'"),
        ({"rate_limits": {"ionq": 5}}, "a RateLimit for each"),
    ],
)
def test_a_setting_that_means_nothing_is_said_so(settings: dict[str, Any], complaint: str) -> None:
    with pytest.raises(SandboxError, match=complaint):
        Sandbox(**settings)


def test_settings_by_name_are_taken_for_the_names_there_are() -> None:
    Sandbox(
        latency={"simulator": LatencyProfile(), "qbraid:qbraid:sim:qir-sv": LatencyProfile()},
        rate_limits={"ionq": RateLimit(1, 1)},
    )


@pytest.mark.parametrize("seconds", [math.inf, math.nan, -1, 1e10, "1", True, None])
def test_a_pace_is_a_number_of_seconds(seconds: Any) -> None:
    for phase in ("submitted", "queued", "running", "cancelling", "validating"):
        with pytest.raises(ValueError, match=phase):
            LatencyProfile(**{phase: seconds})


@pytest.mark.parametrize("start", [math.nan, math.inf, -1e18, -1, 1e12])
def test_a_clock_starts_in_a_year_that_can_be_written(start: float) -> None:
    with pytest.raises(ValueError, match="1970"):
        SteppedClock(start)


def test_a_clock_is_moved_no_further_than_can_be_written(engine: Engine) -> None:
    clock = SteppedClock(199_999_999_000)
    with Sandbox(engine=engine, clock=clock) as sandbox:
        with pytest.raises(ValueError, match="8300"):
            clock.advance(1001)
        clock.advance(1000)
        run = httpx.post(sandbox.url("ionq") + "/jobs", headers=KEY, json=JOB)
        assert run.status_code == 201
        sandbox.faults.add("status", retry_after="date:1e9")
        assert "8339" in httpx.get(sandbox.url("ionq") + "/jobs", headers=KEY).headers["retry-after"]


def test_a_reset_sets_the_sandbox_s_own_clock_back_and_leaves_another_s(engine: Engine) -> None:
    year = 365 * 86400.0
    clock = SteppedClock()
    with Sandbox(engine=engine) as own, Sandbox(engine=engine, clock=clock) as other:
        for sandbox in (own, other):
            before = sandbox.clock.now()
            sandbox.clock.advance(year)
            sandbox.faults.add("drop")
            sandbox.reset()
            assert (sandbox.clock.now() < before + year) is (sandbox is own)
    own.clock.advance(year)
    with own:
        assert own.clock.now() < other.clock.now() + 10 * year


class Undecided:
    """In the place of the simulator: nothing ever comes to its end."""

    def __init__(self) -> None:
        self.futures: list[Future[Outcome]] = []

    def submit(self, task: Task) -> Future[Outcome]:
        self.futures.append(Future())
        return self.futures[-1]


@pytest.mark.parametrize("how", ["reset", "stop", "load"])
def test_nothing_goes_on_being_simulated_for_jobs_that_are_gone(how: str, tmp_path: Path) -> None:
    engine: Any = Undecided()
    with Sandbox(engine=engine, in_process=True) as sandbox:
        sandbox.save(tmp_path / "empty.db")
        with httpx.Client(transport=sandbox.transport(), headers=KEY, base_url=sandbox.url("ionq")) as http:
            assert [http.post("jobs", json=JOB).status_code for _ in range(3)] == [201] * 3
        assert not any(future.cancelled() for future in engine.futures)
        {"reset": sandbox.reset, "stop": sandbox.stop, "load": lambda: sandbox.load(tmp_path / "empty.db")}[how]()
        assert len(engine.futures) >= 3
        assert all(future.cancelled() for future in engine.futures)


@pytest.mark.parametrize("exact", [False, True])
def test_a_simulation_that_nobody_wants_any_more_keeps_nobody_waiting(
    exact: bool, bell: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quantum_sandbox.engine.process._GRACE_SECONDS", 0.0)
    layer = "rx(0.1) q; " + "".join(f"cx q[{i}], q[{i + 1}]; " for i in range(23))
    slow = Program("qasm3", 'OPENQASM 3; include "stdgates.inc"; qubit[24] q; ' + layer * 60)
    engine = Engine(Limits(seconds=300, work=1e18))
    try:
        engine.submit(Task(Program("qasm3", bell), shots=1, seed=0)).result(timeout=60)
        running = engine.submit(Task(slow, shots=1, seed=0, exact=exact))
        waiting = [engine.submit(Task(slow, shots=1, seed=1, exact=exact)) for _ in range(20)]
        last = engine.submit(Task(Program("qasm3", bell), shots=7, seed=0))
        while not running.running():
            time.sleep(0.001)
        for future in (running, *waiting):
            assert future.cancel()
        # Each of the others takes longer than that; the test has no end where one of them is not given up.
        outcome = last.result(timeout=60)
        assert isinstance(outcome, CircuitResult)
    finally:
        engine.close()


def test_an_exact_simulation_goes_on_as_long_as_one_wants_it(bell: str) -> None:
    engine = Engine()
    try:
        task = Task(Program("qasm3", bell), shots=1, seed=0, exact=True)
        one, other = engine.submit(task), engine.submit(task)
        assert one.cancel()
        assert isinstance(other.result(timeout=60), CircuitResult)
        assert isinstance(engine.submit(task).result(timeout=60), CircuitResult)
    finally:
        engine.close()


def test_the_demonstration_says_what_is_missing_before_it_says_anything_else(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import importlib.util

    from quantum_jobs.cli import main

    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "qiskit_aer" else found(name))
    assert main(["demo"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "the sandbox needs qiskit_aer" in told.err
    assert "pip install '.[sandbox]'" in told.err


def test_no_page_and_no_message_names_a_package_that_is_not_published() -> None:
    root = Path(__file__).parents[2]
    for page in [*root.glob("sandbox/**/*.py"), root / "docs/sandbox.md", root / "README.md"]:
        assert "quantum-jobs[" not in page.read_text(encoding="utf-8"), page
