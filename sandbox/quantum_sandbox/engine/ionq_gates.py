"""Convert IonQ's JSON circuits to qiskit circuits. Runs in the worker process only.

Gates of the gateset ``qis`` have `rotation` in radians, native gates `phase`, `phases` and `angle` in turns. ``zz`` is
in both sets: ``exp(-i r/2 ZZ)`` with r in radians, or in turns.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy
from qiskit import QuantumCircuit
from qiskit.circuit import library
from qiskit.quantum_info import SparsePauliOp

from .data import ProgramError

_MAX_CONTROLS = 7
_QUARTER_TURN = 0.25
"""Default `angle` of the native two-qubit gates: fully entangling."""

_PLAIN: Mapping[str, Callable[[], Any]] = {
    "x": library.XGate,
    "not": library.XGate,
    "y": library.YGate,
    "z": library.ZGate,
    "h": library.HGate,
    "s": library.SGate,
    "si": library.SdgGate,
    "t": library.TGate,
    "ti": library.TdgGate,
    "v": library.SXGate,
    "vi": library.SXdgGate,
    "swap": library.SwapGate,
}
_ROTATIONS: Mapping[str, Callable[[float], Any]] = {
    "rx": library.RXGate,
    "ry": library.RYGate,
    "rz": library.RZGate,
    "xx": library.RXXGate,
    "yy": library.RYYGate,
    "zz": library.RZZGate,
}


def build(value: Mapping[str, Any], *, native: bool) -> QuantumCircuit:
    """The circuit of ``{"qubits", "circuit"}``. The default for `qubits` is the number that the gates use."""
    gates: Sequence[Mapping[str, Any]] = value["circuit"]
    placed = [(_qubits(gate), gate) for gate in gates]
    used = 1 + max((max(controls + targets, default=0) for (controls, targets), _ in placed), default=0)
    circuit = QuantumCircuit(value.get("qubits") or used)
    if used > circuit.num_qubits:
        raise ProgramError("invalid", f"a gate acts on qubit {used - 1}, and the circuit has {circuit.num_qubits}")
    for index, ((controls, targets), gate) in enumerate(placed):
        try:
            _append(circuit, gate, controls, targets, native)
        except ProgramError as refused:
            raise ProgramError(refused.failure.kind, f"gate {index} ({gate['gate']}): {refused}") from None
    return circuit


def _append(
    circuit: QuantumCircuit, gate: Mapping[str, Any], controls: list[int], targets: list[int], native: bool
) -> None:
    name = gate["gate"]
    if name == "nop":
        return
    if name == "cnot":
        name = "x"
        if not controls:
            raise ProgramError("invalid", "needs a control")
    if len({*controls, *targets}) != len(controls) + len(targets):
        raise ProgramError("invalid", "names a qubit twice")
    if len(controls) > _MAX_CONTROLS:
        raise ProgramError("unsupported", f"more than {_MAX_CONTROLS} controls")
    operation = _native(gate) if native else _abstract(name, gate, len(targets))
    if operation.num_qubits == 1 and len(targets) > 1:
        # A single-qubit gate with several targets acts on each.
        for target in targets:
            circuit.append(operation.control(len(controls)) if controls else operation, [*controls, target])
        return
    if operation.num_qubits != len(targets):
        raise ProgramError("invalid", f"acts on {operation.num_qubits} qubits, and {len(targets)} are named")
    circuit.append(operation.control(len(controls)) if controls else operation, [*controls, *targets])


def _abstract(name: str, gate: Mapping[str, Any], num_targets: int) -> Any:
    if name == "pauliexp":
        return _pauli_exponential(gate, num_targets)
    if name in _ROTATIONS:
        return _ROTATIONS[name](_value(gate, "rotation"))
    if name == "z" and "rotation" in gate:
        # qiskit-ionq writes a phase gate as z with a rotation.
        return library.PhaseGate(_value(gate, "rotation"))
    if name not in _PLAIN:
        raise ProgramError("unsupported", "is not a gate of the set qis")
    return _PLAIN[name]()


def _pauli_exponential(gate: Mapping[str, Any], num_targets: int) -> Any:
    """``exp(-i time sum c_k P_k)``; the rightmost letter of a term belongs to the first target."""
    terms, coefficients = gate.get("terms"), gate.get("coefficients")
    if not isinstance(terms, list) or not isinstance(coefficients, list) or len(terms) != len(coefficients):
        raise ProgramError("invalid", "needs as many coefficients as terms")
    if not terms or any(not isinstance(t, str) or len(t) != num_targets or set(t) - set("IXYZ") for t in terms):
        raise ProgramError("invalid", "each term is one of I, X, Y, Z for each target")
    if any(isinstance(c, bool) or not isinstance(c, int | float) for c in coefficients):
        raise ProgramError("invalid", "coefficients are numbers")
    sum_of_terms = SparsePauliOp(terms, numpy.array(coefficients, dtype=float))
    return library.PauliEvolutionGate(sum_of_terms, _value(gate, "time"))


def _native(gate: Mapping[str, Any]) -> Any:
    name = gate["gate"]
    if name == "gpi":
        return library.UnitaryGate(_gpi(_value(gate, "phase")), label="gpi")
    if name == "gpi2":
        return library.UnitaryGate((numpy.eye(2) - 1j * _gpi(_value(gate, "phase"))) / math.sqrt(2), label="gpi2")
    if name == "ms":
        phases = gate.get("phases")
        if not isinstance(phases, list) or len(phases) != 2:
            raise ProgramError("invalid", "needs two phases")
        angle = math.pi * _value(gate, "angle", _QUARTER_TURN)
        # qiskit's matrices have the first qubit as the lowest bit, which is the right factor of the product.
        product = numpy.kron(_gpi(_finite(phases[1], "phases")), _gpi(_finite(phases[0], "phases")))
        return library.UnitaryGate(math.cos(angle) * numpy.eye(4) - 1j * math.sin(angle) * product, label="ms")
    if name == "zz":
        # cirq-ionq calls the angle `phase`.
        angle = _value(gate, "angle", _value(gate, "phase", _QUARTER_TURN))
        return library.RZZGate(2 * math.pi * angle)
    raise ProgramError("unsupported", "is not a gate of the set native")


def _gpi(phase: float) -> Any:
    turn = numpy.exp(2j * math.pi * phase)
    return numpy.array([[0, turn.conjugate()], [turn, 0]])


def _qubits(gate: Mapping[str, Any]) -> tuple[list[int], list[int]]:
    controls, targets = (
        [int(q) for q in ([gate[one]] if gate.get(one) is not None else gate.get(many) or [])]
        for one, many in (("control", "controls"), ("target", "targets"))
    )
    if not targets:
        raise ProgramError("invalid", f"a gate ({gate['gate']}) has no target")
    if min(controls + targets) < 0:
        raise ProgramError("invalid", f"a gate ({gate['gate']}) names a qubit below 0")
    return controls, targets


def _value(gate: Mapping[str, Any], name: str, default: float | None = None) -> float:
    value = gate.get(name)
    if value is None:
        if default is None:
            raise ProgramError("invalid", f"needs {name}")
        return default
    return _finite(value, name)


def _finite(value: Any, name: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ProgramError("invalid", f"{name} is not a number")
    return float(value)
