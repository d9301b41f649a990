"""Run one program with Qiskit Aer. Runs in the worker process only.

If all measurements are at the end, or can be deferred to it, the exact distribution is computed once and shots are
drawn from it. Otherwise Aer runs the program shot by shot, and an exact distribution is refused as ``inexact``.
"""

from __future__ import annotations

import hashlib
from collections import Counter, OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import attrs
from qiskit import QuantumCircuit

from . import noise
from .aer import CLIFFORD, Aer
from .compiling import compiled
from .data import CircuitResult, Failure, Language, Limits, Noise, Outcome, ProgramError, Task
from .factors import Factor, Part, Shots, parts, product, sample
from .flatten import Budget, flatten
from .measuring import Sources, as_channels, measures, sources_of, with_deferred_measurements, with_readout
from .qir import OUTCOME_BITS
from .reading import Registers, read
from .solvers import SOLVERS

_MAX_DEFERRED_QUBITS = 18
"""Qubits of a part, including those added for measurements, up to which deferring measurements is cheap."""
_MAX_DEFERRED_QUBITS_EXACT = 22
"""The same for an exact distribution, which may take a few seconds."""

_CACHED = 256
_MAX_CACHED_OUTCOMES = 1 << 16


@attrs.frozen(eq=False)
class Prepared:
    """A circuit ready to be simulated.

    Attributes:
        width: number of bits of an outcome: the last bits of `circuit`.
        num_bits: number of classical bits of the program: the lowest ones of an outcome.
        qubits: the positions of the qubits' final states in an outcome.
        sources: None where the program can only run shot by shot.
        method: how Aer computes the exact distribution.
        factors: the exact distribution, once it is computed.
        densities: with noise, the distributions of the parts simulated as density matrices, by index.
    """

    num_qubits: int
    num_bits: int
    width: int
    qubits: Sequence[int]
    registers: Registers
    one_qubit_gates: int
    two_qubit_gates: int
    circuit: QuantumCircuit
    sources: Sources | None
    compiled: Mapping[Language, str]
    method: Literal["statevector", "density_matrix"] = "statevector"
    factors: Sequence[Factor] | None = None
    densities: dict[int, Factor] = attrs.field(factory=dict)


class Simulator:
    """Runs tasks one after another, and caches the last circuits."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._aer = Aer(max(64, limits.memory_mb // 2))
        self._prepared: OrderedDict[str, Prepared] = OrderedDict()

    def run(self, task: Task) -> Outcome:
        try:
            return self._run(task)
        except ProgramError as refused:
            return refused.failure
        except MemoryError:
            return Failure("memory", "the simulation needs more memory than there is")

    def _run(self, task: Task) -> Outcome:
        solver = SOLVERS.get(task.program.language)
        return self._simulate(task) if solver is None else solver(task, self._limits)

    def _simulate(self, task: Task) -> CircuitResult:
        prepared = self._prepare(task)
        if not task.shots:
            return _circuit_result(prepared, {}, {})
        if prepared.sources is None and task.exact:
            raise ProgramError("inexact", "the exact distribution is more than this simulator takes")
        if prepared.sources is None:
            counts = self._shot_by_shot(prepared, task)
        elif task.noise is None and prepared.factors is None and not task.exact and self._is_wide_clifford(prepared):
            counts = self._stabilizer_shots(prepared, task)
        else:
            if task.noise is None:
                factors, seed = self._ideal_factors(prepared, task), task.seed
            else:
                stream = noise.Stream(task.seed)
                factors, seed = self._noisy_factors(prepared, task, task.noise, stream), stream.seed()
            if task.exact:
                whole = product([factor for factor in factors if isinstance(factor, Factor)], self._limits.outcomes)
                return _circuit_result(prepared, _by_bitstring(prepared, whole), None)
            counts = sample(factors, task.shots, seed)
        seen = _by_bitstring(prepared, counts)
        probabilities = {outcome: count / task.shots for outcome, count in seen.items()}
        return _circuit_result(prepared, probabilities, seen)

    def _prepare(self, task: Task) -> Prepared:
        known = self._prepared.get(_cache_key(task))
        if known is not None:
            self._prepared.move_to_end(_cache_key(task))
            return known
        circuit, registers = read(task.program, self._limits.gates)
        if circuit.num_qubits > task.device_qubits:
            raise ProgramError(
                "too_many_qubits", f"the circuit has {circuit.num_qubits} qubits, the device {task.device_qubits}"
            )
        budget = Budget(self._limits.gates)
        flat = flatten(circuit, self._aer.gate_names, budget, control_flow=task.control_flow)
        bits = (circuit.metadata or {}).get(OUTCOME_BITS, circuit.num_clbits)
        if not measures(flat):
            # A program without measurements is measured completely. The bits of measure_all come last, so they are
            # the highest, and first in the simulator's keys.
            bits = circuit.num_qubits
            flat.measure_all(add_bits=True)
            registers = registers if task.program.language.startswith("ionq") else {}
        native = self._in_native_gates(flat, task, bits, mid_circuit=sources_of(flat) is None)
        flat, width, qubits = with_readout(flat, bits, task.readout)
        if task.readout == "qubits":
            bits = circuit.num_qubits
            registers = registers if task.program.language.startswith("ionq") else {}
        if task.noise is not None:
            narrow = flatten(flat, self._aer.narrow_gate_names, Budget(self._limits.gates), control_flow=True)
            flat = noise.with_virtual_gates(narrow)
        prepared = Prepared(
            num_qubits=circuit.num_qubits,
            num_bits=bits,
            width=width,
            qubits=qubits,
            registers=registers,
            one_qubit_gates=budget.one_qubit,
            two_qubit_gates=budget.two_qubit,
            circuit=flat,
            sources=sources_of(flat),
            compiled=native,
        )
        if prepared.sources is None:
            prepared = self._with_deferred_measurements(prepared, task)
        if prepared.sources is not None:
            prepared = attrs.evolve(prepared, sources=prepared.sources[-width:])
        self._cache(task, prepared)
        return prepared

    def _with_deferred_measurements(self, prepared: Prepared, task: Task) -> Prepared:
        """The circuit with deferred measurements, if that is affordable. An exact distribution may cost more."""
        deferred = with_deferred_measurements(prepared.circuit)
        if deferred is not None and self._is_affordable(*deferred, _MAX_DEFERRED_QUBITS):
            return attrs.evolve(prepared, circuit=deferred[0], sources=deferred[1])
        if task.exact and task.noise is None and task.readout == "qubits":
            channels = as_channels(prepared.circuit, prepared.width)
            if channels is not None and noise.fit_as_density_matrices(parts(*channels), self._limits):
                return attrs.evolve(prepared, circuit=channels[0], sources=channels[1], method="density_matrix")
        if task.exact and deferred is not None and self._is_affordable(*deferred, _MAX_DEFERRED_QUBITS_EXACT):
            return attrs.evolve(prepared, circuit=deferred[0], sources=deferred[1])
        return prepared

    def _is_affordable(self, circuit: QuantumCircuit, sources: Sources, most_qubits: int) -> bool:
        """Whether each part has at most `most_qubits`, and the total work is within the limit."""
        found = parts(circuit, sources)
        work = sum(len(part.circuit.data) * 2.0 ** min(part.circuit.num_qubits, 1000) for part in found)
        widest = max((part.circuit.num_qubits for part in found), default=0)
        return widest <= min(most_qubits, self._limits.qubits) and work <= self._limits.work

    def _in_native_gates(
        self, flat: QuantumCircuit, task: Task, bits: int, *, mid_circuit: bool
    ) -> Mapping[Language, str]:
        if task.compile_for is None:
            return {}
        gate_names = self._aer.narrow_gate_names
        return compiled(flat, task.compile_for, gate_names, self._limits, bits=bits, mid_circuit=mid_circuit)

    def _cache(self, task: Task, prepared: Prepared) -> None:
        if sum(len(factor.outcomes) for factor in prepared.factors or ()) <= _MAX_CACHED_OUTCOMES:
            self._prepared[_cache_key(task)] = prepared
            while len(self._prepared) > _CACHED:
                self._prepared.popitem(last=False)

    def _ideal_factors(self, prepared: Prepared, task: Task) -> Sequence[Factor | Shots]:
        if prepared.factors is None:
            prepared = attrs.evolve(prepared, factors=self._distribution(prepared))
            self._cache(task, prepared)
        assert prepared.factors is not None
        return prepared.factors

    def _distribution(self, prepared: Prepared) -> list[Factor]:
        """The exact distribution of a circuit whose measurements are at the end."""
        assert prepared.sources is not None
        found = parts(prepared.circuit, prepared.sources)
        if prepared.method == "statevector":
            self._check_parts(found)
        return [self._aer.distribution(part, method=prepared.method) for part in found]

    def _check_parts(self, found: Sequence[Part]) -> None:
        gates = sum(len(part.circuit.data) for part in found)
        work = sum(max(len(part.circuit.data), 1) * 2.0 ** min(part.circuit.num_qubits, 1000) for part in found)
        self._check(max((part.circuit.num_qubits for part in found), default=0), gates, work)

    def _noisy_factors(
        self, prepared: Prepared, task: Task, rates: Noise, stream: noise.Stream
    ) -> Sequence[Factor | Shots]:
        """Distributions or shots of each part with gate errors, and of the readout errors."""
        assert prepared.sources is not None
        found = parts(prepared.circuit, prepared.sources)
        ways = noise.methods(found, None if task.exact else task.shots, self._limits)
        if task.exact and "approximation" in ways:
            raise ProgramError("too_complex", "the exact distribution with noise is more than this simulator takes")
        factors: list[Factor | Shots] = []
        model = noise.model(rates, [part.circuit for part in found])
        for index, (part, way) in enumerate(zip(found, ways, strict=True)):
            if way == "density_matrix":
                if index not in prepared.densities:
                    prepared.densities[index] = self._aer.distribution(part, method=way, noise=model)
                factors.append(prepared.densities[index])
            elif way == "approximation":
                factors.append(self._ideal_shots(part, task.shots, stream))
                factors += noise.random_flips(part, rates, task.shots, stream)
            else:
                counts = self._aer.shots(part, shots=task.shots, method=way, seed=stream.seed(), noise=model)
                factors.append(noise.shuffled(counts, stream))
        bits = [bit for bit, source in enumerate(prepared.sources) if source is not None]
        return [*factors, *noise.readout_errors(bits, rates, 1 if task.exact else noise.FACTOR_BITS)]

    def _ideal_shots(self, part: Part, shots: int, stream: noise.Stream) -> Shots:
        if noise.is_clifford(part) and part.circuit.num_qubits > self._limits.qubits:
            counts = self._aer.shots(part, shots=shots, method="stabilizer", seed=stream.seed())
        else:
            self._check_parts([part])
            counts = sample([self._aer.distribution(part)], shots, stream.seed())
        return noise.shuffled(counts, stream)

    def _shot_by_shot(self, prepared: Prepared, task: Task) -> dict[int, int]:
        circuit = prepared.circuit
        gates = prepared.one_qubit_gates + prepared.two_qubit_gates
        self._check(circuit.num_qubits, gates, max(gates, 1) * task.shots * 2.0 ** min(circuit.num_qubits, 1000))
        if task.noise is None:
            result = self._aer.run(circuit, shots=task.shots, method="automatic", seed=task.seed)
        else:
            model, seed = noise.model(task.noise, [circuit], readout=True), noise.Stream(task.seed).seed()
            result = self._aer.run(circuit, shots=task.shots, method="statevector", seed=seed, noise=model)
        counts: Counter[int] = Counter()
        for key, count in result.get_counts().items():
            counts[int(key.replace(" ", "")[: prepared.width], 2)] += int(count)
        return dict(counts)

    def _stabilizer_shots(self, prepared: Prepared, task: Task) -> dict[int, int]:
        """Shots of a Clifford circuit, which may have more qubits than a state vector can."""
        assert prepared.sources is not None
        circuit, place = _without_idle_qubits(prepared.circuit)
        circuit.measure_all()
        raw = self._aer.run(circuit, shots=task.shots, method="stabilizer", seed=task.seed).get_counts()
        sources = [None if q is None else place.get(q) for q in prepared.sources]
        counts: Counter[int] = Counter()
        for key, count in raw.items():
            counts[_scatter_bits(int(key, 2), sources)] += int(count)
        return dict(counts)

    def _is_wide_clifford(self, prepared: Prepared) -> bool:
        if prepared.num_qubits <= self._limits.qubits or prepared.sources is None:
            return False
        found = parts(prepared.circuit, prepared.sources)
        if max((part.circuit.num_qubits for part in found), default=0) <= self._limits.qubits:
            return False
        return {i.operation.name for i in prepared.circuit.data} <= {*CLIFFORD, "measure", "reset", "barrier"}

    def _check(self, qubits: int, gates: int, work: float) -> None:
        limit = self._limits.qubits
        if qubits > limit:
            raise ProgramError(
                "too_many_qubits", f"{qubits} qubits are brought together; this simulator takes up to {limit}"
            )
        if work > self._limits.work:
            raise ProgramError("too_complex", f"{gates} gates on {qubits} qubits are more than this simulator takes")


def _without_idle_qubits(flat: QuantumCircuit) -> tuple[QuantumCircuit, dict[int, int]]:
    """The gates on the qubits they touch, and the new index of each of these qubits."""
    index = {qubit: i for i, qubit in enumerate(flat.qubits)}
    gates = [i for i in flat.data if i.operation.name not in ("measure", "reset", "barrier")]
    used = sorted({index[qubit] for gate in gates for qubit in gate.qubits})
    place = {qubit: i for i, qubit in enumerate(used)}
    circuit = QuantumCircuit(len(used), global_phase=flat.global_phase)
    for gate in gates:
        circuit.append(gate.operation, [place[index[qubit]] for qubit in gate.qubits])
    return circuit, place


def _scatter_bits(outcome: int, sources: Sources) -> int:
    """The outcome whose bit i is bit `sources[i]` of `outcome`."""
    return sum(1 << bit for bit, source in enumerate(sources) if source is not None and outcome >> source & 1)


def _by_bitstring(prepared: Prepared, outcomes: Mapping[int, Any]) -> dict[str, Any]:
    """The same with bitstrings as keys, sorted."""
    return {format(outcome, f"0{prepared.width}b"): outcomes[outcome] for outcome in sorted(outcomes)}


def _circuit_result(
    prepared: Prepared, probabilities: dict[str, float], counts: dict[str, int] | None
) -> CircuitResult:
    return CircuitResult(
        num_qubits=prepared.num_qubits,
        num_bits=prepared.num_bits,
        probabilities=probabilities,
        counts=counts,
        registers=prepared.registers,
        one_qubit_gates=prepared.one_qubit_gates,
        two_qubit_gates=prepared.two_qubit_gates,
        qubits=prepared.qubits,
        compiled=prepared.compiled,
    )


def _cache_key(task: Task) -> str:
    asked = attrs.evolve(task, program=attrs.evolve(task.program, source=""), shots=0, seed=0)
    text = f"{asked}:{task.program.source}"
    return hashlib.sha256(text.encode()).hexdigest()
