"""Running one circuit with Qiskit Aer. Runs in the worker process only.

Where all measurements come at the end, the exact distribution is computed once and shots are drawn from it. Else Aer
runs the program shot by shot.
"""

from __future__ import annotations

import hashlib
from collections import Counter, OrderedDict
from typing import Any

import attrs
import numpy
from qiskit import QuantumCircuit
from qiskit_aer import AerSimulator

from .data import Failed, Limits, Measured, Outcome, Refused, Task
from .flatten import Budget, flatten
from .reading import Registers, read

_SMALLEST = 1e-12
"""A probability below this is the simulator's rounding."""

_CLIFFORD = frozenset({"x", "y", "z", "h", "s", "sdg", "sx", "sxdg", "cx", "cy", "cz", "swap", "ecr"})
_REMEMBERED = 256
_REMEMBERED_OUTCOMES = 1 << 16


@attrs.frozen(eq=False)
class Prepared:
    """A circuit that was read: `support` is its exact distribution as (outcomes, probabilities), where there is one."""

    num_qubits: int
    num_bits: int
    bit_is_qubit: bool
    registers: Registers
    one_qubit_gates: int
    two_qubit_gates: int
    circuit: QuantumCircuit
    sources: list[int | None] | None
    """For each bit the qubit it is measured from, None for a bit that stays 0; None where measurements interleave."""
    support: tuple[list[str], Any] | None = None


class Simulator:
    """Runs tasks one after another and remembers the last circuits, so that an identical one is simulated once."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._backend = AerSimulator(max_memory_mb=max(64, limits.memory_mb // 2))
        self._known = frozenset(self._backend.operation_names)
        self._prepared: OrderedDict[str, Prepared] = OrderedDict()

    def run(self, task: Task) -> Outcome:
        try:
            return self._run(task)
        except Refused as refused:
            return refused.failure
        except MemoryError:
            return Failed("memory", "the simulation needs more memory than there is")

    def _run(self, task: Task) -> Measured:
        prepared = self._prepare(task)
        if prepared.sources is None:
            counts = self._shot_by_shot(prepared, task)
        elif prepared.support is None and not task.exact and self._is_wide_clifford(prepared):
            counts = self._stabilizer_shots(prepared, task)
        else:
            if prepared.support is None:
                prepared = attrs.evolve(prepared, support=self._distribution(prepared))
                self._remember(task, prepared)
            assert prepared.support is not None
            outcomes, weights = prepared.support
            if task.exact:
                if len(outcomes) > self._limits.outcomes:
                    raise Refused("too_complex", f"the circuit has more than {self._limits.outcomes} outcomes")
                return _measured(prepared, dict(zip(outcomes, weights.tolist(), strict=True)), None)
            counts = _sample(outcomes, weights, task.shots, task.seed)
        probabilities = {outcome: count / task.shots for outcome, count in counts.items()}
        return _measured(prepared, probabilities, None if task.exact else counts)

    def _prepare(self, task: Task) -> Prepared:
        known = self._prepared.get(_key(task))
        if known is not None:
            self._prepared.move_to_end(_key(task))
            return known
        circuit, registers = read(task.circuit, self._limits.gates)
        if circuit.num_qubits > task.device_qubits:
            raise Refused(
                "too_many_qubits", f"the circuit has {circuit.num_qubits} qubits, the device {task.device_qubits}"
            )
        budget = Budget(self._limits.gates)
        flat = flatten(circuit, self._known, budget, control_flow=task.control_flow)
        bits = circuit.num_clbits
        if not _measures(flat):
            # A program that measures nothing means everything. The bits of measure_all come last, so they are the
            # highest, and the first in the simulator's own keys.
            bits = circuit.num_qubits
            flat.measure_all(add_bits=True)
            registers = registers if task.circuit.language.startswith("ionq") else {}
        sources = _sources(flat)
        sources = None if sources is None else sources[-bits:]
        prepared = Prepared(
            num_qubits=circuit.num_qubits,
            num_bits=bits,
            bit_is_qubit=_is_bit_by_bit(sources, circuit.num_qubits),
            registers=registers,
            one_qubit_gates=budget.one_qubit,
            two_qubit_gates=budget.two_qubit,
            circuit=flat,
            sources=sources,
        )
        self._remember(task, prepared)
        return prepared

    def _remember(self, task: Task, prepared: Prepared) -> None:
        if prepared.support is None or len(prepared.support[0]) <= _REMEMBERED_OUTCOMES:
            self._prepared[_key(task)] = prepared
            while len(self._prepared) > _REMEMBERED:
                self._prepared.popitem(last=False)

    def _distribution(self, prepared: Prepared) -> tuple[list[str], Any]:
        """All outcomes with their probabilities, of a circuit that measures at its end."""
        assert prepared.sources is not None
        circuit, place = _without_idle_qubits(prepared.circuit)
        self._check_work(circuit.num_qubits, len(circuit.data), 1)
        columns = [None if q is None else place.get(q) for q in prepared.sources]
        saved = sorted({column for column in columns if column is not None})
        if not saved:
            return ["0" * prepared.num_bits], numpy.ones(1)
        circuit.save_probabilities(saved)
        vector = self._aer(circuit, shots=1, method="statevector").data(0)["probabilities"]
        hits = numpy.flatnonzero(vector > _SMALLEST)
        # Twelve digits keep 0.5 from reading 0.5000000000000001; the sum stays 1 within a rounding of each outcome.
        weights = numpy.round(vector[hits], 12)
        bits = [None if column is None else saved.index(column) for column in columns]
        if bits == list(range(len(bits))):
            return [format(hit, f"0{len(bits)}b") for hit in hits.tolist()], weights
        return [_spread(hit, bits) for hit in hits.tolist()], weights

    def _shot_by_shot(self, prepared: Prepared, task: Task) -> dict[str, int]:
        circuit = prepared.circuit
        self._check_work(circuit.num_qubits, prepared.one_qubit_gates + prepared.two_qubit_gates, task.shots)
        raw = self._aer(circuit, shots=task.shots, method="automatic", seed=task.seed).get_counts()
        counts = {key.replace(" ", "")[: prepared.num_bits]: int(count) for key, count in raw.items()}
        return dict(sorted(counts.items()))

    def _stabilizer_shots(self, prepared: Prepared, task: Task) -> dict[str, int]:
        """Shots of a Clifford circuit, which may have more qubits than a state vector."""
        assert prepared.sources is not None
        circuit, place = _without_idle_qubits(prepared.circuit)
        circuit.measure_all()
        raw = self._aer(circuit, shots=task.shots, method="stabilizer", seed=task.seed).get_counts()
        sources = [None if q is None else place.get(q) for q in prepared.sources]
        counts: Counter[str] = Counter()
        for key, count in raw.items():
            counts[_spread(int(key, 2), sources)] += int(count)
        return dict(sorted(counts.items()))

    def _is_wide_clifford(self, prepared: Prepared) -> bool:
        if prepared.num_qubits <= self._limits.qubits:
            return False
        circuit, _ = _without_idle_qubits(prepared.circuit)
        return circuit.num_qubits > self._limits.qubits and {i.operation.name for i in circuit.data} <= _CLIFFORD

    def _check_work(self, qubits: int, gates: int, shots: int) -> None:
        if qubits > self._limits.qubits:
            raise Refused(
                "too_many_qubits", f"{qubits} qubits in use; this simulator takes up to {self._limits.qubits}"
            )
        if max(gates, 1) * shots * 2.0**qubits > self._limits.work:
            raise Refused("too_complex", f"{gates} gates on {qubits} qubits are more than this simulator takes")

    def _aer(self, circuit: QuantumCircuit, *, shots: int, method: str, seed: int = 0) -> Any:
        result = self._backend.run(circuit, shots=shots, method=method, seed_simulator=seed).result()
        if not result.success:
            raise Refused("internal", str(result.status)[:300])
        return result


def _is_bit_by_bit(sources: list[int | None] | None, num_qubits: int) -> bool:
    if sources is None or len(sources) > num_qubits:
        return False
    return all(source is None or source == bit for bit, source in enumerate(sources))


def _measures(circuit: QuantumCircuit) -> bool:
    return any(
        i.operation.name == "measure" or any(_measures(block) for block in getattr(i.operation, "blocks", ()))
        for i in circuit.data
    )


def _sources(flat: QuantumCircuit) -> list[int | None] | None:
    """For each classical bit the qubit it is measured from; None where a measurement is not the last on its qubit."""
    qubit_index = {qubit: index for index, qubit in enumerate(flat.qubits)}
    clbit_index = {clbit: index for index, clbit in enumerate(flat.clbits)}
    sources: list[int | None] = [None] * flat.num_clbits
    touched: set[int] = set()
    measured: set[int] = set()
    for instruction in flat.data:
        qubits = [qubit_index[qubit] for qubit in instruction.qubits]
        if instruction.operation.name == "measure":
            bit = clbit_index[instruction.clbits[0]]
            if sources[bit] is not None:
                return None
            sources[bit] = qubits[0]
            measured.update(qubits)
        elif instruction.operation.name == "reset" and not touched & set(qubits) and not measured & set(qubits):
            continue  # it is in that state already
        elif instruction.clbits or instruction.operation.name == "reset" or measured & set(qubits):
            return None
        touched.update(qubits)
    return sources


def _without_idle_qubits(flat: QuantumCircuit) -> tuple[QuantumCircuit, dict[int, int]]:
    """The gates alone, on the qubits they touch; and where each of these qubits is now."""
    index = {qubit: i for i, qubit in enumerate(flat.qubits)}
    gates = [i for i in flat.data if i.operation.name not in ("measure", "reset", "barrier")]
    used = sorted({index[qubit] for gate in gates for qubit in gate.qubits})
    place = {qubit: i for i, qubit in enumerate(used)}
    circuit = QuantumCircuit(len(used), global_phase=flat.global_phase)
    for gate in gates:
        circuit.append(gate.operation, [place[index[qubit]] for qubit in gate.qubits])
    return circuit, place


def _sample(outcomes: list[str], weights: Any, shots: int, seed: int) -> dict[str, int]:
    """Draw shots. Raw generator output, because numpy promises no stable stream for its distributions."""
    edges = numpy.cumsum(weights)
    draws = (numpy.random.PCG64(seed).random_raw(shots) >> numpy.uint64(11)) * 2.0**-53 * edges[-1]
    hits = numpy.bincount(numpy.searchsorted(edges, draws, side="right"), minlength=len(outcomes))
    return {outcomes[i]: int(hits[i]) for i in numpy.flatnonzero(hits).tolist() if i < len(outcomes)}


def _spread(outcome: int, sources: list[int | None]) -> str:
    """The bitstring whose bit i is bit `sources[i]` of `outcome`, bit 0 rightmost."""
    return "".join("0" if s is None else str(outcome >> s & 1) for s in reversed(sources))


def _measured(prepared: Prepared, probabilities: dict[str, float], counts: dict[str, int] | None) -> Measured:
    return Measured(
        num_qubits=prepared.num_qubits,
        num_bits=prepared.num_bits,
        bit_is_qubit=prepared.bit_is_qubit,
        probabilities=probabilities,
        counts=counts,
        registers=prepared.registers,
        one_qubit_gates=prepared.one_qubit_gates,
        two_qubit_gates=prepared.two_qubit_gates,
    )


def _key(task: Task) -> str:
    text = f"{task.circuit.language}:{task.control_flow}:{task.device_qubits}:{task.circuit.source}"
    return hashlib.sha256(text.encode()).hexdigest()
