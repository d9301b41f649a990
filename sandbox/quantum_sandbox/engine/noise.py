"""Noise after each gate, with Qiskit Aer. Runs in the worker process only.

Gate errors are depolarizing: with the probability in `Noise`, a gate is followed by a random Pauli operator on its
qubits (3 on one, 15 on two). Gates on more qubits are decomposed, because no machine has them. Gates that only change
the phase of a qubit have no error, because they are virtual on these machines. Idle qubits have no error. Each measured
bit is misread with the readout error probability.

Such noise is local, so independent parts of a circuit stay independent. Each part is simulated by the cheapest method:
as a density matrix, whose distribution is exact, or shot by shot. Where both are too expensive, an approximation is
used: with the probability that no gate had an error a shot is ideal, otherwise each of its bits is random.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

import numpy
from qiskit import QuantumCircuit
from qiskit.circuit import Gate
from qiskit.circuit.library import PhaseGate
from qiskit_aer.noise import NoiseModel, ReadoutError, depolarizing_error

from .aer import CLIFFORD
from .data import Limits, Noise
from .factors import Factor, Part, Shots
from .measuring import COPY

_VIRTUAL = frozenset({"rz", "z", "s", "sdg", "t", "tdg", "p", "u1"})
"""Gates that only change a phase. The identity, barriers and delays were removed before."""

Method = Literal["density_matrix", "statevector", "stabilizer", "approximation"]

_MAX_CHEAP_DENSITY_QUBITS = 8
"""Qubits of a part up to which a density matrix is preferred for any number of shots."""
_MAX_DENSITY_QUBITS = 12
"""Qubits of a density matrix of 268 MB."""
_WORK_SHARE = 0.1
"""The part of `Limits.work` for noise and density matrices: less than 10 s, at 2 to 4 ns for each step."""
_DENSITY_STEP = 4
"""Work of a gate with its errors, for each element of a density matrix."""
_SHOT_STEPS = 4
"""Work to draw one shot, in gates for each qubit."""
_STABILIZER_STEP = 16
"""Work of a gate with the method ``stabilizer``, for each shot and qubit."""
_SALT = 0x6E6F6973
FACTOR_BITS = 8
"""Bits of one factor: few factors are fast to draw, and 256 outcomes are small."""


def model(noise: Noise, circuits: Sequence[QuantumCircuit], *, readout: bool = False) -> NoiseModel:
    """Aer's noise model for the gates of these circuits; with `readout`, also for measurements."""
    # Aer's parameter counts the identity among the operators.
    errors = {1: depolarizing_error(noise.one_qubit * 4 / 3, 1), 2: depolarizing_error(noise.two_qubit * 16 / 15, 2)}
    found = NoiseModel()
    for name, width in sorted({gate for circuit in circuits for gate in _gates(circuit)}):
        found.add_all_qubit_quantum_error(errors[width], name)
    if readout:
        right, wrong = 1 - noise.readout, noise.readout
        found.add_all_qubit_readout_error(ReadoutError([[right, wrong], [wrong, right]]))
    return found


def _gates(circuit: QuantumCircuit) -> Iterator[tuple[str, int]]:
    """Aer's name and the number of qubits of each gate with errors, including those inside loops."""
    for instruction in circuit.data:
        operation = instruction.operation
        for block in getattr(operation, "blocks", ()):
            yield from _gates(block)
        name, width = operation.label or operation.name, len(instruction.qubits)
        if isinstance(operation, Gate) and width in (1, 2) and name not in (*_VIRTUAL, COPY):
            yield name, width


def with_virtual_gates(circuit: QuantumCircuit) -> QuantumCircuit:
    """The circuit with general gates that only change a phase replaced by phase gates."""
    out = circuit.copy_empty_like()
    for instruction in circuit.data:
        operation = instruction.operation
        if hasattr(operation, "blocks"):
            operation = operation.replace_blocks([with_virtual_gates(block) for block in operation.blocks])
        elif operation.name in ("u", "u3") and operation.params[0] == 0:
            operation = PhaseGate(operation.params[1] + operation.params[2])
        out.append(operation, instruction.qubits, instruction.clbits)
    return out


def methods(parts: Sequence[Part], shots: int | None, limits: Limits) -> list[Method]:
    """The method for each part within the budget; without `shots`, for an exact distribution.

    It depends on the arguments only, so that a job has the same counts whatever ran before it.
    """
    left = limits.work * _WORK_SHARE
    chosen: list[Method] = []
    for part in parts:
        costs = _costs(part, shots, limits.qubits)
        small = part.circuit.num_qubits <= _MAX_CHEAP_DENSITY_QUBITS and costs.get("density_matrix", left) < left
        method: Method = "density_matrix" if small else min(costs, key=lambda one: costs[one], default="approximation")
        if costs.get(method, 0.0) > left:
            method = "approximation"
        left -= costs.get(method, 0.0)
        chosen.append(method)
    return chosen


def fit_as_density_matrices(parts: Sequence[Part], limits: Limits) -> bool:
    """Whether all parts together can be simulated as density matrices."""
    work = sum(_density_work(part) for part in parts)
    return all(part.circuit.num_qubits <= _MAX_DENSITY_QUBITS for part in parts) and work <= limits.work * _WORK_SHARE


def _density_work(part: Part) -> float:
    return float(_DENSITY_STEP * len(part.circuit.data) * 4.0 ** min(part.circuit.num_qubits, 500))


def _costs(part: Part, shots: int | None, most_qubits: int) -> dict[Method, float]:
    gates, qubits = len(part.circuit.data), part.circuit.num_qubits
    steps = float((shots or 0) * (gates + _SHOT_STEPS * qubits))
    costs: dict[Method, float] = {}
    if qubits <= _MAX_DENSITY_QUBITS:
        costs["density_matrix"] = _density_work(part)
    if shots is not None and qubits <= most_qubits:
        costs["statevector"] = steps * 2.0**qubits
    if shots is not None and is_clifford(part):
        costs["stabilizer"] = steps * qubits * _STABILIZER_STEP
    return costs


def is_clifford(part: Part) -> bool:
    return {instruction.operation.name for instruction in part.circuit.data} <= CLIFFORD


class Stream:
    """A repeatable stream of random numbers."""

    def __init__(self, seed: int) -> None:
        self._bits = numpy.random.PCG64((seed + _SALT) % 2**32)

    def seed(self) -> int:
        """A seed far from others: Aer uses consecutive seeds for shots."""
        return int(self._bits.random_raw() >> 33)

    def raw(self, size: int) -> Any:
        return self._bits.random_raw(size)

    def uniform(self, size: int) -> Any:
        return (self.raw(size) >> numpy.uint64(11)) * 2.0**-53


def shuffled(counts: Mapping[int, int], stream: Stream) -> Shots:
    """Shots in random order, so that those of different parts are independent."""
    outcomes = sorted(counts)
    indices = numpy.repeat(numpy.arange(len(outcomes)), [counts[outcome] for outcome in outcomes])
    return Shots(outcomes, indices[numpy.argsort(stream.raw(len(indices)), kind="stable")])


def readout_errors(bits: Sequence[int], noise: Noise, factor_bits: int = FACTOR_BITS) -> list[Factor]:
    """Factors for the readout errors of bits, with `factor_bits` bits each."""
    factors: list[Factor] = []
    if not noise.readout:
        return factors
    for start in range(0, len(bits), factor_bits):
        some = [1 << bit for bit in bits[start : start + factor_bits]]
        wrong = numpy.array([number.bit_count() for number in range(1 << len(some))])
        factors.append(Factor(_sums(some), noise.readout**wrong * (1 - noise.readout) ** (len(some) - wrong)))
    return factors


def random_flips(part: Part, noise: Noise, shots: int, stream: Stream) -> list[Shots]:
    """The approximation: random flips of the bits of a part, for its shots without noise."""
    widths = Counter(width for _, width in _gates(part.circuit))
    fidelity = (1 - noise.one_qubit) ** widths[1] * (1 - noise.two_qubit) ** widths[2]
    flipped = stream.uniform(shots) >= fidelity
    found = []
    for start in range(0, len(part.masks), FACTOR_BITS):
        some = part.masks[start : start + FACTOR_BITS]
        random_bits = stream.raw(shots) >> numpy.uint64(64 - len(some))
        found.append(Shots(_sums(some), numpy.where(flipped, random_bits, numpy.uint64(0)).astype(numpy.int64)))
    return found


def _sums(masks: Sequence[int]) -> list[int]:
    """For each number n below 2^len(masks), the sum of the masks whose bit in n is 1."""
    sums = [0]
    for mask in masks:
        sums += [mask | earlier for earlier in sums]
    return sums
