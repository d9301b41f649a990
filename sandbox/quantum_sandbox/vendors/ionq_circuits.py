"""Reading the circuits of an IonQ job: what is wrong in form is refused here, in meaning it fails the job."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from quantum_sandbox import checks
from quantum_sandbox.engine import Circuit
from quantum_sandbox.exchange import Refusal
from quantum_sandbox.world import known

QIS_GATES = (
    *("x", "y", "z", "rx", "ry", "rz", "h", "s", "si", "v", "vi", "t", "ti"),
    *("not", "cnot", "swap", "xx", "yy", "zz", "pauliexp"),
)
NATIVE_GATES = ("zz", "ms", "gpi", "gpi2", "nop")
MAX_CIRCUITS = 5_000
MAX_GATES_OF_ALL = 150_000


def one_circuit(
    value: Mapping[str, Any], place: checks.Place, *, gateset: str | None = None, qubits: int | None = None
) -> Circuit:
    """A circuit object with `circuit`, and `gateset`, `qubits`, `registers` where the job's own do not hold for it."""
    chosen = checks.optional_text(value, "gateset", place, choices=("qis", "native")) or gateset
    if chosen is None:
        raise Refusal.invalid("is required", *place, "gateset")
    gates = checks.items(value.get("circuit"), (*place, "circuit"))
    names = NATIVE_GATES if chosen == "native" else QIS_GATES
    for index, gate in enumerate(gates):
        _check_gate(gate, (*place, "circuit", index), names)
    source = known(
        {
            "qubits": checks.optional_whole(value, "qubits", place) or qubits,
            "circuit": gates,
            "registers": _registers(value, place) or None,
        }
    )
    return Circuit("ionq.native" if chosen == "native" else "ionq.qis", json.dumps(source, sort_keys=True))


def several_circuits(value: Mapping[str, Any], place: checks.Place, gateset: str | None) -> list[Circuit]:
    """The circuits of a multi-circuit job, within the documented limits."""
    if "circuit" in value:
        raise Refusal.invalid("cannot stand next to circuits", *place, "circuit")
    circuits = checks.items(value["circuits"], (*place, "circuits"))
    if not 1 <= len(circuits) <= MAX_CIRCUITS:
        raise Refusal.invalid(f"must hold 1 to {MAX_CIRCUITS} circuits", *place, "circuits")
    chosen = checks.optional_text(value, "gateset", place, choices=("qis", "native")) or gateset
    qubits = checks.optional_whole(value, "qubits", place)
    read = []
    gates = 0
    for index, circuit in enumerate(circuits):
        inner = (*place, "circuits", index)
        read.append(one_circuit(checks.mapping(circuit, inner), inner, gateset=chosen, qubits=qubits))
        gates += len(circuit["circuit"])
    if gates > MAX_GATES_OF_ALL:
        raise Refusal.invalid(f"hold more than {MAX_GATES_OF_ALL} gates together", *place, "circuits")
    return read


def names_of_circuits(value: Mapping[str, Any], place: checks.Place) -> Sequence[str | None]:
    """The names of circuits that `several_circuits` has read."""
    return [
        checks.optional_text(circuit, "name", (*place, "circuits", index))
        for index, circuit in enumerate(value["circuits"])
    ]


def _check_gate(gate: Any, place: checks.Place, names: Sequence[str]) -> None:
    checks.text(checks.mapping(gate, place), "gate", place, choices=names)
    for name in ("target", "control"):
        if gate.get(name) is not None:
            checks.whole(gate[name], (*place, name), least=0)
    for name in ("targets", "controls"):
        if gate.get(name) is not None:
            for index, qubit in enumerate(checks.items(gate[name], (*place, name))):
                checks.whole(qubit, (*place, name, index), least=0)
    for name in ("rotation", "phase", "angle"):
        if gate.get(name) is not None:
            checks.number(gate[name], (*place, name))
    if gate.get("phases") is not None:
        for index, phase in enumerate(checks.items(gate["phases"], (*place, "phases"))):
            checks.number(phase, (*place, "phases", index))


def _registers(value: Mapping[str, Any], place: checks.Place) -> dict[str, list[int | None]]:
    registers: dict[str, list[int | None]] = {}
    for name, bits in checks.optional_mapping(value, "registers", place).items():
        inner = (*place, "registers", name)
        registers[name] = [
            None if bit is None else checks.whole(bit, (*inner, index), least=0)
            for index, bit in enumerate(checks.items(bits, inner))
        ]
    return registers
