"""What is measured where in a circuit, and how measurements in the middle of one are taken out of the way.

Runs in the worker process only.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qiskit import QuantumCircuit
from qiskit.circuit import Clbit
from qiskit.circuit.library import CXGate
from qiskit_aer.noise import pauli_error, reset_error

from .data import Readout

Sources = list[int | None]
"""For each classical bit the qubit it is measured from, None for a bit that stays 0."""

COPY = "copy"
"""The label of a gate that stands for a measurement: no gate of the program, so it has no error."""

_MOST_COPIES = 5_000
"""Qubits of a circuit whose measurements are put off; beyond it handling them takes longer than running the shots."""


def measures(circuit: QuantumCircuit) -> bool:
    """Whether a circuit measures anything, inside of loops and branches too."""
    return any(
        i.operation.name == "measure" or any(measures(block) for block in getattr(i.operation, "blocks", ()))
        for i in circuit.data
    )


def sources_of(flat: QuantumCircuit) -> Sources | None:
    """For each classical bit the qubit it is measured from; None where a measurement is not the last on its qubit."""
    qubit_index = {qubit: index for index, qubit in enumerate(flat.qubits)}
    clbit_index = {clbit: index for index, clbit in enumerate(flat.clbits)}
    sources: Sources = [None] * flat.num_clbits
    touched: set[int] = set()
    measured: set[int] = set()
    for instruction in flat.data:
        qubits = [qubit_index[qubit] for qubit in instruction.qubits]
        if instruction.operation.name == "measure":
            bit = clbit_index[instruction.clbits[0]]
            if sources[bit] is not None:
                return None
            sources[bit] = qubits[0]
            measured.update(qubits)
        elif instruction.operation.name == "reset" and not touched & set(qubits) and not measured & set(qubits):
            continue  # it is in that state already
        elif instruction.clbits or instruction.operation.name == "reset" or measured & set(qubits):
            return None
        touched.update(qubits)
    return sources


def with_readout(flat: QuantumCircuit, bits: int, readout: Readout) -> tuple[QuantumCircuit, int, Sequence[int]]:
    """A circuit that measures what an outcome is to hold, given that its last `bits` bits are the program's own.

    Returns the circuit, how many of its last bits make an outcome, and for each qubit the bit of an outcome that holds
    its final state; none of these for ``"bits"``.
    """
    if readout == "bits":
        return flat, bits, []
    if readout == "qubits":
        circuit = _without_last_measurements(flat)
        circuit.measure_all(add_bits=True)
        return circuit, flat.num_qubits, list(range(flat.num_qubits))
    hidden = flat.num_clbits - bits
    held = [None if bit is None or bit < hidden else bit - hidden for bit in _final_bits(flat)]
    missing = [qubit for qubit, bit in enumerate(held) if bit is None]
    circuit = flat.copy()
    circuit.add_bits([Clbit() for _ in missing])
    circuit.measure(missing, range(flat.num_clbits, flat.num_clbits + len(missing)))
    places = {qubit: bits + index for index, qubit in enumerate(missing)}
    return circuit, bits + len(missing), [places[q] if bit is None else bit for q, bit in enumerate(held)]


def measured_at_the_end(flat: QuantumCircuit) -> tuple[QuantumCircuit, Sources] | None:
    """The same circuit with its measurements put off to the end; None where branches depend on them.

    A measurement after which its qubit goes on is copied to a qubit of its own, and a reset goes on with a fresh one.
    """
    index = {qubit: i for i, qubit in enumerate(flat.qubits)}
    clbits = {bit: i for i, bit in enumerate(flat.clbits)}
    goes_on = _goes_on(flat)
    now_at = list(range(flat.num_qubits))
    steps: list[tuple[Any, list[int]]] = []
    sources: Sources = [None] * flat.num_clbits
    size = flat.num_qubits
    for position, instruction in enumerate(flat.data):
        name, qubits = instruction.operation.name, [index[qubit] for qubit in instruction.qubits]
        if name == "measure":
            source = now_at[qubits[0]]
            if position in goes_on:
                steps.append((CXGate(label=COPY), [source, size]))
                source, size = size, size + 1
            sources[clbits[instruction.clbits[0]]] = source
        elif name == "reset":
            now_at[qubits[0]] = size
            size += 1
        elif instruction.clbits or hasattr(instruction.operation, "blocks"):
            return None
        else:
            steps.append((instruction.operation, [now_at[qubit] for qubit in qubits]))
        if size > _MOST_COPIES:
            return None
    circuit = QuantumCircuit(size)
    for operation, on in steps:
        circuit.append(operation, on)
    return circuit, sources


def as_channels(flat: QuantumCircuit, bits: int) -> tuple[QuantumCircuit, Sources] | None:
    """The same circuit for a density matrix; None where branches depend on measurements.

    Its last `bits` bits are measured at the end. Another measurement, whose outcome nobody asks for, only takes away
    the phases between its two outcomes, and a reset is a channel as well: neither needs a further qubit.
    """
    index = {qubit: i for i, qubit in enumerate(flat.qubits)}
    clbits = {bit: i for i, bit in enumerate(flat.clbits)}
    forgotten, cleared = pauli_error([("I", 0.5), ("Z", 0.5)]).to_instruction(), reset_error(1.0).to_instruction()
    circuit = QuantumCircuit(flat.num_qubits)
    sources: Sources = [None] * flat.num_clbits
    for instruction in flat.data:
        name, qubits = instruction.operation.name, [index[qubit] for qubit in instruction.qubits]
        if name == "measure":
            bit = clbits[instruction.clbits[0]]
            if bit >= flat.num_clbits - bits:
                sources[bit] = qubits[0]
            else:
                circuit.append(forgotten, qubits)
        elif name == "reset":
            circuit.append(cleared, qubits)
        elif instruction.clbits or hasattr(instruction.operation, "blocks"):
            return None
        else:
            circuit.append(instruction.operation, qubits)
    return circuit, sources


def _final_bits(flat: QuantumCircuit) -> list[int | None]:
    """For each qubit the bit that holds its final state; None where something comes after its last measurement."""
    qubit_index = {qubit: index for index, qubit in enumerate(flat.qubits)}
    clbit_index = {clbit: index for index, clbit in enumerate(flat.clbits)}
    held: dict[int, int] = {}
    holders: dict[int, set[int]] = {}
    for instruction in flat.data:
        qubits = [qubit_index[qubit] for qubit in instruction.qubits]
        bits = [clbit_index[clbit] for clbit in instruction.clbits]
        for qubit in (*qubits, *(qubit for bit in bits for qubit in holders.pop(bit, ()))):
            held.pop(qubit, None)
        if instruction.operation.name == "measure":
            held[qubits[0]] = bits[0]
            holders[bits[0]] = {qubits[0]}
    return [held.get(qubit) for qubit in range(flat.num_qubits)]


def _without_last_measurements(flat: QuantumCircuit) -> QuantumCircuit:
    """A copy without measurements that are the last thing on their qubit: before another one they change nothing."""
    goes_on = _goes_on(flat)
    circuit = flat.copy_empty_like()
    read = {clbit for i in flat.data if i.operation.name != "measure" for clbit in i.clbits}
    for position, instruction in enumerate(flat.data):
        is_last = instruction.operation.name == "measure" and position not in goes_on
        if not is_last or instruction.clbits[0] in read:
            circuit.append(instruction)
    return circuit


def _goes_on(flat: QuantumCircuit) -> set[int]:
    """The places of measurements whose qubit is used again, otherwise than by being reset."""
    next_name: dict[Any, str] = {}
    found = set()
    for position in range(len(flat.data) - 1, -1, -1):
        instruction = flat.data[position]
        if instruction.operation.name == "measure" and next_name.get(instruction.qubits[0], "reset") != "reset":
            found.add(position)
        for qubit in instruction.qubits:
            next_name[qubit] = instruction.operation.name
    return found
