"""Qiskit Aer: one circuit goes in, a distribution or shots come out. Runs in the worker process only."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy
from qiskit import QuantumCircuit
from qiskit_aer import AerSimulator

from .data import Refused
from .factors import Factor, Part

CLIFFORD = frozenset({"x", "y", "z", "h", "s", "sdg", "sx", "sxdg", "cx", "cy", "cz", "swap", "ecr"})
"""Gates of which Aer simulates any number of qubits, by the method ``stabilizer``."""

_SMALLEST = 1e-12
"""A probability below this is the simulator's rounding."""


class Aer:
    """Aer within a bound of memory. Each method may be given a noise model of Aer's."""

    def __init__(self, memory_mb: int) -> None:
        self._backend = AerSimulator(max_memory_mb=memory_mb)
        self.names = frozenset(self._backend.operation_names)
        """All that it knows by name."""
        self.narrow_names = self.names - {"ccx", "ccz", "cswap", "pauli", *(n for n in self.names if n[:2] == "mc")}
        """The same without gates on more than two qubits."""

    def run(self, circuit: QuantumCircuit, *, shots: int, method: str, seed: int = 0, noise: Any = None) -> Any:
        options: dict[str, Any] = {} if noise is None else {"noise_model": noise}
        if method == "density_matrix":
            options["max_parallel_threads"] = 1  # on a busy machine, threads that wait for each other are slower
        result = self._backend.run(circuit, shots=shots, method=method, seed_simulator=seed, **options).result()
        if not result.success:
            raise Refused("internal", str(result.status)[:300])
        return result

    def distribution(self, part: Part, *, method: str = "statevector", noise: Any = None) -> Factor:
        """All outcomes of a part with their probabilities."""
        circuit = part.circuit.copy()
        saved = part.measured
        circuit.save_probabilities(saved)
        vector = self.run(circuit, shots=1, method=method, noise=noise).data(0)["probabilities"]
        hits = numpy.flatnonzero(vector > _SMALLEST)
        # Twelve digits keep 0.5 from reading 0.5000000000000001; the sum stays 1 within a rounding of each outcome.
        masks = part.masks
        if masks == [1 << place for place in range(len(masks))]:
            return Factor(hits.tolist(), numpy.round(vector[hits], 12))
        return Factor([_spread(hit, masks) for hit in hits.tolist()], numpy.round(vector[hits], 12))

    def shots(self, part: Part, *, shots: int, method: str, seed: int, noise: Any = None) -> dict[int, int]:
        """Shots of a part: how many had which outcome."""
        circuit = QuantumCircuit(part.circuit.num_qubits, len(part.measured))
        circuit.compose(part.circuit, inplace=True)
        circuit.measure(part.measured, range(len(part.measured)))
        raw = self.run(circuit, shots=shots, method=method, seed=seed, noise=noise).get_counts()
        counts: Counter[int] = Counter()
        for key in sorted(raw):
            counts[_spread(int(key, 2), part.masks)] += int(raw[key])
        return dict(counts)


def _spread(hit: int, masks: list[int]) -> int:
    """The outcome that has the bits of ``masks[i]`` where bit i of `hit` is 1."""
    return sum(mask for place, mask in enumerate(masks) if hit >> place & 1)
