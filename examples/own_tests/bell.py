"""A user's own program: it knows nothing of the sandbox."""

from __future__ import annotations

import quantum_jobs

BELL = {
    "gateset": "qis",
    "qubits": 2,
    "circuit": [{"gate": "h", "target": 0}, {"gate": "cnot", "control": 0, "target": 1}],
}


def correlation(shots: int = 1000, key: str | None = None) -> float:
    """The expectation of ZZ for a Bell pair on IonQ's simulator. With a key, running it again makes no second job."""
    with quantum_jobs.connect("ionq") as ionq:
        job = ionq.submit(BELL, device="simulator", shots=shots, name="correlation", idempotency_key=key)
        probabilities = job.result(timeout=600).probabilities
    return sum(value * (-1) ** outcome.count("1") for outcome, value in probabilities.items())
