"""The largest cut of a graph by QAOA. Runs in the worker process only.

The source is JSON: ``{"nodes": number, "edges": [[node, node, weight], ...]}``, with each pair of nodes once. Node q is
qubit q. The cost of an outcome is minus the total weight of edges between nodes whose bits differ. The values are
``{"optimal_cost", "optimal_bitstring", "processing_status"}`` of the best shot, node 0 rightmost; the circuit is the
one with the best angles, and its counts.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Sequence
from typing import Any

import attrs
import numpy

from quantum_sandbox.engine.data import CircuitResult, Limits, ProgramError, SolverResult, Task

from .states import apply_gate, check_work, sample_shots, signs

_MAX_LAYERS = 2
_STEPS_PER_LAYER = 60
"""Circuits that the search for the best angles may run, for each layer."""

_FIRST_ANGLES = (0.6, 0.4)
"""The initial angles of a layer: of the cost, for edges of weight 1, and of the mixer."""

_FIRST_STEP, _LAST_STEP = 0.2, 0.02


@attrs.frozen(eq=False)
class Ansatz:
    """Layers of phases from `costs` and of rotations of each qubit about X."""

    qubits: int
    costs: Any
    unit: float

    def state(self, angles: Sequence[float]) -> Any:
        """The state for the angles (cost, mixer) of each layer in turn."""
        state = numpy.full(1 << self.qubits, 2.0 ** (-self.qubits / 2), dtype=complex)
        for cost_angle, mixer_angle in zip(angles[::2], angles[1::2], strict=True):
            state = state * numpy.exp(-1j * cost_angle / self.unit * self.costs)
            cosine, sine = numpy.cos(mixer_angle), -1j * numpy.sin(mixer_angle)
            for qubit in range(self.qubits):
                state = apply_gate(state, qubit, ((cosine, sine), (sine, cosine)))
        return state

    def energy(self, angles: Sequence[float]) -> float:
        # Nine digits, so that rounding errors, which differ between machines, do not change the search.
        return round(float(numpy.abs(self.state(angles)) ** 2 @ self.costs) / self.unit, 9)


def solve(task: Task, limits: Limits) -> SolverResult:
    """The best shot of the circuit with the best angles."""
    graph = json.loads(task.program.source)
    size, edges = graph["nodes"], graph["edges"]
    if size < 1:
        raise ProgramError("invalid", "the graph has no nodes")
    if size > task.device_qubits:
        raise ProgramError("too_many_qubits", f"the graph has {size} nodes, the device {task.device_qubits} qubits")
    layers = _layers(size, len(edges), limits)
    costs = _costs(size, edges)
    if not numpy.isfinite(costs).all():
        raise ProgramError("invalid", "the weights of the graph are too large")
    ansatz = Ansatz(size, costs, _unit(edges))
    angles, converged = _best_angles(ansatz, layers)
    gates = (size * (1 + layers), len(edges) * layers)
    counts = sample_shots(ansatz.state(angles), task, gates)
    best = min(counts, key=lambda outcome: (costs[outcome], outcome))
    values = {
        "optimal_cost": round(float(costs[best]), 12) + 0.0,
        "optimal_bitstring": format(best, f"0{size}b"),
        "processing_status": "complete" if converged else "max_iteration",
    }
    return SolverResult(size, values, _circuit(size, counts, task.shots, gates))


def _layers(size: int, edges: int, limits: Limits) -> int:
    """As many layers as the limits allow. Raises ProgramError where they do not allow one."""
    with contextlib.suppress(ProgramError):
        check_work(_steps(size, edges, _MAX_LAYERS), size, limits)
        return _MAX_LAYERS
    check_work(_steps(size, edges, 1), size, limits)
    return 1


def _steps(size: int, edges: int, layers: int) -> float:
    # Relative to a Pauli string, a rotation of one qubit is much cheaper, and the phases of a layer are half as much
    # work.
    return edges + _STEPS_PER_LAYER * layers**2 * (0.5 + 0.15 * size)


def _best_angles(ansatz: Ansatz, layers: int) -> tuple[list[float], bool]:
    """The best angles, and whether the search converged.

    Pattern search: a step along one angle at a time, halved where none is better. It is implemented here because the
    result of a library may differ between machines.
    """
    angles = list(_FIRST_ANGLES) * layers
    best, step, left = ansatz.energy(angles), _FIRST_STEP, _STEPS_PER_LAYER * layers - 1
    while step > _LAST_STEP:
        before = best
        for place in range(len(angles)):
            for move in (step, -step):
                if not left:
                    return angles, False
                left -= 1
                tried = [angle + move * (index == place) for index, angle in enumerate(angles)]
                if (energy := ansatz.energy(tried)) < best:
                    angles, best = tried, energy
                    break
        step = step / 2 if best == before else step
    return angles, True


def _costs(size: int, edges: Sequence[Any]) -> Any:
    """The cost of each outcome."""
    outcomes = numpy.arange(1 << size)
    costs = numpy.zeros(1 << size)
    for one, other, weight in edges:
        costs -= weight * (1 - signs(outcomes, 1 << one | 1 << other)) / 2
    return costs


def _unit(edges: Sequence[Any]) -> float:
    """The mean absolute weight, so that the search does not depend on the unit of the weights."""
    sizes = [abs(weight) for _, _, weight in edges if weight]
    return sum(sizes) / len(sizes) if sizes else 1.0


def _circuit(size: int, counts: dict[int, int], shots: int, gates: tuple[int, int]) -> CircuitResult:
    seen = {format(outcome, f"0{size}b"): counts[outcome] for outcome in sorted(counts)}
    return CircuitResult(
        num_qubits=size,
        num_bits=size,
        qubits=list(range(size)),
        probabilities={outcome: count / shots for outcome, count in seen.items()},
        counts=seen,
        registers={},
        one_qubit_gates=gates[0],
        two_qubit_gates=gates[1],
    )
