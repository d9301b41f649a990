"""A scan on the workers of a local Dask cluster. On a real cluster give ``Client`` the scheduler's address, and
``scan_on`` the URL of a Postgres store.

Takes the extra ``dask``: ``python examples/dask_cluster.py``.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import quantum_jobs
from distributed import Client
from quantum_sandbox import Sandbox


def rotated(angle: float) -> dict[str, object]:
    """Makes the program of a point, on a worker."""
    return {"gateset": "qis", "qubits": 1, "circuit": [{"gate": "ry", "target": 0, "rotation": angle}]}


def excited(angle: float, result: quantum_jobs.Result) -> float:
    """Works on the result of a point, on a worker."""
    return result.probabilities.get("1", 0.0)


def main() -> None:
    # The workers inherit the sandbox's address from this process' environment; no key is ever sent to them.
    with tempfile.TemporaryDirectory() as folder, Sandbox(), Client(n_workers=2, threads_per_worker=2) as cluster:
        for point, value, error in quantum_jobs.scan_on(
            cluster.get_executor(),
            [step / 10 for step in range(30)],
            rotated,
            service="ionq",
            device="simulator",
            shots=100,
            store=Path(folder) / "jobs.sqlite3",
            idempotency_key="dask-scan",
            analyse=excited,
        ):
            print(f"{point:.1f}  {error or format(value, '.3f')}")


if __name__ == "__main__":
    main()
