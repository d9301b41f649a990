"""Other people's clients of IonQ, unmodified, against the sandbox: `make compat`.

Each submits what is not symmetric in its qubits, waits, reads counts, runs several circuits as one job, lists and
cancels, as far as it can. The outcome is a table; the exit status is 1 where a client did not get what it should.
"""

from __future__ import annotations

import json
import os
import re
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from quantum_sandbox import Sandbox

SHOTS = 100
SIMULATOR, QPU = "simulator", "qpu.forte-1"

# Two circuits on three qubits. ONE: qubit 0 is 1. TWO: qubits 0 and 1 are. A client that took qubits or circuits for
# one another, or read them backwards, would get something else from at least one of them.
ONE = [{"gate": "x", "target": 0}]
TWO = [*ONE, {"gate": "cnot", "control": 0, "target": 1}]

Steps = Iterator[tuple[str, Any, Any]]
"""What ran, what the client got, and what it should get."""


def ionq_core(sandbox: Sandbox, key: str) -> Steps:
    from ionq_core import IonQClient, iter_jobs
    from ionq_core.api.default import cancel_job, create_job, get_job_artifact, get_job_probabilities
    from ionq_core.models import CircuitJobCreationPayload, JSONMultiCircuitJob
    from ionq_core.polling import wait_for_job

    client = IonQClient(api_key=key, base_url=sandbox.url("ionq"))

    def submit(model: Any, kind: str, circuits: dict[str, Any], backend: str = SIMULATOR) -> Any:
        body = {"type": kind, "backend": backend, "shots": SHOTS, "input": {"gateset": "qis", "qubits": 3, **circuits}}
        return create_job.sync(client=client, body=model.from_dict(body))

    submitted = []
    for backend in (SIMULATOR, QPU):
        job = submit(CircuitJobCreationPayload, "ionq.circuit.v1", {"circuit": TWO}, backend)
        wait_for_job(client, job.id)
        found = get_job_probabilities.sync(job.id, client=client)
        yield f"probabilities, {backend}", found.to_dict(), {"3": 1.0}
        submitted.append(job.id)
    circuits = {"circuits": [{"circuit": ONE}, {"circuit": TWO}]}
    several = submit(JSONMultiCircuitJob, "ionq.multi-circuit.v1", circuits)
    parent = wait_for_job(client, several.id).to_dict()
    artifact = parent["results"]["ionq.result.probabilities-aggregate.json.v1"]["id"]
    # It parses no artifact: their forms are too many.
    by_child = json.loads(get_job_artifact.sync_detailed(several.id, artifact, client=client).content)
    yield "two circuits as one job", list(by_child.values()), [{"1": 1.0}, {"3": 1.0}]
    other = submit(CircuitJobCreationPayload, "ionq.circuit.v1", {"circuit": ONE})
    submitted += [several.id, other.id]
    yield "cancel", cancel_job.sync(other.id, client=client).status, "canceled"
    yield "list, 2 on a page", [job.id for job in iter_jobs(client, limit=2)] == submitted[::-1], True


def qiskit_ionq(sandbox: Sandbox, key: str) -> Steps:
    # It asks for the number of qubits at the address in the environment, whatever `url` says.
    os.environ["IONQ_API_URL"] = sandbox.url("ionq")
    from qiskit import QuantumCircuit
    from qiskit_ionq import IonQProvider

    one, two = QuantumCircuit(3, 3), QuantumCircuit(3, 3)
    one.x(0)
    two.x(0)
    two.cx(0, 1)
    for circuit in (one, two):
        circuit.measure(range(3), range(3))
    provider = IonQProvider(token=key, url=sandbox.url("ionq"))
    jobs = []
    for name in (SIMULATOR, QPU):
        backend = provider.get_backend(name)
        job = backend.run(two, shots=SHOTS)
        job.wait_for_final_state(timeout=60, wait=0.2)
        yield f"counts, {name}", dict(job.get_counts()), {"011": SHOTS}
        several = backend.run([one, two], shots=SHOTS)
        several.wait_for_final_state(timeout=60, wait=0.2)
        counts = [dict(found) for found in several.get_counts()]
        yield f"two circuits as one job, {name}", counts, [{"001": SHOTS}, {"011": SHOTS}]
        jobs += [job, several]
    # It has no listing of jobs, only of what it knows the ids of.
    found = backend.retrieve_jobs([job.job_id() for job in jobs])
    yield "look up 4 jobs by their ids", [job.status().name for job in found], ["DONE"] * 4
    others = [backend.run(one, shots=SHOTS) for _ in range(2)]
    backend.cancel_jobs([job.job_id() for job in others])
    yield "cancel 2 jobs", [job.status().name for job in others], ["CANCELLED"] * 2


def cirq_ionq(sandbox: Sandbox, key: str) -> Steps:
    import cirq
    import cirq_ionq

    root = sandbox.url("ionq").removesuffix("/v0.4")
    service = cirq_ionq.Service(api_key=key, remote_host=root, default_target=SIMULATOR)
    first, second, third = cirq.LineQubit.range(3)
    one = cirq.Circuit(cirq.X(first), cirq.measure(first, second, third, key="m"))
    two = cirq.Circuit(cirq.X(first), cirq.CNOT(first, second), cirq.measure(first, second, third, key="m"))
    # Its integers have qubit 0 as the highest bit.
    for target in (SIMULATOR, QPU):
        found = service.run(circuit=two, repetitions=SHOTS, target=target)
        yield f"counts, {target}", dict(found.histogram(key="m")), {0b110: SHOTS}
    job = service.create_job(circuit=two, repetitions=SHOTS, target=QPU)
    yield "look up", service.get_job(job.job_id()).job_id() == job.job_id(), True
    job.cancel()
    yield "cancel", job.status(), "canceled"
    yield "list, the last", [listed.job_id() for listed in service.list_jobs(limit=1)], [job.job_id()]
    # It asks for the first page again where `next` is null, as the vendor's document has it on the last page, and ends
    # where the answer has no `next` or where it has as many jobs as it was asked for.
    with sandbox.faults.during("drop_field", operation="get_jobs", field="next"):
        yield "list all, no `next` in the answer (a fault)", len(service.list_jobs()), 3
    more = [service.create_job(circuit=one, repetitions=SHOTS, target=QPU).job_id() for _ in range(27)]
    listed = [found.job_id() for found in service.list_jobs(limit=28)]
    yield "list 28 of 30, two pages", listed == [*more[::-1], job.job_id()], True
    # Last, as it leaves the client in its mode for several circuits.
    batches = service.run_batch([one, two], repetitions=SHOTS, target=SIMULATOR)
    counts = [dict(found.histogram(key="m")) for found in batches]
    yield "two circuits as one job", counts, [{0b100: SHOTS}, {0b110: SHOTS}]


def pennylane_ionq(sandbox: Sandbox, key: str) -> Steps:
    import pennylane
    from pennylane_ionq.api_client import APIClient, Job

    APIClient.BASE_URL = sandbox.url("ionq")  # the only way that it has

    def tape(*gates: Callable[[], Any]) -> Any:
        with pennylane.queuing.AnnotatedQueue() as queue:
            for gate in gates:
                gate()
            pennylane.counts(wires=range(3))
        return pennylane.tape.QuantumScript.from_queue(queue, shots=SHOTS)

    def counts_of(tapes: list[Any]) -> list[dict[str, int]]:
        found = pennylane.execute(tapes, device)
        return [{str(outcome): int(count) for outcome, count in counts.items()} for counts in found]

    one = tape(lambda: pennylane.X(0))
    two = tape(lambda: pennylane.X(0), lambda: pennylane.CNOT(wires=[0, 1]))
    # Its outcomes have qubit 0 leftmost.
    for name, options in (("ionq.simulator", {}), ("ionq.qpu", {"backend": "forte-1"})):
        device = pennylane.device(name, wires=3, api_key=key, **options)
        yield f"counts, {name}", counts_of([two]), [{"110": SHOTS}]
        yield f"two circuits as one job, {name}", counts_of([one, two]), [{"100": SHOTS}, {"110": SHOTS}]
    # It cannot cancel, and a listing is what the resource for jobs gets without an id.
    jobs = Job(api_key=key)
    jobs.manager.get()
    statuses = [job["status"] for job in jobs.manager.http_response_data["jobs"]]
    yield "list", statuses, ["completed"] * 4


def page_of_moving(sandbox: Sandbox, key: str) -> Steps:
    """The lines of these clients that docs/how-to/moving.md has beside ours; each checks what it got."""
    import ionq_core

    os.environ.update(
        IONQ_API_KEY=key,
        IONQ_API_TOKEN=key,
        IONQ_API_URL=sandbox.url("ionq"),
        IONQ_REMOTE_HOST=sandbox.url("ionq").removesuffix("/v0.4"),
    )
    # It takes another address only as an argument.
    ionq_core.IonQClient = partial(ionq_core.IonQClient, base_url=sandbox.url("ionq"))
    page = Path(__file__).parent.parent / "docs" / "how-to" / "moving.md"
    blocks = re.findall(
        r"^```\{code-block\} python\n(:class: theirs\n.*?)^```$", page.read_text(), re.DOTALL | re.MULTILINE
    )
    for block in blocks:
        _, caption, code = block.split("\n", 2)
        client = caption.removeprefix(":caption: ")
        try:
            exec(compile(code, page.name, "exec"), {})
            outcome = "ran"
        except Exception as error:  # the others must still run
            traceback.print_exc()
            outcome = f"{type(error).__name__}: {error}"
        yield f"docs/how-to/moving.md, {client}", outcome, "ran"


CLIENTS: dict[str, Callable[[Sandbox, str], Steps]] = {
    "ionq-core": ionq_core,
    "qiskit-ionq": qiskit_ionq,
    "cirq-ionq": cirq_ionq,
    "pennylane-ionq": pennylane_ionq,
    "quantum-jobs": page_of_moving,
}


def main() -> int:
    warnings.simplefilter("ignore")  # the clients' own: plain http, a transpiler's level, a call that is deprecated
    rows = [("client", "version", "what ran", "what it got", "")]
    with Sandbox() as sandbox:
        for client, run in CLIENTS.items():
            try:
                # The client's name as its key, so that each has an account of its own.
                for step, got, wanted in run(sandbox, client):
                    rows.append((client, version(client), step, str(got), "" if got == wanted else f"not {wanted}"))
            except Exception as error:  # a client may fail in any way, and the others must still run
                traceback.print_exc()
                rows.append((client, version(client), "stopped", type(error).__name__, "not expected"))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    return 1 if any(row[-1] for row in rows[1:]) else 0


if __name__ == "__main__":
    sys.exit(main())
