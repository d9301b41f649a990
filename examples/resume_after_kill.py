"""A scan that is killed half-way and run again from the top: no job is made twice.

``python examples/resume_after_kill.py`` starts the sandbox, runs the scan in a process of its own, kills that process
without a warning, and runs it again. With a key of your own, ``scan()`` alone does the same on the real cloud.
"""

from __future__ import annotations

import os
import subprocess
import sys

import quantum_jobs
from quantum_sandbox import Sandbox

POINTS = 12


def circuit(point: int) -> dict[str, object]:
    """A rotation by a part of a whole turn."""
    return {
        "gateset": "qis",
        "qubits": 1,
        "circuit": [{"gate": "ry", "target": 0, "rotation": 3.141592653589793 * point / POINTS}],
    }


def scan(kill_after: int | None = None) -> list[float]:
    """Submit all points, each with a key of its own, and return the probability of 1 for each."""
    with quantum_jobs.connect("ionq") as ionq:
        jobs = []
        for point in range(POINTS):
            key = f"resume-after-kill:{point}"
            jobs.append(ionq.submit(circuit(point), device="simulator", shots=500, idempotency_key=key))
            if len(jobs) == kill_after:
                os._exit(9)  # as if the machine had lost its power
        quantum_jobs.wait(jobs, timeout=600)
        return [job.result().probabilities.get("1", 0.0) for job in jobs]


def main() -> None:
    with Sandbox() as sandbox:
        # The process finds the sandbox by the environment, which it inherits.
        killed = subprocess.run([sys.executable, __file__, "killed"], check=False)
        print(f"first run: ended with {killed.returncode}, {len(sandbox.journal.select(method='POST'))} jobs made")
        curve = scan()
        print(f"second run: {len(curve)} points, {len(sandbox.journal.select(method='POST'))} jobs made in all")


if __name__ == "__main__":
    if sys.argv[1:] == ["killed"]:
        scan(kill_after=7)
    else:
        main()
