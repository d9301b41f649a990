"""The demonstration: the same two circuits on all three services, followed together, in one table.

Everything runs in the embedded sandbox on this machine: no key, no account, no network.
"""

from __future__ import annotations

from quantum_sandbox import Sandbox

import quantum_jobs
from quantum_jobs.model import Cost, Result

SHOTS = 1000
TIMEOUT = 60.0

#: Service and device: the three that take IonQ's JSON circuits as they are.
DEVICES = {
    "ionq-v0.4": "simulator",
    "ionq-v0.3": "simulator",
    "qbraid-v2": "ionq:ionq:sim:simulator",
}

#: X on qubit 0 of two is not symmetric, so it shows the order of the bits; the Bell pair shows how counts spread.
CIRCUITS = {
    "X on qubit 0": {"qubits": 2, "gateset": "qis", "circuit": [{"gate": "x", "target": 0}]},
    "Bell pair": {
        "qubits": 2,
        "gateset": "qis",
        "circuit": [{"gate": "h", "target": 0}, {"gate": "cnot", "control": 0, "target": 1}],
    },
}


def run() -> None:
    """Submit, follow and print. Raises QuantumJobsError when a job does not end as it should."""
    # The sandbox first: where what it needs is not installed, it says so before anything else is said.
    with Sandbox() as sandbox:
        print("A sandbox stands in for the clouds. Submitting two circuits to three services ...\n")
        clients = {service: sandbox.connect(service) for service in DEVICES}
        jobs = {
            clients[service].submit(circuit, device=device, shots=SHOTS, name=title): title
            for service, device in DEVICES.items()
            for title, circuit in CIRCUITS.items()
        }
        rows = {}
        for job in quantum_jobs.as_completed(jobs, timeout=TIMEOUT):
            row = (job.status, job.vendor_status or "-", _counts(job.result()), _cost(job.cost()))
            rows[job] = (jobs[job], job.ref, *row)
        for client in clients.values():
            client.close()
    _print_table(("circuit", "job", "status", "vendor says", "counts", "cost"), [rows[job] for job in jobs])
    print("\nKeys have qubit 0 rightmost, on every service. Next: README.md, and your own key in place of the sandbox.")


def _counts(result: Result) -> str:
    counts = " ".join(f"{key}:{count}" for key, count in (result.counts or {}).items())
    return f"{counts} ({result.counts_kind})"


def _cost(cost: Cost | None) -> str:
    return "-" if cost is None else f"{cost.amount:f} {cost.currency}"


def _print_table(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    widths = [max(len(row[column]) for row in [header, *rows]) for column in range(len(header))]
    for row in [header, tuple("-" * width for width in widths), *rows]:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
