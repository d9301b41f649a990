"""Noise gate by gate, with Qiskit Aer. Runs in the worker process only.

With the probability that `Noise` has for it, a gate is followed by an error: one of the Pauli operators on its qubits
(3 on one, 15 on two), each as likely as the others, which is depolarizing noise. A gate on more qubits is written out
in gates on one and on two, because no machine has it. Gates that only turn the phase of a qubit have no error: on these
machines they are virtual, a matter of how the next gate is timed. Nothing happens to a qubit that waits. Each bit that
is measured is read wrongly with a probability of its own.

Such noise is local, so that independent parts of a circuit stay independent. Each part is simulated in the cheapest way
that there is for it: as a density matrix, whose distribution is exact, or shot by shot. Where both are too dear, users
still want their job to run and to count wrongly, so a rough stand-in is used for that part: with the probability that
no gate went wrong a shot is as it would be without noise, else each of its qubits is a coin.
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
"""Those that leave a trace in a circuit; the identity, barriers and delays do not."""

Method = Literal["density_matrix", "statevector", "stabilizer", "stand-in"]

_ALWAYS_EXACT = 8
"""Qubits of a part up to which its density matrix is no burden, however few shots are wanted."""
_LARGEST_DENSITY = 12
"""Qubits of a density matrix of 268 MB."""
_SHARE = 0.1
"""Share of `Limits.work` for noise and density matrices. A step of it takes 2 to 4 ns: less than 10 s are added to a
job."""
_DENSITY_STEP = 4
"""What a gate costs with its errors, for each element of a density matrix."""
_MEASURING = 4
"""What it costs to draw one shot, in gates for each qubit."""
_STABILIZER_STEP = 16
"""What a gate costs by the method stabilizer, for each shot and qubit."""
_SALT = 0x6E6F6973
TOGETHER = 8
"""Bits in one factor: few factors are fast to draw, and one of 256 outcomes is small."""


def model(noise: Noise, circuits: Sequence[QuantumCircuit], *, readout: bool = False) -> NoiseModel:
    """Aer's model of the errors of these circuits' gates, and of reading where Aer is to measure."""
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
    """Of each gate that can go wrong, what Aer calls it and on how many qubits it is; those inside of loops too."""
    for instruction in circuit.data:
        operation = instruction.operation
        for block in getattr(operation, "blocks", ()):
            yield from _gates(block)
        name, width = operation.label or operation.name, len(instruction.qubits)
        if isinstance(operation, Gate) and width in (1, 2) and name not in (*_VIRTUAL, COPY):
            yield name, width


def with_virtual_gates(circuit: QuantumCircuit) -> QuantumCircuit:
    """The same circuit, where a general gate that only turns a phase is a phase gate by name."""
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
    """How each part is simulated within the budget; without `shots` as a whole distribution.

    It depends on nothing else, so that the same job has the same counts whatever ran before it.
    """
    left = limits.work * _SHARE
    chosen: list[Method] = []
    for part in parts:
        costs = _costs(part, shots, limits.qubits)
        small = part.circuit.num_qubits <= _ALWAYS_EXACT and costs.get("density_matrix", left) < left
        method: Method = "density_matrix" if small else min(costs, key=lambda one: costs[one], default="stand-in")
        if costs.get(method, 0.0) > left:
            method = "stand-in"
        left -= costs.get(method, 0.0)
        chosen.append(method)
    return chosen


def fit_as_density_matrices(parts: Sequence[Part], limits: Limits) -> bool:
    """Whether all parts together can be simulated as density matrices, also without noise."""
    work = sum(_density_work(part) for part in parts)
    return all(part.circuit.num_qubits <= _LARGEST_DENSITY for part in parts) and work <= limits.work * _SHARE


def _density_work(part: Part) -> float:
    return float(_DENSITY_STEP * len(part.circuit.data) * 4.0 ** min(part.circuit.num_qubits, 500))


def _costs(part: Part, shots: int | None, most_qubits: int) -> dict[Method, float]:
    gates, qubits = len(part.circuit.data), part.circuit.num_qubits
    steps = float((shots or 0) * (gates + _MEASURING * qubits))
    costs: dict[Method, float] = {}
    if qubits <= _LARGEST_DENSITY:
        costs["density_matrix"] = _density_work(part)
    if shots is not None and qubits <= most_qubits:
        costs["statevector"] = steps * 2.0**qubits
    if shots is not None and is_clifford(part):
        costs["stabilizer"] = steps * qubits * _STABILIZER_STEP
    return costs


def is_clifford(part: Part) -> bool:
    return {instruction.operation.name for instruction in part.circuit.data} <= CLIFFORD


class Stream:
    """Numbers drawn one after another, repeatably."""

    def __init__(self, seed: int) -> None:
        self._bits = numpy.random.PCG64((seed + _SALT) % 2**32)

    def seed(self) -> int:
        """A seed far from all others: Aer takes the next seed for the next shot."""
        return int(self._bits.random_raw() >> 33)

    def raw(self, size: int) -> Any:
        return self._bits.random_raw(size)

    def chances(self, size: int) -> Any:
        return (self.raw(size) >> numpy.uint64(11)) * 2.0**-53


def shuffled(counts: Mapping[int, int], stream: Stream) -> Shots:
    """Shots in an order of chance, so that those of two parts meet as independent ones do."""
    outcomes = sorted(counts)
    hits = numpy.repeat(numpy.arange(len(outcomes)), [counts[outcome] for outcome in outcomes])
    return Shots(outcomes, hits[numpy.argsort(stream.raw(len(hits)), kind="stable")])


def misreadings(bits: Sequence[int], noise: Noise, together: int = TOGETHER) -> list[Factor]:
    """Which of the bits are turned over as they are read, `together` in one factor."""
    factors: list[Factor] = []
    if not noise.readout:
        return factors
    for start in range(0, len(bits), together):
        some = [1 << bit for bit in bits[start : start + together]]
        wrong = numpy.array([number.bit_count() for number in range(1 << len(some))])
        factors.append(Factor(_sums(some), noise.readout**wrong * (1 - noise.readout) ** (len(some) - wrong)))
    return factors


def spoiling(part: Part, noise: Noise, shots: int, stream: Stream) -> list[Shots]:
    """The stand-in: what turns the bits of a part over in each shot, given its shots without noise."""
    widths = Counter(width for _, width in _gates(part.circuit))
    fidelity = (1 - noise.one_qubit) ** widths[1] * (1 - noise.two_qubit) ** widths[2]
    spoilt = stream.chances(shots) >= fidelity
    found = []
    for start in range(0, len(part.masks), TOGETHER):
        some = part.masks[start : start + TOGETHER]
        coins = stream.raw(shots) >> numpy.uint64(64 - len(some))
        found.append(Shots(_sums(some), numpy.where(spoilt, coins, numpy.uint64(0)).astype(numpy.int64)))
    return found


def _sums(masks: Sequence[int]) -> list[int]:
    """The sum of each choice of the masks; bit i of its place in the list says whether mask i is in it."""
    sums = [0]
    for mask in masks:
        sums += [mask | earlier for earlier in sums]
    return sums
