"""The energy of a Hamiltonian in the state of a parametrized circuit. Runs in the worker process only.

The source is JSON: ``{"ansatz": OpenQASM, "params": [...], "hamiltonian": [[letters, coefficient], ...], "linear":
[[coefficients, bound], ...], "quadratic": [[matrix, coefficients, bound], ...], "penalty", "cvar_alpha"}``. The values
are ``{"value", "variance", "circuits", "gates": [on one qubit, on two]}``.

The last letter of a Pauli string is for qubit 0, as in Qiskit. The values of the parameters are in the order of the
declared inputs. Constraints are on x, whose entry q is the bit of qubit q: they add to the energy of an outcome
`penalty` times the amount by which it violates them. With `cvar_alpha`, the value is the mean of this part of the
energies, the lowest ones. The variance is that of the energy of one shot.
"""

from __future__ import annotations

import functools
import itertools
import json
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

import attrs
import numpy
from qiskit import QiskitError, QuantumCircuit
from qiskit_aer import AerSimulator

from quantum_sandbox.engine.bounds import check_program, version_of
from quantum_sandbox.engine.data import Limits, Program, ProgramError, SolverResult, Task
from quantum_sandbox.engine.flatten import Budget, flatten
from quantum_sandbox.engine.reading import read

from .states import apply_gate, check_work, sample_shots, signs

_COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
_INPUT = re.compile(r"\binput\s+\w+\s*(?:\[[^\]]*\])?\s*(\w+)\s*;")
_MAX_COMPARISONS = 2_000_000
_MAX_SHOTS = 20_000_000
"""Shots of all measurements together."""

_H = numpy.array([[1, 1], [1, -1]]) / math.sqrt(2)
_TO_Z: Mapping[str, Any] = {"X": _H, "Y": _H @ numpy.diag([1, -1j])}
"""The gate that maps the eigenstates of an operator to those of Z."""


@attrs.frozen
class Term:
    """A product of Pauli operators: X on the qubits in `x`, Z on those in `z`, Y on those in both."""

    x: int
    z: int
    coefficient: float

    @property
    def support(self) -> int:
        return self.x | self.z


@attrs.define
class Group:
    """Terms that one measurement gives, and the basis of each qubit in it."""

    x: int = 0
    z: int = 0
    terms: list[Term] = attrs.field(factory=list)

    def takes(self, term: Term) -> bool:
        common = term.support & (self.x | self.z)
        return not ((term.x ^ self.x) | (term.z ^ self.z)) & common

    def add(self, term: Term) -> None:
        self.x |= term.x
        self.z |= term.z
        self.terms.append(term)


@attrs.frozen(eq=False)
class Penalty:
    """The energy that violated constraints add to an outcome."""

    factor: float
    linear: Sequence[Any]
    quadratic: Sequence[Any]

    @property
    def steps(self) -> float:
        """Roughly the number of operations for one outcome."""
        return sum(len(a) for a, _ in self.linear) + sum(len(r) ** 2 for _, r, _ in self.quadratic)

    def of(self, outcomes: Any) -> Any:
        violation = numpy.zeros(len(outcomes))
        for coefficients, bound in self.linear:
            violation += numpy.maximum(_linear(coefficients, outcomes) - bound, 0)
        for matrix, coefficients, bound in self.quadratic:
            form = _linear(coefficients, outcomes)
            for qubit, row in enumerate(matrix):
                form += (outcomes >> qubit & 1) * _linear(row, outcomes)
            violation += numpy.maximum(form - bound, 0)
        return self.factor * violation


@attrs.frozen(eq=False)
class Problem:
    terms: Sequence[Term]
    penalty: Penalty | None
    alpha: float | None


def solve(task: Task, limits: Limits) -> SolverResult:
    """The energy: exact for an exact task, otherwise with all shots of the task for each group of terms."""
    source = json.loads(task.program.source)
    circuit, budget = _ansatz(source["ansatz"], source["params"], task, limits)
    problem = _problem(source, circuit.num_qubits)
    groups = [] if task.exact else _groups(problem)
    _check(problem, circuit, groups, task, limits)
    state = _state(circuit, limits)
    with numpy.errstate(all="ignore"):
        found = _exactly(state, problem) if task.exact else _sampled(state, problem, groups, task, budget)
    if not all(math.isfinite(number) for number in found):
        raise ProgramError("invalid", "the energy is not a finite number")
    # Twelve digits, as probabilities have; adding 0.0 turns -0.0 into 0.0.
    value, variance = (round(number, 12) + 0.0 for number in found)
    gates = [budget.one_qubit, budget.two_qubit]
    return SolverResult(
        circuit.num_qubits, {"value": value, "variance": variance, "circuits": max(len(groups), 1), "gates": gates}
    )


def _check(problem: Problem, circuit: QuantumCircuit, groups: Sequence[Group], task: Task, limits: Limits) -> None:
    size = circuit.num_qubits
    steps = len(problem.terms) + (0 if problem.penalty is None else problem.penalty.steps) + size * len(groups)
    check_work(steps, size, limits)
    if len(circuit.data) * 2.0**size > limits.work:
        raise ProgramError(
            "too_complex", f"{len(circuit.data)} gates on {size} qubits are more than this simulator takes"
        )
    if len(groups) * task.shots > _MAX_SHOTS:
        raise ProgramError(
            "too_complex", f"the Hamiltonian needs {len(groups)} measurements of {task.shots} shots each"
        )


def _ansatz(source: str, params: Sequence[float], task: Task, limits: Limits) -> tuple[QuantumCircuit, Budget]:
    """The circuit with the values of its parameters, in gates that the simulator knows."""
    program = Program("qasm2" if version_of(source) == "qasm2" else "qasm3", source)
    check_program(program, limits)
    circuit, _ = read(program, limits.gates)
    if not circuit.num_qubits:
        raise ProgramError("invalid", "the ansatz has no qubits")
    if circuit.num_qubits > task.device_qubits:
        raise ProgramError(
            "too_many_qubits", f"the ansatz has {circuit.num_qubits} qubits, the device {task.device_qubits}"
        )
    names = _INPUT.findall(_COMMENT.sub(" ", source))
    if len(names) != len(params):
        raise ProgramError("invalid", f"the ansatz has {len(names)} parameters, and params has {len(params)} values")
    used = {parameter.name for parameter in circuit.parameters}
    try:
        circuit.assign_parameters(
            {name: value for name, value in zip(names, params, strict=True) if name in used}, inplace=True
        )
    except (QiskitError, ArithmeticError, TypeError, ValueError):
        raise ProgramError("invalid", "the ansatz has no value for these parameters") from None
    budget = Budget(limits.gates)
    flat = flatten(circuit, frozenset(_backend(limits.memory_mb).operation_names), budget, control_flow=False)
    return _without_measurements(flat), budget


def _without_measurements(flat: QuantumCircuit) -> QuantumCircuit:
    """The gates of a circuit that measures only at its end."""
    circuit = QuantumCircuit(flat.num_qubits, global_phase=flat.global_phase)
    index = {qubit: i for i, qubit in enumerate(flat.qubits)}
    measured: set[int] = set()
    for instruction in flat.data:
        on = [index[qubit] for qubit in instruction.qubits]
        if instruction.operation.name == "measure":
            measured.update(on)
        elif instruction.operation.name == "reset" or instruction.clbits or measured & set(on):
            raise ProgramError("invalid", "an ansatz is made of gates, and is measured at its end only")
        else:
            circuit.append(instruction.operation, on)
    return circuit


def _terms(hamiltonian: Sequence[Any], qubits: int) -> list[Term]:
    """The terms of the Hamiltonian, with each Pauli string once."""
    found: dict[tuple[int, int], float] = {}
    for letters, coefficient in hamiltonian:
        if len(letters) != qubits or set(letters) - set("IXYZ"):
            raise ProgramError(
                "invalid", f"a Pauli string is one of I, X, Y, Z for each of the ansatz's {qubits} qubits"
            )
        x, z = (sum(1 << q for q, one in enumerate(reversed(letters)) if one in kind) for kind in ("XY", "YZ"))
        found[x, z] = found.get((x, z), 0.0) + coefficient
    return [Term(x, z, coefficient) for (x, z), coefficient in found.items()]


def _problem(source: Mapping[str, Any], qubits: int) -> Problem:
    terms, alpha = _terms(source["hamiltonian"], qubits), source["cvar_alpha"]
    if alpha is not None and not 0 < alpha <= 1:
        raise ProgramError("invalid", "cvar_alpha is above 0 and at most 1")
    if alpha is not None and any(term.x for term in terms):
        raise ProgramError(
            "invalid", "cvar_alpha needs a Hamiltonian of I and Z: with other terms a shot has no energy"
        )
    linear, quadratic = source["linear"], source["quadratic"]
    rows = itertools.chain((row for row, _ in linear), *([row, *matrix] for matrix, row, _ in quadratic))
    if any(len(row) != qubits for row in rows) or any(len(matrix) != qubits for matrix, _, _ in quadratic):
        raise ProgramError("invalid", f"a constraint has a coefficient for each of the ansatz's {qubits} qubits")
    factor = source["penalty"]
    return Problem(terms, Penalty(factor, linear, quadratic) if factor and (linear or quadratic) else None, alpha)


def _groups(problem: Problem) -> list[Group]:
    """Groups of terms that agree on the basis of each qubit. Constraints need a first group with all qubits in Z."""
    groups = [] if problem.penalty is None else [Group(z=-1)]
    comparisons = 0
    for term in problem.terms:
        if not term.support:
            continue
        comparisons += len(groups)
        if comparisons > _MAX_COMPARISONS:
            raise ProgramError("too_complex", "the Hamiltonian needs too many measurements")
        group = next((group for group in groups if group.takes(term)), None)
        if group is None:
            group = Group()
            groups.append(group)
        group.add(term)
    return groups


def _exactly(state: Any, problem: Problem) -> tuple[float, float]:
    outcomes = numpy.arange(len(state))
    if problem.alpha is not None:
        return _lowest(_energies(problem.terms, outcomes, problem.penalty), numpy.abs(state) ** 2, problem.alpha)
    image = numpy.zeros_like(state)
    for term in problem.terms:
        # Y is i X Z.
        factor = term.coefficient * 1j ** ((term.x & term.z).bit_count() % 4)
        image[outcomes ^ term.x] += factor * signs(outcomes, term.z) * state
    if problem.penalty is not None:
        image += problem.penalty.of(outcomes) * state
    value = float(numpy.vdot(state, image).real)
    return value, max(0.0, float(numpy.vdot(image, image).real) - value**2)


def _sampled(state: Any, problem: Problem, groups: Sequence[Group], task: Task, budget: Budget) -> tuple[float, float]:
    """Value and variance from shots. The groups are measured independently, so their variances add up."""
    value = sum(term.coefficient for term in problem.terms if not term.support)
    variance = 0.0
    for index, group in enumerate(groups):
        outcomes, weights = _measured(state, group, task, budget, index)
        energies = _energies(group.terms, outcomes, None if index else problem.penalty)
        of_group = _lowest(energies, weights, 1.0 if problem.alpha is None else problem.alpha)
        value, variance = value + of_group[0], variance + of_group[1]
    return value, variance


def _measured(state: Any, group: Group, task: Task, budget: Budget, index: int) -> tuple[Any, Any]:
    """The outcomes of the measurement of a group, with their relative frequencies."""
    qubits = len(state).bit_length() - 1
    for qubit in range(qubits):
        if group.x >> qubit & 1:
            state = apply_gate(state, qubit, _TO_Z["Y" if group.z >> qubit & 1 else "X"])
    counts = sample_shots(state, task, (budget.one_qubit, budget.two_qubit), index)
    outcomes = numpy.array(list(counts))
    return outcomes, numpy.array(list(counts.values())) / task.shots


def _energies(terms: Sequence[Term], outcomes: Any, penalty: Penalty | None) -> Any:
    """The energies of outcomes measured in the bases of the terms."""
    energies = numpy.zeros(len(outcomes)) if penalty is None else penalty.of(outcomes)
    for term in terms:
        energies += term.coefficient * signs(outcomes, term.support)
    return energies


def _lowest(energies: Any, weights: Any, alpha: float) -> tuple[float, float]:
    """Mean and variance of the lowest energies, up to a total weight of `alpha`."""
    order = numpy.argsort(energies, kind="stable")
    before = numpy.cumsum(weights[order]) - weights[order]
    part = numpy.clip(alpha - before, 0, weights[order]) / alpha
    value = float(part @ energies[order])
    return value, max(0.0, float(part @ (energies[order] - value) ** 2))


def _linear(coefficients: Sequence[float], outcomes: Any) -> Any:
    """The sum of coefficient q times bit q."""
    total = numpy.zeros(len(outcomes))
    for qubit, coefficient in enumerate(coefficients):
        if coefficient:
            total += coefficient * (outcomes >> qubit & 1)
    return total


def _state(circuit: QuantumCircuit, limits: Limits) -> Any:
    circuit.save_statevector()
    result = _backend(limits.memory_mb).run(circuit, shots=1).result()
    if not result.success:
        raise ProgramError("internal", str(result.status)[:300])
    return numpy.asarray(result.data(0)["statevector"])


@functools.cache
def _backend(memory_mb: int) -> AerSimulator:
    return AerSimulator(method="statevector", max_memory_mb=max(64, memory_mb // 2))
