"""Expand a circuit to gates that the simulator knows, within a budget. Runs in the worker process only.

Definitions are expanded here and not by the simulator, for two reasons: the budget stops programs whose definitions
grow exponentially, and a gate that the program defines is never mistaken for the built-in one of the same name.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from qiskit import QuantumCircuit
from qiskit.circuit import ControlFlowOp, ForLoopOp, ParameterExpression, WhileLoopOp

from .data import ProgramError

_IGNORED = frozenset({"barrier", "delay", "id"})
_KEPT = frozenset({"measure", "reset"})
_MAX_DEPTH = 200


class Budget:
    """Counts steps up to a limit, and gates on one and on more qubits."""

    def __init__(self, gates: int) -> None:
        self._remaining = gates
        self._limit = gates
        self.one_qubit = 0
        self.two_qubit = 0

    def step(self, times: int) -> None:
        self._remaining -= times
        if self._remaining < 0:
            raise ProgramError("too_many_gates", f"the circuit has more than {self._limit} gates")

    def gate(self, num_qubits: int, times: int) -> None:
        if num_qubits == 1:
            self.one_qubit += times
        elif num_qubits > 1:
            self.two_qubit += times

    @property
    def gates(self) -> int:
        return self.one_qubit + self.two_qubit


def flatten(
    circuit: QuantumCircuit,
    known: frozenset[str],
    budget: Budget,
    *,
    control_flow: bool,
    times: int = 1,
    in_loop: bool = False,
) -> QuantumCircuit:
    """The circuit in `known` gates only. Raises ProgramError where that is too large or impossible."""
    out = circuit.copy_empty_like()
    stack: list[Any] = [iter([(i.operation, i.qubits, i.clbits) for i in circuit.data])]
    while stack:
        entry = next(stack[-1], None)
        if entry is None:
            stack.pop()
            continue
        operation, qubits, clbits = entry
        budget.step(times)
        name = operation.name
        if name in _IGNORED:
            continue
        if isinstance(operation, ControlFlowOp):
            if not control_flow:
                raise ProgramError("invalid", "loops and branches are not supported on this target")
            out.append(_flatten_blocks(operation, known, budget, times), qubits, clbits)
        elif name in _KEPT:
            out.append(operation, qubits, clbits)
        elif name in known and _is_built_in(operation):
            _check_angles(operation, in_loop)
            budget.gate(len(qubits), times)
            out.append(operation, qubits, clbits)
        else:
            definition = operation.definition
            if definition is None:
                raise ProgramError("unsupported", f"the gate {name} has no definition")
            if len(stack) > _MAX_DEPTH:
                raise ProgramError("too_complex", "gate definitions are nested too deeply")
            out.global_phase += _number(definition.global_phase, in_loop)
            stack.append(_inside(definition, qubits))
    return out


def _inside(definition: QuantumCircuit, qubits: Sequence[Any]) -> Iterator[tuple[Any, Sequence[Any], Sequence[Any]]]:
    """The operations of a gate's definition, on the qubits of the gate."""
    places = dict(zip(definition.qubits, qubits, strict=True))
    return ((inner.operation, [places[qubit] for qubit in inner.qubits], []) for inner in definition.data)


def _flatten_blocks(operation: Any, known: frozenset[str], budget: Budget, times: int) -> Any:
    if isinstance(operation, WhileLoopOp):
        raise ProgramError("unsupported", "a while loop has no bound on its length")
    if operation.name not in known:
        raise ProgramError("unsupported", f"{operation.name} is not supported")
    if isinstance(operation, ForLoopOp):
        try:
            times *= len(operation.params[0])
        except OverflowError:
            raise ProgramError("too_many_gates", "a loop is too long") from None
        budget.step(times)
    return operation.replace_blocks(
        [flatten(block, known, budget, control_flow=True, times=times, in_loop=True) for block in operation.blocks]
    )


def _is_built_in(operation: Any) -> bool:
    return bool(operation.base_class.__module__.startswith("qiskit.circuit.library"))


def _check_angles(operation: Any, in_loop: bool) -> None:
    for parameter in operation.params:
        if isinstance(parameter, int | float | ParameterExpression):
            _number(parameter, in_loop)


def _number(value: Any, in_loop: bool) -> Any:
    """The value, if it is finite; inside a loop it may depend on the loop variable."""
    if isinstance(value, ParameterExpression) and value.parameters:
        if in_loop:
            return value
        raise ProgramError("invalid", "a parameter of the circuit has no value")
    if not math.isfinite(float(value)):
        raise ProgramError("invalid", "an angle is not a finite number")
    return value
