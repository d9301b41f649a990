"""Qiskit circuits written out in gates of Qiskit's standard library.

Initial states, QFTs, unitaries and gates of the program's own become the gates that they are made of. So a text that is
written afterwards holds no gate definitions, which services know in part at best, and is the same on every run.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from quantum_jobs.errors import UnsupportedError, UsageError

#: Gates of ``stdgates.inc`` by Qiskit's names; ``u`` is the language's own ``U``.
STDGATES = frozenset({
    "u", "u1", "u2", "u3", "id", "p", "x", "y", "z", "h", "s", "sdg", "t", "tdg", "sx", "rx", "ry", "rz",
    "cx", "cy", "cz", "cp", "crx", "cry", "crz", "ch", "cu", "swap", "ccx", "cswap",
})  # fmt: skip
#: Operations that are no gates, and that OpenQASM 3 can say.
_STATEMENTS = frozenset({"measure", "reset", "barrier", "delay", "store", "break_loop", "continue_loop"})
#: How many gates a program may be written out to: IonQ takes 150,000 in one job, and a body of 10 MB. Definitions that
#: double at each step would fill the memory.
MOST_GATES = 200_000


def is_standard(operation: Any, names: frozenset[str]) -> bool:
    """Whether an operation is a gate of Qiskit's standard library with one of these names.

    The class is asked, too: a program's own gate may have a library gate's name and do something else.
    """
    return operation.name in names and operation.base_class.__module__.startswith("qiskit.circuit.library.standard")


def lowered(circuit: Any, known: Callable[[Any], bool]) -> Any:
    """The same circuit, up to its global phase, in operations that are ``known``, written out as far as it takes.

    Measurements, resets, barriers, delays and control flow stay; what control flow holds is written out, too. A reset
    of a qubit that nothing has acted on is left out: qubits start as 0, and many initial states begin with one.

    Raises UnsupportedError for a gate that nothing is known of, UsageError for an angle that is not a number and for a
    circuit of more than ``MOST_GATES``.
    """
    return _Lowering(known).of(_with_conditions_as_blocks(_without_layout(circuit)), fresh=True)


def _with_conditions_as_blocks(circuit: Any) -> Any:
    """The circuit of Qiskit 1, which has conditions on single operations, as Qiskit 2 would have it."""
    from qiskit.circuit import ControlFlowOp

    others = (each.operation for each in circuit.data if not isinstance(each.operation, ControlFlowOp))
    if all(getattr(operation, "condition", None) is None for operation in others):
        return circuit
    from qiskit.transpiler import PassManager
    from qiskit.transpiler.passes import ConvertConditionsToIfOps

    return PassManager([ConvertConditionsToIfOps()]).run(circuit)


def _without_layout(circuit: Any) -> Any:
    """A transpiled circuit with its qubits in registers: as numbers of one device's qubits no other one knows them."""
    from qiskit import QuantumCircuit

    if circuit.layout is None:
        return circuit
    plain = QuantumCircuit(circuit.qubits, circuit.clbits)
    plain.add_register(*circuit.qregs, *circuit.cregs)
    return plain.compose(circuit)


class _Lowering:
    """Writes out one circuit, its blocks included, and counts the gates."""

    def __init__(self, known: Callable[[Any], bool]) -> None:
        self._known = known
        self._left = MOST_GATES

    def of(self, circuit: Any, *, fresh: bool) -> Any:
        from qiskit.circuit import ControlFlowOp

        out = circuit.copy_empty_like()
        out.global_phase = 0
        untouched = set(circuit.qubits) if fresh else set()
        stack = [_operations(circuit, circuit.qubits, circuit.clbits)]
        while stack:
            operation, qubits, clbits = next(stack[-1], (None, (), ()))
            if operation is None:
                stack.pop()
                continue
            self._count()
            if operation.name == "reset" and untouched.issuperset(qubits):
                continue
            if isinstance(operation, ControlFlowOp):
                blocks = [self.of(block, fresh=False) for block in operation.blocks]
                out.append(operation.replace_blocks(blocks), qubits, clbits)
            elif self._known(operation) or operation.name in _STATEMENTS:
                _check_angles(operation)
                out.append(operation, qubits, clbits)
            elif qubits or clbits:  # else it is a global phase
                stack.append(_operations(_definition(operation), qubits, clbits))
                continue  # what it is made of says which qubits it acts on
            if operation.name not in ("barrier", "id"):
                untouched.difference_update(qubits)
        return out

    def _count(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise too_many_gates()


def too_many_gates() -> UsageError:
    """The error for a program of more than ``MOST_GATES``."""
    return UsageError(f"the program has more than {MOST_GATES} gates when its definitions are written out")


def _operations(
    circuit: Any, qubits: Sequence[Any], clbits: Sequence[Any]
) -> Iterator[tuple[Any, Sequence[Any], Sequence[Any]]]:
    """The operations of a circuit, on the bits that stand for its own."""
    places = dict(zip([*circuit.qubits, *circuit.clbits], [*qubits, *clbits], strict=True))
    return (
        (each.operation, [places[qubit] for qubit in each.qubits], [places[bit] for bit in each.clbits])
        for each in circuit.data
    )


def _definition(operation: Any) -> Any:
    """The circuit that an operation is made of, by its own word or by Qiskit's synthesis."""
    from qiskit import QiskitError, QuantumCircuit
    from qiskit.transpiler import PassManager
    from qiskit.transpiler.passes import HighLevelSynthesis

    try:
        definition = getattr(operation, "definition", None)
    except (QiskitError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        # Qiskit works out the angles inside a gate of OpenQASM 2 here.
        raise UsageError(f"the gate {operation.name!r} cannot be written out: {error}") from None
    if definition is not None:
        return definition
    alone = QuantumCircuit(operation.num_qubits, operation.num_clbits)
    alone.append(operation, alone.qubits, alone.clbits)
    try:
        made = PassManager([HighLevelSynthesis()]).run(alone)
    except QiskitError:
        made = alone
    if any(each.operation.name == operation.name for each in made.data):
        raise UnsupportedError(
            f"the gate {operation.name!r} has no definition, so it can be written neither as OpenQASM 3 nor in gates "
            "that the service knows: define it in the circuit"
        )
    return made


def _check_angles(operation: Any) -> None:
    from qiskit.circuit import ParameterExpression

    for value in operation.params:
        bound = not (isinstance(value, ParameterExpression) and value.parameters)  # a loop's own variable has none
        if isinstance(value, (int, float, ParameterExpression)) and bound and not math.isfinite(float(value)):
            raise UsageError(f"an angle of the gate {operation.name!r} is {float(value)}, which is no finite number")
