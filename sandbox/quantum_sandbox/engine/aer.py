"""Distributions and shots from Qiskit Aer. Runs in the worker process only."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy
from qiskit import QuantumCircuit
from qiskit_aer import AerSimulator

from .data import ProgramError
from .factors import Factor, Part

CLIFFORD = frozenset({"x", "y", "z", "h", "s", "sdg", "sx", "sxdg", "cx", "cy", "cz", "swap", "ecr"})
"""Gates that Aer's method ``stabilizer`` simulates, on any number of qubits."""

_SMALLEST = 1e-12
"""Probabilities below this are rounding errors."""


class Aer:
    """Aer with a memory limit. The `noise` arguments are noise models of Aer."""

    def __init__(self, memory_mb: int) -> None:
        self._backend = AerSimulator(max_memory_mb=memory_mb)
        self.gate_names = frozenset(self._backend.operation_names)
        """The names of all its gates and instructions."""
        self.narrow_gate_names = self.gate_names - {
            "ccx",
            "ccz",
            "cswap",
            "pauli",
            *(n for n in self.gate_names if n[:2] == "mc"),
        }
        """The same without gates on more than two qubits."""

    def run(self, circuit: QuantumCircuit, *, shots: int, method: str, seed: int = 0, noise: Any = None) -> Any:
        options: dict[str, Any] = {} if noise is None else {"noise_model": noise}
        if method == "density_matrix":
            options["max_parallel_threads"] = 1  # faster on a busy machine
        result = self._backend.run(circuit, shots=shots, method=method, seed_simulator=seed, **options).result()
        if not result.success:
            raise ProgramError("internal", str(result.status)[:300])
        return result

    def distribution(self, part: Part, *, method: str = "statevector", noise: Any = None) -> Factor:
        """The exact distribution of a part."""
        circuit = part.circuit.copy()
        saved = part.measured
        circuit.save_probabilities(saved)
        vector = self.run(circuit, shots=1, method=method, noise=noise).data(0)["probabilities"]
        indices = numpy.flatnonzero(vector > _SMALLEST)
        # Twelve digits, so that 0.5000000000000001 becomes 0.5.
        masks = part.masks
        if masks == [1 << place for place in range(len(masks))]:
            return Factor(indices.tolist(), numpy.round(vector[indices], 12))
        return Factor([_scatter_bits(index, masks) for index in indices.tolist()], numpy.round(vector[indices], 12))

    def shots(self, part: Part, *, shots: int, method: str, seed: int, noise: Any = None) -> dict[int, int]:
        """Shots of a part, as counts by outcome."""
        circuit = QuantumCircuit(part.circuit.num_qubits, len(part.measured))
        circuit.compose(part.circuit, inplace=True)
        circuit.measure(part.measured, range(len(part.measured)))
        raw = self.run(circuit, shots=shots, method=method, seed=seed, noise=noise).get_counts()
        counts: Counter[int] = Counter()
        for key in sorted(raw):
            counts[_scatter_bits(int(key, 2), part.masks)] += int(raw[key])
        return dict(counts)


def _scatter_bits(index: int, masks: list[int]) -> int:
    """The outcome with the bits of ``masks[i]`` for each bit i of `index` that is 1."""
    return sum(mask for place, mask in enumerate(masks) if index >> place & 1)
