"""Exact outcomes of small circuits: of Qiskit circuits over classical bits, of IonQ JSON circuits over qubits.

Both are simulated from the definitions with numpy, and share nothing with the library that the tests are about.
"""

from __future__ import annotations

import cmath
import math
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy
import qiskit
from numpy.typing import NDArray
from qiskit import QuantumCircuit, qasm2
from qiskit.quantum_info import Operator

Array = NDArray[numpy.complex128]

_GATE = re.compile(r"\bgate\s+(\w+)[^{]*\{([^}]*)\}")


@cache
def library() -> dict[str, tuple[str, str]]:
    """The gates of the ``qelib1.inc`` that Qiskit ships: their definitions whole, and the bodies alone."""
    text = (Path(qiskit.__file__).parent / "qasm" / "libs" / "qelib1.inc").read_text()
    return {match[1]: (match[0], match[2]) for match in _GATE.finditer(_without_comments(text))}


def meaning(text: str) -> QuantumCircuit:
    """The circuit of an OpenQASM 2 program whose every gate is what ``qelib1.inc`` says in so many words, or what the
    program says, where it declares the name itself."""
    code = _without_comments(text.removeprefix("\ufeff"))
    own = library().keys() & re.findall(r"\b(?:gate|qreg|creg)\s+(\w+)", code)
    known = []
    for name, (definition, body) in library().items():
        if name in own or own.intersection(re.findall(r"\w+", body)):
            own |= {name}  # what is made of a gate that is another one here would be another one, too
        else:
            known.append(definition)
    return qasm2.loads(code.replace('include "qelib1.inc";', "".join(known)), include_path=())


def _without_comments(text: str) -> str:
    return re.sub(r"//[^\n]*|/\*.*?\*/", "", text, flags=re.DOTALL)


def outcomes(circuit: QuantumCircuit) -> dict[str, float]:
    """Probabilities of the classical bits (of the qubits, where there are none), bit 0 rightmost."""
    start = numpy.zeros((2,) * circuit.num_qubits, dtype=complex)
    start[(0,) * circuit.num_qubits] = 1
    states = [("0" * circuit.num_clbits, start)]
    for operation, qubits, clbits in _operations(circuit):
        states = [after for bits, state in states for after in _after(circuit, operation, qubits, clbits, bits, state)]
    found: dict[str, float] = {}
    for bits, state in states:
        weights = {bits: float((abs(state) ** 2).sum())} if circuit.num_clbits else _of_qubits(state)
        for key, weight in weights.items():
            found[key] = found.get(key, 0.0) + weight
    return {key: value for key, value in found.items() if value > 1e-12}


def _operations(circuit: QuantumCircuit) -> list[tuple[Any, list[int], list[int]]]:
    return [
        (
            each.operation,
            [circuit.find_bit(qubit).index for qubit in each.qubits],
            [circuit.find_bit(bit).index for bit in each.clbits],
        )
        for each in circuit.data
    ]


def _after(
    circuit: QuantumCircuit, operation: Any, qubits: list[int], clbits: list[int], bits: str, state: Array
) -> list[tuple[str, Array]]:
    if operation.name in ("barrier", "delay"):
        return [(bits, state)]
    if operation.name == "measure":
        place = len(bits) - 1 - clbits[0]
        return [
            (bits[:place] + str(value) + bits[place + 1 :], _projected(state, qubits[0], value)) for value in (0, 1)
        ]
    if operation.name == "reset":
        flip = numpy.array([[0, 1], [1, 0]])
        return [
            (bits, _projected(state, qubits[0], 0)),
            (bits, applied(_projected(state, qubits[0], 1), flip, qubits)),
        ]
    if getattr(operation, "condition", None) is not None:
        register, value = operation.condition
        indexes = [circuit.find_bit(bit).index for bit in register] if hasattr(register, "__len__") else None
        whole = [bits[len(bits) - 1 - index] for index in (indexes or [circuit.find_bit(register).index])]
        if int("".join(reversed(whole)), 2) != int(value):
            return [(bits, state)]
        if operation.name != "if_else":  # Qiskit 1 has conditions on single operations
            return [(bits, applied(state, Operator(operation).data, qubits))]
        (block, *_) = operation.blocks
        for inner, inner_qubits, inner_clbits in _operations(block):
            assert not inner_clbits
            ((bits, state),) = _after(circuit, inner, [qubits[q] for q in inner_qubits], [], bits, state)
        return [(bits, state)]
    return [(bits, applied(state, Operator(operation).data, qubits))]


def _projected(state: Array, qubit: int, value: int) -> Array:
    kept = state.copy()
    kept[(slice(None),) * (state.ndim - 1 - qubit) + (1 - value,)] = 0
    return kept


def _of_qubits(state: Array) -> dict[str, float]:
    return {format(i, f"0{state.ndim}b"): float(abs(value) ** 2) for i, value in enumerate(state.reshape(-1))}


def applied(state: Array, matrix: Array, qubits: Sequence[int]) -> Array:
    """The state after a gate, whose matrix has the first of ``qubits`` as its lowest bit."""
    axes = [state.ndim - 1 - qubit for qubit in reversed(qubits)]
    size = len(qubits)
    after = numpy.tensordot(matrix.reshape((2,) * (2 * size)), state, axes=(range(size, 2 * size), axes))
    return numpy.moveaxis(after, range(size), axes)


def _turn(pauli: Array, angle: float) -> Array:
    return math.cos(angle / 2) * numpy.eye(len(pauli)) - 1j * math.sin(angle / 2) * pauli


_X = numpy.array([[0, 1], [1, 0]], dtype=complex)
_Y = numpy.array([[0, -1j], [1j, 0]])
_Z = numpy.diag([1, -1]).astype(complex)
_ROOT = numpy.array([[1 + 1j, 1 - 1j], [1 - 1j, 1 + 1j]]) / 2

#: IonQ's gates as its pages define them.
_FIXED: Mapping[str, Array] = {
    "x": _X,
    "not": _X,
    "cnot": _X,
    "y": _Y,
    "z": _Z,
    "h": (_X + _Z) / math.sqrt(2),
    "s": numpy.diag([1, 1j]),
    "si": numpy.diag([1, -1j]),
    "t": numpy.diag([1, cmath.exp(0.25j * math.pi)]),
    "ti": numpy.diag([1, cmath.exp(-0.25j * math.pi)]),
    "v": _ROOT,
    "vi": _ROOT.conj(),
    "swap": numpy.eye(4, dtype=complex)[[0, 2, 1, 3]],
}
_PAULIS: Mapping[str, Array] = {
    "rx": _X,
    "ry": _Y,
    "rz": _Z,
    "xx": numpy.kron(_X, _X),
    "yy": numpy.kron(_Y, _Y),
    "zz": numpy.kron(_Z, _Z),
}


def ionq_state(circuit: Mapping[str, Any], start: Array | None = None) -> Array:
    """The state of the qubits after an IonQ JSON circuit of the gateset ``qis``; axis -1-i is qubit i."""
    assert circuit["gateset"] == "qis"
    width = circuit["qubits"]
    if start is None:
        start = numpy.zeros((2,) * width, dtype=complex)
        start[(0,) * width] = 1
    state = start
    for gate in circuit["circuit"]:
        assert gate.keys() <= {"gate", "target", "targets", "control", "controls", "rotation"}, gate
        targets = gate.get("targets", [gate.get("target")])
        controls = gate.get("controls", [gate["control"]] if "control" in gate else [])
        assert len({*targets, *controls}) == len(targets) + len(controls), gate
        assert ("rotation" in gate) == (gate["gate"] in _PAULIS), gate
        name = gate["gate"]
        matrix = _turn(_PAULIS[name], gate["rotation"]) if name in _PAULIS else _FIXED[name]
        size = len(matrix)
        controlled = numpy.eye(size << len(controls), dtype=complex)
        controlled[-size:, -size:] = matrix
        assert size == 1 << len(targets), gate
        state = applied(state, controlled, [*targets, *controls])
    return state


def ionq_outcomes(circuit: Mapping[str, Any]) -> dict[str, float]:
    """Probabilities of the qubits after an IonQ JSON circuit, qubit 0 rightmost."""
    return {key: value for key, value in _of_qubits(ionq_state(circuit)).items() if value > 1e-12}
