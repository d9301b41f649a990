"""State vectors as arrays: gates on one qubit, and shots. Runs in the worker process only.

Entry i of a vector is the amplitude of the basis state in which qubit q is bit q of i.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy

from quantum_sandbox.engine.data import Limits, ProgramError, Task

_COST = 60
"""Work of a Pauli string on one amplitude, where a gate in Aer's compiled code is 1."""


def check_work(steps: float, qubits: int, limits: Limits) -> None:
    """Raise ProgramError for too many qubits, or too many `steps`, each with the work of a Pauli string."""
    if qubits > limits.qubits:
        raise ProgramError("too_many_qubits", f"{qubits} qubits are more than the {limits.qubits} this simulator takes")
    if steps * _COST * 2.0**qubits > limits.work:
        raise ProgramError("too_complex", f"the program on {qubits} qubits is more than this simulator takes")


def signs(outcomes: Any, mask: int) -> Any:
    """For each outcome, below 2^32, 1, or -1 where an odd number of the bits in `mask` are 1."""
    folded = outcomes & mask
    for half in (16, 8, 4, 2, 1):
        folded ^= folded >> half
    return 1.0 - 2.0 * (folded & 1)


def apply_gate(state: Any, qubit: int, gate: Any) -> Any:
    """The state after a gate on one qubit, given by its 2 x 2 matrix."""
    halves = state.reshape(-1, 2, 1 << qubit)
    return numpy.stack(
        [gate[0][0] * halves[:, 0] + gate[0][1] * halves[:, 1], gate[1][0] * halves[:, 0] + gate[1][1] * halves[:, 1]],
        axis=1,
    ).reshape(-1)


def sample_shots(state: Any, task: Task, gates: Sequence[int], measurement: int = 0) -> dict[int, int]:
    """The counts of a task's shots. `gates` are the numbers on one and two qubits, `measurement` selects the seed.

    Noise is approximate: with the probability that no gate had an error a shot is ideal, otherwise each bit is random.
    In addition each bit may be misread.
    """
    random = numpy.random.PCG64((task.seed + measurement) % 2**32)
    # Twelve digits, so that rounding errors, which differ between machines, do not change shots.
    edges = numpy.cumsum(numpy.round(numpy.abs(state) ** 2, 12))
    indices = numpy.minimum(
        numpy.searchsorted(edges, _uniform(random, task.shots) * edges[-1], "right"), len(edges) - 1
    )
    if task.noise is not None:
        fidelity = (1 - task.noise.one_qubit) ** gates[0] * (1 - task.noise.two_qubit) ** gates[1]
        flipped = _uniform(random, task.shots) >= fidelity
        indices = numpy.where(flipped, random.random_raw(task.shots) % numpy.uint64(len(state)), indices).astype(
            numpy.int64
        )
        for qubit in range(len(state).bit_length() - 1):
            indices ^= (_uniform(random, task.shots) < task.noise.readout).astype(numpy.int64) << qubit
    found, counts = numpy.unique(indices, return_counts=True)
    return dict(zip(found.tolist(), counts.tolist(), strict=True))


def _uniform(random: Any, size: int) -> Any:
    """Uniform numbers in [0, 1). Uses raw generator output, because numpy does not promise stable distributions."""
    return (random.random_raw(size) >> numpy.uint64(11)) * 2.0**-53
