"""A circuit written out in gates that the simulator knows, within a budget. Runs in the worker process only.

Definitions are followed here and not by the simulator, for two reasons: the budget stops a program whose definitions
double at each step, and a program's own gate is never taken for the built-in one that has its name.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from qiskit import QuantumCircuit
from qiskit.circuit import ControlFlowOp, ForLoopOp, ParameterExpression, WhileLoopOp

from .data import Refused

_IGNORED = frozenset({"barrier", "delay", "id"})
_KEPT = frozenset({"measure", "reset"})
_MAX_DEPTH = 200


class Budget:
    """Counts steps, and gates by the number of qubits they act on."""

    def __init__(self, gates: int) -> None:
        self._left = gates
        self._most = gates
        self.one_qubit = 0
        self.two_qubit = 0

    def step(self, times: int) -> None:
        self._left -= times
        if self._left < 0:
            raise Refused("too_many_gates", f"the circuit has more than {self._most} gates")

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
    """The same circuit in `known` gates. Raises Refused where it is too large or holds something else."""
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
                raise Refused("invalid", "loops and branches are not supported on this target")
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
                raise Refused("unsupported", f"the gate {name} has no definition")
            if len(stack) > _MAX_DEPTH:
                raise Refused("too_complex", "gate definitions are nested too deeply")
            out.global_phase += _number(definition.global_phase, in_loop)
            stack.append(_inside(definition, qubits))
    return out


def _inside(definition: QuantumCircuit, qubits: Sequence[Any]) -> Iterator[tuple[Any, Sequence[Any], Sequence[Any]]]:
    """The operations of a gate's definition, on the qubits that the gate is applied to."""
    places = dict(zip(definition.qubits, qubits, strict=True))
    return ((inner.operation, [places[qubit] for qubit in inner.qubits], []) for inner in definition.data)


def _flatten_blocks(operation: Any, known: frozenset[str], budget: Budget, times: int) -> Any:
    if isinstance(operation, WhileLoopOp):
        raise Refused("unsupported", "a while loop has no bound on its length")
    if operation.name not in known:
        raise Refused("unsupported", f"{operation.name} is not supported")
    if isinstance(operation, ForLoopOp):
        try:
            times *= len(operation.params[0])
        except OverflowError:
            raise Refused("too_many_gates", "a loop is too long") from None
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
    """The value, if it is a finite number or, in a loop, depends on the loop's own variable."""
    if isinstance(value, ParameterExpression) and value.parameters:
        if in_loop:
            return value
        raise Refused("invalid", "a parameter of the circuit has no value")
    if not math.isfinite(float(value)):
        raise Refused("invalid", "an angle is not a finite number")
    return value
