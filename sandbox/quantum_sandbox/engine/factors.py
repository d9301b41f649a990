"""A circuit's distribution in parts that are independent of each other. Runs in the worker process only.

Qubits that no gate brings together are simulated apart: what makes a simulation dear is how many qubits are entangled,
not how many there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs
import numpy
from qiskit import QuantumCircuit

from .data import Refused
from .measuring import Sources

_WORD = 62
_MASK = (1 << _WORD) - 1
"""Outcomes are handled in words of so many bits, which fit into numpy's integers."""

_APART = 0x85EBCA6B
"""Between the seeds of factors, so that none has the seed of another circuit's."""


@attrs.frozen(eq=False)
class Factor:
    """Outcomes of some of the bits, as integers with every bit in its place, with their probabilities."""

    outcomes: list[int]
    weights: Any


@attrs.frozen(eq=False)
class Shots:
    """Outcomes of some of the bits that were drawn already: `hits` has the place in `outcomes` for each shot."""

    outcomes: list[int]
    hits: Any


@attrs.frozen(eq=False)
class Part:
    """The gates on qubits that are brought together, and for each of these the bits measured from it."""

    circuit: QuantumCircuit
    bits: list[list[int]]

    @property
    def measured(self) -> list[int]:
        """The qubits that are measured."""
        return [qubit for qubit, bits in enumerate(self.bits) if bits]

    @property
    def masks(self) -> list[int]:
        """For each qubit that is measured, the outcome in which it alone is 1."""
        return [sum(1 << bit for bit in bits) for bits in self.bits if bits]


def parts(flat: QuantumCircuit, sources: Sources) -> list[Part]:
    """The parts of a circuit that touch a bit, without qubits that no gate touches."""
    index = {qubit: i for i, qubit in enumerate(flat.qubits)}
    gates = [
        (i.operation, [index[qubit] for qubit in i.qubits])
        for i in flat.data
        if i.operation.name not in ("measure", "reset", "barrier")
    ]
    leader = list(range(flat.num_qubits))

    def find(qubit: int) -> int:
        while leader[qubit] != qubit:
            leader[qubit] = leader[leader[qubit]]
            qubit = leader[qubit]
        return qubit

    for _, qubits in gates:
        for qubit in qubits[1:]:
            leader[find(qubit)] = find(qubits[0])
    members: dict[int, list[int]] = {}
    for qubit in sorted({qubit for _, qubits in gates for qubit in qubits}):
        members.setdefault(find(qubit), []).append(qubit)
    measured_from: dict[int, list[int]] = {}
    for bit, source in enumerate(sources):
        if source is not None:
            measured_from.setdefault(source, []).append(bit)
    own_gates: dict[int, list[Any]] = {root: [] for root in members}
    for gate, qubits in gates:
        if qubits:
            own_gates[find(qubits[0])].append((gate, qubits))
    made = []
    for root, qubits in members.items():
        place = {qubit: i for i, qubit in enumerate(qubits)}
        circuit = QuantumCircuit(len(qubits))
        for gate, on in own_gates[root]:
            circuit.append(gate, [place[qubit] for qubit in on])
        bits = [measured_from.get(qubit, []) for qubit in qubits]
        if any(bits):
            made.append(Part(circuit, bits))
    return made


def product(factors: Sequence[Factor], most: int) -> dict[int, float]:
    """The whole distribution. Raises Refused where it has more than `most` outcomes.

    A bit that stands in several factors is their sum modulo 2: one of them says where another one is turned over.
    """
    whole = {0: 1.0}
    for factor in factors:
        if len(whole) * len(factor.outcomes) > most:
            raise Refused("too_complex", f"the circuit has more than {most} outcomes")
        pairs = list(zip(factor.outcomes, factor.weights.tolist(), strict=True))
        former, whole = whole, {}
        for a, p in former.items():
            for b, q in pairs:
                whole[a ^ b] = whole.get(a ^ b, 0.0) + p * q
    return whole


def sample(factors: Sequence[Factor | Shots], shots: int, seed: int) -> dict[int, int]:
    """Draw shots. Raw generator output, because numpy promises no stable stream for its distributions."""
    bits = max((max(factor.outcomes).bit_length() for factor in factors), default=0)
    words = range(0, max(bits, 1), _WORD)
    seen = numpy.zeros((len(words), shots), dtype=numpy.int64)
    for index, factor in enumerate(factors):
        hits = factor.hits if isinstance(factor, Shots) else _draw(factor, shots, seed + index * _APART)
        outcomes = factor.outcomes
        if len(outcomes) > shots:
            outcomes, hits = [outcomes[hit] for hit in hits.tolist()], slice(None)
        for row, start in zip(seen, words, strict=True):
            row ^= numpy.array([outcome >> start & _MASK for outcome in outcomes], dtype=numpy.int64)[hits]
    if len(words) == 1:  # ten times as fast, and most programs have no more bits
        found, counts = numpy.unique(seen[0], return_counts=True)
        return dict(zip(found.tolist(), counts.tolist(), strict=True))
    found, counts = numpy.unique(seen, axis=1, return_counts=True)
    drawn = zip(found.T.tolist(), counts.tolist(), strict=True)
    return {sum(part << start for part, start in zip(row, words, strict=True)): count for row, count in drawn}


def _draw(factor: Factor, shots: int, seed: int) -> Any:
    edges = numpy.cumsum(factor.weights)
    draws = (numpy.random.PCG64(seed % 2**32).random_raw(shots) >> numpy.uint64(11)) * 2.0**-53 * edges[-1]
    return numpy.minimum(numpy.searchsorted(edges, draws, side="right"), len(edges) - 1)
