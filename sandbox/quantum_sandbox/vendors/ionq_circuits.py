"""Read the circuits of an IonQ job. Malformed ones are refused here; invalid ones fail the job later."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from quantum_sandbox import parse
from quantum_sandbox.context import without_none
from quantum_sandbox.engine import Program
from quantum_sandbox.http_types import HTTPError

QIS_GATES = (
    *("x", "y", "z", "rx", "ry", "rz", "h", "s", "si", "v", "vi", "t", "ti"),
    *("not", "cnot", "swap", "xx", "yy", "zz", "pauliexp"),
)
NATIVE_GATES = ("zz", "ms", "gpi", "gpi2", "nop")
MAX_CIRCUITS = 5_000
MAX_TOTAL_GATES = 150_000


def one_circuit(
    value: Mapping[str, Any], location: parse.Location, *, gateset: str | None = None, qubits: int | None = None
) -> Program:
    """One circuit object. `gateset` and `qubits` are those of the job, for a circuit without its own."""
    chosen = parse.optional_string(value, "gateset", location, choices=("qis", "native")) or gateset
    if chosen is None:
        raise HTTPError.invalid("is required", *location, "gateset")
    gates = parse.array(value.get("circuit"), (*location, "circuit"))
    names = NATIVE_GATES if chosen == "native" else QIS_GATES
    for index, gate in enumerate(gates):
        _check_gate(gate, (*location, "circuit", index), names)
    source = without_none(
        {
            "qubits": parse.optional_integer(value, "qubits", location) or qubits,
            "circuit": gates,
            "registers": _registers(value, location) or None,
        }
    )
    return Program("ionq.native" if chosen == "native" else "ionq.qis", json.dumps(source, sort_keys=True))


def several_circuits(value: Mapping[str, Any], location: parse.Location, gateset: str | None) -> list[Program]:
    """The circuits of a multi-circuit job, within the documented limits."""
    if "circuit" in value:
        raise HTTPError.invalid("cannot stand next to circuits", *location, "circuit")
    circuits = parse.array(value["circuits"], (*location, "circuits"))
    if not 1 <= len(circuits) <= MAX_CIRCUITS:
        raise HTTPError.invalid(f"must hold 1 to {MAX_CIRCUITS} circuits", *location, "circuits")
    chosen = parse.optional_string(value, "gateset", location, choices=("qis", "native")) or gateset
    qubits = parse.optional_integer(value, "qubits", location)
    read = []
    gates = 0
    for index, circuit in enumerate(circuits):
        inner = (*location, "circuits", index)
        read.append(one_circuit(parse.json_object(circuit, inner), inner, gateset=chosen, qubits=qubits))
        gates += len(circuit["circuit"])
    if gates > MAX_TOTAL_GATES:
        raise HTTPError.invalid(f"hold more than {MAX_TOTAL_GATES} gates together", *location, "circuits")
    return read


def names_of_circuits(value: Mapping[str, Any], location: parse.Location) -> Sequence[str | None]:
    """The names of the circuits of a multi-circuit job that `several_circuits` accepts."""
    return [
        parse.optional_string(circuit, "name", (*location, "circuits", index))
        for index, circuit in enumerate(value["circuits"])
    ]


def _check_gate(gate: Any, location: parse.Location, names: Sequence[str]) -> None:
    parse.string(parse.json_object(gate, location), "gate", location, choices=names)
    for name in ("target", "control"):
        if gate.get(name) is not None:
            parse.integer(gate[name], (*location, name), minimum=0)
    for name in ("targets", "controls"):
        if gate.get(name) is not None:
            for index, qubit in enumerate(parse.array(gate[name], (*location, name))):
                parse.integer(qubit, (*location, name, index), minimum=0)
    for name in ("rotation", "phase", "angle"):
        if gate.get(name) is not None:
            parse.number(gate[name], (*location, name))
    if gate.get("phases") is not None:
        for index, phase in enumerate(parse.array(gate["phases"], (*location, "phases"))):
            parse.number(phase, (*location, "phases", index))


def _registers(value: Mapping[str, Any], location: parse.Location) -> dict[str, list[int | None]]:
    registers: dict[str, list[int | None]] = {}
    for name, bits in parse.optional_object(value, "registers", location).items():
        inner = (*location, "registers", name)
        registers[name] = [
            None if bit is None else parse.integer(bit, (*inner, index), minimum=0)
            for index, bit in enumerate(parse.array(bits, inner))
        ]
    return registers
