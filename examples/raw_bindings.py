"""One vendor's API with types and without the wrapper: a job of IonQ, operation by operation.

Runs on the sandbox, which sets IONQ_API_KEY and the address; with a key of your own, call ``run_bell()`` alone.
"""

from __future__ import annotations

import time

from quantum_apis import ionq_v0_4
from quantum_apis.ionq_v0_4.errors import NotFoundError
from quantum_apis.ionq_v0_4.models import CircuitJobCreationPayload
from quantum_sandbox import Sandbox

BELL = CircuitJobCreationPayload.from_dict(
    {
        "type": "ionq.circuit.v1",
        "backend": "simulator",
        "shots": 1000,
        "input": {
            "gateset": "qis",
            "qubits": 2,
            "circuit": [{"gate": "h", "target": 0}, {"gate": "cnot", "control": 0, "target": 1}],
        },
    }
)


def run_bell(patience: float = 60.0) -> dict[str, float]:
    """Create the job, ask until it ended, read its probabilities. Keys are IonQ's: numbers, qubit 0 the lowest bit."""
    with ionq_v0_4.connect() as client:
        created = client.jobs.create_job(body=BELL)
        give_up = time.monotonic() + patience
        while (job := client.jobs.get_job(created.id)).status not in ("completed", "failed", "canceled"):
            if time.monotonic() > give_up:
                raise TimeoutError(f"job {job.id} is {job.status} after {patience:g} s")
            time.sleep(0.2)
        if job.status != "completed":
            raise RuntimeError(f"job {job.id} is {job.status}")
        try:
            client.jobs.get_job("no-such-job")
        except NotFoundError as error:  # an exception class for each status
            print("as expected:", error)
        answer = client.jobs.get_job_probabilities_detailed(job.id)
        print("status", answer.status_code, "of", answer.parsed)
        return dict(answer.parsed.additional_properties)


def main() -> None:
    with Sandbox():
        print(run_bell())


if __name__ == "__main__":
    main()
