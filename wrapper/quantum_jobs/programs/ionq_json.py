"""OpenQASM programs as IonQ's JSON circuits, for the services and jobs of IonQ that take no other form.

Gates become IonQ's abstract ones (gateset ``qis``) exactly, global phase aside: those that it has under a name of its
own, controlled ones as that gate with ``controls``, and everything else written out. Names and meanings are those of
IonQ's page "Writing Quantum Programs": rotations in radians, ``v`` the square root of ``x``, at most seven controls.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import attrs

from quantum_jobs.errors import UnsupportedError, UsageError
from quantum_jobs.model import Program
from quantum_jobs.programs import lowering, qiskit_circuits
from quantum_jobs.programs.formats import QASM2, QASM3, without_comments
from quantum_jobs.programs.measured import MEASURED_TAG, Measured, Register, text_of

#: IonQ's gates by Qiskit's names.
_GATES = {
    **{name: name for name in ("x", "y", "z", "h", "s", "t", "rx", "ry", "rz", "swap")},
    "sdg": "si",
    "tdg": "ti",
    "sx": "v",
    "sxdg": "vi",
    "rxx": "xx",
    "ryy": "yy",
    "rzz": "zz",
}
#: What acts on the last qubit, all others being controls. Not ``v``: IonQ does not say which of its phases it has,
#: which a control would turn into a rotation.
_CONTROLLED = {
    "cx": "cnot",
    "ccx": "cnot",
    "mcx": "cnot",
    "cy": "y",
    "cz": "z",
    "ccz": "z",
    "ch": "h",
    "cs": "s",
    "csdg": "si",
    "crx": "rx",
    "cry": "ry",
    "crz": "rz",
}
_MOST_CONTROLS = 7
_WAY_OUT = "submit the program alone to ionq-v0.4, which takes OpenQASM 3, or to qBraid"
_NAMES = frozenset({*_GATES, *_CONTROLLED, "u", "id"})

#: Operations that the JSON has no form for: what they are called in text, and what they are.
_WITHOUT_FORM = {
    "reset": ("reset", "a reset"),
    "delay": ("delay", "a delay"),
    "if_else": ("if", "a condition"),
    "switch_case": ("switch", "a switch"),
    "for_loop": ("for", "a loop"),
    "while_loop": ("while", "a loop"),
    "box": ("box", "a box"),
}


@attrs.frozen
class IonqCircuit:
    """An IonQ JSON circuit and, where its bits are not simply its qubits, the program's classical bits."""

    circuit: dict[str, Any]
    measured: Measured | None = None


def ionq_circuit(program: Program) -> IonqCircuit:
    """An OpenQASM program as an IonQ JSON circuit.

    Raises UsageError for a program that cannot be read or has parameters without a value, UnsupportedError for what the
    JSON cannot say: measuring before the end, resets, conditions, loops, delays, and gates without a definition.
    """
    assert program.format in (QASM2, QASM3), program.format
    circuit = qiskit_circuits.circuit_of(program)
    if not circuit.num_qubits:
        raise UsageError("the program has no qubit")
    flat = lowering.lowered(circuit, _is_known)
    gates, sources = _gates_and_measurements(flat, program.data)
    singles = iter(re.findall(r"\bbit\s+([^\W\d]\w*)", without_comments(program.data)))
    measured = _measured(flat, sources, singles)
    plain = measured is None or measured.is_all_qubits(flat.num_qubits)
    return IonqCircuit({"gateset": "qis", "qubits": flat.num_qubits, "circuit": gates}, None if plain else measured)


def _is_known(operation: Any) -> bool:
    return lowering.is_standard(operation, _NAMES) and operation.num_qubits <= 1 + _MOST_CONTROLS


def _gates_and_measurements(flat: Any, text: str) -> tuple[list[dict[str, Any]], dict[int, int]]:
    """The gates, and for each classical bit that is measured into, its qubit."""
    numbers = {qubit: number for number, qubit in enumerate(flat.qubits)}
    bits = {bit: number for number, bit in enumerate(flat.clbits)}
    gates: list[dict[str, Any]] = []
    sources: dict[int, int] = {}
    measured: set[int] = set()
    for each in flat.data:
        name, qubits = each.operation.name, [numbers[qubit] for qubit in each.qubits]
        if name not in _WITHOUT_FORM and getattr(each.operation, "condition", None) is not None:
            raise _without_form("if_else", text)  # Qiskit 1 has conditions on gates
        if name in ("barrier", "id"):
            continue
        if name == "measure":
            sources[bits[each.clbits[0]]] = qubits[0]
            measured.add(qubits[0])
            continue
        if name not in _NAMES:
            raise _without_form(name, text)
        for qubit in measured.intersection(qubits):
            raise _measured_too_early(flat, qubit, name, text)
        gates += _ionq_gates(name, [float(value) for value in each.operation.params], qubits)
    return gates, sources


def _ionq_gates(name: str, angles: Sequence[float], qubits: Sequence[int]) -> list[dict[str, Any]]:
    rotation = {"rotation": angles[0]} if angles else {}
    if name == "u":
        theta, phi, lambda_ = angles
        turns = (("rz", lambda_), ("ry", theta), ("rz", phi))
        return [{"gate": gate, "target": qubits[0], "rotation": angle} for gate, angle in turns if angle]
    if name in _GATES:
        target = {"target": qubits[0]} if len(qubits) == 1 else {"targets": list(qubits)}
        return [{"gate": _GATES[name], **target, **rotation}]
    *controls, last = qubits
    control = {"control": controls[0]} if len(controls) == 1 else {"controls": controls}
    return [{"gate": _CONTROLLED[name], **control, "target": last, **rotation}]


def _measured(flat: Any, sources: dict[int, int], singles: Any) -> Measured | None:
    """The registers in order of declaration; a bit outside registers is one of its own, by the next of ``singles``."""
    registers: dict[str, list[int | None]] = {}
    for number, bit in enumerate(flat.clbits):
        places = flat.find_bit(bit).registers
        name = places[0][0].name if places else next(singles, f"bit{number}")
        registers.setdefault(name, []).append(sources.get(number))
    return Measured(tuple(Register(name, tuple(qubits)) for name, qubits in registers.items())) if registers else None


def _without_form(name: str, text: str) -> UnsupportedError:
    word, what = _WITHOUT_FORM.get(name, (name, f"the operation {name!r}"))
    place = qiskit_circuits.line_of(text, word)
    return UnsupportedError(
        f"IonQ's JSON circuits have no form for {what}{place}, and this job takes no other: {_WAY_OUT}"
    )


def _measured_too_early(flat: Any, qubit: int, gate: str, text: str) -> UnsupportedError:
    places = flat.find_bit(flat.qubits[qubit]).registers
    name = f"{places[0][0].name}[{places[0][1]}]" if places else f"qubit {qubit}"
    place = qiskit_circuits.line_of(text, "measure")
    return UnsupportedError(
        f"IonQ's JSON circuits measure at the end only, and {name} is measured before the gate {gate!r} acts on it "
        f"(the first measurement stands{place}). This job takes no other form: {_WAY_OUT}"
    )


def measured_tags(circuits: Sequence[IonqCircuit]) -> dict[str, str]:
    """What the submission's metadata must hold for its results to be read by the programs' classical bits."""
    text = text_of(circuit.measured for circuit in circuits)
    return {} if text is None else {MEASURED_TAG: text}
