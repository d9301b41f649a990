"""One circuit on every service, and how far the results are apart.

Runs on the sandbox. For the real clouds set IONQ_API_KEY and QBRAID_API_KEY and call ``compare()`` alone.
"""

from __future__ import annotations

import quantum_jobs
from quantum_sandbox import Sandbox

#: Three qubits, and no two of them alike, so that a mistake in the order of bits would show.
PROGRAM = """
OPENQASM 3.0;
include "stdgates.inc";
qubit[3] q;
bit[3] c;
x q[0];
h q[1];
cx q[1], q[2];
c = measure q;
"""

DEVICES = {"ionq-v0.4": "simulator", "ionq-v0.3": "simulator", "qbraid-v2": "qbraid:qbraid:sim:qir-sv"}
SHOTS = 2000


def distance(one: dict[str, float], other: dict[str, float]) -> float:
    """Total variation distance of two distributions: 0 for equal ones, 1 for ones that share no outcome."""
    return sum(abs(one.get(key, 0.0) - other.get(key, 0.0)) for key in {*one, *other}) / 2


def compare() -> dict[str, dict[str, float]]:
    """Submit to all services first, then wait for all together. Returns the probabilities by service."""
    clients = [quantum_jobs.connect(service) for service in DEVICES]
    jobs = [client.submit(PROGRAM, device=DEVICES[client.service], shots=SHOTS) for client in clients]
    found = {job.service: dict(job.result().probabilities) for job in quantum_jobs.as_completed(jobs, timeout=600)}
    for client in clients:
        client.close()
    return found


def main() -> None:
    with Sandbox():
        found = compare()
    reference = found["ionq-v0.4"]
    for service in DEVICES:
        outcomes = "  ".join(f"{key}: {value:.3f}" for key, value in sorted(found[service].items()))
        print(f"{service:10} {outcomes}   distance {distance(found[service], reference):.3f}")


if __name__ == "__main__":
    main()
