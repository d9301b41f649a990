"""State vectors as arrays: reading them in other bases, and drawing shots. Runs in the worker process only.

Entry i of a vector belongs to the basis state in which qubit q is bit q of i.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy

from quantum_sandbox.engine.data import Limits, Refused, Task

_COST = 60
"""What a Pauli string on one amplitude costs here, where a gate in the simulator's own code costs 1."""


def check_work(steps: float, qubits: int, limits: Limits) -> None:
    """Raise Refused for more steps, each as dear as a Pauli string, on so many qubits than a program may take."""
    if qubits > limits.qubits:
        raise Refused("too_many_qubits", f"{qubits} qubits are more than the {limits.qubits} this simulator takes")
    if steps * _COST * 2.0**qubits > limits.work:
        raise Refused("too_complex", f"the program on {qubits} qubits is more than this simulator takes")


def signs(outcomes: Any, mask: int) -> Any:
    """For each outcome, below 2^32, 1, or -1 where an odd number of the bits in `mask` are 1."""
    folded = outcomes & mask
    for half in (16, 8, 4, 2, 1):
        folded ^= folded >> half
    return 1.0 - 2.0 * (folded & 1)


def turned(state: Any, qubit: int, gate: Any) -> Any:
    """The state after a gate on one qubit, given as its 2 x 2 matrix."""
    halves = state.reshape(-1, 2, 1 << qubit)
    return numpy.stack(
        [gate[0][0] * halves[:, 0] + gate[0][1] * halves[:, 1], gate[1][0] * halves[:, 0] + gate[1][1] * halves[:, 1]],
        axis=1,
    ).reshape(-1)


def draw(state: Any, task: Task, gates: Sequence[int], measurement: int = 0) -> dict[int, int]:
    """The task's shots by outcome; `gates` are those on one and on two qubits, `measurement` counts measurements.

    Noise is rough here: with the probability that no gate went wrong a shot is as it would be without noise, else each
    bit is a coin; and each bit may be misread.
    """
    random = numpy.random.PCG64((task.seed + measurement) % 2**32)
    # Twelve digits, so that the last bits of a simulation, which no two machines share, move no shot.
    edges = numpy.cumsum(numpy.round(numpy.abs(state) ** 2, 12))
    hits = numpy.minimum(numpy.searchsorted(edges, _chances(random, task.shots) * edges[-1], "right"), len(edges) - 1)
    if task.noise is not None:
        fidelity = (1 - task.noise.one_qubit) ** gates[0] * (1 - task.noise.two_qubit) ** gates[1]
        spoilt = _chances(random, task.shots) >= fidelity
        hits = numpy.where(spoilt, random.random_raw(task.shots) % numpy.uint64(len(state)), hits).astype(numpy.int64)
        for qubit in range(len(state).bit_length() - 1):
            hits ^= (_chances(random, task.shots) < task.noise.readout).astype(numpy.int64) << qubit
    found, counts = numpy.unique(hits, return_counts=True)
    return dict(zip(found.tolist(), counts.tolist(), strict=True))


def _chances(random: Any, size: int) -> Any:
    """Numbers from 0 to 1. Raw generator output, because numpy promises no stable stream for its distributions."""
    return (random.random_raw(size) >> numpy.uint64(11)) * 2.0**-53
