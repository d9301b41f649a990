"""A scan of 200 points with its progress shown, into a pandas DataFrame: P(1) over the angle of a rotation.

Runs on the sandbox; with a key of your own, call ``scan()`` alone. Takes the extra ``pandas``.
"""

from __future__ import annotations

import math
import sys

import pandas
import quantum_jobs
from quantum_sandbox import Sandbox

ANGLES = [2 * math.pi * step / 200 for step in range(200)]


def rotated(angle: float) -> dict[str, object]:
    """A rotation of one qubit about the y axis."""
    return {"gateset": "qis", "qubits": 1, "circuit": [{"gate": "ry", "target": 0, "rotation": angle}]}


def show(progress: quantum_jobs.ScanProgress) -> None:
    """One line that is written over, on a terminal only."""
    if sys.stderr.isatty():
        print(f"\rsubmitted {progress.done} of {progress.total}", end="", file=sys.stderr)


def scan() -> pandas.DataFrame:
    """One row for each angle. Run again, it submits only what has no job yet."""
    with quantum_jobs.connect("ionq") as ionq:
        submissions = ionq.submit_many(
            {angle: rotated(angle) for angle in ANGLES},
            device="simulator",
            shots=1000,
            idempotency_key="rotation-scan",
            progress=show,
        )
        results, errors = submissions.results(timeout=600)
    for angle, error in errors.items():
        print(f"no result at {angle:.3f}: {error}", file=sys.stderr)
    rows = [{"angle": angle, "p1": result.probabilities.get("1", 0.0)} for angle, result in results.items()]
    return pandas.DataFrame(rows).set_index("angle")


def main() -> None:
    with Sandbox() as sandbox:
        frame = scan()
        requests = len(sandbox.journal.select())
    print(frame.describe())
    print(f"largest at {frame['p1'].idxmax():.3f}; {len(frame)} points took {requests} requests")


if __name__ == "__main__":
    main()
