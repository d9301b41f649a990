"""Each client of a quantum cloud behind the same steps: submit, ask for a status, follow, list. Run by
``side_by_side`` in the environment of ``make bench``, one client and one task a process.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

CIRCUIT = {"gateset": "qis", "qubits": 1, "circuit": [{"gate": "x", "target": 0}]}
KEY = "benchmark-key"
#: Status calls whose median is told.
CALLS = 200


class QuantumJobs:
    """This library, on IonQ v0.4."""

    service = "ionq"

    def __init__(self, url: str) -> None:
        import quantum_jobs

        self.module = quantum_jobs
        self.client = quantum_jobs.connect(self.service, api_key=KEY, base_url=url)

    def submit(self, count: int) -> list[Any]:
        scan = self.client.submit_many([CIRCUIT] * count, device=self.device, shots=10)
        return list(scan.jobs)

    device = "simulator"

    def status(self, job: Any) -> None:
        job.refresh()

    def follow(self, jobs: Sequence[Any]) -> None:
        self.module.wait(jobs, timeout=300)
        for job in jobs:
            job.result(timeout=0)

    def list(self) -> int:
        return sum(1 for _ in self.client.jobs())


class QuantumJobsOnQbraid(QuantumJobs):
    """This library, on qBraid."""

    service = "qbraid"
    device = "ionq:ionq:sim:simulator"


class IonqCore:
    """ionq-core: the coroutines that it has for waiting, gathered."""

    service = "ionq"

    def __init__(self, url: str) -> None:
        from ionq_core import IonQClient

        self.client = IonQClient(api_key=KEY, base_url=url)

    def submit(self, count: int) -> list[Any]:
        from ionq_core.api.default import create_job
        from ionq_core.models import CircuitJobCreationPayload

        body = CircuitJobCreationPayload.from_dict(
            {"type": "ionq.circuit.v1", "backend": "simulator", "shots": 10, "input": CIRCUIT}
        )
        return [create_job.sync(client=self.client, body=body).id for _ in range(count)]

    def status(self, job: Any) -> None:
        from ionq_core.api.default import get_job

        get_job.sync(uuid=job, client=self.client)

    def follow(self, jobs: Sequence[Any]) -> None:
        from ionq_core.api.default import get_job_probabilities
        from ionq_core.polling import async_wait_for_job

        async def one(job: Any) -> None:
            await async_wait_for_job(self.client, job)
            await get_job_probabilities.asyncio(job, client=self.client)

        async def everything() -> None:
            await asyncio.gather(*map(one, jobs))

        asyncio.run(everything())


class QiskitIonq:
    """qiskit-ionq: a thread for each job, as its waiting blocks."""

    service = "ionq"

    def __init__(self, url: str) -> None:
        os.environ["IONQ_API_URL"] = url
        from qiskit import QuantumCircuit
        from qiskit_ionq import IonQProvider

        self.circuit = QuantumCircuit(1, 1)
        self.circuit.x(0)
        self.circuit.measure(0, 0)
        self.backend = IonQProvider(token=KEY, url=url).get_backend("simulator")

    def submit(self, count: int) -> list[Any]:
        return [self.backend.run(self.circuit, shots=10) for _ in range(count)]

    def status(self, job: Any) -> None:
        job.status()

    def follow(self, jobs: Sequence[Any]) -> None:
        def one(job: Any) -> None:
            job.wait_for_final_state(timeout=300)
            job.get_counts()

        _side_by_side(one, jobs)


class CirqIonq:
    """cirq-ionq: a thread for each job, as its waiting blocks."""

    service = "ionq"

    def __init__(self, url: str) -> None:
        import cirq
        import cirq_ionq

        qubit = cirq.LineQubit(0)
        self.circuit = cirq.Circuit(cirq.X(qubit), cirq.measure(qubit, key="m"))
        root = url.removesuffix("/v0.4")
        self.client = cirq_ionq.Service(api_key=KEY, remote_host=root, default_target="simulator")

    def submit(self, count: int) -> list[Any]:
        return [self.client.create_job(circuit=self.circuit, repetitions=10) for _ in range(count)]

    def status(self, job: Any) -> None:
        job.status()

    def follow(self, jobs: Sequence[Any]) -> None:
        _side_by_side(lambda job: job.results(), jobs)


class Qbraid:
    """qbraid: the coroutines that it has for results, gathered."""

    service = "qbraid"

    def __init__(self, url: str) -> None:
        from qbraid.runtime import QbraidJob, QbraidProvider
        from qbraid_core.services.runtime import QuantumRuntimeClient
        from qbraid_core.sessions import QbraidSessionV1

        self.client = QuantumRuntimeClient(session=QbraidSessionV1(api_key=KEY, base_url=url))
        self.provider, self.job_class = QbraidProvider(client=self.client), QbraidJob

    def submit(self, count: int) -> list[Any]:
        program = 'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[1] q;\nbit[1] c;\nx q[0];\nc[0] = measure q[0];\n'
        device = self.provider.get_device("qbraid:qbraid:sim:qir-sv")
        return [device.run(program, shots=10) for _ in range(count)]

    def status(self, job: Any) -> None:
        job.status()

    def follow(self, jobs: Sequence[Any]) -> None:
        async def everything() -> None:
            await asyncio.gather(*(job.async_result() for job in jobs))

        asyncio.run(everything())


def _side_by_side(function: Callable[[Any], object], jobs: Sequence[Any]) -> None:
    with ThreadPoolExecutor(len(jobs)) as threads:
        list(threads.map(function, jobs))


CLIENTS: dict[str, Any] = {
    "quantum-jobs": QuantumJobs,
    "quantum-jobs, qBraid": QuantumJobsOnQbraid,
    "ionq-core": IonqCore,
    "qiskit-ionq": QiskitIonq,
    "cirq-ionq": CirqIonq,
    "qbraid": Qbraid,
}


def main(name: str, task: str, url: str, count: str) -> None:
    client = CLIENTS[name](url)
    told: dict[str, float] = {}
    if task == "list":
        before = _peak()
        started = time.perf_counter()
        told["jobs"] = client.list()
        told["seconds"] = time.perf_counter() - started
        told["megabytes"] = _peak() - before
        print(json.dumps(told))
        return
    jobs = client.submit(int(count))
    if task == "status":
        seconds = []
        for _ in range(CALLS):
            started = time.perf_counter()
            client.status(jobs[0])
            seconds.append(time.perf_counter() - started)
        told["microseconds"] = statistics.median(seconds) * 1e6
    else:
        print("ready", flush=True)
        sys.stdin.readline()
        cpu = time.process_time()
        client.follow(jobs)
        told["ended"] = time.time()
        told["cpu"] = time.process_time() - cpu
        told["megabytes"] = _peak()
    print(json.dumps(told))


def _peak() -> float:
    """The most memory that this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
