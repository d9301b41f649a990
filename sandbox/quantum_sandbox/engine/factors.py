"""The distribution of a circuit as a product of independent factors. Runs in the worker process only.

Qubits that no gate connects are simulated separately, because the cost of a simulation depends on the number of
entangled qubits.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs
import numpy
from qiskit import QuantumCircuit

from .data import ProgramError
from .measuring import Sources

_WORD = 62
_MASK = (1 << _WORD) - 1
"""Outcomes are handled in words of this many bits, which fit into numpy's integers."""

_SEED_STEP = 0x85EBCA6B
"""Distance between the seeds of factors, so that none has a seed of another circuit."""


@attrs.frozen(eq=False)
class Factor:
    """The distribution of some of the bits. Outcomes are integers with the bits at their positions."""

    outcomes: list[int]
    weights: Any


@attrs.frozen(eq=False)
class Shots:
    """Shots of some of the bits: `indices` has, for each shot, the position in `outcomes`."""

    outcomes: list[int]
    indices: Any


@attrs.frozen(eq=False)
class Part:
    """A connected part of a circuit: its gates, and for each of its qubits the bits measured from it."""

    circuit: QuantumCircuit
    bits: list[list[int]]

    @property
    def measured(self) -> list[int]:
        """The qubits that are measured."""
        return [qubit for qubit, bits in enumerate(self.bits) if bits]

    @property
    def masks(self) -> list[int]:
        """For each measured qubit, the outcome in which only its bits are 1."""
        return [sum(1 << bit for bit in bits) for bits in self.bits if bits]


def parts(flat: QuantumCircuit, sources: Sources) -> list[Part]:
    """The connected parts of a circuit from which a bit is measured. Qubits without gates are in none."""
    index = {qubit: i for i, qubit in enumerate(flat.qubits)}
    gates = [
        (i.operation, [index[qubit] for qubit in i.qubits])
        for i in flat.data
        if i.operation.name not in ("measure", "reset", "barrier")
    ]
    leader_of = list(range(flat.num_qubits))

    def find(qubit: int) -> int:
        while leader_of[qubit] != qubit:
            leader_of[qubit] = leader_of[leader_of[qubit]]
            qubit = leader_of[qubit]
        return qubit

    for _, qubits in gates:
        for qubit in qubits[1:]:
            leader_of[find(qubit)] = find(qubits[0])
    members: dict[int, list[int]] = {}
    for qubit in sorted({qubit for _, qubits in gates for qubit in qubits}):
        members.setdefault(find(qubit), []).append(qubit)
    measured_from: dict[int, list[int]] = {}
    for bit, source in enumerate(sources):
        if source is not None:
            measured_from.setdefault(source, []).append(bit)
    gates_of_part: dict[int, list[Any]] = {leader: [] for leader in members}
    for gate, qubits in gates:
        if qubits:
            gates_of_part[find(qubits[0])].append((gate, qubits))
    made = []
    for leader, qubits in members.items():
        place = {qubit: i for i, qubit in enumerate(qubits)}
        circuit = QuantumCircuit(len(qubits))
        for gate, on in gates_of_part[leader]:
            circuit.append(gate, [place[qubit] for qubit in on])
        bits = [measured_from.get(qubit, []) for qubit in qubits]
        if any(bits):
            made.append(Part(circuit, bits))
    return made


def product(factors: Sequence[Factor], limit: int) -> dict[int, float]:
    """The whole distribution. Raises ProgramError where it has more than `limit` outcomes.

    A bit that is in several factors is their sum modulo 2: a factor may describe flips of bits in another one.
    """
    whole = {0: 1.0}
    for factor in factors:
        if len(whole) * len(factor.outcomes) > limit:
            raise ProgramError("too_complex", f"the circuit has more than {limit} outcomes")
        pairs = list(zip(factor.outcomes, factor.weights.tolist(), strict=True))
        former, whole = whole, {}
        for a, p in former.items():
            for b, q in pairs:
                whole[a ^ b] = whole.get(a ^ b, 0.0) + p * q
    return whole


def sample(factors: Sequence[Factor | Shots], shots: int, seed: int) -> dict[int, int]:
    """Draw shots. Uses raw generator output, because numpy does not promise stable distributions."""
    bits = max((max(factor.outcomes).bit_length() for factor in factors), default=0)
    words = range(0, max(bits, 1), _WORD)
    seen = numpy.zeros((len(words), shots), dtype=numpy.int64)
    for index, factor in enumerate(factors):
        indices = factor.indices if isinstance(factor, Shots) else _draw(factor, shots, seed + index * _SEED_STEP)
        outcomes = factor.outcomes
        if len(outcomes) > shots:
            outcomes, indices = [outcomes[index] for index in indices.tolist()], slice(None)
        for row, start in zip(seen, words, strict=True):
            row ^= numpy.array([outcome >> start & _MASK for outcome in outcomes], dtype=numpy.int64)[indices]
    if len(words) == 1:  # ten times as fast, and enough for most programs
        found, counts = numpy.unique(seen[0], return_counts=True)
        return dict(zip(found.tolist(), counts.tolist(), strict=True))
    found, counts = numpy.unique(seen, axis=1, return_counts=True)
    drawn = zip(found.T.tolist(), counts.tolist(), strict=True)
    return {sum(part << start for part, start in zip(row, words, strict=True)): count for row, count in drawn}


def _draw(factor: Factor, shots: int, seed: int) -> Any:
    edges = numpy.cumsum(factor.weights)
    draws = (numpy.random.PCG64(seed % 2**32).random_raw(shots) >> numpy.uint64(11)) * 2.0**-53 * edges[-1]
    return numpy.minimum(numpy.searchsorted(edges, draws, side="right"), len(edges) - 1)
