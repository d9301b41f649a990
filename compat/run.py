"""Other people's clients of IonQ, unmodified, against the sandbox: `make compat`.

Each submits a circuit that is not symmetric, waits, reads its counts, looks the job up and cancels. The outcome is a
table; the exit status is 1 where a client did not get what it should. The listing of cirq-ionq 1.7.0 is left out: it
ends only where the answer has no `next` at all, which the vendor's document requires and ionq-core needs.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Iterator
from importlib.metadata import version
from typing import Any

# Qubit 0 is 1, qubit 1 is 0: a client that turned the bits around would read 10.
SHOTS = 100


def ionq_core(root: str, key: str) -> Iterator[tuple[str, object, object]]:
    from ionq_core import IonQClient
    from ionq_core.api.default import cancel_job, create_job, get_job_probabilities, get_jobs
    from ionq_core.models import CircuitJobCreationPayload
    from ionq_core.polling import wait_for_job

    client = IonQClient(api_key=key, base_url=f"{root}/v0.4")
    payload = CircuitJobCreationPayload.from_dict(
        {
            "type": "ionq.circuit.v1",
            "backend": "simulator",
            "shots": SHOTS,
            "input": {"gateset": "qis", "qubits": 2, "circuit": [{"gate": "x", "target": 0}]},
        }
    )
    job = create_job.sync(client=client, body=payload)
    done = wait_for_job(client, job.id)
    yield "submit and wait", str(getattr(done.status, "value", done.status)), "completed"
    found = get_job_probabilities.sync(job.id, client=client)
    yield "probabilities", found.to_dict(), {"1": 1.0}
    yield "list", job.id in {one.id for one in get_jobs.sync(client=client).jobs}, True
    other = create_job.sync(client=client, body=payload)
    yield "cancel", str(cancel_job.sync(other.id, client=client).status), "canceled"


def qiskit_ionq(root: str, key: str) -> Iterator[tuple[str, object, object]]:
    # It asks for the number of qubits at the address in the environment, whatever `url` says.
    os.environ["IONQ_API_URL"] = f"{root}/v0.4"
    from qiskit import QuantumCircuit
    from qiskit_ionq import IonQProvider

    circuit = QuantumCircuit(2, 2)
    circuit.x(0)
    circuit.measure([0, 1], [0, 1])
    provider = IonQProvider(token=key, url=f"{root}/v0.4")
    for name in ("simulator", "qpu.forte-1"):
        backend = provider.get_backend(name)
        job = backend.run(circuit, shots=SHOTS)
        job.wait_for_final_state(timeout=60, wait=0.2)
        yield f"counts, {name}", dict(job.get_counts()), {"01": SHOTS}
        yield f"retrieve, {name}", backend.retrieve_job(job.job_id()).status().name, "DONE"
    other = provider.get_backend("qpu.forte-1").run(circuit, shots=SHOTS)
    other.cancel()
    yield "cancel", other.status().name, "CANCELLED"


def cirq_ionq(root: str, key: str) -> Iterator[tuple[str, object, object]]:
    import cirq
    import cirq_ionq

    service = cirq_ionq.Service(api_key=key, remote_host=root, default_target="simulator")
    first, second = cirq.LineQubit.range(2)
    circuit = cirq.Circuit(cirq.X(first), cirq.measure(first, second, key="m"))
    for target in ("simulator", "qpu.forte-1"):
        found = service.run(circuit=circuit, repetitions=SHOTS, target=target)
        # Its integers have qubit 0 as the highest bit.
        yield f"counts, {target}", dict(found.histogram(key="m")), {2: SHOTS}
    job = service.create_job(circuit=circuit, repetitions=SHOTS, target="qpu.forte-1")
    yield "look up", service.get_job(job.job_id()).job_id() == job.job_id(), True
    job.cancel()
    yield "cancel", job.status(), "canceled"


CLIENTS: dict[str, Callable[[str, str], Iterator[tuple[str, Any, Any]]]] = {
    "ionq-core": ionq_core,
    "qiskit-ionq": qiskit_ionq,
    "cirq-ionq": cirq_ionq,
}


def main() -> int:
    from quantum_jobs.sandbox import ACCEPTED_KEY, Sandbox

    rows = [("client", "version", "what ran", "what it got", "")]
    with Sandbox() as sandbox:
        root = sandbox.url("ionq").removesuffix("/v0.4")
        for client, run in CLIENTS.items():
            try:
                for step, got, wanted in run(root, ACCEPTED_KEY):
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
