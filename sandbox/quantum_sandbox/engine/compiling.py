"""Compile a circuit to the native gates of IonQ's machines. Runs in the worker process only.

Qiskit translates it to rz, sx, x and one two-qubit gate. An rz is virtual: it is added to the phase frame of its qubit,
which rotates the axes of later gates, commutes with ``zz``, and has no effect before a measurement or after a reset. So
sx and x become ``gpi2`` and ``gpi`` with a phase. Angles and phases are in turns.

The result is in two languages of `Program`: OpenQASM 3, and ``ionq.native`` where there is no mid-circuit measurement.
There is none for a circuit whose text is longer than a submission may be, about 2,000 gates.
"""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from qiskit import QuantumCircuit
from qiskit.transpiler import generate_preset_pass_manager

from .data import Language, Limits, NativeGate, ProgramError
from .flatten import Budget, flatten

Step = dict[str, Any]
"""A gate in IonQ's JSON; a measurement (into `bit`) or a reset in the same form."""

_MAX_GATES = 2_000
_ON_TWO: Mapping[NativeGate, str] = {"zz": "rzz", "ms": "rxx"}
_ON_ONE = {"sx": "gpi2", "x": "gpi"}
_DIGITS = 12
_ROUNDING = 1e-9

_DEFINITIONS: Mapping[str, str] = {
    "gpi": "gate gpi(phase) q { U(pi, 2*pi*phase, pi - 2*pi*phase) q; }",
    "gpi2": "gate gpi2(phase) q { U(pi/2, 2*pi*phase - pi/2, pi/2 - 2*pi*phase) q; }",
    "zz": "gate zz(turns) a, b { cx a, b; rz(2*pi*turns) b; cx a, b; }",
    "ms": """gate ms(phase0, phase1, turns) a, b {
  rz(-2*pi*phase0) a; rz(-2*pi*phase1) b; h a; h b;
  cx a, b; rz(2*pi*turns) b; cx a, b;
  h a; h b; rz(2*pi*phase0) a; rz(2*pi*phase1) b;
}""",
}
_STATEMENTS: Mapping[str, Callable[[Step], str]] = {
    "gpi": lambda step: f"gpi({step['phase']}) q[{step['target']}];",
    "gpi2": lambda step: f"gpi2({step['phase']}) q[{step['target']}];",
    "zz": lambda step: f"zz({step['angle']}) q[{step['targets'][0]}], q[{step['targets'][1]}];",
    "ms": lambda step: (
        f"ms({step['phases'][0]}, {step['phases'][1]}, {step['angle']}) "
        f"q[{step['targets'][0]}], q[{step['targets'][1]}];"
    ),
    "reset": lambda step: f"reset q[{step['target']}];",
    "measure": lambda step: f"c[{step['bit']}] = measure q[{step['target']}];",
}


def compiled(
    flat: QuantumCircuit, gate: NativeGate, gate_names: frozenset[str], limits: Limits, *, bits: int, mid_circuit: bool
) -> Mapping[Language, str]:
    """The circuit in native gates, by language.

    Args:
        flat: the circuit; its last `bits` bits are the outcome.
        gate: the two-qubit gate of the machine.
        gate_names: the gates that Qiskit knows.
        limits: bound the length of the text.
        bits: see `flat`.
        mid_circuit: whether the circuit has mid-circuit measurements.
    """
    try:
        narrow = flatten(flat, gate_names, Budget(_MAX_GATES + bits), control_flow=False)
    except ProgramError:
        return {}
    steps = _native_steps(_translator(gate).run(narrow), gate, bits)
    if not mid_circuit:
        # Resets act on unused qubits only, and bits below 0 are not part of the outcome.
        steps = [step for step in steps if step["gate"] != "reset" and step.get("bit", 0) >= 0]
    source = _qasm3(steps, gate, flat.num_qubits, bits)
    hidden = any(step.get("bit", 0) < 0 for step in steps)
    if not flat.num_qubits or hidden or len(source) > limits.qasm3_bytes:
        return {}
    if mid_circuit:
        return {"qasm3": source}
    gates = [step for step in steps if step["gate"] != "measure"]
    native = json.dumps({"qubits": flat.num_qubits, "circuit": gates}, separators=(",", ":"))
    return {"ionq.native": native, "qasm3": source}


@functools.cache
def _translator(gate: NativeGate) -> Any:
    basis = ["rz", *_ON_ONE, _ON_TWO[gate]]
    return generate_preset_pass_manager(optimization_level=1, basis_gates=basis, seed_transpiler=0)


def _native_steps(circuit: QuantumCircuit, gate: NativeGate, bits: int) -> list[Step]:
    qubit_index = {qubit: index for index, qubit in enumerate(circuit.qubits)}
    bit_index = {bit: index for index, bit in enumerate(circuit.clbits)}
    phase_frame = [0.0] * circuit.num_qubits
    steps: list[Step] = []
    for instruction in circuit.data:
        name, params = instruction.operation.name, instruction.operation.params
        targets = [qubit_index[qubit] for qubit in instruction.qubits]
        if name == "rz":
            phase_frame[targets[0]] += float(params[0]) / (2 * math.pi)
        elif name in _ON_ONE:
            steps.append({"gate": _ON_ONE[name], "target": targets[0], "phase": _phase(-phase_frame[targets[0]])})
        elif name == _ON_TWO[gate]:
            on_two = _zz if gate == "zz" else _ms
            steps += on_two(float(params[0]) / (2 * math.pi), targets, phase_frame)
        elif name == "measure":
            bit = bit_index[instruction.clbits[0]] - (circuit.num_clbits - bits)
            steps.append({"gate": "measure", "target": targets[0], "bit": bit})
        elif name == "reset":
            steps.append({"gate": "reset", "target": targets[0]})
    return steps


def _zz(angle: float, targets: Sequence[int], phase_frame: list[float]) -> list[Step]:
    """A rotation by at most a quarter turn: half a turn is Z on both qubits, which is virtual."""
    halves = math.ceil(2 * angle - 0.5 - _ROUNDING)  # minus a quarter turn becomes plus a quarter turn
    for target in targets:
        phase_frame[target] += halves / 2
    left = round(angle - halves / 2, _DIGITS)
    return [{"gate": "zz", "targets": list(targets), "angle": left}] if left else []


def _ms(angle: float, targets: Sequence[int], phase_frame: list[float]) -> list[Step]:
    """A rotation by a positive angle: half a turn of one phase changes the sign."""
    left = round(angle - round(angle), _DIGITS)
    phases = [_phase(-phase_frame[target]) for target in targets]
    if left < 0:
        phases[0] = _phase(phases[0] + 0.5)
    return [{"gate": "ms", "targets": list(targets), "phases": phases, "angle": abs(left)}] if left else []


def _phase(turns: float) -> float:
    return round(turns % 1.0, _DIGITS) % 1.0


def _qasm3(steps: Sequence[Step], gate: NativeGate, qubits: int, bits: int) -> str:
    head = ["OPENQASM 3.0;", 'include "stdgates.inc";', "// Phases and angles are in turns."]
    declared = [_DEFINITIONS["gpi"], _DEFINITIONS["gpi2"], _DEFINITIONS[gate], f"qubit[{qubits}] q;"]
    if bits:
        declared.append(f"bit[{bits}] c;")
    return "\n".join([*head, *declared, *(_STATEMENTS[step["gate"]](step) for step in steps), ""])
